/*
 * Dates that have the name of a month. The forms are tried in order, at the place where the window's middle is their M; then
 * what is known of the year and of the neighbours decides.
 */
#include "when_finder.h"

/* Written out; with a year that was guessed; a month alone whose name is hardly anything else, or may be. */
#define SURE_DAY 98
#define SURE_MONTH 95
#define GUESSED_DAY 85
#define GUESSED_MONTH 70
#define BARE_MONTH 60

static const char *const forms[] = {
	"dxdMY", "d-dMY", "d&dMY", "Md-d,Y", "Md-dY", "Mdxd,Y", "MdxdY", "Md&d,Y", "Md&dY",
	"dfM,Y", "dfMY",  "dM,Y",  "dMY",    "Md,Y",  "MdY",    "Mtd,Y", "MtdY",   "d-M-Y",
	"d/M/Y", "MfY",   "M,Y",   "MY",     "d-dM",  "dxdM",   "d&dM",  "Md-d",   "Mdxd",
	"Md&d",  "dfM",   "Mtd",   "Md",     "dM",    "M",
};

/* A form that fits: places in the window. */
struct fit {
	const char *form;
	int first, last;     /* of its lexemes */
	int day, second_day; /* 0: none (the middle is the month) */
	int year;
};

static int place_of(const struct fit *fit, const char *at)
{
	return at ? fit->first + (int)(at - fit->form) : 0;
}

static void place_fit(const char *form, struct fit *fit)
{
	*fit = (struct fit){ .form = form };
	fit->first = -(int)(strchr(form, LEX_MONTH) - form);
	fit->last = fit->first + (int)strlen(form) - 1;
	const char *day = strchr(form, LEX_DAY);
	fit->day = place_of(fit, day);
	fit->second_day = place_of(fit, day ? strchr(day + 1, LEX_DAY) : NULL);
	fit->year = place_of(fit, strchr(form, LEX_YEAR));
}

/* ---- what stands beside ---- */

static bool is_tight_dash(const struct lexeme *lexeme)
{
	return lexeme->class == LEX_DASH && lexeme->is_tight;
}

/* "15-year-old", "20 people", "20%" and "10/12" are no days. */
static bool is_amount(struct finder *finder, int place)
{
	struct window *window = &finder->window;
	const struct lexeme *after = window_at(window, place + 1);
	if (after->flags & WORD_COUNTED)
		return true;
	if (is_tight_dash(after)) {
		const char class = window_at(window, place + 2)->class;
		return window_at(window, place + 2)->is_tight && class != LEX_DAY &&
		       class != LEX_MONTH && class != LEX_YEAR;
	}
	return after->is_tight &&
	       (after->class == LEX_SLASH || (after->class == LEX_MARK && after->value == '%'));
}

/* The second day of "May 3 and 4" ends what is said of May. */
static bool is_range(struct finder *finder, const struct fit *fit)
{
	struct window *window = &finder->window;
	const struct lexeme *after = window_at(window, fit->last + 1);
	return window_at(window, fit->second_day)->value > window_at(window, fit->day)->value &&
	       (fit->year || after->class != LEX_WORD || after->flags & WORD_GOES_ON);
}

/* A number before a month is its day where the sentence has a place for a day: "on 6 March". */
static bool is_day_before(struct finder *finder, const struct fit *fit)
{
	const struct lexeme *day = window_at(&finder->window, fit->day);
	const struct lexeme *before = window_at(&finder->window, fit->day - 1);
	if (before->flags & (WORD_AMOUNT | WORD_LABEL) ||
	    (before->is_tight && before->class == LEX_MARK && before->value < 0x80 &&
	     before->value != '"' && before->value != '\''))
		return false;
	return day->is_ordinal || fit->year || before->class != LEX_WORD ||
	       before->flags & (WORD_GOES_ON | WORD_BEFORE_DATE);
}

/* "in March 2000 people died" */
static bool is_counting_year(struct finder *finder, const struct fit *fit)
{
	return window_at(&finder->window, fit->year)->value % 100 == 0 &&
	       window_at(&finder->window, fit->year + 1)->flags & WORD_COUNTED;
}

static bool is_fitting(struct finder *finder, const struct fit *fit)
{
	if (!window_fits(&finder->window, fit->first, fit->form))
		return false;
	if (fit->year && is_counting_year(finder, fit))
		return false;
	if (fit->day > 0 && !fit->year &&
	    is_amount(finder, fit->second_day ? fit->second_day : fit->day))
		return false;
	if (fit->day < 0 && !is_day_before(finder, fit))
		return false;
	return !fit->second_day || is_range(finder, fit);
}

/* ---- a month alone ---- */

/* Names of people, verbs and short words that are months too. */
static bool is_also_a_name(const struct lexeme *month)
{
	static const bool also[13] = { [3] = true, [4] = true, [5] = true, [6] = true, [8] = true };
	return also[month->value] || month->flags & WORD_SHORT;
}

