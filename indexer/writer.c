#include "writer_inside.h"

#include "dateline/field.h"
#include "dateline/record.h"
#include "dateline/schema.h"

#include <errno.h>
#include <sys/stat.h>

/* ---- documents ---- */

/* The document with this id, 0 when there is none; the term of the id is left in writer->scratch. */
static enum status find_id(struct writer *writer, struct str id, uint32_t *document,
			   struct error *err)
{
	buffer_reset(&writer->scratch);
	schema_value_term(field_of_id(), id, &writer->scratch);
	if (id_table_find(&writer->ids, buffer_str(&writer->scratch), document) || writer->is_fresh)
		return STATUS_OK;
	return store_first(writer->ledger.view, buffer_str(&writer->scratch), document, err);
}

/* Whether the id whose term find_id left was met in this run. */
static bool is_of_this_run(const struct writer *writer)
{
	uint32_t document;
	return id_table_find(&writer->ids, buffer_str(&writer->scratch), &document);
}

static void note_id(struct writer *writer, uint32_t document)
{
	id_table_set(&writer->ids, buffer_str(&writer->scratch), document);
	if (document <= writer->opened_last_id)
		docset_add(&writer->touched, document);
}

static enum status note_file(struct writer *writer, struct str path, struct error *err)
{
	unsigned char hash[16];
	bool is_new;
	hash_bytes_128(path.data, path.len, hash);
	const struct str key = { (const char *)hash, sizeof(hash) };
	intern_add(&writer->files, key, &is_new);
	if (!is_new)
		return STATUS_OK;
	buffer_reset(&writer->column);
	buffer_add_text(&writer->column, META_FILE);
	buffer_add_str(&writer->column, key);
	return ledger_set(&writer->ledger, buffer_str(&writer->column), path, err);
}

/* What is known of an article that goes. Entities live in writer->arena. */
struct old_article {
	uint64_t checksum;
	const struct entity *entities;
	size_t entity_count;
};

static void add_facet_value(struct writer *writer, size_t at, struct facet_value value)
{
	memory_reserve(&writer->values, &writer->value_capacity, at, sizeof(*writer->values));
	writer->values[at] = value;
}

/* Tells the catalog of the article, and leaves its values in writer->values. */
static enum status number_values(struct writer *writer, const struct prepared *prepared,
				 size_t *count, struct error *err)
{
	*count = 0;
	for (size_t i = 0; i < prepared->entity_count; i++) {
		const struct entity *entity = &prepared->entities[i];
		struct facet_value value = {
			.kind = entity->kind,
			.confidence = entity->confidence,
			.sentences = prepared->sentences[i],
		};
		if (entity->kind == KIND_WHEN)
			continue;
		const enum status status =
			catalog_add(&writer->catalog, &writer->ledger, entity, &value.number, err);
		if (status != STATUS_OK)
			return status;
		add_facet_value(writer, (*count)++, value);
	}
	for (size_t i = 0; i < prepared->date_count; i++)
		add_facet_value(writer, (*count)++, prepared->dates[i].value);
	return STATUS_OK;
}

static enum status set_facets(struct writer *writer, struct prepared *prepared, struct arena *arena,
			      struct error *err)
{
	size_t count;
	const enum status status = number_values(writer, prepared, &count, err);
	if (status != STATUS_OK || !count)
		return status;
	buffer_reset(&writer->column);
	facet_column_encode(writer->values, count, &writer->column);
	document_add_value(&prepared->document, SLOT_FACETS,
			   arena_copy(arena, buffer_str(&writer->column)));
	buffer_reset(&writer->column);
	facet_confidence_encode(writer->values, count, &writer->column);
	if (writer->column.len)
		document_add_value(&prepared->document, SLOT_CONFIDENCE,
				   arena_copy(arena, buffer_str(&writer->column)));
	buffer_reset(&writer->column);
	facet_sentences_encode(writer->values, count, &writer->column);
	if (writer->column.len)
		document_add_value(&prepared->document, SLOT_SENTENCES,
				   arena_copy(arena, buffer_str(&writer->column)));
	return STATUS_OK;
}

static enum status take_entities(struct writer *writer, const struct entity *entities, size_t count,
				 struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		if (entities[i].kind != KIND_WHEN)
			status = catalog_take(&writer->catalog, &writer->ledger, &entities[i], err);
	return status;
}

/*
 * What is to go. Of a record that is damaged the entities are not known: names that it had may then be shown as it spelled them
 * for longer than they should, but it can go.
 */
static enum status read_old(struct writer *writer, uint32_t document, struct old_article *old,
			    struct error *err)
{
	struct record record = { 0 };
	struct error why;
	*old = (struct old_article){ 0 };
	buffer_reset(&writer->column);
	const enum status status = store_record(writer->ledger.view, document, &writer->column, err);
	if (status != STATUS_OK)
		return status;
	const struct str bytes = buffer_str(&writer->column);
	old->checksum = record_checksum(bytes);
	if (record_decode(bytes, RECORD_ALL, &writer->arena, &record, &why) != STATUS_OK)
		return STATUS_OK;
	old->entities = record.entities;
	old->entity_count = record.entity_count;
	return STATUS_OK;
}

