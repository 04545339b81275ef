/*
 * Which part of a request keeps all articles out. Each part is matched once; then, for each, what all the others have in common is
 * counted: what those before it have, and what those behind it have.
 */
#include "hints.h"

#include <stdlib.h>

/* A request of more parts is too long to be told part by part. */
#define OBSTACLES_MAX 16

/* Parts named in the end. */
#define NAMED_MAX 3

/* A part of the words, the filters on one field, or one filter that takes away. */
struct obstacle {
	struct str text;     /* as people know it */
	bool takes_away;     /* articles that match `plans` are out, not in */
	bool is_idle;        /* common words alone say nothing of what is looked for */
	struct plan **plans; /* by look */
	uint32_t without;    /* articles that pass all other parts */
};

struct diagnosis {
	struct hinting *hinting;
	struct obstacle items[OBSTACLES_MAX];
	size_t count;
	bool is_too_long;
};

static struct obstacle *add_obstacle(struct diagnosis *diagnosis)
{
	static struct obstacle none;
	if (diagnosis->count == OBSTACLES_MAX) {
		diagnosis->is_too_long = true;
		return NULL;
	}
	struct obstacle *obstacle = &diagnosis->items[diagnosis->count++];
	*obstacle = none;
	obstacle->plans = arena_alloc(diagnosis->hinting->arena,
				      diagnosis->hinting->search->look_count * sizeof(struct plan *));
	return obstacle;
}

/* ---- the parts of the words ---- */

/* The depth of a plan is that of the query, which is bounded. */
static bool holds_plan(const struct plan *plan, const struct plan *wanted)
{
	if (plan == wanted)
		return true;
	for (size_t i = 0; i < plan->count; i++)
		if (holds_plan(plan->kids[i], wanted))
			return true;
	return false;
}

/* A leaf that weighs more or less has a plan of its own around that which stands in the tree. */
static bool holds_leaf(const struct plan *plan, const struct query_leaf *leaf)
{
	const bool is_weighed = leaf->plan && leaf->plan->op == PLAN_SCALE;
	return leaf->plan && holds_plan(plan, is_weighed ? leaf->plan->kids[0] : leaf->plan);
}

/* What was typed of a part, as far as its words and values say: "(cyber, attack)". */
static struct str part_text(const struct diagnosis *diagnosis, const struct query_part *part)
{
	const struct query_plan *made = &diagnosis->hinting->search->looks[0].query_plan;
	struct buffer text = { 0 };
	size_t count = 0;
	for (size_t i = 0; i < made->leaf_count; i++) {
		const struct query_leaf *leaf = &made->leaves[i];
		if (!holds_leaf(part->plan, leaf))
			continue;
		buffer_add_text(&text, count++ ? ", " : "");
		buffer_add_str(&text, leaf->text);
	}
	struct buffer whole = { 0 };
	buffer_add_format(&whole, count > 1 ? "%s(%.*s)" : "%s%.*s",
			  part->kind == PART_NOT ? "-" : "", STR_ARG(buffer_str(&text)));
	const struct str copy = arena_copy(diagnosis->hinting->arena, buffer_str(&whole));
	buffer_release(&text);
	buffer_release(&whole);
	return copy;
}

static void add_words(struct diagnosis *diagnosis)
{
	const struct hinting *hinting = diagnosis->hinting;
	struct obstacle *obstacle = add_obstacle(diagnosis);
	obstacle->text = STR("the words");
	for (size_t i = 0; i < hinting->search->look_count; i++)
		obstacle->plans[i] = hinting->search->looks[i].words;
}

