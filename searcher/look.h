/*
 * look.h: a search: a request, understood, with one look at each index, on a fresh view. Private to search.c and to
 * the files that each do a part of its work.
 */
#ifndef DATELINE_LOOK_H
#define DATELINE_LOOK_H

#include "answer.h"
#include "evidence.h"
#include "names/names.h"
#include "query/query.h"
#include "query/synonyms.h"

#include "dateline/record.h"

/* All filters (=) on one field: an article passes when it has any of the values. */
struct choice {
	const struct field *field;
	const struct filter **filters;
	size_t count;
	struct plan *plan;
	struct docset set;
};

/* One index, and what of the search is its own. */
struct look {
	struct search *search;
	const struct request *request; /* that of the search, as the arena */
	struct arena *arena;
	struct str path; /* made valid */
	struct store *store;
	struct analyser *analyser;
	struct names *names;
	struct why why;

	struct query_plan query_plan; /* in all looks the same but for the names of values */
	struct docset most;           /* with MOST, the articles that have so many */
	struct plan *words_again; /* with MOST, the same articles without that set, where that is not too long */
	struct plan *words; /* what the words ask for; ALL without any, NONE when they are only punctuation */
	struct plan *expansion; /* words that the best hits share, with their weights; NULL: none */
	struct filter *filters;
	size_t filter_count;
	struct choice *choices; /* one a field */
	size_t choice_count;
	struct plan **excluded; /* what filters with != take away */
	size_t excluded_count;

	struct docset base; /* the words without what is excluded; choices not yet applied */
	struct docset hits; /* base and all choices */
	struct docset named; /* hits that weigh more because they count for a name that words make up; {0}: none */
	float **score_room; /* of the index: NULL, or zeros for every docid but while a search uses it */
	float *scores;      /* by docid, of what base has; NULL when nothing is ranked by them */
};

/* All the indexes that are searched together. */
struct search {
	const struct request *request;
	struct arena *arena;
	struct look *looks;
	size_t look_count;
	const struct language **languages; /* of all of them, as the years */
	size_t language_count;
	struct years years;
	const struct synonyms *synonyms; /* NULL: none */

	struct query query;
	enum match_mode matched;     /* ALL, MOST or ANY */
	uint32_t word_count, needed; /* words that weigh, and how many of them must be there */
	enum store_order order;
	uint32_t total; /* members of hits, over all looks */
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

/* Adds to what people are told whatever happens, unless it is said already. */
void search_add_hint(struct search *search, struct str hint);

/* From the parts of the query to the words of each look, as request.match says (relax.c). */
void search_join_words(struct search *search);

/* With AUTO, when no article has all of the words: what asks for most of them, if any has (relax.c). */
enum status search_relax(struct search *search, bool *relaxed, struct error *err);

/* The words of each look become: any articles that have so many of them (relax.c). */
enum status search_take_most(struct search *search, uint32_t needed, struct error *err);

/* What the leaf or filter of that number matches by itself in all indexes (search.c). */
enum status search_count_leaf(const struct search *search, size_t number, uint32_t *count,
			      struct error *err);
enum status search_count_filter(const struct search *search, size_t number, uint32_t *count,
				struct error *err);
/* Articles of all indexes. */
uint32_t search_articles(const struct search *search);

/* Something that is asked for can be better or worse at an article: values and dates alone weigh nothing. */
bool search_has_weight(const struct search *search);

/* All of it: from the request to the answer (search.c). */
enum status search_answer(struct search *search, struct answer *answer, struct error *err);

/* ---- the best (best.c) ---- */

struct best {
	struct look *look;
	uint32_t id;
	float score;
	char published[DATE_TEXT_SIZE]; /* sortable; empty when undated, or when the order is by relevance */
};

/* The first `max` hits in an order, over all looks. Fills *best from the arena. */
enum status search_best(const struct search *search, enum store_order order, size_t max,
			struct best **best, size_t *count, struct error *err);

/* ---- parts of the answer ---- */

/*
 * The stems that tell these articles from others, each article weighed by its score: an OR of terms that are scaled to weigh
 * `weight` together, or NULL when there is none (expand.c). At most TELLING_HITS_MAX articles.
 */
#define TELLING_HITS_MAX 10
enum status search_telling_stems(struct search *search, const struct best *hits, size_t hit_count,
				 double weight, struct plan **plan, struct error *err);

/* Instead of words: makes the plans of articles that are like that of request.similar (similar.c). */
enum status search_similar(struct search *search, struct error *err);

/* Lets articles weigh so many times as much that count for a name which words of the query make up (named.c, with the reason). */
#define NAMED_FACTOR 1.15
enum status search_named(struct search *search, struct error *err);

/* Lets the age of the hits tell in their scores, as request.recency_days says (recency.c). */
enum status search_recency(struct search *search, struct error *err);

/* Adds to the scores words that the best hits share (expand.c). */
enum status search_expand(struct search *search, struct error *err);

/* Fills answer->hits with the page that was asked for (hits.c). */
enum status search_hits(struct search *search, struct answer *answer, struct error *err);

/* Fills answer->facets (look_facets.c). */
enum status search_facets(const struct search *search, struct answer *answer, struct error *err);

/*
 * Adds to answer->hints why there are no hits, or few, or none with all of the words, and fills the suggestions (hints.c). To be asked
 * of every answer when its total is known: it knows itself when there is nothing to say.
 */
enum status search_hints(const struct search *search, struct answer *answer, struct error *err);

/* Counts every number of *answer again, each by a query of its own (recount.c). */
enum status search_recount(const struct search *search, struct answer *answer, struct error *err);

/* The part of it that counts how many different dates are mentioned (recount_when.c). */
enum status recount_when(const struct search *search, const struct answer_facet *facet,
			 struct answer *answer, struct error *err);

/* The part of it that compares how many articles have no value (recount.c). */
enum status recount_missing(const struct answer_facet *facet, uint32_t missing,
			    struct answer *answer, struct error *err);

/*
 * The part of it for values that are counted beside another (recount_beside.c). Not of names that were split, and not with a least
 * confidence: the terms of the index do not say these.
 */
enum status recount_beside(const struct search *search, const struct answer_facet *facet,
			   struct answer *answer, struct error *err);

/* How the query was understood (explain.c). */
void search_explain(const struct search *search, struct answer *answer);

/* Why a hit has its score: what each part of the query gave (explain.c). */
enum status explain_hit(const struct best *hit, struct str *explanation, struct error *err);

#endif
