#include "dateline/store.h"

#include "store_testing.h"

#include <math.h>

/* ---- a small index, and a model of it that is as plain as can be ---- */

#define DOCUMENTS 400
#define WORDS_MAX 14

static const char *const vocabulary[] = { "rain", "sun",  "wind", "snow", "fog",  "coast",
					  "hill", "city", "sea",  "ice",  "storm" };
#define VOCABULARY (sizeof(vocabulary) / sizeof(vocabulary[0]))

struct model_document {
	size_t count;
	uint8_t words[WORDS_MAX]; /* by number in the vocabulary */
	bool is_there, is_flagged;
	char published[DATE_TEXT_SIZE]; /* empty: undated */
};

static struct model_document model[DOCUMENTS + 1]; /* by docid */
static struct store *store;
static uint64_t seed;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * limit >> 32);
}

static void make_model_document(struct model_document *document)
{
	*document = (struct model_document){ .is_there = true, .count = random_below(WORDS_MAX + 1) };
	for (size_t i = 0; i < document->count; i++) /* the first words are the most frequent ones */
		document->words[i] = (uint8_t)random_below(1 + random_below(VOCABULARY));
	document->is_flagged = random_below(10) == 0;
	if (random_below(5))
		snprintf(document->published, sizeof(document->published), "20%02u-0%u",
			 random_below(4) + 20, random_below(3) + 1);
}

static uint32_t add_model_document(struct store_writer *writer, const struct model_document *document)
{
	struct document made;
	struct value *values = arena_zero(&arena, 2, sizeof(*values));
	struct buffer words = { 0 };
	for (size_t i = 0; i < document->count; i++)
		buffer_add_format(&words, "%s ", vocabulary[document->words[i]]);
	if (document->is_flagged)
		buffer_add_text(&words, "#XLOC:spain");
	make_document(arena_copy(&arena, buffer_str(&words)).data, &made);
	made.values = values;
	if (document->published[0])
		values[made.value_count++] =
			(struct value){ SLOT_PUBLISHED, str_from(document->published) };
	values[made.value_count++] =
		(struct value){ SLOT_FACETS, arena_copy(&arena, buffer_str(&words)) };
	made.record = arena_copy(&arena, buffer_str(&words));
	uint32_t id;
	assert_ok(store_add(writer, &made, &id, &err));
	buffer_release(&words);
	return id;
}

static void set_up_model(void)
{
	set_up();
	seed = 20240207;
	struct store_writer *writer = create("db");
	for (uint32_t id = 1; id <= DOCUMENTS; id++) {
		make_model_document(&model[id]);
		ck_assert_uint_eq(add_model_document(writer, &model[id]), id);
	}
	for (int i = 0; i < 30; i++) {
		const uint32_t id = 1 + random_below(DOCUMENTS);
		if (model[id].is_there)
			assert_ok(store_delete(writer, id, &err));
		model[id].is_there = false;
	}
	finish(writer);
	store = open_reader("db");
}

static void tear_down_model(void)
{
	store_close(store);
	tear_down();
}

/* ---- plans ---- */

static struct plan *new_plan(enum plan_op op, size_t count)
{
	struct plan *plan = arena_zero(&arena, 1, sizeof(*plan));
	plan->op = op;
	plan->count = count;
	plan->kids = arena_zero(&arena, count, sizeof(struct plan *));
	return plan;
}

static struct plan *term_plan(const char *term)
{
	struct plan *plan = new_plan(PLAN_TERM, 0);
	plan->term = str_from(term);
	return plan;
}

static struct plan *pair_plan(enum plan_op op, struct plan *first, struct plan *second)
{
	struct plan *plan = new_plan(op, 2);
	plan->kids[0] = first;
	plan->kids[1] = second;
	return plan;
}

static struct plan *random_term(void)
{
	const uint32_t number = random_below(VOCABULARY + 3);
	if (number < VOCABULARY)
		return term_plan(vocabulary[number]);
	static const char *const others[] = { "XLOC:spain", "nowhere", "" };
	return term_plan(others[number - VOCABULARY]);
}

/* Terms, or alternatives of terms. */
static struct plan *random_phrase(void)
{
	struct plan *phrase = new_plan(PLAN_PHRASE, 1 + random_below(3));
	for (size_t i = 0; i < phrase->count; i++) {
		if (random_below(3)) {
			phrase->kids[i] = term_plan(vocabulary[random_below(VOCABULARY)]);
			continue;
		}
		phrase->kids[i] = new_plan(PLAN_SYNONYM, random_below(4));
		for (size_t k = 0; k < phrase->kids[i]->count; k++)
			phrase->kids[i]->kids[k] = term_plan(vocabulary[random_below(VOCABULARY)]);
	}
	return phrase;
}

