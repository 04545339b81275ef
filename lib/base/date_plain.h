/* date_plain.h: a text that may be a date, in the few characters that the forms of dates are made of. */
#ifndef DATELINE_DATE_PLAIN_H
#define DATELINE_DATE_PLAIN_H

#include "dateline/memory.h"

/* A weekday, a day, a month's name, a time, a zone and its name in brackets fit well in this. */
#define DATE_PLAIN_MAX 96

/* What is left of 年, 月, 日 and 년, 월, 일. */
#define YEAR_SIGN "\1"
#define MONTH_SIGN "\2"
#define DAY_SIGN "\3"

/*
 * Lower case, without accents; single blanks, none at the ends or before a sign, one behind a sign. False when `text`
 * is empty, too long or has what no date has.
 */
bool date_make_plain(struct str text, char plain[DATE_PLAIN_MAX + 1]);

#endif
