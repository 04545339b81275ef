/*
 * gazetteer.h: the list of countries, their peoples and their capitals (data/, with its sources).
 *
 * Static tables, sorted by key, so that nothing is built before the first look-up and every thread
 * may look. A key is what utf8_name_key makes of a name. In texts, acronyms have lost their stops:
 * "U.S." is the key "us" there, and "u s" when it comes from a publisher; the table has both.
 */
#ifndef DATELINE_GAZETTEER_H
#define DATELINE_GAZETTEER_H

#include "dateline/memory.h"

enum place_id {
	PLACE_NONE,
#define PLACE(id, name, of) PLACE_##id,
#include "data/places.inc"
#undef PLACE
	PLACE_COUNT
};

struct place {
	char name[48];
	uint16_t country; /* enum place_id: of what it is the capital; PLACE_NONE for a country */
};

extern const struct place place_table[PLACE_COUNT];

enum name_use {
	USE_NAME,   /* a name of the place */
	USE_PEOPLE, /* of its people: a demonym */
	USE_GIVEN,  /* written so by publishers and users, never in text */
	USE_SIGN,   /* no mention, but what it stands for is surely meant in this article */
	USE_BLOCK,  /* longer names of other things: what is inside is no mention */
};

/* What must be looked at before a name in a text is taken for the place. */
enum care {
	CARE_CAPS = 1,    /* an abbreviation, only ever in capitals: US */
	CARE_SUPPORT = 2, /* means something else as often: needs another sign of the place: Georgia */
	CARE_COMMON = 4,   /* a common word too, where capitals say nothing: Turkey */
	CARE_FORENAME = 8, /* of people too: Chad Smith */
	CARE_SURNAME = 16, /* Michael Jordan */
	CARE_TOWN = 32,    /* of American towns too: Paris, Texas */
	CARE_ALT = 64,    /* one of several meanings: only when its place is sure, and then first */
	CARE_LOWER = 128, /* words after the first may be in lower case: guinea pig */
	CARE_PAST = 512,  /* one of several meanings: what it was from 1949 to 1989: Germany */
	CARE_TEXT = 256,  /* in texts only: what publishers mean by it is not known */
};

struct gazetteer_name {
	char key[54];
	uint8_t length; /* of the key */
	uint8_t use;    /* enum name_use */
	uint16_t place; /* enum place_id */
	uint16_t care;  /* enum care */
};

extern const struct gazetteer_name gazetteer_names[];
extern const size_t gazetteer_count;

/* The place that a publisher or a user means by a name with this key, or PLACE_NONE. */
enum place_id gazetteer_place(struct str key);

#endif
