#include "presidents.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

struct namesakes {
	const char *key;
	const char *president, *president_key;
	const char *other, *other_key;
};

/* From the year of its publication on, an article of that surname alone means one of them. */
struct era {
	int first, last;
	bool is_other;
};

static const struct namesakes bushes = { "bush", "George W. Bush", "george w bush",
					 "George H.W. Bush", "george h w bush" };
static const struct namesakes clintons = { "clinton", "Bill Clinton", "bill clinton",
					   "Hillary Clinton", "hillary clinton" };

/* In 2015 and 2016 Jeb Bush was a candidate, too. */
static const struct era eras_of_bush[] = {
	{ 1977, 1993, true },
	{ 2001, 2014, false },
	{ 2017, 9999, false },
};
static const struct era eras_of_clinton[] = {
	{ 1991, 2000, false },
	{ 2015, 9999, true },
};

/* ---- what stands beside it ---- */

static bool ends_in(struct str text, const char *const *signs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t len = strlen(signs[i]);
		if (text.len >= len && memcmp(text.data + text.len - len, signs[i], len) == 0)
			return true;
	}
	return false;
}

static bool begins_with(struct str text, const char *const *signs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t len = strlen(signs[i]);
		if (text.len >= len && memcmp(text.data, signs[i], len) == 0)
			return true;
	}
	return false;
}

/* Behind the name and its "'s" or hyphen. */
static struct str words_behind(const struct names *names, const struct spot *spot)
{
	static const char *const links[] = { "'s ", "\u2019s ", "-", " " };
	const struct str behind = { names->text.data + spot->end, names->text.len - spot->end };
	for (size_t i = 0; i < COUNT(links); i++) {
		const size_t len = strlen(links[i]);
		if (behind.len > len && memcmp(behind.data, links[i], len) == 0)
			return (struct str){ behind.data + len, behind.len - len };
	}
	return STR("");
}

/* "President Bush", "the Clinton years", "Bush-era" */
static bool is_president(const struct names *names, const struct spot *spot)
{
	static const char *const fronts[] = { "President ", "president ", "Presidents ",
					      "presidents " };
	static const char *const tails[] = { "White House", "administration", "appointee",
					     "era",         "impeachment",    "judges",
					     "presidency",  "presidents",     "tax cuts",
					     "years" };
	const struct str before = { names->text.data, spot->start };
	return ends_in(before, fronts, COUNT(fronts)) ||
	       begins_with(words_behind(names, spot), tails, COUNT(tails));
}

/* "Secretary Clinton", "Clinton's emails" */
static bool is_candidate(const struct names *names, const struct spot *spot)
{
	static const char *const fronts[] = { "Mrs. ", "Mrs ", "Ms. ",       "Ms ",
					      "Sen. ", "Sen ", "Secretary ", "Senator " };
	static const char *const tails[] = { "aide",   "camp",   "donors",     "email",
					     "emails", "server", "supporters", "voters" };
	const struct str before = { names->text.data, spot->start };
	return ends_in(before, fronts, COUNT(fronts)) ||
	       begins_with(words_behind(names, spot), tails, COUNT(tails));
}

/* ---- who is meant ---- */

struct votes {
	size_t president, candidate;
};

static struct votes count_votes(const struct names *names, uint32_t form)
{
	struct votes votes = { 0 };
	for (size_t i = 0; i < names->spot_count; i++) {
		const struct spot *spot = &names->spots[i];
		if (spot->form != form || spot->kind != KIND_PERSON)
			continue;
		votes.president += is_president(names, spot);
		votes.candidate += is_candidate(names, spot);
	}
	return votes;
}

static const struct era *find_era(const struct era *eras, size_t count, int year)
{
	for (size_t i = 0; i < count; i++) {
		if (year >= eras[i].first && year <= eras[i].last)
			return &eras[i];
	}
	return NULL;
}

#define SURE_MOST 75 /* percent */

static void give_all(struct names *names, uint32_t form, const char *name, const char *key)
{
	const uint32_t full = names_form(names, str_from(key), str_from(name));
	const uint32_t thing = names_thing(names, KIND_PERSON, full);
	names->forms[full].thing = thing;
	names->forms[form].thing = thing;
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (spot->form != form || spot->kind != KIND_PERSON || spot->thing != NAMES_NONE)
			continue;
		spot->thing = thing;
		spot->rule = RULE_SHORT;
		if (spot->confidence > SURE_MOST)
			spot->confidence = SURE_MOST;
	}
}

/* The surname, when the article has nobody's fuller name for it. */
static uint32_t find_alone(struct names *names, const char *key)
{
	const uint32_t form = intern_find(&names->keys, str_from(key));
	if (form == INTERN_NONE || names->forms[form].thing != NAMES_NONE)
		return INTERN_NONE;
	return form;
}

static void resolve_bush(struct names *names)
{
	const uint32_t form = find_alone(names, bushes.key);
	if (form == INTERN_NONE)
		return;
	const struct era *era = find_era(eras_of_bush, COUNT(eras_of_bush), names->year);
	if (era ? era->is_other : names->year && names->year < 2001)
		give_all(names, form, bushes.other, bushes.other_key);
	else if (era || count_votes(names, form).president)
		give_all(names, form, bushes.president, bushes.president_key);
}

static void resolve_clinton(struct names *names)
{
	const uint32_t form = find_alone(names, clintons.key);
	if (form == INTERN_NONE)
		return;
	const struct era *era = find_era(eras_of_clinton, COUNT(eras_of_clinton), names->year);
	const struct votes votes = count_votes(names, form);
	if (votes.president != votes.candidate ? votes.president > votes.candidate
					       : era && !era->is_other)
		give_all(names, form, clintons.president, clintons.president_key);
	else if (votes.candidate || era)
		give_all(names, form, clintons.other, clintons.other_key);
}

void presidents_resolve(struct names *names)
{
	resolve_bush(names);
	resolve_clinton(names);
}
