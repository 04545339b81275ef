/*
 * packing.h: the numbers and texts in the keys and tags of a glass database, as libxapian 1.4 packs them.
 *
 * Each function writes at `to`, where there must be room, and returns where it ended.
 */
#ifndef DATELINE_BULK_PACKING_H
#define DATELINE_BULK_PACKING_H

#include "dateline/memory.h"

#define PACKED_NUMBER_MAX 10  /* bytes of a packed number */
#define PACKED_SORTABLE_MAX 5 /* of a sortable number */

/* Base 128, least significant group first, top bit = more follows: the varint of memory.h. */
static inline char *pack_number(char *to, uint64_t value)
{
	while (value >= 0x80) {
		*to++ = (char)(value | 0x80);
		value >>= 7;
	}
	*to++ = (char)value;
	return to;
}

/* Little-endian without zeros at the end; nothing for 0. Only where something ends. */
char *pack_last_number(char *to, uint64_t value);

/* So that the order of the bytes is that of the numbers: the top bits of the first byte say how many there are. */
char *pack_sortable(char *to, uint32_t value);

/* A term in a key: each NUL is followed by 0xFF; `more`: something follows, so it ends with a NUL. Takes 2 * len + 1 at most. */
char *pack_term(char *to, struct str term, bool more);

/*
 * Rising positions as the tag of a position list: the last, then the others by interpolative coding. At most
 * POSITIONS_ROOM(count) bytes.
 */
#define POSITIONS_ROOM(count) (5 + ((size_t)(count)*33 + 7) / 8 + 8)
char *pack_positions(char *to, const uint32_t *positions, size_t count);

#endif
