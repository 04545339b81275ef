/*
 * termlist.h: the tag of the term list of a document, as libxapian 1.4 stores it: varint length of the document, varint how many terms,
 * then the terms in byte order, each without what it shares with the one before. A document without terms has an empty tag.
 */
#ifndef DATELINE_BULK_TERMLIST_H
#define DATELINE_BULK_TERMLIST_H

#include "dateline/memory.h"

struct termlist {
	struct buffer *out;
	struct str last;
	bool has_last;
};

/* How a term, its wdf and the length that it begins like the one before (of last_len bytes) are packed: into one byte, or SIZE_MAX: they do not fit. */
static inline size_t termlist_pack(uint32_t wdf, size_t last_len, uint32_t shared)
{
	const size_t packed = wdf < 127 ? (wdf + 1) * (last_len + 1) + shared : SIZE_MAX;
	return packed < 256 ? packed : SIZE_MAX;
}

/* Begins a tag at the end of `out`. */
void termlist_begin(struct termlist *list, struct buffer *out, uint32_t length, uint32_t count);

/* The next term in byte order; it must live until the one after it. `shared`: bytes that it begins with as the one before does, at most 255. */
void termlist_add(struct termlist *list, struct str term, uint32_t shared, uint32_t wdf);

#endif
