/* plan.h: what the files that make plans share. Private to them. */
#ifndef DATELINE_QUERY_PLAN_H
#define DATELINE_QUERY_PLAN_H

#include "hint.h"
#include "query.h"
#include "variants.h"
#include "vocabulary.h"

struct planner {
	struct analyser *analyser;
	const struct language *const *languages;
	size_t language_count;
	const struct years *years;
	const struct vocabulary *vocabulary;
	struct arena *arena;
	struct query_plan *made;
	size_t leaf_capacity;
	size_t words;
	size_t forms_max; /* of a word*, where the node at work stands */
	double factor;    /* of the node at work, with those above it */
	bool common_weighs; /* there is nothing but common words, or they may mean something in these languages */
	struct hints hints;
	struct error *err;
};

/* ---- small makers (plan_make.c) ---- */

struct plan *plan_scale(struct arena *arena, struct plan *plan, double factor);

/* The term of a word with that prefix. */
struct plan *plan_word(struct arena *arena, const char *prefix, struct str form);

/* Any of the words, as if they were one; NULL when there is none. */
struct plan *plan_words(struct arena *arena, const char *prefix, const struct str *forms,
			size_t count);

/*
 * Words one after the other: terms, or synonyms of them. Looking at positions is dear, so a phrase has few words. A long
 * unquoted text without blanks (an address, a sentence in Chinese) becomes several phrases, each beginning with the last
 * word of the one before.
 */
struct plan *plan_sequence(struct arena *arena, struct plan *const *words, size_t count);

/* ---- words and values (plan_words.c, plan_values.c) ---- */

/* Adds a copy; the factor that is in force goes into its plan. */
void planner_add_leaf(struct planner *planner, const struct query_leaf *leaf);

/* With the factor that is in force. */
struct plan *planner_weigh(const struct planner *planner, struct plan *plan);

/* As typed, with prefix, quotes and sign. */
struct str planner_leaf_text(const struct planner *planner, const struct node *node);

/* The start of a leaf of words. */
struct query_leaf planner_word_leaf(const struct planner *planner, const struct node *node,
				    bool negated, struct plan *plan);

/* Adds leaves for the ways of writing a word or phrase as words in a row. The first has the plan of `leaf`, the others none. */
void planner_add_variants(struct planner *planner, struct query_leaf *leaf,
			  const struct variants *variants);

/* It must be there, but says nothing beside other words. */
bool planner_is_weightless(const struct planner *planner, const struct node *node);

/* STATUS_TOO_LARGE: too many words, with those before. */
enum status planner_count_words(struct planner *planner, const struct node *node,
				const struct variants *variants);

/* *plan stays NULL when nothing is left of the node: for WORD and PHRASE; for a WORD with * or ~; for values. */
enum status plan_text(struct planner *planner, const struct node *node, bool negated,
		      struct plan **plan);
enum status plan_expanded(struct planner *planner, const struct node *node, bool negated,
			  struct plan **plan);
enum status plan_value(struct planner *planner, const struct node *node, bool negated,
		       struct plan **plan);

/* A value or any value where it is mentioned (MENTION). */
enum status plan_mention(struct planner *planner, const struct node *node, bool negated,
			 struct plan **plan);

/* ---- what looks at positions (plan_placed.c) ---- */

/* SEQUENCE, NEAR, ADJ and SENTENCE, and what is in them. */
enum status plan_placed(struct planner *planner, const struct node *node, bool negated,
			struct plan **plan);

#endif
