#include "canonical.h"

#include "byline.h"
#include "called.h"
#include "dateline/entity.h"
#include "dateline/utf8.h"
#include "roles_inside.h"
#include "spelling.h"
#include "table.h"
#include "topics.h"

#include <stdlib.h>
#include <strings.h>

/* ---- tables ---- */

enum { ANY = false, CODE = true };

const struct org_alias org_aliases[] = {
#define ORG(key, name, is_code) { key, name, is_code },
#include "data/orgs.inc"
#undef ORG
};

const size_t org_alias_count = sizeof(org_aliases) / sizeof(*org_aliases);

const struct spelled_name spelled_people[] = {
#define PERSON(key, name) { key, name },
#include "data/people.inc"
#undef PERSON
};

const size_t spelled_people_count = sizeof(spelled_people) / sizeof(*spelled_people);

static int compare_alias(const void *key, const void *row)
{
	return table_compare(*(const struct str *)key, ((const struct org_alias *)row)->key);
}

static const struct org_alias *find_org(struct str key)
{
	return bsearch(&key, org_aliases, org_alias_count, sizeof(*org_aliases), compare_alias);
}

static const char *find_person(struct str key)
{
	for (size_t i = 0; i < spelled_people_count; i++) {
		if (table_compare(key, spelled_people[i].key) == 0)
			return spelled_people[i].name;
	}
	return NULL;
}

/* ---- kinds ---- */

static struct str person_once(struct str name, struct arena *arena)
{
	return spelling_person(byline_forward(name, arena), arena);
}

static struct str author_once(struct str name, struct arena *arena)
{
	return person_once(byline_strip(name), arena);
}

#define ROUNDS 8

/* Until it stays: a slug may be a byline too, "by-jane-doe", and a byline a turned name. */
static struct str settle(struct str name, struct arena *arena,
			 struct str (*once)(struct str name, struct arena *arena))
{
	for (int round = 0; round < ROUNDS; round++) {
		const struct str before = name;
		name = once(name, arena);
		if (str_equal(name, before))
			break;
	}
	return name;
}

static struct str canonical_person(struct str name, struct str key, struct arena *arena)
{
	/* Only what was a slug needs help: whoever writes capitals knows the name. */
	const char *spelled = has_upper(name) ? NULL : find_person(key);
	return spelled ? str_from(spelled) : settle(name, arena, person_once);
}

static struct str canonical_org(struct str name, struct str key, struct arena *arena)
{
	const struct org_alias *alias = find_org(key);
	if (alias && (!alias->is_code || !has_upper(name)))
		return str_from(alias->name);
	return spelling_org(name, arena);
}

/* "The Netherlands", "Republic of Albania": but of Korea and China there are two, and rows of their own. */
static size_t front_length(struct str key)
{
	static const char *const fronts[] = { "the ", "republic of ", "kingdom of " };
	for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++) {
		const size_t len = strlen(fronts[i]);
		if (key.len > len && memcmp(key.data, fronts[i], len) == 0)
			return len;
	}
	return 0;
}

static enum place_id find_place(struct str key)
{
	enum place_id place = gazetteer_place(key);
	for (size_t front; !place && (front = front_length(key));) {
		key = (struct str){ key.data + front, key.len - front };
		place = gazetteer_place(key);
	}
	return place;
}

/* "St Louis" -> "St. Louis" */
static struct str with_stop(struct str name, struct arena *arena)
{
	const size_t len = strlen("St");
	if (name.len < len + 2 || memcmp(name.data, "St ", len + 1) != 0)
		return name;
	char *text = arena_alloc(arena, name.len + 1);
	memcpy(text, "St.", len + 1);
	memcpy(text + len + 1, name.data + len, name.len - len);
	return (struct str){ text, name.len + 1 };
}

static struct str canonical_place(struct str name, struct str key, struct arena *arena,
				  enum place_id *place)
{
	*place = find_place(key);
	return *place ? str_from(place_table[*place].name)
		      : with_stop(spelling_place(name, arena), arena);
}

static struct str canonical_language(struct str name)
{
	const struct language *language = language_find(name);
	return language ? str_from(language->code) : name;
}

/* "AP", "the Associated Press". */
static struct str canonical_agency(struct str name)
{
	const size_t front = strlen("the ");
	const struct agency *agency = agency_of_name(name);
	if (!agency && name.len > front && strncasecmp(name.data, "the ", front) == 0)
		agency = agency_of_name((struct str){ name.data + front, name.len - front });
	return agency ? str_from(agency->name) : name;
}

/* Short names of a publisher are codes of its own: only texts call Louisiana "La." */
#define CODE_MOST 3

