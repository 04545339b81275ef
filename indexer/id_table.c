#include "id_table.h"

#include "dateline/intern.h"

#include <stdlib.h>

/* A slot whose hash is all zeros is free; an id that has that hash gets the next. */
struct id_slot {
	uint32_t hash[3];
	uint32_t document;
};

#define SIZE_FIRST 1024

void id_table_release(struct id_table *table)
{
	free(table->slots);
	*table = (struct id_table){ 0 };
}

size_t id_table_memory(const struct id_table *table)
{
	return table->size * sizeof(*table->slots);
}

static void hash_id(struct str id, uint32_t hash[3])
{
	unsigned char bytes[16];
	hash_bytes_128(id.data, id.len, bytes);
	memcpy(hash, bytes, 3 * sizeof(*hash));
	if (!hash[0] && !hash[1] && !hash[2])
		hash[0] = 1;
}

static bool is_free(const struct id_slot *slot)
{
	return !slot->hash[0] && !slot->hash[1] && !slot->hash[2];
}

/* The slot that has the hash, or would have it. */
static struct id_slot *seek(const struct id_table *table, const uint32_t hash[3])
{
	const size_t mask = table->size - 1;
	size_t at = (hash[0] | (uint64_t)hash[1] << 32) & mask;
	while (!is_free(&table->slots[at]) &&
	       memcmp(table->slots[at].hash, hash, sizeof(table->slots[at].hash)) != 0)
		at = (at + 1) & mask;
	return &table->slots[at];
}

bool id_table_find(const struct id_table *table, struct str id, uint32_t *document)
{
	uint32_t hash[3];
	*document = 0;
	if (!table->count)
		return false;
	hash_id(id, hash);
	const struct id_slot *slot = seek(table, hash);
	*document = slot->document;
	return !is_free(slot);
}

static void grow(struct id_table *table)
{
	struct id_table old = *table;
	table->size = old.size ? 2 * old.size : SIZE_FIRST;
	table->slots = memory_zero(table->size, sizeof(*table->slots));
	for (size_t i = 0; i < old.size; i++)
		if (!is_free(&old.slots[i]))
			*seek(table, old.slots[i].hash) = old.slots[i];
	free(old.slots);
}

void id_table_set(struct id_table *table, struct str id, uint32_t document)
{
	uint32_t hash[3];
	/* Five sixths full: 19 bytes an id at best, 38 at worst. */
	if ((table->count + 1) * 6 > table->size * 5)
		grow(table);
	hash_id(id, hash);
	struct id_slot *slot = seek(table, hash);
	table->count += is_free(slot);
	memcpy(slot->hash, hash, sizeof(slot->hash));
	slot->document = document;
}
