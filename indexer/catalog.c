#include "catalog.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"

#include <stdlib.h>

struct catalog_entry {
	uint32_t number;
	bool is_new;
	bool is_listed;  /* in catalog->listed: an article that has it came or went */
	bool is_changed; /* to be written */
	bool had_others; /* the metadata have spellings that are not shown */
	struct spellings spellings;
};

void catalog_release(struct catalog *catalog)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		struct catalog_kind *of_kind = &catalog->kinds[kind];
		for (size_t i = 0; i < of_kind->keys.count; i++)
			spellings_release(&of_kind->entries[i].spellings);
		intern_release(&of_kind->keys);
		free(of_kind->entries);
	}
	arena_release(&catalog->arena);
	free(catalog->listed);
	buffer_release(&catalog->key);
	buffer_release(&catalog->value);
	buffer_release(&catalog->scratch);
	*catalog = (struct catalog){ 0 };
}

size_t catalog_memory(const struct catalog *catalog)
{
	size_t bytes = catalog->arena.total + catalog->listed_capacity * sizeof(*catalog->listed);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct catalog_kind *of_kind = &catalog->kinds[kind];
		bytes += intern_memory(&of_kind->keys) +
			 of_kind->capacity * sizeof(*of_kind->entries);
	}
	return bytes;
}

static enum status damaged(struct error *err, const char *what)
{
	return error_set(err, STATUS_CORRUPT,
			 "the index is damaged (%s): make it anew with `dateline index --rebuild`",
			 what);
}

/* A varint in the metadata under catalog->key; *found is false when there is none. */
static enum status read_number(struct catalog *catalog, struct ledger *ledger, bool *found,
			       uint32_t *number, struct error *err)
{
	buffer_reset(&catalog->value);
	const enum status status =
		ledger_get(ledger, buffer_str(&catalog->key), &catalog->value, err);
	*found = status == STATUS_OK && catalog->value.len > 0;
	if (!*found)
		return status;
	return schema_number_read(buffer_str(&catalog->value), number)
		       ? STATUS_OK
		       : damaged(err, "number of a name");
}

static void set_next_key(struct catalog *catalog, enum facet_kind kind)
{
	buffer_reset(&catalog->key);
	buffer_add_text(&catalog->key, META_NEXT);
	buffer_add_char(&catalog->key, schema_kind_letter(kind));
}

static enum status give_number(struct catalog *catalog, struct ledger *ledger, enum facet_kind kind,
			       struct catalog_entry *entry, struct error *err)
{
	struct catalog_kind *of_kind = &catalog->kinds[kind];
	if (!of_kind->next_known) {
		bool found;
		set_next_key(catalog, kind);
		const enum status status = read_number(catalog, ledger, &found, &of_kind->next, err);
		if (status != STATUS_OK)
			return status;
		of_kind->next_known = true;
	}
	entry->number = of_kind->next++;
	entry->is_new = entry->is_changed = true;
	return STATUS_OK;
}

static struct spelling_change change_of(struct catalog *catalog, enum facet_kind kind, uint32_t place)
{
	return (struct spelling_change){ kind, catalog->kinds[kind].keys.keys[place],
					 &catalog->arena, &catalog->scratch };
}

/* ---- reading what the index knows ---- */

static enum status read_value(struct catalog *catalog, struct ledger *ledger, struct error *err)
{
	buffer_reset(&catalog->value);
	return ledger_get(ledger, buffer_str(&catalog->key), &catalog->value, err);
}

static enum status read_names(struct catalog *catalog, struct ledger *ledger,
			      const struct spelling_change *change, struct catalog_entry *entry,
			      struct error *err)
{
	buffer_reset(&catalog->key);
	schema_entity_key(change->kind, entry->number, &catalog->key);
	const enum status status = read_value(catalog, ledger, err);
	if (status != STATUS_OK)
		return status;
	const char *at = catalog->value.data, *end = at + catalog->value.len;
	struct str name;
	if (!catalog->value.len || !counted_read(&at, end, &name))
		return damaged(err, "a number without a name");
	entry->spellings.name = arena_copy(&catalog->arena, name);
	for (struct str variant; at < end;) {
		if (!counted_read(&at, end, &variant))
			return damaged(err, "other names of an entity");
		spellings_add_variant(&entry->spellings, change, variant);
	}
	return STATUS_OK;
}

