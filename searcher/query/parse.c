#include "parse.h"

#include "common.h"

#include "dateline/letters.h"
#include "dateline/utf8.h"

/* Recursion goes only through parentheses, and the lexer has counted those. */

/* ---- nodes ---- */

void node_list_add(struct node_list *list, struct node *node, struct arena *arena)
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

struct node *node_new(struct arena *arena, enum node_op op)
{
	struct node *node = arena_zero(arena, 1, sizeof(*node));
	node->op = op;
	node->factor = 1;
	return node;
}

struct node *node_join(const struct node_list *list, enum node_op op, struct arena *arena)
{
	if (list->count < 2)
		return list->count ? list->items[0] : NULL;
	struct node *node = node_new(arena, op);
	node->kids = list->items;
	node->count = list->count;
	return node;
}

static enum node_op op_of_operand(const struct lexeme *lexeme)
{
	const bool is_any = lexeme->field && field_is_facet(lexeme->field) &&
			    str_equal(lexeme->text, STR("*"));
	if (is_any)
		return NODE_ANY;
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
	node_list_add(&kid, node, arena);
	struct node *not = node_new(arena, NODE_NOT);
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

/* What a ^ behind a group multiplies. */
static void boost(struct parser *parser, struct node *node, const struct lexeme *lexeme)
{
	const double factor = lexeme->signs.factor;
	const bool is_value = node->op == NODE_VALUE || node->op == NODE_DATE || node->op == NODE_ANY;
	if (is_value && (factor < 1 || factor > 1)) {
		hint_add(parser->hints,
			 "behind a value a ^ stands for nothing: values decide, but weigh "
			 "nothing");
		return;
	}
	node->factor *= factor;
	if (node->factor > BOOST_MAX)
		node->factor = BOOST_MAX;
}

static struct node *parse_group(struct parser *parser)
{
	parser->at++;
	struct node *node = parse_or(parser);
	const struct lexeme *close = parser->at++;
	if (!node && close->text.len)
		hint_add(parser->hints, "there is nothing between ( and ): they are left out");
	if (node && close->signs.sentence)
		node = placed_sentence(parser, node);
	if (node)
		boost(parser, node, close);
	return node;
}

void parser_count_expanded(struct parser *parser)
{
	if (++parser->expanded > QUERY_EXPANDED_MAX && parser->status == STATUS_OK)
		parser->status = error_set(parser->err, STATUS_TOO_LARGE,
					   "the query has more than %d words with * or ~",
					   QUERY_EXPANDED_MAX);
}

static struct node *make_operand(struct parser *parser, const struct lexeme *lexeme)
{
	const enum node_op op = op_of_operand(lexeme);
	if (op == NODE_PHRASE)
		return quoted_parse(parser, lexeme);
	struct node *node = node_new(parser->arena, op);
	node->text = lexeme->text;
	node->field = lexeme->field;
	node->prefix = lexeme->signs.prefix && (op == NODE_WORD || op == NODE_VALUE);
	node->edits = op == NODE_WORD ? lexeme->signs.edits : 0;
	if (node->prefix || node->edits)
		parser_count_expanded(parser);
	else
		node->common = op == NODE_WORD && !node->field &&
			       common_word(node->text, parser->in_capitals);
	return node;
}

static struct node *parse_operand(struct parser *parser)
{
	if (parser->at->kind == LEX_OPEN)
		return parse_group(parser);
	const struct lexeme *lexeme = parser->at++;
	struct node *node = make_operand(parser, lexeme);
	boost(parser, node, lexeme);
	return node;
}

static bool begins_operand(const struct lexeme *lexeme)
{
	return lexeme->kind == LEX_OPEN || lexeme->kind == LEX_WORD || lexeme->kind == LEX_QUOTED;
}

static bool is_placing(const struct lexeme *lexeme)
{
	return lexeme->kind == LEX_NEAR || lexeme->kind == LEX_ADJ;
}

/* What is behind NEAR or ADJ; NULL, with a hint, when there is nothing to be had. */
static struct node *parse_placed(struct parser *parser, const struct lexeme *joint)
{
	if (parser->at->kind == LEX_NOT)
		hint_add(parser->hints,
			 "what NOT takes away has no place in the text: %.*s is taken as AND",
			 STR_ARG(joint->text));
	else if (!begins_operand(parser->at))
		hint_left_out(parser, joint, "behind");
	else
		return parse_operand(parser);
	return NULL;
}

/* Several of the same operator and number are one; others nest to the left. */
static struct node *parse_near(struct parser *parser)
{
	struct node *node = parse_operand(parser);
	struct node_list kids = { 0 };
	const struct lexeme *chain = NULL; /* what joins the kids */
	while (is_placing(parser->at)) {
		const struct lexeme *joint = parser->at++;
		struct node *kid = parse_placed(parser, joint);
		if (!kid || !node) {
			node = node ? node : kid;
			continue;
		}
		if (!chain || chain->kind != joint->kind || chain->distance != joint->distance) {
			node = chain ? placed_join(parser, chain, &kids) : node;
			kids = (struct node_list){ 0 };
			node_list_add(&kids, node, parser->arena);
			chain = joint;
		}
		node_list_add(&kids, kid, parser->arena);
	}
	return chain ? placed_join(parser, chain, &kids) : node;
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
	struct node *node = parse_near(parser);
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
		if (is_placing(lexeme)) {
			hint_left_out(parser, lexeme, "before");
			parser->at++;
			continue;
		}
		if (lexeme->kind != LEX_NOT && !begins_operand(lexeme))
			break;
		struct node *node = parse_unary(parser);
		if (!node)
			continue;
		node->bound = open != NULL;
		node_list_add(&kids, node, parser->arena);
		open = NULL;
	}
	if (open)
		hint_left_out(parser, open, "behind");
	return node_join(&kids, NODE_AND, parser->arena);
}

static struct node *parse_or(struct parser *parser)
{
	struct node_list kids = { 0 };
	const struct lexeme *open = NULL; /* the OR that waits for what is behind it */
	for (;; parser->at++) {
		struct node *node = parse_and(parser);
		if (node) {
			node_list_add(&kids, node, parser->arena);
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
	return node_join(&kids, NODE_OR, parser->arena);
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
	enum status status = lex_query(text, &hints, &lexemes, err);
	if (status == STATUS_OK) {
		struct parser parser = {
			.at = lexemes.items,
			.arena = arena,
			.hints = &hints,
			.in_capitals = !has_lower(text),
			.err = err,
		};
		struct node *root = parse_or(&parser);
		status = parser.status;
		if (status == STATUS_OK)
			*query = (struct query){ root, { hints.items, hints.count } };
	}
	lexemes_release(&lexemes);
	return status;
}
