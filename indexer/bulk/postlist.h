/*
 * postlist.h: posting lists and document lengths -> the chunks in which the table of postings has them, as libxapian 1.4
 * cuts them.
 */
#ifndef DATELINE_BULK_POSTLIST_H
#define DATELINE_BULK_POSTLIST_H

#include "packing.h"
#include "table.h"

#define CHUNK_BYTES                                                                                \
	2000 /* a chunk is closed before the first entry that comes when it has as many */

/* Entries of consecutive documents; in front of them is room for what the chunk says of itself. */
struct postlist_chunk {
	size_t start, end; /* of the entries in `bytes`; the end when it is closed */
	uint32_t first, last;
};

/*
 * One list at work: chunks are held until it ends, because the first says what is in all of them. {0} is an empty one. It takes
 * the memory of the longest list that it had, which is a little more than that has on disk.
 */
struct postlist {
	char *bytes; /* of all chunks, the open one last */
	size_t capacity;
	char *at, *full; /* where the next entry goes; the chunk takes no more when that is at `full` */
	struct postlist_chunk *chunks;
	size_t count, chunk_capacity;
	uint32_t last; /* document */
	uint32_t documents;
	uint64_t total; /* of all wdfs */
	struct buffer key;
};

void postlist_release(struct postlist *list);

/* For postlist_add: closes the open chunk and opens one that begins with the document. */
void postlist_open_chunk(struct postlist *list, uint32_t document);

/* The next document, above 0 and with a greater number than the last. */
static inline void postlist_add(struct postlist *list, uint32_t document, uint32_t wdf)
{
	if (list->at >= list->full)
		postlist_open_chunk(list, document);
	else
		list->at = pack_number(list->at, document - list->last - 1);
	list->at = pack_number(list->at, wdf);
	list->last = document;
	list->documents++;
	list->total += wdf;
}

/* Ends the list of a term and begins the next one. Nothing is written of one without documents. */
enum status postlist_end(struct postlist *list, struct str term, struct table *table,
			 struct error *err);

/* Ends the list of the lengths of all documents, which stands before those of the terms. */
enum status postlist_end_lengths(struct postlist *list, struct table *table, struct error *err);

#endif
