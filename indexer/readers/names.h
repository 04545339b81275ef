/* names.h: names of people and things as they stand in fields and under titles. */
#ifndef DATELINE_NAMES_H
#define DATELINE_NAMES_H

#include "dateline/article.h"

/* A growing list in an arena. {0} is an empty one. */
struct name_list {
	struct str *items;
	size_t count, capacity;
};

/* Adds `name` unless it is blank: made valid, white space collapsed, cut at NAME_BYTES_MAX. */
void name_list_add(struct name_list *list, struct str name, struct arena *arena, uint32_t *replaced);

/* The same for a single text; "" for a blank one. */
struct str name_clean(struct str name, struct arena *arena, uint32_t *replaced);

/* Adds the parts of `text` between any of `marks`. */
void name_list_split(struct name_list *list, struct str text, const char *marks,
		     struct arena *arena, uint32_t *replaced);

/*
 * Adds the authors of a byline: "By Jane Doe, John Smith and Ada Vos". A comma parts, unless it turns
 * one name around ("Doe, Jane") or hangs something on it ("King, Jr.").
 */
void name_list_add_byline(struct name_list *list, struct str byline, struct arena *arena,
			  uint32_t *replaced);

/* What is behind "By ", "by: ", "Written by "; all of `byline` when it begins with none. */
struct str byline_names(struct str byline);

struct str_list name_list_finish(const struct name_list *list);

#endif
