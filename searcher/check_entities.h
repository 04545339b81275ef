/*
 * check_entities.h: what the index has of the entities of an article, against the article's own record: the terms of values
 * and of other names, the facet column and its confidence, to the byte. Private to the check files.
 */
#ifndef DATELINE_CHECK_ENTITIES_H
#define DATELINE_CHECK_ENTITIES_H

#include "check.h"

#include "dateline/record.h"

struct entity_check;

struct entity_check *entity_check_new(struct examination *examination);
void entity_check_free(struct entity_check *check); /* takes NULL */

/* Notes what is wrong with one document, whose record is whole. */
enum status entity_check_run(struct entity_check *check, uint32_t document,
			     const struct record *record, struct error *err);

#endif
