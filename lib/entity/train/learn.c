#include "learn.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The weights of steps change little, and their factors are costly: made anew after so many stretches. */
#define STEPS_FRESH 16

/* The state of a run. */
struct learner {
	const struct samples *samples;
	const struct plan *plan;
	struct weights *weights;
	float (*squares)[TAG_LANES];
	float (*sums)[TAG_LANES]; /* of the epochs that are averaged */
	struct steps step_squares, step_sums, step_slope;
	struct decoder decoder;
	float *scores;
	size_t capacity;
	uint32_t *kept; /* features of the stretch that were not dropped, by token */
	size_t kept_count, kept_capacity;
	size_t *kept_starts;
	uint64_t random, seen;
	double loss;
};

static uint64_t next_random(uint64_t *state)
{
	uint64_t x = *state;
	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return *state = x;
}

void weights_release(struct weights *weights)
{
	free(weights->rows);
	*weights = (struct weights){ 0 };
}

/* ---- one stretch ---- */

static void reserve(struct learner *l, size_t tokens)
{
	if (tokens <= l->capacity)
		return;
	l->capacity = tokens * 2;
	l->scores = memory_grow(l->scores, l->capacity * TAG_LANES * sizeof *l->scores);
	l->kept_starts = memory_grow(l->kept_starts, (l->capacity + 1) * sizeof *l->kept_starts);
}

static bool drops(struct learner *l)
{
	return l->plan->drop && (next_random(&l->random) >> 32 & 255) < l->plan->drop;
}

static void keep(struct learner *l, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (drops(l))
			continue;
		memory_reserve(&l->kept, &l->kept_capacity, l->kept_count, sizeof *l->kept);
		l->kept[l->kept_count++] = l->samples->features[i];
		__builtin_prefetch(l->weights->rows[l->samples->features[i]]);
	}
}

static void add_rows(const struct weights *weights, const uint32_t *features, size_t count,
		     float *score)
{
	for (size_t tag = 0; tag < TAG_LANES; tag++)
		score[tag] = 0;
	for (size_t i = 0; i < count; i++) {
		const float *row = weights->rows[features[i]];
		for (size_t tag = 0; tag < TAG_LANES; tag++)
			score[tag] += row[tag];
	}
}

static void score(struct learner *l, const struct stretch *stretch, bool votes)
{
	const size_t *starts = l->samples->starts;
	l->kept_count = 0;
	for (uint32_t t = stretch->start; t < stretch->end; t++) {
		const size_t n = t - stretch->start;
		l->kept_starts[n] = l->kept_count;
		keep(l, starts[2 * (size_t)t], starts[2 * (size_t)t + 1 + votes]);
	}
	l->kept_starts[stretch->end - stretch->start] = l->kept_count;
	for (size_t n = 0; n < stretch->end - stretch->start; n++)
		add_rows(l->weights, l->kept + l->kept_starts[n],
			 l->kept_starts[n + 1] - l->kept_starts[n], l->scores + n * TAG_LANES);
}

static void update(float *weights, float *squares, const float *slope, float rate, float decay)
{
	for (size_t i = 0; i < TAG_LANES; i++) {
		const float d = slope[i] + decay * weights[i];
		squares[i] += d * d;
		weights[i] -= rate * d / sqrtf(squares[i] + 1e-6f);
	}
}

/* Steps into the stretch, inside it, and out of it: what is expected less what is right. */
static void slope_of_steps(struct learner *l, const uint8_t *gold, size_t count)
{
	struct steps *slope = &l->step_slope;
	const struct decoder *d = &l->decoder;
	memset(slope, 0, sizeof *slope);
	float first[TAG_LANES], last[TAG_LANES];
	decode_shares(d, 0, first);
	decode_shares(d, count - 1, last);
	for (unsigned tag = 0; tag < TAGS; tag++) {
		slope->after[TAG_OUTSIDE][tag] += first[tag];
		slope->after[tag][TAG_OUTSIDE] += last[tag];
	}
	slope->after[TAG_OUTSIDE][gold[0]] -= 1;
	slope->after[gold[count - 1]][TAG_OUTSIDE] -= 1;
	for (size_t n = 0; n + 1 < count; n++) {
		decode_steps(d, n, slope);
		slope->after[gold[n]][gold[n + 1]] -= 1;
	}
}

