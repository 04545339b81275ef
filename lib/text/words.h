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
#define SLOT_WORD_CUT (1u << 31)

struct slot {
	uint64_t key[2]; /* the raw bytes, filled up with zeros; longer ones: hash and address */
	const struct word *word; /* NULL: free */
	uint32_t tag;            /* length and language */
	uint32_t flags;          /* enum token_flag as far as the bytes decide, SLOT_WORD_CUT */
};

struct words {
	struct slot *slots;
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

/*
 * The slot of the word written `raw`, made if it is new; valid until the next call. Bytes up to
 * `limit` may be read. A hyphenated word as one is given with its parts, which make its form;
 * `part_count` is 0 for others.
 */
const struct slot *words_get(struct words *words, struct str raw, const void *limit,
			     const struct token *parts, size_t part_count);

#endif
