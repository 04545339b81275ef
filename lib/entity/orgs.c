#include "orgs.h"

#include "called.h"
#include "trim.h"
#include "word_list.h"

#include "dateline/letters.h"

#include <stdlib.h>

/* ---- letters ---- */

static bool is_small(struct str word)
{
	static const char *const small[] = { "and", "de", "des", "du", "et",  "for",
					     "in",  "la", "of",  "on", "the", "to" };
	for (size_t i = 0; i < sizeof(small) / sizeof(*small); i++) {
		if (str_equal(word, str_from(small[i])))
			return true;
	}
	return false;
}

#define LETTERS_MOST 8
#define SHORT_LESS 5 /* percent that a short name is less sure than the full one */

/* The first letters of the words of a key; small words are skipped, or counted. 0: too many. */
static size_t initials_of(struct str key, bool with_small, char out[LETTERS_MOST])
{
	size_t count = 0;
	for (size_t at = 0; at < key.len;) {
		const struct str word = trim_first_word((struct str){ key.data + at, key.len - at });
		at += word.len + 1;
		if (!word.len || *word.data == '&' || (!with_small && is_small(word)))
			continue;
		if (count == LETTERS_MOST)
			return 0;
		out[count++] = *word.data;
	}
	return count;
}

/* "ANC", "U.N.", "AT&T": capitals alone, two to seven. */
static bool is_acronym(struct str text, char out[LETTERS_MOST], size_t *len)
{
	*len = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i];
		if (c == '.')
			continue;
		if (c < 'A' || c > 'Z' || *len + 1 == LETTERS_MOST)
			return false;
		out[(*len)++] = to_lower(c);
	}
	return *len > 1;
}

/* ---- what the article spells out ---- */

static bool is_org_like(unsigned kind)
{
	return kind == KIND_ORG || kind == KIND_OTHER;
}

static uint32_t thing_of(struct names *names, uint32_t number)
{
	struct form *form = &names->forms[number];
	if (form->thing == NAMES_NONE) {
		const uint32_t thing = names_thing(names, form->kind, number);
		names->forms[number].thing = thing;
		return thing;
	}
	return form->thing;
}

/* The form is a short one of the thing. */
static void give_thing(struct names *names, uint32_t number, uint32_t thing)
{
	struct form *form = &names->forms[number];
	form->thing = thing;
	form->kind = (uint8_t)names->things[thing].kind;
}

static void link_letters(struct names *names, uint32_t form, bool with_small)
{
	char letters[LETTERS_MOST];
	const size_t count = initials_of(names->forms[form].key, with_small, letters);
	if (count < 2)
		return;
	struct link *link = links_of(&names->of_orgs, (struct str){ letters, count }, true);
	if (link->first == NAMES_NONE)
		link->first = form;
}

/* Is one of the names the other and more words? */
static bool is_longer(struct str one, struct str other)
{
	const struct str less = one.len < other.len ? one : other;
	const struct str more = one.len < other.len ? other : one;
	return more.len > less.len && memcmp(more.data, less.data, less.len) == 0 &&
	       more.data[less.len] == ' ';
}

/* The words by which a name may be called alone. "Hill Samuel" and "Hill Samuel Group" are one "Hill". */
static void link_words(struct names *names, uint32_t number)
{
	const struct form *form = &names->forms[number];
	const struct str words[] = { trim_first_word(form->key), trim_last_word(form->key) };
	for (size_t i = 0; i < 2; i++) {
		if (words[i].len < 3 || (i == 0 && word_list_has(WORD_COMMON, words[i])))
			continue;
		struct link *link = links_of(&names->of_orgs, words[i], true);
		const bool is_same = i == 0 && link->fore < LINK_SEVERAL &&
				     is_longer(form->key, names->forms[link->fore].key);
		if (!is_same)
			link_only(&link->fore, number);
	}
}

/* The links of all of a name but its first word. */
static struct link *link_of_tail(struct names *names, struct str key)
{
	const size_t first = trim_first_word(key).len + 1;
	return links_of(&names->of_orgs, (struct str){ key.data + first, key.len - first }, true);
}

