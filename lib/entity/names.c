#include "names.h"

#include "adjective.h"
#include "belief.h"
#include "called.h"
#include "canonical.h"
#include "credits.h"
#include "gazetteer.h"
#include "junk.h"
#include "namesake.h"
#include "nobody.h"
#include "orgs.h"
#include "persons.h"
#include "presidents.h"
#include "spelling.h"
#include "trim.h"
#include "word_list.h"

#include "dateline/letters.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* An article with more names than this is rare, and clearing its table for each one after it would be slow. */
#define NAMES_KEPT 4096

static void empty(struct intern *table)
{
	if (table->slot_count > NAMES_KEPT)
		intern_release(table);
	else
		intern_reset(table);
}

static void links_release(struct links *links)
{
	intern_release(&links->words);
	free(links->items);
}

static void links_reset(struct links *links)
{
	empty(&links->words);
	links->count = 0;
}

void names_release(struct names *names)
{
	free(names->spots);
	free(names->forms);
	free(names->things);
	intern_release(&names->keys);
	links_release(&names->of_people);
	links_release(&names->of_orgs);
	buffer_release(&names->scratch);
	*names = (struct names){ 0 };
}

void names_reset(struct names *names, struct sight *sight, struct str text, struct arena *arena)
{
	names->sight = sight;
	names->arena = arena;
	names->text = text;
	names->spot_count = names->form_count = names->thing_count = 0;
	names->paragraph = 0;
	names->year = 0;
	names->is_known = false;
	empty(&names->keys);
	links_reset(&names->of_people);
	links_reset(&names->of_orgs);
}

/* ---- spots ---- */

/* Of eight letters, seven are capitals. */
static bool is_in_capitals(struct str text)
{
	size_t upper = 0, lower = 0;
	for (size_t i = 0; i < text.len; i++) {
		upper += text.data[i] >= 'A' && text.data[i] <= 'Z';
		lower += text.data[i] >= 'a' && text.data[i] <= 'z';
	}
	return upper > 7 * lower;
}

/* Sightings come in order, so the paragraphs do. */
static bool is_shouted(struct names *names, const struct article *article, uint32_t at)
{
	const size_t before = names->paragraph;
	while (names->paragraph + 1 < article->paragraph_count &&
	       article->paragraphs[names->paragraph].end <= at)
		names->paragraph++;
	if (names->is_known && names->paragraph == before)
		return names->is_shouted;
	const struct paragraph *paragraph = &article->paragraphs[names->paragraph];
	names->is_known = true;
	names->is_shouted = is_in_capitals((struct str){ names->text.data + paragraph->start,
							 paragraph->end - paragraph->start });
	return names->is_shouted;
}

static enum facet_kind kind_of(enum name_kind kind)
{
	static const enum facet_kind kinds[NAME_KINDS] = {
		[NAME_PERSON] = KIND_PERSON, [NAME_ORG] = KIND_ORG,     [NAME_PLACE] = KIND_PLACE,
		[NAME_PEOPLE] = KIND_PLACE,  [NAME_OTHER] = KIND_OTHER,
	};
	return kinds[kind];
}

/* "<AXP>": what a share is called at an exchange. */
static bool is_ticker(struct str text, struct str part)
{
	return part.data > text.data && part.data[-1] == '<' &&
	       part.data + part.len < text.data + text.len && part.data[part.len] == '>';
}

/* What two things tell that were written as one; *kind is then that of the part. */
static struct str look_into(struct str text, enum facet_kind *kind, struct str part)
{
	const struct str state = trim_party(part);
	const struct str joined = state.len ? state : trim_joined(*kind, text, part);
	if (!joined.len)
		return part;
	*kind = state.len ? KIND_PLACE : KIND_PERSON;
	return joined;
}

