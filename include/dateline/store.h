/*
 * store.h: the shim over libxapian: all that Dateline asks of an index, in plain C.
 *
 * Every function is one guarded call: no exception leaves it, and none of the caller's code runs under it. A
 * store belongs to one thread at a time. STATUS_RETRY from any reading call means that a writer committed
 * twice meanwhile: close, open again and repeat the whole search. A store that answered so, or with
 * STATUS_CORRUPT or STATUS_SYSTEM, answers so from then on.
 */
#ifndef DATELINE_STORE_H
#define DATELINE_STORE_H

#include "dateline/docset.h"
#include "dateline/memory.h"
#include "dateline/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The index when none is named: $DATELINE_DB, else "dateline.db". */
const char *store_default_path(void);

/* ---- reading ---- */

struct store;

/*
 * Opens the index at `path` (a directory). STATUS_NO_INDEX, STATUS_OTHER_VERSION (not made by a schema this
 * program knows), STATUS_CORRUPT, STATUS_SYSTEM. Free with store_close, which takes NULL.
 */
enum status store_open(const char *path, struct store **store, struct error *err);
void store_close(struct store *store);

uint32_t store_count(const struct store *store);   /* documents */
uint32_t store_last_id(const struct store *store); /* highest docid ever used */

/* Appends the value of a metadata key; nothing for an absent one. */
enum status store_metadata(struct store *store, struct str key, struct buffer *value,
			   struct error *err);

struct term_entry {
	struct str term;    /* or metadata key */
	uint32_t frequency; /* documents; 0 for metadata keys */
};

/* All terms (or metadata keys) that begin with `prefix`, in byte order, at most `max`; from `arena`. */
enum status store_terms(struct store *store, struct str prefix, size_t max, struct arena *arena,
			struct term_entry **entries, size_t *count, struct error *err);
/* The same for those that are not before `from`, so that many can be read in pieces; `from` may be a whole term. */
enum status store_terms_from(struct store *store, struct str prefix, struct str from, size_t max,
			     struct arena *arena, struct term_entry **entries, size_t *count,
			     struct error *err);
enum status store_metadata_keys(struct store *store, struct str prefix, size_t max,
				struct arena *arena, struct term_entry **entries, size_t *count,
				struct error *err);

/*
 * Of the terms that begin with `prefix`, those of which a word behind it begins with `word`; words are parted by blanks. In byte
 * order, at most `max`; from `arena`. Goes through all of them: 100,000 take some 10 ms.
 */
enum status store_terms_having(struct store *store, struct str prefix, struct str word, size_t max,
			       struct arena *arena, struct term_entry **entries, size_t *count,
			       struct error *err);

struct like_entry {
	struct str term;
	uint32_t frequency; /* documents */
	uint32_t distance;  /* edits */
};

/*
 * The terms that are `prefix` and a word at most `distance` (1 or 2) edits from `word`: a character more, less, another, or two
 * neighbours swapped. Nearest first, then those of most documents, then by bytes; at most `max`. Without a prefix, words of text
 * only. Texts from `arena`.
 */
enum status store_terms_like(struct store *store, struct str prefix, struct str word,
			     uint32_t distance, size_t max, struct arena *arena,
			     struct like_entry **entries, size_t *count, struct error *err);

/* Document frequency, 0 for an unknown term. */
enum status store_frequency(struct store *store, struct str term, uint32_t *frequency,
			    struct error *err);

/* The constants of BM25 by which hits are ranked; store_rank.cc has their reasons. */
#define RANKING_K1 1.4
#define RANKING_B 0.65

/* What to match. Nodes and texts are the caller's, usually an arena's; the shim never frees them. */
enum plan_op {
	PLAN_NONE, /* nothing */
	PLAN_ALL,  /* every document, weight 0 */
	PLAN_TERM,
	PLAN_AND,     /* all kids; no kids: ALL */
	PLAN_OR,      /* any kid; no kids: NONE */
	PLAN_AND_NOT, /* the first kid without any of the others */
	PLAN_SYNONYM, /* any kid, weighted as if they were one term */
	PLAN_PHRASE,  /* term kids (or synonyms of terms) at positions one after the other */
	PLAN_FILTER,  /* as its one kid, weight 0 */
	PLAN_SCALE,   /* as its one kid, weighing `factor` times as much */
	PLAN_MAYBE,   /* as its first kid; the others only add their weight where they match */
	PLAN_SET,     /* the documents of `set`, weight 0; not inside a phrase */
	PLAN_MENTION, /* as TERM, of an entity: positions one after the other in a sentence are one mention */
	PLAN_NEAR,     /* all kids, none more than `distance` words from the next, in any order */
	PLAN_ADJ,      /* the same, in the order of the kids */
	PLAN_SENTENCE, /* all kids in one sentence */
};

