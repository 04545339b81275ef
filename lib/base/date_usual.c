#include "date_usual.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two digits; 100 when they are none. */
static unsigned two_digits(const char *at)
{
	return is_digit(at[0]) && is_digit(at[1])
		       ? (unsigned)(at[0] - '0') * 10 + (unsigned)(at[1] - '0')
		       : 100;
}

bool date_parse_usual(struct str text, struct date *date)
{
	const char *s = text.data;
	if ((text.len != 10 && text.len != 19) || s[4] != '-' || s[7] != '-')
		return false;
	const unsigned century = two_digits(s), year = two_digits(s + 2);
	const unsigned month = two_digits(s + 5), day = two_digits(s + 8);
	if (century > 99 || year > 99 ||
	    !date_is_valid((int)(century * 100 + year), (int)month, (int)day))
		return false;
	*date = (struct date){ .year = (int16_t)(century * 100 + year),
			       .month = (uint8_t)month,
			       .day = (uint8_t)day,
			       .precision = DATE_DAY };
	if (text.len == 10)
		return true;
	const unsigned hour = two_digits(s + 11), minute = two_digits(s + 14);
	const unsigned second = two_digits(s + 17);
	if (s[10] != 'T' || s[13] != ':' || s[16] != ':' || hour > 23 || minute > 59 || second > 59)
		return false;
	date->hour = (uint8_t)hour;
	date->minute = (uint8_t)minute;
	date->second = (uint8_t)second;
	date->precision = DATE_SECOND;
	return true;
}
