#include "pipeline.h"

#include "source.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* A batch is handed on when it has this many records or bytes: large enough to make locks cheap. */
#define BATCH_ITEMS 32
#define BATCH_BYTES ((size_t)256 << 10)

/* Bytes of records on their way at most, but always one batch: what bounds the memory of giants. */
#define RING_BYTES ((size_t)96 << 20)

/* What the reader found, and what a worker made of it. */
struct item {
	enum source_step step;
	struct record_bytes record; /* bytes are set when the batch is full */
	size_t start, length;       /* of its bytes in batch.bytes */
	const struct reader *reader;
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

struct ring {
	const struct pipeline_options *options;
	const struct known *known;
	struct report *report;
	struct batch *batches;
	size_t size;
	uint64_t filled, taken, written; /* batches since the start */
	size_t bytes;                    /* of records on their way */
	bool read_all, stopped, failed;
	uint64_t words_cut;
	struct preparer *spare; /* of the writing thread, for put_again */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
};

static struct batch *batch_at(struct ring *ring, uint64_t number)
{
	return &ring->batches[number % ring->size];
}

/* ---- reading ---- */

static void add_item(struct batch *batch, enum source_step step, const struct record_bytes *record,
		     const struct reader *reader, const struct error *err)
{
	struct item *item = &batch->items[batch->count++];
	item->step = step;
	item->record = *record;
	item->reader = reader;
	item->start = batch->bytes.len;
	item->length = record->bytes.len;
	buffer_add_str(&batch->bytes, record->bytes);
	item->prepared.state = PREPARED_FAILED;
	item->prepared.origin = record->origin;
	if (step == SOURCE_FAILURE || step == SOURCE_SKIPPED)
		item->prepared.err = *err;
}

/* False when the source is at its end. */
static bool fill_batch(struct source *source, struct batch *batch)
{
	struct record_bytes record;
	const struct reader *reader = NULL;
	struct error err;
	bool more = true;
	while (batch->count < BATCH_ITEMS && batch->bytes.len < BATCH_BYTES) {
		const enum source_step step = source_next(source, &record, &reader, &err);
		if (step == SOURCE_END) {
			more = false;
			break;
		}
		add_item(batch, step, &record, reader, &err);
	}
	/* The buffer has moved while it grew. */
	for (size_t i = 0; i < batch->count; i++) {
		struct item *item = &batch->items[i];
		item->record.bytes = (struct str){ batch->bytes.data + item->start, item->length };
	}
	return more;
}

/* Waits for a batch that is free, and for room; NULL when the writer failed. */
static struct batch *free_batch(struct ring *ring)
{
	struct batch *batch = batch_at(ring, ring->filled);
	pthread_mutex_lock(&ring->mutex);
	while (!ring->failed && (batch->state != BATCH_FREE ||
				 (ring->bytes > RING_BYTES && ring->filled != ring->written)))
		pthread_cond_wait(&ring->changed, &ring->mutex);
	const bool failed = ring->failed;
	pthread_mutex_unlock(&ring->mutex);
	return failed ? NULL : batch;
}

static void hand_on(struct ring *ring, struct batch *batch)
{
	pthread_mutex_lock(&ring->mutex);
	batch->state = BATCH_FILLED;
	ring->bytes += batch->bytes.len;
	ring->filled++;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->mutex);
}

static void *read_records(void *context)
{
	struct ring *ring = context;
	const struct pipeline_options *options = ring->options;
	struct source source;
	source_init(&source, options->files, options->format, ring->report, options->stop);
	for (bool more = true; more;) {
		struct batch *batch = free_batch(ring);
		if (!batch)
			break;
		more = fill_batch(&source, batch);
		if (batch->count)
			hand_on(ring, batch);
	}
	pthread_mutex_lock(&ring->mutex);
	ring->read_all = true;
	ring->stopped = source.stopped;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->mutex);
	source_close(&source);
	return NULL;
}

/* ---- preparing ---- */

static struct batch *take_batch(struct ring *ring)
{
	struct batch *batch = NULL;
	pthread_mutex_lock(&ring->mutex);
	while (ring->taken == ring->filled && !ring->read_all)
		pthread_cond_wait(&ring->changed, &ring->mutex);
	if (ring->taken < ring->filled && !ring->failed) {
		batch = batch_at(ring, ring->taken++);
		batch->state = BATCH_TAKEN;
	}
	pthread_mutex_unlock(&ring->mutex);
	return batch;
}

static void prepare_batch(struct preparer *preparer, const struct known *known, struct batch *batch)
{
	for (size_t i = 0; i < batch->count; i++) {
		struct item *item = &batch->items[i];
		if (item->step == SOURCE_RECORD)
			preparer_run(preparer, item->reader, &item->record, known, &batch->arena,
				     &item->prepared);
	}
}

static void *prepare_records(void *context)
{
	struct ring *ring = context;
	struct preparer *preparer = preparer_new(ring->options->mode);
	for (struct batch *batch; (batch = take_batch(ring));) {
		prepare_batch(preparer, ring->known, batch);
		pthread_mutex_lock(&ring->mutex);
		batch->state = BATCH_PREPARED;
		pthread_cond_broadcast(&ring->changed);
		pthread_mutex_unlock(&ring->mutex);
	}
	pthread_mutex_lock(&ring->mutex);
	ring->words_cut += preparer_words_cut(preparer);
	pthread_mutex_unlock(&ring->mutex);
	preparer_free(preparer);
	return NULL;
}

