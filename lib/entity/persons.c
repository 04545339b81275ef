#include "persons.h"

#include "called.h"
#include "spelling.h"
#include "trim.h"
#include "word_list.h"

#include <stdlib.h>

/* ---- the parts of a name ---- */

#define WORDS_MOST 8

struct parts {
	struct str words[WORDS_MOST]; /* without the suffix */
	size_t count;
	struct str suffix; /* "jr"; empty */
};

static bool is_suffix(struct str word)
{
	static const char *const suffixes[] = { "jr", "sr", "ii", "iii", "iv" };
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		if (str_equal(word, str_from(suffixes[i])))
			return true;
	}
	return false;
}

/* Of longer names the words in the middle are left out. */
static void split(struct str key, struct parts *parts)
{
	*parts = (struct parts){ 0 };
	for (size_t at = 0; at < key.len;) {
		const struct str word = trim_first_word((struct str){ key.data + at, key.len - at });
		if (parts->count == WORDS_MOST)
			parts->count--;
		parts->words[parts->count++] = word;
		at += word.len + 1;
	}
	if (parts->count > 1 && is_suffix(parts->words[parts->count - 1]))
		parts->suffix = parts->words[--parts->count];
}

static bool is_initial(struct str word)
{
	return word.len == 1;
}

/* ---- is it one person? ---- */

struct short_name {
	const char *name, *full;
};

static const struct short_name short_names[] = {
	{ "abe", "abraham" },       { "al", "albert" },      { "al", "alfonse" },
	{ "alex", "alexander" },    { "andy", "andrew" },    { "ben", "benjamin" },
	{ "bernie", "bernard" },    { "bill", "william" },   { "billy", "william" },
	{ "bob", "robert" },        { "bobby", "robert" },   { "charlie", "charles" },
	{ "chris", "christopher" }, { "chuck", "charles" },  { "dan", "daniel" },
	{ "dave", "david" },        { "debbie", "deborah" }, { "dick", "richard" },
	{ "don", "donald" },        { "ed", "edward" },      { "fred", "frederick" },
	{ "greg", "gregory" },      { "hank", "henry" },     { "jack", "john" },
	{ "jeff", "jeffrey" },      { "jim", "james" },      { "jimmy", "james" },
	{ "joe", "joseph" },        { "jon", "jonathan" },   { "kate", "katherine" },
	{ "ken", "kenneth" },       { "larry", "lawrence" }, { "liz", "elizabeth" },
	{ "matt", "matthew" },      { "mel", "melvin" },     { "mike", "michael" },
	{ "mitch", "mitchell" },    { "nick", "nicholas" },  { "pat", "patrick" },
	{ "pete", "peter" },        { "phil", "philip" },    { "ray", "raymond" },
	{ "rich", "richard" },      { "rick", "richard" },   { "rob", "robert" },
	{ "ron", "ronald" },        { "sam", "samuel" },     { "steve", "stephen" },
	{ "steve", "steven" },      { "sue", "susan" },      { "ted", "edward" },
	{ "ted", "theodore" },      { "tim", "timothy" },    { "tom", "thomas" },
	{ "tony", "anthony" },      { "vince", "vincent" },  { "will", "william" },
	{ "zach", "zachary" },
};

static bool is_short_of(struct str name, struct str full)
{
	for (size_t i = 0; i < sizeof(short_names) / sizeof(*short_names); i++) {
		if (str_equal(name, str_from(short_names[i].name)) &&
		    str_equal(full, str_from(short_names[i].full)))
			return true;
	}
	return false;
}

/* "Joe" and "Joseph", "J" and "Joe". */
static bool may_be_one(struct str a, struct str b)
{
	if (str_equal(a, b))
		return true;
	if (is_initial(a) || is_initial(b))
		return *a.data == *b.data;
	return is_short_of(a, b) || is_short_of(b, a);
}

