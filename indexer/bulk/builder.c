#include "builder.h"

#include "merge_runs.h"
#include "packing.h"
#include "postlist.h"
#include "values.h"

#include "dateline/record.h"

#include <endian.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Of the memory that is allowed, one part in so many is not for the inverters: the values at work, and the blocks of four tables. Neither is
 * what grows with the documents, but a quarter of all is theirs whatever that comes to.
 */
#define OTHER_PART 16
#define LEAST_PART 4

/* Limits are set anew when what grows has grown by so much. */
#define GROWTH ((size_t)1 << 20)

struct builder {
	char *folder;
	uint32_t block_size;
	struct inverter **inverters;
	unsigned jobs;
	uint64_t memory; /* that is allowed */
	size_t grown;    /* as the inverters know */

	uint32_t *ids;                       /* by sequence */
	size_t sequences, sequence_capacity; /* how many are known of */
	uint8_t *slots;                      /* by document */
	size_t slot_capacity;
	struct postlist lengths;
	struct values *values;

	uint32_t first_document, next_document;
	struct bulk_statistics statistics;
	uint64_t digest; /* of all that the documents are */

	struct table *tables[BULK_TABLES];
	struct table_root roots[BULK_TABLES];
};

/* ---- beginning ---- */

static enum status open_table(struct builder *builder, enum bulk_table kind, struct error *err)
{
	struct buffer path = { 0 };
	buffer_add_format(&path, "%s/%s", builder->folder, bulk_table_file(kind));
	const enum status status =
		table_create(path.data, builder->block_size, &builder->tables[kind], err);
	buffer_release(&path);
	return status;
}

/* Bytes for each inverter. */
static size_t share(const struct builder *builder)
{
	const uint64_t taken = builder->memory / OTHER_PART + builder->grown;
	const uint64_t least = builder->memory / LEAST_PART;
	const uint64_t all = taken + least < builder->memory ? builder->memory - taken : least;
	return (size_t)(all / builder->jobs);
}

static void make_inverters(struct builder *builder, const struct builder_options *options)
{
	const unsigned jobs = options->jobs ? options->jobs : 1;
	builder->memory = options->memory;
	builder->jobs = jobs;
	const struct inverter_options each = { .folder = builder->folder, .memory = share(builder) };
	builder->inverters = memory_zero(jobs, sizeof(struct inverter *));
	for (unsigned i = 0; i < jobs; i++)
		builder->inverters[i] = inverter_new(&each);
}

enum status builder_new(const struct builder_options *options, struct builder **builder,
			struct error *err)
{
	static const enum bulk_table tables[] = { BULK_POSTINGS, BULK_RECORDS, BULK_TERMLISTS,
						  BULK_POSITIONS };
	const size_t path_size = strlen(options->folder) + 1;
	struct builder *made = memory_zero(1, sizeof(*made));
	*builder = made;
	made->folder = memory_alloc(path_size);
	memcpy(made->folder, options->folder, path_size);
	made->block_size = options->block_size ? options->block_size : TABLE_BLOCK_SIZE;
	made->first_document = options->first_document ? options->first_document : 1;
	made->next_document = made->first_document;
	make_inverters(made, options);
	if (mkdir(made->folder, 0777) && errno != EEXIST)
		return error_system(err, "make", made->folder);
	enum status status = values_new(made->folder, &made->values, err);
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables) && !status; i++)
		status = open_table(made, tables[i], err);
	return status;
}

static void free_inverters(struct builder *builder)
{
	for (unsigned i = 0; i < builder->jobs; i++)
		inverter_free(builder->inverters[i]);
	free(builder->inverters);
	builder->inverters = NULL;
	builder->jobs = 0;
}

/* What is only needed until the tables are written. */
static void free_material(struct builder *builder)
{
	free_inverters(builder);
	free(builder->ids);
	free(builder->slots);
	builder->ids = NULL;
	builder->slots = NULL;
	postlist_release(&builder->lengths);
	values_free(builder->values);
	builder->values = NULL;
}

