/*
 * seen.h: how many values of a kind some articles have, by the terms of each: another way than counting numbers, for --check.
 *
 * Terms know nothing of confidence.
 */
#ifndef DATELINE_NAMES_SEEN_H
#define DATELINE_NAMES_SEEN_H

#include "names.h"

#include "dateline/intern.h"

struct names_seen {
	struct names *names;
	enum facet_kind kind;
	struct intern terms;  /* of all names that count for others or are counted for */
	struct point *points; /* by number in `terms` */
	size_t point_room;
	uint32_t sources;     /* kinds of which something counts in this one, one bit each */
	struct intern values; /* that were met */
	uint32_t articles;    /* that have any of them */
	bool has_any;         /* the one at hand */
	struct arena arena;
};

/* The names must outlive it. Release it also after a failure. */
enum status names_seen_start(struct names *names, enum facet_kind kind, struct names_seen *seen,
			     struct error *err);
void names_seen_release(struct names_seen *seen);

/* Adds the values of one article; seen->values.count is how many there are. */
enum status names_seen_add(struct names_seen *seen, uint32_t id, struct error *err);

/* Adds the terms of the values that were met, each under the name that it is shown by: those of several indexes add up. */
enum status names_seen_terms(const struct names_seen *seen, struct intern *terms, struct error *err);

#endif
