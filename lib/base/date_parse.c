/*
 * A plain text is tried against a table of forms. A form must fit from the first byte, or behind a weekday; only a
 * time, a zone and a comment may stand behind it.
 */
#include "dateline/date.h"

#include "calendar.h"
#include "date_plain.h"
#include "date_usual.h"
#include "date_words.h"

#include <time.h>

struct scan {
	const char *at; /* terminated */
	struct date date;
	int first;     /* of the two numbers of N, or the week of K */
	bool ends_day; /* 24:00 was read, which is 00:00 of the next day */
};

/* ---- pieces ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static size_t digit_run(const char *at)
{
	size_t n = 0;
	while (is_digit(at[n]))
		n++;
	return n;
}

static size_t letter_run(const char *at)
{
	size_t n = 0;
	while (is_letter(at[n]))
		n++;
	return n;
}

/* The next `digits` digits, whatever follows them; -1 when there are fewer. */
static int take_digits(struct scan *scan, size_t digits)
{
	if (digit_run(scan->at) < digits)
		return -1;
	int value = 0;
	for (size_t i = 0; i < digits; i++)
		value = value * 10 + (*scan->at++ - '0');
	return value;
}

/* A whole number of `least` to `most` digits; -1 when there is none. */
static int take_number(struct scan *scan, size_t least, size_t most)
{
	const size_t digits = digit_run(scan->at);
	return digits < least || digits > most ? -1 : take_digits(scan, digits);
}

static bool take_char(struct scan *scan, char c)
{
	if (*scan->at != c)
		return false;
	scan->at++;
	return true;
}

static bool take_text(struct scan *scan, const char *text)
{
	const size_t len = strlen(text);
	if (strncmp(scan->at, text, len) != 0)
		return false;
	scan->at += len;
	return true;
}

/* A comma, a blank or both. */
static bool take_gap(struct scan *scan)
{
	const bool comma = take_char(scan, ',');
	return take_char(scan, ' ') || comma;
}

static int take_month_name(struct scan *scan)
{
	const size_t len = letter_run(scan->at);
	const int month = date_word_month(scan->at, len);
	if (month) {
		scan->at += len;
		take_char(scan, '.');
	}
	return month;
}

/* It is not compared with the date: feeds get it wrong, and the date is what counts. */
static bool take_weekday(struct scan *scan)
{
	struct scan ahead = *scan;
	const size_t len = letter_run(ahead.at);
	if (!date_word_is_weekday(ahead.at, len))
		return false;
	ahead.at += len;
	if (!take_char(&ahead, '.'))
		take_text(&ahead, "-feira");
	if (!take_gap(&ahead))
		return false;
	*scan = ahead;
	return true;
}

/* "le 7 février", "am Mittwoch, den 7. Februar". */
static bool take_article(struct scan *scan)
{
	static const char *const words[] = { "le ", "den ", "der ", "am ", "el ",
					     "il ", "op ",  "em ",  "on ", "the " };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (take_text(scan, words[i]))
			return true;
	return false;
}

/* "7 de febrero del 2024", "7th of February". */
static void take_particle(struct scan *scan)
{
	static const char *const words[] = { "of ", "de ", "del ", "di ", "do " };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (take_text(scan, words[i]))
			return;
}

/* A year that is not certain. */
static bool take_circa(struct scan *scan)
{
	static const char *const words[] = { "circa ", "ca. ", "ca.", "ca ", "c. ", "c.", "c " };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (take_text(scan, words[i]))
			return true;
	return false;
}

static void take_ordinal_suffix(struct scan *scan)
{
	static const char *const suffixes[] = { "st", "nd", "rd", "th", "er", "o" };
	const size_t len = letter_run(scan->at);
	for (size_t i = 0; len && i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		if (len == strlen(suffixes[i]) && take_text(scan, suffixes[i]))
			return;
	}
}

/* ---- zones ---- */

/* +01:00, +0100 or +01. */
static bool take_offset(struct scan *scan, int *minutes)
{
	const bool is_west = *scan->at == '-';
	if (!take_char(scan, '+') && !take_char(scan, '-'))
		return false;
	const int hours = take_digits(scan, 2);
	int rest = 0;
	if (take_char(scan, ':') || is_digit(*scan->at))
		rest = take_number(scan, 2, 2);
	if (hours < 0 || hours > 23 || rest < 0 || rest > 59)
		return false;
	*minutes = is_west ? -(hours * 60 + rest) : hours * 60 + rest;
	return true;
}

