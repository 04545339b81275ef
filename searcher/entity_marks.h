/*
 * entity_marks.h: the people, organisations, places and other names that a snippet mentions.
 */
#ifndef DATELINE_ENTITY_MARKS_H
#define DATELINE_ENTITY_MARKS_H

#include "names/names.h"
#include "render/render.h"

/*
 * Fills snippet->entities: the mentions that stand whole in the snippet, of what is a person, org, place or other. Where some lie over
 * each other, the longest; of two as long, the one that is mentioned first. Each has the field and the name under which
 * readers know it (names.h); what is hidden is not marked. STATUS_CORRUPT: a number has no name. From `arena`.
 */
enum status mark_entities(const struct record *record, const struct snippet_places *places,
			  struct names *names, struct arena *arena, struct snippet *snippet,
			  struct error *err);

#endif
