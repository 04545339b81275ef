#include "merge_inside.h"

void sequences_add(struct next_sequence *heap, size_t *count, struct next_sequence next)
{
	size_t at = (*count)++;
	while (at && heap[(at - 1) / 2].sequence > next.sequence) {
		heap[at] = heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	heap[at] = next;
}

void sequences_sink_first(struct next_sequence *heap, size_t count)
{
	const struct next_sequence first = heap[0];
	size_t at = 0;
	for (;;) {
		size_t kid = 2 * at + 1;
		if (kid + 1 < count && heap[kid + 1].sequence < heap[kid].sequence)
			kid++;
		if (kid >= count || heap[kid].sequence >= first.sequence)
			break;
		heap[at] = heap[kid];
		at = kid;
	}
	heap[at] = first;
}

void sequences_drop_first(struct next_sequence *heap, size_t *count)
{
	heap[0] = heap[--*count];
	if (*count)
		sequences_sink_first(heap, *count);
}

uint64_t sequences_second(const struct next_sequence *heap, size_t count)
{
	if (count < 2)
		return UINT64_MAX;
	if (count > 2 && heap[2].sequence < heap[1].sequence)
		return heap[2].sequence;
	return heap[1].sequence;
}
