#include "split.h"
#include "words.h"

#include <stdlib.h>

struct analyser {
	const struct language *language;
	struct words words;
	const char *elisions;
	unsigned habits;
};

void token_list_release(struct token_list *list)
{
	free(list->items);
	*list = (struct token_list){ 0 };
}

/* ---- one run ---- */

/*
 * The table of words is larger than the caches of a processor. So words are not looked up one by one: the keys of some are made
 * first, and while the others are cut, memory brings the slots of these.
 */
#define PENDING_MAX 32

struct run {
	struct words *words;
	struct token_list *tokens;
	struct splitting text;
	uint32_t offset, position;
	bool has_before;
	struct piece before;
	size_t pending_count; /* the last tokens of the list, which have no words yet */
	struct word_key pending[PENDING_MAX];
};

static inline struct token *new_token(struct token_list *tokens)
{
	if (tokens->count == tokens->capacity)
		memory_reserve(&tokens->items, &tokens->capacity, tokens->count,
			       sizeof(*tokens->items));
	return &tokens->items[tokens->count++];
}

static inline struct str bytes_between(const uint8_t *start, const uint8_t *end)
{
	return (struct str){ (const char *)start, (size_t)(end - start) };
}

/* The parts of a hyphenated word are right before it. */
static void find_words(struct run *run)
{
	struct token *token = run->tokens->items + run->tokens->count - run->pending_count;
	for (size_t i = 0; i < run->pending_count; i++, token++) {
		const struct word_key *key = &run->pending[i];
		const uint8_t *start = run->text.begin + (token->start - run->offset);
		const struct str raw = { (const char *)start, token->end - token->start };
		const struct slot *slot = words_get(run->words, raw, key, token - key->part_count);
		token->flags |= slot->flags & ~SLOT_WORD_CUT;
		token->word = slot->word;
		token->number = slot->number;
	}
	run->pending_count = 0;
}

/* `flags` are those that the bytes alone do not tell. */
static inline void add_span(struct run *run, struct str raw, size_t part_count, uint32_t position,
			    unsigned flags)
{
	if (run->pending_count == PENDING_MAX)
		find_words(run);
	words_key(run->words, raw, run->text.end, part_count, &run->pending[run->pending_count++]);
	const uint32_t start = run->offset + (uint32_t)(raw.data - (const char *)run->text.begin);
	*new_token(run->tokens) = (struct token){
		.start = start,
		.end = start + (uint32_t)raw.len,
		.position = position,
		.flags = flags,
	};
}

static inline void add_token(struct run *run, const uint8_t *start, const uint8_t *end,
			     unsigned flags)
{
	add_span(run, bytes_between(start, end), 0, run->position++, flags);
}

/*
 * Between two words of one sentence there is mostly a blank, with or without one more character. Two ASCII characters that end a
 * sentence begin with the mark that does, or are two newlines.
 */
static inline bool is_within_sentence(const struct piece *before, const uint8_t *at)
{
	const uint8_t *gap = before->end;
	const size_t len = (size_t)(at - gap);
	if (len - 1 > 1 || (before->flags & TOKEN_ACRONYM))
		return false;
	if (gap[0] >= 0x80 || gap[len - 1] >= 0x80)
		return false;
	const uint64_t ends = UINT64_C(1) << '.' | UINT64_C(1) << '!' | UINT64_C(1) << '?' |
			      UINT64_C(1) << '\n';
	return len == 1 || gap[0] >= 64 || !(ends >> gap[0] & 1);
}

/* The flag of a word that begins at `at`. */
static inline unsigned sentence_flag(const struct run *run, const uint8_t *at)
{
	if (run->has_before && is_within_sentence(&run->before, at))
		return 0;
	return !run->has_before || split_sentence(&run->text, &run->before, at) ? TOKEN_SENTENCE : 0;
}

static inline void set_before(struct run *run, const struct piece *piece)
{
	run->before = *piece;
	run->has_before = true;
}

/* ---- hyphenated words ---- */

static void add_joined(struct run *run, size_t first)
{
	const size_t count = run->tokens->count - first;
	const struct token parts = run->tokens->items[first];
	const struct token *last = &run->tokens->items[run->tokens->count - 1];
	const uint8_t *start = run->text.begin + (parts.start - run->offset);
	const struct str raw = { (const char *)start, last->end - parts.start };
	add_span(run, raw, count, parts.position,
		 (parts.flags & TOKEN_SENTENCE) | (last->flags & TOKEN_POSSESSIVE));
}

static const uint8_t *part_behind(const struct run *run, const uint8_t *at)
{
	const size_t hyphen = char_hyphen(at, run->text.end);
	if (!hyphen || !(char_class_at(at + hyphen, run->text.end) & CHAR_WORD))
		return NULL;
	return at + hyphen;
}

/* A word with whatever belongs to it; returns what is behind it. */
static const uint8_t *add_word(struct run *run, const uint8_t *at)
{
	const size_t first = run->tokens->count;
	unsigned flags = sentence_flag(run, at);
	bool has_word = false; /* besides numbers */
	struct piece piece;
	for (const uint8_t *part = at; part; part = part_behind(run, piece.next)) {
		split_piece(&run->text, part, &piece);
		add_token(run, piece.start, piece.end, flags | piece.flags);
		flags = TOKEN_HYPHENATED;
		has_word |= !(char_class_at(piece.start, run->text.end) & CHAR_DIGIT);
	}
	/* Numbers alone are not joined: the 2-1 of a match is no 21. */
	if (has_word && run->tokens->count - first > 1)
		add_joined(run, first);
	set_before(run, &piece);
	return piece.next;
}