static void see(struct names *names, const struct article *article, const struct sighting *sighting,
		struct str part)
{
	enum facet_kind kind = kind_of(sighting->kind);
	part = look_into(names->text, &kind, part);
	part = trim_name(kind, part);
	if (kind == KIND_PERSON)
		part = trim_linked(names->text, part);
	const bool is_site = (kind == KIND_PERSON || kind == KIND_PLACE) && trim_is_site(part);
	const bool is_company = is_site || (kind == KIND_OTHER && trim_is_company(names->text, part));
	if (is_company)
		kind = KIND_ORG;
	if (!part.len || is_ticker(names->text, part) || (kind == KIND_ORG && junk_is_state(part)))
		return;
	memory_reserve(&names->spots, &names->spot_capacity, names->spot_count,
		       sizeof(*names->spots));
	struct spot *spot = &names->spots[names->spot_count++];
	*spot = (struct spot){
		.start = (uint32_t)(part.data - names->text.data),
		.end = (uint32_t)(part.data - names->text.data + part.len),
		.form = NAMES_NONE,
		.thing = NAMES_NONE,
		.kind = kind,
		.confidence = sighting->confidence ? sighting->confidence : 1,
		.rule = sighting->rule ? sighting->rule : RULE_TAGGER,
		.is_person = kind == KIND_PERSON,
		.is_people = sighting->kind == NAME_PEOPLE,
		.is_company = is_company,
	};
	if (!has_lower(part) && article->paragraph_count)
		spot->is_shouted = is_shouted(names, article, spot->start);
}

static const char *find(struct str text, const char *what)
{
	return memmem(text.data, text.len, what, strlen(what));
}

/* "Washington, D.C." is one place; "Beijing, China" are two. */
static bool is_state_behind(struct str rest)
{
	return rest.len >= 2 && rest.data[0] == 'D' && rest.data[1] != 'e';
}

/* Where two names that were seen as one part; *behind is where the second begins. NULL when it is one. */
static const char *find_parting(unsigned kind, struct str text, const char **behind)
{
	static const char *const marks[NAME_KINDS][2] = {
		[NAME_PERSON] = { " and " },
		[NAME_ORG] = { "/" },
		[NAME_PLACE] = { ",", " in " },
	};
	for (size_t i = 0; i < 2 && marks[kind][i]; i++) {
		const char *at = find(text, marks[kind][i]);
		if (at) {
			*behind = at + strlen(marks[kind][i]);
			return at;
		}
	}
	return NULL;
}

#define DISTRICT "District of "

static struct str with_district(const struct names *names, struct str name)
{
	const size_t len = strlen(DISTRICT);
	if (!str_equal(name, STR("Columbia")) || (size_t)(name.data - names->text.data) < len ||
	    memcmp(name.data - len, DISTRICT, len) != 0)
		return name;
	return (struct str){ name.data - len, name.len + len };
}

void names_see(struct names *names, const struct article *article, const struct sighting *sighting)
{
	struct str rest = { names->text.data + sighting->start, sighting->end - sighting->start };
	names->year = article->published.precision == DATE_NONE ? 0 : article->published.year;
	if (sighting->kind == NAME_PLACE)
		rest = with_district(names, rest);
	const char *behind = NULL;
	for (const char *at; (at = find_parting(sighting->kind, rest, &behind)) != NULL;) {
		const struct str after =
			str_trim((struct str){ behind, (size_t)(rest.data + rest.len - behind) });
		if (sighting->kind == NAME_PLACE && is_state_behind(after))
			break;
		see(names, article, sighting, (struct str){ rest.data, (size_t)(at - rest.data) });
		rest = after;
	}
	see(names, article, sighting, rest);
}

/* ---- forms ---- */

/* Marks inside are no part of a key: "King, Jr." */
static void drop_marks(struct buffer *key)
{
	size_t len = 0;
	for (size_t i = 0; i < key->len; i++) {
		const char c = strchr(",;:\"()[]", key->data[i]) ? ' ' : key->data[i];
		if (c != ' ' || (len && key->data[len - 1] != ' '))
			key->data[len++] = c;
	}
	while (len && key->data[len - 1] == ' ')
		len--;
	key->len = len;
}

static struct str key_of(struct names *names, struct str text)
{
	struct buffer *key = &names->scratch;
	buffer_reset(key);
	utf8_name_key(text, key);
	for (size_t i = 0; i < key->len; i++) {
		if (!key->data[i] || strchr(",;:\"()[]", key->data[i])) {
			drop_marks(key);
			break;
		}
	}
	return buffer_str(key);
}

static uint16_t count_words(struct str key)
{
	size_t words = key.len > 0;
	for (size_t i = 0; i < key.len; i++)
		words += key.data[i] == ' ';
	return (uint16_t)(words < UINT16_MAX ? words : UINT16_MAX);
}

