/* hint.h: lines for people about what could not be made sense of. Private to this room. */
#ifndef DATELINE_QUERY_HINT_H
#define DATELINE_QUERY_HINT_H

#include "dateline/memory.h"

/* So many hints, and one that says there would be more. */
#define HINTS_MAX 8

struct hints {
	struct arena *arena;
	struct str *items;
	size_t count;
};

/* One line for people, in the arena. */
void hint_add(struct hints *hints, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* `text` as it is shown in a message: cut short when it is long. */
struct str message_clip(struct str text, struct arena *arena);

#endif
