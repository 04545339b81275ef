#include "look.h"

#include <stdlib.h>

/*
 * --match: which of the words an article must have.
 *
 * `auto` gives way only when no article at all has all the words. A threshold above that would put hundreds of articles with
 * fewer words beside the two or three that have all of them, and every count with them. It is the words alone that decide,
 * without filters: otherwise choosing a value could change what is searched for, and the number beside the value would be
 * wrong.
 *
 * "Most" is two of three; of a long question, where no article has that many, as many as any has, but more than half. Of
 * the 495 questions of `make bench-relevance`, 22 have a document with all their words, 20 of them less than ten; 362 have one
 * with most.
 */

/* To recount without a set of ours, each choice of the words that are needed becomes an AND: 120 of them for 10 words. */
#define AGAIN_WORDS_MAX 10

/* The parts of one kind, as plans. */
static size_t parts_of(const struct look *look, enum query_part_kind kind, struct plan **plans)
{
	size_t count = 0;
	for (size_t i = 0; i < look->query_plan.part_count; i++)
		if (look->query_plan.parts[i].kind == kind)
			plans[count++] = look->query_plan.parts[i].plan;
	return count;
}

static struct plan **room_for_parts(const struct look *look)
{
	return arena_alloc(look->arena, (look->query_plan.part_count + 2) * sizeof(struct plan *));
}

/*
 * Articles that match `words`, have what they must, and nothing that is taken away. Common words are left out: they would let
 * every article in.
 */
static struct plan *plan_with(const struct look *look, struct plan *words)
{
	struct plan **kids = room_for_parts(look);
	kids[0] = words;
	size_t count = 1 + parts_of(look, PART_MUST, kids + 1);
	struct plan *wanted = plan_join(look->arena, PLAN_AND, kids, count);
	kids[0] = wanted;
	count = 1 + parts_of(look, PART_NOT, kids + 1);
	return count > 1 ? plan_join(look->arena, PLAN_AND_NOT, kids, count) : wanted;
}

/* ---- most words ---- */

/* The articles that have what they must whatever the words do, and nothing that is taken away. */
static enum status find_rest(const struct look *look, struct docset *rest, struct error *err)
{
	struct plan *all = plan_join(look->arena, PLAN_ALL, NULL, 0);
	return store_match(look->store, plan_with(look, all), rest, err);
}

/* How many of the plans each article matches, by docid; the caller frees. */
static enum status count_words(const struct look *look, struct plan *const *plans, size_t count,
			       uint16_t **matched, struct error *err)
{
	*matched = memory_zero((size_t)store_last_id(look->store) + 1, sizeof(**matched));
	enum status status = STATUS_OK;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct docset set;
		status = store_match(look->store, plans[i], &set, err);
		for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(&set, id + 1));)
			(*matched)[id]++;
		docset_release(&set);
	}
	return status;
}

/* How many words must be there when an article of `rest` has `best` of them at most; 0: that is not most of them. */
static uint32_t needed_of(size_t count, uint32_t best)
{
	const uint32_t enough = count == 2 ? 1 : (uint32_t)(count - count / 3);
	const uint32_t least = count == 2 ? 1 : (uint32_t)(count / 2 + 1);
	if (best == count)
		return best; /* it was the common ones that were missing */
	const uint32_t needed = best < enough ? best : enough;
	return needed >= least ? needed : 0;
}

/* What one look needs to know until it is clear how many words must be there. */
struct relaxing {
	struct plan **words;
	size_t count;
	struct docset rest;
	uint16_t *matched;
};

static enum status count_matches(const struct look *look, struct relaxing *relaxing, uint32_t *best,
				 struct error *err)
{
	relaxing->words = room_for_parts(look);
	relaxing->count = parts_of(look, PART_WORD, relaxing->words);
	enum status status = find_rest(look, &relaxing->rest, err);
	if (status == STATUS_OK)
		status = count_words(look, relaxing->words, relaxing->count, &relaxing->matched, err);
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(&relaxing->rest, id + 1));)
		*best = relaxing->matched[id] > *best ? relaxing->matched[id] : *best;
	return status;
}

static void release_relaxing(struct relaxing *relaxing)
{
	docset_release(&relaxing->rest);
	free(relaxing->matched);
}

static struct plan *plan_choice(const struct look *look, struct plan *const *plans, uint32_t chosen)
{
	struct plan *kids[AGAIN_WORDS_MAX];
	size_t count = 0;
	for (size_t i = 0; chosen >> i; i++)
		if (chosen >> i & 1)
			kids[count++] = plans[i];
	return plan_join(look->arena, PLAN_AND, kids, count);
}

/* Any choice of so many of the words, each as an AND; NULL when there would be too many. */
static struct plan *plan_choices_of(const struct look *look, struct plan *const *plans,
				    size_t count, uint32_t needed)
{
	if (count > AGAIN_WORDS_MAX)
		return NULL;
	struct plan *choices[1 << AGAIN_WORDS_MAX];
	size_t made = 0;
	for (uint32_t chosen = 0; chosen < 1U << count; chosen++)
		if ((uint32_t)__builtin_popcount(chosen) == needed)
			choices[made++] = plan_choice(look, plans, chosen);
	return plan_join(look->arena, PLAN_OR, choices, made);
}

