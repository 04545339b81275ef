/*
 * junk.h: what was seen as a name and is none.
 */
#ifndef DATELINE_JUNK_H
#define DATELINE_JUNK_H

#include "dateline/article.h"

/* A pronoun, a bare title, a weekday, "Company", "Street", a number, a notice beside the article? `key` is its name key. */
bool junk_is(enum facet_kind kind, struct str key);

/* "Obama-era", "pro-Russian", "New York-based", "majority-Muslim": no name, whatever is in it. */
bool junk_is_compound(struct str name);

/* "Northern District" of "the Northern District of California": a court's, and no place. `name` is in the text. */
bool junk_is_district(struct str text, struct str name);

/* "U.S. Government": no organisation, but the country. */
bool junk_is_state(struct str name);

#endif