static struct plan *random_plan(int depth)
{
	static const enum plan_op ops[] = { PLAN_AND, PLAN_OR, PLAN_AND_NOT, PLAN_SYNONYM };
	const uint32_t kind = random_below(16);
	if (!depth || kind < 5)
		return random_term();
	if (kind < 8)
		return random_phrase();
	if (kind == 8)
		return new_plan(random_below(2) ? PLAN_ALL : PLAN_NONE, 0);
	const bool is_filter = kind == 9;
	struct plan *plan = is_filter ? new_plan(PLAN_FILTER, 1)
				      : new_plan(ops[kind % 4], random_below(4));
	for (size_t i = 0; i < plan->count; i++)
		plan->kids[i] = random_plan(depth - 1);
	return plan;
}

static void describe(const struct plan *plan, struct buffer *out)
{
	static const char *const names[] = { "NONE",    "ALL",     "TERM",   "AND",   "OR",
					     "AND_NOT", "SYNONYM", "PHRASE", "FILTER" };
	if (plan->op == PLAN_TERM) {
		buffer_add_format(out, "\"%.*s\"", STR_ARG(plan->term));
		return;
	}
	buffer_add_format(out, "%s(", names[plan->op]);
	for (size_t i = 0; i < plan->count; i++) {
		describe(plan->kids[i], out);
		buffer_add_char(out, ' ');
	}
	buffer_add_char(out, ')');
}

/* ---- what matches, by looking at each document ---- */

static bool is_at(const struct model_document *document, size_t at, const struct plan *plan)
{
	if (plan->op == PLAN_TERM)
		return at < document->count &&
		       str_equal(plan->term, str_from(vocabulary[document->words[at]]));
	for (size_t i = 0; i < plan->count; i++)
		if (is_at(document, at, plan->kids[i]))
			return true;
	return false;
}

static bool has_phrase(const struct model_document *document, const struct plan *plan)
{
	for (size_t at = 0; plan->count && at < document->count; at++) {
		size_t i = 0;
		while (i < plan->count && is_at(document, at + i, plan->kids[i]))
			i++;
		if (i == plan->count)
			return true;
	}
	return false;
}

static bool has_term(const struct model_document *document, struct str term)
{
	if (document->is_flagged && str_equal(term, STR("XLOC:spain")))
		return true;
	for (size_t i = 0; i < document->count; i++)
		if (str_equal(term, str_from(vocabulary[document->words[i]])))
			return true;
	return false;
}

static bool matches(const struct model_document *document, const struct plan *plan)
{
	size_t matching = 0;
	if (plan->op == PLAN_ALL || plan->op == PLAN_NONE)
		return plan->op == PLAN_ALL;
	if (plan->op == PLAN_TERM)
		return has_term(document, plan->term);
	if (plan->op == PLAN_PHRASE)
		return has_phrase(document, plan);
	for (size_t i = 0; i < plan->count; i++)
		matching += matches(document, plan->kids[i]);
	if (plan->op == PLAN_AND)
		return matching == plan->count;
	if (plan->op == PLAN_AND_NOT)
		return plan->count && matching == 1 && matches(document, plan->kids[0]);
	return matching > 0;
}

/* ---- the two against each other ---- */

static void check_set(const struct plan *plan, const struct docset *set, const char *words)
{
	ck_assert_uint_eq(set->limit, DOCUMENTS);
	for (uint32_t id = 1; id <= DOCUMENTS; id++) {
		const bool expected = model[id].is_there && matches(&model[id], plan);
		ck_assert_msg(docset_has(set, id) == expected, "%s: document %u", words, id);
	}
}

static int compare_dates(uint32_t a, uint32_t b, enum store_order order)
{
	const char *left = model[a].published, *right = model[b].published;
	if (!*left || !*right)
		return !*left - !*right;
	return order == ORDER_OLDEST ? strcmp(left, right) : strcmp(right, left);
}

static void check_order(const struct store_hit *hits, size_t count, enum store_order order,
			const char *words)
{
	for (size_t i = 1; i < count; i++) {
		const struct store_hit *before = &hits[i - 1], *hit = &hits[i];
		const int apart =
			order == ORDER_RELEVANCE
				? (before->score < hit->score) - (before->score > hit->score)
				: compare_dates(before->id, hit->id, order);
		ck_assert_msg(apart < 0 || (apart == 0 && before->id < hit->id),
			      "%s: order %d, %u before %u", words, order, before->id, hit->id);
	}
}

