#include "look.h"
#include "names/seen.h"

#include <stdio.h>

/*
 * The promise of a count is that it is the number of hits after choosing the value. Here that is tried: the
 * narrowed query is planned anew and run through libxapian's own matcher, which shares nothing with the sets
 * and columns that counted.
 */
static enum status recount_plan(const struct look *look, const struct plan *plan, uint32_t shown,
				const char *what, struct str value, struct answer *answer,
				struct error *err)
{
	uint32_t count;
	const enum status status = store_recount(look->store, plan, &count, err);
	if (status != STATUS_OK)
		return status;
	if (count != shown)
		return error_set(
			err, STATUS_CORRUPT,
			"%s%.*s was counted as %u, but is %u: the index is damaged, rebuild it",
			what, STR_ARG(value), shown, count);
	answer->recounted++;
	return STATUS_OK;
}

static enum status recount_value(const struct look *look, const struct answer_facet *facet,
				 const struct answer_value *value, struct answer *answer,
				 struct error *err)
{
	struct plan *narrow;
	const enum status status = look_value_plan(look, facet->field, value->value, &narrow, err);
	if (status != STATUS_OK)
		return status;
	const struct plan *plan = look_plan(look, facet->field, narrow);
	char what[64];
	snprintf(what, sizeof(what), "%s=", facet->field->name);
	return recount_plan(look, plan, value->count, what, value->value, answer, err);
}

/* ---- how many different values ---- */

static enum status compare_distinct(const struct answer_facet *facet, size_t distinct,
				    struct answer *answer, struct error *err)
{
	if (distinct != facet->distinct)
		return error_set(err, STATUS_CORRUPT,
				 "%u values of %s were counted, but there are %zu: the index is "
				 "damaged, rebuild it",
				 facet->distinct, facet->field->name, distinct);
	answer->recounted++;
	return STATUS_OK;
}

/* The terms of the date of one document; it has none when it is undated, which is a value too. */
static enum status note_dates(const struct look *look, uint32_t id, const struct answer_facet *facet,
			      struct arena *arena, struct intern *seen, struct error *err)
{
	static const char *const prefixes[] = {
		[STEP_AUTO] = "Y", [STEP_YEAR] = "Y", [STEP_MONTH] = "M", [STEP_DAY] = "D"
	};
	struct term_entry *entries;
	size_t count;
	const enum status status = store_document_terms(
		look->store, id, str_from(prefixes[facet->step]), arena, &entries, &count, err);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < count; i++)
		intern_add(seen, entries[i].term, NULL);
	if (!count)
		intern_add(seen, STR("Yundated"), NULL);
	return STATUS_OK;
}

/* Looks into each of the documents. */
static enum status recount_dates(const struct look *look, const struct answer_facet *facet,
				 const struct docset *set, struct answer *answer, struct error *err)
{
	struct arena arena = { 0 };
	struct intern seen = { 0 };
	enum status status = STATUS_OK;
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(set, id + 1));) {
		arena_reset(&arena);
		status = note_dates(look, id, facet, &arena, &seen, err);
	}
	if (status == STATUS_OK)
		status = compare_distinct(facet, seen.count, answer, err);
	intern_release(&seen);
	arena_release(&arena);
	return status;
}

/* Terms know nothing of confidence; then the number of each value that is shown has been counted again all the same. */
static enum status recount_values(const struct look *look, const struct answer_facet *facet,
				  const struct docset *set, struct answer *answer, struct error *err)
{
	struct names_seen seen;
	if (look->request->min_confidence)
		return STATUS_OK;
	enum status status = names_seen_start(look->names, facet->field->kind, &seen, err);
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(set, id + 1));)
		status = names_seen_add(&seen, id, err);
	if (status == STATUS_OK)
		status = compare_distinct(facet, seen.values.count, answer, err);
	names_seen_release(&seen);
	return status;
}

static enum status recount_distinct(const struct look *look, const struct answer_facet *facet,
				    struct answer *answer, struct error *err)
{
	struct docset set;
	enum status status = store_match(look->store, look_plan(look, facet->field, NULL), &set, err);
	if (status == STATUS_OK)
		status = facet->field->role == FIELD_DATE
				 ? recount_dates(look, facet, &set, answer, err)
				 : recount_values(look, facet, &set, answer, err);
	docset_release(&set);
	return status;
}

static enum status recount_facet(const struct look *look, const struct answer_facet *facet,
				 struct answer *answer, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < facet->count && status == STATUS_OK; i++)
		status = recount_value(look, facet, &facet->values[i], answer, err);
	if (status == STATUS_OK && facet->field->kind == KIND_WHEN)
		status = recount_when(look, facet, answer, err);
	else if (status == STATUS_OK)
		status = recount_distinct(look, facet, answer, err);
	return status;
}

enum status look_recount(const struct look *counted, struct answer *answer, struct error *err)
{
	/* A set that was counted by us proves nothing. */
	struct look again = *counted;
	const struct look *look = &again;
	if (counted->words_again)
		again.words = counted->words_again;
	enum status status = recount_plan(look, look_plan(look, NULL, NULL), answer->total,
					  "the total", (struct str){ "", 0 }, answer, err);
	for (size_t i = 0; i < answer->facet_count && status == STATUS_OK; i++)
		status = recount_facet(look, &answer->facets[i], answer, err);
	return status;
}
