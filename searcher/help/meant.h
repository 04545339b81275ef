/*
 * meant.h: what was probably meant by a word or a name that no article has. From the index itself: there is no dictionary.
 */
#ifndef DATELINE_MEANT_H
#define DATELINE_MEANT_H

#include "found_values.h"

/* A word of fewer characters may be any other word with one letter changed. */
#define MEANT_CHARACTERS_MIN 4

/* Words of so few characters are compared with what is one edit away only. */
#define MEANT_NEAR_ONLY 5

struct meant_word {
	struct str word; /* as articles have it, folded; empty: nothing is near */
	uint32_t count;  /* articles */
	uint32_t distance;
};

/*
 * The word of the texts that most articles have (two at least) of those that are one edit from `word`, which is folded; when there
 * is none, and `distance` is 2, of those that are two. `prefix` is "S" for words of titles, else "". From `arena`.
 */
enum status meant_word(const struct value_part *parts, size_t part_count, const char *prefix,
		       struct str word, uint32_t distance, struct arena *arena,
		       struct meant_word *meant, struct error *err);

/*
 * Values of a field of names that were probably meant by `typed`, the likeliest first, at most `max`: the names one or two edits from it
 * and those that have all of its words, where need be with those that no article has put right. From `arena`.
 */
enum status meant_values(const struct value_part *parts, size_t part_count,
			 const struct field *field, struct str typed, size_t max, struct arena *arena,
			 struct found_value **values, size_t *count, struct error *err);

#endif