/* All hits, and then each page of seven: the same documents in the same order. */
static void check_hits(const struct plan *plan, const struct docset *set, enum store_order order,
		       const char *words)
{
	struct store_hit *hits, *page;
	size_t count, got;
	assert_ok(store_top(store, plan, order, 0, DOCUMENTS, &arena, &hits, &count, &err));
	ck_assert_msg(count == docset_count(set), "%s: %zu hits", words, count);
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(docset_has(set, hits[i].id), "%s: document %u", words, hits[i].id);
	check_order(hits, count, order, words);
	const uint32_t first = random_below(20);
	assert_ok(store_top(store, plan, order, first, 7, &arena, &page, &got, &err));
	ck_assert_uint_eq(got, count <= first ? 0 : count - first < 7 ? count - first : 7);
	for (size_t i = 0; i < got; i++) {
		ck_assert_msg(page[i].id == hits[first + i].id, "%s: hit %zu of order %d", words,
			      first + i, order);
		ck_assert(page[i].score == hits[first + i].score);
	}
}

/* libxapian estimates how many documents have any form of a synonym; we count them. */
static bool has_synonym(const struct plan *plan)
{
	bool found = plan->op == PLAN_SYNONYM;
	for (size_t i = 0; i < plan->count; i++)
		found |= has_synonym(plan->kids[i]);
	return found;
}

/* One way through the lists gives the same matches and scores as libxapian's matcher. */
static void check_ranking(const struct plan *plan, const struct docset *expected, const char *words)
{
	struct statistics statistics = { 0 };
	struct docset set;
	float scores[DOCUMENTS + 1] = { 0 }, alone[DOCUMENTS + 1] = { 0 };
	struct store_hit *hits;
	size_t count;
	docset_init(&set, store_last_id(store));
	assert_ok(store_statistics(store, plan, &statistics, &err));
	assert_ok(store_rank(store, plan, &statistics, &set, scores, &err));
	check_set(plan, &set, words);
	assert_ok(store_score(store, plan, &statistics, expected, alone, &err));
	assert_ok(store_top(store, plan, ORDER_RELEVANCE, 0, DOCUMENTS, &arena, &hits, &count, &err));
	for (size_t i = 0; i < count; i++) {
		const uint32_t id = hits[i].id;
		ck_assert_msg(fabsf(scores[id] - alone[id]) < 1e-4F, "%s: %u weighs %f, alone %f",
			      words, id, (double)scores[id], (double)alone[id]);
		ck_assert_msg(has_synonym(plan) || fabs((double)scores[id] - hits[i].score) < 1e-4,
			      "%s: %u weighs %f, not %f", words, id, (double)scores[id],
			      hits[i].score);
	}
	statistics_release(&statistics);
	docset_release(&set);
}

START_TEST(sets_counts_and_hits_agree_with_the_model)
{
	seed = (uint64_t)_i + 1;
	size_t empty = 0, full = 0;
	for (int round = 0; round < 400; round++) {
		const struct plan *plan = random_plan(1 + (int)random_below(4));
		struct docset set;
		struct buffer words = { 0 };
		uint32_t count;
		describe(plan, &words);
		assert_ok(store_match(store, plan, &set, &err));
		check_set(plan, &set, words.data);
		assert_ok(store_recount(store, plan, &count, &err));
		ck_assert_msg(count == docset_count(&set), "%s: recount %u, not %u", words.data,
			      count, docset_count(&set));
		check_ranking(plan, &set, words.data);
		for (int order = ORDER_RELEVANCE; order <= ORDER_OLDEST; order++)
			check_hits(plan, &set, (enum store_order)order, words.data);
		empty += count == 0;
		full += count == store_count(store);
		docset_release(&set);
		buffer_release(&words);
		arena_reset(&arena);
	}
	/* Most plans are neither. */
	ck_assert_uint_lt(empty, 200);
	ck_assert_uint_lt(full, 150);
}
END_TEST

/* ---- ranking ---- */

static double score_of(const struct plan *plan, uint32_t id)
{
	struct store_hit *hits;
	size_t count;
	assert_ok(store_top(store, plan, ORDER_RELEVANCE, 0, DOCUMENTS, &arena, &hits, &count, &err));
	for (size_t i = 0; i < count; i++)
		if (hits[i].id == id)
			return hits[i].score;
	return -1;
}

/*
 * BM25 as Robertson and Zaragoza have it ("The Probabilistic Relevance Framework: BM25 and Beyond", 2009,
 * 3.1), with libxapian's bound of the length from below; idf in the form of Robertson and Sparck Jones.
 */
