#include "dateline/store.h"

#include "dateline/record.h"
#include "store_testing.h"

#include <time.h>

/* ---- opening ---- */

static void assert_not_opened(const char *name, enum status expected)
{
	const struct store_writer_options options = { 0 };
	struct store *store = (struct store *)folder;
	struct store_writer *writer = (struct store_writer *)folder;
	assert_status(store_open(path(name), &store, &err), expected);
	ck_assert_ptr_null(store);
	assert_status(store_writer_open(path(name), &options, &writer, &err), expected);
	ck_assert_ptr_null(writer);
}

START_TEST(where_there_is_no_index)
{
	uint32_t faults;
	write_file("file", "text");
	ck_assert_int_eq(mkdir(path("empty"), 0777), 0);
	assert_not_opened("nowhere", STATUS_NO_INDEX);
	assert_not_opened("empty", STATUS_NO_INDEX);
	assert_not_opened("file", STATUS_NO_INDEX);
	assert_not_opened("file/db", STATUS_NO_INDEX);
	assert_status(store_check(path("nowhere"), &bytes, &faults, &err), STATUS_NO_INDEX);
	assert_status(store_check(path("file"), &bytes, &faults, &err), STATUS_NO_INDEX);
	ck_assert_int_ne(access(path("nowhere"), F_OK), 0);
}
END_TEST

/* A stub names a program to talk to: be it a file or a file in a folder, it must not be run. */
START_TEST(stubs_are_not_followed)
{
	struct buffer stub = { 0 };
	buffer_add_format(&stub, "remote :touch %s\n", path("was-run"));
	write_file("stub", stub.data);
	ck_assert_int_eq(mkdir(path("stub.db"), 0777), 0);
	write_file("stub.db/XAPIANDB", stub.data);
	assert_not_opened("stub", STATUS_NO_INDEX);
	assert_not_opened("stub.db", STATUS_NO_INDEX);
	uint32_t faults;
	assert_status(store_check(path("stub"), &bytes, &faults, &err), STATUS_NO_INDEX);
	assert_status(store_check(path("stub.db"), &bytes, &faults, &err), STATUS_NO_INDEX);
	ck_assert_int_ne(access(path("was-run"), F_OK), 0);
	buffer_release(&stub);
}
END_TEST

START_TEST(other_versions_are_refused)
{
	struct store_writer *writer = create("db");
	assert_ok(store_set_metadata(writer, STR(META_SCHEMA), STR(""), &err));
	finish(writer);
	assert_not_opened("db", STATUS_NO_INDEX);
	static const char *const others[] = { "1", "999" };
	for (size_t i = 0; i < 2; i++) {
		writer = create(others[i]);
		assert_ok(store_set_metadata(writer, STR(META_SCHEMA), str_from(others[i]), &err));
		finish(writer);
		assert_not_opened(others[i], STATUS_OTHER_VERSION);
		ck_assert_ptr_nonnull(strstr(err.text, others[i]));
		ck_assert_ptr_nonnull(strstr(err.text, "--rebuild"));
	}
}
END_TEST

START_TEST(damaged_files_are_told)
{
	finish(create("one"));
	write_file("one/iamglass", "not a database");
	assert_not_opened("one", STATUS_CORRUPT);
	finish(create("two"));
	write_file("two/iamglass", "");
	assert_not_opened("two", STATUS_CORRUPT);
	struct store_writer *writer = create("three");
	add(writer, "rain");
	finish(writer);
	ck_assert_int_eq(truncate(path("three/postlist.glass"), 0), 0);
	struct store *store;
	assert_status(store_open(path("three"), &store, &err), STATUS_CORRUPT);
	writer = create("four");
	add(writer, "rain");
	finish(writer);
	ck_assert_int_eq(unlink(path("four/postlist.glass")), 0);
	assert_not_opened("four", STATUS_CORRUPT);
}
END_TEST

static struct store *index_of_size(const char *name, uint32_t count)
{
	struct store_writer *writer = create(name);
	for (uint32_t i = 0; i < count; i++)
		add(writer, "rain on the coast and sun inland with some wind and fog #XLOC:spain");
	finish(writer);
	return open_reader(name);
}