static bool take_zone_name(struct scan *scan, int *minutes)
{
	const size_t len = letter_run(scan->at);
	if (date_word_zone(scan->at, len, minutes)) {
		scan->at += len;
		return true;
	}
	/* RFC 2822 reads the military letters as -0000, because so much software got them wrong. */
	if (len == 1 && *scan->at != 'j' && scan->at[-1] == ' ') {
		scan->at++;
		*minutes = 0;
		return true;
	}
	return false;
}

/* An offset, a name, or both as in "GMT+0100". */
static bool take_zone(struct scan *scan)
{
	struct scan ahead = *scan;
	int minutes;
	take_char(&ahead, ' ');
	if (take_zone_name(&ahead, &minutes)) {
		if (minutes == 0 && (*ahead.at == '+' || *ahead.at == '-') &&
		    !take_offset(&ahead, &minutes))
			return false;
	} else if (!take_offset(&ahead, &minutes)) {
		return false;
	}
	*scan = ahead;
	if (minutes != DATE_NO_OFFSET) {
		scan->date.has_zone = true;
		scan->date.zone = (int16_t)minutes;
	}
	return true;
}

/* ---- times ---- */

static void take_fraction(struct scan *scan)
{
	if ((*scan->at == '.' || *scan->at == ',') && is_digit(scan->at[1]))
		scan->at += 1 + digit_run(scan->at + 1);
}

/* "am", "p.m." and so on; false when there is one that does not fit the hour. */
static bool take_half_day(struct scan *scan, int *hour)
{
	struct scan ahead = *scan;
	take_char(&ahead, ' ');
	const bool is_afternoon = *ahead.at == 'p';
	if ((!take_text(&ahead, "am") && !take_text(&ahead, "pm") && !take_text(&ahead, "a.m.") &&
	     !take_text(&ahead, "p.m.")) ||
	    is_letter(*ahead.at))
		return true;
	*scan = ahead;
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (is_afternoon ? 12 : 0);
	return true;
}

/* Seconds go to 60, for a leap second; -1 are none. */
static bool set_time(struct scan *scan, int hour, int minute, int second)
{
	if (hour < 0 || minute < 0 || hour > 24 || minute > 59 || second > 60)
		return false;
	scan->ends_day = hour == 24;
	if (scan->ends_day && (minute > 0 || second > 0))
		return false;
	struct date *date = &scan->date;
	date->hour = (uint8_t)(hour % 24);
	date->minute = (uint8_t)minute;
	date->second = (uint8_t)(second < 0 ? 0 : second);
	date->precision = second < 0 ? DATE_MINUTE : DATE_SECOND;
	return true;
}

/* "9:30", "15:01:01.79", "10:15 p.m.". */
static bool take_clock(struct scan *scan)
{
	int hour = take_number(scan, 1, 2);
	if (!take_char(scan, ':'))
		return false;
	const int minute = take_number(scan, 2, 2);
	int second = -1;
	if (take_char(scan, ':')) {
		second = take_number(scan, 2, 2);
		if (second < 0)
			return false;
	}
	take_fraction(scan);
	return take_half_day(scan, &hour) && set_time(scan, hour, minute, second);
}

/* "101530", "1015" or "10", ISO 8601's basic form. An hour alone is no precision that we keep. */
static bool take_basic_time(struct scan *scan)
{
	const size_t digits = digit_run(scan->at);
	if (digits != 2 && digits != 4 && digits != 6)
		return false;
	const int hour = take_digits(scan, 2);
	const int minute = digits > 2 ? take_digits(scan, 2) : -1;
	const int second = digits > 4 ? take_digits(scan, 2) : -1;
	take_fraction(scan);
	return minute < 0 ? hour < 24 : set_time(scan, hour, minute, second);
}

/* What may stand behind a day: "T" and a time, or a gap and a time; and then its zone. */
static bool take_time(struct scan *scan)
{
	struct scan ahead = *scan;
	if (take_char(&ahead, 't')) {
		const size_t digits = digit_run(ahead.at);
		const bool is_basic = ahead.at[digits] != ':';
		if (!(is_basic ? take_basic_time(&ahead) : take_clock(&ahead)))
			return false;
	} else {
		if (!take_gap(&ahead))
			return false;
		take_text(&ahead, "at ");
		if (!take_clock(&ahead))
			return false;
	}
	*scan = ahead;
	take_zone(scan);
	return true;
}

/* ---- forms ---- */

static bool set_month(struct date *date, int month)
{
	date->month = (uint8_t)(month > 0 ? month : 0);
	return month > 0;
}

static bool set_day(struct date *date, int day)
{
	date->day = (uint8_t)(day > 0 ? day : 0);
	return day > 0;
}

