/*
 * catalog.h: names of entities and other values -> their numbers, as the index's metadata keep them.
 *
 * A number is given once, in the order in which names come, and kept for ever. Beside it is noted how the name is shown and
 * what other names articles have for it, at most SCHEMA_VARIANTS_MAX (spellings.h): what the articles in the index have, whatever came
 * before. So the catalog is told of each article that comes or goes. Read from the metadata when first asked for, written back by
 * catalog_save, before each commit.
 */
#ifndef DATELINE_CATALOG_H
#define DATELINE_CATALOG_H

#include "ledger.h"
#include "spellings.h"

#include "dateline/intern.h"

struct catalog_kind {
	struct intern keys;            /* name keys */
	struct catalog_entry *entries; /* by number in `keys` */
	size_t capacity;
	uint32_t next; /* the next free number in the index */
	bool next_known;
};

/* {0} is an empty one. */
struct catalog {
	struct catalog_kind kinds[KIND_COUNT];
	struct arena arena; /* names and variants */
	uint64_t *listed; /* kind << 32 | number in `keys`: to be decided about, perhaps to be written */
	size_t listed_count, listed_capacity;
	struct buffer key, value, scratch;
};

void catalog_release(struct catalog *catalog);

/* Bytes of memory that it holds, about. */
size_t catalog_memory(const struct catalog *catalog);

/* An article comes in that has the entity: its number, given now when the name is new. */
enum status catalog_add(struct catalog *catalog, struct ledger *ledger, const struct entity *entity,
			uint32_t *number, struct error *err);

/* An article that had the entity goes, or did not come after all. The number stays. */
enum status catalog_take(struct catalog *catalog, struct ledger *ledger,
			 const struct entity *entity, struct error *err);

/* Writes what changed since the last time into the metadata. All articles that were told of must be in the writer, or out of it. */
enum status catalog_save(struct catalog *catalog, struct ledger *ledger, struct error *err);

#endif