/* Middle names may be missing; where both have one, it must be the same. */
static bool is_same_person(const struct parts *a, const struct parts *b)
{
	if (!str_equal(a->words[a->count - 1], b->words[b->count - 1]) ||
	    !str_equal(a->suffix, b->suffix) || !may_be_one(a->words[0], b->words[0]))
		return false;
	const size_t middle = (a->count < b->count ? a->count : b->count) - 1;
	for (size_t i = 1; i < middle; i++) {
		if (!may_be_one(a->words[i], b->words[i]))
			return false;
	}
	return true;
}

/* ---- couples ---- */

static struct str gap_behind(const struct names *names, size_t spot)
{
	const struct spot *one = &names->spots[spot], *next = one + 1;
	return (struct str){ names->text.data + one->end, next->start - one->end };
}

static struct str join(struct names *names, struct str a, struct str b)
{
	char *text = arena_alloc(names->arena, a.len + b.len + 1);
	memcpy(text, a.data, a.len);
	text[a.len] = ' ';
	memcpy(text + a.len + 1, b.data, b.len);
	return (struct str){ text, a.len + b.len + 1 };
}

static bool is_couple(const struct names *names, size_t i)
{
	const struct spot *one = &names->spots[i], *next = one + 1;
	if (one->kind != KIND_PERSON || next->kind != KIND_PERSON)
		return false;
	const struct str gap = gap_behind(names, i);
	if (!str_equal(gap, STR(" and ")) && !str_equal(gap, STR(" & ")))
		return false;
	return !names_is_full(&names->forms[one->form]) && names->forms[next->form].words == 2 &&
	       sight_listed(names->sight, names->forms[one->form].key) & LISTED_FORENAME;
}

void persons_split_couples(struct names *names)
{
	for (size_t i = 0; i + 1 < names->spot_count; i++) {
		if (!is_couple(names, i))
			continue;
		struct spot *one = &names->spots[i];
		struct form *alone = &names->forms[one->form];
		const struct form *other = &names->forms[one[1].form];
		const struct str key = join(names, alone->key, trim_last_word(other->key));
		const struct str text = join(names, alone->text, trim_last_word(other->text));
		alone->sums[KIND_PERSON] -= one->confidence;
		alone->count--;
		one->form = names_form(names, key, text);
		struct form *made = &names->forms[one->form];
		made->sums[KIND_PERSON] += one->confidence;
		made->count++;
		if (one->confidence > made->best)
			made->best = one->confidence;
	}
}

/* ---- full names ---- */

#define COMPARED 16 /* people of one surname in one article that are told apart */

static uint32_t find_same(const struct names *names, uint32_t head, const struct parts *parts)
{
	uint32_t thing = head;
	for (int i = 0; i < COMPARED && thing != NAMES_NONE; i++) {
		struct parts other;
		split(names->forms[names->things[thing].form].key, &other);
		if (is_same_person(parts, &other))
			return thing;
		thing = names->things[thing].next;
	}
	return NAMES_NONE;
}

static bool has_initials(const struct parts *parts)
{
	for (size_t i = 1; i + 1 < parts->count; i++) {
		if (is_initial(parts->words[i]))
			return true;
	}
	return false;
}

static size_t count_long(const struct parts *parts)
{
	size_t count = 0;
	for (size_t i = 0; i < parts->count; i++)
		count += !is_initial(parts->words[i]);
	return count;
}

/* Somebody's whole name that is known; the list has initials with their stops. */
static bool is_known(const struct names *names, const struct form *form)
{
	return called_find(form->key, KIND_PERSON) ||
	       sight_listed(names->sight, form->text) & LISTED_PERSON;
}

/*
 * Names the form `a` the person better than `b`: known, full, without initials, more often? Of two that are known the one
 * with initials needs them: George W. Bush.
 */
static bool is_better_name(const struct names *names, uint32_t a, uint32_t b)
{
	const struct form *one = &names->forms[a], *other = &names->forms[b];
	const bool known_a = is_known(names, one), known_b = is_known(names, other);
	if (known_a != known_b)
		return known_a;
	struct parts parts, others;
	split(one->key, &parts);
	split(other->key, &others);
	if (count_long(&parts) != count_long(&others))
		return count_long(&parts) > count_long(&others);
	if (has_initials(&parts) != has_initials(&others))
		return has_initials(&parts) == (known_a && known_b);
	return one->count > other->count;
}

