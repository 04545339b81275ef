/*
 * places.h: names of the gazetteer in a text, and which of them are meant.
 *
 * First every name is found, with a verdict from what stands around it; then, with all of the article
 * known, the open ones are decided: one sure sign of a place settles all its doubtful names, and
 * one "Michael Jordan" makes every bare "Jordan" doubtful.
 */
#ifndef DATELINE_PLACES_H
#define DATELINE_PLACES_H

#include "found.h"
#include "word_index.h"

struct places {
	struct word_index index;
	struct name_group *groups; /* rows of gazetteer_names that begin with one word */
	size_t group_count;
	bool *is_followed; /* for each row: the next has the same key */
	struct style_cache style;
	uint8_t signs[PLACE_COUNT];
	bool is_past; /* the article is of 1949 to 1989: two Germanies */
};

void places_init(struct places *places);
void places_release(struct places *places);

/* Forgets the article before this one. */
void places_reset(struct places *places, const struct article *article);

/* The longest name at token `at`, whose word may be `word`; false when there is none. */
bool places_find(struct places *places, const struct view *view, const struct article *article,
		 size_t at, struct str word, struct found *found);

/* To be called for every name that is not part of something longer. */
void places_note(struct places *places, const struct found *found);

/*
 * When all are noted: the row that is meant, or NULL for none; *confidence in percent. `is_listed`, when
 * not NULL, has for each place whether the publisher lists it: then only those count, and need no
 * other sign.
 */
const struct gazetteer_name *places_decide(const struct places *places, const struct found *found,
					   const bool *is_listed, uint8_t *confidence);

#endif
