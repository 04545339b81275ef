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

/* The filters that name a value; FIELD=* names none. */
static void add_chosen(const struct look *look, const struct choice *choice, struct facet_part *part)
{
	const struct filter **chosen =
		arena_alloc(look->arena, choice->count * sizeof(struct filter *));
	for (size_t i = 0; i < choice->count; i++)
		if (!str_equal(choice->filters[i]->value, STR("*")))
			chosen[part->chosen_count++] = choice->filters[i];
	part->chosen = chosen;
}

static void make_part(const struct look *look, const struct field *field, struct docset *sideways,
		      struct facet_part *part)
{
	const struct choice *choice = choice_on(look, field);
	*part = (struct facet_part){
		.store = look->store,
		.names = look->names,
		.years = &look->search->years,
		.set = set_of_field(look, choice, sideways),
	};
	if (choice)
		add_chosen(look, choice, part);
}

/* `sideways` has room for the choices of each look. */
static void make_jobs(const struct search *search, struct docset **sideways, struct facet_job *jobs)
{
	for (size_t i = 0; i < search->request->facet_count; i++) {
		const struct facet_request *request = &search->request->facets[i];
		struct facet_part *parts =
			arena_zero(search->arena, search->look_count, sizeof(*parts));
		for (size_t k = 0; k < search->look_count; k++)
			make_part(&search->looks[k], request->field, sideways[k], &parts[k]);
		jobs[i] = (struct facet_job){ .request = *request,
					      .parts = parts,
					      .part_count = search->look_count,
					      .variants = search->request->variants };
	}
}

enum status search_facets(const struct search *search, struct answer *answer, struct error *err)
{
	struct arena *arena = search->arena;
	const size_t count = search->request->facet_count;
	if (!count)
		return STATUS_OK;
	struct docset **sideways = arena_alloc(arena, search->look_count * sizeof(struct docset *));
	for (size_t i = 0; i < search->look_count; i++)
		sideways[i] = arena_zero(arena, search->looks[i].choice_count, sizeof(**sideways));
	struct facet_job *jobs = arena_zero(arena, count, sizeof(*jobs));
	make_jobs(search, sideways, jobs);
	answer->facets = arena_zero(arena, count, sizeof(*answer->facets));
	answer->facet_count = count;
	const enum status status = facets_count(jobs, count, arena, answer->facets, err);
	for (size_t i = 0; i < search->look_count; i++)
		for (size_t k = 0; k < search->looks[i].choice_count; k++)
			docset_release(&sideways[i][k]);
	return status;
}
