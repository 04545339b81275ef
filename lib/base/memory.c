#include "dateline/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int str_compare(struct str a, struct str b)
{
	const size_t shorter = a.len < b.len ? a.len : b.len;
	const int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.len && is_blank(s.data[0])) {
		s.data++;
		s.len--;
	}
	while (s.len && is_blank(s.data[s.len - 1]))
		s.len--;
	return s;
}

/* Writes without allocating; see memory.h for why the process may end here. */
void memory_exhausted(void)
{
	static const char line[] = "dateline: out of memory; what was committed stands\n";
	const ssize_t written = write(STDERR_FILENO, line, sizeof(line) - 1);
	(void)written;
	_exit(2);
}

void *memory_alloc(size_t size)
{
	void *memory = malloc(size ? size : 1);
	if (!memory)
		memory_exhausted();
	return memory;
}

void *memory_zero(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);
	if (!memory)
		memory_exhausted();
	return memory;
}

void *memory_grow(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);
	if (!memory)
		memory_exhausted();
	return memory;
}

void memory_reserve(void *items, size_t *capacity, size_t count, size_t item_size)
{
	if (count < *capacity)
		return;
	const size_t wanted = *capacity ? *capacity + *capacity / 2 + 1 : 16;
	if (wanted > SIZE_MAX / item_size)
		memory_exhausted();
	void *old;
	memcpy(&old, items, sizeof(old));
	void *grown = memory_grow(old, wanted * item_size);
	memcpy(items, &grown, sizeof(grown));
	*capacity = wanted;
}

void buffer_release(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){ 0 };
}

void buffer_reset(struct buffer *buffer)
{
	buffer->len = 0;
	if (buffer->data)
		buffer->data[0] = '\0';
}

char *buffer_extend(struct buffer *buffer, size_t size)
{
	if (size >= SIZE_MAX / 2 - buffer->len)
		memory_exhausted();
	const size_t needed = buffer->len + size + 1;
	if (needed > buffer->capacity) {
		size_t capacity = buffer->capacity + buffer->capacity / 2;
		if (capacity < needed)
			capacity = needed < 64 ? 64 : needed;
		buffer->data = memory_grow(buffer->data, capacity);
		buffer->capacity = capacity;
	}
	char *at = buffer->data + buffer->len;
	buffer->len += size;
	buffer->data[buffer->len] = '\0';
	return at;
}

void buffer_add(struct buffer *buffer, const void *data, size_t len)
{
	char *at = buffer_extend(buffer, len);
	if (len)
		memcpy(at, data, len);
}

void buffer_add_str(struct buffer *buffer, struct str s)
{
	buffer_add(buffer, s.data, s.len);
}

void buffer_add_text(struct buffer *buffer, const char *terminated)
{
	buffer_add(buffer, terminated, strlen(terminated));
}

void buffer_add_char(struct buffer *buffer, char c)
{
	*buffer_extend(buffer, 1) = c;
}

void buffer_add_format_v(struct buffer *buffer, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	const int size = vsnprintf(NULL, 0, format, args);
	if (size > 0) {
		char *at = buffer_extend(buffer, (size_t)size);
		vsnprintf(at, (size_t)size + 1, format, again);
	}
	va_end(again);
}

void buffer_add_format(struct buffer *buffer, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buffer_add_format_v(buffer, format, args);
	va_end(args);
}

void buffer_add_varint(struct buffer *buffer, uint64_t value)
{
	char bytes[10];
	size_t len = 0;
	for (; value >= 0x80; value >>= 7)
		bytes[len++] = (char)(value | 0x80);
	bytes[len++] = (char)value;
	buffer_add(buffer, bytes, len);
}

bool varint_read(const char **at, const char *end, uint64_t *value)
{
	uint64_t sum = 0;
	const char *s = *at;
	for (unsigned shift = 0; shift < 64; shift += 7) {
		if (s == end)
			return false;
		const uint64_t byte = (unsigned char)*s++;
		if (shift == 63 && byte > 1)
			return false;
		sum |= (byte & 0x7f) << shift;
		if (byte < 0x80) {
			*at = s;
			*value = sum;
			return true;
		}
	}
	return false;
}

void buffer_add_counted(struct buffer *buffer, struct str s)
{
	buffer_add_varint(buffer, s.len);
	buffer_add_str(buffer, s);
}

bool counted_read(const char **at, const char *end, struct str *s)
{
	uint64_t len;
	const char *start = *at;
	if (!varint_read(&start, end, &len) || len > (uint64_t)(end - start))
		return false;
	*s = (struct str){ start, (size_t)len };
	*at = start + len;
	return true;
}

/* ---- arenas ---- */

#define ARENA_BLOCK ((size_t)64 << 10)

/* Memory that is given back and taken again comes as new pages, which cost more than what is done with them. */
#define SPARE_MAX 31

struct arena_block {
	struct arena_block *next;
	size_t size;
	max_align_t memory[];
};

static size_t round_up(size_t size)
{
	const size_t unit = sizeof(max_align_t);
	if (size > SIZE_MAX / 2)
		memory_exhausted();
	return (size + unit - 1) / unit * unit;
}

static struct arena_block *take_block(struct arena *arena, size_t room)
{
	struct arena_block *block = arena->spare;
	if (block && room == ARENA_BLOCK) {
		arena->spare = block->next;
		arena->spare_count--;
		return block;
	}
	block = memory_alloc(sizeof(*block) + room);
	block->size = room;
	return block;
}

static void add_block(struct arena *arena, struct arena_block *block)
{
	block->next = arena->blocks;
	arena->blocks = block;
	arena->total += block->size;
	arena->at = (char *)block->memory;
	arena->end = arena->at + block->size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size = round_up(size ? size : 1);
	if ((size_t)(arena->end - arena->at) < size)
		add_block(arena, take_block(arena, size > ARENA_BLOCK ? size : ARENA_BLOCK));
	char *memory = arena->at;
	arena->at += size;
	return memory;
}

void *arena_zero(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		memory_exhausted();
	return memset(arena_alloc(arena, count * size), 0, count * size);
}

struct str arena_copy(struct arena *arena, struct str s)
{
	char *copy = arena_alloc(arena, s.len + 1);
	if (s.len)
		memcpy(copy, s.data, s.len);
	copy[s.len] = '\0';
	return (struct str){ copy, s.len };
}

static void free_blocks(struct arena_block *block)
{
	for (struct arena_block *next; block; block = next) {
		next = block->next;
		free(block);
	}
}

void arena_reset(struct arena *arena)
{
	struct arena after = { .spare = arena->spare, .spare_count = arena->spare_count };
	for (struct arena_block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		/* A giant's block is not kept for the dwarfs that follow. */
		const bool is_kept = block->size == ARENA_BLOCK && after.spare_count < SPARE_MAX;
		if (!is_kept) {
			free(block);
		} else if (!after.blocks) {
			add_block(&after, block);
		} else {
			block->next = after.spare;
			after.spare = block;
			after.spare_count++;
		}
	}
	*arena = after;
}

void arena_release(struct arena *arena)
{
	free_blocks(arena->blocks);
	free_blocks(arena->spare);
	*arena = (struct arena){ 0 };
}
