#include "decode.h"

#include <stdlib.h>

#define NEVER (-1e30f)
#define STEP_MOST                                                                                  \
	30.0f /* beyond it e^x is as good as nothing or all, and no sum of products overflows */

/* ---- arithmetic ---- */

/*
 * By halving the argument's range: 2^n times a polynomial of degree 6 on [-ln 2 / 2, ln 2 / 2] (Taylor's; the error is
 * under 2e-7). The C library's are better, but not the same in all its versions, and training must be repeatable.
 */
float plain_exp(float x)
{
	if (x < -80.0f)
		return 0.0f;
	const float n = (float)(int)(x * 1.44269504f - 0.5f);
	const float r = x - n * 0.693359375f + n * 2.12194440e-4f;
	float p = 1.0f / 720.0f;
	p = p * r + 1.0f / 120.0f;
	p = p * r + 1.0f / 24.0f;
	p = p * r + 1.0f / 6.0f;
	p = p * r + 0.5f;
	p = p * r + 1.0f;
	p = p * r + 1.0f;
	const union {
		uint32_t bits;
		float value;
	} power = { .bits = (uint32_t)((int)n + 127) << 23 };
	return p * power.value;
}

/* ---- which tag may follow which ---- */

static bool ends(unsigned tag)
{
	return tag < TAG_ENDS;
}

static bool goes_on(unsigned tag)
{
	return tag >= TAG_INSIDE(0) || (tag >= TAG_LAST(0) && tag < TAG_BEGIN(0));
}

bool tag_may_follow(unsigned before, unsigned tag)
{
	if (ends(before))
		return !goes_on(tag);
	return goes_on(tag) && TAG_KIND(tag) == TAG_KIND(before);
}

static void reserve(struct decoder *decoder, size_t count)
{
	if (count <= decoder->capacity)
		return;
	decoder->capacity = count + count / 2 + 16;
	const size_t cells = decoder->capacity * TAG_LANES;
	decoder->forward = memory_grow(decoder->forward, cells * sizeof(float));
	decoder->backward = memory_grow(decoder->backward, cells * sizeof(float));
	decoder->own = memory_grow(decoder->own, cells * sizeof(float));
	decoder->back = memory_grow(decoder->back, cells);
}

void decoder_release(struct decoder *decoder)
{
	free(decoder->forward);
	free(decoder->backward);
	free(decoder->own);
	free(decoder->back);
	*decoder = (struct decoder){ 0 };
}

/* ---- the best way ---- */

/* The best tag before `tag`, out of [from, to) and of those that need the rest of their name. */
static float best_before(const struct steps *steps, const float *row, unsigned tag, uint8_t *back)
{
	float best = NEVER;
	if (goes_on(tag)) {
		const unsigned begin = TAG_BEGIN(TAG_KIND(tag)), inside = TAG_INSIDE(TAG_KIND(tag));
		const float a = row[begin] + steps->after[begin][tag];
		const float b = row[inside] + steps->after[inside][tag];
		*back = (uint8_t)(a >= b ? begin : inside);
		return a >= b ? a : b;
	}
	for (unsigned before = 0; before < TAG_ENDS; before++) {
		const float sum = row[before] + steps->after[before][tag];
		if (sum > best) {
			best = sum;
			*back = (uint8_t)before;
		}
	}
	return best;
}

static void first_row(const struct steps *steps, const float *scores, float *row)
{
	for (unsigned tag = 0; tag < TAGS; tag++)
		row[tag] = goes_on(tag) ? NEVER : scores[tag] + steps->after[TAG_OUTSIDE][tag];
}

static unsigned best_end(const struct steps *steps, const float *row)
{
	unsigned best = 0;
	for (unsigned tag = 1; tag < TAG_ENDS; tag++)
		if (row[tag] + steps->after[tag][TAG_OUTSIDE] >
		    row[best] + steps->after[best][TAG_OUTSIDE])
			best = tag;
	return best;
}

void decode_best(struct decoder *decoder, const struct steps *steps, const float *scores,
		 size_t count, uint8_t *tags)
{
	if (!count)
		return;
	reserve(decoder, count);
	float *row = decoder->forward;
	first_row(steps, scores, row);
	for (size_t i = 1; i < count; i++) {
		float *next = row + TAG_LANES;
		for (unsigned tag = 0; tag < TAGS; tag++)
			next[tag] = scores[i * TAG_LANES + tag] +
				    best_before(steps, row, tag, &decoder->back[i * TAG_LANES + tag]);
		row = next;
	}
	unsigned tag = best_end(steps, row);
	for (size_t i = count; i-- > 0;) {
		tags[i] = (uint8_t)tag;
		tag = decoder->back[i * TAG_LANES + tag];
	}
}

/* ---- all ways ---- */

/*
 * Sums of products, not of logarithms: each token's scores are taken relative to their largest, and each row is scaled to
 * a sum of 1, the logarithm of which is kept in the total. What is 0 then is far below any other way.
 */

void decoder_set_steps(struct decoder *decoder, const struct steps *steps)
{
	for (unsigned a = 0; a < TAGS; a++)
		for (unsigned b = 0; b < TAGS; b++) {
			float x = steps->after[a][b];
			x = x > STEP_MOST ? STEP_MOST : x < -STEP_MOST ? -STEP_MOST : x;
			/* Steps are small; e^x for x > 0 is the inverse. */
			decoder->factors.after[a][b] = !tag_may_follow(a, b) ? 0
						       : x > 0               ? 1.0f / plain_exp(-x)
									     : plain_exp(x);
		}
}

