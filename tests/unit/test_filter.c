/*
 * Filters, and what dates mean: a range of dates is compared with looking at every date, over random dates of every
 * precision and the terms that articles have of them.
 */
#include "../../searcher/query/query.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"
#include "small_index.h"

static struct arena arena;
static struct filter filter;
static struct error refused;

static void tear_down(void)
{
	arena_release(&arena);
}

static enum status parse(struct str text)
{
	refused.text[0] = 0;
	return filter_parse(text, NULL, &arena, &filter, &refused);
}

/* The filter in one line: place!=United States XLOC:united states */
static struct str parsed(const char *text)
{
	ck_assert_msg(parse(str_from(text)) == STATUS_OK, "%s: %s", text, refused.text);
	ck_assert(field_is_facet(filter.field));
	struct buffer out = { 0 };
	buffer_add_format(&out, "%s%s%.*s", filter.field->name, filter.excluded ? "!=" : "=",
			  STR_ARG(filter.value));
	const bool is_term = filter.plan->op == PLAN_TERM;
	ck_assert(is_term || filter.plan->op == PLAN_OR);
	if (is_term)
		buffer_add_format(&out, " %.*s", STR_ARG(filter.plan->term));
	for (size_t i = 0; !is_term && i < filter.plan->count; i++)
		buffer_add_format(&out, " %.*s", STR_ARG(filter.plan->kids[i]->term));
	const struct str line = arena_copy(&arena, buffer_str(&out));
	buffer_release(&out);
	return line;
}

/* Refused in one line that has these words. */
static void assert_refused(const char *text, const char *words)
{
	ck_assert_int_eq(parse(str_from(text)), STATUS_BAD_REQUEST);
	ck_assert_int_eq(refused.status, STATUS_BAD_REQUEST);
	ck_assert_msg(strstr(refused.text, words) != NULL, "%s: \"%s\" does not say \"%s\"", text,
		      refused.text, words);
	ck_assert_ptr_null(strchr(refused.text, '\n'));
}

/* ---- names ---- */

START_TEST(names_are_canonical)
{
	assert_str(parsed("place=China"), "place=China XLOC:china");
	assert_str(parsed("place!=Russia"), "place!=Russia XLOC:russia");
	assert_str(parsed("place=usa"), "place=United States XLOC:united states");
	assert_str(parsed("place=United  STATES"), "place=United States XLOC:united states");
	assert_str(parsed("place=Dutch"), "place=Netherlands XLOC:netherlands");
	assert_str(parsed("person=james-baker"), "person=James Baker XPER:james baker");
	assert_str(parsed("author=Ada Vos"), "author=Ada Vos Aada vos");
	assert_str(parsed("language=English"), "language=en Len");
	assert_str(parsed("language=EN-gb"), "language=en Len");
	assert_str(parsed("topic=a=b"), "topic=a=b Ga=b");
	assert_str(parsed("source=!x"), "source=!x H!x");
}
END_TEST

START_TEST(fields_by_name_and_alias_in_any_case)
{
	assert_str(parsed("PLACE=China"), "place=China XLOC:china");
	assert_str(parsed("country=China"), "place=China XLOC:china");
	assert_str(parsed(" place = China "), "place=China XLOC:china");
	assert_str(parsed("place != China"), "place!=China XLOC:china");
	assert_str(parsed("date=2024"), "published=2024 Y2024");
}
END_TEST

START_TEST(a_canonical_value_stays_what_it_is)
{
	static const char *const texts[] = {
		"place=usa",
		"person=james-baker",
		"language=Dutch",
		"published=7 Feb 2024",
		"topic=Shipping",
		"published=2023-xx",
		"published=2024-1..2025",
		"published=UNDATED",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct str once = parsed(texts[i]);
		struct plan *plan;
		struct str again;
		ck_assert_int_eq(filter_canonical(filter.field, filter.value, &arena, &again, NULL),
				 STATUS_OK);
		ck_assert(str_equal(again, filter.value));
		ck_assert_int_eq(filter_plan(filter.field, filter.value, NULL, &arena, &plan, NULL),
				 STATUS_OK);
		ck_assert_int_eq(plan->op, filter.plan->op);
		ck_assert_uint_eq(plan->count, filter.plan->count);
		ck_assert(str_equal(once, parsed(texts[i])));
	}
}
END_TEST

