#include "presidents.h"

#include "beside.h"
#include "trim.h"
#include "word_list.h"

#include <stdlib.h>

/* From the year of its publication on, an article of that surname alone means one of them. */
struct era {
	int first, last;
	bool is_other;
};

/* Two people of one surname. */
struct namesakes {
	const char *key;
	const char *president, *president_key;
	const char *other, *other_key;
	const struct era *eras;
	size_t era_count;
};

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

static const struct namesakes bushes = {
	"bush",
	"George W. Bush",
	"george w bush",
	"George H.W. Bush",
	"george h w bush",
	eras_of_bush,
	sizeof(eras_of_bush) / sizeof(*eras_of_bush),
};
static const struct namesakes clintons = {
	"clinton",
	"Bill Clinton",
	"bill clinton",
	"Hillary Clinton",
	"hillary clinton",
	eras_of_clinton,
	sizeof(eras_of_clinton) / sizeof(*eras_of_clinton),
};

#define KNOWN_SINCE 1977   /* what is older means none of the four, whatever it says */
#define YOUNGER_SINCE 2001 /* before, "President Bush" is the father */

/* ---- what stands beside it ---- */

/* Behind the name and its "'s" or hyphen. */
static struct str words_behind(const struct names *names, const struct spot *spot)
{
	static const char *const links[] = { "'s ", "\u2019s ", "-", " " };
	return behind_any(text_behind(names, spot), SIGNS(links));
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
	return ends_in_any(text_before(names, spot), SIGNS(fronts)) ||
	       begins_with_any(words_behind(names, spot), SIGNS(tails));
}

/* "Vice President Bush": only the father was one. */
static bool is_vice_president(const struct names *names, const struct spot *spot)
{
	static const char *const fronts[] = { "Vice President ", "vice president ",
					      "Vice-President ", "vice-president " };
	return ends_in_any(text_before(names, spot), SIGNS(fronts));
}

/* "Mr. Clinton", "Governor Clinton" */
static bool is_husband(const struct names *names, const struct spot *spot)
{
	static const char *const fronts[] = { "Mr. ", "Mr ", "Gov. ", "Gov ", "Governor " };
	return ends_in_any(text_before(names, spot), SIGNS(fronts));
}

/* "Secretary Clinton", "Clinton's emails" */
static bool is_candidate(const struct names *names, const struct spot *spot)
{
	static const char *const fronts[] = { "Mrs. ", "Mrs ", "Ms. ",       "Ms ",
					      "Sen. ", "Sen ", "Secretary ", "Senator " };
	static const char *const tails[] = { "aide",   "camp",   "donors",     "email",
					     "emails", "server", "supporters", "voters" };
	return ends_in_any(text_before(names, spot), SIGNS(fronts)) ||
	       begins_with_any(words_behind(names, spot), SIGNS(tails));
}

/* "Dr. Bush", "Officer Clinton": somebody else. But "Mr. Bush" and "former Bush aides" tell nothing. */
static bool has_other_title(const struct names *names, const struct spot *spot)
{
	static const char *const open[] = { "Mr", "Mr.", "candidate", "former", "leader" };
	const struct str front = text_before(names, spot);
	if (!front.len || front.data[front.len - 1] != ' ')
		return false;
	const struct str title = trim_last_word((struct str){ front.data, front.len - 1 });
	return !is_any(title, SIGNS(open)) && !memchr(title.data, '-', title.len) &&
	       word_list_has(WORD_TITLE, title);
}

/* ---- who is meant ---- */

enum who { WHO_UNKNOWN, WHO_PRESIDENT, WHO_OTHER, WHO_NOBODY, WHO_COUNT };

/* Whom the words beside it make it. */
static enum who sign_of_bush(const struct names *names, const struct spot *spot)
{
	if (is_vice_president(names, spot))
		return WHO_OTHER;
	if (is_president(names, spot))
		return names->year && names->year < YOUNGER_SINCE ? WHO_OTHER : WHO_PRESIDENT;
	return has_other_title(names, spot) ? WHO_NOBODY : WHO_UNKNOWN;
}

