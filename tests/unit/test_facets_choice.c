/* Which values are listed, and in which order: those that contain a text, by name, by significance, in a tree; and their trends. */
#include "facets_testing.h"

static const char *asked(struct facet_request request, const char *field)
{
	request.field = field_find(str_from(field));
	count(request, NULL);
	return listing();
}

/* "2023 3 [2023-05 2 [2023-05-09 2]] 2024 1": each value with those below it. */
static const char *as_tree(void)
{
	struct buffer text = { 0 };
	uint32_t depth = 0;
	for (size_t i = 0; i < facet.count; i++) {
		const struct answer_value *value = &facet.values[i];
		for (; depth > value->depth; depth--)
			buffer_add_char(&text, ']');
		buffer_add_text(&text, depth < value->depth ? " [" : i ? " " : "");
		ck_assert_uint_le(value->depth, depth + 1);
		depth = value->depth;
		buffer_add_format(&text, "%.*s%s %u", STR_ARG(value->value),
				  value->selected ? "*" : "", value->count);
	}
	for (; depth > 0; depth--)
		buffer_add_char(&text, ']');
	const char *copy = arena_copy(&arena, buffer_str(&text)).data;
	buffer_release(&text);
	return copy;
}

/* ---- a text inside values ---- */

#define MATCHING(text) ((struct facet_request){ .max = 9, .match = STR(text) })

START_TEST(values_that_contain_a_text)
{
	add(0, KIND_PERSON, NULL, "Kajsa Ollongren,Mark Rutte");
	add(0, KIND_PERSON, NULL, "Mark Rutte,Olaf Scholz");
	add(0, KIND_PERSON, NULL, "Ana Ollé");
	add(0, KIND_PERSON, NULL, "");
	open_all();
	ck_assert_str_eq(asked(MATCHING("OLL"), "person"),
			 "Ana Ollé 1, Kajsa Ollongren 1 of 4, none 1");
	ck_assert_str_eq(asked(MATCHING("mark  rut"), "person"), "Mark Rutte 2 of 4, none 1");
	ck_assert_str_eq(asked(MATCHING("Ollé"), "person"), "Ana Ollé 1 of 4, none 1");
	/* Not inside a word, and not from the end of one to the start of the next. */
	ck_assert_str_eq(asked(MATCHING("utte"), "person"), " of 4, none 1");
	ck_assert_str_eq(asked(MATCHING("ark rutte"), "person"), " of 4, none 1");
	ck_assert_str_eq(asked(MATCHING("o"), "person"),
			 "Ana Ollé 1, Kajsa Ollongren 1, Olaf Scholz 1 of 4, none 1");
	ck_assert_str_eq(asked(MATCHING("Kajsa Ollongren and more"), "person"), " of 4, none 1");
}
END_TEST

START_TEST(a_chosen_value_is_listed_all_the_same)
{
	add(0, KIND_PERSON, NULL, "Mark Rutte");
	add(0, KIND_PERSON, NULL, "Mark Rutte,Olaf Scholz");
	open_all();
	struct facet_request request = MATCHING("ola");
	request.field = field_find(STR("person"));
	count(request, "Mark Rutte");
	ck_assert_str_eq(listing(), "Mark Rutte* 2, Olaf Scholz 1 of 2");
	request.max = 1;
	count(request, "Mark Rutte");
	ck_assert_str_eq(listing(), "Mark Rutte* 2, Olaf Scholz 1 of 2");
}
END_TEST

static void add_called(const char *name, const char *variant)
{
	static int number;
	char id[16];
	snprintf(id, sizeof(id), "c%d", number++);
	struct small_article article = { .id = id, .title = "T", .body = "B.", .value_count = 1 };
	article.values[0] = (struct small_value){ KIND_PERSON, name };
	article.variants[0][0] = name;
	article.variants[0][1] = variant;
	small_index_add(&made[0], &article);
}

/* By which articles call them, too; but not by what was split from them. */
START_TEST(names_that_articles_use)
{
	add_called("Kajsa Ollongren", "the minister");
	add_called("Jane Roe", "Fräulein Roe");
	open_all();
	ck_assert_str_eq(asked(MATCHING("MINI"), "person"), "Kajsa Ollongren 1 of 2");
	ck_assert_str_eq(asked(MATCHING("fraulein"), "person"), "Jane Roe 1 of 2");
}
END_TEST

