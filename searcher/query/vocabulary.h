/* vocabulary.h: one word of a query -> the words of the indexes that it stands for. Private to this room. */
#ifndef DATELINE_QUERY_VOCABULARY_H
#define DATELINE_QUERY_VOCABULARY_H

#include "query.h"
#include "variants.h"

/* Words as they are in the index, without the prefix of their terms, the most frequent first. */
struct forms {
	struct str *items;
	size_t count;
	size_t left_out; /* that there are beyond the most that were asked for */
	bool has_more;   /* there are still more than that */
};

/*
 * Each of these takes the prefix of the terms ("", "S", that of a field), and gives at most `max` forms from `arena`. What is
 * found beside the same word without accents is left out: the same articles have that. Without a vocabulary (NULL) they
 * give none, and the caller has what was typed. Errors are those of the store.
 */
enum status vocabulary_begins(const struct vocabulary *vocabulary, const char *prefix,
			      struct str start, size_t max, struct arena *arena,
			      struct forms *forms, struct error *err);

enum status vocabulary_like(const struct vocabulary *vocabulary, const char *prefix,
			    struct str word, uint32_t edits, size_t max, struct arena *arena,
			    struct forms *forms, struct error *err);

/* The words whose stem in one of the languages is one that the variants have in that language. */
enum status vocabulary_stems(const struct vocabulary *vocabulary, const char *prefix,
			     const struct variants *variants, struct analyser *analyser,
			     const struct language *const *languages, size_t language_count,
			     size_t max, struct arena *arena, struct forms *forms, struct error *err);

#endif