START_TEST(long_and_odd_values_are_taken)
{
	struct buffer text = { 0 };
	buffer_add_text(&text, "topic=");
	while (text.len < QUERY_BYTES_MAX)
		buffer_add_char(&text, 'x');
	ck_assert_int_eq(parse(buffer_str(&text)), STATUS_OK);
	ck_assert_uint_le(filter.plan->term.len, SCHEMA_TERM_MAX);
	buffer_add_char(&text, 'x');
	ck_assert_int_eq(parse(buffer_str(&text)), STATUS_TOO_LARGE);
	ck_assert_ptr_nonnull(strstr(refused.text, "4096"));
	buffer_release(&text);
	ck_assert_int_eq(parse((struct str){ "place=\xFF\0x", 9 }), STATUS_OK);
	ck_assert(utf8_is_clean(filter.value));
}
END_TEST

/* ---- what is refused ---- */

START_TEST(what_is_no_filter_is_refused)
{
	assert_refused("", "place=China");
	assert_refused("place", "\"place\" is no filter");
	assert_refused("place:china", "write place=china or place!=china");
	assert_refused("date:2024", "write published=2024");
	assert_refused("foo:china", "field=value");
	assert_refused("place:", "field=value");
	assert_refused("=China", "begins with a field");
	assert_refused("!=China", "begins with a field");
	assert_refused("place=", "no value");
	assert_refused("place!=", "no value");
	assert_refused("place= \t ", "no value");
	assert_refused("place=\xC2\xA0", "no value");
	ck_assert_int_eq(parse((struct str){ NULL, 0 }), STATUS_BAD_REQUEST);
	ck_assert_int_eq(filter_parse(STR("place"), NULL, &arena, &filter, NULL), STATUS_BAD_REQUEST);
}
END_TEST

START_TEST(unknown_fields_are_refused_with_those_there_are)
{
	assert_refused("plcae=China", "did you mean \"place\"?");
	assert_refused("persn=x", "did you mean \"person\"?");
	assert_refused("nosuchfield=x", "no field \"nosuchfield\"");
	assert_refused("nosuchfield=x", "filters can be on person, org, place, other, source");
	/* Only what can be filtered is worth a suggestion. */
	assert_refused("titel=x", "filters can be on person");
	ck_assert_ptr_null(strstr(refused.text, "did you mean"));
	assert_refused("title=x", "title:");
	assert_refused("id=x", "id:");
	assert_refused("uid!=x", "id is no field to filter by");
	for (const struct field *field = field_table; field->name; field++) {
		assert_refused("nosuchfield=x", "no field");
		ck_assert(field_is_facet(field) == (strstr(refused.text, field->name) != NULL) ||
			  strcmp(field->name, "id") == 0);
	}
}
END_TEST

START_TEST(messages_are_one_short_line)
{
	struct buffer text = { 0 };
	for (int i = 0; i < 1000; i++)
		buffer_add_text(&text, "\xC3\xA9\n");
	ck_assert_int_eq(parse(buffer_str(&text)), STATUS_BAD_REQUEST);
	ck_assert_uint_lt(strlen(refused.text), 300);
	ck_assert_ptr_null(strchr(refused.text, '\n'));
	ck_assert(utf8_is_clean(str_from(refused.text)));
	buffer_add_text(&text, "=x");
	ck_assert_int_eq(parse(buffer_str(&text)), STATUS_BAD_REQUEST);
	ck_assert_uint_lt(strlen(refused.text), 300);
	buffer_release(&text);
}
END_TEST

/* ---- dates ---- */

START_TEST(dates_become_terms)
{
	assert_str(parsed("published=2024"), "published=2024 Y2024");
	assert_str(parsed("published=2024-02"), "published=2024-02 M202402");
	assert_str(parsed("published=2024-02-07"), "published=2024-02-07 D20240207");
	assert_str(parsed("published=0987"), "published=0987 Y0987");
	assert_str(parsed("published!=2024"), "published!=2024 Y2024");
	assert_str(parsed("published=undated"), "published=undated Yundated");
	assert_str(parsed("published=Undated"), "published=undated Yundated");
}
END_TEST

