/*
 * deflate.h: raw deflate (RFC 1951) of short texts that are all of one kind, such as term lists or stored records.
 *
 * A library looks for the best codes of each text and writes them in front of it, which takes longer than all the rest when there is only
 * a kilobyte of text. Here the codes were found once, from many texts of the kind; they stand in front of each text as the same few bytes.
 * Any text can be compressed, though one of another kind may become longer: deflate_shorter asks the library then.
 *
 * The bytes depend on the text alone.
 */
#ifndef DATELINE_DEFLATE_H
#define DATELINE_DEFLATE_H

#include "dateline/memory.h"

#define DEFLATE_SYMBOLS 286       /* bytes, the end of a block, and lengths of matches */
#define DEFLATE_DISTANCES 30      /* of matches */
#define DEFLATE_HEADER_SYMBOLS 19 /* what the lengths of the codes are written with */
#define DEFLATE_BITS_MAX 13       /* of a code; the format would allow 15 */

/* libxapian inflates into blocks of 8192 bytes: shorter texts end in one however they were compressed. */
#define DEFLATE_SAFE_MAX 8000

/*
 * Bits of each code: 1 to DEFLATE_BITS_MAX of symbols and distances, 0 (none) to 7 in the header, where they are in the order of
 * symbols. Each of the three is complete: half to the power of the bits comes to 1 in all.
 */
struct deflate_codes {
	uint8_t symbols[DEFLATE_SYMBOLS];
	uint8_t distances[DEFLATE_DISTANCES];
	uint8_t header[DEFLATE_HEADER_SYMBOLS];
};

/* Belongs to one thread at a time. The codes are not looked at again. */
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

/*
 * The same, but where the codes do badly libdeflate compresses the text instead: at once when it is long or a tenth of its bytes are above
 * 127, and when more than `poor` percent of them are left, or very few, to keep what is shorter of both. libxapian can read every result of a text of
 * up to DEFLATE_SAFE_MAX bytes.
 */
size_t deflate_shorter(struct deflate *deflate, struct str text, unsigned poor, char *out);

#endif
