/*
 * writer_inside.h: the inside of the writer, shared by its two files: writer_index.c opens, commits and publishes the index,
 * writer.c puts documents in and takes them out.
 */
#ifndef DATELINE_INDEXER_WRITER_INSIDE_H
#define DATELINE_INDEXER_WRITER_INSIDE_H

#include "catalog.h"
#include "publish.h"
#include "writer.h"

struct writer {
	struct store_writer *store;
	struct store_writer *replaced; /* with --rebuild: the old index, held so that nobody writes to it */
	struct fresh fresh;
	bool is_fresh;
	bool replaces; /* what is at the path goes when this one is published */
	struct catalog catalog;
	struct known known;
	struct intern ids;      /* of the articles written in this run, by id term */
	uint32_t *id_documents; /* their docids, by number in `ids` */
	size_t id_capacity;
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
};

/* To be called for each document that was put in or taken out: commits now and then. */
enum status commit_when_due(struct writer *writer, uint64_t text_bytes, struct error *err);

#endif
