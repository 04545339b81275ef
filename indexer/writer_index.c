#include "writer_inside.h"

#include "merge.h"

#include "dateline/record.h"
#include "dateline/schema.h"
#include "dateline/text.h"
#include "dateline/versions.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static enum status read_metadata(struct writer *writer, const char *key, struct error *err)
{
	buffer_reset(&writer->scratch);
	buffer_add(&writer->scratch, "", 0);
	return ledger_get(&writer->ledger, str_from(key), &writer->scratch, err);
}

static enum status write_metadata(struct writer *writer, const char *key, const char *value,
				  struct error *err)
{
	return ledger_set(&writer->ledger, str_from(key), str_from(value), err);
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
	status = read_metadata(writer, META_MERGED_AT, err);
	if (status != STATUS_OK)
		return status;
	writer->merged_at = strtoull(writer->scratch.data, NULL, 10);
	const struct store *view = writer->ledger.view;
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
		status = ledger_go_live(&writer->ledger, writer->store, err);
	if (status == STATUS_OK)
		status = versions_check(writer->ledger.view, options->path, err);
	if (status == STATUS_OK)
		status = load_counters(writer, err);
	if (status == STATUS_OK && options->adds)
		status = known_load(&writer->known, writer->ledger.view, options->mode, err);
	if (status == STATUS_OK)
		fresh_clear(options->path);
	return status == STATUS_OK ? bulk_begin_aside(writer, options, err) : status;
}

/* What was set for the old index, not found in articles, is set for the one that takes its place. */
static enum status keep_settings(struct writer *writer, struct error *err)
{
	struct buffer fixes = { 0 };
	enum status status = STATUS_OK;
	if (writer->replaced && store_metadata(store_writer_view(writer->replaced), STR(META_FIXES),
					       &fixes, NULL) == STATUS_OK)
		status = ledger_set(&writer->ledger, STR(META_FIXES), buffer_str(&fixes), err);
	buffer_release(&fixes);
	return status;
}

static enum status begin_live(struct writer *writer, struct error *err)
{
	const struct store_writer_options options = {
		.create = true,
		.flush_every = FLUSH_DOCUMENTS,
	};
	struct buffer folder = { 0 };
	fresh_folder(&writer->fresh, FRESH_LOOSE, &folder);
	const enum status status = store_writer_open(folder.data, &options, &writer->store, err);
	buffer_release(&folder);
	return status == STATUS_OK ? ledger_go_live(&writer->ledger, writer->store, err) : status;
}