/* RFC 2822, 4.3. */
static int long_year(const struct scan *before, int year)
{
	if (year < 0)
		return -1;
	const bool has_three = digit_run(before->at) == 3;
	return year + (has_three || year >= 50 ? 1900 : 2000);
}

/* The first number is the month unless only the second can be: as US papers write it. */
static bool take_either(struct scan *scan)
{
	const int number = take_number(scan, 1, 2);
	if (number < 1)
		return false;
	if (!scan->first) {
		scan->first = number;
		return true;
	}
	const bool day_first = scan->first > 12;
	return set_month(&scan->date, day_first ? number : scan->first) &&
	       set_day(&scan->date, day_first ? scan->first : number);
}

static bool take_year(struct scan *scan, size_t least, size_t most)
{
	const struct scan before = *scan;
	const int year = take_number(scan, least, most);
	scan->date.year = (int16_t)(most < 4 ? long_year(&before, year) : year);
	return scan->date.year > 0;
}

static bool take_day(struct scan *scan)
{
	if (!set_day(&scan->date, take_number(scan, 1, 2)))
		return false;
	take_ordinal_suffix(scan);
	return true;
}

/*
 * Y year of four digits, V the two or three digits of RFC 2822's obsolete form, M month, B its
 * name, D day, perhaps as in "7th", N one of two numbers that are month and day, J day of the year,
 * K week, E weekday in a week, T time with its zone, C that the year is about right, U and Z what is not
 * known, as XX and as 00. A comma is a comma, a blank or both; behind it and behind a blank "of" may
 * stand, or "de"; the rest is itself. (1999-00 is no form: it is a season of two years.)
 * The signs of date_plain.h are \1, \2 and \3.
 */
static const char *const forms[] = {
	"Y-M-D",   "Y",      "Y-M",   "D B,Y", "D-B-Y", "N/N/Y", "Y/M/D",       "D.M.Y",   "D-M-Y",
	"D. M. Y", "D. B,Y", "D.B,Y", "Y.M.D", "Y B D", "Y-B-D", "Y-J",         "Y-wK-E",  "YwKE",
	"D B V",   "Y-M-Z",  "Y-Z-Z", "Y-U",   "Y-U-U", "Y-M-U", "Y\1 M\2 D\3", "Y\1 M\2", "Y\1",
};

static const char *const letter_forms[] = { "B D,Y", "B,Y", "B D T Y", "CY" };

static bool take_piece(struct scan *scan, char piece)
{
	switch (piece) {
	case 'Y':
		return take_year(scan, 4, 4);
	case 'V':
		return take_year(scan, 2, 3);
	case 'M':
		return set_month(&scan->date, take_number(scan, 1, 2));
	case 'B':
		return set_month(&scan->date, take_month_name(scan));
	case 'D':
		return take_day(scan);
	case 'N':
		return take_either(scan);
	case 'J':
		return date_set_ordinal(&scan->date, take_number(scan, 3, 3));
	case 'K':
		scan->first = take_digits(scan, 2);
		return scan->first > 0;
	case 'E':
		return date_set_week(&scan->date, scan->first, take_number(scan, 1, 1));
	case 'T':
		if (!take_clock(scan))
			return false;
		take_zone(scan);
		return true;
	case 'C':
		return take_circa(scan);
	case 'U':
		return take_text(scan, "xx");
	case 'Z':
		return take_text(scan, "00");
	case ',':
	case ' ':
		if (!(piece == ',' ? take_gap(scan) : take_char(scan, ' ')))
			return false;
		take_particle(scan);
		return true;
	default:
		return take_char(scan, piece);
	}
}

/* ---- whole dates ---- */

/* "(CET)", which mail adds for people. */
static void take_comment(struct scan *scan)
{
	const size_t len = strlen(scan->at);
	if (len > 2 && scan->at[0] == ' ' && scan->at[1] == '(' && scan->at[len - 1] == ')')
		scan->at += len;
}

static enum date_precision precision_of(const struct date *date)
{
	if (date->precision)
		return date->precision;
	return date->day ? DATE_DAY : date->month ? DATE_MONTH : DATE_YEAR;
}

/* True when what was scanned is a date and nothing is left. */
static bool complete(struct scan *scan)
{
	struct date *date = &scan->date;
	if (*scan->at || date->month > 12)
		return false;
	date->precision = (uint8_t)precision_of(date);
	if (date->precision >= DATE_DAY && !date_is_valid(date->year, date->month, date->day))
		return false;
	if (scan->ends_day)
		date_next_day(date);
	if (date->precision < DATE_MINUTE) {
		date->has_zone = false;
		date->zone = 0;
	}
	return date->year >= 1 && date->year <= 9999;
}

