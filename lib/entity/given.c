#include "given.h"

#include "canonical.h"
#include "care.h"

#include "dateline/utf8.h"

#include <stdlib.h>

void given_release(struct given *given)
{
	free(given->names);
	word_index_release(&given->index);
	*given = (struct given){ 0 };
}

void given_reset(struct given *given)
{
	given->count = 0;
}

/* ---- names ---- */

static struct str word_at(struct str key, size_t at)
{
	const char *blank = memchr(key.data + at, ' ', key.len - at);
	return (struct str){ key.data + at, blank ? (size_t)(blank - key.data) - at : key.len - at };
}

static size_t anchor_of(struct str key)
{
	size_t at = 0;
	for (;;) {
		const struct str word = word_at(key, at);
		if (!match_is_small(word))
			return at;
		if (at + word.len >= key.len)
			return 0;
		at += word.len + 1;
	}
}

/* Up to so many letters, an abbreviation may be a word. */
#define SHORT_LETTERS 3

#define SURE 100
#define FAMILY 80

/* Lists that are longer than any publisher's are counted, but not looked for in the text. */
#define NAMES_MAX 1000

static void add_key(struct given *given, struct str key, struct given_name name)
{
	if (!key.len || given->count >= NAMES_MAX)
		return;
	memory_reserve(&given->names, &given->capacity, given->count, sizeof(*given->names));
	name.key = key;
	name.anchor = anchor_of(key);
	given->names[given->count++] = name;
}

/* Marks that part words in a text; hyphens and stops are blanks in a key already. */
static bool parts_words(struct str key, size_t at)
{
	const char c = key.data[at];
	if (c != '&')
		return c && strchr(" ,;:!?/()[]\"+*", c);
	const char after = at + 1 < key.len ? key.data[at + 1] : ' ';
	return after == ' ' || at == 0 || key.data[at - 1] == ' ';
}

/* The words of the name as the analyser would find them in a text: no mark is a word. */
static struct str key_of(struct str name, struct arena *arena)
{
	struct buffer buffer = { 0 };
	utf8_name_key(name, &buffer);
	const struct str key = buffer_str(&buffer);
	char *words = arena_alloc(arena, key.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < key.len; i++) {
		if (!parts_words(key, i))
			words[len++] = key.data[i];
		else if (len && words[len - 1] != ' ')
			words[len++] = ' ';
	}
	while (len && words[len - 1] == ' ')
		len--;
	buffer_release(&buffer);
	return (struct str){ words, len };
}

/* "J.P. Morgan" is "j p morgan" as a key, but "jp morgan" in a text, and "AT&T" is "att" there; else "". */
static struct str key_without_marks(struct str name, struct arena *arena)
{
	if (!memchr(name.data, '.', name.len) && !memchr(name.data, '&', name.len))
		return STR("");
	char *plain = arena_alloc(arena, name.len);
	size_t len = 0;
	for (size_t i = 0; i < name.len; i++) {
		if (name.data[i] != '.' && name.data[i] != '&')
			plain[len++] = name.data[i];
	}
	return key_of((struct str){ plain, len }, arena);
}

static void add_short_forms(struct given *given, struct str name, struct given_name entry)
{
	for (size_t i = 0; i < org_alias_count; i++) {
		if (!str_equal(str_from(org_aliases[i].name), name))
			continue;
		const struct str key = str_from(org_aliases[i].key);
		entry.in_capitals = key.len <= SHORT_LETTERS;
		add_key(given, key, entry);
	}
}

static void add_family(struct given *given, struct str key, struct given_name entry)
{
	const char *blank = memrchr(key.data, ' ', key.len);
	if (!blank)
		return;
	const struct str family = word_at(key, (size_t)(blank - key.data) + 1);
	if (family.len < 3 || str_equal(family, STR("iii")))
		return;
	entry.confidence = FAMILY;
	entry.is_family = true;
	add_key(given, family, entry);
}

void given_add(struct given *given, const struct given_entity *entity, struct arena *arena)
{
	struct given_name entry = { .entity = entity->number,
				    .confidence = SURE,
				    .is_person = entity->kind == KIND_PERSON };
	const struct str key = key_of(entity->name, arena);
	add_key(given, key, entry);
	add_key(given, key_without_marks(entity->name, arena), entry);
	if (!str_equal(entity->name, entity->called)) {
		const struct str called = key_of(entity->called, arena);
		entry.in_capitals = entity->kind == KIND_ORG && called.len <= SHORT_LETTERS;
		if (!str_equal(key, called))
			add_key(given, called, entry);
		add_key(given, key_without_marks(entity->called, arena), entry);
	}
	if (entity->kind == KIND_ORG)
		add_short_forms(given, entity->name, entry);
	if (entity->kind == KIND_PERSON)
		add_family(given, key, entry);
}

void given_add_key(struct given *given, struct str key, uint32_t number, uint8_t confidence)
{
	add_key(given, key, (struct given_name){ .entity = number, .confidence = confidence });
}

void given_finish(struct given *given)
{
	word_index_reset(&given->index, given->count);
	for (size_t i = 0; i < given->count; i++) {
		const struct given_name *name = &given->names[i];
		word_index_add(&given->index, word_at(name->key, name->anchor), (uint32_t)i);
	}
}

/* ---- in the text ---- */

static bool may_be_meant(const struct given_name *name, const struct view *view, size_t first)
{
	const unsigned flags = view->tokens[first].flags;
	if (name->in_capitals && !(flags & (TOKEN_ALL_CAPS | TOKEN_ACRONYM)))
		return false;
	return !name->is_family || !care_is_anothers(view, first);
}

/* Two people of one family name: who is meant is not known. */
static bool is_shared(const struct given *given, const struct given_name *name, uint32_t other)
{
	const struct given_name *second = &given->names[other];
	return second->entity != name->entity && second->key.len == name->key.len &&
	       (name->is_family || second->is_family);
}

/* Of two people, the one who is listed just so: "Bush" of "Bush" and "Kate Bush". */
static bool is_rather(const struct given_name *name, const struct given_name *other)
{
	return name->is_person && other->is_person && !name->is_family && other->is_family;
}

bool given_find(const struct given *given, const struct view *view, size_t at, struct str word,
		size_t *first, size_t *last, uint32_t *name)
{
	struct word_search search = word_index_search(&given->index, word);
	bool found = false, shared = false;
	size_t start, end, best = 0;
	for (uint32_t i; word_index_next(&given->index, &search, &i);) {
		const struct given_name *one = &given->names[i];
		if (!match_around(view, at, one->key, one->anchor, &start, &end) ||
		    !may_be_meant(one, view, start))
			continue;
		const size_t length = end - start + 1;
		if (length < best || (length == best && is_rather(&given->names[*name], one)))
			continue;
		const bool is_better = length > best || is_rather(one, &given->names[*name]);
		shared = !is_better && (shared || is_shared(given, one, *name));
		if (is_better) {
			*first = start;
			*last = end;
			*name = i;
		}
		best = length;
		found = true;
	}
	return found && !shared;
}