START_TEST(what_is_not_known_can_be_asked_for)
{
	assert_str(parsed("published=2023-XX"), "published=2023-XX M2023XX");
	assert_str(parsed("published=2023-xx"), "published=2023-XX M2023XX");
	assert_str(parsed("published=2023-XX-XX"), "published=2023-XX M2023XX");
	assert_str(parsed("published=2023-05-XX"), "published=2023-05-XX D202305XX");
}
END_TEST

START_TEST(dates_as_people_write_them)
{
	assert_str(parsed("published=7 Feb 2024"), "published=2024-02-07 D20240207");
	assert_str(parsed("published=February 2024"), "published=2024-02 M202402");
	assert_str(parsed("published=2024/02/07"), "published=2024-02-07 D20240207");
	assert_str(parsed("published=2024-02-07T10:30+01:00"), "published=2024-02-07 D20240207");
	assert_str(parsed("published=30.12.2023..1 Jan 2024"),
		   "published=2023-12-30..2024-01-01 D20231230 D20231231 D20240101");
}
END_TEST

START_TEST(ranges_are_few_terms)
{
	assert_str(parsed("published=2024-01..2024-03"),
		   "published=2024-01..2024-03 M202401 M202402 M202403");
	assert_str(parsed("published=2023..2024"), "published=2023..2024 Y2023 Y2024");
	assert_str(parsed("published= 2023 .. 2024 "), "published=2023..2024 Y2023 Y2024");
	assert_str(parsed("published=2024-01..2024-12"), "published=2024-01..2024-12 Y2024");
	assert_str(parsed("published=2024-01-01..2024-12-31"),
		   "published=2024-01-01..2024-12-31 Y2024");
	assert_str(parsed("published=2024-02-27..2024-04-01"),
		   "published=2024-02-27..2024-04-01 D20240227 D20240228 D20240229 M202403 D20240401");
	assert_str(parsed("published=2023-12-31..2025-01-01"),
		   "published=2023-12-31..2025-01-01 D20231231 Y2024 D20250101");
	assert_str(parsed("published=2024-02-07..2024-02-07"),
		   "published=2024-02-07..2024-02-07 D20240207");
	assert_str(parsed("published=2024-02-01..2024-02"), "published=2024-02-01..2024-02 M202402");
	/* The later end is that of its month or year. */
	assert_str(parsed("published=2024-11..2024"), "published=2024-11..2024 M202411 M202412");
}
END_TEST

START_TEST(bad_dates_are_refused_with_examples)
{
	static const char *const texts[] = {
		"soon",          "2024-13",     "2024-00",    "2023-02-29",
		"2024-02-30",    "..",          " .. ",       "2024..soon",
		"soon..2024",    "2024...2025", "2023-XX..",  "..2023-XX",
		"undated..",     "24",          "2023-13-XX", "0000",
		"0000-XX",       "2023-XX-05",  "2023-5-XX",  "2023-XX-X",
		"2023-05-XX-XX", "XXXX",        "2023XX",     "12024",
		"2024..2025..",  "2023-XXX",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct buffer text = { 0 };
		buffer_add_format(&text, "published=%s", texts[i]);
		assert_refused(text.data, "2024-01..2024-03");
		ck_assert_ptr_nonnull(strstr(refused.text, "undated"));
		buffer_release(&text);
	}
	assert_refused("published=soon", "\"soon\" is no date");
	assert_refused("published=2024..2023", "ends before it begins");
	assert_refused("published=2024-02-08..2024-02-07", "ends before it begins");
	assert_refused("published=2024-03..2024-02", "ends before it begins");
}
END_TEST

/* ---- dates that are mentioned ---- */

START_TEST(mentioned_dates_become_terms)
{
	assert_str(parsed("when=2023"), "when=2023 XYEAR:2023");
	assert_str(parsed("when=Dec 2023"), "when=2023-12 XMONTH:202312");
	assert_str(parsed("mentions=2024-02-06T10:00"), "when=2024-02-06 XDAY:20240206");
	assert_str(parsed("when=2023..2024"), "when=2023..2024 XYEAR:2023 XYEAR:2024");
	assert_str(parsed("when=2023-11..2024-01"),
		   "when=2023-11..2024-01 XMONTH:202311 XMONTH:202312 XMONTH:202401");
	assert_str(parsed("when=2023-11-29..2024"),
		   "when=2023-11-29..2024 XDAY:20231129 XDAY:20231130 XMONTH:202312 XYEAR:2024");
}
END_TEST

