/*
 * values.h: the values of documents, by slot, and the bounds of each slot -> their chunks in the table of postings.
 *
 * Closed chunks wait in a file without a name, in the order in which they came, so that memory does not grow with the documents: some bytes
 * a chunk are held, which is some hundred documents.
 */
#ifndef DATELINE_BULK_VALUES_H
#define DATELINE_BULK_VALUES_H

#include "table.h"

#define VALUES_SLOTS 8 /* slots are below it */

struct values;

/* The file is made in `folder`. STATUS_SYSTEM. */
enum status values_new(const char *folder, struct values **values, struct error *err);
void values_free(struct values *values);

/* A value, which is not empty, of a document; numbers of documents rise in each slot. */
enum status values_add(struct values *values, uint32_t document, uint32_t slot, struct str bytes,
		       struct error *err);

/* Adds the bounds of all slots and then all chunks to the table: they stand before the lengths of documents. Nothing is added to *values after it. */
enum status values_write(struct values *values, struct table *table, struct error *err);

#endif