/* A block of a table that says it is of another level. */
static void damage_block(const char *name, long block)
{
	FILE *table = fopen(path(name), "r+b");
	ck_assert_ptr_nonnull(table);
	ck_assert_int_eq(fseek(table, block * 8192 + 4, SEEK_SET), 0);
	putc(9, table);
	ck_assert_int_eq(fclose(table), 0);
}

START_TEST(damaged_tables_are_told_when_they_are_read)
{
	struct store *store = index_of_size("db", 500);
	damage_block("db/docdata.glass", 1);
	enum status status = STATUS_OK;
	for (uint32_t id = 1; id <= 500 && status == STATUS_OK; id++)
		status = store_record(store, id, &bytes, &err);
	ck_assert_int_eq(status, STATUS_CORRUPT);
	assert_status(store_record(store, 1, &bytes, &err), STATUS_CORRUPT);
	store_close(store);
}
END_TEST

START_TEST(libxapian_checks_the_structure)
{
	store_close(index_of_size("db", 300));
	uint32_t faults = 77;
	assert_ok(store_check(path("db"), &bytes, &faults, &err));
	ck_assert_uint_eq(faults, 0);
	ck_assert_uint_gt(bytes.len, 0);
	damage_block("db/termlist.glass", 1);
	const enum status status = store_check(path("db"), &bytes, &faults, &err);
	ck_assert(status == STATUS_CORRUPT || (status == STATUS_OK && faults > 0));
	ck_assert_ptr_nonnull(store_xapian_version());
}
END_TEST

START_TEST(the_usual_path)
{
	unsetenv("DATELINE_DB");
	ck_assert_str_eq(store_default_path(), "dateline.db");
	setenv("DATELINE_DB", "", 1);
	ck_assert_str_eq(store_default_path(), "dateline.db");
	setenv("DATELINE_DB", "/news/db", 1);
	ck_assert_str_eq(store_default_path(), "/news/db");
}
END_TEST

static void replace_all(struct store_writer *writer, const char *words)
{
	struct document document;
	make_document(words, &document);
	document.record = str_from(
		"quite another record, of some length, so that all blocks are written anew");
	for (uint32_t id = 1; id <= 500; id++)
		assert_ok(store_replace(writer, id, &document, &err));
	assert_ok(store_commit(writer, &err));
}

/*
 * A reader outlives one commit and is told to begin again after the second, whatever it asks first, and
 * whatever it asks then.
 */
START_TEST(readers_that_are_overtaken_are_told)
{
	const struct plan sun = { .op = PLAN_TERM, .term = STR("sun") };
	const struct plan fog = { .op = PLAN_TERM, .term = STR("fog") };
	struct store *stores[4] = { index_of_size("db", 500) };
	struct docset set;
	uint32_t count;
	struct store_hit *hits;
	size_t found;
	for (int i = 1; i < 4; i++)
		stores[i] = open_reader("db");
	struct store_writer *writer = open_writer("db");
	replace_all(writer, "snow on the hills");
	for (int i = 0; i < 4; i++) {
		assert_ok(store_match(stores[i], &sun, &set, &err));
		ck_assert_uint_eq(docset_count(&set), 500);
		docset_release(&set);
	}
	replace_all(writer, "fog and more fog at sea");
	store_writer_close(writer);
	assert_status(store_match(stores[0], &sun, &set, &err), STATUS_RETRY);
	ck_assert_ptr_null(set.words);
	assert_status(store_recount(stores[1], &sun, &count, &err), STATUS_RETRY);
	assert_status(store_top(stores[2], &sun, ORDER_NEWEST, 0, 10, &arena, &hits, &found, &err),
		      STATUS_RETRY);
	assert_status(store_record(stores[3], 250, &bytes, &err), STATUS_RETRY);
	for (int i = 0; i < 4; i++) {
		assert_status(store_match(stores[i], &sun, &set, &err), STATUS_RETRY);
		assert_status(store_recount(stores[i], &sun, &count, &err), STATUS_RETRY);
		assert_status(store_frequency(stores[i], STR("sun"), &count, &err), STATUS_RETRY);
		store_close(stores[i]);
	}
	struct store *store = open_reader("db");
	assert_ok(store_match(store, &sun, &set, &err));
	ck_assert_uint_eq(docset_count(&set), 0);
	docset_release(&set);
	assert_ok(store_recount(store, &fog, &count, &err));
	ck_assert_uint_eq(count, 500);
	store_close(store);
}
END_TEST

