#include "listed.h"

#include "called.h"
#include "care.h"
#include "word_list.h"

#include <stdlib.h>

/* ---- which names ---- */

static bool has_digit(const char *key)
{
	return strpbrk(key, "0123456789");
}

/* Two words with a number may be a date, a page or a score as well: "September 11", "Chapter 11". */
static bool is_sought(const struct called *row)
{
	const char *blank = strchr(row->key, ' ');
	if (!blank || row->how != CALLED_ANY || (row->kind != KIND_ORG && row->kind != KIND_OTHER))
		return false;
	return strchr(blank + 1, ' ') || !has_digit(row->key);
}

static struct str first_word(const char *key)
{
	return (struct str){ key, strcspn(key, " ") };
}

void listed_init(struct listed_names *listed)
{
	*listed = (struct listed_names){ .is_running = memory_zero(called_count, sizeof(bool)) };
	word_index_reset(&listed->index, called_count);
	for (size_t i = 0; i < called_count; i++) {
		if (is_sought(&called_table[i]))
			word_index_add(&listed->index, first_word(called_table[i].key), (uint32_t)i);
	}
}

void listed_release(struct listed_names *listed)
{
	word_index_release(&listed->index);
	free(listed->spots);
	free(listed->is_running);
	free(listed->both.items);
	*listed = (struct listed_names){ 0 };
}

/* ---- where they stand ---- */

#define CAPITAL (TOKEN_CAPITAL | TOKEN_NUMBER)

static bool is_tight(const struct view *view, size_t before, size_t after)
{
	return before != NO_TOKEN && after != NO_TOKEN && view_is_tight(view, before, after);
}

/*
 * Hyphens do not excuse lower case here: "Dodd-frank" is nobody's name. Nor is "Trump's White House" the name "Trump White
 * House", though "People's Daily" is "peoples daily" in a key.
 */
static bool is_written_so(const struct view *view, size_t first, size_t last, const char *key)
{
	for (size_t i = first; i != NO_TOKEN && i <= last; i = view_next(view, i)) {
		const struct token *token = &view->tokens[i];
		const struct str word = first_word(key);
		if (!(token->flags & CAPITAL) && !match_is_small(token->word->folded))
			return false;
		if (i < last && token->flags & TOKEN_POSSESSIVE &&
		    str_equal(word, token->word->folded))
			return false;
		key += word.len + (key[word.len] == ' ');
	}
	return true;
}

/* The longest name that begins at `first`, whose word may be `word`. */
static void look_up(const struct listed_names *listed, const struct view *view, size_t first,
		    struct str word, struct listed_spot *spot)
{
	struct word_search search = word_index_search(&listed->index, word);
	size_t last;
	for (uint32_t row; word_index_next(&listed->index, &search, &row);) {
		const char *key = called_table[row].key;
		if (match_name(view, first, str_from(key), MATCH_CAPITALS, &last) &&
		    last > spot->last && is_written_so(view, first, last, key))
			*spot = (struct listed_spot){ (uint32_t)first, (uint32_t)last, row, false };
	}
}

/* Can a name of several words begin here? Most capitals stand alone. */
static bool may_go_on(const struct view *view, size_t first)
{
	const size_t next = view_next(view, first);
	if (!is_tight(view, first, next))
		return false;
	const struct token *token = &view->tokens[next];
	return token->flags & CAPITAL || match_is_small(token->word->folded);
}

static bool may_begin(const struct listed_names *listed, const struct view *view, size_t first)
{
	const struct token *token = &view->tokens[first];
	if (view->text.len - token->start < WORD_START)
		return false; /* no two words are left */
	const uint32_t start = word_start(view->text.data + token->start, token->end - token->start);
	return word_index_may_have(&listed->index, start) && may_go_on(view, first);
}

/* ---- what stands beside them ---- */

static bool is_title(const struct token *token)
{
	const struct str word = token->word->folded;
	return word_list_has(WORD_TITLE, word) || word_list_has(WORD_OFFICE, word);
}

static bool is_word(const struct token *token, const char *word)
{
	return str_equal(token->word->folded, str_from(word));
}

static bool is_seen(const struct sighting *sighting, const struct token *token)
{
	return sighting && sighting->start < token->end && token->start < sighting->end;
}

/*
 * Does a name go on into what stands behind this word? A sentence begins with a capital, whatever it begins with, unless
 * it is seen to be a name; a title is somebody's: "Director of ...".
 */
static bool is_front(const struct view *view, size_t token, const struct sighting *before)
{
	const struct token *word = &view->tokens[token];
	if (!(word->flags & CAPITAL) || word->flags & TOKEN_POSSESSIVE || is_title(word))
		return false;
	return !(word->flags & TOKEN_SENTENCE) || is_seen(before, word);
}

static bool goes_on_before(const struct view *view, size_t first, const struct sighting *before)
{
	const size_t front = view_before(view, first);
	if (!is_tight(view, front, first))
		return false;
	const struct token *word = &view->tokens[front];
	if (word->flags & CAPITAL || (!is_word(word, "of") && !is_word(word, "for")))
		return is_front(view, front, before);
	const size_t head = view_before(view, front);
	return is_tight(view, head, front) && is_front(view, head, before);
}

