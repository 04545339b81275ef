/*
 * builder.h: a new glass database, written in one pass from what workers make of articles.
 *
 * Workers give the terms of their articles to inverters, side by side and in any order between them; one thread tells the builder, in the order of
 * the input, which of them become documents, with their values and records. Documents get the numbers 1, 2, 3... in that order, whatever worker an article
 * came through. At the end the tables are written side by side.
 *
 * The folder must be one that is thrown away on any failure.
 */
#ifndef DATELINE_BULK_BUILDER_H
#define DATELINE_BULK_BUILDER_H

#include "inverter.h"
#include "metadata.h"
#include "version_file.h"

struct builder;

struct builder_options {
	const char *folder;      /* made here */
	uint64_t memory;         /* bytes that all inverters together may hold */
	unsigned jobs;           /* inverters */
	uint32_t block_size;     /* 0: TABLE_BLOCK_SIZE */
	uint32_t first_document; /* 0: 1 */
};

/* STATUS_SYSTEM. Free with builder_free in any case, which takes NULL. */
enum status builder_new(const struct builder_options *options, struct builder **builder,
			struct error *err);
void builder_free(struct builder *builder);

/* That of a worker, from 0. */
struct inverter *builder_inverter(struct builder *builder, unsigned worker);

/*
 * The article becomes the next document, *id. `document` has its values and its record, its postings are in an inverter. In the order of
 * sequences; those that are left out become no document.
 */
enum status builder_add(struct builder *builder, const struct inverted *inverted,
			const struct document *document, uint32_t *id, struct error *err);

/* So many bytes are held by others for the articles that were added; the inverters may then hold fewer (down to a quarter of all). */
void builder_set_aside(struct builder *builder, size_t bytes);

uint32_t builder_count(const struct builder *builder);

/*
 * Writes all tables; every inverter must be finished. After it the folder can be opened as a database, with the metadata given
 * here; it is not synced.
 */
enum status builder_write(struct builder *builder, const struct metadata *metadata,
			  struct error *err);

/* Puts these metadata in the place of the others, and syncs all. Nobody may have the database open. */
enum status builder_finish(struct builder *builder, const struct metadata *metadata,
			   struct error *err);

#endif
