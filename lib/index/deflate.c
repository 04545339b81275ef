#include "dateline/deflate.h"

#include <endian.h>
#include <libdeflate.h>
#include <stdlib.h>

#define MATCH_MIN 4
#define MATCH_MAX 258
#define DISTANCE_MAX 32768
#define END_OF_BLOCK 256

/* Where something like the next bytes was seen last. A short text gets a small table, because it is emptied for each. */
#define SEEN_BITS_MIN 8
#define SEEN_BITS_MAX 13

/* The longest header: 316 lengths of 7 bits, and what is in front of them. */
#define HEADER_MAX 300

/* Of libdeflate, on what has no codes here: twice as fast as its default of 6, for 1 to 3 % more bytes. */
#define LIBRARY_LEVEL 1

/* Bytes above 127 have long codes. English has few of them, and what is not written in Latin letters consists of them for the most part. */
#define FOREIGN_PERCENT 10

/* Bytes of a text from which on codes of its own are worth their time: they save a sixth, and more of longer ones. */
#define LONG_TEXT 32768

/* Percent of its bytes that only a text that repeats itself very much is left with: its matches are worth codes of their own. */
#define REPETITIVE_PERCENT 25

/* Bits as they are written, the first at the bottom, and how many: bits << 8 | count. */
typedef uint32_t code;

struct deflate {
	code literals[256];
	code lengths[MATCH_MAX + 1]; /* with their extra bits */
	code distances[DEFLATE_DISTANCES];
	code end;
	code header_codes[DEFLATE_HEADER_SYMBOLS]; /* while the header is made */
	char header[HEADER_MAX];
	size_t header_len;
	uint64_t rest; /* of the header, which is not a whole byte */
	unsigned rest_count;
	uint16_t seen[1 << SEEN_BITS_MAX];     /* low bits of where it was */
	struct libdeflate_compressor *library; /* NULL until it is asked */
	struct buffer spare;                   /* what it made */
};

/* ---- bits ---- */

struct bits {
	char *to;
	uint64_t held;
	unsigned count; /* below 8 behind flush */
};

static inline void put_bits(struct bits *bits, uint64_t value, unsigned count)
{
	bits->held |= value << bits->count;
	bits->count += count;
}

static inline void put(struct bits *bits, code put)
{
	put_bits(bits, put >> 8, put & 0xff);
}

/* Up to 56 bits can be put between two. Writes up to 8 bytes further than it comes. */
static inline void flush(struct bits *bits)
{
	const uint64_t bytes = htole64(bits->held);
	memcpy(bits->to, &bytes, sizeof(bytes));
	bits->to += bits->count >> 3;
	bits->held >>= bits->count & 56;
	bits->count &= 7;
}

/* ---- codes ---- */

static code reversed(uint32_t value, unsigned count)
{
	uint32_t bits = 0;
	for (unsigned i = 0; i < count; i++)
		bits |= (value >> i & 1) << (count - 1 - i);
	return bits << 8 | count;
}

/* Shorter codes come first, those of one length by their symbols; codes are written from the top bit on. */
static void make_codes(const uint8_t *lengths, size_t count, code *codes)
{
	uint32_t next = 0;
	for (unsigned length = 1; length <= DEFLATE_BITS_MAX; length++) {
		for (size_t symbol = 0; symbol < count; symbol++)
			if (lengths[symbol] == length)
				codes[symbol] = reversed(next++, length);
		next <<= 1;
	}
}

/* Symbols for distances - 1 of 0, 1, 2, 3, 4-5, 6-7, 8-11 and so on: two to each power of two. */
static inline unsigned symbol_of_distance(uint32_t less, unsigned *extra)
{
	if (less < 4) {
		*extra = 0;
		return less;
	}
	const unsigned top = 31 - (unsigned)__builtin_clz(less);
	*extra = top - 1;
	return 2 * top + (less >> *extra & 1);
}

/* The same with four to each power of two, for lengths from 3 on; the longest has a symbol of its own. */
static void make_lengths(struct deflate *deflate, const code *symbols)
{
	for (uint32_t length = MATCH_MIN; length < MATCH_MAX; length++) {
		const uint32_t less = length - 3;
		unsigned symbol = less, extra = 0;
		if (less >= 8) {
			const unsigned top = 31 - (unsigned)__builtin_clz(less);
			extra = top - 2;
			symbol = 4 * (top - 1) + (less >> extra & 3);
		}
		const code found = symbols[END_OF_BLOCK + 1 + symbol];
		const uint32_t low = less & ((1U << extra) - 1);
		deflate->lengths[length] = (low << (found & 0xff)) << 8;
		deflate->lengths[length] += found + extra;
	}
	deflate->lengths[MATCH_MAX] = symbols[DEFLATE_SYMBOLS - 1];
}

/* ---- the header ---- */

