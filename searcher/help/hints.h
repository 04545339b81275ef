/*
 * hints.h: what the files share that tell why an answer is as small as it is. Private to hints.c, diagnose.c and correct.c.
 */
#ifndef DATELINE_HINTS_H
#define DATELINE_HINTS_H

#include "../look.h"
#include "meant.h"

/* At most this many parts of a query are each looked up for a hint. */
#define PARTS_MAX 32

/*
 * Words that are compared with all others in one query, and how many of those a value stands for. A word takes up to 10 ms where
 * 200,000 are near or far, and a name of three words that are all unknown 40.
 */
#define SUGGESTIONS_MAX 8
#define VALUE_TRIES 4

/* The leaves, filters and choices of all looks are the same in the same order. */
struct hinting {
	const struct search *search;
	struct value_part *parts; /* of each look */
	struct arena *arena;
	struct answer *answer;
	struct str *hints; /* of the answer's own and those that are added */
	size_t count, room;
	struct suggestion suggestions[SUGGESTIONS_MAX];
	struct str folded[SUGGESTIONS_MAX]; /* what was typed, as the index has words */
	size_t suggestion_count;
	unsigned tries; /* that were made */
};

/* Adds a line for people. */
void hint_line(struct hinting *hinting, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "312 articles"; in the arena. */
const char *hint_articles(const struct hinting *hinting, uint32_t count);

/* Says which parts of the query and which filters, each alone, keep all articles out (diagnose.c). */
enum status hint_obstacles(struct hinting *hinting, struct error *err);

/* Fills answer->meant_query and ->meant_filters with what the suggestions make of the request, and says it (correct.c). */
void hint_correction(struct hinting *hinting);

#endif
