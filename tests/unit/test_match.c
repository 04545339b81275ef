/* Which words must be there (--match), words of the best hits (--expand), and many searches in one open index. */
#include "../../searcher/answer.h"

#include "small_index.h"

#include <time.h>

/* Article i has word w when bit w of i is set; none has them all. */
#define ARTICLES 255
#define TRIALS 300

static const char *const words[] = { "harbour", "storm", "vote", "bank",
				     "court",   "rain",  "ship", "market" };

#define WORDS (sizeof(words) / sizeof(words[0]))

static struct small_index made;
static struct arena arena;
static uint64_t seed = 20240207;

/* A word that goes with two of the others. */
static bool has_lighthouse(long article)
{
	return (article & 131) == 3;
}

static void make_index(void)
{
	small_index_start(&made);
	for (int i = 0; i < ARTICLES; i++) {
		struct buffer body = { 0 };
		char id[16];
		snprintf(id, sizeof(id), "a%03d", i);
		buffer_add_text(&body, "It was said of the town.");
		for (size_t w = 0; w < WORDS; w++)
			for (int k = i % 3; (i >> w & 1) && k >= 0; k--)
				buffer_add_format(&body, " %s", words[w]);
		if (has_lighthouse(i))
			buffer_add_text(&body, " lighthouse");
		struct small_article given = { .id = id, .title = "Report", .body = body.data };
		given.values[given.value_count++] =
			(struct small_value){ KIND_PLACE, i % 2 ? "China" : "Spain" };
		small_index_add(&made, &given);
		buffer_release(&body);
	}
	small_index_finish(&made);
}

static void tear_down(void)
{
	arena_release(&arena);
}

static void remove_index(void)
{
	small_index_remove(&made);
}

static struct answer *ask(struct str query, enum match_mode match)
{
	static struct answer answer;
	struct facet_request facet = { .field = field_of_kind(KIND_PLACE), .max = 10 };
	struct request request = { .words = query,
				   .match = match,
				   .max = 1000,
				   .facets = &facet,
				   .facet_count = 1,
				   .recount = true };
	small_ok(search_run(ONE_INDEX(made.path), &request, &arena, &answer, &err));
	return &answer;
}

static uint32_t total(const char *query, enum match_mode match)
{
	return ask(str_from(query), match)->total;
}

/* How many articles have at least so many of these words, and all of the bits `must`. */
static uint32_t with_words(uint32_t bits, int needed, uint32_t must)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < ARTICLES; i++)
		count += __builtin_popcount(i & bits) >= needed && (i & must) == must;
	return count;
}

/* ---- any ---- */

START_TEST(any_word_is_enough)
{
	ck_assert_uint_eq(total("harbour storm", MATCH_ALL), with_words(3, 2, 0));
	ck_assert_uint_eq(total("harbour storm", MATCH_ANY), with_words(3, 1, 0));
	ck_assert_uint_eq(total("harbour nothing", MATCH_ANY), with_words(1, 1, 0));
	ck_assert_uint_eq(total("harbour", MATCH_ANY), with_words(1, 1, 0));
	ck_assert_uint_eq(total("nothing never", MATCH_ANY), 0);
	const struct answer *answer = ask(STR("harbour storm"), MATCH_ANY);
	ck_assert_int_eq(answer->matched, MATCH_ANY);
	ck_assert_uint_eq(answer->words, 2);
	ck_assert_uint_eq(answer->words_needed, 1);
}
END_TEST

START_TEST(the_rest_of_a_query_means_what_it_did)
{
	/* NOT, a value and a date hold for all; a phrase and what a written AND joins are one word each. */
	ck_assert_uint_eq(total("harbour storm -vote", MATCH_ANY),
			  with_words(3, 1, 0) - with_words(3, 1, 4));
	ck_assert_uint_eq(total("harbour storm place:china", MATCH_ANY), with_words(3, 1, 1));
	ck_assert_uint_eq(total("place:china published:undated", MATCH_ANY), with_words(1, 1, 0));
	ck_assert_uint_eq(total("\"harbour storm\" nothing", MATCH_ANY),
			  total("\"harbour storm\"", MATCH_ALL));
	ck_assert_uint_eq(total("(harbour storm) nothing", MATCH_ANY), with_words(3, 1, 0));
	ck_assert_uint_eq(total("(harbour AND storm) nothing", MATCH_ANY), with_words(3, 2, 0));
	ck_assert_uint_eq(total("harbour AND storm nothing", MATCH_ANY), with_words(3, 2, 0));
	ck_assert_uint_eq(total("harbour storm OR vote", MATCH_ANY),
			  total("harbour storm OR vote", MATCH_ALL));
	ck_assert_uint_eq(total("-harbour", MATCH_ANY), total("-harbour", MATCH_ALL));
}
END_TEST

