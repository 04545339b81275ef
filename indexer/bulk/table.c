#include "table.h"

#include "table_inside.h"

#include "dateline/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define WAITING_BYTES (256 * 1024) /* written at once */
#define REVISION 1
#define PIECES_MAX 65535
#define ITEM_HEADER 3  /* bytes: flags and size, length of key */
#define PIECE_NUMBER 2 /* bytes, of every piece but the first */

/* In the first two bytes of an item, beside its size less 3. */
#define ITEM_DEFLATED 0x8000
#define ITEM_LAST_PIECE 0x4000
#define ITEM_FIRST_PIECE 0x2000
#define ITEM_SIZE_MAX (0x1fff + 3)

/* A later piece is 7 bytes and the key again: less than this more than the key is not worth one. */
#define PIECE_WORTHWHILE 34

/* ---- failures ---- */

static enum status failed(const struct table *table, struct error *err)
{
	if (err)
		*err = table->failure;
	return table->failure.status;
}

/* From now on, whatever is asked of the table fails so. The open leaf is given up, so that no item fits into it. */
static enum status fail_system(struct table *table, const char *what)
{
	table->leaf = (struct open_block){ 0 };
	return error_system(&table->failure, what, table->path);
}

static enum status fail(struct table *table, enum status status, const char *words)
{
	table->leaf = (struct open_block){ 0 };
	return error_set(&table->failure, status, "cannot write %s: %s", table->path, words);
}

/* ---- blocks ---- */

static enum status write_at(struct table *table, const unsigned char *bytes, size_t len,
			    uint64_t offset)
{
	return file_write_at(table->file, bytes, len, offset) ? STATUS_OK
							      : fail_system(table, "write");
}

enum status table_write_waiting(struct table *table)
{
	const uint32_t count = table->waiting_count;
	table->waiting_count = 0;
	return write_at(table, table->waiting, (size_t)count * table->block_size,
			(uint64_t)(table->blocks - count) * table->block_size);
}

enum status table_open_block(struct table *table, struct open_block *block)
{
	if (table->waiting_count == table->waiting_max) {
		const enum status status = table_write_waiting(table);
		if (status)
			return status;
	}
	*block = (struct open_block){
		.bytes = table->waiting + (size_t)table->waiting_count * table->block_size,
		.directory_end = BLOCK_HEADER,
		.items = table->block_size,
	};
	return STATUS_OK;
}

void table_close_block(struct table *table, struct open_block *block, unsigned level)
{
	unsigned char *bytes = block->bytes;
	const uint32_t gap = block_gap(block);
	put_32(bytes, REVISION);
	bytes[4] = (unsigned char)level;
	put_16(bytes + 5, gap); /* in one piece */
	put_16(bytes + 7, gap); /* in all */
	put_16(bytes + 9, block->directory_end);
	memset(bytes + block->directory_end, 0, gap);
	table->waiting_count++;
	table->blocks++;
	*block = (struct open_block){ 0 };
}

/* ---- leaves ---- */

static struct str last_key(const struct table *table)
{
	return (struct str){ (const char *)table->last_key, table->last_len };
}

static void close_leaf(struct table *table)
{
	memcpy(table->last_bytes, table->last_key, table->last_len);
	table->last_key = table->last_bytes;
	table_close_block(table, &table->leaf, 0);
}

/* The smallest leaf begins with an item that is nothing; it comes before all that readers ask for. */
static enum status open_first_leaf(struct table *table)
{
	static const char smallest[3] = { 0 };
	const enum status status = table_open_block(table, &table->leaf);
	if (status)
		return status;
	unsigned char *item = block_item(&table->leaf, ITEM_HEADER);
	put_16(item, ITEM_FIRST_PIECE | ITEM_LAST_PIECE);
	item[2] = 0;
	table->last_key = table->last_bytes;
	table->last_len = 0;
	buffer_add(&table->part->separators.bytes, smallest, sizeof(smallest));
	table->part->separators.count = 1;
	return STATUS_OK;
}

