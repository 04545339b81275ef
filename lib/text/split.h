/*
 * split.h: where words begin and end, and where sentences do. Knows nothing of forms.
 *
 * Every function looks at bytes in [at, end) and, for quotation marks and sentences, at those from
 * `begin` on; any bytes will do, and what is ill-formed is between words.
 */
#ifndef DATELINE_TEXT_SPLIT_H
#define DATELINE_TEXT_SPLIT_H

#include "chars.h"
#include "languages.h"

struct splitting {
	const uint8_t *begin, *end;
	const char *elisions; /* language_elisions */
	unsigned habits;      /* enum language_habit */
};

/* One word, or one part of a hyphenated one. */
struct piece {
	const uint8_t *first;       /* with an article that was dropped: l' */
	const uint8_t *start, *end; /* the span of its token */
	const uint8_t *next;        /* behind a possessive's ending */
	unsigned flags;             /* TOKEN_POSSESSIVE, TOKEN_ACRONYM */
};

/* `at` is at a CHAR_WORD. */
void split_piece(const struct splitting *text, const uint8_t *at, struct piece *piece);

/* The end of the letters, digits and marks at `at`. */
const uint8_t *split_run(const uint8_t *at, const uint8_t *end);

/* A CHAR_DENSE with its marks: returns its end; *next is behind what is not seen. */
const uint8_t *split_cluster(const uint8_t *at, const uint8_t *end, const uint8_t **next);

/*
 * The ends of special words that begin at `start`, whose first run ends at `run` (before the
 * character that the name has): NULL when it is none.
 */
const uint8_t *split_dotted(const uint8_t *start, const uint8_t *run, const uint8_t *end);
const uint8_t *split_ampersand(const uint8_t *start, const uint8_t *run, const uint8_t *end);

/* The end of the number at `at`, an ASCII digit: 1,234,567 and 5.93 and 3.5bn. */
const uint8_t *split_number(const uint8_t *at, const uint8_t *end);

/* True when a sentence begins with the word at `word`; `before` is the word before it. */
bool split_sentence(const struct splitting *text, const struct piece *before, const uint8_t *word);

#endif
