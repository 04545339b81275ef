/* The table of positions as it is read without libxapian: kinds of keys and lists, writers at work, and damage. */
#include "dateline/store.h"

#include "store_testing.h"

static uint64_t seed = 20010911;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * limit >> 32);
}

/* ---- phrases, by both ways ---- */

static const struct str first = { "rain", 4 }, second = { "and\0sun", 7 };

static struct plan two_terms[2], *const two[2] = { &two_terms[0], &two_terms[1] };

static struct plan phrase_of(struct str a, struct str b)
{
	two_terms[0] = (struct plan){ .op = PLAN_TERM, .term = a };
	two_terms[1] = (struct plan){ .op = PLAN_TERM, .term = b };
	return (struct plan){ .op = PLAN_PHRASE, .kids = (struct plan **)two, .count = 2 };
}

/* How many documents have the phrase, when libxapian says the same. */
static uint32_t count_phrase(struct store *store, struct str a, struct str b)
{
	const struct plan plan = phrase_of(a, b);
	struct docset set;
	uint32_t count;
	assert_ok(store_match(store, &plan, &set, &err));
	assert_ok(store_recount(store, &plan, &count, &err));
	ck_assert_uint_eq(docset_count(&set), count);
	docset_release(&set);
	return count;
}

/* ---- documents of two words ---- */

#define POSITIONS_MAX 3000

/* So many of each word, at random places or all in a row. */
static uint32_t *make_positions(uint32_t count, uint32_t most)
{
	uint32_t *positions = arena_alloc(&arena, count * sizeof(*positions)), at = 0;
	for (uint32_t i = 0; i < count; i++)
		positions[i] = at += 1 + random_below(most);
	return positions;
}

static void put(struct store_writer *writer, uint32_t id, uint32_t count, uint32_t most)
{
	const uint32_t others = 1 + random_below(count);
	const struct posting postings[] = {
		{ first, make_positions(count, most), count, count },
		{ second, make_positions(others, most), others, others },
		{ STR("rai"), make_positions(1, 3), 1, 1 }, /* neighbours in the table */
		{ STR("rain\1"), make_positions(1, 3), 1, 1 },
		{ STR("and"), make_positions(1, 3), 1, 1 },
	};
	const struct document document = { .postings = (struct posting *)postings,
					   .posting_count = 5 };
	assert_ok(store_replace(writer, id, &document, &err));
}

/* A few at the numbers where keys grow by a byte, and enough of them in a row for several blocks. */
static uint32_t write_all(struct store_writer *writer)
{
	static const uint32_t steps[] = { 1, 0x7FF0, 0x3FFFF0 };
	uint32_t count = 0;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		for (uint32_t id = steps[i]; id < steps[i] + 700; id += 1 + random_below(3), count++)
			put(writer, id, 1 + random_below(random_below(12) ? 20 : 300),
			    1 + random_below(6));
	return count;
}

START_TEST(keys_and_lists_of_all_lengths)
{
	struct store_writer *writer = create("db");
	const uint32_t all = write_all(writer);
	put(writer, 5, POSITIONS_MAX, 1000); /* in several pieces */
	put(writer, 6, POSITIONS_MAX, 1);    /* as long, and no bits at all */
	put(writer, 0x400100, POSITIONS_MAX, 2000000);
	finish(writer);
	struct store *store = open_reader("db");
	const uint32_t found = count_phrase(store, first, second);
	ck_assert_uint_gt(found, all / 4);
	ck_assert_uint_lt(found, all);
	ck_assert_uint_gt(count_phrase(store, second, first), all / 4);
	ck_assert_uint_gt(count_phrase(store, first, first), all / 4);
	ck_assert_uint_gt(count_phrase(store, STR("and"), STR("rai")), 0);
	ck_assert_uint_eq(count_phrase(store, first, STR("rain\2")), 0);
	store_close(store);
}
END_TEST

/* An index that somebody else made may have positions up to the last number. */
START_TEST(positions_at_the_last_number)
{
	static uint32_t last[] = { UINT32_MAX }, few[] = { 7 }, both[] = { 7, UINT32_MAX - 1 };
	uint32_t *const lists[][2] = { { last, few }, { few, last }, { last, both }, { both, last } };
	struct store_writer *writer = create("db");
	for (uint32_t i = 0; i < 4; i++) {
		struct posting postings[] = {
			{ first, lists[i][0], 1 + (lists[i][0] == both), 1 },
			{ second, lists[i][1], 1 + (lists[i][1] == both), 1 },
		};
		const struct document document = { .postings = postings, .posting_count = 2 };
		assert_ok(store_replace(writer, i + 1, &document, &err));
	}
	finish(writer);
	struct store *store = open_reader("db");
	const struct plan plan = phrase_of(first, second);
	struct docset set;
	assert_ok(store_match(store, &plan, &set, &err));
	ck_assert_uint_eq(docset_count(&set), 1);
	ck_assert(docset_has(&set, 4));
	docset_release(&set);
	store_close(store);
}
END_TEST

/* ---- writers ---- */

