/*
 * catalog.h: names of entities and other values -> their numbers, as the index's metadata keeps them.
 *
 * A number is given once, in the order in which names come, and kept for ever. What other names count for
 * an entity is noted beside it, the first SCHEMA_VARIANTS_MAX of them. Read from the metadata when first asked for, written back by
 * catalog_save, before each commit.
 */
#ifndef DATELINE_CATALOG_H
#define DATELINE_CATALOG_H

#include "dateline/intern.h"
#include "dateline/store.h"

#include "dateline/article.h"

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
	uint64_t *changed;  /* kind << 32 | number in `keys`: to be written */
	size_t changed_count, changed_capacity;
	struct buffer key, value;
};

void catalog_release(struct catalog *catalog);

/* The number of an entity; *number is given now when the name is new. Its variant is noted. */
enum status catalog_number(struct catalog *catalog, struct store_writer *writer,
			   const struct entity *entity, uint32_t *number, struct error *err);

/* Writes what changed since the last time into the metadata. */
enum status catalog_save(struct catalog *catalog, struct store_writer *writer, struct error *err);

#endif
