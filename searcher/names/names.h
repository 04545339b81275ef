/*
 * names.h: names as readers see them: what the index found to be one thing, and what corrections say.
 *
 * The facet column has a number for each name, and a number says nothing of what the name counts for. Here that is known: a
 * point is a number of a kind, and each leads to a point that it counts for in the end, most to themselves. Several that end
 * at one point are a group: one value of a facet, which an article has once. In the order in which it is decided: what the
 * indexer merged (META_MERGED), then the corrections (fixes.h): split, merge, retype, rename, hide.
 *
 * Opened with the store and read once a search. When nothing is merged and nothing corrected it costs a few look-ups in the
 * metadata, and in any case no more than the merges and corrections there are: never all names.
 */
#ifndef DATELINE_NAMES_H
#define DATELINE_NAMES_H

#include "../answer.h"
#include "../query/query.h"

#include "dateline/fixes.h"
#include "dateline/schema.h"

/* A name: a number of a kind. Those beyond the index's own numbers are of new names, that corrections bring in. */
struct point {
	enum facet_kind kind;
	uint32_t number;
};

static inline bool same_point(struct point a, struct point b)
{
	return a.kind == b.kind && a.number == b.number;
}

static inline int compare_points(struct point a, struct point b)
{
	if (a.kind != b.kind)
		return a.kind < b.kind ? -1 : 1;
	return (a.number > b.number) - (a.number < b.number);
}

struct point_list {
	struct point *items;
	size_t count, capacity;
};

struct names;

/* What a request says of names. */
struct names_request {
	struct str_list files; /* corrections beside those that the index remembers */
	uint32_t min_confidence; /* percent: an article has a value only with so much; 0: in any case */
};

/*
 * Reads merges and corrections. STATUS_BAD_INPUT: a line of a file is wrong; STATUS_NOT_FOUND: a file of the request is not
 * there. That the file which the index remembers is not there is only noted in names_hints. The store must outlive it.
 */
enum status names_open(struct store *store, const struct names_request *request,
		       struct names **names, struct error *err);
void names_close(struct names *names); /* takes NULL */

/* Frees what plans are made of; none that was made before may be used any more. To be called between searches: there are many. */
void names_forget_plans(struct names *names);

uint32_t names_min_confidence(const struct names *names);

/* Lines for people: what is amiss with corrections. Live as long as the names. */
struct str_list names_hints(const struct names *names);

/* Corrections that change nothing, because no article has such a name. */
struct fix_list {
	const struct fix **items;
	size_t count;
};
struct fix_list names_idle_fixes(const struct names *names);

/* ---- points ---- */

/* How many numbers a kind has, those of new names included. */
enum status names_size(struct names *names, enum facet_kind kind, uint32_t *size, struct error *err);

/* The point that a name in any spelling is; *known is false when no article ever had it and no correction brings it in. */
enum status names_point(struct names *names, enum facet_kind kind, struct str name, bool *known,
			struct point *point, struct error *err);

/* What a point counts for in the end. */
struct point names_end(const struct names *names, struct point point);

/* Is the group that ends here hidden? */
bool names_hidden(const struct names *names, struct point end);

/* Does something count for this point, or this for something, or is it corrected otherwise? */
bool names_is_changed(struct names *names, struct point point);

/*
 * The value of the field `kind` that a name counts for: *known is false also when that is hidden or a value of another kind
 * by now; then *gone says so.
 */
enum status names_value(struct names *names, enum facet_kind kind, struct str name, bool *known,
			bool *gone, struct point *end, struct error *err);

/* As it is shown. STATUS_CORRUPT when a number has no name. Lives in `arena`. */
enum status names_shown(struct names *names, struct point end, struct arena *arena,
			struct str *name, struct error *err);

/* The points that end here, itself first when it does. In `arena`. */
void names_members(struct names *names, struct point end, struct arena *arena,
		   struct point_list *members);

/* The verbs of corrections that made the group what it is, one bit each. */
uint32_t names_verbs(struct names *names, struct point end);

/* ---- values ---- */

/*
 * The articles that count for a group. A plan of terms; with a least confidence, a set, that lives until names_forget_plans. From
 * `arena`.
 */
enum status names_plan(struct names *names, struct point end, struct arena *arena,
		       struct plan **plan, struct error *err);

/* The same as a plan of terms in any case, whatever the least confidence: for where the terms stand in the text. */
enum status names_terms(struct names *names, struct point end, struct arena *arena,
			struct plan **plan, struct error *err);

/*
 * Of `plan`, of terms of dates that articles mention (PREFIX_WHEN_...) joined by OR: the articles that mention one of them with
 * the least confidence, as names_plan has them. Without one, the plan itself.
 */
enum status names_plan_dates(struct names *names, struct plan *plan, struct arena *arena,
			     struct plan **sure, struct error *err);

/*
 * The articles that have any value of a kind, as counting has it: *plan, the plan of schema_any_term, stays unless corrections or a
 * least confidence say otherwise; then it becomes a set, that lives as long as the names.
 */
enum status names_plan_any(struct names *names, enum facet_kind kind, struct arena *arena,
			   struct plan **plan, struct error *err);

/* What a value is that somebody typed. */
struct typed_value {
	bool is_known; /* then `end` is the value */
	bool is_gone;  /* by the corrections it is hidden, or of another kind */
	struct point end;
	struct str hint; /* for people, when it was not taken as it stands; else empty */
};

/*
 * Understands a value of a field of names (FIELD_VALUE), with its canonical form (filter_canonical): for filters and --why
 * alike. A name that none has, but by which articles call another, is taken for the one that most of them mean; of agencies, datelines
 * and speakers, articles may mean organisations, places and people by it. From `arena`.
 */
enum status names_understand(struct names *names, const struct field *field, struct str typed,
			     struct str canonical, struct arena *arena, struct typed_value *value,
			     struct error *err);

/*
 * The same, with how it is shown and its plan. Whatever is known of no article keeps *plan, which the caller has made for the
 * canonical form. *hint is that of the value.
 */
enum status names_typed(struct names *names, const struct field *field, struct str typed,
			struct str canonical, struct arena *arena, struct str *shown,
			struct plan **plan, struct str *hint, struct error *err);

/*
 * The values that an article counts for which has the name and calls it so: one, unless variants were split from it. None when
 * all of them are hidden, or no article ever had the name: then *known is false. In `arena`.
 */
enum status names_of_article(struct names *names, const struct entity *entity, bool *known,
			     struct arena *arena, struct point_list *ends, struct error *err);

/*
 * The variants of a group that some article has, by falling count, then by name, at most `max`; its own name is among them
 * when there are others. Counts are over the whole index and regard no confidence. In `arena`.
 */
enum status names_variants(struct names *names, struct point end, size_t max, struct arena *arena,
			   struct variant_list *variants, struct error *err);

/* For qsort of struct name_variant: by falling count, then by name. */
int names_compare_variants(const void *a, const void *b);

#endif