/* The next leaf, which begins with this piece of a key's tag. */
static enum status next_leaf(struct table *table, struct str key, uint32_t piece)
{
	close_leaf(table);
	separators_add(&table->part->separators, last_key(table), key, piece);
	return table_open_block(table, &table->leaf);
}

/* Most are a few bytes, for which calls take longer than copying does. */
static inline void copy_short(unsigned char *to, const char *from, size_t len)
{
	if (len > 32) {
		memcpy(to, from, len);
	} else if (len >= 16) {
		memcpy(to, from, 16);
		memcpy(to + len - 16, from + len - 16, 16);
	} else if (len >= 8) {
		memcpy(to, from, 8);
		memcpy(to + len - 8, from + len - 8, 8);
	} else if (len >= 4) {
		memcpy(to, from, 4);
		memcpy(to + len - 4, from + len - 4, 4);
	} else if (len) {
		to[0] = (unsigned char)from[0];
		to[len / 2] = (unsigned char)from[len / 2];
		to[len - 1] = (unsigned char)from[len - 1];
	}
}

static inline unsigned char *put_key(struct table *table, struct str key, uint32_t size,
				     uint32_t flags)
{
	unsigned char *item = block_item(&table->leaf, size);
	put_16(item, flags | (size - ITEM_HEADER));
	item[2] = (unsigned char)key.len;
	copy_short(item + ITEM_HEADER, key.data, key.len);
	table->last_key = item + ITEM_HEADER;
	table->last_len = (uint32_t)key.len;
	return item + ITEM_HEADER + key.len;
}

static inline bool rises(const struct table *table, struct str key)
{
	return str_compare(last_key(table), key) < 0;
}

/* What of a tag can still be put at the end of the leaf. */
struct cut {
	struct str key, rest;
	uint32_t flags;
	uint32_t pieces; /* that are put */
};

static uint32_t piece_header(const struct cut *cut)
{
	return ITEM_HEADER + (uint32_t)cut->key.len + (cut->pieces ? PIECE_NUMBER : 0);
}

static void put_piece(struct table *table, struct cut *cut, uint32_t len)
{
	uint32_t flags = cut->flags;
	if (cut->pieces == 0)
		flags |= ITEM_FIRST_PIECE;
	if (len == cut->rest.len)
		flags |= ITEM_LAST_PIECE;
	unsigned char *to = put_key(table, cut->key, piece_header(cut) + len, flags);
	if (cut->pieces++) {
		put_16(to, cut->pieces);
		to += PIECE_NUMBER;
	}
	if (len)
		memcpy(to, cut->rest.data, len);
	cut->rest.data += len;
	cut->rest.len -= len;
}

/* How many pieces of full size the rest comes to, after `len` of it. */
static size_t pieces_after(const struct table *table, const struct cut *cut, size_t len)
{
	const size_t each = table->item_max - ITEM_HEADER - cut->key.len - PIECE_NUMBER;
	return (cut->rest.len - len + each - 1) / each;
}

/*
 * The bytes of the rest that go to the end of this leaf. All if they fit; otherwise as many as fit, if they are enough to be worth a
 * piece, or make no more pieces than a new leaf would.
 */
static bool piece_fits(const struct table *table, const struct cut *cut, uint32_t *len)
{
	const uint32_t header = piece_header(cut), gap = block_gap(&table->leaf);
	const uint32_t full = table->item_max - header;
	if (gap < DIRECTORY_ENTRY + header)
		return false;
	const uint32_t room = gap - DIRECTORY_ENTRY - header;
	*len = room < full ? room : full;
	if (*len >= cut->rest.len) {
		*len = (uint32_t)cut->rest.len;
		return true;
	}
	if (*len == full || *len >= cut->key.len + PIECE_WORTHWHILE)
		return true;
	const size_t whole = cut->rest.len < full ? cut->rest.len : full;
	return *len && pieces_after(table, cut, *len) <= pieces_after(table, cut, whole);
}