static void put_counts(struct bits *bits, const struct deflate_codes *codes)
{
	static const uint8_t order[DEFLATE_HEADER_SYMBOLS] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
							       11, 4,  12, 3, 13, 2, 14, 1, 15 };
	unsigned count = DEFLATE_HEADER_SYMBOLS;
	while (count > 4 && !codes->header[order[count - 1]])
		count--;
	put_bits(bits, 2U << 1, 3); /* not the last block, codes of its own */
	put_bits(bits, DEFLATE_SYMBOLS - 257, 5);
	put_bits(bits, DEFLATE_DISTANCES - 1, 5);
	put_bits(bits, count - 4, 4);
	for (unsigned i = 0; i < count; i++) {
		put_bits(bits, codes->header[order[i]], 3);
		flush(bits);
	}
}

/* Equal lengths are written as the first and how often it comes again, 3 to 6 times with each symbol. */
static void put_lengths(struct bits *bits, const struct deflate *deflate, const uint8_t *lengths,
			size_t count)
{
	for (size_t i = 0; i < count;) {
		const uint8_t length = lengths[i];
		size_t again = 0;
		while (i + 1 + again < count && lengths[i + 1 + again] == length)
			again++;
		put(bits, deflate->header_codes[length]);
		i++;
		for (size_t times; again >= 3; again -= times, i += times) {
			times = again > 8 ? 6 : again > 6 ? again - 3 : again;
			put(bits, deflate->header_codes[16]);
			put_bits(bits, times - 3, 2);
			flush(bits);
		}
		for (; again; again--, i++)
			put(bits, deflate->header_codes[length]);
		flush(bits);
	}
}

static void make_header(struct deflate *deflate, const struct deflate_codes *codes)
{
	uint8_t lengths[DEFLATE_SYMBOLS + DEFLATE_DISTANCES];
	memcpy(lengths, codes->symbols, DEFLATE_SYMBOLS);
	memcpy(lengths + DEFLATE_SYMBOLS, codes->distances, DEFLATE_DISTANCES);
	make_codes(codes->header, DEFLATE_HEADER_SYMBOLS, deflate->header_codes);
	struct bits bits = { .to = deflate->header };
	put_counts(&bits, codes);
	put_lengths(&bits, deflate, lengths, sizeof(lengths));
	flush(&bits);
	deflate->header_len = (size_t)(bits.to - deflate->header);
	deflate->rest = bits.held;
	deflate->rest_count = bits.count;
}

struct deflate *deflate_new(const struct deflate_codes *codes)
{
	struct deflate *deflate = memory_zero(1, sizeof(*deflate));
	code symbols[DEFLATE_SYMBOLS];
	make_codes(codes->symbols, DEFLATE_SYMBOLS, symbols);
	make_codes(codes->distances, DEFLATE_DISTANCES, deflate->distances);
	memcpy(deflate->literals, symbols, sizeof(deflate->literals));
	deflate->end = symbols[END_OF_BLOCK];
	make_lengths(deflate, symbols);
	make_header(deflate, codes);
	return deflate;
}

void deflate_free(struct deflate *deflate)
{
	if (!deflate)
		return;
	libdeflate_free_compressor(deflate->library);
	buffer_release(&deflate->spare);
	free(deflate);
}

/* ---- a text ---- */

static inline uint32_t four_bytes(const char *at)
{
	uint32_t bytes;
	memcpy(&bytes, at, sizeof(bytes));
	return bytes;
}

static inline size_t hash(uint32_t bytes, unsigned shift)
{
	return (htole32(bytes) * UINT32_C(0x9E3779B1)) >> shift;
}

/* How many bytes are alike from both on; `end` is that of the text, and at least 8 bytes behind `at`. */
static inline size_t alike(const char *at, const char *before, const char *end)
{
	const size_t left = (size_t)(end - at);
	const size_t most = left < MATCH_MAX ? left : MATCH_MAX;
	size_t len = MATCH_MIN;
	for (; len + 8 <= most; len += 8) {
		uint64_t a, b;
		memcpy(&a, at + len, sizeof(a));
		memcpy(&b, before + len, sizeof(b));
		if (a != b)
			return len + (size_t)__builtin_ctzll(le64toh(a ^ b)) / 8;
	}
	while (len < most && at[len] == before[len])
		len++;
	return len;
}

static inline void put_match(const struct deflate *deflate, struct bits *bits, size_t len,
			     uint32_t distance)
{
	unsigned extra;
	const uint32_t less = distance - 1;
	const unsigned symbol = symbol_of_distance(less, &extra);
	flush(bits);
	put(bits, deflate->lengths[len]);
	put(bits, deflate->distances[symbol]);
	put_bits(bits, less & ((1U << extra) - 1), extra);
	flush(bits);
}

