#include "put_entities.h"
#include "testing.h"
#include "writing.h"

#include "dateline/utf8.h"

#include <unistd.h>

static char place[64];
static char path[256];
static struct buffer out;

static void begin(void)
{
	snprintf(place, sizeof(place), "/tmp/dateline-merge-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(place));
	snprintf(path, sizeof(path), "%s/news.db", place);
}

static void empty(void)
{
	char command[300];
	snprintf(command, sizeof(command), "rm -rf %s/*", place);
	ck_assert_int_eq(system(command), 0);
}

static void end(void)
{
	empty();
	ck_assert_int_eq(rmdir(place), 0);
	buffer_release(&out);
}

static struct writer *open_writer(void)
{
	return open_writer_at(path, false);
}

/* ---- what was merged ---- */

static void name_of(struct store *store, enum facet_kind kind, uint32_t number, struct buffer *name)
{
	struct buffer key = { 0 }, value = { 0 };
	struct str found;
	schema_entity_key(kind, number, &key);
	ck_assert_int_eq(store_metadata(store, buffer_str(&key), &value, NULL), STATUS_OK);
	const char *at = value.data;
	ck_assert(value.len && counted_read(&at, at + value.len, &found));
	utf8_name_key(found, name);
	buffer_release(&key);
	buffer_release(&value);
}

static int compare_lines(const void *a, const void *b)
{
	const struct buffer *left = a, *right = b;
	return strcmp(left->data, right->data);
}

/* The pairs of a kind by their names, in their order: "anc > african national congress; ...". */
static struct str merged(enum facet_kind kind)
{
	struct store *store;
	struct buffer key = { 0 }, value = { 0 };
	static struct buffer lines[2000];
	size_t count = 0;
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	schema_merged_key(kind, &key);
	ck_assert_int_eq(store_metadata(store, buffer_str(&key), &value, NULL), STATUS_OK);
	struct merged_pair pair = { 0 };
	const char *at = value.data, *stop = at + value.len;
	while (merged_read(&at, stop, &pair)) {
		ck_assert_uint_lt(count, 2000);
		struct buffer *line = &lines[count++];
		buffer_reset(line);
		name_of(store, kind, pair.from, line);
		buffer_add_text(line, " > ");
		name_of(store, kind, pair.to, line);
	}
	ck_assert_ptr_eq(at, stop);
	qsort(lines, count, sizeof(*lines), compare_lines);
	buffer_reset(&out);
	for (size_t i = 0; i < count; i++)
		buffer_add_format(&out, "%s%s", i ? "; " : "", lines[i].data);
	buffer_release(&key);
	buffer_release(&value);
	store_close(store);
	return buffer_str(&out);
}

/* ---- articles ---- */

/* `count` articles of those entities; their ids are made of `id` and a number. */
static void put_some(struct writer *writer, const char *id, int count, const char *entities)
{
	for (int i = 0; i < count; i++) {
		char whole[64];
		snprintf(whole, sizeof(whole), "%s%d", id, i);
		put_article(writer, whole, entities);
	}
}

#define CONGRESS "O African National Congress = ANC"

START_TEST(a_short_form_counts_for_what_it_stands_for)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 3, CONGRESS);
	put_some(writer, "short", 20, "O ANC");
	finish(writer);
	assert_str(merged(KIND_ORG), "anc > african national congress");
	assert_str(merged(KIND_PERSON), "");
}
END_TEST

START_TEST(twice_is_not_enough)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 2, CONGRESS);
	put_some(writer, "short", 2, "O ANC");
	finish(writer);
	assert_str(merged(KIND_ORG), "");
	writer = open_writer();
	put_article(writer, "more", CONGRESS);
	finish(writer);
	assert_str(merged(KIND_ORG), "anc > african national congress");
}
END_TEST

START_TEST(what_is_no_entity_of_its_own_needs_no_merging)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 5, CONGRESS);
	finish(writer);
	assert_str(merged(KIND_ORG), "");
}
END_TEST

START_TEST(what_stands_for_several_is_left_alone)
{
	struct writer *writer = open_writer();
	put_some(writer, "one", 7, "O Australian Broadcasting Company = ABC");
	put_some(writer, "two", 3, "O American Broadcasting Company = ABC");
	put_some(writer, "short", 3, "O ABC");
	finish(writer);
	assert_str(merged(KIND_ORG), "");
	writer = open_writer();
	put_some(writer, "three", 6, "O Australian Broadcasting Company = ABC");
	finish(writer);
	assert_str(merged(KIND_ORG), "abc > australian broadcasting company");
}
END_TEST