void builder_free(struct builder *builder)
{
	if (!builder)
		return;
	free_material(builder);
	for (int i = 0; i < BULK_TABLES; i++)
		table_free(builder->tables[i]);
	free(builder->folder);
	free(builder);
}

struct inverter *builder_inverter(struct builder *builder, unsigned worker)
{
	return builder->inverters[worker];
}

/* ---- documents ---- */

/* The sequences between the last and this one became no documents. */
static void note_id(struct builder *builder, uint32_t sequence, uint32_t id)
{
	for (; builder->sequences <= sequence; builder->sequences++) {
		memory_reserve(&builder->ids, &builder->sequence_capacity, builder->sequences,
			       sizeof(*builder->ids));
		builder->ids[builder->sequences] = 0;
	}
	builder->ids[sequence] = id;
}

static void note_slots(struct builder *builder, uint32_t id, uint8_t slots)
{
	while (builder->slot_capacity <= id) {
		const size_t before = builder->slot_capacity;
		memory_reserve(&builder->slots, &builder->slot_capacity, before,
			       sizeof(*builder->slots));
		memset(builder->slots + before, 0, builder->slot_capacity - before);
	}
	builder->slots[id] = slots;
}

static void count_document(struct bulk_statistics *statistics, uint32_t id,
			   const struct inverted *inverted)
{
	const uint32_t length = inverted->length;
	statistics->documents++;
	statistics->last_document = id;
	if (length && (!statistics->shortest || length < statistics->shortest))
		statistics->shortest = length;
	if (length > statistics->longest)
		statistics->longest = length;
	if (inverted->greatest_wdf > statistics->greatest_wdf)
		statistics->greatest_wdf = inverted->greatest_wdf;
	statistics->total_length += length;
}

static void digest(struct builder *builder, uint64_t number)
{
	const uint64_t both[2] = { htole64(builder->digest), htole64(number) };
	builder->digest = hash_bytes(both, sizeof(both));
}

static enum status add_values(struct builder *builder, const struct document *document, uint32_t id,
			      struct error *err)
{
	enum status status = STATUS_OK;
	unsigned slots = 0;
	for (size_t i = 0; i < document->value_count && !status; i++) {
		const struct value *value = &document->values[i];
		if (value->bytes.len == 0)
			continue;
		if (value->slot >= VALUES_SLOTS)
			return error_set(err, STATUS_BAD_REQUEST, "there is no slot %u",
					 (unsigned)value->slot);
		slots |= 1u << value->slot;
		status = values_add(builder->values, id, value->slot, value->bytes, err);
	}
	note_slots(builder, id, (uint8_t)slots);
	return status;
}

static enum status add_record(struct builder *builder, struct str record, uint32_t id,
			      struct error *err)
{
	char key[PACKED_SORTABLE_MAX];
	if (record.len == 0)
		return STATUS_OK;
	const struct str packed = { key, (size_t)(pack_sortable(key, id) - key) };
	return table_add(builder->tables[BULK_RECORDS], packed, record, err);
}

enum status builder_add(struct builder *builder, const struct inverted *inverted,
			const struct document *document, uint32_t *id, struct error *err)
{
	if (inverted->sequence < builder->sequences)
		return error_set(err, STATUS_BAD_REQUEST, "articles come out of their order");
	/* Behind the greatest number comes 0. */
	if (!builder->next_document)
		return error_set(err, STATUS_SYSTEM, "the index has no numbers left for articles");
	*id = builder->next_document;
	note_id(builder, inverted->sequence, *id);
	postlist_add(&builder->lengths, *id, inverted->length);
	count_document(&builder->statistics, *id, inverted);
	digest(builder, record_checksum(document->record) + document->record.len);
	digest(builder, (uint64_t)inverted->length << 32 | inverted->greatest_wdf);
	enum status status = add_values(builder, document, *id, err);
	if (!status)
		status = add_record(builder, document->record, *id, err);
	builder->next_document++;
	return status;
}

