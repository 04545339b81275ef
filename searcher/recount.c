#include "look.h"
#include "names/seen.h"

#include <math.h>
#include <stdio.h>

/*
 * The promise of a count is that it is the number of hits after choosing the value. Here that is tried: the
 * narrowed query is planned anew and run through libxapian's own matcher, which shares nothing with the sets
 * and columns that counted.
 */
static enum status compare_counts(uint64_t count, uint32_t shown, const char *what,
				  struct str value, struct answer *answer, struct error *err)
{
	if (count != shown)
		return error_set(
			err, STATUS_CORRUPT,
			"%s%.*s was counted as %u, but is %llu: the index is damaged, rebuild it",
			what, STR_ARG(value), shown, (unsigned long long)count);
	answer->recounted++;
	return STATUS_OK;
}

static enum status add_recount(const struct look *look, const struct plan *plan, uint64_t *sum,
			       struct error *err)
{
	uint32_t count = 0;
	const enum status status = store_recount(look->store, plan, &count, err);
	*sum += count;
	return status;
}

static enum status recount_total(const struct search *search, struct answer *answer,
				 struct error *err)
{
	uint64_t sum = 0;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++) {
		const struct look *look = &search->looks[i];
		status = add_recount(look, look_plan(look, NULL, NULL), &sum, err);
	}
	return status != STATUS_OK
		       ? status
		       : compare_counts(sum, answer->total, "the total", STR(""), answer, err);
}

/* What one value is to be counted over again. */
enum recount_scope { OVER_HITS, OVER_DATED_HITS, OVER_EVERYTHING };

static struct plan *narrow_plan(const struct look *look, const struct answer_facet *facet,
				struct plan *narrow, enum recount_scope scope)
{
	struct plan *dated[2];
	if (scope == OVER_EVERYTHING)
		return narrow;
	dated[0] = look_plan(look, facet->field, narrow);
	dated[1] = plan_term(look->arena, STR("Yundated"));
	return scope == OVER_HITS ? dated[0] : plan_join(look->arena, PLAN_AND_NOT, dated, 2);
}

static enum status recount_over(const struct search *search, const struct answer_facet *facet,
				const struct answer_value *value, enum recount_scope scope,
				uint32_t shown, struct answer *answer, struct error *err)
{
	static const char *const what[] = {
		[OVER_HITS] = "", [OVER_DATED_HITS] = "the trend of ", [OVER_EVERYTHING] = "everywhere, "
	};
	uint64_t sum = 0;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++) {
		const struct look *look = &search->looks[i];
		struct plan *narrow;
		status = look_value_plan(look, facet->field, value->value, &narrow, err);
		if (status == STATUS_OK)
			status = add_recount(look, narrow_plan(look, facet, narrow, scope), &sum,
					     err);
	}
	char name[96];
	snprintf(name, sizeof(name), "%s%s=", what[scope], facet->field->name);
	return status != STATUS_OK ? status
				   : compare_counts(sum, shown, name, value->value, answer, err);
}

/* Every article that has the value and a date is in one step of its trend. */
static uint32_t sum_of_trend(const struct value_trend *trend)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < TREND_STEPS; i++)
		sum += trend->counts[i];
	return sum;
}

static enum status recount_value(const struct search *search, const struct answer_facet *facet,
				 const struct answer_value *value, struct answer *answer,
				 struct error *err)
{
	enum status status = recount_over(search, facet, value, OVER_HITS, value->count, answer, err);
	if (status == STATUS_OK && facet->compared)
		status = recount_over(search, facet, value, OVER_EVERYTHING, value->everywhere,
				      answer, err);
	if (status == STATUS_OK && value->trend)
		status = recount_over(search, facet, value, OVER_DATED_HITS,
				      sum_of_trend(value->trend), answer, err);
	return status;
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

enum status recount_missing(const struct answer_facet *facet, uint32_t missing,
			    struct answer *answer, struct error *err)
{
	if (missing != facet->missing)
		return error_set(err, STATUS_CORRUPT,
				 "%u articles without %s were counted, but there are %u: the index "
				 "is damaged, rebuild it",
				 facet->missing, facet->field->name, missing);
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

/* What the articles of all indexes have. */
struct gathered {
	struct intern values;
	uint32_t articles, having; /* all of them, and those with any value */
};

/* Looks into each of the documents. */
static enum status add_dates(const struct look *look, const struct answer_facet *facet,
			     const struct docset *set, struct gathered *gathered, struct error *err)
{
	struct arena arena = { 0 };
	enum status status = STATUS_OK;
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(set, id + 1));) {
		arena_reset(&arena);
		status = note_dates(look, id, facet, &arena, &gathered->values, err);
	}
	arena_release(&arena);
	return status;
}

