#include "../names/names.h"
#include "valuing.h"

#include "dateline/utf8.h"

#include <stdlib.h>

/* Without `names`, numbers have the names that the index gave them. */
enum status valuing_name(struct valuing *valuing, size_t part, uint32_t number, struct str *name)
{
	const struct facet_part *of = &valuing->job->parts[part];
	const enum facet_kind kind = valuing_kind(valuing);
	if (!of->names)
		return facet_name(of->store, kind, number, valuing->arena, name, valuing->err);
	return names_shown(of->names, (struct point){ kind, number }, valuing->arena, name,
			   valuing->err);
}

static enum status find_number(const struct valuing *valuing, size_t part, struct str name,
			       bool *known, uint32_t *number)
{
	const struct facet_part *of = &valuing->job->parts[part];
	const enum facet_kind kind = valuing_kind(valuing);
	if (!of->names)
		return facet_number(of->store, kind, name, known, number, valuing->err);
	struct point end;
	bool gone;
	const enum status status =
		names_value(of->names, kind, name, known, &gone, &end, valuing->err);
	if (status == STATUS_OK && *known)
		*number = end.number;
	return status;
}

enum status valuing_number(struct valuing *valuing, size_t part, struct str name, uint32_t *number)
{
	bool known;
	*number = NUMBER_NONE;
	const enum status status = find_number(valuing, part, name, &known, number);
	if (status != STATUS_OK)
		return status;
	if (!known)
		*number = NUMBER_NONE;
	else if (*number >= valuing->counted[part].size)
		return error_set(valuing->err, STATUS_CORRUPT,
				 "the number of %s \"%.*s\" is damaged: rebuild the index",
				 valuing->job->request.field->name, STR_ARG(name));
	return STATUS_OK;
}

/* Numbers are known by now: sums, and what the order hangs on. */
static void weigh(const struct valuing *valuing, struct listed *item)
{
	for (size_t i = 0; i < valuing->job->part_count; i++) {
		const struct counted *counted = &valuing->counted[i];
		if (item->numbers[i] == NUMBER_NONE)
			continue;
		item->value.count += counted->counts[item->numbers[i]];
		if (counted->everywhere)
			item->value.everywhere += counted->everywhere[item->numbers[i]];
	}
	item->score = item->value.count;
	if (valuing->job->request.sort == FACET_BY_SIGNIFICANCE)
		item->score = significance(&valuing->background, item->value.count,
					   item->value.everywhere);
}

/* `number` is that of the name in `part`, if there is one; its numbers in the other parts are looked up. */
static enum status add_named(struct valuing *valuing, struct str name, size_t part, uint32_t number,
			     size_t *at)
{
	const size_t parts = valuing->job->part_count;
	struct listed item = { .value.value = name };
	*at = valuing->count;
	if (parts > 1 || valuing->job->request.sort == FACET_BY_NAME || valuing->job->request.tree)
		item.key = utf8_name_key_copy(name, valuing->arena);
	if (parts > 1) {
		bool is_new;
		*at = intern_add(&valuing->keys, item.key, &is_new);
		if (!is_new)
			return STATUS_OK;
	}
	item.numbers = arena_alloc(valuing->arena, parts * sizeof(*item.numbers));
	for (size_t i = 0; i < parts; i++) {
		item.numbers[i] = number;
		if (i == part)
			continue;
		const enum status status = valuing_number(valuing, i, name, &item.numbers[i]);
		if (status != STATUS_OK)
			return status;
	}
	weigh(valuing, &item);
	memory_reserve(&valuing->items, &valuing->capacity, valuing->count, sizeof(item));
	valuing->items[valuing->count++] = item;
	return STATUS_OK;
}

enum status valuing_add(struct valuing *valuing, size_t part, uint32_t number, size_t *at)
{
	struct str name;
	const enum status status = valuing_name(valuing, part, number, &name);
	return status == STATUS_OK ? add_named(valuing, name, part, number, at) : status;
}

enum status valuing_add_name(struct valuing *valuing, struct str name, size_t *at)
{
	if (valuing->job->part_count > 1)
		return add_named(valuing, name, valuing->job->part_count, NUMBER_NONE, at);
	return add_named(valuing, name, 0, NUMBER_NONE, at);
}

enum status valuing_add_all(struct valuing *valuing)
{
	enum status status = STATUS_OK;
	for (size_t part = 0; part < valuing->job->part_count; part++) {
		const uint32_t *counts = valuing->eligible[part];
		size_t at;
		for (uint32_t i = 0; i < valuing->counted[part].size && status == STATUS_OK; i++)
			if (counts[i])
				status = valuing_add(valuing, part, i, &at);
	}
	return status;
}

/* ---- order ---- */

/* By falling score, then by falling count, then by value. */
static int compare_by_score(const void *a, const void *b)
{
	const struct listed *one = a, *two = b;
	if (one->score != two->score)
		return one->score < two->score ? 1 : -1;
	if (one->value.count != two->value.count)
		return one->value.count < two->value.count ? 1 : -1;
	return str_compare(one->value.value, two->value.value);
}

/* As a person looks a name up: without regard to case and accents. */
static int compare_by_name(const void *a, const void *b)
{
	const struct listed *one = a, *two = b;
	const int order = str_compare(one->key, two->key);
	return order ? order : str_compare(one->value.value, two->value.value);
}

void valuing_sort(struct valuing *valuing)
{
	if (valuing->count)
		qsort(valuing->items, valuing->count, sizeof(*valuing->items),
		      valuing->job->request.sort == FACET_BY_NAME ? compare_by_name
								  : compare_by_score);
}

void valuing_release(struct valuing *valuing)
{
	for (size_t i = 0; valuing->eligible && i < valuing->job->part_count; i++)
		if (valuing->eligible[i] != valuing->counted[i].counts)
			free(valuing->eligible[i]);
	free(valuing->eligible);
	free(valuing->items);
	intern_release(&valuing->keys);
}
