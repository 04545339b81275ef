/*
 * made_record.h: stored records put together from any plain bytes, by the rules of record.h and not by its code, so
 * that also wrong ones get as far as those who read them.
 */
#ifndef DATELINE_MADE_RECORD_H
#define DATELINE_MADE_RECORD_H

#include "dateline/intern.h"
#include "dateline/record.h"

#include <libdeflate.h>
#include <stdlib.h>

#define MADE_SEED_AT 10
#define MADE_BODY_AT 18

/* Makes the checksum right again. */
static inline void made_checksum(struct buffer *bytes)
{
	const uint64_t checksum = hash_bytes(bytes->data + MADE_SEED_AT, bytes->len - MADE_SEED_AT);
	for (int i = 0; i < 8; i++)
		bytes->data[2 + i] = (char)(checksum >> (56 - 8 * i));
}

/* Mixes all behind the seed, byte by byte. */
static inline void made_mix(struct buffer *bytes)
{
	uint64_t state = 0, word = 0;
	for (size_t i = MADE_SEED_AT; i < MADE_BODY_AT; i++)
		state = state << 8 | (unsigned char)bytes->data[i];
	for (size_t i = MADE_BODY_AT; i < bytes->len; i++, word >>= 8) {
		if ((i - MADE_BODY_AT) % 8 == 0) {
			word = state += UINT64_C(0x9E3779B97F4A7C15);
			word = (word ^ word >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
			word = (word ^ word >> 27) * UINT64_C(0x94D049BB133111EB);
			word ^= word >> 31;
		}
		bytes->data[i] = (char)(bytes->data[i] ^ (char)word);
	}
}

static inline void made_front(struct buffer *bytes)
{
	static const char seed[] = "any seed";
	buffer_reset(bytes);
	memset(buffer_extend(bytes, MADE_SEED_AT), 0, MADE_SEED_AT);
	bytes->data[0] = 'D';
	bytes->data[1] = RECORD_VERSION;
	buffer_add(bytes, seed, 8);
}

/* A record of this plain body. */
static inline void made_of_body(struct str body, struct buffer *bytes)
{
	made_front(bytes);
	buffer_add_str(bytes, body);
	made_mix(bytes);
	made_checksum(bytes);
}

/* A record of this plain head and of `rest`, which is compressed and said to have `plain_len` bytes. */
static inline void made_of_parts(struct str head, uint64_t plain_len, struct str rest,
				 struct buffer *bytes)
{
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(1);
	if (!compressor)
		abort();
	made_front(bytes);
	buffer_add_counted(bytes, head);
	buffer_add_varint(bytes, plain_len);
	const size_t before = bytes->len;
	const size_t room = libdeflate_deflate_compress_bound(compressor, rest.len);
	char *to = buffer_extend(bytes, room);
	bytes->len = before + libdeflate_deflate_compress(compressor, rest.data, rest.len, to, room);
	libdeflate_free_compressor(compressor);
	made_mix(bytes);
	made_checksum(bytes);
}

#endif
