#include "writer_inside.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* ---- beginning ---- */

/* What is to come must be more than one part in so many of what is there. */
#define WORTH_A_PART 10

/* An index takes about twice the bytes of its articles as they are given. */
#define INDEX_BYTES_A_BYTE 2

/* Bytes of the files of the index; 0 when they cannot be looked at. */
static uint64_t index_bytes(const char *path)
{
	uint64_t bytes = 0;
	struct buffer name = { 0 };
	for (int i = 0; i < BULK_TABLES; i++) {
		struct stat info;
		buffer_reset(&name);
		buffer_add_format(&name, "%s/%s", path, bulk_table_file((enum bulk_table)i));
		if (stat(name.data, &info) == 0)
			bytes += (uint64_t)info.st_size;
	}
	buffer_release(&name);
	return bytes;
}

enum status bulk_begin(struct writer *writer, const struct writer_options *options, struct error *err)
{
	struct buffer folder = { 0 };
	fresh_folder(&writer->fresh, FRESH_LOOSE, &folder);
	const struct builder_options builder = {
		.folder = folder.data,
		.memory = options->memory,
		.jobs = options->jobs,
		.first_document = writer->opened_last_id + 1,
	};
	const enum status status = builder_new(&builder, &writer->builder, err);
	buffer_release(&folder);
	if (status != STATUS_OK)
		return status;
	/* What is set goes into the index when the articles do. */
	writer->ledger.live = NULL;
	clock_gettime(CLOCK_MONOTONIC, &writer->step_began);
	writer->inverters = memory_zero(options->jobs, sizeof(struct inverter *));
	for (unsigned i = 0; i < options->jobs; i++)
		writer->inverters[i] = builder_inverter(writer->builder, i);
	return STATUS_OK;
}

static bool is_worth_it(const struct writer_options *options)
{
	return options->way == WRITER_BULK &&
	       options->expected > index_bytes(options->path) / INDEX_BYTES_A_BYTE / WORTH_A_PART;
}

/* What is built, and it and the index once more. */
static bool has_room(const char *folder, const struct writer_options *options)
{
	struct statvfs room;
	const uint64_t needed =
		index_bytes(options->path) + 2 * INDEX_BYTES_A_BYTE * options->expected;
	return statvfs(folder, &room) == 0 && (uint64_t)room.f_bavail * room.f_frsize > needed;
}

/*
 * What can be written to in place cannot always be replaced: when it is where a file system is mounted, when it is another
 * user's, when something else lies in its directory.
 */
static bool may_be_replaced(const struct writer *writer, const struct writer_options *options)
{
	struct stat old, fresh;
	return stat(writer->fresh.target.data, &old) == 0 &&
	       stat(writer->fresh.path.data, &fresh) == 0 && old.st_dev == fresh.st_dev &&
	       old.st_uid == geteuid() &&
	       target_may_go(writer->fresh.target.data, NULL) == STATUS_OK &&
	       has_room(writer->fresh.path.data, options);
}

enum status bulk_begin_aside(struct writer *writer, const struct writer_options *options,
			     struct error *err)
{
	if (!is_worth_it(options))
		return STATUS_OK;
	const enum status status = fresh_make(options->path, &writer->fresh, err);
	if (status == STATUS_LOCKED)
		return status;
	if (status == STATUS_OK && may_be_replaced(writer, options)) {
		writer->replaces = true;
		return bulk_begin(writer, options, err);
	}
	fresh_discard(&writer->fresh);
	return STATUS_OK;
}

void bulk_release(struct writer *writer)
{
	builder_free(writer->builder);
	writer->builder = NULL;
	free(writer->inverters);
	writer->inverters = NULL;
	late_release(&writer->late);
}

struct inverter *const *writer_inverters(const struct writer *writer)
{
	return writer->builder ? writer->inverters : NULL;
}

/* ---- articles ---- */

/* What others put into the fresh directory is not thrown away, so nothing may be left in it but its folders. */
static enum status put_late(struct writer *writer, const struct prepared *prepared,
			    uint32_t document, struct error *err)
{
	struct buffer folder = { 0 };
	enum status status = store_document_fits(&prepared->document, err);
	fresh_folder(&writer->fresh, FRESH_LOOSE, &folder);
	if (status == STATUS_OK)
		status = late_add(&writer->late, folder.data, document, &prepared->document,
				  prepared->checksum, err);
	buffer_release(&folder);
	return status;
}

enum status bulk_put(struct writer *writer, const struct prepared *prepared, uint32_t *document,
		     struct error *err)
{
	if (*document)
		return put_late(writer, prepared, *document, err);
	const enum status status = builder_add(writer->builder, &prepared->inverted,
					       &prepared->document, document, err);
	if (status != STATUS_OK)
		return status;
	builder_set_aside(writer->builder,
			  id_table_memory(&writer->ids) + catalog_memory(&writer->catalog));
	writer->digest += prepared->checksum;
	writer->count++;
	return STATUS_OK;
}