uint32_t names_form(struct names *names, struct str key, struct str text)
{
	bool is_new;
	const uint32_t number = intern_add(&names->keys, key, &is_new);
	if (!is_new)
		return number;
	memory_reserve(&names->forms, &names->form_capacity, names->form_count,
		       sizeof(*names->forms));
	names->forms[names->form_count++] = (struct form){
		.key = names->keys.keys[number],
		.text = text,
		.thing = NAMES_NONE,
		.words = count_words(key),
	};
	return number;
}

/* A club that is called by its town counts for that. */
static bool is_town(struct names *names, struct str key)
{
	const unsigned listed = sight_listed(names->sight, key);
	return listed & LISTED_PLACE && !(listed & (LISTED_ORG | LISTED_SURNAME | LISTED_FORENAME));
}

/* "S.E. Cupp", as a key; but "U.S. Steel" is no Mr Steel. */
static bool is_initialled(struct names *names, struct str key)
{
	static const char *const states[] = { "u s ", "u k ", "u n ", "e u ", "n y ",
					      "n z ", "h k ", "l a ", "d c ", "b c ",
					      "k c ", "n j ", "g i " };
	if (key.len < 7 || key.data[1] != ' ' || key.data[3] != ' ')
		return false;
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
		if (memcmp(key.data, states[i], 4) == 0)
			return false;
	}
	const unsigned listed = sight_listed(names->sight, (struct str){ key.data + 4, key.len - 4 });
	return listed & LISTED_SURNAME && !(listed & LISTED_FORENAME) &&
	       !word_list_has(WORD_NO_NAME, trim_last_word(key));
}

/* "Elon Musk", when it was seen as an organisation. */
static bool is_somebody(struct names *names, struct str key)
{
	const unsigned listed = sight_listed(names->sight, key);
	return called_find(key, KIND_PERSON) ||
	       (listed & (LISTED_PERSON | LISTED_ORG | LISTED_PLACE)) == LISTED_PERSON;
}

/* "Trumpism" */
static bool is_doctrine(struct str key)
{
	return key.len > 6 && memcmp(key.data + key.len - 3, "ism", 3) == 0;
}

/* "University of Texas", "Karl Marx Avenue": the words tell more than how they were seen. */
static enum facet_kind kind_by_words(struct names *names, enum facet_kind kind, struct str key)
{
	const struct str first = trim_first_word(key), last = trim_last_word(key);
	if (first.len != key.len && (kind == KIND_ORG || kind == KIND_OTHER) &&
	    is_somebody(names, key))
		return KIND_PERSON;
	if (kind == KIND_ORG)
		return is_town(names, key) ? KIND_PLACE : kind;
	if (kind == KIND_OTHER && gazetteer_place(key) != PLACE_NONE)
		return KIND_PLACE;
	if (kind == KIND_OTHER)
		return is_initialled(names, key) ? KIND_PERSON : kind;
	if (first.len == key.len)
		return kind == KIND_PERSON && is_doctrine(key) ? KIND_OTHER : kind;
	if (word_list_has(WORD_PLACE_LAST, last))
		return KIND_PLACE;
	if (kind == KIND_PLACE &&
	    (word_list_has(WORD_ORG_PART, first) || word_list_has(WORD_ORG_PART, last)))
		return KIND_ORG;
	return kind;
}

/* Bits of form.settled. */
#define SETTLED 1        /* it was worked out */
#define SETTLED_CALLED 2 /* it is well known, however it is written */
#define SETTLED_KIND 4   /* times the kind */

/* What is well known is of its kind, whatever it looks like; what is no name, or a people of no country, is of none. */
static uint8_t settled_kind(struct names *names, const struct spot *spot, struct str key)
{
	const enum facet_kind kind = spot->is_people ? KIND_OTHER : (enum facet_kind)spot->kind;
	const struct called *called = called_find(key, kind);
	if (called)
		return (uint8_t)(SETTLED | SETTLED_CALLED | called->kind * SETTLED_KIND);
	/* The key of "Data.gov" looks like somebody's office. */
	if (spot->is_people || (!spot->is_company && junk_is(kind, key)))
		return SETTLED;
	return (uint8_t)(SETTLED | kind_by_words(names, kind, key) * SETTLED_KIND);
}

