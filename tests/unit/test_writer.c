#include "../../indexer/writer.h"
#include "testing.h"
#include "writing.h"

#include "dateline/record.h"
#include "dateline/schema.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char place[64];
static char path[256];
static struct preparer *preparer;
static struct arena arena;

static void begin(void)
{
	snprintf(place, sizeof(place), "/tmp/dateline-writer-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(place));
	snprintf(path, sizeof(path), "%s/news.db", place);
	preparer = preparer_new(ENTITIES_GIVEN, NULL, NULL);
}

static void end(void)
{
	char command[300];
	preparer_free(preparer);
	arena_release(&arena);
	snprintf(command, sizeof(command), "rm -rf %s", place);
	ck_assert_int_eq(system(command), 0);
}

static struct writer *open_writer(bool rebuild)
{
	return open_writer_at(path, rebuild);
}

/* One article as a line of JSON, from the file `from`. */
static enum writer_outcome put_from(struct writer *writer, const char *json, const char *from)
{
	const struct record_bytes record = {
		.bytes = str_from(json),
		.origin = { .path = str_from(from), .line = 1, .record = 1 },
	};
	const struct reader *reader = reader_find(STR("jsonl"));
	struct prepared prepared;
	enum writer_outcome outcome;
	struct error err = { 0 };
	preparer_run(preparer, reader, &record, 0, writer_known(writer), &arena, &prepared);
	ck_assert_msg(prepared.state != PREPARED_FAILED, "%s", prepared.err.text);
	enum status status = writer_put(writer, &prepared, &arena, &outcome, &err);
	if (status == STATUS_OK && outcome == WRITER_AGAIN) {
		preparer_run(preparer, reader, &record, 0, NULL, &arena, &prepared);
		status = writer_put(writer, &prepared, &arena, &outcome, &err);
	}
	ck_assert_msg(status == STATUS_OK, "%s", err.text);
	return outcome;
}

static enum writer_outcome put(struct writer *writer, const char *json)
{
	return put_from(writer, json, "/news/a.jsonl");
}

static uint32_t frequency(const char *term)
{
	struct store *store;
	uint32_t found;
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	ck_assert_int_eq(store_frequency(store, str_from(term), &found, NULL), STATUS_OK);
	store_close(store);
	return found;
}

static const char *metadata(const char *key)
{
	static char value[256];
	struct store *store;
	struct buffer found = { 0 };
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	ck_assert_int_eq(store_metadata(store, str_from(key), &found, NULL), STATUS_OK);
	snprintf(value, sizeof(value), "%.*s", STR_ARG(buffer_str(&found)));
	buffer_release(&found);
	store_close(store);
	return value;
}

#define RAIN "{\"id\":\"a\",\"title\":\"One\",\"body\":\"Rain.\",\"source\":\"Quay\"}"
#define SUN "{\"id\":\"a\",\"title\":\"One\",\"body\":\"Sun.\",\"source\":\"Mole\"}"
#define WIND "{\"id\":\"b\",\"title\":\"Two\",\"body\":\"Wind.\",\"source\":\"Quay\"}"

START_TEST(test_a_new_index_appears_when_it_is_whole)
{
	struct writer *writer = open_writer(false);
	struct stat info;
	ck_assert(writer_is_fresh(writer));
	ck_assert_int_eq(put(writer, RAIN), WRITER_ADDED);
	ck_assert_int_eq(put(writer, WIND), WRITER_ADDED);
	ck_assert_int_ne(stat(path, &info), 0);
	finish(writer);
	ck_assert_uint_eq(frequency("rain"), 1);
	ck_assert_str_eq(metadata(META_BATCH), "1");
}
END_TEST

START_TEST(test_a_new_index_that_is_closed_early_leaves_nothing)
{
	struct writer *writer = open_writer(false);
	put(writer, RAIN);
	writer_close(writer);
	ck_assert_int_eq(rmdir(place), 0);
	ck_assert_int_eq(mkdir(place, 0777), 0);
}
END_TEST

START_TEST(test_what_did_not_change_is_passed_over)
{
	struct writer *writer = open_writer(false);
	put(writer, RAIN);
	put(writer, WIND);
	finish(writer);
	writer = open_writer(false);
	ck_assert(!writer_is_fresh(writer));
	ck_assert_int_eq(put(writer, RAIN), WRITER_UNCHANGED);
	ck_assert_int_eq(put(writer, WIND), WRITER_UNCHANGED);
	finish(writer);
	ck_assert_str_eq(metadata(META_BATCH), "1");
}
END_TEST

static struct writer *open_for(enum entity_mode mode)
{
	const struct writer_options options = { .path = path, .adds = true, .mode = mode };
	struct writer *writer;
	struct error err = { 0 };
	ck_assert_msg(writer_open(&options, &writer, &err) == STATUS_OK, "%s", err.text);
	preparer_free(preparer);
	preparer = preparer_new(mode, NULL, NULL);
	return writer;
}

/* The bytes are the same; what is made of them is not. */
START_TEST(test_another_way_to_entities_is_a_change)
{
	static const enum entity_mode modes[] = { ENTITIES_GIVEN, ENTITIES_OFF, ENTITIES_AUTO };
	struct writer *writer = open_writer(false);
	put(writer, RAIN);
	finish(writer);
	for (int from = 0; from < 3; from++) {
		const enum entity_mode mode = modes[(from + 1) % 3];
		writer = open_for(mode);
		ck_assert_ptr_null(writer_known(writer));
		ck_assert_int_eq(put(writer, RAIN), WRITER_REPLACED);
		finish(writer);
		writer = open_for(mode);
		ck_assert_int_eq(put(writer, RAIN), WRITER_UNCHANGED);
		finish(writer);
	}
}
END_TEST

/* Only those that were made in this way are passed over. */
START_TEST(test_some_were_made_in_another_way)
{
	struct writer *writer = open_writer(false);
	put(writer, RAIN);
	finish(writer);
	writer = open_for(ENTITIES_OFF);
	put(writer, WIND);
	finish(writer);
	writer = open_for(ENTITIES_GIVEN);
	ck_assert_int_eq(put(writer, RAIN), WRITER_UNCHANGED);
	ck_assert_int_eq(put(writer, WIND), WRITER_REPLACED);
	finish(writer);
}
END_TEST

START_TEST(test_another_place_in_the_world_is_a_change)
{
	struct writer *writer = open_writer(false);
	put(writer, RAIN);
	finish(writer);
	writer = open_writer(false);
	ck_assert_int_eq(put_from(writer, RAIN, "/news/moved.jsonl"), WRITER_REPLACED);
	finish(writer);
	struct buffer term = { 0 };
	schema_file_term(STR("/news/moved.jsonl"), &term);
	ck_assert_uint_eq(frequency(term.data), 1);
	buffer_release(&term);
}
END_TEST

START_TEST(test_the_same_id_replaces)
{
	struct writer *writer = open_writer(false);
	put(writer, RAIN);
	put(writer, WIND);
	finish(writer);
	writer = open_writer(false);
	ck_assert_int_eq(put(writer, SUN), WRITER_REPLACED);
	ck_assert_uint_eq(writer_count(writer), 2);
	finish(writer);
	ck_assert_uint_eq(frequency("rain"), 0);
	ck_assert_uint_eq(frequency("sun"), 1);
	ck_assert_uint_eq(frequency("Qa"), 1);
}
END_TEST

START_TEST(test_the_last_of_a_run_stands)
{
	struct writer *writer = open_writer(false);
	ck_assert_int_eq(put(writer, RAIN), WRITER_ADDED);
	ck_assert_int_eq(put(writer, SUN), WRITER_REPEATED);
	ck_assert_uint_eq(writer_count(writer), 1);
	finish(writer);
	ck_assert_uint_eq(frequency("sun"), 1);
	/* The index has SUN; RAIN comes and goes again, so SUN is a change too. */
	writer = open_writer(false);
	ck_assert_int_eq(put(writer, RAIN), WRITER_REPLACED);
	ck_assert_int_eq(put(writer, SUN), WRITER_REPEATED);
	finish(writer);
	ck_assert_uint_eq(frequency("sun"), 1);
	ck_assert_uint_eq(frequency("rain"), 0);
}
END_TEST

START_TEST(test_deleting)
{
	struct writer *writer = open_writer(false);
	struct error err;
	bool found;
	put(writer, RAIN);
	put(writer, WIND);
	finish(writer);
	writer = open_writer(false);
	ck_assert_int_eq(writer_delete(writer, STR("a"), &found, &err), STATUS_OK);
	ck_assert(found);
	ck_assert_int_eq(writer_delete(writer, STR("a"), &found, &err), STATUS_OK);
	ck_assert(!found);
	/* It is gone, so the same article is new again. */
	ck_assert_int_eq(put(writer, RAIN), WRITER_ADDED);
	ck_assert_int_eq(writer_delete(writer, STR("b"), &found, &err), STATUS_OK);
	ck_assert_uint_eq(writer_count(writer), 1);
	finish(writer);
	ck_assert_uint_eq(frequency("wind"), 0);
	ck_assert_uint_eq(frequency("rain"), 1);
}
END_TEST

START_TEST(test_pruning)
{
	char kept[300], gone[300];
	struct error err;
	uint32_t deleted = 0;
	snprintf(kept, sizeof(kept), "%s/kept.jsonl", place);
	snprintf(gone, sizeof(gone), "%s/gone.jsonl", place);
	close(creat(kept, 0666));
	struct writer *writer = open_writer(false);
	put_from(writer, RAIN, kept);
	put_from(writer, WIND, gone);
	put_from(writer, "{\"id\":\"c\",\"title\":\"Three\"}", gone);
	put_from(writer, "{\"id\":\"d\",\"title\":\"Four\"}", "-");
	finish(writer);
	writer = open_writer(false);
	ck_assert_int_eq(writer_prune(writer, &deleted, &err), STATUS_OK);
	ck_assert_uint_eq(deleted, 2);
	ck_assert_int_eq(writer_prune(writer, &deleted, &err), STATUS_OK);
	ck_assert_uint_eq(deleted, 2);
	finish(writer);
	ck_assert_uint_eq(frequency("wind"), 0);
	ck_assert_uint_eq(frequency("rain"), 1);
	ck_assert_uint_eq(frequency("four"), 1);
}
END_TEST

START_TEST(test_what_is_not_committed_is_thrown_away)
{
	struct writer *writer = open_writer(false);
	put(writer, RAIN);
	finish(writer);
	writer = open_writer(false);
	put(writer, WIND);
	writer_close(writer);
	ck_assert_uint_eq(frequency("wind"), 0);
	ck_assert_uint_eq(frequency("rain"), 1);
}
END_TEST

START_TEST(test_one_writer_at_a_time)
{
	const struct writer_options update = { .path = path },
				    rebuild = { .path = path, .rebuild = true };
	struct writer *first = open_writer(false), *second;
	struct error err;
	/* While it is made. */
	ck_assert_int_eq(writer_open(&update, &second, &err), STATUS_LOCKED);
	ck_assert_ptr_null(second);
	put(first, RAIN);
	finish(first);
	/* While it is updated. */
	first = open_writer(false);
	ck_assert_int_eq(writer_open(&update, &second, &err), STATUS_LOCKED);
	ck_assert_int_eq(writer_open(&rebuild, &second, &err), STATUS_LOCKED);
	put(first, WIND);
	finish(first);
	/* While it is made anew. */
	first = open_writer(true);
	ck_assert_int_eq(writer_open(&update, &second, &err), STATUS_LOCKED);
	ck_assert_int_eq(writer_open(&rebuild, &second, &err), STATUS_LOCKED);
	put(first, SUN);
	finish(first);
	ck_assert_uint_eq(frequency("sun"), 1);
	ck_assert_uint_eq(frequency("wind"), 0);
}
END_TEST

START_TEST(test_a_damaged_index_is_refused_and_can_be_rebuilt)
{
	const struct writer_options options = { .path = path };
	struct writer *writer = open_writer(false);
	struct error err;
	char version[300];
	put(writer, RAIN);
	finish(writer);
	snprintf(version, sizeof(version), "%s/iamglass", path);
	FILE *file = fopen(version, "w");
	fputs("not a database", file);
	fclose(file);
	ck_assert_int_ne(writer_open(&options, &writer, &err), STATUS_OK);
	writer = open_writer(true);
	put(writer, SUN);
	finish(writer);
	ck_assert_uint_eq(frequency("sun"), 1);
}
END_TEST

START_TEST(test_another_analyser_is_refused)
{
	const struct store_writer_options options = { 0 };
	struct store_writer *store;
	struct writer *writer = open_writer(false);
	struct error err = { 0 };
	put(writer, RAIN);
	finish(writer);
	ck_assert_int_eq(store_writer_open(path, &options, &store, &err), STATUS_OK);
	ck_assert_int_eq(store_set_metadata(store, STR(META_ANALYSER), STR("0"), &err), STATUS_OK);
	ck_assert_int_eq(store_commit(store, &err), STATUS_OK);
	store_writer_close(store);
	const struct writer_options again = { .path = path };
	ck_assert_int_eq(writer_open(&again, &writer, &err), STATUS_OTHER_VERSION);
	ck_assert_ptr_nonnull(strstr(err.text, "--rebuild"));
}
END_TEST

START_TEST(test_numbers_are_kept_and_variants_noted)
{
	struct writer *writer = open_writer(false);
	put(writer, "{\"id\":\"a\",\"title\":\"x\",\"people\":[\"Ada Vos\",\"Jan Smit\"]}");
	finish(writer);
	writer = open_writer(false);
	put(writer,
	    "{\"id\":\"b\",\"title\":\"x\",\"people\":[\"jan smit\",\"ada-vos\",\"Eva Bos\"]}");
	finish(writer);
	struct buffer text = { 0 };
	struct store *store;
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	static const char *const names[] = { "Ada Vos", "Jan Smit", "Eva Bos" };
	for (uint32_t i = 0; i < 3; i++) {
		struct buffer entity_key = { 0 };
		schema_entity_key(KIND_PERSON, i, &entity_key);
		buffer_reset(&text);
		ck_assert_int_eq(store_metadata(store, buffer_str(&entity_key), &text, NULL),
				 STATUS_OK);
		const char *at = text.data, *stop = text.data + text.len;
		struct str name;
		ck_assert(counted_read(&at, stop, &name));
		assert_str(name, names[i]);
		buffer_release(&entity_key);
	}
	store_close(store);
	buffer_release(&text);
}
END_TEST

START_TEST(test_the_digest_is_the_sum_of_the_checksums)
{
	struct writer *writer = open_writer(false);
	struct error err;
	bool found;
	put(writer, RAIN);
	put(writer, WIND);
	put(writer, "{\"id\":\"c\",\"title\":\"Three\"}");
	finish(writer);
	writer = open_writer(false);
	put(writer, SUN);
	ck_assert_int_eq(writer_delete(writer, STR("c"), &found, &err), STATUS_OK);
	finish(writer);
	struct store *store;
	struct buffer record = { 0 };
	uint64_t sum = 0;
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	for (uint32_t id = 1; id <= 2; id++) {
		buffer_reset(&record);
		ck_assert_int_eq(store_record(store, id, &record, NULL), STATUS_OK);
		sum += record_checksum(buffer_str(&record));
	}
	store_close(store);
	buffer_release(&record);
	ck_assert_uint_eq(strtoull(metadata(META_DIGEST), NULL, 16), sum);
}
END_TEST

START_TEST(test_an_article_that_does_not_fit_leaves_no_trace)
{
	struct writer *writer = open_writer(false);
	put(writer, RAIN);
	finish(writer);
	char before[64];
	snprintf(before, sizeof(before), "%s", metadata(META_DIGEST));
	writer = open_writer(false);
	const struct record_bytes record = {
		.bytes = STR(SUN),
		.origin = { .path = STR("/news/a.jsonl"), .line = 1, .record = 1 },
	};
	struct prepared prepared;
	enum writer_outcome outcome;
	struct error err;
	preparer_run(preparer, reader_find(STR("jsonl")), &record, 0, NULL, &arena, &prepared);
	char term[SCHEMA_TERM_MAX + 1];
	memset(term, 'x', sizeof(term));
	prepared.document.postings[0].term = (struct str){ term, sizeof(term) };
	ck_assert_int_eq(writer_put(writer, &prepared, &arena, &outcome, &err), STATUS_TOO_LARGE);
	ck_assert_int_eq(put(writer, WIND), WRITER_ADDED);
	finish(writer);
	ck_assert_uint_eq(frequency("rain"), 1);
	writer = open_writer(false);
	bool found;
	ck_assert_int_eq(writer_delete(writer, STR("b"), &found, &err), STATUS_OK);
	finish(writer);
	ck_assert_str_eq(metadata(META_DIGEST), before);
}
END_TEST

/* Names that differ only in what is not heard are one, over runs too. */
START_TEST(test_names_of_one_key_keep_one_number)
{
	struct writer *writer = open_writer(false);
	put(writer, "{\"id\":\"a\",\"title\":\"x\",\"topics\":[\"Ze'\\u0301ro\"]}");
	put(writer, "{\"id\":\"b\",\"title\":\"x\",\"topics\":[\"Zero\"]}");
	finish(writer);
	writer = open_writer(false);
	put(writer, "{\"id\":\"c\",\"title\":\"x\",\"topics\":[\"Ze'\\u0301ro\"]}");
	finish(writer);
	char next[32];
	snprintf(next, sizeof(next), "%s%c", META_NEXT, schema_kind_letter(KIND_TOPIC));
	ck_assert_str_eq(metadata(next), "\001");
}
END_TEST

START_TEST(test_an_index_moved_aside_is_put_back)
{
	char aside[300];
	struct writer *writer = open_writer(false);
	put(writer, RAIN);
	finish(writer);
	snprintf(aside, sizeof(aside), "%s.replaced", path);
	ck_assert_int_eq(rename(path, aside), 0);
	writer = open_writer(false);
	ck_assert(!writer_is_fresh(writer));
	ck_assert_int_eq(put(writer, WIND), WRITER_ADDED);
	finish(writer);
	ck_assert_uint_eq(frequency("rain"), 1);
	ck_assert_int_ne(access(aside, F_OK), 0);
}
END_TEST

START_TEST(test_rights_are_kept)
{
	struct stat info;
	struct writer *writer;
	ck_assert_int_eq(mkdir(path, 0700), 0);
	for (int i = 0; i < 2; i++) {
		writer = open_writer(i > 0);
		put(writer, RAIN);
		finish(writer);
		ck_assert_int_eq(stat(path, &info), 0);
		ck_assert_int_eq(info.st_mode & 07777, 0700);
	}
}
END_TEST

static Suite *writer_suite(void)
{
	Suite *suite = suite_create("writer");
	TCase *tests = tcase_create("writer");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, test_a_new_index_appears_when_it_is_whole);
	tcase_add_test(tests, test_a_new_index_that_is_closed_early_leaves_nothing);
	tcase_add_test(tests, test_what_did_not_change_is_passed_over);
	tcase_add_test(tests, test_another_way_to_entities_is_a_change);
	tcase_add_test(tests, test_some_were_made_in_another_way);
	tcase_add_test(tests, test_another_place_in_the_world_is_a_change);
	tcase_add_test(tests, test_the_same_id_replaces);
	tcase_add_test(tests, test_the_last_of_a_run_stands);
	tcase_add_test(tests, test_deleting);
	tcase_add_test(tests, test_pruning);
	tcase_add_test(tests, test_what_is_not_committed_is_thrown_away);
	tcase_add_test(tests, test_one_writer_at_a_time);
	tcase_add_test(tests, test_a_damaged_index_is_refused_and_can_be_rebuilt);
	tcase_add_test(tests, test_another_analyser_is_refused);
	tcase_add_test(tests, test_numbers_are_kept_and_variants_noted);
	tcase_add_test(tests, test_an_article_that_does_not_fit_leaves_no_trace);
	tcase_add_test(tests, test_names_of_one_key_keep_one_number);
	tcase_add_test(tests, test_an_index_moved_aside_is_put_back);
	tcase_add_test(tests, test_rights_are_kept);
	tcase_add_test(tests, test_the_digest_is_the_sum_of_the_checksums);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(writer_suite)
