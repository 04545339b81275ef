/* Metadata that are gathered before there is a database, and the version file. */
#include "bulk_testing.h"

#include "dateline/file.h"

#include <signal.h>
#include <sys/resource.h>

/* ---- metadata ---- */

/* Empty for a key that was taken out, or never set. */
static struct str value_of(const struct metadata *metadata, struct str key)
{
	struct str value;
	return metadata_find(metadata, key, &value) ? value : STR("");
}

START_TEST(the_last_value_counts)
{
	struct metadata metadata = { 0 };
	assert_str(value_of(&metadata, STR("a")), "");
	metadata_set(&metadata, STR("a"), STR("longer"));
	metadata_set(&metadata, STR("b"), STR("other"));
	assert_str(value_of(&metadata, STR("a")), "longer");
	metadata_set(&metadata, STR("a"), STR("short"));
	assert_str(value_of(&metadata, STR("a")), "short");
	metadata_set(&metadata, STR("a"), STR("the longest"));
	assert_str(value_of(&metadata, STR("a")), "the longest");
	metadata_set(&metadata, STR("a"), STR(""));
	assert_str(value_of(&metadata, STR("a")), "");
	metadata_set(&metadata, STR("a"), STR("again"));
	assert_str(value_of(&metadata, STR("a")), "again");
	assert_str(value_of(&metadata, STR("b")), "other");
	assert_str(value_of(&metadata, STR("c")), "");
	metadata_set(&metadata, STR("b"), value_of(&metadata, STR("a")));
	metadata_set(&metadata, STR("a"), STR("x"));
	assert_str(value_of(&metadata, STR("b")), "again");
	metadata_release(&metadata);
	assert_str(value_of(&metadata, STR("a")), "");
	metadata_release(&metadata);
}
END_TEST

START_TEST(values_and_keys_are_copied)
{
	struct metadata metadata = { 0 };
	char key[] = "a", value[] = "value";
	metadata_set(&metadata, (struct str){ key, 1 }, (struct str){ value, 5 });
	key[0] = value[0] = '-';
	assert_str(value_of(&metadata, STR("a")), "value");
	metadata_release(&metadata);
}
END_TEST

/* Counters that are set over and over stay where they are. */
START_TEST(memory_does_not_grow_with_changes)
{
	struct metadata metadata = { 0 };
	char digits[16];
	metadata_set(&metadata, STR("a"), STR("00000000"));
	const size_t before = metadata.arena.total;
	for (uint32_t i = 0; i < 100000; i++) {
		snprintf(digits, sizeof(digits), "%08u", i);
		metadata_set(&metadata, STR("a"), str_from(digits));
	}
	ck_assert_uint_eq(metadata.arena.total, before);
	assert_str(value_of(&metadata, STR("a")), "00099999");
	metadata_release(&metadata);
}
END_TEST

START_TEST(a_database_has_them)
{
	struct made_database made = { .name = "db", .block_size = 2048 };
	struct metadata metadata = { 0 };
	set_schema(&metadata);
	for (uint32_t i = 0; i < 2000; i++) {
		const uint32_t number = random_below(800);
		const struct str key = { (const char *)&number, sizeof(number) };
		metadata_set(&metadata, key, random_bytes(random_below(3) * random_below(40)));
	}
	metadata_set(&metadata, STR("gone"), STR("value"));
	metadata_set(&metadata, STR("gone"), STR(""));
	make_tables(&made);
	assert_ok(metadata_write(&metadata, made.tables[BULK_POSTINGS], &err));
	publish_made(&made);
	assert_whole(&made);
	struct store *store = open_reader("db");
	assert_metadata(store, &metadata);
	store_close(store);
	free_made(&made);
	metadata_release(&metadata);
}
END_TEST

START_TEST(a_key_that_is_too_long)
{
	struct metadata metadata = { 0 };
	struct table *table;
	assert_ok(table_create("/dev/null", 2048, &table, &err));
	metadata_set(&metadata, random_bytes(TABLE_KEY_MAX - 1), STR("value"));
	assert_status(metadata_write(&metadata, table, &err), STATUS_SYSTEM); /* cannot be cut */
	table_free(table);
	assert_ok(table_create(path("table"), 2048, &table, &err));
	assert_status(metadata_write(&metadata, table, &err), STATUS_BAD_REQUEST);
	table_free(table);
	metadata_release(&metadata);
}
END_TEST

/* ---- the version file ---- */

static const unsigned char uuid[] = "0123456789abcdef";

/* Four documents, of which the last is number 40001. */
static const struct bulk_statistics statistics = {
	.documents = 4,
	.last_document = 40001,
	.shortest = 2,
	.longest = 131,
	.greatest_wdf = 130,
	.total_length = 137,
};

static void assert_version_file(const char *expected, size_t len)
{
	buffer_reset(&bytes);
	assert_ok(file_read(path("iamglass"), "version", 1000, &bytes, &err));
	ck_assert_uint_eq(bytes.len, len);
	ck_assert_mem_eq(bytes.data, expected, len);
}

