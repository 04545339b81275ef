#include "word_table.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"
#include "features.h"

#include <stdlib.h>

#define TEXT_MOST 96 /* bytes of a word that count; the rest of a monster is not looked at */

/* ---- one character after the other ---- */

struct letters {
	unsigned upper, lower, digits, marks, other;
	bool first_upper;
};

static bool code_is_mark(uint32_t code)
{
	return code < 0xc0 || (code >= 0x2000 && code < 0x2c00) ||
	       (code >= 0x3000 && code < 0x3040) || code == 0xd7 || code == 0xf7;
}

/* U: upper, l: lower, d: digit, or the mark itself; anything else is '*'. */
static char code_class(uint32_t code, const char *bytes, size_t size)
{
	if (code < 128) {
		if (code >= 'A' && code <= 'Z')
			return 'U';
		if (code >= 'a' && code <= 'z')
			return 'l';
		if (code >= '0' && code <= '9')
			return 'd';
		return (char)code;
	}
	if (code_is_mark(code))
		return '*';
	struct buffer folded = { 0 };
	utf8_fold((struct str){ bytes, size }, UTF8_FOLD_CASE, &folded);
	const bool same = folded.len == size && memcmp(folded.data, bytes, size) == 0;
	buffer_release(&folded);
	return same ? 'l' : 'U';
}

static void count_class(struct letters *letters, char class, bool first)
{
	if (class == 'U')
		letters->upper++;
	else if (class == 'l')
		letters->lower++;
	else if (class == 'd')
		letters->digits++;
	else
		letters->marks++;
	if (first)
		letters->first_upper = class == 'U';
}

/* Counts the letters of a text and writes its figure: runs of one class once, doubled when longer than one. */
static size_t draw(struct str text, struct letters *letters, char figure[TEXT_MOST])
{
	size_t len = 0, run = 0;
	for (size_t i = 0, bytes; i < text.len; i += bytes) {
		const uint32_t code = utf8_decode(text.data + i, text.len - i, &bytes);
		const char class = code_class(code, text.data + i, bytes);
		count_class(letters, class, i == 0);
		run = len && figure[len - 1] == class ? run + 1 : 1;
		if ((run == 1 || (run == 2 && class != 'l')) && len < TEXT_MOST)
			figure[len++] = class;
	}
	return len;
}

static enum word_shape shape_of(const struct letters *l)
{
	if (!l->upper && !l->lower)
		return l->digits ? SHAPE_NUMBER : SHAPE_MARK;
	if (!l->upper)
		return SHAPE_LOWER;
	if (l->upper == 1 && !l->lower && !l->digits)
		return SHAPE_INITIAL;
	if (!l->lower)
		return SHAPE_CAPS;
	if (l->upper == 1 && l->first_upper)
		return SHAPE_CAPITAL;
	return SHAPE_MIXED;
}

/* ---- text ---- */

/* Marks that are written in several ways are one: quotes and brackets. */
static struct str plain_mark(struct str text)
{
	static const char *const marks[][2] = {
		{ "``", "\"" },    { "''", "\"" },    { "\u201c", "\"" },  { "\u201d", "\"" },
		{ "\u2018", "'" }, { "\u2019", "'" }, { "\u2019s", "'s" }, { "-LRB-", "(" },
		{ "-RRB-", ")" },  { "\u2013", "-" }, { "\u2014", "-" },   { "--", "-" },
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_equal(text, str_from(marks[i][0])))
			return str_from(marks[i][1]);
	return text;
}

void word_lower(struct str text, struct buffer *out)
{
	text = plain_mark(text);
	const size_t start = out->len;
	utf8_fold(text, UTF8_FOLD_CASE, out);
	for (size_t i = start; i < out->len; i++)
		if (out->data[i] >= '0' && out->data[i] <= '9')
			out->data[i] = '0';
}

uint64_t word_hash(struct str lower)
{
	return hash_bytes(lower.data, lower.len);
}

static unsigned mark_flags(struct str lower)
{
	static const char stops[] = ".!?", quotes[] = "\"')]([";
	static const char *const holds[] = { "'s", ".", "-", "&",  "'", "/", ":",
					     ",",  "(", ")", "\"", "!", "+", "@" };
	unsigned flags = 0;
	for (size_t i = 0; i < sizeof holds / sizeof *holds; i++)
		if (str_equal(lower, str_from(holds[i])))
			flags |= WORD_HOLDS;
	if (lower.len != 1)
		return flags;
	if (lower.data[0] == '-')
		flags |= WORD_HYPHEN;
	if (strchr(stops, lower.data[0]))
		flags |= WORD_STOP;
	if (strchr(quotes, lower.data[0]))
		flags |= WORD_QUOTE;
	return flags;
}

static unsigned flags_of(const struct tagger_word *word, struct str lower)
{
	unsigned flags = mark_flags(lower);
	const bool capital = word->shape == SHAPE_CAPITAL || word->shape == SHAPE_CAPS ||
			     word->shape == SHAPE_INITIAL || word->shape == SHAPE_MIXED;
	if (capital || (word->lists & LIST_OPENS))
		flags |= WORD_CORE;
	if ((word->lists & LIST_JOINS) || word->shape == SHAPE_NUMBER)
		flags |= WORD_JOINS;
	if (word->shape != SHAPE_MARK && word->shape != SHAPE_NUMBER)
		flags |= WORD_LETTERS;
	return flags;
}

/* ---- the tables ---- */

