#include "look.h"

#include "dateline/intern.h"
#include "dateline/schema.h"

#include <stdlib.h>

/*
 * Values that stand in one sentence with another were counted by the slot of sentences. Here the positions of their terms
 * and those of the first words of sentences, read article by article, must say the same.
 */

#define NO_VALUE UINT32_MAX /* the one that they stand beside */

struct recounting {
	const struct look *look;
	const struct answer_facet *facet;
	struct plan *beside; /* the articles that have the other value */
	struct intern terms; /* of the values listed, and of the other */
	uint32_t *values;    /* by number in `terms`: place among the values, or NO_VALUE */
	size_t value_room;
	bool *is_told; /* by value: its terms say in each index which articles count for it */
	uint32_t *here, *everywhere; /* by value: the articles over all indexes */
	uint32_t *counts;            /* the one of the two that is being counted */
	uint32_t *last;              /* by value: the article that was counted last */
	uint32_t *starts;            /* the first positions of sentences, of the article at hand */
	size_t start_count, start_room;
	bool *has; /* by sentence: it mentions the other value */
	size_t has_room;
};

/* ---- terms ---- */

/*
 * Notes the terms of the plan of a value. False where terms do not say it all: names that variants were split
 * from, and what is sure enough.
 */
static bool note_terms(struct recounting *recounting, const struct plan *plan, uint32_t value)
{
	if (plan->op == PLAN_TERM && !str_begins_with(plan->term, PREFIX_ALIAS)) {
		bool is_new;
		const uint32_t at = intern_add(&recounting->terms, plan->term, &is_new);
		memory_reserve(&recounting->values, &recounting->value_room, at,
			       sizeof(*recounting->values));
		recounting->values[at] = value;
		return true;
	}
	if (plan->op != PLAN_OR && plan->op != PLAN_SYNONYM)
		return false;
	for (size_t i = 0; i < plan->count; i++)
		if (!note_terms(recounting, plan->kids[i], value))
			return false;
	return true;
}

static enum status note_values(struct recounting *recounting, struct error *err)
{
	const struct answer_facet *facet = recounting->facet;
	enum status status = STATUS_OK;
	for (uint32_t i = 0; i < facet->count && status == STATUS_OK; i++) {
		struct plan *plan;
		status = look_value_plan(recounting->look, facet->field, facet->values[i].value,
					 &plan, err);
		recounting->is_told[i] &= status == STATUS_OK && note_terms(recounting, plan, i);
	}
	return status;
}

/* Comes last: the other value has its terms also where it is listed. *is_told as above. */
static enum status note_other(struct recounting *recounting, bool *is_told, struct error *err)
{
	const struct str beside = recounting->facet->beside;
	const char *equals = memchr(beside.data, '=', beside.len);
	const size_t len = (size_t)(equals - beside.data);
	const struct field *field = field_find((struct str){ beside.data, len });
	const struct str name = { equals + 1, beside.len - len - 1 };
	const enum status status =
		look_value_plan(recounting->look, field, name, &recounting->beside, err);
	*is_told = status == STATUS_OK && note_terms(recounting, recounting->beside, NO_VALUE);
	return status;
}

/* ---- one article ---- */