/* Behind a day: a time with its zone, or the zone alone as XML Schema has it. */
static void take_rest(struct scan *scan)
{
	if (!scan->date.day || scan->date.precision)
		return;
	int minutes;
	struct scan ahead = *scan;
	if (take_time(&ahead) || take_char(&ahead, 'z') || take_offset(&ahead, &minutes))
		*scan = ahead;
	if (scan->date.precision)
		take_comment(scan);
}

static bool fits(struct scan *scan, const char *form)
{
	bool has_short_year = false;
	for (; *form; form++) {
		has_short_year = has_short_year || *form == 'V';
		if (!take_piece(scan, *form))
			return false;
	}
	take_rest(scan);
	if (!complete(scan))
		return false;
	/* Two digits are a year only where RFC 2822 says so: before a time and a zone. */
	return !has_short_year || scan->date.has_zone;
}

/* "20240207", "2024038" and "20240207101530": the forms of ISO 8601 without anything between. */
static bool fits_basic(struct scan *scan, size_t digits)
{
	struct date *date = &scan->date;
	date->year = (int16_t)take_digits(scan, 4);
	if (digits == 7) {
		if (!date->year || !date_set_ordinal(date, take_digits(scan, 3)))
			return false;
	} else if (!set_month(date, take_digits(scan, 2)) || !set_day(date, take_digits(scan, 2))) {
		return false;
	}
	if (digits == 14 && !take_basic_time(scan))
		return false;
	take_rest(scan);
	return complete(scan);
}

/* Up to ten digits are seconds (until 2286), more are milliseconds (from 1970-04 to 2286). */
static bool fits_epoch(const char *text, size_t digits, struct date *date)
{
	int64_t value = 0;
	for (size_t i = 0; i < digits; i++)
		value = value * 10 + (text[i] - '0');
	const time_t seconds = (time_t)(digits > 10 ? value / 1000 : value);
	struct tm tm;
	if (text[digits] || !gmtime_r(&seconds, &tm))
		return false;
	*date = (struct date){
		.year = (int16_t)(tm.tm_year + 1900),
		.month = (uint8_t)(tm.tm_mon + 1),
		.day = (uint8_t)tm.tm_mday,
		.hour = (uint8_t)tm.tm_hour,
		.minute = (uint8_t)tm.tm_min,
		.second = (uint8_t)tm.tm_sec,
		.precision = DATE_SECOND,
		.has_zone = true,
	};
	return true;
}

static bool fits_any(const char *plain, struct date *date)
{
	const bool is_word = is_letter(*plain);
	/* Most words are neither a month's name nor "circa". */
	if (is_word && *plain != 'c' && !date_word_month(plain, letter_run(plain)))
		return false;
	const char *const *list = is_word ? letter_forms : forms;
	const size_t count = is_word ? sizeof(letter_forms) / sizeof(*letter_forms)
				     : sizeof(forms) / sizeof(*forms);
	for (size_t i = 0; i < count; i++) {
		struct scan scan = { .at = plain };
		if (fits(&scan, list[i])) {
			*date = scan.date;
			return true;
		}
	}
	return false;
}

/* What a weekday or "le" stands before has a day. "Mar" is a month first, and then mardi or martes. */
static bool fits_behind_words(const char *plain, struct date *date)
{
	struct scan scan = { .at = plain };
	struct date read;
	take_article(&scan);
	take_weekday(&scan);
	take_article(&scan);
	if (scan.at == plain || !fits_any(scan.at, &read) || read.precision < DATE_DAY)
		return false;
	*date = read;
	return true;
}

static bool parse_plain(const char *plain, struct date *date)
{
	const size_t digits = digit_run(plain);
	if (digits >= 9 && digits <= 13)
		return fits_epoch(plain, digits, date);
	if (digits == 7 || digits == 8 || digits == 14) {
		struct scan scan = { .at = plain };
		if (!fits_basic(&scan, digits))
			return false;
		*date = scan.date;
		return true;
	}
	if (fits_any(plain, date))
		return true;
	return is_letter(*plain) && fits_behind_words(plain, date);
}

bool date_parse(struct str text, struct date *date)
{
	if (date_parse_usual(text, date))
		return true;
	*date = (struct date){ 0 };
	char plain[DATE_PLAIN_MAX + 1];
	return date_make_plain(text, plain) && parse_plain(plain, date);
}
