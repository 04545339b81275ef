#include "made_up.h"

#include <math.h>

/* ---- JSON ---- */

START_TEST(json_members_are_in_the_promised_order)
{
	struct answer_hit hit = first_hit();
	struct answer_value places[] = { { .value = STR("China"), .count = 3, .selected = true },
					 { .value = STR("Côte d'Ivoire"), .count = 1 } };
	struct answer_facet facets[] = { facet("place", places, 2, 2) };
	answer.hits = &hit;
	answer.hit_count = 1;
	answer.facets = facets;
	answer.facet_count = 1;
	answer.total = 3;
	assert_str(
		print("json"),
		"{\"type\":\"hit\",\"rank\":1,\"id\":\"dutch-1\",\"title\":\"Dutch find Chinese cyber spies\","
		"\"source\":\"Reuters\",\"published\":\"2024-02-07\",\"url\":null,\"score\":12.3457,"
		"\"snippet\":\"…network last year, in the latest case of cyber espionage. The agencies said "
		"it was part of a trend…\",\"marks\":[[42,47],[48,57]]}\n"
		"{\"type\":\"facet\",\"field\":\"place\",\"value\":\"China\",\"count\":3,\"selected\":true}\n"
		"{\"type\":\"facet\",\"field\":\"place\",\"value\":\"Côte d'Ivoire\",\"count\":1,"
		"\"selected\":false}\n"
		"{\"type\":\"summary\",\"total\":3,\"exact\":true,\"took_ms\":12.346,"
		"\"query\":\"cyber espionage\",\"facets\":{\"place\":2},\"missing\":{\"place\":0}}\n");
}
END_TEST

START_TEST(json_says_null_for_what_is_unknown)
{
	struct answer_hit hit = { .rank = 7, .id = STR("x") };
	answer.hits = &hit;
	answer.hit_count = 1;
	answer.total = 9;
	answer.query = STR("");
	answer.took_ms = 0;
	assert_str(
		print("json"),
		"{\"type\":\"hit\",\"rank\":7,\"id\":\"x\",\"title\":null,\"source\":null,\"published\":null,"
		"\"url\":null,\"score\":0.0000,\"snippet\":null,\"marks\":[]}\n"
		"{\"type\":\"summary\",\"total\":9,\"exact\":true,\"took_ms\":0.000,\"query\":\"\",\"facets\":{}}\n");
}
END_TEST

START_TEST(json_of_nothing_is_a_summary)
{
	struct str hints[] = { STR("no article has \"qwertzuiop\""), STR("second") };
	answer.hints = (struct str_list){ hints, 2 };
	assert_str(print("json"),
		   "{\"type\":\"summary\",\"total\":0,\"exact\":true,\"took_ms\":12.346,"
		   "\"query\":\"cyber espionage\",\"facets\":{},\"hints\":[\"no article has \\\"qwertzuiop\\\"\","
		   "\"second\"]}\n");
}
END_TEST

START_TEST(json_has_explanations_when_asked)
{
	struct answer_hit hit = { .rank = 1, .id = STR("x"), .explanation = STR("why\nnot") };
	answer.hits = &hit;
	answer.hit_count = 1;
	answer.total = 1;
	answer.explanation = STR("AND\n  a");
	answer.recounted = 42;
	const struct str text = print("json");
	ck_assert_ptr_nonnull(strstr(text.data, ",\"marks\":[],\"explain\":\"why\\nnot\"}\n"));
	ck_assert_ptr_nonnull(strstr(
		text.data,
		",\"query\":\"cyber espionage\",\"facets\":{},\"explain\":\"AND\\n  a\",\"recounted\":42}\n"));
}
END_TEST

START_TEST(json_says_how_many_values_there_are)
{
	struct answer_facet facets[] = { facet("person", NULL, 0, 59), facet("published", NULL, 0, 3),
					 facet("published", NULL, 0, 36) };
	facets[1].step = STEP_YEAR;
	facets[2].step = STEP_MONTH;
	answer.facets = facets;
	answer.facet_count = 2;
	ck_assert_ptr_nonnull(
		strstr(print("json").data,
		       ",\"facets\":{\"person\":59,\"published\":3},\"missing\":{\"person\":0}}\n"));
	answer.facet_count = 3;
	ck_assert_ptr_nonnull(strstr(print("json").data,
				     ",\"facets\":{\"person\":59,\"published:year\":3,"
				     "\"published:month\":36},\"missing\":{\"person\":0}}\n"));
}
END_TEST

