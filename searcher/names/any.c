#include "../facets/columns.h"
#include "inside.h"
#include "map.h"

#include <stdlib.h>

/* An article as its column has it: does anything in it count for a value of the kind, and surely enough? */
struct any {
	struct names_map map;
	enum facet_kind kind;
	uint32_t *counts[KIND_COUNT]; /* nobody reads them */
	uint8_t least;
};

/* The terms of the kinds of which something may count in this one. */
static struct plan *plan_sources(const struct any *any, struct arena *arena)
{
	const uint32_t sources = any->map.sources | UINT32_C(1) << any->kind;
	struct plan *kids[KIND_COUNT];
	struct buffer term = { 0 };
	size_t count = 0;
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
		if (!(sources >> kind & 1))
			continue;
		buffer_reset(&term);
		schema_any_term((enum facet_kind)kind, &term);
		kids[count++] = plan_term(arena, buffer_str(&term));
	}
	buffer_release(&term);
	return plan_join(arena, PLAN_OR, kids, count);
}

/* Does the article, which has the value of this special item, count for one of the kind? */
static bool leads_anywhere(const struct map_item *item, uint32_t id)
{
	const struct map_split *split = item->split;
	if (item->target != MAP_NOWHERE && (!split || !docset_has(split->left, id)))
		return true;
	for (size_t i = 0; split && i < split->gain_count; i++)
		if (split->gains[i].target != MAP_NOWHERE && docset_has(split->gains[i].set, id))
			return true;
	return false;
}

static bool counts(const struct any *any, const struct facet_value *value, uint32_t id)
{
	if (value->confidence < any->least)
		return false;
	const struct map_item *item =
		map_find(&any->map, &any->map.kinds[value->kind], value->number);
	return item ? leads_anywhere(item, id) : value->kind == any->kind;
}

static enum status find_articles(const struct any *any, struct store *store,
				 const struct docset *base, struct docset *set, struct error *err)
{
	struct columns columns;
	enum status status;
	columns_start(&columns, store, base);
	while ((status = columns_next(&columns, err)) == STATUS_OK) {
		struct column_cursor cursor;
		struct facet_value value;
		bool has_any = false;
		column_cursor_start(&cursor, &columns);
		while (column_cursor_next(&cursor, &value))
			has_any = has_any || counts(any, &value, columns.id);
		if (has_any)
			docset_add(set, columns.id);
		if (cursor.damaged) {
			status = column_damaged(columns.id, err);
			break;
		}
	}
	columns_release(&columns);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status fill_set(struct names *names, struct any *any, struct arena *arena,
			    struct docset *set, struct error *err)
{
	struct docset base = { 0 };
	uint32_t size;
	docset_init(set, store_last_id(names->store));
	enum status status = names_size(names, any->kind, &size, err);
	if (status != STATUS_OK)
		return status;
	any->counts[any->kind] = memory_zero((size_t)size + 1, sizeof(uint32_t));
	status = names_map_make(names, UINT32_C(1) << any->kind, any->counts, &any->map, err);
	if (status == STATUS_OK)
		status = store_match(names->store, plan_sources(any, arena), &base, err);
	if (status == STATUS_OK)
		status = find_articles(any, names->store, &base, set, err);
	docset_release(&base);
	names_map_release(&any->map);
	free(any->counts[any->kind]);
	return status;
}

enum status names_plan_any(struct names *names, enum facet_kind kind, struct arena *arena,
			   struct plan **plan, struct error *err)
{
	if (!names->min_confidence && !names->changed.count)
		return STATUS_OK;
	struct any any = { .kind = kind, .least = (uint8_t)names->min_confidence };
	struct docset *set = names_new_set(names);
	const enum status status = fill_set(names, &any, arena, set, err);
	*plan = plan_join(arena, PLAN_SET, NULL, 0);
	(*plan)->set = set;
	return status;
}
