/*
 * docset.h: a set of document ids, one bit a document.
 *
 * Ids run from 1 to `limit`. All sets of one search share the same limit. {0} is an empty set without room, which can be
 * counted, gone through, copied and released.
 */
#ifndef DATELINE_DOCSET_H
#define DATELINE_DOCSET_H

#include "dateline/memory.h"

#ifdef __cplusplus
extern "C" {
#endif

struct docset {
	uint64_t *words; /* bit (id & 63) of word (id >> 6) */
	uint32_t limit;
};

void docset_init(struct docset *set, uint32_t limit); /* empty */
void docset_release(struct docset *set);
void docset_copy(struct docset *to, const struct docset *from); /* `to` need not be initialised */

static inline size_t docset_words(const struct docset *set)
{
	return ((size_t)set->limit >> 6) + 1;
}

static inline void docset_add(struct docset *set, uint32_t id)
{
	set->words[id >> 6] |= (uint64_t)1 << (id & 63);
}

static inline bool docset_has(const struct docset *set, uint32_t id)
{
	return id <= set->limit && (set->words[id >> 6] >> (id & 63) & 1);
}

void docset_and(struct docset *set, const struct docset *other);
void docset_or(struct docset *set, const struct docset *other);
void docset_and_not(struct docset *set, const struct docset *other);
uint32_t docset_count(const struct docset *set);

/* The smallest member >= from, or 0 when there is none. */
uint32_t docset_next(const struct docset *set, uint32_t from);

#ifdef __cplusplus
}
#endif
#endif
