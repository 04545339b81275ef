#include "../names/map.h"
#include "../names/roll.h"
#include "columns.h"
#include "facets.h"

#include <stdlib.h>

void tally_release(struct tally *tally)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		if (tally->lenders[kind])
			roll_return(tally->lenders[kind], tally->listed_count[kind]);
		else
			free(tally->counts[kind]);
	}
	*tally = (struct tally){ 0 };
}

static enum status count_numbers(const struct tally *tally, struct store *store,
				 enum facet_kind kind, uint32_t *size, struct error *err)
{
	return tally->names ? names_size(tally->names, kind, size, err)
			    : facet_next(store, kind, size, err);
}

enum status tally_prepare(struct tally *tally, struct store *store, uint32_t kinds, struct error *err)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		if (!(kinds & kind_bit(kind)) || tally->counts[kind])
			continue;
		enum status status = STATUS_OK;
		if (kind == KIND_WHEN)
			tally->sizes[kind] = WHEN_NUMBERS; /* of which few are ever touched */
		else
			status = count_numbers(tally, store, (enum facet_kind)kind,
					       &tally->sizes[kind], err);
		if (status != STATUS_OK)
			return status;
		tally->counts[kind] =
			memory_zero((size_t)tally->sizes[kind] + 1, sizeof(**tally->counts));
	}
	return STATUS_OK;
}

/* Nearly all differences are below 128: those are one byte and no call. */
static inline bool read_step(const char **at, const char *end, uint64_t *step)
{
	if (*at == end)
		return false;
	const unsigned char first = (unsigned char)**at;
	if (first < 0x80) {
		*step = first;
		++*at;
		return true;
	}
	return varint_read(at, end, step);
}

/* The first number comes as it is, each other one as the difference minus 1: begin with UINT64_MAX. */
static inline bool read_number(const char **at, const char *end, uint32_t size, uint64_t *number)
{
	uint64_t step;
	if (!read_step(at, end, &step) || step >= size)
		return false;
	*number += step + 1;
	return *number < size;
}

static bool tally_group(uint32_t *counts, uint32_t size, const struct facet_group *group)
{
	const char *at = group->at;
	uint64_t number = UINT64_MAX;
	for (uint32_t i = 0; i < group->count; i++) {
		if (!read_number(&at, group->end, size, &number))
			return false;
		counts[number]++;
	}
	return at == group->end;
}

/* The same where some numbers count for others of their kind. */
static bool tally_merged_group(uint32_t *counts, const struct names_map *map,
			       const struct facet_group *group, uint32_t id)
{
	const struct map_kind *kind = &map->kinds[group->kind];
	const uint32_t size = kind->size;
	const char *at = group->at;
	uint64_t number = UINT64_MAX;
	for (uint32_t i = 0; i < group->count; i++) {
		if (!read_number(&at, group->end, size, &number))
			return false;
		const struct map_item *item = map_find(map, kind, (uint32_t)number);
		if (item)
			map_count_whole(map, item, id);
		else
			counts[number]++;
	}
	return at == group->end;
}

/*
 * The same where corrections hide, split or move some; without `counts`, only for values of another kind. Adds the kinds that
 * the article has a value of.
 */
static bool tally_special_group(uint32_t *counts, const struct names_map *map,
				const struct facet_group *group, uint32_t id, uint32_t *had)
{
	const struct map_kind *kind = &map->kinds[group->kind];
	const uint32_t size = kind->size;
	const char *at = group->at;
	uint64_t number = UINT64_MAX;
	const uint32_t own = kind_bit(group->kind);
	uint32_t kinds = 0; /* in a register: `had` might be one of the counts */
	for (uint32_t i = 0; i < group->count; i++) {
		if (!read_number(&at, group->end, size, &number))
			return false;
		const struct map_item *item = map_find(map, kind, (uint32_t)number);
		if (item) {
			kinds |= map_count(map, group->kind, item, id);
		} else if (counts) {
			counts[number]++;
			kinds |= own;
		}
	}
	*had |= kinds;
	return at == group->end;
}

