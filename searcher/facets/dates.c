#include "columns.h"
#include "date_tree.h"

#include "dateline/schema.h"

#include <stdio.h>
#include <stdlib.h>

/* Spans that months are good for; longer ones are shown by year. */
#define MONTHS_MAX 24

/*
 * A date as a number: year, 4 bits of month, 5 bits of day; 0 for what is not known. What is not known comes
 * before what is, and so behind it with the newest first.
 */
static inline uint32_t date_code(uint32_t year, uint32_t month, uint32_t day)
{
	return year << 9 | month << 5 | day;
}

/* Articles of one year, month or day. */
struct bucket {
	uint32_t code, count;
};

/* The dates of a set of articles. */
struct dates {
	uint32_t *codes; /* one an article that has a date; there is room for all */
	size_t count, room;
	uint32_t undated;
	struct bucket *buckets; /* one a value that occurs */
	size_t bucket_count;
};

static void dates_release(struct dates *dates)
{
	free(dates->codes);
	free(dates->buckets);
}

static bool read_digits(const char *text, size_t len, uint32_t *number)
{
	*number = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*number = *number * 10 + (uint32_t)(text[i] - '0');
	}
	return true;
}

/* The slot has date_format_sortable's text: "1987", "1987-02", "1987-02-26", "1987-02-26T15:01". */
bool date_code_read(struct str slot, uint32_t *code)
{
	const char *text = slot.data;
	const size_t len = slot.len;
	uint32_t year, month = 0, day = 0;
	if (len < 4 || !read_digits(text, 4, &year) || year < 1)
		return false;
	if (len >= 7 && (!read_digits(text + 5, 2, &month) || month < 1 || month > 12))
		return false;
	if (len >= 10 && (!read_digits(text + 8, 2, &day) || day < 1 || day > 31))
		return false;
	*code = date_code(year, month, day);
	return true;
}

enum status date_damaged(uint32_t id, struct error *err)
{
	return error_set(err, STATUS_CORRUPT,
			 "the date of document %u is damaged: rebuild the index", id);
}

/* Adds those of one part. */
static enum status read_part(const struct facet_part *part, struct dates *dates, struct error *err)
{
	struct column_stream stream;
	struct str published;
	uint32_t id;
	enum status status;
	column_stream_start(&stream, part->store, SLOT_PUBLISHED, part->set);
	while ((status = column_stream_next(&stream, &id, &published, err)) == STATUS_OK && id) {
		if (dates->count == dates->room ||
		    !date_code_read(published, &dates->codes[dates->count++])) {
			status = date_damaged(id, err);
			break;
		}
	}
	column_stream_release(&stream);
	return status;
}

static enum status read_dates(const struct facet_job *job, struct dates *dates, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < job->part_count; i++)
		dates->room += docset_count(job->parts[i].set);
	dates->codes = memory_alloc((dates->room + 1) * sizeof(*dates->codes));
	for (size_t i = 0; i < job->part_count && status == STATUS_OK; i++)
		status = read_part(&job->parts[i], dates, err);
	dates->undated = (uint32_t)(dates->room - dates->count);
	return status;
}

/*
 * The step at which a person sees how the hits are spread: days of one month, months of two years, else
 * years; and never finer than any of the dates is.
 */
static enum date_step fitting_step(const struct dates *dates)
{
	uint32_t first = UINT32_MAX, last = 0;
	bool has_month = false, has_day = false;
	for (size_t i = 0; i < dates->count; i++) {
		const uint32_t code = dates->codes[i];
		const uint32_t year = CODE_YEAR(code), month = CODE_MONTH(code);
		const uint32_t from = year * 12 + (month ? month - 1 : 0);
		const uint32_t to = year * 12 + (month ? month - 1 : 11);
		first = from < first ? from : first;
		last = to > last ? to : last;
		has_month |= month != 0;
		has_day |= CODE_DAY(code) != 0;
	}
	if (!has_month || last - first >= MONTHS_MAX)
		return STEP_YEAR;
	return has_day && first == last ? STEP_DAY : STEP_MONTH;
}