START_TEST(names_as_corrected)
{
	add_called("Kajsa Ollongren", "the minister");
	add_called("Jane Roe", "Fräulein Roe");
	fix_lines =
		"split person: Kajsa Ollongren = the minister\nrename person: Jane Roe = Zoë Roe\n";
	open_all();
	ck_assert_str_eq(asked(MATCHING("kaj"), "person"), "Kajsa Ollongren 1 of 3");
	ck_assert_str_eq(asked(MATCHING("mini"), "person"), "the minister 1 of 3");
	ck_assert_str_eq(asked(MATCHING("zoe"), "person"), "Zoë Roe 1 of 3");
	/* Articles go on calling her so. */
	ck_assert_str_eq(asked(MATCHING("jane"), "person"), "Zoë Roe 1 of 3");
}
END_TEST

START_TEST(names_that_count_for_others)
{
	add(0, KIND_ORG, NULL, "African National Congress");
	add(0, KIND_ORG, NULL, "ANC");
	merged(0, KIND_ORG, "ANC", "African National Congress");
	open_all();
	ck_assert_str_eq(asked(MATCHING("anc"), "org"), "African National Congress 2 of 1");
	ck_assert_str_eq(asked(MATCHING("cong"), "org"), "African National Congress 2 of 1");
}
END_TEST

/* ---- order ---- */

START_TEST(by_name)
{
	add(0, KIND_PLACE, NULL, "Zaire,Éire,china");
	add(0, KIND_PLACE, NULL, "Zaire,Ecuador");
	open_all();
	const struct facet_request all = { .max = 9, .sort = FACET_BY_NAME };
	const struct facet_request two = { .max = 2, .sort = FACET_BY_NAME };
	ck_assert_str_eq(asked(all, "place"), "china 1, Ecuador 1, Éire 1, Zaire 2 of 4");
	ck_assert_str_eq(asked(two, "place"), "china 1, Ecuador 1 of 4");
}
END_TEST

/* Everything: 20 articles. Those counted: 4, which all are on Mali. */
static void add_unequal(void)
{
	for (int i = 0; i < 4; i++)
		add(0, KIND_PLACE, NULL, i < 3 ? "Mali,Usual,Rare" : "Mali,Usual");
	for (int i = 0; i < 14; i++)
		add(0, KIND_PLACE, NULL, i < 4 ? "Usual,Mali,Less" : "Usual,Less");
	add(0, KIND_PLACE, NULL, "Less");
	add(0, KIND_PLACE, NULL, "");
}

static const char *with_everywhere(void)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < facet.count; i++)
		buffer_add_format(&text, "%s%.*s %u of %u", i ? ", " : "",
				  STR_ARG(facet.values[i].value), facet.values[i].count,
				  facet.values[i].everywhere);
	const char *copy = arena_copy(&arena, buffer_str(&text)).data;
	buffer_release(&text);
	return copy;
}

START_TEST(by_significance)
{
	add_unequal();
	add(0, KIND_PLACE, NULL, "Less");
	open_all();
	for (uint32_t id = 5; id <= 20; id++)
		sets[0].words[0] &= ~((uint64_t)1 << id);
	const struct facet_request all = { .max = 9, .sort = FACET_BY_SIGNIFICANCE };
	asked(all, "place");
	ck_assert(facet.compared);
	/* What they have less often than the others comes last, however often that is. */
	ck_assert_str_eq(with_everywhere(), "Rare 3 of 3, Mali 4 of 8, Usual 4 of 18, Less 1 of 16");
	const struct facet_request one = { .max = 1, .sort = FACET_BY_SIGNIFICANCE };
	asked(one, "place");
	ck_assert_str_eq(with_everywhere(), "Rare 3 of 3");
	ck_assert_uint_eq(facet.distinct, 4);
}
END_TEST

/* Of everything, nothing is telling: the order is that of the counts. */
START_TEST(everything_against_everything)
{
	add_unequal();
	open_all();
	const struct facet_request all = { .max = 9, .sort = FACET_BY_SIGNIFICANCE };
	asked(all, "place");
	ck_assert_str_eq(with_everywhere(),
			 "Usual 18 of 18, Less 15 of 15, Mali 8 of 8, Rare 3 of 3");
}
END_TEST

/* ---- trees ---- */

