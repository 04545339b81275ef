#include "namesake.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static bool text_has(struct str text, const char *const *signs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (memmem(text.data, text.len, signs[i], strlen(signs[i])))
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

static bool ends_in(struct str text, const char *const *signs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t len = strlen(signs[i]);
		if (text.len >= len && memcmp(text.data + text.len - len, signs[i], len) == 0)
			return true;
	}
	return false;
}

static struct str before(const struct names *names, const struct spot *spot)
{
	return (struct str){ names->text.data, spot->start };
}

static struct str behind(const struct names *names, const struct spot *spot)
{
	return (struct str){ names->text.data + spot->end, names->text.len - spot->end };
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
	return text_has(text, forest, COUNT(forest)) ||
	       (text_has(text, land, COUNT(land)) && !text_has(text, company, COUNT(company)));
}

static bool is_company(const struct names *names, const struct spot *spot)
{
	static const char *const rivers[] = { "in the ", "of the ", "along the ", "up the " };
	static const char *const ends[] = { ".", ",", ";", " and " };
	return !ends_in(before(names, spot), rivers, COUNT(rivers)) ||
	       !begins_with(behind(names, spot), ends, COUNT(ends));
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
	return ends_in(before(names, spot), fronts, COUNT(fronts)) ||
	       begins_with(behind(names, spot), tails, COUNT(tails));
}

/* "told The Atlantic": the capital of an article that begins no sentence. */
static bool is_titled(struct str text)
{
	static const char *const article[] = { " The " };
	if (!ends_in(text, article, COUNT(article)) || text.len < sizeof(" The "))
		return false;
	const char last = text.data[text.len - sizeof(" The ")];
	return (last >= 'a' && last <= 'z') || last == ',';
}

/* "Atlantic's Jane Doe" */
static bool is_employer(struct str text)
{
	static const char *const ends[] = { "'s ", "\u2018s ", "\u2019s " };
	for (size_t i = 0; i < COUNT(ends); i++) {
		const size_t len = strlen(ends[i]);
		if (text.len > len && memcmp(text.data, ends[i], len) == 0)
			return text.data[len] >= 'A' && text.data[len] <= 'Z';
	}
	return false;
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
	const struct str front = before(names, spot), tail = behind(names, spot);
	return is_titled(front) || is_employer(tail) || ends_in(front, fronts, COUNT(fronts)) ||
	       begins_with(tail, tails, COUNT(tails));
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
	const struct str front = before(names, spot);
	return ends_in(front, fronts, COUNT(fronts)) && !ends_in(front, papers, COUNT(papers));
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
	return text_has(text, signs, COUNT(signs));
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
