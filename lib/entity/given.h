/*
 * given.h: where the people, organisations and places that the publisher lists stand in the text.
 *
 * Reset for each article, filled with entities, then asked token by token. {0} is an empty one.
 */
#ifndef DATELINE_GIVEN_H
#define DATELINE_GIVEN_H

#include "dateline/article.h"
#include "match.h"
#include "word_index.h"

struct given_name {
	struct str key;
	size_t anchor; /* byte of the first word that is not small: "madrid" in "de la madrid" */
	uint32_t entity;
	uint8_t confidence;
	bool in_capitals; /* an abbreviation that is a word as well: WHO */
	bool is_person;
	bool is_family; /* the last word of a person's name */
};

struct given {
	struct given_name *names;
	size_t count, capacity;
	struct word_index index;
};

void given_release(struct given *given);
void given_reset(struct given *given);

/* What is listed. */
struct given_entity {
	enum facet_kind kind;
	struct str name;   /* canonical */
	struct str called; /* as the publisher writes it */
	uint32_t number;
};

/*
 * An entity with all it may be called: its name, what the publisher calls it, the usual short forms of organisations,
 * the family name of a person. Keys are kept in `arena`.
 */
void given_add(struct given *given, const struct given_entity *entity, struct arena *arena);

/* One name of an entity, by a key that stays the caller's, and how sure it is. */
void given_add_key(struct given *given, struct str key, uint32_t number, uint8_t confidence);

/* To be called when all are added. */
void given_finish(struct given *given);

/* The longest given name around token `at`, whose word may be `word`; false when there is none. */
bool given_find(const struct given *given, const struct view *view, size_t at, struct str word,
		size_t *first, size_t *last, uint32_t *name);

#endif
