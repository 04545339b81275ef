/*
 * text.h: what the files of the text printer share. Private to them.
 */
#ifndef DATELINE_SEARCHER_TEXT_H
#define DATELINE_SEARCHER_TEXT_H

#include "layout.h"
#include "printers.h"

#define SEPARATOR " · "

/* What things look like, with colours and without. */
struct looks {
	struct style title, facts, match, name, chosen;
};

struct page {
	const struct answer *answer;
	const struct render_options *options;
	const struct looks *looks;
	size_t columns;
	struct buffer *out;
	struct buffer item; /* scratch */
};

/* 1234567 as "1,234,567". */
void text_count(struct buffer *out, uint32_t count);

/* Text of which nothing is seen leaves no blanks at the end of its line. */
void text_end_line(struct page *page);

/* All facets that say something, below an empty line (text_facets.c). */
void text_facets(struct page *page);

#endif
