/*
 * date.h: dates as people write them, and as the index keeps them: ISO 8601 with their precision.
 *
 * A year stays a year: nothing is filled up with January 1. Times keep the zone they were written
 * with; the day that counts is the day as published.
 */
#ifndef DATELINE_DATE_H
#define DATELINE_DATE_H

#include "dateline/memory.h"

enum date_precision {
	DATE_NONE, /* not known: the article shows as "undated" */
	DATE_YEAR,
	DATE_MONTH,
	DATE_DAY,
	DATE_MINUTE,
	DATE_SECOND,
};

struct date {
	int16_t year;                 /* 1 to 9999 */
	uint8_t month, day;           /* 1 to 12, 1 to 31; 0 when finer than the precision */
	uint8_t hour, minute, second; /* a leap second is 60 */
	uint8_t precision;            /* enum date_precision */
	bool has_zone;
	int16_t zone; /* minutes east of UTC, when has_zone */
};

#define DATE_TEXT_SIZE 32

/*
 * Reads a date that stands alone in `text`, white space around it allowed, capitals or not.
 * Understood:
 * - ISO 8601 in basic and extended form with any precision, also "2024-W06-3", "2024-038" and 24:00
 *   (00:00 of the next day); RFC 3339; the digits of "20240207101530";
 * - RFC 2822 ("Wed, 07 Feb 2024 10:00:00 +0100", also GMT, EST) and its obsolete years of two or
 *   three digits, before a time and a zone only; asctime's "Wed Feb  7 10:00:00 2024";
 * - seconds or milliseconds since 1970 (all digits, 9 to 13; from 11 on milliseconds);
 * - "7 February 2024", "7th of February, 2024", "Feb. 7, 2024", "February 2024",
 *   "26-FEB-1987 15:01:01.79", perhaps with a weekday before, a time behind ("10:30 p.m. EST");
 * - the same in French, German, Dutch, Spanish, Italian and Portuguese: "le 7 février 2024", "1er mars
 *   2024", "Mittwoch, den 7. Februar 2024", "7 de febrero de 2024". Names are whole or their first
 *   letters, at least three; "jui" could be two months, and is none;
 * - "2024年2月7日", "2024年2月", "2024년 2월 7일", perhaps with full-width digits;
 * - "2024/02/07", "07.02.2024", "07-02-2024" (day first with dots and hyphens), and slashes with the
 *   year last: month first as US papers write it, unless only day first is possible (a day over 12);
 * - "2023-XX", "2023-XX-XX", "2023-05-XX" (EDTF, ISO 8601-2), "2023-00-00" and "2023-05-00": the year or
 *   month that is known; "circa 1987", "ca. 1987", "c. 1987": the year.
 * Fractions of a second are dropped, and so is an hour without minutes. A weekday may be wrong. A
 * zone that stands for two offsets (ET) leaves has_zone false. False leaves *date as DATE_NONE.
 */
bool date_parse(struct str text, struct date *date);

/*
 * "1987", "1987-02", "1987-02-26", "1987-02-26T15:01", "1987-02-26T15:01:01+01:00" (UTC is "Z");
 * "" for DATE_NONE. Returns the length.
 */
size_t date_format(const struct date *date, char out[DATE_TEXT_SIZE]);

/* The same without zone: as text, these sort in time order. */
size_t date_format_sortable(const struct date *date, char out[DATE_TEXT_SIZE]);

/* Writes the last `width` decimal digits of a number, with zeros in front; returns where they end. */
char *date_digits(char *to, unsigned number, int width);

/* Days from 1 January of the year 1 (Gregorian) to the first day that the date may be; 0 for DATE_NONE. */
uint32_t date_day_number(const struct date *date);

bool date_is_valid(int year, int month, int day); /* Gregorian */
int date_days_in_month(int year, int month);

#endif
