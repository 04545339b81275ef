/*
 * metadata.h: metadata that are gathered before there is a database to have them: keys and values, the last value given to a key counts,
 * an empty one takes it out.
 */
#ifndef DATELINE_BULK_METADATA_H
#define DATELINE_BULK_METADATA_H

#include "table.h"

#include "dateline/intern.h"

/* {0} is an empty one. */
struct metadata {
	struct intern keys;
	struct str *values; /* by number of key */
	size_t capacity;
	struct arena arena;
};

void metadata_release(struct metadata *metadata);
void metadata_set(struct metadata *metadata, struct str key, struct str value);

/* The value that a key was set to, empty when it was taken out; false when it was never set. Borrowed, until the next change. */
bool metadata_find(const struct metadata *metadata, struct str key, struct str *value);

/* Makes all of them the front of the table of postings (table_front, in the place of a front before). */
enum status metadata_write(const struct metadata *metadata, struct table *table, struct error *err);

#endif