/*
 * PHRASE, NEAR, ADJ and SENTENCE look at positions. Their kids are TERM, MENTION, OR and SYNONYM of such, and PHRASE, NEAR, ADJ
 * and SENTENCE again. A kid stands somewhere from its first word to its last; the distance from one to the next
 * is from the last word of the one to the first of the other, 1 for neighbours. Kids of a match never overlap. They weigh what their terms weigh
 * together.
 */

struct plan {
	enum plan_op op;
	struct str term;
	struct plan **kids;
	size_t count;
	double factor;     /* of PLAN_SCALE, 0 or more */
	uint32_t distance; /* of PLAN_NEAR and PLAN_ADJ, 1 or more */
	const struct docset *set; /* of PLAN_SET: with the limit store_last_id, and the caller's while the plan is used */
};

/* The documents that match, as a set (initialised here, with limit store_last_id; empty {0} on failure). */
enum status store_match(struct store *store, const struct plan *plan, struct docset *set,
			struct error *err);

/*
 * What ranking needs to know of all the documents that are searched together: {0} is of none, store_statistics adds
 * those of one index. Made for a plan; plans of one query for several indexes have the same parts that weigh, in the same
 * order.
 */
struct statistics {
	uint64_t documents, length; /* length: of all documents together, in uses of terms */
	uint64_t *frequencies; /* for each part of the plan that weighs, the documents that match it */
	size_t count, capacity;
};

void statistics_release(struct statistics *statistics);

enum status store_statistics(struct store *store, const struct plan *plan,
			     struct statistics *statistics, struct error *err);

/*
 * The documents that match, as a set, and how much each weighs, by docid: BM25 with the constants above, a SYNONYM as
 * one term. Both are the caller's: `set` to be initialised with the limit store_last_id and empty, `scores` limit + 1 zeros.
 * Scores of documents that do not match mean nothing.
 */
enum status store_rank(struct store *store, const struct plan *plan,
		       const struct statistics *statistics, struct docset *set, float *scores,
		       struct error *err);

/* Adds to the scores of the documents in `within` that match the plan what it weighs, and to no others. */
enum status store_score(struct store *store, const struct plan *plan,
			const struct statistics *statistics, const struct docset *within,
			float *scores, struct error *err);

/* From now on, reading calls that are not done in so many milliseconds end with STATUS_TIMEOUT; 0: none does. */
void store_deadline(struct store *store, uint32_t milliseconds);

enum store_order { ORDER_RELEVANCE, ORDER_NEWEST, ORDER_OLDEST };

struct store_hit {
	uint32_t id;
	double score; /* BM25; 0 when ordered by date */
};

/*
 * The hits [first, first + max) in order, by libxapian's own matcher alone: it shares no code with store_rank; for --check. Ties
 * go to the lower docid; undated ones come last in both date orders. At most STORE_WINDOW_MAX for first + max.
 */
#define STORE_WINDOW_MAX 100000
enum status store_top(struct store *store, const struct plan *plan, enum store_order order,
		      uint32_t first, uint32_t max, struct arena *arena, struct store_hit **hits,
		      size_t *count, struct error *err);

/* The exact number of matches by libxapian's own matcher alone: slow, shares no counting code; for --check. */
enum status store_recount(struct store *store, const struct plan *plan, uint32_t *count,
			  struct error *err);

/*
 * A value slot of the set's members in docid order, from *next on, as uint32 docid (native), uint32 length, bytes;
 * members without a value are left out. Stops when the buffer holds `max_bytes` or more, or at the end, and
 * sets *next to the docid to go on from, 0 at the end. Appends to out.
 */
enum status store_column(struct store *store, uint32_t slot, const struct docset *set,
			 uint32_t *next, size_t max_bytes, struct buffer *out, struct error *err);

/* The stored record of one document; STATUS_NOT_FOUND. Appends to out. */
enum status store_record(struct store *store, uint32_t id, struct buffer *out, struct error *err);

/* Terms of one document that begin with `prefix`, in byte order; frequency is the wdf. */
enum status store_document_terms(struct store *store, uint32_t id, struct str prefix,
				 struct arena *arena, struct term_entry **entries, size_t *count,
				 struct error *err);

/* The first docid of a term's posting list, 0 when there is none. */
enum status store_first(struct store *store, struct str term, uint32_t *id, struct error *err);

/* The docids of a term's posting list, rising, as native uint32; none for an unknown term. Appends to out. */
enum status store_postings(struct store *store, struct str term, struct buffer *out,
			   struct error *err);

/*
 * For statistics: how many terms have no prefix (words in all their written forms), and the sum of the lengths of all
 * documents, stems included. Goes through all terms.
 */
enum status store_words(struct store *store, uint64_t *distinct, uint64_t *total, struct error *err);

