#include "facets/columns.h"
#include "look.h"

#include "dateline/schema.h"

#include <stdlib.h>

/* The best so far, as a heap with the worst of them on top. */
struct heap {
	enum store_order order;
	struct best *items;
	size_t count, max;
};

/* The look of a hit is one of an array. */
static int compare_places(const struct best *a, const struct best *b)
{
	if (a->look != b->look)
		return a->look < b->look ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* Undated ones come last in both orders by date. */
static int compare_dates(const struct best *a, const struct best *b, enum store_order order)
{
	if (!*a->published != !*b->published)
		return *a->published ? -1 : 1;
	const int later = strcmp(a->published, b->published);
	return order == ORDER_NEWEST ? -later : later;
}

/* Below 0 when `a` comes first. */
static int compare(const struct best *a, const struct best *b, enum store_order order)
{
	int way = 0;
	if (order != ORDER_RELEVANCE)
		way = compare_dates(a, b, order);
	else if (a->score != b->score)
		way = a->score > b->score ? -1 : 1;
	return way ? way : compare_places(a, b);
}

static void sink(const struct heap *heap, size_t at)
{
	const struct best moved = heap->items[at];
	for (;;) {
		size_t kid = 2 * at + 1;
		if (kid >= heap->count)
			break;
		if (kid + 1 < heap->count &&
		    compare(&heap->items[kid], &heap->items[kid + 1], heap->order) < 0)
			kid++;
		if (compare(&moved, &heap->items[kid], heap->order) >= 0)
			break;
		heap->items[at] = heap->items[kid];
		at = kid;
	}
	heap->items[at] = moved;
}

static void offer(struct heap *heap, const struct best *best)
{
	if (heap->count < heap->max) {
		heap->items[heap->count++] = *best;
		for (size_t at = heap->count / 2; heap->count == heap->max && at-- > 0;)
			sink(heap, at);
		return;
	}
	if (compare(best, &heap->items[0], heap->order) < 0) {
		heap->items[0] = *best;
		sink(heap, 0);
	}
}

static void offer_scored(struct heap *heap, struct look *look)
{
	struct best best = { .look = look };
	for (best.id = 0; (best.id = docset_next(&look->hits, best.id + 1));) {
		best.score = look->scores ? look->scores[best.id] : 0;
		/* Most are not among the best; ids rise, so one of the same score is no better. */
		if (heap->count == heap->max && best.score <= heap->items[0].score)
			continue;
		offer(heap, &best);
	}
}

/* ---- by date ---- */

/* Offers the articles of [from, to) that are hits and have no date. */
static void offer_undated(struct heap *heap, struct look *look, uint32_t from, uint32_t to)
{
	struct best best = { .look = look };
	for (uint32_t id = from; (id = docset_next(&look->hits, id)) && id < to; id++) {
		best.id = id;
		offer(heap, &best);
	}
}

static enum status offer_dated(struct heap *heap, struct look *look, struct error *err)
{
	struct column_stream dates;
	struct str published;
	uint32_t id, seen = 1;
	enum status status;
	column_stream_start(&dates, look->store, SLOT_PUBLISHED, &look->hits);
	while ((status = column_stream_next(&dates, &id, &published, err)) == STATUS_OK && id) {
		struct best best = { .look = look, .id = id };
		const size_t room = sizeof(best.published) - 1;
		memcpy(best.published, published.data, published.len < room ? published.len : room);
		offer_undated(heap, look, seen, id);
		offer(heap, &best);
		seen = id + 1;
	}
	column_stream_release(&dates);
	if (status == STATUS_OK)
		offer_undated(heap, look, seen, UINT32_MAX);
	return status;
}

/* ---- all ---- */

/* The worst is taken off the top, again and again. */
static void sort_heap(struct heap *heap)
{
	const size_t count = heap->count;
	for (size_t at = count / 2; at-- > 0;)
		sink(heap, at);
	while (heap->count > 1) {
		const struct best worst = heap->items[0];
		heap->items[0] = heap->items[--heap->count];
		sink(heap, 0);
		heap->items[heap->count] = worst;
	}
	heap->count = count;
}

enum status search_best(const struct search *search, enum store_order order, size_t max,
			struct best **best, size_t *count, struct error *err)
{
	struct heap heap = { .order = order, .max = max < search->total ? max : search->total };
	enum status status = STATUS_OK;
	heap.items = arena_alloc(search->arena, (heap.max + 1) * sizeof(*heap.items));
	for (size_t i = 0; heap.max && i < search->look_count && status == STATUS_OK; i++) {
		if (order == ORDER_RELEVANCE)
			offer_scored(&heap, &search->looks[i]);
		else
			status = offer_dated(&heap, &search->looks[i], err);
	}
	sort_heap(&heap);
	*best = heap.items;
	*count = heap.count;
	return status;
}