static enum status read_others(struct catalog *catalog, struct ledger *ledger,
			       const struct spelling_change *change, struct catalog_entry *entry,
			       struct error *err)
{
	buffer_reset(&catalog->key);
	schema_spellings_key(change->kind, entry->number, &catalog->key);
	const enum status status = read_value(catalog, ledger, err);
	if (status != STATUS_OK)
		return status;
	entry->had_others = catalog->value.len > 0;
	if (!spellings_decode(&entry->spellings, change, buffer_str(&catalog->value)))
		return damaged(err, "spellings of a name");
	return STATUS_OK;
}

/* A name met for the first time in this run; *found is false when the index does not know it either. */
static enum status read_entry(struct catalog *catalog, struct ledger *ledger,
			      const struct spelling_change *change, struct catalog_entry *entry,
			      bool *found, struct error *err)
{
	buffer_reset(&catalog->key);
	schema_number_key(change->kind, change->key, &catalog->key);
	enum status status = read_number(catalog, ledger, found, &entry->number, err);
	if (status == STATUS_OK && *found)
		status = read_names(catalog, ledger, change, entry, err);
	if (status == STATUS_OK && *found)
		status = read_others(catalog, ledger, change, entry, err);
	return status;
}

/* The entry of a name; *found is false when it is a new one, which has neither name nor number yet. */
static enum status find_entry(struct catalog *catalog, struct ledger *ledger,
			      const struct entity *entity, uint32_t *place, bool *found,
			      struct error *err)
{
	struct catalog_kind *of_kind = &catalog->kinds[entity->kind];
	buffer_reset(&catalog->value);
	utf8_name_key(entity->name, &catalog->value);
	bool is_new;
	*place = intern_add(&of_kind->keys, buffer_str(&catalog->value), &is_new);
	*found = true;
	if (!is_new) {
		*found = of_kind->entries[*place].spellings.name.data != NULL;
		return STATUS_OK;
	}
	memory_reserve(&of_kind->entries, &of_kind->capacity, *place, sizeof(*of_kind->entries));
	struct catalog_entry *entry = &of_kind->entries[*place];
	*entry = (struct catalog_entry){ 0 };
	const struct spelling_change change = change_of(catalog, entity->kind, *place);
	return read_entry(catalog, ledger, &change, entry, found, err);
}

/* ---- articles that come and go ---- */

static void take_news(struct catalog *catalog, enum facet_kind kind, uint32_t place,
		      enum spelling_news news)
{
	struct catalog_entry *entry = &catalog->kinds[kind].entries[place];
	entry->is_changed |= news == SPELLING_CHANGED;
	if (entry->is_listed || (news == SPELLING_NOTHING && !entry->is_new))
		return;
	entry->is_listed = true;
	memory_reserve(&catalog->listed, &catalog->listed_capacity, catalog->listed_count,
		       sizeof(*catalog->listed));
	catalog->listed[catalog->listed_count++] = (uint64_t)kind << 32 | place;
}

enum status catalog_add(struct catalog *catalog, struct ledger *ledger, const struct entity *entity,
			uint32_t *number, struct error *err)
{
	uint32_t place;
	bool found;
	enum status status = find_entry(catalog, ledger, entity, &place, &found, err);
	if (status != STATUS_OK)
		return status;
	struct catalog_entry *entry = &catalog->kinds[entity->kind].entries[place];
	if (!found) {
		status = give_number(catalog, ledger, entity->kind, entry, err);
		entry->spellings.name = arena_copy(&catalog->arena, entity->name);
	}
	if (status != STATUS_OK)
		return status;
	*number = entry->number;
	const struct spelling_change change = change_of(catalog, entity->kind, place);
	take_news(catalog, entity->kind, place, spellings_add(&entry->spellings, &change, entity));
	return STATUS_OK;
}