START_TEST(published_as_a_tree)
{
	add(0, KIND_PLACE, "2023-05-09", "");
	add(0, KIND_PLACE, "2023-05-09T10:00", "");
	add(0, KIND_PLACE, "2023-05", "");
	add(0, KIND_PLACE, "2023-11-01", "");
	add(0, KIND_PLACE, "2023", "");
	add(0, KIND_PLACE, "2024", "");
	add(0, KIND_PLACE, "2022-02", "");
	add(0, KIND_PLACE, NULL, "");
	open_all();
	const struct facet_request all = { .max = 9, .tree = true }, one = { .max = 1, .tree = true };
	asked(all, "published");
	ck_assert_str_eq(as_tree(), "2024 1 2023 5 [2023-11 1 [2023-11-01 1] 2023-05 3 [2023-05-09 2 "
				    "2023-05-XX 1] 2023-XX 1] 2022 1 [2022-02 1] undated 1");
	ck_assert_uint_eq(facet.distinct, 4);
	asked(one, "published");
	ck_assert_str_eq(as_tree(), "2023 5 [2023-11 1 [2023-11-01 1] 2023-05 3 [2023-05-09 2 "
				    "2023-05-XX 1] 2023-XX 1]");
	struct facet_request none = { .field = field_find(STR("published")), .tree = true };
	count(none, "2022-02");
	ck_assert_str_eq(as_tree(), "2022 1 [2022-02* 1]");
	count(none, "2022..2024-06");
	ck_assert_str_eq(as_tree(), "2022..2024-06* 6");
	count(none, "1999");
	ck_assert_str_eq(as_tree(), "1999* 0");
	count(none, "undated");
	ck_assert_str_eq(as_tree(), "undated* 1");
}
END_TEST

START_TEST(nothing_as_a_tree)
{
	open_all();
	const struct facet_request all = { .max = 9, .tree = true };
	asked(all, "published");
	ck_assert_str_eq(as_tree(), "");
	asked(all, "when");
	ck_assert_str_eq(as_tree(), "");
	asked(all, "topic");
	ck_assert_str_eq(as_tree(), "");
}
END_TEST

START_TEST(mentioned_dates_as_a_tree)
{
	add(0, KIND_WHEN, NULL, "2023-05-09,2023-05");
	add(0, KIND_WHEN, NULL, "2023-05-10,1987");
	open_all();
	const struct facet_request all = { .max = 9, .tree = true }, one = { .max = 1, .tree = true };
	asked(all, "when");
	ck_assert_str_eq(as_tree(), "2023 2 [2023-05 2 [2023-05-10 1 2023-05-09 1]] 1987 1");
	asked(one, "when");
	ck_assert_str_eq(as_tree(), "2023 2 [2023-05 2 [2023-05-10 1 2023-05-09 1]]");
	ck_assert_uint_eq(facet.distinct, 2);
}
END_TEST

static void add_topics(void)
{
	add(0, KIND_TOPIC, NULL, "World,World > Asia,World > Asia > China");
	add(0, KIND_TOPIC, NULL, "World,World > Asia,World > Asia > Japan");
	add(0, KIND_TOPIC, NULL, "World,World > Asia,World > Asia > Japan,Ships");
	add(0, KIND_TOPIC, NULL, "World,World > Europe,Ships");
	add(0, KIND_TOPIC, NULL, "Trade");
}

START_TEST(topics_as_a_tree)
{
	add_topics();
	open_all();
	const struct facet_request all = { .max = 9, .tree = true }, one = { .max = 1, .tree = true };
	asked(all, "topic");
	ck_assert_str_eq(as_tree(), "World 4 [World > Asia 3 [World > Asia > Japan 2 World > Asia > "
				    "China 1] World > Europe 1] Ships 2 Trade 1");
	ck_assert_uint_eq(facet.distinct, 7);
	/* So many of each level. */
	asked(one, "topic");
	ck_assert_str_eq(as_tree(), "World 4 [World > Asia 3 [World > Asia > Japan 2]]");
	struct facet_request chosen = { .field = field_find(STR("topic")), .max = 1, .tree = true };
	count(chosen, "World > Asia > China");
	ck_assert_str_eq(as_tree(), "World 4 [World > Asia 3 [World > Asia > Japan 2 World > Asia > "
				    "China* 1]]");
	count(chosen, "Trade");
	ck_assert_str_eq(as_tree(), "World 4 [World > Asia 3 [World > Asia > Japan 2]] Trade* 1");
	const struct facet_request named = { .max = 9, .tree = true, .sort = FACET_BY_NAME };
	asked(named, "topic");
	ck_assert_str_eq(as_tree(), "Ships 2 Trade 1 World 4 [World > Asia 3 [World > Asia > China 1 "
				    "World > Asia > Japan 2] World > Europe 1]");
}
END_TEST

