/*
 * deflate.h: raw deflate (RFC 1951) of short texts that are all of one kind, such as term lists.
 *
 * zlib looks for the best codes of each text and writes them in front of it, which takes longer than all the rest when there is only a
 * kilobyte of text. Here the codes were found once, from many texts of the kind (deflate_codes.inc); they stand in front of each text as
 * the same few bytes. Any text can be compressed, though one of another kind may become longer.
 *
 * The bytes depend on the text alone.
 */
#ifndef DATELINE_BULK_DEFLATE_H
#define DATELINE_BULK_DEFLATE_H

#include "dateline/memory.h"

#define DEFLATE_SYMBOLS 286       /* bytes, the end of a block, and lengths of matches */
#define DEFLATE_DISTANCES 30      /* of matches */
#define DEFLATE_HEADER_SYMBOLS 19 /* what the lengths of the codes are written with */
#define DEFLATE_BITS_MAX 13       /* of a code; the format would allow 15 */

/*
 * Bits of each code: 1 to DEFLATE_BITS_MAX of symbols and distances, 0 (none) to 7 in the header, where they are in the order of
 * symbols. Each of the three is complete: half to the power of the bits comes to 1 in all.
 */
struct deflate_codes {
	uint8_t symbols[DEFLATE_SYMBOLS];
	uint8_t distances[DEFLATE_DISTANCES];
	uint8_t header[DEFLATE_HEADER_SYMBOLS];
};

extern const struct deflate_codes deflate_termlists;

/* Belongs to one thread at a time. */
struct deflate;
struct deflate *deflate_new(const struct deflate_codes *codes);
void deflate_free(struct deflate *deflate);

/* Bytes that there must be for the result. */
static inline size_t deflate_room(size_t len)
{
	return 2 * len + 512;
}

/*
 * Compresses `text` to `out`, and gives how many bytes that are. libxapian can read every result, which does not hold for all that
 * is deflate: see end_block.
 */
size_t deflate_text(struct deflate *deflate, struct str text, char *out);

#endif
