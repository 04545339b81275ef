#include "writer.h"

#include "catalog.h"
#include "publish.h"

#include "dateline/field.h"
#include "dateline/record.h"
#include "dateline/schema.h"
#include "dateline/text.h"
#include "dateline/versions.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/*
 * Documents between libxapian's flushes. Its writer keeps what is not flushed in trees of small pieces that
 * soon fall out of the caches; 30 to 100 thousand postings a flush are the flat optimum, and articles of
 * news have 150 to 900.
 */
#define FLUSH_DOCUMENTS 200

struct writer {
	struct store_writer *store;
	struct store_writer *replaced; /* with --rebuild: the old index, held so that nobody writes to it */
	struct fresh fresh;
	bool is_fresh;
	bool replaces; /* what is at the path goes when this one is published */
	struct catalog catalog;
	struct known known;
	struct intern ids;      /* of the articles written in this run, by id term */
	uint32_t *id_documents; /* their docids, by number in `ids` */
	size_t id_capacity;
	struct docset touched; /* documents of the index that were replaced or deleted in this run */
	struct intern files;   /* hashes of the paths that are noted in the metadata */
	uint64_t digest, batch;
	uint32_t count, opened_last_id;
	uint32_t pending_documents;
	uint64_t pending_bytes;
	struct facet_value *values;
	size_t value_capacity;
	struct buffer scratch, column;
};

static enum status read_metadata(struct writer *writer, const char *key, struct error *err)
{
	buffer_reset(&writer->scratch);
	buffer_add(&writer->scratch, "", 0);
	return store_metadata(store_writer_view(writer->store), str_from(key), &writer->scratch, err);
}

static enum status write_metadata(struct writer *writer, const char *key, const char *value,
				  struct error *err)
{
	return store_set_metadata(writer->store, str_from(key), str_from(value), err);
}

/* What is written beside the articles for those who come later: by which versions it was made. */
static enum status write_versions(struct writer *writer, struct error *err)
{
	struct version versions[VERSION_COUNT];
	versions_of_program(versions);
	enum status status = STATUS_OK;
	for (int i = 0; i < VERSION_COUNT && status == STATUS_OK; i++)
		status = write_metadata(writer, versions[i].key, versions[i].text, err);
	return status;
}

/* ---- opening ---- */

static enum status load_counters(struct writer *writer, struct error *err)
{
	enum status status = read_metadata(writer, META_BATCH, err);
	if (status != STATUS_OK)
		return status;
	writer->batch = strtoull(writer->scratch.data, NULL, 10);
	status = read_metadata(writer, META_DIGEST, err);
	if (status != STATUS_OK)
		return status;
	writer->digest = strtoull(writer->scratch.data, NULL, 16);
	struct store *view = store_writer_view(writer->store);
	writer->count = store_count(view);
	writer->opened_last_id = store_last_id(view);
	docset_init(&writer->touched, writer->opened_last_id);
	return STATUS_OK;
}

static enum status open_in_place(struct writer *writer, const struct writer_options *options,
				 struct error *err)
{
	const struct store_writer_options store_options = {
		.flush_every = FLUSH_DOCUMENTS,
		.lock_wait_ms = WRITER_LOCK_WAIT_MS,
	};
	enum status status = store_writer_open(options->path, &store_options, &writer->store, err);
	if (status == STATUS_OK)
		status = versions_check(store_writer_view(writer->store), options->path, err);
	if (status == STATUS_OK)
		status = load_counters(writer, err);
	if (status == STATUS_OK && options->adds)
		status = known_load(&writer->known, store_writer_view(writer->store), err);
	if (status == STATUS_OK)
		fresh_clear(options->path);
	return status;
}

static enum status open_fresh(struct writer *writer, struct error *err)
{
	const struct store_writer_options options = {
		.create = true,
		.flush_every = FLUSH_DOCUMENTS,
	};
	struct buffer path = { 0 };
	writer->is_fresh = true;
	docset_init(&writer->touched, 0);
	fresh_folder(&writer->fresh, FRESH_LOOSE, &path);
	const enum status status = store_writer_open(path.data, &options, &writer->store, err);
	buffer_release(&path);
	return status == STATUS_OK ? write_versions(writer, err) : status;
}

