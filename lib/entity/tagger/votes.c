#include "votes.h"

#include <stdlib.h>

#define NO_NAME NAME_KINDS

void votes_release(struct votes *votes)
{
	free(votes->counts);
	free(votes->touched);
	*votes = (struct votes){ 0 };
}

static void reset(struct votes *votes, size_t lexemes)
{
	for (size_t i = 0; i < votes->touched_count; i++)
		memset(votes->counts[votes->touched[i]], 0, sizeof *votes->counts);
	votes->touched_count = 0;
	if (lexemes <= votes->capacity)
		return;
	free(votes->counts);
	votes->capacity = lexemes + lexemes / 2;
	votes->counts = memory_zero(votes->capacity, sizeof *votes->counts);
}

static bool takes_part(const struct view *view, size_t at)
{
	return view->tokens[at].flags & PLACE_OPEN && view_word(view, at)->flags & WORD_LETTERS &&
	       view_word(view, at)->flags & WORD_CORE;
}

static void count(struct votes *votes, uint32_t lexeme, unsigned tag)
{
	uint16_t *counts = votes->counts[lexeme];
	bool fresh = true;
	for (size_t i = 0; i < TAGS; i++)
		fresh = fresh && !counts[i];
	if (fresh) {
		memory_reserve(&votes->touched, &votes->touched_capacity, votes->touched_count,
			       sizeof *votes->touched);
		votes->touched[votes->touched_count++] = lexeme;
	}
	if (counts[tag] < UINT16_MAX)
		counts[tag]++;
}

/* Where in names of this kind the word stood most often: 0 to 3. */
static unsigned best_role(const unsigned counts[TAGS], unsigned kind)
{
	unsigned best = 0;
	for (unsigned role = 1; role < 4; role++)
		if (counts[1 + role * NAME_KINDS + kind] > counts[1 + best * NAME_KINDS + kind])
			best = role;
	return best;
}

/* The winner of all but one's own vote, how clearly, of how many and in which role; 0 when there are no others. */
static uint8_t outcome(const uint16_t *all, unsigned own)
{
	unsigned counts[TAGS], kinds[NAME_KINDS + 1] = { 0 }, total = 0, best = 0;
	for (unsigned i = 0; i < TAGS; i++) {
		counts[i] = all[i] - (unsigned)(i == own);
		kinds[i == TAG_OUTSIDE ? NO_NAME : TAG_KIND(i)] += counts[i];
		total += counts[i];
	}
	if (!total)
		return 0;
	for (unsigned i = 1; i <= NAME_KINDS; i++)
		best = kinds[i] > kinds[best] ? i : best;
	const unsigned clear = kinds[best] == total ? 2 : kinds[best] * 3 >= total * 2;
	const unsigned size = total >= 3 ? 2 : total - 1;
	const unsigned role = best == NO_NAME ? 0 : best_role(counts, best);
	return (uint8_t)(1 + ((best * 3 + clear) * 3 + size) * 4 + role);
}

void votes_cast(struct votes *votes, struct view *view, const uint8_t *tags)
{
	reset(votes, view->words->lexeme_count);
	for (size_t i = 0; i < view->count; i++)
		if (takes_part(view, i))
			count(votes, view_word(view, i)->lexeme, tags[i]);
	for (size_t i = 0; i < view->count; i++)
		view->tokens[i].votes =
			takes_part(view, i)
				? outcome(votes->counts[view_word(view, i)->lexeme], tags[i])
				: 0;
}
