/* termlist_codes.h: what term lists are deflated with. */
#ifndef DATELINE_BULK_TERMLIST_CODES_H
#define DATELINE_BULK_TERMLIST_CODES_H

#include "dateline/deflate.h"

extern const struct deflate_codes termlist_codes;

#endif
