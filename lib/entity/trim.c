#include "trim.h"

#include "word_list.h"

#include "dateline/letters.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* ---- words ---- */

struct str trim_first_word(struct str name)
{
	const char *blank = memchr(name.data, ' ', name.len);
	return (struct str){ name.data, blank ? (size_t)(blank - name.data) : name.len };
}

struct str trim_last_word(struct str name)
{
	const char *blank = memrchr(name.data, ' ', name.len);
	const size_t before = blank ? (size_t)(blank - name.data) + 1 : 0;
	return (struct str){ name.data + before, name.len - before };
}

static struct str without_first(struct str name)
{
	const size_t len = trim_first_word(name).len;
	return str_trim((struct str){ name.data + len, name.len - len });
}

static struct str without_last(struct str name)
{
	return str_trim((struct str){ name.data, name.len - trim_last_word(name).len });
}

/* ---- marks ---- */

/* A full stop stays behind a letter: "Jr.", "D.C.". */
static struct str without_marks(struct str name)
{
	static const char *const ends[] = { "'s",     "\u2019s", "'S", "'", "\u2019", "\u201d",
					    "\u201c", ",",       ";",  ":", "\"",     "-",
					    ")",      "(",       "]",  "[", "*",      " ",
					    "\u2014", "\u2013",  "!",  "?" };
	static const char *const starts[] = { "\"", "'", "\u2018", "\u201c", "(",
					      "[",  "-", "*",      "#",      "@",
					      ".",  ",", " ",      "\u2014", "\u2013" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		if (str_ends_in(name, ends[i])) {
			name.len -= strlen(ends[i]);
			i = (size_t)-1;
		}
	}
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		if (str_begins_with(name, starts[i])) {
			const size_t len = strlen(starts[i]);
			name = (struct str){ name.data + len, name.len - len };
			i = (size_t)-1;
		}
	}
	return name;
}

/* ---- joined by mistake ---- */

#define FRONT_LEAST 4 /* letters before a capital inside a word that are no Mc, Mac, De or Fitz */

/* "TrumpOvernight", "Sanders2020": where two words lost the blank between them the first ends here; 0 when they did not. */
static size_t joint_of(struct str word)
{
	for (size_t i = FRONT_LEAST; i < word.len; i++) {
		const bool goes_on = is_upper(word.data[i]) ||
				     (word.data[i] >= '0' && word.data[i] <= '9');
		if (goes_on && is_lower(word.data[i - 1]) && !memchr(word.data, '-', i))
			return strncmp(word.data, "Fitz", 4) == 0 ? 0 : i;
	}
	return 0;
}

/* Where the last word of the name comes first; at the end when it comes once. */
static size_t first_of_last(struct str name)
{
	const struct str last = trim_last_word(name);
	for (size_t at = 0; at < name.len;) {
		const struct str word =
			trim_first_word((struct str){ name.data + at, name.len - at });
		if (str_equal(word, last))
			return at;
		at += word.len + 1;
	}
	return name.len;
}

/*
 * "Rand Paul Randal (Rand) Howard PaulSenate GOP", "Trump Donald John TrumpOvernight": so it is in pages where a short name was
 * replaced by a link of several. "" when it is nothing of that sort.
 */
static struct str without_joint(struct str name)
{
	for (size_t at = 0; at < name.len;) {
		const struct str word =
			trim_first_word((struct str){ name.data + at, name.len - at });
		const size_t joint = joint_of(word);
		if (joint && at) {
			name.len = at + joint;
			const size_t first = first_of_last(name);
			if (first == 0)
				return without_first(name);
			name.len = first + joint;
			return name;
		}
		at += word.len + 1;
	}
	return STR("");
}

#define BEFORE_MOST 64 /* bytes */

bool trim_was_said(struct str text, struct str name, struct str word)
{
	const size_t start = (size_t)(name.data - text.data);
	const size_t from = start > BEFORE_MOST ? start - BEFORE_MOST : 0;
	return memmem(text.data + from, start - from, word.data, word.len);
}

struct str trim_joined(enum facet_kind kind, struct str text, struct str name)
{
	const struct str part = without_joint(name);
	const struct str last = trim_last_word(part);
	/* The short name alone: the full one was just said. */
	if (last.len && last.len < part.len && trim_was_said(text, name, last)) {
		const struct str second = trim_last_word(without_last(part));
		return trim_was_said(text, name, second)
			       ? (struct str){ second.data,
					       (size_t)(last.data + last.len - second.data) }
			       : last;
	}
	if (kind == KIND_PERSON)
		return part;
	/* Of others only what repeats a name is surely somebody's. */
	const char *behind = part.data + part.len;
	const bool repeats = part.len && memmem(behind, (size_t)(name.data + name.len - behind),
						last.data, last.len);
	return repeats ? part : STR("");
}

