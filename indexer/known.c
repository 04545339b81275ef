#include "known.h"

#include "dateline/schema.h"

#include <stdlib.h>

struct known_slot {
	unsigned char hash[16];
	uint32_t id;
};

#define COLUMN_PIECE ((size_t)1 << 20)

static size_t known_seek(const struct known *known, const unsigned char hash[16])
{
	uint64_t start;
	memcpy(&start, hash, sizeof(start));
	const size_t mask = known->slot_count - 1;
	size_t at = (size_t)start & mask;
	while (known->slots[at].id && memcmp(known->slots[at].hash, hash, 16) != 0)
		at = (at + 1) & mask;
	return at;
}

static void known_add(struct known *known, const unsigned char hash[16], uint32_t id)
{
	struct known_slot *slot = &known->slots[known_seek(known, hash)];
	known->count += !slot->id;
	memcpy(slot->hash, hash, 16);
	slot->id = id;
}

/* Entries are docid, length, bytes, as store_column lays them out. */
static void known_add_column(struct known *known, struct str column)
{
	for (const char *at = column.data, *end = at + column.len; at < end;) {
		uint32_t head[2];
		memcpy(head, at, sizeof(head));
		at += sizeof(head);
		if (head[1] == 16)
			known_add(known, (const unsigned char *)at, head[0]);
		at += head[1];
	}
}

/* Appends the term of articles whose entities no model found. */
static struct str maker_term(enum entity_mode mode, struct buffer *out)
{
	char maker[ENTITY_MAKER_SIZE];
	entity_maker(mode, NULL, maker);
	buffer_add_format(out, "%s%s", PREFIX_ENTITIES, maker);
	return buffer_str(out);
}

/* Those of all models are the rest. */
static enum status find_made_so(struct store *store, enum entity_mode mode, struct docset *set,
				struct error *err)
{
	struct buffer terms[2] = { { 0 }, { 0 } };
	struct plan all = { .op = PLAN_ALL };
	struct plan given = { .op = PLAN_TERM, .term = maker_term(ENTITIES_GIVEN, &terms[0]) };
	struct plan off = { .op = PLAN_TERM, .term = maker_term(ENTITIES_OFF, &terms[1]) };
	struct plan *kids[] = { &all, &given, &off };
	const struct plan recognised = { .op = PLAN_AND_NOT, .kids = kids, .count = 3 };
	const struct plan *const plans[] = {
		[ENTITIES_AUTO] = &recognised,
		[ENTITIES_GIVEN] = &given,
		[ENTITIES_OFF] = &off,
	};
	const enum status status = store_match(store, plans[mode], set, err);
	buffer_release(&terms[0]);
	buffer_release(&terms[1]);
	return status;
}

enum status known_load(struct known *known, struct store *store, enum entity_mode mode,
		       struct error *err)
{
	struct docset set = { 0 };
	struct buffer column = { 0 };
	enum status status = find_made_so(store, mode, &set, err);
	size_t slots = 64;
	while (slots < (size_t)docset_count(&set) * 2)
		slots *= 2;
	known->slots = memory_zero(slots, sizeof(*known->slots));
	known->slot_count = slots;
	for (uint32_t next = 1; status == STATUS_OK && next;) {
		buffer_reset(&column);
		status = store_column(store, SLOT_HASH, &set, &next, COLUMN_PIECE, &column, err);
		if (status == STATUS_OK)
			known_add_column(known, buffer_str(&column));
	}
	buffer_release(&column);
	docset_release(&set);
	return status;
}

void known_release(struct known *known)
{
	free(known->slots);
	*known = (struct known){ 0 };
}

uint32_t known_find(const struct known *known, const unsigned char hash[16])
{
	return known->count ? known->slots[known_seek(known, hash)].id : 0;
}
