/*
 * pipeline.h: files -> records -> prepared articles -> the index. One thread reads, some prepare, and the
 * caller's thread writes, in the order of the input.
 *
 * Batches of records go round in a ring: the reader fills one, any worker prepares it, the writer takes
 * it when all before it are written. Memory is bounded by the ring, whatever the size of the files.
 */
#ifndef DATELINE_PIPELINE_H
#define DATELINE_PIPELINE_H

#include "report.h"
#include "walk.h"
#include "writer.h"

struct pipeline_options {
	unsigned jobs; /* workers, at least 1 */
	enum entity_mode mode;
	const struct name_model *model; /* NULL unless the mode is ENTITIES_AUTO */
	const struct reader *format;    /* NULL: told by content */
	const struct walk *files;
	int stop; /* an eventfd; written to when all is to stop early, by the caller or here */
};

/*
 * Puts all articles of the files into the index. What fails is reported and the rest goes on.
 * STATUS_INTERRUPTED: stopped early; what was put is whole. Any other failure is the writer's.
 */
enum status pipeline_run(const struct pipeline_options *options, struct writer *writer,
			 struct report *report, struct error *err);

#endif
