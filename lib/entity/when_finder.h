/*
 * when_finder.h: what the files that find dates share. The scan (when.c) stops at words and numbers that dates are
 * built around; each such place is tried by one of the functions below, which add what they find.
 */
#ifndef DATELINE_WHEN_FINDER_H
#define DATELINE_WHEN_FINDER_H

#include "when.h"
#include "when_calendar.h"
#include "when_window.h"

struct finder {
	const struct article *article;
	struct when_list *list;
	size_t first;          /* of this article's in the list */
	struct date published; /* DATE_NONE to DATE_DAY */
	int32_t today;         /* its days, when it is of DATE_DAY */
	uint32_t paragraph, paragraph_end;
	uint32_t seen;        /* what begins before it is part of a date already */
	bool is_foreign;      /* in a language of when_foreign.c */
	bool is_somebody[13]; /* by month: it is a name in this article */
	/* A month, perhaps with a day, whose year was guessed, or could not be: a year behind it may still be its own. */
	struct open_date {
		uint32_t start, end;
		uint8_t month, day;
		size_t place; /* in the list, or NOT_LISTED */
	} open;
	struct window window;
};

#define NOT_LISTED SIZE_MAX

/*
 * Adds a mention unless it overlaps the one before or the date is none: true when it is in the list. Bytes from `start` to
 * `end` are seen then.
 */
bool finder_add(struct finder *finder, uint32_t start, uint32_t end, struct date date,
		bool is_relative, unsigned confidence);

/* Each looks at the window's middle, and is true when it added a date; finder->seen is then where to go on. */
bool find_month(struct finder *finder);    /* when_absolute.c */
bool find_number(struct finder *finder);   /* when_numbers.c */
bool find_weekday(struct finder *finder);  /* when_relative.c */
bool find_unit(struct finder *finder);     /* when_relative.c */
bool find_near_day(struct finder *finder); /* when_relative.c */

/* ---- other languages than English (when_foreign.c) ---- */

bool is_foreign(const struct article *article);

/* The window's middle is the number of a day, or a year. */
bool find_foreign_day(struct finder *finder);
bool find_foreign_month(struct finder *finder);

/* ---- relative (when_relative.c) ---- */

/*
 * "last year", "the previous year", from `place` on: the year, 0 when it cannot be reckoned, and the place behind it; false
 * when there is none.
 */
bool relative_year_at(struct finder *finder, int place, int *year, int *behind);

/* ---- guesses (when_guess.c) ---- */

enum tense { TENSE_NONE, TENSE_PAST, TENSE_FUTURE };

/* "said", "announced" */
bool is_past_verb(struct finder *finder, int place);

/* What the sentence says around the places from `first` to `last`. */
enum tense tense_around(struct finder *finder, int first, int last);

/* True when a sentence ends between the two bytes of the text. */
bool has_sentence_end(const struct finder *finder, uint32_t from, uint32_t to);

bool is_sentence_start(struct finder *finder, int place);

/*
 * The year in which a day (0: none) of a month is meant: one near to the publication, in which it is the weekday (0 to 6;
 * -1: any) if it can be. False when it cannot be told, or there is no such day.
 */
bool guess_year(const struct finder *finder, int month, int day, int weekday, enum tense tense,
		int *year);

#endif
