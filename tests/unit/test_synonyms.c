/* Words that stand for each other: the file, and what becomes of a query. */
#include "../../searcher/query/synonyms.h"

#include "tree_testing.h"

#include <unistd.h>

static struct synonyms *synonyms;

static void tear_down_synonyms(void)
{
	synonyms_free(synonyms);
	synonyms = NULL;
	tear_down();
}

static void lines(const char *text)
{
	synonyms_free(synonyms);
	const enum status status = synonyms_parse(str_from(text), "syn.txt", &synonyms, &err);
	ck_assert_msg(status == STATUS_OK, "%s", err.text);
}

/* The tree of the query with synonyms. */
static const char *with(const char *text)
{
	struct buffer out = { 0 };
	ck_assert_int_eq(query_parse(str_from(text), &arena, &query, &err), STATUS_OK);
	synonyms_apply(synonyms, &arena, &query);
	if (query.root)
		add_tree(query.root, &out);
	const char *copy = arena_copy(&arena, buffer_str(&out)).data;
	buffer_release(&out);
	return copy;
}

static const char *hint(size_t number)
{
	return number < query.hints.count ? query.hints.items[number].data : "";
}

/* ---- queries ---- */

START_TEST(words_stand_for_each_other)
{
	lines("car, automobile ,  motorcar\n");
	ck_assert_str_eq(with("car"), "(or car automobile motorcar)");
	ck_assert_str_eq(hint(0), "car: looked for is also automobile, motorcar");
	ck_assert_str_eq(with("Motorcar rain"), "(and (or Motorcar car automobile) rain)");
	ck_assert_str_eq(hint(0), "Motorcar: looked for is also car, automobile");
	ck_assert_str_eq(with("rain"), "rain");
	ck_assert_str_eq(with("cars"), "cars");
	ck_assert_uint_eq(query.hints.count, 0);
	ck_assert_str_eq(with("a OR (b car)"), "(or a (and b (or car automobile motorcar)))");
	ck_assert_str_eq(with("title:car"), "(or title:car title:automobile title:motorcar)");
	ck_assert_str_eq(with("\"car\""), "(or \"car\" automobile motorcar)");
	ck_assert_str_eq(with(""), "");
}
END_TEST

START_TEST(one_way)
{
	lines("usa => united states, america\n# usa, nothing\n\n  \n");
	ck_assert_str_eq(with("U.S.A."), "U.S.A.");
	ck_assert_str_eq(with("USA"), "(or USA \"united states\" america)");
	ck_assert_str_eq(with("america"), "america");
	ck_assert_str_eq(with("united states"), "(and united states)");
	lines("a, b => c\nb => d, c");
	ck_assert_str_eq(with("a"), "(or a c)");
	ck_assert_str_eq(with("b"), "(or b c d)");
}
END_TEST

START_TEST(phrases_of_words_in_a_row)
{
	lines("cyber attack, hack\ncyber attack drill, exercise\nattack, assault\n");
	ck_assert_str_eq(with("cyber attack"), "(or (and cyber attack) hack)");
	ck_assert_str_eq(hint(0), "cyber attack: looked for is also hack");
	/* The longest phrase, and what is not in it by itself. */
	ck_assert_str_eq(with("the cyber attack drill attack"),
			 "(and the (or (and cyber attack drill) exercise) (or attack assault))");
	ck_assert_str_eq(with("cyber attack now"), "(and (or (and cyber attack) hack) now)");
	ck_assert_str_eq(with("\"cyber attack\""), "(or \"cyber attack\" hack)");
	ck_assert_str_eq(with("cyber-attack"), "(or cyber-attack hack)");
	ck_assert_str_eq(with("title:cyber attack"), "(and title:cyber (or attack assault))");
	ck_assert_str_eq(with("cyber AND attack"), "(and cyber (or attack assault))");
	ck_assert_str_eq(with("cyber -attack"), "(and cyber (not attack))");
	ck_assert_str_eq(with("cyber (attack drill)"), "(and cyber (and (or attack assault) drill))");
}
END_TEST

START_TEST(what_is_left_as_it_is)
{
	lines("car, automobile\nchina, prc");
	ck_assert_str_eq(with("-car"), "(not car)");
	ck_assert_str_eq(with("rain -(car OR x)"), "(and rain (not (or car x)))");
	ck_assert_str_eq(with("place:china"), "place=china");
	ck_assert_str_eq(with("car*"), "car*");
	ck_assert_str_eq(with("car~1"), "car~1");
	ck_assert_str_eq(with("car NEAR/3 rain"), "(near/3 car rain)");
	ck_assert_str_eq(with("(car rain)@s"), "(sentence car rain)");
	ck_assert_uint_eq(query.hints.count, 0);
}
END_TEST

START_TEST(weights_and_common_words)
{
	lines("car, automobile\nthe, le\nx, it, IT");
	ck_assert_str_eq(with("car^2 rain"), "(and (or car automobile)^2 rain)");
	with("car");
	ck_assert(!query.root->kids[0]->added && query.root->kids[1]->added);
	with("le");
	ck_assert(query.root->kids[1]->common);
	with("a AND car");
	ck_assert(query.root->kids[1]->bound && !query.root->kids[1]->kids[0]->bound);
	ck_assert_str_eq(with("(car)^3"), "(or car automobile)^3");
}
END_TEST