/* Where not all words must be there, they are one part. */
static void add_parts(struct diagnosis *diagnosis)
{
	const struct hinting *hinting = diagnosis->hinting;
	const struct look *first = &hinting->search->looks[0];
	if (!first->query_plan.plan)
		return;
	if (hinting->search->matched != MATCH_ALL || !first->query_plan.part_count) {
		add_words(diagnosis);
		return;
	}
	for (size_t i = 0; i < first->query_plan.part_count; i++) {
		const struct query_part *part = &first->query_plan.parts[i];
		struct obstacle *obstacle = add_obstacle(diagnosis);
		if (!obstacle)
			return;
		obstacle->text = part_text(diagnosis, part);
		obstacle->takes_away = part->kind == PART_NOT;
		obstacle->is_idle = part->kind == PART_COMMON;
		for (size_t k = 0; k < hinting->search->look_count; k++)
			obstacle->plans[k] = hinting->search->looks[k].query_plan.parts[i].plan;
	}
}

/* ---- filters ---- */

static struct str choice_text(const struct choice *choice, struct arena *arena)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < choice->count; i++)
		buffer_add_format(&text, "%s%s=%.*s", i ? " or " : "", choice->field->name,
				  STR_ARG(choice->filters[i]->value));
	const struct str copy = arena_copy(arena, buffer_str(&text));
	buffer_release(&text);
	return copy;
}

static struct str excluded_text(const struct filter *filter, struct arena *arena)
{
	struct buffer text = { 0 };
	buffer_add_format(&text, "%s!=%.*s", filter->field->name, STR_ARG(filter->value));
	const struct str copy = arena_copy(arena, buffer_str(&text));
	buffer_release(&text);
	return copy;
}

static void add_choices(struct diagnosis *diagnosis)
{
	const struct hinting *hinting = diagnosis->hinting;
	const struct look *first = &hinting->search->looks[0];
	for (size_t i = 0; i < first->choice_count; i++) {
		struct obstacle *obstacle = add_obstacle(diagnosis);
		if (!obstacle)
			return;
		obstacle->text = choice_text(&first->choices[i], hinting->arena);
		for (size_t k = 0; k < hinting->search->look_count; k++)
			obstacle->plans[k] = hinting->search->looks[k].choices[i].plan;
	}
}

static void add_excluded(struct diagnosis *diagnosis)
{
	const struct hinting *hinting = diagnosis->hinting;
	const struct look *first = &hinting->search->looks[0];
	for (size_t i = 0; i < first->filter_count; i++) {
		if (!first->filters[i].excluded)
			continue;
		struct obstacle *obstacle = add_obstacle(diagnosis);
		if (!obstacle)
			return;
		obstacle->text = excluded_text(&first->filters[i], hinting->arena);
		obstacle->takes_away = true;
		for (size_t k = 0; k < hinting->search->look_count; k++)
			obstacle->plans[k] = hinting->search->looks[k].filters[i].plan;
	}
}

/* ---- counting ---- */

static void narrow(struct docset *set, const struct docset *part, bool takes_away)
{
	if (takes_away)
		docset_and_not(set, part);
	else
		docset_and(set, part);
}

/* Adds for each part how many articles of one index pass all others. sets[i] is what part i matches, sets[count] all articles. */
static void count_without(struct diagnosis *diagnosis, const struct docset *sets)
{
	const size_t count = diagnosis->count;
	struct docset *behind = memory_zero(count, sizeof(*behind));
	struct docset before, both;
	for (size_t i = count; i-- > 0;) {
		docset_copy(&behind[i], i + 1 < count ? &behind[i + 1] : &sets[count]);
		if (i + 1 < count)
			narrow(&behind[i], &sets[i + 1], diagnosis->items[i + 1].takes_away);
	}
	docset_copy(&before, &sets[count]);
	for (size_t i = 0; i < count; i++) {
		docset_copy(&both, &before);
		docset_and(&both, &behind[i]);
		diagnosis->items[i].without += docset_count(&both);
		docset_release(&both);
		narrow(&before, &sets[i], diagnosis->items[i].takes_away);
		docset_release(&behind[i]);
	}
	docset_release(&before);
	free(behind);
}

