/* date_usual.h: the form of ISO 8601 that most dates of articles have, read in one look. */
#ifndef DATELINE_DATE_USUAL_H
#define DATELINE_DATE_USUAL_H

#include "dateline/date.h"

/*
 * "2024-02-07" and "2024-02-07T10:15:30", with all in its range. False for anything else, which date_parse reads the long way; it
 * would read these just so.
 */
bool date_parse_usual(struct str text, struct date *date);

#endif
