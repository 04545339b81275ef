/*
 * found_values.h: names that were found in the lists of an index -> values as readers see them, with their counts.
 */
#ifndef DATELINE_FOUND_VALUES_H
#define DATELINE_FOUND_VALUES_H

#include "../names/names.h"

/* One of the indexes that are searched. */
struct value_part {
	struct store *store;
	struct names *names;
};

struct found_value {
	struct str value;
	uint32_t count; /* articles of all parts, exact */
};

/*
 * The values of a field of names (FIELD_VALUE) that `keys` count for, names in any spelling: each once, as it is shown, by falling
 * count, then by value. Those that no article has, or that are hidden or of another field by now, are left out. From `arena`.
 */
enum status found_values(const struct value_part *parts, size_t part_count, const struct field *field,
			 const struct str *keys, size_t key_count, struct arena *arena,
			 struct found_value **values, size_t *count, struct error *err);

#endif
