#include "../names/names.h"
#include "valuing.h"

#include <float.h>
#include <stdlib.h>

/* ---- the biggest ---- */

/* A heap of the greatest scores met so far, the smallest of them on top. */
static void sink(double *heap, uint32_t size, double score)
{
	uint32_t at = 0;
	for (;;) {
		uint32_t kid = 2 * at + 1;
		if (kid >= size)
			break;
		if (kid + 1 < size && heap[kid + 1] < heap[kid])
			kid++;
		if (heap[kid] >= score)
			break;
		heap[at] = heap[kid];
		at = kid;
	}
	heap[at] = score;
}

/* Most counts are too small, which one comparison of whole numbers tells. */
static void sink_counts(double *heap, uint32_t room, const struct ranking *ranking)
{
	const size_t places = ranking_places(ranking);
	uint32_t smallest = 0;
	for (size_t place = 0; place < places; place++) {
		const uint32_t count = ranking->counts[ranking_number(ranking, place)];
		if (count <= smallest)
			continue;
		sink(heap, room, count);
		smallest = heap[0] > 0 ? (uint32_t)heap[0] : 0;
	}
}

static void sink_scores(double *heap, uint32_t room, const struct ranking *ranking)
{
	for (uint32_t i = 0; i < ranking->size; i++)
		if (ranking->counts[i] && ranking->scores[i] > heap[0])
			sink(heap, room, ranking->scores[i]);
}

double ranking_threshold(const struct ranking *ranking, uint32_t max)
{
	const uint32_t room = max < ranking->size ? max : ranking->size;
	if (!room)
		return DBL_MAX;
	/* Full of what is less than any score, the heap needs no growing. */
	double *heap = memory_alloc(room * sizeof(*heap));
	for (uint32_t i = 0; i < room; i++)
		heap[i] = -DBL_MAX;
	if (ranking->scores)
		sink_scores(heap, room, ranking);
	else
		sink_counts(heap, room, ranking);
	const double smallest = heap[0];
	free(heap);
	return smallest;
}

static uint32_t count_distinct(const struct counted *counted)
{
	uint32_t distinct = 0;
	if (counted->listed)
		return (uint32_t)counted->listed_count;
	for (uint32_t i = 0; i < counted->size; i++)
		distinct += counted->counts[i] != 0;
	return distinct;
}

/*
 * Names decide between values of the same score, so all those that share the last place are looked up, in the
 * order of their numbers, which is that of the metadata on the disk.
 */
static enum status add_winners(struct valuing *valuing, const struct ranking *ranking)
{
	const double threshold = ranking_threshold(ranking, valuing->job->request.max);
	const double bound = ranking->scores ? 1 : threshold;
	const uint32_t least = bound < 1 ? 1 : bound > UINT32_MAX ? UINT32_MAX : (uint32_t)bound;
	enum status status = STATUS_OK;
	const size_t places = ranking_places(ranking);
	for (size_t place = 0; place < places && status == STATUS_OK; place++) {
		const uint32_t i = ranking_number(ranking, place);
		size_t at;
		if (ranking->counts[i] >= least && ranking_score(ranking, i) >= threshold)
			status = valuing_add(valuing, 0, i, &at);
	}
	return status;
}

/* Of the values that share the last place, only those that their counts put there: of everything, all of them share one. */
static void drop_ties(struct valuing *valuing, struct ranking *ranking, uint32_t *counts)
{
	const uint32_t max = valuing->job->request.max;
	const double last = ranking_threshold(ranking, max);
	uint32_t above = 0;
	for (uint32_t i = 0; i < ranking->size; i++) {
		const bool is_value = ranking->counts[i] > 0;
		above += is_value && ranking->scores[i] > last;
		counts[i] = is_value && ranking->scores[i] == last ? ranking->counts[i] : 0;
	}
	const struct ranking ties = { .counts = counts, .size = ranking->size };
	const double least = ranking_threshold(&ties, above < max ? max - above : 0);
	for (uint32_t i = 0; i < ranking->size; i++)
		counts[i] = counts[i] && counts[i] < least ? 0 : ranking->counts[i];
	ranking->counts = counts;
}

