/*
 * Dates that are told by their distance from the day of publication, or from the date that the story is at: weekdays, "last
 * year", "two months ago", "the day before", "yesterday".
 */
#include "when_finder.h"

/* From where a distance is reckoned. */
enum origin_of {
	FROM_TODAY,
	FROM_STORY, /* the date that the story is at; when it is at none, the publication */
	FROM_STORY_ONLY,
};

#define YEARS (1u << UNIT_YEAR)
#define MONTHS (1u << UNIT_MONTH)
#define DAYS (1u << UNIT_DAY)
#define NIGHTS (1u << UNIT_NIGHT)
#define PARTS (1u << UNIT_PART_OF_DAY)

enum form_flag {
	FORM_COUNTS = 1, /* has a number of units */
	FORM_ENDS = 2,   /* only where nothing follows that it would be before or after of */
	FORM_NO_THE = 4, /* "the last year" is any twelve months */
};

static const struct unit_form {
	const char *form; /* classes of words */
	uint8_t units;    /* one bit each */
	int8_t step;
	uint8_t from; /* enum origin_of */
	uint8_t flags;
	uint8_t confidence;
} unit_forms[] = {
	{ "lU", YEARS | MONTHS, -1, FROM_TODAY, FORM_NO_THE, 90 },
	{ "lU", NIGHTS | PARTS, -1, FROM_TODAY, FORM_NO_THE, 80 },
	{ "hU", YEARS | MONTHS, 0, FROM_TODAY, 0, 88 },
	{ "hU", PARTS, 0, FROM_TODAY, 0, 70 },
	{ "nU", YEARS | MONTHS, 1, FROM_TODAY, FORM_NO_THE, 85 },
	{ "TU", YEARS, 0, FROM_STORY_ONLY, 0, 75 },
	{ "tTU", YEARS, 0, FROM_STORY_ONLY, 0, 75 },
	{ "tpU", YEARS | MONTHS | DAYS, -1, FROM_STORY, 0, 70 },
	{ "tgU", YEARS | MONTHS | DAYS, 1, FROM_STORY_ONLY, 0, 70 },
	{ "tUb", YEARS | MONTHS | DAYS, -1, FROM_STORY, FORM_ENDS, 70 },
	{ "tUe", YEARS | MONTHS | DAYS, -1, FROM_STORY, 0, 70 },
	{ "tUa", YEARS | MONTHS | DAYS, 1, FROM_STORY_ONLY, FORM_ENDS, 65 },
	{ "#Uo", YEARS | MONTHS | DAYS, -1, FROM_TODAY, FORM_COUNTS, 80 },
	{ "#Ue", YEARS | MONTHS | DAYS, -1, FROM_STORY, FORM_COUNTS, 70 },
	{ "#Ub", YEARS | MONTHS | DAYS, -1, FROM_STORY, FORM_COUNTS | FORM_ENDS, 65 },
	{ "#Ur", YEARS | MONTHS | DAYS, 1, FROM_STORY_ONLY, FORM_COUNTS, 65 },
};

/* Farther back, "ten days ago" is a way of speaking. */
#define YEARS_AGO_MAX 99
#define YEARS_AGO_EXACT 10 /* "twenty years ago" is some twenty */
#define MONTHS_AGO_MAX 24
#define DAYS_AGO_MAX 31

#define STORY_BYTES 400 /* how far back a date is what a story is at */

/* ---- the date that the story is at ---- */

static const struct when *last_date(const struct finder *finder, uint32_t start,
				    enum date_precision least)
{
	for (size_t i = finder->list->count; i > finder->first; i--) {
		const struct when *when = &finder->list->items[i - 1];
		if (when->start < finder->paragraph || when->end + STORY_BYTES < start)
			break;
		if (when->date.precision >= least)
			return when;
	}
	return NULL;
}

/*
 * In the same sentence, "the previous year" is the one before that which is spoken of. In a later one it is so too when
 * the story is long past; of what happened of late it is the year before this. "That year" is always that of the story.
 */
static bool story_year(const struct finder *finder, uint32_t start, int step, int *year)
{
	const struct when *when = last_date(finder, start, DATE_YEAR);
	if (!when || (step && has_sentence_end(finder, when->end, start) &&
		      when->date.year >= finder->published.year - 1))
		return false;
	*year = when->date.year;
	return true;
}

