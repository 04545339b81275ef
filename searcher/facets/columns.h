/*
 * columns.h: going through the facet column value by value, with the confidence that stands beside it.
 *
 * For what need not be quick: tally.c counts without it when nobody asks for a least confidence.
 */
#ifndef DATELINE_FACETS_COLUMNS_H
#define DATELINE_FACETS_COLUMNS_H

#include "dateline/schema.h"
#include "dateline/store.h"

/* One value slot of the articles of a set, in order. */
struct column_stream {
	struct store *store;
	uint32_t slot;
	const struct docset *set;
	uint32_t next; /* where the store goes on; 0: nowhere */
	struct buffer entries;
	size_t at;
};

void column_stream_start(struct column_stream *stream, struct store *store, uint32_t slot,
			 const struct docset *set);
void column_stream_release(struct column_stream *stream);

/* The next article that has something in the slot; *id is 0 behind the last. `bytes` are good until the next call. */
enum status column_stream_next(struct column_stream *stream, uint32_t *id, struct str *bytes,
			       struct error *err);

/* What stands beside the values of the facet column, in slots of their own, that many articles have nothing in. */
enum column_side { SIDE_CONFIDENCE, SIDE_SENTENCES, SIDE_PUBLISHED, SIDE_COUNT };

struct side_stream {
	struct column_stream stream;
	bool is_read, begun;
	uint32_t id;      /* of the article whose bytes were read last; 0: none is left */
	struct str bytes; /* of that one */
	struct str found; /* of the article at hand; empty: it has none */
};

/* The slots side by side. */
struct columns {
	struct column_stream facets;
	struct side_stream sides[SIDE_COUNT];
	uint32_t id; /* of the article at hand */
	struct str column;
};

/* Reads confidences too; the other sides only when they are asked for then, before the first article. */
void columns_start(struct columns *columns, struct store *store, const struct docset *set);
void columns_read_side(struct columns *columns, enum column_side side);
void columns_release(struct columns *columns);

/* The next article that has values; STATUS_END behind the last. What it points to is good until the next call. */
enum status columns_next(struct columns *columns, struct error *err);

/* The values of the article at hand. */
struct column_cursor {
	const char *at, *end;
	uint32_t kinds; /* that are gone through, one bit each: all, until the caller says otherwise */
	struct facet_group group;
	uint32_t left; /* in the group */
	uint64_t number;
	const char *sure, *sure_end; /* NULL: sure of all */
	const char *sentences,
		*sentences_end;          /* NULL: none is mentioned in any, or they are not read */
	struct sentence_group mentioned; /* of the value at hand */
	bool damaged;
};

void column_cursor_start(struct column_cursor *cursor, const struct columns *columns);

/* False at the end, and on damage, which is noted. */
bool column_cursor_next(struct column_cursor *cursor, struct facet_value *value);

/* The error for a damaged column. */
enum status column_damaged(uint32_t id, struct error *err);

#endif