/* The same, worked out once for a form and what it was seen as. */
static uint8_t settle_spot(struct names *names, const struct spot *spot)
{
	uint8_t *known = &names->forms[spot->form].settled[spot->is_people ? 0 : spot->kind];
	if (!*known)
		*known = settled_kind(names, spot, names->forms[spot->form].key);
	return *known;
}

/* Of what is well known it does not matter how it is written. */
static bool is_no_name(struct names *names, const struct spot *spot, struct str text)
{
	return !has_capital(text) || junk_is_compound(text) ||
	       (spot->kind == KIND_PLACE && junk_is_district(names->text, text)) ||
	       (spot->kind == KIND_OTHER && adjective_is(names, spot, text));
}

/* "U.S. General Services Administration": what is well known needs no "U.S." in front. */
static struct str without_state(struct names *names, struct str text)
{
	static const char *const states[] = { "U.S. ", "US ", "United States " };
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
		const size_t len = strlen(states[i]);
		if (text.len <= len || memcmp(text.data, states[i], len) != 0)
			continue;
		const struct str rest = { text.data + len, text.len - len };
		const struct str key = key_of(names, rest);
		const bool is_several = memchr(key.data, ' ', key.len);
		const struct called *called = is_several ? called_find(key, KIND_ORG) : NULL;
		return called && called->kind == KIND_ORG ? rest : text;
	}
	return text;
}

static void add_form(struct names *names, struct spot *spot)
{
	struct str text = names_bytes(names, spot);
	const size_t len = text.len;
	if (spot->kind == KIND_ORG)
		text = trim_company(text);
	const bool is_company = spot->is_company || text.len < len;
	if (spot->kind == KIND_ORG)
		text = without_state(names, text);
	spot->form = names_form(names, key_of(names, text), text);
	const uint8_t settled = settle_spot(names, spot);
	spot->kind = settled / SETTLED_KIND;
	if (!(settled & SETTLED_CALLED) && is_no_name(names, spot, text))
		spot->kind = KIND_NONE;
	if (!spot->kind)
		return;
	struct form *form = &names->forms[spot->form];
	/* What came before was no name. */
	if (!form->count)
		form->text = text;
	form->is_company |= is_company;
	form->sums[spot->kind] += spot->confidence;
	form->is_shouted = (form->count++ == 0 || form->is_shouted) && spot->is_shouted;
	if (spot->confidence > form->best)
		form->best = spot->confidence;
	/* What is not in capitals says how it is written. */
	if (!spot->is_shouted && !has_lower(form->text))
		form->text = text;
}

static bool is_repeat(const struct names *names, const struct spot *spot)
{
	const struct str text = names_bytes(names, spot);
	return spot->kind == KIND_PERSON && trim_repeat(text).len < text.len;
}

#define BEHIND_MOST 48 /* bytes */

/* "Ada Lund Ada (Adi) Eve Lund", "Ada Lund Ada Lund": the name was said twice, and the first word of the second was taken for its end. */
static bool goes_on(const struct names *names, const struct spot *spot, struct str once)
{
	const struct str word = trim_last_word(once);
	struct str behind = { names->text.data + spot->end, names->text.len - spot->end };
	if (behind.len > BEHIND_MOST)
		behind.len = BEHIND_MOST;
	return !str_equal(word, trim_last_word(names_bytes(names, spot))) &&
	       memmem(behind.data, behind.len, word.data, word.len);
}

/* "Ada Lund Lund" is Ada Lund where the article has her. */
static void cut_repeat(struct names *names, struct spot *spot)
{
	const struct str text = names_bytes(names, spot), once = trim_repeat(text);
	const uint32_t form = intern_find(&names->keys, key_of(names, once));
	if ((form != INTERN_NONE && names->forms[form].count) ||
	    trim_was_said(names->text, text, once) || goes_on(names, spot, once))
		spot->end = spot->start + (uint32_t)once.len;
}