static struct plan *plan_most(const struct look *look, const struct relaxing *relaxing)
{
	struct plan *kids[2] = { plan_join(look->arena, PLAN_OR, relaxing->words, relaxing->count),
				 arena_zero(look->arena, 1, sizeof(struct plan)) };
	kids[1]->op = PLAN_SET;
	kids[1]->set = &look->most;
	return plan_with(look, plan_join(look->arena, PLAN_AND, kids, 2));
}

/* The articles that have as many words as are needed. */
static void take_most(struct look *look, const struct relaxing *relaxing)
{
	const uint32_t needed = look->search->needed;
	docset_init(&look->most, store_last_id(look->store));
	for (uint32_t id = 0; (id = docset_next(&relaxing->rest, id + 1));)
		if (relaxing->matched[id] >= needed)
			docset_add(&look->most, id);
	look->words = plan_most(look, relaxing);
	struct plan *again = plan_choices_of(look, relaxing->words, relaxing->count, needed);
	look->words_again = again ? plan_with(look, again) : NULL;
	docset_release(&look->base);
}

static void say_most(struct search *search)
{
	struct buffer line = { 0 };
	if (search->needed == search->word_count)
		buffer_add_text(&line,
				"no article has all words: shown is what has all but common ones "
				"(the, of)");
	else if (search->needed == 1)
		buffer_add_text(&line, "no article has both words: shown is what has one of them");
	else
		buffer_add_format(
			&line, "no article has all %u words: shown is what has at least %u of them",
			search->word_count, search->needed);
	search_add_hint(search, arena_copy(search->arena, buffer_str(&line)));
	buffer_release(&line);
}

/* ---- the words of a query ---- */

/* What is not looked for is not shown as found. */
static void forget_common_leaves(struct search *search)
{
	for (size_t look = 0; look < search->look_count; look++) {
		struct query_plan *made = &search->looks[look].query_plan;
		size_t kept = 0;
		for (size_t i = 0; i < made->leaf_count; i++)
			if (!made->leaves[i].common)
				made->leaves[kept++] = made->leaves[i];
		made->leaf_count = kept;
	}
}

static void join_words(struct look *look, struct plan **plans, size_t count)
{
	look->words = look->query_plan.plan;
	if (look->request->match == MATCH_ANY && count)
		look->words = plan_with(look, plan_join(look->arena, PLAN_OR, plans, count));
}

void search_join_words(struct search *search)
{
	for (size_t i = 0; i < search->look_count; i++) {
		struct look *look = &search->looks[i];
		struct plan **plans = room_for_parts(look);
		const size_t count = parts_of(look, PART_WORD, plans);
		join_words(look, plans, count);
		search->word_count = search->needed = (uint32_t)count;
	}
	if (search->request->match == MATCH_ANY && search->word_count) {
		search->matched = MATCH_ANY;
		search->needed = 1;
		forget_common_leaves(search);
	}
}

/* ---- most words ---- */

static void release_all(struct search *search, struct relaxing *relaxing)
{
	for (size_t i = 0; i < search->look_count; i++)
		release_relaxing(&relaxing[i]);
}

/* *best is how many words the article has that has the most; the caller releases *relaxing. */
static enum status count_all(struct search *search, struct relaxing **relaxing, uint32_t *best,
			     struct error *err)
{
	enum status status = STATUS_OK;
	*relaxing = arena_zero(search->arena, search->look_count, sizeof(**relaxing));
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = count_matches(&search->looks[i], &(*relaxing)[i], best, err);
	return status;
}

static void take_all(struct search *search, const struct relaxing *relaxing, uint32_t needed)
{
	search->needed = needed;
	for (size_t i = 0; i < search->look_count; i++)
		take_most(&search->looks[i], &relaxing[i]);
}

enum status search_take_most(struct search *search, uint32_t needed, struct error *err)
{
	struct relaxing *relaxing;
	uint32_t best = 0;
	const enum status status = count_all(search, &relaxing, &best, err);
	if (status == STATUS_OK)
		take_all(search, relaxing, needed);
	release_all(search, relaxing);
	return status;
}

enum status search_relax(struct search *search, bool *relaxed, struct error *err)
{
	struct relaxing *relaxing;
	uint32_t best = 0;
	*relaxed = false;
	if (search->request->match != MATCH_AUTO || search->word_count < 2)
		return STATUS_OK;
	const enum status status = count_all(search, &relaxing, &best, err);
	const uint32_t needed = needed_of(search->word_count, best);
	if (status == STATUS_OK && needed) {
		search->matched = MATCH_MOST;
		*relaxed = true;
		take_all(search, relaxing, needed);
		forget_common_leaves(search);
		say_most(search);
	}
	release_all(search, relaxing);
	return status;
}
