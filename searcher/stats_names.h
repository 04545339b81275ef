/*
 * stats_names.h: the values that articles are counted by, for `dateline stats`: each with how many articles have it, and what
 * they call it.
 */
#ifndef DATELINE_STATS_NAMES_H
#define DATELINE_STATS_NAMES_H

#include "commands.h"
#include "names/names.h"

struct counted_value {
	struct point end; /* of dates that are mentioned, none */
	struct str name;
	uint32_t articles;
};

struct value_list {
	struct counted_value *items;
	size_t count, capacity;
};

/* Adds all values of a field that some article has; to be freed. Names live in `arena`. */
enum status list_values(struct store *store, struct names *names, const struct field *field,
			struct arena *arena, struct value_list *list, struct error *err);

/* By falling count, then by name; or by name. */
void sort_by_articles(struct value_list *list);
void sort_by_name(struct value_list *list);

/*
 * Appends a line for each value of the fields that are asked for, in columns parted by tabs: the field, the name, how many
 * articles have it, the verbs of the corrections that made it so ("merge,rename"), and then whatever articles call it, each
 * with how many do.
 */
enum status add_value_lines(struct store *store, struct names *names,
			    const struct other_options *options, struct buffer *out,
			    struct error *err);

#endif
