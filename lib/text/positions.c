#include "dateline/positions.h"

#include <stdlib.h>

/* ---- lists ---- */

static int compare_positions(const void *a, const void *b)
{
	const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

/* Most are in order as they come, so it is seen first whether there is anything to do. */
static struct position_list put_in_order(uint32_t *items, size_t count)
{
	size_t at = 1, kept = 0;
	while (at < count && items[at - 1] < items[at])
		at++;
	if (at >= count)
		return (struct position_list){ items, (uint32_t)count };
	qsort(items, count, sizeof(*items), compare_positions);
	for (size_t i = 0; i < count; i++)
		if (!kept || items[kept - 1] != items[i])
			items[kept++] = items[i];
	return (struct position_list){ items, (uint32_t)kept };
}

struct position_list positions_unite(const struct position_list *lists, size_t count,
				     struct arena *arena)
{
	size_t total = 0, filled = 0;
	if (count == 1)
		return lists[0];
	for (size_t i = 0; i < count; i++)
		total += lists[i].count;
	if (!total)
		return (struct position_list){ 0 };
	uint32_t *items = arena_alloc(arena, total * sizeof(*items));
	for (size_t i = 0; i < count; i++) {
		if (lists[i].count)
			memcpy(items + filled, lists[i].items, lists[i].count * sizeof(*items));
		filled += lists[i].count;
	}
	return put_in_order(items, total);
}

/* ---- sentences ---- */

static bool begins_sentence(const struct token *token)
{
	return (token->flags & (TOKEN_SENTENCE | TOKEN_JOINED | TOKEN_CHARACTER)) == TOKEN_SENTENCE;
}

static size_t count_starts(const struct token_list *tokens, size_t paragraphs)
{
	size_t count = paragraphs;
	for (size_t i = 0; i < tokens->count; i++)
		count += begins_sentence(&tokens->items[i]);
	return count;
}

/*
 * What sentences_add adds begins at such a word, or at the quotation marks before it, where no other word begins: so the words
 * alone tell where sentences are. Whatever its flags, the first word of a paragraph begins one.
 */
struct position_list positions_of_sentences(const struct article *article,
					    const struct token_list *tokens, struct arena *arena)
{
	uint32_t *items =
		arena_alloc(arena, count_starts(tokens, article->paragraph_count) * sizeof(*items));
	size_t count = 0;
	for (size_t i = 0, t = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		const size_t first = t;
		for (; t < tokens->count && tokens->items[t].start < paragraph->end; t++) {
			const struct token *token = &tokens->items[t];
			const bool is_start = t == first || (begins_sentence(token) &&
							     paragraph->kind != PARAGRAPH_TITLE);
			if (is_start && (t == first || items[count - 1] < token->position))
				items[count++] = token->position;
		}
	}
	return (struct position_list){ items, (uint32_t)count };
}

size_t positions_to_sentences(struct position_list positions, struct position_list starts,
			      uint32_t *numbers)
{
	size_t count = 0, from = 0;
	for (size_t i = 0; i < positions.count; i++) {
		/* The first sentence that begins behind it; the one before has it. */
		size_t to = starts.count;
		while (from < to) {
			const size_t middle = from + (to - from) / 2;
			if (starts.items[middle] <= positions.items[i])
				from = middle + 1;
			else
				to = middle;
		}
		if (from && (!count || numbers[count - 1] != from - 1))
			numbers[count++] = (uint32_t)from - 1;
	}
	return count;
}

/* ---- mentions ---- */

/* Words that the mention only touches; `next` is the first token that begins in it or behind it. */
static size_t touched_words(const struct mention *mention, const struct token_list *tokens,
			    size_t next, uint32_t *positions)
{
	size_t count = 0, from = next;
	/* A character ends before the bigram that it follows. */
	while (from && (tokens->items[from - 1].end > mention->start ||
			(tokens->items[from - 1].flags & TOKEN_CHARACTER)))
		from--;
	for (size_t i = from;
	     i < tokens->count && (i < next || tokens->items[i].start < mention->end); i++) {
		if (tokens->items[i].end <= mention->start || (tokens->items[i].flags & TOKEN_JOINED))
			continue;
		if (positions)
			positions[count] = tokens->items[i].position;
		count++;
	}
	return count;
}

/*
 * How many words a mention has, and their positions unless NULL is given. *next is moved to the first token that begins in it
 * or behind it. A joined word comes behind its last part and begins before it: it is passed over.
 */
static size_t words_of(const struct mention *mention, const struct token_list *tokens, size_t *next,
		       uint32_t *positions)
{
	size_t count = 0;
	while (*next < tokens->count && tokens->items[*next].start < mention->start)
		(*next)++;
	for (size_t i = *next; i < tokens->count && tokens->items[i].start < mention->end; i++) {
		const struct token *token = &tokens->items[i];
		if (token->start < mention->start || token->end > mention->end ||
		    (token->flags & TOKEN_JOINED))
			continue;
		if (positions)
			positions[count] = token->position;
		count++;
	}
	return count ? count : touched_words(mention, tokens, *next, positions);
}

void positions_of_mentions(const struct mention *mentions, size_t mention_count,
			   const struct token_list *tokens, size_t entity_count,
			   struct arena *arena, struct position_list *lists)
{
	size_t *counts = arena_zero(arena, entity_count + 1, sizeof(*counts));
	size_t total = 0;
	for (size_t i = 0, next = 0; i < mention_count; i++) {
		const size_t words = words_of(&mentions[i], tokens, &next, NULL);
		counts[mentions[i].entity] += words;
		total += words;
	}
	uint32_t *items = arena_alloc(arena, (total + 1) * sizeof(*items));
	uint32_t **ends = arena_alloc(arena, (entity_count + 1) * sizeof(*ends));
	ends[0] = items;
	for (size_t i = 0; i < entity_count; i++)
		ends[i + 1] = ends[i] + counts[i];
	for (size_t i = 0, next = 0; i < mention_count; i++) {
		uint32_t **end = &ends[mentions[i].entity];
		*end += words_of(&mentions[i], tokens, &next, *end);
	}
	for (size_t i = 0; i < entity_count; i++)
		lists[i] = put_in_order(ends[i] - counts[i], counts[i]);
}
