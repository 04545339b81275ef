/*
 * labels.h: hand-tagged texts: `token TAB tag` lines, a blank line after a sentence or paragraph, -DOCSTART- between
 * articles. Each set has tag names of its own; here they become our kinds.
 */
#ifndef TAGGER_LABELS_H
#define TAGGER_LABELS_H

#include "dateline/status.h"
#include "tokens.h"
#include "tags.h"

#define LABEL_NONE 255 /* outside of any name */
#define LABEL_PEOPLE                                                                               \
	200 /* a set's own kind that mixes nationalities with others: gpe, NORP, MISC */

struct label {
	uint32_t first, last; /* tokens of the whole text, both in the name */
	uint8_t kind; /* enum name_kind; nationalities are NAME_OTHER or, of gmb's gpe, NAME_PLACE */
	bool mixed;   /* may be a nationality */
};

/* A file of them: its tokens are joined with blanks to `text`, one line of text for each line. */
struct labelled {
	struct buffer text;
	struct spans tokens;
	uint32_t *lines; /* first token of each, and the count of tokens behind the last */
	size_t line_count, line_capacity;
	uint32_t *articles; /* first line of each, and the count of lines behind the last */
	size_t article_count, article_capacity;
	struct label *labels; /* in order, apart from each other */
	size_t label_count, label_capacity;
};

/* Reads and checks a file. A tag that is not known is an error that names the line. */
enum status labelled_read(struct labelled *labelled, const char *path, struct error *err);
void labelled_release(struct labelled *labelled);

#endif
