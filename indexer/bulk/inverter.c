#include "inverter_inside.h"

#include <stdlib.h>
#include <unistd.h>

/* Huge pages are wasted on less. */
#define HUGE_FROM ((size_t)64 << 20)

/* A run is closed long before its posting lists have no numbers left for their slices (posting_lists.c), however much memory there is. */
#define MEMORY_MAX ((size_t)32 << 30)

/* A run is closed before there can be as many terms as forward lists have numbers; an article has far fewer. */
#define RUN_TERMS_MAX (FORWARD_TERMS_MAX / 2)

struct inverter *inverter_new(const struct inverter_options *options)
{
	struct inverter *inverter = memory_zero(1, sizeof(*inverter));
	const struct str folder = str_from(options->folder);
	inverter->folder = memory_alloc(folder.len + 1);
	memcpy(inverter->folder, folder.data, folder.len + 1);
	inverter_limit(inverter, options->memory);
	inverter->spilled.file = -1;
	inverter->lists.huge = inverter->forward.huge = options->memory >= HUGE_FROM;
	return inverter;
}

void inverter_free(struct inverter *inverter)
{
	if (!inverter)
		return;
	for (size_t i = 0; i < inverter->run_count; i++)
		run_release(&inverter->runs[i]);
	free(inverter->runs);
	if (inverter->spilled.file >= 0)
		close(inverter->spilled.file);
	posting_lists_release(&inverter->lists);
	forward_release(&inverter->forward);
	intern_release(&inverter->terms);
	free(inverter->others);
	free(inverter->folder);
	free(inverter);
}

void inverter_limit(struct inverter *inverter, size_t memory)
{
	const size_t most = memory < MEMORY_MAX ? memory : MEMORY_MAX;
	atomic_store_explicit(&inverter->memory, most, memory_order_relaxed);
}

struct intern *inverter_terms(struct inverter *inverter)
{
	return &inverter->terms;
}

uint32_t inverter_epoch(const struct inverter *inverter)
{
	return inverter->epoch;
}

/* Gives numbers to terms that come as text. */
static void number_others(struct inverter *inverter, const struct posting *others, size_t count)
{
	if (count > inverter->other_capacity) {
		inverter->others = memory_grow(inverter->others, count * sizeof(*inverter->others));
		inverter->other_capacity = count;
	}
	for (size_t i = 0; i < count; i++)
		inverter->others[i] = (struct numbered_posting){
			.term = intern_add(&inverter->terms, others[i].term, NULL),
			.wdf = others[i].wdf,
			.positions = others[i].positions,
			.count = others[i].count,
		};
}

static uint32_t *put_forward(uint32_t *to, const struct numbered_posting *postings, size_t count,
			     struct inverted *inverted)
{
	for (size_t i = 0; i < count; i++) {
		const uint32_t wdf = postings[i].wdf;
		inverted->length += wdf;
		if (wdf > inverted->greatest_wdf)
			inverted->greatest_wdf = wdf;
		to = forward_put(to, postings[i].term, wdf);
	}
	return to;
}

static bool is_full(const struct inverter *inverter)
{
	const size_t most = atomic_load_explicit(&inverter->memory, memory_order_relaxed);
	return inverter_memory(inverter) > most || inverter->terms.count >= RUN_TERMS_MAX;
}

enum status inverter_add(struct inverter *inverter, uint32_t sequence,
			 const struct numbered_posting *numbered, size_t numbered_count,
			 const struct posting *others, size_t other_count,
			 struct inverted *inverted, struct error *err)
{
	*inverted = (struct inverted){ .sequence = sequence };
	number_others(inverter, others, other_count);
	posting_lists_reach(&inverter->lists, inverter->terms.count);
	posting_lists_add(&inverter->lists, sequence, numbered, numbered_count);
	posting_lists_add(&inverter->lists, sequence, inverter->others, other_count);
	const size_t count = numbered_count + other_count;
	uint32_t *to = forward_begin(&inverter->forward, count);
	to = put_forward(to, numbered, numbered_count, inverted);
	to = put_forward(to, inverter->others, other_count, inverted);
	forward_end(&inverter->forward, sequence, inverted->length, count, to);
	return is_full(inverter) ? inverter_close(inverter, err) : STATUS_OK;
}

enum status inverter_finish(struct inverter *inverter, struct error *err)
{
	const enum status status = inverter->forward.count ? inverter_close(inverter, err)
							   : STATUS_OK;
	intern_release(&inverter->terms);
	return status;
}

const struct run *inverter_runs(const struct inverter *inverter, size_t *count)
{
	*count = inverter->run_count;
	return inverter->runs;
}
