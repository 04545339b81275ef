#include "catalog.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"

#include <stdlib.h>

struct catalog_entry {
	uint32_t number;
	bool changed, is_new, variants_known;
	struct str name;
	struct str *variants; /* room doubles from 2 on; NULL as long as there is none */
	uint32_t variant_count;
};

void catalog_release(struct catalog *catalog)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		intern_release(&catalog->kinds[kind].keys);
		free(catalog->kinds[kind].entries);
	}
	arena_release(&catalog->arena);
	free(catalog->changed);
	buffer_release(&catalog->key);
	buffer_release(&catalog->value);
	*catalog = (struct catalog){ 0 };
}

static enum status damaged(struct error *err, const char *what)
{
	return error_set(err, STATUS_CORRUPT,
			 "the index is damaged (%s): make it anew with `dateline index --rebuild`",
			 what);
}

/* A varint in the metadata under catalog->key; *found is false when there is none. */
static enum status read_number(struct catalog *catalog, struct store_writer *writer, bool *found,
			       uint32_t *number, struct error *err)
{
	buffer_reset(&catalog->value);
	const enum status status = store_metadata(store_writer_view(writer),
						  buffer_str(&catalog->key), &catalog->value, err);
	*found = status == STATUS_OK && catalog->value.len > 0;
	if (!*found)
		return status;
	const char *at = catalog->value.data;
	uint64_t value;
	if (!varint_read(&at, at + catalog->value.len, &value) || value > UINT32_MAX)
		return damaged(err, "number of a name");
	*number = (uint32_t)value;
	return STATUS_OK;
}

static void set_next_key(struct catalog *catalog, enum facet_kind kind)
{
	buffer_reset(&catalog->key);
	buffer_add_text(&catalog->key, META_NEXT);
	buffer_add_char(&catalog->key, schema_kind_letter(kind));
}

static enum status give_number(struct catalog *catalog, struct store_writer *writer,
			       enum facet_kind kind, struct catalog_entry *entry, struct error *err)
{
	struct catalog_kind *of_kind = &catalog->kinds[kind];
	if (!of_kind->next_known) {
		bool found;
		set_next_key(catalog, kind);
		const enum status status = read_number(catalog, writer, &found, &of_kind->next, err);
		if (status != STATUS_OK)
			return status;
		of_kind->next_known = true;
	}
	entry->number = of_kind->next++;
	entry->is_new = true;
	entry->variants_known = true;
	return STATUS_OK;
}

/* A name met for the first time in this run: the index may know it. */
static enum status load_entry(struct catalog *catalog, struct store_writer *writer,
			      const struct entity *entity, struct str name_key,
			      struct catalog_entry *entry, struct error *err)
{
	*entry = (struct catalog_entry){ 0 };
	buffer_reset(&catalog->key);
	schema_number_key(entity->kind, name_key, &catalog->key);
	bool found;
	enum status status = read_number(catalog, writer, &found, &entry->number, err);
	if (status == STATUS_OK && !found) {
		entry->name = arena_copy(&catalog->arena, entity->name);
		status = give_number(catalog, writer, entity->kind, entry, err);
	}
	return status;
}

/* The room is full when the count is a power of two; what is outgrown is left to the arena. */
static void add_variant(struct catalog *catalog, struct catalog_entry *entry, struct str variant)
{
	const uint32_t count = entry->variant_count;
	if (!count || (count >= 2 && !(count & (count - 1)))) {
		const size_t size = (count ? count : 1) * 2 * sizeof(*entry->variants);
		struct str *grown = arena_alloc(&catalog->arena, size);
		if (count)
			memcpy(grown, entry->variants, count * sizeof(*grown));
		entry->variants = grown;
	}
	entry->variants[entry->variant_count++] = arena_copy(&catalog->arena, variant);
}

/* Only read when a variant comes up: most names of an index are never varied again. */
static enum status load_variants(struct catalog *catalog, struct store_writer *writer,
				 enum facet_kind kind, struct catalog_entry *entry, struct error *err)
{
	buffer_reset(&catalog->key);
	buffer_reset(&catalog->value);
	schema_entity_key(kind, entry->number, &catalog->key);
	const enum status status = store_metadata(store_writer_view(writer),
						  buffer_str(&catalog->key), &catalog->value, err);
	if (status != STATUS_OK)
		return status;
	const char *at = catalog->value.data, *end = at + catalog->value.len;
	if (!catalog->value.len || !counted_read(&at, end, &entry->name))
		return damaged(err, "a number without a name");
	entry->name = arena_copy(&catalog->arena, entry->name);
	for (struct str variant; at < end && entry->variant_count < SCHEMA_VARIANTS_MAX;) {
		if (!counted_read(&at, end, &variant))
			return damaged(err, "other names of an entity");
		add_variant(catalog, entry, variant);
	}
	entry->variants_known = true;
	return STATUS_OK;
}