static void join_thing(struct names *names, uint32_t number, uint32_t form)
{
	struct thing *thing = &names->things[number];
	if (names->forms[form].best > thing->best)
		thing->best = names->forms[form].best;
	if (is_better_name(names, form, thing->form))
		thing->form = form;
	names->forms[form].thing = number;
}

static void link_first(struct names *names, struct str word, uint32_t thing)
{
	link_only(&links_of(&names->of_people, word, true)->fore, thing);
}

static void add_person(struct names *names, uint32_t form)
{
	struct parts parts;
	split(names->forms[form].key, &parts);
	if (parts.count < 2)
		return;
	const struct str last = parts.words[parts.count - 1];
	struct link *link = links_of(&names->of_people, last, true);
	uint32_t thing = find_same(names, link->first, &parts);
	if (thing != NAMES_NONE) {
		join_thing(names, thing, form);
	} else {
		thing = names_thing(names, KIND_PERSON, form);
		names->forms[form].thing = thing;
		if (link->first != NAMES_NONE) {
			names->things[thing].next = names->things[link->first].next;
			names->things[link->first].next = thing;
		} else {
			link->first = thing;
		}
	}
	link_first(names, parts.words[0], thing);
}

/* ---- short names ---- */

static struct str surname_of(struct str key)
{
	struct parts parts;
	split(key, &parts);
	return parts.count ? parts.words[parts.count - 1] : key;
}

/* "de la Madrid", "bin Salman": of several words, and yet the surname alone. */
static bool is_particle(struct str word)
{
	static const char *const particles[] = { "al", "bin", "da", "de", "del", "di",
						 "el", "ibn", "la", "le", "van", "von" };
	for (size_t i = 0; i < sizeof(particles) / sizeof(*particles); i++) {
		if (str_equal(word, str_from(particles[i])))
			return true;
	}
	return false;
}

static bool is_full_person(const struct form *form)
{
	return names_is_full(form) && !is_particle(trim_first_word(form->key));
}

/* "Mr. Paul", "Sen. Paul". */
static bool is_titled(const struct names *names, const struct spot *spot)
{
	const struct str before = { names->text.data, spot->start };
	if (before.len < 2 || before.data[before.len - 1] != ' ')
		return false;
	return word_list_has(WORD_TITLE, trim_last_word((struct str){ before.data, before.len - 1 }));
}

/*
 * A first name alone, where it is clear whose: it can be no surname, or the surname is never said alone, or it is a common first
 * name and no title stands before it.
 */
static bool is_clear(struct names *names, const struct spot *spot, uint32_t thing)
{
	const struct form *form = &names->forms[spot->form];
	const unsigned listed = sight_listed(names->sight, form->key);
	if (!(listed & LISTED_SURNAME) || (listed & LISTED_FORENAME && !is_titled(names, spot)))
		return true;
	const struct str full = names->forms[names->things[thing].form].key;
	return intern_find(&names->keys, surname_of(full)) == INTERN_NONE;
}

static uint32_t person_meant(struct names *names, const struct spot *spot, bool *is_open)
{
	const struct form *form = &names->forms[spot->form];
	const struct link *link = links_of(&names->of_people, surname_of(form->key), false);
	*is_open = false;
	if (!link)
		return NAMES_NONE;
	if (link->first != NAMES_NONE) {
		*is_open = names->things[link->first].next != NAMES_NONE;
		return link->now != NAMES_NONE ? link->now : link->first;
	}
	if (form->words > 1 || link->fore >= LINK_SEVERAL || !is_clear(names, spot, link->fore))
		return NAMES_NONE;
	return link->fore;
}

/* A bit less sure than the full name, and less still when there are two of that surname. */
static uint8_t confidence_of_short(uint8_t best, bool is_open)
{
	const uint8_t less = is_open ? 25 : 5;
	return best > less ? (uint8_t)(best - less) : 1;
}