static struct date precise(const struct date *date, enum date_precision precision)
{
	struct date result = *date;
	result.precision = (uint8_t)precision;
	if (precision < DATE_DAY)
		result.day = 0;
	if (precision < DATE_MONTH)
		result.month = 0;
	return result;
}

static const enum date_precision unit_precisions[] = {
	[UNIT_YEAR] = DATE_YEAR, [UNIT_MONTH] = DATE_MONTH,     [UNIT_WEEK] = DATE_NONE,
	[UNIT_DAY] = DATE_DAY,   [UNIT_PART_OF_DAY] = DATE_DAY, [UNIT_NIGHT] = DATE_DAY,
};

/* The date from which `form` reckons, as fine as its unit; false when it is not known. */
static bool find_origin(const struct finder *finder, const struct unit_form *form,
			enum date_precision precision, uint32_t start, struct date *origin)
{
	const bool is_known = finder->published.precision >= precision;
	*origin = precise(&finder->published, precision);
	if (finder->published.precision == DATE_NONE || form->from == FROM_TODAY)
		return is_known;
	const struct when *when = last_date(finder, start, precision);
	int year;
	if (precision == DATE_YEAR) {
		if (story_year(finder, start, form->step, &year)) {
			*origin = calendar_year(year);
			return true;
		}
	} else if (when) {
		*origin = precise(&when->date, precision);
		return true;
	}
	return is_known && form->from == FROM_STORY;
}

/* ---- steps ---- */

static struct date step_from(const struct date *origin, int steps)
{
	if (origin->precision == DATE_YEAR)
		return calendar_year(origin->year + steps);
	if (origin->precision == DATE_MONTH)
		return calendar_month(origin->year, origin->month - 1 + steps);
	return calendar_day(calendar_days(origin) + steps);
}

/* How many units; 0 when it is too vague to be reckoned with. */
static int read_count(struct finder *finder, int place, enum date_unit unit)
{
	const struct lexeme *number = window_at(&finder->window, place);
	const struct lexeme *before = window_at(&finder->window, place - 1);
	const int count = number->value;
	if (before->flags & WORD_AMOUNT || before->class == LEX_AND || before->class == LEX_DASH ||
	    before->class == LEX_NUMBER || before->class == LEX_TO)
		return 0;
	if (unit == UNIT_YEAR)
		return count > YEARS_AGO_MAX || (count > YEARS_AGO_EXACT && count % 5 == 0) ? 0
											    : count;
	return count > (unit == UNIT_MONTH ? MONTHS_AGO_MAX : DAYS_AGO_MAX) ? 0 : count;
}

static unsigned count_confidence(unsigned confidence, int count)
{
	return count <= 3                 ? confidence
	       : count <= YEARS_AGO_EXACT ? confidence - 10
					  : confidence - 20;
}

/* ---- units ---- */

static bool is_end(const struct lexeme *lexeme)
{
	return lexeme->class == LEX_END || lexeme->class == LEX_COMMA || lexeme->class == LEX_STOP ||
	       lexeme->class == LEX_DASH || lexeme->class == LEX_CLOSE ||
	       lexeme->class == LEX_MARK || lexeme->flags & WORD_GOES_ON;
}

/* "days", "years" */
static bool is_plural(const struct finder *finder, const struct lexeme *unit)
{
	return (finder->article->text.data[unit->end - 1] | 0x20) == 's';
}

/* A form that fits, resolved. */
struct unit_found {
	struct date date;
	int behind; /* the place behind it */
	unsigned confidence;
};

static bool is_unit_form(struct finder *finder, const struct unit_form *form, int place)
{
	struct window *window = &finder->window;
	if (!window_fits(window, place, form->form))
		return false;
	const struct lexeme *unit =
		window_at(window, place + (int)(strchr(form->form, LEX_UNIT) - form->form));
	if (!(form->units >> unit->value & 1) ||
	    (!(form->flags & FORM_COUNTS) && is_plural(finder, unit)))
		return false;
	const struct lexeme *first = window_at(window, place), *before = window_at(window, place - 1);
	/* "this past year", "the last year", "his last year" */
	if (form->flags & FORM_NO_THE &&
	    (first->value || before->class == LEX_THE || before->class == LEX_THIS ||
	     before->flags & WORD_OWNS || before->is_possessive))
		return false;
	return !(form->flags & FORM_ENDS) ||
	       is_end(window_at(window, place + (int)strlen(form->form)));
}

