/*
 * fixes_check.h: whether corrections contradict each other. Private to fixes.c.
 */
#ifndef DATELINE_ENTITY_FIXES_CHECK_H
#define DATELINE_ENTITY_FIXES_CHECK_H

#include "dateline/fixes.h"

/* STATUS_BAD_INPUT names the line that contradicts an earlier one. Takes time in proportion to their number. */
enum status fixes_check(const struct fixes *fixes, struct error *err);

#endif