START_TEST(common_words_let_nothing_in)
{
	ck_assert_uint_eq(total("the storm of the harbour", MATCH_ANY), with_words(3, 1, 0));
	ck_assert_uint_eq(total("the storm", MATCH_ALL), with_words(2, 1, 0));
	ck_assert_uint_eq(total("the", MATCH_ANY), ARTICLES);
	/* Nor are they shown as found. */
	const struct answer *answer = ask(STR("said of the storm"), MATCH_ANY);
	for (size_t i = 0; i < answer->hit_count; i++)
		for (size_t k = 0; k < answer->hits[i].snippet.mark_count; k++) {
			const struct mark *mark = &answer->hits[i].snippet.marks[k];
			ck_assert_uint_ge(mark->end - mark->start, 4);
		}
}
END_TEST

/* ---- most ---- */

static const char all_words[] = "harbour storm vote bank court rain ship market";

START_TEST(most_words_when_none_has_all)
{
	const struct answer *answer = ask(str_from(all_words), MATCH_AUTO);
	ck_assert_int_eq(answer->matched, MATCH_MOST);
	ck_assert_uint_eq(answer->words, 8);
	ck_assert_uint_eq(answer->words_needed, 6);
	ck_assert_uint_eq(answer->total, with_words(255, 6, 0));
	ck_assert_uint_eq(answer->hit_count, answer->total);
	ck_assert_uint_eq(answer->hints.count, 1);
	ck_assert_ptr_nonnull(strstr(answer->hints.items[0].data, "no article has all 8 words"));
	ck_assert_uint_gt(answer->recounted, 2);
	uint32_t counted = 0;
	for (size_t i = 0; i < answer->facets[0].count; i++)
		counted += answer->facets[0].values[i].count;
	ck_assert_uint_eq(counted, answer->total);
}
END_TEST

START_TEST(most_of_few_words)
{
	ck_assert_uint_eq(total("harbour nothing", MATCH_AUTO), with_words(1, 1, 0));
	ck_assert_uint_eq(total("harbour storm nothing", MATCH_AUTO), with_words(3, 2, 0));
	ck_assert_uint_eq(total("harbour storm vote nothing", MATCH_AUTO), with_words(7, 3, 0));
	ck_assert_uint_eq(total("harbour storm place:china nothing -vote", MATCH_AUTO),
			  with_words(3, 2, 1) - with_words(3, 2, 5));
}
END_TEST

START_TEST(all_words_stay_when_some_article_has_them)
{
	const struct answer *answer = ask(STR("harbour storm vote bank court rain ship"), MATCH_AUTO);
	ck_assert_int_eq(answer->matched, MATCH_ALL);
	ck_assert_uint_eq(answer->total, 1);
	ck_assert_uint_eq(answer->hints.count, 0);
	/* Which words nobody has is said with the rest. */
	answer = ask(STR("harbour storm nothing"), MATCH_AUTO);
	ck_assert_uint_eq(answer->hints.count, 2);
	ck_assert_ptr_nonnull(strstr(answer->hints.items[1].data, "no article has nothing"));
	/* And when fewer words do not help either. */
	answer = ask(STR("nothing never nowhere"), MATCH_AUTO);
	ck_assert_int_eq(answer->matched, MATCH_ALL);
	ck_assert_uint_eq(answer->total, 0);
	answer = ask(STR("harbour nothing never"), MATCH_AUTO);
	ck_assert_uint_eq(answer->total, 0);
	/* All of the words that weigh, when a common one is missing. */
	answer = ask(STR("harbour with storm"), MATCH_AUTO);
	ck_assert_int_eq(answer->matched, MATCH_MOST);
	ck_assert_uint_eq(answer->total, with_words(3, 2, 0));
	ck_assert_ptr_nonnull(strstr(answer->hints.items[0].data, "common"));
	/* One word cannot be most of one. */
	ck_assert_uint_eq(total("nothing", MATCH_AUTO), 0);
}
END_TEST

/* A filter never changes which words are needed, or the number beside a value would not be that of its hits. */
START_TEST(filters_do_not_decide)
{
	struct str filter = STR("place=Spain");
	struct request request = { .words = STR("harbour storm"),
				   .match = MATCH_AUTO,
				   .filters = { &filter, 1 } };
	struct answer answer;
	small_ok(search_run(ONE_INDEX(made.path), &request, &arena, &answer, &err));
	/* Whoever has "harbour" is in China. */
	ck_assert_uint_eq(answer.total, 0);
	ck_assert_int_eq(answer.matched, MATCH_ALL);
}
END_TEST

