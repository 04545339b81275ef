/*
 * byline.h: names in lists and bylines, where more stands than names.
 */
#ifndef DATELINE_BYLINE_H
#define DATELINE_BYLINE_H

#include "dateline/memory.h"

/* Without "By", "by:" and "Analysis" in front. Borrowed from `name`. */
struct str byline_strip(struct str name);

/*
 * "Doe, Jane" -> "Jane Doe", "King, Martin Luther, Jr." -> "Martin Luther King Jr.", "Jane Doe, Reuters" and
 * "Jane Doe Reuters" -> "Jane Doe"; others are `name` itself.
 */
struct str byline_forward(struct str name, struct arena *arena);

/*
 * True for what bylines name beside the author: an agency ("Reuters"), an office ("Washington
 * Bureau Chief", "Staff Writer"), an address ("jane@example.org", "Jane.Doe Example.Com").
 */
bool byline_is_no_author(struct str name);

/* True for what page scrapers take for an author and no reader would: "Comment Count", "avatar_large", "In July of". */
bool byline_is_furniture(struct str name);

#endif