static void lexemes_grow(struct word_table *words, size_t slots)
{
	uint64_t *old = words->lexemes;
	uint32_t *old_numbers = words->lexeme_numbers;
	const size_t old_slots = words->lexeme_slots;
	words->lexemes = memory_zero(slots, sizeof *words->lexemes);
	words->lexeme_numbers = memory_zero(slots, sizeof *words->lexeme_numbers);
	words->lexeme_slots = slots;
	for (size_t i = 0; i < old_slots; i++) {
		if (!old[i])
			continue;
		size_t at = old[i] & (slots - 1);
		while (words->lexemes[at])
			at = (at + 1) & (slots - 1);
		words->lexemes[at] = old[i];
		words->lexeme_numbers[at] = old_numbers[i];
	}
	free(old);
	free(old_numbers);
}

static uint32_t lexeme_of(struct word_table *words, uint64_t hash)
{
	if ((words->lexeme_count + 1) * 2 > words->lexeme_slots)
		lexemes_grow(words, words->lexeme_slots ? words->lexeme_slots * 2 : 4096);
	const uint64_t key = hash | 1;
	size_t at = key & (words->lexeme_slots - 1);
	for (; words->lexemes[at]; at = (at + 1) & (words->lexeme_slots - 1))
		if (words->lexemes[at] == key)
			return words->lexeme_numbers[at];
	words->lexemes[at] = key;
	words->lexeme_numbers[at] = words->lexeme_count;
	return words->lexeme_count++;
}

/* A slot has the number of the word + 1 in its low bits, and above them those of its hash. */
#define SLOT_KEY (~(uint64_t)0xffffff)

static void slots_grow(struct word_table *words, size_t slots)
{
	free(words->slots);
	words->slots = memory_zero(slots, sizeof *words->slots);
	words->slot_count = slots;
	for (size_t i = 0; i < words->count; i++) {
		size_t at = words->items[i].exact & (slots - 1);
		while (words->slots[at])
			at = (at + 1) & (slots - 1);
		words->slots[at] = (words->items[i].exact & SLOT_KEY) | (i + 1);
	}
}

/* Words in lower case in a text may still be on lists of names, but only as words that join. */
static void fill(struct word_table *words, struct tagger_word *word, struct str text)
{
	struct buffer *scratch = &words->scratch;
	buffer_reset(scratch);
	word_lower(text, scratch);
	const struct str lower = buffer_str(scratch);
	word->lower = word_hash(lower);
	word->lexeme = lexeme_of(words, word->lower);
	const struct list_slot *slot = model_list(words->model, word->lower);
	if (slot) {
		word->path = slot->path;
		word->lists = slot->lists & LIST_ALL;
	}
	struct letters letters = { 0 };
	char figure[TEXT_MOST];
	const size_t figure_len = draw(plain_mark(text), &letters, figure);
	word->figure = hash_bytes(figure, figure_len);
	word->shape = (uint8_t)shape_of(&letters);
	if (word->shape != SHAPE_LOWER && word->shape != SHAPE_MARK)
		word->lists &= ~(uint32_t)(LIST_JOINS | LIST_OPENS);
	word->flags = (uint8_t)flags_of(word, lower);
}

static struct tagger_word *add_word(struct word_table *words, uint64_t exact, struct str text)
{
	memory_reserve(&words->items, &words->capacity, words->count, sizeof *words->items);
	struct tagger_word *word = &words->items[words->count++];
	*word = (struct tagger_word){ .exact = exact };
	const struct str copy = arena_copy(&words->arena, text);
	word->text = copy.data;
	word->length = (uint32_t)copy.len;
	return word;
}

static void start(struct word_table *words)
{
	slots_grow(words, 8192);
	struct tagger_word *edge = add_word(words, hash_bytes("\n", 1), STR("\n"));
	edge->lower = edge->figure = edge->exact;
	edge->shape = SHAPE_EDGE;
	edge->lexeme = lexeme_of(words, edge->lower);
}

void word_table_init(struct word_table *words, const struct model *model)
{
	*words = (struct word_table){ .model = model };
	start(words);
}

void word_table_release(struct word_table *words)
{
	free(words->items);
	free(words->slots);
	free(words->lexemes);
	free(words->lexeme_numbers);
	arena_release(&words->arena);
	buffer_release(&words->scratch);
	*words = (struct word_table){ 0 };
}

void word_table_trim(struct word_table *words, size_t most)
{
	if (words->count <= most)
		return;
	words->count = words->lexeme_count = 0;
	memset(words->lexemes, 0, words->lexeme_slots * sizeof *words->lexemes);
	arena_reset(&words->arena);
	start(words);
}

uint32_t word_table_find(struct word_table *words, const char *text, size_t length)
{
	struct str whole = { text, length };
	if (length > TEXT_MOST)
		whole.len = utf8_cut(whole, TEXT_MOST);
	const uint64_t exact = hash_bytes(whole.data, whole.len);
	size_t at = exact & (words->slot_count - 1);
	const uint64_t key = exact & SLOT_KEY;
	for (; words->slots[at]; at = (at + 1) & (words->slot_count - 1))
		if ((words->slots[at] & SLOT_KEY) == key)
			return (uint32_t)(words->slots[at] & ~SLOT_KEY) - 1;
	const uint32_t number = (uint32_t)words->count;
	words->slots[at] = key | (number + 1);
	fill(words, add_word(words, exact, whole), whole);
	if (words->count * 2 > words->slot_count)
		slots_grow(words, words->slot_count * 2);
	return number;
}

void word_table_sum(struct word_table *words, struct tagger_word *word)
{
	uint64_t features[FEATURES_MOST];
	memset(word->sums, 0, sizeof word->sums);
	for (int place = -WORD_REACH; place <= WORD_REACH; place++) {
		const size_t count = features_of_word(words->model, word, place, features);
		for (size_t i = 0; i < count; i++)
			model_prefetch(words->model, features[i]);
		model_add(words->model, features, count, word->sums[WORD_REACH + place]);
	}
	word->summed = true;
}
