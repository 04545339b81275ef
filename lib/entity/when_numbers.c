/* Dates that are only numbers: years, "2024-02-06", "02/06/2024", and those with the signs for year, month and day. */
#include "when_finder.h"

#define SURE_NUMBERS 95
#define SURE_YEAR 92
#define BARE_YEAR 75

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- numbers with marks ---- */

#define NUMERIC_MAX 40 /* bytes of the longest, "2024-02-06T10:00:00.000+01:00" */

static size_t digits_at(const char *at, const char *end)
{
	const char *start = at;
	while (at < end && is_digit(*at))
		at++;
	return (size_t)(at - start);
}

/* Three numbers with the same mark between them: the length, or 0. */
static size_t numeric_run(const char *at, const char *end)
{
	const size_t first = digits_at(at, end);
	const char *mark = at + first;
	if (first > 4 || mark >= end || !strchr("-/.", *mark))
		return 0;
	const size_t second = digits_at(mark + 1, end);
	const char *next = mark + 1 + second;
	if (second < 1 || second > 2 || next >= end || *next != *mark)
		return 0;
	const size_t third = digits_at(next + 1, end);
	const bool is_year_first = first == 4 && third >= 1 && third <= 2;
	const bool is_year_last = first <= 2 && third == 4;
	if ((!is_year_first || *mark == '.') && !is_year_last)
		return 0;
	return (size_t)(next + 1 + third - at);
}

/* A time right behind a date, as in ISO 8601. */
static size_t time_run(const char *at, const char *end)
{
	size_t n = 0;
	if (end - at < 3 || *at != 'T' || !is_digit(at[1]))
		return 0;
	while (n < NUMERIC_MAX / 2 && at + n < end && (is_digit(at[n]) || strchr("TZ:.+-", at[n])))
		n++;
	while (n && strchr(":.+-", at[n - 1]))
		n--;
	return n;
}

/* What stands right before or behind makes it a part of an address, a number of something, or a longer number. */
static bool is_apart(const struct finder *finder, uint32_t start, uint32_t end)
{
	const char *text = finder->article->text.data;
	if (start > finder->paragraph && strchr("/.=_#$&@+:~", text[start - 1]))
		return false;
	if (end + 1 < finder->paragraph_end && strchr("/.-_:", text[end]) &&
	    !lex_parting(text + end + 1, 1))
		return false;
	return end >= finder->paragraph_end || !strchr("/%_=@", text[end]);
}

static bool is_behind_dash(const struct finder *finder)
{
	const uint32_t start = finder->window.middle.start;
	return start > finder->paragraph && finder->article->text.data[start - 1] == '-';
}

static bool find_numeric(struct finder *finder)
{
	const char *text = finder->article->text.data;
	const uint32_t start = finder->window.middle.start;
	const char *at = text + start, *end = text + finder->paragraph_end;
	const size_t len = numeric_run(at, end);
	if (!len || is_behind_dash(finder))
		return false;
	const size_t with_time = len + time_run(at + len, end);
	if (!is_apart(finder, start, start + (uint32_t)with_time))
		return false;
	struct date date;
	if (!date_parse((struct str){ at, len }, &date) || date.precision != DATE_DAY)
		return false;
	return finder_add(finder, start, start + (uint32_t)with_time, date, false, SURE_NUMBERS);
}

/* ---- numbers with signs ---- */

static const char signs[][4] = { "\xe5\xb9\xb4", "\xe6\x9c\x88", "\xe6\x97\xa5", /* 年, 月, 日 */
				 "\xeb\x85\x84", "\xec\x9b\x94", "\xec\x9d\xbc" }; /* 년, 월, 일 */
#define SIGN_BYTES 3

static bool is_sign(const char *at, const char *end, size_t part)
{
	if (end - at < SIGN_BYTES)
		return false;
	return memcmp(at, signs[part], SIGN_BYTES) == 0 ||
	       memcmp(at, signs[part + 3], SIGN_BYTES) == 0;
}

/* Year, month and day, each with its sign, as many as there are. */
static bool find_signed(struct finder *finder)
{
	const char *text = finder->article->text.data;
	const uint32_t start = finder->window.middle.start;
	const char *at = text + start, *end = text + finder->paragraph_end, *last = at;
	for (size_t part = 0; part < 3; part++) {
		while (at < end && part && *at == ' ')
			at++;
		at += digits_at(at, end);
		if (!is_sign(at, end, part))
			break;
		at += SIGN_BYTES;
		last = at;
	}
	const struct str whole = { text + start, (size_t)(last - (text + start)) };
	struct date date = { 0 };
	if (!whole.len)
		return false;
	if (!date_parse(whole, &date)) {
		const size_t digits = digits_at(text + start, end);
		date_parse((struct str){ text + start, digits }, &date);
		last = text + start + digits + SIGN_BYTES;
	}
	return finder_add(finder, start, (uint32_t)(last - text), date, false, SURE_NUMBERS);
}

/* ---- years with a mark and more digits ---- */

/* "1914-18", "1990-2000", "2015/16" are two years; "2023-12" is a month. */
static bool find_two_years(struct finder *finder)
{
	struct window *window = &finder->window;
	const struct lexeme *year = &window->middle, *mark = window_at(window, 1);
	const struct lexeme *second = window_at(window, 2);
	if (!mark->is_tight || !second->is_tight ||
	    (mark->class != LEX_DASH && mark->class != LEX_SLASH) || second->is_ordinal ||
	    is_behind_dash(finder) || !is_apart(finder, year->start, second->end))
		return false;
	const int last = second->digits == 2 ? year->value / 100 * 100 + second->value
					     : second->value;
	if ((second->digits == 2 || second->digits == 4) && last > year->value &&
	    last - year->value <= 200 && last <= YEAR_LAST && last >= YEAR_FIRST) {
		const bool is_first = finder_add(finder, year->start, year->end,
						 calendar_year(year->value), false, 85);
		return is_first && finder_add(finder, second->start, second->end,
					      calendar_year(last), false, 85);
	}
	if (mark->class != LEX_DASH || mark->end - mark->start > 1 || second->digits != 2 ||
	    second->value < 1 || second->value > 12)
		return false;
	return finder_add(finder, year->start, second->end,
			  calendar_month(year->value, second->value - 1), false, 80);
}