static bool is_name_beside(struct finder *finder)
{
	struct window *window = &finder->window;
	const struct lexeme *before = window_at(window, -1), *after = window_at(window, 1);
	if (before->flags & WORD_TITLE)
		return true;
	const bool is_forename = before->class == LEX_WORD && before->is_capital &&
				 !before->is_all_capitals && !before->flags &&
				 !is_sentence_start(finder, -1);
	const bool is_surname = after->class == LEX_WORD && after->is_capital &&
				!after->is_all_capitals && !after->flags;
	return is_forename || (is_surname && !(before->flags & WORD_DATES));
}

static bool is_bare_month(struct finder *finder)
{
	struct window *window = &finder->window;
	const struct lexeme *month = &window->middle, *before = window_at(window, -1);
	const bool is_part = is_tight_dash(before) && window_at(window, -2)->flags & WORD_PART;
	if (is_part || before->flags & WORD_DATES || before->class == LEX_LAST)
		return !(month->is_all_capitals && is_also_a_name(month) &&
			 before->class == LEX_THIS);
	if (is_tight_dash(before) || before->class == LEX_THE)
		return false;
	if (is_name_beside(finder)) {
		finder->is_somebody[month->value] = true;
		return false;
	}
	if (!is_also_a_name(month))
		return true;
	return before->flags & WORD_BEFORE_DATE && !finder->is_somebody[month->value] &&
	       !month->is_all_capitals && !(month->flags & WORD_SHORT);
}

/* ---- the year ---- */

/* What is said of a month's year, beside a year in digits. */
struct year_said {
	int year;
	bool is_known;
	bool is_relative;
	int first, last; /* what belongs to the date now */
	unsigned confidence;
};

/* "July of last year", "July 5 a year ago" */
static bool is_year_behind(struct finder *finder, const struct fit *fit, struct year_said *said)
{
	const char class = window_at(&finder->window, fit->last + 1)->class;
	const int place = fit->last + 1 + (class == LEX_OF || class == LEX_COMMA);
	int behind;
	if (!relative_year_at(finder, place, &said->year, &behind))
		return false;
	said->last = behind - 1;
	said->is_known = said->year != 0;
	said->is_relative = true;
	said->confidence = fit->day ? GUESSED_DAY : 88;
	return true;
}

/* "last July": the one before this month; "next July": the one after it. */
static bool is_directed(struct finder *finder, struct year_said *said)
{
	const struct lexeme *before = window_at(&finder->window, -1);
	const int month = finder->window.middle.value, now = finder->published.month;
	said->year = finder->published.year;
	if (finder->published.precision < DATE_MONTH)
		return false;
	if (before->class == LEX_LAST)
		said->year -= month >= now;
	else if (before->class == LEX_NEXT)
		said->year += month <= now;
	else if (before->class != LEX_THIS)
		return false;
	said->first = -1;
	said->is_known = said->is_relative = true;
	said->confidence = 80;
	return true;
}

static int weekday_before(struct finder *finder, int *first)
{
	const char class = window_at(&finder->window, *first - 1)->class;
	const int place = *first - 1 - (class == LEX_COMMA || class == LEX_THE);
	if (window_at(&finder->window, place)->class != LEX_WEEKDAY)
		return -1;
	*first = place;
	return window_at(&finder->window, place)->value;
}

/* "the Sept. 11 attacks", "since Sept. 11", "the aftermath of September 11" */
static bool is_terror(struct finder *finder, const struct fit *fit, int first)
{
	if (finder->window.middle.value != 9 || !fit->day ||
	    window_at(&finder->window, fit->day)->value != 11)
		return false;
	const struct lexeme *before = window_at(&finder->window, first - 1);
	const struct lexeme *after = window_at(&finder->window, fit->last + 1);
	return (before->flags | after->flags) & WORD_TERROR || before->class == LEX_OF ||
	       before->class == LEX_AFTER;
}

static void say_year(struct finder *finder, const struct fit *fit, struct year_said *said)
{
	struct window *window = &finder->window;
	*said = (struct year_said){ .first = fit->first, .last = fit->last };
	const int weekday = fit->day ? weekday_before(finder, &said->first) : -1;
	if (fit->year) {
		said->year = window_at(window, fit->year)->value;
		said->is_known = true;
		said->confidence = fit->day ? SURE_DAY : SURE_MONTH;
		return;
	}
	if (is_year_behind(finder, fit, said) || (!fit->day && is_directed(finder, said)))
		return;
	if (weekday < 0 && is_terror(finder, fit, said->first)) {
		said->year = 2001;
		said->is_known = true;
		said->confidence = GUESSED_DAY;
		return;
	}
	said->is_relative = true;
	const int day = fit->day ? window_at(window, fit->day)->value : 0;
	const enum tense tense = tense_around(finder, said->first, said->last);
	said->is_known = guess_year(finder, window->middle.value, day, weekday, tense, &said->year);
	said->confidence = day                               ? GUESSED_DAY
			   : is_also_a_name(&window->middle) ? BARE_MONTH
							     : GUESSED_MONTH;
}

