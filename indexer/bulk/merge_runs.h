/*
 * merge_runs.h: runs of all workers -> the tables of postings, positions and term lists. Each table is written in one pass
 * over the runs, and the three can be written side by side: they only read what they are given.
 */
#ifndef DATELINE_BULK_MERGE_RUNS_H
#define DATELINE_BULK_MERGE_RUNS_H

#include "run.h"
#include "table.h"

/* What became of the articles. */
struct bulk_documents {
	const uint32_t *ids; /* by sequence: the document, 0: none. Documents rise with sequences. */
	size_t sequences;
	const uint8_t *slots; /* by document: its value slots, a bit each */
};

struct bulk_runs {
	const struct run *const *runs; /* of all workers; those of one worker in their order */
	size_t count;
	struct bulk_documents documents;
};

/*
 * Adds the posting lists of all terms to the table of postings, in whose order they come last. Those of articles that became no document are
 * left out, and terms that no other has.
 */
enum status merge_postings(const struct bulk_runs *runs, struct table *table, struct error *err);

/* The whole table of positions. */
enum status merge_positions(const struct bulk_runs *runs, struct table *table, struct error *err);

/* The whole table of term lists, with the value slots that each document uses. */
enum status merge_termlists(const struct bulk_runs *runs, struct table *table, struct error *err);

#endif