/* Those that may repeat a name come last, when the others are known. */
static void make_forms(struct names *names)
{
	bool has_repeats = false;
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (spot->kind && is_repeat(names, spot))
			has_repeats = true;
		else if (spot->kind)
			add_form(names, spot);
	}
	for (size_t i = 0; has_repeats && i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (!spot->kind || spot->form != NAMES_NONE)
			continue;
		cut_repeat(names, spot);
		add_form(names, spot);
	}
}

/* ---- kinds ---- */

#define BOTH_LEAST 4 /* the rarer use of a word has more than this part of the other's confidence */

static void settle_kind(struct form *form)
{
	unsigned best = KIND_PERSON;
	for (unsigned kind = KIND_PERSON; kind <= KIND_OTHER; kind++) {
		if (form->sums[kind] > form->sums[best])
			best = kind;
	}
	form->kind = (uint8_t)(best == KIND_OTHER && form->is_company ? KIND_ORG : best);
	const uint32_t person = form->sums[KIND_PERSON], place = form->sums[KIND_PLACE];
	form->is_both = form->words == 1 && person > place / BOTH_LEAST &&
			place > person / BOTH_LEAST;
}

static void settle_kinds(struct names *names)
{
	for (size_t i = 0; i < names->form_count; i++)
		settle_kind(&names->forms[i]);
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (!spot->kind)
			continue;
		const struct form *form = &names->forms[spot->form];
		if (!form->is_both || (spot->kind != KIND_PERSON && spot->kind != KIND_PLACE))
			spot->kind = form->kind;
	}
}

/* ---- things ---- */

uint32_t names_thing(struct names *names, enum facet_kind kind, uint32_t form)
{
	memory_reserve(&names->things, &names->thing_capacity, names->thing_count,
		       sizeof(*names->things));
	names->things[names->thing_count] = (struct thing){
		.kind = kind,
		.form = form,
		.next = NAMES_NONE,
		.best = names->forms[form].best,
	};
	return (uint32_t)names->thing_count++;
}

struct link *links_of(struct links *links, struct str word, bool make)
{
	if (!make) {
		const uint32_t number = intern_find(&links->words, word);
		return number == INTERN_NONE ? NULL : &links->items[number];
	}
	bool is_new;
	const uint32_t number = intern_add(&links->words, word, &is_new);
	if (is_new) {
		memory_reserve(&links->items, &links->capacity, links->count, sizeof(*links->items));
		links->items[links->count++] = (struct link){ NAMES_NONE, NAMES_NONE, NAMES_NONE };
	}
	return &links->items[number];
}

/* Every spot that is still without: of the thing of its form. */
static void make_things(struct names *names)
{
	for (size_t i = 0; i < names->spot_count; i++) {
		struct spot *spot = &names->spots[i];
		if (!spot->kind || spot->thing != NAMES_NONE)
			continue;
		struct form *form = &names->forms[spot->form];
		if (form->thing == NAMES_NONE || names->things[form->thing].kind != spot->kind) {
			const uint32_t thing = names_thing(names, spot->kind, spot->form);
			names->forms[spot->form].thing = thing;
		}
		spot->thing = names->forms[spot->form].thing;
	}
}

/* ---- names of things ---- */

#define FIRST_OF_COVID 2019

/* A coronavirus of earlier years is another. */
static bool is_older(const struct names *names, struct str name)
{
	return names->year && names->year < FIRST_OF_COVID && str_equal(name, STR("COVID-19"));
}

static void name_thing(struct names *names, struct thing *thing)
{
	const struct form *form = &names->forms[thing->form];
	struct str text = form->text;
	if (thing->kind == KIND_PERSON)
		text = persons_name(names, thing);
	else if (form->is_shouted || (thing->kind == KIND_PLACE && text.len > 3))
		text = spelling_shouted(thing->kind, text, names->arena);
	thing->name = canonical_seen(thing->kind, text, names->arena);
	if (is_older(names, thing->name))
		thing->name = text;
}

void names_resolve(struct names *names)
{
	credits_drop(names);
	make_forms(names);
	persons_split_couples(names);
	settle_kinds(names);
	namesake_resolve(names);
	orgs_resolve(names);
	persons_resolve(names);
	orgs_claim(names);
	nobody_resolve(names);
	presidents_resolve(names);
	make_things(names);
	belief_drop(names);
	for (size_t i = 0; i < names->thing_count; i++)
		name_thing(names, &names->things[i]);
}