/* To be called when it is gone. */
static enum status forget_old(struct writer *writer, const struct old_article *old, struct error *err)
{
	const enum status status = take_entities(writer, old->entities, old->entity_count, err);
	writer->digest -= old->checksum;
	return status;
}

/* A document that does not fit is refused before anything of it counts. */
enum status replace_document(struct writer *writer, uint32_t document, const struct document *by,
			     uint64_t checksum, struct error *err)
{
	struct old_article old;
	arena_reset(&writer->arena);
	enum status status = read_old(writer, document, &old, err);
	if (status == STATUS_OK)
		status = store_replace(writer->store, document, by, err);
	if (status == STATUS_OK)
		status = forget_old(writer, &old, err);
	if (status == STATUS_OK)
		writer->digest += checksum;
	return status;
}

static enum status add_document(struct writer *writer, const struct prepared *prepared,
				uint32_t *document, struct error *err)
{
	const enum status status = store_add(writer->store, &prepared->document, document, err);
	if (status != STATUS_OK)
		return status;
	writer->digest += prepared->checksum;
	writer->count++;
	return STATUS_OK;
}

/* `document` is what find_id found. */
static enum status store_document(struct writer *writer, const struct prepared *prepared,
				  uint32_t document, enum writer_outcome *outcome, struct error *err)
{
	enum status status;
	*outcome = WRITER_ADDED;
	if (document)
		*outcome = is_of_this_run(writer) ? WRITER_REPEATED : WRITER_REPLACED;
	if (writer->builder)
		status = bulk_put(writer, prepared, &document, err);
	else if (document)
		status = replace_document(writer, document, &prepared->document, prepared->checksum,
					  err);
	else
		status = add_document(writer, prepared, &document, err);
	if (status == STATUS_OK)
		note_id(writer, document);
	return status;
}

/* What was refused did not come; *err says why and stays. */
static enum status take_back(struct writer *writer, const struct prepared *prepared,
			     struct error *err)
{
	struct error other;
	const enum status status =
		take_entities(writer, prepared->entities, prepared->entity_count, &other);
	if (status == STATUS_OK)
		return STATUS_TOO_LARGE;
	*err = other;
	return status;
}

enum status writer_put(struct writer *writer, struct prepared *prepared, struct arena *arena,
		       enum writer_outcome *outcome, struct error *err)
{
	if (prepared->state == PREPARED_UNCHANGED) {
		const uint32_t known = known_find(&writer->known, prepared->hash);
		*outcome = docset_has(&writer->touched, known) ? WRITER_AGAIN : WRITER_UNCHANGED;
		return STATUS_OK;
	}
	uint32_t document;
	enum status status = find_id(writer, prepared->id, &document, err);
	*outcome = WRITER_AGAIN;
	if (status != STATUS_OK || (document && prepared->is_inverted))
		return status;
	status = set_facets(writer, prepared, arena, err);
	if (status == STATUS_OK)
		status = store_document(writer, prepared, document, outcome, err);
	if (status == STATUS_TOO_LARGE)
		return take_back(writer, prepared, err);
	if (status == STATUS_OK)
		status = note_file(writer, prepared->origin.path, err);
	if (status != STATUS_OK)
		return status;
	return commit_when_due(writer, prepared->text_bytes, err);
}

/* ---- finding entities anew ---- */

enum status writer_find_stale(struct writer *writer, struct str maker, struct docset *stale,
			      struct error *err)
{
	struct buffer term = { 0 };
	buffer_add_text(&term, PREFIX_ENTITIES);
	buffer_add_str(&term, maker);
	struct plan all = { .op = PLAN_ALL };
	struct plan made = { .op = PLAN_TERM, .term = buffer_str(&term) };
	struct plan *kids[] = { &all, &made };
	const struct plan others = { .op = PLAN_AND_NOT, .kids = kids, .count = 2 };
	enum status status = writer_go_live(writer, err);
	*stale = (struct docset){ 0 };
	if (status == STATUS_OK)
		status = store_match(writer->ledger.view, &others, stale, err);
	buffer_release(&term);
	return status;
}

enum status writer_makers(struct writer *writer, struct arena *arena, struct term_entry **makers,
			  size_t *count, struct error *err)
{
	enum status status = writer_go_live(writer, err);
	*count = 0;
	if (status == STATUS_OK)
		status = store_terms(writer->ledger.view, STR(PREFIX_ENTITIES), SIZE_MAX, arena,
				     makers, count, err);
	for (size_t i = 0; i < *count; i++) {
		(*makers)[i].term.data += sizeof(PREFIX_ENTITIES) - 1;
		(*makers)[i].term.len -= sizeof(PREFIX_ENTITIES) - 1;
	}
	return status;
}

