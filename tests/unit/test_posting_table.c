/* The table of postings as it is read without libxapian: lists of all lengths, writers at work, and damage. */
#include "dateline/store.h"

#include "store_testing.h"

#include <fcntl.h>
#include <math.h>

static uint64_t seed = 19690720;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * limit >> 32);
}

/* ---- documents ---- */

#define LONG_LEN 230 /* leaves so little room in an item that chunks are cut */

static char long_term[LONG_LEN + 1];

/*
 * Terms, and in how many of 1000 documents they are. None is in all: libxapian's matcher stumbles over such a term where a list of
 * the lengths has several chunks and holes.
 */
static const struct word {
	struct str term;
	uint32_t share;
} words[] = {
	{ { "all", 3 }, 999 },    { { "most", 4 }, 500 },           { { "mos", 3 }, 200 },
	{ { "most\0", 5 }, 130 }, { { "most\0\xff", 6 }, 90 },      { { "\0most", 5 }, 70 },
	{ { "rare", 4 }, 2 },     { { long_term, LONG_LEN }, 300 },
};

#define WORDS (sizeof(words) / sizeof(words[0]))

static void put(struct store_writer *writer, uint32_t id)
{
	struct posting postings[WORDS];
	struct document document = { .postings = postings };
	for (size_t i = 0; i < WORDS; i++) {
		if (random_below(1000) >= words[i].share)
			continue;
		const uint32_t uses = random_below(40) ? 1 + random_below(5) : random_below(70000);
		postings[document.posting_count++] =
			(struct posting){ .term = words[i].term, .wdf = uses };
	}
	assert_ok(store_replace(writer, id, &document, &err));
}

/* In rows and with holes, also where ids grow by a byte in keys and in distances. */
static void write_some(struct store_writer *writer, uint32_t first, uint32_t count)
{
	for (uint32_t id = first, n = 0; n < count; n++) {
		put(writer, id);
		id += random_below(20) ? 1 : random_below(200);
	}
}

static void write_all(struct store_writer *writer, uint32_t count)
{
	memset(long_term, 'x', LONG_LEN);
	write_some(writer, 1, count);
	write_some(writer, 0x7F00, count);
}

/* ---- plans, by both ways ---- */

static struct plan terms[2], *kids[2] = { &terms[0], &terms[1] };

static struct plan pair_of(enum plan_op op, size_t a, size_t b)
{
	terms[0] = (struct plan){ .op = PLAN_TERM, .term = words[a].term };
	terms[1] = (struct plan){ .op = PLAN_TERM, .term = words[b].term };
	return (struct plan){ .op = op, .kids = kids, .count = 2 };
}

static float *zeros(struct store *store)
{
	return arena_zero(&arena, (size_t)store_last_id(store) + 1, sizeof(float));
}

/* How many match and what the best weigh, when libxapian says the same. */
static uint32_t check_plan(struct store *store, const struct plan *plan)
{
	struct docset set, ranked;
	struct statistics statistics = { 0 };
	struct store_hit *hits;
	size_t found;
	uint32_t count;
	float *scores = zeros(store);
	assert_ok(store_match(store, plan, &set, &err));
	assert_ok(store_recount(store, plan, &count, &err));
	ck_assert_uint_eq(docset_count(&set), count);
	docset_init(&ranked, store_last_id(store));
	assert_ok(store_statistics(store, plan, &statistics, &err));
	assert_ok(store_rank(store, plan, &statistics, &ranked, scores, &err));
	for (size_t i = 0; i < docset_words(&set); i++)
		ck_assert(set.words[i] == ranked.words[i]);
	assert_ok(store_top(store, plan, ORDER_RELEVANCE, 0, 500, &arena, &hits, &found, &err));
	for (size_t i = 0; i < found; i++) {
		ck_assert(docset_has(&set, hits[i].id));
		ck_assert_double_eq_tol((double)scores[hits[i].id], hits[i].score, 1e-4);
	}
	statistics_release(&statistics);
	docset_release(&ranked);
	docset_release(&set);
	arena_reset(&arena);
	return count;
}

