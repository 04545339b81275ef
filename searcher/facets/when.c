/*
 * Dates that articles mention. They are counted by number like the values of other fields, but a number is made of its
 * date (schema_when_number), and the column of an article has with each date its month and year: so a year is counted with
 * all that is in it.
 */
#include "date_tree.h"

#include "dateline/schema.h"

#include <stdio.h>
#include <stdlib.h>

#define NUMBERS_A_YEAR 512
#define NUMBERS_A_MONTH 32

/* A date that is listed. */
struct dated {
	uint32_t number; /* UINT32_MAX for what is no single date, a chosen range */
	struct answer_value value;
};

struct listing {
	struct dated *items;
	size_t count, capacity;
};

/* What is counted, and how. */
struct counting {
	const uint32_t *counts; /* by number */
	enum date_step step;
	const struct facet_job *job;
	struct arena *arena;
	struct listing listing;
	uint32_t distinct;
};

static struct str date_text(uint32_t number, struct arena *arena)
{
	const struct date date = schema_when_date(number);
	char text[DATE_TEXT_SIZE];
	return arena_copy(arena, (struct str){ text, date_format(&date, text) });
}

static void listing_add(struct listing *listing, uint32_t number, struct str value, uint32_t count,
			bool selected)
{
	memory_reserve(&listing->items, &listing->capacity, listing->count, sizeof(*listing->items));
	listing->items[listing->count++] = (struct dated){
		.number = number,
		.value = { .value = value, .count = count, .selected = selected },
	};
}

/* ---- which dates are values ---- */

/*
 * As they are mentioned: a month or year that counts no more articles than a part of it is in all of them only because
 * of that part. `biggest` is the greatest count among its parts.
 */
static void consider(struct counting *counting, uint32_t number, uint32_t biggest)
{
	const uint32_t count = counting->counts[number];
	if (!count)
		return;
	const struct facet_job *job = counting->job;
	const bool is_part_only = counting->step == STEP_AUTO && biggest >= count;
	if (is_part_only && !job->parts->chosen_count)
		return;
	const struct str text = job->parts->chosen_count ? date_text(number, counting->arena)
							 : (struct str){ "", 0 };
	const bool selected = date_is_chosen(job, text);
	if (is_part_only && !selected)
		return;
	counting->distinct++;
	listing_add(&counting->listing, number, text, count, selected);
}

static bool is_wanted(const struct counting *counting, enum date_step step)
{
	return counting->step == STEP_AUTO || counting->step == step;
}

