/* record_codes.h: what stored records are deflated with. */
#ifndef DATELINE_RECORD_CODES_H
#define DATELINE_RECORD_CODES_H

#include "dateline/deflate.h"

extern const struct deflate_codes record_codes;

#endif
