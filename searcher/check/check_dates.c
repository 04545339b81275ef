#include "check.h"

#include "dateline/date.h"
#include "dateline/intern.h"
#include "dateline/schema.h"

#include <stdlib.h>

/* The terms that the dates in the slot ask for, each with its articles. */
struct dates {
	struct findings *findings;
	struct intern terms;
	struct print *prints; /* by number of term */
	size_t capacity;
	struct docset undated;
};

static void note_term(struct dates *dates, const char *term, uint32_t id)
{
	bool is_new;
	const uint32_t number = intern_add(&dates->terms, str_from(term), &is_new);
	if (is_new) {
		memory_reserve(&dates->prints, &dates->capacity, number, sizeof(*dates->prints));
		dates->prints[number] = (struct print){ 0 };
	}
	print_add(&dates->prints[number], id);
}

static void note_date(struct dates *dates, const struct date *date, uint32_t id)
{
	char terms[3][16];
	const size_t count = schema_date_terms(date, terms);
	for (size_t i = 0; i < count; i++)
		note_term(dates, terms[i], id);
}

/* The text is what date_format_sortable made of the date, to the byte. */
static void read_date(void *context, uint32_t id, struct str value)
{
	struct dates *dates = context;
	struct date date;
	char text[DATE_TEXT_SIZE];
	dates->undated.words[id >> 6] &= ~((uint64_t)1 << (id & 63));
	if (date_parse(value, &date) &&
	    str_equal(value, (struct str){ text, date_format_sortable(&date, text) }))
		note_date(dates, &date, id);
	else
		findings_add(dates->findings, "document %u has a damaged date, \"%.*s\"", id,
			     STR_ARG(value));
}

static void note_undated(struct dates *dates)
{
	const struct date none = { .precision = DATE_NONE };
	for (uint32_t id = 0; (id = docset_next(&dates->undated, id + 1));)
		note_date(dates, &none, id);
}

/* Each term of the index against what the slot asks for; *matched counts those that it does ask for. */
static enum status compare_terms(struct dates *dates, struct store *store, const char *prefix,
				 uint32_t *matched, struct error *err)
{
	struct arena arena = { 0 };
	struct buffer postings = { 0 };
	struct term_entry *terms;
	size_t count;
	enum status status =
		store_terms(store, str_from(prefix), SIZE_MAX, &arena, &terms, &count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct print print;
		const uint32_t number = intern_find(&dates->terms, terms[i].term);
		status = print_of_term(store, terms[i].term, &postings, &print, err);
		if (status != STATUS_OK)
			break;
		const struct print none = { 0 };
		const bool known = number != INTERN_NONE;
		print_compare(dates->findings, "date", terms[i].term, &print,
			      known ? &dates->prints[number] : &none);
		*matched += known;
	}
	buffer_release(&postings);
	arena_release(&arena);
	return status;
}

enum status check_dates(struct examination *examination, struct error *err)
{
	static const char *const prefixes[] = { "Y", "M", "D" };
	struct dates dates = { .findings = examination->findings };
	uint32_t matched = 0;
	docset_copy(&dates.undated, &examination->all);
	enum status status = check_each_value(examination, SLOT_PUBLISHED, read_date, &dates, err);
	if (status == STATUS_OK)
		note_undated(&dates);
	for (size_t i = 0; i < 3 && status == STATUS_OK; i++)
		status = compare_terms(&dates, examination->store, prefixes[i], &matched, err);
	if (status == STATUS_OK && matched != dates.terms.count)
		findings_add(examination->findings,
			     "of %zu years, months and days only %u can be found by their term",
			     dates.terms.count, matched);
	docset_release(&dates.undated);
	intern_release(&dates.terms);
	free(dates.prints);
	return status;
}
