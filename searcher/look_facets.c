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
		jobs[i] = (struct facet_job){ .request = *request,
					      .set = set_of_field(look, choice, sideways),
					      .names = look->names,
					      .variants = look->request->variants };
		if (choice) {
			jobs[i].chosen = choice->filters;
			jobs[i].chosen_count = choice->count;
		}
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
	const enum status status =
		facets_count(look->store, jobs, count, look->arena, answer->facets, err);
	for (size_t i = 0; i < look->choice_count; i++)
		docset_release(&sideways[i]);
	return status;
}