static enum status add_most_significant(struct valuing *valuing, struct ranking *ranking)
{
	double *scores = memory_alloc(((size_t)ranking->size + 1) * sizeof(*scores));
	uint32_t *counts = memory_alloc(((size_t)ranking->size + 1) * sizeof(*counts));
	for (uint32_t i = 0; i < ranking->size; i++)
		scores[i] = ranking->counts[i]
				    ? significance(&valuing->background, valuing->counted->counts[i],
						   valuing->counted->everywhere[i])
				    : 0;
	ranking->scores = scores;
	drop_ties(valuing, ranking, counts);
	const enum status status = add_winners(valuing, ranking);
	free(scores);
	free(counts);
	return status;
}

static enum status add_candidates(struct valuing *valuing)
{
	struct ranking ranking = { .counts = valuing->eligible[0], .size = valuing->counted->size };
	const bool is_one = valuing->job->part_count == 1;
	if (valuing->eligible[0] == valuing->counted->counts &&
	    valuing->job->request.sort == FACET_BY_COUNT) {
		ranking.listed = valuing->counted->listed;
		ranking.listed_count = valuing->counted->listed_count;
	}
	if (valuing->job->request.tree)
		return valuing_add_all(valuing);
	switch (valuing->job->request.sort) {
	case FACET_BY_COUNT:
		return is_one ? add_winners(valuing, &ranking) : valuing_add_biggest(valuing);
	case FACET_BY_SIGNIFICANCE:
		return is_one ? add_most_significant(valuing, &ranking) : valuing_add_all(valuing);
	default:
		return valuing_add_all(valuing);
	}
}

/* ---- what is chosen ---- */

/* The place of a number, or of a name that has none, among the items of a single part. */
static bool find_item(const struct valuing *valuing, uint32_t number, struct str name, size_t *at)
{
	for (*at = 0; *at < valuing->count; ++*at) {
		const struct listed *item = &valuing->items[*at];
		if (item->numbers[0] == number &&
		    (number != NUMBER_NONE || str_equal(item->value.value, name)))
			return true;
	}
	return false;
}

/* A name that no article ever had is listed as it was asked for. */
static enum status add_chosen(struct valuing *valuing, size_t part, struct str name)
{
	const size_t before = valuing->count;
	uint32_t number;
	size_t at;
	enum status status = valuing_number(valuing, part, name, &number);
	if (status != STATUS_OK)
		return status;
	if (valuing->job->part_count > 1 || !find_item(valuing, number, name, &at))
		status = number == NUMBER_NONE ? valuing_add_name(valuing, name, &at)
					       : valuing_add(valuing, part, number, &at);
	if (status != STATUS_OK)
		return status;
	valuing->items[at].value.selected = true;
	valuing->items[at].is_extra |= valuing->count > before;
	return STATUS_OK;
}

static bool is_any(const struct filter *filter)
{
	return str_equal(filter->value, STR("*"));
}

/* Having any value at all may be chosen too. */
static enum status add_any(struct valuing *valuing, size_t chosen)
{
	struct listed item = { .value = { .value = STR("*"), .selected = true }, .is_extra = true };
	const size_t parts = valuing->job->part_count;
	item.key = item.value.value;
	item.numbers = arena_alloc(valuing->arena, parts * sizeof(*item.numbers));
	for (size_t i = 0; i < parts; i++)
		item.numbers[i] = NUMBER_NONE;
	const enum status status =
		facet_count_chosen(valuing->job, chosen, &item.value.count, valuing->err);
	item.score = item.value.count;
	memory_reserve(&valuing->items, &valuing->capacity, valuing->count, sizeof(item));
	valuing->items[valuing->count++] = item;
	return status;
}

