#include "refresh.h"

#include "ring.h"

#include "dateline/schema.h"

#include <poll.h>

struct refresh {
	const struct refresh_options *options;
	struct report *report;
	struct writer *writer;
	struct ring ring;
	struct docset stale;
	uint32_t next; /* document to be handed on; 0 at the end */
	bool stopped;
};

/* ---- handing on ---- */

static bool is_stopped(const struct refresh *refresh)
{
	struct pollfd stop = { .fd = refresh->options->stop, .events = POLLIN };
	return poll(&stop, 1, 0) > 0;
}

static enum status add_item(struct refresh *refresh, struct batch *batch, struct buffer *record,
			    struct error *err)
{
	struct stored_article stored;
	const uint32_t document = refresh->next;
	buffer_reset(record);
	const enum status status =
		writer_stored(refresh->writer, document, record, &batch->arena, &stored, err);
	if (status != STATUS_OK)
		return status;
	struct item *item = batch_add(batch, buffer_str(record));
	item->document = document;
	item->stored = stored;
	refresh->next = docset_next(&refresh->stale, document + 1);
	return STATUS_OK;
}

/* As many batches as there is room for, so that the workers have something to do while this thread writes. */
static enum status fill(struct refresh *refresh, struct error *err)
{
	struct buffer record = { 0 };
	enum status status = STATUS_OK;
	for (struct batch *batch;
	     status == STATUS_OK && refresh->next && (batch = ring_try_free(&refresh->ring));) {
		refresh->stopped = is_stopped(refresh);
		if (refresh->stopped)
			refresh->next = 0;
		while (refresh->next && !batch_is_full(batch) && status == STATUS_OK)
			status = add_item(refresh, batch, &record, err);
		if (batch->count)
			ring_hand_on(&refresh->ring, batch);
	}
	buffer_release(&record);
	return status;
}

/* ---- writing ---- */

static enum status write_item(struct refresh *refresh, struct item *item, struct arena *arena,
			      struct error *err)
{
	const struct prepared *prepared = &item->prepared;
	const struct origin origin = { .path = item->stored.id };
	if (prepared->state == PREPARED_FAILED) {
		report_failure(refresh->report, &origin, prepared->err.text);
		return STATUS_OK;
	}
	const enum status status =
		writer_redo(refresh->writer, item->document, &item->prepared, arena, err);
	if (status == STATUS_TOO_LARGE) {
		report_failure(refresh->report, &origin, err->text);
		return STATUS_OK;
	}
	if (status == STATUS_OK)
		report_article(refresh->report, prepared, WRITER_REDONE);
	return status;
}

static enum status write_batch(struct refresh *refresh, struct error *err)
{
	enum status status = STATUS_OK;
	struct batch *batch = ring_next(&refresh->ring);
	if (!batch)
		return STATUS_OK;
	for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
		status = write_item(refresh, &batch->items[i], &batch->arena, err);
	ring_give_back(&refresh->ring, batch);
	return status;
}

/* ---- all together ---- */

static enum status redo_all(struct refresh *refresh, struct error *err)
{
	enum status status = STATUS_OK;
	do {
		status = fill(refresh, err);
		if (!refresh->next)
			ring_filled_all(&refresh->ring);
		if (status == STATUS_OK)
			status = write_batch(refresh, err);
	} while (status == STATUS_OK &&
		 (refresh->next || refresh->ring.written < refresh->ring.filled));
	if (status == STATUS_OK && refresh->stopped)
		status = error_set(err, STATUS_INTERRUPTED, "stopped");
	return status;
}

static enum status find_stale(struct refresh *refresh, struct error *err)
{
	char maker[ENTITY_MAKER_SIZE];
	entity_maker(refresh->options->mode, refresh->options->model, maker);
	const enum status status =
		writer_find_stale(refresh->writer, str_from(maker), &refresh->stale, err);
	refresh->next = status == STATUS_OK ? docset_next(&refresh->stale, 1) : 0;
	refresh->report->total_articles += docset_count(&refresh->stale);
	return status;
}

enum status refresh_run(const struct refresh_options *options, struct writer *writer,
			struct report *report, struct error *err)
{
	struct refresh refresh = { .options = options, .report = report, .writer = writer };
	const struct ring_options ring = {
		.jobs = options->jobs,
		.mode = options->mode,
		.model = options->model,
	};
	enum status status = find_stale(&refresh, err);
	if (status == STATUS_OK && refresh.next) {
		status = ring_init(&refresh.ring, &ring, err);
		if (status == STATUS_OK)
			status = redo_all(&refresh, err);
		if (status != STATUS_OK)
			ring_fail(&refresh.ring);
		ring_join(&refresh.ring, err);
		ring_release(&refresh.ring);
	}
	docset_release(&refresh.stale);
	return status;
}

enum status refresh_count_older(struct writer *writer, const struct name_model *model,
				uint64_t *count, struct error *err)
{
	char own[ENTITY_MAKER_SIZE], given[ENTITY_MAKER_SIZE], off[ENTITY_MAKER_SIZE];
	entity_maker(ENTITIES_AUTO, model, own);
	entity_maker(ENTITIES_GIVEN, NULL, given);
	entity_maker(ENTITIES_OFF, NULL, off);
	const struct str others[] = { str_from(own), str_from(given), str_from(off) };
	struct arena arena = { 0 };
	struct term_entry *makers;
	size_t maker_count;
	const enum status status = writer_makers(writer, &arena, &makers, &maker_count, err);
	*count = 0;
	for (size_t i = 0; i < maker_count; i++) {
		bool is_other = false;
		for (size_t k = 0; k < sizeof(others) / sizeof(others[0]); k++)
			is_other = is_other || str_equal(makers[i].term, others[k]);
		*count += is_other ? 0 : makers[i].frequency;
	}
	arena_release(&arena);
	return status;
}
