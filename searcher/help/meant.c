#include "meant.h"

#include "dateline/utf8.h"

#include <stdlib.h>

/* How many near terms are asked of each index: the one with most articles over all of them is one of these, or nearly so good. */
#define NEAR_MAX 32

/* Names that have a word; of a word that more have, the rest is not looked at. */
#define HAVING_MAX 4096

#define NAME_WORDS_MAX 8

/* Of these, how many are compared with all others; a name of more slips is none that was meant. */
#define NAME_TRIES 2

static size_t count_characters(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += ((uint8_t)text.data[i] & 0xC0) != 0x80;
	return count;
}

static uint32_t allowed_distance(struct str word)
{
	const size_t characters = count_characters(word);
	if (characters < MEANT_CHARACTERS_MIN)
		return 0;
	return characters <= MEANT_NEAR_ONLY ? 1 : 2;
}

/* Articles of all parts that have the term. */
static enum status count_term(const struct value_part *parts, size_t part_count, struct str term,
			      uint32_t *count, struct error *err)
{
	enum status status = STATUS_OK;
	*count = 0;
	for (size_t i = 0; i < part_count && status == STATUS_OK; i++) {
		uint32_t more;
		status = store_frequency(parts[i].store, term, &more, err);
		*count += status == STATUS_OK ? more : 0;
	}
	return status;
}

/* ---- words ---- */

/* Whoever errs twice in a word hardly errs in its first letter; without that, far too much is near. */
static bool begins_alike(struct str word, struct str other)
{
	return word.len && other.len && word.data[0] == other.data[0];
}

/* Takes the entry when it is nearer than what there is, or as near and in more articles. */
static enum status consider(const struct value_part *parts, size_t part_count, struct str typed,
			    size_t prefix_len, const struct like_entry *entry,
			    struct meant_word *meant, struct error *err)
{
	uint32_t count = entry->frequency;
	const struct str word = { entry->term.data + prefix_len, entry->term.len - prefix_len };
	if (meant->word.len && entry->distance > meant->distance)
		return STATUS_OK;
	if (entry->distance > 1 && !begins_alike(word, typed))
		return STATUS_OK;
	const enum status status =
		part_count > 1 ? count_term(parts, part_count, entry->term, &count, err) : STATUS_OK;
	const bool is_nearer = !meant->word.len || entry->distance < meant->distance;
	if (status == STATUS_OK && entry->distance && count >= 2 &&
	    (is_nearer || count > meant->count))
		*meant = (struct meant_word){ word, count, entry->distance };
	return status;
}

enum status meant_word(const struct value_part *parts, size_t part_count, const char *prefix,
		       struct str word, uint32_t distance, struct arena *arena,
		       struct meant_word *meant, struct error *err)
{
	const uint32_t allowed = allowed_distance(word);
	const uint32_t most = allowed < distance ? allowed : distance;
	enum status status = STATUS_OK;
	*meant = (struct meant_word){ .word = { "", 0 } };
	for (uint32_t edits = 1; edits <= most && !meant->word.len; edits++)
		for (size_t i = 0; i < part_count && status == STATUS_OK; i++) {
			struct like_entry *entries;
			size_t count;
			status = store_terms_like(parts[i].store, str_from(prefix), word, edits,
						  NEAR_MAX, arena, &entries, &count, err);
			for (size_t k = 0; status == STATUS_OK && k < count; k++)
				status = consider(parts, part_count, word, strlen(prefix),
						  &entries[k], meant, err);
		}
	return status;
}

/* ---- names ---- */

struct meaning {
	const struct value_part *parts;
	size_t part_count;
	const struct field *field;
	struct arena *arena;
	struct error *err;
	struct str *keys;
	size_t count, room;
};

static void add_key(struct meaning *meaning, struct str term)
{
	const size_t prefix = strlen(meaning->field->prefix);
	memory_reserve(&meaning->keys, &meaning->room, meaning->count, sizeof(*meaning->keys));
	meaning->keys[meaning->count++] = (struct str){ term.data + prefix, term.len - prefix };
}

static enum status find_near(struct meaning *meaning, struct str key, uint32_t edits)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < meaning->part_count && status == STATUS_OK; i++) {
		struct like_entry *entries;
		size_t count;
		status = store_terms_like(meaning->parts[i].store, str_from(meaning->field->prefix),
					  key, edits, NEAR_MAX, meaning->arena, &entries, &count,
					  meaning->err);
		for (size_t k = 0; status == STATUS_OK && k < count; k++)
			add_key(meaning, entries[k].term);
	}
	return status;
}