/* The sentence of a position: how many begin at it or before. */
static size_t sentence_of(const struct recounting *recounting, uint64_t position)
{
	size_t low = 0, high = recounting->start_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (recounting->starts[middle] <= position)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The next term of an article with its positions, that are passed by; false at the end. */
static bool next_term(const char **at, const char *end, struct str *term, uint64_t *count,
		      const char **positions)
{
	uint64_t position;
	if (*at == end || !counted_read(at, end, term) || !varint_read(at, end, count))
		return false;
	*positions = *at;
	for (uint64_t i = 0; i < *count; i++)
		if (!varint_read(at, end, &position))
			return false;
	return true;
}

static void read_starts(struct recounting *recounting, const char *at, const char *end)
{
	struct str term;
	uint64_t count, position;
	const char *positions;
	recounting->start_count = 0;
	while (next_term(&at, end, &term, &count, &positions)) {
		if (!str_equal(term, STR(TERM_SENTENCES)))
			continue;
		for (; count; count--) {
			varint_read(&positions, end, &position);
			memory_reserve(&recounting->starts, &recounting->start_room,
				       recounting->start_count, sizeof(*recounting->starts));
			recounting->starts[recounting->start_count++] = (uint32_t)position;
		}
	}
	while (recounting->has_room <= recounting->start_count)
		memory_reserve(&recounting->has, &recounting->has_room, recounting->has_room,
			       sizeof(*recounting->has));
	memset(recounting->has, 0, recounting->start_count + 1);
}

/* With `other`, notes the sentences of the other value, else counts the values that have one of them. */
static void go_through(struct recounting *recounting, uint32_t id, const char *at, const char *end,
		       bool other)
{
	struct str term;
	uint64_t count, position;
	const char *positions;
	while (next_term(&at, end, &term, &count, &positions)) {
		const uint32_t found = intern_find(&recounting->terms, term);
		if (found == INTERN_NONE || (recounting->values[found] == NO_VALUE) != other)
			continue;
		const uint32_t value = recounting->values[found];
		for (; count; count--) {
			varint_read(&positions, end, &position);
			const size_t sentence = sentence_of(recounting, position);
			if (other) {
				recounting->has[sentence] = true;
			} else if (recounting->has[sentence] && recounting->last[value] != id) {
				recounting->last[value] = id;
				recounting->counts[value]++;
			}
		}
	}
}

/* ---- all articles ---- */

/* Adds the articles of the look at hand to `counts`. */
static enum status count_articles(struct recounting *recounting, struct plan *plan,
				  uint32_t *counts, struct error *err)
{
	struct docset set;
	struct buffer places = { 0 };
	enum status status = store_match(recounting->look->store, plan, &set, err);
	recounting->counts = counts;
	memset(recounting->last, 0, recounting->facet->count * sizeof(*recounting->last));
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(&set, id + 1));) {
		buffer_reset(&places);
		status = store_positions(recounting->look->store, id, &places, err);
		if (status != STATUS_OK)
			break;
		const char *at = places.data, *end = places.data + places.len;
		read_starts(recounting, at, end);
		go_through(recounting, id, at, end, true);
		go_through(recounting, id, at, end, false);
	}
	docset_release(&set);
	buffer_release(&places);
	return status;
}

static enum status compare_value(const struct recounting *recounting, size_t number, uint32_t count,
				 uint32_t shown, struct answer *answer, struct error *err)
{
	const struct answer_facet *facet = recounting->facet;
	if (count != shown)
		return error_set(err, STATUS_CORRUPT,
				 "%s=%.*s beside %.*s was counted as %u, but is %u: the "
				 "index is damaged, rebuild it",
				 facet->field->name, STR_ARG(facet->values[number].value),
				 STR_ARG(facet->beside), shown, count);
	answer->recounted++;
	return STATUS_OK;
}

static enum status compare_values(const struct recounting *recounting, struct answer *answer,
				  struct error *err)
{
	const struct answer_facet *facet = recounting->facet;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < facet->count && status == STATUS_OK; i++) {
		const struct answer_value *value = &facet->values[i];
		if (!recounting->is_told[i])
			continue;
		status = compare_value(recounting, i, recounting->here[i], value->count, answer, err);
		if (status == STATUS_OK && facet->compared)
			status = compare_value(recounting, i, recounting->everywhere[i],
					       value->everywhere, answer, err);
	}
	return status;
}

/* *is_told is false when the terms of this index do not say it. */
static enum status add_look(struct recounting *recounting, const struct look *look, bool *is_told,
			    struct error *err)
{
	recounting->look = look;
	intern_reset(&recounting->terms);
	enum status status = note_values(recounting, err);
	if (status == STATUS_OK)
		status = note_other(recounting, is_told, err);
	if (status != STATUS_OK || !*is_told)
		return status;
	struct plan *plan = look_plan(look, recounting->facet->field, recounting->beside);
	status = count_articles(recounting, plan, recounting->here, err);
	if (status == STATUS_OK && recounting->facet->compared)
		status = count_articles(recounting, recounting->beside, recounting->everywhere, err);
	return status;
}

static enum status recount_all(struct recounting *recounting, const struct search *search,
			       struct answer *answer, struct error *err)
{
	bool is_told = true;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && is_told && status == STATUS_OK; i++)
		status = add_look(recounting, &search->looks[i], &is_told, err);
	return status == STATUS_OK && is_told ? compare_values(recounting, answer, err) : status;
}

enum status recount_beside(const struct search *search, const struct answer_facet *facet,
			   struct answer *answer, struct error *err)
{
	struct recounting recounting = { .facet = facet };
	const size_t room = facet->count + 1;
	recounting.is_told = memory_alloc(room * sizeof(*recounting.is_told));
	memset(recounting.is_told, true, room * sizeof(*recounting.is_told));
	recounting.here = memory_zero(room, sizeof(*recounting.here));
	recounting.everywhere = memory_zero(room, sizeof(*recounting.everywhere));
	recounting.last = memory_zero(room, sizeof(*recounting.last));
	const enum status status = recount_all(&recounting, search, answer, err);
	intern_release(&recounting.terms);
	free(recounting.values);
	free(recounting.is_told);
	free(recounting.here);
	free(recounting.everywhere);
	free(recounting.last);
	free(recounting.starts);
	free(recounting.has);
	return status;
}
