/* terminal.h: text of others on a terminal, where it must not act. */
#ifndef DATELINE_TERMINAL_H
#define DATELINE_TERMINAL_H

#include "dateline/memory.h"

/* Goes through valid text character by character, as a terminal may have it. {.text = ...} is the start. */
struct terminal_cursor {
	struct str text;
	size_t at;
	unsigned piled; /* characters without width since the last one that has some */
};

/* What stands for the next character, 0 when it is left out; *columns is its width. Only before the end. */
uint32_t terminal_next(struct terminal_cursor *cursor, size_t *columns);

/*
 * Appends valid text so that it can do no harm on a terminal, in one line: controls and line ends become
 * blanks, what turns the direction of writing (U+202A to U+202E, U+2066 to U+2069) is left out, and so are marks
 * piled up without end on one character.
 */
void terminal_add_harmless(struct buffer *out, struct str text);

#endif