static void update_steps(struct learner *l, const struct stretch *stretch, const uint8_t *gold)
{
	slope_of_steps(l, gold, stretch->end - stretch->start);
	for (unsigned a = 0; a < TAGS; a++) {
		for (unsigned b = 0; b < TAGS; b++)
			l->step_slope.after[a][b] *= stretch->weight;
		update(l->weights->steps.after[a], l->step_squares.after[a], l->step_slope.after[a],
		       l->plan->rate * 0.5f, l->plan->decay);
	}
	if (++l->seen % STEPS_FRESH == 0)
		decoder_set_steps(&l->decoder, &l->weights->steps);
}

static void learn_stretch(struct learner *l, const struct stretch *stretch, bool votes)
{
	const size_t count = stretch->end - stretch->start;
	const uint8_t *gold = l->samples->tags + stretch->start;
	reserve(l, count);
	score(l, stretch, votes);
	decode_sums(&l->decoder, l->scores, count);
	for (size_t n = 0; n < count; n++) {
		float slope[TAG_LANES] = { 0 };
		decode_shares(&l->decoder, n, slope);
		for (unsigned tag = 0; tag < TAGS; tag++)
			slope[tag] = stretch->weight * (slope[tag] - (float)(tag == gold[n]));
		for (size_t i = l->kept_starts[n]; i < l->kept_starts[n + 1]; i++)
			update(l->weights->rows[l->kept[i]], l->squares[l->kept[i]], slope,
			       l->plan->rate, l->plan->decay);
	}
	update_steps(l, stretch, gold);
}

/* ---- epochs ---- */

static bool left_out(const struct plan *plan, const struct stretch *stretch)
{
	return plan->without >= 0 && stretch->article % plan->folds == (unsigned)plan->without;
}

static bool has_votes(const struct samples *samples, const struct stretch *stretch)
{
	for (size_t t = stretch->start; t < stretch->end; t++)
		if (samples->starts[2 * t + 1] < samples->starts[2 * t + 2])
			return true;
	return false;
}

/* The order of an epoch: numbers of stretches, doubled; odd ones are to be seen with votes. */
static size_t make_order(const struct learner *l, uint32_t *order)
{
	size_t count = 0;
	for (size_t i = 0; i < l->samples->stretch_count; i++) {
		if (left_out(l->plan, &l->samples->stretches[i]))
			continue;
		order[count++] = (uint32_t)i * 2;
		if (l->plan->votes && has_votes(l->samples, &l->samples->stretches[i]))
			order[count++] = (uint32_t)i * 2 + 1;
	}
	return count;
}

static void shuffle(uint32_t *order, size_t count, uint64_t *random)
{
	for (size_t i = count; i > 1; i--) {
		const size_t other = (next_random(random) >> 11) % i;
		const uint32_t t = order[i - 1];
		order[i - 1] = order[other];
		order[other] = t;
	}
}

static void add_epoch(struct learner *l)
{
	for (size_t i = 0; i < l->weights->count; i++)
		for (size_t tag = 0; tag < TAG_LANES; tag++)
			l->sums[i][tag] += l->weights->rows[i][tag];
	for (size_t a = 0; a < TAGS; a++)
		for (size_t b = 0; b < TAG_LANES; b++)
			l->step_sums.after[a][b] += l->weights->steps.after[a][b];
}

