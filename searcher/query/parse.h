/* parse.h: what the files of the parser share. Private to them. */
#ifndef DATELINE_QUERY_PARSE_H
#define DATELINE_QUERY_PARSE_H

#include "lexer.h"

struct parser {
	const struct lexeme *at;
	struct arena *arena;
	struct hints *hints;
	bool in_capitals; /* the whole query */
	size_t expanded;  /* words with * or ~ */
	enum status status;
	struct error *err;
};

struct node_list {
	struct node **items;
	size_t count, capacity;
};

void node_list_add(struct node_list *list, struct node *node, struct arena *arena);

struct node *node_new(struct arena *arena, enum node_op op);

/* Nothing of nothing, and one alone stays as it is. */
struct node *node_join(const struct node_list *list, enum node_op op, struct arena *arena);

/* Counts one word more that stands for many; after too many, parser->status is not STATUS_OK. */
void parser_count_expanded(struct parser *parser);

/*
 * Quoted text of the title or of no field: a PHRASE, or where there is more in it than words ("org:reuters reported", "cyber
 * att*"), a SEQUENCE, or the one thing in it (quoted.c).
 */
struct node *quoted_parse(struct parser *parser, const struct lexeme *lexeme);

/*
 * What stands between operators that look at positions (placed.c). `kids` become a NEAR or ADJ as `lexeme` says; an AND when
 * one of them has no place in the text, with a hint.
 */
struct node *placed_join(struct parser *parser, const struct lexeme *lexeme,
			 const struct node_list *kids);

/* A group with @s behind it; the node itself, with a hint, when that cannot be. */
struct node *placed_sentence(struct parser *parser, struct node *node);

/* Are the values of the field found in the text, so that they have a place there? */
bool field_is_placed(const struct field *field);

#endif
