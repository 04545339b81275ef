#include "words.h"

#include "forms.h"

#include <stdlib.h>
#include <sys/mman.h>

#define SLOTS_FIRST 1024
#define RAW_MAX 255 /* bytes of what is kept: more are not written twice */

/* ---- keys ---- */

void words_long_key(const struct words *words, struct str raw, struct word_key *key)
{
	key->tag = (uint32_t)(raw.len & RAW_MAX) | words->language << WORD_KEY_LANGUAGE;
	key->bytes[0] = hash_bytes(raw.data, raw.len) ^ words->seed;
	key->bytes[1] = 0;
}

static inline bool is_key(const struct slot *slot, const struct word_key *key, struct str raw)
{
	if (slot->tag != key->tag || slot->key[0] != key->bytes[0])
		return false;
	if (raw.len <= SLOT_KEY_MAX)
		return slot->key[1] == key->bytes[1];
	return memcmp((const char *)(uintptr_t)slot->key[1], raw.data, raw.len) == 0;
}

/* ---- the table ---- */

#define CACHE_LINE ((size_t)64)
#define HUGE_PAGE ((size_t)2 << 20)

/*
 * `count` free slots, of which none lies in two cache lines. Those of a large table are anywhere in it, each time: the system
 * is asked for pages of which a processor can remember all.
 */
static void make_slots(struct words *words, size_t count)
{
	const size_t size = count * sizeof(struct slot);
	const size_t border = size < HUGE_PAGE ? CACHE_LINE : HUGE_PAGE;
	words->table = memory_zero(size + border, 1);
	const size_t over = (uintptr_t)words->table % border;
	words->slots = (struct slot *)((char *)words->table + (over ? border - over : 0));
	words->slot_count = count;
	if (border == HUGE_PAGE)
		madvise(words->slots, size, MADV_HUGEPAGE);
}

static void grow(struct words *words)
{
	const struct words old = *words;
	make_slots(words, old.slot_count ? old.slot_count * 2 : SLOTS_FIRST);
	const size_t mask = words->slot_count - 1;
	for (size_t i = 0; i < old.slot_count; i++) {
		const struct slot *slot = &old.slots[i];
		if (!slot->tag)
			continue;
		const bool is_long = (slot->tag & RAW_MAX) > SLOT_KEY_MAX;
		const uint64_t bytes[2] = { slot->key[0], is_long ? 0 : slot->key[1] };
		size_t at = words_hash(words, bytes, slot->tag) & mask;
		while (words->slots[at].tag)
			at = (at + 1) & mask;
		words->slots[at] = *slot;
	}
	free(old.table);
}

static struct slot *seek(const struct words *words, const struct word_key *key, struct str raw)
{
	const size_t mask = words->slot_count - 1;
	size_t at = key->hash & mask;
	while (words->slots[at].tag && !is_key(&words->slots[at], key, raw))
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
	slot->flags = (uint16_t)(form_flags(raw, part_count > 0) | (whole ? 0 : SLOT_WORD_CUT));
	slot->word = word_of_exact(words, buffer_str(&words->form));
	slot->number = slot->word->number;
}

static const struct slot *add(struct words *words, struct str raw, const struct word_key *key,
			      const struct token *parts)
{
	if ((words->used + 1) * 2 > words->slot_count)
		grow(words);
	struct slot *slot = seek(words, key, raw);
	make_word(words, raw, parts, key->part_count, slot);
	memcpy(slot->key, key->bytes, sizeof(slot->key));
	if (raw.len > SLOT_KEY_MAX)
		slot->key[1] = (uintptr_t)arena_copy(&words->arena, raw).data;
	slot->tag = (uint16_t)key->tag;
	words->used++;
	return slot;
}

const struct slot *words_seek(struct words *words, struct str raw, const struct word_key *key,
			      const struct token *parts)
{
	const struct slot *slot;
	if (raw.len > RAW_MAX) {
		make_word(words, raw, parts, key->part_count, &words->uncached);
		slot = &words->uncached;
	} else {
		slot = seek(words, key, raw);
		if (!slot->tag)
			slot = add(words, raw, key, parts);
	}
	if (slot->flags & SLOT_WORD_CUT)
		words->cut++;
	return slot;
}

/* ---- life ---- */

void words_init(struct words *words)
{
	*words = (struct words){ 0 };
	const uint64_t address[2] = { (uintptr_t)words, UINT64_C(0xD6E8FEB86659FD93) };
	words->seed = words_hash(words, address, 0);
	grow(words);
}

void words_reset(struct words *words)
{
	intern_release(&words->exact);
	arena_release(&words->arena);
	free(words->by_number);
	words->by_number = NULL;
	words->capacity = 0;
	free(words->table);
	words->table = NULL;
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
	free(words->table);
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