/*
 * An old index that cannot be opened (damaged, of another version) is what --rebuild is for; another program's
 * database is not.
 */
static enum status hold_replaced(struct writer *writer, const char *path, struct error *err)
{
	const struct store_writer_options options = { .lock_wait_ms = WRITER_LOCK_WAIT_MS };
	const enum status status = store_writer_open(path, &options, &writer->replaced, err);
	return status == STATUS_LOCKED || status == STATUS_NO_INDEX ? status : STATUS_OK;
}

static enum status open_target(struct writer *writer, const struct writer_options *options,
			       struct error *err)
{
	enum target_state state;
	enum status status = target_look(options->path, &state, err);
	if (status == STATUS_OK && state == TARGET_ABSENT)
		status = target_restore(options->path, &state, err);
	if (status != STATUS_OK)
		return status;
	if (state == TARGET_ABSENT && options->must_exist)
		return error_set(err, STATUS_NO_INDEX, "no index at %s: name another with -d",
				 options->path);
	if (state == TARGET_INDEX && !options->rebuild)
		return open_in_place(writer, options, err);
	if (state == TARGET_INDEX)
		status = target_may_go(options->path, err);
	if (status == STATUS_OK)
		status = fresh_make(options->path, &writer->fresh, err);
	/* Somebody may have published an index between the look and the lock. */
	if (status == STATUS_OK)
		status = target_look(options->path, &state, err);
	if (status == STATUS_OK && state == TARGET_INDEX && !options->rebuild) {
		fresh_discard(&writer->fresh);
		return open_in_place(writer, options, err);
	}
	writer->replaces = state == TARGET_INDEX;
	if (status == STATUS_OK && state == TARGET_INDEX)
		status = hold_replaced(writer, options->path, err);
	return status == STATUS_OK ? open_fresh(writer, err) : status;
}

enum status writer_open(const struct writer_options *options, struct writer **writer,
			struct error *err)
{
	struct writer *made = memory_zero(1, sizeof(*made));
	made->fresh.lock = -1;
	const enum status status = open_target(made, options, err);
	*writer = made;
	if (status == STATUS_OK)
		return status;
	writer_close(made);
	*writer = NULL;
	return status;
}

void writer_close(struct writer *writer)
{
	if (!writer)
		return;
	store_writer_close(writer->store);
	store_writer_close(writer->replaced);
	fresh_discard(&writer->fresh);
	catalog_release(&writer->catalog);
	known_release(&writer->known);
	intern_release(&writer->ids);
	intern_release(&writer->files);
	docset_release(&writer->touched);
	free(writer->id_documents);
	free(writer->values);
	buffer_release(&writer->scratch);
	buffer_release(&writer->column);
	free(writer);
}

bool writer_is_fresh(const struct writer *writer)
{
	return writer->is_fresh;
}

uint32_t writer_count(const struct writer *writer)
{
	return writer->count;
}

const struct known *writer_known(const struct writer *writer)
{
	return writer->known.count ? &writer->known : NULL;
}

/* ---- commits ---- */

static enum status commit(struct writer *writer, struct error *err)
{
	char text[32];
	enum status status = catalog_save(&writer->catalog, writer->store, err);
	snprintf(text, sizeof(text), "%" PRIu64, ++writer->batch);
	if (status == STATUS_OK)
		status = write_metadata(writer, META_BATCH, text, err);
	snprintf(text, sizeof(text), "%016" PRIx64, writer->digest);
	if (status == STATUS_OK)
		status = write_metadata(writer, META_DIGEST, text, err);
	if (status == STATUS_OK)
		status = store_commit(writer->store, err);
	writer->pending_documents = 0;
	writer->pending_bytes = 0;
	return status;
}

/*
 * In a fresh index that nobody can use yet a commit only makes libxapian write out what it holds in memory, which it
 * counts by documents, however large they are.
 */
