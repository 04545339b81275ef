/*
 * samples.h: hand-tagged texts as the learner wants them: stretches of open tokens, each with its features as numbers and
 * its right tag.
 */
#ifndef TRAIN_SAMPLES_H
#define TRAIN_SAMPLES_H

#include "../tagger/labels.h"
#include "../tagger/view.h"

/* Numbers for features, and how many tokens have each. */
struct feature_index {
	uint64_t *hashes; /* by number */
	uint32_t *counts;
	bool *own; /* of one set alone: never written */
	size_t count, capacity, count_capacity, own_capacity;
	uint32_t *slots; /* number + 1 */
	size_t slot_count;
};

struct stretch {
	uint32_t start, end; /* tokens of the samples */
	uint32_t article;    /* counted over all sets */
	float weight;
};

struct samples {
	struct feature_index index;
	uint32_t *features; /* of all tokens */
	size_t feature_count, feature_capacity;
	size_t *starts; /* by token, and one behind the last: its features are [starts[2i], starts[2i+1]), */
	size_t start_count, start_capacity; /* those of votes [starts[2i+1], starts[2i+2]) */
	uint8_t *tags;                      /* the right ones */
	size_t tag_count, tag_capacity;
	struct stretch *stretches;
	size_t stretch_count, stretch_capacity;
	uint32_t article_count, own;
	uint64_t names, names_missed; /* those with a token that is not open */
};

/* Appends a set. `guesses` (may be NULL) are tags by open token over all sets, for features of votes. */
void samples_add(struct samples *samples, const struct model *model, const struct labelled *set,
		 float weight, const uint8_t *guesses);

/* Drops features that fewer than `least` tokens have, and renumbers the others. */
void samples_prune(struct samples *samples, uint32_t least);

void samples_release(struct samples *samples);

#endif
