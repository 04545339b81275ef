/*
 * id_table.h: ids of articles -> documents, for all articles of a run: 16 bytes a slot, and never the ids themselves.
 *
 * An id is known by 96 bits of its hash (XXH3). Of 100 million ids, two have the same with a probability of 1 in 10^13.
 */
#ifndef DATELINE_INDEXER_ID_TABLE_H
#define DATELINE_INDEXER_ID_TABLE_H

#include "dateline/memory.h"

/* {0} is an empty one. */
struct id_table {
	struct id_slot *slots;
	size_t size, count;
};

void id_table_release(struct id_table *table);

/* False when the id was never set. *document may be 0: it was set to none. */
bool id_table_find(const struct id_table *table, struct str id, uint32_t *document);

void id_table_set(struct id_table *table, struct str id, uint32_t document);

/* Bytes of memory that it holds. */
size_t id_table_memory(const struct id_table *table);

#endif
