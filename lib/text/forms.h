/*
 * forms.h: the forms of one word. All of them are at most TEXT_WORD_MAX bytes of valid UTF-8, and
 * none is empty.
 */
#ifndef DATELINE_TEXT_FORMS_H
#define DATELINE_TEXT_FORMS_H

#include "dateline/text.h"

struct sb_stemmer;

/* Never NULL; out of memory ends the process (see memory.h). */
struct sb_stemmer *form_stemmer_new(const struct language *language);
void form_stemmer_free(struct sb_stemmer *stemmer);

/* Appends the exact form of `raw` to out; false when it was cut. `scratch` is overwritten. */
bool form_exact(struct str raw, struct buffer *scratch, struct buffer *out);

/* The same of a hyphenated word as one. */
bool form_exact_of_parts(const struct token *parts, size_t count, struct buffer *out);

/* The enum token_flag that the bytes decide. */
unsigned form_flags(struct str raw, bool joined);

/* Fills the other forms from word->exact; `stemmer` may be NULL. `scratch` is overwritten. */
void form_others(struct word *word, struct sb_stemmer *stemmer, struct buffer *scratch,
		 struct arena *arena);

#endif
