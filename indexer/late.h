/*
 * late.h: documents that take the place of earlier ones of a run, kept in a file without a name until the tables that have those are
 * written.
 */
#ifndef DATELINE_INDEXER_LATE_H
#define DATELINE_INDEXER_LATE_H

#include "dateline/store.h"

#include <stdio.h>

/* {0} is an empty one. */
struct late {
	FILE *file;
	uint64_t count;
	struct buffer bytes;
};

void late_release(struct late *late);

/* A whole document, for the place of `id`. The file is made in `folder` with the first. STATUS_SYSTEM. */
enum status late_add(struct late *late, const char *folder, uint32_t id,
		     const struct document *document, uint64_t checksum, struct error *err);

struct late_document {
	uint32_t id;
	uint64_t checksum;
	struct document document; /* from the arena */
};

/* Back to the first. STATUS_SYSTEM when not all could be written. */
enum status late_rewind(struct late *late, struct error *err);

/* The next in the order in which they came; late.count of them are there. STATUS_SYSTEM. */
enum status late_next(struct late *late, struct arena *arena, struct late_document *next,
		      struct error *err);

#endif
