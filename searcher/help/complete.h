/*
 * complete.h: what a word of a query may become that is being typed. The part of searcher_complete that knows the indexes.
 */
#ifndef DATELINE_COMPLETE_H
#define DATELINE_COMPLETE_H

#include "found_values.h"

/* As searcher_complete (answer.h), over these indexes. */
enum status complete_prefix(const struct value_part *parts, size_t part_count, struct str prefix,
			    size_t max, struct arena *arena, struct completion **completions,
			    size_t *count, struct error *err);

#endif
