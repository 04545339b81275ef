/*
 * writer_inside.h: the inside of the writer, shared by its files: writer_index.c opens, commits and publishes the index, writer_bulk.c
 * does so for one that is made in one pass, writer.c puts documents in and takes them out.
 */
#ifndef DATELINE_INDEXER_WRITER_INSIDE_H
#define DATELINE_INDEXER_WRITER_INSIDE_H

#include "bulk/builder.h"
#include "catalog.h"
#include "id_table.h"
#include "late.h"
#include "publish.h"
#include "writer.h"

#include <time.h>

/*
 * Documents between libxapian's flushes. Its writer keeps what is not flushed in trees of small pieces that
 * soon fall out of the caches; 30 to 100 thousand postings a flush are the flat optimum, and articles of
 * news have 150 to 900.
 */
#define FLUSH_DOCUMENTS 200

struct writer {
	struct store_writer *store; /* NULL while there is a builder */
	struct builder *builder; /* makes a new index in one pass; NULL when libxapian writes it */
	struct inverter **inverters; /* the builder's */
	struct late late;            /* of those that replace others, while there is a builder */
	struct ledger ledger;
	struct store_writer *replaced; /* with --rebuild: the old index, held so that nobody writes to it */
	struct fresh fresh;
	bool is_fresh;
	bool replaces;  /* what is at the path goes when this one is published */
	bool is_joined; /* `store` is the old index and what was built aside, to be published */
	struct catalog catalog;
	struct known known;
	struct id_table ids;   /* of the articles written in this run, by id term */
	struct docset touched; /* documents of the index that were replaced or deleted in this run */
	struct intern files;   /* hashes of the paths that are noted in the metadata */
	uint64_t digest, batch;
	uint64_t merged_at; /* the batch after which names were merged last */
	bool has_settings;  /* metadata that are to be committed, documents or not */
	uint32_t count, opened_last_id;
	uint32_t pending_documents;
	uint64_t pending_bytes;
	struct facet_value *values;
	size_t value_capacity;
	struct buffer scratch, column;
	struct arena arena; /* of the article that is to go */
	struct writer_step steps[WRITER_STEPS_MAX];
	size_t step_count;
	struct timespec step_began;
};

/* To be called for each document that was put in or taken out: commits now and then. */
enum status commit_when_due(struct writer *writer, uint64_t text_bytes, struct error *err);

/* ---- in writer_bulk.c ---- */

/* Begins to build a new index in a folder of the fresh directory. */
enum status bulk_begin(struct writer *writer, const struct writer_options *options,
		       struct error *err);

/*
 * The same for what comes to an index that exists, open in the writer: nothing when it is better written in place, because it is little, or
 * because the index could not be replaced by a larger one. STATUS_LOCKED: another program is making one.
 */
enum status bulk_begin_aside(struct writer *writer, const struct writer_options *options,
			     struct error *err);

/* An article of a new index; `document` is that of an earlier one with its id, or 0 and set here. */
enum status bulk_put(struct writer *writer, const struct prepared *prepared, uint32_t *document,
		     struct error *err);

/*
 * From now on libxapian writes, with all that was put; nothing when it does already. For whoever looks into the index, or takes something
 * out of it. The inverters must be finished.
 */
enum status writer_go_live(struct writer *writer, struct error *err);

/* Writes the tables with all that belongs into them; whole and synced, and to be published. */
enum status bulk_finish(struct writer *writer, struct error *err);
void bulk_release(struct writer *writer);

/* A step has ended, and the next begins. */
void note_step(struct writer *writer, const char *name);

/* ---- for it ---- */

/* Merges names, where something has changed. */
enum status finish_names(struct writer *writer, struct error *err);

/* Notes in the metadata what a commit is. */
enum status note_commit(struct writer *writer, struct error *err);

/* Puts a document in the place of another. */
enum status replace_document(struct writer *writer, uint32_t document, const struct document *by,
			     uint64_t checksum, struct error *err);

#endif