/*
 * facet_group_read for the usual group, whose two sizes are one byte each; whatever else comes is left to
 * the function itself.
 */
static inline bool read_group(const char **at, const char *end, struct facet_group *group)
{
	const unsigned char *s = (const unsigned char *)*at;
	const ptrdiff_t left = end - *at;
	if (left < 4 || s[0] == KIND_NONE || s[0] >= KIND_COUNT || s[1] - 1u >= 0x7f ||
	    s[2] >= 0x80 || s[2] > left - 3)
		return facet_group_read(at, end, group);
	*group = (struct facet_group){ (enum facet_kind)s[0], s[1], *at + 3, *at + 3 + s[2] };
	*at = group->end;
	return true;
}

/* One way through the columns of a set. */
struct pass {
	struct tally *tally;
	uint32_t kinds;       /* that are counted, one bit each */
	uint32_t sources;     /* that are read for it */
	struct names_map map; /* {0}: every number counts for itself */
};

/* One more article that has values of these kinds. */
static inline void count_having(struct tally *tally, uint32_t kinds)
{
	for (; kinds; kinds &= kinds - 1)
		tally->having[__builtin_ctz(kinds)]++;
}

static bool tally_column(const struct pass *pass, uint32_t id, const char *at, const char *end)
{
	struct tally *tally = pass->tally;
	struct facet_group group;
	uint32_t had = 0;
	while (read_group(&at, end, &group)) {
		if (!(pass->sources & kind_bit(group.kind)))
			continue;
		uint32_t *counts = pass->kinds & kind_bit(group.kind) ? tally->counts[group.kind]
								      : NULL;
		const struct map_kind *kind = &pass->map.kinds[group.kind];
		if (kind->words && !kind->is_whole) {
			if (!tally_special_group(counts, &pass->map, &group, id, &had))
				return false;
			continue;
		}
		const bool good = kind->words
					  ? tally_merged_group(counts, &pass->map, &group, id)
					  : tally_group(counts, tally->sizes[group.kind], &group);
		if (!good)
			return false;
		had |= kind_bit(group.kind); /* a group has at least one */
	}
	count_having(tally, had);
	return at == end;
}

static enum status tally_entries(const struct pass *pass, const struct buffer *entries,
				 struct error *err)
{
	for (size_t at = 0; at < entries->len;) {
		uint32_t head[2]; /* docid, length */
		memcpy(head, entries->data + at, sizeof(head));
		at += sizeof(head);
		const char *column = entries->data + at;
		if (!tally_column(pass, head[0], column, column + head[1]))
			return column_damaged(head[0], err);
		at += head[1];
	}
	return STATUS_OK;
}

static enum status tally_all(const struct pass *pass, struct store *store, const struct docset *set,
			     struct error *err)
{
	struct buffer entries = { 0 };
	enum status status = STATUS_OK;
	for (uint32_t next = 1; status == STATUS_OK && next;) {
		buffer_reset(&entries);
		status = store_column(store, SLOT_FACETS, set, &next, COLUMN_BYTES, &entries, err);
		if (status == STATUS_OK)
			status = tally_entries(pass, &entries, err);
	}
	buffer_release(&entries);
	return status;
}

/* ---- with a least confidence ---- */

static bool count_value(const struct pass *pass, uint32_t id, struct facet_value value, uint32_t *had)
{
	const struct map_kind *kind = &pass->map.kinds[value.kind];
	const struct tally *tally = pass->tally;
	const bool is_counted = pass->kinds & kind_bit(value.kind);
	if (value.number >= (kind->words ? kind->size : tally->sizes[value.kind]))
		return false;
	const struct map_item *item = kind->words ? map_find(&pass->map, kind, value.number) : NULL;
	if (item) {
		*had |= map_count(&pass->map, value.kind, item, id);
	} else if (is_counted) {
		tally->counts[value.kind][value.number]++;
		*had |= kind_bit(value.kind);
	}
	return true;
}

