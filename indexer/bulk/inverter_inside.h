/* inverter_inside.h: what the files of the inverter share. */
#ifndef DATELINE_BULK_INVERTER_INSIDE_H
#define DATELINE_BULK_INVERTER_INSIDE_H

#include "forward.h"
#include "inverter.h"
#include "posting_lists.h"
#include "run_write.h"

#include <stdatomic.h>

struct inverter {
	char *folder;
	_Atomic size_t memory;
	struct intern terms;
	uint32_t epoch;
	struct posting_lists lists;
	struct forward forward;
	struct numbered_posting *others; /* of the article at work */
	size_t other_capacity;
	struct run *runs;
	size_t run_count, run_capacity;
	struct run_file spilled; /* those that are in a file */
};

/* Bytes that are taken by the run at work, and those that closing it takes besides. */
size_t inverter_memory(const struct inverter *inverter);

/*
 * Makes a run of all that there is, in memory when there is room for it, and forgets the articles and all terms. STATUS_SYSTEM: it could not be
 * spilled.
 */
enum status inverter_close(struct inverter *inverter, struct error *err);

#endif
