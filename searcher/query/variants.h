/*
 * variants.h: the text of one word or phrase of a query -> the ways in which articles may have written it. Private
 * to this room.
 */
#ifndef DATELINE_QUERY_VARIANTS_H
#define DATELINE_QUERY_VARIANTS_H

#include "query.h"

/* Words one after the other. */
struct variant {
	struct str *forms;
	size_t count;
	bool in_bigrams; /* the last is of a script without blanks */
};

struct variants {
	struct str_list stems; /* forms of one whole word; none when quoted */
	struct str_list plain; /* the same whole word without accents, not stemmed */
	uint64_t *stem_languages; /* for each, the languages that have it: bit i is number i of the list */
	struct variant *items; /* words as they are: one of them when quoted, else two at least */
	size_t count;
	size_t words; /* what it counts for: most words in any language */
};

/*
 * Analyses `text` in every language of the list (NULL among them: not stemmed). Everything is copied to `arena`. No
 * more than QUERY_WORDS_MAX words are looked at: `words` is over that when there are more.
 */
void variants_make(struct analyser *analyser, const struct language *const *languages,
		   size_t language_count, struct str text, bool quoted, struct arena *arena,
		   struct variants *variants);

#endif
