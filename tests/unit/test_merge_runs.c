#include "merge_testing.h"

/* Merges and numbers over several runs: they hang on what is in the index, not on how it came there. */

/* ---- the same, however the documents came ---- */

#define MANY 900

/* Many names, some of which stand for one thing, some for several, some too seldom. */
static void make_article(unsigned number, char id[16], char text[200])
{
	const unsigned name = number % 60, what = number / 60 % 15;
	snprintf(id, 16, "id%u", number);
	switch (what) {
	case 0:
		snprintf(text, 200, "O O%u; P Name%u; Q Name%u", name, name, name);
		break;
	case 1:
	case 2:
		snprintf(text, 200, "O O%u; P Ada Name%u = Ada B. Name%u", name, name, name);
		break;
	case 3:
		snprintf(text, 200, "O O.%u = O%u; P Ada B. Name%u", name, name, name);
		break;
	case 4:
		snprintf(text, 200, "O Old O%u = O%u; P %s Name%u = Name%u", name, name,
			 name % 3 ? "Bea" : "Ada", name, name);
		break;
	case 5:
		snprintf(text, 200, "O %s O%u = O%u; P Cora Name%u = Name%u",
			 name % 4 ? "New" : "Old", name, name, name, name);
		break;
	default:
		snprintf(text, 200, "O New O%u = O%u; P Ada Name%u = Name%u; Q Ada Name%u", name,
			 name, name, name, name);
	}
}

static void put_number(struct writer *writer, unsigned number)
{
	char id[16], text[200];
	make_article(number, id, text);
	put_article(writer, id, text);
}

static void delete_id(struct writer *writer, const char *id)
{
	struct error err;
	bool found;
	ck_assert_int_eq(writer_delete(writer, str_from(id), &found, &err), STATUS_OK);
	ck_assert(found);
}

static void assert_same(const char *orgs, const char *people)
{
	assert_str(merged(KIND_ORG), orgs);
	assert_str(merged(KIND_PERSON), people);
	empty();
}

START_TEST(names_are_merged_by_what_is_there_and_nothing_else)
{
	struct writer *writer = open_writer();
	for (unsigned i = 0; i < MANY; i++)
		put_number(writer, i);
	finish(writer);
	char *orgs = strdup(merged(KIND_ORG).data), *people = strdup(merged(KIND_PERSON).data);
	ck_assert_uint_gt(strlen(orgs), 100);
	ck_assert_uint_gt(strlen(people), 100);
	empty();

	/* In another order. */
	writer = open_writer();
	for (unsigned i = 0; i < MANY; i++)
		put_number(writer, i * 577 % MANY);
	finish(writer);
	assert_same(orgs, people);

	/* In several runs. */
	for (unsigned part = 0; part < 4; part++) {
		writer = open_writer();
		for (unsigned i = part; i < MANY; i += 4)
			put_number(writer, i);
		finish(writer);
	}
	assert_same(orgs, people);

	/* Each was another article before, and some are not there any more. */
	writer = open_writer();
	for (unsigned i = 0; i < MANY; i++) {
		char id[16], text[200], other[16];
		make_article(i + 3, other, text);
		snprintf(id, sizeof(id), "id%u", i);
		put_article(writer, id, text);
	}
	put_some(writer, "gone", 9, "O Old Other = O1, O2; O O1; O O2; P Name1 Name2 = Name1");
	finish(writer);
	writer = open_writer();
	for (unsigned i = 0; i < MANY; i++)
		put_number(writer, i);
	for (int i = 0; i < 9; i++) {
		char id[16];
		snprintf(id, sizeof(id), "gone%d", i);
		delete_id(writer, id);
	}
	finish(writer);
	assert_same(orgs, people);
	free(orgs);
	free(people);
}
END_TEST

START_TEST(names_whose_articles_are_gone_are_merged_no_more)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 4, CONGRESS);
	put_some(writer, "short", 1, "O ANC");
	finish(writer);
	assert_str(merged(KIND_ORG), "anc > african national congress");
	writer = open_writer();
	delete_id(writer, "short0");
	finish(writer);
	assert_str(merged(KIND_ORG), "");
}
END_TEST

/* ---- when it is done ---- */

static void set_metadata(const char *key, const char *value)
{
	const struct store_writer_options options = { 0 };
	struct store_writer *store;
	ck_assert_int_eq(store_writer_open(path, &options, &store, NULL), STATUS_OK);
	ck_assert_int_eq(store_set_metadata(store, str_from(key), str_from(value), NULL), STATUS_OK);
	ck_assert_int_eq(store_commit(store, NULL), STATUS_OK);
	store_writer_close(store);
}

