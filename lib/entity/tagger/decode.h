/*
 * decode.h: the best tags of a stretch of tokens, and how sure a name in it is.
 */
#ifndef TAGGER_DECODE_H
#define TAGGER_DECODE_H

#include "model.h"

/* Weights of steps between tags; the trainer has its own. */
struct steps {
	float after[TAGS][TAG_LANES]; /* [before][tag] */
};

/* Room for one stretch, grown as needed. */
struct decoder {
	struct steps factors; /* e to the power of the steps; 0 for those that cannot be */
	float *own, *forward, *backward; /* TAG_LANES a token; see decode.c */
	uint8_t *back;                   /* TAG_LANES a token */
	size_t capacity;                 /* tokens */
};

void decoder_release(struct decoder *decoder);

/* True when `tag` may follow `before`. Before and after a stretch stands TAG_OUTSIDE. */
bool tag_may_follow(unsigned before, unsigned tag);

/* The best allowed tags by scores[count][TAG_LANES]; exact. */
void decode_best(struct decoder *decoder, const struct steps *steps, const float *scores,
		 size_t count, uint8_t *tags);

/* To be called before decode_sums, and whenever the steps have changed. */
void decoder_set_steps(struct decoder *decoder, const struct steps *steps);

/* Sums over all ways through a stretch, for the questions below. */
void decode_sums(struct decoder *decoder, const float *scores, size_t count);

/* The probabilities of a token's tags. */
void decode_shares(const struct decoder *decoder, size_t at, float shares[TAG_LANES]);

/* Adds to *sums those of the steps from a token to the next. */
void decode_steps(const struct decoder *decoder, size_t at, struct steps *sums);

/* The probability that a name is just so. */
float decode_name(const struct decoder *decoder, size_t first, size_t last, unsigned kind);

/* The natural exponential of x <= 0, the same bits on every machine. */
float plain_exp(float x);

#endif
