#include "columns.h"

#include "facets.h"

/* ---- articles ---- */

static void start_stream(struct column_stream *stream, struct store *store, uint32_t slot,
			 const struct docset *set)
{
	*stream = (struct column_stream){ .store = store, .slot = slot, .set = set, .next = 1 };
}

/* *id is 0 at the end. */
static enum status next_entry(struct column_stream *stream, uint32_t *id, struct str *bytes,
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
	*columns = (struct columns){ 0 };
	start_stream(&columns->facets, store, SLOT_FACETS, set);
	start_stream(&columns->confidences, store, SLOT_CONFIDENCE, set);
}

void columns_release(struct columns *columns)
{
	buffer_release(&columns->facets.entries);
	buffer_release(&columns->confidences.entries);
}

/* Most articles have a confidence; one that has none is sure. */
static enum status find_confidence(struct columns *columns, struct error *err)
{
	columns->confidence = (struct str){ 0 };
	while (!columns->begun || (columns->confident_id && columns->confident_id < columns->id)) {
		columns->begun = true;
		const enum status status = next_entry(&columns->confidences, &columns->confident_id,
						      &columns->confident, err);
		if (status != STATUS_OK)
			return status;
	}
	if (columns->confident_id == columns->id)
		columns->confidence = columns->confident;
	return STATUS_OK;
}

enum status columns_next(struct columns *columns, struct error *err)
{
	const enum status status = next_entry(&columns->facets, &columns->id, &columns->column, err);
	if (status != STATUS_OK)
		return status;
	return columns->id ? find_confidence(columns, err) : STATUS_END;
}

/* ---- values ---- */

void column_cursor_start(struct column_cursor *cursor, const struct columns *columns)
{
	const struct str column = columns->column, confidence = columns->confidence;
	*cursor = (struct column_cursor){ .at = column.data, .end = column.data + column.len };
	if (confidence.len) {
		cursor->sure = confidence.data;
		cursor->sure_end = confidence.data + confidence.len;
	}
}

static bool damaged(struct column_cursor *cursor)
{
	cursor->damaged = true;
	return false;
}

static bool next_group(struct column_cursor *cursor)
{
	if (cursor->at == cursor->end)
		return cursor->sure == cursor->sure_end ? false : damaged(cursor);
	if (!facet_group_read(&cursor->at, cursor->end, &cursor->group))
		return damaged(cursor);
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
	return true;
}

enum status column_damaged(uint32_t id, struct error *err)
{
	return error_set(err, STATUS_CORRUPT,
			 "the facet column of document %u is damaged: rebuild the index", id);
}
