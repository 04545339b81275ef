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

/* Is it a company's name by its last word, or by the letters of its share in `text` behind it: "<AC>"? */
bool trim_is_company(struct str text, struct str name);

/* "Data.gov", "USA.gov Apps Gallery": a site, and neither a person nor a place. */
bool trim_is_site(struct str name);

/* "Lamar Alexander Andrew (Lamar)" -> "Lamar Alexander": somebody's name, behind which a link in `text` begins with another. */
struct str trim_linked(struct str text, struct str name);

/*
 * "Kamala Devi Harris2020 Democrats" -> "Kamala Devi Harris": somebody's name, to which another word was joined by mistake.
 * Where `text` has "Harris" just before it, that alone. Empty for others.
 */
struct str trim_joined(enum facet_kind kind, struct str text, struct str name);

/*
 * "Marco Rubio Rubio" -> "Marco Rubio", "Charles Schumer Charles" -> "Charles Schumer": what stands twice may have been a link. But so
 * are people called, "Ford Madox Ford": only where the article has the shorter name as well, that is meant.
 */
struct str trim_repeat(struct str name);

/* Do the words stand shortly before the name? "Schumer" in "Charles Schumer Charles (Chuck) Ellis SchumerOvernight". */
bool trim_was_said(struct str text, struct str name, struct str word);

/* "Barack) Obama" -> "Barack Obama": without a bracket that the words before a name opened; other names as they are. */
struct str trim_closed(struct str name, struct arena *arena);

/* "R-Texas", "D-N.Y.": the state behind an American party's letter; empty for others. */
struct str trim_party(struct str name);

/* The first and the last word; both in a name of one. */
struct str trim_first_word(struct str name);
struct str trim_last_word(struct str name);

#endif
