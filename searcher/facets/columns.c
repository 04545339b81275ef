#include "columns.h"

#include "facets.h"

/* ---- articles ---- */

void column_stream_start(struct column_stream *stream, struct store *store, uint32_t slot,
			 const struct docset *set)
{
	*stream = (struct column_stream){ .store = store, .slot = slot, .set = set, .next = 1 };
}

void column_stream_release(struct column_stream *stream)
{
	buffer_release(&stream->entries);
}

enum status column_stream_next(struct column_stream *stream, uint32_t *id, struct str *bytes,
			       struct error *err)
{
	*id = 0;
	while (stream->at == stream->entries.len && stream->next) {
		buffer_reset(&stream->entries);
		stream->at = 0;
		const enum status status = store_column(stream->store, stream->slot, stream->set,
							&stream->next, COLUMN_BYTES,
							&stream->entries, err);
		if (status != STATUS_OK)
			return status;
	}
	if (stream->at == stream->entries.len)
		return STATUS_OK;
	uint32_t head[2]; /* docid, length */
	memcpy(head, stream->entries.data + stream->at, sizeof(head));
	stream->at += sizeof(head);
	*id = head[0];
	*bytes = (struct str){ stream->entries.data + stream->at, head[1] };
	stream->at += head[1];
	return STATUS_OK;
}

void columns_start(struct columns *columns, struct store *store, const struct docset *set)
{
	static const uint32_t slots[] = {
		[SIDE_CONFIDENCE] = SLOT_CONFIDENCE, [SIDE_SENTENCES] = SLOT_SENTENCES, [SIDE_PUBLISHED] = SLOT_PUBLISHED
	};
	*columns = (struct columns){ 0 };
	column_stream_start(&columns->facets, store, SLOT_FACETS, set);
	for (int side = 0; side < SIDE_COUNT; side++)
		column_stream_start(&columns->sides[side].stream, store, slots[side], set);
	columns->sides[SIDE_CONFIDENCE].is_read = true;
}

void columns_read_side(struct columns *columns, enum column_side side)
{
	columns->sides[side].is_read = true;
}

void columns_release(struct columns *columns)
{
	column_stream_release(&columns->facets);
	for (int side = 0; side < SIDE_COUNT; side++)
		column_stream_release(&columns->sides[side].stream);
}

static enum status find_side(struct side_stream *side, uint32_t id, struct error *err)
{
	side->found = (struct str){ 0 };
	while (!side->begun || (side->id && side->id < id)) {
		side->begun = true;
		const enum status status =
			column_stream_next(&side->stream, &side->id, &side->bytes, err);
		if (status != STATUS_OK)
			return status;
	}
	if (side->id == id)
		side->found = side->bytes;
	return STATUS_OK;
}

enum status columns_next(struct columns *columns, struct error *err)
{
	enum status status =
		column_stream_next(&columns->facets, &columns->id, &columns->column, err);
	if (status == STATUS_OK && !columns->id)
		return STATUS_END;
	for (int side = 0; side < SIDE_COUNT && status == STATUS_OK; side++)
		if (columns->sides[side].is_read)
			status = find_side(&columns->sides[side], columns->id, err);
	return status;
}

/* ---- values ---- */

void column_cursor_start(struct column_cursor *cursor, const struct columns *columns)
{
	const struct str column = columns->column;
	const struct str confidence = columns->sides[SIDE_CONFIDENCE].found;
	const struct str sentences = columns->sides[SIDE_SENTENCES].found;
	*cursor = (struct column_cursor){ .at = column.data,
					  .end = column.data + column.len,
					  .kinds = UINT32_MAX };
	if (confidence.len) {
		cursor->sure = confidence.data;
		cursor->sure_end = confidence.data + confidence.len;
	}
	if (sentences.len) {
		cursor->sentences = sentences.data;
		cursor->sentences_end = sentences.data + sentences.len;
	}
}

static bool damaged(struct column_cursor *cursor)
{
	cursor->damaged = true;
	return false;
}

/* Most values of many kinds have no sentences, which is one byte and no call. */
static inline bool read_sentences(struct column_cursor *cursor, struct sentence_group *group)
{
	if (cursor->sentences == cursor->sentences_end || *cursor->sentences)
		return facet_sentences_read(&cursor->sentences, cursor->sentences_end, group);
	*group = (struct sentence_group){ 0 };
	cursor->sentences++;
	return true;
}

/* Passes by the group that was read. */
static bool skip_group(struct column_cursor *cursor)
{
	struct sentence_group group;
	if (cursor->sure) {
		if ((size_t)(cursor->sure_end - cursor->sure) < cursor->group.count)
			return false;
		cursor->sure += cursor->group.count;
	}
	for (uint32_t i = 0; cursor->sentences && i < cursor->group.count; i++)
		if (!read_sentences(cursor, &group))
			return false;
	return true;
}

static bool next_group(struct column_cursor *cursor)
{
	for (;;) {
		if (cursor->at == cursor->end)
			return cursor->sure == cursor->sure_end &&
					       cursor->sentences == cursor->sentences_end
				       ? false
				       : damaged(cursor);
		if (!facet_group_read(&cursor->at, cursor->end, &cursor->group))
			return damaged(cursor);
		if (cursor->kinds >> cursor->group.kind & 1)
			break;
		if (!skip_group(cursor))
			return damaged(cursor);
	}
	cursor->left = cursor->group.count;
	cursor->number = UINT64_MAX;
	return true;
}

bool column_cursor_next(struct column_cursor *cursor, struct facet_value *value)
{
	uint64_t step;
	if (cursor->damaged || (!cursor->left && !next_group(cursor)))
		return false;
	if (!varint_read(&cursor->group.at, cursor->group.end, &step) || step > UINT32_MAX)
		return damaged(cursor);
	/* The first comes as it is, each other one as the difference minus 1. */
	cursor->number += step + 1;
	cursor->left--;
	if (cursor->number > UINT32_MAX || (cursor->sure && cursor->sure == cursor->sure_end) ||
	    (!cursor->left && cursor->group.at != cursor->group.end))
		return damaged(cursor);
	*value = (struct facet_value){ .kind = cursor->group.kind,
				       .number = (uint32_t)cursor->number,
				       .confidence = 100 };
	if (cursor->sure)
		value->confidence = (uint8_t)*cursor->sure++;
	if (cursor->sentences && !read_sentences(cursor, &cursor->mentioned))
		return damaged(cursor);
	return true;
}

enum status column_damaged(uint32_t id, struct error *err)
{
	return error_set(err, STATUS_CORRUPT,
			 "the facet column of document %u is damaged: rebuild the index", id);
}
