#include "look.h"

#include "dateline/intern.h"
#include "dateline/schema.h"

#include <stdlib.h>

/*
 * How many dates of KIND_WHEN are values, counted from the terms of each document: neither the facet column nor the numbers
 * made of dates have a part in it.
 */
struct mentioned {
	struct intern dates; /* "2023", "202312", "20231205": a part begins as its whole does */
	uint32_t *counts;    /* articles, by number */
	uint32_t *biggest;   /* the greatest count among the parts */
	size_t capacity;
	uint32_t looked_at, articles; /* all, and those that have any */
};

#define YEAR_DIGITS 4
#define MONTH_DIGITS 6
#define DAY_DIGITS 8

static void note_date(struct mentioned *mentioned, struct str digits)
{
	bool is_new;
	const uint32_t number = intern_add(&mentioned->dates, digits, &is_new);
	if (is_new) {
		memory_reserve(&mentioned->counts, &mentioned->capacity, number, sizeof(uint32_t));
		mentioned->counts[number] = 0;
	}
	mentioned->counts[number]++;
}

static enum status note_document(const struct look *look, uint32_t id, struct arena *arena,
				 struct mentioned *mentioned, struct error *err)
{
	static const char *const prefixes[] = { PREFIX_WHEN_YEAR, PREFIX_WHEN_MONTH,
						PREFIX_WHEN_DAY };
	enum status status = STATUS_OK;
	bool has_any = false;
	for (size_t i = 0; i < 3 && status == STATUS_OK; i++) {
		const size_t prefix = strlen(prefixes[i]);
		struct term_entry *entries;
		size_t count;
		status = store_document_terms(look->store, id, str_from(prefixes[i]), arena,
					      &entries, &count, err);
		for (size_t j = 0; status == STATUS_OK && j < count; j++)
			note_date(mentioned, (struct str){ entries[j].term.data + prefix,
							   entries[j].term.len - prefix });
		has_any |= status == STATUS_OK && count > 0;
	}
	mentioned->articles += has_any;
	return status;
}

static void tell_whole(struct mentioned *mentioned, uint32_t part, size_t digits)
{
	const struct str key = mentioned->dates.keys[part];
	if (key.len <= digits)
		return;
	const uint32_t whole = intern_find(&mentioned->dates, (struct str){ key.data, digits });
	if (whole != INTERN_NONE && mentioned->biggest[whole] < mentioned->counts[part])
		mentioned->biggest[whole] = mentioned->counts[part];
}

static void find_biggest(struct mentioned *mentioned)
{
	mentioned->biggest = memory_zero(mentioned->dates.count + 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < mentioned->dates.count; i++) {
		tell_whole(mentioned, i, YEAR_DIGITS);
		tell_whole(mentioned, i, MONTH_DIGITS);
	}
}

/* Digits of a date as answers show it, compared with a shown value. */
static bool is_shown_as(struct str digits, struct str value)
{
	size_t at = 0;
	for (size_t i = 0; i < value.len; i++) {
		if (value.data[i] == '-')
			continue;
		if (at == digits.len || value.data[i] != digits.data[at++])
			return false;
	}
	return at == digits.len;
}

static bool is_selected(const struct answer_facet *facet, struct str digits)
{
	for (size_t i = 0; i < facet->count; i++)
		if (facet->values[i].selected && is_shown_as(digits, facet->values[i].value))
			return true;
	return false;
}

static uint32_t count_values(const struct mentioned *mentioned, const struct answer_facet *facet)
{
	static const size_t lengths[] = {
		[STEP_YEAR] = YEAR_DIGITS, [STEP_MONTH] = MONTH_DIGITS, [STEP_DAY] = DAY_DIGITS
	};
	uint32_t values = 0;
	for (uint32_t i = 0; i < mentioned->dates.count; i++) {
		const struct str digits = mentioned->dates.keys[i];
		if (facet->step != STEP_AUTO)
			values += digits.len == lengths[facet->step];
		else
			values += mentioned->biggest[i] < mentioned->counts[i] ||
				  is_selected(facet, digits);
	}
	return values;
}

static enum status note_look(const struct look *look, const struct answer_facet *facet,
			     struct mentioned *mentioned, struct error *err)
{
	struct arena arena = { 0 };
	struct docset set;
	enum status status = store_match(look->store, look_plan(look, facet->field, NULL), &set, err);
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(&set, id + 1));) {
		arena_reset(&arena);
		status = note_document(look, id, &arena, mentioned, err);
	}
	mentioned->looked_at += docset_count(&set);
	docset_release(&set);
	arena_release(&arena);
	return status;
}

enum status recount_when(const struct search *search, const struct answer_facet *facet,
			 struct answer *answer, struct error *err)
{
	struct mentioned mentioned = { 0 };
	enum status status = STATUS_OK;
	/* Terms know nothing of confidence. The number of each value that is shown has been counted again all the same. */
	if (search->request->min_confidence)
		return STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = note_look(&search->looks[i], facet, &mentioned, err);
	find_biggest(&mentioned);
	const uint32_t values = count_values(&mentioned, facet);
	if (status == STATUS_OK && values != facet->distinct)
		status = error_set(err, STATUS_CORRUPT,
				   "%u values of %s were counted, but there are %u: the index is "
				   "damaged, rebuild it",
				   facet->distinct, facet->field->name, values);
	answer->recounted += status == STATUS_OK;
	if (status == STATUS_OK)
		status = recount_missing(facet, mentioned.looked_at - mentioned.articles, answer,
					 err);
	intern_release(&mentioned.dates);
	free(mentioned.counts);
	free(mentioned.biggest);
	return status;
}
