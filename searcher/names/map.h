/*
 * map.h: which numbers of the facet column count for others, as quickly as counting needs it.
 *
 * Most numbers count for themselves and are told from the rest by one bit. The rest are special: sources and targets of
 * merges, names that variants were split from, hidden ones. Each has an item, found by counting bits.
 */
#ifndef DATELINE_NAMES_MAP_H
#define DATELINE_NAMES_MAP_H

#include "names.h"

/* Articles that call a name by a variant which was split from it count for another value. */
struct map_gain {
	const struct docset *set;
	uint32_t target;
};

struct map_split {
	const struct docset *left; /* these articles do not count for the name itself */
	struct map_gain *gains;
	size_t gain_count;
};

#define MAP_NOWHERE UINT32_MAX

struct map_item {
	uint32_t target; /* the item of the value that it counts for, or MAP_NOWHERE */
	uint32_t last;   /* of a target: the article that was counted last: each counts once */
	uint32_t *count; /* of a target */
	struct map_split *split; /* NULL: none */
};

/* 64 numbers. */
struct map_word {
	uint64_t special;
	uint32_t before; /* items of those before them */
};

struct map_kind {
	struct map_word *words; /* NULL: nothing of this kind is special */
	uint32_t word_count;
	uint32_t size; /* numbers of the kind */
	bool is_whole; /* every value counts for one of its own kind: none is hidden, split or of another by now */
};

struct names_map {
	struct map_kind kinds[KIND_COUNT];
	struct map_item *items;
	size_t item_count;
	uint32_t first[KIND_COUNT + 1]; /* the items of a kind are those from its first to that of the next */
	uint32_t sources; /* kinds whose values may count in the kinds that the map was made for, one bit each */
	struct arena arena;
};

/* For counting values of `kinds`. `counts` has for each of them a count for each number (names_size). */
enum status names_map_make(struct names *names, uint32_t kinds, uint32_t *const counts[KIND_COUNT],
			   struct names_map *map, struct error *err);
void names_map_release(struct names_map *map);

/* The item of a number; NULL for one that counts for itself. */
static inline struct map_item *map_find(const struct names_map *map, const struct map_kind *kind,
					uint32_t number)
{
	const uint32_t at = number >> 6;
	if (at >= kind->word_count)
		return NULL;
	const struct map_word *word = &kind->words[at];
	const uint64_t bit = (uint64_t)1 << (number & 63);
	if (!(word->special & bit))
		return NULL;
	return &map->items[word->before + (uint32_t)__builtin_popcountll(word->special & (bit - 1))];
}

/* Counts the article `id`, which has the value of a special item of a kind that is whole. */
static inline void map_count_whole(const struct names_map *map, const struct map_item *item,
				   uint32_t id)
{
	struct map_item *target = &map->items[item->target];
	if (target->last != id) {
		target->last = id;
		++*target->count;
	}
}

/* The kind of a target, as one bit; most are of the kind of what counts for them. */
static inline uint32_t map_kind_bit(const struct names_map *map, enum facet_kind likely,
				    uint32_t target)
{
	uint32_t kind = likely;
	if (target < map->first[kind] || target >= map->first[kind + 1])
		for (kind = 0; target >= map->first[kind + 1];)
			kind++;
	return (uint32_t)1 << kind;
}

static inline uint32_t map_count_target(const struct names_map *map, enum facet_kind from,
					uint32_t target, uint32_t id)
{
	if (target == MAP_NOWHERE)
		return 0;
	struct map_item *item = &map->items[target];
	if (item->last != id) {
		item->last = id;
		++*item->count;
	}
	return map_kind_bit(map, from, target);
}

/* Counts the article `id`, which has the value of a special item of the kind `from`. The kinds that it counts in, one bit each. */
static inline uint32_t map_count(const struct names_map *map, enum facet_kind from,
				 const struct map_item *item, uint32_t id)
{
	const struct map_split *split = item->split;
	uint32_t kinds = 0;
	if (!split || !docset_has(split->left, id))
		kinds |= map_count_target(map, from, item->target, id);
	for (size_t i = 0; split && i < split->gain_count; i++)
		if (docset_has(split->gains[i].set, id))
			kinds |= map_count_target(map, from, split->gains[i].target, id);
	return kinds;
}

#endif
