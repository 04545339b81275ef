/* Answers besides their counts: pages, orders, hints, explanations, and what is refused. */
#include "../../searcher/answer.h"

#include "small_index.h"

/* Article i has word w when bit w of i is set; none has them all. */
#define ARTICLES 255

static const char *const words[] = { "harbour", "storm", "vote", "bank",
				     "court",   "rain",  "ship", "market" };

#define WORDS (sizeof(words) / sizeof(words[0]))

static const char *const dates[] = {
	NULL,         "2021",    "2022-11",   "2023-01-05", "2023-01-06T10:00",
	"2023-02-28", "2024-02", "2024-02-29"
};

#define DATES (sizeof(dates) / sizeof(dates[0]))

static struct small_index made;
static struct arena arena;

static void make_index(void)
{
	small_index_start(&made);
	for (int i = 0; i < ARTICLES; i++) {
		struct buffer body = { 0 };
		char id[16];
		snprintf(id, sizeof(id), "a%03d", i);
		buffer_add_text(&body, "It was said.");
		for (size_t w = 0; w < WORDS; w++)
			for (int k = i % 3; (i >> w & 1) && k >= 0; k--)
				buffer_add_format(&body, " %s", words[w]);
		struct small_article given = { .id = id,
					       .title = "Report",
					       .body = body.data,
					       .date = dates[(size_t)i * 7 % DATES] };
		given.values[given.value_count++] =
			(struct small_value){ KIND_PLACE, i % 2 ? "China" : "Spain" };
		small_index_add(&made, &given);
		buffer_release(&body);
	}
	small_index_finish(&made);
}

static void set_up(void)
{
	make_index();
}

static void tear_down(void)
{
	arena_release(&arena);
}

/* ---- pages and orders ---- */

static void run(struct request *request, struct answer *answer)
{
	small_ok(search_run(ONE_INDEX(made.path), request, &arena, answer, &err));
}

static bool hit_has(const struct answer_hit *hit, int word)
{
	return strtol(hit->id.data + 1, NULL, 10) >> word & 1;
}

START_TEST(pages_are_parts_of_the_whole)
{
	struct request request = { .words = STR("harbour storm"), .max = 1000 };
	struct answer whole, page;
	run(&request, &whole);
	ck_assert_uint_gt(whole.total, 20);
	ck_assert_uint_eq(whole.hit_count, whole.total);
	for (size_t i = 0; i < whole.hit_count; i++) {
		ck_assert_uint_eq(whole.hits[i].rank, i + 1);
		ck_assert(hit_has(&whole.hits[i], 0) && hit_has(&whole.hits[i], 1));
		if (i)
			ck_assert(whole.hits[i - 1].score >= whole.hits[i].score);
	}
	request.max = 7;
	for (request.first = 0; request.first < whole.total + 7; request.first += 7) {
		run(&request, &page);
		ck_assert_uint_eq(page.total, whole.total);
		for (size_t i = 0; i < page.hit_count; i++) {
			ck_assert(str_equal(page.hits[i].id, whole.hits[request.first + i].id));
			ck_assert_uint_eq(page.hits[i].rank, request.first + i + 1);
		}
		ck_assert_uint_eq(page.hit_count, request.first >= whole.total ? 0
						  : whole.total - request.first < 7
							  ? whole.total - request.first
							  : 7);
	}
}
END_TEST

START_TEST(orders_by_date)
{
	struct request request = { .all = true, .max = 1000 };
	struct answer answer;
	for (int sort = SORT_AUTO; sort <= SORT_OLDEST; sort++) {
		request.sort = (enum sort_order)sort;
		run(&request, &answer);
		ck_assert_uint_eq(answer.hit_count, ARTICLES);
		for (size_t i = 1; i < answer.hit_count && sort != SORT_RELEVANCE; i++) {
			char before[DATE_TEXT_SIZE], after[DATE_TEXT_SIZE];
			const size_t had =
				date_format_sortable(&answer.hits[i - 1].published, before);
			const size_t has = date_format_sortable(&answer.hits[i].published, after);
			const int order = strcmp(before, after);
			/* The undated come last, and without words the newest are first. */
			if (!had || !has)
				ck_assert(!has);
			else
				ck_assert(sort == SORT_OLDEST ? order <= 0 : order >= 0);
		}
	}
}
END_TEST

START_TEST(only_counts)
{
	struct request request = { .words = STR("storm"), .max = 0 };
	struct answer answer;
	run(&request, &answer);
	ck_assert_uint_gt(answer.total, 0);
	ck_assert_uint_eq(answer.hit_count, 0);
	ck_assert_uint_eq(answer.facet_count, 0);
}
END_TEST

START_TEST(a_window_has_its_limit)
{
	struct request request = { .all = true, .first = 10, .max = STORE_WINDOW_MAX };
	struct answer answer;
	struct error err;
	ck_assert_int_eq(search_run(ONE_INDEX(made.path), &request, &arena, &answer, &err),
			 STATUS_TOO_LARGE);
}
END_TEST

