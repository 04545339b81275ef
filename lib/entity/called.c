#include "called.h"

#include "table.h"

#include <stdlib.h>

const struct called called_table[] = {
#define CALLED(key, kind, how, name) { key, KIND_##kind, CALLED_##how, name },
#include "data/called.inc"
#undef CALLED
};

const size_t called_count = sizeof(called_table) / sizeof(*called_table);

static int compare(const void *key, const void *row)
{
	return table_compare(*(const struct str *)key, ((const struct called *)row)->key);
}

static const struct called *find(struct str key)
{
	return bsearch(&key, called_table, called_count, sizeof(*called_table), compare);
}

struct str called_alone(struct str key)
{
	const struct called *row = find(key);
	return row && row->how == CALLED_ALONE ? str_from(row->name) : STR("");
}

const struct called *called_find(struct str key, enum facet_kind seen_as)
{
	const struct called *row = find(key);
	if (row && row->how == CALLED_ALONE)
		return NULL;
	if (!row || row->how == CALLED_ANY || row->kind == seen_as)
		return row;
	const bool is_group = seen_as == KIND_ORG || seen_as == KIND_OTHER;
	return row->how == CALLED_GROUP && is_group ? row : NULL;
}