/* ---- a year that is said once for two ---- */

static bool is_link(struct finder *finder, int first, uint32_t end)
{
	const struct lexeme *before = window_at(&finder->window, first - 1);
	if (before->class == LEX_COMMA)
		before = window_at(&finder->window, first - 2);
	return (before->class == LEX_TO || before->class == LEX_AND || before->class == LEX_DASH) &&
	       before->start >= end && before->start <= end + 2;
}

static struct date make_date(int year, int month, int day)
{
	return (struct date){
		.year = (int16_t)year,
		.month = (uint8_t)month,
		.day = (uint8_t)day,
		.precision = day ? DATE_DAY : DATE_MONTH,
	};
}

/* "from May 3 to July 5, 2010": the first takes the year of the second, or the one before when it is later in the year. */
static void close_open(struct finder *finder, int year, int month, int day)
{
	const struct open_date *open = &finder->open;
	const int own = year - (open->month > month || (open->month == month && open->day > day));
	const struct date date = make_date(own, open->month, open->day);
	if (open->day && !date_is_valid(own, open->month, open->day))
		return;
	if (open->place == NOT_LISTED) {
		finder_add(finder, open->start, open->end, date, false, GUESSED_DAY);
		return;
	}
	struct when *when = &finder->list->items[open->place];
	when->date = date;
	when->is_relative = false;
}

/* "from May 3, 2010, to July 5": the second is of the same year, or of the next. */
static bool is_continued(struct finder *finder, int first, int month, int *year)
{
	const struct when_list *list = finder->list;
	if (list->count == finder->first)
		return false;
	const struct when *before = &list->items[list->count - 1];
	if (before->date.precision < DATE_MONTH || before->is_relative ||
	    !is_link(finder, first, before->end))
		return false;
	*year = before->date.year + (before->date.month > month);
	return true;
}

/* ---- adding ---- */

static void add_fit(struct finder *finder, const struct fit *fit, const struct year_said *said)
{
	struct window *window = &finder->window;
	const int month = window->middle.value;
	const int day = fit->day ? window_at(window, fit->day)->value : 0;
	const uint32_t start = window_at(window, said->first)->start;
	const uint32_t end = window_at(window, said->last)->end;
	if (!fit->second_day) {
		finder_add(finder, start, end, make_date(said->year, month, day), said->is_relative,
			   said->confidence);
		return;
	}
	const int second = window_at(window, fit->second_day)->value;
	const bool is_month_first = fit->day > 0;
	finder_add(finder, start, window_at(window, fit->day)->end,
		   make_date(said->year, month, day), said->is_relative, said->confidence);
	finder_add(finder, window_at(window, fit->second_day)->start,
		   is_month_first ? end : window_at(window, said->last)->end,
		   make_date(said->year, month, second), said->is_relative, said->confidence);
}

static void open_date(struct finder *finder, const struct fit *fit, const struct year_said *said)
{
	struct window *window = &finder->window;
	const bool is_listed = said->is_known;
	finder->open = (struct open_date){
		.start = window_at(window, said->first)->start,
		.end = window_at(window, said->last)->end,
		.month = (uint8_t)window->middle.value,
		.day = fit->day ? (uint8_t)window_at(window, fit->day)->value : 0,
		.place = is_listed ? finder->list->count - 1 : NOT_LISTED,
	};
}

static bool add_month(struct finder *finder, const struct fit *fit)
{
	struct year_said said;
	const size_t before = finder->list->count;
	const int month = finder->window.middle.value;
	say_year(finder, fit, &said);
	if (window_at(&finder->window, said.first)->start < finder->seen)
		said.first = fit->first;
	if (fit->year && finder->open.end && is_link(finder, said.first, finder->open.end))
		close_open(finder, said.year, month,
			   fit->day ? window_at(&finder->window, fit->day)->value : 0);
	else if (said.is_relative && is_continued(finder, said.first, month, &said.year))
		said.is_known = true, said.is_relative = false;
	if (said.is_known)
		add_fit(finder, fit, &said);
	const bool is_added = finder->list->count > before;
	finder->open = (struct open_date){ .place = NOT_LISTED };
	if (said.is_relative && !fit->second_day && said.is_known == is_added)
		open_date(finder, fit, &said);
	return is_added;
}

bool find_month(struct finder *finder)
{
	struct fit fit;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		place_fit(forms[i], &fit);
		if (!is_fitting(finder, &fit) ||
		    window_at(&finder->window, fit.first)->start < finder->seen)
			continue;
		if (!fit.day && !fit.year && !is_bare_month(finder))
			return false;
		return add_month(finder, &fit);
	}
	return false;
}