/* ---- what is refused, and what is explained ---- */

START_TEST(something_must_be_asked)
{
	struct request request = { .max = 10 };
	struct answer answer;
	struct error err;
	ck_assert_int_eq(search_run(ONE_INDEX(made.path), &request, &arena, &answer, &err),
			 STATUS_BAD_REQUEST);
	request.words = STR(" \t ");
	ck_assert_int_eq(search_run(ONE_INDEX(made.path), &request, &arena, &answer, &err),
			 STATUS_BAD_REQUEST);
	request.words = STR("storm");
	request.all = true;
	ck_assert_int_eq(search_run(ONE_INDEX(made.path), &request, &arena, &answer, &err),
			 STATUS_BAD_REQUEST);
	ck_assert_int_eq(search_run(ONE_INDEX("/nowhere"), &request, &arena, &answer, &err),
			 STATUS_BAD_REQUEST);
	request.all = false;
	ck_assert_int_eq(search_run(ONE_INDEX("/nowhere"), &request, &arena, &answer, &err),
			 STATUS_NO_INDEX);
}
END_TEST

static struct str all_hints(const struct answer *answer)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < answer->hints.count; i++)
		buffer_add_format(&text, "%.*s\n", STR_ARG(answer->hints.items[i]));
	const struct str copy = arena_copy(&arena, buffer_str(&text));
	buffer_release(&text);
	return copy;
}

static struct str hints_of(const char *query, const char *filter)
{
	struct str filters[1] = { str_from(filter) };
	struct request request = { .words = str_from(query),
				   .max = 10,
				   .filters = { filters, filter != NULL } };
	struct answer answer;
	run(&request, &answer);
	ck_assert_uint_eq(answer.total, 0);
	ck_assert_uint_gt(answer.hints.count, 0);
	return all_hints(&answer);
}

START_TEST(hints_say_what_is_missing)
{
	assert_str(hints_of("storm qwertzuiop", NULL),
		   "no article has qwertzuiop\nwithout qwertzuiop there are 127 articles\n");
	assert_str(hints_of("storm \"vote storm vote\"", NULL),
		   "no article has \"vote storm vote\"\n"
		   "without \"vote storm vote\" there are 127 articles\n");
	assert_str(hints_of("storm", "place=Atlantis"),
		   "no article has place=Atlantis\n"
		   "without place=Atlantis there are 127 articles\n");
	assert_str(hints_of("", "place=Atlantis"), "no article has place=Atlantis\n");
	assert_str(hints_of("harbour storm vote bank court rain ship market", NULL),
		   "without harbour there is 1 article\n"
		   "without storm there is 1 article\n"
		   "without vote there is 1 article\n");
	assert_str(hints_of("storm -storm", NULL), "without storm there are 128 articles\n"
						   "without -storm there are 127 articles\n");
}
END_TEST

START_TEST(an_explanation_adds_up)
{
	struct request request = { .words = STR("harbour -rain (storm OR vote)"),
				   .max = 3,
				   .explain = true };
	struct answer answer;
	run(&request, &answer);
	ck_assert_uint_eq(answer.hit_count, 3);
	ck_assert_uint_gt(answer.explanation.len, 0);
	for (size_t i = 0; i < 3; i++) {
		double sum = 0;
		const char *at = answer.hits[i].explanation.data;
		for (; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
			sum += strtod(at, NULL);
		ck_assert_msg(sum > answer.hits[i].score - 0.01 && sum < answer.hits[i].score + 0.01,
			      "%f is not %f:\n%s", sum, answer.hits[i].score,
			      answer.hits[i].explanation.data);
	}
}
END_TEST

/* ---- dates that are mentioned ---- */

static void make_mentioning_index(struct small_index *made_here)
{
	static const char *const given[][3] = { { "2024-02-06", "1987" }, { "2024-02-07" },
						{ "2023-12", "2024" },    { "2023" },
						{ "2024-02-06" },         { NULL } };
	small_index_start(made_here);
	for (int i = 0; i < 6; i++) {
		char id[2] = { (char)('1' + i), '\0' };
		struct small_article article = { .id = id, .title = "Storm", .body = "Rain." };
		for (int j = 0; j < 3 && given[i][j]; j++)
			article.values[article.value_count++] =
				(struct small_value){ KIND_WHEN, given[i][j] };
		made_here->without_when_terms = i == 4;
		small_index_add(made_here, &article);
	}
	small_index_finish(made_here);
}

/* What is shown, what is left out and what is chosen can all be counted again, and a column that lies is found out. */
START_TEST(mentioned_dates_are_counted_again)
{
	static const struct {
		const char *filter;
		enum date_step step;
	} asked[] = { { "when=2023..2024-02-05", STEP_AUTO },
		      { "when=1987", STEP_MONTH },
		      { "when=2023", STEP_AUTO },
		      { "when=2023-12", STEP_YEAR } };
	struct small_index own;
	struct answer answer;
	make_mentioning_index(&own);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		struct str filter = str_from(asked[i].filter);
		struct facet_request facet = { .field = field_find(STR("when")),
					       .max = 2,
					       .step = asked[i].step };
		/* Without the words, the lying article would count. */
		struct request request = { .words = STR("storm -id:5"),
					   .facets = &facet,
					   .facet_count = 1,
					   .filters = { &filter, 1 },
					   .recount = true };
		small_ok(search_run(ONE_INDEX(own.path), &request, &arena, &answer, &err));
		ck_assert_uint_gt(answer.recounted, 2);
		struct error err = { 0 };
		request.words = STR("storm");
		request.filters.count = 0;
		facet.max = 20;
		ck_assert_int_eq(search_run(ONE_INDEX(own.path), &request, &arena, &answer, &err),
				 STATUS_CORRUPT);
		ck_assert_ptr_nonnull(strstr(err.text, "when"));
	}
	small_index_remove(&own);
}
END_TEST

