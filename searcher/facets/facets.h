/*
 * facets.h: counting what a set of articles is about.
 *
 * Values of the facet column are numbers: each adds one in an array, and names are looked up only for
 * those that are shown. Dates are counted from their slot. Every count is exact for the set it is
 * given; which set a field needs is the caller's business.
 */
#ifndef DATELINE_FACETS_H
#define DATELINE_FACETS_H

#include "../answer.h"
#include "../query/query.h"

#include "dateline/schema.h"

struct names; /* names/names.h */

/* One of the indexes that a field is counted over. */
struct facet_part {
	struct store *store;
	struct names *names; /* what its numbers count for, and from which confidence on; NULL: for themselves */
	const struct years *years;
	const struct docset *set; /* the articles; parts of several jobs with the same pointer share one pass */
	const struct filter *const *
		chosen; /* filters (=) on this field: always listed; of dates the same in all parts */
	size_t chosen_count;
};

/* One field to be counted. */
struct facet_job {
	struct facet_request request;
	const struct facet_part *parts; /* one an index, all jobs have as many, in the same order */
	size_t part_count;
	bool variants; /* fill in what the values are called, of kinds that have variants */
};

/*
 * Fills facets[0..count), one a job; what is in them lives in `arena`. Values of several indexes are one when they are shown under
 * the same name (utf8_name_key).
 */
enum status facets_count(const struct facet_job *jobs, size_t count, struct arena *arena,
			 struct answer_facet *facets, struct error *err);

/*
 * How much of a column is read at a time: so much that calls of the shim cost nothing, and so little that it
 * stays in a processor's cache.
 */
#define COLUMN_BYTES ((size_t)192 << 10)

/* ---- counting by number (tally.c) ---- */

/* How many articles have each number, by kind, in one index; {0} is an empty one. */
struct tally {
	struct names *names;          /* NULL: numbers count for themselves */
	uint32_t *counts[KIND_COUNT]; /* by number; NULL for a kind that is not counted */
	uint32_t sizes[KIND_COUNT];
	uint32_t having[KIND_COUNT];  /* articles that have any value of the kind */
	uint32_t *listed[KIND_COUNT]; /* the numbers that are not 0, in no order; NULL: not known */
	size_t listed_count[KIND_COUNT];
	struct roll *lenders[KIND_COUNT]; /* whom the two are to be given back to */
};

/* A set of kinds, one bit each. */
static inline uint32_t kind_bit(enum facet_kind kind)
{
	return (uint32_t)1 << kind;
}

/* Makes room for the counts of `kinds`, as far as there is none yet. */
enum status tally_prepare(struct tally *tally, struct store *store, uint32_t kinds,
			  struct error *err);

/* Adds the values of the set's articles, of the kinds in `kinds`. STATUS_CORRUPT: an ill-formed column. */
enum status tally_add(struct tally *tally, struct store *store, const struct docset *set,
		      uint32_t kinds, struct error *err);
void tally_release(struct tally *tally);

/* ---- counting what is in one sentence with a value (beside.c) ---- */

/* What a part has for the value that is to be in the sentence. */
struct beside {
	const struct field *field;
	bool is_known;   /* else no article has it */
	uint32_t number; /* that it counts for in the end */
};

/*
 * Understands request.beside in each part, as a filter would; *shown is "place=China" with the name as it is shown, from
 * `arena`. STATUS_BAD_REQUEST: no field, or nothing behind the "=".
 */
enum status beside_understand(const struct facet_job *job, struct arena *arena,
			      struct beside *besides, struct str *shown, struct error *err);

/*
 * Adds the values of the articles of `set` (NULL: all of the index), of the kind of the field, that one sentence mentions together with the other. Merged names
 * are one on both sides, and the other value itself is left out.
 */
enum status beside_tally(const struct facet_part *part, const struct docset *set,
			 const struct beside *beside, enum facet_kind kind, struct tally *tally,
			 struct error *err);

/*
 * The same without counting: `call` is told of each value that is together with the other, with the article that the columns
 * are at; a merged name may come more than once in one article, and the other value comes too. Dates of publication are read beside. False: the
 * column is damaged.
 */
struct columns;
struct beside_listener {
	bool (*call)(void *context, const struct columns *columns, const struct facet_value *value);
	void *context;
};
enum status beside_each(const struct facet_part *part, const struct beside *beside,
			enum facet_kind kind, const struct beside_listener *listener,
			struct error *err);

/* ---- names for numbers (names.c) ---- */

/* The name of a number; STATUS_CORRUPT when it has none. */
enum status facet_name(struct store *store, enum facet_kind kind, uint32_t number,
		       struct arena *arena, struct str *name, struct error *err);

/* The number of a name in any spelling; *known is false when no article ever had it. */
enum status facet_number(struct store *store, enum facet_kind kind, struct str name, bool *known,
			 uint32_t *number, struct error *err);

/* The next free number of a kind. */
enum status facet_next(struct store *store, enum facet_kind kind, uint32_t *next, struct error *err);

/* ---- the sorts of fields ---- */

/* What was counted for one job in one of its indexes. */
struct counted {
	uint32_t *counts; /* by number */
	uint32_t size;
	uint32_t having;        /* articles with any value of the field */
	const uint32_t *listed; /* the numbers that are not 0, in no order; NULL: look at all */
	size_t listed_count;
	const uint32_t *everywhere; /* the same of all articles of the index; NULL unless it is asked for */
	const struct beside *beside; /* what the values must be in one sentence with; NULL: nothing */
};

/* The values that are to be listed, and the chosen ones (values.c). `counted` has one a part, as in all of these. */
enum status facet_values(const struct facet_job *job, const struct counted *counted,
			 struct arena *arena, struct answer_facet *facet, struct error *err);

/*
 * Years, months or days that the articles mention (when.c). In the step AUTO, all of them as they are mentioned: without a
 * month or year that counts no more articles than one of its own parts, unless it is chosen. The counts of the parts are added
 * to those of the first.
 */
enum status facet_when(const struct facet_job *job, const struct counted *counted,
		       struct arena *arena, struct answer_facet *facet, struct error *err);

/* Years, months or days of the articles themselves (dates.c). */
enum status facet_dates(const struct facet_job *job, struct arena *arena,
			struct answer_facet *facet, struct error *err);

/* How many articles of all parts pass the filter that is the one at `at` of those chosen in each (dates.c). */
enum status facet_count_chosen(const struct facet_job *job, size_t at, uint32_t *count,
			       struct error *err);

#endif
