/* ranked_lists.h: the articles of a run, when the order of its terms is known -> their term lists, by run.h. */
#ifndef DATELINE_BULK_RANKED_LISTS_H
#define DATELINE_BULK_RANKED_LISTS_H

#include "forward.h"

#include "dateline/deflate.h"
#include "dateline/memory.h"

#define RANKED_TERM_BYTES 24

/* A term where it stands in the order of all: what is looked at of it mostly lies in half a line of the cache. */
struct ranked_term {
	char start[RANKED_TERM_BYTES]; /* zeros behind the end */
	uint32_t term;                 /* its number */
	uint32_t len;
};

void ranked_term_set(struct ranked_term *ranked, struct str text, uint32_t term);

/* All borrowed. */
struct ranked_terms {
	const struct ranked_term *terms; /* by rank */
	size_t count;
	const uint32_t *ranks;   /* by number */
	const struct str *texts; /* by number */
};

/* What is kept between articles. */
struct ranked_lists {
	struct ranked_terms of;
	uint64_t *items, *spare; /* terms of the article at work */
	size_t capacity;
	uint32_t *counts;
	struct buffer tag, deflated;
	struct deflate *deflate;
	uint32_t sequence; /* of the last article */
};

void ranked_lists_init(struct ranked_lists *lists, const struct ranked_terms *of);
void ranked_lists_release(struct ranked_lists *lists);

/* Adds the next article to the part of articles. */
void ranked_lists_add(struct ranked_lists *lists, const struct forward_article *article,
		      struct buffer *out);

#endif
