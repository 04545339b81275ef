#include "forward.h"

#include "pages.h"

/* Before the terms of an article. */
struct head {
	uint32_t sequence, length, term_count, words;
};

#define HEAD_WORDS (sizeof(struct head) / sizeof(uint32_t))

struct forward_block {
	struct forward_block *next;
	size_t size;           /* bytes, this included */
	size_t used, capacity; /* words */
	size_t taken;
	uint32_t words[];
};

static void drop_first(struct forward *forward)
{
	struct forward_block *block = forward->first;
	forward->first = block->next;
	if (!forward->first)
		forward->last = NULL;
	forward->bytes -= sizeof(*block) + block->used * sizeof(uint32_t);
	pages_unmap(block, block->size);
}

void forward_release(struct forward *forward)
{
	while (forward->first)
		drop_first(forward);
	*forward = (struct forward){ .huge = forward->huge };
}

static void add_block(struct forward *forward, size_t words)
{
	size_t size = sizeof(struct forward_block) + words * sizeof(uint32_t);
	struct forward_block *block = pages_map(&size, forward->huge);
	block->size = size;
	block->capacity = (size - sizeof(*block)) / sizeof(uint32_t);
	forward->bytes += sizeof(*block);
	if (forward->last)
		forward->last->next = block;
	else
		forward->first = block;
	forward->last = block;
}

uint32_t *forward_begin(struct forward *forward, size_t term_count)
{
	const size_t words = HEAD_WORDS + 2 * term_count;
	if (!forward->last || forward->last->capacity - forward->last->used < words)
		add_block(forward, words);
	return forward->last->words + forward->last->used + HEAD_WORDS;
}

void forward_end(struct forward *forward, uint32_t sequence, uint32_t length, size_t term_count,
		 const uint32_t *end)
{
	struct forward_block *block = forward->last;
	const size_t words = (size_t)(end - (block->words + block->used));
	const struct head head = { sequence, length, (uint32_t)term_count, (uint32_t)words };
	memcpy(block->words + block->used, &head, sizeof(head));
	block->used += words;
	forward->bytes += words * sizeof(uint32_t);
	forward->count++;
}

bool forward_take(struct forward *forward, struct forward_article *article)
{
	while (forward->first && forward->first->taken == forward->first->used)
		drop_first(forward);
	struct forward_block *block = forward->first;
	if (!block)
		return false;
	struct head head;
	memcpy(&head, block->words + block->taken, sizeof(head));
	*article = (struct forward_article){
		.sequence = head.sequence,
		.length = head.length,
		.term_count = head.term_count,
		.terms = block->words + block->taken + HEAD_WORDS,
	};
	block->taken += head.words;
	forward->count--;
	return true;
}
