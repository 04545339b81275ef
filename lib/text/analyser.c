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

struct run {
	struct words *words;
	struct token_list *tokens;
	struct splitting text;
	uint32_t offset, position;
	bool has_before;
	struct piece before;
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

static inline void add_token(struct run *run, const uint8_t *start, const uint8_t *end,
			     unsigned flags)
{
	const struct slot *slot =
		words_get(run->words, bytes_between(start, end), run->text.end, NULL, 0);
	*new_token(run->tokens) = (struct token){
		.start = run->offset + (uint32_t)(start - run->text.begin),
		.end = run->offset + (uint32_t)(end - run->text.begin),
		.position = run->position++,
		.flags = (slot->flags & ~SLOT_WORD_CUT) | flags,
		.word = slot->word,
	};
}

/* The flag of a word that begins at `at`. Mostly a blank is all there is between two words. */
static inline unsigned sentence_flag(const struct run *run, const uint8_t *at)
{
	if (!run->has_before)
		return TOKEN_SENTENCE;
	const uint8_t *gap = run->before.end;
	if (at - gap == 1 && *gap == ' ' && !(run->before.flags & TOKEN_ACRONYM))
		return 0;
	return split_sentence(&run->text, &run->before, at) ? TOKEN_SENTENCE : 0;
}

static inline void set_before(struct run *run, const struct piece *piece)
{
	run->before = *piece;
	run->has_before = true;
}

/* ---- hyphenated words ---- */

/* Numbers alone are not joined: the 2-1 of a match is no 21. */
static bool has_word(const struct token *parts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!(parts[i].flags & TOKEN_NUMBER))
			return true;
	}
	return false;
}

static void add_joined(struct run *run, size_t first)
{
	const size_t count = run->tokens->count - first;
	struct token *token = new_token(run->tokens);
	const struct token *parts = &run->tokens->items[first];
	if (!has_word(parts, count)) {
		run->tokens->count--;
		return;
	}
	const struct token *last = &parts[count - 1];
	const uint8_t *start = run->text.begin + (parts->start - run->offset);
	const uint8_t *end = run->text.begin + (last->end - run->offset);
	const struct slot *slot =
		words_get(run->words, bytes_between(start, end), run->text.end, parts, count);
	*token = (struct token){
		.start = parts->start,
		.end = last->end,
		.position = parts->position,
		.flags = (slot->flags & ~SLOT_WORD_CUT) | (parts->flags & TOKEN_SENTENCE) |
			 (last->flags & TOKEN_POSSESSIVE),
		.word = slot->word,
	};
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
	struct piece piece;
	for (const uint8_t *part = at; part; part = part_behind(run, piece.next)) {
		split_piece(&run->text, part, &piece);
		add_token(run, piece.start, piece.end, flags | piece.flags);
		flags = TOKEN_HYPHENATED;
	}
	if (run->tokens->count - first > 1)
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

/* True when the word that ends at `at` surely does: it has nothing but letters and digits of ASCII. */
static inline bool is_plain_end(const uint8_t *at, const uint8_t *end)
{
	if (at == end || !(char_bytes[*at] & CHAR_JOINT))
		return true;
	if (*at >= 0x80 || *at == '\'')
		return false;
	/* . , - & matter only between letters and digits. */
	return at + 1 == end || (at[1] < 0x80 && !(char_bytes[at[1]] & CHAR_WORD));
}

static inline const uint8_t *add_ascii_word(struct run *run, const uint8_t *at)
{
	const uint8_t *end = run->text.end, *stop = at + 1;
	while (stop < end && (char_bytes[*stop] & CHAR_WORD))
		stop++;
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
