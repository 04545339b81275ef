/*
 * adjective.h: words with capitals that say what something is like: "European-Mediterranean", "anti-Baghdad Kurdish".
 */
#ifndef DATELINE_ADJECTIVE_H
#define DATELINE_ADJECTIVE_H

#include "names.h"

/* Is the text of the spot, which is that of no person, organisation or place, an adjective and no name? */
bool adjective_is(struct names *names, const struct spot *spot, struct str text);

#endif
