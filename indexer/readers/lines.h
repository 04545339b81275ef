/* lines.h: text line by line. */
#ifndef DATELINE_LINES_H
#define DATELINE_LINES_H

#include "dateline/memory.h"

/* ASCII white space, as formats mean it. */
static inline bool is_white(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* How many bytes of white space there are at the start. */
static inline size_t white_length(struct str s)
{
	size_t n = 0;
	while (n < s.len && is_white(s.data[n]))
		n++;
	return n;
}

/* Takes the first line off *rest, without its newline. False when nothing is left. */
static inline bool line_take(struct str *rest, struct str *line)
{
	if (!rest->len)
		return false;
	const char *newline = memchr(rest->data, '\n', rest->len);
	line->data = rest->data;
	line->len = newline ? (size_t)(newline - rest->data) : rest->len;
	const size_t taken = line->len + (newline != NULL);
	rest->data += taken;
	rest->len -= taken;
	return true;
}

static inline bool starts_with(struct str s, struct str start)
{
	return s.len >= start.len && memcmp(s.data, start.data, start.len) == 0;
}

static inline struct str str_from_to(const char *start, const char *end)
{
	return (struct str){ start, (size_t)(end - start) };
}

#endif
