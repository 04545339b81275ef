#include "when_finder.h"

#define LOOK_BACK 14 /* words */
#define LOOK_AHEAD 8

/* ---- sentences ---- */

/* "Mr. Smith" and "the U.S. Senate" end no sentence; "last year. He" does. */
static bool ends_sentence(struct finder *finder, int place)
{
	const struct lexeme *mark = window_at(&finder->window, place);
	if (mark->class != LEX_STOP)
		return false;
	const struct lexeme *before = window_at(&finder->window, place - 1);
	return !(before->is_tight && before->class == LEX_WORD) &&
	       !(before->is_capital && before->end - before->start <= 3);
}

bool is_sentence_start(struct finder *finder, int place)
{
	const struct lexeme *before = window_at(&finder->window, place - 1);
	if (before->class == LEX_MARK || before->class == LEX_OPEN)
		before = window_at(&finder->window, place - 2);
	return before->class == LEX_END || before->class == LEX_STOP || before->class == LEX_MARK ||
	       before->class == LEX_DASH;
}

static bool is_end_mark(const char *text, uint32_t at)
{
	if (text[at] == '!' || text[at] == '?')
		return true;
	const char before = (char)(text[at - 1] | 0x20);
	/* A capital letter or a short word with a capital before it is mostly an abbreviation. */
	if (text[at] != '.' || !((before >= 'a' && before <= 'z') || text[at - 1] == ')' ||
				 (before >= '0' && before <= '9')))
		return false;
	uint32_t start = at;
	while (start && text[start - 1] != ' ' && at - start < 5)
		start--;
	return at - start > 4 || text[start] < 'A' || text[start] > 'Z';
}

bool has_sentence_end(const struct finder *finder, uint32_t from, uint32_t to)
{
	const char *text = finder->article->text.data;
	for (uint32_t at = from ? from : 1; at + 1 < to; at++)
		if ((text[at] == '.' || text[at] == '!' || text[at] == '?') &&
		    text[at + 1] != '.' && is_end_mark(text, at))
			return true;
	return false;
}

/* ---- tense ---- */

static bool ends_in_ed(const struct finder *finder, const struct lexeme *word)
{
	const char *end = finder->article->text.data + word->end;
	return word->class == LEX_WORD && !word->is_capital && word->end - word->start > 3 &&
	       end[-1] == 'd' && end[-2] == 'e';
}

bool is_past_verb(struct finder *finder, int place)
{
	const struct lexeme *word = window_at(&finder->window, place);
	return word->flags & WORD_PAST || (ends_in_ed(finder, word) &&
					   !(window_at(&finder->window, place - 1)->flags & WORD_BE));
}

static enum tense tense_of(struct finder *finder, int place)
{
	const struct lexeme *word = window_at(&finder->window, place);
	const bool has_to = window_at(&finder->window, place + 1)->class == LEX_TO ||
			    window_at(&finder->window, place + 1)->flags & WORD_BEFORE_DATE;
	if (word->flags & WORD_FUTURE)
		return !(word->flags & WORD_WITH_TO) || has_to ? TENSE_FUTURE : TENSE_NONE;
	return is_past_verb(finder, place) ? TENSE_PAST : TENSE_NONE;
}

/* The first word in one direction that says something; `step` is 1 or -1. */
static enum tense first_tense(struct finder *finder, int place, int step, int words)
{
	enum tense tense = TENSE_NONE;
	for (int i = 0; i < words && tense == TENSE_NONE; i++, place += step) {
		if (window_at(&finder->window, place)->class == LEX_END ||
		    ends_sentence(finder, place))
			break;
		tense = tense_of(finder, place);
	}
	return tense;
}

/* The word nearest before the date decides: "he said Monday that she will", "she will, he said Monday"; else that behind it. */
enum tense tense_around(struct finder *finder, int first, int last)
{
	enum tense tense = first_tense(finder, first - 1, -1, LOOK_BACK);
	if (tense == TENSE_NONE)
		tense = first_tense(finder, last + 1, 1, LOOK_AHEAD);
	if (tense == TENSE_NONE && window_at(&finder->window, first - 1)->flags & WORD_LIMIT)
		tense = TENSE_FUTURE;
	return tense;
}

/* ---- years ---- */

/* How far away a day is, in days; one in the direction that is not spoken of is farther. */
static int32_t distance(int32_t ahead, enum tense tense)
{
	if (ahead < 0)
		return tense == TENSE_FUTURE ? -ahead * 6 : -ahead;
	return tense == TENSE_FUTURE ? ahead : tense == TENSE_PAST ? ahead * 4 : ahead + ahead / 4;
}

static bool guess_year_of_day(const struct finder *finder, int month, int day, int weekday,
			      enum tense tense, int *year)
{
	int32_t least = INT32_MAX;
	bool is_right = false;
	if (finder->published.precision != DATE_DAY)
		return false;
	for (int y = finder->published.year - 1; y <= finder->published.year + 1; y++) {
		if (y < YEAR_FIRST || !date_is_valid(y, month, day))
			continue;
		const struct date date = { .year = (int16_t)y,
					   .month = (uint8_t)month,
					   .day = (uint8_t)day };
		const int32_t days = calendar_days(&date);
		const int32_t away = distance(days - finder->today, tense);
		const bool fits = weekday >= 0 && calendar_weekday(days) == weekday;
		if (is_right > fits || (is_right == fits && away >= least))
			continue;
		is_right = fits;
		least = away;
		*year = y;
	}
	return least != INT32_MAX;
}

bool guess_year(const struct finder *finder, int month, int day, int weekday, enum tense tense,
		int *year)
{
	if (day)
		return guess_year_of_day(finder, month, day, weekday, tense, year);
	if (finder->published.precision < DATE_MONTH)
		return false;
	const int now = finder->published.month;
	*year = finder->published.year;
	if (tense == TENSE_FUTURE)
		*year += month < now;
	else
		*year -= month > now;
	return true;
}
