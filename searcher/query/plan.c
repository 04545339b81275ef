#include "plan.h"

/* ---- operators ---- */

static enum status plan_where_placed(struct planner *planner, const struct node *node, bool negated,
				     struct plan **plan)
{
	const size_t before = planner->forms_max;
	planner->forms_max = PLACED_FORMS_MAX;
	const enum status status = plan_placed(planner, node, negated, plan);
	planner->forms_max = before;
	return status;
}

/* *plan stays NULL when nothing is left of the node. */
static enum status plan_node(struct planner *planner, const struct node *node, bool negated,
			     struct plan **plan);

static struct plan *without(struct planner *planner, struct plan **kids, size_t kept, size_t count)
{
	struct plan **parts = arena_alloc(planner->arena, (count + 1) * sizeof(struct plan *));
	parts[0] = plan_join(planner->arena, kept ? PLAN_AND : PLAN_ALL, kids, kept);
	memcpy(parts + 1, kids + kept, (count - kept) * sizeof(struct plan *));
	return plan_join(planner->arena, PLAN_AND_NOT, parts, count - kept + 1);
}

static enum query_part_kind part_kind(const struct planner *planner, const struct node *node)
{
	switch (node->op) {
	case NODE_NOT:
		return PART_NOT;
	case NODE_VALUE:
	case NODE_DATE:
	case NODE_ANY:
		return PART_MUST;
	default:
		return planner_is_weightless(planner, node) ? PART_COMMON : PART_WORD;
	}
}

/* With a value, which must be there anyway, a written AND says nothing new. */
static bool is_bound(const struct node *node, const struct query_part *part,
		     const struct query_part *last)
{
	return node->bound && part->kind != PART_MUST && last->kind != PART_MUST;
}

static void add_part(struct planner *planner, struct query_part *parts, size_t *count,
		     const struct node *node, const struct query_part *part, bool has_last)
{
	struct query_part *last = has_last ? &parts[*count - 1] : NULL;
	if (!last || !is_bound(node, part, last)) {
		parts[(*count)++] = *part;
		return;
	}
	struct plan *const both[2] = { last->plan, part->plan };
	last->plan = plan_join(planner->arena, PLAN_AND, both, 2);
	last->kind = PART_WORD;
}

/*
 * The kids of an AND as parts, those that are taken away behind the others. With `bind`, a written AND makes one part of
 * two.
 */
static enum status plan_parts(struct planner *planner, const struct node *node, bool negated,
			      bool bind, struct query_part *parts, size_t *count)
{
	enum status status = STATUS_OK;
	for (int of_nots = 0; of_nots < 2; of_nots++) {
		bool has_last = false;
		for (size_t i = 0; i < node->count && status == STATUS_OK; i++) {
			const struct node *kid = node->kids[i];
			struct query_part part = { part_kind(planner, kid), NULL };
			if ((kid->op == NODE_NOT) != of_nots) {
				has_last = false;
				continue;
			}
			status = of_nots ? plan_node(planner, kid->kids[0], !negated, &part.plan)
					 : plan_node(planner, kid, negated, &part.plan);
			if (!part.plan)
				continue;
			add_part(planner, parts, count, kid, &part, bind && has_last && !of_nots);
			has_last = true;
		}
	}
	return status;
}

/* What is taken away stands behind what is wanted; of an AND of nothing but NOTs, from all articles. */
static struct plan *all_parts(struct planner *planner, const struct query_part *parts, size_t count)
{
	struct plan **kids = arena_alloc(planner->arena, count * sizeof(struct plan *));
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		kids[i] = parts[i].plan;
		kept += parts[i].kind != PART_NOT;
	}
	return count > kept ? without(planner, kids, kept, count)
			    : plan_join(planner->arena, PLAN_AND, kids, count);
}

static enum status plan_and(struct planner *planner, const struct node *node, bool negated,
			    struct plan **plan)
{
	struct query_part *parts = arena_alloc(planner->arena, node->count * sizeof(*parts));
	size_t count = 0;
	const enum status status = plan_parts(planner, node, negated, false, parts, &count);
	if (status == STATUS_OK && count)
		*plan = all_parts(planner, parts, count);
	return status;
}

static enum status plan_or(struct planner *planner, const struct node *node, bool negated,
			   struct plan **plan)
{
	struct plan **kids = arena_alloc(planner->arena, node->count * sizeof(struct plan *));
	size_t count = 0;
	for (size_t i = 0; i < node->count; i++) {
		struct plan *kid = NULL;
		const enum status status = plan_node(planner, node->kids[i], negated, &kid);
		if (status != STATUS_OK)
			return status;
		if (kid)
			kids[count++] = kid;
	}
	if (count)
		*plan = plan_join(planner->arena, PLAN_OR, kids, count);
	return STATUS_OK;
}

static enum status plan_not(struct planner *planner, const struct node *node, bool negated,
			    struct plan **plan)
{
	struct plan *kid = NULL;
	const enum status status = plan_node(planner, node->kids[0], !negated, &kid);
	if (kid)
		*plan = without(planner, &kid, 0, 1);
	return status;
}

