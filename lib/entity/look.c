#include "look.h"

#include <stdlib.h>

/* Whatever is known by that word at that token, if it is better than *found. */
static void look_up(struct look *look, size_t at, struct str word, struct found *found)
{
	size_t first = at, last = at;
	uint32_t name = 0;
	struct found place;
	if (look->has_places &&
	    places_find(look->places, &look->view, look->article, at, word, &place) &&
	    (!found->rows || found_is_better(&place, found)))
		*found = place;
	if (look->has_given && given_find(look->given, &look->view, at, word, &first, &last, &name) &&
	    first >= look->free_from && (!found->rows || last >= found->last))
		*found = (struct found){
			.first = (uint32_t)first,
			.last = (uint32_t)last,
			.given = name,
			.is_family = look->given->names[name].is_family,
			.rows = 1,
			.verdict = VERDICT_SURE,
			.spot = SPOT_NONE,
		};
}

/* What begins at a word that is spelled with an apostrophe, or had one: "N'Djamena", "People's". */
static void look_up_plain(struct look *look, size_t at, struct found *found)
{
	struct plain_word plain;
	for (int with_s = 0; with_s < 2; with_s++) {
		plain_word(&look->view.tokens[at], with_s, &plain);
		look_up(look, at, (struct str){ plain.data, plain.len }, found);
	}
}

static void take(struct look *look, const struct found *found)
{
	look->free_from = found->last + 1;
	memory_reserve(&look->items, &look->capacity, look->count, sizeof(*look->items));
	look->items[look->count++] = *found;
}

/* Does a name begin like this? The token's word, which lies elsewhere in memory, is not touched. */
static inline bool may_begin(const struct look *look, const struct token *token)
{
	const struct str *text = &look->view.text;
	if (text->len - token->start < WORD_START)
		return true;
	const uint32_t start = word_start(text->data + token->start, token->end - token->start);
	return (look->has_places && word_index_may_have(&look->places->index, start)) ||
	       (look->has_given && word_index_may_have(&look->given->index, start));
}

#define CHUNK 256

/* Up to CHUNK tokens from `from` on: those that may begin a name, and their number. */
static size_t pick(const struct look *look, size_t from, uint32_t picked[CHUNK])
{
	const unsigned looked_at = TOKEN_CAPITAL | TOKEN_JOINED | TOKEN_BIGRAM;
	const struct token *tokens = look->view.tokens;
	const size_t left = look->view.count - from;
	const size_t end = from + (left < CHUNK ? left : CHUNK);
	size_t capitals = 0, count = 0;
	/* A name begins with a capital, and most words do not. */
	for (size_t i = from; i < end; i++) {
		picked[capitals] = (uint32_t)i;
		capitals += (tokens[i].flags & looked_at) == TOKEN_CAPITAL;
	}
	for (size_t i = 0; i < capitals; i++) {
		const uint32_t token = picked[i];
		picked[count] = token;
		count += may_begin(look, &tokens[token]);
	}
	return count;
}

static void look_at(struct look *look, size_t at)
{
	const struct token *token = &look->view.tokens[at];
	const struct str word = token->word->folded;
	struct found found = { 0 };
	look_up(look, at, word, &found);
	if (token->flags & TOKEN_POSSESSIVE || memchr(word.data, '\'', word.len))
		look_up_plain(look, at, &found);
	if (found.rows)
		take(look, &found);
}

void look_everywhere(struct look *look)
{
	look->count = 0;
	look->free_from = 0;
	uint32_t picked[CHUNK] = { 0 };
	for (size_t from = 0; from < look->view.count; from += CHUNK) {
		const size_t count = pick(look, from, picked);
		for (size_t i = 0; i < count; i++) {
			if (picked[i] >= look->free_from)
				look_at(look, picked[i]);
		}
	}
}

void look_release(struct look *look)
{
	free(look->items);
	*look = (struct look){ 0 };
}
