/*
 * complete_inside.h: what complete.c and complete_values.c share.
 */
#ifndef DATELINE_COMPLETE_INSIDE_H
#define DATELINE_COMPLETE_INSIDE_H

#include "complete.h"

struct completing {
	const struct value_part *parts;
	size_t part_count;
	size_t max;
	struct arena *arena;
	struct completion *items;
	size_t count, room;
};

/* Adds one; its texts are copied. */
void complete_add(struct completing *completing, const struct field *field, struct str text,
		  struct str value, uint32_t count);

/*
 * Adds values of a field (any but a FIELD_TEXT) that begin with `start`, names also by their other words, as far as that can be found
 * quickly. `before` is what was typed before the start, "-person:".
 */
enum status complete_values(struct completing *completing, const struct field *field,
			    struct str before, struct str start, struct error *err);

/* The same for names of people, organisations, places and others, with their fields in the text. */
enum status complete_names(struct completing *completing, struct str before, struct str start,
			   struct error *err);

#endif
