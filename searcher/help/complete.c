#include "complete_inside.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* Words that begin alike; beyond, the rest of the alphabet is not looked at. So many are read in some 20 ms. */
#define WORDS_MAX 100000

/* ---- the list ---- */

void complete_add(struct completing *completing, const struct field *field, struct str text,
		  struct str value, uint32_t count)
{
	memory_reserve(&completing->items, &completing->room, completing->count,
		       sizeof(*completing->items));
	completing->items[completing->count++] = (struct completion){
		.text = arena_copy(completing->arena, text),
		.value = arena_copy(completing->arena, value),
		.field = field,
		.count = count,
	};
}

static int compare_completions(const void *a, const void *b)
{
	const struct completion *one = a, *two = b;
	if (one->count != two->count)
		return one->count > two->count ? -1 : 1;
	return str_compare(one->text, two->text);
}

/* By falling count, then by text. */
static void sort(struct completion *items, size_t count)
{
	if (count)
		qsort(items, count, sizeof(*items), compare_completions);
}

/* ---- words ---- */

struct found_word {
	struct str word;
	uint32_t count;
	bool is_left_out;
};

static int compare_words(const void *a, const void *b)
{
	const struct found_word *one = a, *two = b;
	if (one->count != two->count)
		return one->count > two->count ? -1 : 1;
	return str_compare(one->word, two->word);
}

static enum status read_words(const struct completing *completing, const char *prefix,
			      struct str start, struct found_word **words, size_t *count,
			      struct error *err)
{
	struct intern seen = { 0 };
	struct buffer term = { 0 };
	size_t room = 0;
	enum status status = STATUS_OK;
	buffer_add_format(&term, "%s%.*s", prefix, STR_ARG(start));
	for (size_t i = 0; i < completing->part_count && status == STATUS_OK; i++) {
		struct term_entry *terms;
		size_t found;
		status = store_terms(completing->parts[i].store, buffer_str(&term), WORDS_MAX,
				     completing->arena, &terms, &found, err);
		for (size_t k = 0; status == STATUS_OK && k < found; k++) {
			const struct str word = { terms[k].term.data + strlen(prefix),
						  terms[k].term.len - strlen(prefix) };
			/* Terms of one index differ, so that a table is needed for more only. */
			const size_t number =
				completing->part_count > 1 ? intern_add(&seen, word, NULL) : *count;
			memory_reserve(words, &room, number, sizeof(**words));
			if (number == *count)
				(*words)[(*count)++] = (struct found_word){ .word = word };
			(*words)[number].count += terms[k].frequency;
		}
	}
	intern_release(&seen);
	buffer_release(&term);
	return status;
}

/*
 * A word with accents is in the index with and without them. Of the two, that one is shown which most articles have in the text: with
 * them, unless more than half of the articles do without.
 */
static void leave_out_twins(struct found_word *words, size_t count)
{
	struct intern numbers = { 0 };
	struct buffer folded = { 0 };
	for (size_t i = 0; i < count; i++)
		intern_add(&numbers, words[i].word, NULL);
	for (size_t i = 0; i < count; i++) {
		buffer_reset(&folded);
		utf8_fold(words[i].word, UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS, &folded);
		const uint32_t twin = intern_find(&numbers, buffer_str(&folded));
		if (twin == INTERN_NONE || twin == i)
			continue;
		if (words[i].count * UINT64_C(2) >= words[twin].count)
			words[twin].is_left_out = true;
		else
			words[i].is_left_out = true;
	}
	intern_release(&numbers);
	buffer_release(&folded);
}

/* Only the part behind the last hyphen is a word of the index. */
static size_t last_part(struct str typed)
{
	size_t at = typed.len;
	while (at && typed.data[at - 1] != '-')
		at--;
	return at;
}

static void add_words(struct completing *completing, const struct field *field, struct str before,
		      struct found_word *words, size_t count)
{
	const size_t looked_at = count < 2 * completing->max ? count : 2 * completing->max;
	struct buffer text = { 0 };
	leave_out_twins(words, looked_at);
	for (size_t i = 0; i < looked_at; i++) {
		if (words[i].is_left_out)
			continue;
		buffer_reset(&text);
		buffer_add_str(&text, before);
		buffer_add_str(&text, words[i].word);
		complete_add(completing, field, buffer_str(&text), words[i].word, words[i].count);
	}
	buffer_release(&text);
}