static bool resolve(struct finder *finder, const struct unit_form *form, int place,
		    struct unit_found *found)
{
	struct window *window = &finder->window;
	const int unit_place = place + (int)(strchr(form->form, LEX_UNIT) - form->form);
	const enum date_unit unit = (enum date_unit)window_at(window, unit_place)->value;
	struct date origin;
	int count = 1;
	found->confidence = form->confidence;
	if (form->flags & FORM_COUNTS) {
		count = read_count(finder, place, unit);
		found->confidence = count_confidence(form->confidence, count);
	}
	if (!count || !find_origin(finder, form, unit_precisions[unit],
				   window_at(window, place)->start, &origin))
		return false;
	found->date = step_from(&origin, form->step * count);
	found->behind = place + (int)strlen(form->form);
	return true;
}

#define FORM_COUNT (sizeof(unit_forms) / sizeof(*unit_forms))

bool relative_year_at(struct finder *finder, int place, int *year, int *behind)
{
	struct unit_found found;
	for (size_t i = 0; i < FORM_COUNT; i++) {
		if (!(unit_forms[i].units & YEARS) || !is_unit_form(finder, &unit_forms[i], place))
			continue;
		const bool is_known = resolve(finder, &unit_forms[i], place, &found);
		if (is_known && found.date.precision != DATE_YEAR)
			continue;
		*year = is_known ? found.date.year : 0;
		*behind = is_known ? found.behind : place + (int)strlen(unit_forms[i].form);
		return true;
	}
	return false;
}

bool find_unit(struct finder *finder)
{
	struct unit_found found;
	if (finder->published.precision == DATE_NONE)
		return false;
	for (size_t i = 0; i < FORM_COUNT; i++) {
		const char *form = unit_forms[i].form;
		const int place = -(int)(strchr(form, LEX_UNIT) - form);
		if (!is_unit_form(finder, &unit_forms[i], place))
			continue;
		return resolve(finder, &unit_forms[i], place, &found) &&
		       finder_add(finder, window_at(&finder->window, place)->start,
				  window_at(&finder->window, found.behind - 1)->end, found.date,
				  true, found.confidence);
	}
	return false;
}

/* ---- yesterday, today, tomorrow ---- */

/* "today" is as often these days as this day; the day it is right beside what was said or done: "announced today". */
static bool is_this_day(struct finder *finder)
{
	const char before = window_at(&finder->window, -1)->class;
	if (finder->window.middle.is_possessive || before == LEX_OF)
		return false;
	return before == LEX_EARLIER || before == LEX_LATER || is_past_verb(finder, -1) ||
	       is_past_verb(finder, 1);
}

/* Names of songs and papers have capitals where no sentence begins. */
static bool is_title_word(struct finder *finder)
{
	return finder->window.middle.is_capital && !finder->window.middle.is_all_capitals &&
	       !is_sentence_start(finder, 0);
}

bool find_near_day(struct finder *finder)
{
	struct window *window = &finder->window;
	const struct lexeme *day = &window->middle;
	int steps = day->value, first = 0;
	if (finder->published.precision != DATE_DAY || is_title_word(finder))
		return false;
	if (steps == 0 && !is_this_day(finder))
		return false;
	if (steps > 0 && day->is_possessive)
		return false;
	if ((steps < 0 && window_fits(window, -3, "tUb")) ||
	    (steps > 0 && window_fits(window, -3, "tUa"))) {
		first = -3;
		steps *= 2;
	}
	return finder_add(finder, window_at(window, first)->start, day->end,
			  calendar_day(finder->today + steps), true, steps ? 90 : 70);
}

/* ---- weekdays ---- */

static bool is_capital_with(const struct lexeme *lexeme, uint32_t flags)
{
	return lexeme->is_capital && lexeme->flags & flags;
}

/* "Black Friday", "Sunday Times", "Monday Night Football" */
static bool is_named(struct finder *finder)
{
	struct window *window = &finder->window;
	const struct lexeme *after = window_at(window, 1), *third = window_at(window, 2);
	/* A name in quotes: "Fox News Sunday". */
	if (after->class == LEX_MARK && after->is_tight && window_at(window, -1)->is_capital &&
	    window_at(window, -1)->class == LEX_WORD)
		return true;
	return is_capital_with(window_at(window, -1), WORD_NAMING) ||
	       is_capital_with(after, WORD_NAMED) ||
	       (after->class == LEX_UNIT && after->is_capital && third->is_capital &&
		third->class == LEX_WORD);
}

