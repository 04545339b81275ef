/*
 * bulk_testing.h: small databases put together from tables by hand, and read by libxapian. Each document has one term, "rain", at some
 * positions, and a record.
 */
#ifndef DATELINE_BULK_TESTING_H
#define DATELINE_BULK_TESTING_H

#include "../../indexer/bulk/metadata.h"
#include "../../indexer/bulk/packing.h"
#include "../../indexer/bulk/table.h"
#include "../../indexer/bulk/termlist.h"
#include "../../indexer/bulk/version_file.h"

#include "store_testing.h"

static uint64_t seed = 20160314;

static inline uint32_t random_below(uint32_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * limit >> 32);
}

static inline struct str random_bytes(size_t len)
{
	char *text = arena_alloc(&arena, len);
	for (size_t i = 0; i < len; i++)
		text[i] = (char)random_below(256);
	return (struct str){ text, len };
}

static const uint32_t block_sizes[] = { 2048, 8192, 65536 };

#define BLOCK_SIZES 3

/* In the folder of the test, or at a path from the root. */
static inline struct table *new_table(const char *name, uint32_t block_size)
{
	struct table *table;
	assert_ok(table_create(name[0] == '/' ? name : path(name), block_size, &table, &err));
	return table;
}

struct made_document {
	struct str record;
	const uint32_t *positions;
	uint32_t count; /* of positions, and the wdf */
};

struct made_database {
	const char *name; /* of its folder */
	uint32_t block_size;
	const struct made_document *documents; /* 1 and on */
	uint32_t count;
	struct table *tables[BULK_TABLES];
	struct table_root roots[BULK_TABLES];
	struct bulk_statistics statistics;
};

static inline struct str end_of_key(const char *key, const char *end)
{
	return (struct str){ key, (size_t)(end - key) };
}

static inline void make_tables(struct made_database *made)
{
	ck_assert_int_eq(mkdir(path(made->name), 0777), 0);
	for (int i = 0; i < BULK_TABLES; i++) {
		if (i == BULK_SPELLINGS || i == BULK_SYNONYMS)
			continue;
		buffer_reset(&place);
		buffer_add_format(&place, "%s/%s/%s", folder, made->name, bulk_table_file(i));
		assert_ok(table_create(place.data, made->block_size, &made->tables[i], &err));
	}
}

static inline void count_document(struct bulk_statistics *statistics, uint32_t wdf)
{
	statistics->documents++;
	statistics->last_document++;
	if (wdf && (statistics->shortest == 0 || wdf < statistics->shortest))
		statistics->shortest = wdf;
	if (wdf > statistics->longest)
		statistics->longest = statistics->greatest_wdf = wdf;
	statistics->total_length += wdf;
}

static inline void add_document(struct made_database *made, uint32_t id)
{
	const struct made_document *document = &made->documents[id - 1];
	char key[16];
	const struct str id_key = end_of_key(key, pack_sortable(key, id));
	if (document->record.len)
		assert_ok(table_add(made->tables[BULK_RECORDS], id_key, document->record, &err));
	struct buffer tag = { 0 };
	struct termlist list;
	termlist_begin(&list, &tag, document->count, document->count > 0);
	if (document->count)
		termlist_add(&list, STR("rain"), 0, document->count);
	assert_ok(table_add(made->tables[BULK_TERMLISTS], id_key, buffer_str(&tag), &err));
	buffer_reset(&tag);
	if (document->count) {
		char *to = buffer_extend(&tag, POSITIONS_ROOM(document->count));
		tag.len = (size_t)(pack_positions(to, document->positions, document->count) - to);
		char *end = pack_sortable(pack_term(key, STR("rain"), true), id);
		assert_ok(table_add(made->tables[BULK_POSITIONS], end_of_key(key, end),
				    buffer_str(&tag), &err));
	}
	buffer_release(&tag);
	count_document(&made->statistics, document->count);
}

/* One chunk, of the lengths of all documents or of those that have the term. */
static inline void add_list(struct made_database *made, struct str key, bool lengths)
{
	struct buffer entries = { 0 }, tag = { 0 };
	uint32_t first = 0, last = 0, count = 0;
	uint64_t total = 0;
	for (uint32_t id = 1; id <= made->count; id++) {
		const uint32_t wdf = made->documents[id - 1].count;
		if (wdf == 0 && !lengths)
			continue;
		if (count++)
			buffer_add_varint(&entries, id - last - 1);
		else
			first = id;
		buffer_add_varint(&entries, wdf);
		last = id;
		total += wdf;
	}
	buffer_add_varint(&tag, lengths ? 0 : count);
	buffer_add_varint(&tag, lengths ? 0 : total);
	buffer_add_varint(&tag, first - 1);
	buffer_add_char(&tag, '1');
	buffer_add_varint(&tag, last - first);
	buffer_add_str(&tag, buffer_str(&entries));
	if (count)
		assert_ok(table_add(made->tables[BULK_POSTINGS], key, buffer_str(&tag), &err));
	buffer_release(&entries);
	buffer_release(&tag);
}

/* Finishes the tables and writes the version file; again, when something was changed. */
static inline void publish_made(struct made_database *made)
{
	for (int i = 0; i < BULK_TABLES; i++)
		if (made->tables[i])
			assert_ok(table_finish(made->tables[i], &made->roots[i], &err));
	assert_ok(version_file_write(path(made->name), made->roots, made->block_size,
				     &made->statistics, (const unsigned char *)"0123456789abcdef",
				     true, &err));
}

static inline void add_documents(struct made_database *made)
{
	for (uint32_t id = 1; id <= made->count; id++)
		add_document(made, id);
	add_list(made, (struct str){ "\0\xe0", 2 }, true);
	add_list(made, STR("rain"), false);
}

static inline void free_made(struct made_database *made)
{
	for (int i = 0; i < BULK_TABLES; i++)
		table_free(made->tables[i]);
}

/* libxapian finds nothing wrong with it. */
static inline void assert_whole(const struct made_database *made)
{
	struct buffer report = { 0 };
	uint32_t faults;
	assert_ok(store_check(path(made->name), &report, &faults, &err));
	ck_assert_msg(faults == 0, "%.*s", STR_ARG(buffer_str(&report)));
	buffer_release(&report);
}

static inline void set_schema(struct metadata *metadata)
{
	char version[16];
	snprintf(version, sizeof(version), "%d", SCHEMA_VERSION);
	metadata_set(metadata, STR(META_SCHEMA), str_from(version));
}

/* Keys and values are those of `metadata`, and no others. */
static inline void assert_metadata(struct store *store, const struct metadata *metadata)
{
	struct term_entry *entries;
	size_t count, expected = 0;
	assert_ok(store_metadata_keys(store, STR(""), SIZE_MAX, &arena, &entries, &count, &err));
	for (size_t i = 0; i < metadata->keys.count; i++) {
		const struct str key = metadata->keys.keys[i];
		expected += metadata->values[i].len > 0;
		buffer_reset(&bytes);
		assert_ok(store_metadata(store, key, &bytes, &err));
		ck_assert(str_equal(buffer_str(&bytes), metadata->values[i]));
	}
	ck_assert_uint_eq(count, expected);
	for (size_t i = 0; i < count; i++) {
		struct str value;
		ck_assert(metadata_find(metadata, entries[i].term, &value) && value.len > 0);
		ck_assert(i == 0 || str_compare(entries[i - 1].term, entries[i].term) < 0);
	}
}

#endif