static enum status plan_plain(struct planner *planner, const struct node *node, bool negated,
			      struct plan **plan)
{
	switch (node->op) {
	case NODE_WORD:
	case NODE_PHRASE:
		return node->prefix || node->edits ? plan_expanded(planner, node, negated, plan)
						   : plan_text(planner, node, negated, plan);
	case NODE_VALUE:
	case NODE_DATE:
	case NODE_ANY:
		return plan_value(planner, node, negated, plan);
	case NODE_AND:
		return plan_and(planner, node, negated, plan);
	case NODE_OR:
		return plan_or(planner, node, negated, plan);
	case NODE_NOT:
		return plan_not(planner, node, negated, plan);
	case NODE_SEQUENCE:
	case NODE_NEAR:
	case NODE_ADJ:
	case NODE_SENTENCE:
		return plan_where_placed(planner, node, negated, plan);
	}
	return STATUS_OK;
}

static enum status plan_node(struct planner *planner, const struct node *node, bool negated,
			     struct plan **plan)
{
	const double outer = planner->factor;
	/* Weights inside weights multiply, to no more than one of them may be. */
	const bool is_too_much = outer * node->factor > BOOST_MAX;
	const double factor = is_too_much ? BOOST_MAX / outer : node->factor;
	planner->factor = is_too_much ? BOOST_MAX : outer * factor;
	const enum status status = plan_plain(planner, node, negated, plan);
	planner->factor = outer;
	if (status == STATUS_OK && *plan && (factor < 1 || factor > 1))
		*plan = plan_scale(planner->arena, *plan, factor);
	return status;
}

/* ---- the whole ---- */

static bool has_word_that_weighs(const struct node *node)
{
	if (node->op == NODE_NOT)
		return false;
	if (node->op == NODE_WORD || node->op == NODE_PHRASE)
		return !node->common;
	for (size_t i = 0; i < node->count; i++)
		if (has_word_that_weighs(node->kids[i]))
			return true;
	return false;
}

/* The common words are English. */
static bool has_english(const struct planner *planner)
{
	for (size_t i = 0; i < planner->language_count; i++)
		if (planner->languages[i] && strcmp(planner->languages[i]->code, "en") == 0)
			return true;
	return false;
}

/* Parentheses around nothing but words and alternatives, as in plain prose: without them, it would mean the same. */
static bool is_open_group(const struct node *node)
{
	if (node->op != NODE_AND || node->bound || node->factor < 1 || node->factor > 1)
		return false;
	for (size_t i = 0; i < node->count; i++) {
		const struct node *kid = node->kids[i];
		const bool is_words = kid->op == NODE_WORD || kid->op == NODE_PHRASE ||
				      kid->op == NODE_OR || kid->op >= NODE_SEQUENCE ||
				      is_open_group(kid);
		if (!is_words || kid->bound)
			return false;
	}
	return true;
}

/* How many kids the node has when parentheses that change nothing are opened; they go to `kids`, unless that is NULL. */
static size_t open_groups(const struct node *node, struct node **kids)
{
	size_t count = 0;
	for (size_t i = 0; i < node->count; i++) {
		const bool is_followed = i + 1 < node->count && node->kids[i + 1]->bound;
		if (is_open_group(node->kids[i]) && !is_followed) {
			count += open_groups(node->kids[i], kids ? kids + count : NULL);
			continue;
		}
		if (kids)
			kids[count] = node->kids[i];
		count++;
	}
	return count;
}

static enum status plan_root_and(struct planner *planner, const struct node *root)
{
	struct query_plan *made = planner->made;
	struct node opened = { .op = NODE_AND, .factor = 1, .count = open_groups(root, NULL) };
	opened.kids = arena_alloc(planner->arena, opened.count * sizeof(struct node *));
	open_groups(root, opened.kids);
	made->parts = arena_alloc(planner->arena, opened.count * sizeof(*made->parts));
	const enum status status =
		plan_parts(planner, &opened, false, true, made->parts, &made->part_count);
	if (status == STATUS_OK && made->part_count)
		made->plan = all_parts(planner, made->parts, made->part_count);
	return status;
}

static enum status plan_root(struct planner *planner, const struct node *root)
{
	struct query_plan *made = planner->made;
	if (root->op == NODE_AND && !(root->factor < 1 || root->factor > 1))
		return plan_root_and(planner, root);
	const enum status status = plan_node(planner, root, false, &made->plan);
	if (!made->plan)
		return status;
	made->parts = arena_alloc(planner->arena, sizeof(*made->parts));
	made->parts[0] = (struct query_part){ part_kind(planner, root), made->plan };
	made->part_count = 1;
	/* A NOT alone is planned as what is left of all articles. */
	if (root->op == NODE_NOT)
		made->parts[0].kind = PART_MUST;
	return status;
}

enum status query_make_plan(const struct node *root, struct analyser *analyser,
			    const struct language *const *languages, size_t language_count,
			    const struct years *years, const struct vocabulary *vocabulary,
			    struct arena *arena, struct query_plan *plan, struct error *err)
{
	*plan = (struct query_plan){ 0 };
	struct planner planner = {
		.analyser = analyser,
		.languages = languages,
		.language_count = language_count,
		.years = years,
		.vocabulary = vocabulary,
		.forms_max = PREFIX_FORMS_MAX,
		.arena = arena,
		.made = plan,
		.factor = 1,
		.hints = { .arena = arena },
		.err = err,
	};
	planner.common_weighs = !root || !has_english(&planner) || !has_word_that_weighs(root);
	const enum status status = root ? plan_root(&planner, root) : STATUS_OK;
	plan->hints = (struct str_list){ planner.hints.items, planner.hints.count };
	return status;
}