static bool goes_on_behind(const struct view *view, size_t last)
{
	const size_t next = view_next(view, last);
	if (view->tokens[last].flags & TOKEN_POSSESSIVE || !is_tight(view, last, next))
		return false;
	const struct token *word = &view->tokens[next];
	if (word->flags & CAPITAL)
		return !is_title(word);
	const size_t after = view_next(view, next);
	return is_word(word, "of") && is_tight(view, next, after) &&
	       view->tokens[after].flags & TOKEN_CAPITAL;
}

/* ---- the whole ---- */

/* What the tagger saw, read from the front. */
struct seen {
	const struct sighting *items;
	size_t count, next;
};

static void add(struct listed_names *listed, struct listed_spot spot)
{
	memory_reserve(&listed->spots, &listed->capacity, listed->count, sizeof(*listed->spots));
	listed->spots[listed->count++] = spot;
}

/* The last sighting that begins before the token, going on from where the last look ended; NULL for none. */
static const struct sighting *seen_before(struct seen *seen, const struct token *token)
{
	while (seen->next < seen->count && seen->items[seen->next].start < token->start)
		seen->next++;
	return seen->next ? &seen->items[seen->next - 1] : NULL;
}

static void find_spots(struct listed_names *listed, const struct article *article,
		       const struct view *view, struct seen *seen)
{
	const unsigned looked_at = TOKEN_CAPITAL | TOKEN_JOINED | TOKEN_BIGRAM;
	struct style_cache style = { 0 };
	listed->count = 0;
	for (size_t i = 0; i < view->count; i++) {
		const struct token *token = &view->tokens[i];
		if ((token->flags & looked_at) != TOKEN_CAPITAL || !may_begin(listed, view, i))
			continue;
		struct listed_spot spot = { .last = (uint32_t)i };
		look_up(listed, view, i, token->word->folded, &spot);
		if (spot.last == i && token->flags & TOKEN_POSSESSIVE) {
			struct plain_word plain; /* "People's Daily" */
			plain_word(token, true, &plain);
			look_up(listed, view, i, (struct str){ plain.data, plain.len }, &spot);
		}
		if (spot.last == i)
			continue;
		const bool is_plain = care_style(view, article, &style, i) == STYLE_PLAIN;
		const struct sighting *before = seen_before(seen, token);
		spot.is_running = is_plain && !goes_on_before(view, i, before) &&
				  !goes_on_behind(view, spot.last);
		if (spot.is_running)
			listed->is_running[spot.row] = true;
		if (spot.is_running || !is_plain)
			add(listed, spot);
		i = spot.last;
	}
}

static struct sighting sighting_of(const struct view *view, const struct listed_spot *spot)
{
	return (struct sighting){
		.start = view->tokens[spot->first].start,
		.end = view->tokens[spot->last].end,
		.kind = called_table[spot->row].kind == KIND_ORG ? NAME_ORG : NAME_OTHER,
		.confidence = LISTED_CONFIDENCE,
		.rule = RULE_GAZETTEER,
	};
}

/*
 * Parts of the name may be seen as less than it: the "Air Force" of "Air Force One", "Office of Management" and "Budget". But where
 * each of its words is part of something seen, as in "House Republicans", or what is seen reaches beyond, that stands.
 */
static bool takes(const struct view *view, const struct seen *seen, const struct listed_spot *spot)
{
	const uint32_t start = view->tokens[spot->first].start, end = view->tokens[spot->last].end;
	size_t next = seen->next;
	bool has_missed = false;
	for (size_t i = spot->first; i != NO_TOKEN && i <= spot->last; i = view_next(view, i)) {
		const struct token *token = &view->tokens[i];
		while (next < seen->count && seen->items[next].end <= token->start)
			next++;
		const struct sighting *one = next < seen->count ? &seen->items[next] : NULL;
		if (!is_seen(one, token))
			has_missed = true;
		else if (one->start < start || one->end > end)
			return false;
	}
	return has_missed;
}

/* Both are in order, so that one look at each is enough. */
static void merge(struct listed_names *listed, const struct view *view, struct seen *seen)
{
	listed->both.count = 0;
	for (size_t i = 0; i < listed->count; i++) {
		const struct listed_spot *spot = &listed->spots[i];
		const struct sighting found = sighting_of(view, spot);
		while (seen->next < seen->count && seen->items[seen->next].end <= found.start)
			sightings_add(&listed->both, seen->items[seen->next++]);
		if (!listed->is_running[spot->row] || !takes(view, seen, spot))
			continue;
		sightings_add(&listed->both, found);
		while (seen->next < seen->count && seen->items[seen->next].start < found.end)
			seen->next++;
	}
	while (seen->next < seen->count)
		sightings_add(&listed->both, seen->items[seen->next++]);
}

const struct sighting *listed_find(struct listed_names *listed, const struct article *article,
				   const struct view *view, const struct sighting *seen,
				   size_t *count)
{
	find_spots(listed, article, view, &(struct seen){ seen, *count, 0 });
	if (!listed->count)
		return seen;
	merge(listed, view, &(struct seen){ seen, *count, 0 });
	for (size_t i = 0; i < listed->count; i++)
		listed->is_running[listed->spots[i].row] = false;
	*count = listed->both.count;
	return listed->both.items;
}
