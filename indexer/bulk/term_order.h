/* term_order.h: terms by their bytes. */
#ifndef DATELINE_BULK_TERM_ORDER_H
#define DATELINE_BULK_TERM_ORDER_H

#include "dateline/memory.h"

/*
 * Puts `count` numbers of terms, which are all different, into the order of the terms' bytes, shorter first. Takes 32 bytes of memory a
 * term meanwhile.
 */
void term_order(const struct str *terms, uint32_t *numbers, size_t count);

#endif
