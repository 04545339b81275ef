#include "values.h"

#include "nameless.h"
#include "packing.h"
#include "postlist.h"

#include "dateline/file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define WAITING_BYTES ((size_t)256 << 10) /* written at once */

/* A closed one, in the file or among what waits to be written to it. */
struct chunk {
	uint64_t offset;
	size_t len;
	uint32_t first;
};

struct slot {
	uint32_t documents, last;
	struct buffer low, high;
	struct buffer open; /* the chunk at work; empty: none */
	uint32_t first;     /* of it */
	struct chunk *chunks;
	size_t count, capacity;
};

struct values {
	int file;
	uint64_t written;
	struct buffer waiting;
	struct slot slots[VALUES_SLOTS];
};

static enum status failed(const char *what, struct error *err)
{
	return error_system(err, what, "values that are kept aside");
}

enum status values_new(const char *folder, struct values **values, struct error *err)
{
	*values = memory_zero(1, sizeof(**values));
	(*values)->file = nameless_open(folder);
	return (*values)->file < 0 ? error_system(err, "make a file in", folder) : STATUS_OK;
}

void values_free(struct values *values)
{
	if (!values)
		return;
	for (struct slot *slot = values->slots; slot < values->slots + VALUES_SLOTS; slot++) {
		buffer_release(&slot->low);
		buffer_release(&slot->high);
		buffer_release(&slot->open);
		free(slot->chunks);
	}
	buffer_release(&values->waiting);
	if (values->file >= 0)
		close(values->file);
	free(values);
}

/* ---- chunks aside ---- */

static enum status write_waiting(struct values *values, struct error *err)
{
	const struct str waiting = buffer_str(&values->waiting);
	if (!file_write_at(values->file, waiting.data, waiting.len, values->written))
		return failed("write", err);
	values->written += waiting.len;
	buffer_reset(&values->waiting);
	return STATUS_OK;
}

static enum status close_chunk(struct values *values, struct slot *slot, struct error *err)
{
	memory_reserve(&slot->chunks, &slot->capacity, slot->count, sizeof(*slot->chunks));
	slot->chunks[slot->count++] = (struct chunk){
		.offset = values->written + values->waiting.len,
		.len = slot->open.len,
		.first = slot->first,
	};
	buffer_add_str(&values->waiting, buffer_str(&slot->open));
	buffer_reset(&slot->open);
	return values->waiting.len < WAITING_BYTES ? STATUS_OK : write_waiting(values, err);
}

static enum status read_chunk(const struct values *values, const struct chunk *chunk,
			      struct buffer *bytes, struct error *err)
{
	buffer_reset(bytes);
	char *to = buffer_extend(bytes, chunk->len);
	size_t done = 0;
	while (done < chunk->len) {
		const ssize_t got = pread(values->file, to + done, chunk->len - done,
					  (off_t)(chunk->offset + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			errno = EIO;
		if (got <= 0)
			return failed("read", err);
		done += (size_t)got;
	}
	return STATUS_OK;
}

/* ---- values ---- */

static void set_bound(struct buffer *bound, struct str bytes)
{
	buffer_reset(bound);
	buffer_add_str(bound, bytes);
}

static void widen_bounds(struct slot *slot, struct str bytes)
{
	if (!slot->documents || str_compare(bytes, buffer_str(&slot->low)) < 0)
		set_bound(&slot->low, bytes);
	if (!slot->documents || str_compare(bytes, buffer_str(&slot->high)) > 0)
		set_bound(&slot->high, bytes);
}

enum status values_add(struct values *values, uint32_t document, uint32_t slot, struct str bytes,
		       struct error *err)
{
	struct slot *to = &values->slots[slot];
	widen_bounds(to, bytes);
	to->documents++;
	if (to->open.len)
		buffer_add_varint(&to->open, document - to->last - 1);
	else
		to->first = document;
	buffer_add_counted(&to->open, bytes);
	to->last = document;
	return to->open.len < CHUNK_BYTES ? STATUS_OK : close_chunk(values, to, err);
}

/* ---- to the table ---- */

/* Slots below 128 are one byte in a key, so their order is that of the keys. */
static enum status write_bounds(const struct slot *slot, uint32_t number, struct table *table,
				struct error *err)
{
	char key[2 + PACKED_NUMBER_MAX] = "\0\xd0";
	const char *end = pack_last_number(key + 2, number);
	struct buffer tag = { 0 };
	buffer_add_varint(&tag, slot->documents);
	buffer_add_counted(&tag, buffer_str(&slot->low));
	if (!str_equal(buffer_str(&slot->low), buffer_str(&slot->high)))
		buffer_add_str(&tag, buffer_str(&slot->high));
	const enum status status =
		table_add(table, (struct str){ key, (size_t)(end - key) }, buffer_str(&tag), err);
	buffer_release(&tag);
	return status;
}

static enum status write_chunks(const struct values *values, uint32_t number, struct table *table,
				struct error *err)
{
	const struct slot *slot = &values->slots[number];
	struct buffer bytes = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < slot->count && !status; i++) {
		char key[2 + PACKED_NUMBER_MAX + PACKED_SORTABLE_MAX] = "\0\xd8";
		const char *end = pack_sortable(pack_number(key + 2, number), slot->chunks[i].first);
		status = read_chunk(values, &slot->chunks[i], &bytes, err);
		if (!status)
			status = table_add(table, (struct str){ key, (size_t)(end - key) },
					   buffer_str(&bytes), err);
	}
	buffer_release(&bytes);
	return status;
}

enum status values_write(struct values *values, struct table *table, struct error *err)
{
	enum status status = STATUS_OK;
	for (uint32_t i = 0; i < VALUES_SLOTS && !status; i++) {
		if (values->slots[i].open.len)
			status = close_chunk(values, &values->slots[i], err);
		if (!status && values->slots[i].documents)
			status = write_bounds(&values->slots[i], i, table, err);
	}
	if (!status)
		status = write_waiting(values, err);
	for (uint32_t i = 0; i < VALUES_SLOTS && !status; i++)
		status = write_chunks(values, i, table, err);
	return status;
}
