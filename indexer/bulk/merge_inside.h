/*
 * merge_inside.h: what the merges share: runs as one stream of terms, and the postings of a term in several runs as one list by
 * rising sequence.
 */
#ifndef DATELINE_BULK_MERGE_INSIDE_H
#define DATELINE_BULK_MERGE_INSIDE_H

#include "merge_runs.h"

/* ---- what is next by sequence ---- */

/* A heap: its first has the lowest sequence. `owner` is the number of whoever it comes from. */
struct next_sequence {
	uint32_t sequence, owner;
};

void sequences_add(struct next_sequence *heap, size_t *count, struct next_sequence next);

/* The first was given another sequence, which is not lower. */
void sequences_sink_first(struct next_sequence *heap, size_t count);
void sequences_drop_first(struct next_sequence *heap, size_t *count);

/* The lowest sequence of those that are not the first; UINT64_MAX when there is no other. */
uint64_t sequences_second(const struct next_sequence *heap, size_t count);

static inline uint32_t document_of(const struct bulk_documents *documents, uint32_t sequence)
{
	return sequence < documents->sequences ? documents->ids[sequence] : 0;
}

/* ---- the postings of a term ---- */

/* Postings of one run; the sequence of the next is read already. Runs are the program's own, so what is in them is whole. */
struct posting_cursor {
	const char *at, *end;
	uint32_t sequence;
	bool ended;
};

static inline uint64_t cursor_number(struct posting_cursor *cursor)
{
	unsigned char byte = (unsigned char)*cursor->at++;
	uint64_t value = byte & 0x7f;
	for (unsigned shift = 7; byte & 0x80 && cursor->at < cursor->end; shift += 7) {
		byte = (unsigned char)*cursor->at++;
		value |= (uint64_t)(byte & 0x7f) << (shift & 63);
	}
	return value;
}

/* To the sequence of the next, when one posting has been read. */
static inline void cursor_next(struct posting_cursor *cursor)
{
	if (cursor->at < cursor->end)
		cursor->sequence += (uint32_t)cursor_number(cursor);
	else
		cursor->ended = true;
}

/* Reads all postings with sequences below `limit`, of which there is one. */
typedef enum status take_postings(void *context, struct posting_cursor *cursor, uint64_t limit,
				  struct error *err);

/* ---- the terms ---- */

struct term_merge;

/* STATUS_SYSTEM. Free with term_merge_free in any case, which takes NULL. */
enum status term_merge_new(const struct bulk_runs *runs, struct term_merge **merge,
			   struct error *err);
void term_merge_free(struct term_merge *merge);

/* The next term in byte order, the merge's until the next call. False at the end, and after a failure: *status tells which. */
bool term_merge_next(struct term_merge *merge, struct str *term, enum status *status,
		     struct error *err);

/* Gives the postings of that term to `take`, in stretches that follow each other by sequence. */
enum status term_merge_postings(struct term_merge *merge, take_postings *take, void *context,
				struct error *err);

#endif
