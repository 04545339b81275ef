/*
 * when_window.h: a few words of a paragraph around one of them, as the forms of dates see them.
 *
 * They are read when they are first asked for, forward or backward, so that a word which turns out to be no date costs two
 * or three neighbours.
 */
#ifndef DATELINE_WHEN_WINDOW_H
#define DATELINE_WHEN_WINDOW_H

#include "when_words.h"

struct lexeme {
	uint32_t start, end; /* bytes in the text; without 's */
	uint32_t next;       /* behind it, 's included */
	char class;          /* enum lex_class */
	bool is_tight;       /* no blank before it */
	bool is_capital, is_all_capitals;
	bool is_possessive;
	bool is_ordinal;
	uint8_t digits;
	int32_t value; /* of numbers; else that of the word; of LEX_MARK the byte */
	uint32_t flags;
};

#define WINDOW_REACH 24 /* words to each side */

struct window {
	const char *text;
	uint32_t first, last; /* the paragraph */
	struct lexeme middle;
	struct lexeme after[WINDOW_REACH], before[WINDOW_REACH];
	uint8_t after_count, before_count;
};

/* The word at `at` becomes the middle. [first, last) are the bytes of the paragraph. */
void window_open(struct window *window, const char *text, uint32_t first, uint32_t last, uint32_t at);

/* The lexeme `place` behind the middle (before it when negative); LEX_END beyond the paragraph and the reach. */
const struct lexeme *window_at(struct window *window, int place);

/*
 * True when the classes of the lexemes from `place` on are those of `form`. 'd' takes ordinals too; 'w' in a form is LEX_WEEKDAY;
 * LEX_NUMBER takes LEX_DAY.
 */
bool window_fits(struct window *window, int place, const char *form);

/* Bytes of a character that parts words; 0 for one that belongs to a word. `len` > 0. */
size_t lex_parting(const char *at, size_t len);

#endif