static uint32_t greater(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* The greatest count of a day of the month. */
static uint32_t consider_days(struct counting *counting, uint32_t month)
{
	uint32_t biggest = 0;
	for (uint32_t day = month + 1; day < month + NUMBERS_A_MONTH; day++) {
		biggest = greater(biggest, counting->counts[day]);
		if (is_wanted(counting, STEP_DAY))
			consider(counting, day, 0);
	}
	return biggest;
}

static void consider_year(struct counting *counting, uint32_t year)
{
	const uint32_t first = year * NUMBERS_A_YEAR;
	uint32_t biggest = 0;
	for (uint32_t month = first + NUMBERS_A_MONTH; month < first + NUMBERS_A_YEAR;
	     month += NUMBERS_A_MONTH) {
		if (!counting->counts[month])
			continue;
		const uint32_t biggest_day = consider_days(counting, month);
		biggest = greater(biggest, greater(biggest_day, counting->counts[month]));
		if (is_wanted(counting, STEP_MONTH))
			consider(counting, month, biggest_day);
	}
	if (is_wanted(counting, STEP_YEAR))
		consider(counting, first, biggest);
}

/* ---- the years of all parts ---- */

/* Those that a part has, one bit each; only they are looked at: the others' counts are memory that nobody has touched. */
#define YEARS (WHEN_NUMBERS / NUMBERS_A_YEAR)

static enum status note_years(struct store *store, bool *has, struct error *err)
{
	struct years years;
	struct arena arena = { 0 };
	const enum status status = query_read_years(store, &arena, &years, err);
	for (size_t i = 0; status == STATUS_OK && i < years.mentioned_count; i++)
		has[years.mentioned[i]] = true;
	arena_release(&arena);
	return status;
}

static void add_counts(uint32_t *to, const uint32_t *from, const bool *has)
{
	for (uint32_t year = 0; year < YEARS; year++)
		for (uint32_t i = 0; has[year] && i < NUMBERS_A_YEAR; i++)
			to[year * NUMBERS_A_YEAR + i] += from[year * NUMBERS_A_YEAR + i];
}

/* The counts of all parts are those of the first now. */
static enum status join_parts(const struct counting *counting, const struct counted *counted,
			      bool any[YEARS], struct error *err)
{
	for (size_t i = 0; i < counting->job->part_count; i++) {
		bool has[YEARS] = { false };
		const enum status status = note_years(counting->job->parts[i].store, has, err);
		if (status != STATUS_OK)
			return status;
		if (i > 0)
			add_counts(counted->counts, counted[i].counts, has);
		for (uint32_t year = 0; year < YEARS; year++)
			any[year] |= has[year];
	}
	return STATUS_OK;
}

/* ---- trees ---- */

static void add_months(struct date_nodes *nodes, const uint32_t *counts, uint32_t year)
{
	for (uint32_t month = year + NUMBERS_A_YEAR - NUMBERS_A_MONTH; month > year;
	     month -= NUMBERS_A_MONTH) {
		if (!counts[month])
			continue;
		date_nodes_add(nodes, month, STEP_MONTH, counts[month]);
		for (uint32_t day = month + NUMBERS_A_MONTH - 1; day > month; day--)
			if (counts[day])
				date_nodes_add(nodes, day, STEP_DAY, counts[day]);
	}
}

static void add_year(struct date_nodes *nodes, const uint32_t *counts, uint32_t year)
{
	const uint32_t first = year * NUMBERS_A_YEAR;
	if (!counts[first])
		return;
	date_nodes_add(nodes, first, STEP_YEAR, counts[first]);
	add_months(nodes, counts, first);
}

/* ---- choices that are no value of this step ---- */

static bool is_listed(const struct listing *listing, struct str value)
{
	for (size_t i = 0; i < listing->count; i++)
		if (str_equal(listing->items[i].value.value, value))
			return true;
	return false;
}

/* A range, a date of another step, and one that no article mentions are listed with what they count. */
static enum status add_chosen(struct counting *counting, struct error *err)
{
	const struct facet_job *job = counting->job;
	for (size_t i = 0; i < job->parts->chosen_count; i++) {
		const struct filter *filter = job->parts->chosen[i];
		uint32_t count;
		if (is_listed(&counting->listing, filter->value))
			continue;
		const enum status status = facet_count_chosen(job, i, &count, err);
		if (status != STATUS_OK)
			return status;
		listing_add(&counting->listing, UINT32_MAX, filter->value, count, true);
	}
	return STATUS_OK;
}

/* ---- the list ---- */

/* By falling count, then the newer first, then by value. */
static int compare_dated(const void *a, const void *b)
{
	const struct dated *one = a, *two = b;
	if (one->value.count != two->value.count)
		return one->value.count < two->value.count ? 1 : -1;
	if (one->number != two->number)
		return one->number < two->number ? 1 : -1;
	return str_compare(one->value.value, two->value.value);
}

/* The biggest, and what is chosen however small it is. */
static void finish(struct counting *counting, struct answer_facet *facet)
{
	struct listing *listing = &counting->listing;
	if (listing->count)
		qsort(listing->items, listing->count, sizeof(*listing->items), compare_dated);
	facet->values = arena_alloc(counting->arena, (listing->count + 1) * sizeof(*facet->values));
	for (size_t i = 0, room = counting->job->request.max; i < listing->count; i++) {
		struct answer_value *value = &listing->items[i].value;
		const bool has_room = room > 0 && listing->items[i].number != UINT32_MAX;
		room -= has_room;
		if (!has_room && !value->selected)
			continue;
		if (!value->value.len)
			value->value = date_text(listing->items[i].number, counting->arena);
		facet->values[facet->count++] = *value;
	}
	facet->step = counting->step;
	facet->distinct = counting->distinct;
}

static enum status make_tree(const struct counting *counting, const bool any[YEARS],
			     struct answer_facet *facet, struct error *err)
{
	struct date_nodes nodes = { 0 };
	for (uint32_t year = YEARS; year-- > 0;)
		if (any[year])
			add_year(&nodes, counting->counts, year);
	const enum status status = date_tree(counting->job, &nodes, counting->arena, facet, err);
	free(nodes.items);
	return status;
}

static enum status make_list(struct counting *counting, const bool any[YEARS],
			     struct answer_facet *facet, struct error *err)
{
	for (uint32_t year = 0; year < YEARS; year++)
		if (any[year])
			consider_year(counting, year);
	const enum status status = add_chosen(counting, err);
	if (status == STATUS_OK)
		finish(counting, facet);
	free(counting->listing.items);
	return status;
}

enum status facet_when(const struct facet_job *job, const struct counted *counted,
		       struct arena *arena, struct answer_facet *facet, struct error *err)
{
	struct counting counting = {
		.counts = counted->counts,
		.step = job->request.step,
		.job = job,
		.arena = arena,
	};
	bool any[YEARS] = { false };
	const enum status status = join_parts(&counting, counted, any, err);
	if (status != STATUS_OK)
		return status;
	return job->request.tree ? make_tree(&counting, any, facet, err)
				 : make_list(&counting, any, facet, err);
}
