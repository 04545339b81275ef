/*
 * fields.h: from the names that fields have in the world to `struct article`. JSON and the front matter
 * of Markdown meet here, both as an object of cJSON.
 */
#ifndef DATELINE_FIELDS_H
#define DATELINE_FIELDS_H

#include "dateline/article.h"
#include "dateline/status.h"

#include <cjson/cJSON.h>

enum given_field {
	GIVEN_ID,
	GIVEN_TITLE,
	GIVEN_BODY,
	GIVEN_DATE,
	GIVEN_AUTHORS,
	GIVEN_SOURCE,
	GIVEN_SECTION,
	GIVEN_TOPICS,
	GIVEN_URL,
	GIVEN_LANGUAGE,
	GIVEN_DATELINE,
	GIVEN_PEOPLE,
	GIVEN_ORGS,
	GIVEN_PLACES,
};

/* A name of a field, in lower-case letters and digits alone: case, '_' and '-' do not count. */
struct given_name {
	const char *name;
	enum given_field field;
};

/* Where a field has several names, the first of them that is given and not blank counts. */
extern const struct given_name given_names[]; /* ends with a NULL name */
#define GIVEN_NAMES_MAX 80

/* The values of an object by the place of their name in given_names; null is as if not given. */
struct given {
	const cJSON *values[GIVEN_NAMES_MAX];
	uint32_t fields; /* a bit for each that has a value under any name, if only null */
};

/* Borrowed from `object`. Of members of the same name the last counts. */
void given_collect(const cJSON *object, struct given *given);

/* Is there a value, though perhaps a blank one, under any name of the field? */
bool given_has(const struct given *given, enum given_field field);

/*
 * Everything but title and body into *article, all from `arena`. What is of no use (a URL that is a
 * list) is passed over, a date that is none kept as unread_date; an id that cannot be one is STATUS_BAD_INPUT.
 */
enum status given_fill(const struct given *given, struct arena *arena, struct article *article,
		       struct error *err);

/*
 * Title and body to the builder; article->replaced counts. STATUS_BAD_INPUT: they are of a type that
 * has no text. The title can be blank, and so can the body.
 */
enum status given_add_title(const struct given *given, struct text_builder *builder,
			    struct article *article, struct error *err);
enum status given_add_body(const struct given *given, struct text_builder *builder,
			   struct article *article, struct error *err);

#endif