START_TEST(kinds_are_apart)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 5, CONGRESS);
	put_some(writer, "short", 5, "P ANC");
	finish(writer);
	assert_str(merged(KIND_ORG), "");
	assert_str(merged(KIND_PERSON), "");
}
END_TEST

START_TEST(a_surname_needs_nearly_all)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 30, "P Kajsa Ollongren = Ollongren, Kajsa Ollongren");
	put_some(writer, "short", 3, "P Ollongren");
	put_some(writer, "common", 30, "P John Smith = Smith");
	put_some(writer, "other", 8, "P Jane Smith = Smith");
	put_some(writer, "many", 10, "P Smith");
	finish(writer);
	assert_str(merged(KIND_PERSON), "ollongren > kajsa ollongren");
}
END_TEST

START_TEST(chains_lead_to_their_end)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 40, "P Boris Johnson = Johnson");
	put_some(writer, "b", 50, "P Alexander Boris Johnson = Boris Johnson");
	put_some(writer, "c", 2, "P Johnson");
	finish(writer);
	assert_str(merged(KIND_PERSON), "boris johnson > alexander boris johnson; "
					"johnson > alexander boris johnson");
}
END_TEST

START_TEST(no_two_count_for_each_other)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 5, "P Bill Barr = William Barr");
	put_some(writer, "b", 5, "P William Barr = Bill Barr");
	put_some(writer, "c", 5, "O A.B.C. = ABC");
	put_some(writer, "d", 5, "O ABC = A.B.C.");
	finish(writer);
	assert_str(merged(KIND_PERSON), "bill barr > william barr");
	assert_str(merged(KIND_ORG), "a b c > abc");
}
END_TEST

START_TEST(letters_are_parted_or_not)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 4, "O Federal Bureau of Investigation = FBI");
	put_some(writer, "b", 1, "O F.B.I. = FBI");
	put_some(writer, "c", 9, "O FBI");
	finish(writer);
	assert_str(merged(KIND_ORG), "f b i > federal bureau of investigation; "
				     "fbi > federal bureau of investigation");
}
END_TEST

START_TEST(nicknames_count_for_the_name_that_more_have)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P William Barr = Bill Barr");
	put_some(writer, "b", 2, "P Bill Barr");
	put_some(writer, "c", 3, "P Robert Mueller = Bob Mueller");
	put_some(writer, "d", 4, "P Bob Mueller");
	finish(writer);
	assert_str(merged(KIND_PERSON), "bill barr > william barr");
}
END_TEST

START_TEST(an_initial_more_is_no_other)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P Donald Trump = Donald J. Trump");
	put_some(writer, "b", 2, "P Donald J. Trump");
	put_some(writer, "c", 3, "P George Bush = George H. W. Bush");
	put_some(writer, "d", 2, "P George H. W. Bush");
	finish(writer);
	assert_str(merged(KIND_PERSON), "donald j trump > donald trump");
}
END_TEST

START_TEST(a_fuller_name_that_few_have_is_left_alone)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P John Quincy Adams = John Adams");
	put_some(writer, "b", 4, "P John Adams");
	put_some(writer, "c", 5, "P Osama Bin Laden = Bin Laden");
	put_some(writer, "d", 4, "P Bin Laden");
	finish(writer);
	assert_str(merged(KIND_PERSON), "bin laden > osama bin laden");
}
END_TEST

START_TEST(what_stands_alone_far_more_often_is_something_else)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P Jeff Roe = Roe");
	put_some(writer, "b", 25, "P Roe");
	put_some(writer, "c", 3, "P Rob Coe = Coe");
	put_some(writer, "d", 24, "P Coe");
	finish(writer);
	assert_str(merged(KIND_PERSON), "coe > rob coe");
}
END_TEST

START_TEST(a_first_name_needs_all_but_all)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 9, "P Bill Clinton = Bill");
	put_some(writer, "b", 1, "P Bill Barr = Bill");
	put_some(writer, "c", 5, "P Bill");
	put_some(writer, "d", 9, "P Barack Obama = Barack");
	put_some(writer, "e", 18, "P Barack");
	put_some(writer, "f", 9, "P Joe Biden = Joe");
	put_some(writer, "g", 19, "P Joe");
	put_some(writer, "h", 9, "O Pew Center = Pew");
	put_some(writer, "i", 1, "O Pew Trust = Pew");
	put_some(writer, "j", 5, "O Pew");
	finish(writer);
	assert_str(merged(KIND_PERSON), "barack > barack obama");
	assert_str(merged(KIND_ORG), "pew > pew center");
}
END_TEST

