#include "merge_inside.h"

#include "packing.h"

#include <stdlib.h>

struct article_merge {
	struct run_reader **readers; /* by run */
	struct run_article *articles;
	size_t runs;
	struct next_sequence *heap;
	size_t waiting;
};

/* ---- articles of all runs by sequence ---- */

static enum status begin(struct article_merge *merge, const struct bulk_runs *runs, struct error *err)
{
	enum status status = STATUS_OK;
	*merge = (struct article_merge){
		.readers = memory_zero(runs->count + 1, sizeof(struct run_reader *)),
		.articles = memory_zero(runs->count + 1, sizeof(*merge->articles)),
		.runs = runs->count,
		.heap = memory_zero(runs->count + 1, sizeof(*merge->heap)),
	};
	for (size_t i = 0; i < runs->count && !status; i++) {
		merge->readers[i] = run_read_articles(runs->runs[i]);
		run_reader_beside(merge->readers[i], runs->count);
		if (run_next_article(merge->readers[i], &merge->articles[i]))
			sequences_add(merge->heap, &merge->waiting,
				      (struct next_sequence){ merge->articles[i].sequence,
							      (uint32_t)i });
		else
			status = run_reader_status(merge->readers[i], err);
	}
	return status;
}

static void end(struct article_merge *merge)
{
	for (size_t i = 0; i < merge->runs; i++)
		run_reader_free(merge->readers[i]);
	free(merge->readers);
	free(merge->articles);
	free(merge->heap);
}

/* The run whose article was the first goes on to its next. */
static enum status go_on(struct article_merge *merge, struct error *err)
{
	const uint32_t run = merge->heap[0].owner;
	if (run_next_article(merge->readers[run], &merge->articles[run])) {
		merge->heap[0].sequence = merge->articles[run].sequence;
		sequences_sink_first(merge->heap, merge->waiting);
		return STATUS_OK;
	}
	sequences_drop_first(merge->heap, &merge->waiting);
	return run_reader_status(merge->readers[run], err);
}

/* ---- the table ---- */

/* The first slot, then of each how many lie between it and the one before. */
static struct str pack_slots(unsigned slots, char tag[8])
{
	char *to = tag;
	for (unsigned slot = 0, gap = 0; slots >> slot; slot++) {
		if (slots >> slot & 1) {
			*to++ = (char)gap;
			gap = 0;
		} else {
			gap++;
		}
	}
	return (struct str){ tag, (size_t)(to - tag) };
}

/* The key of the slots is that of the terms and a NUL, so they come right behind. */
static enum status add_document(struct table *table, uint32_t document,
				const struct run_article *article, unsigned slots, struct error *err)
{
	char key[PACKED_SORTABLE_MAX + 1], tag[8];
	char *end = pack_sortable(key, document);
	*end = '\0';
	const size_t len = (size_t)(end - key);
	const struct str terms = { key, len };
	enum status status = article->is_deflated
				     ? table_add_deflated(table, terms, article->tag, err)
				     : table_add(table, terms, article->tag, err);
	if (!status && slots)
		status = table_add(table, (struct str){ key, len + 1 }, pack_slots(slots, tag), err);
	return status;
}

enum status merge_termlists(const struct bulk_runs *runs, struct table *table, struct error *err)
{
	const struct bulk_documents *documents = &runs->documents;
	struct article_merge merge;
	enum status status = begin(&merge, runs, err);
	while (!status && merge.waiting) {
		const struct run_article *article = &merge.articles[merge.heap[0].owner];
		const uint32_t document = document_of(documents, article->sequence);
		if (document)
			status = add_document(table, document, article, documents->slots[document],
					      err);
		if (!status)
			status = go_on(&merge, err);
	}
	end(&merge);
	return status;
}
