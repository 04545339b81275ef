/*
 * features.h: what is looked at, as numbers. The trainer and the tagger call the same functions, so they agree.
 *
 * A feature is the hash of which question was asked and of the answer. MODEL_FEATURES in model.h is the version of all of
 * them.
 */
#ifndef TAGGER_FEATURES_H
#define TAGGER_FEATURES_H

#include "view.h"

#define FEATURES_MOST 96 /* of one call */

/* What a word says of the token `place` tokens before it. */
size_t features_of_word(const struct model *model, const struct tagger_word *word, int place,
			uint64_t features[FEATURES_MOST]);

/* What the neighbourhood, the line and the article say of a token. */
size_t features_of_place(const struct view *view, size_t at, uint64_t features[FEATURES_MOST]);

/* Whose other mentions are asked: those of the token itself, of the last and of the first word of its run. */
enum mention_of {
	MENTION_OWN,
	MENTION_LAST,
	MENTION_FIRST,
	MENTION_USES,
};

/* A place where the article has the word again. */
struct other_mention {
	uint32_t place;
	uint8_t of; /* enum mention_of */
};

#define MENTIONS_MOST 18

/* The mentions, near the place in the article, that say something of it; how many. */
size_t mentions_of_place(const struct view *view, size_t at,
			 struct other_mention mentions[MENTIONS_MOST]);

/* What the words around a mention say of it, wherever else it is asked. */
size_t features_of_mention(const struct view *view, struct other_mention mention,
			   uint64_t features[FEATURES_MOST]);

/* What the first look at the rest of the article says of it. */
size_t features_of_votes(const struct view *view, size_t at, uint64_t features[FEATURES_MOST]);

#endif