enum status catalog_take(struct catalog *catalog, struct ledger *ledger,
			 const struct entity *entity, struct error *err)
{
	uint32_t place;
	bool found;
	const enum status status = find_entry(catalog, ledger, entity, &place, &found, err);
	if (status != STATUS_OK || !found)
		return status;
	struct catalog_entry *entry = &catalog->kinds[entity->kind].entries[place];
	take_news(catalog, entity->kind, place, spellings_take(&entry->spellings, entity));
	return STATUS_OK;
}

/* ---- writing ---- */

static enum status save_names(struct catalog *catalog, struct ledger *ledger, enum facet_kind kind,
			      const struct catalog_entry *entry, struct error *err)
{
	const struct spelling_list *variants = &entry->spellings.variants;
	buffer_reset(&catalog->key);
	buffer_reset(&catalog->value);
	schema_entity_key(kind, entry->number, &catalog->key);
	buffer_add_counted(&catalog->value, entry->spellings.name);
	for (size_t i = 0; i < variants->count; i++)
		buffer_add_counted(&catalog->value, variants->items[i].text);
	return ledger_set(ledger, buffer_str(&catalog->key), buffer_str(&catalog->value), err);
}

static enum status save_others(struct catalog *catalog, struct ledger *ledger, enum facet_kind kind,
			       struct catalog_entry *entry, struct error *err)
{
	const bool has_others = entry->spellings.others.count > 0;
	if (!has_others && !entry->had_others)
		return STATUS_OK;
	entry->had_others = has_others;
	buffer_reset(&catalog->key);
	buffer_reset(&catalog->value);
	schema_spellings_key(kind, entry->number, &catalog->key);
	spellings_encode(&entry->spellings, &catalog->value);
	return ledger_set(ledger, buffer_str(&catalog->key), buffer_str(&catalog->value), err);
}

static enum status save_number(struct catalog *catalog, struct ledger *ledger, enum facet_kind kind,
			       uint32_t place, struct error *err)
{
	struct catalog_kind *of_kind = &catalog->kinds[kind];
	buffer_reset(&catalog->key);
	buffer_reset(&catalog->value);
	schema_number_key(kind, of_kind->keys.keys[place], &catalog->key);
	buffer_add_varint(&catalog->value, of_kind->entries[place].number);
	return ledger_set(ledger, buffer_str(&catalog->key), buffer_str(&catalog->value), err);
}

static enum status save_entry(struct catalog *catalog, struct ledger *ledger, enum facet_kind kind,
			      uint32_t place, struct error *err)
{
	struct catalog_entry *entry = &catalog->kinds[kind].entries[place];
	const struct spelling_change change = change_of(catalog, kind, place);
	enum status status =
		spellings_decide(&entry->spellings, &change, ledger->view, &entry->is_changed, err);
	if (status == STATUS_OK && entry->is_changed)
		status = save_names(catalog, ledger, kind, entry, err);
	if (status == STATUS_OK && entry->is_changed)
		status = save_others(catalog, ledger, kind, entry, err);
	if (status == STATUS_OK && entry->is_new)
		status = save_number(catalog, ledger, kind, place, err);
	entry->is_changed = entry->is_new = entry->is_listed = false;
	return status;
}

static enum status save_next(struct catalog *catalog, struct ledger *ledger, enum facet_kind kind,
			     struct error *err)
{
	set_next_key(catalog, kind);
	buffer_reset(&catalog->value);
	buffer_add_varint(&catalog->value, catalog->kinds[kind].next);
	return ledger_set(ledger, buffer_str(&catalog->key), buffer_str(&catalog->value), err);
}

enum status catalog_save(struct catalog *catalog, struct ledger *ledger, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < catalog->listed_count && status == STATUS_OK; i++)
		status = save_entry(catalog, ledger, (enum facet_kind)(catalog->listed[i] >> 32),
				    (uint32_t)catalog->listed[i], err);
	catalog->listed_count = 0;
	for (int kind = 0; kind < KIND_COUNT && status == STATUS_OK; kind++)
		if (catalog->kinds[kind].next_known)
			status = save_next(catalog, ledger, (enum facet_kind)kind, err);
	return status;
}
