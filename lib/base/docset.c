#include "dateline/docset.h"

#include <stdlib.h>

void docset_init(struct docset *set, uint32_t limit)
{
	set->limit = limit;
	set->words = memory_zero(docset_words(set), sizeof(*set->words));
}

void docset_release(struct docset *set)
{
	free(set->words);
	*set = (struct docset){ 0 };
}

void docset_copy(struct docset *to, const struct docset *from)
{
	if (!from->words) {
		*to = (struct docset){ 0 };
		return;
	}
	const size_t size = docset_words(from) * sizeof(*from->words);
	to->limit = from->limit;
	to->words = memory_alloc(size);
	memcpy(to->words, from->words, size);
}

void docset_and(struct docset *set, const struct docset *other)
{
	for (size_t i = 0, n = docset_words(set); i < n; i++)
		set->words[i] &= other->words[i];
}

void docset_or(struct docset *set, const struct docset *other)
{
	for (size_t i = 0, n = docset_words(set); i < n; i++)
		set->words[i] |= other->words[i];
}

void docset_and_not(struct docset *set, const struct docset *other)
{
	for (size_t i = 0, n = docset_words(set); i < n; i++)
		set->words[i] &= ~other->words[i];
}

/* In parallel, as every processor can: what the compiler has for it may be a call (Warren, "Hacker's Delight", 5-1). */
static uint32_t count_bits(uint64_t x)
{
	x -= x >> 1 & UINT64_C(0x5555555555555555);
	x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
	x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
	return (uint32_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

uint32_t docset_count(const struct docset *set)
{
	uint32_t count = 0;
	for (size_t i = 0, n = set->words ? docset_words(set) : 0; i < n; i++)
		count += count_bits(set->words[i]);
	return count;
}

uint32_t docset_next(const struct docset *set, uint32_t from)
{
	if (from > set->limit)
		return 0;
	size_t i = from >> 6;
	uint64_t word = set->words[i] & (~(uint64_t)0 << (from & 63));
	for (const size_t n = docset_words(set); !word;) {
		if (++i == n)
			return 0;
		word = set->words[i];
	}
	return (uint32_t)(i << 6) + (uint32_t)__builtin_ctzll(word);
}
