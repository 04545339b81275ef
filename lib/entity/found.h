/* found.h: what may be a mention, while the article is still being read. */
#ifndef DATELINE_FOUND_H
#define DATELINE_FOUND_H

#include "care.h"

/* Tokens first..last are a name: of an entity that the publisher gives, else of the gazetteer. */
struct found {
	uint32_t first, last;
	uint32_t given;     /* GIVEN_NONE, or the number of a given name */
	uint32_t row, rows; /* of gazetteer_names, all of one key */
	enum verdict verdict;
};

#define GIVEN_NONE UINT32_MAX

/* Is `found` the better of the two: longer, and given rather than guessed? */
static inline bool found_is_better(const struct found *found, const struct found *than)
{
	return found->last > than->last || (found->last == than->last && found->first < than->first);
}

#endif