static void mark_changed(struct catalog *catalog, enum facet_kind kind, uint32_t index)
{
	struct catalog_entry *entry = &catalog->kinds[kind].entries[index];
	if (entry->changed)
		return;
	entry->changed = true;
	memory_reserve(&catalog->changed, &catalog->changed_capacity, catalog->changed_count,
		       sizeof(*catalog->changed));
	catalog->changed[catalog->changed_count++] = (uint64_t)kind << 32 | index;
}

static bool has_variant(const struct catalog_entry *entry, struct str variant)
{
	for (uint32_t i = 0; i < entry->variant_count; i++)
		if (str_equal(entry->variants[i], variant))
			return true;
	return false;
}

static enum status note_variant(struct catalog *catalog, struct store_writer *writer,
				enum facet_kind kind, uint32_t index, struct str variant,
				struct error *err)
{
	struct catalog_entry *entry = &catalog->kinds[kind].entries[index];
	if (has_variant(entry, variant))
		return STATUS_OK;
	if (!entry->variants_known) {
		const enum status status = load_variants(catalog, writer, kind, entry, err);
		if (status != STATUS_OK)
			return status;
	}
	if (entry->variant_count == SCHEMA_VARIANTS_MAX || has_variant(entry, variant) ||
	    str_equal(entry->name, variant))
		return STATUS_OK;
	add_variant(catalog, entry, variant);
	mark_changed(catalog, kind, index);
	return STATUS_OK;
}

enum status catalog_number(struct catalog *catalog, struct store_writer *writer,
			   const struct entity *entity, uint32_t *number, struct error *err)
{
	struct catalog_kind *of_kind = &catalog->kinds[entity->kind];
	buffer_reset(&catalog->value);
	utf8_name_key(entity->name, &catalog->value);
	bool is_new;
	const uint32_t index = intern_add(&of_kind->keys, buffer_str(&catalog->value), &is_new);
	if (is_new) {
		memory_reserve(&of_kind->entries, &of_kind->capacity, index,
			       sizeof(*of_kind->entries));
		struct catalog_entry *entry = &of_kind->entries[index];
		const enum status status =
			load_entry(catalog, writer, entity, of_kind->keys.keys[index], entry, err);
		if (status != STATUS_OK)
			return status;
		if (entry->is_new)
			mark_changed(catalog, entity->kind, index);
	}
	*number = of_kind->entries[index].number;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < entity->variants.count && status == STATUS_OK; i++)
		status = note_variant(catalog, writer, entity->kind, index,
				      entity->variants.items[i], err);
	return status;
}

static enum status save_entry(struct catalog *catalog, struct store_writer *writer,
			      enum facet_kind kind, uint32_t index, struct error *err)
{
	struct catalog_kind *of_kind = &catalog->kinds[kind];
	struct catalog_entry *entry = &of_kind->entries[index];
	buffer_reset(&catalog->key);
	buffer_reset(&catalog->value);
	schema_entity_key(kind, entry->number, &catalog->key);
	buffer_add_counted(&catalog->value, entry->name);
	for (uint32_t i = 0; i < entry->variant_count; i++)
		buffer_add_counted(&catalog->value, entry->variants[i]);
	enum status status = store_set_metadata(writer, buffer_str(&catalog->key),
						buffer_str(&catalog->value), err);
	if (status == STATUS_OK && entry->is_new) {
		buffer_reset(&catalog->key);
		buffer_reset(&catalog->value);
		schema_number_key(kind, of_kind->keys.keys[index], &catalog->key);
		buffer_add_varint(&catalog->value, entry->number);
		status = store_set_metadata(writer, buffer_str(&catalog->key),
					    buffer_str(&catalog->value), err);
	}
	entry->changed = entry->is_new = false;
	return status;
}

static enum status save_next(struct catalog *catalog, struct store_writer *writer,
			     enum facet_kind kind, struct error *err)
{
	set_next_key(catalog, kind);
	buffer_reset(&catalog->value);
	buffer_add_varint(&catalog->value, catalog->kinds[kind].next);
	return store_set_metadata(writer, buffer_str(&catalog->key), buffer_str(&catalog->value),
				  err);
}

enum status catalog_save(struct catalog *catalog, struct store_writer *writer, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < catalog->changed_count && status == STATUS_OK; i++)
		status = save_entry(catalog, writer, (enum facet_kind)(catalog->changed[i] >> 32),
				    (uint32_t)catalog->changed[i], err);
	catalog->changed_count = 0;
	for (int kind = 0; kind < KIND_COUNT && status == STATUS_OK; kind++)
		if (catalog->kinds[kind].next_known)
			status = save_next(catalog, writer, (enum facet_kind)kind, err);
	return status;
}
