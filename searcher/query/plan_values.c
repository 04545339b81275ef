#include "plan.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"

/* The terms of the values whose names begin so, as `op` wants them. */
static enum status plan_beginnings(struct planner *planner, const struct node *node,
				   enum plan_op op, struct plan **plan)
{
	struct buffer key = { 0 };
	struct forms forms;
	utf8_name_key(node->text, &key);
	const struct str shown = planner_leaf_text(planner, node);
	enum status status = STATUS_OK;
	size_t characters = 0;
	for (size_t at = 0, bytes; at < key.len; at += bytes, characters++)
		utf8_decode(key.data + at, key.len - at, &bytes);
	if (characters < PREFIX_MIN)
		status = error_set(
			planner->err, STATUS_BAD_REQUEST,
			"a * needs at least %d letters before it: %.*s would be too many names",
			PREFIX_MIN, STR_ARG(shown));
	if (status == STATUS_OK)
		status = vocabulary_begins(planner->vocabulary, node->field->prefix,
					   arena_copy(planner->arena, buffer_str(&key)),
					   PREFIX_VALUES_MAX, planner->arena, &forms, planner->err);
	buffer_release(&key);
	if (status != STATUS_OK)
		return status;
	if (forms.left_out || forms.has_more)
		hint_add(&planner->hints,
			 "%.*s is taken as the %zu most frequent names that begin so, %s%zu are left out",
			 STR_ARG(shown), forms.count, forms.has_more ? "more than " : "",
			 forms.left_out);
	struct plan **kids = arena_alloc(planner->arena, forms.count * sizeof(struct plan *));
	for (size_t i = 0; i < forms.count; i++) {
		kids[i] = plan_word(planner->arena, node->field->prefix, forms.items[i]);
		kids[i]->op = op;
	}
	*plan = plan_join(planner->arena, PLAN_OR, kids, forms.count);
	return STATUS_OK;
}

/* The articles, and the leaf that is filled as far as it goes. */
static enum status plan_exact(struct planner *planner, const struct node *node, enum plan_op op,
			      struct query_leaf *leaf, struct plan **plan)
{
	if (node->op == NODE_VALUE && node->prefix)
		return plan_beginnings(planner, node, op, plan);
	const struct str text = node->op == NODE_ANY ? STR("*") : node->text;
	struct str value;
	enum status status =
		filter_canonical(node->field, text, planner->arena, &value, planner->err);
	if (status == STATUS_OK)
		status = filter_plan(node->field, value, planner->years, planner->arena, plan,
				     planner->err);
	if (status == STATUS_OK && (*plan)->op == PLAN_TERM)
		(*plan)->op = op;
	leaf->typed = node->op == NODE_ANY ? STR("") : text;
	leaf->value = value;
	return status;
}

static struct query_leaf value_leaf(const struct planner *planner, const struct node *node,
				    bool negated)
{
	return (struct query_leaf){
		.text = planner_leaf_text(planner, node),
		.negated = negated,
		.field = node->field,
		.typed = STR(""),
		.value = STR(""),
	};
}

/* Values and dates decide, but do not weigh. */
enum status plan_value(struct planner *planner, const struct node *node, bool negated,
		       struct plan **plan)
{
	struct query_leaf leaf = value_leaf(planner, node, negated);
	struct plan *exact;
	const enum status status = plan_exact(planner, node, PLAN_TERM, &leaf, &exact);
	if (status != STATUS_OK)
		return status;
	*plan = leaf.plan = plan_join(planner->arena, PLAN_FILTER, &exact, 1);
	planner_add_leaf(planner, &leaf);
	return STATUS_OK;
}

enum status plan_mention(struct planner *planner, const struct node *node, bool negated,
			 struct plan **plan)
{
	struct query_leaf leaf = value_leaf(planner, node, negated);
	leaf.mention = true;
	const enum status status = plan_exact(planner, node, PLAN_MENTION, &leaf, plan);
	if (status != STATUS_OK)
		return status;
	leaf.plan = *plan;
	planner_add_leaf(planner, &leaf);
	return STATUS_OK;
}
