#include "facets.h"

#include "dateline/schema.h"

#include <stdlib.h>

void tally_release(struct tally *tally)
{
	for (int kind = 0; kind < KIND_COUNT; kind++)
		free(tally->counts[kind]);
	*tally = (struct tally){ 0 };
}

static enum status tally_prepare(struct tally *tally, struct store *store, uint32_t kinds,
				 struct error *err)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		if (!(kinds & kind_bit(kind)) || tally->counts[kind])
			continue;
		const enum status status = facet_next(store, kind, &tally->sizes[kind], err);
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

static bool tally_group(uint32_t *counts, uint32_t size, const struct facet_group *group)
{
	const char *at = group->at;
	/* The first number comes as it is, each other one as the difference minus 1. */
	uint64_t number = UINT64_MAX;
	for (uint32_t i = 0; i < group->count; i++) {
		uint64_t step;
		if (!read_step(&at, group->end, &step) || step >= size)
			return false;
		number += step + 1;
		if (number >= size)
			return false;
		counts[number]++;
	}
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

static bool tally_column(struct tally *tally, uint32_t kinds, const char *at, const char *end)
{
	struct facet_group group;
	while (read_group(&at, end, &group)) {
		if ((kinds & kind_bit(group.kind)) &&
		    !tally_group(tally->counts[group.kind], tally->sizes[group.kind], &group))
			return false;
	}
	return at == end;
}

static enum status tally_entries(struct tally *tally, uint32_t kinds, const struct buffer *entries,
				 struct error *err)
{
	for (size_t at = 0; at < entries->len;) {
		uint32_t head[2]; /* docid, length */
		memcpy(head, entries->data + at, sizeof(head));
		at += sizeof(head);
		const char *column = entries->data + at;
		if (!tally_column(tally, kinds, column, column + head[1]))
			return error_set(
				err, STATUS_CORRUPT,
				"the facet column of document %u is damaged: rebuild the index",
				head[0]);
		at += head[1];
	}
	return STATUS_OK;
}

enum status tally_add(struct tally *tally, struct store *store, const struct docset *set,
		      uint32_t kinds, struct error *err)
{
	struct buffer entries = { 0 };
	enum status status = tally_prepare(tally, store, kinds, err);
	for (uint32_t next = 1; status == STATUS_OK && next;) {
		buffer_reset(&entries);
		status = store_column(store, SLOT_FACETS, set, &next, COLUMN_BYTES, &entries, err);
		if (status == STATUS_OK)
			status = tally_entries(tally, kinds, &entries, err);
	}
	buffer_release(&entries);
	return status;
}
