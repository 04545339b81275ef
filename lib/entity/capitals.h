/*
 * capitals.h: an article that is all in capitals, in the letters that it would otherwise have.
 *
 * Whether a word has a capital is most of what tells names, and where all have one, the model's lists are left: words of
 * listed names and words that plain texts have mostly as part of names get a capital, and so does what the model never saw.
 */
#ifndef DATELINE_CAPITALS_H
#define DATELINE_CAPITALS_H

#include "dateline/article.h"
#include "tagger/tokens.h"
#include "tagger/word_table.h"

/* Is there next to no lower case in it, and are most of its letters of ASCII? */
bool capitals_only(const struct article *article);

/* A line rewritten. {0} is one. */
struct plain_line {
	struct buffer text, scratch;
	struct spans spans; /* in text, as many as were given */
	uint64_t *hashes;   /* of the words in lower case */
	size_t hash_capacity;
};

void plain_line_release(struct plain_line *line);

/* Rewrites the spans of a line of `text` into line->text and line->spans. */
void plain_line_make(struct plain_line *line, const struct model *model, const char *text,
		     const struct span *spans, size_t count);

#endif
