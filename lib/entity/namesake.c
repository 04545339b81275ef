#include "namesake.h"

#include "beside.h"

#include "dateline/letters.h"

#include <stdlib.h>

static bool text_has(struct str text, struct signs signs)
{
	for (size_t i = 0; i < signs.count; i++) {
		if (memmem(text.data, text.len, signs.items[i], strlen(signs.items[i])))
			return true;
	}
	return false;
}

/* ---- Amazon ---- */

static bool is_forest(struct str text)
{
	static const char *const forest[] = { "rain forest",   "rainforest",   "Amazon River",
					      "Amazon river",  "Amazon Basin", "Amazon basin",
					      "Amazon jungle", "deforest",     "Bolsonaro" };
	static const char *const land[] = { "Bolivia", "Brazil", "Colombia",
					    "Ecuador", "Peru",   "Venezuela" };
	static const char *const company[] = { "Amazon.com", "Apple",   "Bezos",    "Facebook",
					       "Google",     "Netflix", "Walmart",  "customers",
					       "employees",  "online",  "retailer", "warehouse" };
	return text_has(text, SIGNS(forest)) ||
	       (text_has(text, SIGNS(land)) && !text_has(text, SIGNS(company)));
}

static bool is_company(const struct names *names, const struct spot *spot)
{
	static const char *const rivers[] = { "in the ", "of the ", "along the ", "up the " };
	static const char *const ends[] = { ".", ",", ";", " and " };
	return !ends_in_any(text_before(names, spot), SIGNS(rivers)) ||
	       !begins_with_any(text_behind(names, spot), SIGNS(ends));
}

/* ---- Atlantic ---- */

/* "across the Atlantic", "the Atlantic coast" */
static bool is_ocean(const struct names *names, const struct spot *spot)
{
	static const char *const fronts[] = { "across the ", "sides of the ", "side of the ",
					      "over the ",   "crossed the ",  "crossing the ",
					      "cross the ",  "Pacific and ",  "North ",
					      "South ",      "Mid-",          "mid-" };
	static const char *const tails[] = { " Ocean",           " ocean",     " and Pacific",
					     " and the Pacific", " coast",     " Coast",
					     " fleet",           " hurricane", " region",
					     " shoreline",       " seaboard",  " storm" };
	return ends_in_any(text_before(names, spot), SIGNS(fronts)) ||
	       begins_with_any(text_behind(names, spot), SIGNS(tails));
}

/* "told The Atlantic": the capital of an article that begins no sentence. */
static bool is_titled(struct str text)
{
	if (!str_ends_in(text, " The ") || text.len < sizeof(" The "))
		return false;
	const char last = text.data[text.len - sizeof(" The ")];
	return is_lower(last) || last == ',';
}

/* "Atlantic's Jane Doe" */
static bool is_employer(struct str text)
{
	static const char *const ends[] = { "'s ", "\u2018s ", "\u2019s " };
	const struct str name = behind_any(text, SIGNS(ends));
	return name.len && is_upper(*name.data);
}

static bool is_cited(const struct names *names, const struct spot *spot)
{
	static const char *const fronts[] = {
		"told the ",       "reported by the ", "published by the ", "according to the ",
		"Writing in the ", "writing in the ",  "writes in the ",    "out in the ",
		" at the ",        "editor of the ",   "editor for the ",   "writer for the ",
	};
	static const char *const tails[] = {
		" article",  " contribut", " correspondent", " editor",   " interview",
		" magazine", " published", " reported",      " reporter", " reports",
		" staff",    " story",     " writer",        " writes",   " wrote",
	};
	const struct str front = text_before(names, spot), tail = text_behind(names, spot);
	return is_titled(front) || is_employer(tail) || ends_in_any(front, SIGNS(fronts)) ||
	       begins_with_any(tail, SIGNS(tails));
}

/* ---- the Hill ---- */

/* "on the Hill": Congress, and not the newspaper. */
static bool is_capitol(const struct names *names, const struct spot *spot)
{
	static const char *const fronts[] = { "across the ", "around the ", "off the ",
					      "on the ",     "to the ",     "On the " };
	static const char *const papers[] = {
		"according to the ", "comment to the ", "confirmed to the ", "interview to the ",
		"said to the ",      "speak to the ",   "speaking to the ",  "speaks to the ",
		"spoke to the ",     "spoken to the ",  "statement to the ", "talk to the ",
		"talked to the ",    "talking to the ", "talks to the ",     "told to the "
	};
	const struct str front = text_before(names, spot);
	return ends_in_any(front, SIGNS(fronts)) && !ends_in_any(front, SIGNS(papers));
}

static void find_capitol(struct names *names, uint32_t hill)
{
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (spot->form != hill || spot->kind != KIND_ORG || !is_capitol(names, spot))
			continue;
		const uint32_t capitol = names_form(names, STR("capitol hill"), STR("Capitol Hill"));
		spot->form = capitol;
		spot->kind = KIND_PLACE;
		names->forms[capitol].kind = KIND_PLACE;
		names->forms[capitol].count++;
	}
}

/* ---- Fast and Furious ---- */

/* Of the film of that name there is no talk of guns that were sold. */
static bool is_about_guns(struct str text)
{
	static const char *const signs[] = { "ATF",         "Eric Holder", "Operation Fast",
					     "gun-walking", "gunrunning",  "straw purchase" };
	return text_has(text, SIGNS(signs));
}

static void find_operation(struct names *names, uint32_t film)
{
	const uint32_t operation = names_form(names, STR("operation fast and furious"),
					      STR("Operation Fast and Furious"));
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (spot->form != film || !spot->kind)
			continue;
		spot->form = operation;
		spot->kind = KIND_OTHER;
		names->forms[operation].kind = KIND_OTHER;
		names->forms[operation].count++;
	}
}

/* ---- all ---- */

typedef bool (*spot_test)(const struct names *names, const struct spot *spot);

static bool any_spot(const struct names *names, uint32_t form, spot_test test)
{
	for (size_t i = 0; i < names->spot_count; i++) {
		const struct spot *spot = &names->spots[i];
		if (spot->form == form && spot->kind == KIND_PLACE && test(names, spot))
			return true;
	}
	return false;
}

/* Of the form all spots that the test is `wanted` of. */
static void make_orgs(struct names *names, uint32_t form, spot_test test, bool wanted)
{
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (spot->form != form || spot->kind != KIND_PLACE || test(names, spot) != wanted)
			continue;
		spot->kind = KIND_ORG;
		names->forms[form].kind = KIND_ORG;
	}
}

void namesake_resolve(struct names *names)
{
	const uint32_t amazon = intern_find(&names->keys, STR("amazon"));
	const uint32_t atlantic = intern_find(&names->keys, STR("atlantic"));
	const uint32_t hill = intern_find(&names->keys, STR("hill"));
	const uint32_t film = intern_find(&names->keys, STR("fast and furious"));
	if (amazon != INTERN_NONE && !is_forest(names->text))
		make_orgs(names, amazon, is_company, true);
	if (atlantic != INTERN_NONE && any_spot(names, atlantic, is_cited))
		make_orgs(names, atlantic, is_ocean, false);
	if (hill != INTERN_NONE)
		find_capitol(names, hill);
	if (film != INTERN_NONE && is_about_guns(names->text))
		find_operation(names, film);
}