/* What is not committed yet is in no file. */
START_TEST(what_is_being_written)
{
	struct store_writer *writer = create("db");
	const uint32_t all = write_all(writer);
	const uint32_t found = count_phrase(store_writer_view(writer), first, second);
	ck_assert_uint_gt(found, all / 4);
	finish(writer);
	struct store *store = open_reader("db");
	ck_assert_uint_eq(count_phrase(store, first, second), found);
	store_close(store);
}
END_TEST

static void rewrite(int round)
{
	struct store_writer *writer = open_writer("db");
	for (uint32_t id = 1; id < 700; id += 1 + random_below(3))
		put(writer, id, 5 + (uint32_t)round, 2);
	finish(writer);
}

/* One commit leaves the blocks of a reader alone; after more of them it is right, or says that it was overtaken. */
START_TEST(readers_that_are_overtaken)
{
	struct store_writer *writer = create("db");
	write_all(writer);
	finish(writer);
	struct store *store = open_reader("db");
	const struct plan plan = phrase_of(first, second);
	const uint32_t found = count_phrase(store, first, second);
	bool was_overtaken = false;
	for (int round = 0; round < 6 && !was_overtaken; round++) {
		struct docset set;
		rewrite(round);
		const enum status status = store_match(store, &plan, &set, &err);
		was_overtaken = status == STATUS_RETRY;
		if (round == 0)
			assert_status(status, STATUS_OK);
		if (!was_overtaken) {
			assert_status(status, STATUS_OK);
			ck_assert_uint_eq(docset_count(&set), found);
			docset_release(&set);
		}
	}
	ck_assert(was_overtaken);
	store_close(store);
	store = open_reader("db");
	count_phrase(store, first, second);
	store_close(store);
}
END_TEST

/* ---- damage ---- */

static struct str read_whole(const char *name)
{
	FILE *file = fopen(path(name), "r");
	struct stat info;
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fstat(fileno(file), &info), 0);
	char *data = arena_alloc(&arena, (size_t)info.st_size);
	ck_assert_uint_eq(fread(data, 1, (size_t)info.st_size, file), (size_t)info.st_size);
	fclose(file);
	return (struct str){ data, (size_t)info.st_size };
}

static void write_whole(const char *name, struct str s)
{
	FILE *file = fopen(path(name), "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(s.data, 1, s.len, file), s.len);
	ck_assert_int_eq(fclose(file), 0);
}

/* Bytes of the heads and directories of blocks, where most harm is done, and anywhere. */
static void damage(char *data, size_t len)
{
	for (uint32_t i = 1 + random_below(3); i; i--) {
		const size_t block = random_below((uint32_t)(len / 8192)) * 8192;
		const size_t at = random_below(3) ? random_below(200) : random_below(8192);
		data[block + at] = (char)random_below(256);
	}
}

/* What a search says with this in place of the table; STATUS_OK too when it finds something else. */
static enum status search_in(struct str table)
{
	const struct plan plan = phrase_of(first, second);
	struct store *store;
	struct docset set;
	write_whole("db/position.glass", table);
	enum status status = store_open(path("db"), &store, &err);
	if (status != STATUS_OK)
		return status;
	status = store_match(store, &plan, &set, &err);
	docset_release(&set);
	store_close(store);
	return status;
}

/* Whatever is in the table: an answer or one line, in time, and no memory read that is not there. */
START_TEST(damaged_tables)
{
	struct store_writer *writer = create("db");
	write_all(writer);
	finish(writer);
	const struct str good = read_whole("db/position.glass");
	char *bad = arena_alloc(&arena, good.len);
	int refused = 0;
	for (int round = 0; round < 400; round++) {
		memcpy(bad, good.data, good.len);
		damage(bad, good.len);
		const enum status status = search_in((struct str){ bad, good.len });
		ck_assert(status == STATUS_OK || status == STATUS_CORRUPT || status == STATUS_RETRY);
		refused += status != STATUS_OK;
	}
	ck_assert_int_gt(refused, 40);
	assert_status(search_in(good), STATUS_OK);
	for (size_t len = 0; len < good.len; len += 4096) {
		const enum status status = search_in((struct str){ good.data, len });
		ck_assert(status == STATUS_OK || status == STATUS_CORRUPT);
	}
}
END_TEST

/* A leaf with a later revision is one that a writer has used again. */
START_TEST(blocks_that_are_used_again)
{
	struct store_writer *writer = create("db");
	write_all(writer);
	finish(writer);
	const struct str table = read_whole("db/position.glass");
	char *data = (char *)table.data;
	for (size_t block = 0; block < table.len; block += 8192)
		if (data[block + 4] == 0)
			data[block + 2] = 1;
	assert_status(search_in(table), STATUS_RETRY);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("position_table");
	TCase *tests = tcase_create("the table of positions");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 300);
	tcase_add_test(tests, keys_and_lists_of_all_lengths);
	tcase_add_test(tests, positions_at_the_last_number);
	tcase_add_test(tests, what_is_being_written);
	tcase_add_test(tests, readers_that_are_overtaken);
	tcase_add_test(tests, damaged_tables);
	tcase_add_test(tests, blocks_that_are_used_again);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