static enum who sign_of_clinton(const struct names *names, const struct spot *spot)
{
	if (is_president(names, spot) || is_husband(names, spot))
		return WHO_PRESIDENT;
	if (is_candidate(names, spot))
		return WHO_OTHER;
	return has_other_title(names, spot) ? WHO_NOBODY : WHO_UNKNOWN;
}

typedef enum who (*spot_sign)(const struct names *names, const struct spot *spot);

static enum who who_by_year(const struct namesakes *namesakes, int year)
{
	for (size_t i = 0; i < namesakes->era_count; i++) {
		const struct era *era = &namesakes->eras[i];
		if (year >= era->first && year <= era->last)
			return era->is_other ? WHO_OTHER : WHO_PRESIDENT;
	}
	return WHO_UNKNOWN;
}

/* Surnames of the form that nothing else was found for, where the tagger itself saw a person. */
static bool is_open(const struct spot *spot, uint32_t form)
{
	return spot->form == form && spot->kind == KIND_PERSON && spot->thing == NAMES_NONE &&
	       spot->is_person;
}

/* Who is meant where no sign stands: whom most signs make it, else whom the year does. */
static enum who who_by_most(const struct names *names, uint32_t form, spot_sign sign_of,
			    enum who by_year)
{
	size_t votes[WHO_COUNT] = { 0 }, most = 0, second = 0;
	enum who best = WHO_UNKNOWN;
	for (size_t i = 0; i < names->spot_count; i++) {
		if (is_open(&names->spots[i], form))
			votes[sign_of(names, &names->spots[i])]++;
	}
	for (enum who who = WHO_PRESIDENT; who < WHO_COUNT; who++) {
		if (votes[who] > most) {
			second = most;
			most = votes[who];
			best = who;
		} else if (votes[who] > second) {
			second = votes[who];
		}
	}
	return most > second ? best : by_year;
}

#define SURE_MOST 75 /* percent, of each mention and of all together: they are one guess */

static uint32_t thing_of(struct names *names, const char *name, const char *key)
{
	const uint32_t full = names_form(names, str_from(key), str_from(name));
	uint32_t thing = names->forms[full].thing;
	if (thing == NAMES_NONE || names->things[thing].kind != KIND_PERSON) {
		thing = names_thing(names, KIND_PERSON, full);
		names->things[thing].most = SURE_MOST;
		names->forms[full].thing = thing;
	}
	return thing;
}

static void give_spot(struct names *names, struct spot *spot, const struct namesakes *namesakes,
		      enum who who)
{
	spot->thing = who == WHO_PRESIDENT
			      ? thing_of(names, namesakes->president, namesakes->president_key)
			      : thing_of(names, namesakes->other, namesakes->other_key);
	spot->rule = RULE_SHORT;
	if (spot->confidence > SURE_MOST)
		spot->confidence = SURE_MOST;
}

/* What means one person wherever it was seen means them as well where it was not. */
static void settle_form(struct names *names, uint32_t form)
{
	uint32_t thing = NAMES_NONE;
	for (size_t i = 0; i < names->spot_count; i++) {
		const struct spot *spot = &names->spots[i];
		if (spot->form != form || spot->kind == KIND_NONE)
			continue;
		if (spot->thing == NAMES_NONE || (thing != NAMES_NONE && spot->thing != thing))
			return;
		thing = spot->thing;
	}
	names->forms[form].thing = thing;
}

static void resolve(struct names *names, const struct namesakes *namesakes, spot_sign sign_of)
{
	const uint32_t form = intern_find(&names->keys, str_from(namesakes->key));
	/* Only where the article has nobody's fuller name for it. */
	if (form == INTERN_NONE || names->forms[form].thing != NAMES_NONE)
		return;
	const enum who rest = who_by_most(names, form, sign_of, who_by_year(namesakes, names->year));
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (!is_open(spot, form))
			continue;
		const enum who sign = sign_of(names, spot);
		const enum who who = sign == WHO_UNKNOWN ? rest : sign;
		if (who == WHO_PRESIDENT || who == WHO_OTHER)
			give_spot(names, spot, namesakes, who);
	}
	settle_form(names, form);
}

void presidents_resolve(struct names *names)
{
	if (names->year && names->year < KNOWN_SINCE)
		return;
	resolve(names, &bushes, sign_of_bush);
	resolve(names, &clintons, sign_of_clinton);
}
