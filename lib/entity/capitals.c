#include "capitals.h"

#include "dateline/utf8.h"

#include <stdlib.h>

#define LOWER_FEW 64   /* bytes of lower case that nobody minds */
#define LOWER_PART 20  /* one letter in so many */
#define PHRASE_MOST 8  /* words of a listed name */
#define ACRONYM_MOST 4 /* letters of a word that may well be one */

/* An ordinary text is told from its first lines. One in another alphabet is not in capitals because its only "BP" is. */
bool capitals_only(const struct article *article)
{
	const struct str text = article->text;
	size_t lower = 0, upper = 0, other = 0;
	for (size_t i = 0; i < text.len; i++) {
		lower += text.data[i] >= 'a' && text.data[i] <= 'z';
		upper += text.data[i] >= 'A' && text.data[i] <= 'Z';
		other += (unsigned char)text.data[i] >= 0xC3; /* begins a letter of many bytes */
		if (lower > LOWER_FEW + i / LOWER_PART)
			return false;
	}
	return lower * LOWER_PART < upper && other < upper;
}

void plain_line_release(struct plain_line *line)
{
	buffer_release(&line->text);
	buffer_release(&line->scratch);
	free(line->spans.items);
	free(line->hashes);
	*line = (struct plain_line){ 0 };
}

/* ---- words ---- */

#define SEEN_NAME (SEEN_PERSON | SEEN_ORG | SEEN_PLACE | SEEN_PEOPLE | SEEN_OTHER)

static unsigned lists_of(const struct model *model, uint64_t hash, bool *is_known)
{
	const struct list_slot *slot = model_list(model, hash);
	*is_known = slot;
	return slot ? slot->lists & LIST_ALL : 0;
}

/* How many words from `at` on are a listed name; 0 for none. */
static size_t phrase_at(const struct plain_line *line, const struct model *model, size_t at,
			size_t count)
{
	uint64_t hash = line->hashes[at];
	bool is_known;
	unsigned lists = lists_of(model, hash, &is_known);
	size_t length = 0;
	for (size_t i = 1; i < PHRASE_MOST && at + i < count && lists & LIST_BEGINS; i++) {
		hash = name_hash(hash, line->hashes[at + i]);
		lists = lists_of(model, hash, &is_known);
		if (!is_known)
			break;
		if (lists & (LIST_NAMES | SEEN_NAME))
			length = i + 1;
	}
	return length;
}

/*
 * What the model never saw is more often a name than not. Of what it knows, words such as "board" and "court" have a capital
 * only in longer names; those that stand for an organisation alone are companies, or on the lists of whole names.
 */
static bool is_capital_alone(const struct model *model, uint64_t hash)
{
	bool is_known;
	const unsigned lists = lists_of(model, hash, &is_known);
	if (!is_known)
		return true;
	if (lists & (SEEN_ORG | SEEN_OTHER))
		return lists & (LIST_COMPANY | LIST_PERSON) && lists & SEEN_SURELY;
	return lists & SEEN_NAME;
}

static bool is_joining(const struct model *model, uint64_t hash)
{
	bool is_known;
	return lists_of(model, hash, &is_known) & LIST_JOINS;
}

/* ---- writing ---- */

static void add_word(struct plain_line *line, struct str word, bool is_capital)
{
	const uint32_t start = (uint32_t)line->text.len;
	size_t first = 0;
	if (is_capital)
		utf8_decode(word.data, word.len, &first);
	buffer_add(&line->text, word.data, first);
	utf8_fold((struct str){ word.data + first, word.len - first }, UTF8_FOLD_CASE, &line->text);
	if (line->text.len == start) /* folding may leave nothing, and tokens are never empty */
		buffer_add_str(&line->text, word);
	struct spans *spans = &line->spans;
	memory_reserve(&spans->items, &spans->capacity, spans->count, sizeof(*spans->items));
	spans->items[spans->count++] = (struct span){ start, (uint32_t)line->text.len };
	buffer_add_char(&line->text, ' ');
}

static void hash_words(struct plain_line *line, const char *text, const struct span *spans,
		       size_t count)
{
	if (count > line->hash_capacity) {
		line->hash_capacity = count + count / 2;
		line->hashes = memory_grow(line->hashes, line->hash_capacity * sizeof(*line->hashes));
	}
	for (size_t i = 0; i < count; i++) {
		buffer_reset(&line->scratch);
		word_lower((struct str){ text + spans[i].start, spans[i].end - spans[i].start },
			   &line->scratch);
		line->hashes[i] = word_hash(buffer_str(&line->scratch));
	}
}

static bool is_one_of(struct str word, const char *marks)
{
	return word.len == 1 && strchr(marks, *word.data);
}

void plain_line_make(struct plain_line *line, const struct model *model, const char *text,
		     const struct span *spans, size_t count)
{
	buffer_reset(&line->text);
	line->spans.count = 0;
	hash_words(line, text, spans, count);
	bool is_first = true;
	size_t phrase = 0; /* words of a listed name that are still to come */
	for (size_t i = 0; i < count; i++) {
		const struct str word = { text + spans[i].start, spans[i].end - spans[i].start };
		const uint64_t hash = line->hashes[i];
		const size_t begun = phrase ? 0 : phrase_at(line, model, i, count);
		const bool is_inside = phrase > 0;
		phrase = is_inside ? phrase - 1 : begun ? begun - 1 : 0;
		const bool is_capital = is_inside ? !is_joining(model, hash)
						  : begun || is_capital_alone(model, hash);
		add_word(line, word, is_capital || is_first);
		is_first = is_one_of(word, ".!?") || (is_first && is_one_of(word, "\"'(["));
	}
}
