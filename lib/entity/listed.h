/*
 * listed.h: well-known names of several words that the tagger missed, because their words are ordinary ones: "Planned
 * Parenthood", "Super Tuesday".
 *
 * Of the names that called.h lists, the organisations and other things of two words or more that mean nothing else. They are
 * found where each word has a capital, but for joining ones, and where they are no part of a longer run of such words: of
 * "Rust Belt Brewing" nothing is known. In a headline or a line of capitals every word has one; there only names are
 * found that the article has in running text as well.
 */
#ifndef DATELINE_LISTED_H
#define DATELINE_LISTED_H

#include "match.h"
#include "sight.h"
#include "word_index.h"

/*
 * Percent; fixed. That the words stand there is certain, and what is left is that they mean something else. Lower than what
 * the tagger gives a name that it is sure of.
 */
#define LISTED_CONFIDENCE 85

struct listed_spot {
	uint32_t first, last; /* tokens */
	uint32_t row;         /* of called_table */
	bool is_running;      /* in running text, and no part of a longer name */
};

/* For one article after the other. */
struct listed_names {
	struct word_index index; /* the first words of names to rows of called_table */
	struct listed_spot *spots;
	size_t count, capacity;
	bool *is_running; /* a row for each of called_table; all false between articles */
	struct sightings both;
};

void listed_init(struct listed_names *listed);
void listed_release(struct listed_names *listed); /* takes {0} */

/*
 * The *count sightings `seen`, which are by start and apart from each other, with those of listed names between them, which
 * have RULE_GAZETTEER, in the same order; without sightings of a part of such a name. They are `seen` itself, or `listed`'s own until the next run. `view` is of the article.
 */
const struct sighting *listed_find(struct listed_names *listed, const struct article *article,
				   const struct view *view, const struct sighting *seen,
				   size_t *count);

#endif
