#include "stats_names.h"

#include "dateline/terminal.h"

#include <stdlib.h>

static void list_add(struct value_list *list, struct counted_value value)
{
	if (!value.articles)
		return;
	memory_reserve(&list->items, &list->capacity, list->count, sizeof(*list->items));
	list->items[list->count++] = value;
}

/* ---- names ---- */

static enum status count_set(struct store *store, const struct plan *plan, uint32_t *count,
			     struct error *err)
{
	struct docset set;
	const enum status status = store_match(store, plan, &set, err);
	*count = status == STATUS_OK ? docset_count(&set) : 0;
	docset_release(&set);
	return status;
}

/* A term alone has its count beside it. */
static enum status count_articles(struct store *store, struct names *names, struct point end,
				  uint32_t *count, struct error *err)
{
	struct arena arena = { 0 };
	struct plan *plan;
	enum status status = names_plan(names, end, &arena, &plan, err);
	if (status == STATUS_OK && plan->op == PLAN_TERM)
		status = store_frequency(store, plan->term, count, err);
	else if (status == STATUS_OK)
		status = count_set(store, plan, count, err);
	arena_release(&arena);
	return status;
}

static enum status list_names(struct store *store, struct names *names, enum facet_kind kind,
			      struct arena *arena, struct value_list *list, struct error *err)
{
	uint32_t size;
	enum status status = names_size(names, kind, &size, err);
	for (uint32_t number = 0; status == STATUS_OK && number < size; number++) {
		struct counted_value value = { .end = { kind, number } };
		if (!same_point(names_end(names, value.end), value.end) ||
		    names_hidden(names, value.end))
			continue;
		status = count_articles(store, names, value.end, &value.articles, err);
		if (status == STATUS_OK && value.articles)
			status = names_shown(names, value.end, arena, &value.name, err);
		if (status == STATUS_OK)
			list_add(list, value);
	}
	return status;
}

/* ---- dates ---- */

/* "20231205" as 2023-12-05. */
static struct str date_name(struct str digits, struct arena *arena)
{
	struct buffer name = { 0 };
	for (size_t i = 0; i < digits.len; i++) {
		if (i == 4 || i == 6)
			buffer_add_char(&name, '-');
		buffer_add_char(&name, digits.data[i]);
	}
	const struct str copy = arena_copy(arena, buffer_str(&name));
	buffer_release(&name);
	return copy;
}

/* Dates that articles mention are made of numbers, and have terms but no names. */
static enum status list_dates(struct store *store, struct arena *arena, struct value_list *list,
			      struct error *err)
{
	static const char *const prefixes[] = { PREFIX_WHEN_YEAR, PREFIX_WHEN_MONTH,
						PREFIX_WHEN_DAY };
	enum status status = STATUS_OK;
	for (int i = 0; i < 3 && status == STATUS_OK; i++) {
		struct term_entry *terms;
		size_t count;
		const size_t prefix = strlen(prefixes[i]);
		status = store_terms(store, str_from(prefixes[i]), SIZE_MAX, arena, &terms, &count,
				     err);
		for (size_t k = 0; status == STATUS_OK && k < count; k++) {
			const struct str digits = { terms[k].term.data + prefix,
						    terms[k].term.len - prefix };
			list_add(list, (struct counted_value){ .name = date_name(digits, arena),
							       .articles = terms[k].frequency });
		}
	}
	return status;
}

enum status list_values(struct store *store, struct names *names, const struct field *field,
			struct arena *arena, struct value_list *list, struct error *err)
{
	return field->kind == KIND_WHEN ? list_dates(store, arena, list, err)
					: list_names(store, names, field->kind, arena, list, err);
}

static int compare_names(const void *a, const void *b)
{
	const struct counted_value *one = a, *two = b;
	return str_compare(one->name, two->name);
}

static int compare_articles(const void *a, const void *b)
{
	const struct counted_value *one = a, *two = b;
	if (one->articles != two->articles)
		return one->articles < two->articles ? 1 : -1;
	return compare_names(a, b);
}

void sort_by_articles(struct value_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_articles);
}

void sort_by_name(struct value_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare_names);
}

/* ---- lines ---- */

static void add_verbs(uint32_t verbs, struct buffer *out)
{
	bool is_first = true;
	buffer_add_char(out, '\t');
	for (int verb = 0; verb < FIX_VERBS; verb++) {
		if (!(verbs >> verb & 1))
			continue;
		buffer_add_format(out, "%s%s", is_first ? "" : ",",
				  fix_verb_name((enum fix_verb)verb));
		is_first = false;
	}
}

/* A name has no tabs of its own. */
static enum status add_line(struct names *names, const struct field *field,
			    const struct counted_value *value, struct buffer *out, struct error *err)
{
	struct arena arena = { 0 };
	struct variant_list variants = { 0 };
	enum status status = STATUS_OK;
	buffer_add_format(out, "%s\t", field->name);
	terminal_add_harmless(out, value->name);
	buffer_add_format(out, "\t%u", value->articles);
	add_verbs(field->kind == KIND_WHEN ? 0 : names_verbs(names, value->end), out);
	if (field->kind != KIND_WHEN)
		status = names_variants(names, value->end, SIZE_MAX, &arena, &variants, err);
	for (size_t i = 0; i < variants.count; i++) {
		buffer_add_char(out, '\t');
		terminal_add_harmless(out, variants.items[i].name);
		buffer_add_format(out, "\t%u", variants.items[i].count);
	}
	buffer_add_char(out, '\n');
	arena_release(&arena);
	return status;
}

static enum status add_field(struct store *store, struct names *names, const struct field *field,
			     uint32_t top, struct buffer *out, struct error *err)
{
	struct arena arena = { 0 };
	struct value_list list = { 0 };
	enum status status = list_values(store, names, field, &arena, &list, err);
	if (top)
		sort_by_articles(&list);
	else
		sort_by_name(&list);
	for (size_t i = 0; i < list.count && (!top || i < top) && status == STATUS_OK; i++)
		status = add_line(names, field, &list.items[i], out, err);
	free(list.items);
	arena_release(&arena);
	return status;
}

enum status add_value_lines(struct store *store, struct names *names,
			    const struct other_options *options, struct buffer *out,
			    struct error *err)
{
	enum status status = STATUS_OK;
	for (const struct field *field = field_table; field->name && status == STATUS_OK; field++)
		if (field->kind != KIND_NONE && (!options->field || options->field == field))
			status = add_field(store, names, field, options->top, out, err);
	return status;
}
