/* shell.h: words as a shell takes them. */
#ifndef DATELINE_SHELL_H
#define DATELINE_SHELL_H

#include "dateline/memory.h"

/* Appends one argument, in single quotes where it needs any. */
void shell_add_word(struct buffer *out, struct str word);

/* Appends some words: as they are when the shell leaves them alone, else in one piece. */
void shell_add_words(struct buffer *out, struct str words);

#endif
