/*
 * trim.h: a name out of what was seen as one: without titles, articles, possessives and the forms of companies.
 */
#ifndef DATELINE_TRIM_H
#define DATELINE_TRIM_H

#include "dateline/article.h"

/* The part of `name` that is the name of a person, org, place or other thing; empty when nothing is left. */
struct str trim_name(enum facet_kind kind, struct str name);

/* Without "Inc", "Corp.", "& Co" and the like behind it, when a name is left that can stand alone. */
struct str trim_company(struct str name);

/*
 * "Kamala Devi Harris2020 Democrats" -> "Kamala Devi Harris": somebody's name, to which another word was joined by mistake.
 * Empty for others.
 */
struct str trim_joined(enum facet_kind kind, struct str name);

/* "R-Texas", "D-N.Y.": the state behind an American party's letter; empty for others. */
struct str trim_party(struct str name);

/* The first and the last word; both in a name of one. */
struct str trim_first_word(struct str name);
struct str trim_last_word(struct str name);

#endif
