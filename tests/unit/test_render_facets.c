/* Facets as text and as data: trees, trends, what is missing and what is compared, on narrow screens and with hostile names. */
#include "made_up.h"

#include "dateline/utf8.h"

static const char *text_of(struct answer_facet *facets, size_t count)
{
	answer.total = 9;
	answer.facets = facets;
	answer.facet_count = count;
	const char *text = print("text").data;
	const char *facet = strstr(text, "\n\n");
	ck_assert_ptr_nonnull(facet);
	return facet + 2;
}

static void assert_text(struct answer_facet *of, const char *expected)
{
	const char *text = text_of(of, 1);
	ck_assert_msg(strncmp(text, expected, strlen(expected)) == 0, "\"%s\" is not \"%s\"", text,
		      expected);
}

START_TEST(what_is_missing_comes_last)
{
	struct answer_value values[] = { { .value = STR("China"), .count = 9 } };
	struct answer_facet of = facet("place", values, 1, 3);
	of.missing = 1234;
	assert_text(&of, "place     China (9) · and 2 more · none (1,234)\n");
	of = facet("place", NULL, 0, 0);
	of.missing = 9;
	assert_text(&of, "place     none (9)\n");
	of.missing = 0;
	assert_text(&of, "place     none\n");
}
END_TEST

START_TEST(both_numbers_when_compared)
{
	struct answer_value values[] = {
		{ .value = STR("China"), .count = 40, .everywhere = 2100, .selected = true },
		{ .value = STR("Peru"), .count = 0, .everywhere = 0 },
	};
	struct answer_facet of = facet("place", values, 2, 1);
	of.compared = true;
	assert_text(&of, "place     [x] China (40 of 2,100) · Peru (0 of 0)\n");
	answer.facets = &of;
	ck_assert_ptr_nonnull(
		strstr(print("json").data, "\"count\":0,\"everywhere\":0,\"selected\":false}"));
}
END_TEST

START_TEST(trees_are_indented)
{
	struct answer_value values[] = {
		{ .value = STR("World"), .count = 9 },
		{ .value = STR("World > Asia"), .count = 4, .depth = 1 },
		{ .value = STR("World > Asia > China"), .count = 4, .depth = 2, .selected = true },
		{ .value = STR("World > Europe > Ghent"), .count = 1, .depth = 1 },
		{ .value = STR("World > "), .count = 1, .depth = 1 },
		{ .value = STR("Worlds"), .count = 1 },
	};
	struct answer_facet of = facet("topic", values, 6, 9);
	of.tree = true;
	of.missing = 2;
	assert_text(&of, "topic     World (9)\n"
			 "            Asia (4)\n"
			 "              [x] China (4)\n"
			 "            Europe > Ghent (1)\n"
			 "            World > (1)\n"
			 "          Worlds (1)\n"
			 "          and 3 more · none (2)\n");
	answer.facets = &of;
	ck_assert_ptr_nonnull(
		strstr(print("json").data, "\"value\":\"World > Asia\",\"depth\":1,\"count\":4"));
	of = facet("topic", NULL, 0, 0);
	of.tree = true;
	assert_text(&of, "topic     none\n");
}
END_TEST

static struct value_trend rising = {
	.first = { .year = 2019, .month = 3, .day = 1, .precision = DATE_DAY },
	.last = { .year = 2020, .precision = DATE_YEAR },
	.counts = { 0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 1 },
};
static struct value_trend one = {
	.first = { .year = 2019, .precision = DATE_YEAR },
	.last = { .year = 2019, .precision = DATE_YEAR },
	.counts = { UINT32_MAX, 1 },
};
static struct value_trend none;

START_TEST(trends_stand_in_a_column)
{
	struct answer_value values[] = {
		{ .value = STR("Kajsa Ollongren"), .count = 12, .trend = &rising },
		{ .value = STR("中国"), .count = 1, .trend = &one },
		{ .value = STR("A name that is so long that it must not push the others"),
		  .count = 1,
		  .trend = &none },
	};
	struct answer_facet of = facet("person", values, 3, 3);
	assert_text(
		&of,
		"person    Kajsa Ollongren (12)  ▁▂▃▄▅▆▇█▁▁▁▁▁▁▁▂  2019-03-01 to 2020\n"
		"          中国 (1)              █▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁  2019 to 2019\n"
		"          A name that is so long that it must not push the others (1)  undated\n");
	options.columns = 40;
	assert_text(&of, "person    Kajsa Ollongren (12)\n"
			 "          ▁▂▃▄▅▆▇█▁▁▁▁▁▁▁▂  2019-03-01 to 2020\n");
}
END_TEST

