#include "date_plain.h"

#include "dateline/utf8.h"

/* The plain form of a character beyond ASCII: a letter, a digit or a sign; 0 for none. */
static char plain_char(uint32_t code)
{
	static const char latin[] = "aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0"; /* U+00C0, U+00E0 */
	if (code >= 0xC0 && code <= 0xFF)
		return latin[code & 0x1F];
	if (code >= 0xFF10 && code <= 0xFF19)
		return (char)(code - 0xFF10 + '0');
	switch (code) {
	case 0xB0: /* "1º de março" */
	case 0xBA:
		return 'o';
	case 0x5E74: /* 年 */
	case 0xB144: /* 년 */
		return *YEAR_SIGN;
	case 0x6708: /* 月 */
	case 0xC6D4: /* 월 */
		return *MONTH_SIGN;
	case 0x65E5: /* 日 */
	case 0xC77C: /* 일 */
		return *DAY_SIGN;
	default:
		return 0;
	}
}

/* 0 for what no date has. */
static char plain_of(uint32_t code)
{
	if (code >= 'A' && code <= 'Z')
		return (char)(code + 0x20);
	if (code >= 0x20 && code <= 0x7E)
		return (char)code;
	return code > 0x7E ? plain_char(code) : 0;
}

static bool is_accent(uint32_t code)
{
	return code >= 0x0300 && code <= 0x036F;
}

bool date_make_plain(struct str text, char plain[DATE_PLAIN_MAX + 1])
{
	size_t len = 0;
	bool parted = false;
	for (size_t at = 0, bytes; at < text.len; at += bytes) {
		const uint32_t code = utf8_decode(text.data + at, text.len - at, &bytes);
		if (utf8_is_blank(code)) {
			parted = len > 0;
			continue;
		}
		if (is_accent(code) && len && plain[len - 1] >= 'a' && plain[len - 1] <= 'z')
			continue;
		const char c = plain_of(code);
		const bool is_sign = c && c <= *DAY_SIGN;
		if (!c || len + parted >= DATE_PLAIN_MAX)
			return false;
		if (parted && !is_sign)
			plain[len++] = ' ';
		parted = is_sign;
		plain[len++] = c;
	}
	plain[len] = '\0';
	return len > 0;
}
