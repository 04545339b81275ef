/*
 * inside.h: what the files of this folder share.
 */
#ifndef DATELINE_NAMES_INSIDE_H
#define DATELINE_NAMES_INSIDE_H

#include "../facets/facets.h"
#include "names.h"
#include "roll.h"

#include "dateline/intern.h"

/* One variant that no longer counts for a name. */
struct leaver {
	struct point to; /* what articles count for that call it so */
	struct str variant;
	struct docset set; /* those articles; read when first needed */
};

/* A name that variants were split from. */
struct split {
	struct leaver *items;
	size_t count, capacity;
	struct docset left; /* articles that call it nothing else, and so do not count for it; read when first needed */
	bool is_read;
};

/* What corrections say of one point. */
struct change {
	struct point at, to;
	bool is_moved;           /* counts for `to` */
	const struct fix *mover; /* the correction that says so */
	struct point ahead; /* of one that is moved: some point behind `to` on its way, for chains to be followed in few steps */
	bool is_cut;        /* what the indexer merged it into does not hold */
	bool is_hidden;
	uint32_t verbs;          /* one bit each */
	struct str shown;        /* empty: the name that the number has */
	struct split *split;     /* NULL: none */
	struct point_list gains; /* names of which a variant counts for this one */
};

struct move {
	struct point from, to;
};

/* What the indexer merged, of one kind. */
struct merges {
	struct merged_pair *pairs; /* by `from` */
	struct merged_pair *by_to; /* the same by `to`, then `from`; made when first needed */
	size_t count;
};

/* The alias terms of one kind (schema_alias_term), by name key; read when first needed (variants.c). */
struct alias_index {
	struct alias {
		struct str name, variant; /* keys */
	} * items;
	size_t count;
	bool is_read;
};

struct names {
	struct store *store;
	struct arena arena;
	uint32_t min_confidence;
	struct fixes fixes;
	struct merges merges[KIND_COUNT];
	struct alias_index aliases[KIND_COUNT];
	uint32_t next[KIND_COUNT]; /* numbers that the index has given; read when first needed */
	bool next_known[KIND_COUNT];
	struct intern fresh[KIND_COUNT]; /* keys of new names */
	struct str_list fresh_names[KIND_COUNT];
	size_t fresh_room[KIND_COUNT];
	struct intern changed;  /* points, as bytes */
	struct change *changes; /* by number in `changed` */
	size_t change_room;
	struct move *moves; /* by `to`; made when all corrections are applied */
	size_t move_count;
	struct roll *rolls[KIND_COUNT]; /* NULL: not made */
	uint64_t counted[KIND_COUNT];   /* articles that the kind was counted over */
	bool roll_tried[KIND_COUNT];
	struct docset **sets; /* of plans, to be freed */
	size_t set_count, set_room;
	const struct fix **idle;
	size_t idle_count;
	struct str *hints;
	size_t hint_count, hint_room;
};

void names_hint(struct names *names, const char *format, ...) __attribute__((format(printf, 2, 3)));

enum status names_next(struct names *names, enum facet_kind kind, uint32_t *next, struct error *err);

/* The first point on the way from this one, itself included, that no correction moves. */
struct point names_moved_end(const struct names *names, struct point point);

/* NULL when nothing is said of it. */
struct change *names_change(const struct names *names, struct point point);

/* The one there is, or a new one that says nothing. Moves the others. */
struct change *names_make_change(struct names *names, struct point point);

/* Is it a new name, that the index has no number for? */
static inline bool names_is_fresh(const struct names *names, struct point point)
{
	return names->next_known[point.kind] && point.number >= names->next[point.kind];
}

/* What the indexer merged the point into; false: nothing, or that was cut. */
bool names_merged(const struct names *names, struct point point, struct point *to);

/* Makes names->moves. */
void names_sort_moves(struct names *names);

/* Applies the corrections, in their order (fixing.c). */
enum status names_fix(struct names *names, struct error *err);

/* The name of a number, from the index or a correction; not as it is shown. */
enum status names_own(struct names *names, struct point point, struct arena *arena,
		      struct str *name, struct error *err);

/*
 * All that articles call a name beside itself: name keys for what the catalog no longer keeps. From `arena` (variants.c).
 */
enum status names_aliases(struct names *names, struct point point, struct arena *arena,
			  struct str_list *aliases, struct error *err);

/* The term of articles that call `name` so; false when there can be none. From `arena`. */
bool names_alias_plan(enum facet_kind kind, struct str variant, struct str name,
		      struct arena *arena, struct plan **plan);

/* What the variant became, in any spelling of its key; NULL when it was not split from the name (plan.c). */
const struct leaver *names_leaver(const struct split *split, struct str variant);

void names_add_point(struct point_list *list, struct arena *arena, struct point point);

/* Reads the sets of a split (plan.c). */
enum status names_read_split(struct names *names, struct point point, struct error *err);

/* An empty set that is freed with the plans (names_forget_plans). */
struct docset *names_new_set(struct names *names);

/*
 * The articles of `base` that have one of the points, of whatever kinds, with the least confidence, as far as they are not
 * split from it (confidence.c). Initialises the set.
 */
enum status names_sure_set(struct names *names, const struct plan *base,
			   const struct point_list *points, struct docset *set, struct error *err);

#endif
