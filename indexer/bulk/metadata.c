#include "metadata.h"

#include <stdlib.h>

void metadata_release(struct metadata *metadata)
{
	intern_release(&metadata->keys);
	free(metadata->values);
	arena_release(&metadata->arena);
	*metadata = (struct metadata){ 0 };
}

/* A value that is not longer takes the place of the one before it: counters are set over and over. */
void metadata_set(struct metadata *metadata, struct str key, struct str value)
{
	bool is_new;
	const uint32_t number = intern_add(&metadata->keys, key, &is_new);
	if (is_new) {
		memory_reserve(&metadata->values, &metadata->capacity, number,
			       sizeof(*metadata->values));
		metadata->values[number] = (struct str){ 0 };
	}
	struct str *place = &metadata->values[number];
	if (value.len > place->len) {
		*place = arena_copy(&metadata->arena, value);
	} else if (value.len) {
		memmove((char *)place->data, value.data, value.len);
		place->len = value.len;
	} else {
		*place = (struct str){ 0 };
	}
}

bool metadata_find(const struct metadata *metadata, struct str key, struct str *value)
{
	const uint32_t number = intern_find(&metadata->keys, key);
	if (number != INTERN_NONE)
		*value = metadata->values[number];
	return number != INTERN_NONE;
}

/* ---- to the table ---- */

struct entry {
	struct str key, value;
};

static int compare_entries(const void *a, const void *b)
{
	return str_compare(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

static struct entry *sorted_entries(const struct metadata *metadata, size_t *count)
{
	struct entry *entries = memory_alloc(metadata->keys.count * sizeof(*entries));
	*count = 0;
	for (size_t i = 0; i < metadata->keys.count; i++)
		if (metadata->values[i].len)
			entries[(*count)++] =
				(struct entry){ metadata->keys.keys[i], metadata->values[i] };
	qsort(entries, *count, sizeof(*entries), compare_entries);
	return entries;
}

enum status metadata_write(const struct metadata *metadata, struct table *table, struct error *err)
{
	size_t count;
	struct entry *entries = sorted_entries(metadata, &count);
	struct buffer key = { 0 };
	enum status status = table_front(table, err);
	for (size_t i = 0; i < count && !status; i++) {
		buffer_reset(&key);
		buffer_add(&key, "\0\xc0", 2);
		buffer_add_str(&key, entries[i].key);
		status = table_add(table, buffer_str(&key), entries[i].value, err);
	}
	buffer_release(&key);
	free(entries);
	return status;
}
