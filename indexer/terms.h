/*
 * terms.h: the tokens of an article -> the terms of its words, with positions.
 *
 * Per word: the exact and the folded form with positions, their stems (prefix Z) without; those of the
 * title once more with the prefix S (ARCHITECTURE.md has the table). A term's number is found once
 * per word and worker, and kept until the analyser forgets its words.
 */
#ifndef DATELINE_TERMS_H
#define DATELINE_TERMS_H

#include "dateline/intern.h"
#include "dateline/store.h"
#include "dateline/text.h"

/* A term of an article by its number among the terms of whoever collects them. */
struct numbered_posting {
	uint32_t term;
	uint32_t wdf;
	const uint32_t *positions; /* rising; NULL when count is 0 */
	uint32_t count;
};

struct word_group;
struct word_terms;
struct occurrence;

/* The words of the article at work, or of its title, each once; and the terms of all words, with one pair of prefixes. */
struct word_groups {
	const char *plain, *stemmed; /* prefixes */
	struct word_group *items;
	size_t count, capacity;
	struct occurrence *occurrences; /* in the order of the text */
	size_t occurrence_count, occurrence_capacity;
	uint32_t *places; /* by number of word: where in items it is, if it is there at all */
	struct word_terms *terms; /* by number of word */
	size_t word_capacity;     /* of both */
};

struct term_collector {
	struct intern *terms; /* whole terms, with their prefix */
	struct intern own;    /* where none are borrowed */
	struct word_groups words, title;
	struct numbered_posting *numbered;
	size_t numbered_count, numbered_capacity;
	uint32_t *term_places; /* by number of term: where in numbered it is, if it is there at all */
	size_t term_capacity;
	struct arena positions; /* of the article that was last given out by number */
	struct buffer scratch;
};

/* Terms get their numbers in `terms`, borrowed; NULL: in a table of the collector's own. */
void term_collector_init(struct term_collector *collector, struct intern *terms);
void term_collector_release(struct term_collector *collector);

/*
 * To be called, between articles, when analyser_trim made the analyser forget its words, and when the borrowed terms were
 * emptied.
 */
void term_collector_forget(struct term_collector *collector);

/* More of the article. The words are looked at until the article is given out. */
void term_collector_add(struct term_collector *collector, const struct token *tokens, size_t count,
			bool in_title);

/* The terms of the article by number; the collector's until it is given the next. It is empty again. */
void term_collector_numbered(struct term_collector *collector, struct numbered_posting **postings,
			     size_t *count);

/* All of `arena`, with room for `extra` more at the end of *postings. The collector is empty again. */
void term_collector_finish(struct term_collector *collector, size_t extra, struct arena *arena,
			   struct posting **postings, size_t *count);

#endif