static uint32_t code_at_step(uint32_t code, enum date_step step)
{
	if (step == STEP_DAY)
		return code;
	return step == STEP_MONTH ? code & ~(uint32_t)31 : code & ~(uint32_t)511;
}

/*
 * How many articles each code has, by year and within it: of a set of news with one date that somebody got wrong by a
 * thousand years, only the years that there are take room.
 */
struct year_table {
	uint32_t **rows; /* of 512 counts; NULL for a year without articles */
	uint32_t first, years;
};

static void count_codes(const struct dates *dates, enum date_step step, struct year_table *table)
{
	uint32_t last = 0;
	table->first = UINT32_MAX;
	for (size_t i = 0; i < dates->count; i++) {
		const uint32_t year = CODE_YEAR(dates->codes[i]);
		table->first = year < table->first ? year : table->first;
		last = year > last ? year : last;
	}
	table->years = last - table->first + 1;
	table->rows = memory_zero(table->years, sizeof(*table->rows));
	for (size_t i = 0; i < dates->count; i++) {
		const uint32_t code = code_at_step(dates->codes[i], step);
		uint32_t **row = &table->rows[CODE_YEAR(code) - table->first];
		if (!*row)
			*row = memory_zero(CODES_A_YEAR, sizeof(**row));
		(*row)[code % CODES_A_YEAR]++;
	}
}

static void fill_buckets(struct dates *dates, enum date_step step)
{
	struct year_table table;
	dates->buckets = memory_alloc((dates->count + 1) * sizeof(*dates->buckets));
	if (dates->undated)
		dates->buckets[dates->bucket_count++] = (struct bucket){ UNDATED, dates->undated };
	if (!dates->count)
		return;
	count_codes(dates, step, &table);
	for (uint32_t year = table.years; year-- > 0;) {
		uint32_t *row = table.rows[year];
		for (uint32_t i = row ? CODES_A_YEAR : 0; i-- > 0;)
			if (row[i])
				dates->buckets[dates->bucket_count++] =
					(struct bucket){ (table.first + year) * CODES_A_YEAR + i,
							 row[i] };
		free(row);
	}
	free(table.rows);
}

struct str date_code_text(uint32_t code, enum date_step step, struct arena *arena)
{
	char text[32];
	const uint32_t year = CODE_YEAR(code), month = CODE_MONTH(code), day = CODE_DAY(code);
	if (code == UNDATED)
		return STR("undated");
	if (step == STEP_YEAR)
		snprintf(text, sizeof(text), "%04u", year);
	else if (!month)
		snprintf(text, sizeof(text), "%04u-XX", year);
	else if (step == STEP_MONTH)
		snprintf(text, sizeof(text), "%04u-%02u", year, month);
	else if (!day)
		snprintf(text, sizeof(text), "%04u-%02u-XX", year, month);
	else
		snprintf(text, sizeof(text), "%04u-%02u-%02u", year, month, day);
	return arena_copy(arena, str_from(text));
}

static bool equal_ignoring_case(struct str a, struct str b)
{
	return a.len == b.len && strncasecmp(a.data, b.data, a.len) == 0;
}

bool date_is_chosen(const struct facet_job *job, struct str value)
{
	for (size_t i = 0; i < job->parts->chosen_count; i++)
		if (equal_ignoring_case(job->parts->chosen[i]->value, value))
			return true;
	return false;
}

/* What is to be listed. */
struct listing {
	struct listed {
		struct answer_value value;
		uint32_t code;  /* of a range the highest, so that it comes first */
		uint32_t place; /* among the values, once they are sorted */
	} * items;
	size_t count;
};

static void listing_add(struct listing *listing, struct answer_value value, uint32_t code)
{
	listing->items[listing->count++] = (struct listed){ .value = value, .code = code };
}

