#include "../../searcher/commands.h"

#include "testing.h"

static struct arena arena;
static struct search_options options;
static struct error err;

static void tear_down(void)
{
	arena_release(&arena);
}

#define PARSE(...) parse((const char *const[]){ "dateline-search", __VA_ARGS__, NULL })

static enum status parse(const char *const *given)
{
	static char *argv[32];
	int argc = 0;
	for (; given[argc]; argc++)
		argv[argc] = (char *)(uintptr_t)given[argc];
	argv[argc] = NULL;
	err.text[0] = '\0';
	return search_options_parse(argc, argv, &arena, &options, &err);
}

static void assert_refused(enum status status, const char *words)
{
	ck_assert_int_eq(status, STATUS_BAD_REQUEST);
	ck_assert_msg(strstr(err.text, words), "\"%s\" is not in \"%s\"", words, err.text);
	ck_assert_ptr_null(strchr(err.text, '\n'));
}

START_TEST(words_are_joined)
{
	ck_assert_int_eq(PARSE("cyber espionage", "--json", "\"two words\"", "--", "-spring"),
			 STATUS_OK);
	assert_str(options.request.words, "cyber espionage \"two words\" -spring");
	ck_assert_str_eq(options.printer->name, "json");
}
END_TEST

START_TEST(without_options)
{
	unsetenv("DATELINE_DB");
	ck_assert_int_eq(PARSE("rain"), STATUS_OK);
	ck_assert_str_eq(options.common.db, "dateline.db");
	ck_assert_str_eq(options.printer->name, "text");
	ck_assert_uint_eq(options.request.max, 10);
	ck_assert_uint_eq(options.request.first, 0);
	ck_assert_int_eq(options.request.sort, SORT_AUTO);
	/* Every field that can be counted, each once. */
	size_t shown = 0;
	for (const struct field *field = field_table; field->name; field++)
		shown += field->shown && field_is_facet(field);
	ck_assert_uint_eq(options.request.facet_count, shown);
	ck_assert_uint_gt(shown, 5);
}
END_TEST

START_TEST(numbers_and_names)
{
	ck_assert_int_eq(PARSE("-n", "0", "--offset=20", "--sort", "-date", "--format=csv",
			       "--color=never", "-d", "my.db", "--explain", "--check", "--all"),
			 STATUS_OK);
	ck_assert_str_eq(options.common.db, "my.db");
	ck_assert_uint_eq(options.request.max, 0);
	ck_assert_uint_eq(options.request.first, 20);
	ck_assert_int_eq(options.request.sort, SORT_NEWEST);
	ck_assert_str_eq(options.printer->name, "csv");
	ck_assert(options.request.explain && options.request.recount && options.request.all);
	ck_assert_int_eq(PARSE("--sort=date", "-n5", "x"), STATUS_OK);
	ck_assert_int_eq(options.request.sort, SORT_OLDEST);
	ck_assert_uint_eq(options.request.max, 5);
	ck_assert_int_eq(PARSE("--sort=relevance", "x"), STATUS_OK);
	ck_assert_int_eq(options.request.sort, SORT_RELEVANCE);
}
END_TEST

START_TEST(facets_as_asked)
{
	ck_assert_int_eq(PARSE("--facet", "places:20", "--facet", "date:month",
			       "--facet=published:year:3", "--facet", "place:30", "x"),
			 STATUS_OK);
	const struct facet_request *facets = options.request.facets;
	ck_assert_uint_eq(options.request.facet_count, 3);
	ck_assert_str_eq(facets[0].field->name, "place");
	ck_assert_uint_eq(facets[0].max, 30);
	ck_assert_str_eq(facets[1].field->name, "published");
	ck_assert_int_eq(facets[1].step, STEP_MONTH);
	ck_assert_uint_gt(facets[1].max, 1);
	ck_assert_int_eq(facets[2].step, STEP_YEAR);
	ck_assert_uint_eq(facets[2].max, 3);
	ck_assert_int_eq(PARSE("--facet", "place", "--no-facets", "x"), STATUS_OK);
	ck_assert_uint_eq(options.request.facet_count, 0);
}
END_TEST

START_TEST(filters_are_made_valid)
{
	ck_assert_int_eq(PARSE("--filter", "place=A\xff", "--filter=source!=B"), STATUS_OK);
	ck_assert_uint_eq(options.request.filters.count, 2);
	assert_str(options.request.filters.items[0], "place=A\xEF\xBF\xBD");
	assert_str(options.request.filters.items[1], "source!=B");
}
END_TEST

START_TEST(help_comes_before_everything)
{
	ck_assert_int_eq(PARSE("--help", "--frobnicate"), STATUS_OK);
	ck_assert_int_eq(options.common.wish, WISH_HELP);
	ck_assert_int_eq(PARSE("-V"), STATUS_OK);
	ck_assert_int_eq(options.common.wish, WISH_VERSION);
	ck_assert_int_eq(PARSE("-?"), STATUS_OK);
	ck_assert_int_eq(options.common.wish, WISH_HELP);
}
END_TEST

START_TEST(mistakes_are_named)
{
	assert_refused(PARSE("--frobnicate", "rain"), "unknown option --frobnicate");
	assert_refused(PARSE("rain", "--frobnicate=3"), "unknown option --frobnicate");
	assert_refused(PARSE("--all", "-x"), "unknown option -x");
	assert_refused(PARSE("--all", "-russia", "x"), "unknown option -r in -russia");
	assert_refused(PARSE("china", "-x", "-y"), "unknown option -x");
	assert_refused(PARSE("rain", "--db"), "--db needs a value");
	assert_refused(PARSE("rain", "-d"), "-d needs a value");
	assert_refused(PARSE("--all=yes"), "--all takes no value");
	assert_refused(PARSE("--fi", "x", "--f", "x"), "--f is short for more than one option");
	assert_refused(PARSE("-d", ""), "path");
}
END_TEST

