/* blank.h: white space in valid UTF-8. */
#ifndef DATELINE_BLANK_H
#define DATELINE_BLANK_H

#include "dateline/utf8.h"

/* The bytes of the blank at `at`, 0 when it is none. */
static inline size_t blank_length(const char *at, const char *end)
{
	const uint8_t byte = (uint8_t)*at;
	if (byte < 0x80)
		return byte == ' ' || (byte >= '\t' && byte <= '\r');
	/* Only these lead bytes begin white space. */
	if (byte != 0xC2 && byte != 0xE1 && byte != 0xE2 && byte != 0xE3)
		return 0;
	size_t bytes;
	return utf8_is_blank(utf8_decode(at, (size_t)(end - at), &bytes)) ? bytes : 0;
}

static inline const char *skip_blanks(const char *at, const char *end)
{
	for (size_t n; at < end && (n = blank_length(at, end)) > 0; at += n)
		;
	return at;
}

#endif