START_TEST(a_run_makes_up_for_one_that_was_killed)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 4, CONGRESS);
	put_some(writer, "short", 4, "O ANC");
	finish(writer);
	metadata(META_MERGED_AT, "1");
	/* As a commit in the middle of a run leaves it. */
	set_metadata(META_MERGED "O", "");
	set_metadata(META_BATCH, "2");
	writer = open_writer();
	finish(writer);
	assert_str(merged(KIND_ORG), "anc > african national congress");
	metadata(META_BATCH, "3");
	metadata(META_MERGED_AT, "3");
	/* And then there is nothing left to do. */
	writer = open_writer();
	finish(writer);
	metadata(META_BATCH, "3");
}
END_TEST

START_TEST(corrections_are_remembered_and_forgotten)
{
	struct error err;
	struct writer *writer = open_writer();
	put_some(writer, "full", 4, CONGRESS);
	finish(writer);
	metadata(META_FIXES, "");
	writer = open_writer();
	ck_assert_int_eq(writer_set_fixes(writer, STR("/news/fixes"), &err), STATUS_OK);
	finish(writer);
	metadata(META_FIXES, "/news/fixes");
	metadata(META_BATCH, "2");
	metadata(META_MERGED_AT, "2");
	/* An index that takes its place keeps them. */
	const struct writer_options options = { .path = path, .adds = true, .rebuild = true };
	ck_assert_int_eq(writer_open(&options, &writer, &err), STATUS_OK);
	put_some(writer, "other", 4, CONGRESS);
	finish(writer);
	metadata(META_FIXES, "/news/fixes");
	writer = open_writer();
	ck_assert_int_eq(writer_set_fixes(writer, STR(""), &err), STATUS_OK);
	finish(writer);
	metadata(META_FIXES, "");
}
END_TEST

/* ---- columns ---- */

static struct str value_of(uint32_t slot)
{
	struct store *store;
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	buffer_reset(&out);
	ck_assert_int_eq(store_value(store, 1, slot, &out, NULL), STATUS_OK);
	store_close(store);
	return buffer_str(&out);
}

START_TEST(dates_are_in_the_column_by_their_own_numbers)
{
	struct writer *writer = open_writer();
	put_article(writer, "a", "70 N 2023-12-05; L China; P Ada Vos");
	finish(writer);
	struct facet_value values[] = {
		{ KIND_PERSON, 0, 100, { 0 } },
		{ KIND_PLACE, 0, 100, { 0 } },
		{ KIND_WHEN, 2023u << 9, 100, { 0 } },
		{ KIND_WHEN, 2023u << 9 | 12u << 5, 100, { 0 } },
		{ KIND_WHEN, 2023u << 9 | 12u << 5 | 5, 100, { 0 } },
	};
	struct buffer column = { 0 };
	facet_column_encode(values, 5, &column);
	ck_assert(str_equal(value_of(SLOT_FACETS), buffer_str(&column)));
	assert_str(value_of(SLOT_CONFIDENCE), "dd\x46\x46\x46");
	/* They have no numbers of the catalog's. */
	metadata(META_NEXT "N", "");
	buffer_release(&column);
}
END_TEST

START_TEST(confidence_follows_the_numbers)
{
	struct writer *writer = open_writer();
	put_article(writer, "a", "50 P Ada Vos; 60 P Jan Smit; L China");
	put_article(writer, "b", "P Eva Bos");
	finish(writer);
	assert_str(value_of(SLOT_CONFIDENCE), "\x32\x3c\x64");
	writer = open_writer();
	/* Given in another order, the numbers are the same. */
	put_article(writer, "a", "70 L China; 80 P Eva Bos; 60 P Jan Smit; 50 P Ada Vos");
	finish(writer);
	assert_str(value_of(SLOT_CONFIDENCE), "\x32\x3c\x50\x46");
	writer = open_writer();
	put_article(writer, "a", "P Ada Vos");
	finish(writer);
	assert_str(value_of(SLOT_CONFIDENCE), "");
}
END_TEST

static Suite *merge_runs_suite(void)
{
	Suite *suite = suite_create("merge, run by run");
	TCase *tests = tcase_create("all");
	tcase_set_timeout(tests, 120);
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, names_are_merged_by_what_is_there_and_nothing_else);
	tcase_add_test(tests, names_whose_articles_are_gone_are_merged_no_more);
	tcase_add_test(tests, a_run_makes_up_for_one_that_was_killed);
	tcase_add_test(tests, corrections_are_remembered_and_forgotten);
	tcase_add_test(tests, dates_are_in_the_column_by_their_own_numbers);
	tcase_add_test(tests, confidence_follows_the_numbers);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(merge_runs_suite)
