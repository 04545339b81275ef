/*
 * view.h: an article as the tagger sees it: lines of tokens, each with its word and what its place says.
 *
 * A line is a paragraph, a heading or a sentence on a line of its own; no name and no context crosses its end.
 */
#ifndef TAGGER_VIEW_H
#define TAGGER_VIEW_H

#include "word_table.h"

struct span {
	uint32_t start, end; /* bytes of the text, or tokens */
};

enum place_flag {
	PLACE_FIRST = 1,    /* of a sentence */
	PLACE_CAPS = 2,     /* in a line without lower case */
	PLACE_HEADING = 4,  /* in a line where nearly every word has a capital */
	PLACE_OPEN = 8,     /* may be part of a name: only these are scored */
	PLACE_CAPITAL = 16, /* its word has a capital */
};

struct view_token {
	uint32_t word;
	uint8_t flags; /* enum place_flag */
	uint8_t phrase; /* 0, or where in the longest listed name it stands: 1 first, 2 inside, 3 last */
	uint8_t phrase_length;
	uint8_t votes; /* second look: what the same word was elsewhere, from view_votes */
	uint32_t phrase_lists;
	uint32_t mention; /* 0, or the number of this place among those whose word comes again with a capital */
	uint32_t mention_before, mention_after; /* the nearest of the same word, as places; 0: none */
	uint16_t run_start, run_end; /* of the capitalised run it is in, as distances to both ends */
};

/* A short form may be spelled out in front of it: liquefied natural gas (LNG), World Health Organization (WHO). */
enum spelled {
	SPELLED_NOT,
	SPELLED_SMALL, /* by words in lower case alone */
	SPELLED_CAPITAL,
};

/* How a word is written in the article, for telling a name from a word that begins a sentence. */
struct seen {
	uint16_t lower, middle, other; /* in lower case; with a capital inside a sentence; elsewhere */
	uint16_t spelled;              /* enum spelled */
};

struct view {
	struct word_table *words;
	struct view_token *tokens; /* of all lines, an edge before, between and behind them */
	size_t count, capacity;
	struct seen *seen; /* by lexeme */
	size_t seen_capacity;
	uint32_t *touched; /* the lexemes that are in use in `seen` */
	size_t touched_count, touched_capacity;
	size_t mention_count;
	uint32_t *last_mentions; /* by lexeme; all 0 between calls */
	size_t last_capacity;
};

void view_reset(struct view *view);
void view_release(struct view *view);

/*
 * Appends a line; its tokens are spans of `text`. Returns the place of its first token in view->tokens. The tokens
 * that follow each other in the line do so there.
 */
size_t view_add_line(struct view *view, const char *text, const struct span *spans, size_t count);

/* To be called when all lines are in: works out everything that looks across tokens. */
void view_finish(struct view *view);

static inline struct tagger_word *view_word(const struct view *view, size_t at)
{
	return &view->words->items[view->tokens[at].word];
}

#endif
