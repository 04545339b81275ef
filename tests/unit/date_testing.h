/* date_testing.h: what the suites of dates share. */
#ifndef DATELINE_DATE_TESTING_H
#define DATELINE_DATE_TESTING_H

#include "dateline/date.h"

#include "testing.h"

struct reading {
	const char *text, *expected; /* as date_format has it */
};

static inline void check_readings(const struct reading *readings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct date date;
		char out[DATE_TEXT_SIZE];
		const bool is_read = date_parse(str_from(readings[i].text), &date);
		const size_t len = date_format(&date, out);
		ck_assert_msg(is_read, "\"%s\" was not read", readings[i].text);
		ck_assert_uint_eq(len, strlen(out));
		ck_assert_msg(strcmp(out, readings[i].expected) == 0, "\"%s\" was read as %s, not %s",
			      readings[i].text, out, readings[i].expected);
	}
}

#define CHECK_READINGS(readings) check_readings(readings, sizeof(readings) / sizeof(*(readings)))

static inline void check_refusals(const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct date date;
		memset(&date, 0x55, sizeof(date));
		const bool is_read = date_parse(str_from(texts[i]), &date);
		ck_assert_msg(!is_read, "\"%s\" was read as %d-%d-%d", texts[i], date.year,
			      date.month, date.day);
		ck_assert_uint_eq(date.precision, DATE_NONE);
		ck_assert_int_eq(date.year, 0);
		ck_assert(!date.has_zone);
	}
}

#define CHECK_REFUSALS(texts) check_refusals(texts, sizeof(texts) / sizeof(*(texts)))

#endif
