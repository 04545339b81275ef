/*
 * inverter.h: articles as their terms -> runs (run.h). One a worker; knows neither databases nor other workers.
 *
 * Terms are numbers as long as a run is made: each is written once, however many articles have it. When the memory that was
 * allowed is full, the run is closed, spilled, and all numbers are forgotten: `epoch` counts how often, and whoever keeps numbers
 * beside looks at it before each article.
 */
#ifndef DATELINE_BULK_INVERTER_H
#define DATELINE_BULK_INVERTER_H

#include "../terms.h"
#include "run.h"

#include "dateline/intern.h"
#include "dateline/store.h"

struct inverter;

struct inverter_options {
	const char *folder; /* for runs that are spilled */
	size_t memory;      /* bytes of the run at work and of what closing it takes */
};

/* What an article comes to. */
struct inverted {
	uint32_t sequence;
	uint32_t length; /* sum of the wdfs */
	uint32_t greatest_wdf;
};

struct inverter *inverter_new(const struct inverter_options *options);
void inverter_free(struct inverter *inverter);

/* Another limit than that of the options, from the next article on. Any thread may set it. */
void inverter_limit(struct inverter *inverter, size_t memory);

/* The terms of the run at work and their numbers: to be added to by whoever has terms for the next article. */
struct intern *inverter_terms(struct inverter *inverter);
uint32_t inverter_epoch(const struct inverter *inverter);

/*
 * An article with a sequence number above the last: `numbered` terms, and others by text; each term once, in any order. Sizes are those that
 * the index can take (store_document_fits). After it the epoch can be another. STATUS_SYSTEM: a run could not be spilled.
 */
enum status inverter_add(struct inverter *inverter, uint32_t sequence,
			 const struct numbered_posting *numbered, size_t numbered_count,
			 const struct posting *others, size_t other_count,
			 struct inverted *inverted, struct error *err);

/* Closes the last run, which stays in memory when there is room for it. Nothing is added after it. STATUS_SYSTEM: it could not be spilled. */
enum status inverter_finish(struct inverter *inverter, struct error *err);

/* The runs, in their order, when it is finished; the inverter's. */
const struct run *inverter_runs(const struct inverter *inverter, size_t *count);

#endif