/* `field` is the title, or NULL. */
static enum status complete_words(struct completing *completing, const struct field *field,
				  struct str before, struct str start, struct error *err)
{
	const size_t skipped = last_part(start);
	struct buffer folded = { 0 };
	struct found_word *words = NULL;
	size_t count = 0;
	enum status status = STATUS_OK;
	utf8_fold((struct str){ start.data + skipped, start.len - skipped }, UTF8_FOLD_CASE, &folded);
	if (folded.len)
		status = read_words(completing, field ? field->prefix : "", buffer_str(&folded),
				    &words, &count, err);
	if (count)
		qsort(words, count, sizeof(*words), compare_words);
	before.len += skipped; /* what was typed stands in one piece */
	if (status == STATUS_OK)
		add_words(completing, field, before, words, count);
	buffer_release(&folded);
	free(words);
	return status;
}

/* ---- what is typed ---- */

/* Signs that stand before a word and stay as they are. */
static size_t count_signs(struct str text)
{
	static const char signs[] = { '-', '+', '(', '"' };
	size_t count = 0;
	while (count < text.len && memchr(signs, text.data[count], sizeof(signs)))
		count++;
	return count;
}

static const struct field *find_prefix(struct str text, size_t signs, size_t *end)
{
	const char *colon = memchr(text.data, ':', text.len);
	if (!colon || (size_t)(colon - text.data) < signs)
		return NULL;
	*end = (size_t)(colon - text.data) + 1;
	return field_find((struct str){ text.data + signs, *end - 1 - signs });
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Names have half of the room for sure, and words the rest; what they leave is for names again. */
static void share_room(struct completing *completing, size_t words)
{
	const size_t max = completing->max;
	const size_t names = completing->count - words;
	const size_t kept_words = least(words, max - least(names, max / 2));
	const size_t kept_names = least(names, max - kept_words);
	sort(completing->items, words);
	sort(completing->items + words, names);
	memmove(completing->items + kept_words, completing->items + words,
		kept_names * sizeof(*completing->items));
	completing->count = kept_words + kept_names;
}

static enum status complete_free(struct completing *completing, struct str text, size_t signs,
				 struct error *err)
{
	const struct str before = { text.data, signs };
	const struct str start = { text.data + signs, text.len - signs };
	enum status status = complete_words(completing, NULL, before, start, err);
	const size_t words = completing->count;
	/* Inside of quotes, names of fields are words. */
	const bool is_quoted = signs && text.data[signs - 1] == '"';
	if (status == STATUS_OK && !is_quoted)
		status = complete_names(completing, before, start, err);
	if (completing->count > completing->max)
		share_room(completing, words);
	return status;
}

static enum status complete_field(struct completing *completing, const struct field *field,
				  struct str text, size_t end, struct error *err)
{
	const size_t quote = end < text.len && text.data[end] == '"';
	const struct str start = { text.data + end + quote, text.len - end - quote };
	if (field->role == FIELD_TEXT)
		return complete_words(completing, field, (struct str){ text.data, end + quote },
				      start, err);
	return complete_values(completing, field, (struct str){ text.data, end }, start, err);
}

enum status complete_prefix(const struct value_part *parts, size_t part_count, struct str prefix,
			    size_t max, struct arena *arena, struct completion **completions,
			    size_t *count, struct error *err)
{
	struct completing completing = {
		.parts = parts, .part_count = part_count, .max = max, .arena = arena
	};
	const struct str text = utf8_clean_copy(prefix, arena, NULL);
	const size_t signs = count_signs(text);
	size_t end = 0;
	const struct field *field = find_prefix(text, signs, &end);
	enum status status = STATUS_OK;
	if (field)
		status = complete_field(&completing, field, text, end, err);
	else if (signs < text.len && max)
		status = complete_free(&completing, text, signs, err);
	sort(completing.items, completing.count);
	*count = completing.count < max ? completing.count : max;
	*completions = arena_alloc(arena, *count * sizeof(**completions));
	if (*count)
		memcpy(*completions, completing.items, *count * sizeof(**completions));
	free(completing.items);
	return status;
}
