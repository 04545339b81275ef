#include "pipeline.h"

#include "ring.h"

#include <unistd.h>

struct pipeline {
	const struct pipeline_options *options;
	struct report *report;
	struct ring ring;
	struct preparer *spare; /* of the writing thread, for put_again */
	uint32_t records;       /* the reader's, as is the next */
	bool stopped;           /* to be read when it has ended */
};

/* ---- reading ---- */

static struct item *add_item(struct batch *batch, enum source_step step,
			     const struct record_bytes *record, const struct reader *reader,
			     const struct error *err)
{
	struct item *item = batch_add(batch, record->bytes);
	item->step = step;
	item->record = *record;
	item->reader = reader;
	item->prepared.state = PREPARED_FAILED;
	item->prepared.origin = record->origin;
	if (step == SOURCE_FAILURE || step == SOURCE_SKIPPED)
		item->prepared.err = *err;
	return item;
}

/* False when the source is at its end. */
static bool fill_batch(struct pipeline *pipeline, struct source *source, struct batch *batch)
{
	struct record_bytes record;
	const struct reader *reader = NULL;
	struct error err;
	while (!batch_is_full(batch)) {
		const enum source_step step = source_next(source, &record, &reader, &err);
		if (step == SOURCE_END)
			return false;
		struct item *item = add_item(batch, step, &record, reader, &err);
		if (step == SOURCE_RECORD)
			item->sequence = pipeline->records++;
	}
	return true;
}

static void *read_records(void *context)
{
	struct pipeline *pipeline = context;
	const struct pipeline_options *options = pipeline->options;
	struct source source;
	source_init(&source, options->files, options->format, pipeline->report, options->stop);
	for (bool more = true; more;) {
		struct batch *batch = ring_wait_free(&pipeline->ring);
		if (!batch)
			break;
		more = fill_batch(pipeline, &source, batch);
		if (batch->count)
			ring_hand_on(&pipeline->ring, batch);
	}
	pipeline->stopped = source.stopped;
	ring_filled_all(&pipeline->ring);
	source_close(&source);
	return NULL;
}

/* ---- writing ---- */

/*
 * What was prepared does not do: the copy that the index had of an article was replaced earlier in this run, or an article of a new index comes
 * again, and what it was before is inverted already. It is prepared here: rare, but where a whole feed comes to an index once more with
 * changes, and then this costs a third more.
 */
static enum status put_again(struct pipeline *pipeline, struct writer *writer, struct item *item,
			     struct arena *arena, enum writer_outcome *outcome, struct error *err)
{
	if (!pipeline->spare)
		pipeline->spare =
			preparer_new(pipeline->options->mode, pipeline->options->model, NULL);
	preparer_run(pipeline->spare, item->reader, &item->record, item->sequence, NULL, arena,
		     &item->prepared);
	return writer_put(writer, &item->prepared, arena, outcome, err);
}

static enum status write_item(struct pipeline *pipeline, struct writer *writer, struct item *item,
			      struct arena *arena, struct error *err)
{
	struct report *report = pipeline->report;
	const struct prepared *prepared = &item->prepared;
	if (item->step == SOURCE_OPENED) {
		report_file(report, "reading", item->record.origin.path, NULL);
		return STATUS_OK;
	}
	if (item->step == SOURCE_SKIPPED) {
		report_file(report, "passed over", item->record.origin.path, prepared->err.text);
		return STATUS_OK;
	}
	if (prepared->state == PREPARED_BROKEN) {
		*err = prepared->err;
		return STATUS_SYSTEM;
	}
	if (prepared->state == PREPARED_FAILED) {
		report_failure(report, &prepared->origin, prepared->err.text);
		return STATUS_OK;
	}
	enum writer_outcome outcome;
	enum status status = writer_put(writer, &item->prepared, arena, &outcome, err);
	if (status == STATUS_OK && outcome == WRITER_AGAIN)
		status = put_again(pipeline, writer, item, arena, &outcome, err);
	if (status == STATUS_TOO_LARGE) {
		report_failure(report, &prepared->origin, err->text);
		return STATUS_OK;
	}
	if (status == STATUS_OK)
		report_article(report, prepared, outcome);
	return status;
}

static enum status write_batches(struct pipeline *pipeline, struct writer *writer, struct error *err)
{
	enum status status = STATUS_OK;
	for (struct batch *batch; status == STATUS_OK && (batch = ring_next(&pipeline->ring));) {
		for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
			status = write_item(pipeline, writer, &batch->items[i], &batch->arena, err);
		ring_give_back(&pipeline->ring, batch);
	}
	return status;
}

/* ---- all together ---- */

/* Wakes everyone up to end, also a reader that waits for its input. */
static void stop_all(struct pipeline *pipeline)
{
	const uint64_t one = 1;
	ring_fail(&pipeline->ring);
	/* An eventfd takes eight bytes or nothing, and nothing only when it is readable anyway. */
	if (write(pipeline->options->stop, &one, sizeof(one)) < 0)
		return;
}

static enum status run_threads(struct pipeline *pipeline, struct writer *writer, struct error *err)
{
	pthread_t reader;
	const int number = pthread_create(&reader, NULL, read_records, pipeline);
	if (number) {
		stop_all(pipeline);
		return error_set(err, STATUS_SYSTEM, "cannot start a thread: %s", strerror(number));
	}
	const enum status status = write_batches(pipeline, writer, err);
	if (status != STATUS_OK)
		stop_all(pipeline);
	pthread_join(reader, NULL);
	return status;
}

enum status pipeline_run(const struct pipeline_options *options, struct writer *writer,
			 struct report *report, struct error *err)
{
	struct pipeline pipeline = { .options = options, .report = report };
	const struct ring_options ring = {
		.jobs = options->jobs,
		.mode = options->mode,
		.model = options->model,
		.known = writer_known(writer),
		.inverters = writer_inverters(writer),
	};
	enum status status = ring_init(&pipeline.ring, &ring, err);
	if (status == STATUS_OK)
		status = run_threads(&pipeline, writer, err);
	struct error other;
	const enum status joined = ring_join(&pipeline.ring, status == STATUS_OK ? err : &other);
	if (status == STATUS_OK)
		status = joined;
	report->words_cut += pipeline.ring.words_cut;
	if (status == STATUS_OK && pipeline.stopped)
		status = error_set(err, STATUS_INTERRUPTED, "stopped");
	preparer_free(pipeline.spare);
	ring_release(&pipeline.ring);
	return status;
}
