#include "facets/facets.h"
#include "look.h"

static const struct choice *choice_on(const struct look *look, const struct field *field)
{
	for (size_t i = 0; i < look->choice_count; i++)
		if (look->choices[i].field == field)
			return &look->choices[i];
	return NULL;
}

/*
 * The articles that the values of a field are counted over: the hits; for a field that has a choice, what would
 * be the hits without it. `sideways` has one set a choice, made when it is first needed.
 */
static const struct docset *set_of_field(const struct look *look, const struct choice *choice,
					 struct docset *sideways)
{
	if (!choice)
		return &look->hits;
	struct docset *set = &sideways[choice - look->choices];
	if (set->words)
		return set;
	docset_copy(set, &look->base);
	for (size_t i = 0; i < look->choice_count; i++)
		if (&look->choices[i] != choice)
			docset_and(set, &look->choices[i].set);
	return set;
}

static void make_jobs(const struct look *look, struct docset *sideways, struct facet_job *jobs)
{
	for (size_t i = 0; i < look->request->facet_count; i++) {
		const struct facet_request *request = &look->request->facets[i];
		const struct choice *choice = choice_on(look, request->field);
		struct facet_part *part = arena_zero(look->arena, 1, sizeof(*part));
		*part = (struct facet_part){
			.store = look->store,
			.names = look->names,
			.years = &look->years,
			.set = set_of_field(look, choice, sideways),
			.chosen = choice ? choice->filters : NULL,
			.chosen_count = choice ? choice->count : 0,
		};
		jobs[i] = (struct facet_job){ .request = *request,
					      .parts = part,
					      .part_count = 1,
					      .variants = look->request->variants };
	}
}

enum status look_facets(const struct look *look, struct answer *answer, struct error *err)
{
	const size_t count = look->request->facet_count;
	if (!count)
		return STATUS_OK;
	struct docset *sideways = arena_zero(look->arena, look->choice_count, sizeof(*sideways));
	struct facet_job *jobs = arena_zero(look->arena, count, sizeof(*jobs));
	make_jobs(look, sideways, jobs);
	answer->facets = arena_zero(look->arena, count, sizeof(*answer->facets));
	answer->facet_count = count;
	const enum status status = facets_count(jobs, count, look->arena, answer->facets, err);
	for (size_t i = 0; i < look->choice_count; i++)
		docset_release(&sideways[i]);
	return status;
}
