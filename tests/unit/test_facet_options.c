/* The options that say which fields are counted, and how. */
#include "../../searcher/commands.h"

#include "testing.h"

static struct arena arena;
static struct search_options options;
static struct error err;

static void tear_down(void)
{
	arena_release(&arena);
}

#define PARSE(...) parse((const char *const[]){ "dateline-search", __VA_ARGS__, "--all", NULL })

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

#define assert_parsed(...) ck_assert_msg(PARSE(__VA_ARGS__) == STATUS_OK, "%s", err.text)

static const struct facet_request *facet(size_t at)
{
	ck_assert_uint_lt(at, options.request.facet_count);
	return &options.request.facets[at];
}

START_TEST(trees)
{
	assert_parsed("--facet", "published:tree", "--facet=topic:tree:3", "--facet", "when:7:tree",
		      "--facet", "topic");
	ck_assert_uint_eq(options.request.facet_count, 4);
	ck_assert(facet(0)->tree && facet(1)->tree && facet(2)->tree && !facet(3)->tree);
	ck_assert_uint_eq(facet(1)->max, 3);
	ck_assert_uint_eq(facet(2)->max, 7);
}
END_TEST

START_TEST(beside_values)
{
	assert_parsed("--facet", "person:20@s:place=New York: a city", "--facet",
		      "people@s:org=A=B", "--facet", "person:3", "--facet-trend");
	ck_assert_uint_eq(options.request.facet_count, 3);
	assert_str(facet(0)->beside, "place=New York: a city");
	ck_assert_uint_eq(facet(0)->max, 20);
	assert_str(facet(1)->beside, "org=A=B");
	ck_assert_str_eq(facet(1)->field->name, "person");
	ck_assert_uint_eq(facet(2)->beside.len, 0);
	ck_assert(facet(2)->trend && facet(0)->trend);
	/* Bytes that are no text are made some. */
	assert_parsed("--facet", "person@s:place=A\xff");
	assert_str(facet(0)->beside, "place=A\xEF\xBF\xBD");
}
END_TEST

START_TEST(matches)
{
	assert_parsed("--facet", "place", "--facet-match", "people=OLL", "--facet-match",
		      "place=a=b");
	ck_assert_uint_eq(options.request.facet_count, 2);
	assert_str(facet(0)->match, "a=b");
	ck_assert_str_eq(facet(1)->field->name, "person");
	assert_str(facet(1)->match, "OLL");
	/* Beside those that are counted anyway. */
	assert_parsed("--facet-match", "agency=a");
	ck_assert_uint_gt(options.request.facet_count, 5);
	ck_assert_str_eq(facet(options.request.facet_count - 1)->field->name, "agency");
	assert_parsed("--facet-match", "agency=a", "--no-facets");
	ck_assert_uint_eq(options.request.facet_count, 0);
	/* The last of one field holds. */
	assert_parsed("--facet-match", "person=a", "--facet-match", "person=b", "--facet", "person");
	ck_assert_uint_eq(options.request.facet_count, 1);
	assert_str(facet(0)->match, "b");
}
END_TEST

START_TEST(orders)
{
	assert_parsed("--facet-sort", "place=name", "--facet", "place", "--facet", "person",
		      "--facet-sort=significance");
	ck_assert_int_eq(facet(0)->sort, FACET_BY_NAME);
	ck_assert_int_eq(facet(1)->sort, FACET_BY_SIGNIFICANCE);
	assert_parsed("--facet-sort", "significance", "--facet-sort", "count", "--facet", "place");
	ck_assert_int_eq(facet(0)->sort, FACET_BY_COUNT);
}
END_TEST

START_TEST(in_a_batch_only_what_is_named)
{
	static const char *const given[] = { "dateline-search", "--batch=-", "--facet-match",
					     "person=a", NULL };
	ck_assert_int_eq(parse(given), STATUS_OK);
	ck_assert_uint_eq(options.request.facet_count, 1);
}
END_TEST

static const struct {
	const char *option, *value, *words;
} wrong[] = {
	{ "--facet", "person:tree", "no tree" },
	{ "--facet", "person@s:", "takes a value" },
	{ "--facet", "@s:place=China", "needs a field" },
	{ "--facet", "person@s:plase=China", "did you mean place" },
	{ "--facet", "person:0@s:place=China", "from 1 to" },
	{ "--facet", "when@s:place=China", "not when" },
	{ "--facet", "published:tree:1:2", "FIELD:N" },
	{ "--facet-match", "person", "FIELD=TEXT" },
	{ "--facet-match", "person=", "needs letters" },
	{ "--facet-match", "when=2", "not when" },
	{ "--facet-match", "=x", "not \"=x\"" },
	{ "--facet-sort", "person=", "count, name or significance" },
	{ "--facet-sort", "agency=name", "--facet agency" },
};

START_TEST(mistakes)
{
	ck_assert_int_eq(PARSE(wrong[_i].option, wrong[_i].value), STATUS_BAD_REQUEST);
	ck_assert_msg(strstr(err.text, wrong[_i].words), "\"%s\" is not in \"%s\"", wrong[_i].words,
		      err.text);
	ck_assert_ptr_null(strchr(err.text, '\n'));
}
END_TEST

static Suite *facet_options_suite(void)
{
	Suite *suite = suite_create("options of facets");
	TCase *tests = tcase_create("options");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, trees);
	tcase_add_test(tests, beside_values);
	tcase_add_test(tests, matches);
	tcase_add_test(tests, orders);
	tcase_add_test(tests, in_a_batch_only_what_is_named);
	tcase_add_loop_test(tests, mistakes, 0, sizeof(wrong) / sizeof(wrong[0]));
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(facet_options_suite)
