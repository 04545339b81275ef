#include "facets.h"

#include <stdlib.h>

/* Of a job whose values must be in one sentence with another. */
struct beside_count {
	struct beside beside;
	struct str shown;
	struct tally plain, everywhere;
};

/* All that is counted for the jobs. */
struct counting {
	const struct facet_job *jobs;
	size_t count, part_count;
	struct tally *plain;      /* one a part: over the sets of the jobs */
	struct tally *everywhere; /* one a part: over all its articles, for the jobs that ask for it */
	struct beside_count *besides; /* part_count a job; of the others {0} */
	struct counted *counted;      /* part_count a job */
	struct arena *arena;
	struct error *err;
};

/* ---- over the sets ---- */

static const struct docset *set_of(const struct counting *counting, size_t job, size_t part)
{
	return counting->jobs[job].parts[part].set;
}

/* The kinds that are to be counted over the set of job `first`: those of all jobs that share it. */
static uint32_t kinds_of_set(const struct counting *counting, size_t first, size_t part)
{
	uint32_t kinds = 0;
	for (size_t i = 0; i < counting->count; i++) {
		const enum facet_kind kind = counting->jobs[i].request.field->kind;
		if (set_of(counting, i, part) == set_of(counting, first, part) &&
		    kind != KIND_NONE && !counting->jobs[i].request.beside.len)
			kinds |= kind_bit(kind);
	}
	return kinds;
}

static bool is_first_of_set(const struct counting *counting, size_t at, size_t part)
{
	for (size_t i = 0; i < at; i++)
		if (set_of(counting, i, part) == set_of(counting, at, part))
			return false;
	return true;
}

