/*
 * publish.h: a new index is made in a fresh directory beside its target, and appears there at once, when
 * it is whole, or never.
 *
 * The directory is TARGET.building; what is made are folders in it. It is locked (flock on the directory itself)
 * as long as its maker lives, so that what a killed run left behind can be told from what is being made, and is
 * cleared by the next run.
 */
#ifndef DATELINE_PUBLISH_H
#define DATELINE_PUBLISH_H

#include "dateline/memory.h"
#include "dateline/status.h"

struct fresh {
	struct buffer path, target; /* NUL-terminated, without a slash at the end */
	int lock;                   /* the directory's file descriptor, -1 when there is none */
};

enum target_state {
	TARGET_ABSENT, /* nothing is there, or an empty folder */
	TARGET_INDEX,  /* a directory with a database */
};

/* Where nothing is at `path`, puts back the index that a killed run had moved aside there, if any. */
enum status target_restore(const char *path, enum target_state *state, struct error *err);

/* What is at `path`. STATUS_NO_INDEX: something that is no index and must not be replaced. */
enum status target_look(const char *path, enum target_state *state, struct error *err);

/*
 * STATUS_NO_INDEX, naming it, when something lies in the directory of an index that is no file of a database: an index
 * is replaced as a whole, and what others put into it would be lost.
 */
enum status target_may_go(const char *path, struct error *err);

/* The folders that a fresh directory may have: anything else in it is not thrown away. */
#define FRESH_LOOSE "loose"   /* an index as it is written */
#define FRESH_PACKED "packed" /* and packed, as it is published */

/*
 * Makes an empty directory beside `target` and locks it. STATUS_LOCKED: another program is making this index.
 * Release with fresh_discard or fresh_publish, also after failure.
 */
enum status fresh_make(const char *target, struct fresh *fresh, struct error *err);

/* Removes the directory and all that is in it. Nothing when there is none. */
void fresh_discard(struct fresh *fresh);

/* Appends the path of a folder in the directory. */
void fresh_folder(const struct fresh *fresh, const char *name, struct buffer *out);

/*
 * Puts the folder `name` of the directory in its target's place in one step, durably, and discards the rest. The files in
 * the folder must be synced. An index that is at the target is removed after that, when `replace` says so; otherwise it came
 * there meanwhile, and that is STATUS_LOCKED. On failure all is discarded.
 */
enum status fresh_publish(struct fresh *fresh, const char *name, bool replace, struct error *err);

/* Removes what a killed run left beside `target`, if anything. What is locked stays. */
void fresh_clear(const char *target);

#endif
