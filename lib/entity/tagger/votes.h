/*
 * votes.h: what a word was elsewhere in the article, for a second look.
 */
#ifndef TAGGER_VOTES_H
#define TAGGER_VOTES_H

#include "view.h"

struct votes {
	uint16_t (*counts)[TAGS]; /* by lexeme */
	size_t capacity;
	uint32_t *touched;
	size_t touched_count, touched_capacity;
};

void votes_release(struct votes *votes);

/* Counts the tags of a first look, tags[view->count], and sets view->tokens[].votes from what the others were. */
void votes_cast(struct votes *votes, struct view *view, const uint8_t *tags);

#endif