void builder_set_aside(struct builder *builder, size_t bytes)
{
	const size_t grown = bytes + builder->sequence_capacity * sizeof(*builder->ids) +
			     builder->slot_capacity * sizeof(*builder->slots) +
			     builder->lengths.capacity + table_memory(builder->tables[BULK_RECORDS]);
	if (grown < builder->grown + GROWTH)
		return;
	builder->grown = grown;
	for (unsigned i = 0; i < builder->jobs; i++)
		inverter_limit(builder->inverters[i], share(builder));
}

uint32_t builder_count(const struct builder *builder)
{
	return builder->statistics.documents;
}

/* ---- work side by side ---- */

struct task {
	enum status (*run)(struct task *task);
	struct builder *builder;
	const struct bulk_runs *runs;
	const struct metadata *metadata;
	pthread_t thread;
	enum bulk_table table;
	enum status status;
	struct error err;
	bool has_thread;
};

static void *run_task(void *data)
{
	struct task *task = data;
	task->status = task->run(task);
	return NULL;
}

/* The first is done by this thread, and so are those that get none. The failure that counts is that of the first task that failed. */
static enum status run_tasks(struct task *tasks, size_t count, struct error *err)
{
	for (size_t i = 1; i < count; i++)
		tasks[i].has_thread = pthread_create(&tasks[i].thread, NULL, run_task, &tasks[i]) ==
				      0;
	for (size_t i = 0; i < count; i++)
		if (!tasks[i].has_thread)
			run_task(&tasks[i]);
	for (size_t i = 0; i < count; i++)
		if (tasks[i].has_thread)
			pthread_join(tasks[i].thread, NULL);
	for (size_t i = 0; i < count; i++) {
		if (!tasks[i].status)
			continue;
		if (err)
			*err = tasks[i].err;
		return tasks[i].status;
	}
	return STATUS_OK;
}

/* ---- tables ---- */

static enum status finish_table(struct builder *builder, enum bulk_table kind, struct error *err)
{
	return table_finish(builder->tables[kind], &builder->roots[kind], err);
}

/* A table that libxapian makes when it gets its first entry is not there without one. */
static enum status finish_or_remove(struct builder *builder, enum bulk_table kind, struct error *err)
{
	enum status status = finish_table(builder, kind, err);
	if (status || builder->roots[kind].entries)
		return status;
	struct buffer path = { 0 };
	buffer_add_format(&path, "%s/%s", builder->folder, bulk_table_file(kind));
	if (unlink(path.data))
		status = error_system(err, "remove", path.data);
	buffer_release(&path);
	table_free(builder->tables[kind]);
	builder->tables[kind] = NULL;
	builder->roots[kind] = (struct table_root){ 0 };
	return status;
}

static enum status write_front(struct builder *builder, const struct metadata *metadata,
			       struct error *err)
{
	const enum status status = metadata_write(metadata, builder->tables[BULK_POSTINGS], err);
	return status ? status : finish_table(builder, BULK_POSTINGS, err);
}

static enum status write_postings(struct task *task)
{
	struct builder *builder = task->builder;
	struct table *table = builder->tables[BULK_POSTINGS];
	enum status status = values_write(builder->values, table, &task->err);
	if (!status)
		status = postlist_end_lengths(&builder->lengths, table, &task->err);
	if (!status)
		status = merge_postings(task->runs, table, &task->err);
	return status ? status : write_front(builder, task->metadata, &task->err);
}

static enum status write_positions(struct task *task)
{
	const enum status status =
		merge_positions(task->runs, task->builder->tables[BULK_POSITIONS], &task->err);
	return status ? status : finish_or_remove(task->builder, BULK_POSITIONS, &task->err);
}

/*
 * Of the records only the last blocks are to be written. Both are done long before the others, and are on their way to the disk
 * while those are made.
 */
