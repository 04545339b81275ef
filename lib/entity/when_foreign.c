/*
 * Days and months in the other languages whose names of months date_parse knows, in articles that say that they are in one of
 * them: "le 7 février 2024", "am 7. Februar", "en febrero de 2024". What is relative is only found in English.
 */
#include "when_finder.h"

#include "dateline/text.h"

#include <stdio.h>

#define FOREIGN_MAX 40 /* bytes of the longest, "31 de septiembre de 2024" */
#define SURE_DAY 95
#define SURE_MONTH 90
#define GUESSED_DAY 75

bool is_foreign(const struct article *article)
{
	static const char *const codes[] = { "fr", "de", "nl", "es", "it", "pt" };
	const struct language *language = language_of_text(article->language);
	for (size_t i = 0; language && i < sizeof(codes) / sizeof(*codes); i++)
		if (strcmp(language->code, codes[i]) == 0)
			return true;
	return false;
}

static struct str span_of(struct finder *finder, int first, int last)
{
	const uint32_t start = window_at(&finder->window, first)->start;
	const uint32_t end = window_at(&finder->window, last)->end;
	return (struct str){ finder->article->text.data + start, end - start };
}

static bool add_span(struct finder *finder, int first, int last, const struct date *date,
		     bool is_relative, unsigned confidence)
{
	return finder_add(finder, window_at(&finder->window, first)->start,
			  window_at(&finder->window, last)->end, *date, is_relative, confidence);
}

/* The place of the month's name behind a day: "7 février", "1er mars", "7. Februar", "7 de febrero"; 0: there is none. */
static int name_behind(struct finder *finder, int place)
{
	for (; place <= 3; place++) {
		const struct lexeme *word = window_at(&finder->window, place);
		if (word->class == LEX_END || word->class == LEX_COMMA || word->class == LEX_YEAR)
			break;
		if (word->end - word->start > 2 && word->class != LEX_STOP)
			return word->class == LEX_WORD || word->class == LEX_MONTH ? place : 0;
	}
	return 0;
}

/* The place of the year, behind the month's name and perhaps "de"; 0: there is none. */
static int year_behind(struct finder *finder, int place)
{
	for (int i = 1; i <= 2; i++)
		if (window_at(&finder->window, place + i)->class == LEX_YEAR)
			return place + i;
	return 0;
}

/* date_parse knows the names; a year that is not there is lent to it. */
static bool read_without_year(struct str text, struct date *date)
{
	char with_year[FOREIGN_MAX + 6];
	const int len = snprintf(with_year, sizeof(with_year), "%.*s 2000", STR_ARG(text));
	return text.len < FOREIGN_MAX && date_parse((struct str){ with_year, (size_t)len }, date) &&
	       date->precision == DATE_DAY;
}

bool find_foreign_day(struct finder *finder)
{
	const int name = name_behind(finder, 1);
	struct date date;
	int year;
	if (!name)
		return false;
	const int last = year_behind(finder, name);
	const struct str whole = span_of(finder, 0, last ? last : name);
	if (last && whole.len <= FOREIGN_MAX && date_parse(whole, &date) && date.precision == DATE_DAY)
		return add_span(finder, 0, last, &date, false, SURE_DAY);
	if (!read_without_year(span_of(finder, 0, name), &date) ||
	    !guess_year(finder, date.month, date.day, -1, TENSE_NONE, &year))
		return false;
	date.year = (int16_t)year;
	return add_span(finder, 0, name, &date, true, GUESSED_DAY);
}

/* "im Februar 2024", "febrero de 2024"; the window's middle is the year. */
bool find_foreign_month(struct finder *finder)
{
	struct date date;
	for (int first = -1; first >= -2; first--) {
		const struct lexeme *name = window_at(&finder->window, first);
		if (name->class != LEX_WORD || name->end - name->start < 3)
			continue;
		const struct str text = span_of(finder, first, 0);
		if (text.len <= FOREIGN_MAX && date_parse(text, &date) && date.precision == DATE_MONTH)
			return add_span(finder, first, 0, &date, false, SURE_MONTH);
	}
	return false;
}
