/* calendar.h: steps through the Gregorian calendar that reading dates needs. */
#ifndef DATELINE_CALENDAR_H
#define DATELINE_CALENDAR_H

#include "dateline/date.h"

/* Month and day of date->year from the day of the year; false when it has no such day. */
bool date_set_ordinal(struct date *date, int ordinal);

/*
 * Year, month and day from an ISO 8601 week of date->year and a weekday (Monday is 1); the year may
 * be the one before or after. False when there is no such week.
 */
bool date_set_week(struct date *date, int week, int weekday);

/* To the day after a valid day; perhaps to the year 10000. */
void date_next_day(struct date *date);

#endif