static enum status commit_when_due(struct writer *writer, uint64_t text_bytes, struct error *err)
{
	writer->pending_documents++;
	writer->pending_bytes += text_bytes;
	const bool is_large = writer->pending_bytes >= WRITER_COMMIT_BYTES;
	if (writer->is_fresh && is_large) {
		writer->pending_bytes = 0;
		return store_commit(writer->store, err);
	}
	if (writer->is_fresh || (!is_large && writer->pending_documents < WRITER_COMMIT_DOCUMENTS))
		return STATUS_OK;
	return commit(writer, err);
}

static enum status sum_checksums(struct store *store, uint64_t *sum, struct error *err)
{
	const struct plan all = { .op = PLAN_ALL };
	struct docset documents = { 0 };
	struct buffer record = { 0 };
	enum status status = store_match(store, &all, &documents, err);
	*sum = 0;
	for (uint32_t id = status == STATUS_OK ? docset_next(&documents, 1) : 0;
	     id && status == STATUS_OK; id = docset_next(&documents, id + 1)) {
		buffer_reset(&record);
		status = store_record(store, id, &record, err);
		*sum += record_checksum(buffer_str(&record));
	}
	buffer_release(&record);
	docset_release(&documents);
	return status;
}

/* What was written is read as a reader will read it, before it takes the place of anything. */
static enum status examine(const struct writer *writer, const char *path, struct error *err)
{
	struct store *store;
	uint64_t digest;
	enum status status = store_open(path, &store, err);
	if (status != STATUS_OK)
		return status;
	const uint32_t count = store_count(store);
	status = sum_checksums(store, &digest, err);
	store_close(store);
	if (status == STATUS_OK && (count != writer->count || digest != writer->digest))
		return error_set(err, STATUS_SYSTEM,
				 "the new index does not hold what was written (%" PRIu32
				 " articles of %" PRIu32 ") and is thrown away",
				 count, writer->count);
	return status;
}

/* Written article by article, the blocks of the tables are left half empty: packing takes a quarter off. */
static enum status pack_and_publish(struct writer *writer, struct error *err)
{
	struct buffer loose = { 0 }, packed = { 0 };
	fresh_folder(&writer->fresh, FRESH_LOOSE, &loose);
	fresh_folder(&writer->fresh, FRESH_PACKED, &packed);
	enum status status = store_pack(loose.data, packed.data, err);
	if (status == STATUS_OK)
		status = examine(writer, packed.data, err);
	if (status == STATUS_OK)
		status = fresh_publish(&writer->fresh, FRESH_PACKED, writer->replaces, err);
	buffer_release(&loose);
	buffer_release(&packed);
	return status;
}

enum status writer_finish(struct writer *writer, struct error *err)
{
	enum status status = STATUS_OK;
	if (writer->is_fresh || writer->pending_documents)
		status = commit(writer, err);
	if (status != STATUS_OK || !writer->is_fresh)
		return status;
	store_writer_close(writer->store);
	writer->store = NULL;
	return pack_and_publish(writer, err);
}

/* ---- documents ---- */

/* The document with this id, 0 when there is none; the term of the id is left in writer->scratch. */
static enum status find_id(struct writer *writer, struct str id, uint32_t *document,
			   struct error *err)
{
	buffer_reset(&writer->scratch);
	schema_value_term(field_find(STR("id")), id, &writer->scratch);
	const uint32_t number = intern_find(&writer->ids, buffer_str(&writer->scratch));
	*document = number == INTERN_NONE ? 0 : writer->id_documents[number];
	if (number != INTERN_NONE || writer->is_fresh)
		return STATUS_OK;
	return store_first(store_writer_view(writer->store), buffer_str(&writer->scratch), document,
			   err);
}

static void note_id(struct writer *writer, uint32_t document)
{
	bool is_new;
	const uint32_t number = intern_add(&writer->ids, buffer_str(&writer->scratch), &is_new);
	memory_reserve(&writer->id_documents, &writer->id_capacity, number,
		       sizeof(*writer->id_documents));
	writer->id_documents[number] = document;
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
	return store_set_metadata(writer->store, buffer_str(&writer->column), path, err);
}

