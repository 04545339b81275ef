/* when_calendar.h: steps through the Gregorian calendar, by days, months and years. */
#ifndef DATELINE_WHEN_CALENDAR_H
#define DATELINE_WHEN_CALENDAR_H

#include "dateline/date.h"

/* Of a date of precision DATE_DAY: days since 1 January 1970, and back. */
int32_t calendar_days(const struct date *date);
struct date calendar_day(int32_t days);

int calendar_weekday(int32_t days); /* Monday is 0 */

struct date calendar_year(int year);

/* `months` counts on from January of the year, and may be negative or more than 11. */
struct date calendar_month(int year, int months);

#endif
