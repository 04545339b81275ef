/* layout.h: characters in columns: where lines may break. */
#ifndef DATELINE_SEARCHER_LAYOUT_H
#define DATELINE_SEARCHER_LAYOUT_H

#include "../answer.h"

#include "dateline/terminal.h"

/*
 * May a line break between these neighbours, neither of which is a blank? So it is on both sides of East Asian wide
 * characters, but not before what closes and not behind what opens.
 */
bool layout_may_break(uint32_t before, size_t before_columns, uint32_t after, size_t after_columns);

/* What is put around marked text. */
struct style {
	const char *open, *close;
	size_t columns; /* of each of the two on the terminal */
};

/* A paragraph on its way to a buffer, line by line. */
struct flow {
	struct buffer *out;
	size_t columns; /* of a line */
	size_t indent;  /* of every line but the first, which begins where the buffer stands */
	size_t used;    /* columns of the line so far */
};

/* The flow's line begins with `used` columns that the caller wrote (or will not need). */
struct flow flow_start(struct buffer *out, size_t columns, size_t indent, size_t used);

/*
 * Words of `text`, made harmless, broken into lines between words; inside one only when it is longer than a
 * line. Marks are bytes of `text`, rising, as of a snippet; a mark that goes over a line's end is closed and opened
 * again.
 */
void flow_words(struct flow *flow, struct str text, const struct mark *marks, size_t mark_count,
		const struct style *style);

/* The same with several styles: marks[i] has styles[which[i]]. Marks may touch. Styles of one text are as wide as each other. */
void flow_styled(struct flow *flow, struct str text, const struct mark *marks, const uint8_t *which,
		 size_t mark_count, const struct style *styles);

/*
 * One item of a list: behind `separator` when it fits on the line, else on the next one. All of it is
 * styled. An item longer than a line is broken like words, or with `whole` never, so that it can be copied.
 */
void flow_item(struct flow *flow, const char *separator, struct str text, const struct style *style,
	       bool whole);

#endif
