#include "date_tree.h"

#include <stdlib.h>

void date_nodes_add(struct date_nodes *nodes, uint32_t code, enum date_step step, uint32_t count)
{
	memory_reserve(&nodes->items, &nodes->capacity, nodes->count, sizeof(*nodes->items));
	nodes->items[nodes->count++] =
		(struct date_node){ .code = code, .count = count, .step = step };
}

/* By falling count, then the newer first. */
static int compare_years(const void *a, const void *b)
{
	const struct date_node *one = a, *two = b;
	if (one->count != two->count)
		return one->count < two->count ? 1 : -1;
	return one->code < two->code ? 1 : one->code > two->code ? -1 : 0;
}

/* The last year that is listed for its count; NULL when all of them are. */
static const struct date_node *last_listed(const struct date_nodes *nodes, struct date_nodes *years,
					   uint32_t max)
{
	for (size_t i = 0; i < nodes->count; i++)
		if (nodes->items[i].step == STEP_YEAR)
			date_nodes_add(years, nodes->items[i].code, STEP_YEAR, nodes->items[i].count);
	if (years->count <= max)
		return NULL;
	qsort(years->items, years->count, sizeof(*years->items), compare_years);
	return max ? &years->items[max - 1] : years->items + years->count;
}

/* Is the year, or something in it, chosen? */
static bool has_chosen(const struct facet_job *job, struct str year)
{
	for (size_t i = 0; i < job->parts->chosen_count; i++) {
		const struct str value = job->parts->chosen[i]->value;
		if (value.len >= year.len && memcmp(value.data, year.data, year.len) == 0 &&
		    !memmem(value.data, value.len, "..", 2))
			return true;
	}
	return false;
}

static void add_value(const struct facet_job *job, const struct date_node *node,
		      struct arena *arena, struct answer_facet *facet)
{
	const struct str text = date_code_text(node->code, node->step, arena);
	facet->values[facet->count++] = (struct answer_value){
		.value = text,
		.count = node->count,
		.depth = (uint32_t)(node->step - STEP_YEAR),
		.selected = date_is_chosen(job, text),
	};
}

static void add_years(const struct facet_job *job, const struct date_nodes *nodes,
		      struct arena *arena, struct answer_facet *facet)
{
	struct date_nodes years = { 0 };
	const uint32_t max = job->request.max;
	const struct date_node *last = last_listed(nodes, &years, max);
	bool is_listed = false;
	facet->distinct = (uint32_t)years.count;
	for (size_t i = 0; i < nodes->count; i++) {
		const struct date_node *node = &nodes->items[i];
		if (node->step == STEP_YEAR)
			is_listed = !last || (max && compare_years(node, last) <= 0) ||
				    has_chosen(job, date_code_text(node->code, STEP_YEAR, arena));
		if (is_listed)
			add_value(job, node, arena, facet);
	}
	free(years.items);
}

static bool is_listed(const struct answer_facet *facet, struct str value)
{
	for (size_t i = 0; i < facet->count; i++)
		if (facet->values[i].selected &&
		    strncasecmp(facet->values[i].value.data, value.data, value.len) == 0 &&
		    facet->values[i].value.len == value.len)
			return true;
	return false;
}

/* Ranges, and dates that no article has: they come first, with what they count. */
static enum status add_ranges(const struct facet_job *job, struct answer_facet *facet,
			      struct error *err)
{
	size_t ranges = 0;
	for (size_t i = 0; i < job->parts->chosen_count; i++) {
		const struct str value = job->parts->chosen[i]->value;
		uint32_t count;
		if (is_listed(facet, value))
			continue;
		const enum status status = facet_count_chosen(job, i, &count, err);
		if (status != STATUS_OK)
			return status;
		memmove(facet->values + ranges + 1, facet->values + ranges,
			(facet->count - ranges) * sizeof(*facet->values));
		facet->values[ranges++] =
			(struct answer_value){ .value = value, .count = count, .selected = true };
		facet->count++;
	}
	return STATUS_OK;
}

enum status date_tree(const struct facet_job *job, const struct date_nodes *nodes,
		      struct arena *arena, struct answer_facet *facet, struct error *err)
{
	const size_t room = nodes->count + job->parts->chosen_count;
	facet->tree = true;
	facet->step = STEP_YEAR;
	facet->values = arena_zero(arena, room + 1, sizeof(*facet->values));
	add_years(job, nodes, arena, facet);
	return add_ranges(job, facet, err);
}