/* By falling count, then the newer first. */
static int compare_buckets(const void *a, const void *b)
{
	const struct bucket *one = a, *two = b;
	if (one->count != two->count)
		return one->count < two->count ? 1 : -1;
	return one->code < two->code ? 1 : one->code > two->code ? -1 : 0;
}

/* The biggest ones are listed, and a chosen one however small it is. */
static void list_buckets(struct dates *dates, const struct facet_job *job, struct arena *arena,
			 struct answer_facet *facet, struct listing *listing)
{
	facet->distinct = (uint32_t)dates->bucket_count;
	if (dates->bucket_count)
		qsort(dates->buckets, dates->bucket_count, sizeof(*dates->buckets), compare_buckets);
	const size_t room = job->parts->chosen_count || job->request.max > dates->bucket_count
				    ? dates->bucket_count
				    : job->request.max;
	for (size_t i = 0; i < room; i++) {
		const struct bucket *bucket = &dates->buckets[i];
		const struct str text = date_code_text(bucket->code, facet->step, arena);
		const bool selected = date_is_chosen(job, text);
		if (i < job->request.max || selected)
			listing_add(listing,
				    (struct answer_value){ .value = text,
							   .count = bucket->count,
							   .selected = selected },
				    bucket->code);
	}
}

static bool is_listed(const struct listing *listing, struct str value)
{
	for (size_t i = 0; i < listing->count; i++)
		if (equal_ignoring_case(listing->items[i].value.value, value))
			return true;
	return false;
}

