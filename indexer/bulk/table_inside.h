/* table_inside.h: what table.c and table_branch.c share: a table at work. */
#ifndef DATELINE_BULK_TABLE_INSIDE_H
#define DATELINE_BULK_TABLE_INSIDE_H

#include "table.h"

#define BLOCK_HEADER 11   /* bytes; then the directory, 2 bytes an item */
#define DIRECTORY_ENTRY 2 /* bytes */

/* A block being filled: the directory grows from the front, items from the end. */
struct open_block {
	unsigned char *bytes;          /* NULL: none is open */
	uint32_t directory_end, items; /* offsets; between them is the gap */
};

/* Where children begin, in the order of keys, each as it stands in a branch behind the block number: length of key, key, piece (2). */
struct separators {
	struct buffer bytes;
	uint32_t count;
};

struct part {                         /* the leaves of the body, or of the front */
	struct separators separators; /* the first of a part is the smallest of all: no key, piece 0 */
	uint64_t entries;
	unsigned char first_key[TABLE_KEY_MAX];
	uint8_t first_len;
};

struct table {
	char *path;
	int file;
	uint32_t block_size, item_max;
	struct open_block leaf;
	const unsigned char *last_key; /* in the open leaf or in last_bytes */
	uint32_t last_len;
	unsigned char last_bytes[TABLE_KEY_MAX];
	struct part body, front, *part; /* part: that which is added to */
	uint32_t body_blocks;           /* when there is a front */
	unsigned char *waiting; /* whole blocks that are not written yet, and the open one behind them */
	uint32_t waiting_count, waiting_max;
	uint32_t blocks; /* whole ones, written or waiting */
	bool finished;
	struct table_root root; /* when finished */
	struct error failure;   /* the first that failed: nothing goes on after it */
};

static inline void put_16(unsigned char *to, uint32_t value)
{
	to[0] = (unsigned char)(value >> 8);
	to[1] = (unsigned char)value;
}

static inline void put_32(unsigned char *to, uint32_t value)
{
	put_16(to, value >> 16);
	put_16(to + 2, value & 0xffff);
}

static inline uint32_t get_16(const unsigned char *from)
{
	return (uint32_t)from[0] << 8 | from[1];
}

static inline uint32_t block_gap(const struct open_block *block)
{
	return block->items - block->directory_end;
}

/* Room for an item of so many bytes, which the gap must have beside those of its place in the directory. */
static inline unsigned char *block_item(struct open_block *block, uint32_t size)
{
	block->items -= size;
	put_16(block->bytes + block->directory_end, block->items);
	block->directory_end += DIRECTORY_ENTRY;
	return block->bytes + block->items;
}

/* An empty block, behind those that wait. STATUS_SYSTEM: they had to be written, which failed. */
enum status table_open_block(struct table *table, struct open_block *block);

/* Makes it one of those that wait; the number it has is table->blocks before. */
void table_close_block(struct table *table, struct open_block *block, unsigned level);

/* Writes what waits. */
enum status table_write_waiting(struct table *table);

/* The shortest key that is above `last` and not above `key`, and the piece that begins there. */
void separators_add(struct separators *separators, struct str last, struct str key, uint32_t piece);

/* All branch blocks, when all leaves are closed. Fills *root. */
enum status table_write_branches(struct table *table, struct table_root *root);

#endif
