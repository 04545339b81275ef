/*
 * intern.h: bytes -> small numbers, given once and in order, starting at 0.
 *
 * One open-addressing table; the bytes are copied into an arena beside it. Not thread-safe: one per
 * owner. {0} is an empty one.
 */
#ifndef DATELINE_INTERN_H
#define DATELINE_INTERN_H

#include "dateline/memory.h"

#ifdef __cplusplus
extern "C" {
#endif

#define INTERN_NONE UINT32_MAX

struct intern {
	struct arena arena;
	struct intern_slot *slots;
	uint32_t slot_count;
	struct str *keys; /* by number */
	size_t count, capacity;
};

/* The number of `key`, given now if it is new; *is_new (may be NULL) says so. */
uint32_t intern_add(struct intern *table, struct str key, bool *is_new);

/* The number of `key`, or INTERN_NONE. */
uint32_t intern_find(const struct intern *table, struct str key);

/* Bytes of memory that it has in use. */
size_t intern_memory(const struct intern *table);

/* Asks for the place of `key` from memory, for whoever adds or finds it some steps later. Changes nothing. */
void intern_fetch(const struct intern *table, struct str key);

void intern_reset(struct intern *table);
void intern_release(struct intern *table);

/* 64 bits of XXH3 (libxxhash); stable across machines and releases of the library. */
uint64_t hash_bytes(const void *data, size_t len);

/* 128 bits of XXH3 as 16 bytes, canonical (big-endian) order. */
void hash_bytes_128(const void *data, size_t len, unsigned char out[16]);

#ifdef __cplusplus
}
#endif
#endif
