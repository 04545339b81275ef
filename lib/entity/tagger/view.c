#include "view.h"

#include <stdlib.h>

#define EDGES 3 /* between lines, so that looking three tokens away needs no test */
#define GAP_MOST 3
#define PHRASE_MOST 8

void view_reset(struct view *view)
{
	view->count = 0;
	for (size_t i = 0; i < view->touched_count; i++)
		view->seen[view->touched[i]] = (struct seen){ 0 };
	view->touched_count = 0;
}

void view_release(struct view *view)
{
	free(view->tokens);
	free(view->seen);
	free(view->touched);
	free(view->last_mentions);
	*view = (struct view){ 0 };
}

static void push(struct view *view, uint32_t word, unsigned flags)
{
	memory_reserve(&view->tokens, &view->capacity, view->count, sizeof *view->tokens);
	view->tokens[view->count++] = (struct view_token){ .word = word, .flags = (uint8_t)flags };
}

static void push_edges(struct view *view)
{
	for (int i = 0; i < EDGES; i++)
		push(view, WORD_EDGE, 0);
}

/* ---- a line ---- */

struct line_counts {
	size_t words, lower, capital, caps;
};

static struct line_counts count_line(const struct view *view, size_t start)
{
	struct line_counts counts = { 0 };
	for (size_t i = start; i < view->count; i++) {
		const struct tagger_word *word = view_word(view, i);
		if (!(word->flags & WORD_LETTERS))
			continue;
		counts.words++;
		counts.lower += word->shape == SHAPE_LOWER;
		counts.capital += word->shape == SHAPE_CAPITAL;
		counts.caps += word->shape == SHAPE_CAPS;
	}
	return counts;
}

/* Which of PLACE_CAPS and PLACE_HEADING a line is. Short words stay in lower case in headings. */
static unsigned line_flags(const struct view *view, size_t start)
{
	const struct line_counts counts = count_line(view, start);
	if (counts.caps >= 2 && !counts.lower && counts.capital <= counts.caps / 4)
		return PLACE_CAPS;
	if (counts.words >= 4 && counts.capital + counts.caps >= 3 && counts.lower * 3 <= counts.words)
		return PLACE_HEADING;
	return 0;
}

static bool is_capital(const struct tagger_word *word)
{
	return word->shape == SHAPE_CAPITAL || word->shape == SHAPE_CAPS ||
	       word->shape == SHAPE_INITIAL || word->shape == SHAPE_MIXED;
}

static void mark_sentences(struct view *view, size_t start, unsigned line)
{
	bool first = true;
	for (size_t i = start; i < view->count; i++) {
		const struct tagger_word *word = view_word(view, i);
		struct view_token *token = &view->tokens[i];
		token->flags |= (uint8_t)(line | (first ? PLACE_FIRST : 0) |
					  (is_capital(word) ? PLACE_CAPITAL : 0));
		if (word->flags & WORD_STOP)
			first = true;
		else if (!(word->flags & WORD_QUOTE) || !first)
			first = false;
	}
}

static struct seen *seen_of(struct view *view, uint32_t lexeme)
{
	struct seen *seen = &view->seen[lexeme];
	if (!seen->lower && !seen->middle && !seen->other) {
		memory_reserve(&view->touched, &view->touched_capacity, view->touched_count,
			       sizeof *view->touched);
		view->touched[view->touched_count++] = lexeme;
	}
	return seen;
}

static void grow_seen(struct view *view)
{
	const size_t need = view->words->lexeme_count;
	if (need <= view->seen_capacity)
		return;
	const size_t capacity = need + need / 2;
	view->seen = memory_grow(view->seen, capacity * sizeof *view->seen);
	memset(view->seen + view->seen_capacity, 0,
	       (capacity - view->seen_capacity) * sizeof *view->seen);
	view->seen_capacity = capacity;
}

static void count_up(uint16_t *counter)
{
	if (*counter < UINT16_MAX)
		++*counter;
}

static void note_writing(struct view *view, size_t start)
{
	grow_seen(view);
	for (size_t i = start; i < view->count; i++) {
		const struct tagger_word *word = view_word(view, i);
		if (!(word->flags & WORD_LETTERS))
			continue;
		struct seen *seen = seen_of(view, word->lexeme);
		const unsigned flags = view->tokens[i].flags;
		if (!(flags & PLACE_CAPITAL))
			count_up(&seen->lower);
		else if (flags & (PLACE_FIRST | PLACE_CAPS | PLACE_HEADING))
			count_up(&seen->other);
		else
			count_up(&seen->middle);
	}
}

