#include "../../searcher/facets/facets.h"

#include "small_index.h"

static struct small_index made;
static struct store *store;
static struct arena arena;
static struct docset all;

static void open_made(void)
{
	small_index_finish(&made);
	small_ok(store_open(made.path, &store, &err));
	const struct plan every = { .op = PLAN_ALL };
	small_ok(store_match(store, &every, &all, &err));
}

static void set_up(void)
{
	small_index_start(&made);
}

static void tear_down(void)
{
	docset_release(&all);
	store_close(store);
	store = NULL;
	arena_release(&arena);
	small_index_remove(&made);
}

static void add_place(const char *id, const char *date, const char *one, const char *two)
{
	struct small_article article = { .id = id, .title = "Title", .body = "Body.", .date = date };
	const char *const names[] = { one, two };
	for (int i = 0; i < 2; i++)
		if (names[i])
			article.values[article.value_count++] =
				(struct small_value){ KIND_PLACE, names[i] };
	small_index_add(&made, &article);
}

static void add_dated(const char *date)
{
	char id[16];
	static int count;
	snprintf(id, sizeof(id), "d%d", count++);
	add_place(id, date, NULL, NULL);
}

/* "China 3, France 1 of 4"; a chosen value has a star. */
static char *listing(const struct answer_facet *facet)
{
	static char text[1024];
	size_t len = 0;
	text[0] = '\0';
	for (size_t i = 0; i < facet->count; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%.*s%s %u",
					i ? ", " : "", STR_ARG(facet->values[i].value),
					facet->values[i].selected ? "*" : "", facet->values[i].count);
	snprintf(text + len, sizeof(text) - len, " of %u", facet->distinct);
	return text;
}

static struct answer_facet last_facet;

static char *count_field(const char *name, enum date_step step, uint32_t max,
			 const char *const *chosen)
{
	struct answer_facet *facet = &last_facet;
	struct filter filters[4];
	const struct filter *pointers[4];
	struct facet_part part = { .store = store, .set = &all, .chosen = pointers };
	const struct facet_job job = {
		.request = { .field = field_find(str_from(name)), .step = step, .max = max },
		.parts = &part,
		.part_count = 1,
	};
	for (; chosen && chosen[part.chosen_count]; part.chosen_count++) {
		struct buffer text = { 0 };
		buffer_add_format(&text, "%s=%s", name, chosen[part.chosen_count]);
		struct filter *filter = &filters[part.chosen_count];
		small_ok(filter_parse(buffer_str(&text), NULL, &arena, filter, &err));
		pointers[part.chosen_count] = filter;
		buffer_release(&text);
	}
	small_ok(facets_count(&job, 1, &arena, facet, &err));
	return listing(facet);
}

#define CHOSEN(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* ---- values ---- */

START_TEST(an_empty_index_has_no_values)
{
	open_made();
	ck_assert_str_eq(count_field("place", STEP_AUTO, 10, NULL), " of 0");
	ck_assert_str_eq(count_field("published", STEP_AUTO, 10, NULL), " of 0");
	ck_assert_str_eq(count_field("place", STEP_AUTO, 10, CHOSEN("China")), "China* 0 of 0");
}
END_TEST

START_TEST(values_come_by_count_then_by_name)
{
	add_place("1", NULL, "China", "France");
	add_place("2", NULL, "China", "Spain");
	add_place("3", NULL, "Belgium", "Spain");
	add_place("4", NULL, NULL, NULL);
	open_made();
	ck_assert_str_eq(count_field("place", STEP_AUTO, 10, NULL),
			 "China 2, Spain 2, Belgium 1, France 1 of 4");
	/* Names decide who is listed among equals, wherever their numbers stand. */
	ck_assert_str_eq(count_field("place", STEP_AUTO, 3, NULL),
			 "China 2, Spain 2, Belgium 1 of 4");
	ck_assert_str_eq(count_field("place", STEP_AUTO, 1, NULL), "China 2 of 4");
	ck_assert_str_eq(count_field("place", STEP_AUTO, 0, NULL), " of 4");
	ck_assert_str_eq(count_field("person", STEP_AUTO, 10, NULL), " of 0");
}
END_TEST

START_TEST(chosen_values_are_listed_on_top)
{
	add_place("1", NULL, "China", "France");
	add_place("2", NULL, "China", NULL);
	open_made();
	ck_assert_str_eq(count_field("place", STEP_AUTO, 1, CHOSEN("France")),
			 "China 2, France* 1 of 2");
	ck_assert_str_eq(count_field("place", STEP_AUTO, 1, CHOSEN("china")), "China* 2 of 2");
	ck_assert_str_eq(count_field("place", STEP_AUTO, 1, CHOSEN("Spain", "spain")),
			 "China 2, Spain* 0 of 2");
}
END_TEST