START_TEST(who_is_quoted_goes_by_the_names_of_people)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P Kajsa Ollongren = Ollongren; Q Kajsa Ollongren");
	put_some(writer, "b", 1, "P Ollongren; Q Ollongren");
	put_some(writer, "c", 3, "P Rob Coe = Coe");
	put_some(writer, "d", 1, "P Coe; Q Coe");
	put_some(writer, "e", 3, "O Associated Press = AP; W Associated Press");
	put_some(writer, "f", 1, "O AP; W AP");
	finish(writer);
	assert_str(merged(KIND_PERSON), "coe > rob coe; ollongren > kajsa ollongren");
	assert_str(merged(KIND_SPEAKER), "ollongren > kajsa ollongren");
	assert_str(merged(KIND_AGENCY), "ap > associated press");
}
END_TEST

START_TEST(an_alias_without_an_end_does_no_harm)
{
	struct writer *writer = open_writer();
	char letters[231] = { 0 }, name[300];
	memset(letters, 'n', sizeof(letters) - 1);
	snprintf(name, sizeof(name), "O %s = ANC", letters);
	/* Too long for an alias term: nobody knows what it stands for. */
	put_some(writer, "long", 4, name);
	put_some(writer, "short", 4, "O ANC");
	finish(writer);
	assert_str(merged(KIND_ORG), "");
}
END_TEST

/* Each stands for the next, and all for the last. */
START_TEST(a_long_chain_has_one_end)
{
	struct writer *writer = open_writer();
	struct buffer wanted = { 0 };
	char text[64];
	put_some(writer, "a", 3, "P N00 Vos");
	for (unsigned i = 0; i < 99; i++) {
		char id[16];
		snprintf(id, sizeof(id), "%u-", i);
		snprintf(text, sizeof(text), "P N%02u Vos = N%02u Vos", i + 1, i);
		put_some(writer, id, 3, text);
		buffer_add_format(&wanted, "%sn%02u vos > n99 vos", i ? "; " : "", i);
	}
	finish(writer);
	assert_str(merged(KIND_PERSON), wanted.data);
	buffer_release(&wanted);
}
END_TEST

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

static void metadata(const char *key, const char *value)
{
	struct store *store;
	struct buffer found = { 0 };
	ck_assert_int_eq(store_open(path, &store, NULL), STATUS_OK);
	ck_assert_int_eq(store_metadata(store, str_from(key), &found, NULL), STATUS_OK);
	assert_str(buffer_str(&found), value);
	buffer_release(&found);
	store_close(store);
}

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
		{ KIND_PERSON, 0, 100 },
		{ KIND_PLACE, 0, 100 },
		{ KIND_WHEN, 2023u << 9, 100 },
		{ KIND_WHEN, 2023u << 9 | 12u << 5, 100 },
		{ KIND_WHEN, 2023u << 9 | 12u << 5 | 5, 100 },
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

static Suite *merge_suite(void)
{
	Suite *suite = suite_create("merge");
	TCase *tests = tcase_create("merge");
	tcase_set_timeout(tests, 120);
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, a_short_form_counts_for_what_it_stands_for);
	tcase_add_test(tests, twice_is_not_enough);
	tcase_add_test(tests, what_is_no_entity_of_its_own_needs_no_merging);
	tcase_add_test(tests, what_stands_for_several_is_left_alone);
	tcase_add_test(tests, kinds_are_apart);
	tcase_add_test(tests, a_surname_needs_nearly_all);
	tcase_add_test(tests, chains_lead_to_their_end);
	tcase_add_test(tests, no_two_count_for_each_other);
	tcase_add_test(tests, letters_are_parted_or_not);
	tcase_add_test(tests, nicknames_count_for_the_name_that_more_have);
	tcase_add_test(tests, an_initial_more_is_no_other);
	tcase_add_test(tests, a_fuller_name_that_few_have_is_left_alone);
	tcase_add_test(tests, what_stands_alone_far_more_often_is_something_else);
	tcase_add_test(tests, a_first_name_needs_all_but_all);
	tcase_add_test(tests, who_is_quoted_goes_by_the_names_of_people);
	tcase_add_test(tests, an_alias_without_an_end_does_no_harm);
	tcase_add_test(tests, a_long_chain_has_one_end);
	tcase_add_test(tests, names_are_merged_by_what_is_there_and_nothing_else);
	tcase_add_test(tests, names_whose_articles_are_gone_are_merged_no_more);
	tcase_add_test(tests, a_run_makes_up_for_one_that_was_killed);
	tcase_add_test(tests, corrections_are_remembered_and_forgotten);
	tcase_add_test(tests, dates_are_in_the_column_by_their_own_numbers);
	tcase_add_test(tests, confidence_follows_the_numbers);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(merge_suite)
