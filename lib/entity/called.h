/*
 * called.h: what well-known things are called, and what their name is (data/called.inc): "Calif." is California, "Kurdish" of
 * the Kurds, "Justice Department" the Department of Justice.
 */
#ifndef DATELINE_CALLED_H
#define DATELINE_CALLED_H

#include "dateline/article.h"

/* Whether it matters what the tagger takes the words for. */
enum called_how {
	CALLED_SAME,  /* only what is seen as that kind: "Mass." the state */
	CALLED_GROUP, /* anything but people and places: "Republicans" */
	CALLED_ANY,   /* it means nothing else */
	CALLED_ALONE, /* a surname that, without a fuller name, is one person's in most news */
};

struct called {
	const char *key; /* name key */
	enum facet_kind kind;
	enum called_how how;
	const char *name;
};

/* What is called so and seen as that kind; NULL when none is known. The key has no NUL. */
const struct called *called_find(struct str key, enum facet_kind seen_as);

/* Who is meant by a surname alone where a text has no fuller name: "Putin" is Vladimir Putin; empty when nobody is known. */
struct str called_alone(struct str key);

extern const struct called called_table[]; /* sorted by key */
extern const size_t called_count;

#endif
