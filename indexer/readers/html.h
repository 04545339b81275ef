/* html.h: the text in pieces of HTML, as they stand in Markdown. Valid UTF-8 in and out. */
#ifndef DATELINE_HTML_H
#define DATELINE_HTML_H

#include "dateline/memory.h"

/* The length of the character reference ("&amp;", "&#233;") that `s` begins with; 0 when it is none. */
size_t html_reference_length(struct str s);

/* Appends what a reference stands for; one that is not known stays as it is. */
void html_add_reference(struct str reference, struct buffer *out);

/*
 * Appends the text of `html`: comments, scripts and styles left out, a blank for every tag,
 * references replaced.
 */
void html_add_text(struct str html, struct buffer *out);

#endif