static enum status add_all_chosen(struct valuing *valuing)
{
	const struct facet_part *first = valuing->job->parts;
	enum status status = STATUS_OK;
	for (size_t part = 0; part < valuing->job->part_count; part++) {
		const struct facet_part *of = &valuing->job->parts[part];
		for (size_t i = 0; i < of->chosen_count && status == STATUS_OK; i++)
			if (!is_any(of->chosen[i]))
				status = add_chosen(valuing, part, of->chosen[i]->value);
	}
	/* Behind the others, whose places are those of their keys. */
	for (size_t i = 0; i < first->chosen_count && status == STATUS_OK; i++)
		if (is_any(first->chosen[i]))
			status = add_any(valuing, i);
	return status;
}

/* ---- the list ---- */

/* The first ones in order, and what is chosen wherever it stands. */
static void cut(struct valuing *valuing)
{
	size_t kept = 0;
	valuing_sort(valuing);
	for (size_t i = 0, room = valuing->job->request.max; i < valuing->count; i++) {
		const struct listed *item = &valuing->items[i];
		const bool has_room = room > 0 && !item->is_extra;
		room -= has_room;
		if (has_room || item->value.selected)
			valuing->items[kept++] = *item;
	}
	valuing->count = kept;
}

/* Other kinds are called one thing only. */
static bool has_variants(enum facet_kind kind)
{
	return kind == KIND_PERSON || kind == KIND_ORG || kind == KIND_PLACE || kind == KIND_OTHER;
}

static enum status add_variants(struct valuing *valuing, struct answer_facet *facet)
{
	enum status status = STATUS_OK;
	if (!valuing->job->variants || !valuing->job->parts->names ||
	    !has_variants(valuing_kind(valuing)))
		return STATUS_OK;
	facet->variants = arena_zero(valuing->arena, valuing->count, sizeof(*facet->variants));
	for (size_t i = 0; i < valuing->count && status == STATUS_OK; i++)
		status = valuing_variants(valuing, &valuing->items[i], &facet->variants[i]);
	return status;
}

static enum status finish(struct valuing *valuing, struct answer_facet *facet)
{
	const bool tree = valuing->job->request.tree;
	enum status status = STATUS_OK;
	if (!tree)
		cut(valuing);
	if (valuing->job->part_count > 1) {
		status = valuing_spell(valuing);
		valuing_sort(valuing);
	}
	if (tree)
		valuing_tree(valuing);
	facet->tree = tree;
	facet->count = valuing->count;
	facet->values = arena_zero(valuing->arena, valuing->count, sizeof(*facet->values));
	for (size_t i = 0; i < valuing->count; i++)
		facet->values[i] = valuing->items[i].value;
	return status;
}

static enum status count_values(struct valuing *valuing, struct answer_facet *facet)
{
	if (valuing->job->part_count > 1)
		return valuing_distinct(valuing, &facet->distinct);
	facet->distinct = count_distinct(valuing->counted);
	return STATUS_OK;
}

enum status facet_values(const struct facet_job *job, const struct counted *counted,
			 struct arena *arena, struct answer_facet *facet, struct error *err)
{
	struct valuing valuing = { .job = job,
				   .counted = counted,
				   .background = background_of(job),
				   .arena = arena,
				   .err = err };
	enum status status = valuing_match(&valuing);
	if (status == STATUS_OK)
		status = count_values(&valuing, facet);
	if (status == STATUS_OK)
		status = add_candidates(&valuing);
	if (status == STATUS_OK)
		status = add_all_chosen(&valuing);
	if (status == STATUS_OK)
		status = finish(&valuing, facet);
	if (status == STATUS_OK)
		status = add_variants(&valuing, facet);
	if (status == STATUS_OK && job->request.trend)
		status = valuing_trends(&valuing, facet);
	valuing_release(&valuing);
	return status;
}
