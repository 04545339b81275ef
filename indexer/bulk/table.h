/*
 * table.h: a table of a glass database, written from its first key to its last in one pass.
 *
 * Keys come in rising order, so every leaf is filled, written once and never looked at again; how the leaves hang together is
 * kept in memory (some 20 bytes a leaf, a four-hundredth of the table) and written behind them as branch blocks. Block numbers are
 * free in the format, so a file only grows at its end.
 *
 * What sorts before all else can be given last: after table_front, keys come that are smaller than those given before. The numbers of names
 * are such: they stand at the front of the posting lists, and are not known before the posting lists are. A front can be given again; the
 * one before it is gone then.
 *
 * What failed once fails with the same words from then on. A table belongs to one thread at a time.
 *
 * The format is libxapian's (1.4, "glass", version 2016-03-14). Blocks have revision 1, and the flag that says that the leaves lie in
 * order is never set.
 */
#ifndef DATELINE_BULK_TABLE_H
#define DATELINE_BULK_TABLE_H

#include "dateline/memory.h"
#include "dateline/status.h"

#define TABLE_BLOCK_SIZE                                                                           \
	8192 /* bytes, what every table of an index has; the format allows powers of two from 2048 to 65536 */
#define TABLE_KEY_MAX 255

struct table;

/* What the version file says of a table. */
struct table_root {
	uint64_t entries; /* keys */
	uint32_t root;    /* block number */
	uint32_t level;   /* of the root, 0 when that is a leaf */
	uint32_t blocks;  /* in the file */
	bool exists;      /* false: there is no such file */
};

/* Makes the file. STATUS_SYSTEM. Free with table_free, in any case. */
enum status table_create(const char *path, uint32_t block_size, struct table **table,
			 struct error *err);

/*
 * A key greater than the last, with its tag. A tag that is longer than a block is cut over several. STATUS_SYSTEM: a write failed, or
 * the tag is longer than the format allows (65,535 pieces, some 130 MB). STATUS_BAD_REQUEST: the key is not greater, or too long.
 */
enum status table_add(struct table *table, struct str key, struct str tag, struct error *err);

/* The same for a tag that is raw deflate (RFC 1951) of what readers are to get. */
enum status table_add_deflated(struct table *table, struct str key, struct str tag,
			       struct error *err);

/* The keys that follow come before all given up to the first call. */
enum status table_front(struct table *table, struct error *err);

/*
 * Writes what is not written yet; the file is a whole table then. A front may be given (again) after it. STATUS_SYSTEM;
 * STATUS_BAD_REQUEST: the front does not come before the rest.
 */
enum status table_finish(struct table *table, struct table_root *root, struct error *err);

/* To the disk. */
enum status table_sync(struct table *table, struct error *err);

/* Bytes of memory that it holds. */
size_t table_memory(const struct table *table);

/* Closes the file, which stays as it is. NULL is allowed. */
void table_free(struct table *table);

#endif
