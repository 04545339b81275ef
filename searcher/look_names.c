#include "look.h"

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

static enum status name_value(struct look *look, const struct field *field, struct str typed,
			      struct str *value, struct plan **plan, struct error *err)
{
	struct str hint = { "", 0 };
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

enum status look_name_words(struct look *look, struct error *err)
{
	const struct query_plan *made = &look->query_plan;
	enum status status = STATUS_OK;
	const struct str_list hints = names_hints(look->names);
	for (size_t i = 0; i < hints.count; i++)
		search_add_hint(look->search, arena_copy(look->arena, hints.items[i]));
	for (size_t i = 0; i < made->leaf_count && status == STATUS_OK; i++) {
		struct query_leaf *leaf = &made->leaves[i];
		if (leaf->field && leaf->plan && leaf->plan->op == PLAN_FILTER)
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
