/* signs.h: what stands right behind a word, a quote or a parenthesis: * ~ ^ @s; and NEAR/5. Private to this room. */
#ifndef DATELINE_QUERY_SIGNS_H
#define DATELINE_QUERY_SIGNS_H

#include "hint.h"
#include "query.h"

struct signs {
	bool prefix;   /* *: whatever begins so */
	bool sentence; /* @s, behind a parenthesis */
	uint8_t edits; /* ~1, ~2: what is spelt alike */
	double factor; /* ^2.5; 1 when there is none */
};

#define NO_SIGNS ((struct signs){ .factor = 1 })

/*
 * Takes the signs off the end of a word as typed, and returns the rest, which is never empty. A word of a field
 * other than the title is a value: it has no ~, and that of an id no sign at all.
 */
struct str signs_of_word(struct str word, const struct field *field, struct signs *signs,
			 struct hints *hints);

/*
 * The signs at the start of `rest`, which follows a quote or, `is_group`, a parenthesis. Returns how many bytes they
 * take.
 */
size_t signs_behind(struct str rest, bool is_group, struct signs *signs, struct hints *hints);

enum placing { PLACING_NONE, PLACING_NEAR, PLACING_ADJ };

/* Is the word NEAR or ADJ, perhaps with a number behind a slash? *distance is then in words, within its limits. */
enum placing placing_of_word(struct str word, uint32_t *distance);

/* Says so when the number of NEAR/n is no number, or not the one that is taken. */
void placing_hint(struct str word, struct hints *hints);

#endif