static struct str canonical_keyed(enum facet_kind kind, struct str name, struct arena *arena,
				  enum place_id *place)
{
	struct buffer buffer = { 0 };
	utf8_name_key(name, &buffer);
	struct str key = buffer_str(&buffer);
	key.len = strnlen(key.data, key.len);
	const struct called *called = key.len > CODE_MOST ? called_find(key, kind) : NULL;
	if (called && called->kind == kind)
		name = str_from(called->name);
	else if (kind == KIND_PERSON)
		name = canonical_person(name, key, arena);
	else if (kind == KIND_ORG)
		name = canonical_org(name, key, arena);
	else if (kind == KIND_PLACE)
		name = canonical_place(name, key, arena, place);
	buffer_release(&buffer);
	return name;
}

struct str canonical_name(enum facet_kind kind, struct str name, struct arena *arena,
			  enum place_id *place)
{
	*place = PLACE_NONE;
	if (!name.len)
		return STR("");
	name = spelling_collapse(name, arena);
	switch (name.len ? kind : KIND_NONE) {
	case KIND_PERSON:
	case KIND_ORG:
	case KIND_PLACE:
	case KIND_OTHER:
		return canonical_keyed(kind, name, arena, place);
	case KIND_DATELINE:
		return canonical_keyed(KIND_PLACE, name, arena, place);
	case KIND_AGENCY:
		return canonical_agency(name);
	case KIND_AUTHOR:
		return settle(name, arena, author_once);
	case KIND_LANGUAGE:
		return canonical_language(name);
	case KIND_TOPIC:
		return topic_canonical(name, arena);
	default:
		return name;
	}
}

/* ---- as texts have it ---- */

/* "Ft. Myers" is Fort Myers and "Mt. Hood" Mount Hood, but Saint Louis is St. Louis. */
static struct str with_whole_front(struct str name, struct arena *arena)
{
	static const char *const fronts[][2] = {
		{ "Ft. ", "Fort " },  { "Ft ", "Fort " }, { "Mt. ", "Mount " }, { "Mt ", "Mount " },
		{ "Saint ", "St. " }, { "St ", "St. " },  { "Pt. ", "Point " },
	};
	for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++) {
		const struct str front = str_from(fronts[i][0]), whole = str_from(fronts[i][1]);
		if (name.len <= front.len || memcmp(name.data, front.data, front.len) != 0)
			continue;
		char *text = arena_alloc(arena, whole.len + name.len);
		memcpy(text, whole.data, whole.len);
		memcpy(text + whole.len, name.data + front.len, name.len - front.len);
		return (struct str){ text, whole.len + name.len - front.len };
	}
	return name;
}

/*
 * A name that the gazetteer has, where the article does not mean that: "Georgia", the American state. What else is called
 * "Atlantic" is a magazine.
 */
static struct str place_seen(struct str name, struct str key, struct arena *arena)
{
	if (str_equal(key, STR("georgia")))
		return STR("Georgia (U.S. state)");
	if (str_equal(key, STR("atlantic")))
		return STR("Atlantic Ocean");
	const enum place_id place = find_place(key);
	return place ? str_from(place_table[place].name) : with_whole_front(name, arena);
}

static struct str person_seen(struct str name, struct str key)
{
	const struct str person = called_alone(key);
	return person.len ? person : name;
}

#define TYPOGRAPHIC "\xE2\x80\x99"

/* "Martin O’Malley" is written with either apostrophe: whichever article came first would decide. */
static struct str with_plain_apostrophe(struct str name, struct arena *arena)
{
	const char *mark = memmem(name.data, name.len, TYPOGRAPHIC, sizeof(TYPOGRAPHIC) - 1);
	if (!mark)
		return name;
	char *text = arena_alloc(arena, name.len);
	size_t len = 0;
	for (size_t at = 0; at < name.len; len++) {
		const bool is_mark = name.len - at >= 3 &&
				     memcmp(name.data + at, TYPOGRAPHIC, 3) == 0;
		text[len] = is_mark ? '\'' : name.data[at];
		at += is_mark ? 3 : 1;
	}
	return (struct str){ text, len };
}

struct str canonical_seen(enum facet_kind kind, struct str name, struct arena *arena)
{
	name = with_plain_apostrophe(spelling_collapse(name, arena), arena);
	struct buffer buffer = { 0 };
	utf8_name_key(name, &buffer);
	struct str key = buffer_str(&buffer);
	key.len = strnlen(key.data, key.len);
	const struct called *called = called_find(key, kind);
	const struct org_alias *alias = kind == KIND_ORG && !called ? find_org(key) : NULL;
	if (called && called->kind == kind)
		name = str_from(called->name);
	else if (alias && !alias->is_code)
		name = str_from(alias->name);
	else if (kind == KIND_PLACE)
		name = place_seen(name, key, arena);
	else if (kind == KIND_PERSON)
		name = person_seen(name, key);
	buffer_release(&buffer);
	return name;
}

struct str entity_canonical(enum facet_kind kind, struct str name, struct arena *arena)
{
	enum place_id place;
	return arena_copy(arena, canonical_name(kind, name, arena, &place));
}
