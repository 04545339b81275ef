#include "map.h"

#include "inside.h"

#include <stdlib.h>

/* Points that are to have an item. */
struct making {
	struct names *names;
	uint32_t kinds; /* that are counted, one bit each */
	uint32_t *const *counts;
	struct names_map *map;
	struct error *err;
};

static bool is_counted(const struct making *making, enum facet_kind kind)
{
	return (making->kinds & kind_bit(kind)) != 0;
}

static bool is_counted_at_end(const struct making *making, struct point point)
{
	return is_counted(making, names_end(making->names, point).kind);
}

/* A point of a kind that is not counted matters only when it counts for one that is. */
static void mark(const struct making *making, struct point point)
{
	struct map_kind *kind = &making->map->kinds[point.kind];
	if (point.number < kind->size)
		kind->words[point.number >> 6].special |= (uint64_t)1 << (point.number & 63);
}

static void mark_if_counted(const struct making *making, struct point point)
{
	if (is_counted(making, point.kind) || is_counted_at_end(making, point))
		mark(making, point);
}

static bool brings_in(const struct making *making, const struct change *change)
{
	if (is_counted_at_end(making, change->at))
		return true;
	for (size_t i = 0; change->split && i < change->split->count; i++)
		if (is_counted_at_end(making, change->split->items[i].to))
			return true;
	return false;
}

/* Kinds that are counted, and those of which something counts for them. */
static uint32_t find_sources(const struct making *making)
{
	const struct names *names = making->names;
	uint32_t sources = making->kinds;
	for (size_t i = 0; i < names->changed.count; i++)
		if (brings_in(making, &names->changes[i]))
			sources |= kind_bit(names->changes[i].at.kind);
	return sources;
}

/* ---- which ones ---- */

static enum status make_words(const struct making *making, enum facet_kind kind)
{
	struct map_kind *made = &making->map->kinds[kind];
	const enum status status = names_size(making->names, kind, &made->size, making->err);
	if (status == STATUS_OK) {
		made->word_count = made->size / 64 + 1;
		made->words = memory_zero(made->word_count, sizeof(*made->words));
	}
	return status;
}

static bool has_special(const struct making *making, enum facet_kind kind)
{
	const struct names *names = making->names;
	if (!(making->map->sources & kind_bit(kind)) || kind == KIND_WHEN)
		return false;
	if (names->merges[kind].count)
		return true;
	for (size_t i = 0; i < names->changed.count; i++)
		if (names->changes[i].at.kind == kind)
			return true;
	return false;
}

static void mark_all(const struct making *making)
{
	const struct names *names = making->names;
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
		const struct merges *merges = &names->merges[kind];
		if (!making->map->kinds[kind].words)
			continue;
		for (size_t i = 0; i < merges->count; i++) {
			const struct merged_pair pair = merges->pairs[i];
			mark_if_counted(making, (struct point){ (enum facet_kind)kind, pair.from });
			mark_if_counted(making, (struct point){ (enum facet_kind)kind, pair.to });
		}
	}
	for (size_t i = 0; i < names->changed.count; i++) {
		const struct change *change = &names->changes[i];
		if (is_counted(making, change->at.kind) || brings_in(making, change))
			mark(making, change->at);
	}
}

/* ---- what they count for ---- */

static void number_items(struct names_map *map)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		map->first[kind] = (uint32_t)map->item_count;
		for (uint32_t i = 0; i < map->kinds[kind].word_count; i++) {
			struct map_word *word = &map->kinds[kind].words[i];
			word->before = (uint32_t)map->item_count;
			map->item_count += (size_t)__builtin_popcountll(word->special);
		}
	}
	map->first[KIND_COUNT] = (uint32_t)map->item_count;
	map->items = memory_zero(map->item_count + 1, sizeof(*map->items));
}

/* The item of the value that a point counts for. What others count for is special itself. */
static uint32_t target_of(const struct making *making, struct point point)
{
	const struct names_map *map = making->map;
	const struct point end = names_end(making->names, point);
	if (!is_counted(making, end.kind) || names_hidden(making->names, end))
		return MAP_NOWHERE;
	const struct map_item *item = map_find(map, &map->kinds[end.kind], end.number);
	return item ? (uint32_t)(item - map->items) : MAP_NOWHERE;
}

static enum status fill_split(const struct making *making, struct point point, struct map_item *item)
{
	const struct change *change = names_change(making->names, point);
	if (!change || !change->split)
		return STATUS_OK;
	const enum status status = names_read_split(making->names, point, making->err);
	if (status != STATUS_OK)
		return status;
	const struct split *split = change->split;
	struct arena *arena = &making->map->arena;
	item->split = arena_zero(arena, 1, sizeof(*item->split));
	item->split->left = &split->left;
	item->split->gains = arena_zero(arena, split->count, sizeof(*item->split->gains));
	item->split->gain_count = split->count;
	for (size_t i = 0; i < split->count; i++)
		item->split->gains[i] = (struct map_gain){ &split->items[i].set,
							   target_of(making, split->items[i].to) };
	return STATUS_OK;
}

static enum status fill_item(const struct making *making, struct point point, struct map_item *item)
{
	item->target = target_of(making, point);
	if (is_counted(making, point.kind))
		item->count = &making->counts[point.kind][point.number];
	return fill_split(making, point, item);
}

static enum status fill_kind(const struct making *making, enum facet_kind kind)
{
	const struct map_kind *words = &making->map->kinds[kind];
	enum status status = STATUS_OK;
	if (!words->words || !making->map->items)
		return STATUS_OK;
	for (uint32_t i = 0; i < words->word_count; i++) {
		uint64_t left = words->words[i].special;
		struct map_item *item = &making->map->items[words->words[i].before];
		for (; left && status == STATUS_OK; left &= left - 1, item++) {
			const uint32_t number = i * 64 + (uint32_t)__builtin_ctzll(left);
			status = fill_item(making, (struct point){ kind, number }, item);
		}
	}
	return status;
}

static bool is_whole(const struct names_map *map, int kind)
{
	for (uint32_t i = map->first[kind]; i < map->first[kind + 1]; i++) {
		const struct map_item *item = &map->items[i];
		if (item->split || item->target < map->first[kind] ||
		    item->target >= map->first[kind + 1])
			return false;
	}
	return true;
}

enum status names_map_make(struct names *names, uint32_t kinds, uint32_t *const counts[KIND_COUNT],
			   struct names_map *map, struct error *err)
{
	*map = (struct names_map){ 0 };
	struct making making = { names, kinds, counts, map, err };
	map->sources = find_sources(&making);
	enum status status = STATUS_OK;
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT && status == STATUS_OK; kind++)
		if (has_special(&making, (enum facet_kind)kind))
			status = make_words(&making, (enum facet_kind)kind);
	if (status != STATUS_OK)
		return status;
	mark_all(&making);
	number_items(map);
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT && status == STATUS_OK; kind++)
		status = fill_kind(&making, (enum facet_kind)kind);
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++)
		map->kinds[kind].is_whole = is_counted(&making, (enum facet_kind)kind) &&
					    is_whole(map, kind);
	return status;
}

void names_map_release(struct names_map *map)
{
	for (int kind = 0; kind < KIND_COUNT; kind++)
		free(map->kinds[kind].words);
	free(map->items);
	arena_release(&map->arena);
	*map = (struct names_map){ 0 };
}
