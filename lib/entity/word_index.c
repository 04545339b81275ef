#include "word_index.h"

#include "dateline/intern.h"

#include <stdlib.h>

#define SLOTS_MIN 64
#define SLOTS_KEPT 4096 /* an article with more names than that is rare: its memory is given back */

void word_index_release(struct word_index *index)
{
	free(index->slots);
	*index = (struct word_index){ 0 };
}

void word_index_reset(struct word_index *index, size_t count)
{
	uint32_t wanted = SLOTS_MIN;
	while (wanted < 2 * count)
		wanted *= 2;
	if (index->slot_count < wanted || index->slot_count > SLOTS_KEPT) {
		word_index_release(index);
		index->slots = memory_zero(wanted, sizeof(*index->slots));
		index->slot_count = wanted;
	} else if (index->count) {
		memset(index->slots, 0, index->slot_count * sizeof(*index->slots));
		memset(index->starts, 0, sizeof(index->starts));
	}
	index->count = 0;
}

void word_index_add(struct word_index *index, struct str word, uint32_t number)
{
	char start[WORD_START] = { 0 };
	memcpy(start, word.data, word.len < WORD_START ? word.len : WORD_START);
	const unsigned bit = word_start_bit(word_start(start, word.len));
	index->starts[bit / 64] |= UINT64_C(1) << bit % 64;
	struct word_search search = word_index_search(index, word);
	while (index->slots[search.at].number_plus_one)
		search.at = (search.at + 1) & (index->slot_count - 1);
	index->slots[search.at] = (struct word_slot){ search.hash, number + 1 };
	index->count++;
}

struct word_search word_index_search(const struct word_index *index, struct str word)
{
	const uint32_t hash = (uint32_t)hash_bytes(word.data, word.len);
	return (struct word_search){ hash, hash & (index->slot_count - 1) };
}

bool word_index_next(const struct word_index *index, struct word_search *search, uint32_t *number)
{
	for (;;) {
		const struct word_slot *slot = &index->slots[search->at];
		if (!slot->number_plus_one)
			return false;
		search->at = (search->at + 1) & (index->slot_count - 1);
		if (slot->hash == search->hash) {
			*number = slot->number_plus_one - 1;
			return true;
		}
	}
}