/* An id comes back as it went out, and what cannot have come from here is left as it is. */
START_TEST(ids_can_be_read_back)
{
	static const struct {
		const char *written, *meant; /* NULL: nothing to read back */
	} ids[] = {
		{ "plain", NULL },
		{ "C:\\dir\\x", NULL },
		{ "a\\nb", "a\nb" },
		{ "\\t\\x1b\\x7f", "\t\033\x7f" },
		{ "\\u0085", "\xC2\x85" },
		{ "\\u00e9", NULL },
		{ "\\x41", NULL },
		{ "\\x1", NULL },
		{ "\\", NULL },
		{ "\\x1B", NULL },
		{ "\\u008", NULL },
		{ "", NULL },
	};
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		struct buffer read = { 0 };
		const bool found = id_unescape(str_from(ids[i].written), &read);
		ck_assert_msg(found == (ids[i].meant != NULL), "%s", ids[i].written);
		assert_str(buffer_str(&read), ids[i].meant ? ids[i].meant : ids[i].written);
		buffer_release(&read);
		if (!found)
			continue;
		struct answer_hit hit = { .rank = 1, .id = str_from(ids[i].meant) };
		answer.hits = &hit;
		answer.hit_count = 1;
		const struct str printed = print("ids");
		ck_assert_uint_eq(printed.len, strlen(ids[i].written) + 1);
		ck_assert(memcmp(printed.data, ids[i].written, printed.len - 1) == 0);
	}
}
END_TEST

START_TEST(json_knows_the_undated)
{
	struct answer_value dates[] = { { .value = STR("2024-02"), .count = 3 },
					{ .value = STR(""), .count = 1, .selected = true } };
	struct answer_facet facets[] = { facet("published", dates, 2, 2) };
	answer.facets = facets;
	answer.facet_count = 1;
	ck_assert_ptr_nonnull(strstr(print("json").data,
				     "{\"type\":\"facet\",\"field\":\"published\","
				     "\"value\":\"undated\",\"count\":1,\"selected\":true}\n"));
}
END_TEST

START_TEST(json_marks_count_characters)
{
	struct mark marks[] = { { 0, 6 }, { 9, 15 }, { 16, 20 } };
	struct answer_hit hit = { .rank = 1,
				  .id = STR("x"),
				  .snippet = { STR("北京大学北 😀"), marks, 3 } };
	answer.hits = &hit;
	answer.hit_count = 1;
	ck_assert_ptr_nonnull(strstr(print("json").data, "\"marks\":[[0,2],[3,5],[6,7]]}"));
}
END_TEST

/* Numbers that JSON has no word for, and those that would take hundreds of digits. */
START_TEST(json_numbers_are_numbers)
{
	const double values[] = { NAN, INFINITY, -INFINITY, 1e300, -0.00001, 999999.99996, -2.5 };
	const char *const expected[] = { "0.0000", "0.0000",       "0.0000", "0.0000",
					 "0.0000", "1000000.0000", "-2.5000" };
	struct answer_hit hit = { .rank = 1, .id = STR("x") };
	answer.hits = &hit;
	answer.hit_count = 1;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		char wanted[64];
		hit.score = values[i];
		snprintf(wanted, sizeof(wanted), "\"score\":%s,", expected[i]);
		ck_assert_msg(strstr(print("json").data, wanted), "%s is not in %s", wanted,
			      out.data);
	}
}
END_TEST

START_TEST(json_errors_are_valid_whatever_they_quote)
{
	struct error err;
	error_set(&err, STATUS_NO_INDEX, "there is no index at \xFF\"x\"");
	const struct printer *printer = printer_find(STR("json"));
	buffer_reset(&out);
	printer->error(&err, &out);
	assert_str(buffer_str(&out), "{\"type\":\"error\",\"status\":\"NO_INDEX\","
				     "\"message\":\"there is no index at \xEF\xBF\xBD\\\"x\\\"\"}\n");
	ck_assert_ptr_null(printer_find(STR("text"))->error);
	ck_assert_ptr_null(printer_find(STR("csv"))->error);
	ck_assert_ptr_null(printer_find(STR("ids"))->error);
}
END_TEST

/* ---- CSV and ids ---- */

