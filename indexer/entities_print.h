/* entities_print.h: the entities of one article, as a table for people or as a line of JSON. */
#ifndef DATELINE_INDEXER_ENTITIES_PRINT_H
#define DATELINE_INDEXER_ENTITIES_PRINT_H

#include "dateline/entity_list.h"

/* What of an article is printed. */
struct entities_view {
	const struct article *article;
	struct entity_list list;
	const uint32_t *chosen; /* entities, in the order in which they are printed */
	size_t chosen_count;
	bool text; /* of JSON: with the text */
};

/* Both append to out. The table holds nothing that would act on a terminal. */
void entities_add_table(const struct entities_view *view, struct buffer *out);
void entities_add_json(const struct entities_view *view, struct buffer *out);

#endif
