/*
 * look.h: the names that the publisher gives and those of the gazetteer, wherever they stand in an article.
 */
#ifndef DATELINE_LOOK_H
#define DATELINE_LOOK_H

#include "given.h"
#include "places.h"

/* {0} is an empty one; it is filled in for each article. */
struct look {
	struct places *places;
	const struct given *given;
	const struct article *article;
	struct view view;
	bool has_given, has_places; /* what is looked for */
	struct found *items; /* what was found, in order and apart; longer names hide what is inside */
	size_t count, capacity;
	size_t free_from; /* tokens before this are taken */
};

void look_release(struct look *look);

void look_everywhere(struct look *look);

#endif
