/*
 * chars.h: what one character is to a word.
 *
 * ASCII is a table; other characters go by their Unicode general category (libutf8proc).
 */
#ifndef DATELINE_TEXT_CHARS_H
#define DATELINE_TEXT_CHARS_H

#include <stddef.h>
#include <stdint.h>

enum char_class {
	CHAR_LETTER = 1,
	CHAR_DIGIT = 2, /* of any script; fractions and superscripts too */
	CHAR_UPPER = 4, /* a title-case letter (ǅ) is both upper and lower */
	CHAR_LOWER = 8,
	CHAR_MARK = 16,   /* belongs to the character before it */
	CHAR_UNSEEN = 32, /* soft hyphen, joiners, marks of direction: as if they were not there */
	CHAR_DENSE = 64,  /* letter of a script without blanks between words; never CHAR_LETTER */
	CHAR_JOINT = 128, /* ' - . , & and the bytes beyond ASCII: the word may go on behind it */
};

#define CHAR_WORD (CHAR_LETTER | CHAR_DIGIT) /* what a word begins with */

extern const uint8_t char_bytes[256]; /* by byte; beyond ASCII only CHAR_JOINT is known */

/* The class of the character at `at`, which is beyond ASCII, and its bytes. Ill-formed: 0. */
unsigned char_beyond_ascii(const uint8_t *at, const uint8_t *end, size_t *bytes);

/* At the end of the text, class and bytes are 0. */
static inline unsigned char_at(const uint8_t *at, const uint8_t *end, size_t *bytes)
{
	if (at >= end) {
		*bytes = 0;
		return 0;
	}
	if (*at >= 0x80)
		return char_beyond_ascii(at, end, bytes);
	*bytes = 1;
	return char_bytes[*at];
}

static inline unsigned char_class_at(const uint8_t *at, const uint8_t *end)
{
	size_t bytes;
	return char_at(at, end, &bytes);
}

/* The bytes of the apostrophe (' ’ ‘ ʼ ʻ ＇) or the hyphen (- U+2010 U+2011) at `at`, else 0. */
size_t char_apostrophe(const uint8_t *at, const uint8_t *end);
size_t char_hyphen(const uint8_t *at, const uint8_t *end);

#endif
