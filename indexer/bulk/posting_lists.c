#include "posting_lists.h"

#include "packing.h"
#include "pages.h"

#include <endian.h>
#include <stdlib.h>

#define SLICE_UNIT 16
#define UNITS_A_BLOCK ((uint32_t)(PAGES_UNIT / SLICE_UNIT))

/* At the end of a slice that is full stands where the list goes on. */
#define LINK_BYTES sizeof(uint32_t)
#define ROOM_FIRST (SLICE_UNIT - LINK_BYTES)
#define ROOM_MAX (4096 - LINK_BYTES)

/* A posting is written in one step when it takes no more than this. */
#define WORD_BYTES sizeof(uint64_t)

/* Lists are looked at as many postings ahead, and the ends of their slices half as many. */
#define AHEAD 32

void posting_lists_release(struct posting_lists *lists)
{
	for (size_t i = 0; i < lists->block_count; i++)
		pages_unmap(lists->blocks[i], PAGES_UNIT);
	free(lists->blocks);
	free(lists->items);
	free(lists->heads);
	buffer_release(&lists->scratch);
	*lists = (struct posting_lists){ .huge = lists->huge };
}

void posting_lists_reach(struct posting_lists *lists, size_t count)
{
	if (count <= lists->count)
		return;
	if (count > lists->capacity) {
		const size_t capacity = count + count / 2;
		lists->items = memory_grow(lists->items, capacity * sizeof(*lists->items));
		lists->heads = memory_grow(lists->heads, capacity * sizeof(*lists->heads));
		if (lists->huge) {
			pages_prefer_huge(lists->items, capacity * sizeof(*lists->items));
			pages_prefer_huge(lists->heads, capacity * sizeof(*lists->heads));
		}
		lists->capacity = capacity;
	}
	memset(lists->items + lists->count, 0, (count - lists->count) * sizeof(*lists->items));
	lists->count = count;
}

size_t posting_lists_memory(const struct posting_lists *lists)
{
	const size_t unused = (size_t)(lists->end - lists->next) * SLICE_UNIT;
	return lists->block_count * PAGES_UNIT - unused +
	       lists->count * (sizeof(*lists->items) + sizeof(*lists->heads));
}

/* ---- slices ---- */

static inline char *address_of(const struct posting_lists *lists, uint32_t slice)
{
	return lists->blocks[slice / UNITS_A_BLOCK] + (size_t)(slice % UNITS_A_BLOCK) * SLICE_UNIT;
}

static inline size_t room_after(size_t room)
{
	return room < ROOM_MAX ? 2 * room + LINK_BYTES : ROOM_MAX;
}

static void add_block(struct posting_lists *lists)
{
	/* Slices have numbers of 32 bits: 64 GiB of them. */
	if (lists->block_count == UINT32_MAX / UNITS_A_BLOCK)
		memory_exhausted();
	memory_reserve(&lists->blocks, &lists->block_capacity, lists->block_count,
		       sizeof(*lists->blocks));
	size_t size = PAGES_UNIT;
	lists->blocks[lists->block_count] = pages_map(&size, lists->huge);
	lists->next = (uint32_t)lists->block_count++ * UNITS_A_BLOCK;
	lists->end = lists->next + UNITS_A_BLOCK;
}

static uint32_t take_slice(struct posting_lists *lists, size_t room)
{
	const uint32_t units = (uint32_t)((room + LINK_BYTES) / SLICE_UNIT);
	if (lists->end - lists->next < units)
		add_block(lists);
	const uint32_t slice = lists->next;
	lists->next += units;
	return slice;
}

static void lengthen(struct posting_lists *lists, struct posting_list *list)
{
	const bool is_first = list->room == 0;
	const size_t room = is_first ? ROOM_FIRST : room_after(list->room);
	const uint32_t slice = take_slice(lists, room);
	if (is_first)
		lists->heads[list - lists->items] = slice;
	else
		memcpy(address_of(lists, list->slice) + list->room, &slice, sizeof(slice));
	list->slice = slice;
	list->used = 0;
	list->room = (uint16_t)room;
}

static void append(struct posting_lists *lists, struct posting_list *list, const char *bytes,
		   size_t len)
{
	while (len) {
		if (list->used == list->room)
			lengthen(lists, list);
		size_t now = (size_t)(list->room - list->used);
		if (now > len)
			now = len;
		memcpy(address_of(lists, list->slice) + list->used, bytes, now);
		list->used = (uint16_t)(list->used + now);
		bytes += now;
		len -= now;
	}
}

/* ---- adding ---- */

/* Any posting, by way of the scratch buffer. */
static void add_long(struct posting_lists *lists, struct posting_list *list, uint32_t step,
		     const struct numbered_posting *posting)
{
	struct buffer *scratch = &lists->scratch;
	buffer_reset(scratch);
	char *start = buffer_extend(scratch, 3 * PACKED_NUMBER_MAX);
	char *to = pack_number(start, step);
	to = pack_number(to, (uint64_t)posting->wdf * 2 + (posting->count > 0));
	append(lists, list, start, (size_t)(to - start));
	if (!posting->count)
		return;
	char *tag = buffer_extend(scratch, POSITIONS_ROOM(posting->count));
	const size_t len = (size_t)(pack_positions(tag, posting->positions, posting->count) - tag);
	start = scratch->data;
	append(lists, list, start, (size_t)(pack_number(start, len) - start));
	append(lists, list, tag, len);
}

