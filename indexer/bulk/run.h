/*
 * run.h: a run: the inverted lists of a stretch of articles that one worker went through, and the term lists of those articles. It lies
 * in memory, or in a file when memory is short; both are read alike, from the front to the end.
 *
 * An article has a sequence number, which rises in the order of the input; which document it becomes, if any, is not known to the
 * worker. The articles of one worker's run come before those of its next run; runs of several workers interleave.
 *
 * Terms, in byte order, each:
 *   varint length, the term; varint how many postings; varint bytes of them; the postings:
 *     varint sequence - sequence of the posting before (of the first: the sequence itself)
 *     varint wdf * 2 + 1 if it has positions
 *     of one with positions: varint bytes, and the tag of its position list as it stands in the database (packing.h)
 *
 * Articles, by rising sequence, each:
 *   varint sequence - that of the one before; varint bytes of the tag * 2 + 1 if it is deflated, and the tag of its term list as it
 *   stands in the database (termlist.h, deflate.h)
 */
#ifndef DATELINE_BULK_RUN_H
#define DATELINE_BULK_RUN_H

#include "dateline/memory.h"
#include "dateline/status.h"

/* Either in memory (`bytes`, freed by run_release) or in a file. Two parts: terms, and articles. */
struct run_part {
	struct buffer bytes;
	uint64_t start, size; /* in the file */
};

struct run {
	struct run_part terms, articles;
	int file;       /* -1: in memory */
	bool is_shared; /* the file: it is closed by whoever made it */
	uint64_t start; /* of the run in the file */
	uint32_t term_count, article_count;
};

void run_release(struct run *run);

/* Bytes of memory that it holds. */
size_t run_memory(const struct run *run);

/*
 * Moves a run from memory to a file of its own, which is made in `folder`, has no name any more when this returns, and so goes with the
 * process.
 */
enum status run_spill(struct run *run, const char *folder, struct error *err);

/* Reads one part from its front. Several may read one run, from any thread. Of a file, only a window is held, of 256 KB or what one entry takes. */
struct run_reader;
struct run_reader *run_read_terms(const struct run *run);
struct run_reader *run_read_articles(const struct run *run);
void run_reader_free(struct run_reader *reader);

/* It is one of so many that are read side by side: windows are smaller when that is much. Before anything is read. */
void run_reader_beside(struct run_reader *reader, size_t readers);

/* All of this is the reader's, until the next call. */
struct run_term {
	struct str term;
	uint32_t count; /* of postings */
	struct str postings;
};

struct run_article {
	uint32_t sequence;
	bool is_deflated;
	struct str tag;
};

/* False at the end, and after a failure: run_reader_status tells which. */
bool run_next_term(struct run_reader *reader, struct run_term *term);
bool run_next_article(struct run_reader *reader, struct run_article *article);

/* STATUS_SYSTEM when a read failed; to be asked when a reader ended. */
enum status run_reader_status(const struct run_reader *reader, struct error *err);

#endif
