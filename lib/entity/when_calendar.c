#include "when_calendar.h"

/*
 * Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that the day that some of them have
 * more is the last; 400 of them are an era of 146097 days.
 */
#define DAYS_IN_ERA 146097
#define DAYS_TO_1970 719468 /* from 1 March of the year 0 */

int32_t calendar_days(const struct date *date)
{
	const int year = date->year - (date->month <= 2);
	const int era = (year >= 0 ? year : year - 399) / 400;
	const int year_of_era = year - era * 400;
	const int day_of_year = (153 * ((date->month + 9) % 12) + 2) / 5 + date->day - 1;
	const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * DAYS_IN_ERA + day_of_era - DAYS_TO_1970;
}

struct date calendar_day(int32_t days)
{
	days += DAYS_TO_1970;
	const int era = (days >= 0 ? days : days - (DAYS_IN_ERA - 1)) / DAYS_IN_ERA;
	const int day_of_era = days - era * DAYS_IN_ERA;
	const int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	const int day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	const int month_from_march = (5 * day_of_year + 2) / 153;
	const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
	return (struct date){
		.year = (int16_t)(year_of_era + era * 400 + (month <= 2)),
		.month = (uint8_t)month,
		.day = (uint8_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
		.precision = DATE_DAY,
	};
}

/* 1 January 1970 was a Thursday. */
int calendar_weekday(int32_t days)
{
	const int rest = (days + 3) % 7;
	return rest < 0 ? rest + 7 : rest;
}

struct date calendar_year(int year)
{
	return (struct date){ .year = (int16_t)year, .precision = DATE_YEAR };
}

struct date calendar_month(int year, int months)
{
	const int all = year * 12 + months;
	return (struct date){
		.year = (int16_t)(all / 12),
		.month = (uint8_t)(all % 12 + 1),
		.precision = DATE_MONTH,
	};
}
