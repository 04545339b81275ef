/*
 * writer.h: prepared articles, in the order of the input -> the index, in commits.
 *
 * The caller need not know in which way: an index that is not there yet (or is made anew) is written in a fresh directory and published
 * at the end, in one pass when WRITER_BULK is asked for; one that exists is updated in place, in commits of WRITER_COMMIT_*. When
 * very many articles are to come into it, they are built aside in one pass, and joined to it at the end.
 * Order decides document numbers and the numbers of names, so the same input gives the same index.
 */
#ifndef DATELINE_WRITER_H
#define DATELINE_WRITER_H

#include "prepare.h"

/*
 * Documents and bytes of text between commits in place. What is lost by a kill is done again by the next
 * run; a commit costs some syncs.
 */
#define WRITER_COMMIT_DOCUMENTS 10000
#define WRITER_COMMIT_BYTES ((uint64_t)64 << 20)

/* How long to wait for another program that is writing to the index. */
#define WRITER_LOCK_WAIT_MS 2000

enum writer_outcome {
	WRITER_ADDED,
	WRITER_REPLACED, /* the index had another article with this id */
	WRITER_REPEATED, /* this run had one, which is replaced */
	WRITER_UNCHANGED,
	WRITER_REDONE, /* its entities were found anew: writer_redo */
	WRITER_AGAIN, /* not as it was prepared: prepare it without `known` and without an inverter */
};

struct writer;

/* How a new index is made. */
enum writer_way {
	WRITER_LIVE, /* article by article, by libxapian */
	WRITER_BULK, /* in one pass, by the builder (bulk/builder.h); the workers give it the terms */
};

struct writer_options {
	const char *path;
	enum writer_way way;
	unsigned jobs; /* workers, for WRITER_BULK */
	uint64_t memory; /* bytes, for WRITER_BULK: what the workers hold of terms and postings together */
	uint64_t expected; /* bytes of articles that are to come, for WRITER_BULK; 0: not known */
	bool rebuild;      /* make the index anew; what is there stays until writer_finish */
	bool must_exist;   /* STATUS_NO_INDEX when there is none */
	bool adds;         /* articles will be put: what is there is looked at first */
	enum entity_mode mode; /* of those articles */
};

/*
 * STATUS_LOCKED, STATUS_NO_INDEX (something else is at the path), STATUS_OTHER_VERSION, STATUS_CORRUPT,
 * STATUS_SYSTEM. Free with writer_close.
 */
enum status writer_open(const struct writer_options *options, struct writer **writer,
			struct error *err);

/* Throws away what is not committed; a new index that was not published is gone. NULL is allowed. */
void writer_close(struct writer *writer);

bool writer_is_fresh(const struct writer *writer);
uint32_t writer_count(const struct writer *writer); /* articles in the index now */

/* What the index held when it was opened, and would get just so; NULL for a fresh one. */
const struct known *writer_known(const struct writer *writer);

/*
 * One for each worker when articles must come through inverters, else NULL. What looks into the index or takes articles out of it can
 * then only be done when all of them are finished, and no article be put after it.
 */
struct inverter *const *writer_inverters(const struct writer *writer);

/* `prepared` must be PREPARED_UNCHANGED or PREPARED_DOCUMENT. */
enum status writer_put(struct writer *writer, struct prepared *prepared, struct arena *arena,
		       enum writer_outcome *outcome, struct error *err);

/* *found is false when no article has this id. */
enum status writer_delete(struct writer *writer, struct str id, bool *found, struct error *err);

/* Deletes the articles of files that are not there any more; adds their number to *deleted. */
enum status writer_prune(struct writer *writer, uint32_t *deleted, struct error *err);

/* The articles whose entities were found by others than `maker` (entity.h), as a set: initialised here, {0} on failure. */
enum status writer_find_stale(struct writer *writer, struct str maker, struct docset *stale,
			      struct error *err);

/* What found the entities of the articles, as `term` without its prefix, and of how many. */
enum status writer_makers(struct writer *writer, struct arena *arena, struct term_entry **makers,
			  size_t *count, struct error *err);

/* A document for preparer_redo: its record is appended to `record` and is not in *stored, the rest is from `arena`. */
enum status writer_stored(struct writer *writer, uint32_t document, struct buffer *record,
			  struct arena *arena, struct stored_article *stored, struct error *err);

/* Puts what preparer_redo made of a document in its place. */
enum status writer_redo(struct writer *writer, uint32_t document, struct prepared *prepared,
			struct arena *arena, struct error *err);

/* Remembers the path of the corrections that searches read (META_FIXES); empty: there are none. */
enum status writer_set_fixes(struct writer *writer, struct str path, struct error *err);

/* What took how long, of a new index that was built in one pass, up to now. */
#define WRITER_STEPS_MAX 8
struct writer_step {
	const char *name;
	double seconds;
};
const struct writer_step *writer_steps(const struct writer *writer, size_t *count);

/* Commits the rest; a fresh index is examined and published. The writer is only to be closed then. */
enum status writer_finish(struct writer *writer, struct error *err);

#endif