static enum status set_facets(struct writer *writer, struct prepared *prepared, struct arena *arena,
			      struct error *err)
{
	for (size_t i = 0; i < prepared->entity_count; i++) {
		memory_reserve(&writer->values, &writer->value_capacity, i, sizeof(*writer->values));
		writer->values[i].kind = prepared->entities[i].kind;
		const enum status status = catalog_number(&writer->catalog, writer->store,
							  &prepared->entities[i],
							  &writer->values[i].number, err);
		if (status != STATUS_OK)
			return status;
	}
	if (!prepared->entity_count)
		return STATUS_OK;
	buffer_reset(&writer->column);
	facet_column_encode(writer->values, prepared->entity_count, &writer->column);
	struct document *document = &prepared->document;
	document->values[document->value_count++] =
		(struct value){ SLOT_FACETS, arena_copy(arena, buffer_str(&writer->column)) };
	return STATUS_OK;
}

static enum status read_checksum(struct writer *writer, uint32_t document, uint64_t *checksum,
				 struct error *err)
{
	buffer_reset(&writer->column);
	const enum status status =
		store_record(store_writer_view(writer->store), document, &writer->column, err);
	*checksum = status == STATUS_OK ? record_checksum(buffer_str(&writer->column)) : 0;
	return status;
}

/* A document that does not fit is refused before anything of it counts. */
static enum status store_document(struct writer *writer, struct prepared *prepared,
				  uint32_t *document, enum writer_outcome *outcome, struct error *err)
{
	uint64_t replaced = 0;
	enum status status = find_id(writer, prepared->id, document, err);
	if (status != STATUS_OK)
		return status;
	if (*document) {
		const bool of_this_run = intern_find(&writer->ids, buffer_str(&writer->scratch)) !=
					 INTERN_NONE;
		*outcome = of_this_run ? WRITER_REPEATED : WRITER_REPLACED;
		status = read_checksum(writer, *document, &replaced, err);
		if (status == STATUS_OK)
			status = store_replace(writer->store, *document, &prepared->document, err);
	} else {
		*outcome = WRITER_ADDED;
		status = store_add(writer->store, &prepared->document, document, err);
		writer->count += status == STATUS_OK;
	}
	if (status != STATUS_OK)
		return status;
	writer->digest += prepared->checksum - replaced;
	note_id(writer, *document);
	return STATUS_OK;
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
	enum status status = set_facets(writer, prepared, arena, err);
	if (status == STATUS_OK)
		status = store_document(writer, prepared, &document, outcome, err);
	if (status == STATUS_OK)
		status = note_file(writer, prepared->origin.path, err);
	if (status != STATUS_OK)
		return status;
	return commit_when_due(writer, prepared->text_bytes, err);
}

/* ---- taking out ---- */

static enum status delete_document(struct writer *writer, uint32_t document, struct error *err)
{
	uint64_t checksum;
	enum status status = read_checksum(writer, document, &checksum, err);
	if (status == STATUS_OK)
		status = store_delete(writer->store, document, err);
	if (status != STATUS_OK)
		return status;
	writer->digest -= checksum;
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
	const uint32_t number = intern_find(&writer->ids, buffer_str(&writer->scratch));
	if (number != INTERN_NONE)
		writer->id_documents[number] = 0;
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
	enum status status = store_match(store_writer_view(writer->store), &plan, &documents, err);
	for (uint32_t id = docset_next(&documents, 1); id && status == STATUS_OK;
	     id = docset_next(&documents, id + 1)) {
		status = delete_document(writer, id, err);
		*deleted += status == STATUS_OK;
	}
	if (status == STATUS_OK)
		status = store_set_metadata(writer->store, key, STR(""), err);
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
	enum status status = store_metadata_keys(store_writer_view(writer->store), STR(META_FILE),
						 SIZE_MAX, &arena, &keys, &count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		buffer_reset(&path);
		status = store_metadata(store_writer_view(writer->store), keys[i].term, &path, err);
		/* What came through standard input has no file that could be gone. */
		if (status == STATUS_OK && path.len && strcmp(path.data, "-") != 0 &&
		    is_gone(path.data))
			status = prune_file(writer, keys[i].term, buffer_str(&path), deleted, err);
	}
	buffer_release(&path);
	arena_release(&arena);
	return status;
}