/* Too many words to write down each choice of them. */
START_TEST(most_of_many_words)
{
	struct buffer query = { 0 };
	buffer_add_format(&query, "%s nothing1 nothing2 nothing3", all_words);
	const struct answer *answer = ask(buffer_str(&query), MATCH_AUTO);
	/* Two of three would be 8, which no article has. */
	ck_assert_int_eq(answer->matched, MATCH_MOST);
	ck_assert_uint_eq(answer->words_needed, 7);
	ck_assert_uint_eq(answer->total, with_words(255, 7, 0));
	buffer_reset(&query);
	buffer_add_format(&query, "%s report reports said", all_words);
	answer = ask(buffer_str(&query), MATCH_AUTO);
	ck_assert_int_eq(answer->matched, MATCH_MOST);
	ck_assert_uint_eq(answer->words, 11);
	ck_assert_uint_eq(answer->words_needed, 8);
	ck_assert_uint_eq(answer->total, with_words(255, 5, 0));
	buffer_release(&query);
}
END_TEST

/* Any words, with something to take away and a filter, against counting by hand; every number is recounted. */
START_TEST(totals_are_those_counted_by_hand)
{
	struct buffer query = { 0 };
	for (int trial = 0; trial < TRIALS; trial++) {
		uint32_t bits = 0;
		buffer_reset(&query);
		for (uint32_t n = 2 + small_random(&seed, 5); n > 0; n--) {
			const uint32_t w = small_random(&seed, WORDS);
			/* A word that is asked for twice would count twice among the most. */
			if (!(bits >> w & 1))
				buffer_add_format(&query, "%s ", words[w]);
			bits |= 1U << w;
		}
		const bool has_not = small_random(&seed, 2);
		if (has_not)
			buffer_add_text(&query, "-lighthouse");
		const int all = __builtin_popcount(bits);
		const bool any = small_random(&seed, 2);
		uint32_t expected = with_words(bits, any ? 1 : all, 0);
		if (has_not)
			expected -= with_words(bits, any ? 1 : all, 3) -
				    with_words(bits, any ? 1 : all, 131);
		const struct answer *answer = ask(buffer_str(&query), any ? MATCH_ANY : MATCH_ALL);
		ck_assert_uint_eq(answer->total, expected);
		ck_assert_uint_eq(answer->hit_count, expected);
	}
	buffer_release(&query);
}
END_TEST

/* ---- expansion ---- */

static void expanded(enum expansion expand, uint32_t first, uint32_t max, struct answer *answer)
{
	const struct request request = { .words = STR("harbour storm"),
					 .match = MATCH_ANY,
					 .expand = expand,
					 .explain = true,
					 .first = first,
					 .max = max };
	small_ok(search_run(ONE_INDEX(made.path), &request, &arena, answer, &err));
}

static uint32_t ranks_of_lighthouse(const struct answer *answer)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < answer->hit_count; i++)
		if (has_lighthouse(strtol(answer->hits[i].id.data + 1, NULL, 10)))
			sum += answer->hits[i].rank;
	return sum;
}

/* The lines of the explanation of a hit add up to its score. */
static void assert_adds_up(const struct answer_hit *hit)
{
	double sum = 0;
	for (const char *at = hit->explanation.data; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		sum += strtod(at, NULL);
	}
	ck_assert_double_eq_tol(sum, hit->score, 0.01);
}

START_TEST(expansion_ranks_and_lets_nothing_in)
{
	struct answer plain, more;
	expanded(EXPAND_NEVER, 0, 1000, &plain);
	expanded(EXPAND_AUTO, 0, 1000, &more);
	ck_assert_uint_eq(more.total, plain.total);
	ck_assert_uint_eq(more.hit_count, plain.hit_count);
	/* The best hits have both words, and so the lighthouse: whatever has it moves up. */
	ck_assert_ptr_null(strstr(plain.explanation.data, "times Z"));
	ck_assert_ptr_nonnull(strstr(more.explanation.data, "times Zlighthous"));
	ck_assert_ptr_nonnull(strstr(more.hits[0].explanation.data, "the best hits share"));
	for (size_t i = 0; i < 3; i++)
		assert_adds_up(&more.hits[i]);
	ck_assert_uint_lt(ranks_of_lighthouse(&more), ranks_of_lighthouse(&plain));
}
END_TEST

START_TEST(expanded_pages_are_parts_of_the_whole)
{
	struct answer whole, page;
	expanded(EXPAND_ALWAYS, 0, 1000, &whole);
	for (uint32_t first = 0; first < whole.total; first += 40) {
		expanded(EXPAND_ALWAYS, first, 40, &page);
		for (size_t i = 0; i < page.hit_count; i++)
			ck_assert(str_equal(page.hits[i].id, whole.hits[first + i].id));
	}
}
END_TEST

/* ---- one index, many searches ---- */