/*
 * In which state the index at `path` is, as some bytes that mean nothing else: other ones after every commit, and when the
 * index was made anew. Found without opening it, so also when a commit or damage is in the way of that. Appends to out.
 */
enum status store_stamp(const char *path, struct buffer *out, struct error *err);

/*
 * The index holds each use of a term twice: in the posting list of the term, and in the term list of the document. Both
 * are gone through; the sums, modulo 2^64, are of a mix of term, document and wdf, and equal when both say the same.
 */
struct store_cross {
	uint64_t postings, posting_sum;         /* by the posting lists */
	uint64_t entries, entry_sum;            /* by the term lists */
	uint64_t value_sum, document_value_sum; /* of all values: by slot, by document */
	uint32_t odd_lengths; /* documents whose wdfs do not add up to their length */
	uint32_t first_odd;   /* the first of them */
	bool has_words;       /* some term is a word of text, and those have positions */
	bool has_positions;
};

/* Looks into the term lists of the documents in `all`. */
enum status store_cross_sums(struct store *store, const struct docset *all,
			     struct store_cross *cross, struct error *err);

/*
 * Where the terms of one document are: for each of its terms that has positions (words, also with the prefix S, values that
 * are mentioned, sentences), the term as counted text, how many positions, and the positions, rising, all varints. Appends to out.
 */
enum status store_positions(struct store *store, uint32_t id, struct buffer *out, struct error *err);

/* libxapian's own structure check (as xapian-check does); its report is appended to `report`. */
enum status store_check(const char *path, struct buffer *report, uint32_t *faults, struct error *err);

const char *store_xapian_version(void);

/* ---- writing ---- */

struct posting {
	struct str term;
	const uint32_t *positions; /* rising; NULL when count is 0 */
	uint32_t count;            /* of positions */
	uint32_t wdf;
};

struct value {
	uint32_t slot;
	struct str bytes;
};

/* A document as libxapian takes it. Terms need not be sorted but are unique. */
struct document {
	struct posting *postings;
	size_t posting_count;
	struct value *values;
	size_t value_count;
	struct str record;
};

struct store_writer;

struct store_writer_options {
	bool create; /* a new index in a directory that is empty or not there yet: see store_commit */
	uint32_t flush_every;  /* documents between flushes; 0: libxapian's default */
	uint32_t lock_wait_ms; /* how long to wait for another writer before STATUS_LOCKED */
};

enum status store_writer_open(const char *path, const struct store_writer_options *options,
			      struct store_writer **writer, struct error *err);

/*
 * Throws away what is not committed, and frees. After a failure of the functions below, the only thing to do with
 * a writer is to close it; but STATUS_TOO_LARGE and STATUS_NOT_FOUND leave it as it was.
 */
void store_writer_close(struct store_writer *writer);

/* STATUS_TOO_LARGE, in words, when the index cannot take the document. */
enum status store_document_fits(const struct document *document, struct error *err);

/* Sizes are checked before libxapian sees them: STATUS_TOO_LARGE, and nothing is lost. *id is its docid. */
enum status store_add(struct store_writer *writer, const struct document *document, uint32_t *id,
		      struct error *err);
enum status store_replace(struct store_writer *writer, uint32_t id, const struct document *document,
			  struct error *err);
/* Adds all documents of the database at `from`, whose first must be the next of this one: numbers stay. */
enum status store_add_all(struct store_writer *writer, const char *from, struct error *err);

/* STATUS_NOT_FOUND when there is no such document. */
enum status store_delete(struct store_writer *writer, uint32_t id, struct error *err);
enum status store_set_metadata(struct store_writer *writer, struct str key, struct str value,
			       struct error *err);

/*
 * Makes all of it durable: committed, files and directory synced. But an index that is being created is not synced: a
 * machine that dies leaves nothing to go on with. What is published is what store_pack makes of it.
 */
enum status store_commit(struct store_writer *writer, struct error *err);

/*
 * Copies the committed index at `from` to a new directory `to` with its blocks full, and syncs that. The documents keep
 * their numbers.
 */
enum status store_pack(const char *from, const char *to, struct error *err);

/*
 * The same of two databases, of which the second has documents above those of the first and no metadata; it need not be
 * an index.
 */
enum status store_join(const char *from, const char *more, const char *to, struct error *err);

/*
 * A reader's view of what the writer has so far, uncommitted included, also what comes later; owned by the writer, no
 * store_close. Only store_column may miss what is not committed (libxapian holds it back at times).
 */
struct store *store_writer_view(struct store_writer *writer);

/* One value of one document; empty when it has none. Appends to out. */
enum status store_value(struct store *store, uint32_t id, uint32_t slot, struct buffer *out,
			struct error *err);

#ifdef __cplusplus
}
#endif
#endif
