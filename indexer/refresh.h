/*
 * refresh.h: the entities of articles that are in the index, found anew: by a newer model, or in another way. What is needed is in
 * the stored records; the files that the articles came from are not read.
 */
#ifndef DATELINE_INDEXER_REFRESH_H
#define DATELINE_INDEXER_REFRESH_H

#include "report.h"
#include "writer.h"

struct refresh_options {
	unsigned jobs; /* workers, at least 1 */
	enum entity_mode mode;
	const struct name_model *model; /* NULL unless the mode is ENTITIES_AUTO */
	int stop;                       /* an eventfd, readable when all is to stop early */
};

/*
 * Redoes the articles whose entities another maker found (entity_maker), and of those nothing but what depends on them. What
 * was committed before a run was stopped is not done again by the next. A damaged article is reported and the rest goes
 * on. STATUS_INTERRUPTED: stopped early; what was done is whole. Any other failure is the writer's.
 */
enum status refresh_run(const struct refresh_options *options, struct writer *writer,
			struct report *report, struct error *err);

/*
 * How many articles have entities that were recognised in their text, but by another recogniser or model than `model`: those
 * that were made with --entities=given or off are not among them.
 */
enum status refresh_count_older(struct writer *writer, const struct name_model *model,
				uint64_t *count, struct error *err);

#endif
