/*
 * check_entities.h: what the index has of the entities of an article, against the article's own record: the terms of values,
 * of kinds and of other names, the facet column, its confidence and its sentences, to the byte. Private to the check files.
 */
#ifndef DATELINE_CHECK_ENTITIES_H
#define DATELINE_CHECK_ENTITIES_H

#include "check.h"

#include "dateline/positions.h"
#include "dateline/record.h"

struct entity_check;

struct entity_check *entity_check_new(struct examination *examination);
void entity_check_free(struct entity_check *check); /* takes NULL */

/* Notes what is wrong with one document, whose record is whole. */
enum status entity_check_run(struct entity_check *check, uint32_t document,
			     const struct record *record, struct error *err);

/* Where the entities of a record are mentioned, by their number, and where its sentences begin (positions.h). */
struct entity_places {
	const struct position_list *entities;
	struct position_list sentences;
};

/* Notes it when the sentences of the facet column are others than these places say. All else was noted by entity_check_run. */
enum status entity_check_sentences(struct entity_check *check, uint32_t document,
				   const struct record *record, const struct entity_places *places,
				   struct error *err);

#endif