static double bm25(const char *word, uint32_t id)
{
	double documents = 0, having = 0, length = 0, wdf = 0;
	for (uint32_t i = 1; i <= DOCUMENTS; i++) {
		documents += model[i].is_there;
		length += model[i].is_there ? (double)model[i].count : 0;
		having += model[i].is_there && has_term(&model[i], str_from(word));
	}
	for (size_t i = 0; i < model[id].count; i++)
		wdf += strcmp(vocabulary[model[id].words[i]], word) == 0;
	const double k1 = 1.4, b = 0.65;
	const double relative = fmax((double)model[id].count / (length / documents), 0.5);
	const double idf = log((documents - having + 0.5) / (having + 0.5));
	return idf * (k1 + 1) * wdf / (k1 * (1 - b + b * relative) + wdf);
}

START_TEST(scaled_and_optional_terms_add_their_part)
{
	struct plan *must = new_plan(PLAN_MAYBE, 2);
	must->kids[0] = (struct plan *)term_plan("sea");
	must->kids[1] = new_plan(PLAN_SCALE, 1);
	must->kids[1]->kids[0] = (struct plan *)term_plan("ice");
	must->kids[1]->factor = 0.25;
	struct store_hit *hits, *plain;
	size_t count, plain_count, with_both = 0;
	struct docset set;
	assert_ok(store_top(store, must, ORDER_RELEVANCE, 0, DOCUMENTS, &arena, &hits, &count, &err));
	assert_ok(store_top(store, must->kids[0], ORDER_RELEVANCE, 0, DOCUMENTS, &arena, &plain,
			    &plain_count, &err));
	ck_assert_uint_eq(count, plain_count);
	assert_ok(store_match(store, must, &set, &err));
	ck_assert_uint_eq(docset_count(&set), count);
	docset_release(&set);
	for (size_t i = 0; i < count; i++) {
		const bool both = has_term(&model[hits[i].id], STR("ice"));
		const double more = both ? 0.25 * bm25("ice", hits[i].id) : 0;
		ck_assert_double_eq_tol(hits[i].score, bm25("sea", hits[i].id) + more, 1e-9);
		with_both += both;
	}
	ck_assert_uint_gt(with_both, 0);
	ck_assert_uint_lt(with_both, count);
}
END_TEST

START_TEST(scores_are_bm25)
{
	static const char *const rare[] = { "ice", "storm", "sea" };
	size_t compared = 0;
	for (int i = 0; i < 3; i++) {
		const struct plan *plan = term_plan(rare[i]);
		struct store_hit *hits;
		size_t count;
		assert_ok(store_top(store, plan, ORDER_RELEVANCE, 0, DOCUMENTS, &arena, &hits,
				    &count, &err));
		for (size_t k = 0; k < count; k++, compared++)
			ck_assert_double_eq_tol(hits[k].score, bm25(rare[i], hits[k].id), 1e-9);
	}
	ck_assert_uint_gt(compared, 10);
}
END_TEST

START_TEST(filters_and_dates_have_no_weight)
{
	struct plan *filter = new_plan(PLAN_FILTER, 1);
	filter->kids[0] = term_plan("rain");
	struct plan *both = pair_plan(PLAN_AND, term_plan("ice"), filter);
	struct store_hit *hits;
	size_t count;
	assert_ok(store_top(store, both, ORDER_RELEVANCE, 0, DOCUMENTS, &arena, &hits, &count, &err));
	ck_assert_uint_gt(count, 3);
	for (size_t i = 0; i < count; i++)
		ck_assert(hits[i].score == score_of(term_plan("ice"), hits[i].id));
	assert_ok(store_top(store, filter, ORDER_RELEVANCE, 0, 10, &arena, &hits, &count, &err));
	ck_assert_uint_eq(count, 10);
	ck_assert(hits[0].score == 0);
	assert_ok(store_top(store, both, ORDER_NEWEST, 0, 10, &arena, &hits, &count, &err));
	ck_assert(hits[0].score == 0);
}
END_TEST

/* Alternatives weigh as one word that is in as many documents as they are together. */
START_TEST(synonyms_weigh_as_one)
{
	const struct plan *synonym = pair_plan(PLAN_SYNONYM, term_plan("ice"), term_plan("sea"));
	const struct plan *either = pair_plan(PLAN_OR, term_plan("ice"), term_plan("sea"));
	struct store_hit *hits;
	size_t count;
	assert_ok(store_top(store, synonym, ORDER_RELEVANCE, 0, 1, &arena, &hits, &count, &err));
	ck_assert_uint_eq(count, 1);
	ck_assert_double_gt(hits[0].score, 0);
	ck_assert_double_lt(hits[0].score, score_of(either, hits[0].id));
}
END_TEST