static enum status tally_sure_values(const struct pass *pass, const struct columns *columns,
				     uint32_t least, struct error *err)
{
	struct column_cursor cursor;
	struct facet_value value;
	uint32_t had = 0;
	column_cursor_start(&cursor, columns);
	cursor.kinds = pass->sources;
	while (column_cursor_next(&cursor, &value))
		if (value.confidence >= least && !count_value(pass, columns->id, value, &had))
			cursor.damaged = true;
	count_having(pass->tally, had);
	return cursor.damaged ? column_damaged(columns->id, err) : STATUS_OK;
}

static enum status tally_sure(const struct pass *pass, struct store *store,
			      const struct docset *set, uint32_t least, struct error *err)
{
	struct columns columns;
	columns_start(&columns, store, set);
	enum status status;
	while ((status = columns_next(&columns, err)) == STATUS_OK) {
		status = tally_sure_values(pass, &columns, least, err);
		if (status != STATUS_OK)
			break;
	}
	columns_release(&columns);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Counts of a kind that are lent, or of our own; a list only of the first set that is counted. */
static enum status tally_roll(struct tally *tally, struct store *store, enum facet_kind kind,
			      struct roll *roll, const struct docset *set, struct error *err)
{
	uint32_t *listed = NULL;
	size_t listed_count;
	enum status status = STATUS_OK;
	if (!tally->counts[kind] && roll_lend(roll, &tally->counts[kind], &listed)) {
		tally->lenders[kind] = roll;
		tally->sizes[kind] = roll->size;
	} else {
		status = tally_prepare(tally, store, kind_bit(kind), err);
	}
	if (status != STATUS_OK)
		return status;
	tally->having[kind] += roll_count(roll, set, tally->counts[kind], listed, &listed_count);
	tally->listed_count[kind] = listed_count;
	tally->listed[kind] = listed_count == ROLL_NO_LIST ? NULL : listed;
	return STATUS_OK;
}

/* Counts those of the kinds that are kept in memory, and takes them out of *kinds. */
static enum status tally_kept(struct tally *tally, struct store *store, const struct docset *set,
			      uint32_t *kinds, struct error *err)
{
	const uint32_t articles = docset_count(set);
	enum status status = STATUS_OK;
	for (uint32_t left = tally->names ? *kinds : 0; left && status == STATUS_OK;
	     left &= left - 1) {
		const enum facet_kind kind = (enum facet_kind)__builtin_ctz(left);
		struct roll *roll;
		status = names_roll(tally->names, kind, articles, &roll, err);
		if (status != STATUS_OK || !roll)
			continue;
		status = tally_roll(tally, store, kind, roll, set, err);
		*kinds &= ~kind_bit(kind);
	}
	return status;
}

static enum status tally_columns(struct tally *tally, struct store *store, const struct docset *set,
				 uint32_t kinds, struct error *err)
{
	struct pass pass = { .tally = tally, .kinds = kinds, .sources = kinds };
	const uint32_t least = tally->names ? names_min_confidence(tally->names) : 0;
	enum status status = STATUS_OK;
	if (tally->names)
		status = names_map_make(tally->names, kinds, tally->counts, &pass.map, err);
	pass.sources |= pass.map.sources;
	if (status == STATUS_OK)
		status = least ? tally_sure(&pass, store, set, least, err)
			       : tally_all(&pass, store, set, err);
	names_map_release(&pass.map);
	return status;
}

enum status tally_add(struct tally *tally, struct store *store, const struct docset *set,
		      uint32_t kinds, struct error *err)
{
	enum status status = tally_kept(tally, store, set, &kinds, err);
	if (status == STATUS_OK)
		status = tally_prepare(tally, store, kinds, err);
	return status == STATUS_OK && kinds ? tally_columns(tally, store, set, kinds, err) : status;
}
