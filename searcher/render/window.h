/*
 * window.h: which run of matches shows best why an article is a hit.
 */
#ifndef DATELINE_SEARCHER_WINDOW_H
#define DATELINE_SEARCHER_WINDOW_H

#include "match.h"

/* Characters without width are bounded by bytes: no script needs so many for a column. */
#define BYTES_PER_COLUMN 12

/* A run of matches that fits; how good it is. */
struct window {
	size_t first, count; /* of the matches */
	size_t end;          /* byte behind the last of them */
	size_t leaves;       /* different ones */
};

/* Columns of [start, end), at least one for every so many bytes, and over `enough` only that it is more. */
size_t window_measure(struct str text, size_t start, size_t end, size_t enough);

/*
 * The window of at most `columns` columns with most different leaves, then most matches, then the earliest. A leaf for which
 * `idle` is true adds nothing to the leaves of a window. The list is not empty.
 */
struct window window_best(const struct match_list *list, size_t leaf_count, struct str text,
			  size_t columns, const bool *idle);

#endif
