#include "look.h"

#include <stdlib.h>

/* ---- what was asked ---- */

static enum status plan_words(struct look *look, const struct vocabulary *vocabulary,
			      struct error *err)
{
	const struct search *search = look->search;
	const struct request *request = look->request;
	enum status status = STATUS_OK;
	if (search->query.root)
		status = query_make_plan(search->query.root, look->analyser, search->languages,
					 search->language_count, &search->years, vocabulary,
					 look->arena, &look->query_plan, err);
	if (status == STATUS_OK)
		status = look_name_words(look, err);
	const bool all = request->all || request->filters.count;
	if (!look->query_plan.plan)
		look->words = plan_join(look->arena, all ? PLAN_ALL : PLAN_NONE, NULL, 0);
	return status;
}

static enum status understand_words(struct search *search, struct error *err)
{
	struct store **stores =
		arena_alloc(search->arena, search->look_count * sizeof(struct store *));
	for (size_t i = 0; i < search->look_count; i++)
		stores[i] = search->looks[i].store;
	const struct vocabulary vocabulary = { stores, search->look_count };
	enum status status = query_parse(search->request->words, search->arena, &search->query, err);
	if (status == STATUS_OK)
		synonyms_apply(search->synonyms, search->arena, &search->query);
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = plan_words(&search->looks[i], &vocabulary, err);
	if (status == STATUS_OK && search->looks[0].query_plan.plan)
		search_join_words(search);
	return status;
}

static struct choice *choice_of(struct look *look, const struct field *field)
{
	for (size_t i = 0; i < look->choice_count; i++)
		if (look->choices[i].field == field)
			return &look->choices[i];
	struct choice *choice = &look->choices[look->choice_count++];
	choice->field = field;
	choice->filters = arena_alloc(look->arena, look->filter_count * sizeof(struct filter *));
	return choice;
}

static void plan_choices(struct look *look)
{
	struct plan **plans = arena_alloc(look->arena, look->filter_count * sizeof(struct plan *));
	for (size_t i = 0; i < look->choice_count; i++) {
		struct choice *choice = &look->choices[i];
		for (size_t k = 0; k < choice->count; k++)
			plans[k] = choice->filters[k]->plan;
		choice->plan = plan_join(look->arena, PLAN_OR, plans, choice->count);
	}
}

static enum status understand_filters(struct look *look, struct error *err)
{
	const struct str_list *texts = &look->request->filters;
	look->filter_count = texts->count;
	look->filters = arena_zero(look->arena, texts->count, sizeof(*look->filters));
	look->choices = arena_zero(look->arena, texts->count, sizeof(*look->choices));
	look->excluded = arena_alloc(look->arena, texts->count * sizeof(struct plan *));
	for (size_t i = 0; i < texts->count; i++) {
		struct filter *filter = &look->filters[i];
		enum status status = filter_parse(texts->items[i], &look->search->years,
						  look->arena, filter, err);
		if (status == STATUS_OK)
			status = look_name_filter(look, filter, err);
		if (status != STATUS_OK)
			return status;
		if (filter->excluded) {
			look->excluded[look->excluded_count++] = filter->plan;
		} else {
			struct choice *choice = choice_of(look, filter->field);
			choice->filters[choice->count++] = filter;
		}
	}
	plan_choices(look);
	return STATUS_OK;
}

struct plan *look_plan(const struct look *look, const struct field *without, struct plan *also)
{
	struct plan **parts =
		arena_alloc(look->arena, (look->choice_count + 2) * sizeof(struct plan *));
	size_t count = 0;
	parts[count++] = look->words;
	for (size_t i = 0; i < look->choice_count; i++)
		if (look->choices[i].field != without)
			parts[count++] =
				plan_join(look->arena, PLAN_FILTER, &look->choices[i].plan, 1);
	if (also)
		parts[count++] = plan_join(look->arena, PLAN_FILTER, &also, 1);
	struct plan *matching = count == 1 ? parts[0]
					   : plan_join(look->arena, PLAN_AND, parts, count);
	if (!look->excluded_count)
		return matching;
	struct plan **without_these =
		arena_alloc(look->arena, (look->excluded_count + 1) * sizeof(struct plan *));
	without_these[0] = matching;
	memcpy(without_these + 1, look->excluded, look->excluded_count * sizeof(struct plan *));
	return plan_join(look->arena, PLAN_AND_NOT, without_these, look->excluded_count + 1);
}

