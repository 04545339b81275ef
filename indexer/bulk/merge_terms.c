#include "merge_inside.h"

#include <endian.h>
#include <stdlib.h>

/* The term at which a run is. */
struct head {
	uint64_t prefix; /* its first eight bytes, with zeros behind a shorter one, as a number in the order of bytes */
	struct run_term term;
	struct run_reader *reader;
};

struct term_merge {
	struct head *heads; /* by run */
	size_t runs;
	struct head **heap; /* those that wait, the lowest term first */
	size_t waiting;
	struct head **same; /* those that have the term at work */
	size_t same_count;
	struct posting_cursor *cursors; /* of these */
	struct next_sequence *sequences;
};

/* ---- the heap of terms ---- */

static uint64_t term_prefix(struct str term)
{
	unsigned char bytes[8] = { 0 };
	uint64_t prefix;
	memcpy(bytes, term.data, term.len < sizeof(bytes) ? term.len : sizeof(bytes));
	memcpy(&prefix, bytes, sizeof(prefix));
	return be64toh(prefix);
}

static bool is_before(const struct head *a, const struct head *b)
{
	if (a->prefix != b->prefix)
		return a->prefix < b->prefix;
	return str_compare(a->term.term, b->term.term) < 0;
}

static bool is_same(const struct head *a, const struct head *b)
{
	return a->prefix == b->prefix && str_equal(a->term.term, b->term.term);
}

static void add_waiting(struct term_merge *merge, struct head *head)
{
	struct head **heap = merge->heap;
	size_t at = merge->waiting++;
	while (at && is_before(head, heap[(at - 1) / 2])) {
		heap[at] = heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	heap[at] = head;
}

static struct head *take_waiting(struct term_merge *merge)
{
	struct head **heap = merge->heap, *first = heap[0];
	struct head *moved = heap[--merge->waiting];
	const size_t count = merge->waiting;
	size_t at = 0;
	for (;;) {
		size_t kid = 2 * at + 1;
		if (kid + 1 < count && is_before(heap[kid + 1], heap[kid]))
			kid++;
		if (kid >= count || !is_before(heap[kid], moved))
			break;
		heap[at] = heap[kid];
		at = kid;
	}
	heap[at] = moved;
	return first;
}

/* ---- from term to term ---- */

/* The run waits with its next term, unless that was the last. */
static enum status read_head(struct term_merge *merge, struct head *head, struct error *err)
{
	if (!run_next_term(head->reader, &head->term))
		return run_reader_status(head->reader, err);
	head->prefix = term_prefix(head->term.term);
	add_waiting(merge, head);
	return STATUS_OK;
}

enum status term_merge_new(const struct bulk_runs *runs, struct term_merge **merge, struct error *err)
{
	const size_t count = runs->count;
	struct term_merge *made = memory_alloc(sizeof(*made));
	*made = (struct term_merge){
		.heads = memory_zero(count + 1, sizeof(*made->heads)),
		.runs = count,
		.heap = memory_zero(count + 1, sizeof(struct head *)),
		.same = memory_zero(count + 1, sizeof(struct head *)),
		.cursors = memory_zero(count + 1, sizeof(*made->cursors)),
		.sequences = memory_zero(count + 1, sizeof(*made->sequences)),
	};
	*merge = made;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < count && !status; i++) {
		made->heads[i].reader = run_read_terms(runs->runs[i]);
		run_reader_beside(made->heads[i].reader, count);
		status = read_head(made, &made->heads[i], err);
	}
	return status;
}

void term_merge_free(struct term_merge *merge)
{
	if (!merge)
		return;
	for (size_t i = 0; i < merge->runs; i++)
		run_reader_free(merge->heads[i].reader);
	free(merge->heads);
	free(merge->heap);
	free(merge->same);
	free(merge->cursors);
	free(merge->sequences);
	free(merge);
}

bool term_merge_next(struct term_merge *merge, struct str *term, enum status *status,
		     struct error *err)
{
	*status = STATUS_OK;
	while (merge->same_count && !*status)
		*status = read_head(merge, merge->same[--merge->same_count], err);
	if (*status || !merge->waiting)
		return false;
	do {
		merge->same[merge->same_count++] = take_waiting(merge);
	} while (merge->waiting && is_same(merge->same[0], merge->heap[0]));
	*term = merge->same[0]->term.term;
	return true;
}

/* ---- the postings of a term ---- */

static struct posting_cursor begin_postings(const struct head *head)
{
	const struct str postings = head->term.postings;
	struct posting_cursor cursor = { postings.data, postings.data + postings.len, 0, false };
	cursor_next(&cursor);
	return cursor;
}

static void begin_all(struct term_merge *merge, size_t *count)
{
	*count = 0;
	for (size_t i = 0; i < merge->same_count; i++) {
		merge->cursors[i] = begin_postings(merge->same[i]);
		const struct next_sequence next = { merge->cursors[i].sequence, (uint32_t)i };
		if (!merge->cursors[i].ended)
			sequences_add(merge->sequences, count, next);
	}
}

enum status term_merge_postings(struct term_merge *merge, take_postings *take, void *context,
				struct error *err)
{
	struct next_sequence *heap = merge->sequences;
	size_t count;
	enum status status = STATUS_OK;
	begin_all(merge, &count);
	while (count && !status) {
		struct posting_cursor *cursor = &merge->cursors[heap[0].owner];
		status = take(context, cursor, sequences_second(heap, count), err);
		heap[0].sequence = cursor->sequence;
		if (cursor->ended)
			sequences_drop_first(heap, &count);
		else
			sequences_sink_first(heap, count);
	}
	return status;
}
