#include "look.h"

#include "dateline/schema.h"

void search_add_hint(struct search *search, struct str hint)
{
	struct str_list *hints = &search->query.hints;
	struct str *items = arena_alloc(search->arena, (hints->count + 1) * sizeof(*items));
	for (size_t i = 0; i < hints->count; i++) {
		if (str_equal(hints->items[i], hint))
			return;
		items[i] = hints->items[i];
	}
	items[hints->count] = hint;
	*hints = (struct str_list){ items, hints->count + 1 };
}

/* What stands for any value (person=*) is no name and no date. */
static bool is_any(struct str value)
{
	return str_equal(value, STR("*"));
}

static enum status name_value(struct look *look, const struct field *field, struct str typed,
			      struct str *value, struct plan **plan, struct error *err)
{
	struct str hint = { "", 0 };
	if (is_any(*value) && field->kind != KIND_NONE)
		return names_plan_any(look->names, field->kind, look->arena, plan, err);
	if (!typed.len || is_any(*value))
		return STATUS_OK;
	if (field->kind == KIND_WHEN)
		return names_plan_dates(look->names, *plan, look->arena, plan, err);
	if (field->role != FIELD_VALUE)
		return STATUS_OK;
	const enum status status = names_typed(look->names, field, typed, *value, look->arena,
					       value, plan, &hint, err);
	if (status == STATUS_OK && hint.len)
		search_add_hint(look->search, hint);
	return status;
}

/* ---- values where they are mentioned ---- */

/* How many terms of the field's values are in the plan; they go to `mentions`, unless that is NULL. */
static size_t gather_mentions(const struct plan *plan, struct arena *arena, struct plan **mentions)
{
	size_t count = 0;
	if (plan->op == PLAN_TERM && !str_begins_with(plan->term, PREFIX_ALIAS)) {
		if (mentions) {
			mentions[0] = plan_term(arena, plan->term);
			mentions[0]->op = PLAN_MENTION;
		}
		return 1;
	}
	/* What is taken away are articles that call it otherwise, which says nothing about a mention. */
	const size_t kids = plan->op == PLAN_AND_NOT && plan->count ? 1 : plan->count;
	for (size_t i = 0; i < kids; i++)
		count += gather_mentions(plan->kids[i], arena, mentions ? mentions + count : NULL);
	return count;
}

/* A mention of any of the names that count for the value, in the place of the plan that was made for the name as typed. */
static enum status name_mention(struct look *look, struct query_leaf *leaf, struct error *err)
{
	struct typed_value value;
	struct plan *plan;
	if (!leaf->typed.len)
		return STATUS_OK;
	enum status status = names_understand(look->names, leaf->field, leaf->typed, leaf->value,
					      look->arena, &value, err);
	if (status == STATUS_OK && value.hint.len)
		search_add_hint(look->search, value.hint);
	if (status == STATUS_OK && value.is_gone)
		*leaf->plan = *plan_join(look->arena, PLAN_OR, NULL, 0);
	if (status != STATUS_OK || !value.is_known)
		return status;
	status = names_shown(look->names, value.end, look->arena, &leaf->value, err);
	if (status == STATUS_OK)
		status = names_terms(look->names, value.end, look->arena, &plan, err);
	if (status != STATUS_OK)
		return status;
	const size_t count = gather_mentions(plan, look->arena, NULL);
	struct plan **mentions = arena_alloc(look->arena, count * sizeof(struct plan *));
	gather_mentions(plan, look->arena, mentions);
	*leaf->plan = *plan_join(look->arena, PLAN_OR, mentions, count);
	return STATUS_OK;
}

/* ---- all of them ---- */

enum status look_name_words(struct look *look, struct error *err)
{
	const struct query_plan *made = &look->query_plan;
	enum status status = STATUS_OK;
	const struct str_list hints = names_hints(look->names);
	for (size_t i = 0; i < hints.count; i++)
		search_add_hint(look->search, arena_copy(look->arena, hints.items[i]));
	for (size_t i = 0; i < made->hints.count; i++)
		search_add_hint(look->search, made->hints.items[i]);
	for (size_t i = 0; i < made->leaf_count && status == STATUS_OK; i++) {
		struct query_leaf *leaf = &made->leaves[i];
		if (leaf->mention)
			status = name_mention(look, leaf, err);
		else if (leaf->field && leaf->plan && leaf->plan->op == PLAN_FILTER)
			status = name_value(look, leaf->field, leaf->typed, &leaf->value,
					    &leaf->plan->kids[0], err);
	}
	return status;
}

enum status look_name_filter(struct look *look, struct filter *filter, struct error *err)
{
	return name_value(look, filter->field, filter->typed, &filter->value, &filter->plan, err);
}

enum status look_name_why(struct look *look, struct error *err)
{
	const enum status status =
		why_parse(&look->request->why, look->names, look->arena, &look->why, err);
	for (size_t i = 0; i < look->why.hints.count; i++)
		search_add_hint(look->search, look->why.hints.items[i]);
	return status;
}

enum status look_value_plan(const struct look *look, const struct field *field, struct str value,
			    struct plan **plan, struct error *err)
{
	bool known, gone;
	struct point end;
	const enum status status =
		filter_plan(field, value, &look->search->years, look->arena, plan, err);
	if (status != STATUS_OK)
		return status;
	if (is_any(value))
		return field->kind == KIND_NONE
			       ? STATUS_OK
			       : names_plan_any(look->names, field->kind, look->arena, plan, err);
	if (field->kind == KIND_WHEN)
		return names_plan_dates(look->names, *plan, look->arena, plan, err);
	if (field->role != FIELD_VALUE)
		return STATUS_OK;
	const enum status found =
		names_value(look->names, field->kind, value, &known, &gone, &end, err);
	if (found == STATUS_OK && gone)
		*plan = plan_join(look->arena, PLAN_NONE, NULL, 0);
	return found == STATUS_OK && known ? names_plan(look->names, end, look->arena, plan, err)
					   : found;
}
