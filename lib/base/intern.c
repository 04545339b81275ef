#include "dateline/intern.h"

#include <stdlib.h>
#include <xxhash.h>

struct intern_slot {
	uint32_t hash;            /* upper half of the key's hash: most comparisons end here */
	uint32_t number_plus_one; /* 0: free */
};

uint64_t hash_bytes(const void *data, size_t len)
{
	return XXH3_64bits(data, len);
}

void hash_bytes_128(const void *data, size_t len, unsigned char out[16])
{
	XXH128_canonical_t canonical;
	XXH128_canonicalFromHash(&canonical, XXH3_128bits(data, len));
	memcpy(out, canonical.digest, 16);
}

static uint32_t intern_seek(const struct intern *table, struct str key, uint64_t hash)
{
	const uint32_t mask = table->slot_count - 1;
	for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
		const struct intern_slot *slot = &table->slots[at];
		if (!slot->number_plus_one)
			return at;
		if (slot->hash == (uint32_t)(hash >> 32) &&
		    str_equal(table->keys[slot->number_plus_one - 1], key))
			return at;
	}
}

static void intern_rehash(struct intern *table, uint32_t slot_count)
{
	free(table->slots);
	table->slots = memory_zero(slot_count, sizeof(*table->slots));
	table->slot_count = slot_count;
	for (size_t i = 0; i < table->count; i++) {
		const uint64_t hash = hash_bytes(table->keys[i].data, table->keys[i].len);
		const uint32_t at = intern_seek(table, table->keys[i], hash);
		table->slots[at] = (struct intern_slot){ (uint32_t)(hash >> 32), (uint32_t)i + 1 };
	}
}

uint32_t intern_find(const struct intern *table, struct str key)
{
	if (!table->slot_count)
		return INTERN_NONE;
	const uint32_t at = intern_seek(table, key, hash_bytes(key.data, key.len));
	return table->slots[at].number_plus_one - 1; /* 0 - 1 is INTERN_NONE */
}

void intern_fetch(const struct intern *table, struct str key)
{
	if (table->slot_count)
		__builtin_prefetch(&table->slots[(uint32_t)hash_bytes(key.data, key.len) &
						 (table->slot_count - 1)]);
}

uint32_t intern_add(struct intern *table, struct str key, bool *is_new)
{
	if ((table->count + 1) * 4 > (size_t)table->slot_count * 3)
		intern_rehash(table, table->slot_count ? table->slot_count * 2 : 64);
	const uint64_t hash = hash_bytes(key.data, key.len);
	const uint32_t at = intern_seek(table, key, hash);
	const bool fresh = !table->slots[at].number_plus_one;
	if (is_new)
		*is_new = fresh;
	if (!fresh)
		return table->slots[at].number_plus_one - 1;
	memory_reserve(&table->keys, &table->capacity, table->count, sizeof(*table->keys));
	table->keys[table->count] = arena_copy(&table->arena, key);
	table->slots[at] = (struct intern_slot){ (uint32_t)(hash >> 32), (uint32_t)table->count + 1 };
	return (uint32_t)table->count++;
}

size_t intern_memory(const struct intern *table)
{
	return table->arena.total + table->count * sizeof(*table->keys) +
	       table->slot_count * sizeof(*table->slots);
}

void intern_reset(struct intern *table)
{
	arena_reset(&table->arena);
	table->count = 0;
	if (table->slots)
		memset(table->slots, 0, table->slot_count * sizeof(*table->slots));
}

void intern_release(struct intern *table)
{
	arena_release(&table->arena);
	free(table->slots);
	free(table->keys);
	*table = (struct intern){ 0 };
}
