/*
 * memory.h: memory, growing buffers and arenas.
 *
 * Out of memory is not an error that callers handle: memory_alloc and all that is built on it write
 * one line and end the process with exit code 2. That is safe because an index never depends on a
 * process ending well (see ARCHITECTURE.md, "Out of memory").
 */
#ifndef DATELINE_MEMORY_H
#define DATELINE_MEMORY_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Text is <pointer, length>, valid UTF-8 past the door, not terminated unless said so. */
struct str {
	const char *data;
	size_t len;
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define STR_ARG(s) (int)(s).len, (s).data /* for "%.*s" */

static inline struct str str_from(const char *terminated)
{
	struct str s = { terminated, terminated ? strlen(terminated) : 0 };
	return s;
}

static inline bool str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline bool str_begins_with(struct str s, const char *start)
{
	const size_t len = strlen(start);
	return s.len >= len && memcmp(s.data, start, len) == 0;
}

static inline bool str_ends_in(struct str s, const char *end)
{
	const size_t len = strlen(end);
	return s.len >= len && memcmp(s.data + s.len - len, end, len) == 0;
}

/* By bytes, shorter first: the order of terms in the index. <0, 0, >0. */
int str_compare(struct str a, struct str b);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/* Eight bytes alike, for loops that look at eight bytes at once. */
#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* A list of texts; items and texts are owned by whoever fills it, usually an arena. */
struct str_list {
	struct str *items;
	size_t count;
};

/* What the functions below do when there is none left; for libraries that answer with NULL. */
void memory_exhausted(void) __attribute__((noreturn));

/* malloc, realloc that never return NULL (see above). Free with free(). */
void *memory_alloc(size_t size);
void *memory_zero(size_t count, size_t size);
void *memory_grow(void *old, size_t size);

/*
 * Room for one more in a growing array of `item_size` pieces: grows by half when count == *capacity.
 * `items` is the address of the array's pointer.
 */
void memory_reserve(void *items, size_t *capacity, size_t count, size_t item_size);

/* A growing run of bytes, always followed by a NUL that is not counted. {0} is an empty one. */
struct buffer {
	char *data;
	size_t len, capacity;
};

void buffer_release(struct buffer *buffer); /* frees; the buffer is empty and usable again */
void buffer_reset(struct buffer *buffer);   /* empties, keeps the memory */
char *buffer_extend(struct buffer *buffer, size_t size); /* `size` new bytes, not initialised */
void buffer_add(struct buffer *buffer, const void *data, size_t len);
void buffer_add_str(struct buffer *buffer, struct str s);
void buffer_add_text(struct buffer *buffer, const char *terminated);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_add_format(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buffer_add_format_v(struct buffer *buffer, const char *format, va_list args);

static inline struct str buffer_str(const struct buffer *buffer)
{
	struct str s = { buffer->data ? buffer->data : "", buffer->len };
	return s;
}

/* Base 128, least significant group first, top bit = more follows. At most 10 bytes. */
void buffer_add_varint(struct buffer *buffer, uint64_t value);

/* Reads one from [*at, end) and moves *at behind it; false when cut short or over 64 bits. */
bool varint_read(const char **at, const char *end, uint64_t *value);

/* Text behind its length as a varint, and its reader (the text is borrowed from the input). */
void buffer_add_counted(struct buffer *buffer, struct str s);
bool counted_read(const char **at, const char *end, struct str *s);

/* Memory that is freed all at once. {0} is an empty one. */
struct arena {
	struct arena_block *blocks;
	char *at, *end;
	size_t total;              /* bytes in blocks, for limits and reports */
	struct arena_block *spare; /* for the next blocks; not in total */
	uint32_t spare_count;
};

void *arena_alloc(struct arena *arena, size_t size); /* aligned for any type, not initialised */
void *arena_zero(struct arena *arena, size_t count, size_t size);
struct str arena_copy(struct arena *arena, struct str s); /* the copy is also NUL-terminated */
void arena_reset(struct arena *arena);                    /* keeps up to 2 MiB for reuse */
void arena_release(struct arena *arena);

#ifdef __cplusplus
}
#endif
#endif