static void take_average(struct learner *l, float epochs)
{
	const float keep_share = l->plan->drop ? (float)(256 - l->plan->drop) / 256.0f : 1.0f;
	for (size_t i = 0; i < l->weights->count; i++)
		for (size_t tag = 0; tag < TAG_LANES; tag++)
			l->weights->rows[i][tag] = l->sums[i][tag] / epochs * keep_share;
	for (size_t a = 0; a < TAGS; a++)
		for (size_t b = 0; b < TAG_LANES; b++)
			l->weights->steps.after[a][b] = l->step_sums.after[a][b] / epochs;
}

static void run_epochs(struct learner *l)
{
	uint32_t *order = memory_alloc((l->samples->stretch_count * 2 + 1) * sizeof *order);
	const size_t count = make_order(l, order);
	for (unsigned epoch = 0; epoch < l->plan->epochs; epoch++) {
		shuffle(order, count, &l->random);
		for (size_t i = 0; i < count; i++)
			learn_stretch(l, &l->samples->stretches[order[i] / 2], order[i] & 1);
		if (epoch + l->plan->average >= l->plan->epochs)
			add_epoch(l);
		if (l->plan->loud)
			fprintf(stderr, "epoch %u of %u\n", epoch + 1, l->plan->epochs);
	}
	free(order);
}

void learn(struct weights *weights, const struct samples *samples, const struct plan *plan)
{
	const size_t count = samples->index.count;
	*weights = (struct weights){ .count = count };
	weights->rows = memory_zero(count, sizeof *weights->rows);
	struct learner l = {
		.samples = samples,
		.plan = plan,
		.weights = weights,
		.random = 0x9e3779b97f4a7c15u * (2 * (uint64_t)plan->run + 1),
	};
	l.squares = memory_zero(count, sizeof *l.squares);
	l.sums = memory_zero(count, sizeof *l.sums);
	decoder_set_steps(&l.decoder, &weights->steps);
	run_epochs(&l);
	take_average(&l, (float)plan->average);
	free(l.squares);
	free(l.sums);
	free(l.scores);
	free(l.kept);
	free(l.kept_starts);
	decoder_release(&l.decoder);
}

/* Adds a share of some weights to others. */
static void add_share(struct weights *to, const struct weights *from, float share)
{
	for (size_t i = 0; i < to->count; i++)
		for (size_t tag = 0; tag < TAG_LANES; tag++)
			to->rows[i][tag] += from->rows[i][tag] * share;
	for (size_t a = 0; a < TAGS; a++)
		for (size_t b = 0; b < TAG_LANES; b++)
			to->steps.after[a][b] += from->steps.after[a][b] * share;
}

void learn_average(struct weights *weights, const struct samples *samples, const struct plan *plan,
		   unsigned runs)
{
	*weights = (struct weights){ .count = samples->index.count };
	weights->rows = memory_zero(weights->count, sizeof *weights->rows);
	for (unsigned run = 0; run < runs; run++) {
		struct plan own = *plan;
		struct weights part;
		own.run = run;
		learn(&part, samples, &own);
		add_share(weights, &part, 1.0f / (float)runs);
		weights_release(&part);
	}
}

void learn_guess(const struct weights *weights, const struct samples *samples,
		 const struct plan *plan, uint8_t *tags)
{
	struct decoder decoder = { 0 };
	float *scores = NULL;
	size_t capacity = 0;
	for (size_t i = 0; i < samples->stretch_count; i++) {
		const struct stretch *stretch = &samples->stretches[i];
		const size_t count = stretch->end - stretch->start;
		if (!left_out(plan, stretch))
			continue;
		if (count > capacity) {
			capacity = count * 2;
			scores = memory_grow(scores, capacity * TAG_LANES * sizeof *scores);
		}
		for (size_t n = 0; n < count; n++) {
			const size_t *starts = samples->starts + 2 * (stretch->start + n);
			add_rows(weights, samples->features + starts[0], starts[1] - starts[0],
				 scores + n * TAG_LANES);
		}
		decode_best(&decoder, &weights->steps, scores, count, tags + stretch->start);
	}
	free(scores);
	decoder_release(&decoder);
}
