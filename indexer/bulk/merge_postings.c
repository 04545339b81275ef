#include "merge_inside.h"

#include "postlist.h"

struct sink {
	struct postlist list;
	const struct bulk_documents *documents;
};

/* All that is looked at lies in registers: this is gone through once for each use of a term in an article. */
static enum status take(void *context, struct posting_cursor *from, uint64_t limit, struct error *err)
{
	(void)err;
	struct sink *sink = context;
	struct posting_cursor cursor = *from;
	while (!cursor.ended && cursor.sequence < limit) {
		const uint64_t word = cursor_number(&cursor);
		if (word & 1) {
			const uint64_t skipped = cursor_number(&cursor);
			cursor.at += skipped;
		}
		const uint32_t document = document_of(sink->documents, cursor.sequence);
		if (document)
			postlist_add(&sink->list, document, (uint32_t)(word >> 1));
		cursor_next(&cursor);
	}
	*from = cursor;
	return STATUS_OK;
}

enum status merge_postings(const struct bulk_runs *runs, struct table *table, struct error *err)
{
	struct sink sink = { .documents = &runs->documents };
	struct term_merge *merge;
	struct str term;
	enum status status = term_merge_new(runs, &merge, err);
	while (!status && term_merge_next(merge, &term, &status, err)) {
		status = term_merge_postings(merge, take, &sink, err);
		if (!status)
			status = postlist_end(&sink.list, term, table, err);
	}
	postlist_release(&sink.list);
	term_merge_free(merge);
	return status;
}
