#include "table_inside.h"

#include <stdlib.h>

/*
 * The blocks of a level have rising numbers, those of the body and of the front apart, so what is known of a level is where
 * its blocks begin, in keys, and the number of the first.
 */
struct children {
	struct str separators;
	uint32_t first_block;
};

static void add_bytes(struct separators *separators, struct str key, uint32_t piece)
{
	unsigned char *to = (unsigned char *)buffer_extend(&separators->bytes, 1 + key.len + 2);
	to[0] = (unsigned char)key.len;
	if (key.len)
		memcpy(to + 1, key.data, key.len);
	put_16(to + 1 + key.len, piece);
	separators->count++;
}

void separators_add(struct separators *separators, struct str last, struct str key, uint32_t piece)
{
	size_t len = 0;
	while (len < last.len && len < key.len && last.data[len] == key.data[len])
		len++;
	if (len < key.len)
		len++;
	add_bytes(separators, (struct str){ key.data, len }, piece);
}

/* A branch block at work, and where those of its level begin. */
struct branch {
	struct open_block block;
	unsigned level;
	struct separators separators;
};

/* The first child of a block has no key: whatever is smaller than the second is in it. */
static enum status add_child(struct table *table, struct branch *branch, struct str separator,
			     uint32_t number)
{
	struct open_block *block = &branch->block;
	if (block->bytes && block_gap(block) < DIRECTORY_ENTRY + 4 + separator.len)
		table_close_block(table, block, branch->level);
	static const char smallest[3] = { 0 };
	if (!block->bytes) {
		if (table_open_block(table, block))
			return STATUS_SYSTEM;
		buffer_add_str(&branch->separators.bytes, separator);
		branch->separators.count++;
		separator = (struct str){ smallest, sizeof(smallest) };
	}
	unsigned char *item = block_item(block, (uint32_t)(4 + separator.len));
	put_32(item, number);
	memcpy(item + 4, separator.data, separator.len);
	return STATUS_OK;
}

static enum status add_children(struct table *table, struct branch *branch,
				const struct children *children)
{
	const char *at = children->separators.data, *end = at + children->separators.len;
	for (uint32_t number = children->first_block; at < end; number++) {
		const size_t len = (size_t)1 + (unsigned char)at[0] + 2;
		const enum status status = add_child(table, branch, (struct str){ at, len }, number);
		if (status)
			return status;
		at += len;
	}
	return STATUS_OK;
}

/* All blocks of a level, above those of `children`; the last one is closed. */
static enum status write_level(struct table *table, struct branch *branch,
			       const struct children *children, size_t count)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < count && !status; i++)
		status = add_children(table, branch, &children[i]);
	if (!status)
		table_close_block(table, &branch->block, branch->level);
	return status;
}

/* Levels above the leaves until one has a single block, which is the root. */
static enum status write_levels(struct table *table, const struct children *leaves, size_t count,
				struct table_root *root)
{
	struct branch branch = { .level = 1 };
	struct buffer below = { 0 };
	struct children children;
	for (;;) {
		const uint32_t first = table->blocks;
		const enum status status = write_level(table, &branch, leaves, count);
		if (status || branch.separators.count == 1) {
			root->root = first;
			root->level = branch.level;
			buffer_release(&below);
			buffer_release(&branch.separators.bytes);
			return status;
		}
		buffer_release(&below);
		below = branch.separators.bytes;
		branch = (struct branch){ .level = branch.level + 1 };
		children = (struct children){ buffer_str(&below), first };
		leaves = &children;
		count = 1;
	}
}

static struct str rest_of(struct str s, size_t start)
{
	return (struct str){ s.data + start, s.len - start };
}

/* The leaves of the front, then those of the body, of which the first begins somewhere now. */
static enum status write_over_both(struct table *table, struct table_root *root)
{
	const struct str body = buffer_str(&table->body.separators.bytes);
	const struct str first = { (const char *)table->body.first_key, table->body.first_len };
	struct separators junction = { 0 };
	separators_add(&junction, (struct str){ (const char *)table->last_key, table->last_len },
		       first, 1);
	const struct children leaves[] = {
		{ buffer_str(&table->front.separators.bytes), table->body_blocks },
		{ buffer_str(&junction.bytes), 0 },
		{ rest_of(body, 3), 1 },
	};
	const enum status status = write_levels(table, leaves, 3, root);
	buffer_release(&junction.bytes);
	return status;
}

enum status table_write_branches(struct table *table, struct table_root *root)
{
	const struct part *front = &table->front, *body = &table->body;
	*root = (struct table_root){ .exists = true };
	root->entries = front->entries + body->entries;
	enum status status = STATUS_OK;
	if (front->separators.count && body->separators.count) {
		status = write_over_both(table, root);
	} else if (front->separators.count + body->separators.count > 1) {
		const struct part *part = front->separators.count ? front : body;
		const struct children leaves = { buffer_str(&part->separators.bytes), 0 };
		status = write_levels(table, &leaves, 1, root);
	}
	root->blocks = table->blocks;
	return status;
}
