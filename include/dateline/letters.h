/*
 * letters.h: the letters of ASCII, which the words of queries and files are made of, and by which capitals are told in names.
 */
#ifndef DATELINE_LETTERS_H
#define DATELINE_LETTERS_H

#include "dateline/memory.h"

static inline bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool is_letter(char c)
{
	return is_lower(c) || is_upper(c);
}

static inline char to_lower(char c)
{
	return is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

static inline bool has_lower(struct str text)
{
	size_t i = 0;
	while (i < text.len && !is_lower(text.data[i]))
		i++;
	return i < text.len;
}

static inline bool has_upper(struct str text)
{
	size_t i = 0;
	while (i < text.len && !is_upper(text.data[i]))
		i++;
	return i < text.len;
}

/* Capitals of other alphabets are not told from their letters, so each of those may be one. */
static inline bool has_capital(struct str text)
{
	size_t i = 0;
	while (i < text.len && !is_upper(text.data[i]) && (unsigned char)text.data[i] < 0xC3)
		i++;
	return i < text.len;
}

#endif
