/*
 * json_scan.h: the bytes of a JSON object (RFC 8259) -> a tree as cJSON has it, in one pass that says where a text went wrong.
 *
 * The tree is like that of front matter, so that all readers of fields look at one shape. cJSON's own parser is not used: it takes
 * more than JSON, cuts strings at \u0000, rounds long numbers, and asks for memory twice a value.
 */
#ifndef DATELINE_JSON_SCAN_H
#define DATELINE_JSON_SCAN_H

#include "dateline/status.h"

#include "reader.h"

#include <cjson/cJSON.h>

#define JSON_VALUES_MAX 1000000 /* in a record: a tree of more would take too much memory */

/*
 * Reads a record that is one JSON object and nothing else; the tree lives in `arena`, and is not for cJSON_Delete.
 * STATUS_BAD_INPUT: it is none, with the reason and the place. In strings \u0000 is a blank, and halves of surrogate pairs are
 * U+FFFD (*replaced counts them). Members of the record that are numbers of more than 15 digits, or not whole, are strings as
 * they were written.
 */
enum status json_scan(const struct record_bytes *record, struct arena *arena, const cJSON **object,
		      uint32_t *replaced, struct error *err);

/* From `at`, inside a string: the first quote, backslash or control character, or `end`. */
const char *json_plain_end(const char *at, const char *end);

#endif
