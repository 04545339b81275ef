#include "dates.h"

#include "lexer.h"

#include "dateline/date.h"
#include "dateline/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#define YEAR_MIN 1
#define YEAR_MAX 9999

enum when_kind {
	WHEN_UNDATED,
	WHEN_UNKNOWN, /* `from` is a year or month, and what is finer is not known */
	WHEN_SPAN,    /* `from` to `to`, each a year, month or day; DATE_NONE: open */
	WHEN_ONE,     /* `from` alone */
};

struct when {
	enum when_kind kind;
	struct date from, to;
};

struct day {
	int year, month, day;
};

/* ---- reading ---- */

static bool is_word(struct str text, const char *word)
{
	return text.len == strlen(word) && strncasecmp(text.data, word, text.len) == 0;
}

/* The value of `count` digits at text[at], or -1. */
static int digits_at(struct str text, size_t at, size_t count)
{
	int value = 0;
	for (size_t i = at; i < at + count; i++) {
		if (i >= text.len || text.data[i] < '0' || text.data[i] > '9')
			return -1;
		value = value * 10 + (text.data[i] - '0');
	}
	return value;
}

/* 2023-XX, 2023-XX-XX, 2023-05-XX. */
static bool read_unknown(struct str text, struct date *date)
{
	const int year = digits_at(text, 0, 4), month = digits_at(text, 5, 2);
	if (year < YEAR_MIN || text.len < 7 || text.data[4] != '-')
		return false;
	const struct str month_text = { text.data + 5, 2 };
	const struct str rest = { text.data + 7, text.len - 7 };
	const bool has_month = month >= 1 && month <= 12;
	*date = (struct date){ .year = (int16_t)year, .precision = DATE_YEAR };
	if (is_word(month_text, "XX"))
		return !rest.len || is_word(rest, "-XX");
	date->month = has_month ? (uint8_t)month : 0;
	date->precision = DATE_MONTH;
	return has_month && is_word(rest, "-XX");
}

/* What is finer than a day has no terms. */
static bool read_date(struct str text, struct date *date)
{
	struct date read;
	/* In a filter an X means that what it stands for is not known, and has forms of its own (read_unknown). */
	if (memchr(text.data, 'X', text.len) || memchr(text.data, 'x', text.len) ||
	    !date_parse(text, &read))
		return false;
	*date = (struct date){
		.year = read.year,
		.month = read.month,
		.day = read.day,
		.precision = read.precision > DATE_DAY ? DATE_DAY : read.precision,
	};
	return true;
}

/* The day of the search, as the clock of this machine has it. */
static struct tm this_day(void)
{
	const time_t now = time(NULL);
	struct tm day;
	localtime_r(&now, &day);
	day.tm_hour = 12; /* far from where summer time begins and ends */
	day.tm_isdst = -1;
	return day;
}

static struct date days_ago(int days)
{
	struct tm day = this_day();
	day.tm_mday -= days;
	mktime(&day);
	return (struct date){ .year = (int16_t)(day.tm_year + 1900),
			      .month = (uint8_t)(day.tm_mon + 1),
			      .day = (uint8_t)day.tm_mday,
			      .precision = DATE_DAY };
}

/* The same day so many months earlier, or the last of a shorter month. False before the first year. */
static bool months_ago(int months, struct date *date)
{
	*date = days_ago(0);
	const int all = date->year * 12 + date->month - 1 - months;
	if (all < YEAR_MIN * 12)
		return false;
	date->year = (int16_t)(all / 12);
	date->month = (uint8_t)(all % 12 + 1);
	const int last = date_days_in_month(date->year, date->month);
	if (date->day > last)
		date->day = (uint8_t)last;
	return true;
}

/* 3d, 2w, 6m, 1y: at most five digits, so that no number grows too large. */
static bool read_ago(struct str text, struct date *date)
{
	const size_t digits = text.len ? text.len - 1 : 0;
	const int count = digits >= 1 && digits <= 5 ? digits_at(text, 0, digits) : -1;
	if (count < 0)
		return false;
	switch (text.data[digits] | 0x20) {
	case 'd':
	case 'w':
		*date = days_ago((text.data[digits] | 0x20) == 'w' ? count * 7 : count);
		return date->year >= YEAR_MIN;
	case 'm':
		return months_ago(count, date);
	case 'y':
		return months_ago(count * 12, date);
	default:
		return false;
	}
}

static bool read_named_day(struct str text, struct date *date)
{
	const bool is_yesterday = is_word(text, "yesterday");
	if (is_yesterday || is_word(text, "today"))
		*date = days_ago(is_yesterday);
	return is_yesterday || is_word(text, "today");
}

static bool read_end(struct str text, struct date *date)
{
	return read_named_day(text, date) || read_ago(text, date) || read_date(text, date);
}

