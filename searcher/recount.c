#include "look.h"

#include "dateline/intern.h"

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
	const enum status status =
		filter_plan(facet->field, value->value, &look->years, look->arena, &narrow, err);
	if (status != STATUS_OK)
		return status;
	const struct plan *plan = look_plan(look, facet->field, narrow);
	char what[64];
	snprintf(what, sizeof(what), "%s=", facet->field->name);
	return recount_plan(look, plan, value->count, what, value->value, answer, err);
}

/* ---- how many different values ---- */

/* The prefix of the terms that tell the values of a facet apart. */
static struct str terms_prefix(const struct answer_facet *facet)
{
	static const char *const steps[] = {
		[STEP_AUTO] = "Y", [STEP_YEAR] = "Y", [STEP_MONTH] = "M", [STEP_DAY] = "D"
	};
	const bool is_date = facet->field->role == FIELD_DATE;
	return str_from(is_date ? steps[facet->step] : facet->field->prefix);
}

/* The terms of one document; it has none of a date's when it is undated, which is a value too. */
static enum status note_terms(const struct look *look, uint32_t id, const struct answer_facet *facet,
			      struct arena *arena, struct intern *seen, struct error *err)
{
	struct term_entry *entries;
	size_t count;
	const enum status status = store_document_terms(look->store, id, terms_prefix(facet), arena,
							&entries, &count, err);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < count; i++)
		intern_add(seen, entries[i].term, NULL);
	if (!count && facet->field->role == FIELD_DATE)
		intern_add(seen, STR("Yundated"), NULL);
	return STATUS_OK;
}

/* Looks into each of the documents. */
static enum status recount_distinct(const struct look *look, const struct answer_facet *facet,
				    struct answer *answer, struct error *err)
{
	struct arena arena = { 0 };
	struct intern seen = { 0 };
	struct docset set;
	enum status status = store_match(look->store, look_plan(look, facet->field, NULL), &set, err);
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(&set, id + 1));) {
		arena_reset(&arena);
		status = note_terms(look, id, facet, &arena, &seen, err);
	}
	if (status == STATUS_OK && seen.count != facet->distinct)
		status = error_set(err, STATUS_CORRUPT,
				   "%u values of %s were counted, but there are %zu: the index is "
				   "damaged, rebuild it",
				   facet->distinct, facet->field->name, seen.count);
	answer->recounted += status == STATUS_OK;
	docset_release(&set);
	intern_release(&seen);
	arena_release(&arena);
	return status;
}

static enum status recount_facet(const struct look *look, const struct answer_facet *facet,
				 struct answer *answer, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < facet->count && status == STATUS_OK; i++)
		status = recount_value(look, facet, &facet->values[i], answer, err);
	if (status == STATUS_OK)
		status = recount_distinct(look, facet, answer, err);
	return status;
}

enum status look_recount(const struct look *look, struct answer *answer, struct error *err)
{
	enum status status = recount_plan(look, look_plan(look, NULL, NULL), answer->total,
					  "the total", (struct str){ "", 0 }, answer, err);
	for (size_t i = 0; i < answer->facet_count && status == STATUS_OK; i++)
		status = recount_facet(look, &answer->facets[i], answer, err);
	return status;
}
