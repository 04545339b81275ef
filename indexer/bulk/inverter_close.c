#include "inverter_inside.h"
#include "packing.h"
#include "pages.h"
#include "ranked_lists.h"
#include "run_write.h"
#include "term_order.h"

#include <stdlib.h>

/* What closing takes of each term: its number in order, and its record; sorting takes the memory of the records before they are there. */
#define CLOSING_BYTES (sizeof(uint32_t) + sizeof(struct ranked_term))

/* Huge pages are touched whole: those of postings, of lists, of forward lists and of the records of terms. */
#define HUGE_SLACK (4 * PAGES_UNIT)

/* Of a term in a term list, mostly less. */
#define ENTRY_BYTES 7

/* What is kept of the table of terms takes at most one part in so many of the memory. */
#define TERMS_KEPT_PART 4

/* Terms are looked at so far ahead, and what they point to half as far. */
#define AHEAD 16

/* A run at work. */
struct closing {
	struct inverter *inverter;
	struct run run;
	uint32_t *order;            /* numbers of terms by rank */
	struct ranked_term *ranked; /* by rank */
	size_t ranked_size;         /* bytes */
	size_t count;
};

size_t inverter_memory(const struct inverter *inverter)
{
	return intern_memory(&inverter->terms) + posting_lists_memory(&inverter->lists) +
	       inverter->forward.bytes + inverter->terms.count * CLOSING_BYTES +
	       (inverter->lists.huge ? HUGE_SLACK : 0);
}

/* Once there is no room left for a run in memory, it goes to a file. */
static enum status add_to(struct closing *closing, struct run_part *part, size_t room,
			  struct error *err)
{
	struct run *run = &closing->run;
	const char *folder = closing->inverter->folder;
	if (run->file < 0 && part->bytes.len > room)
		return run_to_shared(run, &closing->inverter->spilled, folder, err);
	return run_is_due(run, part) ? run_write(run, part, folder, err) : STATUS_OK;
}

static size_t room_beside(const struct inverter *inverter, size_t taken)
{
	/* Read once: it can be lowered meanwhile. */
	const size_t memory = inverter->memory;
	return taken < memory ? memory - taken : 0;
}

/* Room that most likely is needed. What is not touched takes no memory. */
static void reserve(const struct closing *closing, struct run_part *part, size_t size, size_t room)
{
	if (closing->run.file >= 0)
		return;
	size = size < room ? size : room;
	part->bytes.data = memory_alloc(size + 1);
	part->bytes.capacity = size + 1;
	if (closing->inverter->lists.huge)
		pages_prefer_huge(part->bytes.data, size);
}

/* ---- terms ---- */

/* A term of an article that was left out has no postings. */
static void order_terms(struct closing *closing)
{
	const struct inverter *inverter = closing->inverter;
	const struct posting_lists *lists = &inverter->lists;
	closing->order = memory_alloc(lists->count * sizeof(*closing->order));
	for (size_t term = 0; term < lists->count; term++)
		if (lists->items[term].count)
			closing->order[closing->count++] = (uint32_t)term;
	term_order(inverter->terms.keys, closing->order, closing->count);
	/* Reading a start may reach over the end of the last record. */
	closing->ranked_size = (closing->count + 1) * sizeof(*closing->ranked);
	closing->ranked = pages_map(&closing->ranked_size, lists->huge);
}

static void add_term(const struct inverter *inverter, uint32_t term, struct buffer *out)
{
	const struct str text = inverter->terms.keys[term];
	const size_t bytes = posting_list_bytes(&inverter->lists, term);
	char *start = buffer_extend(out, 3 * PACKED_NUMBER_MAX + text.len + bytes);
	char *to = pack_number(start, text.len);
	memcpy(to, text.data, text.len);
	to = pack_number(to + text.len, inverter->lists.items[term].count);
	to = pack_number(to, bytes);
	posting_list_copy(&inverter->lists, term, to);
	out->len = (size_t)(to + bytes - out->data);
}

