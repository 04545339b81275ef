/*
 * evaluate.h: how many of the names in a hand-tagged text are found: exact spans of the right kind, as CoNLL counts.
 * Nationalities count as other, which is what most sets make of them.
 */
#ifndef TAGGER_EVALUATE_H
#define TAGGER_EVALUATE_H

#include "labels.h"
#include "tagger.h"

struct tally {
	uint64_t right, found, there; /* names: found and right, found, in the text */
};

struct evaluation {
	struct tally kinds[NAME_KINDS], all;
	uint64_t tokens;
	uint64_t sure_found[256], sure_right[256]; /* by confidence */
};

void evaluate(struct tagger *tagger, const struct labelled *labelled, struct evaluation *result);

/* Precision, recall and F1 a kind and overall; the last line is "F1 NN.NN". */
void evaluation_print(const struct evaluation *evaluation, struct buffer *out);

double tally_f1(const struct tally *tally);

#endif