/* ---- lists ---- */

START_TEST(metadata_is_listed_in_order)
{
	struct store_writer *writer = create("db");
	struct term_entry *entries;
	size_t count;
	for (uint32_t i = 0; i < 300; i++) {
		buffer_reset(&bytes);
		schema_entity_key(KIND_ORG, 299 - i, &bytes);
		assert_ok(store_set_metadata(writer, buffer_str(&bytes), STR("name"), &err));
	}
	assert_ok(store_set_metadata(writer, STR(META_ENTITY "P"), STR("other"), &err));
	buffer_reset(&bytes);
	schema_entity_key(KIND_ORG, 255, &bytes);
	assert_ok(store_set_metadata(writer, buffer_str(&bytes), STR(""), &err)); /* takes it out */
	finish(writer);
	struct store *store = open_reader("db");
	assert_ok(store_metadata_keys(store, STR(META_ENTITY "O"), SIZE_MAX, &arena, &entries,
				      &count, &err));
	ck_assert_uint_eq(count, 299);
	for (uint32_t i = 0; i < 299; i++) {
		buffer_reset(&bytes);
		schema_entity_key(KIND_ORG, i + (i >= 255), &bytes);
		ck_assert(str_equal(entries[i].term, buffer_str(&bytes)));
		ck_assert_uint_eq(entries[i].frequency, 0);
	}
	assert_ok(store_metadata_keys(store, STR(META_ENTITY "O"), 10, &arena, &entries, &count,
				      &err));
	ck_assert_uint_eq(count, 10);
	assert_ok(store_metadata_keys(store, STR("nothing"), 10, &arena, &entries, &count, &err));
	ck_assert_uint_eq(count, 0);
	store_close(store);
}
END_TEST

START_TEST(terms_are_listed_in_order)
{
	struct store_writer *writer = create("db");
	add(writer, "rain rain sun #XLOC:a #XLOC:b");
	add(writer, "rain wind #XLOC:b #XLOC:c #XLOD");
	finish(writer);
	struct store *store = open_reader("db");
	struct term_entry *entries;
	size_t count;
	assert_ok(store_terms(store, STR("XLOC:"), SIZE_MAX, &arena, &entries, &count, &err));
	ck_assert_uint_eq(count, 3);
	assert_str(entries[0].term, "XLOC:a");
	assert_str(entries[1].term, "XLOC:b");
	ck_assert_uint_eq(entries[1].frequency, 2);
	assert_str(entries[2].term, "XLOC:c");
	assert_ok(store_terms(store, STR(""), SIZE_MAX, &arena, &entries, &count, &err));
	ck_assert_uint_eq(count, 7);
	assert_ok(store_terms(store, STR("XLOC:"), 2, &arena, &entries, &count, &err));
	ck_assert_uint_eq(count, 2);
	assert_ok(store_document_terms(store, 1, STR(""), &arena, &entries, &count, &err));
	ck_assert_uint_eq(count, 4);
	assert_str(entries[2].term, "rain");
	ck_assert_uint_eq(entries[2].frequency, 2);
	ck_assert_uint_eq(entries[0].frequency, 0);
	assert_ok(store_document_terms(store, 2, STR("XLOC:"), &arena, &entries, &count, &err));
	ck_assert_uint_eq(count, 2);
	assert_status(store_document_terms(store, 3, STR(""), &arena, &entries, &count, &err),
		      STATUS_NOT_FOUND);
	store_close(store);
}
END_TEST

/* ---- records ---- */

/* Stored and read again; what libxapian would make of it by itself is said in record.h. */
static void assert_survives(const struct record *record, const char *name)
{
	struct record_writer *records = record_writer_new();
	struct document document = { 0 };
	struct buffer stored = { 0 };
	record_encode(records, record, &stored);
	document.record = buffer_str(&stored);
	struct store_writer *writer = create(name);
	uint32_t id;
	assert_ok(store_add(writer, &document, &id, &err));
	finish(writer);
	struct store *store = open_reader(name);
	ck_assert(str_equal(record_of(store, id), document.record));
	struct record back;
	assert_ok(record_decode(buffer_str(&bytes), RECORD_ALL, &arena, &back, &err));
	ck_assert(str_equal(back.article.text, record->article.text));
	ck_assert(str_equal(back.article.url, record->article.url));
	ck_assert_uint_eq(back.mention_count, record->mention_count);
	store_close(store);
	buffer_release(&stored);
	record_writer_free(records);
}

