/* entity_names.h: what was found in an article, for comparing. */
#ifndef DATELINE_ENTITY_NAMES_H
#define DATELINE_ENTITY_NAMES_H

#include "dateline/entity.h"

/* The names of that kind, in order, with "; " between them. */
static inline struct str entity_names(const struct entity_result *result, enum facet_kind kind,
				      struct arena *arena)
{
	struct buffer all = { 0 };
	for (size_t i = 0; i < result->entity_count; i++) {
		if (result->entities[i].kind != kind)
			continue;
		if (all.len)
			buffer_add_text(&all, "; ");
		buffer_add_str(&all, result->entities[i].name);
	}
	const struct str copy = arena_copy(arena, buffer_str(&all));
	buffer_release(&all);
	return copy;
}

#endif