/* What is below one that is hidden belongs to the next above it. */
START_TEST(topics_below_a_hidden_one)
{
	add_topics();
	fix_lines = "hide topic: World > Asia\n";
	open_all();
	const struct facet_request all = { .max = 9, .tree = true };
	asked(all, "topic");
	ck_assert_str_eq(as_tree(), "World 4 [World > Asia > Japan 2 World > Asia > China 1 World > "
				    "Europe 1] Ships 2 Trade 1");
}
END_TEST

/* ---- trends ---- */

/* "Mali 2023-01-01 to 2023-12-31: 0x2 15x1" */
static const char *trend_of(size_t at)
{
	struct buffer text = { 0 };
	char date[DATE_TEXT_SIZE];
	const struct value_trend *trend = facet.values[at].trend;
	buffer_add_format(&text, "%.*s ", STR_ARG(facet.values[at].value));
	buffer_add(&text, date, date_format(&trend->first, date));
	buffer_add_text(&text, " to ");
	buffer_add(&text, date, date_format(&trend->last, date));
	buffer_add_char(&text, ':');
	for (size_t i = 0; i < TREND_STEPS; i++)
		if (trend->counts[i])
			buffer_add_format(&text, " %zux%u", i, trend->counts[i]);
	const char *copy = arena_copy(&arena, buffer_str(&text)).data;
	buffer_release(&text);
	return copy;
}

static const struct facet_request with_trend = { .max = 9, .trend = true };

START_TEST(trends)
{
	add(0, KIND_PLACE, "2023-01-01", "Mali");
	add(0, KIND_PLACE, "2023-01-02", "Mali,Chad");
	add(0, KIND_PLACE, "2023-01-16", "Mali");
	add(0, KIND_PLACE, NULL, "Mali,Peru");
	open_all();
	ck_assert_str_eq(asked(with_trend, "place"), "Mali 4, Chad 1, Peru 1 of 3");
	ck_assert_str_eq(trend_of(0), "Mali 2023-01-01 to 2023-01-16: 0x1 1x1 15x1");
	ck_assert_str_eq(trend_of(1), "Chad 2023-01-02 to 2023-01-02: 1x1");
	ck_assert_str_eq(trend_of(2), "Peru  to :");
	ck_assert_int_eq(facet.from.day, 1);
	ck_assert_int_eq(facet.to.day, 16);
	ck_assert_uint_eq(facet.to.precision, DATE_DAY);
}
END_TEST

START_TEST(trends_of_inexact_dates_and_one_day)
{
	add(0, KIND_PLACE, "2023", "Mali");
	open_all();
	asked(with_trend, "place");
	ck_assert_str_eq(trend_of(0), "Mali 2023 to 2023: 0x1");
	ck_assert_uint_eq(facet.from.precision, DATE_YEAR);
}
END_TEST

START_TEST(trends_of_the_longest_time)
{
	add(0, KIND_PLACE, "0001-01-01", "Mali");
	add(0, KIND_PLACE, "9999-12-31", "Mali");
	add(0, KIND_PLACE, "5000", "Mali");
	open_all();
	asked(with_trend, "place");
	ck_assert_str_eq(trend_of(0), "Mali 0001-01-01 to 9999-12-31: 0x1 7x1 15x1");
}
END_TEST

START_TEST(trends_without_any_date)
{
	add(0, KIND_PLACE, NULL, "Mali");
	open_all();
	asked(with_trend, "place");
	ck_assert_str_eq(trend_of(0), "Mali  to :");
	ck_assert_uint_eq(facet.from.precision, DATE_NONE);
}
END_TEST

/* An article that has two names of one value counts once; one that calls it so by a name that was split does not. */
START_TEST(trends_of_merged_names)
{
	add(0, KIND_ORG, "2023-01-01", "ANC,African National Congress");
	add(0, KIND_ORG, "2023-01-16", "ANC");
	merged(0, KIND_ORG, "ANC", "African National Congress");
	open_all();
	ck_assert_str_eq(asked(with_trend, "org"), "African National Congress 2 of 1");
	ck_assert_str_eq(trend_of(0), "African National Congress 2023-01-01 to 2023-01-16: 0x1 15x1");
}
END_TEST