START_TEST(a_chosen_name_is_shown_as_the_index_has_it)
{
	struct small_article article = { .id = "1", .title = "T", .body = "B." };
	article.values[article.value_count++] = (struct small_value){ KIND_SOURCE, "Der Spiegel" };
	small_index_add(&made, &article);
	open_made();
	ck_assert_str_eq(count_field("source", STEP_AUTO, 0, CHOSEN("DER-SPIEGEL")),
			 "Der Spiegel* 1 of 1");
}
END_TEST

START_TEST(only_members_of_the_set_count)
{
	add_place("1", "2024", "China", NULL);
	add_place("2", "2023", "China", NULL);
	add_place("3", NULL, "Spain", NULL);
	open_made();
	all.words[0] &= ~(uint64_t)2; /* the first document */
	ck_assert_str_eq(count_field("place", STEP_AUTO, 9, NULL), "China 1, Spain 1 of 2");
	ck_assert_str_eq(count_field("published", STEP_AUTO, 9, NULL), "2023 1, undated 1 of 2");
	ck_assert_str_eq(count_field("published", STEP_YEAR, 9, CHOSEN("2023..2024")),
			 "2023..2024* 1, 2023 1, undated 1 of 2");
	all.words[0] = 0;
	ck_assert_str_eq(count_field("place", STEP_AUTO, 9, NULL), " of 0");
	ck_assert_str_eq(count_field("published", STEP_AUTO, 9, NULL), " of 0");
}
END_TEST

/* Many names of one count, on both sides of the bytes of a varint. */
START_TEST(a_thousand_names)
{
	static char names[1000][24];
	struct small_article article = { .title = "T", .body = "B." };
	for (int i = 0; i < 1000; i += SMALL_VALUES_MAX) {
		article.value_count = 0;
		for (int k = i; k < 1000 && k < i + SMALL_VALUES_MAX; k++) {
			snprintf(names[k], sizeof(names[k]), "Name%04d", 999 - k);
			article.values[article.value_count++] =
				(struct small_value){ KIND_AUTHOR, names[k] };
		}
		article.id = names[i];
		small_index_add(&made, &article);
	}
	article.id = "again";
	article.value_count = 1;
	article.values[0] = (struct small_value){ KIND_AUTHOR, names[300] };
	small_index_add(&made, &article);
	open_made();
	ck_assert_str_eq(count_field("author", STEP_AUTO, 3, NULL),
			 "Name0699 2, Name0000 1, Name0001 1 of 1000");
}
END_TEST

/* ---- damage ---- */

static enum status count_column(const char *bytes, size_t len)
{
	struct value value = { SLOT_FACETS, { bytes, len } };
	struct document document = { .values = &value, .value_count = 1, .record = STR("D") };
	uint32_t id;
	small_ok(store_add(made.writer, &document, &id, &err));
	intern_add(&made.names[KIND_PLACE], STR("China"), NULL);
	open_made();
	struct answer_facet facet;
	struct error err = { 0 };
	const struct facet_part part = { .store = store, .set = &all };
	const struct facet_job job = { .request = { .field = field_find(STR("place")), .max = 5 },
				       .parts = &part,
				       .part_count = 1 };
	return facets_count(&job, 1, &arena, &facet, &err);
}

static const struct {
	const char *bytes;
	size_t len;
	enum status status;
} columns[] = {
	{ "\3\1\1\0", 4, STATUS_OK },
	{ "\3\1\1\1", 4, STATUS_CORRUPT },   /* a number that was never given */
	{ "\3\2\2\0\0", 5, STATUS_CORRUPT }, /* the same */
	{ "\3\1\1", 3, STATUS_CORRUPT },     /* cut short */
	{ "\3\1\2\0\0", 5, STATUS_CORRUPT }, /* more bytes than numbers */
	{ "\3\1\5\xff\xff\xff\xff\x7f", 8, STATUS_CORRUPT },
	{ "\x63\1\1\0", 4, STATUS_CORRUPT }, /* no such kind */
	{ "\3\1\1\0\x80", 5, STATUS_CORRUPT },
};

START_TEST(a_damaged_column_is_found_out)
{
	ck_assert_int_eq(count_column(columns[_i].bytes, columns[_i].len), columns[_i].status);
}
END_TEST

