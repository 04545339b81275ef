#include "chars.h"

#include "dateline/utf8.h"

#include <utf8proc.h>

#define UPPER (CHAR_LETTER | CHAR_UPPER)
#define LOWER (CHAR_LETTER | CHAR_LOWER)

const uint8_t char_bytes[256] = {
	['0' ... '9'] = CHAR_DIGIT, ['A' ... 'Z'] = UPPER, ['a' ... 'z'] = LOWER,
	['\''] = CHAR_JOINT,        ['-'] = CHAR_JOINT,    ['.'] = CHAR_JOINT,
	[','] = CHAR_JOINT,         ['&'] = CHAR_JOINT,    [0x80 ... 0xFF] = CHAR_JOINT,
};

struct range {
	uint32_t first, last;
};

static bool in_ranges(const struct range *ranges, size_t count, uint32_t code)
{
	size_t i = 0;
	while (i < count && ranges[i].last < code)
		i++;
	return i < count && ranges[i].first <= code;
}

#define IN(ranges, code) in_ranges(ranges, sizeof(ranges) / sizeof(*(ranges)), code)

/* Thai, Lao, Myanmar, Hangul, Khmer, kana, Bopomofo and Han, in order. */
static const struct range dense[] = {
	{ 0x0E01, 0x0EFF }, { 0x1000, 0x109F },   { 0x1100, 0x11FF },   { 0x1780, 0x17FF },
	{ 0x3005, 0x3007 }, { 0x3031, 0x3035 },   { 0x303B, 0x303C },   { 0x3041, 0x318F },
	{ 0x31A0, 0x31FF }, { 0x3400, 0x4DBF },   { 0x4E00, 0x9FFF },   { 0xA960, 0xA97F },
	{ 0xA9E0, 0xA9FF }, { 0xAA60, 0xAA7F },   { 0xAC00, 0xD7FF },   { 0xF900, 0xFAFF },
	{ 0xFF66, 0xFFDC }, { 0x16FE0, 0x18DFF }, { 0x1AFF0, 0x1B2FF }, { 0x20000, 0x3FFFD },
};

/* Letters by category that are written as marks: the jamo after the first, half-width voicing. */
static const struct range like_marks[] = {
	{ 0x1160, 0x11FF },
	{ 0xD7B0, 0xD7FF },
	{ 0xFF9E, 0xFF9F },
};

/* Format characters and variation selectors. U+200B is not among them: it parts words. */
static const struct range unseen[] = {
	{ 0x00AD, 0x00AD }, { 0x034F, 0x034F },   { 0x061C, 0x061C }, { 0x180B, 0x180F },
	{ 0x200C, 0x200F }, { 0x202A, 0x202E },   { 0x2060, 0x206F }, { 0xFE00, 0xFE0F },
	{ 0xFEFF, 0xFEFF }, { 0xE0001, 0xE01EF },
};

static unsigned class_of_letter(uint32_t code)
{
	if (code < 0x0E01)
		return CHAR_LETTER;
	if (IN(like_marks, code))
		return CHAR_MARK;
	return IN(dense, code) ? CHAR_DENSE : CHAR_LETTER;
}

static unsigned class_of(uint32_t code)
{
	if (code == 0x2BB || code == 0x2BC) /* ʻ and ʼ are letters by category, but apostrophes here */
		return 0;
	if (IN(unseen, code))
		return CHAR_UNSEEN;
	switch (utf8proc_category((utf8proc_int32_t)code)) {
	case UTF8PROC_CATEGORY_LU:
		return UPPER;
	case UTF8PROC_CATEGORY_LT:
		return CHAR_LETTER | CHAR_UPPER | CHAR_LOWER;
	case UTF8PROC_CATEGORY_LL:
		return LOWER;
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_NL:
		return class_of_letter(code);
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return CHAR_MARK;
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NO:
		return CHAR_DIGIT;
	default:
		return 0;
	}
}

unsigned char_beyond_ascii(const uint8_t *at, const uint8_t *end, size_t *bytes)
{
	const uint32_t code = utf8_decode((const char *)at, (size_t)(end - at), bytes);
	if (code >= 0x4E00 && code <= 0x9FFF)
		return CHAR_DENSE;
	return class_of(code);
}

size_t char_apostrophe(const uint8_t *at, const uint8_t *end)
{
	const size_t left = (size_t)(end - at);
	if (!left || *at < 0x80)
		return left && *at == '\'';
	if (left >= 2 && at[0] == 0xCA && (at[1] == 0xBB || at[1] == 0xBC)) /* ʻ ʼ */
		return 2;
	if (left < 3)
		return 0;
	const bool is_quote = at[0] == 0xE2 && at[1] == 0x80 && (at[2] == 0x98 || at[2] == 0x99);
	const bool is_wide = at[0] == 0xEF && at[1] == 0xBC && at[2] == 0x87;
	return is_quote || is_wide ? 3 : 0;
}

size_t char_hyphen(const uint8_t *at, const uint8_t *end)
{
	if (at < end && *at == '-')
		return 1;
	const bool is_hyphen = end - at >= 3 && at[0] == 0xE2 && at[1] == 0x80 &&
			       (at[2] == 0x90 || at[2] == 0x91);
	return is_hyphen ? 3 : 0;
}