/* ---- kinds ---- */

#define TITLES_MOST 8

/* "Defence Minister Kajsa Ollongren", "Lt. Col. Jane Doe", "Mr Baker". */
static struct str without_titles(struct str name)
{
	struct str rest = name;
	for (int words = 0; words < TITLES_MOST; words++) {
		const struct str word = trim_first_word(rest);
		const struct str after = without_first(rest);
		if (!has_capital(after))
			break;
		rest = after;
		if (word_list_has(WORD_OFFICE, word))
			name = rest;
	}
	for (int words = 0; words < TITLES_MOST; words++) {
		const struct str after = without_first(name);
		if (!word_list_has(WORD_TITLE, trim_first_word(name)) || !has_capital(after))
			break;
		name = after;
	}
	return name;
}

static struct str without_article(struct str name)
{
	if (!str_begins_with(name, "the ") && !str_begins_with(name, "The ") &&
	    !str_begins_with(name, "THE "))
		return name;
	const struct str after = without_first(name);
	/* A town of that name. */
	return str_equal(after, STR("Hague")) || str_equal(after, STR("HAGUE")) ? name : after;
}

/* What of America's needs no "U.S." in front to be known. */
static bool is_body(struct str name)
{
	return word_list_has(WORD_BODY_FIRST, trim_first_word(name)) ||
	       word_list_has(WORD_BODY_LAST, trim_last_word(name));
}

static struct str without_country(struct str name)
{
	static const char *const fronts[] = { "U.S. ", "US ", "United States ", "U. S. " };
	for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++) {
		if (!str_begins_with(name, fronts[i]))
			continue;
		const size_t len = strlen(fronts[i]);
		const struct str rest = { name.data + len, name.len - len };
		return is_body(rest) ? rest : name;
	}
	return name;
}

/* "American Can <AC>": what a share is called at an exchange. */
static bool is_before_ticker(struct str text, struct str name)
{
	const char *end = text.data + text.len, *at = name.data + name.len;
	if (end - at < 4 || at[0] != ' ' || at[1] != '<')
		return false;
	for (at += 2; at < end && (is_upper(*at) || *at == '.'); at++)
		continue;
	return at < end && *at == '>';
}

bool trim_is_company(struct str text, struct str name)
{
	const struct str last = trim_last_word(name);
	return (last.len < name.len && word_list_has(WORD_COMPANY, last)) ||
	       is_before_ticker(text, name);
}

bool trim_is_site(struct str name)
{
	static const char *const ends[] = { ".com", ".edu", ".gov", ".net", ".org" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		const size_t len = strlen(ends[i]);
		const char *at = memmem(name.data, name.len, ends[i], len);
		if (at && at > name.data &&
		    (at + len == name.data + name.len || strchr(" ./", at[len])))
			return true;
	}
	return false;
}

struct str trim_company(struct str name)
{
	for (;;) {
		const struct str form = trim_last_word(name);
		struct str rest = without_marks(without_last(name));
		if (!rest.len || !word_list_has(WORD_COMPANY, form))
			return name;
		if (str_ends_in(rest, " &") || str_ends_in(rest, " and"))
			rest = without_marks(without_last(rest));
		const bool is_one = trim_first_word(rest).len == rest.len;
		if (!has_capital(rest) || (is_one && (word_list_has(WORD_NO_ORG, rest) ||
						      word_list_has(WORD_COMMON, rest))))
			return name;
		name = rest;
	}
}

/* "post-World War II" */
static struct str without_front(struct str name)
{
	const struct str first = trim_first_word(name);
	const char *hyphen = memchr(first.data, '-', first.len);
	if (!hyphen || first.len == name.len || !is_lower(*name.data))
		return name;
	const size_t len = (size_t)(hyphen - name.data);
	if (!word_list_has(WORD_FRONT, (struct str){ name.data, len }))
		return name;
	return (struct str){ name.data + len + 1, name.len - len - 1 };
}

#define CAPITALS_LEAST 2 /* with fewer what is left, "C-130", would be no name */

