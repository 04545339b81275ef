#include "../../indexer/refresh.h"
#include "testing.h"
#include "writing.h"

#include "dateline/record.h"
#include "dateline/schema.h"

#include <sys/eventfd.h>
#include <unistd.h>

static char place[64];
static char path[256];
static int stop;
static struct report report;
static struct error err;

static void begin(void)
{
	snprintf(place, sizeof(place), "/tmp/dateline-refresh-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(place));
	snprintf(path, sizeof(path), "%s/news.db", place);
	stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	ck_assert_int_ge(stop, 0);
	ck_assert_int_eq(report_open(&report, REPORT_QUIET, NULL, &err), STATUS_OK);
}

static void end(void)
{
	char command[300];
	snprintf(command, sizeof(command), "rm -rf %s", place);
	ck_assert_int_eq(system(command), 0);
	close(stop);
	report_close(&report, &err);
}

static struct writer *open_writer(void)
{
	return open_writer_at(path, false);
}

/* One article as a line of JSON, with its entities found in that way. */
static void put(struct writer *writer, enum entity_mode mode, const char *json)
{
	/* A name that is no UTF-8, and that would be shown otherwise when it is shown twice. */
	const struct record_bytes record = {
		.bytes = str_from(json),
		.origin = { .path = STR("/news/\xff\\x41.jsonl"), .line = 3, .record = 2 },
	};
	struct arena arena = { 0 };
	struct prepared prepared;
	enum writer_outcome outcome;
	struct preparer *preparer = preparer_new(mode, NULL, NULL);
	preparer_run(preparer, reader_find(STR("jsonl")), &record, 0, NULL, &arena, &prepared);
	ck_assert_msg(prepared.state == PREPARED_DOCUMENT, "%s", prepared.err.text);
	ck_assert_int_eq(writer_put(writer, &prepared, &arena, &outcome, &err), STATUS_OK);
	preparer_free(preparer);
	arena_release(&arena);
}

static enum status refresh(enum entity_mode mode, unsigned jobs)
{
	const struct refresh_options options = { .jobs = jobs, .mode = mode, .stop = stop };
	struct writer *writer = open_writer();
	const enum status status = refresh_run(&options, writer, &report, &err);
	finish(writer);
	return status;
}

/* All terms of all documents, their values and records, as text. */
static void dump(struct buffer *out, bool with_hash)
{
	struct store *store;
	ck_assert_int_eq(store_open(path, &store, &err), STATUS_OK);
	for (uint32_t id = 1; id <= store_last_id(store); id++) {
		struct arena arena = { 0 };
		struct term_entry *terms;
		size_t count;
		buffer_add_format(out, "\n%u:", id);
		ck_assert_int_eq(store_document_terms(store, id, STR(""), &arena, &terms, &count,
						      &err),
				 STATUS_OK);
		for (size_t i = 0; i < count; i++)
			buffer_add_format(out, " %.*s/%u", STR_ARG(terms[i].term),
					  terms[i].frequency);
		for (uint32_t slot = 0; slot <= SLOT_SENTENCES; slot++)
			if (with_hash || slot != SLOT_HASH)
				ck_assert_int_eq(store_value(store, id, slot, out, &err), STATUS_OK);
		ck_assert_int_eq(store_positions(store, id, out, &err), STATUS_OK);
		ck_assert_int_eq(store_record(store, id, out, &err), STATUS_OK);
		arena_release(&arena);
	}
	ck_assert_int_eq(store_metadata(store, STR(META_DIGEST), out, &err), STATUS_OK);
	store_close(store);
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

static const char *const articles[] = {
	"{\"id\":\"a\",\"title\":\"One\",\"body\":\"Rain.\\n\\nSun in the u.s. today.\",\"date\":"
	"\"2024-02-07T10:15:00+01:00\",\"places\":[\"usa\"],\"people\":[\"ada-vos\"],\"orgs\":[],"
	"\"source\":\"Quay\",\"author\":\"By Jan Smit\",\"topics\":[\"rain\",\"sun\"],\"url\":\"http://x/y\"}",
	"{\"id\":\"b\",\"title\":\"Stormen tagg\u00e9r\",\"body\":\"Vinden var stark i Norge\",\"language\":"
	"\"sv\",\"places\":[\"norway\",\"Sweden\"],\"section\":\"V\u00e4der\"}",
	"{\"id\":\"c\",\"body\":\"No title, and nothing that is given.\"}",
};

static void put_all(enum entity_mode mode)
{
	struct writer *writer = open_writer();
	for (size_t i = 0; i < sizeof(articles) / sizeof(*articles); i++)
		put(writer, mode, articles[i]);
	finish(writer);
}

START_TEST(it_is_as_if_it_had_been_indexed_so)
{
	struct buffer wanted = { 0 }, got = { 0 };
	put_all(ENTITIES_GIVEN);
	dump(&wanted, false);
	end();
	begin();
	put_all(ENTITIES_OFF);
	dump(&got, false);
	ck_assert(!str_equal(buffer_str(&wanted), buffer_str(&got)));
	ck_assert_int_eq(refresh(ENTITIES_GIVEN, 1), STATUS_OK);
	ck_assert_uint_eq(report.outcomes[WRITER_REDONE], 3);
	buffer_reset(&got);
	dump(&got, false);
	ck_assert(str_equal(buffer_str(&wanted), buffer_str(&got)));
	buffer_release(&wanted);
	buffer_release(&got);
}
END_TEST

START_TEST(there_and_back_nothing_has_changed)
{
	struct buffer before = { 0 }, after = { 0 };
	put_all(ENTITIES_GIVEN);
	dump(&before, true);
	ck_assert_int_eq(refresh(ENTITIES_OFF, 2), STATUS_OK);
	ck_assert_uint_eq(frequency("XPER:ada vos"), 0);
	ck_assert_uint_eq(frequency("XENTITIES:off"), 3);
	ck_assert_int_eq(refresh(ENTITIES_GIVEN, 2), STATUS_OK);
	dump(&after, true);
	ck_assert(str_equal(buffer_str(&before), buffer_str(&after)));
	buffer_release(&before);
	buffer_release(&after);
}
END_TEST

START_TEST(what_is_not_stale_is_left_alone)
{
	struct writer *writer = open_writer();
	put(writer, ENTITIES_OFF, articles[0]);
	put(writer, ENTITIES_GIVEN, articles[1]);
	finish(writer);
	ck_assert_int_eq(refresh(ENTITIES_GIVEN, 1), STATUS_OK);
	ck_assert_uint_eq(report.outcomes[WRITER_REDONE], 1);
	ck_assert_int_eq(refresh(ENTITIES_GIVEN, 1), STATUS_OK);
	ck_assert_uint_eq(report.outcomes[WRITER_REDONE], 1);
	ck_assert_uint_eq(report.articles, 1);
}
END_TEST

/* More than the ring holds, with holes where articles were deleted. */
START_TEST(many_articles)
{
	char json[200];
	bool found;
	struct writer *writer = open_writer();
	for (int i = 0; i < 700; i++) {
		snprintf(json, sizeof(json),
			 "{\"id\":\"a%d\",\"title\":\"Number %d\",\"people\":[\"Ada Vos\"]}", i, i);
		put(writer, ENTITIES_OFF, json);
	}
	finish(writer);
	writer = open_writer();
	ck_assert_int_eq(writer_delete(writer, STR("a0"), &found, &err), STATUS_OK);
	ck_assert_int_eq(writer_delete(writer, STR("a350"), &found, &err), STATUS_OK);
	finish(writer);
	ck_assert_int_eq(refresh(ENTITIES_GIVEN, 3), STATUS_OK);
	ck_assert_uint_eq(report.outcomes[WRITER_REDONE], 698);
	ck_assert_uint_eq(frequency("XPER:ada vos"), 698);
	ck_assert_uint_eq(frequency("XENTITIES:given"), 698);
	ck_assert_uint_eq(frequency("Qa699"), 1);
}
END_TEST

START_TEST(it_stops_when_it_is_told_to)
{
	const uint64_t one = 1;
	put_all(ENTITIES_OFF);
	ck_assert_int_eq(write(stop, &one, sizeof(one)), sizeof(one));
	ck_assert_int_eq(refresh(ENTITIES_GIVEN, 1), STATUS_INTERRUPTED);
	ck_assert_uint_eq(frequency("XENTITIES:off"), 3);
	uint64_t taken;
	ck_assert_int_eq(read(stop, &taken, sizeof(taken)), sizeof(taken));
	ck_assert_int_eq(refresh(ENTITIES_GIVEN, 1), STATUS_OK);
	ck_assert_uint_eq(frequency("XENTITIES:off"), 0);
}
END_TEST

/* Changes one byte in the text of a stored article. */
static void damage(uint32_t id, const char *term)
{
	const struct store_writer_options options = { 0 };
	struct store_writer *store;
	struct buffer record = { 0 };
	ck_assert_int_eq(store_writer_open(path, &options, &store, &err), STATUS_OK);
	ck_assert_int_eq(store_record(store_writer_view(store), id, &record, &err), STATUS_OK);
	record.data[record.len - 1] ^= 1;
	struct posting postings[] = { { .term = str_from(term) }, { .term = STR("XENTITIES:off") } };
	const struct document document = { .postings = postings,
					   .posting_count = 2,
					   .record = buffer_str(&record) };
	ck_assert_int_eq(store_replace(store, id, &document, &err), STATUS_OK);
	ck_assert_int_eq(store_commit(store, &err), STATUS_OK);
	store_writer_close(store);
	buffer_release(&record);
}

START_TEST(a_damaged_article_fails_alone)
{
	put_all(ENTITIES_OFF);
	damage(2, "Qb");
	ck_assert_int_eq(refresh(ENTITIES_GIVEN, 1), STATUS_OK);
	ck_assert_uint_eq(report.failed, 1);
	ck_assert_uint_eq(report.outcomes[WRITER_REDONE], 2);
	ck_assert_uint_eq(frequency("XENTITIES:given"), 2);
	ck_assert_uint_eq(frequency("XENTITIES:off"), 1);
}
END_TEST

START_TEST(older_ones_are_those_that_another_model_found)
{
	const struct store_writer_options options = { 0 };
	static const char *const makers[] = { "XENTITIES:0-0123456789abcdef", "XENTITIES:given",
					      "XENTITIES:off", "XENTITIES:0-0123456789abcdef" };
	char own[ENTITY_MAKER_SIZE];
	struct store_writer *store;
	struct buffer term = { 0 };
	uint64_t older;
	uint32_t id;
	put_all(ENTITIES_GIVEN);
	ck_assert_int_eq(store_writer_open(path, &options, &store, &err), STATUS_OK);
	entity_maker(ENTITIES_AUTO, NULL, own);
	buffer_add_format(&term, "%s%s", PREFIX_ENTITIES, own);
	for (size_t i = 0; i <= 4; i++) {
		struct posting posting = { .term = i < 4 ? str_from(makers[i]) : buffer_str(&term) };
		const struct document document = { .postings = &posting,
						   .posting_count = 1,
						   .record = STR("") };
		ck_assert_int_eq(store_add(store, &document, &id, &err), STATUS_OK);
	}
	ck_assert_int_eq(store_commit(store, &err), STATUS_OK);
	store_writer_close(store);
	struct writer *writer = open_writer();
	ck_assert_int_eq(refresh_count_older(writer, NULL, &older, &err), STATUS_OK);
	ck_assert_uint_eq(older, 2);
	writer_close(writer);
	buffer_release(&term);
}
END_TEST

static Suite *refresh_suite(void)
{
	Suite *suite = suite_create("refresh");
	TCase *tests = tcase_create("refresh");
	tcase_set_timeout(tests, 120);
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, it_is_as_if_it_had_been_indexed_so);
	tcase_add_test(tests, there_and_back_nothing_has_changed);
	tcase_add_test(tests, what_is_not_stale_is_left_alone);
	tcase_add_test(tests, many_articles);
	tcase_add_test(tests, it_stops_when_it_is_told_to);
	tcase_add_test(tests, a_damaged_article_fails_alone);
	tcase_add_test(tests, older_ones_are_those_that_another_model_found);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(refresh_suite)