START_TEST(a_number_without_a_name_is_damage)
{
	add_place("1", NULL, "China", NULL);
	small_write_metadata(&made);
	struct buffer key = { 0 };
	schema_entity_key(KIND_PLACE, 0, &key);
	small_set(&made, buffer_str(&key), STR(""));
	buffer_release(&key);
	small_index_close(&made);
	small_ok(store_open(made.path, &store, &err));
	const struct plan every = { .op = PLAN_ALL };
	small_ok(store_match(store, &every, &all, &err));
	struct answer_facet facet;
	struct error err = { 0 };
	const struct facet_part part = { .store = store, .set = &all };
	const struct facet_job job = { .request = { .field = field_find(STR("place")), .max = 5 },
				       .parts = &part,
				       .part_count = 1 };
	ck_assert_int_eq(facets_count(&job, 1, &arena, &facet, &err), STATUS_CORRUPT);
}
END_TEST

/* ---- dates ---- */

START_TEST(dates_at_each_step)
{
	add_dated("2023");
	add_dated("2023-05");
	add_dated("2023-05-09");
	add_dated("2023-05-09T10:00");
	add_dated("2024-01-31T23:59:59+01:00");
	add_dated(NULL);
	open_made();
	ck_assert_str_eq(count_field("published", STEP_YEAR, 9, NULL),
			 "2023 4, 2024 1, undated 1 of 3");
	ck_assert_str_eq(count_field("published", STEP_MONTH, 9, NULL),
			 "2023-05 3, 2024-01 1, 2023-XX 1, undated 1 of 4");
	ck_assert_str_eq(count_field("published", STEP_DAY, 9, NULL),
			 "2023-05-09 2, 2024-01-31 1, 2023-05-XX 1, 2023-XX 1, undated 1 of 5");
	ck_assert_str_eq(count_field("published", STEP_DAY, 2, NULL),
			 "2023-05-09 2, 2024-01-31 1 of 5");
}
END_TEST

/* As the text lists them. */
static char *in_time(const struct answer_facet *facet)
{
	static char text[1024];
	size_t len = 0;
	text[0] = '\0';
	for (size_t i = 0; i < facet->count; i++) {
		const struct str value = facet->values[facet->by_time[i]].value;
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%.*s", i ? ", " : "",
					STR_ARG(value));
	}
	return text;
}

START_TEST(the_biggest_dates_are_listed_also_when_old_or_unknown)
{
	for (int i = 0; i < 3; i++)
		add_dated("2019");
	for (int i = 0; i < 4; i++)
		add_dated(NULL);
	add_dated("2020");
	add_dated("2020");
	add_dated("2050");
	open_made();
	ck_assert_str_eq(count_field("published", STEP_YEAR, 1, NULL), "undated 4 of 4");
	ck_assert_str_eq(count_field("published", STEP_YEAR, 3, NULL),
			 "undated 4, 2019 3, 2020 2 of 4");
	ck_assert_str_eq(in_time(&last_facet), "2020, 2019, undated");
	ck_assert_str_eq(count_field("published", STEP_YEAR, 2, CHOSEN("2050", "2019..2020")),
			 "2019..2020* 5, undated 4, 2019 3, 2050* 1 of 4");
	ck_assert_str_eq(in_time(&last_facet), "2019..2020, 2050, 2019, undated");
	ck_assert_str_eq(count_field("published", STEP_YEAR, 0, NULL), " of 4");
	ck_assert_str_eq(in_time(&last_facet), "");
}
END_TEST

START_TEST(the_extremes_of_time)
{
	add_dated("0001-01-01");
	add_dated("9999-12-31");
	open_made();
	ck_assert_str_eq(count_field("published", STEP_DAY, 9, NULL),
			 "9999-12-31 1, 0001-01-01 1 of 2");
	ck_assert_str_eq(count_field("published", STEP_AUTO, 9, NULL), "9999 1, 0001 1 of 2");
}
END_TEST