/* ---- how many ---- */

uint32_t search_articles(const struct search *search)
{
	uint32_t count = 0;
	for (size_t i = 0; i < search->look_count; i++)
		count += store_count(search->looks[i].store);
	return count;
}

static enum status add_count(const struct look *look, const struct plan *plan, uint32_t *count,
			     struct error *err)
{
	struct docset set;
	const enum status status = store_match(look->store, plan, &set, err);
	*count += status == STATUS_OK ? docset_count(&set) : 0;
	docset_release(&set);
	return status;
}

enum status search_count_leaf(const struct search *search, size_t number, uint32_t *count,
			      struct error *err)
{
	enum status status = STATUS_OK;
	*count = 0;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = add_count(&search->looks[i],
				   search->looks[i].query_plan.leaves[number].plan, count, err);
	return status;
}

enum status search_count_filter(const struct search *search, size_t number, uint32_t *count,
				struct error *err)
{
	enum status status = STATUS_OK;
	*count = 0;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = add_count(&search->looks[i], search->looks[i].filters[number].plan, count,
				   err);
	return status;
}

/* ---- the sets ---- */

bool search_has_weight(const struct search *search)
{
	const struct query_plan *made = &search->looks[0].query_plan;
	for (size_t i = 0; i < made->leaf_count; i++)
		if (!made->leaves[i].negated && made->leaves[i].word_count)
			return true;
	return false;
}

static enum store_order order_of(const struct search *search)
{
	switch (search->request->sort) {
	case SORT_RELEVANCE:
		return ORDER_RELEVANCE;
	case SORT_NEWEST:
		return ORDER_NEWEST;
	case SORT_OLDEST:
		return ORDER_OLDEST;
	case SORT_AUTO:
		break;
	}
	return search_has_weight(search) ? ORDER_RELEVANCE : ORDER_NEWEST;
}

/* Room for scores is kept from search to search, as zeros; what one search wrote is in its base and in what it took from that. */
static void clear_scores(struct look *look, const struct docset *set)
{
	const size_t room = (size_t)set->limit + 1;
	for (size_t word = 0; look->scores && set->words && word < docset_words(set); word++) {
		const size_t from = word * 64, end = room - from;
		uint64_t left = set->words[word];
		for (int bits = 0; left && bits < 8; bits++, left &= left - 1)
			look->scores[from + (size_t)__builtin_ctzll(left)] = 0;
		/* So many are cleared quicker together with what lies between. */
		if (left)
			memset(look->scores + from, 0, (end < 64 ? end : 64) * sizeof(float));
	}
}

/* A ranking that was broken off may have written anywhere. */
static void forget_scores(struct look *look)
{
	free(*look->score_room);
	*look->score_room = NULL;
	look->scores = NULL;
}

static enum status rank_words(struct search *search, struct error *err)
{
	struct statistics statistics = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = store_statistics(search->looks[i].store, search->looks[i].words,
					  &statistics, err);
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++) {
		struct look *look = &search->looks[i];
		const uint32_t last = store_last_id(look->store);
		docset_init(&look->base, last);
		if (!*look->score_room)
			*look->score_room = memory_zero((size_t)last + 1, sizeof(**look->score_room));
		look->scores = *look->score_room;
		status = store_rank(look->store, look->words, &statistics, &look->base,
				    look->scores, err);
		if (status != STATUS_OK)
			forget_scores(look);
	}
	statistics_release(&statistics);
	return status;
}