START_TEST(so_many_and_no_more)
{
	struct buffer text = { 0 };
	for (int i = 0; i < 60; i++)
		buffer_add_format(&text, "%sw%d", i ? ", " : "", i);
	lines(text.data);
	buffer_release(&text);
	with("w0");
	ck_assert_uint_eq(query.root->count, 60);
	with("w0 x w1");
	ck_assert_uint_eq(query.root->kids[0]->count, 60);
	ck_assert_uint_eq(query.root->kids[2]->count, 1 + SYNONYMS_ADDED_MAX - 59);
	ck_assert_uint_eq(query.hints.count, 3);
	ck_assert_ptr_nonnull(strstr(hint(2), "not all"));
	with("w0 w1 w2");
	ck_assert_uint_eq(query.root->count, 3);
	ck_assert_int_eq(query.root->kids[2]->op, NODE_WORD);
}
END_TEST

START_TEST(nothing_twice)
{
	lines("car, automobile\ncar, automobile, car\nautomobile, Caf\xC3\xA9\ncafe, \"car\"");
	ck_assert_str_eq(with("car"), "(or car automobile cafe)");
	ck_assert_str_eq(with("cafe"), "(or cafe automobile car)");
}
END_TEST

/* ---- files ---- */

static void assert_wrong(const char *text, const char *why)
{
	struct synonyms *none;
	ck_assert_int_eq(synonyms_parse(str_from(text), "syn.txt", &none, &err), STATUS_BAD_INPUT);
	ck_assert_ptr_null(none);
	ck_assert_msg(strstr(err.text, why) != NULL, "%s", err.text);
}

START_TEST(lines_that_are_wrong)
{
	assert_wrong("a, b\nalone", "syn.txt:2: one word alone");
	assert_wrong("a,,b", "syn.txt:1: there is nothing between two commas");
	assert_wrong("a, b,", "nothing between two commas, or at an end");
	assert_wrong("\n\n=> b", "syn.txt:3: there is nothing");
	assert_wrong("a =>", "there is nothing");
	assert_wrong("a => b => c", "more than one =>");
	assert_wrong("a, !?", "there is no word in \"!?\"");
	assert_wrong("a, \"b", "a double quote inside");
	assert_wrong("a, \"\"", "there is nothing");
	assert_wrong("a b c d e f g h i j k l m n o p q, x", "more than 16 words");
	struct buffer many = { 0 };
	for (int i = 0; i <= SYNONYMS_LINE_MAX; i++)
		buffer_add_format(&many, "%sw%d", i ? ", " : "", i);
	assert_wrong(many.data, "more than 64 words and phrases");
	buffer_reset(&many);
	memset(buffer_extend(&many, 300), 'x', 300);
	buffer_add_text(&many, ", y");
	assert_wrong(many.data, "this has more than");
	ck_assert_uint_lt(strlen(err.text), 200);
	buffer_release(&many);
}
END_TEST

START_TEST(any_bytes_are_read)
{
	lines("caf\xC3\xA9, bistro\r\n\xFF\xFE, x\r\n");
	ck_assert_str_eq(with("CAFE"), "(or CAFE bistro)");
	lines("");
	ck_assert_str_eq(with("car"), "car");
	lines("# only a comment");
	ck_assert_str_eq(with("car"), "car");
	synonyms_free(NULL);
	synonyms_apply(NULL, &arena, &query);
}
END_TEST

START_TEST(files)
{
	char path[] = "/tmp/dateline-synonyms-XXXXXX";
	const int file = mkstemp(path);
	static const char text[] = "car, automobile\n";
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, text, sizeof(text) - 1), (int)sizeof(text) - 1);
	close(file);
	const enum status status = synonyms_read(path, &synonyms, &err);
	unlink(path);
	ck_assert_int_eq(status, STATUS_OK);
	ck_assert_str_eq(with("car"), "(or car automobile)");
	struct synonyms *none;
	ck_assert_int_eq(synonyms_read(path, &none, &err), STATUS_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(err.text, "there is no file of synonyms"));
	ck_assert_int_eq(synonyms_read("/tmp", &none, &err), STATUS_SYSTEM);
	ck_assert_ptr_null(none);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("synonyms");
	TCase *tests = tcase_create("synonyms");
	tcase_add_checked_fixture(tests, NULL, tear_down_synonyms);
	tcase_add_test(tests, words_stand_for_each_other);
	tcase_add_test(tests, one_way);
	tcase_add_test(tests, phrases_of_words_in_a_row);
	tcase_add_test(tests, what_is_left_as_it_is);
	tcase_add_test(tests, weights_and_common_words);
	tcase_add_test(tests, so_many_and_no_more);
	tcase_add_test(tests, nothing_twice);
	tcase_add_test(tests, lines_that_are_wrong);
	tcase_add_test(tests, any_bytes_are_read);
	tcase_add_test(tests, files);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