START_TEST(trends_as_data)
{
	struct answer_value values[] = {
		{ .value = STR("Kajsa Ollongren"), .count = 12, .trend = &rising },
		{ .value = STR("Nobody"), .count = 1, .trend = &none },
	};
	struct answer_facet of = facet("person", values, 2, 2);
	of.from = rising.first;
	of.to = rising.last;
	answer.facets = &of;
	answer.facet_count = 1;
	const char *json = print("json").data;
	ck_assert_ptr_nonnull(strstr(json, "\"first\":\"2019-03-01\",\"last\":\"2020\",\"trend\":[0,1,"
					   "2,3,4,5,6,7,0,0,0,0,0,0,0,1]}"));
	ck_assert_ptr_nonnull(strstr(json, "\"first\":null,\"last\":null,\"trend\":[0,"));
	ck_assert_ptr_nonnull(
		strstr(json, ",\"trends\":{\"person\":{\"from\":\"2019-03-01\",\"to\":\"2020\"}}"));
	options.counts_only = true;
	ck_assert_ptr_nonnull(strstr(print("csv").data,
				     "person,Kajsa Ollongren,12,,0,false,2019-03-01,2020\r\n"));
	ck_assert_ptr_nonnull(strstr(print("csv").data, "person,Nobody,1,,0,false,,\r\n"));
}
END_TEST

START_TEST(values_beside_others)
{
	struct answer_value values[] = { { .value = STR("Xi"), .count = 9 } };
	struct answer_facet facets[] = { facet("person", values, 1, 1),
					 facet("person", values, 1, 1) };
	facets[1].beside = STR("place=\033[31mChina \"x\"");
	const char *text = text_of(facets, 2);
	ck_assert_ptr_null(strchr(text, '\033'));
	ck_assert_ptr_nonnull(strstr(text, "\nperson beside place="));
	ck_assert_ptr_nonnull(strstr(text, " in a sentence\n          Xi (9)\n"));
	const char *json = print("json").data;
	ck_assert_ptr_nonnull(strstr(json, "\"facets\":{\"person\":1,\"person@s:place="));
	ck_assert_ptr_nonnull(strstr(json, "\\\"x\\\"\":1},\"missing\":{\"person\":0}"));
	/* They are no example of what would narrow the answer. */
	values[0].count = 4;
	ck_assert_ptr_null(strstr(text_of(facets + 1, 1), "Narrow"));
	ck_assert_ptr_nonnull(strstr(text_of(facets, 1), "Narrow"));
}
END_TEST

START_TEST(tables_of_facets)
{
	struct answer_value values[] = {
		{ .value = STR("=cmd, \"x\""), .count = 3, .selected = true }
	};
	struct answer_facet of = facet("place", values, 1, 1);
	of.missing = 2;
	answer.facets = &of;
	answer.facet_count = 1;
	options.counts_only = true;
	ck_assert_str_eq(print("csv").data,
			 "field,value,count,everywhere,depth,selected,first,last\r\n"
			 "place,\"'=cmd, \"\"x\"\"\",3,,0,true,,\r\n"
			 "place,,2,,0,false,,\r\n");
}
END_TEST

static Suite *render_facets_suite(void)
{
	Suite *suite = suite_create("facets as they are printed");
	TCase *tests = tcase_create("facets");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, what_is_missing_comes_last);
	tcase_add_test(tests, both_numbers_when_compared);
	tcase_add_test(tests, trees_are_indented);
	tcase_add_test(tests, trends_stand_in_a_column);
	tcase_add_test(tests, trends_as_data);
	tcase_add_test(tests, values_beside_others);
	tcase_add_test(tests, tables_of_facets);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(render_facets_suite)
