#include "postlist.h"

#include <stdlib.h>

/* What stands before the entries: of all chunks, whether it is the last, and how far its documents reach; the first has three more. */
#define HEADER_MAX (3 * PACKED_NUMBER_MAX + 1 + PACKED_NUMBER_MAX)
#define ENTRY_MAX (2 * PACKED_NUMBER_MAX)

/* The list of lengths is that of a term which sorts before all others. */
static const struct str lengths_key = { "\0\xe0", 2 };

void postlist_release(struct postlist *list)
{
	free(list->bytes);
	free(list->chunks);
	buffer_release(&list->key);
	*list = (struct postlist){ 0 };
}

static void close_chunk(struct postlist *list)
{
	struct postlist_chunk *chunk = &list->chunks[list->count - 1];
	chunk->end = (size_t)(list->at - list->bytes);
	chunk->last = list->last;
}

void postlist_open_chunk(struct postlist *list, uint32_t document)
{
	size_t used = 0;
	if (list->count) {
		close_chunk(list);
		used = list->chunks[list->count - 1].end;
	}
	const size_t start = used + HEADER_MAX, room = start + CHUNK_BYTES + ENTRY_MAX;
	if (room > list->capacity) {
		list->capacity = room + used / 2;
		list->bytes = memory_grow(list->bytes, list->capacity);
	}
	memory_reserve(&list->chunks, &list->chunk_capacity, list->count, sizeof(*list->chunks));
	list->chunks[list->count++] = (struct postlist_chunk){ .start = start, .first = document };
	list->at = list->bytes + start;
	list->full = list->at + CHUNK_BYTES;
}

static void begin_again(struct postlist *list)
{
	list->count = 0;
	list->at = list->full = NULL;
	list->documents = 0;
	list->total = 0;
}

/* The chunk behind its header, for which there is room in front of the entries. */
static struct str chunk_tag(const struct postlist *list, size_t number, bool has_counts)
{
	const struct postlist_chunk *chunk = &list->chunks[number];
	char header[HEADER_MAX], *to = header;
	if (number == 0) {
		to = pack_number(to, has_counts ? list->documents : 0);
		to = pack_number(to, has_counts ? list->total : 0);
		to = pack_number(to, chunk->first - 1);
	}
	*to++ = number + 1 == list->count ? '1' : '0';
	to = pack_number(to, chunk->last - chunk->first);
	const size_t size = (size_t)(to - header);
	char *start = list->bytes + chunk->start - size;
	memcpy(start, header, size);
	return (struct str){ start, chunk->end - chunk->start + size };
}

/* `first_len` bytes of the key are that of the first chunk; those of the others go on with the first document from `more_len` on. */
static enum status write_chunks(struct postlist *list, size_t first_len, size_t more_len,
				struct table *table, struct error *err)
{
	const bool has_counts = first_len != more_len;
	close_chunk(list);
	struct str key = { list->key.data, first_len };
	enum status status = table_add(table, key, chunk_tag(list, 0, has_counts), err);
	for (size_t i = 1; i < list->count && !status; i++) {
		const char *end = pack_sortable(list->key.data + more_len, list->chunks[i].first);
		key.len = (size_t)(end - list->key.data);
		status = table_add(table, key, chunk_tag(list, i, has_counts), err);
	}
	begin_again(list);
	return status;
}

enum status postlist_end(struct postlist *list, struct str term, struct table *table,
			 struct error *err)
{
	if (!list->documents)
		return STATUS_OK;
	buffer_reset(&list->key);
	buffer_extend(&list->key, 2 * term.len + 1 + PACKED_SORTABLE_MAX);
	const char *end = pack_term(list->key.data, term, true);
	const size_t len = (size_t)(end - list->key.data);
	return write_chunks(list, len - 1, len, table, err);
}

enum status postlist_end_lengths(struct postlist *list, struct table *table, struct error *err)
{
	if (!list->documents)
		return STATUS_OK;
	buffer_reset(&list->key);
	buffer_add_str(&list->key, lengths_key);
	buffer_extend(&list->key, PACKED_SORTABLE_MAX);
	return write_chunks(list, lengths_key.len, lengths_key.len, table, err);
}