/* ---- short forms ---- */

#define SHORT_MOST 8

/* How many letters a short form has, without the s of a plural; 0 when the word is none. */
static size_t short_letters(const struct tagger_word *word)
{
	size_t letters = word->length;
	if (letters > 2 && word->text[letters - 1] == 's')
		letters--;
	if (letters < 2 || letters > SHORT_MOST)
		return 0;
	for (size_t i = 0; i < letters; i++)
		if (word->text[i] < 'A' || word->text[i] > 'Z')
			return 0;
	return letters;
}

/* Takes off the end of a short form what a word begins with, and each of its parts when it is hyphenated. */
static size_t take_initials(const struct tagger_word *word, const char *text, size_t left)
{
	for (size_t i = word->length; i-- > 0 && left > 0;)
		if ((i == 0 || word->text[i - 1] == '-') &&
		    (word->text[i] | 32) == (text[left - 1] | 32))
			left--;
	return left;
}

/* Looks from the bracket in front of a short form back, for words that begin with its letters. */
static enum spelled spelled_out(const struct view *view, size_t start, size_t bracket)
{
	const struct tagger_word *word = view_word(view, bracket + 1);
	bool capital = false;
	size_t left = short_letters(word);
	if (!left)
		return SPELLED_NOT;
	for (size_t i = bracket; left > 0 && i > start; i--) {
		const struct tagger_word *before = view_word(view, i - 1);
		const size_t rest = take_initials(before, word->text, left);
		if (rest == left && !(before->flags & (WORD_JOINS | WORD_HYPHEN)))
			return SPELLED_NOT;
		capital = capital || (rest < left && before->shape != SHAPE_LOWER);
		left = rest;
	}
	return left ? SPELLED_NOT : capital ? SPELLED_CAPITAL : SPELLED_SMALL;
}

static void note_short_forms(struct view *view, size_t start)
{
	for (size_t i = start + 1; i + 1 < view->count; i++) {
		const struct tagger_word *bracket = view_word(view, i);
		if (bracket->length != 1 || bracket->text[0] != '(')
			continue;
		const enum spelled spelled = spelled_out(view, start, i);
		if (spelled)
			view->seen[view_word(view, i + 1)->lexeme].spelled = (uint16_t)spelled;
	}
}

size_t view_add_line(struct view *view, const char *text, const struct span *spans, size_t count)
{
	push_edges(view);
	const size_t start = view->count;
	for (size_t i = 0; i < count; i++) {
		const char *at = text + spans[i].start;
		push(view, word_table_find(view->words, at, spans[i].end - spans[i].start), 0);
	}
	mark_sentences(view, start, line_flags(view, start));
	note_writing(view, start);
	note_short_forms(view, start);
	return start;
}

/* ---- which tokens may be part of a name ---- */

/*
 * What joins two parts of a name is open when such a part stands on both sides, at most GAP_MOST tokens apart; marks
 * and 's also right behind one, numbers in front of one or behind it, and whatever a hyphen ties to one.
 */
static void open_core(struct view *view, size_t at, size_t last)
{
	view->tokens[at].flags |= PLACE_OPEN;
	for (size_t i = at - 1; last && i > last && at - last <= GAP_MOST + 1; i--)
		view->tokens[i].flags |= PLACE_OPEN;
	if (view_word(view, at - 1)->shape == SHAPE_NUMBER)
		view->tokens[at - 1].flags |= PLACE_OPEN;
	if ((view_word(view, at - 1)->flags & WORD_HYPHEN) &&
	    (view_word(view, at - 2)->flags & WORD_LETTERS)) {
		view->tokens[at - 1].flags |= PLACE_OPEN;
		view->tokens[at - 2].flags |= PLACE_OPEN;
	}
}

/* Is a token that is no part of a name by itself open because of the core token `last` before it? */
static bool follows(const struct view *view, size_t at, size_t last)
{
	const struct tagger_word *word = view_word(view, at);
	if (!last)
		return false;
	if (last + 1 == at)
		return (word->flags & WORD_HOLDS) || word->shape == SHAPE_NUMBER;
	return last + 2 == at && (view_word(view, at - 1)->flags & WORD_HYPHEN) &&
	       (word->flags & WORD_LETTERS || word->shape == SHAPE_NUMBER);
}