START_TEST(an_open_index_answers_as_a_fresh_one)
{
	struct searcher *searcher;
	struct request request = { .max = 20, .match = MATCH_AUTO, .expand = EXPAND_AUTO };
	struct answer one, other;
	struct error why;
	small_ok(searcher_open(ONE_INDEX(made.path), &request, &searcher, &err));
	for (size_t w = 0; w < WORDS; w++) {
		struct buffer query = { 0 };
		buffer_add_format(&query, "the %s nothing", words[w]);
		request.words = arena_copy(&arena, buffer_str(&query));
		small_ok(searcher_run(searcher, &request, &arena, &one, &err));
		small_ok(search_run(ONE_INDEX(made.path), &request, &arena, &other, &err));
		ck_assert_uint_eq(one.total, with_words(1U << w, 1, 0));
		ck_assert_uint_eq(one.total, other.total);
		ck_assert_uint_eq(one.hit_count, 20);
		for (size_t i = 0; i < one.hit_count; i++)
			ck_assert(str_equal(one.hits[i].id, other.hits[i].id));
		/* What one query does wrong is no matter to the next. */
		request.words = STR("published:soon");
		ck_assert_int_eq(searcher_run(searcher, &request, &arena, &one, &why),
				 STATUS_BAD_REQUEST);
		request.words = STR("  ");
		ck_assert_int_eq(searcher_run(searcher, &request, &arena, &one, &why),
				 STATUS_BAD_REQUEST);
		buffer_release(&query);
	}
	searcher_close(searcher);
	searcher_close(NULL);
	ck_assert_int_eq(searcher_open(ONE_INDEX("/nowhere"), &request, &searcher, &why),
			 STATUS_NO_INDEX);
	ck_assert_ptr_null(searcher);
}
END_TEST

/* The time that a search was allowed is that of no completion after it. */
START_TEST(completing_is_not_bound_by_the_search_before)
{
	struct searcher *searcher;
	struct request request = { .words = STR("harbour"), .max = 5 };
	struct answer answer;
	struct completion *items;
	struct error why;
	size_t count;
	small_ok(searcher_open(ONE_INDEX(made.path), &request, &searcher, &err));
	request.timeout_ms = 1;
	const enum status status = searcher_run(searcher, &request, &arena, &answer, &why);
	ck_assert(status == STATUS_OK || status == STATUS_TIMEOUT);
	nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
	small_ok(searcher_complete(searcher, STR("harb"), 5, &arena, &items, &count, &err));
	ck_assert_uint_gt(count, 0);
	searcher_close(searcher);
}
END_TEST

START_TEST(brief_hits_are_ids_and_scores)
{
	struct request request = { .words = STR("harbour"), .max = 5 };
	struct answer whole, brief;
	small_ok(search_run(ONE_INDEX(made.path), &request, &arena, &whole, &err));
	request.brief = true;
	small_ok(search_run(ONE_INDEX(made.path), &request, &arena, &brief, &err));
	ck_assert_uint_eq(brief.hit_count, 5);
	for (size_t i = 0; i < 5; i++) {
		ck_assert(str_equal(brief.hits[i].id, whole.hits[i].id));
		ck_assert(brief.hits[i].score == whole.hits[i].score);
		ck_assert_uint_gt(whole.hits[i].snippet.text.len, 0);
		ck_assert_uint_eq(brief.hits[i].snippet.text.len, 0);
	}
}
END_TEST

static Suite *match_suite(void)
{
	Suite *suite = suite_create("match");
	TCase *modes = tcase_create("modes");
	tcase_set_timeout(modes, 120);
	tcase_add_unchecked_fixture(modes, make_index, remove_index);
	tcase_add_checked_fixture(modes, NULL, tear_down);
	tcase_add_test(modes, any_word_is_enough);
	tcase_add_test(modes, the_rest_of_a_query_means_what_it_did);
	tcase_add_test(modes, common_words_let_nothing_in);
	tcase_add_test(modes, most_words_when_none_has_all);
	tcase_add_test(modes, most_of_few_words);
	tcase_add_test(modes, all_words_stay_when_some_article_has_them);
	tcase_add_test(modes, filters_do_not_decide);
	tcase_add_test(modes, most_of_many_words);
	tcase_add_test(modes, totals_are_those_counted_by_hand);
	tcase_add_test(modes, expansion_ranks_and_lets_nothing_in);
	tcase_add_test(modes, expanded_pages_are_parts_of_the_whole);
	tcase_add_test(modes, an_open_index_answers_as_a_fresh_one);
	tcase_add_test(modes, completing_is_not_bound_by_the_search_before);
	tcase_add_test(modes, brief_hits_are_ids_and_scores);
	suite_add_tcase(suite, modes);
	return suite;
}

TEST_MAIN(match_suite)