START_TEST(trends_of_what_counts_for_another_kind)
{
	add(0, KIND_PERSON, "2023-01-01", "Volt");
	add(0, KIND_ORG, "2023-01-16", "Volt");
	fix_lines = "retype person: Volt = org\n";
	open_all();
	ck_assert_str_eq(asked(with_trend, "org"), "Volt 2 of 1");
	ck_assert_str_eq(trend_of(0), "Volt 2023-01-01 to 2023-01-16: 0x1 15x1");
}
END_TEST

/* ---- what is missing ---- */

START_TEST(missing_is_counted_after_corrections)
{
	add(0, KIND_PERSON, NULL, "Volt");
	add(0, KIND_ORG, NULL, "Shell");
	add(0, KIND_ORG, NULL, "Shell,Bus");
	add(0, KIND_ORG, NULL, "Bus");
	fix_lines = "retype person: Volt = org\nhide org: Shell\n";
	open_all();
	ck_assert_str_eq(counted("org", 9, NULL), "Bus 2, Volt 1 of 2, none 1");
	ck_assert_str_eq(counted("person", 9, NULL), " of 0, none 4");
}
END_TEST

START_TEST(missing_is_what_is_not_sure)
{
	struct small_article article = { .id = "1", .title = "T", .body = "B.", .value_count = 1 };
	article.values[0] = (struct small_value){ KIND_PLACE, "Mali" };
	article.confidence[0] = 60;
	small_index_add(&made[0], &article);
	add(0, KIND_PLACE, NULL, "Mali");
	least = 70;
	open_all();
	ck_assert_str_eq(counted("place", 9, NULL), "Mali 1 of 1, none 1");
}
END_TEST

/* Having any value may be chosen: it is listed beside the values, with what it finds. */
START_TEST(any_value_is_chosen)
{
	add(0, KIND_PLACE, NULL, "Mali,Chad");
	add(0, KIND_PLACE, NULL, "Mali");
	add(0, KIND_PLACE, NULL, "");
	open_all();
	struct plan mali = { .op = PLAN_TERM, .term = STR("XLOC:mali") };
	const struct filter any = { .field = field_find(STR("place")),
				    .value = STR("*"),
				    .plan = &mali };
	const struct filter *chosen = &any;
	const struct facet_part part = { .store = stores[0],
					 .names = names[0],
					 .set = &sets[0],
					 .chosen = &chosen,
					 .chosen_count = 1 };
	const struct facet_job job = { .request = { .field = any.field, .max = 1 },
				       .parts = &part,
				       .part_count = 1,
				       .variants = true };
	small_ok(facets_count(&job, 1, &arena, &facet, &err));
	ck_assert_str_eq(listing(), "** 2, Mali 2 of 2, none 1");
}
END_TEST

static Suite *choice_suite(void)
{
	Suite *suite = suite_create("which facets are listed");
	TCase *tests = tcase_create("choice");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, values_that_contain_a_text);
	tcase_add_test(tests, a_chosen_value_is_listed_all_the_same);
	tcase_add_test(tests, names_that_articles_use);
	tcase_add_test(tests, names_as_corrected);
	tcase_add_test(tests, names_that_count_for_others);
	tcase_add_test(tests, by_name);
	tcase_add_test(tests, by_significance);
	tcase_add_test(tests, everything_against_everything);
	tcase_add_test(tests, published_as_a_tree);
	tcase_add_test(tests, nothing_as_a_tree);
	tcase_add_test(tests, mentioned_dates_as_a_tree);
	tcase_add_test(tests, topics_as_a_tree);
	tcase_add_test(tests, topics_below_a_hidden_one);
	tcase_add_test(tests, trends);
	tcase_add_test(tests, trends_of_inexact_dates_and_one_day);
	tcase_add_test(tests, trends_of_the_longest_time);
	tcase_add_test(tests, trends_without_any_date);
	tcase_add_test(tests, trends_of_merged_names);
	tcase_add_test(tests, trends_of_what_counts_for_another_kind);
	tcase_add_test(tests, missing_is_counted_after_corrections);
	tcase_add_test(tests, missing_is_what_is_not_sure);
	tcase_add_test(tests, any_value_is_chosen);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(choice_suite)
