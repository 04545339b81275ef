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

/* Fills look->most with the articles that have most of the words, if there are any: then look->matched says so. */
static enum status find_most(struct look *look, struct plan *const *plans, size_t count,
			     struct error *err)
{
	struct docset rest;
	uint16_t *matched = NULL;
	uint32_t best = 0;
	enum status status = find_rest(look, &rest, err);
	if (status == STATUS_OK)
		status = count_words(look, plans, count, &matched, err);
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(&rest, id + 1));)
		best = matched[id] > best ? matched[id] : best;
	const uint32_t needed = needed_of(count, best);
	if (status == STATUS_OK && needed) {
		look->matched = MATCH_MOST;
		look->needed = needed;
		docset_init(&look->most, store_last_id(look->store));
		for (uint32_t id = 0; (id = docset_next(&rest, id + 1));)
			if (matched[id] >= needed)
				docset_add(&look->most, id);
	}
	docset_release(&rest);
	free(matched);
	return status;
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

static struct plan *plan_most(const struct look *look, struct plan *const *plans, size_t count)
{
	struct plan *kids[2] = { plan_join(look->arena, PLAN_OR, plans, count),
				 arena_zero(look->arena, 1, sizeof(struct plan)) };
	kids[1]->op = PLAN_SET;
	kids[1]->set = &look->most;
	return plan_with(look, plan_join(look->arena, PLAN_AND, kids, 2));
}

static void say_most(struct look *look, size_t count)
{
	struct buffer line = { 0 };
	if (look->needed == count)
		buffer_add_text(&line,
				"no article has all words: shown is what has all but common ones "
				"(the, of)");
	else if (look->needed == 1)
		buffer_add_text(&line, "no article has both words: shown is what has one of them");
	else
		buffer_add_format(
			&line, "no article has all %zu words: shown is what has at least %u of them",
			count, look->needed);
	look_add_hint(look, arena_copy(look->arena, buffer_str(&line)));
	buffer_release(&line);
}

/* When no article has all of the words, and some have most of them. */
static enum status try_most(struct look *look, struct plan *const *plans, size_t count,
			    struct error *err)
{
	enum status status = look_match_words(look, err);
	if (status == STATUS_OK && !docset_count(&look->base))
		status = find_most(look, plans, count, err);
	if (status != STATUS_OK || look->matched != MATCH_MOST)
		return status;
	docset_release(&look->base);
	look->words = plan_most(look, plans, count);
	struct plan *again = plan_choices_of(look, plans, count, look->needed);
	look->words_again = again ? plan_with(look, again) : NULL;
	say_most(look, count);
	return STATUS_OK;
}

/* ---- any words ---- */

/* What is not looked for is not shown as found. */
static void forget_common_leaves(struct look *look)
{
	struct query_plan *made = &look->query_plan;
	size_t kept = 0;
	for (size_t i = 0; i < made->leaf_count; i++)
		if (!made->leaves[i].common)
			made->leaves[kept++] = made->leaves[i];
	made->leaf_count = kept;
}

enum status look_join_words(struct look *look, struct error *err)
{
	struct plan **plans = room_for_parts(look);
	const size_t count = parts_of(look, PART_WORD, plans);
	const enum match_mode asked = look->request->match;
	look->words = look->query_plan.plan;
	look->word_count = look->needed = (uint32_t)count;
	if (asked == MATCH_ANY && count) {
		look->words = plan_with(look, plan_join(look->arena, PLAN_OR, plans, count));
		look->matched = MATCH_ANY;
		look->needed = 1;
	} else if (asked == MATCH_AUTO && count > 1) {
		const enum status status = try_most(look, plans, count, err);
		if (status != STATUS_OK)
			return status;
	}
	if (look->matched != MATCH_ALL)
		forget_common_leaves(look);
	return STATUS_OK;
}