START_TEST(mentioned_dates_are_there_or_not)
{
	static const char *const texts[] = { "undated", "2023-XX", "2023-05-XX", "soon",
					     "2023-XX-XX" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct buffer text = { 0 };
		buffer_add_format(&text, "when=%s", texts[i]);
		assert_refused(text.data, "is no date for when: write 2024");
		ck_assert_ptr_null(strstr(refused.text, "undated,"));
		ck_assert_ptr_null(strstr(refused.text, "or 2023-XX"));
		buffer_release(&text);
	}
	assert_refused("when=2024..2023", "when 2024..2023 ends before it begins");
}
END_TEST

/* The years of publication and those that are mentioned have nothing to do with each other. */
START_TEST(ranges_of_mentioned_dates_take_their_own_years)
{
	static int16_t published[] = { 2023, 2024 }, mentioned[] = { 1066, 2025 };
	const struct years years = {
		.items = published, .count = 2, .mentioned = mentioned, .mentioned_count = 2
	};
	ck_assert_int_eq(filter_parse(STR("when=..2030"), &years, &arena, &filter, NULL), STATUS_OK);
	ck_assert_uint_eq(filter.plan->count, 2);
	assert_str(filter.plan->kids[0]->term, "XYEAR:1066");
	assert_str(filter.plan->kids[1]->term, "XYEAR:2025");
	ck_assert_int_eq(filter_parse(STR("published=..2030"), &years, &arena, &filter, NULL),
			 STATUS_OK);
	assert_str(filter.plan->kids[0]->term, "Y2023");
	ck_assert_int_eq(filter_parse(STR("when=2026.."), &years, &arena, &filter, NULL), STATUS_OK);
	ck_assert_uint_eq(filter.plan->count, 0);
}
END_TEST

/* ---- open ranges ---- */

static struct plan *plan_in(const char *text, const int16_t *items, size_t count)
{
	const struct years years = { .items = (int16_t *)(uintptr_t)items, .count = count };
	ck_assert_int_eq(filter_parse(str_from(text), &years, &arena, &filter, NULL), STATUS_OK);
	return filter.plan;
}

START_TEST(ranges_take_no_more_years_than_there_are)
{
	static const int16_t items[] = { 1, 1987, 2023, 2024, 9999 };
	struct plan *plan = plan_in("published=2023..", items, 5);
	ck_assert_uint_eq(plan->count, 3);
	assert_str(plan->kids[0]->term, "Y2023");
	assert_str(plan->kids[2]->term, "Y9999");
	plan = plan_in("published=..2023-11", items, 5);
	ck_assert_uint_eq(plan->count, 2 + 11);
	assert_str(plan->kids[0]->term, "Y0001");
	assert_str(plan->kids[12]->term, "M202311");
	plan = plan_in("published=1990..2000", items, 5);
	ck_assert_int_eq(plan->op, PLAN_OR);
	ck_assert_uint_eq(plan->count, 0);
	plan = plan_in("published=2025..", NULL, 0);
	ck_assert_uint_eq(plan->count, 0);
	/* A year asked for by name is looked for. */
	assert_str(plan_in("published=1990", items, 5)->term, "Y1990");
	/* Without knowing the years, all of them. */
	ck_assert_int_eq(filter_parse(STR("published=2024.."), NULL, &arena, &filter, NULL),
			 STATUS_OK);
	ck_assert_uint_eq(filter.plan->count, 9999 - 2024 + 1);
}
END_TEST

/* ---- against looking at every date ---- */

#define DATES 400

struct dated {
	struct date date;
	char terms[3][16];
	size_t term_count;
	int first, last; /* the days it can be; first is 0 when undated */
};

static uint64_t seed = 20240207;

static int any(int below)
{
	return (int)small_random(&seed, (uint32_t)below);
}