static void load_factors(const float *scores, float *factors)
{
	float most = scores[0];
	for (unsigned tag = 1; tag < TAGS; tag++)
		most = scores[tag] > most ? scores[tag] : most;
	for (unsigned tag = 0; tag < TAGS; tag++)
		factors[tag] = plain_exp(scores[tag] - most);
}

static void scale(float *row)
{
	float sum = 0;
	for (unsigned tag = 0; tag < TAGS; tag++)
		sum += row[tag];
	const float by = sum > 0 ? 1.0f / sum : 0;
	for (unsigned tag = 0; tag < TAGS; tag++)
		row[tag] *= by;
}

/* next[b] = sum of row[a] * factor of the step from a to b. */
static void step_forward(const struct steps *factors, const float *row, float *next)
{
	float sums[TAG_LANES] = { 0 };
	for (unsigned a = 0; a < TAGS; a++)
		for (unsigned b = 0; b < TAG_LANES; b++)
			sums[b] += row[a] * factors->after[a][b];
	memcpy(next, sums, sizeof sums);
}

static void step_backward(const struct steps *factors, const float *row, float *before)
{
	for (unsigned a = 0; a < TAGS; a++) {
		float sum = 0;
		for (unsigned b = 0; b < TAGS; b++)
			sum += factors->after[a][b] * row[b];
		before[a] = sum;
	}
}

void decode_sums(struct decoder *decoder, const float *scores, size_t count)
{
	reserve(decoder, count);
	const struct steps *factors = &decoder->factors;
	float *own = decoder->own, *forward = decoder->forward, *backward = decoder->backward;
	float edge[TAG_LANES] = { [TAG_OUTSIDE] = 1 }, behind[TAG_LANES];
	for (size_t i = 0; i < count; i++) {
		const size_t at = i * TAG_LANES;
		load_factors(scores + at, own + at);
		step_forward(factors, i ? forward + at - TAG_LANES : edge, forward + at);
		for (unsigned tag = 0; tag < TAGS; tag++)
			forward[at + tag] *= own[at + tag];
		scale(forward + at);
	}
	for (size_t i = count; i-- > 0;) {
		const size_t at = i * TAG_LANES;
		memcpy(behind, edge, sizeof behind);
		for (unsigned tag = 0; i + 1 < count && tag < TAGS; tag++)
			behind[tag] = own[at + TAG_LANES + tag] * backward[at + TAG_LANES + tag];
		step_backward(factors, behind, backward + at);
		scale(backward + at);
	}
}

void decode_shares(const struct decoder *decoder, size_t at, float shares[TAG_LANES])
{
	const float *forward = decoder->forward + at * TAG_LANES;
	const float *backward = decoder->backward + at * TAG_LANES;
	for (unsigned tag = 0; tag < TAGS; tag++)
		shares[tag] = forward[tag] * backward[tag];
	scale(shares);
}

/* Of all ways that begin the name so, the share that goes on with it to its end, as a product of shares. */
static float share_of_step(const struct decoder *decoder, size_t at, unsigned tag, unsigned next)
{
	const struct steps *factors = &decoder->factors;
	const float *own = decoder->own + (at + 1) * TAG_LANES;
	const float *backward = decoder->backward + (at + 1) * TAG_LANES;
	float all = 0;
	for (unsigned b = 0; b < TAGS; b++)
		all += factors->after[tag][b] * own[b] * backward[b];
	return all > 0 ? factors->after[tag][next] * own[next] * backward[next] / all : 0;
}

float decode_name(const struct decoder *decoder, size_t first, size_t last, unsigned kind)
{
	float shares[TAG_LANES];
	decode_shares(decoder, first, shares);
	if (first == last)
		return shares[TAG_UNIT(kind)];
	unsigned tag = TAG_BEGIN(kind);
	float share = shares[tag];
	for (size_t i = first; i < last; i++) {
		const unsigned next = i + 1 == last ? TAG_LAST(kind) : TAG_INSIDE(kind);
		share *= share_of_step(decoder, i, tag, next);
		tag = next;
	}
	return share;
}

void decode_steps(const struct decoder *decoder, size_t at, struct steps *sums)
{
	const float *forward = decoder->forward + at * TAG_LANES;
	const float *own = decoder->own + (at + 1) * TAG_LANES;
	const float *backward = decoder->backward + (at + 1) * TAG_LANES;
	float behind[TAG_LANES] = { 0 }, all = 0;
	struct steps ways;
	for (unsigned b = 0; b < TAGS; b++)
		behind[b] = own[b] * backward[b];
	for (unsigned a = 0; a < TAGS; a++)
		for (unsigned b = 0; b < TAG_LANES; b++)
			ways.after[a][b] = forward[a] * decoder->factors.after[a][b] * behind[b];
	for (unsigned a = 0; a < TAGS; a++)
		for (unsigned b = 0; b < TAGS; b++)
			all += ways.after[a][b];
	const float by = all > 0 ? 1.0f / all : 0;
	for (unsigned a = 0; a < TAGS; a++)
		for (unsigned b = 0; b < TAG_LANES; b++)
			sums->after[a][b] += ways.after[a][b] * by;
}
