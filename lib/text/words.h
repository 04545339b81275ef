/*
 * words.h: the cache of words: raw bytes of the text -> struct word and what the bytes say of a token.
 *
 * A word that was written in the same way before, in the same language, costs one look-up: no folding,
 * no stemming. Keys of up to 16 bytes stand in the table itself. Different ways of writing
 * ("Chinese", "chinese") lead to the same struct word.
 */
#ifndef DATELINE_TEXT_WORDS_H
#define DATELINE_TEXT_WORDS_H

#include "languages.h"

#include "dateline/intern.h"

#define SLOT_KEY_MAX 16

/* Beside enum token_flag, in struct slot alone. */
#define SLOT_WORD_CUT (1u << 15)

/* Two of them fill a cache line. */
struct slot {
	uint64_t key[2]; /* the raw bytes, filled up with zeros; longer ones: hash and address */
	const struct word *word;
	uint32_t number; /* of the word */
	uint16_t tag;    /* length and language; 0: the slot is free */
	uint16_t flags;  /* enum token_flag as far as the bytes decide, SLOT_WORD_CUT */
};

struct words {
	struct slot *slots; /* at the border of a cache line, in `table` */
	void *table;
	size_t slot_count, used; /* slot_count is a power of two */
	uint64_t seed;
	struct intern exact; /* a byte for the language, then the exact form -> word.number */
	struct word **by_number;
	size_t capacity;
	struct arena arena; /* words, their other forms, and long raw bytes */
	struct sb_stemmer *stemmers[LANGUAGES + 1]; /* made when first needed */
	unsigned language; /* 0: none; else 1 + its place in language_table */
	struct buffer raw, key, form;
	struct slot uncached; /* for raw bytes that are too long to be kept */
	uint64_t cut;
};

void words_init(struct words *words);
void words_release(struct words *words);
void words_set_language(struct words *words, const struct language *language);

/* Forgets all words. */
void words_reset(struct words *words);

/* Bytes in all that grows with the words. */
size_t words_size(const struct words *words);

/* What a word is looked up by. */
struct word_key {
	uint64_t bytes[2]; /* as struct slot has them; of a longer word its hash alone */
	uint64_t hash;
	uint32_t tag;
	uint32_t part_count; /* of a hyphenated word as one; 0 for others */
};

#define WORD_KEY_LANGUAGE 8 /* bits of the length in a tag; above is the language */

/*
 * One wide multiplication. The seed is secret: texts that collide on purpose would make the table
 * slow. Nothing that is written depends on it.
 */
static inline uint64_t words_hash(const struct words *words, const uint64_t bytes[2], uint32_t tag)
{
	const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
	const unsigned __int128 product = (unsigned __int128)(bytes[0] ^ words->seed) *
					  (bytes[1] ^ (tag * odd) ^ ~words->seed);
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t word_key_eight(const void *bytes)
{
	uint64_t eight;
	memcpy(&eight, bytes, sizeof(eight));
	return eight;
}

/* At most 16 bytes as two numbers. Bytes behind them, where there are any, are read and masked. */
static inline void word_key_load(struct str raw, const void *limit, uint64_t bytes[2])
{
	static const uint8_t ones_then_zeros[2 * SLOT_KEY_MAX] = { [0 ... SLOT_KEY_MAX - 1] = 0xFF };
	if ((const char *)limit - raw.data < SLOT_KEY_MAX) {
		bytes[0] = bytes[1] = 0;
		memcpy(bytes, raw.data, raw.len);
		return;
	}
	const uint8_t *masks = ones_then_zeros + SLOT_KEY_MAX - raw.len;
	bytes[0] = word_key_eight(raw.data) & word_key_eight(masks);
	bytes[1] = word_key_eight(raw.data + 8) & word_key_eight(masks + 8);
}

/* Of a word of more than SLOT_KEY_MAX bytes. */
void words_long_key(const struct words *words, struct str raw, struct word_key *key);

/*
 * The key of the word written `raw`. Its slot is fetched from memory meanwhile: words_get comes best some words later. Bytes up to
 * `limit` may be read.
 */
static inline void words_key(const struct words *words, struct str raw, const void *limit,
			     size_t part_count, struct word_key *key)
{
	if (raw.len > SLOT_KEY_MAX) {
		words_long_key(words, raw, key);
	} else {
		key->tag = (uint32_t)raw.len | words->language << WORD_KEY_LANGUAGE;
		word_key_load(raw, limit, key->bytes);
	}
	key->part_count = (uint32_t)part_count;
	key->hash = words_hash(words, key->bytes, key->tag);
	__builtin_prefetch(&words->slots[key->hash & (words->slot_count - 1)]);
}

/* words_get for whatever does not stand where its hash says. */
const struct slot *words_seek(struct words *words, struct str raw, const struct word_key *key,
			      const struct token *parts);

/*
 * The slot of the word written `raw`, made if it is new; valid until the next call. A hyphenated word as one is given with
 * its parts, which make its form.
 */
static inline const struct slot *words_get(struct words *words, struct str raw,
					   const struct word_key *key, const struct token *parts)
{
	const struct slot *slot = &words->slots[key->hash & (words->slot_count - 1)];
	const uint64_t other = (slot->key[0] ^ key->bytes[0]) | (slot->key[1] ^ key->bytes[1]) |
			       (slot->tag ^ key->tag);
	/* A longer word is not told by its key alone. */
	if (other || raw.len > SLOT_KEY_MAX || (slot->flags & SLOT_WORD_CUT))
		return words_seek(words, raw, key, parts);
	return slot;
}

#endif
