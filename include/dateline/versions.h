/*
 * versions.h: what made an index, as its metadata say it. Articles and queries must be analysed alike, or hits are
 * lost that nobody can explain: so an index of other versions is refused before anything is read or written.
 */
#ifndef DATELINE_VERSIONS_H
#define DATELINE_VERSIONS_H

#include "dateline/store.h"

enum { VERSION_SCHEMA, VERSION_ANALYSER, VERSION_STEMMER, VERSION_COUNT };

struct version {
	const char *key;  /* in the metadata */
	const char *what; /* for messages */
	char text[32];    /* of this program */
};

void versions_of_program(struct version versions[VERSION_COUNT]);

/* STATUS_OTHER_VERSION, in words that say what to do, when the index at `path` was made by others. */
enum status versions_check(struct store *store, const char *path, struct error *err);

#endif
