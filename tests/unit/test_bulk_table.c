/* Tables written from the first key to the last, and read by libxapian: all sizes, fronts, changes. */
#include "bulk_testing.h"

#include "dateline/file.h"

#include <libdeflate.h>

/* ---- documents ---- */

#define DOCUMENTS 400

/* Most records are some hundred bytes; some are nothing, some longer than a block. */
static struct made_document random_document(uint32_t block_size)
{
	struct made_document document = { 0 };
	const uint32_t kind = random_below(20);
	if (kind > 2)
		document.record = random_bytes(random_below(900));
	else if (kind)
		document.record = random_bytes(random_below(6 * block_size));
	document.count = random_below(4) ? random_below(6) : random_below(4000);
	uint32_t *positions = arena_alloc(&arena, document.count * sizeof(*positions));
	const uint32_t most = 1 + random_below(100);
	for (uint32_t i = 0, at = 1 + random_below(2); i < document.count; i++) {
		positions[i] = at;
		at += 1 + random_below(most);
	}
	document.positions = positions;
	return document;
}

static void assert_positions(struct store *store, uint32_t id, const struct made_document *document)
{
	struct buffer expected = { 0 };
	buffer_reset(&bytes);
	assert_ok(store_positions(store, id, &bytes, &err));
	if (document->count) {
		buffer_add_counted(&expected, STR("rain"));
		buffer_add_varint(&expected, document->count);
	}
	for (uint32_t i = 0; i < document->count; i++)
		buffer_add_varint(&expected, document->positions[i]);
	ck_assert(str_equal(buffer_str(&expected), buffer_str(&bytes)));
	buffer_release(&expected);
}

static void assert_documents(const struct made_database *made)
{
	struct store *store = open_reader(made->name);
	struct term_entry *terms;
	size_t count;
	ck_assert_uint_eq(store_count(store), made->count);
	for (uint32_t id = 1; id <= made->count; id++) {
		const struct made_document *document = &made->documents[id - 1];
		ck_assert(str_equal(record_of(store, id), document->record));
		assert_positions(store, id, document);
		assert_ok(store_document_terms(store, id, STR(""), &arena, &terms, &count, &err));
		ck_assert_uint_eq(count, document->count > 0);
		ck_assert(count == 0 || terms[0].frequency == document->count);
	}
	store_close(store);
}

START_TEST(documents_are_read_back)
{
	struct made_document documents[DOCUMENTS];
	struct metadata metadata = { 0 };
	struct made_database made = { .name = "db", .documents = documents, .count = DOCUMENTS };
	made.block_size = block_sizes[_i];
	for (uint32_t i = 0; i < DOCUMENTS; i++)
		documents[i] = random_document(made.block_size);
	set_schema(&metadata);
	make_tables(&made);
	add_documents(&made);
	assert_ok(metadata_write(&metadata, made.tables[BULK_POSTINGS], &err));
	publish_made(&made);
	ck_assert_uint_gt(made.roots[BULK_RECORDS].level, 0);
	assert_ok(table_sync(made.tables[BULK_RECORDS], &err));
	assert_whole(&made);
	assert_documents(&made);
	free_made(&made);
	metadata_release(&metadata);
}
END_TEST

START_TEST(a_database_of_nothing)
{
	struct metadata metadata = { 0 };
	struct made_database made = { .name = "db", .block_size = block_sizes[_i] };
	make_tables(&made);
	add_documents(&made);
	publish_made(&made);
	ck_assert_uint_eq(made.roots[BULK_POSTINGS].blocks, 1);
	ck_assert_uint_eq(made.roots[BULK_POSTINGS].entries, 0);
	assert_whole(&made);
	set_schema(&metadata);
	assert_ok(metadata_write(&metadata, made.tables[BULK_POSTINGS], &err));
	publish_made(&made);
	ck_assert_uint_eq(made.roots[BULK_POSTINGS].blocks, 1);
	ck_assert_uint_eq(made.roots[BULK_POSTINGS].entries, 1);
	assert_whole(&made);
	assert_documents(&made);
	free_made(&made);
	metadata_release(&metadata);
}
END_TEST

