/*
 * learn.h: conditional random fields by stochastic gradients (AdaGrad), one stretch at a time.
 *
 * Everything is in single precision, in one thread and one order, with no function of the C library, so that the same
 * input gives the same bytes.
 */
#ifndef TRAIN_LEARN_H
#define TRAIN_LEARN_H

#include "../tagger/decode.h"
#include "samples.h"

struct weights {
	float (*rows)[TAG_LANES]; /* by feature */
	struct steps steps;
	size_t count;
};

struct plan {
	unsigned epochs, average; /* the last so many epochs are averaged */
	float rate, decay;
	unsigned drop; /* of 256 features so many are left out at random */
	int without;   /* leaves out articles whose number modulo `folds` is this; -1: none */
	unsigned folds;
	bool votes; /* every stretch twice: without and with the votes of others */
	bool loud;
	unsigned run; /* another number is another order, and leaves out other features */
};

void learn(struct weights *weights, const struct samples *samples, const struct plan *plan);
/* The average of so many runs, which errs less than each. */
void learn_average(struct weights *weights, const struct samples *samples, const struct plan *plan,
		   unsigned runs);
void weights_release(struct weights *weights);

/* Tags the stretches of the articles that plan->without has left out. */
void learn_guess(const struct weights *weights, const struct samples *samples,
		 const struct plan *plan, uint8_t *tags);

#endif
