/*
 * source.h: the files of a run, one after the other, as one stream of records. Belongs to the reading thread.
 */
#ifndef DATELINE_SOURCE_H
#define DATELINE_SOURCE_H

#include "readers/reader.h"
#include "report.h"
#include "walk.h"

struct source {
	const struct walk *walk;
	const struct reader *format;
	struct report *report; /* only the counters of files and bytes, which are atomic */
	int stop;              /* readable: stop */
	bool stopped;
	size_t next;
	const struct walk_file *file; /* at work */
	struct splitter *splitter;
	int descriptor;
	uint64_t counted; /* bytes of this file that are in the report */
};

void source_init(struct source *source, const struct walk *walk, const struct reader *format,
		 struct report *report, int stop);
void source_close(struct source *source);

/* One step through the files. */
enum source_step {
	SOURCE_OPENED,  /* record->origin.path is the next file */
	SOURCE_RECORD,  /* *record is one, read by *reader */
	SOURCE_FAILURE, /* record->origin could not be read: *err says why */
	SOURCE_SKIPPED, /* a file of a folder is in none of the formats: *err says why */
	SOURCE_END,
};

enum source_step source_next(struct source *source, struct record_bytes *record,
			     const struct reader **reader, struct error *err);

#endif
