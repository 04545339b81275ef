#include "dateline/text.h"

#include <stdlib.h>

void sentence_list_release(struct sentence_list *list)
{
	free(list->items);
	*list = (struct sentence_list){ 0 };
}

/* The bytes of what opens a quotation or a bracket right before `start`, or 0. */
static size_t opening_before(struct str text, uint32_t start, uint32_t from)
{
	static const char *const openings[] = { "\"", "'", "(",  "[",  "“",  "‘",  "„",  "«", "‹",
						"¿",  "¡", "「", "『", "（", "《", "〈", "【" };
	for (size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++) {
		const size_t len = strlen(openings[i]);
		if (start - from >= len && memcmp(text.data + start - len, openings[i], len) == 0)
			return len;
	}
	return 0;
}

uint32_t sentence_start(struct str text, uint32_t word, uint32_t from)
{
	for (size_t len; (len = opening_before(text, word, from)) > 0;)
		word -= (uint32_t)len;
	return word;
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\t';
}

/* Ends the last sentence of the list at `end`, without the blanks before that. */
static void end_last(struct str text, uint32_t end, struct sentence_list *list)
{
	struct sentence *last = &list->items[list->count - 1];
	while (end > last->start && is_blank(text.data[end - 1]))
		end--;
	last->end = end;
}

static void begin(uint32_t start, struct sentence_list *list)
{
	memory_reserve(&list->items, &list->capacity, list->count, sizeof(*list->items));
	list->items[list->count++] = (struct sentence){ start, start };
}

void sentences_add(struct str text, uint32_t start, uint32_t end, const struct token *tokens,
		   size_t count, struct sentence_list *list)
{
	begin(start, list);
	for (size_t i = 0; i < count; i++) {
		const struct token *token = &tokens[i];
		/* What stands before the first word belongs to it. */
		if (!i || !(token->flags & TOKEN_SENTENCE) ||
		    (token->flags & (TOKEN_JOINED | TOKEN_CHARACTER)))
			continue;
		const uint32_t at =
			sentence_start(text, token->start, list->items[list->count - 1].start);
		if (at == list->items[list->count - 1].start)
			continue;
		end_last(text, at, list);
		begin(at, list);
	}
	end_last(text, end, list);
}