START_TEST(the_window_has_an_end)
{
	const struct plan all = { .op = PLAN_ALL };
	struct store_hit *hits;
	size_t count;
	assert_ok(store_top(store, &all, ORDER_RELEVANCE, STORE_WINDOW_MAX - 1, 1, &arena, &hits,
			    &count, &err));
	ck_assert_uint_eq(count, 0);
	assert_ok(store_top(store, &all, ORDER_NEWEST, 0, 0, &arena, &hits, &count, &err));
	ck_assert_uint_eq(count, 0);
	assert_status(store_top(store, &all, ORDER_NEWEST, STORE_WINDOW_MAX, 1, &arena, &hits,
				&count, &err),
		      STATUS_TOO_LARGE);
	assert_status(store_top(store, &all, ORDER_NEWEST, UINT32_MAX, UINT32_MAX, &arena, &hits,
				&count, &err),
		      STATUS_TOO_LARGE);
	ck_assert_ptr_null(hits);
}
END_TEST

/* ---- the column ---- */

static void check_column(uint32_t slot, const struct docset *set, size_t piece)
{
	uint32_t expected = 1;
	for (uint32_t next = 1; next;) {
		buffer_reset(&bytes);
		assert_ok(store_column(store, slot, set, &next, piece, &bytes, &err));
		ck_assert(bytes.len > 0 || !next);
		for (const char *at = bytes.data, *end = at + bytes.len; at < end; expected++) {
			uint32_t head[2];
			memcpy(head, at, sizeof(head));
			while (expected < head[0]) { /* passed over: no member, or no value */
				ck_assert(!docset_has(set, expected) || slot == 9 ||
					  (slot == SLOT_PUBLISHED && !model[expected].published[0]) ||
					  (slot == SLOT_FACETS && !model[expected].count &&
					   !model[expected].is_flagged));
				expected++;
			}
			ck_assert(docset_has(set, head[0]));
			const struct str value = { at + 8, head[1] };
			if (slot == SLOT_PUBLISHED)
				ck_assert(str_equal(value, str_from(model[head[0]].published)));
			at += 8 + head[1];
		}
	}
	for (; expected <= DOCUMENTS; expected++)
		ck_assert(!docset_has(set, expected) || slot == 9 ||
			  (slot == SLOT_PUBLISHED
				   ? !model[expected].published[0]
				   : !model[expected].count && !model[expected].is_flagged));
}

START_TEST(columns_are_those_of_the_set)
{
	static const uint32_t every[] = { 1, 2, 3, 17, 100, DOCUMENTS + 1 };
	static const size_t pieces[] = { 1, 9, 100, 4096, SIZE_MAX };
	for (size_t i = 0; i < sizeof(every) / sizeof(every[0]); i++) {
		struct docset set;
		docset_init(&set, DOCUMENTS);
		for (uint32_t id = every[i]; id <= DOCUMENTS; id += every[i])
			if (model[id].is_there)
				docset_add(&set, id);
		for (size_t k = 0; k < sizeof(pieces) / sizeof(pieces[0]); k++) {
			check_column(SLOT_PUBLISHED, &set, pieces[k]);
			check_column(SLOT_FACETS, &set, pieces[k]);
			check_column(9, &set, pieces[k]); /* a slot that nothing is in */
		}
		docset_release(&set);
	}
}
END_TEST

START_TEST(single_values)
{
	for (uint32_t id = 1; id <= DOCUMENTS; id++) {
		buffer_reset(&bytes);
		if (!model[id].is_there) {
			assert_status(store_value(store, id, SLOT_PUBLISHED, &bytes, &err),
				      STATUS_NOT_FOUND);
			continue;
		}
		assert_ok(store_value(store, id, SLOT_PUBLISHED, &bytes, &err));
		assert_str(buffer_str(&bytes), model[id].published);
	}
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("store_match");
	TCase *tests = tcase_create("matching");
	tcase_add_checked_fixture(tests, set_up_model, tear_down_model);
	tcase_set_timeout(tests, 300);
	tcase_add_loop_test(tests, sets_counts_and_hits_agree_with_the_model, 0, 4);
	tcase_add_test(tests, scores_are_bm25);
	tcase_add_test(tests, scaled_and_optional_terms_add_their_part);
	tcase_add_test(tests, filters_and_dates_have_no_weight);
	tcase_add_test(tests, synonyms_weigh_as_one);
	tcase_add_test(tests, the_window_has_an_end);
	tcase_add_test(tests, columns_are_those_of_the_set);
	tcase_add_test(tests, single_values);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