static bool read_range(struct str text, struct when *when)
{
	const char *dots = memmem(text.data, text.len, "..", 2);
	if (!dots)
		return false;
	const size_t at = (size_t)(dots - text.data);
	const struct str from = str_trim((struct str){ text.data, at });
	const struct str to = str_trim((struct str){ dots + 2, text.len - at - 2 });
	when->kind = WHEN_SPAN;
	return (from.len || to.len) && (!from.len || read_end(from, &when->from)) &&
	       (!to.len || read_end(to, &when->to));
}

static bool read_when(struct str text, struct when *when)
{
	*when = (struct when){ .kind = WHEN_UNDATED };
	text = str_trim(text);
	if (!text.len)
		return false;
	if (is_word(text, "undated"))
		return true;
	when->kind = WHEN_UNKNOWN;
	if (read_unknown(text, &when->from))
		return true;
	when->kind = WHEN_ONE;
	if (read_named_day(text, &when->from) || read_date(text, &when->from)) {
		when->to = when->from;
		return true;
	}
	return read_range(text, when);
}

/* ---- first and last days ---- */

static struct day first_day(const struct date *date)
{
	if (date->precision == DATE_NONE)
		return (struct day){ YEAR_MIN, 1, 1 };
	return (struct day){ date->year, date->month ? date->month : 1, date->day ? date->day : 1 };
}

static struct day last_day(const struct date *date)
{
	if (date->precision == DATE_NONE)
		return (struct day){ YEAR_MAX, 12, 31 };
	const int month = date->month ? date->month : 12;
	const int day = date->day ? date->day : date_days_in_month(date->year, month);
	return (struct day){ date->year, month, day };
}

static int day_number(struct day day)
{
	return (day.year * 12 + day.month) * 31 + day.day;
}

/* A date that a text mentions is there or not: none is undated, and of each it is known how fine it is. */
static bool is_mentioned(const struct field *field)
{
	return field->kind == KIND_WHEN;
}

static bool can_be_asked(const struct field *field, const struct when *when)
{
	return !is_mentioned(field) || when->kind == WHEN_SPAN || when->kind == WHEN_ONE;
}

static enum status read_checked(const struct field *field, struct str text, struct arena *arena,
				struct when *when, struct error *err)
{
	const struct str shown = message_clip(text, arena);
	if (!read_when(text, when) || !can_be_asked(field, when))
		return error_set(err, STATUS_BAD_REQUEST,
				 "\"%.*s\" is no date for %s: write 2024, 2024-02, 2024-02-07, "
				 "2024-01..2024-03, 2024-02.., 3d..%s",
				 STR_ARG(shown), field->name,
				 is_mentioned(field) ? ", or ..2022"
						     : ", ..2022, undated, or 2023-XX");
	if (day_number(first_day(&when->from)) > day_number(last_day(&when->to)) &&
	    when->kind == WHEN_SPAN)
		return error_set(err, STATUS_BAD_REQUEST,
				 "%s %.*s ends before it begins: write the earlier date first, "
				 "as in 2024-01..2024-03",
				 field->name, STR_ARG(shown));
	return STATUS_OK;
}

/* ---- as people read it ---- */

static void add_date(const struct date *date, struct buffer *out)
{
	char text[DATE_TEXT_SIZE];
	buffer_add(out, text, date_format(date, text));
}

enum status dates_canonical(const struct field *field, struct str text, struct arena *arena,
			    struct str *canonical, struct error *err)
{
	struct when when;
	const enum status status = read_checked(field, text, arena, &when, err);
	if (status != STATUS_OK)
		return status;
	struct buffer out = { 0 };
	if (when.kind == WHEN_UNDATED)
		buffer_add_text(&out, "undated");
	else
		add_date(&when.from, &out);
	if (when.kind == WHEN_UNKNOWN)
		buffer_add_text(&out, "-XX");
	if (when.kind == WHEN_SPAN) {
		buffer_add_text(&out, "..");
		add_date(&when.to, &out);
	}
	*canonical = arena_copy(arena, buffer_str(&out));
	buffer_release(&out);
	return STATUS_OK;
}

/* ---- as terms ---- */

struct date_terms {
	struct arena *arena;
	size_t (*make)(const struct date *date, char terms[3][16]);
	const struct years *years; /* that the index has; NULL: all */
	struct plan **items;
	size_t count, capacity;
};

/* The term of a year, month or day: the last of those that a date of this precision has. */
static void add_term(struct date_terms *terms, int year, int month, int day)
{
	const struct date date = {
		.year = (int16_t)year,
		.month = (uint8_t)month,
		.day = (uint8_t)day,
		.precision = day     ? DATE_DAY
			     : month ? DATE_MONTH
				     : DATE_YEAR,
	};
	char made[3][16];
	terms->make(&date, made);
	memory_reserve(&terms->items, &terms->capacity, terms->count, sizeof(struct plan *));
	terms->items[terms->count++] =
		plan_term(terms->arena, str_from(made[date.precision - DATE_YEAR]));
}