/* ---- articles that replace others ---- */

static enum status replace_late(struct writer *writer, struct error *err)
{
	struct arena arena = { 0 };
	enum status status = late_rewind(&writer->late, err);
	for (uint64_t i = 0; i < writer->late.count && status == STATUS_OK; i++) {
		struct late_document late;
		arena_reset(&arena);
		status = late_next(&writer->late, &arena, &late, err);
		if (status == STATUS_OK)
			status = replace_document(writer, late.id, &late.document, late.checksum,
						  err);
	}
	arena_release(&arena);
	return status;
}

/* ---- going on with libxapian ---- */

/* What was built, when it is an index, or nothing but documents. */
static enum status write_built(struct writer *writer, const struct metadata *metadata,
			       uint32_t *count, struct error *err)
{
	*count = builder_count(writer->builder);
	const enum status status = *count || writer->is_fresh
					   ? builder_write(writer->builder, metadata, err)
					   : STATUS_OK;
	builder_free(writer->builder);
	writer->builder = NULL;
	return status;
}

/* The old index stays open, so that nobody writes to it. */
static enum status join(struct writer *writer, const char *built, struct error *err)
{
	struct buffer joined = { 0 };
	const struct store_writer_options options = { .flush_every = FLUSH_DOCUMENTS };
	fresh_folder(&writer->fresh, FRESH_PACKED, &joined);
	enum status status = store_join(writer->fresh.target.data, built, joined.data, err);
	writer->replaced = writer->store;
	writer->store = NULL;
	writer->is_joined = true;
	if (status == STATUS_OK)
		status = store_writer_open(joined.data, &options, &writer->store, err);
	buffer_release(&joined);
	return status;
}

/*
 * A join copies the whole index: some articles are written into it one by one for less. That they are few is known only now,
 * as most of what was read may have been there already.
 */
static enum status add_built(struct writer *writer, const char *built, struct error *err)
{
	const struct metadata none = { 0 };
	uint32_t count;
	enum status status = write_built(writer, &none, &count, err);
	if (status != STATUS_OK)
		return status;
	if (count > writer->count / (WORTH_A_PART + 1))
		return join(writer, built, err);
	if (count)
		status = store_add_all(writer->store, built, err);
	fresh_discard(&writer->fresh);
	return status;
}

static enum status open_built(struct writer *writer, const char *built, struct error *err)
{
	const struct store_writer_options options = { .flush_every = FLUSH_DOCUMENTS };
	uint32_t count;
	const enum status status = write_built(writer, &writer->ledger.gathered, &count, err);
	return status == STATUS_OK ? store_writer_open(built, &options, &writer->store, err) : status;
}

enum status writer_go_live(struct writer *writer, struct error *err)
{
	struct buffer built = { 0 };
	if (!writer->builder)
		return STATUS_OK;
	fresh_folder(&writer->fresh, FRESH_LOOSE, &built);
	enum status status = writer->is_fresh ? open_built(writer, built.data, err)
					      : add_built(writer, built.data, err);
	if (status == STATUS_OK)
		status = ledger_go_live(&writer->ledger, writer->store, err);
	if (status == STATUS_OK)
		status = replace_late(writer, err);
	late_release(&writer->late);
	buffer_release(&built);
	return status;
}

/* ---- the end ---- */

void note_step(struct writer *writer, const char *name)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (writer->step_count < WRITER_STEPS_MAX)
		writer->steps[writer->step_count++] = (struct writer_step){
			name,
			(double)(now.tv_sec - writer->step_began.tv_sec) +
				(double)(now.tv_nsec - writer->step_began.tv_nsec) / 1e9,
		};
	writer->step_began = now;
}

const struct writer_step *writer_steps(const struct writer *writer, size_t *count)
{
	*count = writer->step_count;
	return writer->steps;
}

/* The names are decided about by what the tables say, which are there for that without them. */
static enum status note_names(struct writer *writer, const char *folder, struct error *err)
{
	enum status status = store_open(folder, &writer->ledger.view, err);
	if (status == STATUS_OK)
		status = finish_names(writer, err);
	if (status == STATUS_OK)
		status = note_commit(writer, err);
	store_close(writer->ledger.view);
	writer->ledger.view = NULL;
	return status;
}

enum status bulk_finish(struct writer *writer, struct error *err)
{
	struct buffer folder = { 0 };
	fresh_folder(&writer->fresh, FRESH_LOOSE, &folder);
	note_step(writer, "articles");
	enum status status = builder_write(writer->builder, &writer->ledger.gathered, err);
	note_step(writer, "tables");
	if (status == STATUS_OK)
		status = note_names(writer, folder.data, err);
	note_step(writer, "names");
	if (status == STATUS_OK)
		status = builder_finish(writer->builder, &writer->ledger.gathered, err);
	note_step(writer, "disk");
	buffer_release(&folder);
	return status;
}
