/*
 * field.h: the one table of what an article has that can be searched, filtered, sorted or counted.
 *
 * Indexing, query parsing, filters, facets, --help and the man page all read it.
 */
#ifndef DATELINE_FIELD_H
#define DATELINE_FIELD_H

#include "dateline/article.h"

enum field_role {
	FIELD_TEXT,  /* words with positions */
	FIELD_VALUE, /* whole values: boolean terms and the facet column */
	FIELD_DATE,  /* year, month and day terms, and the slot of the date */
	FIELD_ID,    /* whole values, never counted */
};

struct field {
	const char *name;    /* as people type it and as JSON shows it */
	const char *aliases; /* parted by blanks, may be empty */
	const char *prefix;  /* of its terms; of a date's, that of days (schema_date_terms) */
	enum field_role role;
	enum facet_kind kind; /* KIND_NONE when it is not a facet of the column */
	bool shown;           /* counted and shown when nothing else is asked for */
	const char *help;
	const char *example; /* a query */
};

extern const struct field field_table[]; /* ends with a NULL name; in the order facets are shown */

/* By name or alias, ASCII case ignored; NULL when there is none. */
const struct field *field_find(struct str name);

/* By kind; NULL for KIND_NONE. */
const struct field *field_of_kind(enum facet_kind kind);

/* That of ids, without a look at names. */
const struct field *field_of_id(void);

/*
 * The field whose name or alias is nearest to `name`, or NULL: for "did you mean". At most two letters are wrong,
 * missing, too many or swapped, and less than half of the shorter of the two.
 */
const struct field *field_nearest(struct str name);

/* True for whatever can stand before = in a filter and after --facet: FIELD_VALUE and FIELD_DATE. */
bool field_is_facet(const struct field *field);

#endif
