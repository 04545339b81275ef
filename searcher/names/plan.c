#include "inside.h"

#include "dateline/utf8.h"

#include <stdlib.h>

/* ---- terms ---- */

bool names_alias_plan(enum facet_kind kind, struct str variant, struct str name,
		      struct arena *arena, struct plan **plan)
{
	struct buffer term = { 0 };
	const bool fits = schema_alias_term(kind, variant, name, &term);
	if (fits)
		*plan = plan_term(arena, buffer_str(&term));
	buffer_release(&term);
	return fits;
}

static struct plan *plan_value(const struct field *field, struct str name, struct arena *arena)
{
	struct buffer term = { 0 };
	schema_value_term(field, name, &term);
	struct plan *plan = plan_term(arena, buffer_str(&term));
	buffer_release(&term);
	return plan;
}

static struct plan *plan_two(struct arena *arena, enum plan_op op, struct plan *a, struct plan *b)
{
	struct plan *kids[] = { a, b };
	return plan_join(arena, op, kids, 2);
}

/* ---- names that variants were split from ---- */

const struct leaver *names_leaver(const struct split *split, struct str variant)
{
	struct buffer key = { 0 };
	const struct leaver *found = NULL;
	utf8_name_key(variant, &key);
	const size_t len = key.len;
	for (size_t i = 0; i < split->count && !found; i++) {
		key.len = len;
		utf8_name_key(split->items[i].variant, &key);
		if (key.len == 2 * len && memcmp(key.data, key.data + len, len) == 0)
			found = &split->items[i];
	}
	buffer_release(&key);
	return found;
}

/* The articles that call a name by nothing but variants that were split from it. */
static enum status plan_left(struct names *names, struct point point, const struct split *split,
			     struct arena *arena, struct plan **plan, struct error *err)
{
	struct str name;
	struct str_list aliases;
	enum status status = names_own(names, point, arena, &name, err);
	if (status == STATUS_OK)
		status = names_aliases(names, point, arena, &aliases, err);
	if (status != STATUS_OK)
		return status;
	struct plan **left = arena_alloc(arena, split->count * sizeof(struct plan *));
	struct plan **others = arena_alloc(arena, (aliases.count + 1) * sizeof(struct plan *));
	size_t left_count = 0, count = 0;
	for (size_t i = 0; i < split->count; i++)
		left_count += names_alias_plan(point.kind, split->items[i].variant, name, arena,
					       &left[left_count]);
	count += names_alias_plan(point.kind, name, name, arena, &others[count]);
	for (size_t i = 0; i < aliases.count; i++)
		if (!names_leaver(split, aliases.items[i]))
			count += names_alias_plan(point.kind, aliases.items[i], name, arena,
						  &others[count]);
	*plan = plan_two(arena, PLAN_AND_NOT, plan_join(arena, PLAN_OR, left, left_count),
			 plan_join(arena, PLAN_OR, others, count));
	return STATUS_OK;
}

enum status names_read_split(struct names *names, struct point point, struct error *err)
{
	struct split *split = names_change(names, point)->split;
	if (split->is_read)
		return STATUS_OK;
	struct str name;
	struct plan *plan;
	struct arena arena = { 0 };
	enum status status = plan_left(names, point, split, &arena, &plan, err);
	docset_release(&split->left);
	if (status == STATUS_OK)
		status = store_match(names->store, plan, &split->left, err);
	if (status == STATUS_OK)
		status = names_own(names, point, &arena, &name, err);
	for (size_t i = 0; i < split->count && status == STATUS_OK; i++) {
		struct leaver *leaver = &split->items[i];
		docset_release(&leaver->set);
		if (!names_alias_plan(point.kind, leaver->variant, name, &arena, &plan))
			plan = plan_join(&arena, PLAN_NONE, NULL, 0);
		status = store_match(names->store, plan, &leaver->set, err);
	}
	split->is_read = status == STATUS_OK;
	arena_release(&arena);
	return status;
}

/* ---- groups ---- */

static enum status plan_gain(struct names *names, struct point from, struct point to,
			     struct arena *arena, struct plan **plan, struct error *err)
{
	struct str name;
	const struct split *split = names_change(names, from)->split;
	const enum status status = names_own(names, from, arena, &name, err);
	*plan = NULL;
	for (size_t i = 0; i < split->count && status == STATUS_OK; i++)
		if (same_point(split->items[i].to, to))
			names_alias_plan(from.kind, split->items[i].variant, name, arena, plan);
	return status;
}

/* The articles that have the name itself. */
static enum status plan_own(struct names *names, struct point point, struct arena *arena,
			    struct plan **plan, struct error *err)
{
	struct str name;
	enum status status = names_own(names, point, arena, &name, err);
	if (status != STATUS_OK)
		return status;
	*plan = plan_value(field_of_kind(point.kind), name, arena);
	const struct change *change = names_change(names, point);
	if (!change || !change->split)
		return STATUS_OK;
	struct plan *left;
	status = plan_left(names, point, change->split, arena, &left, err);
	if (status == STATUS_OK)
		*plan = plan_two(arena, PLAN_AND_NOT, *plan, left);
	return status;
}

