/*
 * Any text: what is read as a date is one, and its written form is read as the same date; what is
 * refused leaves no trace.
 */
#include "target.h"

#include "dateline/date.h"

#include <stdlib.h>

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_fields(const struct date *date)
{
	require(date->precision > DATE_NONE && date->precision <= DATE_SECOND);
	require(date->year >= 1 && date->year <= 9999);
	require(date->precision >= DATE_MONTH ? date->month >= 1 && date->month <= 12 : !date->month);
	if (date->precision >= DATE_DAY)
		require(date_is_valid(date->year, date->month, date->day));
	else
		require(!date->day);
	require(date->hour < 24 && date->minute < 60 && date->second <= 60);
	require(date->precision >= DATE_MINUTE || (!date->hour && !date->minute && !date->has_zone));
	require(date->precision == DATE_SECOND || !date->second);
	require(date->has_zone ? date->zone > -1440 && date->zone < 1440 : !date->zone);
}

static void check_written_form(const struct date *date)
{
	char text[DATE_TEXT_SIZE], sortable[DATE_TEXT_SIZE];
	const size_t len = date_format(date, text);
	require(len == strlen(text));
	require(date_format_sortable(date, sortable) <= len);
	require(memcmp(text, sortable, strlen(sortable)) == 0);
	struct date again;
	require(date_parse((struct str){ text, len }, &again));
	char text_again[DATE_TEXT_SIZE];
	date_format(&again, text_again);
	require(strcmp(text, text_again) == 0);
	require(again.precision == date->precision && again.zone == date->zone);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct date none;
	struct date date;
	if (date_parse((struct str){ (const char *)data, size }, &date)) {
		check_fields(&date);
		check_written_form(&date);
	} else {
		require(date.year == none.year && date.precision == DATE_NONE && !date.has_zone);
	}
	return 0;
}