static int day_number(int year, int month, int day)
{
	return year * 400 + month * 32 + day;
}

/* A few years that lie side by side, and some far away. */
static int any_year(void)
{
	static const int far[] = { 1, 1969, 9999 };
	return any(8) ? 2022 + any(4) : far[any(3)];
}

static struct date any_date(int least)
{
	struct date date = { .precision = (uint8_t)(least + any(DATE_SECOND + 1 - least)) };
	if (date.precision >= DATE_YEAR)
		date.year = (int16_t)any_year();
	if (date.precision >= DATE_MONTH)
		date.month = (uint8_t)(1 + any(12));
	const int days = date_days_in_month(date.year, date.month);
	/* First and last days are where mistakes are made. */
	if (date.precision >= DATE_DAY)
		date.day = (uint8_t)(any(3) ? 1 + any(days) : any(2) ? 1 : days);
	return date;
}

static int first_of(const struct date *date)
{
	return day_number(date->year, date->month ? date->month : 1, date->day ? date->day : 1);
}

static int last_of(const struct date *date)
{
	const int month = date->month ? date->month : 12;
	return day_number(date->year, month,
			  date->day ? date->day : date_days_in_month(date->year, month));
}

static void make_dates(struct dated *dates)
{
	for (size_t i = 0; i < DATES; i++) {
		dates[i].date = any_date(DATE_NONE);
		dates[i].term_count = schema_date_terms(&dates[i].date, dates[i].terms);
		const bool is_dated = dates[i].date.precision != DATE_NONE;
		dates[i].first = is_dated ? first_of(&dates[i].date) : 0;
		dates[i].last = is_dated ? last_of(&dates[i].date) : 0;
	}
}

static bool has_term(const struct dated *dated, struct str term)
{
	for (size_t i = 0; i < dated->term_count; i++)
		if (str_equal(term, str_from(dated->terms[i])))
			return true;
	return false;
}

static bool plan_matches(const struct plan *plan, const struct dated *dated)
{
	if (plan->op == PLAN_TERM)
		return has_term(dated, plan->term);
	ck_assert_int_eq(plan->op, PLAN_OR);
	for (size_t i = 0; i < plan->count; i++)
		if (plan_matches(plan->kids[i], dated))
			return true;
	return false;
}

static int compare_years(const void *a, const void *b)
{
	return *(const int16_t *)a - *(const int16_t *)b;
}

static size_t list_years(const struct dated *dates, int16_t *items)
{
	size_t count = 0, kept = 0;
	for (size_t i = 0; i < DATES; i++)
		if (dates[i].first)
			items[count++] = dates[i].date.year;
	qsort(items, count, sizeof(*items), compare_years);
	for (size_t i = 0; i < count; i++)
		if (!kept || items[kept - 1] != items[i])
			items[kept++] = items[i];
	return kept;
}

static void add_date(const struct date *date, struct buffer *out)
{
	char text[DATE_TEXT_SIZE];
	struct date coarse = *date;
	if (coarse.precision > DATE_DAY)
		coarse.precision = DATE_DAY;
	buffer_add(out, text, date_format(&coarse, text));
}

/* All of what the date can be lies between the ends, both included. */
static bool is_inside(const struct dated *dated, const struct date *from, const struct date *to)
{
	return dated->first && (!from->precision || dated->first >= first_of(from)) &&
	       (!to->precision || dated->last <= last_of(to));
}

static void check_range(const struct dated *dates, const struct years *years,
			const struct date *from, const struct date *to)
{
	struct buffer text = { 0 };
	buffer_add_text(&text, "published=");
	add_date(from, &text);
	buffer_add_text(&text, "..");
	add_date(to, &text);
	const bool is_backwards = from->precision && to->precision && first_of(from) > last_of(to);
	const bool is_empty = !from->precision && !to->precision;
	const enum status status = filter_parse(buffer_str(&text), years, &arena, &filter, &refused);
	ck_assert_msg((status == STATUS_OK) == (!is_backwards && !is_empty), "%s: %s", text.data,
		      refused.text);
	if (status == STATUS_OK) {
		/* The days of two months, the months of two years, and the years there are. */
		if (years)
			ck_assert_uint_le(filter.plan->count, 2 * 30 + 2 * 11 + years->count);
		for (size_t i = 0; i < DATES; i++)
			ck_assert_msg(plan_matches(filter.plan, &dates[i]) ==
					      is_inside(&dates[i], from, to),
				      "%s and %s", text.data,
				      dates[i].terms[dates[i].term_count - 1]);
	}
	buffer_release(&text);
}