/* The links of all of a name but its last word. */
static struct link *link_of_front(struct names *names, struct str key)
{
	const size_t last = trim_last_word(key).len + 1;
	return links_of(&names->of_orgs, (struct str){ key.data, key.len - last }, true);
}

/* The last word of names that are often called without it. */
static bool is_dispensable(const struct form *form)
{
	static const char *const words[] = { "accord",    "act",        "agreement",
					     "committee", "industries", "international",
					     "school",    "treaty" };
	const struct str last = trim_last_word(form->key);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (str_equal(last, str_from(words[i])))
			return true;
	}
	return false;
}

/* "Operation Desert Fox" */
static bool is_operation(const struct form *form)
{
	return form->kind == KIND_OTHER && str_equal(trim_first_word(form->key), STR("operation"));
}

/* The parts by which a name of three words or more may be called. */
static void link_parts(struct names *names, uint32_t number)
{
	const struct form *form = &names->forms[number];
	if (form->kind == KIND_ORG) {
		/* "Judiciary Committee" for the "Senate Judiciary Committee" */
		link_only(&link_of_tail(names, form->key)->fore, number);
		/* "International American" for "International American Homes", where it was not seen as an organisation itself */
		link_only(&link_of_front(names, form->key)->now, number);
	}
	if (is_operation(form))
		link_only(&link_of_tail(names, form->key)->fore, number);
	/* "Glass-Steagall" for the "Glass-Steagall Act", "House Oversight" for the "House Oversight Committee" */
	if (is_dispensable(form))
		link_only(&link_of_front(names, form->key)->fore, number);
}

static void link_full_names(struct names *names)
{
	char letters[LETTERS_MOST];
	size_t len;
	for (uint32_t i = 0; i < names->form_count; i++) {
		if (!is_org_like(names->forms[i].kind) || !names_is_full(&names->forms[i]) ||
		    is_acronym(names->forms[i].text, letters, &len))
			continue;
		link_letters(names, i, false);
		link_letters(names, i, true);
		if (names->forms[i].kind == KIND_ORG)
			link_words(names, i);
		if (names->forms[i].words > 2)
			link_parts(names, i);
	}
}

static bool is_place_word(struct names *names, struct str word)
{
	return sight_listed(names->sight, word) & LISTED_PLACE;
}

/* Two letters that are well known are not taken for something else without need. */
#define SURE_LETTERS 3

static void resolve_acronym(struct names *names, uint32_t number, struct str letters, bool is_known)
{
	const struct link *link = links_of(&names->of_orgs, letters, false);
	if (link && link->first != NAMES_NONE && (!is_known || letters.len >= SURE_LETTERS))
		give_thing(names, number, thing_of(names, link->first));
}

static bool is_first_word(const struct names *names, uint32_t full, uint32_t word)
{
	return str_equal(trim_first_word(names->forms[full].key), names->forms[word].key);
}

/* "the Hill", "The Hill": so is always written what is called "The Hill", and no company. */
static bool has_article(const struct names *names, uint32_t form)
{
	const size_t len = strlen("the ");
	for (size_t i = 0; i < names->spot_count; i++) {
		const struct spot *spot = &names->spots[i];
		if (spot->form != form || spot->start < len)
			continue;
		const char *before = names->text.data + spot->start - len;
		if (memcmp(before + 1, "he ", len - 1) == 0 && (*before == 't' || *before == 'T'))
			return true;
	}
	return false;
}

/*
 * "Hill" beside "Hill Samuel Group Plc": that company, and not what is well known by the word. But beside "Amazon Web Services",
 * which is not written as a company, Amazon stays what it is.
 */
static bool is_spelled_out(const struct names *names, uint32_t number, const struct called *called,
			   uint32_t full)
{
	if (full >= LINK_SEVERAL || full == number || names_is_full(&names->forms[number]) ||
	    (called->how != CALLED_SAME && called->how != CALLED_GROUP) ||
	    !is_first_word(names, full, number))
		return false;
	return names->forms[full].is_company ||
	       (strncmp(called->name, "The ", strlen("The ")) == 0 && !has_article(names, number));
}