static enum status count_sets(const struct counting *counting, size_t part)
{
	for (size_t i = 0; i < counting->count; i++) {
		if (!is_first_of_set(counting, i, part))
			continue;
		const uint32_t kinds = kinds_of_set(counting, i, part);
		if (!kinds)
			continue;
		const enum status status =
			tally_add(&counting->plain[part], counting->jobs[i].parts[part].store,
				  set_of(counting, i, part), kinds, counting->err);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

/* ---- over everything ---- */

static bool is_compared(const struct counting *counting, size_t job)
{
	const struct facet_request *request = &counting->jobs[job].request;
	return request->sort == FACET_BY_SIGNIFICANCE && request->field->role == FIELD_VALUE;
}

/* A set that is everything was counted already. */
static bool is_everything(const struct counting *counting, size_t job, size_t part)
{
	return docset_count(set_of(counting, job, part)) ==
	       store_count(counting->jobs[job].parts[part].store);
}

static enum status count_everything(const struct counting *counting, size_t part)
{
	const struct plan every = { .op = PLAN_ALL };
	struct store *store = counting->jobs[0].parts[part].store;
	struct docset all;
	uint32_t kinds = 0;
	for (size_t i = 0; i < counting->count; i++)
		if (is_compared(counting, i) && !is_everything(counting, i, part) &&
		    !counting->jobs[i].request.beside.len)
			kinds |= kind_bit(counting->jobs[i].request.field->kind);
	if (!kinds)
		return STATUS_OK;
	enum status status = store_match(store, &every, &all, counting->err);
	if (status == STATUS_OK)
		status = tally_add(&counting->everywhere[part], store, &all, kinds, counting->err);
	docset_release(&all);
	return status;
}

/* ---- in one sentence with another value ---- */

static enum status count_beside(const struct counting *counting, size_t at)
{
	const struct facet_job *job = &counting->jobs[at];
	struct beside_count *besides = &counting->besides[at * counting->part_count];
	struct beside *values = arena_zero(counting->arena, counting->part_count, sizeof(*values));
	struct str shown = { 0 };
	if (!job->request.beside.len)
		return STATUS_OK;
	enum status status = beside_understand(job, counting->arena, values, &shown, counting->err);
	for (size_t i = 0; i < counting->part_count && status == STATUS_OK; i++) {
		const struct facet_part *part = &job->parts[i];
		struct beside_count *count = &besides[i];
		*count = (struct beside_count){ .beside = values[i],
						.shown = shown,
						.plain.names = part->names,
						.everywhere.names = part->names };
		status = beside_tally(part, part->set, &count->beside, job->request.field->kind,
				      &count->plain, counting->err);
		if (status == STATUS_OK && is_compared(counting, at) &&
		    !is_everything(counting, at, i))
			status = beside_tally(part, NULL, &count->beside, job->request.field->kind,
					      &count->everywhere, counting->err);
	}
	return status;
}

/* ---- the answer ---- */

static void fill_counted(const struct counting *counting, size_t job, size_t part)
{
	const enum facet_kind kind = counting->jobs[job].request.field->kind;
	const size_t at = job * counting->part_count + part;
	const bool is_beside = counting->jobs[job].request.beside.len > 0;
	const struct tally *plain = is_beside ? &counting->besides[at].plain : &counting->plain[part];
	const struct tally *everywhere = is_beside ? &counting->besides[at].everywhere
						   : &counting->everywhere[part];
	struct counted *counted = &counting->counted[at];
	*counted = (struct counted){ .counts = plain->counts[kind],
				     .size = plain->sizes[kind],
				     .having = plain->having[kind],
				     .listed = plain->listed[kind],
				     .listed_count = plain->listed_count[kind],
				     .beside = is_beside ? &counting->besides[at].beside : NULL };
	if (!is_compared(counting, job))
		return;
	counted->everywhere = is_everything(counting, job, part) ? counted->counts
								 : everywhere->counts[kind];
}

static uint32_t count_missing(const struct counting *counting, size_t job)
{
	uint32_t missing = 0;
	for (size_t i = 0; i < counting->part_count; i++)
		missing += docset_count(set_of(counting, job, i)) -
			   counting->counted[job * counting->part_count + i].having;
	return missing;
}

static enum status fill_facet(const struct counting *counting, size_t at, struct answer_facet *facet)
{
	const struct facet_job *job = &counting->jobs[at];
	const struct field *field = job->request.field;
	const struct counted *counted = &counting->counted[at * counting->part_count];
	*facet = (struct answer_facet){ .field = field, .compared = is_compared(counting, at) };
	if (field->kind == KIND_NONE)
		return facet_dates(job, counting->arena, facet, counting->err);
	/* An article without such a sentence may well have values. */
	if (job->request.beside.len)
		facet->beside = counting->besides[at * counting->part_count].shown;
	else
		facet->missing = count_missing(counting, at);
	if (field->kind == KIND_WHEN)
		return facet_when(job, counted, counting->arena, facet, counting->err);
	return facet_values(job, counted, counting->arena, facet, counting->err);
}

static enum status count_all(const struct counting *counting)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < counting->count && status == STATUS_OK; i++)
		status = count_beside(counting, i);
	for (size_t part = 0; part < counting->part_count && status == STATUS_OK; part++) {
		counting->plain[part].names = counting->jobs->parts[part].names;
		counting->everywhere[part].names = counting->jobs->parts[part].names;
		status = count_sets(counting, part);
		if (status == STATUS_OK)
			status = count_everything(counting, part);
		for (size_t i = 0; i < counting->count && status == STATUS_OK; i++)
			fill_counted(counting, i, part);
	}
	return status;
}

enum status facets_count(const struct facet_job *jobs, size_t count, struct arena *arena,
			 struct answer_facet *facets, struct error *err)
{
	if (!count)
		return STATUS_OK;
	struct counting counting = {
		.jobs = jobs, .count = count, .part_count = jobs->part_count, .arena = arena, .err = err
	};
	counting.plain = memory_zero(jobs->part_count, sizeof(*counting.plain));
	counting.everywhere = memory_zero(jobs->part_count, sizeof(*counting.everywhere));
	counting.besides = memory_zero(count * jobs->part_count, sizeof(*counting.besides));
	counting.counted = memory_zero(count * jobs->part_count, sizeof(*counting.counted));
	enum status status = count_all(&counting);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = fill_facet(&counting, i, &facets[i]);
	for (size_t part = 0; part < jobs->part_count; part++) {
		tally_release(&counting.plain[part]);
		tally_release(&counting.everywhere[part]);
	}
	for (size_t i = 0; i < count * jobs->part_count; i++) {
		tally_release(&counting.besides[i].plain);
		tally_release(&counting.besides[i].everywhere);
	}
	free(counting.besides);
	free(counting.plain);
	free(counting.everywhere);
	free(counting.counted);
	return status;
}
