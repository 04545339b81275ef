/* found.h: what may be a mention, while the article is still being read. */
#ifndef DATELINE_FOUND_H
#define DATELINE_FOUND_H

#include "care.h"

/* What the tagger makes of the words. */
enum evidence {
	EVIDENCE_NONE,    /* it was not asked */
	EVIDENCE_SILENT,  /* no name there */
	EVIDENCE_SUPPORT, /* a place, or a people */
	EVIDENCE_AGAINST, /* something else, or part of a longer name: no mention */
	EVIDENCE_PERSON,  /* somebody's name, or part of it: no mention either */
};

/* Tokens first..last are a name: of an entity that the publisher gives, else of the gazetteer. */
struct found {
	uint32_t first, last;
	uint32_t given;     /* GIVEN_NONE, or the number of a given name */
	bool is_family;     /* the last word of a given person */
	uint32_t row, rows; /* of gazetteer_names, all of one key */
	enum verdict verdict;
	enum evidence evidence;
	bool is_sure;  /* the tagger is, that it is a place */
	uint32_t spot; /* the one that says the same, and is left out when this is meant */
};

#define SPOT_NONE UINT32_MAX

#define GIVEN_NONE UINT32_MAX

/* Is `found` the better of the two: longer, and given rather than guessed? */
static inline bool found_is_better(const struct found *found, const struct found *than)
{
	return found->last > than->last || (found->last == than->last && found->first < than->first);
}

#endif
