/*
 * tagger.h: finds the names in an article, their kinds, and how sure that is.
 *
 *   tagger_begin; tagger_add_line or tagger_add_text for each line; tagger_run
 *
 * Only tokens that may be part of a name are scored: those with capitals, and what joins them. The rest is outside, so
 * a line falls into stretches that are decoded by themselves, exactly. A second look at the stretches whose words come
 * more than once tells each what the others were.
 */
#ifndef TAGGER_TAGGER_H
#define TAGGER_TAGGER_H

#include "decode.h"
#include "tokens.h"

struct name {
	uint32_t first, last; /* tokens, counted over all lines; both in the name */
	uint8_t kind;         /* enum name_kind */
	uint8_t confidence;   /* 0 to 100: the model's probability that the name is just so */
};

/* One a thread; borrows the model. */
struct tagger *tagger_new(const struct model *model);
void tagger_free(struct tagger *tagger);

/* Starts an article. */
void tagger_begin(struct tagger *tagger);

/* Appends a line: spans of `text`, valid UTF-8, none empty. */
void tagger_add_line(struct tagger *tagger, const char *text, const struct span *spans, size_t count);

/* The names, in order; they are the tagger's until the next tagger_begin. */
const struct name *tagger_run(struct tagger *tagger, size_t *count);

#endif