static enum status count_in_look(struct diagnosis *diagnosis, size_t number, struct error *err)
{
	const struct look *look = &diagnosis->hinting->search->looks[number];
	struct docset sets[OBSTACLES_MAX + 1] = { { NULL, 0 } };
	const struct plan *all = plan_join(look->arena, PLAN_ALL, NULL, 0);
	enum status status = store_match(look->store, all, &sets[diagnosis->count], err);
	for (size_t i = 0; i < diagnosis->count && status == STATUS_OK; i++)
		status = store_match(look->store, diagnosis->items[i].plans[number], &sets[i], err);
	if (status == STATUS_OK)
		count_without(diagnosis, sets);
	for (size_t i = 0; i <= diagnosis->count; i++)
		docset_release(&sets[i]);
	return status;
}

/* ---- in words ---- */

/* What is left without it is nothing to look for. */
static void forget_last_words(struct diagnosis *diagnosis)
{
	size_t telling = 0;
	for (size_t i = 0; i < diagnosis->count; i++)
		telling += !diagnosis->items[i].is_idle;
	for (size_t i = 0; i < diagnosis->count; i++)
		if (telling < 2 && !diagnosis->items[i].is_idle)
			diagnosis->items[i].without = 0;
}

static int compare_obstacles(const void *a, const void *b)
{
	const struct obstacle *one = a, *two = b;
	return one->without > two->without ? -1 : one->without < two->without;
}

static void say_without(struct hinting *hinting, struct str text, uint32_t count)
{
	hint_line(hinting, "without %.*s there %s %s", STR_ARG(text), count == 1 ? "is" : "are",
		  hint_articles(hinting, count));
}

/* No part alone is to blame. */
static enum status say_together(struct hinting *hinting, bool any_missing, struct error *err)
{
	const struct look *first = &hinting->search->looks[0];
	uint32_t count = 0;
	for (size_t i = 0; i < hinting->search->look_count && first->filter_count; i++) {
		struct docset set;
		const struct look *look = &hinting->search->looks[i];
		const enum status status = store_match(look->store, look->words, &set, err);
		count += status == STATUS_OK ? docset_count(&set) : 0;
		docset_release(&set);
		if (status != STATUS_OK)
			return status;
	}
	if (first->filter_count && count && first->query_plan.plan)
		say_without(hinting, STR("the filters"), count);
	else if (!any_missing && first->filter_count && count)
		hint_line(hinting,
			  "each of these filters has articles, but no article passes all of them");
	else if (!any_missing && first->filter_count && first->query_plan.leaf_count > 1)
		hint_line(hinting, "no article fits all of the query, with or without the filters");
	else if (!any_missing && first->query_plan.leaf_count > 1)
		hint_line(hinting, "each of these is in some article, but no article fits all of "
				   "the query");
	return STATUS_OK;
}

enum status hint_obstacles(struct hinting *hinting, struct error *err)
{
	struct diagnosis diagnosis = { .hinting = hinting };
	const bool any_missing = hinting->count > hinting->answer->hints.count;
	enum status status = STATUS_OK;
	add_parts(&diagnosis);
	add_choices(&diagnosis);
	add_excluded(&diagnosis);
	const bool is_told = diagnosis.count > 1 && !diagnosis.is_too_long;
	for (size_t i = 0; i < hinting->search->look_count && is_told && status == STATUS_OK; i++)
		status = count_in_look(&diagnosis, i, err);
	if (status != STATUS_OK)
		return status;
	forget_last_words(&diagnosis);
	if (diagnosis.count)
		qsort(diagnosis.items, diagnosis.count, sizeof(*diagnosis.items), compare_obstacles);
	if (!is_told || !diagnosis.items[0].without)
		return say_together(hinting, any_missing, err);
	for (size_t i = 0; i < diagnosis.count && i < NAMED_MAX && diagnosis.items[i].without; i++)
		say_without(hinting, diagnosis.items[i].text, diagnosis.items[i].without);
	return STATUS_OK;
}
