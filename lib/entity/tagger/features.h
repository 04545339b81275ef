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

/* What the first look at the rest of the article says of it. */
size_t features_of_votes(const struct view *view, size_t at, uint64_t features[FEATURES_MOST]);

#endif