/* "every Tuesday", "on a Tuesday", "the Tuesday after", "the first Tuesday in May"; "a Tuesday interview" is one day. */
static bool is_any(struct finder *finder)
{
	struct window *window = &finder->window;
	const struct lexeme *before = window_at(window, -1), *after = window_at(window, 1);
	const bool is_plain_word = after->class == LEX_WORD && !after->is_capital &&
				   !(after->flags & (WORD_GOES_ON | WORD_BEFORE_DATE));
	if (after->flags & WORD_ANY && after->class == LEX_WORD)
		return true;
	if (before->class == LEX_NUMBER || before->class == LEX_DAY || before->class == LEX_THE)
		return !is_plain_word;
	if (before->class == LEX_LAST && window_at(window, -2)->class == LEX_THE)
		return true;
	return before->flags & WORD_ANY || before->class == LEX_FOLLOWING ||
	       before->class == LEX_PREVIOUS || after->class == LEX_AFTER ||
	       (after->class == LEX_BEFORE && before->class == LEX_THE);
}

/* "Monday through Friday" are the days of any week. */
static bool is_span_of_week(struct finder *finder)
{
	struct window *window = &finder->window;
	return window_fits(window, 0, "WxW") || window_fits(window, 0, "W-W") ||
	       window_fits(window, -2, "WxW") || window_fits(window, -2, "W-W");
}

/* The month's name behind it finds it. */
static bool is_part_of_date(struct finder *finder)
{
	static const char *const forms[] = { "W,Md", "WMd", "W,dM", "WdM", "W,tdfM", "WtdfM" };
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (window_fits(&finder->window, 0, forms[i]))
			return true;
	return false;
}

/* The days from today to the weekday: backward or ahead; `least` is the smallest distance. */
static int days_to(const struct finder *finder, int weekday, bool is_ahead, int least)
{
	const int now = calendar_weekday(finder->today);
	const int away = is_ahead ? (weekday - now + 7) % 7 : (now - weekday + 7) % 7;
	const int days = away < least ? away + 7 : away;
	return is_ahead ? days : -days;
}

/* "Tuesday last week", "Tuesday of next week" */
static bool is_of_week(struct finder *finder, int *weeks, int *last)
{
	struct window *window = &finder->window;
	const int place = window_at(window, 1)->class == LEX_OF ? 2 : 1;
	const char class = window_at(window, place)->class;
	const struct lexeme *unit = window_at(window, place + 1);
	if (unit->class != LEX_UNIT || unit->value != UNIT_WEEK ||
	    (class != LEX_LAST && class != LEX_NEXT && class != LEX_THIS))
		return false;
	*weeks = class == LEX_NEXT ? 1 : class == LEX_LAST ? -1 : 0;
	*last = place + 1;
	return true;
}

struct weekday_found {
	int days, first, last;
	unsigned confidence;
};

static void resolve_weekday(struct finder *finder, struct weekday_found *found)
{
	const int weekday = finder->window.middle.value;
	const char before = window_at(&finder->window, -1)->class;
	int weeks;
	*found = (struct weekday_found){ .confidence = 80 };
	if (is_of_week(finder, &weeks, &found->last)) {
		found->days = weekday - calendar_weekday(finder->today) + 7 * weeks;
		return;
	}
	const enum tense tense = tense_around(finder, 0, 0);
	const bool is_directed = before == LEX_LAST || before == LEX_NEXT || before == LEX_THIS;
	const bool is_ahead = before == LEX_NEXT || (before == LEX_THIS && tense != TENSE_PAST) ||
			      (before != LEX_LAST && tense == TENSE_FUTURE);
	found->days = days_to(finder, weekday, is_ahead,
			      before == LEX_LAST || before == LEX_NEXT ? 1 : 0);
	found->first = is_directed ? -1 : 0;
	if (!is_directed)
		found->confidence = tense == TENSE_PAST ? 80 : 70;
}

bool find_weekday(struct finder *finder)
{
	struct window *window = &finder->window;
	struct weekday_found found;
	if (finder->published.precision != DATE_DAY || window->middle.flags & WORD_SHORT ||
	    is_named(finder) || is_any(finder) || is_span_of_week(finder) || is_part_of_date(finder))
		return false;
	resolve_weekday(finder, &found);
	return finder_add(finder, window_at(window, found.first)->start,
			  window_at(window, found.last)->end,
			  calendar_day(finder->today + found.days), true, found.confidence);
}
