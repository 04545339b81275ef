#include "words.h"

#include "forms.h"

#include <stdlib.h>

#define SLOTS_FIRST 1024
#define RAW_MAX 255 /* bytes of what is kept: more are not written twice */

/* ---- keys ---- */

#define TAG_LANGUAGE 8 /* shift; below is the length */

struct key {
	uint64_t bytes[2];
	uint64_t hash;
	uint32_t tag;
};

/*
 * One wide multiplication. The seed is secret: texts that collide on purpose would make the table
 * slow. Nothing that is written depends on it.
 */
static uint64_t mix(uint64_t a, uint64_t b)
{
	const unsigned __int128 product = (unsigned __int128)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_key(const struct words *words, const uint64_t bytes[2], uint32_t tag)
{
	const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
	return mix(bytes[0] ^ words->seed, bytes[1] ^ (tag * odd) ^ ~words->seed);
}

/* At most 16 bytes as two numbers. Bytes behind them, where there are any, are read and masked. */
static inline void load_bytes(struct str raw, const void *limit, uint64_t bytes[2])
{
	bytes[0] = bytes[1] = 0;
	if ((const char *)limit - raw.data < SLOT_KEY_MAX) {
		memcpy(bytes, raw.data, raw.len);
		return;
	}
	memcpy(bytes, raw.data, SLOT_KEY_MAX);
	/* Little-endian and big-endian differ in which end the mask keeps. */
	const size_t last = raw.len > 8 ? 1 : 0;
	const unsigned unused = 8 * (8 - (unsigned)(raw.len - 8 * last));
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	bytes[last] &= unused < 64 ? UINT64_MAX >> unused : 0;
#else
	bytes[last] &= unused < 64 ? UINT64_MAX << unused : 0;
#endif
	if (!last)
		bytes[1] = 0;
}

static inline void make_key(const struct words *words, struct str raw, const void *limit,
			    struct key *key)
{
	key->tag = (uint32_t)raw.len | words->language << TAG_LANGUAGE;
	if (raw.len <= SLOT_KEY_MAX) {
		load_bytes(raw, limit, key->bytes);
	} else {
		key->bytes[0] = hash_bytes(raw.data, raw.len) ^ words->seed;
		key->bytes[1] = 0;
	}
	key->hash = hash_key(words, key->bytes, key->tag);
}

static inline bool is_key(const struct slot *slot, const struct key *key, struct str raw)
{
	if (slot->tag != key->tag || slot->key[0] != key->bytes[0])
		return false;
	if (raw.len <= SLOT_KEY_MAX)
		return slot->key[1] == key->bytes[1];
	return memcmp((const char *)(uintptr_t)slot->key[1], raw.data, raw.len) == 0;
}

/* ---- the table ---- */

static void grow(struct words *words)
{
	const size_t count = words->slot_count ? words->slot_count * 2 : SLOTS_FIRST;
	struct slot *slots = memory_zero(count, sizeof(*slots));
	for (size_t i = 0; i < words->slot_count; i++) {
		const struct slot *old = &words->slots[i];
		if (!old->word)
			continue;
		const bool is_long = (old->tag & RAW_MAX) > SLOT_KEY_MAX;
		const uint64_t bytes[2] = { old->key[0], is_long ? 0 : old->key[1] };
		size_t at = hash_key(words, bytes, old->tag) & (count - 1);
		while (slots[at].word)
			at = (at + 1) & (count - 1);
		slots[at] = *old;
	}
	free(words->slots);
	words->slots = slots;
	words->slot_count = count;
}

static struct slot *seek(const struct words *words, const struct key *key, struct str raw)
{
	const size_t mask = words->slot_count - 1;
	size_t at = key->hash & mask;
	while (words->slots[at].word && !is_key(&words->slots[at], key, raw))
		at = (at + 1) & mask;
	return &words->slots[at];
}

/* ---- making words ---- */

static struct word *word_of_exact(struct words *words, struct str exact)
{
	buffer_reset(&words->key);
	buffer_add_char(&words->key, (char)words->language);
	buffer_add_str(&words->key, exact);
	bool is_new;
	const uint32_t number = intern_add(&words->exact, buffer_str(&words->key), &is_new);
	if (!is_new)
		return words->by_number[number];
	struct word *word = arena_alloc(&words->arena, sizeof(*word));
	const struct str key = words->exact.keys[number];
	word->exact = (struct str){ key.data + 1, key.len - 1 };
	word->number = number;
	form_others(word, words->stemmers[words->language], &words->form, &words->arena);
	memory_reserve(&words->by_number, &words->capacity, number, sizeof(struct word *));
	words->by_number[number] = word;
	return word;
}

static void make_word(struct words *words, struct str raw, const struct token *parts,
		      size_t part_count, struct slot *slot)
{
	buffer_reset(&words->form);
	bool whole;
	if (part_count)
		whole = form_exact_of_parts(parts, part_count, &words->form);
	else
		whole = form_exact(raw, &words->raw, &words->form);
	slot->flags = form_flags(raw, part_count > 0) | (whole ? 0 : SLOT_WORD_CUT);
	slot->word = word_of_exact(words, buffer_str(&words->form));
}

static const struct slot *add(struct words *words, struct str raw, const struct key *key,
			      const struct token *parts, size_t part_count)
{
	if ((words->used + 1) * 2 > words->slot_count)
		grow(words);
	struct slot *slot = seek(words, key, raw);
	make_word(words, raw, parts, part_count, slot);
	memcpy(slot->key, key->bytes, sizeof(slot->key));
	if (raw.len > SLOT_KEY_MAX)
		slot->key[1] = (uintptr_t)arena_copy(&words->arena, raw).data;
	slot->tag = key->tag;
	words->used++;
	return slot;
}

const struct slot *words_get(struct words *words, struct str raw, const void *limit,
			     const struct token *parts, size_t part_count)
{
	const struct slot *slot;
	if (raw.len > RAW_MAX) {
		make_word(words, raw, parts, part_count, &words->uncached);
		slot = &words->uncached;
	} else {
		struct key key;
		make_key(words, raw, limit, &key);
		slot = seek(words, &key, raw);
		if (!slot->word)
			slot = add(words, raw, &key, parts, part_count);
	}
	if (slot->flags & SLOT_WORD_CUT)
		words->cut++;
	return slot;
}

/* ---- life ---- */

void words_init(struct words *words)
{
	*words = (struct words){ 0 };
	words->seed = mix((uintptr_t)words, UINT64_C(0xD6E8FEB86659FD93));
	grow(words);
}

void words_reset(struct words *words)
{
	intern_release(&words->exact);
	arena_release(&words->arena);
	free(words->by_number);
	words->by_number = NULL;
	words->capacity = 0;
	free(words->slots);
	words->slots = NULL;
	words->slot_count = words->used = 0;
	grow(words);
}

void words_release(struct words *words)
{
	for (size_t i = 0; i <= LANGUAGES; i++)
		form_stemmer_free(words->stemmers[i]);
	intern_release(&words->exact);
	arena_release(&words->arena);
	free(words->by_number);
	free(words->slots);
	buffer_release(&words->raw);
	buffer_release(&words->key);
	buffer_release(&words->form);
}

void words_set_language(struct words *words, const struct language *language)
{
	words->language = language ? (unsigned)(language - language_table) + 1 : 0;
	if (language && !words->stemmers[words->language])
		words->stemmers[words->language] = form_stemmer_new(language);
}

/* Of the interning table, what each key takes in its two arrays is a close enough bound. */
size_t words_size(const struct words *words)
{
	const size_t interned = 64;
	return words->arena.total + words->exact.arena.total + words->exact.count * interned +
	       words->capacity * sizeof(struct word *) + words->slot_count * sizeof(struct slot);
}