static void check_all(struct store *store)
{
	static const enum plan_op ops[] = { PLAN_AND, PLAN_OR, PLAN_AND_NOT, PLAN_MAYBE };
	const struct plan everything = { .op = PLAN_ALL };
	ck_assert_uint_eq(check_plan(store, &everything), store_count(store));
	for (size_t a = 0; a < WORDS; a++) {
		uint32_t frequency;
		const struct plan term = { .op = PLAN_TERM, .term = words[a].term };
		assert_ok(store_frequency(store, words[a].term, &frequency, &err));
		ck_assert_uint_eq(check_plan(store, &term), frequency);
		for (size_t b = 0; b < WORDS; b++)
			for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
				const struct plan pair = pair_of(ops[i], a, b);
				check_plan(store, &pair);
			}
	}
}

START_TEST(lists_of_several_chunks)
{
	struct store_writer *writer = create("db");
	uint32_t frequency;
	write_all(writer, 6000);
	finish(writer);
	struct store *store = open_reader("db");
	assert_ok(store_frequency(store, words[0].term, &frequency, &err));
	ck_assert_uint_gt(frequency, 11000);
	check_all(store);
	const struct plan absent = { .op = PLAN_TERM, .term = STR("mosquito") };
	ck_assert_uint_eq(check_plan(store, &absent), 0);
	store_close(store);
}
END_TEST

/* Their ids are longer in keys, and far from the others. */
START_TEST(documents_with_high_numbers)
{
	struct store_writer *writer = create("db");
	write_all(writer, 1000);
	write_some(writer, 0x3FFF00, 2000);
	finish(writer);
	struct store *store = open_reader("db");
	const struct plan both = pair_of(PLAN_AND, 0, 3);
	ck_assert_uint_gt(check_plan(store, &both), 300);
	const struct plan any = pair_of(PLAN_OR, 1, 7);
	ck_assert_uint_gt(check_plan(store, &any), 2000);
	store_close(store);
}
END_TEST

/* Updates leave chunks half empty and lists with holes. */
START_TEST(documents_that_are_deleted_and_replaced)
{
	struct store_writer *writer = create("db");
	write_all(writer, 3000);
	finish(writer);
	writer = open_writer("db");
	for (uint32_t id = 1; id < 3000; id += 1 + random_below(4))
		put(writer, id);
	for (uint32_t id = 900; id < 2500; id++)
		if (id < 1600 || random_below(2)) {
			const enum status status = store_delete(writer, id, &err);
			ck_assert(status == STATUS_OK || status == STATUS_NOT_FOUND);
		}
	check_all(store_writer_view(writer));
	finish(writer);
	struct store *store = open_reader("db");
	check_all(store);
	store_close(store);
}
END_TEST

START_TEST(no_documents)
{
	finish(create("db"));
	struct store *store = open_reader("db");
	check_all(store);
	store_close(store);
}
END_TEST

/* ---- writers ---- */

/* One commit leaves the blocks of a reader alone; after more of them it is right, or says that it was overtaken. */
START_TEST(readers_that_are_overtaken)
{
	struct store_writer *writer = create("db");
	write_all(writer, 3000);
	finish(writer);
	struct store *store = open_reader("db");
	const struct plan plan = pair_of(PLAN_OR, 0, 1);
	const uint32_t found = check_plan(store, &plan);
	bool was_overtaken = false;
	for (int round = 0; round < 6 && !was_overtaken; round++) {
		struct docset set;
		writer = open_writer("db");
		for (uint32_t id = 2; id < 3000; id += 1 + random_below(3))
			put(writer, id);
		finish(writer);
		const enum status status = store_match(store, &plan, &set, &err);
		was_overtaken = status == STATUS_RETRY;
		if (round == 0 || !was_overtaken) {
			assert_status(status, STATUS_OK);
			ck_assert_uint_eq(docset_count(&set), found);
			docset_release(&set);
		}
	}
	ck_assert(was_overtaken);
	store_close(store);
}
END_TEST

