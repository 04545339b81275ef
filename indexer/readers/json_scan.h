/*
 * json_scan.h: what stands before cJSON at the door. cJSON takes more than JSON (RFC 8259), cuts
 * strings at \u0000, rounds long numbers and does not say where a text went wrong.
 */
#ifndef DATELINE_JSON_SCAN_H
#define DATELINE_JSON_SCAN_H

#include "dateline/status.h"

#include "reader.h"

#define JSON_VALUES_MAX 1000000 /* in a record: a tree of more would take too much memory */

/*
 * Checks that the record is one JSON object and nothing else. STATUS_BAD_INPUT: it is not, with the
 * reason and the place. *text is then the same object as cJSON reads it rightly: mostly the record's
 * own bytes; else a copy in `mended`, in which \u0000 is a blank, halves of surrogate pairs are
 * U+FFFD (*replaced counts them), and members of the record that are numbers of more than 15 digits,
 * or not whole, are strings as they were written.
 */
enum status json_scan(const struct record_bytes *record, struct buffer *mended, struct str *text,
		      uint32_t *replaced, struct error *err);

/* From `at`, inside a string: the first quote, backslash or control character, or `end`. */
const char *json_plain_end(const char *at, const char *end);

#endif
