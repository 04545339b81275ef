/*
 * roles_inside.h: what the files that look for roles share: the article that is read, and its text word by word.
 *
 * The tokens of the analyser are not used: here the marks between words say as much as the words. All looks from a place
 * in the text are bounded by WINDOW, so that the time is linear in the text.
 */
#ifndef DATELINE_ROLES_INSIDE_H
#define DATELINE_ROLES_INSIDE_H

#include "roles.h"

#include "dateline/letters.h"

#define WINDOW 240 /* bytes */

struct reading {
	struct str text; /* of the article */
	const struct article *article;
	const struct entity_result *found;
	struct arena *arena;
	struct role_list *list;
};

void role_add(const struct reading *reading, struct role role);

/* ---- roles_agency.c ---- */

enum agency_use {
	AGENCY_PLAIN, /* its name, and nothing else */
	AGENCY_CAPS,  /* the same, when it is all in capitals */
	AGENCY_LOWER, /* written in lower case as well */
	AGENCY_CODE,  /* other things are called so too: only counts where an agency is expected */
	AGENCY_PHOTO, /* the same, and photos are credited so */
};

struct agency {
	char key[32]; /* what utf8_name_key makes of the name */
	const char *name;
	enum agency_use use;
};

extern const struct agency agency_table[]; /* sorted by key */
extern const size_t agency_count;

/* The agency whose name is all of `name`; NULL when it is none. */
const struct agency *agency_of_name(struct str name);

/* The agency with the longest name that begins at `at`, and ends before `to`; *end is the byte behind it. */
const struct agency *agency_at(struct str text, size_t at, size_t to, size_t *end);

/* What fields, the ends of articles, photo credits and sentences say; datelines are left to roles_find_datelines. */
void roles_find_agencies(const struct reading *reading);

/* ---- roles_dateline.c, roles_byline.c, roles_speaker.c ---- */

void roles_find_datelines(const struct reading *reading);
void roles_find_authors(const struct reading *reading);
void roles_find_speakers(const struct reading *reading);

/* ---- roles_verbs.c ---- */

enum verb_weight {
	VERB_SAY,   /* says by itself that somebody is quoted */
	VERB_TELL,  /* the same, but the name behind it is who was told */
	VERB_THAT,  /* needs a quotation, or "that" */
	VERB_QUOTE, /* needs a quotation */
};

struct speech_verb {
	char word[16];
	enum verb_weight weight;
};

extern const struct speech_verb speech_verbs[]; /* sorted by bytes */
extern const size_t speech_verb_count;

/* In any case; NULL when it is none. */
const struct speech_verb *speech_verb_find(struct str word);

/* ---- roles_text.c ---- */

/* A stretch of the text; empty when start == end. */
struct span {
	size_t start, end;
};

static inline struct str span_str(struct str text, struct span span)
{
	return (struct str){ text.data + span.start, span.end - span.start };
}

/* Letters and digits: what words are made of. */
bool begins_word(struct str text, size_t at);
bool ends_word(struct str text, size_t from, size_t at);

/* The word right before `at`, or right behind it, after blanks; an apostrophe inside is part of it. */
struct span word_before(struct str text, size_t from, size_t at);
struct span word_after(struct str text, size_t at, size_t to);

#define PICK_CHUNK 1024

/* Where the bytes are, of the first PICK_CHUNK from `from` on, for which `wanted` has 1; returns how many. */
size_t pick_bytes(struct str text, size_t from, size_t to, const uint8_t wanted[256],
		  uint32_t picked[PICK_CHUNK]);

size_t skip_blanks(struct str text, size_t at, size_t to);
size_t skip_blanks_back(struct str text, size_t from, size_t at);

/* The length of the quotation mark that ends, or begins, at `at`; 0 when none does. */
size_t quote_before(struct str text, size_t from, size_t at);
size_t quote_after(struct str text, size_t at, size_t to);

/* The length of an apostrophe, straight or not, at `at`, or 0. */
size_t apostrophe_after(struct str text, size_t at, size_t to);

/* The length of the dash (one of - -- – —) at `at`, or 0. */
size_t dash_after(struct str text, size_t at, size_t to);

/* Does the stop right before `at` end a short form: "Rep.", "U.S."? */
bool is_short_form(struct str text, size_t from, size_t at);

/* In any case, ASCII. */
bool word_is(struct str word, const char *lower);
bool word_in(struct str word, const char *const *sorted, size_t count);
#define WORD_IN(word, table) word_in((word), (table), sizeof(table) / sizeof(*(table)))

/* The number of the first mention that begins at `start` or behind it. */
size_t first_mention_from(const struct entity_result *found, size_t start);

/* An entity of that kind with a mention that begins in `span`; NULL when there is none. */
const struct entity *entity_in(const struct entity_result *found, enum facet_kind kind,
			       struct span span);

/* How words begin: a bit for each three letters, which few others share. */
struct start_set {
	uint64_t bits[32768 / 64];
};

static inline unsigned start_bit(const char *s)
{
	return (unsigned)(s[0] & 31) << 10 | (unsigned)(s[1] & 31) << 5 | (unsigned)(s[2] & 31);
}

static inline void start_set_add(struct start_set *set, const char *word)
{
	const unsigned bit = start_bit(word);
	set->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* At `s` are three bytes or more. */
static inline bool start_set_has(const struct start_set *set, const char *s)
{
	const unsigned bit = start_bit(s);
	return set->bits[bit / 64] >> bit % 64 & 1;
}

/* Does it begin with a capital, as far as ASCII tells? A letter beyond ASCII counts as one. */
static inline bool is_capitalised(struct str word)
{
	return word.len && (is_upper(*word.data) || (uint8_t)*word.data >= 0x80);
}

/* ---- roles_names.c ---- */

/* Between a name and its verb: "Jane Doe later said", "Jane Doe on Monday said". */
bool name_is_adverb(struct str word);

/* The word before the titles in front of a name: "for" of "for the former Republican Senator Jane Doe". */
struct span name_before_titles(struct str text, size_t from, size_t name);

/* Does something before the name make it what is spoken of: "a letter to Jane Doe said"? */
bool name_is_object(struct str text, size_t from, size_t name);

/* Can the name be what its sentence is about? So at its start, behind "and", "that" and the like. */
bool name_is_subject(struct str text, size_t from, size_t name);

/* Is there nothing between `at` and the name but its title: "former deputy Attorney General", "the mayor,"? */
bool name_follows_title(struct str text, size_t at, size_t name, bool with_comma);

#endif