/* "AR-15s", "ICBMs": several of one; but "1980s" is no plural of a name. */
static struct str without_plural(struct str name)
{
	const struct str last = trim_last_word(name);
	size_t capitals = 0;
	if (last.len < 3 || last.data[last.len - 1] != 's')
		return name;
	for (size_t i = 0; i + 1 < last.len; i++) {
		const char c = last.data[i];
		if (!is_upper(c) && !(c >= '0' && c <= '9') && c != '-')
			return name;
		capitals += is_upper(c);
	}
	if (capitals >= CAPITALS_LEAST && last.data[last.len - 2] != '-' &&
	    !str_equal(last, STR("AIDs")))
		name.len--;
	return name;
}

struct str trim_repeat(struct str name)
{
	const struct str last = trim_last_word(name), before = without_last(name);
	const struct str first = trim_first_word(before);
	if (first.len < before.len &&
	    (str_equal(last, first) || str_equal(last, trim_last_word(before))))
		return before;
	return name;
}

/* "Ted Cruz (R.": what a bracket opens and nothing closes is no part of the name. */
static struct str without_open(struct str name)
{
	size_t depth = 0, open = name.len;
	for (size_t i = 0; i < name.len; i++) {
		if (name.data[i] == '(') {
			open = depth++ ? open : i;
		} else if (name.data[i] == ')' && depth) {
			depth--;
		}
	}
	return depth && open ? without_marks((struct str){ name.data, open }) : name;
}

#define STOP_LEAST 4 /* letters before it: fewer may be shortened, "Mr.Smith" */

/* Where a sentence ends inside a word, for lack of a blank: behind the "Donbas" of "Donbas.What"; 0 when it does not. */
static size_t stop_of(struct str word)
{
	for (size_t i = STOP_LEAST; i + 2 < word.len; i++) {
		if (word.data[i] == '.' && is_lower(word.data[i - 1]) &&
		    is_upper(word.data[i + 1]) && is_lower(word.data[i + 2]))
			return word_list_has(WORD_TITLE, (struct str){ word.data, i }) ? 0 : i;
	}
	return 0;
}

/* "Donbas.What Putin" -> "Putin", "Vladimir Putin.What" -> "Vladimir Putin". */
static struct str without_stop(struct str name)
{
	for (size_t at = 0; at < name.len;) {
		const struct str word =
			trim_first_word((struct str){ name.data + at, name.len - at });
		const size_t stop = stop_of(word);
		if (stop && at == 0 && word.len < name.len)
			return without_first(name);
		if (stop) /* "Gowdy says.The" is of Gowdy */
			return (struct str){ name.data,
					     at && is_lower(*word.data) ? at - 1 : at + stop };
		at += word.len + 1;
	}
	return name;
}

static struct str person_of(struct str name)
{
	return without_marks(without_titles(without_stop(without_open(name))));
}

struct str trim_closed(struct str name, struct arena *arena)
{
	const char *close = memchr(name.data, ')', name.len);
	const char *open = memchr(name.data, '(', name.len);
	if (!close || (open && open < close))
		return name;
	const size_t before = (size_t)(close - name.data);
	char *copy = arena_alloc(arena, name.len);
	memcpy(copy, name.data, before);
	memcpy(copy + before, close + 1, name.len - before - 1);
	return (struct str){ copy, name.len - 1 };
}

struct str trim_linked(struct str text, struct str name)
{
	const struct str first = trim_first_word(name), before = without_last(name);
	const char *behind = name.data + name.len, *end = text.data + text.len;
	const bool is_long = trim_first_word(before).len < before.len;
	const bool is_linked = (size_t)(end - behind) >= first.len + 3 && behind[0] == ' ' &&
			       behind[1] == '(' && memcmp(behind + 2, first.data, first.len) == 0 &&
			       behind[2 + first.len] == ')';
	return is_long && is_linked ? before : name;
}

struct str trim_name(enum facet_kind kind, struct str name)
{
	name = without_front(without_marks(name));
	if (kind == KIND_PERSON)
		return person_of(name);
	name = without_article(name);
	if (kind == KIND_OTHER)
		return without_plural(name);
	return kind == KIND_ORG ? without_country(name) : name;
}

struct str trim_party(struct str name)
{
	static const char *const dashes[] = { "-", "\u2013", "\u2014" };
	for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++) {
		const size_t len = 1 + strlen(dashes[i]);
		if (name.len > len + 1 && strchr("RDI", name.data[0]) &&
		    memcmp(name.data + 1, dashes[i], len - 1) == 0 && is_upper(name.data[len]))
			return (struct str){ name.data + len, name.len - len };
	}
	return STR("");
}