/* Fills the base of each look with what its words match, and with an order by relevance the scores. */
static enum status match_all(struct search *search, struct error *err)
{
	if (search->order == ORDER_RELEVANCE && search->request->max && search_has_weight(search))
		return rank_words(search, err);
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = store_match(search->looks[i].store, search->looks[i].words,
				     &search->looks[i].base, err);
	return status;
}

static bool has_matches(const struct search *search)
{
	for (size_t i = 0; i < search->look_count; i++)
		if (docset_next(&search->looks[i].base, 1))
			return true;
	return false;
}

static void release_bases(struct search *search)
{
	for (size_t i = 0; i < search->look_count; i++) {
		struct look *look = &search->looks[i];
		clear_scores(look, &look->base);
		docset_release(&look->base);
		look->scores = NULL;
	}
}

static enum status match_words(struct search *search, struct error *err)
{
	bool relaxed = false;
	enum status status = match_all(search, err);
	if (status == STATUS_OK && !has_matches(search))
		status = search_relax(search, &relaxed, err);
	if (status != STATUS_OK || !relaxed)
		return status;
	release_bases(search);
	return match_all(search, err);
}

static enum status take_excluded(struct look *look, struct error *err)
{
	if (!look->excluded_count)
		return STATUS_OK;
	struct docset taken;
	const struct plan *any =
		plan_join(look->arena, PLAN_OR, look->excluded, look->excluded_count);
	const enum status status = store_match(look->store, any, &taken, err);
	if (status == STATUS_OK) {
		for (uint32_t id = 0; look->scores && (id = docset_next(&taken, id + 1));)
			look->scores[id] = 0;
		docset_and_not(&look->base, &taken);
	}
	docset_release(&taken);
	return status;
}

static enum status narrow(struct look *look, struct error *err)
{
	enum status status = take_excluded(look, err);
	for (size_t i = 0; i < look->choice_count && status == STATUS_OK; i++)
		status = store_match(look->store, look->choices[i].plan, &look->choices[i].set, err);
	if (status != STATUS_OK)
		return status;
	docset_copy(&look->hits, &look->base);
	for (size_t i = 0; i < look->choice_count; i++)
		docset_and(&look->hits, &look->choices[i].set);
	look->search->total += docset_count(&look->hits);
	return STATUS_OK;
}

static enum status match_sets(struct search *search, struct error *err)
{
	search->order = order_of(search);
	enum status status = match_words(search, err);
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = narrow(&search->looks[i], err);
	return status;
}

static void release_sets(struct search *search)
{
	for (size_t i = 0; i < search->look_count; i++) {
		struct look *look = &search->looks[i];
		docset_release(&look->most);
		docset_release(&look->hits);
		docset_release(&look->named);
		for (size_t k = 0; k < look->choice_count; k++)
			docset_release(&look->choices[k].set);
	}
	release_bases(search);
}

/* ---- the answer ---- */

static enum status fill_answer(struct search *search, struct answer *answer, struct error *err)
{
	answer->total = search->total;
	answer->matched = search->matched;
	answer->words = search->word_count;
	answer->words_needed = search->needed;
	answer->hints = search->query.hints;
	enum status status = search_hits(search, answer, err);
	if (status == STATUS_OK)
		status = search_facets(search, answer, err);
	if (status == STATUS_OK)
		status = search_hints(search, answer, err);
	if (status == STATUS_OK && search->request->recount)
		status = search_recount(search, answer, err);
	if (status == STATUS_OK && search->request->explain)
		search_explain(search, answer);
	return status;
}

static enum status understand(struct search *search, struct error *err)
{
	enum status status = search->request->similar.len ? search_similar(search, err)
							  : understand_words(search, err);
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++) {
		status = understand_filters(&search->looks[i], err);
		if (status == STATUS_OK)
			status = look_name_why(&search->looks[i], err);
	}
	return status;
}

enum status search_answer(struct search *search, struct answer *answer, struct error *err)
{
	enum status status = understand(search, err);
	if (status == STATUS_OK)
		status = match_sets(search, err);
	if (status == STATUS_OK)
		status = fill_answer(search, answer, err);
	release_sets(search);
	return status;
}