/* What libxapian makes of the same records, packed, is not smaller; and little more is there than the records. */
START_TEST(blocks_are_full)
{
	struct made_document documents[DOCUMENTS] = { 0 };
	struct made_database made = { .name = "db", .documents = documents, .count = DOCUMENTS };
	made.block_size = 8192;
	struct store_writer *writer = create("beside");
	size_t total = 0;
	for (uint32_t i = 0, id; i < DOCUMENTS; i++) {
		documents[i].record = random_bytes(random_below(3000));
		total += documents[i].record.len;
		const struct document document = { .record = documents[i].record };
		assert_ok(store_add(writer, &document, &id, &err));
	}
	finish(writer);
	struct buffer beside = { 0 };
	buffer_add_text(&beside, path("beside"));
	assert_ok(store_pack(beside.data, path("packed"), &err));
	make_tables(&made);
	add_documents(&made);
	publish_made(&made);
	struct stat packed, own;
	ck_assert_int_eq(stat(path("packed/docdata.glass"), &packed), 0);
	ck_assert_int_eq(stat(path("db/docdata.glass"), &own), 0);
	ck_assert_int_le(own.st_size, packed.st_size);
	ck_assert_int_lt(own.st_size, (off_t)(total + total / 30));
	ck_assert_int_eq(own.st_size, (off_t)made.roots[BULK_RECORDS].blocks * 8192);
	free_made(&made);
	buffer_release(&beside);
}
END_TEST