static enum status add_values(const struct look *look, const struct answer_facet *facet,
			      const struct docset *set, struct gathered *gathered, struct error *err)
{
	struct names_seen seen;
	enum status status = names_seen_start(look->names, facet->field->kind, &seen, err);
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(set, id + 1));)
		status = names_seen_add(&seen, id, err);
	if (status == STATUS_OK)
		status = names_seen_terms(&seen, &gathered->values, err);
	gathered->articles += docset_count(set);
	gathered->having += seen.articles;
	names_seen_release(&seen);
	return status;
}

static enum status gather(const struct look *look, const struct answer_facet *facet,
			  struct gathered *gathered, struct error *err)
{
	struct docset set;
	enum status status = store_match(look->store, look_plan(look, facet->field, NULL), &set, err);
	if (status == STATUS_OK)
		status = facet->field->role == FIELD_DATE
				 ? add_dates(look, facet, &set, gathered, err)
				 : add_values(look, facet, &set, gathered, err);
	docset_release(&set);
	return status;
}

static enum status recount_distinct(const struct search *search, const struct answer_facet *facet,
				    struct answer *answer, struct error *err)
{
	struct gathered gathered = { 0 };
	enum status status = STATUS_OK;
	/* Terms know nothing of confidence; then the number of each value that is shown has been counted again all the same. */
	if (facet->field->role != FIELD_DATE && search->request->min_confidence)
		return STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = gather(&search->looks[i], facet, &gathered, err);
	if (status == STATUS_OK)
		status = compare_distinct(facet, gathered.values.count, answer, err);
	if (status == STATUS_OK && facet->field->role != FIELD_DATE)
		status = recount_missing(facet, gathered.articles - gathered.having, answer, err);
	intern_release(&gathered.values);
	return status;
}

static enum status recount_facet(const struct search *search, const struct answer_facet *facet,
				 struct answer *answer, struct error *err)
{
	enum status status = STATUS_OK;
	if (facet->beside.len)
		return recount_beside(search, facet, answer, err);
	for (size_t i = 0; i < facet->count && status == STATUS_OK; i++)
		status = recount_value(search, facet, &facet->values[i], answer, err);
	if (status == STATUS_OK && facet->field->kind == KIND_WHEN)
		status = recount_when(search, facet, answer, err);
	else if (status == STATUS_OK)
		status = recount_distinct(search, facet, answer, err);
	return status;
}

/* ---- the order of the hits ---- */

/* Single precision, added up in another order. */
#define SCORE_TOLERANCE 1e-4

static bool has_synonym(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (has_synonym(plan->kids[i]))
			return true;
	return plan->op == PLAN_SYNONYM || plan->op == PLAN_NEAR || plan->op == PLAN_ADJ ||
	       plan->op == PLAN_SENTENCE;
}

/*
 * The scores of the page by libxapian's own matcher, where it reckons as we do: it has the statistics of one index, estimates how
 * many documents have some of several forms, and knows nothing of the words of other hits, of names or of age.
 */
static enum status recount_scores(const struct search *search, struct answer *answer,
				  struct error *err)
{
	const struct look *look = &search->looks[0];
	const struct plan *plan = look_plan(look, NULL, NULL);
	const struct request *request = search->request;
	struct store_hit *hits;
	size_t count;
	if (search->look_count > 1 || look->expansion || look->named.words || !look->scores ||
	    has_synonym(plan) || request->recency_days)
		return STATUS_OK;
	const enum status status = store_top(look->store, plan, ORDER_RELEVANCE, request->first,
					     request->max, search->arena, &hits, &count, err);
	if (status != STATUS_OK)
		return status;
	if (count != answer->hit_count)
		return error_set(err, STATUS_CORRUPT, "%zu hits are shown, but there are %zu",
				 answer->hit_count, count);
	for (size_t i = 0; i < count; i++) {
		const double score = answer->hits[i].score;
		if (fabs(score - hits[i].score) > SCORE_TOLERANCE * (1 + score))
			return error_set(err, STATUS_CORRUPT,
					 "the hit at %u weighs %.4f, but should weigh %.4f",
					 answer->hits[i].rank, score, hits[i].score);
		answer->recounted++;
	}
	return STATUS_OK;
}

enum status search_recount(const struct search *search, struct answer *answer, struct error *err)
{
	/* Sets that were counted by us prove nothing. */
	struct search again = *search;
	again.looks = arena_alloc(search->arena, search->look_count * sizeof(*again.looks));
	for (size_t i = 0; i < search->look_count; i++) {
		again.looks[i] = search->looks[i];
		if (again.looks[i].words_again)
			again.looks[i].words = again.looks[i].words_again;
	}
	enum status status = recount_total(&again, answer, err);
	for (size_t i = 0; i < answer->facet_count && status == STATUS_OK; i++)
		status = recount_facet(&again, &answer->facets[i], answer, err);
	if (status == STATUS_OK)
		status = recount_scores(search, answer, err);
	return status;
}