/* ---- scripts without blanks ---- */

/* Stands where the bigram before it does. */
static void add_character(struct run *run, const uint8_t *start, const uint8_t *end)
{
	run->position--;
	add_token(run, start, end, TOKEN_CHARACTER);
}

static const uint8_t *add_bigrams(struct run *run, const uint8_t *at)
{
	const uint8_t *end = run->text.end, *start = at, *next;
	unsigned flags = sentence_flag(run, at);
	const uint8_t *stop = split_cluster(at, end, &next);
	bool alone = true;
	while (char_class_at(next, end) & CHAR_DENSE) {
		const uint8_t *second = next, *first_stop = stop;
		stop = split_cluster(second, end, &next);
		add_token(run, start, stop, flags);
		add_character(run, start, first_stop);
		start = second;
		flags = 0;
		alone = false;
	}
	if (alone)
		add_token(run, start, stop, flags);
	else
		add_character(run, start, stop);
	set_before(run,
		   &(const struct piece){ .first = at, .start = start, .end = stop, .next = next });
	return next;
}

/* ---- the loop ---- */

/*
 * True when the word that ends at `at` surely does: it has nothing but letters and digits of ASCII. Of the characters that it may
 * go on behind, . , - & matter only between letters and digits. What is asked is worked out at once: words end in too many ways for
 * a processor to foresee.
 */
static inline bool is_plain_end(const uint8_t *at, const uint8_t *end)
{
	if (end - at < 2)
		return at == end || !(char_bytes[*at] & CHAR_JOINT);
	const unsigned any = (*at >= 0x80) | (*at == '\'') | (at[1] >= 0x80) |
			     ((char_bytes[at[1]] & CHAR_WORD) != 0);
	return !(((char_bytes[*at] & CHAR_JOINT) != 0) & any);
}

/* Which byte of eight in memory is the first that is marked. */
static inline size_t first_of(uint64_t marks)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(marks) / 8;
#else
	return (size_t)__builtin_clzll(marks) / 8;
#endif
}

/* The end of the letters and digits of ASCII at `at`, of which eight bytes are looked at together. */
static inline const uint8_t *ascii_end(const uint8_t *at, const uint8_t *end)
{
	for (; end - at >= 8; at += 8) {
		uint64_t eight;
		memcpy(&eight, at, sizeof(eight));
		const uint64_t low = eight & EACH_BYTE(0x7F), lower = low | EACH_BYTE(0x20);
		/* The uppermost bit of a byte: it is at least the first, and not above the last. */
		const uint64_t letters = (lower + EACH_BYTE(0x80 - 'a')) &
					 ~(lower + EACH_BYTE(0x7F - 'z'));
		const uint64_t digits = (low + EACH_BYTE(0x80 - '0')) &
					~(low + EACH_BYTE(0x7F - '9'));
		const uint64_t others = (eight | ~(letters | digits)) & EACH_BYTE(0x80);
		if (others)
			return at + first_of(others);
	}
	while (at < end && (char_bytes[*at] & CHAR_WORD))
		at++;
	return at;
}

static inline const uint8_t *add_ascii_word(struct run *run, const uint8_t *at)
{
	const uint8_t *end = run->text.end, *stop = ascii_end(at, end);
	if (!is_plain_end(stop, end))
		return add_word(run, at);
	add_token(run, at, stop, sentence_flag(run, at));
	run->before = (struct piece){ .first = at, .start = at, .end = stop, .next = stop };
	run->has_before = true;
	return stop;
}

static const uint8_t *beyond_ascii(struct run *run, const uint8_t *at)
{
	size_t bytes;
	const unsigned class = char_at(at, run->text.end, &bytes);
	if (class & CHAR_WORD)
		return add_word(run, at);
	return class & CHAR_DENSE ? add_bigrams(run, at) : at + bytes;
}

uint32_t analyser_run(struct analyser *analyser, struct str text, uint32_t offset,
		      uint32_t position, struct token_list *tokens)
{
	if (!text.len)
		return position;
	const uint8_t *at = (const uint8_t *)text.data, *end = at + text.len;
	struct run run = {
		.words = &analyser->words,
		.tokens = tokens,
		.text = { at, end, analyser->elisions, analyser->habits },
		.offset = offset,
		.position = position,
	};
	while (at < end) {
		if (char_bytes[*at] & CHAR_WORD)
			at = add_ascii_word(&run, at);
		else if (*at < 0x80)
			at++;
		else
			at = beyond_ascii(&run, at);
	}
	find_words(&run);
	return run.position;
}

/* ---- life ---- */

struct analyser *analyser_new(void)
{
	struct analyser *analyser = memory_alloc(sizeof(*analyser));
	words_init(&analyser->words);
	analyser_set_language(analyser, NULL);
	return analyser;
}

void analyser_free(struct analyser *analyser)
{
	if (!analyser)
		return;
	words_release(&analyser->words);
	free(analyser);
}

void analyser_set_language(struct analyser *analyser, const struct language *language)
{
	analyser->language = language;
	words_set_language(&analyser->words, language);
	analyser->elisions = language_elisions(language);
	analyser->habits = language_habits(language);
}

const struct language *analyser_language(const struct analyser *analyser)
{
	return analyser->language;
}

bool analyser_trim(struct analyser *analyser, size_t max_bytes)
{
	/* The table of an analyser without words is not worth counting. */
	if (!analyser->words.exact.count || words_size(&analyser->words) <= max_bytes)
		return false;
	words_reset(&analyser->words);
	return true;
}

uint64_t analyser_words_cut(const struct analyser *analyser)
{
	return analyser->words.cut;
}