static uint32_t number_16(const unsigned char *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

/* So that the same keys and tags are the same bytes, and nothing of the memory of the program is in them. */
START_TEST(unused_bytes_are_zeros)
{
	struct table_root root;
	struct table *table;
	const uint32_t size = block_sizes[_i];
	assert_ok(table_create(path("table"), size, &table, &err));
	for (uint32_t i = 0; i < 3000; i++) {
		char key[PACKED_SORTABLE_MAX];
		assert_ok(table_add(table, end_of_key(key, pack_sortable(key, i)),
				    random_bytes(300 + random_below(50)), &err));
	}
	assert_ok(table_front(table, &err));
	assert_ok(table_finish(table, &root, &err));
	assert_ok(file_read(path("table"), "table", SIZE_MAX, &bytes, &err));
	ck_assert_uint_eq(bytes.len, (size_t)size * root.blocks);
	size_t unused = 0;
	for (uint32_t i = 0; i < root.blocks; i++) {
		const unsigned char *block = (unsigned char *)bytes.data + (size_t)i * size;
		const uint32_t gap = number_16(block + 5), end = number_16(block + 9);
		for (uint32_t at = 0; at < gap; at++)
			ck_assert_uint_eq(block[end + at], 0);
		unused += gap;
	}
	ck_assert_uint_gt(unused, root.blocks);
	table_free(table);
}
END_TEST

/* Readers get what was deflated, however many pieces it is in. */
START_TEST(deflated_records)
{
	struct metadata metadata = { 0 };
	struct made_document documents[60] = { 0 };
	struct made_database made = { .name = "db", .documents = documents, .count = 60 };
	made.block_size = block_sizes[_i];
	make_tables(&made);
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(1);
	for (uint32_t i = 0; i < 60; i++) {
		char key[PACKED_SORTABLE_MAX];
		char *text = arena_alloc(&arena, 40000), *deflated = arena_alloc(&arena, 50000);
		const size_t len = 1 + random_below(i % 3 ? 40000 : 300);
		for (size_t at = 0; at < len; at++)
			text[at] = (char)('a' + random_below(8));
		const size_t size =
			libdeflate_deflate_compress(compressor, text, len, deflated, 50000);
		assert_ok(table_add_deflated(made.tables[BULK_RECORDS],
					     end_of_key(key, pack_sortable(key, i + 1)),
					     (struct str){ deflated, size }, &err));
		documents[i].record = (struct str){ text, len };
	}
	libdeflate_free_compressor(compressor);
	struct table *records = made.tables[BULK_RECORDS];
	made.tables[BULK_RECORDS] = NULL;
	assert_ok(table_finish(records, &made.roots[BULK_RECORDS], &err));
	struct made_document *with = documents;
	for (uint32_t id = 1; id <= made.count; id++) {
		char key[PACKED_SORTABLE_MAX];
		assert_ok(table_add(made.tables[BULK_TERMLISTS],
				    end_of_key(key, pack_sortable(key, id)), STR(""), &err));
		count_document(&made.statistics, with[id - 1].count);
	}
	add_list(&made, (struct str){ "\0\xe0", 2 }, true);
	set_schema(&metadata);
	assert_ok(metadata_write(&metadata, made.tables[BULK_POSTINGS], &err));
	publish_made(&made);
	assert_whole(&made);
	assert_documents(&made);
	table_free(records);
	free_made(&made);
	metadata_release(&metadata);
}
END_TEST

/* ---- keys and values of all sizes ---- */

/* Many are alike for long, some are short; bytes of all kinds. */
static struct str random_key(struct buffer *key)
{
	if (key->len && random_below(3))
		key->len = random_below((uint32_t)key->len);
	else
		key->len = 0;
	const size_t more = 1 + random_below(random_below(4) ? 8 : 200);
	for (size_t i = 0; i < more && key->len < TABLE_KEY_MAX - 2; i++)
		buffer_add_char(key, (char)(random_below(3) ? 'k' : random_below(256)));
	return buffer_str(key);
}

static struct str random_value(uint32_t block_size)
{
	switch (random_below(100)) {
	case 0:
		return random_bytes(1 + random_below(5 * block_size));
	case 1:
	case 2:
		return random_bytes(1 + random_below(block_size));
	default:
		return random_bytes(1 + random_below(random_below(3) ? 12 : 200));
	}
}

START_TEST(keys_and_values_of_all_sizes)
{
	struct made_database made = { .name = "db" };
	made.block_size = block_sizes[_i % BLOCK_SIZES];
	seed += (uint64_t)_i;
	struct metadata metadata = { 0 };
	struct buffer key = { 0 };
	set_schema(&metadata);
	for (int i = 0; i < 3000; i++) {
		const struct str text = random_key(&key);
		metadata_set(&metadata, text, random_value(made.block_size));
	}
	make_tables(&made);
	assert_ok(metadata_write(&metadata, made.tables[BULK_POSTINGS], &err));
	publish_made(&made);
	assert_whole(&made);
	struct store *store = open_reader("db");
	assert_metadata(store, &metadata);
	store_close(store);
	free_made(&made);
	buffer_release(&key);
	metadata_release(&metadata);
}
END_TEST

/* Keys that differ only at their ends, so that branches hold few: six levels. */
START_TEST(deep_trees)
{
	struct made_database made = { .name = "db", .block_size = 2048 };
	struct metadata metadata = { 0 };
	char key[TABLE_KEY_MAX - 2];
	memset(key, 'k', sizeof(key));
	set_schema(&metadata);
	for (uint32_t i = 0; i < 40000; i++) {
		char digits[16];
		snprintf(digits, sizeof(digits), "%08u", i * 7);
		memcpy(key + sizeof(key) - 8, digits, 8);
		metadata_set(&metadata, (struct str){ key, sizeof(key) }, (struct str){ digits, 8 });
	}
	make_tables(&made);
	assert_ok(metadata_write(&metadata, made.tables[BULK_POSTINGS], &err));
	publish_made(&made);
	ck_assert_uint_eq(made.roots[BULK_POSTINGS].level, 5);
	ck_assert_uint_eq(made.roots[BULK_POSTINGS].entries, 40001);
	assert_whole(&made);
	struct store *store = open_reader("db");
	assert_metadata(store, &metadata);
	store_close(store);
	free_made(&made);
	metadata_release(&metadata);
}
END_TEST

/* ---- fronts ---- */

static void fill_metadata(struct metadata *metadata, uint32_t count)
{
	metadata_release(metadata);
	set_schema(metadata);
	for (uint32_t i = 0; i < count; i++) {
		char key[16];
		snprintf(key, sizeof(key), "%u", random_below(1 << 30));
		metadata_set(metadata, str_from(key), random_bytes(1 + random_below(300)));
	}
}

/* Each is gone when the next is given, whether or not the table was finished between. */
START_TEST(fronts_one_after_another)
{
	struct made_document documents[DOCUMENTS];
	struct made_database made = { .name = "db", .documents = documents };
	made.count = _i < BLOCK_SIZES ? DOCUMENTS : 1;
	made.block_size = block_sizes[_i % BLOCK_SIZES];
	for (uint32_t i = 0; i < made.count; i++)
		documents[i] = random_document(made.block_size);
	make_tables(&made);
	add_documents(&made);
	struct table *table = made.tables[BULK_POSTINGS];
	struct metadata metadata = { 0 };
	static const uint32_t counts[] = { 900, 0, 3, 2000, 0 };
	for (int i = 0; i < 5; i++) {
		if (i == 1 || i == 4) {
			publish_made(&made);
			assert_whole(&made);
		}
		fill_metadata(&metadata, counts[i]);
		assert_ok(metadata_write(&metadata, table, &err));
		if (i == 0)
			continue;
		publish_made(&made);
		assert_whole(&made);
		struct store *store = open_reader("db");
		assert_metadata(store, &metadata);
		store_close(store);
		assert_documents(&made);
		struct stat info;
		ck_assert_int_eq(stat(path("db/postlist.glass"), &info), 0);
		ck_assert_int_eq(info.st_size,
				 (off_t)made.roots[BULK_POSTINGS].blocks * made.block_size);
	}
	free_made(&made);
	metadata_release(&metadata);
}
END_TEST

/* A body alone, and the same with a front of nothing, are both whole. */
START_TEST(a_front_of_nothing)
{
	struct made_document documents[DOCUMENTS];
	struct made_database made = { .name = "db", .documents = documents, .count = DOCUMENTS };
	made.block_size = block_sizes[_i];
	for (uint32_t i = 0; i < DOCUMENTS; i++)
		documents[i] = random_document(made.block_size);
	make_tables(&made);
	add_documents(&made);
	publish_made(&made);
	assert_whole(&made);
	const uint64_t entries = made.roots[BULK_POSTINGS].entries;
	for (int i = 0; i < 2; i++) {
		for (int table = 0; table <= BULK_POSITIONS; table++)
			assert_ok(table_front(made.tables[table], &err));
		publish_made(&made);
		ck_assert_uint_eq(made.roots[BULK_POSTINGS].entries, entries);
		assert_whole(&made);
	}
	free_made(&made);
}
END_TEST

/* ---- changes ---- */

/* Blocks that are full to the last byte are split, and read as before. */
START_TEST(a_writer_goes_on_with_it)
{
	struct made_document documents[DOCUMENTS];
	struct made_database made = { .name = "db", .documents = documents, .count = DOCUMENTS };
	struct metadata metadata = { 0 };
	made.block_size = block_sizes[_i];
	for (uint32_t i = 0; i < DOCUMENTS; i++)
		documents[i] = random_document(made.block_size);
	make_tables(&made);
	add_documents(&made);
	fill_metadata(&metadata, 500);
	assert_ok(metadata_write(&metadata, made.tables[BULK_POSTINGS], &err));
	publish_made(&made);
	free_made(&made);
	struct store_writer *writer = open_writer("db");
	for (int i = 0; i < 300; i++) {
		const uint32_t id = 1 + random_below(DOCUMENTS);
		documents[id - 1] = random_document(made.block_size);
		struct made_document *made_one = &documents[id - 1];
		struct posting posting = { STR("rain"), made_one->positions, made_one->count,
					   made_one->count };
		const struct document document = { .postings = &posting,
						   .posting_count = made_one->count > 0,
						   .record = made_one->record };
		assert_ok(store_replace(writer, id, &document, &err));
	}
	for (size_t i = 0; i < metadata.keys.count; i += 3) {
		const struct str key = metadata.keys.keys[i];
		if (str_equal(key, STR(META_SCHEMA)))
			continue;
		metadata_set(&metadata, key, random_bytes(random_below(2000)));
		assert_ok(store_set_metadata(writer, key, metadata.values[i], &err));
	}
	finish(writer);
	assert_whole(&made);
	assert_documents(&made);
	struct store *store = open_reader("db");
	assert_metadata(store, &metadata);
	store_close(store);
	metadata_release(&metadata);
}
END_TEST

/* ---- memory ---- */

START_TEST(memory_hardly_grows_with_the_table)
{
	struct table_root root;
	struct table *table = new_table("/dev/null", 8192);
	const size_t before = table_memory(table);
	for (uint32_t i = 0; i < 400000; i++) {
		char key[PACKED_SORTABLE_MAX];
		const struct str tag = STR("some bytes that stand for a tag");
		assert_ok(table_add(table, end_of_key(key, pack_sortable(key, i)), tag, &err));
	}
	assert_ok(table_finish(table, &root, &err));
	ck_assert_uint_gt(root.blocks, 1800);
	ck_assert_uint_lt(table_memory(table) - before, (size_t)20 * root.blocks);
	table_free(table);
}
END_TEST

static Suite *bulk_table(void)
{
	Suite *suite = suite_create("bulk table");
	TCase *tests = tcase_create("table");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 300);
	tcase_add_loop_test(tests, documents_are_read_back, 0, BLOCK_SIZES);
	tcase_add_loop_test(tests, a_database_of_nothing, 0, BLOCK_SIZES);
	tcase_add_test(tests, blocks_are_full);
	tcase_add_loop_test(tests, unused_bytes_are_zeros, 0, BLOCK_SIZES);
	tcase_add_loop_test(tests, deflated_records, 0, BLOCK_SIZES);
	tcase_add_loop_test(tests, keys_and_values_of_all_sizes, 0, 2 * BLOCK_SIZES);
	tcase_add_test(tests, deep_trees);
	tcase_add_loop_test(tests, fronts_one_after_another, 0, 2 * BLOCK_SIZES);
	tcase_add_loop_test(tests, a_front_of_nothing, 0, BLOCK_SIZES);
	tcase_add_loop_test(tests, a_writer_goes_on_with_it, 0, BLOCK_SIZES);
	tcase_add_test(tests, memory_hardly_grows_with_the_table);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_table)
