#include "common.h"
#include "lexer.h"

#include "dateline/letters.h"
#include "dateline/utf8.h"

/* Recursion goes only through parentheses, and the lexer has counted those. */
struct parser {
	const struct lexeme *at;
	struct arena *arena;
	struct hints *hints;
	bool in_capitals; /* the whole query */
};

/* ---- nodes ---- */

struct node_list {
	struct node **items;
	size_t count, capacity;
};

static void add_node(struct node_list *list, struct node *node, struct arena *arena)
{
	if (list->count == list->capacity) {
		const size_t capacity = list->capacity ? list->capacity * 2 : 4;
		struct node **items = arena_alloc(arena, capacity * sizeof(struct node *));
		if (list->count)
			memcpy(items, list->items, list->count * sizeof(struct node *));
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count++] = node;
}

static struct node *make_node(struct arena *arena, enum node_op op)
{
	struct node *node = arena_zero(arena, 1, sizeof(*node));
	node->op = op;
	return node;
}

/* Nothing of nothing, and one alone stays as it is. */
static struct node *join_nodes(const struct node_list *list, enum node_op op, struct arena *arena)
{
	if (list->count < 2)
		return list->count ? list->items[0] : NULL;
	struct node *node = make_node(arena, op);
	node->kids = list->items;
	node->count = list->count;
	return node;
}

static enum node_op op_of_operand(const struct lexeme *lexeme)
{
	if (lexeme->field && lexeme->field->role == FIELD_DATE)
		return NODE_DATE;
	if (lexeme->field && lexeme->field->role != FIELD_TEXT)
		return NODE_VALUE;
	return lexeme->kind == LEX_QUOTED ? NODE_PHRASE : NODE_WORD;
}

static struct node *negate(struct node *node, struct arena *arena)
{
	if (node->op == NODE_NOT)
		return node->kids[0];
	struct node_list kid = { 0 };
	add_node(&kid, node, arena);
	struct node *not = make_node(arena, NODE_NOT);
	not ->kids = kid.items;
	not ->count = 1;
	return not ;
}

/* ---- grammar ---- */

static void hint_left_out(struct parser *parser, const struct lexeme *lexeme, const char *where)
{
	hint_add(parser->hints, "there is nothing %s %.*s: it is left out", where,
		 STR_ARG(lexeme->text));
}

static struct node *parse_or(struct parser *parser);

static struct node *parse_group(struct parser *parser)
{
	parser->at++;
	struct node *node = parse_or(parser);
	const struct lexeme *close = parser->at++;
	if (!node && close->text.len)
		hint_add(parser->hints, "there is nothing between ( and ): they are left out");
	return node;
}

static struct node *parse_operand(struct parser *parser)
{
	if (parser->at->kind == LEX_OPEN)
		return parse_group(parser);
	struct node *node = make_node(parser->arena, op_of_operand(parser->at));
	node->text = parser->at->text;
	node->field = parser->at->field;
	node->common = node->op == NODE_WORD && !node->field &&
		       common_word(node->text, parser->in_capitals);
	parser->at++;
	return node;
}

static bool begins_operand(const struct lexeme *lexeme)
{
	return lexeme->kind == LEX_OPEN || lexeme->kind == LEX_WORD || lexeme->kind == LEX_QUOTED;
}

static struct node *parse_unary(struct parser *parser)
{
	const struct lexeme *last_not = NULL;
	bool is_negated = false;
	for (; parser->at->kind == LEX_NOT; parser->at++) {
		last_not = parser->at;
		is_negated = !is_negated;
	}
	if (!begins_operand(parser->at)) {
		hint_left_out(parser, last_not, "behind");
		return NULL;
	}
	struct node *node = parse_operand(parser);
	return node && is_negated ? negate(node, parser->arena) : node;
}

static struct node *parse_and(struct parser *parser)
{
	struct node_list kids = { 0 };
	const struct lexeme *open = NULL; /* the AND that waits for what is behind it */
	for (;;) {
		const struct lexeme *lexeme = parser->at;
		if (lexeme->kind == LEX_AND) {
			if (open || !kids.count)
				hint_left_out(parser, lexeme, "before");
			else
				open = lexeme;
			parser->at++;
			continue;
		}
		if (lexeme->kind != LEX_NOT && !begins_operand(lexeme))
			break;
		struct node *node = parse_unary(parser);
		if (!node)
			continue;
		node->bound = open != NULL;
		add_node(&kids, node, parser->arena);
		open = NULL;
	}
	if (open)
		hint_left_out(parser, open, "behind");
	return join_nodes(&kids, NODE_AND, parser->arena);
}

static struct node *parse_or(struct parser *parser)
{
	struct node_list kids = { 0 };
	const struct lexeme *open = NULL; /* the OR that waits for what is behind it */
	for (;; parser->at++) {
		struct node *node = parse_and(parser);
		if (node) {
			add_node(&kids, node, parser->arena);
			open = NULL;
		}
		if (parser->at->kind != LEX_OR)
			break;
		if (node)
			open = parser->at;
		else
			hint_left_out(parser, parser->at, "before");
	}
	if (open)
		hint_left_out(parser, open, "behind");
	return join_nodes(&kids, NODE_OR, parser->arena);
}

/* ---- from bytes ---- */

static struct str make_valid(struct str text, struct hints *hints)
{
	size_t replaced;
	const struct str valid = utf8_clean_copy(text, hints->arena, &replaced);
	if (replaced)
		hint_add(hints, "the query is not all UTF-8: what is not was replaced, %zu %s",
			 replaced, replaced == 1 ? "time" : "times");
	return valid;
}

enum status query_parse(struct str text, struct arena *arena, struct query *query, struct error *err)
{
	*query = (struct query){ 0 };
	if (text.len > QUERY_BYTES_MAX)
		return error_set(err, STATUS_TOO_LARGE,
				 "the query has %zu bytes, and %d are allowed: use fewer words",
				 text.len, QUERY_BYTES_MAX);
	struct hints hints = { .arena = arena };
	struct lexemes lexemes = { 0 };
	text = make_valid(text, &hints);
	const enum status status = lex_query(text, &hints, &lexemes, err);
	if (status == STATUS_OK) {
		struct parser parser = { lexemes.items, arena, &hints, !has_lower(text) };
		query->root = parse_or(&parser);
		query->hints = (struct str_list){ hints.items, hints.count };
	}
	lexemes_release(&lexemes);
	return status;
}
