/*
 * forward.h: the articles of a run while it is made, each as its terms by number, four bytes a term, until the order of the terms is
 * known.
 */
#ifndef DATELINE_BULK_FORWARD_H
#define DATELINE_BULK_FORWARD_H

#include "../terms.h"

/* Numbers of terms are below it. */
#define FORWARD_TERMS_MAX (UINT32_C(1) << 26)

struct forward {
	struct forward_block *first, *last;
	size_t bytes;   /* of memory that are touched */
	uint32_t count; /* articles that were added and not taken */
	bool huge;      /* pages */
};

/* An article that was taken: `terms` points to what forward_term reads. */
struct forward_article {
	uint32_t sequence, length, term_count;
	const uint32_t *terms;
};

/* {0} is an empty one; `huge` may be set. */
void forward_release(struct forward *forward);

/* An article with room for so many terms, which are added by forward_put. */
uint32_t *forward_begin(struct forward *forward, size_t term_count);
void forward_end(struct forward *forward, uint32_t sequence, uint32_t length, size_t term_count,
		 const uint32_t *end);

/* The first article, or false: there is none. It is there until the next is taken; memory is given back as articles are. */
bool forward_take(struct forward *forward, struct forward_article *article);

/* A wdf that does not fit beside the number of the term follows it. */
#define FORWARD_WDF_SHIFT 26
#define FORWARD_WDF_MAX 63U

static inline uint32_t *forward_put(uint32_t *to, uint32_t term, uint32_t wdf)
{
	const bool fits = wdf < FORWARD_WDF_MAX;
	*to++ = term | (fits ? wdf : FORWARD_WDF_MAX) << FORWARD_WDF_SHIFT;
	if (!fits)
		*to++ = wdf;
	return to;
}

static inline const uint32_t *forward_term(const uint32_t *at, uint32_t *term, uint32_t *wdf)
{
	const uint32_t word = *at++;
	*term = word & (FORWARD_TERMS_MAX - 1);
	*wdf = word >> FORWARD_WDF_SHIFT;
	if (*wdf == FORWARD_WDF_MAX)
		*wdf = *at++;
	return at;
}

#endif