static void open_gaps(struct view *view)
{
	size_t last = 0; /* the last core token that may still be gone on with */
	for (size_t i = EDGES; i + EDGES < view->count; i++) {
		const struct tagger_word *word = view_word(view, i);
		if (word->flags & WORD_CORE) {
			open_core(view, i, last);
			last = i;
		} else if (follows(view, i, last)) {
			view->tokens[i].flags |= PLACE_OPEN;
			if (last + 2 == i)
				last = i;
		} else if (!(word->flags & (WORD_JOINS | WORD_HOLDS))) {
			last = 0;
		}
	}
}

/* ---- runs of capitals, and listed names ---- */

static void mark_run(struct view *view, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		view->tokens[i].run_start = (uint16_t)(i - start < 9 ? i - start : 9);
		view->tokens[i].run_end = (uint16_t)(end - 1 - i < 9 ? end - 1 - i : 9);
	}
}

static void mark_runs(struct view *view)
{
	size_t start = 0;
	for (size_t i = EDGES; i < view->count; i++) {
		if (view->tokens[i].flags & PLACE_CAPITAL) {
			start = start ? start : i;
		} else if (start) {
			mark_run(view, start, i);
			start = 0;
		}
	}
}

static void mark_phrase(struct view *view, size_t start, size_t length, unsigned lists)
{
	for (size_t i = 0; i < length; i++) {
		struct view_token *token = &view->tokens[start + i];
		if (token->phrase_length >= length)
			continue;
		token->phrase = (uint8_t)(i == 0 ? 1 : i + 1 == length ? 3 : 2);
		token->phrase_length = (uint8_t)length;
		token->phrase_lists = lists;
	}
}

static void find_phrase(struct view *view, size_t start)
{
	const struct tagger_word *first = view_word(view, start);
	uint64_t hash = first->lower;
	unsigned lists = first->lists, found = 0;
	size_t length = 0;
	for (size_t i = 1; i < PHRASE_MOST && (lists & LIST_BEGINS); i++) {
		const struct tagger_word *next = view_word(view, start + i);
		if (next->shape == SHAPE_EDGE)
			break;
		hash = name_hash(hash, next->lower);
		const struct list_slot *slot = model_list(view->words->model, hash);
		if (!slot)
			break;
		lists = slot->lists;
		if ((lists & (LIST_NAMES | LIST_SEEN)) &&
		    (view->tokens[start + i].flags & PLACE_CAPITAL)) {
			length = i + 1;
			found = lists & (LIST_NAMES | LIST_SEEN);
		}
	}
	if (length)
		mark_phrase(view, start, length, found);
}

/* ---- mentions of the same word ---- */

static void link_mention(struct view *view, size_t at)
{
	struct view_token *token = &view->tokens[at];
	uint32_t *last = &view->last_mentions[view_word(view, at)->lexeme];
	if (*last) {
		struct view_token *before = &view->tokens[*last];
		if (!before->mention)
			before->mention = (uint32_t)++view->mention_count;
		before->mention_after = (uint32_t)at;
		token->mention = (uint32_t)++view->mention_count;
		token->mention_before = *last;
	}
	*last = (uint32_t)at;
}

static void link_mentions(struct view *view)
{
	const size_t need = view->words->lexeme_count;
	view->mention_count = 0;
	if (need > view->last_capacity) {
		free(view->last_mentions);
		view->last_capacity = need + need / 2;
		view->last_mentions = memory_zero(view->last_capacity, sizeof *view->last_mentions);
	}
	for (size_t i = EDGES; i < view->count; i++)
		if (view->tokens[i].flags & PLACE_CAPITAL)
			link_mention(view, i);
	for (size_t i = EDGES; i < view->count; i++)
		if (view->tokens[i].flags & PLACE_CAPITAL)
			view->last_mentions[view_word(view, i)->lexeme] = 0;
}

void view_finish(struct view *view)
{
	push_edges(view);
	open_gaps(view);
	mark_runs(view);
	link_mentions(view);
	for (size_t i = EDGES; i < view->count; i++)
		if ((view->tokens[i].flags & PLACE_CAPITAL) &&
		    (view_word(view, i)->lists & LIST_BEGINS))
			find_phrase(view, i);
}
