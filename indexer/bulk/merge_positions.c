#include "merge_inside.h"

#include "packing.h"

struct sink {
	struct table *table;
	const struct bulk_documents *documents;
	struct buffer key; /* the term, and room for the document */
	size_t term_len;
};

static enum status take(void *context, struct posting_cursor *cursor, uint64_t limit,
			struct error *err)
{
	struct sink *sink = context;
	enum status status = STATUS_OK;
	while (!cursor->ended && cursor->sequence < limit && !status) {
		if (cursor_number(cursor) & 1) {
			const size_t len = cursor_number(cursor);
			const struct str tag = { cursor->at, len };
			cursor->at += len;
			const uint32_t document = document_of(sink->documents, cursor->sequence);
			if (document) {
				char *end = pack_sortable(sink->key.data + sink->term_len, document);
				const struct str key = { sink->key.data,
							 (size_t)(end - sink->key.data) };
				status = table_add(sink->table, key, tag, err);
			}
		}
		cursor_next(cursor);
	}
	return status;
}

static void begin_key(struct sink *sink, struct str term)
{
	buffer_reset(&sink->key);
	buffer_extend(&sink->key, 2 * term.len + 1 + PACKED_SORTABLE_MAX);
	const char *end = pack_term(sink->key.data, term, true);
	sink->term_len = (size_t)(end - sink->key.data);
}

enum status merge_positions(const struct bulk_runs *runs, struct table *table, struct error *err)
{
	struct sink sink = { .table = table, .documents = &runs->documents };
	struct term_merge *merge;
	struct str term;
	enum status status = term_merge_new(runs, &merge, err);
	while (!status && term_merge_next(merge, &term, &status, err)) {
		begin_key(&sink, term);
		status = term_merge_postings(merge, take, &sink, err);
	}
	buffer_release(&sink.key);
	term_merge_free(merge);
	return status;
}
