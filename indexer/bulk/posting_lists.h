/*
 * posting_lists.h: the posting lists of the terms of a run while it is made, by number of term. A list lies in slices, each twice as
 * long as the one before, that are full but for the last; lists are only ever added to at their end.
 */
#ifndef DATELINE_BULK_POSTING_LISTS_H
#define DATELINE_BULK_POSTING_LISTS_H

#include "../terms.h"

/* Four of them to a line of the cache: adding a posting is mostly waiting for these and for the end of the slice. */
struct posting_list {
	uint32_t slice;      /* the last one, in units of 16 bytes */
	uint16_t used, room; /* bytes of it: taken, and in all */
	uint32_t last;       /* sequence of the last posting */
	uint32_t count;      /* of postings */
};

struct posting_lists {
	struct posting_list *items;
	uint32_t *heads; /* by number of term: the first slice */
	size_t count, capacity;
	char **blocks;
	size_t block_count, block_capacity;
	uint32_t next, end; /* free units of the last block */
	bool huge;          /* pages */
	struct buffer scratch;
};

/* {0} is an empty one; `huge` may be set. */
void posting_lists_release(struct posting_lists *lists);

/* Terms below `count` have lists from now on. */
void posting_lists_reach(struct posting_lists *lists, size_t count);

/* Adds the postings of an article, whose terms all have lists, in the form that run.h has them. */
void posting_lists_add(struct posting_lists *lists, uint32_t sequence,
		       const struct numbered_posting *postings, size_t count);

/* Bytes of the list's postings. */
size_t posting_list_bytes(const struct posting_lists *lists, uint32_t term);

/* Copies them. */
void posting_list_copy(const struct posting_lists *lists, uint32_t term, char *to);

/* Bytes of memory that are touched. */
size_t posting_lists_memory(const struct posting_lists *lists);

/* So that what is at the front of the list is soon at hand. */
void posting_list_prefetch(const struct posting_lists *lists, uint32_t term);

#endif
