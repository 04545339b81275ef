/* foreign.h: content that no reader takes, told apart in clear words. */
#ifndef DATELINE_FOREIGN_H
#define DATELINE_FOREIGN_H

#include "dateline/memory.h"

/* What makes the first bytes of a file none of ours, as words of an error; NULL when nothing does. */
const char *foreign_content(struct str head);

/* The same for what no format can be made of: UTF-16 and UTF-32. */
const char *foreign_encoding(struct str head);

#endif
