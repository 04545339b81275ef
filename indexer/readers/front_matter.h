/*
 * front_matter.h: the fields in front of a Markdown text, between a line of "---" and one of "---" or
 * "...". They are YAML (1.2); of it, what such fields use is read: "key: value", plain and quoted texts, over
 * several lines too, literal (|) and folded (>) ones, lists and objects in lines and in brackets,
 * comments. Every value stays text as it was written; null, ~ and nothing are null. Anchors, aliases and
 * tags are refused.
 */
#ifndef DATELINE_FRONT_MATTER_H
#define DATELINE_FRONT_MATTER_H

#include "dateline/memory.h"
#include "dateline/status.h"

#include <cjson/cJSON.h>

struct front_matter {
	struct str fields; /* the lines between the marks */
	struct str rest;   /* what follows the closing mark */
	bool is_open;      /* there is no closing mark; then `rest` is empty */
};

/* Does `text`, valid UTF-8, begin with front matter, or with what is meant to be it? */
bool front_matter_find(struct str text, struct front_matter *found);

/* Or with fields in TOML, between two lines of "+++"? They are not read. */
bool front_matter_is_toml(struct str text);

/*
 * The fields as an object; free it with cJSON_Delete. `line` is that of the first of them in the file.
 * STATUS_BAD_INPUT: with the reason and the line.
 */
enum status front_matter_read(struct str fields, uint64_t line, cJSON **object, struct error *err);

#endif