/*
 * libxapian inflates piece by piece of a tag, into blocks of 8192 bytes, and takes a block that is full when all input is used up for a tag
 * that lacks its end. So a text that fills one must not end with the bits of its last bytes: an empty stored block follows, with the four
 * bytes of its length. They are not used up before what is in front of them has been written.
 */
static char *end_block(const struct deflate *deflate, struct bits *bits, size_t len)
{
	flush(bits);
	put(bits, deflate->end);
	if (len > DEFLATE_SAFE_MAX) {
		put_bits(bits, 1, 3); /* the last block, stored */
		bits->count = (bits->count + 7) & ~7U;
		flush(bits);
		put_bits(bits, UINT64_C(0xFFFF0000), 32);
	}
	bits->count = (bits->count + 7) & ~7U;
	flush(bits);
	return bits->to;
}

static inline unsigned choose_shift(size_t len)
{
	unsigned bits = SEEN_BITS_MIN;
	while (bits < SEEN_BITS_MAX && (size_t)1 << bits < len)
		bits++;
	return 32 - bits;
}

/*
 * All but the last bytes. Of where something was seen only 16 bits are kept, so it may be found nearer than it was, or at the very place;
 * what is compared always lies in the text, and so a match is one whatever made it be looked at.
 */
static const char *put_text(struct deflate *deflate, struct bits *bits, struct str text)
{
	const char *const end = text.data + text.len;
	const char *at = text.data;
	const unsigned shift = choose_shift(text.len);
	memset(deflate->seen, 0, sizeof(*deflate->seen) << (32 - shift));
	put(bits, deflate->literals[(unsigned char)*at++]);
	unsigned held = 1;
	while (end - at >= 8) {
		const uint32_t bytes = four_bytes(at);
		uint16_t *seen = &deflate->seen[hash(bytes, shift)];
		const uint16_t here = (uint16_t)(at - text.data);
		const uint16_t distance = (uint16_t)(here - *seen);
		*seen = here;
		if (four_bytes(at - distance) == bytes && (uint32_t)(distance - 1) < DISTANCE_MAX) {
			const size_t len = alike(at, at - distance, end);
			put_match(deflate, bits, len, distance);
			at += len;
			held = 0;
			continue;
		}
		put(bits, deflate->literals[(unsigned char)*at++]);
		if (++held == 4) {
			flush(bits);
			held = 0;
		}
	}
	flush(bits);
	return at;
}

size_t deflate_text(struct deflate *deflate, struct str text, char *out)
{
	memcpy(out, deflate->header, deflate->header_len);
	/* A short text is one block, which is the last. */
	if (text.len <= DEFLATE_SAFE_MAX)
		out[0] = (char)(out[0] | 1);
	struct bits bits = { out + deflate->header_len, deflate->rest, deflate->rest_count };
	const char *at = text.data;
	if (text.len >= 16)
		at = put_text(deflate, &bits, text);
	for (; at < text.data + text.len; at++) {
		put(&bits, deflate->literals[(unsigned char)*at]);
		flush(&bits);
	}
	return (size_t)(end_block(deflate, &bits, text.len) - out);
}

/* ---- texts of other kinds ---- */

#define ONES UINT64_C(0x0101010101010101)

/* Asked for each text, and so in steps of eight bytes; up to seven at the end are not looked at. */
static bool is_foreign(struct str text)
{
	size_t count = 0;
	for (size_t at = 0; text.len - at >= 8; at += 8) {
		uint64_t bytes;
		memcpy(&bytes, text.data + at, sizeof(bytes));
		count += (bytes >> 7 & ONES) * ONES >> 56;
	}
	return count * 100 > text.len * FOREIGN_PERCENT;
}

/* Gives 0 when there would be more than `room` bytes. */
static size_t ask_library(struct deflate *deflate, struct str text, char *out, size_t room)
{
	if (!deflate->library)
		deflate->library = libdeflate_alloc_compressor(LIBRARY_LEVEL);
	if (!deflate->library)
		memory_exhausted();
	return libdeflate_deflate_compress(deflate->library, text.data, text.len, out, room);
}

/* Keeps what is there when the library makes nothing shorter of the text. */
static size_t shorten(struct deflate *deflate, struct str text, size_t len, char *out)
{
	struct buffer *spare = &deflate->spare;
	buffer_reset(spare);
	const size_t shorter = ask_library(deflate, text, buffer_extend(spare, len), len - 1);
	if (shorter)
		memcpy(out, spare->data, shorter);
	return shorter ? shorter : len;
}

size_t deflate_shorter(struct deflate *deflate, struct str text, unsigned poor, char *out)
{
	if (text.len >= LONG_TEXT || is_foreign(text))
		return ask_library(deflate, text, out, deflate_room(text.len));
	const size_t len = deflate_text(deflate, text, out);
	const bool is_usual = len * 100 <= text.len * poor &&
			      len * 100 >= text.len * REPETITIVE_PERCENT;
	return is_usual ? len : shorten(deflate, text, len, out);
}
