/*
 * positions.h: where in an article its sentences begin and what is mentioned stands, in positions of words (text.h). What
 * the index says of it, and whoever looks into the index has to find again, is worked out here and nowhere else.
 */
#ifndef DATELINE_POSITIONS_H
#define DATELINE_POSITIONS_H

#include "dateline/article.h"
#include "dateline/text.h"

/* Rising, none twice. Borrowed from an arena. */
struct position_list {
	const uint32_t *items;
	uint32_t count;
};

/*
 * The position of the first word of each sentence. Tokens are the article's, paragraph by paragraph, with positions that
 * rise. Sentences are those of text.h, but the title is one, whatever stands in it; a paragraph without words has none.
 */
struct position_list positions_of_sentences(const struct article *article,
					    const struct token_list *tokens, struct arena *arena);

/*
 * The positions of all words of all mentions of each entity, in lists[0..entity_count). Mentions are by start, as those of a
 * record (entity.h). A word is one of a mention when all of it lies in there; of a mention that has only
 * parts of words, the words that it touches. The parts of a hyphenated word are words, all of it together is not.
 */
void positions_of_mentions(const struct mention *mentions, size_t mention_count,
			   const struct token_list *tokens, size_t entity_count,
			   struct arena *arena, struct position_list *lists);

/* All that is in any of `lists`. */
struct position_list positions_unite(const struct position_list *lists, size_t count,
				     struct arena *arena);

/*
 * The numbers, from 0, of the sentences that have one of `positions`, rising: numbers[0..n), at most one for each position.
 * Returns n. `starts` are those of positions_of_sentences.
 */
size_t positions_to_sentences(struct position_list positions, struct position_list starts,
			      uint32_t *numbers);

#endif
