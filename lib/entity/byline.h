/*
 * byline.h: names in lists and bylines, where more stands than names.
 */
#ifndef DATELINE_BYLINE_H
#define DATELINE_BYLINE_H

#include "dateline/memory.h"

/* Without "By" and "by:" in front. Borrowed from `name`. */
struct str byline_strip(struct str name);

/*
 * "Doe, Jane" -> "Jane Doe", "King, Martin Luther, Jr." -> "Martin Luther King Jr.", "Jane Doe, Reuters" ->
 * "Jane Doe"; others are `name` itself.
 */
struct str byline_forward(struct str name, struct arena *arena);

/*
 * True for what bylines name beside the author: an agency ("Reuters"), an office ("Washington
 * Bureau Chief", "Staff Writer"), an address ("jane@example.org", "Jane.Doe Example.Com").
 */
bool byline_is_no_author(struct str name);

#endif
