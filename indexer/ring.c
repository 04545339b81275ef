#include "ring.h"

#include <stdlib.h>

/* Bytes on their way at most, but always one batch: what bounds the memory of giants. */
#define RING_BYTES ((size_t)96 << 20)

static struct batch *batch_at(struct ring *ring, uint64_t number)
{
	return &ring->batches[number % ring->size];
}

/* ---- filling ---- */

static bool has_room(struct ring *ring, const struct batch *batch)
{
	return batch->state == BATCH_FREE &&
	       (ring->bytes <= RING_BYTES || ring->filled == ring->written);
}

struct batch *ring_wait_free(struct ring *ring)
{
	struct batch *batch = batch_at(ring, ring->filled);
	pthread_mutex_lock(&ring->mutex);
	while (!ring->failed && !has_room(ring, batch))
		pthread_cond_wait(&ring->changed, &ring->mutex);
	const bool failed = ring->failed;
	pthread_mutex_unlock(&ring->mutex);
	return failed ? NULL : batch;
}

struct batch *ring_try_free(struct ring *ring)
{
	struct batch *batch = batch_at(ring, ring->filled);
	pthread_mutex_lock(&ring->mutex);
	const bool is_free = !ring->failed && has_room(ring, batch);
	pthread_mutex_unlock(&ring->mutex);
	return is_free ? batch : NULL;
}

bool batch_is_full(const struct batch *batch)
{
	return batch->count == BATCH_ITEMS || batch->bytes.len >= BATCH_BYTES;
}

struct item *batch_add(struct batch *batch, struct str bytes)
{
	struct item *item = &batch->items[batch->count++];
	*item = (struct item){ .start = batch->bytes.len, .length = bytes.len };
	buffer_add_str(&batch->bytes, bytes);
	return item;
}

void ring_hand_on(struct ring *ring, struct batch *batch)
{
	/* The buffer has moved while it grew. */
	for (size_t i = 0; i < batch->count; i++) {
		struct item *item = &batch->items[i];
		const struct str bytes = { batch->bytes.data + item->start, item->length };
		item->record.bytes = bytes;
		item->stored.record = bytes;
	}
	pthread_mutex_lock(&ring->mutex);
	batch->state = BATCH_FILLED;
	ring->bytes += batch->bytes.len;
	ring->filled++;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->mutex);
}

void ring_filled_all(struct ring *ring)
{
	pthread_mutex_lock(&ring->mutex);
	ring->filled_all = true;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->mutex);
}

/* ---- preparing ---- */

static struct batch *take_batch(struct ring *ring)
{
	struct batch *batch = NULL;
	pthread_mutex_lock(&ring->mutex);
	while (ring->taken == ring->filled && !ring->filled_all && !ring->failed)
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
		if (item->document)
			preparer_redo(preparer, &item->stored, &batch->arena, &item->prepared);
		else if (item->step == SOURCE_RECORD)
			preparer_run(preparer, item->reader, &item->record, item->sequence, known,
				     &batch->arena, &item->prepared);
	}
}

static struct inverter *next_inverter(struct ring *ring)
{
	struct inverter *inverter = NULL;
	pthread_mutex_lock(&ring->mutex);
	if (ring->options.inverters)
		inverter = ring->options.inverters[ring->begun++];
	pthread_mutex_unlock(&ring->mutex);
	return inverter;
}

static void finish_inverter(struct ring *ring, struct inverter *inverter)
{
	struct error err;
	const enum status status = inverter_finish(inverter, &err);
	if (status == STATUS_OK)
		return;
	pthread_mutex_lock(&ring->mutex);
	ring->status = status;
	ring->err = err;
	pthread_mutex_unlock(&ring->mutex);
}

static bool has_failed(struct ring *ring)
{
	pthread_mutex_lock(&ring->mutex);
	const bool failed = ring->failed;
	pthread_mutex_unlock(&ring->mutex);
	return failed;
}

static void *prepare_batches(void *context)
{
	struct ring *ring = context;
	struct inverter *inverter = next_inverter(ring);
	struct preparer *preparer = preparer_new(ring->options.mode, ring->options.model, inverter);
	for (struct batch *batch; (batch = take_batch(ring));) {
		prepare_batch(preparer, ring->options.known, batch);
		pthread_mutex_lock(&ring->mutex);
		batch->state = BATCH_PREPARED;
		pthread_cond_broadcast(&ring->changed);
		pthread_mutex_unlock(&ring->mutex);
	}
	pthread_mutex_lock(&ring->mutex);
	ring->words_cut += preparer_words_cut(preparer);
	pthread_mutex_unlock(&ring->mutex);
	preparer_free(preparer);
	if (inverter && !has_failed(ring))
		finish_inverter(ring, inverter);
	return NULL;
}

/* ---- writing ---- */

struct batch *ring_next(struct ring *ring)
{
	struct batch *batch = batch_at(ring, ring->written);
	pthread_mutex_lock(&ring->mutex);
	while (batch->state != BATCH_PREPARED && !(ring->filled_all && ring->written == ring->filled))
		pthread_cond_wait(&ring->changed, &ring->mutex);
	const bool is_there = ring->written < ring->filled;
	pthread_mutex_unlock(&ring->mutex);
	return is_there ? batch : NULL;
}

void ring_give_back(struct ring *ring, struct batch *batch)
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

void ring_fail(struct ring *ring)
{
	pthread_mutex_lock(&ring->mutex);
	ring->failed = true;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->mutex);
}

/* ---- all together ---- */

/* One worker is enough to go on with. */
static enum status start_workers(struct ring *ring, struct error *err)
{
	const unsigned jobs = ring->options.jobs;
	int number = 0;
	ring->workers = memory_zero(jobs, sizeof(*ring->workers));
	while (!number && ring->worker_count < jobs) {
		number = pthread_create(&ring->workers[ring->worker_count], NULL, prepare_batches,
					ring);
		ring->worker_count += !number;
	}
	if (ring->worker_count)
		return STATUS_OK;
	return error_set(err, STATUS_SYSTEM, "cannot start a thread: %s", strerror(number));
}

enum status ring_init(struct ring *ring, const struct ring_options *options, struct error *err)
{
	*ring = (struct ring){ .options = *options, .size = 2 * (size_t)options->jobs + 2 };
	ring->batches = memory_zero(ring->size, sizeof(*ring->batches));
	pthread_mutex_init(&ring->mutex, NULL);
	pthread_cond_init(&ring->changed, NULL);
	return start_workers(ring, err);
}

enum status ring_join(struct ring *ring, struct error *err)
{
	for (unsigned i = 0; i < ring->worker_count; i++)
		pthread_join(ring->workers[i], NULL);
	ring->worker_count = 0;
	/* Workers that could not be started have left theirs. */
	while (ring->options.inverters && !ring->failed && ring->begun < ring->options.jobs)
		finish_inverter(ring, ring->options.inverters[ring->begun++]);
	if (ring->status != STATUS_OK)
		*err = ring->err;
	return ring->status;
}

void ring_release(struct ring *ring)
{
	for (size_t i = 0; i < ring->size; i++) {
		buffer_release(&ring->batches[i].bytes);
		arena_release(&ring->batches[i].arena);
	}
	free(ring->batches);
	free(ring->workers);
	pthread_mutex_destroy(&ring->mutex);
	pthread_cond_destroy(&ring->changed);
}