START_TEST(csv_has_a_line_of_names)
{
	assert_str(print("csv"), "rank,id,title,source,published,url,score,snippet\r\n");
}
END_TEST

START_TEST(csv_quotes_as_the_rfc_has_it)
{
	struct answer_hit hits[] = { first_hit(), { .rank = 2, .id = STR("a,b") } };
	hits[0].title = STR("He said \"no\"");
	hits[0].snippet.text = STR(" two\nlines");
	answer.hits = hits;
	answer.hit_count = 2;
	assert_str(print("csv"),
		   "rank,id,title,source,published,url,score,snippet\r\n"
		   "1,dutch-1,\"He said \"\"no\"\"\",Reuters,2024-02-07,,12.3457,\" two lines\"\r\n"
		   "2,\"a,b\",,,,,0.0000,\r\n");
}
END_TEST

START_TEST(csv_cells_are_no_formulas)
{
	const struct {
		struct str title;
		const char *cell;
	} cells[] = {
		{ STR("=HYPERLINK(\"http://x\",1)"), "\"'=HYPERLINK(\"\"http://x\"\",1)\"" },
		{ STR("+1"), "'+1" },
		{ STR("-1"), "'-1" },
		{ STR("@SUM(A1)"), "'@SUM(A1)" },
		{ STR("\t=1"), "\"' =1\"" },
		{ STR("＝1"), "'＝1" },
		{ STR("1=1"), "1=1" },
		{ STR("a-b"), "a-b" },
	};
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		struct answer_hit hit = { .rank = 1, .id = STR("x"), .title = cells[i].title };
		char wanted[128];
		answer.hits = &hit;
		answer.hit_count = 1;
		snprintf(wanted, sizeof(wanted), "\r\n1,x,%s,,,,0.0000,\r\n", cells[i].cell);
		ck_assert_msg(strstr(print("csv").data, wanted), "%s is not in %s", wanted, out.data);
	}
}
END_TEST

START_TEST(ids_take_one_line_each)
{
	struct answer_hit hits[] = {
		{ .id = STR("one") },
		{ .id = STR("C:\\news\\two.txt") },
		{ .id = STR("th\nr\te\033[1me\x7F\xC2\x9B\xC2\xA0") },
		{ .id = STR("四") },
	};
	answer.hits = hits;
	answer.hit_count = 4;
	assert_str(print("ids"),
		   "one\nC:\\news\\two.txt\nth\\nr\\te\\x1b[1me\\x7f\\u009b\xC2\xA0\n四\n");
	answer.hit_count = 0;
	assert_str(print("ids"), "");
}
END_TEST

START_TEST(printers_are_found_by_name)
{
	static const char *const names[] = { "text", "json", "csv", "ids" };
	for (size_t i = 0; i < 4; i++)
		ck_assert_str_eq(printer_find(str_from(names[i]))->name, names[i]);
	ck_assert_ptr_null(printer_find(STR("xml")));
	ck_assert_ptr_null(printer_find(STR("")));
	ck_assert_ptr_null(printer_find(STR("tex")));
	ck_assert(printer_find(STR("text"))->hints && printer_find(STR("json"))->hints);
	ck_assert(!printer_find(STR("csv"))->hints && !printer_find(STR("ids"))->hints);
}
END_TEST

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add_case(Suite *suite, const char *name, const TTest *const *functions, size_t count)
{
	TCase *tests = tcase_create(name);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	for (size_t i = 0; i < count; i++)
		tcase_add_test(tests, functions[i]);
	suite_add_tcase(suite, tests);
}

static Suite *make_suite(void)
{
	Suite *suite = suite_create("render_data");
	const TTest *const data[] = { json_members_are_in_the_promised_order,
				      json_says_null_for_what_is_unknown,
				      json_of_nothing_is_a_summary,
				      json_has_explanations_when_asked,
				      json_knows_the_undated,
				      json_says_how_many_values_there_are,
				      ids_can_be_read_back,
				      json_marks_count_characters,
				      json_numbers_are_numbers,
				      json_errors_are_valid_whatever_they_quote,
				      csv_has_a_line_of_names,
				      csv_quotes_as_the_rfc_has_it,
				      csv_cells_are_no_formulas,
				      ids_take_one_line_each,
				      printers_are_found_by_name };
	add_case(suite, "for programs", data, COUNT(data));
	return suite;
}

TEST_MAIN(make_suite)
