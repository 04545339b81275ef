/*
 * valuing.h: from counts by number to values with names. Private to the files that each do a part of that.
 */
#ifndef DATELINE_FACETS_VALUING_H
#define DATELINE_FACETS_VALUING_H

#include "facets.h"

#include "dateline/intern.h"

#define NUMBER_NONE UINT32_MAX

/* Articles: how many were counted, and how many there are. */
struct background {
	double counted, all;
};

/* A value on its way to being shown. */
struct listed {
	struct answer_value value;
	double score; /* by which it is sorted, the greater first */
	struct str key; /* utf8_name_key of the name; of several indexes, or when names decide the order */
	uint32_t *numbers; /* one a part; NUMBER_NONE where no article ever had the name */
	bool is_extra;     /* listed only because it is chosen */
};

/* One facet of values in the making. */
struct valuing {
	const struct facet_job *job;
	const struct counted *counted; /* one a part */
	struct background background;  /* of FACET_BY_SIGNIFICANCE */
	struct arena *arena;
	struct error *err;

	uint32_t **eligible; /* one a part: the counts of the values that may be listed, 0 for the others */
	struct listed *items;
	size_t count, capacity;
	struct intern keys; /* of the items, with the same numbers; of several parts only */
};

static inline enum facet_kind valuing_kind(const struct valuing *valuing)
{
	return valuing->job->request.field->kind;
}

/* ---- names and numbers (listing.c) ---- */

/* The name of a value of a part, as it is shown. */
enum status valuing_name(struct valuing *valuing, size_t part, uint32_t number, struct str *name);

/* The value that a name counts for in a part; NUMBER_NONE when there is none. */
enum status valuing_number(struct valuing *valuing, size_t part, struct str name, uint32_t *number);

/*
 * Adds the value to the items, with its counts of all parts; *at is its place. One that is there already is not added
 * twice, but of a single part that is up to the caller.
 */
enum status valuing_add(struct valuing *valuing, size_t part, uint32_t number, size_t *at);

/* The same for a name that no article of the part ever had. */
enum status valuing_add_name(struct valuing *valuing, struct str name, size_t *at);

/* Adds every eligible value of every part. */
enum status valuing_add_all(struct valuing *valuing);

void valuing_sort(struct valuing *valuing); /* the keys no longer have the numbers of the items */
void valuing_release(struct valuing *valuing);

/* ---- several indexes (several.c) ---- */

/*
 * How many values there are, by name. The names of all but the part that has most of them are read, which is the cost of
 * several indexes.
 */
enum status valuing_distinct(struct valuing *valuing, uint32_t *distinct);

/* Adds those that may be among the `max` biggest; names are read of no more than needed. */
enum status valuing_add_biggest(struct valuing *valuing);

/* The names of the items as the part spells them that has them most often. */
enum status valuing_spell(struct valuing *valuing);

/* What one item is called in all parts. */
enum status valuing_variants(struct valuing *valuing, const struct listed *item,
			     struct variant_list *variants);

/* ---- the biggest of a part (values.c) ---- */

/* By which the values of a part are chosen: its counts, or `scores` where there are some. */
struct ranking {
	const uint32_t *counts; /* a value with 0 has no part in it */
	const double *scores;   /* NULL: the counts */
	uint32_t size;
	const uint32_t *listed; /* the numbers that are to be looked at; NULL: all below `size` */
	size_t listed_count;
};

/* How many numbers there are to look at, and the one at a place. */
static inline size_t ranking_places(const struct ranking *ranking)
{
	return ranking->listed ? ranking->listed_count : ranking->size;
}

static inline uint32_t ranking_number(const struct ranking *ranking, size_t place)
{
	return ranking->listed ? ranking->listed[place] : (uint32_t)place;
}

/* What a value needs to be among the `max` first; less than any score when there are not that many. */
double ranking_threshold(const struct ranking *ranking, uint32_t max);

static inline double ranking_score(const struct ranking *ranking, uint32_t number)
{
	return ranking->scores ? ranking->scores[number] : ranking->counts[number];
}

/* ---- what may be listed (matching.c) ---- */

/* Makes valuing->eligible: the counts themselves, or, with request.match, those of the values that contain it. */
enum status valuing_match(struct valuing *valuing);

/* ---- topics (topics.c) ---- */

/* Brings the items into the order of a tree, with their depth, and leaves out what is not to be listed. They have keys. */
void valuing_tree(struct valuing *valuing);

/* ---- over time (trend.c) ---- */

/*
 * Fills in when the values of the facet, which are the items, are first and last seen, and how often in between. One more
 * way through the dates of the articles, and one through their columns.
 */
enum status valuing_trends(struct valuing *valuing, struct answer_facet *facet);

/* ---- how telling a value is (significance.c) ---- */

struct background background_of(const struct facet_job *job);

/*
 * The logarithm of the likelihood ratio of a value (G2: T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence",
 * Computational Linguistics 19, 1993) that `count` of the articles counted have, and `everywhere` of all; negative when they
 * have it less often than the others.
 */
double significance(const struct background *background, uint32_t count, uint32_t everywhere);

#endif