/* The words of a key, which are parted by single blanks. */
static size_t split_key(struct str key, struct str words[NAME_WORDS_MAX])
{
	size_t count = 0;
	for (size_t at = 0; at < key.len && count < NAME_WORDS_MAX;) {
		const char *blank = memchr(key.data + at, ' ', key.len - at);
		const size_t end = blank ? (size_t)(blank - key.data) : key.len;
		if (end > at)
			words[count++] = (struct str){ key.data + at, end - at };
		at = end + 1;
	}
	return count;
}

static bool has_words(struct str key, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool found = false;
		for (size_t at = 0; at + words[i].len <= key.len && !found; at++) {
			const size_t end = at + words[i].len;
			found = (!at || key.data[at - 1] == ' ') &&
				(end == key.len || key.data[end] == ' ') &&
				memcmp(key.data + at, words[i].data, words[i].len) == 0;
		}
		if (!found)
			return false;
	}
	return true;
}

/* Names that have all the words; they are looked for by the longest, which is the rarest as a rule. */
static enum status find_having(struct meaning *meaning, const struct str *words, size_t count)
{
	const size_t prefix = strlen(meaning->field->prefix);
	struct str longest = words[0];
	enum status status = STATUS_OK;
	for (size_t i = 1; i < count; i++)
		if (words[i].len > longest.len)
			longest = words[i];
	for (size_t i = 0; i < meaning->part_count && status == STATUS_OK; i++) {
		struct term_entry *entries;
		size_t found;
		status = store_terms_having(meaning->parts[i].store,
					    str_from(meaning->field->prefix), longest, HAVING_MAX,
					    meaning->arena, &entries, &found, meaning->err);
		for (size_t k = 0; status == STATUS_OK && k < found; k++) {
			const struct str term = entries[k].term;
			if (has_words((struct str){ term.data + prefix, term.len - prefix }, words,
				      count))
				add_key(meaning, term);
		}
	}
	return status;
}

/* Puts right the words that no article has; *changed says whether there were any. */
static enum status correct_words(const struct meaning *meaning, struct str *words, size_t count,
				 bool *changed)
{
	enum status status = STATUS_OK;
	size_t tries = 0;
	*changed = false;
	for (size_t i = 0; i < count && tries < NAME_TRIES && status == STATUS_OK; i++) {
		struct meant_word meant;
		uint32_t articles;
		status = count_term(meaning->parts, meaning->part_count, words[i], &articles,
				    meaning->err);
		if (status != STATUS_OK || articles)
			continue;
		tries++;
		status = meant_word(meaning->parts, meaning->part_count, "", words[i], 2,
				    meaning->arena, &meant, meaning->err);
		if (status != STATUS_OK || !meant.word.len)
			continue;
		words[i] = meant.word;
		*changed = true;
	}
	return status;
}

static enum status find_names(struct meaning *meaning, struct str key)
{
	struct str words[NAME_WORDS_MAX];
	const size_t count = split_key(key, words);
	bool changed;
	enum status status = STATUS_OK;
	if (count && key.len > 1)
		status = find_having(meaning, words, count);
	for (uint32_t edits = 1;
	     edits <= allowed_distance(key) && !meaning->count && status == STATUS_OK; edits++)
		status = find_near(meaning, key, edits);
	if (status != STATUS_OK || meaning->count || !count)
		return status;
	status = correct_words(meaning, words, count, &changed);
	return status == STATUS_OK && changed ? find_having(meaning, words, count) : status;
}

enum status meant_values(const struct value_part *parts, size_t part_count,
			 const struct field *field, struct str typed, size_t max, struct arena *arena,
			 struct found_value **values, size_t *count, struct error *err)
{
	struct meaning meaning = {
		.parts = parts, .part_count = part_count, .field = field, .arena = arena, .err = err
	};
	*count = 0;
	enum status status = find_names(&meaning, utf8_name_key_copy(typed, arena));
	if (status == STATUS_OK)
		status = found_values(parts, part_count, field, meaning.keys, meaning.count, arena,
				      values, count, err);
	if (*count > max)
		*count = max;
	free(meaning.keys);
	return status;
}
