/*
 * Any text with names anywhere: roles are inside the text, in order, and of one kind never over another; the names of
 * speakers are those of people and organisations. The first byte chooses the names and what the publisher gives.
 */
#include "target.h"

#include "../../lib/entity/roles.h"
#include "dateline/utf8.h"

#include <stdlib.h>

#define MENTIONS 256

static const char *const names[] = { "Jane Doe", "Acme", "Paris", "John Roe" };
static const enum facet_kind kinds[] = { KIND_PERSON, KIND_ORG, KIND_PLACE, KIND_PERSON };

static struct mention mentions[MENTIONS];

static void require(bool condition)
{
	if (!condition)
		abort();
}

static bool is_capital(char c)
{
	return (c >= 'A' && c <= 'Z') || (uint8_t)c >= 0xC3;
}

/* Every word that begins with a capital, now and then with the word behind it. */
static size_t make_mentions(struct str text, unsigned seed)
{
	size_t count = 0;
	for (size_t at = 0; at < text.len && count < MENTIONS;) {
		const bool begins = is_capital(text.data[at]) && (!at || text.data[at - 1] == ' ');
		size_t end = at + 1;
		unsigned words = begins ? 1 + (seed >> count % 8 & 1) : 0;
		while (begins && end < text.len && text.data[end] != '\n' &&
		       (text.data[end] != ' ' || --words))
			end++;
		if (begins)
			mentions[count++] = (struct mention){ (uint32_t)at, (uint32_t)end,
							      (uint32_t)(at + seed) % 4,
							      RULE_TAGGER, 90 };
		at = end;
	}
	return count;
}

/* Paragraphs are parted by two line ends, as text_builder does it. */
static size_t make_paragraphs(struct str text, struct paragraph *paragraphs)
{
	size_t count = 0;
	for (size_t start = 0; start < text.len;) {
		const char *next = memmem(text.data + start, text.len - start, "\n\n", 2);
		const size_t end = next ? (size_t)(next - text.data) : text.len;
		if (end > start)
			paragraphs[count++] = (struct paragraph){ (uint32_t)start, (uint32_t)end,
								  PARAGRAPH_TEXT };
		start = end + 2;
	}
	return count;
}

static void check(const struct article *article, const struct role_list *list)
{
	uint32_t ends[KIND_COUNT] = { 0 };
	for (size_t i = 0; i < list->count; i++) {
		const struct role *role = &list->items[i];
		require(role->kind == KIND_AGENCY || role->kind == KIND_DATELINE ||
			role->kind == KIND_AUTHOR || role->kind == KIND_SPEAKER);
		require(role->start <= role->end && role->end <= article->text.len);
		require(i == 0 || role[-1].start <= role->start);
		require(role->start >= ends[role->kind]);
		ends[role->kind] = role->end;
		require(role->name.len > 0 && utf8_is_clean(role->name));
		require(role->confidence > 0 && role->confidence <= 100);
		require(role->kind != KIND_SPEAKER || role->name.data == names[0] ||
			role->name.data == names[1] || role->name.data == names[3]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	struct buffer clean = { 0 };
	utf8_clean((struct str){ (const char *)data + 1, size - 1 }, &clean);
	/* In memory of its own, so that a look behind its end is seen. */
	char *bytes = memory_alloc(clean.len + 1);
	memcpy(bytes, buffer_str(&clean).data, clean.len);
	bytes = memory_grow(bytes, clean.len + !clean.len);
	struct article article = { .text = { bytes, clean.len } };
	article.paragraphs = memory_zero(clean.len / 2 + 1, sizeof(*article.paragraphs));
	article.paragraph_count = make_paragraphs(article.text, article.paragraphs);
	struct str field = { bytes, utf8_cut(article.text, 80) };
	if (*data & 1)
		article.dateline = field;
	if (*data & 2)
		article.authors = (struct str_list){ &field, 1 };
	if (*data & 4)
		article.source = field;
	struct entity *entities = memory_zero(4, sizeof(*entities));
	for (size_t i = 0; i < 4; i++)
		entities[i] = (struct entity){ .kind = kinds[i],
					       .name = str_from(names[i]),
					       .confidence = 90 };
	const struct entity_result found = { entities, 4, mentions,
					     make_mentions(article.text, *data) };
	struct arena arena = { 0 };
	struct role_list list = { 0 };
	roles_find(&article, &found, &arena, &list);
	check(&article, &list);
	role_list_release(&list);
	arena_release(&arena);
	free(entities);
	free(article.paragraphs);
	free(bytes);
	buffer_release(&clean);
	return 0;
}
