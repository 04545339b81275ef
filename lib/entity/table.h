/* table.h: the order of the tables in data/ that are searched by key. */
#ifndef DATELINE_TABLE_H
#define DATELINE_TABLE_H

#include "dateline/memory.h"

/* By bytes, a text before its continuations. `key` is without NUL, or the row's text would end before it. */
static inline int table_compare(struct str key, const char *row)
{
	const int by_bytes = strncmp(key.data, row, key.len);
	return by_bytes ? by_bytes : -(row[key.len] != '\0');
}

#endif
