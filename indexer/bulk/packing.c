#include "packing.h"

#include <endian.h>

char *pack_last_number(char *to, uint64_t value)
{
	for (; value; value >>= 8)
		*to++ = (char)value;
	return to;
}

/* Below 2^15 in two bytes; n bytes, of 3 to 5, have n - 2 ones at the top and so room for 7 * n + 1 bits. */
char *pack_sortable(char *to, uint32_t value)
{
	unsigned bytes = 2;
	if (value >= 0x8000)
		bytes = (37 - (unsigned)__builtin_clz(value)) / 7;
	const unsigned mark = bytes == 2 ? 0 : 0xff << (10 - bytes) & 0xff;
	for (unsigned i = bytes; i--; value >>= 8)
		to[i] = (char)value;
	to[0] = (char)((unsigned char)to[0] | mark);
	return to + bytes;
}

char *pack_term(char *to, struct str term, bool more)
{
	const char *at = term.data, *end = term.data + term.len;
	while (at < end) {
		const char *zero = memchr(at, '\0', (size_t)(end - at));
		const size_t len = (size_t)((zero ? zero + 1 : end) - at);
		memcpy(to, at, len);
		to += len;
		at += len;
		if (zero)
			*to++ = '\xff';
	}
	if (more)
		*to++ = '\0';
	return to;
}

/* ---- positions ---- */

/* Bits are put into bytes from the lowest on. Fewer than 32 wait in `word` between two calls. */
struct bit_writer {
	char *to;
	uint64_t word;
	unsigned count;
};

/*
 * A number below `limit`, in as many bits as limit - 1 has, or in one fewer: where limit is not a power of two, some of the
 * short codes are free, and those in the middle of the range get them.
 */
static inline void put_below(struct bit_writer *bits, uint32_t value, uint32_t limit)
{
	/* The lowest bit only keeps the count of zeros defined when limit is 1. */
	const unsigned width = 63 - (unsigned)__builtin_clzll((uint64_t)(limit - 1) << 1 | 1);
	const uint64_t half = (UINT64_C(1) << width) >> 1;
	const uint64_t outer = limit - half;
	bits->word |= (uint64_t)value << bits->count;
	bits->count += width - ((uint64_t)value - outer < half - outer);
	if (bits->count < 32)
		return;
	const uint32_t full = htole32((uint32_t)bits->word);
	memcpy(bits->to, &full, sizeof(full));
	bits->to += sizeof(full);
	bits->word >>= 32;
	bits->count -= 32;
}

static inline char *bits_end(const struct bit_writer *bits)
{
	const uint32_t rest = htole32((uint32_t)bits->word);
	memcpy(bits->to, &rest, sizeof(rest));
	return bits->to + (bits->count + 7) / 8;
}

/* The position at `middle`, between two that are known. */
static inline void put_middle(struct bit_writer *bits, const uint32_t *positions, size_t left,
			      size_t middle, size_t right)
{
	const uint32_t limit = positions[right] - positions[left] - (uint32_t)(right - left) + 1;
	put_below(bits, positions[middle] - positions[left] - (uint32_t)(middle - left), limit);
}

/*
 * The position in the middle of a range, whose ends are known, then the half on the left of it, then that on the right. Right ends
 * that are still to come wait on a stack: each is at most half as far off as the one under it.
 */
static void put_inner(struct bit_writer *to, const uint32_t *positions, size_t count)
{
	struct bit_writer bits = *to;
	size_t ends[64], depth = 0, left = 0, right = count - 1;
	for (;;) {
		while (right - left > 1) {
			const size_t middle = left + (right - left) / 2;
			put_middle(&bits, positions, left, middle, right);
			ends[depth++] = right;
			right = middle;
		}
		if (!depth)
			break;
		left = right;
		right = ends[--depth];
	}
	*to = bits;
}

char *pack_positions(char *to, const uint32_t *positions, size_t count)
{
	const uint32_t last = positions[count - 1];
	to = pack_number(to, last);
	if (count == 1)
		return to;
	struct bit_writer bits = { .to = to };
	const uint32_t first = positions[0];
	put_below(&bits, first, last);
	put_below(&bits, (uint32_t)count - 2, last - first);
	if (count == 3)
		put_middle(&bits, positions, 0, 1, 2);
	else if (count > 3)
		put_inner(&bits, positions, count);
	return bits_end(&bits);
}
