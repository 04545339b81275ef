#include "../names/names.h"
#include "facets.h"

#include <stdlib.h>

/* A value on its way to being shown. */
struct candidate {
	uint32_t number, count;
	struct answer_value value;
};

/* The values to list: those of the winners, then those that are chosen besides. */
struct listing {
	struct candidate *items;
	size_t count, capacity;
};

static void listing_add(struct listing *listing, uint32_t number, uint32_t count)
{
	memory_reserve(&listing->items, &listing->capacity, listing->count, sizeof(*listing->items));
	listing->items[listing->count++] = (struct candidate){ .number = number, .count = count };
}

/* The name of a value, and of one somebody names the number. Without names, they are what the index has. */
static enum status name_of(struct store *store, const struct facet_job *job, uint32_t number,
			   struct arena *arena, struct str *name, struct error *err)
{
	const enum facet_kind kind = job->request.field->kind;
	if (!job->parts->names)
		return facet_name(store, kind, number, arena, name, err);
	return names_shown(job->parts->names, (struct point){ kind, number }, arena, name, err);
}

static enum status number_of(struct store *store, const struct facet_job *job, struct str name,
			     bool *known, uint32_t *number, struct error *err)
{
	const enum facet_kind kind = job->request.field->kind;
	if (!job->parts->names)
		return facet_number(store, kind, name, known, number, err);
	struct point end;
	bool gone;
	const enum status status =
		names_value(job->parts->names, kind, name, known, &gone, &end, err);
	if (status == STATUS_OK && *known)
		*number = end.number;
	return status;
}

/* A heap of the `max` biggest counts met so far, the smallest of them on top. */
static void sink(uint32_t *heap, uint32_t size, uint32_t count)
{
	uint32_t at = 0;
	for (;;) {
		uint32_t kid = 2 * at + 1;
		if (kid >= size)
			break;
		if (kid + 1 < size && heap[kid + 1] < heap[kid])
			kid++;
		if (heap[kid] >= count)
			break;
		heap[at] = heap[kid];
		at = kid;
	}
	heap[at] = count;
}

/*
 * The count that a value needs to be among the `max` biggest: at least 1, and 1 when there are not that
 * many. Starting with zeros, the heap needs no growing.
 */
static uint32_t find_threshold(const uint32_t *counts, uint32_t size, uint32_t max,
			       uint32_t *distinct)
{
	const uint32_t room = max < size ? max : size;
	uint32_t *heap = memory_zero((size_t)room + 1, sizeof(*heap));
	*distinct = 0;
	for (uint32_t i = 0; i < size; i++) {
		*distinct += counts[i] != 0;
		if (room && counts[i] > heap[0])
			sink(heap, room, counts[i]);
	}
	const uint32_t smallest = room ? heap[0] : UINT32_MAX;
	free(heap);
	return smallest ? smallest : 1;
}

/* By falling count, then by value. */
static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *one = a, *two = b;
	if (one->count != two->count)
		return one->count < two->count ? 1 : -1;
	return str_compare(one->value.value, two->value.value);
}

static void listing_sort(struct listing *listing)
{
	if (listing->count)
		qsort(listing->items, listing->count, sizeof(*listing->items), compare_candidates);
}

/*
 * Names decide between values of the same count, so all those that share the last place are looked up, in the
 * order of their numbers, which is that of the metadata on the disk.
 */
static enum status name_winners(struct store *store, const struct facet_job *job,
				const uint32_t *counts, uint32_t size, uint32_t threshold,
				struct arena *arena, struct listing *listing, struct error *err)
{
	for (uint32_t number = 0; number < size; number++) {
		if (counts[number] < threshold)
			continue;
		listing_add(listing, number, counts[number]);
		const enum status status = name_of(store, job, number, arena,
						   &listing->items[listing->count - 1].value.value,
						   err);
		if (status != STATUS_OK)
			return status;
	}
	listing_sort(listing);
	if (listing->count > job->request.max)
		listing->count = job->request.max;
	return STATUS_OK;
}

/* The place of a number, or of a name that has none, in the listing; NULL when it is not there. */
static struct candidate *find_listed(struct listing *listing, bool known, uint32_t number,
				     struct str name)
{
	for (size_t i = 0; i < listing->count; i++) {
		struct candidate *item = &listing->items[i];
		const bool has_number = item->number != UINT32_MAX;
		if (known ? item->number == number
			  : !has_number && str_equal(item->value.value, name))
			return item;
	}
	return NULL;
}

/* A name that no article ever had is listed as it was asked for. */
static enum status add_chosen(struct store *store, const struct facet_job *job,
			      const struct filter *filter, const uint32_t *counts, uint32_t size,
			      struct arena *arena, struct listing *listing, struct error *err)
{
	bool known;
	uint32_t number = UINT32_MAX;
	enum status status = number_of(store, job, filter->value, &known, &number, err);
	if (status != STATUS_OK)
		return status;
	if (known && number >= size)
		return error_set(err, STATUS_CORRUPT,
				 "the number of %s \"%.*s\" is damaged: rebuild the index",
				 filter->field->name, STR_ARG(filter->value));
	struct candidate *item = find_listed(listing, known, number, filter->value);
	if (!item) {
		listing_add(listing, number, known ? counts[number] : 0);
		item = &listing->items[listing->count - 1];
		item->value.value = filter->value;
		if (known)
			status = name_of(store, job, number, arena, &item->value.value, err);
	}
	item->value.selected = true;
	return status;
}

/* Other kinds are called one thing only. */
static bool has_variants(enum facet_kind kind)
{
	return kind == KIND_PERSON || kind == KIND_ORG || kind == KIND_PLACE || kind == KIND_OTHER;
}

static enum status add_variants(const struct facet_job *job, const struct listing *listing,
				struct arena *arena, struct answer_facet *facet, struct error *err)
{
	const enum facet_kind kind = job->request.field->kind;
	enum status status = STATUS_OK;
	if (!job->variants || !job->parts->names || !has_variants(kind))
		return STATUS_OK;
	facet->variants = arena_zero(arena, listing->count, sizeof(*facet->variants));
	for (size_t i = 0; i < listing->count && status == STATUS_OK; i++) {
		if (listing->items[i].number != UINT32_MAX)
			status = names_variants(job->parts->names,
						(struct point){ kind, listing->items[i].number },
						VARIANTS_MAX, arena, &facet->variants[i], err);
	}
	return status;
}

static void finish_values(struct listing *listing, struct arena *arena, struct answer_facet *facet)
{
	listing_sort(listing);
	facet->count = listing->count;
	facet->values = arena_zero(arena, listing->count, sizeof(*facet->values));
	for (size_t i = 0; i < listing->count; i++) {
		facet->values[i] = listing->items[i].value;
		facet->values[i].count = listing->items[i].count;
	}
}

enum status facet_values(struct store *store, const struct facet_job *job, const uint32_t *counts,
			 uint32_t size, struct arena *arena, struct answer_facet *facet,
			 struct error *err)
{
	struct listing listing = { 0 };
	const uint32_t threshold = find_threshold(counts, size, job->request.max, &facet->distinct);
	enum status status = name_winners(store, job, counts, size, threshold, arena, &listing, err);
	for (size_t i = 0; i < job->parts->chosen_count && status == STATUS_OK; i++)
		status = add_chosen(store, job, job->parts->chosen[i], counts, size, arena,
				    &listing, err);
	if (status == STATUS_OK) {
		finish_values(&listing, arena, facet);
		status = add_variants(job, &listing, arena, facet, err);
	}
	free(listing.items);
	return status;
}