/* ---- writing ---- */

static struct batch *next_prepared(struct ring *ring)
{
	struct batch *batch = batch_at(ring, ring->written);
	pthread_mutex_lock(&ring->mutex);
	while (batch->state != BATCH_PREPARED && !(ring->read_all && ring->written == ring->filled))
		pthread_cond_wait(&ring->changed, &ring->mutex);
	const bool is_there = ring->written < ring->filled;
	pthread_mutex_unlock(&ring->mutex);
	return is_there ? batch : NULL;
}

static void give_back(struct ring *ring, struct batch *batch)
{
	const size_t bytes = batch->bytes.len;
	/* One giant record does not hold its memory until the end. */
	if (batch->bytes.capacity > 4 * BATCH_BYTES)
		buffer_release(&batch->bytes);
	buffer_reset(&batch->bytes);
	arena_reset(&batch->arena);
	batch->count = 0;
	pthread_mutex_lock(&ring->mutex);
	batch->state = BATCH_FREE;
	ring->bytes -= bytes;
	ring->written++;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->mutex);
}

/* An article whose known copy was replaced earlier in this run is prepared here after all; it is rare. */
static enum status put_again(struct ring *ring, struct writer *writer, struct item *item,
			     struct arena *arena, enum writer_outcome *outcome, struct error *err)
{
	if (!ring->spare)
		ring->spare = preparer_new(ring->options->mode);
	preparer_run(ring->spare, item->reader, &item->record, NULL, arena, &item->prepared);
	return writer_put(writer, &item->prepared, arena, outcome, err);
}

static enum status write_item(struct ring *ring, struct writer *writer, struct item *item,
			      struct arena *arena, struct error *err)
{
	struct report *report = ring->report;
	const struct prepared *prepared = &item->prepared;
	if (item->step == SOURCE_OPENED) {
		report_file(report, "reading", item->record.origin.path, NULL);
		return STATUS_OK;
	}
	if (item->step == SOURCE_SKIPPED) {
		report_file(report, "passed over", item->record.origin.path, prepared->err.text);
		return STATUS_OK;
	}
	if (prepared->state == PREPARED_FAILED) {
		report_failure(report, &prepared->origin, prepared->err.text);
		return STATUS_OK;
	}
	enum writer_outcome outcome;
	enum status status = writer_put(writer, &item->prepared, arena, &outcome, err);
	if (status == STATUS_OK && outcome == WRITER_AGAIN)
		status = put_again(ring, writer, item, arena, &outcome, err);
	if (status == STATUS_TOO_LARGE) {
		report_failure(report, &prepared->origin, err->text);
		return STATUS_OK;
	}
	if (status == STATUS_OK)
		report_article(report, prepared, outcome);
	return status;
}

static enum status write_batches(struct ring *ring, struct writer *writer, struct error *err)
{
	enum status status = STATUS_OK;
	for (struct batch *batch; status == STATUS_OK && (batch = next_prepared(ring));) {
		for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
			status = write_item(ring, writer, &batch->items[i], &batch->arena, err);
		give_back(ring, batch);
	}
	return status;
}

/* ---- all together ---- */

static void ring_init(struct ring *ring, const struct pipeline_options *options,
		      struct writer *writer, struct report *report)
{
	*ring = (struct ring){
		.options = options,
		.known = writer_known(writer),
		.report = report,
		.size = 2 * (size_t)options->jobs + 2,
	};
	ring->batches = memory_zero(ring->size, sizeof(*ring->batches));
	pthread_mutex_init(&ring->mutex, NULL);
	pthread_cond_init(&ring->changed, NULL);
}

static void ring_release(struct ring *ring)
{
	for (size_t i = 0; i < ring->size; i++) {
		buffer_release(&ring->batches[i].bytes);
		arena_release(&ring->batches[i].arena);
	}
	free(ring->batches);
	preparer_free(ring->spare);
	pthread_mutex_destroy(&ring->mutex);
	pthread_cond_destroy(&ring->changed);
}

/* Wakes everyone up to end, also a reader that waits for its input. */
static void stop_all(struct ring *ring)
{
	const uint64_t one = 1;
	pthread_mutex_lock(&ring->mutex);
	ring->failed = true;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->mutex);
	/* An eventfd takes eight bytes or nothing, and nothing only when it is readable anyway. */
	if (write(ring->options->stop, &one, sizeof(one)) < 0)
		return;
}

static enum status start_failed(struct error *err, int number)
{
	return error_set(err, STATUS_SYSTEM, "cannot start a thread: %s", strerror(number));
}

enum status pipeline_run(const struct pipeline_options *options, struct writer *writer,
			 struct report *report, struct error *err)
{
	struct ring ring;
	ring_init(&ring, options, writer, report);
	pthread_t *threads = memory_zero(options->jobs + 1, sizeof(*threads));
	unsigned started = 0;
	int number = pthread_create(&threads[started], NULL, read_records, &ring);
	for (started += !number; !number && started <= options->jobs; started += !number)
		number = pthread_create(&threads[started], NULL, prepare_records, &ring);
	/* One worker is enough to go on with. */
	enum status status = started >= 2 ? write_batches(&ring, writer, err)
					  : start_failed(err, number);
	if (status != STATUS_OK)
		stop_all(&ring);
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	report->words_cut += ring.words_cut;
	if (status == STATUS_OK && ring.stopped)
		status = error_set(err, STATUS_INTERRUPTED, "stopped");
	free(threads);
	ring_release(&ring);
	return status;
}
