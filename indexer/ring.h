/*
 * ring.h: batches of articles on their way: filled in order by one thread, prepared side by side by workers, and taken out in
 * the same order by the thread that writes.
 *
 * Memory is bounded by the ring, whatever there is to be done: so many batches, and so many bytes in them, but always one.
 */
#ifndef DATELINE_INDEXER_RING_H
#define DATELINE_INDEXER_RING_H

#include "prepare.h"
#include "source.h"

#include <pthread.h>

/* A batch is handed on when it has this many items or bytes: large enough to make locks cheap. */
#define BATCH_ITEMS 128
#define BATCH_BYTES ((size_t)256 << 10)

/* What was found, and what a worker made of it. */
struct item {
	enum source_step step;
	struct record_bytes record; /* of SOURCE_RECORD; bytes are set when the batch is handed on */
	uint32_t sequence;          /* of SOURCE_RECORD: how many of them came before it */
	size_t start, length;       /* of its bytes in batch.bytes */
	const struct reader *reader;
	uint32_t document;            /* of the index, when it is redone from there, or 0 */
	struct stored_article stored; /* its record is set when the batch is handed on */
	struct prepared prepared;
};

enum batch_state { BATCH_FREE, BATCH_FILLED, BATCH_TAKEN, BATCH_PREPARED };

struct batch {
	enum batch_state state;
	struct buffer bytes;
	struct arena arena;
	struct item items[BATCH_ITEMS];
	size_t count;
};

struct ring_options {
	unsigned jobs; /* workers, at least 1 */
	enum entity_mode mode;
	const struct name_model *model; /* NULL unless the mode is ENTITIES_AUTO */
	const struct known *known;      /* NULL: nothing is unchanged */
	struct inverter *const *inverters; /* one for each worker, which finishes it; NULL: there are none */
};

struct ring {
	struct ring_options options;
	struct batch *batches;
	size_t size;
	uint64_t filled, taken, written; /* batches since the start */
	size_t bytes;                    /* of those on their way */
	bool filled_all, failed;
	uint64_t words_cut;
	pthread_t *workers;
	unsigned worker_count, begun; /* begun: those that have found their inverter */
	enum status status;           /* of the inverters, with its words */
	struct error err;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
};

/* STATUS_SYSTEM when not one worker could be started. Release with ring_release in any case. */
enum status ring_init(struct ring *ring, const struct ring_options *options, struct error *err);

/*
 * Waits for the workers: to be called after ring_filled_all or ring_fail. STATUS_SYSTEM when an inverter could not be finished; all are,
 * unless the ring had failed.
 */
enum status ring_join(struct ring *ring, struct error *err);
void ring_release(struct ring *ring);

/* ---- the thread that fills ---- */

/* The next batch to be filled: waits for one; NULL when all is to end. */
struct batch *ring_wait_free(struct ring *ring);

/* The same without waiting: NULL when there is none. */
struct batch *ring_try_free(struct ring *ring);

bool batch_is_full(const struct batch *batch);

/* A new item at the end of the batch, {0} but for its bytes, which are copied. */
struct item *batch_add(struct batch *batch, struct str bytes);

void ring_hand_on(struct ring *ring, struct batch *batch);
void ring_filled_all(struct ring *ring);

/* ---- the thread that writes ---- */

/* Waits for the batch that is next in order; NULL when all were taken out. */
struct batch *ring_next(struct ring *ring);
void ring_give_back(struct ring *ring, struct batch *batch);

/* What was not taken out is dropped: everyone ends. */
void ring_fail(struct ring *ring);

#endif
