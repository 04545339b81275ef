/*
 * when.h: the dates that a text mentions, and when that is.
 *
 * In English; and in French, German, Dutch, Spanish, Italian and Portuguese, where the article says so, days and months
 * that are written out.
 *
 * Absolute ones ("December 2023", "February 6", "1987", "2024-02-06") and relative ones ("the day before", "last year",
 * "on Tuesday", "in July of the previous year"), reckoned from the day that the article was published; one whose
 * year must be guessed ("February 6") is that nearest to it. Each keeps the precision that it is written with. What is vague ("in the
 * sixties", "years ago", "recently"), or relative in an article without a date, is no date.
 */
#ifndef DATELINE_WHEN_H
#define DATELINE_WHEN_H

#include "dateline/article.h"

struct when {
	uint32_t start, end; /* bytes in article.text */
	struct date date;    /* precision DATE_YEAR, DATE_MONTH or DATE_DAY; no time, no zone */
	bool is_relative;    /* reckoned from the publication date, the year alone included */
	uint8_t confidence;  /* percent */
};

/* {0} is an empty one. */
struct when_list {
	struct when *items;
	size_t count, capacity;
};

void when_list_release(struct when_list *list);

/* Appends the dates of the article, by start; they do not overlap. */
void when_find(const struct article *article, struct when_list *list);

#endif