static enum status add_pieces(struct table *table, struct cut *cut)
{
	for (;;) {
		uint32_t len;
		if (!piece_fits(table, cut, &len)) {
			const enum status status = next_leaf(table, cut->key, cut->pieces + 1);
			if (status)
				return status;
			continue;
		}
		if (cut->pieces == PIECES_MAX)
			return fail(table, STATUS_SYSTEM, "a value is longer than a table can have");
		put_piece(table, cut, len);
		if (cut->rest.len == 0)
			return STATUS_OK;
	}
}

/* The first of a part, those that do not fit, and those that must not be. */
static enum status add_slowly(struct table *table, struct str key, struct str tag, uint32_t flags)
{
	enum status status = STATUS_OK;
	struct part *part = table->part;
	if (table->failure.status)
		return table->failure.status;
	if (table->finished)
		return fail(table, STATUS_BAD_REQUEST, "it is finished");
	if (key.len > TABLE_KEY_MAX)
		return fail(table, STATUS_BAD_REQUEST, "a key is too long");
	if (!table->leaf.bytes)
		status = open_first_leaf(table);
	if (status)
		return status;
	if (!rises(table, key))
		return fail(table, STATUS_BAD_REQUEST, "its keys do not rise");
	if (part->entries++ == 0) {
		memcpy(part->first_key, key.data, key.len);
		part->first_len = (uint8_t)key.len;
	}
	struct cut cut = { .key = key, .rest = tag, .flags = flags };
	return add_pieces(table, &cut);
}

static inline enum status add(struct table *table, struct str key, struct str tag, uint32_t flags,
			      struct error *err)
{
	const size_t size = ITEM_HEADER + key.len + tag.len;
	if (size + DIRECTORY_ENTRY > block_gap(&table->leaf) || size > table->item_max ||
	    key.len > TABLE_KEY_MAX || !rises(table, key)) {
		return add_slowly(table, key, tag, flags) ? failed(table, err) : STATUS_OK;
	}
	unsigned char *to =
		put_key(table, key, (uint32_t)size, flags | ITEM_FIRST_PIECE | ITEM_LAST_PIECE);
	copy_short(to, tag.data, tag.len);
	table->part->entries++;
	return STATUS_OK;
}

enum status table_add(struct table *table, struct str key, struct str tag, struct error *err)
{
	return add(table, key, tag, 0, err);
}

enum status table_add_deflated(struct table *table, struct str key, struct str tag, struct error *err)
{
	return add(table, key, tag, ITEM_DEFLATED, err);
}

/* ---- the front ---- */

/* The first leaf of the body without the item that is nothing, which is in the front now. */
static void take_smallest_out(struct table *table, unsigned char *block)
{
	const uint32_t end = get_16(block + 9) - DIRECTORY_ENTRY;
	const uint32_t items = end + DIRECTORY_ENTRY + get_16(block + 5);
	const uint32_t gap = items + ITEM_HEADER - end;
	for (uint32_t at = BLOCK_HEADER; at < end; at += DIRECTORY_ENTRY)
		put_16(block + at, get_16(block + at + DIRECTORY_ENTRY) + ITEM_HEADER);
	memmove(block + items + ITEM_HEADER, block + items, table->block_size - items - ITEM_HEADER);
	memset(block + end, 0, gap);
	put_16(block + 5, gap);
	put_16(block + 7, gap);
	put_16(block + 9, end);
}

static enum status rewrite_first_leaf(struct table *table)
{
	unsigned char *block = table->waiting; /* nothing waits */
	ssize_t got;
	do
		got = pread(table->file, block, table->block_size, 0);
	while (got < 0 && errno == EINTR);
	if (got >= 0)
		errno = EIO; /* if it is not whole */
	if (got != (ssize_t)table->block_size)
		return fail_system(table, "read");
	take_smallest_out(table, block);
	return write_at(table, block, table->block_size, 0);
}