static void add_month(struct date_terms *terms, int year, int month, int first, int last)
{
	if (first == 1 && last == date_days_in_month(year, month)) {
		add_term(terms, year, month, 0);
		return;
	}
	for (int day = first; day <= last; day++)
		add_term(terms, year, month, day);
}

/*
 * Only what is whole gets the term of a year or month: that is where those are which are not dated more
 * finely.
 */
static void add_year(struct date_terms *terms, int year, struct day first, struct day last)
{
	if (first.month == 1 && first.day == 1 && last.month == 12 && last.day == 31) {
		add_term(terms, year, 0, 0);
		return;
	}
	for (int month = first.month; month <= last.month; month++)
		add_month(terms, year, month, month == first.month ? first.day : 1,
			  month == last.month ? last.day : date_days_in_month(year, month));
}

static void add_part(struct date_terms *terms, int year, struct day first, struct day last)
{
	if (first.year < year)
		first = (struct day){ year, 1, 1 };
	if (last.year > year)
		last = (struct day){ year, 12, 31 };
	add_year(terms, year, first, last);
}

static void add_span(struct date_terms *terms, struct day first, struct day last)
{
	const struct years *years = terms->years;
	/* What was asked for by its name has a term, in the index or not. */
	if (!years || first.year == last.year) {
		for (int year = first.year; year <= last.year; year++)
			add_part(terms, year, first, last);
		return;
	}
	for (size_t i = 0; i < years->count; i++)
		if (years->items[i] >= first.year && years->items[i] <= last.year)
			add_part(terms, years->items[i], first, last);
}

/* The term of what is not known: that of the next finer part. */
static struct str unknown_term(const struct date *date, char made[3][16])
{
	schema_date_terms(date, made);
	return str_from(made[date->precision - DATE_YEAR + 1]);
}

enum status dates_plan(const struct field *field, struct str text, const struct years *years,
		       struct arena *arena, struct plan **plan, struct error *err)
{
	struct when when;
	const enum status status = read_checked(field, text, arena, &when, err);
	if (status != STATUS_OK)
		return status;
	char made[3][16];
	struct years mentioned = { 0 };
	struct date_terms terms = { .arena = arena, .make = schema_date_terms, .years = years };
	if (is_mentioned(field)) {
		if (years)
			mentioned = (struct years){ .items = years->mentioned,
						    .count = years->mentioned_count };
		terms.make = schema_when_terms;
		terms.years = years ? &mentioned : NULL;
	}
	switch (when.kind) {
	case WHEN_UNDATED:
		schema_date_terms(&when.from, made);
		*plan = plan_term(arena, str_from(made[0]));
		break;
	case WHEN_UNKNOWN:
		*plan = plan_term(arena, unknown_term(&when.from, made));
		break;
	case WHEN_SPAN:
	case WHEN_ONE:
		add_span(&terms, first_day(&when.from), last_day(&when.to));
		*plan = plan_join(arena, PLAN_OR, terms.items, terms.count);
		free(terms.items);
		break;
	}
	return STATUS_OK;
}

/* ---- the years of an index ---- */

/* The years of the terms that are `prefix` and four digits. */
static enum status read_year_terms(struct store *store, const char *prefix, struct arena *arena,
				   int16_t **items, size_t *count, struct error *err)
{
	struct term_entry *entries;
	size_t entry_count;
	const size_t most = YEAR_MAX + 1; /* "Yundated" is one, too */
	const size_t digits = strlen(prefix);
	*count = 0;
	const enum status status =
		store_terms(store, str_from(prefix), most, arena, &entries, &entry_count, err);
	if (status != STATUS_OK)
		return status;
	*items = arena_alloc(arena, entry_count * sizeof(**items));
	for (size_t i = 0; i < entry_count; i++) {
		const int year = digits_at(entries[i].term, digits, 4);
		if (entries[i].term.len == digits + 4 && year >= YEAR_MIN)
			(*items)[(*count)++] = (int16_t)year;
	}
	return STATUS_OK;
}

enum status query_read_years(struct store *store, struct arena *arena, struct years *years,
			     struct error *err)
{
	*years = (struct years){ 0 };
	enum status status = read_year_terms(store, "Y", arena, &years->items, &years->count, err);
	if (status == STATUS_OK)
		status = read_year_terms(store, PREFIX_WHEN_YEAR, arena, &years->mentioned,
					 &years->mentioned_count, err);
	return status;
}
