/*
 * repeats.h: names that the tagger saw in one place of an article and missed in another.
 */
#ifndef DATELINE_REPEATS_H
#define DATELINE_REPEATS_H

#include "look.h"
#include "names.h"
#include "result.h"

/* {0} is an empty one. */
struct repeats {
	struct given given;
	struct look look;
};

void repeats_release(struct repeats *repeats);

/*
 * Adds mentions of the things of `names` (whose entities are known) wherever their words stand with capitals inside a sentence
 * and no mention is. Not in headlines, where every word has a capital.
 */
void repeats_find(struct repeats *repeats, const struct article *article, const struct view *view,
		  const struct names *names, struct result_builder *result);

#endif
