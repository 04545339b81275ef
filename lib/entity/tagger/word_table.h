/*
 * word_table.h: what the tagger knows of a word by itself, kept for as long as it keeps coming.
 *
 * A word is a token's text with its case. Everything that depends on the word alone is worked out once: its shape, class
 * and lists, and the sum of the weights it brings to itself and to each neighbour. So a word seen before costs
 * one look-up, and its part of a score one addition of a row.
 */
#ifndef TAGGER_WORD_TABLE_H
#define TAGGER_WORD_TABLE_H

#include "model.h"

#define WORD_REACH 2 /* a word says something of tokens up to so far away */
#define WORD_PLACES (2 * WORD_REACH + 1)

enum word_shape {
	SHAPE_LOWER,
	SHAPE_CAPITAL, /* Xxx */
	SHAPE_CAPS,    /* two letters or more, all capitals */
	SHAPE_INITIAL, /* one capital, perhaps with a full stop */
	SHAPE_MIXED,   /* iPhone, McDonald, al-Qaida */
	SHAPE_NUMBER,
	SHAPE_MARK,
	SHAPE_EDGE, /* beyond the line */
};

enum word_flag {
	WORD_CORE = 1,  /* may be a name or part of one by itself */
	WORD_JOINS = 2, /* may stand inside a name */
	WORD_STOP = 4,  /* ends a sentence: . ! ? */
	WORD_QUOTE = 8, /* opens or closes something: what follows a stop may stand behind it */
	WORD_HOLDS = 16, /* a mark or ending that may stand in a name right behind a word of it: 's . - & */
	WORD_LETTERS = 32,
	WORD_HYPHEN = 64,
};

struct tagger_word {
	uint64_t lower;         /* hash of the text in lower case, digits as 0 */
	uint64_t exact, figure; /* hash of the text, and of the text with letters as X and x */
	const char *text;
	uint32_t length;
	uint32_t lexeme; /* number that all words with the same lower-case text share */
	uint32_t lists;
	uint16_t path;
	uint8_t shape, flags;
	bool summed;
	int16_t sums[WORD_PLACES][TAG_LANES]; /* [WORD_REACH + n]: for the token n places before it */
};

struct word_table {
	const struct model *model;
	struct tagger_word *items;
	size_t count, capacity;
	uint64_t *slots; /* see word_table.c */
	size_t slot_count;
	uint64_t *lexemes; /* open addressing, parallel to lexeme_numbers */
	uint32_t *lexeme_numbers;
	size_t lexeme_slots;
	uint32_t lexeme_count;
	struct arena arena;
	struct buffer scratch;
};

/* Word 0 is the edge: what stands beyond the ends of a line. */
#define WORD_EDGE 0

void word_table_init(struct word_table *words, const struct model *model);
void word_table_release(struct word_table *words);

/* Forgets all words when there are more than so many; to be called between articles. */
void word_table_trim(struct word_table *words, size_t most);

/* The number of a token's word. Valid UTF-8, not empty. Moves items when it is new. */
uint32_t word_table_find(struct word_table *words, const char *text, size_t length);

/* Works out word->sums. */
void word_table_sum(struct word_table *words, struct tagger_word *word);

/* Appends the lower-case form that `lower` hashes; also for building lists, so that both agree. */
void word_lower(struct str text, struct buffer *out);
uint64_t word_hash(struct str lower);

/* The hash of a name of several words from that of its beginning and of its next word. */
static inline uint64_t name_hash(uint64_t beginning, uint64_t next)
{
	uint64_t h = (beginning ^ (next + 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
	h ^= h >> 32;
	return h * 0xc4ceb9fe1a85ec53u;
}

#endif
