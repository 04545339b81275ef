/* plain.h: what lines of plain text tell by their look. Texts are valid UTF-8. */
#ifndef DATELINE_PLAIN_H
#define DATELINE_PLAIN_H

#include "dateline/memory.h"

/* Does it end as a sentence does: with . ! ? : and the like, perhaps in quotes or brackets? */
bool ends_sentence(struct str line);

/* A first line is a title, unless it is as long as only a paragraph is. */
bool could_be_title(struct str line);

/* What is behind a word such as "Published:" or "Updated on"; the text as it is when there is none. */
struct str behind_date_label(struct str text);

#endif
