/* common.h: words that nearly every text has. Private to this room. */
#ifndef DATELINE_QUERY_COMMON_H
#define DATELINE_QUERY_COMMON_H

#include "dateline/memory.h"

/*
 * Is `text`, a word as typed, with punctuation around it perhaps, one that says nothing about what is looked for ("the", "of")?
 * In capitals it is somebody's name or an acronym (IT), unless the whole query is in capitals.
 */
bool common_word(struct str text, bool in_capitals);

#endif
