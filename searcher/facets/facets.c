#include "facets.h"

/* The kinds that are to be counted over the set of job `first`: those of all jobs that share it. */
static uint32_t kinds_of_set(const struct facet_job *jobs, size_t count, size_t first)
{
	uint32_t kinds = 0;
	for (size_t i = 0; i < count; i++)
		if (jobs[i].parts->set == jobs[first].parts->set &&
		    jobs[i].request.field->kind != KIND_NONE)
			kinds |= kind_bit(jobs[i].request.field->kind);
	return kinds;
}

static bool is_first_of_set(const struct facet_job *jobs, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (jobs[i].parts->set == jobs[at].parts->set)
			return false;
	return true;
}

static enum status count_columns(struct store *store, const struct facet_job *jobs, size_t count,
				 struct tally *tally, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_first_of_set(jobs, i))
			continue;
		const uint32_t kinds = kinds_of_set(jobs, count, i);
		if (!kinds)
			continue;
		const enum status status = tally_add(tally, store, jobs[i].parts->set, kinds, err);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static enum status fill_facet(struct store *store, const struct facet_job *job,
			      const struct tally *tally, struct arena *arena,
			      struct answer_facet *facet, struct error *err)
{
	*facet = (struct answer_facet){ .field = job->request.field };
	const enum facet_kind kind = job->request.field->kind;
	if (kind == KIND_WHEN)
		return facet_when(store, job, tally->counts[kind], arena, facet, err);
	if (job->request.field->role == FIELD_DATE)
		return facet_dates(store, job, arena, facet, err);
	return facet_values(store, job, tally->counts[kind], tally->sizes[kind], arena, facet, err);
}

enum status facets_count(const struct facet_job *jobs, size_t count, struct arena *arena,
			 struct answer_facet *facets, struct error *err)
{
	struct store *store = count ? jobs[0].parts->store : NULL;
	struct tally tally = { .names = count ? jobs[0].parts->names : NULL };
	enum status status = count_columns(store, jobs, count, &tally, err);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = fill_facet(store, &jobs[i], &tally, arena, &facets[i], err);
	tally_release(&tally);
	return status;
}