/* ---- damage ---- */

/* Lists gone through from end to end and by jumps, and lengths. */
static enum status search(struct store *store)
{
	static const enum plan_op ops[] = { PLAN_OR, PLAN_AND };
	struct statistics statistics = { 0 };
	struct docset set;
	enum status status = STATUS_OK;
	docset_init(&set, store_last_id(store));
	for (size_t i = 0; i < 2 && status == STATUS_OK; i++) {
		const struct plan plan = pair_of(ops[i], 6 * i, 1);
		statistics.count = 0;
		status = store_statistics(store, &plan, &statistics, &err);
		if (status == STATUS_OK)
			status = store_rank(store, &plan, &statistics, &set, zeros(store), &err);
	}
	statistics_release(&statistics);
	docset_release(&set);
	arena_reset(&arena);
	return status;
}

/* What searching says while byte `at` of the table is another. */
static enum status search_with(int file, off_t at, uint8_t byte, uint8_t other)
{
	struct store *store = open_reader("db");
	ck_assert_int_eq(pwrite(file, &other, 1, at), 1);
	const enum status status = search(store);
	store_close(store);
	ck_assert_int_eq(pwrite(file, &byte, 1, at), 1);
	return status;
}

/* Whatever byte is wrong: an answer or one line, and no memory read or written that is not there. */
START_TEST(damaged_bytes)
{
	struct store_writer *writer = create("db");
	write_all(writer, 600);
	finish(writer);
	const int file = open(path("db/postlist.glass"), O_RDWR);
	struct stat info;
	int refused = 0;
	ck_assert_int_eq(fstat(file, &info), 0);
	for (off_t at = 0; at < info.st_size; at++) {
		uint8_t byte;
		ck_assert_int_eq(pread(file, &byte, 1, at), 1);
		if (random_below(byte ? 3 : 20)) /* most zeros are not used, and each is a search */
			continue;
		const uint8_t other = (uint8_t)(byte ^ (1 + random_below(255)));
		const enum status status = search_with(file, at, byte, other);
		ck_assert_msg(status == STATUS_OK || status == STATUS_CORRUPT ||
				      status == STATUS_RETRY || status == STATUS_NOT_FOUND,
			      "byte %ld: %s", (long)at, status_name(status));
		refused += status != STATUS_OK;
	}
	close(file);
	ck_assert_int_gt(refused, 200);
	struct store *store = open_reader("db");
	check_all(store);
	store_close(store);
}
END_TEST

/* Leaves with a later revision are those that a writer has used again. */
START_TEST(blocks_that_are_used_again)
{
	struct store_writer *writer = create("db");
	write_all(writer, 3000);
	finish(writer);
	struct store *store = open_reader("db");
	const int file = open(path("db/postlist.glass"), O_RDWR);
	struct stat info;
	uint8_t level;
	const uint8_t high = 1;
	ck_assert_int_eq(fstat(file, &info), 0);
	for (off_t block = 0; block < info.st_size; block += 8192) {
		ck_assert_int_eq(pread(file, &level, 1, block + 4), 1);
		if (level == 0)
			ck_assert_int_eq(pwrite(file, &high, 1, block + 1), 1);
	}
	close(file);
	assert_status(search(store), STATUS_RETRY);
	store_close(store);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("posting_table");
	TCase *tests = tcase_create("the table of postings");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 300);
	tcase_add_test(tests, lists_of_several_chunks);
	tcase_add_test(tests, documents_with_high_numbers);
	tcase_add_test(tests, documents_that_are_deleted_and_replaced);
	tcase_add_test(tests, no_documents);
	tcase_add_test(tests, readers_that_are_overtaken);

	tcase_add_test(tests, damaged_bytes);
	tcase_add_test(tests, blocks_that_are_used_again);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