static void resolve_spot(struct names *names, struct spot *spot)
{
	struct form *form = &names->forms[spot->form];
	if (is_full_person(form) && form->thing != NAMES_NONE) {
		spot->thing = form->thing;
		links_of(&names->of_people, surname_of(form->key), true)->now = form->thing;
		return;
	}
	bool is_open;
	const uint32_t thing = person_meant(names, spot, &is_open);
	if (thing == NAMES_NONE)
		return;
	form->thing = thing;
	spot->thing = thing;
	spot->rule = RULE_SHORT;
	spot->confidence = confidence_of_short(names->things[thing].best, is_open);
}

/* A word that was seen as something else, but is the surname of somebody here. */
static void claim_surname(struct names *names, struct spot *spot)
{
	const struct form *form = &names->forms[spot->form];
	if ((spot->kind != KIND_ORG && spot->kind != KIND_OTHER) || names_is_full(form) ||
	    (form->thing != NAMES_NONE && names->things[form->thing].kind != KIND_PERSON))
		return;
	const struct link *link = links_of(&names->of_people, form->key, false);
	if (link && link->first != NAMES_NONE)
		spot->kind = KIND_PERSON;
}

/* "Romney-Ryan", "Trump-Kim": two people, and nothing that has this name. */
static bool is_pair(struct names *names, const struct spot *spot)
{
	const struct str text = names->forms[spot->form].text;
	const char *hyphen = memchr(text.data, '-', text.len);
	if (spot->kind != KIND_OTHER || !hyphen || memchr(text.data, ' ', text.len))
		return false;
	/* Of the key, as hyphens are blanks there. */
	const struct link *link =
		links_of(&names->of_people, trim_first_word(names->forms[spot->form].key), false);
	return link && link->first != NAMES_NONE;
}

void persons_resolve(struct names *names)
{
	for (uint32_t i = 0; i < names->form_count; i++) {
		if (names->forms[i].kind == KIND_PERSON && names->forms[i].count &&
		    is_full_person(&names->forms[i]))
			add_person(names, i);
	}
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (!spot->kind || spot->thing != NAMES_NONE)
			continue;
		if (is_pair(names, spot)) {
			spot->kind = KIND_NONE;
			continue;
		}
		claim_surname(names, spot);
		if (spot->kind == KIND_PERSON)
			resolve_spot(names, spot);
	}
}

/* ---- how they are called ---- */

/* Without single letters in the middle: "Donald J. Trump". */
static struct str without_initials(struct names *names, struct str text)
{
	char *out = arena_alloc(names->arena, text.len + 1);
	size_t len = 0;
	for (size_t at = 0; at < text.len;) {
		const struct str word =
			trim_first_word((struct str){ text.data + at, text.len - at });
		const bool is_middle = at > 0 && at + word.len < text.len;
		if (!is_middle || (word.len > 1 && (word.len != 2 || word.data[1] != '.'))) {
			if (len)
				out[len++] = ' ';
			memcpy(out + len, word.data, word.len);
			len += word.len;
		}
		at += word.len + 1;
	}
	return (struct str){ out, len };
}

/* "Edward "Ted" Kennedy" -> "Edward Kennedy". */
static struct str without_nickname(struct names *names, struct str text)
{
	const char *open = memmem(text.data, text.len, " \"", 2);
	const char *close =
		open ? memmem(open + 2, text.len - (size_t)(open + 2 - text.data), "\" ", 2) : NULL;
	if (!close)
		return text;
	const struct str before = { text.data, (size_t)(open - text.data) };
	const struct str after = { close + 2, text.len - (size_t)(close + 2 - text.data) };
	return join(names, before, after);
}

struct str persons_name(struct names *names, const struct thing *thing)
{
	const struct form *form = &names->forms[thing->form];
	struct str text = trim_closed(without_nickname(names, form->text), names->arena);
	if (form->is_shouted || text.len > 3)
		text = spelling_shouted(KIND_PERSON, text, names->arena);
	if (form->words < 3 || is_known(names, form))
		return text;
	const struct str plain = without_initials(names, text);
	const bool is_enough = plain.len < text.len &&
			       sight_listed(names->sight, plain) & LISTED_PERSON;
	return is_enough ? plain : text;
}