static void resolve_short(struct names *names, uint32_t number)
{
	const struct form *form = &names->forms[number];
	const struct called *called = called_find(form->key, form->kind);
	const struct link *link = links_of(&names->of_orgs, form->key, false);
	if (called && link && is_spelled_out(names, number, called, link->fore)) {
		give_thing(names, number, thing_of(names, link->fore));
		return;
	}
	char letters[LETTERS_MOST];
	size_t len;
	if (is_acronym(form->text, letters, &len)) {
		resolve_acronym(names, number, (struct str){ letters, len }, called);
		return;
	}
	if (called)
		return;
	if (link && link->fore < LINK_SEVERAL && link->fore != number &&
	    !is_place_word(names, form->key))
		give_thing(names, number, thing_of(names, link->fore));
	else if (link && form->kind == KIND_OTHER && names_is_full(form) &&
		 link->now < LINK_SEVERAL && link->now != number)
		give_thing(names, number, thing_of(names, link->now));
}

/* ---- in parentheses ---- */

/* Are the letters in the name, in that order, perhaps but one? "ISIS" in "Islamic State", "FSB" of the "Federal Security Service". */
static bool is_in_order(struct str letters, struct str name)
{
	size_t missing = 0;
	for (size_t at = 0, i = 0; i < letters.len; i++) {
		const char *found = memchr(name.data + at, letters.data[i], name.len - at);
		if (found)
			at = (size_t)(found - name.data) + 1;
		else
			missing++;
	}
	return *letters.data == *name.data && missing <= (letters.len > 2);
}

/* "African National Congress (ANC)". */
static void resolve_behind(struct names *names, size_t i)
{
	const struct spot *one = &names->spots[i], *next = one + 1;
	const char *text = names->text.data;
	if (next->start != one->end + 2 || text[one->end] != ' ' || text[one->end + 1] != '(' ||
	    next->end >= names->text.len || text[next->end] != ')')
		return;
	char letters[LETTERS_MOST];
	size_t len;
	struct form *form = &names->forms[next->form];
	if (form->thing == NAMES_NONE && names_is_full(&names->forms[one->form]) &&
	    is_acronym(form->text, letters, &len) &&
	    is_in_order((struct str){ letters, len }, names->forms[one->form].key))
		give_thing(names, next->form, thing_of(names, one->form));
}

/* The spot is a short name of the thing. */
static void give_spot(const struct names *names, struct spot *spot, uint32_t number)
{
	const struct thing *thing = &names->things[number];
	spot->thing = number;
	spot->kind = (uint8_t)thing->kind;
	if (thing->form == spot->form)
		return;
	spot->rule = RULE_SHORT;
	spot->confidence = thing->best > SHORT_LESS ? (uint8_t)(thing->best - SHORT_LESS) : 1;
}

void orgs_claim(struct names *names)
{
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (spot->kind != KIND_PERSON || spot->thing != NAMES_NONE ||
		    names_is_full(&names->forms[spot->form]))
			continue;
		const struct link *link =
			links_of(&names->of_orgs, names->forms[spot->form].key, false);
		if (link && link->fore < LINK_SEVERAL && is_first_word(names, link->fore, spot->form))
			give_spot(names, spot, thing_of(names, link->fore));
	}
}

void orgs_resolve(struct names *names)
{
	for (size_t i = 0; i + 1 < names->spot_count; i++) {
		if (names->spots[i].kind == KIND_ORG && is_org_like(names->spots[i + 1].kind))
			resolve_behind(names, i);
	}
	link_full_names(names);
	for (uint32_t i = 0; i < names->form_count; i++) {
		const struct form *form = &names->forms[i];
		if (is_org_like(form->kind) && form->thing == NAMES_NONE)
			resolve_short(names, i);
	}
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (!is_org_like(spot->kind) || names->forms[spot->form].thing == NAMES_NONE)
			continue;
		give_spot(names, spot, names->forms[spot->form].thing);
	}
}