/* Several positions, whose tag has a length of one byte and takes no more room than there is: straight to its place. */
static void add_several(struct posting_lists *lists, struct posting_list *list, uint32_t step,
			const struct numbered_posting *posting)
{
	const size_t tag_max = POSITIONS_ROOM(posting->count);
	const size_t room = (size_t)(list->room - list->used);
	if (posting->count > 27 || room < 2 * PACKED_NUMBER_MAX + 1 + tag_max) {
		add_long(lists, list, step, posting);
		return;
	}
	char *start = address_of(lists, list->slice) + list->used;
	char *to = pack_number(start, step);
	to = pack_number(to, (uint64_t)posting->wdf * 2 + 1);
	char *tag = to + 1;
	char *end = pack_positions(tag, posting->positions, posting->count);
	*to = (char)(end - tag);
	list->used = (uint16_t)(list->used + (end - start));
}

/* A number below 2^21 as a varint, its first byte lowest, and how many bytes that takes; without a branch, as sizes change all the time. */
static inline uint32_t as_varint(uint32_t value, unsigned *bytes)
{
	*bytes = 1 + (value >= 1 << 7) + (value >= 1 << 14);
	const uint32_t groups = (value & 0x7f) | (value & 0x3f80) << 1 | (value & 0x1fc000) << 2;
	return groups | (0x8080 & ((1U << 8 * (*bytes - 1)) - 1));
}

/* A posting with one position or none is at most eight bytes, when its numbers are of the usual size. */
static inline void add_posting(struct posting_lists *lists, uint32_t sequence,
			       const struct numbered_posting *posting)
{
	static const uint32_t none;
	struct posting_list *list = &lists->items[posting->term];
	const uint32_t step = sequence - list->last;
	list->last = sequence;
	list->count++;
	if (posting->count > 1) {
		add_several(lists, list, step, posting);
		return;
	}
	const bool has_position = posting->count;
	const uint32_t position = *(has_position ? posting->positions : &none);
	if ((size_t)(list->room - list->used) < WORD_BYTES || posting->wdf >= 64 ||
	    (step | position) >= 1 << 21) {
		add_long(lists, list, step, posting);
		return;
	}
	unsigned step_bytes, position_bytes;
	uint64_t word = as_varint(step, &step_bytes);
	const uint64_t tag = as_varint(position, &position_bytes);
	/* Of one without a position, the last two are no part of it. */
	word |= (posting->wdf * 2 + has_position + ((uint64_t)position_bytes << 8) + (tag << 16))
		<< 8 * step_bytes;
	word = htole64(word);
	memcpy(address_of(lists, list->slice) + list->used, &word, sizeof(word));
	list->used =
		(uint16_t)(list->used + step_bytes + 1 + (has_position ? 1 + position_bytes : 0));
}

/* The end of the list is soon written to; of an empty one, this looks at some other place, which is quicker than to find out. */
static inline void prefetch_end(const struct posting_lists *lists, uint32_t term)
{
	const struct posting_list *list = &lists->items[term];
	__builtin_prefetch(address_of(lists, list->slice) + list->used, 1);
}

void posting_lists_add(struct posting_lists *lists, uint32_t sequence,
		       const struct numbered_posting *postings, size_t count)
{
	if (!lists->block_count)
		add_block(lists);
	for (size_t i = 0; i < count && i < AHEAD; i++)
		__builtin_prefetch(&lists->items[postings[i].term], 1);
	for (size_t i = 0; i < count && i < AHEAD / 2; i++)
		prefetch_end(lists, postings[i].term);
	for (size_t i = 0; i < count; i++) {
		if (i + AHEAD < count)
			__builtin_prefetch(&lists->items[postings[i + AHEAD].term], 1);
		if (i + AHEAD / 2 < count)
			prefetch_end(lists, postings[i + AHEAD / 2].term);
		add_posting(lists, sequence, &postings[i]);
	}
}

/* ---- reading back ---- */

static inline uint32_t next_slice(const char *slice, size_t room)
{
	uint32_t next;
	memcpy(&next, slice + room, sizeof(next));
	return next;
}

size_t posting_list_bytes(const struct posting_lists *lists, uint32_t term)
{
	const struct posting_list *list = &lists->items[term];
	size_t bytes = list->used, room = ROOM_FIRST;
	for (uint32_t slice = lists->heads[term]; slice != list->slice; room = room_after(room)) {
		bytes += room;
		slice = next_slice(address_of(lists, slice), room);
	}
	return bytes;
}

void posting_list_copy(const struct posting_lists *lists, uint32_t term, char *to)
{
	const struct posting_list *list = &lists->items[term];
	size_t room = ROOM_FIRST;
	for (uint32_t slice = lists->heads[term]; slice != list->slice; room = room_after(room)) {
		const char *from = address_of(lists, slice);
		memcpy(to, from, room);
		to += room;
		slice = next_slice(from, room);
	}
	memcpy(to, address_of(lists, list->slice), list->used);
}

void posting_list_prefetch(const struct posting_lists *lists, uint32_t term)
{
	__builtin_prefetch(address_of(lists, lists->heads[term]));
}