/* The body is all there is so far; behind it come the blocks of the front. */
static enum status end_body(struct table *table)
{
	if (table->leaf.bytes)
		close_leaf(table);
	table->part = &table->front;
	/* Branches of a table that is finished are dropped: leaves have the first numbers. */
	table->body_blocks = table->body.separators.count;
	if (table->body.entries == 0) {
		table->waiting_count = 0;
		table->blocks = table->body_blocks = 0;
		table->body.separators.count = 0;
		buffer_reset(&table->body.separators.bytes);
		return STATUS_OK;
	}
	const enum status status = table_write_waiting(table);
	return status ? status : rewrite_first_leaf(table);
}

static enum status begin_front(struct table *table)
{
	const enum status status = table->part == &table->body ? end_body(table) : STATUS_OK;
	if (status)
		return status;
	if (ftruncate(table->file, (off_t)table->body_blocks * (off_t)table->block_size))
		return fail_system(table, "cut");
	table->leaf = (struct open_block){ 0 };
	table->waiting_count = 0;
	table->blocks = table->body_blocks;
	table->front.entries = 0;
	table->front.separators.count = 0;
	buffer_reset(&table->front.separators.bytes);
	table->finished = false;
	return STATUS_OK;
}

enum status table_front(struct table *table, struct error *err)
{
	if (table->failure.status || begin_front(table))
		return failed(table, err);
	return STATUS_OK;
}

/* ---- from the beginning to the end ---- */

enum status table_create(const char *path, uint32_t block_size, struct table **table,
			 struct error *err)
{
	*table = memory_zero(1, sizeof(**table));
	const size_t waiting = block_size < WAITING_BYTES ? WAITING_BYTES / block_size : 1;
	const uint32_t quarter = (block_size - BLOCK_HEADER - 4 * DIRECTORY_ENTRY) / 4;
	const size_t path_size = strlen(path) + 1;
	**table = (struct table){
		.path = memcpy(memory_alloc(path_size), path, path_size),
		.block_size = block_size,
		.item_max = quarter < ITEM_SIZE_MAX ? quarter : ITEM_SIZE_MAX,
		.part = &(*table)->body,
		.waiting = memory_alloc(waiting * block_size),
		.waiting_max = (uint32_t)waiting,
	};
	(*table)->last_key = (*table)->last_bytes;
	(*table)->file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if ((*table)->file >= 0)
		return STATUS_OK;
	fail_system(*table, "make");
	return failed(*table, err);
}

static enum status finish(struct table *table)
{
	enum status status = STATUS_OK;
	if (!table->leaf.bytes)
		status = open_first_leaf(table);
	if (status)
		return status;
	close_leaf(table);
	const struct part *body = &table->body;
	const struct str first = { (const char *)body->first_key, body->first_len };
	if (table->part != body && body->entries && !rises(table, first))
		return fail(table, STATUS_BAD_REQUEST, "its front does not come before the rest");
	status = table_write_branches(table, &table->root);
	return status ? status : table_write_waiting(table);
}

enum status table_finish(struct table *table, struct table_root *root, struct error *err)
{
	if (table->failure.status || (!table->finished && finish(table)))
		return failed(table, err);
	table->finished = true;
	*root = table->root;
	return STATUS_OK;
}

enum status table_sync(struct table *table, struct error *err)
{
	if (table->failure.status || (fsync(table->file) && fail_system(table, "sync")))
		return failed(table, err);
	return STATUS_OK;
}

size_t table_memory(const struct table *table)
{
	return sizeof(*table) + (size_t)table->waiting_max * table->block_size +
	       table->body.separators.bytes.capacity + table->front.separators.bytes.capacity;
}

void table_free(struct table *table)
{
	if (!table)
		return;
	if (table->file >= 0)
		close(table->file);
	buffer_release(&table->body.separators.bytes);
	buffer_release(&table->front.separators.bytes);
	free(table->waiting);
	free(table->path);
	free(table);
}
