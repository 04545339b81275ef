#include "../../indexer/writer.h"
#include "testing.h"
#include "writing.h"

#include "dateline/record.h"
#include "dateline/schema.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than any index here has. */
#define VERY_MUCH ((uint64_t)1 << 30)
#define MEMORY ((uint64_t)64 << 20)

static char place[64];
static char path[256], other_path[256];
static struct preparer *preparer, *spare;
static struct inverter *inverter; /* NULL when articles do not go through one */
static struct arena arena;
static uint32_t sequence;

static void begin(void)
{
	snprintf(place, sizeof(place), "/tmp/dateline-writer-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(place));
	snprintf(path, sizeof(path), "%s/news.db", place);
	snprintf(other_path, sizeof(other_path), "%s/other.db", place);
	preparer = NULL;
	spare = preparer_new(ENTITIES_GIVEN, NULL, NULL);
}

static void end(void)
{
	char command[300];
	preparer_free(preparer);
	preparer_free(spare);
	arena_release(&arena);
	snprintf(command, sizeof(command), "rm -rf %s", place);
	ck_assert_int_eq(system(command), 0);
}

/* ---- writing ---- */

static struct writer *open_as(const char *at, enum writer_way way, uint64_t expected, bool rebuild)
{
	const struct writer_options options = {
		.path = at,
		.way = way,
		.jobs = 1,
		.memory = MEMORY,
		.expected = expected,
		.rebuild = rebuild,
		.adds = true,
		.mode = ENTITIES_GIVEN,
	};
	struct writer *writer;
	struct error err = { 0 };
	ck_assert_msg(writer_open(&options, &writer, &err) == STATUS_OK, "%s", err.text);
	return writer;
}

/* To be called before articles are put. */
static void begin_articles(struct writer *writer)
{
	struct inverter *const *inverters = writer_inverters(writer);
	preparer_free(preparer);
	inverter = inverters ? inverters[0] : NULL;
	preparer = preparer_new(ENTITIES_GIVEN, NULL, inverter);
	sequence = 0;
}

static struct writer *open_bulk(uint64_t expected)
{
	struct writer *writer = open_as(path, WRITER_BULK, expected, false);
	begin_articles(writer);
	return writer;
}

static void end_articles(void)
{
	struct error err = { 0 };
	if (inverter)
		ck_assert_msg(inverter_finish(inverter, &err) == STATUS_OK, "%s", err.text);
	inverter = NULL;
}

static void end_and_finish(struct writer *writer)
{
	end_articles();
	finish(writer);
}

static enum status try(struct writer *writer, const char *json, enum writer_outcome *outcome,
		       const char *from, struct error *err)
{
	const struct record_bytes record = {
		.bytes = str_from(json),
		.origin = { .path = str_from(from), .line = 1, .record = 1 },
	};
	const struct reader *reader = reader_find(STR("jsonl"));
	struct prepared prepared;
	preparer_run(preparer, reader, &record, sequence++, writer_known(writer), &arena, &prepared);
	ck_assert_msg(prepared.state != PREPARED_FAILED, "%s", prepared.err.text);
	const enum status status = writer_put(writer, &prepared, &arena, outcome, err);
	if (status != STATUS_OK || *outcome != WRITER_AGAIN)
		return status;
	preparer_run(spare, reader, &record, sequence, NULL, &arena, &prepared);
	return writer_put(writer, &prepared, &arena, outcome, err);
}

static enum writer_outcome put_from(struct writer *writer, const char *json, const char *from)
{
	enum writer_outcome outcome;
	struct error err = { 0 };
	ck_assert_msg(try(writer, json, &outcome, from, &err) == STATUS_OK, "%s", err.text);
	return outcome;
}

static enum writer_outcome put(struct writer *writer, const char *json)
{
	return put_from(writer, json, "/news/a.jsonl");
}

/* So many articles, from id `first`. */
static void put_many(struct writer *writer, int first, int count)
{
	for (int i = first; i < first + count; i++) {
		char json[200];
		snprintf(json, sizeof(json),
			 "{\"id\":\"n%d\",\"title\":\"Number %d\",\"people\":[\"Person %d\"]}", i,
			 i, i % 7);
		ck_assert_int_eq(put(writer, json), WRITER_ADDED);
	}
}

/* ---- looking ---- */

static struct store *open_store(const char *at)
{
	struct store *store;
	struct error err = { 0 };
	ck_assert_msg(store_open(at, &store, &err) == STATUS_OK, "%s", err.text);
	return store;
}

static uint32_t frequency(const char *term)
{
	struct store *store = open_store(path);
	uint32_t found;
	ck_assert_int_eq(store_frequency(store, str_from(term), &found, NULL), STATUS_OK);
	store_close(store);
	return found;
}

static uint32_t count(void)
{
	struct store *store = open_store(path);
	const uint32_t found = store_count(store);
	store_close(store);
	return found;
}

static const char *metadata(const char *key)
{
	static char value[256];
	struct store *store = open_store(path);
	struct buffer found = { 0 };
	ck_assert_int_eq(store_metadata(store, str_from(key), &found, NULL), STATUS_OK);
	snprintf(value, sizeof(value), "%.*s", STR_ARG(buffer_str(&found)));
	buffer_release(&found);
	store_close(store);
	return value;
}

static bool is_counted_by_commits(struct str key)
{
	return str_equal(key, STR(META_BATCH)) || str_equal(key, STR(META_MERGED_AT));
}

/* Everything that is told of names, files and versions, and the digest. */
static void assert_same_metadata(void)
{
	struct store *a = open_store(path), *b = open_store(other_path);
	struct term_entry *keys, *other_keys;
	size_t key_count, other_count;
	struct buffer values[2] = { { 0 }, { 0 } };
	ck_assert_int_eq(store_metadata_keys(a, STR(""), SIZE_MAX, &arena, &keys, &key_count, NULL),
			 STATUS_OK);
	ck_assert_int_eq(store_metadata_keys(b, STR(""), SIZE_MAX, &arena, &other_keys,
					     &other_count, NULL),
			 STATUS_OK);
	ck_assert_uint_eq(key_count, other_count);
	ck_assert_uint_gt(key_count, 5);
	for (size_t i = 0; i < key_count; i++) {
		ck_assert(str_equal(keys[i].term, other_keys[i].term));
		buffer_reset(&values[0]);
		buffer_reset(&values[1]);
		ck_assert_int_eq(store_metadata(a, keys[i].term, &values[0], NULL), STATUS_OK);
		ck_assert_int_eq(store_metadata(b, keys[i].term, &values[1], NULL), STATUS_OK);
		ck_assert_msg(is_counted_by_commits(keys[i].term) ||
				      str_equal(buffer_str(&values[0]), buffer_str(&values[1])),
			      "%.*s", STR_ARG(keys[i].term));
	}
	buffer_release(&values[0]);
	buffer_release(&values[1]);
	store_close(a);
	store_close(b);
}

static ino_t directory(void)
{
	struct stat info;
	ck_assert_int_eq(stat(path, &info), 0);
	return info.st_ino;
}

static void assert_nothing_beside(void)
{
	char beside[300];
	snprintf(beside, sizeof(beside), "%s.building", path);
	ck_assert_int_ne(access(beside, F_OK), 0);
}

#define RAIN "{\"id\":\"a\",\"title\":\"One\",\"body\":\"Rain.\",\"people\":[\"Ada Vos\"]}"
#define SUN "{\"id\":\"a\",\"title\":\"One\",\"body\":\"Sun.\",\"people\":[\"ADA VOS\"]}"
#define WIND "{\"id\":\"b\",\"title\":\"Two\",\"body\":\"Wind.\",\"people\":[\"Ada Vos\"]}"
#define HAIL                                                                                       \
	"{\"id\":\"c\",\"title\":\"Three\",\"body\":\"Hail.\",\"people\":[\"ADA VOS\",\"Eva\"]}"

/* ---- new ones ---- */

START_TEST(test_a_new_index_appears_when_it_is_whole)
{
	struct writer *writer = open_bulk(0);
	struct stat info;
	ck_assert_ptr_nonnull(inverter);
	ck_assert_int_eq(put(writer, RAIN), WRITER_ADDED);
	ck_assert_int_eq(put(writer, WIND), WRITER_ADDED);
	ck_assert_int_ne(stat(path, &info), 0);
	ck_assert_uint_eq(writer_count(writer), 2);
	end_and_finish(writer);
	ck_assert_uint_eq(frequency("rain"), 1);
	ck_assert_uint_eq(frequency("Qb"), 1);
	ck_assert_str_eq(metadata(META_BATCH), "1");
	ck_assert_str_eq(metadata(META_MERGED_AT), "1");
	assert_nothing_beside();
}
END_TEST

START_TEST(test_a_new_index_that_is_closed_early_leaves_nothing)
{
	struct writer *writer = open_bulk(0);
	put(writer, RAIN);
	put(writer, SUN);
	writer_close(writer);
	ck_assert_int_eq(rmdir(place), 0);
	ck_assert_int_eq(mkdir(place, 0777), 0);
}
END_TEST

START_TEST(test_a_new_index_of_nothing)
{
	end_and_finish(open_bulk(0));
	ck_assert_uint_eq(count(), 0);
	struct writer *writer = open_as(path, WRITER_LIVE, 0, false);
	begin_articles(writer);
	ck_assert_int_eq(put(writer, RAIN), WRITER_ADDED);
	finish(writer);
	ck_assert_uint_eq(frequency("rain"), 1);
}
END_TEST

START_TEST(test_the_last_of_a_run_stands)
{
	struct writer *writer = open_bulk(0);
	ck_assert_int_eq(put(writer, RAIN), WRITER_ADDED);
	ck_assert_int_eq(put(writer, WIND), WRITER_ADDED);
	ck_assert_int_eq(put(writer, SUN), WRITER_REPEATED);
	ck_assert_int_eq(put(writer, RAIN), WRITER_REPEATED);
	ck_assert_int_eq(put(writer, SUN), WRITER_REPEATED);
	ck_assert_int_eq(put(writer, HAIL), WRITER_ADDED);
	ck_assert_uint_eq(writer_count(writer), 3);
	end_and_finish(writer);
	ck_assert_uint_eq(count(), 3);
	ck_assert_uint_eq(frequency("sun"), 1);
	ck_assert_uint_eq(frequency("rain"), 0);
	assert_nothing_beside();
	/* The same, one by one. */
	writer = open_as(other_path, WRITER_LIVE, 0, false);
	begin_articles(writer);
	ck_assert_ptr_null(inverter);
	put(writer, RAIN);
	put(writer, WIND);
	put(writer, SUN);
	put(writer, RAIN);
	put(writer, SUN);
	put(writer, HAIL);
	finish(writer);
	assert_same_metadata();
}
END_TEST

START_TEST(test_an_article_that_does_not_fit_leaves_no_trace)
{
	struct writer *writer = open_bulk(0);
	put(writer, RAIN);
	end_and_finish(writer);
	char before[64];
	snprintf(before, sizeof(before), "%s", metadata(META_DIGEST));
	writer = open_as(path, WRITER_BULK, 0, true);
	begin_articles(writer);
	put(writer, RAIN);
	const struct record_bytes record = {
		.bytes = STR(SUN),
		.origin = { .path = STR("/news/a.jsonl"), .line = 1, .record = 1 },
	};
	struct prepared prepared;
	enum writer_outcome outcome;
	struct error err;
	preparer_run(spare, reader_find(STR("jsonl")), &record, 0, NULL, &arena, &prepared);
	char term[SCHEMA_TERM_MAX + 1];
	memset(term, 'x', sizeof(term));
	prepared.document.postings[0].term = (struct str){ term, sizeof(term) };
	ck_assert_int_eq(writer_put(writer, &prepared, &arena, &outcome, &err), STATUS_TOO_LARGE);
	end_and_finish(writer);
	ck_assert_uint_eq(frequency("rain"), 1);
	ck_assert_str_eq(metadata(META_DIGEST), before);
}
END_TEST

START_TEST(test_a_damaged_index_is_made_anew)
{
	struct writer *writer = open_bulk(0);
	char version[300];
	put(writer, RAIN);
	end_and_finish(writer);
	snprintf(version, sizeof(version), "%s/iamglass", path);
	FILE *file = fopen(version, "w");
	fputs("not a database", file);
	fclose(file);
	writer = open_as(path, WRITER_BULK, VERY_MUCH, true);
	ck_assert(writer_is_fresh(writer));
	begin_articles(writer);
	put(writer, SUN);
	end_and_finish(writer);
	ck_assert_uint_eq(frequency("sun"), 1);
}
END_TEST

START_TEST(test_what_was_set_outlives_a_rebuild_and_a_join)
{
	struct error err;
	struct writer *writer = open_bulk(0);
	ck_assert_int_eq(writer_set_fixes(writer, STR("/fixes"), &err), STATUS_OK);
	put(writer, RAIN);
	end_and_finish(writer);
	writer = open_as(path, WRITER_BULK, 0, true);
	begin_articles(writer);
	put(writer, RAIN);
	end_and_finish(writer);
	ck_assert_str_eq(metadata(META_FIXES), "/fixes");
	writer = open_bulk(VERY_MUCH);
	put_many(writer, 0, 9);
	end_and_finish(writer);
	ck_assert_str_eq(metadata(META_FIXES), "/fixes");
	writer = open_bulk(VERY_MUCH);
	ck_assert_int_eq(writer_set_fixes(writer, STR("/others"), &err), STATUS_OK);
	put_many(writer, 10, 9);
	end_and_finish(writer);
	ck_assert_str_eq(metadata(META_FIXES), "/others");
}
END_TEST

START_TEST(test_pruning_what_was_just_built)
{
	char gone[300];
	struct error err;
	uint32_t deleted = 0;
	struct writer *writer = open_bulk(0);
	snprintf(gone, sizeof(gone), "%s/gone.jsonl", place);
	put_from(writer, RAIN, place);
	put_from(writer, WIND, gone);
	end_articles();
	ck_assert_int_eq(writer_prune(writer, &deleted, &err), STATUS_OK);
	ck_assert_uint_eq(deleted, 1);
	ck_assert_ptr_null(writer_inverters(writer));
	finish(writer);
	ck_assert_uint_eq(count(), 1);
	ck_assert_uint_eq(frequency("wind"), 0);
}
END_TEST

/* ---- into one that exists ---- */

static void make_both(int articles)
{
	const char *const paths[] = { path, other_path };
	for (int i = 0; i < 2; i++) {
		struct writer *writer = open_as(paths[i], WRITER_LIVE, 0, false);
		begin_articles(writer);
		put(writer, RAIN);
		put(writer, WIND);
		put_many(writer, 0, articles);
		finish(writer);
	}
}

static void put_batch(struct writer *writer, int more)
{
	ck_assert_int_eq(put(writer, WIND), WRITER_UNCHANGED);
	ck_assert_int_eq(put(writer, SUN), WRITER_REPLACED);
	ck_assert_int_eq(put(writer, HAIL), WRITER_ADDED);
	put_many(writer, 1000, more);
	ck_assert_int_eq(put(writer, RAIN), WRITER_REPEATED);
	ck_assert_int_eq(put(writer, SUN), WRITER_REPEATED);
	ck_assert_int_eq(put(writer, HAIL), WRITER_REPEATED);
}

static void put_batch_into_both(int more)
{
	struct writer *writer = open_as(other_path, WRITER_LIVE, 0, false);
	begin_articles(writer);
	ck_assert_ptr_null(inverter);
	put_batch(writer, more);
	finish(writer);
	writer = open_bulk(VERY_MUCH);
	ck_assert_ptr_nonnull(inverter);
	put_batch(writer, more);
	end_and_finish(writer);
}

START_TEST(test_many_are_joined)
{
	make_both(10);
	struct store *reader = open_store(path);
	const ino_t before = directory();
	put_batch_into_both(20);
	ck_assert(directory() != before);
	assert_same_metadata();
	assert_nothing_beside();
	ck_assert_uint_eq(count(), 12 + 21);
	ck_assert_uint_eq(frequency("sun"), 1);
	ck_assert_uint_eq(frequency("rain"), 0);
	ck_assert_uint_eq(frequency("hail"), 1);
	ck_assert_uint_eq(frequency("Qn1019"), 1);
	/* Who has the old one open still reads it. */
	uint32_t found;
	struct buffer record = { 0 };
	ck_assert_uint_eq(store_count(reader), 12);
	ck_assert_int_eq(store_frequency(reader, STR("rain"), &found, NULL), STATUS_OK);
	ck_assert_uint_eq(found, 1);
	ck_assert_int_eq(store_record(reader, 12, &record, NULL), STATUS_OK);
	ck_assert_uint_gt(record.len, 0);
	buffer_release(&record);
	store_close(reader);
}
END_TEST

START_TEST(test_few_are_written_in_place)
{
	make_both(60);
	const ino_t before = directory();
	put_batch_into_both(4);
	ck_assert(directory() == before);
	assert_same_metadata();
	assert_nothing_beside();
	ck_assert_uint_eq(count(), 62 + 5);
	ck_assert_uint_eq(frequency("Qn1003"), 1);
	ck_assert_uint_eq(frequency("sun"), 1);
}
END_TEST

START_TEST(test_nothing_new)
{
	make_both(3);
	const ino_t before = directory();
	struct writer *writer = open_bulk(VERY_MUCH);
	ck_assert_int_eq(put(writer, RAIN), WRITER_UNCHANGED);
	end_and_finish(writer);
	ck_assert(directory() == before);
	ck_assert_str_eq(metadata(META_BATCH), "1");
	assert_nothing_beside();
}
END_TEST

START_TEST(test_into_an_empty_one)
{
	end_and_finish(open_bulk(0));
	const ino_t before = directory();
	struct writer *writer = open_bulk(VERY_MUCH);
	ck_assert_ptr_nonnull(inverter);
	put(writer, RAIN);
	end_and_finish(writer);
	ck_assert(directory() != before);
	ck_assert_uint_eq(count(), 1);
	ck_assert_uint_eq(frequency("rain"), 1);
}
END_TEST

START_TEST(test_joined_articles_are_pruned)
{
	char gone[300];
	struct error err;
	uint32_t deleted = 0;
	snprintf(gone, sizeof(gone), "%s/gone.jsonl", place);
	struct writer *writer = open_bulk(0);
	put_from(writer, RAIN, gone);
	end_and_finish(writer);
	writer = open_bulk(VERY_MUCH);
	put_from(writer, WIND, gone);
	put_from(writer, HAIL, place);
	end_articles();
	ck_assert_int_eq(writer_prune(writer, &deleted, &err), STATUS_OK);
	ck_assert_uint_eq(deleted, 2);
	finish(writer);
	ck_assert_uint_eq(count(), 1);
	ck_assert_uint_eq(frequency("hail"), 1);
}
END_TEST

/* What takes articles out comes before, and then articles are written in place. */
START_TEST(test_deleting_before_articles_come)
{
	struct error err;
	bool found;
	make_both(3);
	struct writer *writer = open_as(path, WRITER_BULK, VERY_MUCH, false);
	ck_assert_int_eq(writer_delete(writer, STR("a"), &found, &err), STATUS_OK);
	ck_assert(found);
	begin_articles(writer);
	ck_assert_ptr_null(inverter);
	ck_assert_int_eq(put(writer, SUN), WRITER_ADDED);
	finish(writer);
	ck_assert_uint_eq(count(), 5);
	ck_assert_uint_eq(frequency("rain"), 0);
	ck_assert_uint_eq(frequency("sun"), 1);
}
END_TEST

START_TEST(test_a_join_that_is_closed_early_changes_nothing)
{
	make_both(3);
	struct writer *writer = open_bulk(VERY_MUCH);
	put(writer, SUN);
	put_many(writer, 1000, 20);
	end_articles();
	writer_close(writer);
	ck_assert_uint_eq(count(), 5);
	ck_assert_uint_eq(frequency("rain"), 1);
	assert_nothing_beside();
	assert_same_metadata();
}
END_TEST

/* ---- when nothing is built aside ---- */

static void assert_in_place(uint64_t expected)
{
	struct writer *writer = open_as(path, WRITER_BULK, expected, false);
	ck_assert_ptr_null(writer_inverters(writer));
	writer_close(writer);
	assert_nothing_beside();
}

START_TEST(test_what_is_not_built_aside)
{
	char other[300];
	make_both(50);
	assert_in_place(0); /* nobody knows how much */
	assert_in_place(100);
	assert_in_place(UINT64_MAX / 8); /* no disk has so much room */
	/* What others put there would be lost. */
	snprintf(other, sizeof(other), "%s/notes", path);
	close(creat(other, 0666));
	assert_in_place(VERY_MUCH);
	ck_assert_int_eq(unlink(other), 0);
	/* Nor what others put where it would be built. */
	snprintf(other, sizeof(other), "%s.building", path);
	ck_assert_int_eq(mkdir(other, 0777), 0);
	snprintf(other, sizeof(other), "%s.building/notes", path);
	close(creat(other, 0666));
	struct writer *writer = open_as(path, WRITER_BULK, VERY_MUCH, false);
	ck_assert_ptr_null(writer_inverters(writer));
	writer_close(writer);
	ck_assert_int_eq(access(other, F_OK), 0);
}
END_TEST

START_TEST(test_one_writer_at_a_time)
{
	const struct writer_options update = { .path = path },
				    rebuild = { .path = path, .rebuild = true };
	struct writer *second;
	struct error err;
	make_both(3);
	struct writer *first = open_bulk(VERY_MUCH);
	ck_assert_int_eq(writer_open(&update, &second, &err), STATUS_LOCKED);
	ck_assert_int_eq(writer_open(&rebuild, &second, &err), STATUS_LOCKED);
	put_many(first, 1000, 20);
	end_and_finish(first);
	ck_assert_uint_eq(count(), 25);
	/* Somebody is making it anew, and could not open the old one. */
	char building[300];
	snprintf(building, sizeof(building), "%s.building", path);
	ck_assert_int_eq(mkdir(building, 0777), 0);
	const int lock = open(building, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ck_assert_int_eq(flock(lock, LOCK_EX), 0);
	const struct writer_options many = {
		.path = path, .way = WRITER_BULK, .jobs = 1, .memory = MEMORY, .expected = VERY_MUCH
	};
	ck_assert_int_eq(writer_open(&many, &second, &err), STATUS_LOCKED);
	close(lock);
}
END_TEST

static Suite *writer_bulk_suite(void)
{
	Suite *suite = suite_create("writer_bulk");
	TCase *tests = tcase_create("writer_bulk");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, test_a_new_index_appears_when_it_is_whole);
	tcase_add_test(tests, test_a_new_index_that_is_closed_early_leaves_nothing);
	tcase_add_test(tests, test_a_new_index_of_nothing);
	tcase_add_test(tests, test_the_last_of_a_run_stands);
	tcase_add_test(tests, test_an_article_that_does_not_fit_leaves_no_trace);
	tcase_add_test(tests, test_a_damaged_index_is_made_anew);
	tcase_add_test(tests, test_what_was_set_outlives_a_rebuild_and_a_join);
	tcase_add_test(tests, test_pruning_what_was_just_built);
	tcase_add_test(tests, test_many_are_joined);
	tcase_add_test(tests, test_few_are_written_in_place);
	tcase_add_test(tests, test_nothing_new);
	tcase_add_test(tests, test_into_an_empty_one);
	tcase_add_test(tests, test_joined_articles_are_pruned);
	tcase_add_test(tests, test_deleting_before_articles_come);
	tcase_add_test(tests, test_a_join_that_is_closed_early_changes_nothing);
	tcase_add_test(tests, test_what_is_not_built_aside);
	tcase_add_test(tests, test_one_writer_at_a_time);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(writer_bulk_suite)