START_TEST(bad_values_are_named)
{
	static const char *const numbers[] = { "-1", "many",   "1.5",
					       "",   " 1",     "1 ",
					       "+1", "100001", "99999999999999999999" };
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		assert_refused(PARSE("-n", numbers[i]), "-n takes a number from 0 to 100000");
		assert_refused(PARSE("--offset", numbers[i]), "--offset takes a number");
	}
	assert_refused(PARSE("--sort=size"), "--sort takes relevance, date or -date");
	assert_refused(PARSE("--sort=auto"), "--sort takes");
	assert_refused(PARSE("--format=xml"), "--format takes text, json, html, csv, ids or trec");
	assert_refused(PARSE("--color=maybe"), "--color takes");
	assert_refused(PARSE("--facet=persn"), "did you mean person?");
	assert_refused(PARSE("--facet=title"), "title cannot be counted");
	assert_refused(PARSE("--facet=id"), "id cannot be counted");
	assert_refused(PARSE("--facet=person:0"), "number of values from 1");
	assert_refused(PARSE("--facet=person:many"), "number of values from 1");
	assert_refused(PARSE("--facet=person:"), "number of values from 1");
	assert_refused(PARSE("--facet=place:year"), "number of values from 1");
	assert_refused(PARSE("--facet=published:week"), "year, month, day");
	assert_refused(PARSE("--facet=published:year:3:4"), "--facet takes");
	assert_refused(PARSE("--facet="), "--facet needs a field");
	assert_refused(PARSE("--facet=:5"), "--facet needs a field");
	assert_refused(PARSE("--facet=qwertzuiop"), "no field qwertzuiop");
}
END_TEST

/* "-nato" in a query is seldom a number of hits. */
START_TEST(a_glued_value_may_be_a_word)
{
	assert_refused(PARSE("china", "-nato"), "when -nato is a word to leave out, put -- before");
	assert_refused(PARSE("china", "-Vietnam"), "when -Vietnam is a word");
	assert_refused(PARSE("china", "-n", "ato"), "not \"ato\"");
	ck_assert_ptr_null(strstr(err.text, "word to leave out"));
	ck_assert_int_eq(PARSE("china", "-dutch"), STATUS_OK);
	ck_assert_str_eq(options.common.glued, "-dutch");
	ck_assert_str_eq(options.common.db, "utch");
	/* Among several, it is told when it is no index. */
	ck_assert_int_eq(PARSE("china", "-dx", "-dutch"), STATUS_OK);
	ck_assert_str_eq(options.common.glued, "-dutch");
	ck_assert_int_eq(PARSE("china", "-dutch", "-d", "x"), STATUS_OK);
	ck_assert_str_eq(options.common.glued, "-dutch");
	ck_assert_uint_eq(options.common.indexes.count, 2);
	assert_str(options.common.indexes.items[0], "utch");
	assert_str(options.common.indexes.items[1], "x");
	ck_assert_int_eq(PARSE("china", "-d", "utch", "-n3"), STATUS_OK);
	ck_assert_ptr_null(options.common.glued);
}
END_TEST

START_TEST(json_is_wanted_even_when_all_else_is_wrong)
{
	char *yes[] = { (char[]){ "x" }, (char[]){ "--frob" }, (char[]){ "--json" }, NULL };
	char *also[] = { (char[]){ "x" }, (char[]){ "--format" }, (char[]){ "json" }, NULL };
	char *no[] = { (char[]){ "x" }, (char[]){ "--" }, (char[]){ "--json" }, NULL };
	ck_assert(arguments_want_json(3, yes));
	ck_assert(arguments_want_json(3, also));
	ck_assert(!arguments_want_json(3, no));
}
END_TEST

START_TEST(numbers_are_digits)
{
	uint32_t number = 7;
	ck_assert(option_number("0", 10, &number) && number == 0);
	ck_assert(option_number("10", 10, &number) && number == 10);
	ck_assert(!option_number("11", 10, &number) && number == 10);
	ck_assert(option_number("4294967295", UINT32_MAX, &number) && number == UINT32_MAX);
	ck_assert(!option_number("4294967296", UINT32_MAX, &number));
	ck_assert(!option_number("", 10, &number));
	ck_assert(!option_number("0x1", 10, &number));
}
END_TEST

static Suite *options_suite(void)
{
	Suite *suite = suite_create("search options");
	TCase *tcase = tcase_create("options");
	tcase_add_checked_fixture(tcase, NULL, tear_down);
	tcase_add_test(tcase, words_are_joined);
	tcase_add_test(tcase, without_options);
	tcase_add_test(tcase, numbers_and_names);
	tcase_add_test(tcase, facets_as_asked);
	tcase_add_test(tcase, filters_are_made_valid);
	tcase_add_test(tcase, help_comes_before_everything);
	tcase_add_test(tcase, mistakes_are_named);
	tcase_add_test(tcase, bad_values_are_named);
	tcase_add_test(tcase, a_glued_value_may_be_a_word);
	tcase_add_test(tcase, json_is_wanted_even_when_all_else_is_wrong);
	tcase_add_test(tcase, numbers_are_digits);
	suite_add_tcase(suite, tcase);
	return suite;
}

TEST_MAIN(options_suite)
