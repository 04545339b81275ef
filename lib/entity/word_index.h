/*
 * word_index.h: from a word to the names that begin with it. {0} is an empty one.
 *
 * Hashes only: a name that is found must still be compared.
 */
#ifndef DATELINE_WORD_INDEX_H
#define DATELINE_WORD_INDEX_H

#include "dateline/memory.h"

struct word_slot {
	uint32_t hash, number_plus_one; /* 0: free */
};

struct word_index {
	uint64_t starts[128]; /* a bit for each four letters that a word begins with */
	struct word_slot *slots;
	uint32_t slot_count; /* a power of 2 */
	size_t count;
};

void word_index_release(struct word_index *index);

/* Empties it, and makes room for `count` words. */
void word_index_reset(struct word_index *index, size_t count);

/* A word may be added with many numbers; it must not be empty. */
void word_index_add(struct word_index *index, struct str word, uint32_t number);

#define WORD_START 4

/* The first bytes of a word as one number, letters in lower case. At `s` are four bytes or more. */
static inline uint32_t word_start(const char *s, size_t len)
{
	static const uint32_t kept[WORD_START + 1] = { 0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF };
	const uint8_t *bytes = (const uint8_t *)s;
	const uint32_t all = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
			     (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
	return (all | 0x20202020) & kept[len < WORD_START ? len : WORD_START];
}

/* Is any of the bytes, but for those that are not there, no letter from a to z? All at once, in bit 7 of each. */
static inline uint32_t word_start_is_odd(uint32_t start)
{
	const uint32_t low = start & 0x7F7F7F7F;
	const uint32_t from_a = low + 0x1F1F1F1F, behind_z = low + 0x05050505;
	const uint32_t there = low + 0x7F7F7F7F;
	return ((~from_a | behind_z) & there & 0x80808080) | (start & 0x80808080);
}

static inline unsigned word_start_bit(uint32_t start)
{
	return start * UINT32_C(2654435761) >> 19;
}

/*
 * False when a word that begins so is surely not there: most are not. Accents, apostrophes and digits
 * may fold away, so with them it may be anything. Without a branch: which words are capitals in a text is
 * nothing that a processor can foretell.
 */
static inline bool word_index_may_have(const struct word_index *index, uint32_t start)
{
	const unsigned bit = word_start_bit(start);
	return (index->starts[bit / 64] >> bit % 64 & 1) | (word_start_is_odd(start) != 0);
}

/* Where a search for a word stands. */
struct word_search {
	uint32_t hash, at;
};

struct word_search word_index_search(const struct word_index *index, struct str word);

/* The next number of the word; false when there is no more. */
bool word_index_next(const struct word_index *index, struct word_search *search, uint32_t *number);

#endif