/* ---- damage ---- */

/* Four articles, the last one's place missing from its column. */
static void make_lying_index(struct small_index *wrong)
{
	static const char *const places[] = { "China", "China", "France", "Spain" };
	small_index_start(wrong);
	for (int i = 0; i < 4; i++) {
		char id[2] = { (char)('1' + i), '\0' };
		struct small_article article = { .id = id, .title = "Storm", .body = "Rain." };
		article.values[article.value_count++] = (struct small_value){ KIND_PLACE, places[i] };
		wrong->without_column = i == 3;
		small_index_add(wrong, &article);
	}
	small_index_finish(wrong);
}

/* A column that lies is found out by --check, and only by that. */
static void assert_check_finds(uint32_t max, const char *filter, const char *found)
{
	struct small_index wrong;
	make_lying_index(&wrong);
	struct str filters[1] = { str_from(filter) };
	struct facet_request facet = { .field = field_find(STR("place")), .max = max };
	struct request request = { .words = STR("storm"),
				   .facets = &facet,
				   .facet_count = 1,
				   .filters = { filters, filter != NULL } };
	struct answer answer;
	small_ok(search_run(ONE_INDEX(wrong.path), &request, &arena, &answer, &err));
	struct error err = { 0 };
	request.recount = true;
	ck_assert_int_eq(search_run(ONE_INDEX(wrong.path), &request, &arena, &answer, &err),
			 STATUS_CORRUPT);
	ck_assert_msg(strstr(err.text, found), "%s", err.text);
	small_index_remove(&wrong);
}

START_TEST(a_wrong_count_is_found_out)
{
	assert_check_finds(5, "place=Spain", "place=Spain was counted as 0, but is 1");
}
END_TEST

START_TEST(a_wrong_number_of_values_is_found_out)
{
	assert_check_finds(1, NULL, "2 values of place were counted, but there are 3");
}
END_TEST

START_TEST(another_analyser_is_refused)
{
	static const char *const keys[] = { META_ANALYSER, META_STEMMER };
	struct small_index other;
	small_index_start(&other);
	small_write_metadata(&other);
	small_set(&other, str_from(keys[_i]), STR("0"));
	small_index_close(&other);
	struct request request = { .words = STR("storm") };
	struct answer answer;
	struct error err;
	ck_assert_int_eq(search_run(ONE_INDEX(other.path), &request, &arena, &answer, &err),
			 STATUS_OTHER_VERSION);
	small_index_remove(&other);
}
END_TEST

static void remove_index(void)
{
	small_index_remove(&made);
}

static Suite *answers_suite(void)
{
	Suite *suite = suite_create("search answers");
	TCase *tcase = tcase_create("answers");
	tcase_add_unchecked_fixture(tcase, set_up, remove_index);
	tcase_add_checked_fixture(tcase, NULL, tear_down);
	tcase_add_test(tcase, pages_are_parts_of_the_whole);
	tcase_add_test(tcase, orders_by_date);
	tcase_add_test(tcase, only_counts);
	tcase_add_test(tcase, a_window_has_its_limit);
	tcase_add_test(tcase, something_must_be_asked);
	tcase_add_test(tcase, hints_say_what_is_missing);
	tcase_add_test(tcase, an_explanation_adds_up);
	tcase_add_test(tcase, a_wrong_count_is_found_out);
	tcase_add_test(tcase, mentioned_dates_are_counted_again);
	tcase_add_test(tcase, a_wrong_number_of_values_is_found_out);
	tcase_add_loop_test(tcase, another_analyser_is_refused, 0, 2);
	suite_add_tcase(suite, tcase);
	return suite;
}

TEST_MAIN(answers_suite)
