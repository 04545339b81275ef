/*
 * known.h: what an index holds already, by the hash of what was indexed, so that workers can pass over
 * what did not change. Filled once, before the workers start, and then only read.
 *
 * Only articles whose entities were found in the way of this run are known: another would be made otherwise, though its bytes
 * are the same. Which model found them does not count.
 */
#ifndef DATELINE_KNOWN_H
#define DATELINE_KNOWN_H

#include "dateline/entity.h"
#include "dateline/store.h"

/* {0} is an empty one. Open addressing by the first half of the hash; docid 0 is a free slot. */
struct known {
	struct known_slot *slots;
	size_t slot_count, count;
};

/* Reads SLOT_HASH of every document whose entities were found in that way. */
enum status known_load(struct known *known, struct store *store, enum entity_mode mode,
		       struct error *err);
void known_release(struct known *known);

/* The document with this hash, or 0. */
uint32_t known_find(const struct known *known, const unsigned char hash[16]);

#endif