static enum status open_fresh(struct writer *writer, const struct writer_options *options,
			      struct error *err)
{
	writer->is_fresh = true;
	docset_init(&writer->touched, 0);
	enum status status = options->way == WRITER_BULK ? bulk_begin(writer, options, err)
							 : begin_live(writer, err);
	if (status == STATUS_OK)
		status = write_versions(writer, err);
	return status == STATUS_OK ? keep_settings(writer, err) : status;
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
	return status == STATUS_OK ? open_fresh(writer, options, err) : status;
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
	bulk_release(writer);
	ledger_release(&writer->ledger);
	store_writer_close(writer->store);
	store_writer_close(writer->replaced);
	fresh_discard(&writer->fresh);
	catalog_release(&writer->catalog);
	known_release(&writer->known);
	id_table_release(&writer->ids);
	intern_release(&writer->files);
	docset_release(&writer->touched);
	free(writer->values);
	buffer_release(&writer->scratch);
	buffer_release(&writer->column);
	arena_release(&writer->arena);
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

enum status writer_set_fixes(struct writer *writer, struct str path, struct error *err)
{
	writer->has_settings = true;
	return ledger_set(&writer->ledger, STR(META_FIXES), path, err);
}

/* ---- commits ---- */

enum status note_commit(struct writer *writer, struct error *err)
{
	char text[32];
	enum status status = catalog_save(&writer->catalog, &writer->ledger, err);
	snprintf(text, sizeof(text), "%" PRIu64, ++writer->batch);
	if (status == STATUS_OK)
		status = write_metadata(writer, META_BATCH, text, err);
	snprintf(text, sizeof(text), "%016" PRIx64, writer->digest);
	if (status == STATUS_OK)
		status = write_metadata(writer, META_DIGEST, text, err);
	return status;
}

static enum status commit(struct writer *writer, struct error *err)
{
	enum status status = note_commit(writer, err);
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
enum status commit_when_due(struct writer *writer, uint64_t text_bytes, struct error *err)
{
	writer->pending_documents++;
	writer->pending_bytes += text_bytes;
	const bool is_large = writer->pending_bytes >= WRITER_COMMIT_BYTES;
	if (writer->builder)
		return STATUS_OK;
	if (writer->is_fresh && is_large) {
		writer->pending_bytes = 0;
		return store_commit(writer->store, err);
	}
	if (writer->is_fresh || (!is_large && writer->pending_documents < WRITER_COMMIT_DOCUMENTS))
		return STATUS_OK;
	return commit(writer, err);
}

/* ---- the end ---- */

/* Bytes of records that are read before the index is opened anew. */
#define EXAMINED_BYTES ((uint64_t)64 << 20)

/* An index being examined. What was read of it counts as memory of this process until it is closed. */
struct examination {
	const char *path;
	struct store *store;
	uint64_t bytes;
	uint64_t digest;
	struct buffer record;
};

static enum status examine_record(struct examination *examination, uint32_t id, struct error *err)
{
	enum status status = STATUS_OK;
	if (examination->bytes >= EXAMINED_BYTES) {
		examination->bytes = 0;
		store_close(examination->store);
		examination->store = NULL;
		status = store_open(examination->path, &examination->store, err);
	}
	buffer_reset(&examination->record);
	if (status == STATUS_OK)
		status = store_record(examination->store, id, &examination->record, err);
	if (status == STATUS_OK)
		examination->digest += record_checksum(buffer_str(&examination->record));
	examination->bytes += examination->record.len;
	return status;
}

static enum status examine_records(struct examination *examination, struct error *err)
{
	const struct plan all = { .op = PLAN_ALL };
	struct docset documents = { 0 };
	enum status status = store_match(examination->store, &all, &documents, err);
	for (uint32_t id = status == STATUS_OK ? docset_next(&documents, 1) : 0;
	     id && status == STATUS_OK; id = docset_next(&documents, id + 1))
		status = examine_record(examination, id, err);
	docset_release(&documents);
	return status;
}

/* What was written is read as a reader will read it, before it takes the place of anything. */
static enum status examine(const struct writer *writer, const char *path, struct error *err)
{
	struct examination examination = { .path = path };
	enum status status = store_open(path, &examination.store, err);
	if (status != STATUS_OK)
		return status;
	const uint32_t count = store_count(examination.store);
	status = examine_records(&examination, err);
	store_close(examination.store);
	buffer_release(&examination.record);
	if (status == STATUS_OK && (count != writer->count || examination.digest != writer->digest))
		return error_set(err, STATUS_SYSTEM,
				 "the new index does not hold what was written (%" PRIu32
				 " articles of %" PRIu32 ") and is thrown away",
				 count, writer->count);
	return status;
}

static enum status publish(struct writer *writer, const char *name, struct error *err)
{
	struct buffer path = { 0 };
	fresh_folder(&writer->fresh, name, &path);
	enum status status = examine(writer, path.data, err);
	if (status == STATUS_OK)
		status = fresh_publish(&writer->fresh, name, writer->replaces, err);
	buffer_release(&path);
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
		status = publish(writer, FRESH_PACKED, err);
	buffer_release(&loose);
	buffer_release(&packed);
	return status;
}

/*
 * Names are merged once a run, in its last commit: until then readers have those of the run before. A run that was killed
 * between two commits leaves a batch that is not that of the last merging, and the next run makes up for it.
 */
enum status finish_names(struct writer *writer, struct error *err)
{
	char text[32];
	enum status status = STATUS_OK;
	if (writer->is_fresh || writer->pending_documents || writer->merged_at != writer->batch) {
		status = catalog_save(&writer->catalog, &writer->ledger, err);
		if (status == STATUS_OK)
			status = merge_names(&writer->ledger, err);
	}
	snprintf(text, sizeof(text), "%" PRIu64, writer->batch + 1);
	return status == STATUS_OK ? write_metadata(writer, META_MERGED_AT, text, err) : status;
}

enum status writer_finish(struct writer *writer, struct error *err)
{
	const bool stays_bulk = writer->builder && writer->is_fresh && !writer->late.count;
	enum status status = stays_bulk ? bulk_finish(writer, err) : writer_go_live(writer, err);
	if (status != STATUS_OK)
		return status;
	if (stays_bulk) {
		status = publish(writer, FRESH_LOOSE, err);
		note_step(writer, "check");
		return status;
	}
	if (writer->is_fresh || writer->pending_documents || writer->has_settings ||
	    writer->merged_at != writer->batch) {
		status = finish_names(writer, err);
		if (status == STATUS_OK)
			status = commit(writer, err);
	}
	if (status != STATUS_OK || (!writer->is_fresh && !writer->is_joined))
		return status;
	ledger_release(&writer->ledger);
	store_writer_close(writer->store);
	writer->store = NULL;
	if (writer->is_joined)
		return publish(writer, FRESH_PACKED, err);
	return pack_and_publish(writer, err);
}