/* ---- years alone ---- */

/* Years of which the news speaks without any word that says that it is a year. */
#define PLAIN_YEAR_FIRST 1800
#define PLAIN_YEAR_LAST 2035

static bool is_street(struct finder *finder)
{
	for (int place = 1; place <= 3; place++) {
		const struct lexeme *word = window_at(&finder->window, place);
		if (!word->is_capital)
			return false;
		if (word->flags & WORD_STREET)
			return true;
	}
	return false;
}

/* "2000-year-old", "1500-meter"; "2016-election" is of that year. */
static bool is_measure(struct finder *finder)
{
	const struct lexeme *mark = window_at(&finder->window, 1);
	const struct lexeme *word = window_at(&finder->window, 2);
	return mark->is_tight && mark->class == LEX_DASH && word->is_tight &&
	       (word->flags & WORD_COUNTED || word->class == LEX_ODD || word->digits);
}

/* "mid-2023", "post-2015"; "MH-2020" is none. */
static bool is_tied(struct finder *finder)
{
	const struct lexeme *mark = window_at(&finder->window, -1);
	return finder->window.middle.is_tight && mark->class == LEX_DASH && mark->is_tight &&
	       mark->end - mark->start == 1 && !(window_at(&finder->window, -2)->flags & WORD_DATES);
}

/* "1950 soldiers": more than one of something. */
static bool is_plural(const struct finder *finder, const struct lexeme *word)
{
	const char *end = finder->article->text.data + word->end;
	return word->class == LEX_WORD && !word->is_capital && word->end - word->start > 3 &&
	       end[-1] == 's' && end[-2] != 's';
}

static bool is_fiscal(struct finder *finder)
{
	const struct lexeme *before = window_at(&finder->window, -1);
	const struct lexeme *first = window_at(&finder->window, -2);
	return before->class == LEX_UNIT && first->flags & WORD_LABEL;
}

/* "$1987", "£1987", "© 1987" */
static bool is_behind_sign(struct finder *finder)
{
	const struct lexeme *before = window_at(&finder->window, -1);
	const char *mark = finder->window.text + before->start;
	const size_t len = before->end - before->start;
	if (before->class != LEX_MARK || len < 2)
		return false;
	const bool is_money = memcmp(mark, "\xe2\x82", 2) == 0 || /* U+20A0 to U+20BF */
			      memcmp(mark, "\xc2\xa3", 2) == 0 || memcmp(mark, "\xc2\xa5", 2) == 0;
	return (is_money && finder->window.middle.is_tight) || memcmp(mark, "\xc2\xa9", 2) == 0;
}

static bool is_no_year(struct finder *finder)
{
	struct window *window = &finder->window;
	const struct lexeme *year = &window->middle;
	const struct lexeme *before = window_at(window, -1), *after = window_at(window, 1);
	if (!is_apart(finder, year->start, year->end) || is_measure(finder) || is_tied(finder))
		return true;
	if (is_behind_sign(finder) || before->flags & WORD_LABEL || is_fiscal(finder) ||
	    is_street(finder))
		return true;
	const bool is_common = year->value >= 1900 && year->value <= PLAIN_YEAR_LAST &&
			       year->value % 100;
	if (after->flags & WORD_COUNTED && !(is_common && after->class == LEX_UNIT))
		return true;
	if (before->class == LEX_OF && window_at(window, -2)->flags & WORD_AMOUNT)
		return true;
	return !is_common && (before->flags & WORD_AMOUNT || is_plural(finder, after));
}

/* "in 1987", "early 1987", "March and April 1987" */
static bool is_year_said(struct finder *finder, bool is_round)
{
	struct window *window = &finder->window;
	const struct lexeme *before = window_at(window, -1);
	if (before->class == LEX_UNIT && before->value == UNIT_YEAR)
		return true;
	if (before->class == LEX_DASH)
		return window_at(window, -2)->flags & WORD_DATES;
	if (before->class == LEX_OPEN && window_at(window, 1)->class == LEX_CLOSE)
		return true;
	return before->flags & (is_round ? WORD_DATES : WORD_BEFORE_DATE | WORD_DATES);
}

static bool find_year(struct finder *finder)
{
	const struct lexeme *year = &finder->window.middle;
	const bool is_round = year->value % 100 == 0 && year->value != 2000;
	const bool is_said = is_year_said(finder, is_round);
	const bool is_plain = year->value >= PLAIN_YEAR_FIRST && year->value <= PLAIN_YEAR_LAST &&
			      year->value % 100;
	if (is_no_year(finder) || (!is_said && !is_plain))
		return false;
	return finder_add(finder, year->start, year->end, calendar_year(year->value), false,
			  is_said ? SURE_YEAR : BARE_YEAR);
}

bool find_number(struct finder *finder)
{
	if (find_numeric(finder))
		return true;
	if (finder->is_foreign &&
	    (finder->window.middle.class == LEX_YEAR ? find_foreign_month(finder)
						     : find_foreign_day(finder)))
		return true;
	if (finder->window.middle.class != LEX_YEAR)
		return false;
	return find_signed(finder) || find_two_years(finder) || find_year(finder);
}
