/*
 * entity_list.h: the entities of one article, put in order and written as JSON. What `dateline entities` prints of an article
 * and what `dateline show` prints of a document are alike.
 */
#ifndef DATELINE_ENTITY_LIST_H
#define DATELINE_ENTITY_LIST_H

#include "dateline/article.h"

/* All borrowed. */
struct entity_list {
	struct str text; /* of the article; spans are bytes of it */
	const struct entity *entities;
	size_t entity_count;
	const struct mention *mentions; /* by start */
	size_t mention_count;
};

/*
 * The entities of the kinds wanted that are sure enough: by kind, as field_table has them, then the most mentioned first.
 * Returns how many; chosen[0..entity_count) has room for all.
 */
size_t entity_list_choose(const struct entity_list *list, const bool kinds[KIND_COUNT],
			  uint32_t min_confidence, uint32_t *chosen);

/* How often each entity is mentioned; to be freed. */
uint32_t *entity_list_mentions(const struct entity_list *list);

/*
 * Appends an array of the entities chosen:
 *   {"kind":"person","name":"Kajsa Ollongren","confidence":97,"variants":["Ollongren"],
 *    "mentions":[{"start":12,"end":21,"text":"Ollongren","rule":"tagger","confidence":97}]}
 */
void entity_list_add_json(const struct entity_list *list, const uint32_t *chosen, size_t count,
			  struct buffer *out);

#endif