/* What one member brings into the group. */
static enum status add_member(struct names *names, struct point member, struct arena *arena,
			      struct plan **plans, size_t *count, struct error *err)
{
	const struct change *change = names_change(names, member);
	enum status status = STATUS_OK;
	if (!names_is_fresh(names, member))
		status = plan_own(names, member, arena, &plans[(*count)++], err);
	for (size_t i = 0; change && i < change->gains.count && status == STATUS_OK; i++) {
		struct plan *gain;
		status = plan_gain(names, change->gains.items[i], member, arena, &gain, err);
		if (status == STATUS_OK && gain)
			plans[(*count)++] = gain;
	}
	return status;
}

static size_t count_parts(const struct names *names, const struct point_list *members)
{
	size_t parts = members->count;
	for (size_t i = 0; i < members->count; i++) {
		const struct change *change = names_change(names, members->items[i]);
		parts += change ? change->gains.count : 0;
	}
	return parts;
}

static enum status plan_group(struct names *names, const struct point_list *members,
			      struct arena *arena, struct plan **plan, struct error *err)
{
	struct plan **plans = arena_alloc(arena, count_parts(names, members) * sizeof(struct plan *));
	enum status status = STATUS_OK;
	size_t count = 0;
	for (size_t i = 0; i < members->count && status == STATUS_OK; i++)
		status = add_member(names, members->items[i], arena, plans, &count, err);
	if (status == STATUS_OK)
		*plan = plan_join(arena, PLAN_OR, plans, count);
	return status;
}

static struct plan *plan_set(struct arena *arena, const struct docset *set)
{
	struct plan *plan = plan_join(arena, PLAN_SET, NULL, 0);
	plan->set = set;
	return plan;
}

enum status names_terms(struct names *names, struct point end, struct arena *arena,
			struct plan **plan, struct error *err)
{
	struct point_list members;
	names_members(names, end, arena, &members);
	return plan_group(names, &members, arena, plan, err);
}

enum status names_plan(struct names *names, struct point end, struct arena *arena,
		       struct plan **plan, struct error *err)
{
	struct point_list members;
	names_members(names, end, arena, &members);
	enum status status = plan_group(names, &members, arena, plan, err);
	if (status != STATUS_OK || !names->min_confidence)
		return status;
	struct docset *set = names_new_set(names);
	status = names_sure_set(names, *plan, &members, set, err);
	*plan = plan_set(arena, set);
	return status;
}

/* ---- dates ---- */

/* "XMONTH:202312" as the number that the facet column has for it. */
static bool read_date_term(struct str term, uint32_t *number)
{
	static const struct {
		const char *prefix;
		size_t digits;
	} terms[] = { { PREFIX_WHEN_YEAR, 4 }, { PREFIX_WHEN_MONTH, 6 }, { PREFIX_WHEN_DAY, 8 } };
	for (size_t i = 0; i < 3; i++) {
		const size_t prefix = strlen(terms[i].prefix);
		if (term.len != prefix + terms[i].digits ||
		    memcmp(term.data, terms[i].prefix, prefix) != 0)
			continue;
		uint32_t digits = 0;
		for (size_t k = prefix; k < term.len; k++) {
			if (term.data[k] < '0' || term.data[k] > '9')
				return false;
			digits = digits * 10 + (uint32_t)(term.data[k] - '0');
		}
		for (size_t k = terms[i].digits; k < 8; k++)
			digits *= 10;
		*number = digits / 10000 << 9 | digits / 100 % 100 << 5 | digits % 100;
		return true;
	}
	return false;
}

static void add_dates(const struct plan *plan, struct point_list *dates)
{
	struct point date = { KIND_WHEN, 0 };
	if (plan->op == PLAN_TERM && read_date_term(plan->term, &date.number)) {
		memory_reserve(&dates->items, &dates->capacity, dates->count, sizeof(*dates->items));
		dates->items[dates->count++] = date;
	}
	for (size_t i = 0; i < plan->count; i++)
		add_dates(plan->kids[i], dates);
}

enum status names_plan_dates(struct names *names, struct plan *plan, struct arena *arena,
			     struct plan **sure, struct error *err)
{
	*sure = plan;
	if (!names->min_confidence)
		return STATUS_OK;
	struct point_list dates = { 0 };
	add_dates(plan, &dates);
	struct docset *set = names_new_set(names);
	const enum status status = names_sure_set(names, plan, &dates, set, err);
	free(dates.items);
	*sure = plan_set(arena, set);
	return status;
}