enum status facet_count_chosen(const struct facet_job *job, size_t at, uint32_t *count,
			       struct error *err)
{
	*count = 0;
	for (size_t i = 0; i < job->part_count; i++) {
		struct docset set;
		const struct facet_part *part = &job->parts[i];
		const enum status status =
			store_match(part->store, part->chosen[at]->plan, &set, err);
		if (status == STATUS_OK) {
			docset_and(&set, part->set);
			*count += docset_count(&set);
		}
		docset_release(&set);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

/* A choice that is no bucket of this step (a range, another step) is listed with its own count. */
static enum status list_ranges(const struct facet_job *job, struct listing *listing,
			       struct error *err)
{
	for (size_t i = 0; i < job->parts->chosen_count; i++) {
		const struct filter *filter = job->parts->chosen[i];
		uint32_t count;
		if (is_listed(listing, filter->value))
			continue;
		const enum status status = facet_count_chosen(job, i, &count, err);
		if (status != STATUS_OK)
			return status;
		listing_add(listing,
			    (struct answer_value){
				    .value = filter->value, .count = count, .selected = true },
			    UINT32_MAX);
	}
	return STATUS_OK;
}

/* By falling count, then the newer first, then by value. */
static int compare_by_count(const void *a, const void *b)
{
	const struct listed *one = a, *two = b;
	if (one->value.count != two->value.count)
		return one->value.count < two->value.count ? 1 : -1;
	if (one->code != two->code)
		return one->code < two->code ? 1 : -1;
	return str_compare(one->value.value, two->value.value);
}

/* The newer first. */
static int compare_by_time(const void *a, const void *b)
{
	const struct listed *one = a, *two = b;
	if (one->code != two->code)
		return one->code < two->code ? 1 : -1;
	return str_compare(one->value.value, two->value.value);
}

static void finish_values(struct listing *listing, struct arena *arena, struct answer_facet *facet)
{
	const size_t count = listing->count;
	facet->values = arena_alloc(arena, count * sizeof(*facet->values));
	facet->by_time = arena_alloc(arena, count * sizeof(*facet->by_time));
	facet->count = count;
	if (!count)
		return;
	qsort(listing->items, count, sizeof(*listing->items), compare_by_count);
	for (size_t i = 0; i < count; i++) {
		facet->values[i] = listing->items[i].value;
		listing->items[i].place = (uint32_t)i;
	}
	qsort(listing->items, count, sizeof(*listing->items), compare_by_time);
	for (size_t i = 0; i < count; i++)
		facet->by_time[i] = listing->items[i].place;
}

/* ---- trees ---- */

/* What is not known is left out where nothing else is: that is said by the whole. */
static void add_days(struct date_nodes *nodes, const struct dates *dates, size_t from, size_t to,
		     uint32_t of_month)
{
	for (size_t i = from; i < to; i++) {
		const struct bucket *bucket = &dates->buckets[i];
		if (CODE_DAY(bucket->code) || bucket->count < of_month)
			date_nodes_add(nodes, bucket->code, STEP_DAY, bucket->count);
	}
}

/* Where the buckets end that are of the same year, or month, as the one at `from`; with their sum. */
static size_t same_whole(const struct dates *dates, size_t from, size_t to, uint32_t codes,
			 uint32_t *sum)
{
	size_t at = from;
	for (*sum = 0; at < to; at++) {
		if (dates->buckets[at].code / codes != dates->buckets[from].code / codes)
			break;
		*sum += dates->buckets[at].count;
	}
	return at;
}

static void add_months(struct date_nodes *nodes, const struct dates *dates, size_t from, size_t to,
		       uint32_t of_year)
{
	while (from < to) {
		uint32_t sum;
		const size_t end = same_whole(dates, from, to, CODES_A_MONTH, &sum);
		const uint32_t month = dates->buckets[from].code & ~(uint32_t)(CODES_A_MONTH - 1);
		const bool is_known = CODE_MONTH(month) != 0;
		if (is_known || sum < of_year)
			date_nodes_add(nodes, month, STEP_MONTH, sum);
		if (is_known)
			add_days(nodes, dates, from, end, sum);
		from = end;
	}
}

/* The buckets are days, the newest first, but for the undated, which come before them. */
static void add_years(struct date_nodes *nodes, const struct dates *dates)
{
	const size_t undated = dates->undated > 0;
	for (size_t from = undated; from < dates->bucket_count;) {
		uint32_t sum;
		const size_t end = same_whole(dates, from, dates->bucket_count, CODES_A_YEAR, &sum);
		date_nodes_add(nodes, dates->buckets[from].code & ~(uint32_t)(CODES_A_YEAR - 1),
			       STEP_YEAR, sum);
		add_months(nodes, dates, from, end, sum);
		from = end;
	}
	if (undated)
		date_nodes_add(nodes, UNDATED, STEP_YEAR, dates->undated);
}

static enum status make_tree(const struct facet_job *job, struct dates *dates, struct arena *arena,
			     struct answer_facet *facet, struct error *err)
{
	struct date_nodes nodes = { 0 };
	fill_buckets(dates, STEP_DAY);
	add_years(&nodes, dates);
	const enum status status = date_tree(job, &nodes, arena, facet, err);
	free(nodes.items);
	return status;
}

static enum status make_list(const struct facet_job *job, struct dates *dates, struct arena *arena,
			     struct answer_facet *facet, struct error *err)
{
	struct listing listing = { 0 };
	facet->step = job->request.step == STEP_AUTO ? fitting_step(dates) : job->request.step;
	fill_buckets(dates, facet->step);
	const size_t room = dates->bucket_count + job->parts->chosen_count;
	listing.items = memory_alloc((room + 1) * sizeof(*listing.items));
	list_buckets(dates, job, arena, facet, &listing);
	const enum status status = list_ranges(job, &listing, err);
	if (status == STATUS_OK)
		finish_values(&listing, arena, facet);
	free(listing.items);
	return status;
}

enum status facet_dates(const struct facet_job *job, struct arena *arena,
			struct answer_facet *facet, struct error *err)
{
	struct dates dates = { 0 };
	enum status status = read_dates(job, &dates, err);
	if (status == STATUS_OK)
		status = job->request.tree ? make_tree(job, &dates, arena, facet, err)
					   : make_list(job, &dates, arena, facet, err);
	dates_release(&dates);
	return status;
}
