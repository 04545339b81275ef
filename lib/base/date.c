#include "dateline/date.h"

#include "calendar.h"

#include <stdio.h>

int date_days_in_month(int year, int month)
{
	static const uint8_t days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	if (month < 1 || month > 12)
		return 0;
	const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && is_leap);
}

bool date_is_valid(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && day >= 1 && day <= date_days_in_month(year, month);
}

/* Monday is 1: the weekday of January 1 (Gauss). */
static int first_weekday(int year)
{
	const int y = year - 1;
	const int from_sunday = (1 + 5 * (y % 4) + 4 * (y % 100) + 6 * (y % 400)) % 7;
	return from_sunday ? from_sunday : 7;
}

static int days_in_year(int year)
{
	return 337 + date_days_in_month(year, 2);
}

uint32_t date_day_number(const struct date *date)
{
	if (date->precision == DATE_NONE)
		return 0;
	const int past = date->year - 1;
	int days = past * 365 + past / 4 - past / 100 + past / 400;
	for (int month = 1; month < date->month; month++)
		days += date_days_in_month(date->year, month);
	return (uint32_t)(days + (date->day ? date->day - 1 : 0));
}

bool date_set_ordinal(struct date *date, int ordinal)
{
	if (ordinal < 1 || ordinal > days_in_year(date->year))
		return false;
	int month = 1;
	for (int days; ordinal > (days = date_days_in_month(date->year, month)); month++)
		ordinal -= days;
	date->month = (uint8_t)month;
	date->day = (uint8_t)ordinal;
	return true;
}

/* ISO 8601 counts weeks from the one that has the year's first Thursday. */
bool date_set_week(struct date *date, int week, int weekday)
{
	const int first = first_weekday(date->year), days = days_in_year(date->year);
	const int weeks = first == 4 || (first == 3 && days == 366) ? 53 : 52;
	if (week < 1 || week > weeks || weekday < 1 || weekday > 7)
		return false;
	int ordinal = (week - 1) * 7 + weekday - (first - 1) + (first > 4 ? 7 : 0);
	if (ordinal < 1) {
		date->year--;
		ordinal += days_in_year(date->year);
	} else if (ordinal > days) {
		date->year++;
		ordinal -= days;
	}
	return date_set_ordinal(date, ordinal);
}

void date_next_day(struct date *date)
{
	if (date->day++ < date_days_in_month(date->year, date->month))
		return;
	date->day = 1;
	if (date->month++ < 12)
		return;
	date->month = 1;
	date->year++;
}

/* The length of what snprintf wrote to the rest of a text of DATE_TEXT_SIZE. */
static size_t written(int printed, size_t room)
{
	if (printed < 0)
		return 0;
	return (size_t)printed < room ? (size_t)printed : room - 1;
}

char *date_digits(char *to, unsigned number, int width)
{
	for (int i = width; i-- > 0; number /= 10)
		to[i] = (char)('0' + number % 10);
	return to + width;
}

static char *add_part(char *to, char mark, unsigned number)
{
	*to = mark;
	return date_digits(to + 1, number, 2);
}

size_t date_format_sortable(const struct date *date, char out[DATE_TEXT_SIZE])
{
	char *to = out;
	if (date->precision != DATE_NONE && date->precision <= DATE_SECOND)
		to = date_digits(to, (unsigned)date->year, 4);
	if (to > out && date->precision >= DATE_MONTH)
		to = add_part(to, '-', date->month);
	if (to > out && date->precision >= DATE_DAY)
		to = add_part(to, '-', date->day);
	if (to > out && date->precision >= DATE_MINUTE) {
		to = add_part(to, 'T', date->hour);
		to = add_part(to, ':', date->minute);
	}
	if (to > out && date->precision >= DATE_SECOND)
		to = add_part(to, ':', date->second);
	*to = '\0';
	return (size_t)(to - out);
}

size_t date_format(const struct date *date, char out[DATE_TEXT_SIZE])
{
	const size_t len = date_format_sortable(date, out);
	if (!date->has_zone || date->precision < DATE_MINUTE || !len)
		return len;
	const size_t room = DATE_TEXT_SIZE - len;
	const int minutes = date->zone < 0 ? -date->zone : date->zone;
	if (!minutes)
		return len + written(snprintf(out + len, room, "Z"), room);
	return len + written(snprintf(out + len, room, "%c%02d:%02d", date->zone < 0 ? '-' : '+',
				      minutes / 60, minutes % 60),
			     room);
}
