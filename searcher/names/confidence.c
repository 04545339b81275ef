#include "../facets/columns.h"
#include "inside.h"

#include <stdlib.h>

/* A number that an article is to have, and which articles that are. */
struct wanted {
	struct point point;
	const struct docset *only, *without; /* NULL: no matter */
};

struct wanted_list {
	struct wanted *items;
	size_t count, capacity;
};

static void want(struct wanted_list *list, struct wanted item)
{
	memory_reserve(&list->items, &list->capacity, list->count, sizeof(*list->items));
	list->items[list->count++] = item;
}

/* Articles of another name count for this one when they call it by the variant that was split from it. */
static enum status want_gains(struct names *names, const struct change *change,
			      struct wanted_list *list, struct error *err)
{
	for (size_t i = 0; i < change->gains.count; i++) {
		const struct point from = change->gains.items[i];
		const enum status status = names_read_split(names, from, err);
		if (status != STATUS_OK)
			return status;
		const struct split *split = names_change(names, from)->split;
		for (size_t k = 0; k < split->count; k++)
			if (same_point(split->items[k].to, change->at))
				want(list,
				     (struct wanted){ .point = from, .only = &split->items[k].set });
	}
	return STATUS_OK;
}

static enum status want_point(struct names *names, struct point point, struct wanted_list *list,
			      struct error *err)
{
	const struct change *change = names_change(names, point);
	struct wanted item = { .point = point };
	enum status status = STATUS_OK;
	if (change && change->split) {
		status = names_read_split(names, point, err);
		item.without = &change->split->left;
	}
	want(list, item);
	return change && status == STATUS_OK ? want_gains(names, change, list, err) : status;
}

static int compare_wanted(const void *a, const void *b)
{
	const struct wanted *one = a, *two = b;
	return compare_points(one->point, two->point);
}

static bool is_wanted(const struct wanted_list *list, struct point point, uint32_t id)
{
	size_t low = 0, high = list->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (compare_points(list->items[middle].point, point) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < list->count && same_point(list->items[low].point, point); low++) {
		const struct wanted *item = &list->items[low];
		if ((!item->only || docset_has(item->only, id)) &&
		    (!item->without || !docset_has(item->without, id)))
			return true;
	}
	return false;
}

static enum status keep_sure(struct names *names, const struct wanted_list *list,
			     const struct docset *base, struct docset *set, struct error *err)
{
	struct columns columns;
	enum status status;
	columns_start(&columns, names->store, base);
	while ((status = columns_next(&columns, err)) == STATUS_OK) {
		struct column_cursor cursor;
		struct facet_value value;
		column_cursor_start(&cursor, &columns);
		while (column_cursor_next(&cursor, &value))
			if (value.confidence >= names->min_confidence &&
			    is_wanted(list, (struct point){ value.kind, value.number }, columns.id))
				docset_add(set, columns.id);
		if (cursor.damaged) {
			status = column_damaged(columns.id, err);
			break;
		}
	}
	columns_release(&columns);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status names_sure_set(struct names *names, const struct plan *base,
			   const struct point_list *points, struct docset *set, struct error *err)
{
	struct wanted_list list = { 0 };
	struct docset all = { 0 };
	enum status status = STATUS_OK;
	docset_init(set, store_last_id(names->store));
	for (size_t i = 0; i < points->count && status == STATUS_OK; i++)
		status = want_point(names, points->items[i], &list, err);
	if (status == STATUS_OK)
		status = store_match(names->store, base, &all, err);
	if (status == STATUS_OK && list.count) {
		qsort(list.items, list.count, sizeof(*list.items), compare_wanted);
		status = keep_sure(names, &list, &all, set, err);
	}
	free(list.items);
	docset_release(&all);
	return status;
}