START_TEST(repetitive_texts_are_read_back)
{
	static const size_t lengths[] = { 8000, 8192, 8195, 100000, 1000000, ARTICLE_TEXT_MAX };
	char *text = memory_alloc(ARTICLE_TEXT_MAX);
	memset(text, 'z', ARTICLE_TEXT_MAX);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct record record = { 0 };
		char name[32];
		snprintf(name, sizeof(name), "text-%zu", lengths[i]);
		record.article.text = (struct str){ text, lengths[i] };
		assert_survives(&record, name);
		record = (struct record){ 0 };
		record.article.url = (struct str){ text, lengths[i] };
		snprintf(name, sizeof(name), "url-%zu", lengths[i]);
		assert_survives(&record, name);
	}
	free(text);
}
END_TEST

START_TEST(repetitive_mentions_are_read_back)
{
	static struct mention mentions[100000];
	struct entity entity = { .kind = KIND_PLACE, .name = STR("China"), .confidence = 90 };
	struct record record = { .entities = &entity, .entity_count = 1, .mentions = mentions };
	struct buffer text = { 0 };
	for (uint32_t i = 0; i < 100000; i++) {
		mentions[i] = (struct mention){ i * 6, i * 6 + 5, 0, RULE_GAZETTEER, 90 };
		buffer_add_text(&text, "China ");
	}
	record.article.text = buffer_str(&text);
	for (size_t count = 100; count <= 100000; count *= 10) {
		char name[32];
		snprintf(name, sizeof(name), "mentions-%zu", count);
		record.mention_count = count;
		assert_survives(&record, name);
	}
	buffer_release(&text);
}
END_TEST

START_TEST(a_deadline_ends_what_is_read_and_no_more)
{
	struct store *store = index_of_size("db", 20);
	uint32_t frequency;
	store_deadline(store, 60000);
	assert_ok(store_frequency(store, STR("rain"), &frequency, &err));
	store_deadline(store, 1);
	struct timespec begun, now;
	clock_gettime(CLOCK_MONOTONIC, &begun);
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - begun.tv_sec) * 1000000000 + (now.tv_nsec - begun.tv_nsec) < 2000000);
	assert_status(store_frequency(store, STR("rain"), &frequency, &err), STATUS_TIMEOUT);
	ck_assert_ptr_nonnull(strstr(err.text, "time"));
	store_deadline(store, 0);
	assert_ok(store_frequency(store, STR("rain"), &frequency, &err));
	store_close(store);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("store");
	TCase *opening = tcase_create("opening");
	tcase_add_checked_fixture(opening, set_up, tear_down);
	tcase_set_timeout(opening, 120);
	tcase_add_test(opening, where_there_is_no_index);
	tcase_add_test(opening, stubs_are_not_followed);
	tcase_add_test(opening, other_versions_are_refused);
	tcase_add_test(opening, damaged_files_are_told);
	tcase_add_test(opening, damaged_tables_are_told_when_they_are_read);
	tcase_add_test(opening, a_deadline_ends_what_is_read_and_no_more);
	tcase_add_test(opening, libxapian_checks_the_structure);
	tcase_add_test(opening, the_usual_path);
	tcase_add_test(opening, readers_that_are_overtaken_are_told);
	suite_add_tcase(suite, opening);
	TCase *lists = tcase_create("lists");
	tcase_add_checked_fixture(lists, set_up, tear_down);
	tcase_set_timeout(lists, 120);
	tcase_add_test(lists, metadata_is_listed_in_order);
	tcase_add_test(lists, terms_are_listed_in_order);
	suite_add_tcase(suite, lists);
	TCase *records = tcase_create("records");
	tcase_add_checked_fixture(records, set_up, tear_down);
	tcase_set_timeout(records, 120);
	tcase_add_test(records, repetitive_texts_are_read_back);
	tcase_add_test(records, repetitive_mentions_are_read_back);
	suite_add_tcase(suite, records);
	return suite;
}

TEST_MAIN(make_suite)
