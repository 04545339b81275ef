/*
 * look.h: one look at an index: a request, understood, on one fresh view. Private to search.c and to the files
 * that each do a part of its work.
 */
#ifndef DATELINE_LOOK_H
#define DATELINE_LOOK_H

#include "answer.h"
#include "evidence.h"
#include "names/names.h"
#include "query/query.h"

#include "dateline/record.h"

/* All filters (=) on one field: an article passes when it has any of the values. */
struct choice {
	const struct field *field;
	const struct filter **filters;
	size_t count;
	struct plan *plan;
	struct docset set;
};

struct look {
	const struct request *request;
	struct arena *arena;
	struct store *store;
	struct analyser *analyser;
	const struct language **languages;
	size_t language_count;
	struct years years;
	struct names *names;
	struct why why;

	struct query query;
	struct query_plan query_plan;
	enum match_mode matched;     /* ALL, MOST or ANY */
	uint32_t word_count, needed; /* words that weigh, and how many of them must be there */
	struct docset most;          /* with MOST, the articles that have so many */
	struct plan *words_again; /* with MOST, the same articles without that set, where that is not too long */
	struct plan *ranked; /* what the hits were ranked by */
	struct plan *words; /* what the words ask for; ALL without any, NONE when they are only punctuation */
	struct filter *filters;
	size_t filter_count;
	struct choice *choices; /* one a field */
	size_t choice_count;
	struct plan **excluded; /* what filters with != take away */
	size_t excluded_count;

	struct docset base; /* the words without what is excluded; choices not yet applied */
	struct docset hits; /* base and all choices */
	uint32_t total;     /* members of hits */
};

/*
 * The plan of the words and of all filters but those on `without` (NULL: all), and of `also` (NULL: nothing
 * more). Filters weigh nothing.
 */
struct plan *look_plan(const struct look *look, const struct field *without, struct plan *also);

/*
 * Names as readers see them (look_names.c): the values in the words, in a filter and of --why taken for
 * what they are, with hints; and the plan of a value as it is shown.
 */
enum status look_name_words(struct look *look, struct error *err);
enum status look_name_filter(struct look *look, struct filter *filter, struct error *err);
enum status look_name_why(struct look *look, struct error *err);
enum status look_value_plan(const struct look *look, const struct field *field, struct str value,
			    struct plan **plan, struct error *err);

/* Adds to what people are told whatever happens (look_names.c). */
void look_add_hint(struct look *look, struct str hint);

/* From the parts of the query to look->words, as request.match says (relax.c). */
enum status look_join_words(struct look *look, struct error *err);

/* Fills look->base with what look->words match, unless that is done (search.c). */
enum status look_match_words(struct look *look, struct error *err);

/* Adds words that the best hits of look->ranked share, to be ranked by (expand.c). */
enum status look_expand(struct look *look, struct error *err);

/* Fills answer->hits with the page that was asked for (hits.c). */
enum status look_hits(struct look *look, struct answer *answer, struct error *err);

/* Fills answer->facets (look_facets.c). */
enum status look_facets(const struct look *look, struct answer *answer, struct error *err);

/* Adds to answer->hints why there are no hits, or none with all of the words (hints.c). */
enum status look_hints(const struct look *look, struct answer *answer, struct error *err);

/* Counts every number of *answer again, each by a query of its own (recount.c). */
enum status look_recount(const struct look *counted, struct answer *answer, struct error *err);

/* The part of it that counts how many different dates are mentioned (recount_when.c). */
enum status recount_when(const struct look *look, const struct answer_facet *facet,
			 struct answer *answer, struct error *err);

/* How the query was understood (explain.c). */
void look_explain(const struct look *look, struct answer *answer);

/* Why a hit has its score: what each part of the query gave (explain.c). */
enum status look_explain_hit(const struct look *look, const struct store_hit *hit, struct str id,
			     struct str *explanation, struct error *err);

#endif
