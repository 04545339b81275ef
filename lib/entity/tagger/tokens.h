/*
 * tokens.h: text -> lines of the tagger's tokens.
 *
 * Hand-tagged texts come as tokens already: words with their hyphens, marks by themselves. Articles are cut into
 * tokens in the same way here, so that what was learned from the one holds for the other.
 * The analyser's tokens would not do: they have no marks, and parts of hyphenated words.
 */
#ifndef TAGGER_TOKENS_H
#define TAGGER_TOKENS_H

#include "view.h"

struct spans {
	struct span *items;
	size_t count, capacity;
};

/* Appends the tokens of text[start, end), valid UTF-8 that is one line for the tagger. */
void split_line(const char *text, uint32_t start, uint32_t end, struct spans *spans);

#endif
