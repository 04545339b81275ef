#include "facets.h"

#include "dateline/schema.h"

static enum status read_varint(struct store *store, struct str key, bool *known, uint32_t *number,
			       struct error *err)
{
	struct buffer value = { 0 };
	enum status status = store_metadata(store, key, &value, err);
	*known = status == STATUS_OK && value.len > 0;
	if (*known && !schema_number_read(buffer_str(&value), number))
		status = error_set(err, STATUS_CORRUPT,
				   "a number in the index is damaged: rebuild it");
	buffer_release(&value);
	return status;
}

enum status facet_next(struct store *store, enum facet_kind kind, uint32_t *next, struct error *err)
{
	char key[sizeof(META_NEXT) + 1] = META_NEXT;
	key[sizeof(META_NEXT) - 1] = schema_kind_letter(kind);
	bool known;
	*next = 0;
	return read_varint(store, str_from(key), &known, next, err);
}

enum status facet_number(struct store *store, enum facet_kind kind, struct str name, bool *known,
			 uint32_t *number, struct error *err)
{
	struct buffer key = { 0 };
	schema_number_key(kind, name, &key);
	const enum status status = read_varint(store, buffer_str(&key), known, number, err);
	buffer_release(&key);
	return status;
}

enum status facet_name(struct store *store, enum facet_kind kind, uint32_t number,
		       struct arena *arena, struct str *name, struct error *err)
{
	struct buffer key = { 0 }, value = { 0 };
	schema_entity_key(kind, number, &key);
	enum status status = store_metadata(store, buffer_str(&key), &value, err);
	if (status == STATUS_OK) {
		const char *at = value.data;
		if (value.len && counted_read(&at, at + value.len, name))
			*name = arena_copy(arena, *name);
		else
			status = error_set(err, STATUS_CORRUPT,
					   "%s number %u has no name in the index: rebuild it",
					   field_of_kind(kind)->name, number);
	}
	buffer_release(&key);
	buffer_release(&value);
	return status;
}