static const struct {
	const char *dates[4];
	const char *expected;
} fitting[] = {
	{ { NULL }, " of 0" },
	{ { "2023", "2023" }, "2023 2 of 1" },
	{ { "2023-05-09", "2023-05-30" }, "2023-05-30 1, 2023-05-09 1 of 2" },
	{ { "2023-05-09", "2023-05" }, "2023-05-09 1, 2023-05-XX 1 of 2" },
	{ { "2023-05", "2023-05" }, "2023-05 2 of 1" },
	{ { "2023-05-09", "2023-06-01" }, "2023-06 1, 2023-05 1 of 2" },
	{ { "2022-01-01", "2023-12-31" }, "2023-12 1, 2022-01 1 of 2" },
	{ { "2022-01-01", "2024-01-01" }, "2024 1, 2022 1 of 2" },
	{ { "2022-01-01", "2023" }, "2023-XX 1, 2022-01 1 of 2" },
	{ { "2022-02-01", "2024" }, "2024 1, 2022 1 of 2" },
	{ { "undated" }, "undated 1 of 1" },
};

START_TEST(the_step_fits_the_span)
{
	for (int i = 0; i < 4 && fitting[_i].dates[i]; i++)
		add_dated(strcmp(fitting[_i].dates[i], "undated") == 0 ? NULL : fitting[_i].dates[i]);
	open_made();
	ck_assert_str_eq(count_field("published", STEP_AUTO, 9, NULL), fitting[_i].expected);
}
END_TEST

START_TEST(chosen_dates)
{
	add_dated("2023-05-09");
	add_dated("2023-06-01");
	add_dated("2024-02-07");
	add_dated("2024");
	add_dated(NULL);
	open_made();
	ck_assert_str_eq(count_field("published", STEP_YEAR, 9, CHOSEN("2023")),
			 "2024 2, 2023* 2, undated 1 of 3");
	ck_assert_str_eq(count_field("published", STEP_YEAR, 1, CHOSEN("2023", "undated")),
			 "2024 2, 2023* 2, undated* 1 of 3");
	/* What is no year is listed by itself. */
	ck_assert_str_eq(count_field("published", STEP_YEAR, 9, CHOSEN("2023-05", "2023-06..2024-02")),
			 "2023-06..2024-02* 2, 2024 2, 2023 2, 2023-05* 1, undated 1 of 3");
	ck_assert_str_eq(count_field("published", STEP_MONTH, 0, CHOSEN("2024-XX", "1999")),
			 "2024-XX* 1, 1999* 0 of 5");
}
END_TEST

START_TEST(a_damaged_date_is_found_out)
{
	struct value value = { SLOT_PUBLISHED, STR("20x4-01-01") };
	struct document document = { .values = &value, .value_count = 1, .record = STR("D") };
	uint32_t id;
	small_ok(store_add(made.writer, &document, &id, &err));
	open_made();
	struct answer_facet facet;
	struct error err = { 0 };
	const struct facet_part part = { .store = store, .set = &all };
	const struct facet_job job = { .request = { .field = field_find(STR("published")), .max = 5 },
				       .parts = &part,
				       .part_count = 1 };
	ck_assert_int_eq(facets_count(&job, 1, &arena, &facet, &err), STATUS_CORRUPT);
}
END_TEST

/* ---- dates that are mentioned ---- */

static void add_when(const char *one, const char *two, const char *three)
{
	static int count;
	char id[16];
	snprintf(id, sizeof(id), "w%d", count++);
	struct small_article article = { .id = id, .title = "Title", .body = "Body." };
	const char *const dates[] = { one, two, three };
	for (int i = 0; i < 3 && dates[i]; i++)
		article.values[article.value_count++] = (struct small_value){ KIND_WHEN, dates[i] };
	small_index_add(&made, &article);
}

START_TEST(nothing_is_mentioned)
{
	open_made();
	ck_assert_str_eq(count_field("when", STEP_AUTO, 9, NULL), " of 0");
	ck_assert_str_eq(count_field("when", STEP_DAY, 9, CHOSEN("2024")), "2024* 0 of 0");
}
END_TEST

START_TEST(mentioned_dates_at_each_step)
{
	add_when("2024-02-06", "2024-02", "1987");
	add_when("2024-02-07", "2024-02-06", NULL);
	add_when("2024-03", NULL, NULL);
	add_when("1987", NULL, NULL);
	open_made();
	ck_assert_str_eq(count_field("when", STEP_YEAR, 9, NULL), "2024 3, 1987 2 of 2");
	ck_assert_str_eq(count_field("when", STEP_MONTH, 9, NULL), "2024-02 2, 2024-03 1 of 2");
	ck_assert_str_eq(count_field("when", STEP_DAY, 9, NULL), "2024-02-06 2, 2024-02-07 1 of 2");
	ck_assert_ptr_null(last_facet.by_time);
}
END_TEST

