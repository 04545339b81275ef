/*
 * persons.h: which names of people in an article are one person.
 */
#ifndef DATELINE_PERSONS_H
#define DATELINE_PERSONS_H

#include "names.h"

/* "Bill and Hillary Clinton" are two: the first gets the surname of the second. Before kinds are settled. */
void persons_split_couples(struct names *names);

/*
 * Gives every form and spot of a person its thing: "Donald J. Trump" and "Donald Trump" are one, "Trump" is the Trump mentioned
 * last, and "Xi" is Xi Jinping.
 */
void persons_resolve(struct names *names);

/* How the person is called: full, without initials that are not needed. */
struct str persons_name(struct names *names, const struct thing *thing);

#endif
