#include "nobody.h"

#include "beside.h"
#include "called.h"
#include "trim.h"

#include "dateline/utf8.h"

/* A surname alone that means nobody whom the article names in full, and nobody who needs no fuller name. */
static bool is_bare(const struct names *names, const struct spot *spot)
{
	const struct form *form = &names->forms[spot->form];
	return spot->kind == KIND_PERSON && spot->thing == NAMES_NONE && !names_is_full(form) &&
	       !called_alone(form->key).len;
}

/* ---- cases ---- */

static void mark_party(struct names *names, struct str word)
{
	buffer_reset(&names->scratch);
	utf8_name_key(trim_name(KIND_PERSON, word), &names->scratch);
	const uint32_t form = intern_find(&names->keys, buffer_str(&names->scratch));
	if (form != INTERN_NONE)
		names->forms[form].is_party = true;
}

static void mark_cases(struct names *names, const char *mark)
{
	const size_t len = strlen(mark);
	const char *end = names->text.data + names->text.len;
	for (const char *at = names->text.data;
	     (at = memmem(at, (size_t)(end - at), mark, len)) != NULL; at += len - 1) {
		const struct str before = { names->text.data, (size_t)(at - names->text.data) };
		const struct str behind = { at + len, (size_t)(end - at) - len };
		mark_party(names, trim_last_word(before));
		mark_party(names, trim_first_word(behind));
	}
}

/* ---- towns ---- */

/* "Missouri", "Mo.", "New Jersey" */
static bool is_state(struct names *names, struct str words)
{
	static const char *const states[] = {
		"Alabama",        "Alaska",         "Arizona",
		"Arkansas",       "California",     "Colorado",
		"Connecticut",    "Delaware",       "Florida",
		"Idaho",          "Illinois",       "Indiana",
		"Iowa",           "Kansas",         "Kentucky",
		"Louisiana",      "Maine",          "Maryland",
		"Massachusetts",  "Michigan",       "Minnesota",
		"Mississippi",    "Missouri",       "Montana",
		"Nebraska",       "Nevada",         "New Hampshire",
		"New Jersey",     "New Mexico",     "New York",
		"North Carolina", "North Dakota",   "Ohio",
		"Oklahoma",       "Oregon",         "Pennsylvania",
		"Rhode Island",   "South Carolina", "South Dakota",
		"Tennessee",      "Texas",          "Utah",
		"Vermont",        "Virginia",       "Washington State",
		"West Virginia",  "Wisconsin",      "Wyoming"
	};
	buffer_reset(&names->scratch);
	utf8_name_key(words, &names->scratch);
	const struct called *called = called_find(buffer_str(&names->scratch), KIND_PLACE);
	return is_any(called ? str_from(called->name) : words, SIGNS(states));
}

static bool is_state_there(struct names *names, struct str words)
{
	return is_state(names, trim_name(KIND_PLACE, words)) || is_state(names, words);
}

#define SURE_OF_PERSON 80
#define STATE_MOST 32 /* bytes that are looked at */

/* "Ferguson, Missouri" */
static bool is_before_state(struct names *names, const struct spot *spot)
{
	const struct str text = names->text;
	if (spot->confidence >= SURE_OF_PERSON || spot->end + 2 >= text.len ||
	    memcmp(text.data + spot->end, ", ", 2) != 0)
		return false;
	struct str rest = { text.data + spot->end + 2, text.len - spot->end - 2 };
	rest.len = rest.len < STATE_MOST ? rest.len : STATE_MOST;
	const struct str first = trim_first_word(rest);
	if (first.len == rest.len)
		return is_state_there(names, first);
	const struct str behind = { first.data + first.len + 1, rest.len - first.len - 1 };
	const struct str two = { first.data, first.len + 1 + trim_first_word(behind).len };
	return is_state_there(names, first) || is_state_there(names, two);
}

static void mark_towns(struct names *names)
{
	for (size_t i = 0; i < names->spot_count; i++) {
		const struct spot *spot = &names->spots[i];
		if (is_bare(names, spot) && is_before_state(names, spot))
			names->forms[spot->form].is_town = true;
	}
}

/* ---- both ---- */

void nobody_resolve(struct names *names)
{
	/* Without names there is nobody to be told, and no need to go through the text. */
	if (!names->spot_count)
		return;
	mark_cases(names, " v. ");
	mark_cases(names, " vs. ");
	mark_cases(names, " v ");
	mark_towns(names);
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (!is_bare(names, spot))
			continue;
		const struct form *form = &names->forms[spot->form];
		if (form->is_party)
			spot->kind = KIND_NONE;
		else if (form->is_town ||
			 (form->is_both && form->sums[KIND_PLACE] > form->sums[KIND_PERSON]))
			spot->kind = KIND_PLACE;
	}
}