START_TEST(ranges_are_what_looking_at_every_date_finds)
{
	static struct dated dates[DATES];
	static int16_t items[DATES];
	for (int round = 0; round < 3000; round++) {
		if (round % 100 == 0)
			make_dates(dates);
		const struct years years = { .items = items, .count = list_years(dates, items) };
		const struct date from = any_date(any(4) ? DATE_YEAR : DATE_NONE);
		const struct date to = any_date(any(4) ? DATE_YEAR : DATE_NONE);
		/* Without the years an open range is long; it must still be right. */
		check_range(dates, round % 50 ? &years : NULL, &from, &to);
		arena_reset(&arena);
	}
}
END_TEST

START_TEST(single_dates_are_what_looking_at_every_date_finds)
{
	static struct dated dates[DATES];
	make_dates(dates);
	for (int round = 0; round < 2000; round++) {
		const struct date date = any_date(DATE_YEAR);
		struct buffer text = { 0 };
		buffer_add_text(&text, "published=");
		add_date(&date, &text);
		parsed(text.data);
		ck_assert_int_eq(filter.plan->op, PLAN_TERM);
		for (size_t i = 0; i < DATES; i++)
			ck_assert(plan_matches(filter.plan, &dates[i]) ==
				  is_inside(&dates[i], &date, &date));
		buffer_release(&text);
		arena_reset(&arena);
	}
}
END_TEST

/* A year is its months and what has no month; a month is its days and what has no day. */
START_TEST(parts_add_up_to_the_whole)
{
	static struct dated dates[DATES];
	make_dates(dates);
	for (size_t i = 0; i < DATES; i++) {
		int in_months = 0;
		for (int month = 0; month <= 12; month++) {
			char text[32] = "published=2023-XX";
			if (month)
				snprintf(text, sizeof(text), "published=2023-%02d", month);
			parsed(text);
			in_months += plan_matches(filter.plan, &dates[i]);
		}
		parsed("published=2023");
		ck_assert_int_eq(in_months, plan_matches(filter.plan, &dates[i]));
		int in_days = 0;
		for (int day = 0; day <= 31; day++) {
			char text[32] = "published=2023-05-XX";
			if (day)
				snprintf(text, sizeof(text), "published=2023-05-%02d", day);
			parsed(text);
			in_days += plan_matches(filter.plan, &dates[i]);
		}
		parsed("published=2023-05");
		ck_assert_int_eq(in_days, plan_matches(filter.plan, &dates[i]));
	}
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("filter");
	TCase *tests = tcase_create("filter");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, names_are_canonical);
	tcase_add_test(tests, fields_by_name_and_alias_in_any_case);
	tcase_add_test(tests, a_canonical_value_stays_what_it_is);
	tcase_add_test(tests, long_and_odd_values_are_taken);
	tcase_add_test(tests, what_is_no_filter_is_refused);
	tcase_add_test(tests, unknown_fields_are_refused_with_those_there_are);
	tcase_add_test(tests, messages_are_one_short_line);
	tcase_add_test(tests, dates_become_terms);
	tcase_add_test(tests, what_is_not_known_can_be_asked_for);
	tcase_add_test(tests, dates_as_people_write_them);
	tcase_add_test(tests, ranges_are_few_terms);
	tcase_add_test(tests, bad_dates_are_refused_with_examples);
	tcase_add_test(tests, mentioned_dates_become_terms);
	tcase_add_test(tests, mentioned_dates_are_there_or_not);
	tcase_add_test(tests, ranges_of_mentioned_dates_take_their_own_years);
	tcase_add_test(tests, ranges_take_no_more_years_than_there_are);
	tcase_add_test(tests, ranges_are_what_looking_at_every_date_finds);
	tcase_add_test(tests, single_dates_are_what_looking_at_every_date_finds);
	tcase_add_test(tests, parts_add_up_to_the_whole);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