START_TEST(version_file_by_hand)
{
	const struct table_root roots[BULK_TABLES] = {
		[BULK_POSTINGS] = { .exists = true, .entries = 11, .blocks = 1 },
		[BULK_RECORDS] = { .exists = true, .entries = 3, .blocks = 1 },
		[BULK_TERMLISTS] = { .exists = true, .entries = 6, .blocks = 1 },
		[BULK_POSITIONS] = { 1000, 300, 2, 301, true },
		[BULK_SPELLINGS] = { 77, 7, 7, 7, false }, /* says nothing */
	};
	static const char expected[] = "\x0f\x0dXapian Glass\x04\x6e"
				       "0123456789abcdef\x01"
				       "\0\0\x0b\x04\0\x06\x01\x01\0\0\0\0"
				       "\0\0\x03\x04\x12\x06\x01\x01\0\0\0\0"
				       "\0\0\x06\x04\x12\x06\x01\x01\0\0\0\0"
				       "\xac\x02\x08\xe8\x07\x04\0\x07\x01\xad\x02\0\0\0\0"
				       "\0\x03\0\x04\x12\0"
				       "\0\x03\0\x04\x12\0"
				       "\x04\xbd\xb8\x02\x02\x82\x01\x01\0\x89\x01\0";
	assert_ok(version_file_write(folder, roots, 8192, &statistics, uuid, true, &err));
	assert_version_file(expected, sizeof(expected) - 1);
	ck_assert_int_ne(access(path("v.tmp"), F_OK), 0);
	assert_ok(version_file_write(folder, roots, 8192, &statistics, uuid, true, &err));
	assert_version_file(expected, sizeof(expected) - 1);
}
END_TEST

START_TEST(names_of_tables)
{
	ck_assert_str_eq(bulk_table_file(BULK_POSTINGS), "postlist.glass");
	ck_assert_str_eq(bulk_table_file(BULK_RECORDS), "docdata.glass");
	ck_assert_str_eq(bulk_table_file(BULK_TERMLISTS), "termlist.glass");
	ck_assert_str_eq(bulk_table_file(BULK_POSITIONS), "position.glass");
	ck_assert_str_eq(bulk_table_file(BULK_SPELLINGS), "spelling.glass");
	ck_assert_str_eq(bulk_table_file(BULK_SYNONYMS), "synonym.glass");
}
END_TEST

/* One that is there stays as it was. */
START_TEST(a_version_file_that_cannot_be_written)
{
	const struct table_root roots[BULK_TABLES] = { { 0 } };
	struct rlimit limit;
	assert_status(version_file_write(path("none"), roots, 8192, &statistics, uuid, true, &err),
		      STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, "none"));
	write_file("iamglass", "before");
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	const struct rlimit low = { 20, limit.rlim_max };
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &low), 0);
	assert_status(version_file_write(folder, roots, 8192, &statistics, uuid, true, &err),
		      STATUS_SYSTEM);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_ptr_nonnull(strstr(err.text, "v.tmp: File too large"));
	assert_version_file("before", 6);
	ck_assert_int_eq(remove(path("iamglass")), 0);
	ck_assert_int_eq(mkdir(path("iamglass"), 0777), 0); /* cannot be replaced */
	assert_status(version_file_write(folder, roots, 8192, &statistics, uuid, true, &err),
		      STATUS_SYSTEM);
}
END_TEST

/* Tables that have nothing need not be there, but for those of postings and term lists. */
START_TEST(tables_that_are_not_there)
{
	struct made_database made = { .name = "db", .block_size = 2048 };
	struct metadata metadata = { 0 };
	set_schema(&metadata);
	make_tables(&made);
	for (int i = 0; i < BULK_TABLES; i++) {
		if (i == BULK_POSTINGS || i == BULK_TERMLISTS)
			continue;
		table_free(made.tables[i]);
		made.tables[i] = NULL;
		buffer_reset(&place);
		buffer_add_format(&place, "%s/db/%s", folder, bulk_table_file(i));
		remove(place.data);
	}
	assert_ok(metadata_write(&metadata, made.tables[BULK_POSTINGS], &err));
	publish_made(&made);
	assert_whole(&made);
	struct store *store = open_reader("db");
	assert_metadata(store, &metadata);
	ck_assert_uint_eq(store_count(store), 0);
	store_close(store);
	free_made(&made);
	metadata_release(&metadata);
	struct store_writer *writer = open_writer("db");
	ck_assert_uint_eq(add(writer, "rain on the coast"), 1);
	finish(writer);
	assert_whole(&made);
	store = open_reader("db");
	assert_str(record_of(store, 1), "rain on the coast");
	ck_assert_uint_eq(frequency(store, "rain"), 1);
	store_close(store);
}
END_TEST

static Suite *bulk_metadata(void)
{
	Suite *suite = suite_create("bulk metadata");
	TCase *tests = tcase_create("metadata");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, the_last_value_counts);
	tcase_add_test(tests, values_and_keys_are_copied);
	tcase_add_test(tests, memory_does_not_grow_with_changes);
	tcase_add_test(tests, a_database_has_them);
	tcase_add_test(tests, a_key_that_is_too_long);
	tcase_add_test(tests, version_file_by_hand);
	tcase_add_test(tests, names_of_tables);
	tcase_add_test(tests, a_version_file_that_cannot_be_written);
	tcase_add_test(tests, tables_that_are_not_there);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_metadata)