static void prefetch(const struct closing *closing, size_t rank)
{
	const struct inverter *inverter = closing->inverter;
	if (rank + AHEAD < closing->count) {
		const uint32_t term = closing->order[rank + AHEAD];
		__builtin_prefetch(&inverter->lists.items[term]);
		__builtin_prefetch(&inverter->lists.heads[term]);
		__builtin_prefetch(&inverter->terms.keys[term]);
	}
	if (rank + AHEAD / 2 < closing->count) {
		const uint32_t term = closing->order[rank + AHEAD / 2];
		posting_list_prefetch(&inverter->lists, term);
		__builtin_prefetch(inverter->terms.keys[term].data);
	}
}

/* The terms in their order. Where a list began is told no more, and its rank takes the place. */
static enum status add_terms(struct closing *closing, struct error *err)
{
	struct inverter *inverter = closing->inverter;
	struct run_part *part = &closing->run.terms;
	const size_t room = room_beside(inverter, inverter_memory(inverter));
	reserve(closing, part, posting_lists_memory(&inverter->lists), room);
	for (size_t rank = 0; rank < closing->count; rank++) {
		prefetch(closing, rank);
		const uint32_t term = closing->order[rank];
		ranked_term_set(&closing->ranked[rank], inverter->terms.keys[term], term);
		add_term(inverter, term, &part->bytes);
		inverter->lists.heads[term] = (uint32_t)rank;
		const enum status status = add_to(closing, part, room, err);
		if (status != STATUS_OK)
			return status;
	}
	closing->run.term_count = (uint32_t)closing->count;
	return run_end_part(&closing->run, part, inverter->folder, err);
}

/* ---- articles ---- */

static enum status add_articles(struct closing *closing, const uint32_t *ranks, struct error *err)
{
	struct inverter *inverter = closing->inverter;
	struct run *run = &closing->run;
	const size_t room = room_beside(inverter, inverter_memory(inverter) + run_memory(run));
	const struct ranked_terms of = { closing->ranked, closing->count, ranks,
					 inverter->terms.keys };
	reserve(closing, &run->articles, inverter->forward.bytes / 4 * ENTRY_BYTES, room);
	struct ranked_lists lists;
	ranked_lists_init(&lists, &of);
	enum status status = STATUS_OK;
	struct forward_article article;
	while (status == STATUS_OK && forward_take(&inverter->forward, &article)) {
		ranked_lists_add(&lists, &article, &run->articles.bytes);
		run->article_count++;
		status = add_to(closing, &run->articles, room, err);
	}
	ranked_lists_release(&lists);
	return status == STATUS_OK ? run_end_part(run, &run->articles, inverter->folder, err)
				   : status;
}

/* ---- the run ---- */

/* The table of terms keeps its size, which saves time, unless that alone would soon fill the memory again. */
static void forget(struct inverter *inverter)
{
	posting_lists_release(&inverter->lists);
	forward_release(&inverter->forward);
	intern_reset(&inverter->terms);
	if (intern_memory(&inverter->terms) > inverter->memory / TERMS_KEPT_PART)
		intern_release(&inverter->terms);
	inverter->epoch++;
}

static enum status make_run(struct closing *closing, struct error *err)
{
	struct posting_lists *lists = &closing->inverter->lists;
	order_terms(closing);
	const enum status status = add_terms(closing, err);
	if (status != STATUS_OK)
		return status;
	/* The postings make room for the term lists. */
	uint32_t *ranks = lists->heads;
	lists->heads = NULL;
	posting_lists_release(lists);
	const enum status added = add_articles(closing, ranks, err);
	free(ranks);
	return added;
}

enum status inverter_close(struct inverter *inverter, struct error *err)
{
	struct closing closing = { .inverter = inverter, .run.file = -1 };
	const enum status status = make_run(&closing, err);
	free(closing.order);
	pages_unmap(closing.ranked, closing.ranked_size);
	forget(inverter);
	if (status != STATUS_OK) {
		run_release(&closing.run);
		return status;
	}
	run_end(&closing.run, &inverter->spilled);
	memory_reserve(&inverter->runs, &inverter->run_capacity, inverter->run_count,
		       sizeof(*inverter->runs));
	inverter->runs[inverter->run_count++] = closing.run;
	return STATUS_OK;
}