/* A whole that is only there for its part is no value of its own. */
START_TEST(dates_as_they_are_mentioned)
{
	add_when("2024-02-06", NULL, NULL);
	open_made();
	ck_assert_str_eq(count_field("when", STEP_AUTO, 9, NULL), "2024-02-06 1 of 1");
	ck_assert_uint_eq(last_facet.step, STEP_AUTO);
}
END_TEST

START_TEST(wholes_that_more_articles_mention)
{
	add_when("2024-02-06", NULL, NULL);
	add_when("2024-02-07", NULL, NULL);
	add_when("2023-12", "2023", NULL);
	add_when("2023", NULL, NULL);
	open_made();
	ck_assert_str_eq(count_field("when", STEP_AUTO, 9, NULL),
			 "2024-02 2, 2023 2, 2024-02-07 1, 2024-02-06 1, 2023-12 1 of 5");
	ck_assert_str_eq(count_field("when", STEP_AUTO, 1, NULL), "2024-02 2 of 5");
	ck_assert_str_eq(count_field("when", STEP_AUTO, 0, NULL), " of 5");
}
END_TEST

START_TEST(chosen_mentioned_dates)
{
	add_when("2024-02-06", NULL, NULL);
	add_when("2023-12", NULL, NULL);
	open_made();
	/* One that would be left out is listed when it is chosen, and is a value then. */
	ck_assert_str_eq(count_field("when", STEP_AUTO, 9, CHOSEN("2024")),
			 "2024-02-06 1, 2024* 1, 2023-12 1 of 3");
	ck_assert_str_eq(count_field("when", STEP_AUTO, 0, CHOSEN("2023-12")), "2023-12* 1 of 2");
	ck_assert_str_eq(count_field("when", STEP_AUTO, 9, CHOSEN("2023..2024", "1990")),
			 "2023..2024* 2, 2024-02-06 1, 2023-12 1, 1990* 0 of 2");
	ck_assert_str_eq(count_field("when", STEP_YEAR, 1, CHOSEN("2023-12")),
			 "2023-12* 1, 2024 1 of 2");
}
END_TEST

START_TEST(the_extremes_of_mentioned_time)
{
	add_when("0001-01-01", "9999-12-31", NULL);
	open_made();
	ck_assert_str_eq(count_field("when", STEP_DAY, 9, NULL), "9999-12-31 1, 0001-01-01 1 of 2");
	ck_assert_str_eq(count_field("when", STEP_YEAR, 9, NULL), "9999 1, 0001 1 of 2");
}
END_TEST

static Suite *facets_suite(void)
{
	Suite *suite = suite_create("facets");
	TCase *values = tcase_create("values");
	tcase_add_checked_fixture(values, set_up, tear_down);
	tcase_add_test(values, an_empty_index_has_no_values);
	tcase_add_test(values, values_come_by_count_then_by_name);
	tcase_add_test(values, chosen_values_are_listed_on_top);
	tcase_add_test(values, a_chosen_name_is_shown_as_the_index_has_it);
	tcase_add_test(values, only_members_of_the_set_count);
	tcase_add_test(values, a_thousand_names);
	tcase_add_loop_test(values, a_damaged_column_is_found_out, 0,
			    sizeof(columns) / sizeof(columns[0]));
	tcase_add_test(values, a_number_without_a_name_is_damage);
	suite_add_tcase(suite, values);
	TCase *dates = tcase_create("dates");
	tcase_add_checked_fixture(dates, set_up, tear_down);
	tcase_add_test(dates, dates_at_each_step);
	tcase_add_test(dates, the_biggest_dates_are_listed_also_when_old_or_unknown);
	tcase_add_test(dates, the_extremes_of_time);
	tcase_add_loop_test(dates, the_step_fits_the_span, 0, sizeof(fitting) / sizeof(fitting[0]));
	tcase_add_test(dates, chosen_dates);
	tcase_add_test(dates, a_damaged_date_is_found_out);
	suite_add_tcase(suite, dates);
	TCase *when = tcase_create("mentioned dates");
	tcase_add_checked_fixture(when, set_up, tear_down);
	tcase_add_test(when, nothing_is_mentioned);
	tcase_add_test(when, mentioned_dates_at_each_step);
	tcase_add_test(when, dates_as_they_are_mentioned);
	tcase_add_test(when, wholes_that_more_articles_mention);
	tcase_add_test(when, chosen_mentioned_dates);
	tcase_add_test(when, the_extremes_of_mentioned_time);
	suite_add_tcase(suite, when);
	return suite;
}

TEST_MAIN(facets_suite)