/* The one term of a document with that prefix; empty when it has none. */
static enum status find_term(struct writer *writer, uint32_t document, struct str prefix,
			     struct arena *arena, struct str *term, struct error *err)
{
	struct term_entry *entries;
	size_t count = 0;
	const enum status status = store_document_terms(writer->ledger.view, document, prefix,
							arena, &entries, &count, err);
	*term = count ? entries[0].term : STR("");
	return status;
}

enum status writer_stored(struct writer *writer, uint32_t document, struct buffer *record,
			  struct arena *arena, struct stored_article *stored, struct error *err)
{
	struct store *view = writer->ledger.view;
	const struct str id_prefix = str_from(field_find(STR("id"))->prefix);
	*stored = (struct stored_article){ .record = STR("") };
	enum status status = store_record(view, document, record, err);
	if (status == STATUS_OK)
		status = find_term(writer, document, id_prefix, arena, &stored->id, err);
	if (status == STATUS_OK)
		status = find_term(writer, document, STR(PREFIX_FILE), arena, &stored->file, err);
	buffer_reset(&writer->scratch);
	if (status == STATUS_OK)
		status = store_value(view, document, SLOT_HASH, &writer->scratch, err);
	if (stored->id.len) {
		stored->id.data += id_prefix.len;
		stored->id.len -= id_prefix.len;
	}
	stored->hash = arena_copy(arena, buffer_str(&writer->scratch));
	return status;
}

enum status writer_redo(struct writer *writer, uint32_t document, struct prepared *prepared,
			struct arena *arena, struct error *err)
{
	enum status status = set_facets(writer, prepared, arena, err);
	if (status == STATUS_OK)
		status = replace_document(writer, document, &prepared->document, prepared->checksum,
					  err);
	if (status == STATUS_TOO_LARGE)
		return take_back(writer, prepared, err);
	if (status != STATUS_OK)
		return status;
	if (document <= writer->opened_last_id)
		docset_add(&writer->touched, document);
	return commit_when_due(writer, prepared->text_bytes, err);
}

/* ---- taking out ---- */

static enum status delete_document(struct writer *writer, uint32_t document, struct error *err)
{
	struct old_article old;
	arena_reset(&writer->arena);
	enum status status = writer_go_live(writer, err);
	if (status == STATUS_OK)
		status = read_old(writer, document, &old, err);
	if (status == STATUS_OK)
		status = store_delete(writer->store, document, err);
	if (status == STATUS_OK)
		status = forget_old(writer, &old, err);
	if (status != STATUS_OK)
		return status;
	if (document <= writer->opened_last_id)
		docset_add(&writer->touched, document);
	writer->count--;
	return commit_when_due(writer, 0, err);
}

enum status writer_delete(struct writer *writer, struct str id, bool *found, struct error *err)
{
	uint32_t document;
	const enum status status = find_id(writer, id, &document, err);
	*found = document != 0;
	if (status != STATUS_OK || !document)
		return status;
	if (is_of_this_run(writer))
		id_table_set(&writer->ids, buffer_str(&writer->scratch), 0);
	return delete_document(writer, document, err);
}

static enum status prune_file(struct writer *writer, struct str key, struct str path,
			      uint32_t *deleted, struct error *err)
{
	struct plan plan = { .op = PLAN_TERM };
	struct buffer term = { 0 };
	struct docset documents = { 0 };
	schema_file_term(path, &term);
	plan.term = buffer_str(&term);
	enum status status = store_match(writer->ledger.view, &plan, &documents, err);
	for (uint32_t id = docset_next(&documents, 1); id && status == STATUS_OK;
	     id = docset_next(&documents, id + 1)) {
		status = delete_document(writer, id, err);
		*deleted += status == STATUS_OK;
	}
	if (status == STATUS_OK)
		status = ledger_set(&writer->ledger, key, STR(""), err);
	if (status == STATUS_OK)
		status = commit_when_due(writer, 0, err);
	docset_release(&documents);
	buffer_release(&term);
	return status;
}

static bool is_gone(const char *path)
{
	struct stat info;
	return stat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

enum status writer_prune(struct writer *writer, uint32_t *deleted, struct error *err)
{
	struct arena arena = { 0 };
	struct term_entry *keys;
	size_t count;
	struct buffer path = { 0 };
	enum status status = writer_go_live(writer, err);
	if (status == STATUS_OK)
		status = store_metadata_keys(writer->ledger.view, STR(META_FILE), SIZE_MAX, &arena,
					     &keys, &count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		buffer_reset(&path);
		status = ledger_get(&writer->ledger, keys[i].term, &path, err);
		/* What came through standard input has no file that could be gone. */
		if (status == STATUS_OK && path.len && strcmp(path.data, "-") != 0 &&
		    is_gone(path.data))
			status = prune_file(writer, keys[i].term, buffer_str(&path), deleted, err);
	}
	buffer_release(&path);
	arena_release(&arena);
	return status;
}
