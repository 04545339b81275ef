/*
 * roll.h: which values each article counts for, kept in memory for who counts again and again.
 *
 * The facet column is small on the disk and has to be taken apart for every count, and names that count for others to be
 * followed each time. A kind whose values have been counted over as many articles as the index has, in however many
 * searches, is taken apart once more and kept: from then on a count is an addition, and what most articles have is
 * counted by what the others have not. A program that answers one query never comes to that.
 */
#ifndef DATELINE_NAMES_ROLL_H
#define DATELINE_NAMES_ROLL_H

#include "names.h"

#define ROLL_BYTES_MAX ((size_t)256 << 20) /* of one kind; one that would take more is not kept */

struct roll {
	uint32_t limit;   /* the last docid */
	uint32_t *starts; /* by docid: article i has the numbers [starts[i], starts[i + 1]) */
	uint32_t *numbers;
	uint32_t *totals; /* by number: how many articles of the index have it */
	uint32_t size;    /* numbers of the kind */
	uint32_t having;  /* articles that have any */
	/* To be lent to one who counts: counts by number, all zero, and room for a list of those that are no longer. */
	uint32_t *counts, *listed;
	bool is_lent;
	struct str *shown; /* by number: the name as it is shown, once it was; NULL until any is */
};

/*
 * The roll of a kind, when there is one; else notes that so many more articles are counted, and makes it when it is
 * worth it. *roll is NULL when there is none. It lives as long as the names.
 */
enum status names_roll(struct names *names, enum facet_kind kind, uint32_t articles,
		       struct roll **roll, struct error *err);

void roll_free(struct roll *roll); /* takes NULL */

/* False when they are lent already. To be given back by roll_return. */
bool roll_lend(struct roll *roll, uint32_t **counts, uint32_t **listed);

/* `listed_count` as of roll_count. */
void roll_return(struct roll *roll, size_t listed_count);

#define ROLL_NO_LIST SIZE_MAX

/*
 * Adds the articles of the set to `counts`, by number, and returns how many of them have any value. `listed` (may be NULL) with
 * room for all numbers is made the list of those that are counted, when it is short; else *listed_count is ROLL_NO_LIST.
 * For a list, the counts must have been zero.
 */
uint32_t roll_count(const struct roll *roll, const struct docset *set, uint32_t *counts,
		    uint32_t *listed, size_t *listed_count);

#endif
