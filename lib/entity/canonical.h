/*
 * canonical.h: what the recogniser needs to know of a canonical name beside the name.
 */
#ifndef DATELINE_CANONICAL_H
#define DATELINE_CANONICAL_H

#include "dateline/article.h"
#include "gazetteer.h"

/* An organisation's short name, and whether it means that only as a code in lower case: "tse". */
struct org_alias {
	char key[16];
	const char *name;
	bool is_code;
};

extern const struct org_alias org_aliases[]; /* sorted by key */
extern const size_t org_alias_count;

/* How a name is written whose capitals and hyphens cannot be told from its slug. The name's key is the row's. */
struct spelled_name {
	const char *key, *name;
};

extern const struct spelled_name spelled_people[]; /* sorted by key */
extern const size_t spelled_people_count;

/* entity_canonical that may borrow from `name`; *place is the gazetteer's number, or PLACE_NONE. */
struct str canonical_name(enum facet_kind kind, struct str name, struct arena *arena,
			  enum place_id *place);

/* The canonical name of what a text calls so, trimmed and in normal case: here "Georgia" is the American one. */
struct str canonical_seen(enum facet_kind kind, struct str name, struct arena *arena);

#endif
