/*
 * walk.h: paths as named on the command line -> the files to read, in an order that is the same
 * everywhere.
 *
 * Folders are gone through by byte order of names. Names that begin with a full stop are passed over
 * unless they were named on the command line, and so are folders that hold a database, so that
 * `dateline index .` does not read the index it writes.
 */
#ifndef DATELINE_WALK_H
#define DATELINE_WALK_H

#include "dateline/memory.h"
#include "dateline/status.h"

struct walk_file {
	struct str path;   /* absolute and real; "-" for standard input; NUL-terminated */
	uint64_t size;     /* bytes, 0 when not known before it is read */
	bool named;        /* on the command line, not found in a folder */
	struct error *err; /* why it cannot be read, else NULL */
};

struct walk {
	struct arena arena;
	struct walk_file *files;
	size_t count, capacity;
	uint64_t bytes; /* sum of all sizes */
};

/*
 * Fills *walk, to be released also after failure. STATUS_NOT_FOUND when a path of `paths` (ends with
 * NULL) is not there at all; what cannot be read inside a folder becomes a file with an `err`.
 */
enum status walk_paths(char *const *paths, struct walk *walk, struct error *err);
void walk_release(struct walk *walk);

#endif
