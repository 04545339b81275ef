/*
 * json.h: writing JSON (RFC 8259) piece by piece. Reading it is the business of a library, in the
 * indexer's readers.
 */
#ifndef DATELINE_JSON_H
#define DATELINE_JSON_H

#include "dateline/memory.h"

/*
 * Appends valid UTF-8 `s` as a JSON string with its quotes. Controls are escaped: C0 as the RFC
 * demands, DEL and C1 too, so that a line of JSON shown on a terminal cannot command it; and U+2028
 * and U+2029, which some readers take for line ends.
 */
void json_add_string(struct buffer *out, struct str s);

/* Appends ',"name":' and the text as a string, or null when it is empty. */
void json_add_text_or_null(struct buffer *out, const char *name, struct str text);

#endif