static enum status write_termlists(struct task *task)
{
	struct builder *builder = task->builder;
	enum status status = merge_termlists(task->runs, builder->tables[BULK_TERMLISTS], &task->err);
	if (!status)
		status = finish_table(builder, BULK_TERMLISTS, &task->err);
	if (!status)
		status = finish_or_remove(builder, BULK_RECORDS, &task->err);
	if (!status)
		status = table_sync(builder->tables[BULK_TERMLISTS], &task->err);
	if (!status && builder->tables[BULK_RECORDS])
		status = table_sync(builder->tables[BULK_RECORDS], &task->err);
	return status;
}

/* ---- the version file ---- */

/* The name of the database hangs on what it is made of alone, so that the same articles give the same bytes. */
static void make_uuid(const struct builder *builder, unsigned char uuid[16])
{
	const struct bulk_statistics *statistics = &builder->statistics;
	const uint64_t parts[] = {
		htole64(builder->digest),
		htole64(statistics->total_length),
		htole64((uint64_t)statistics->documents << 32 | statistics->last_document),
		htole64(builder->roots[BULK_POSTINGS].entries),
		htole64(builder->roots[BULK_POSITIONS].entries),
	};
	hash_bytes_128(parts, sizeof(parts), uuid);
	uuid[6] = (unsigned char)((uuid[6] & 0x0f) | 0x80); /* version 8, of what RFC 9562 leaves open */
	uuid[8] = (unsigned char)((uuid[8] & 0x3f) | 0x80);
}

static enum status write_version(const struct builder *builder, bool durable, struct error *err)
{
	unsigned char uuid[16];
	make_uuid(builder, uuid);
	return version_file_write(builder->folder, builder->roots, builder->block_size,
				  &builder->statistics, uuid, durable, err);
}

/* ---- the end ---- */

static void gather_runs(const struct builder *builder, struct bulk_runs *runs)
{
	const struct run **list = NULL;
	size_t capacity = 0;
	*runs = (struct bulk_runs){
		.documents = { builder->ids, builder->sequences, builder->slots },
	};
	for (unsigned i = 0; i < builder->jobs; i++) {
		size_t count;
		const struct run *of_one = inverter_runs(builder->inverters[i], &count);
		for (size_t j = 0; j < count; j++) {
			memory_reserve(&list, &capacity, runs->count, sizeof(struct run *));
			list[runs->count++] = &of_one[j];
		}
	}
	runs->runs = list;
}

enum status builder_write(struct builder *builder, const struct metadata *metadata, struct error *err)
{
	struct bulk_runs runs;
	gather_runs(builder, &runs);
	struct task tasks[] = {
		{ .run = write_positions, .builder = builder, .runs = &runs },
		{ .run = write_postings, .builder = builder, .runs = &runs, .metadata = metadata },
		{ .run = write_termlists, .builder = builder, .runs = &runs },
	};
	const enum status status = run_tasks(tasks, sizeof(tasks) / sizeof(*tasks), err);
	free((void *)runs.runs);
	free_material(builder);
	return status ? status : write_version(builder, false, err);
}

static enum status sync_one(struct task *task)
{
	return table_sync(task->builder->tables[task->table], &task->err);
}

/* Each waits for the disk, not for the others. */
static enum status sync_tables(struct builder *builder, struct error *err)
{
	struct task tasks[BULK_TABLES];
	size_t count = 0;
	for (int i = 0; i < BULK_TABLES; i++)
		if (builder->tables[i])
			tasks[count++] = (struct task){
				.run = sync_one,
				.builder = builder,
				.table = (enum bulk_table)i,
			};
	return run_tasks(tasks, count, err);
}

enum status builder_finish(struct builder *builder, const struct metadata *metadata,
			   struct error *err)
{
	enum status status = write_front(builder, metadata, err);
	if (!status)
		status = sync_tables(builder, err);
	return status ? status : write_version(builder, true, err);
}
