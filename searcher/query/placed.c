#include "parse.h"

/*
 * NEAR, ADJ and @s look at positions. Words have them, and so have names where the text mentions them; a source, a date
 * or an id is about the article as a whole, and NOT and AND say nothing about a place. What was asked for with one
 * of those is looked for anywhere in the article instead, and a hint says so.
 */

bool field_is_placed(const struct field *field)
{
	switch (field->kind) {
	case KIND_PERSON:
	case KIND_ORG:
	case KIND_PLACE:
	case KIND_OTHER:
	case KIND_AUTHOR:
	case KIND_AGENCY:
	case KIND_SPEAKER:
	case KIND_DATELINE:
		return true;
	default:
		return false;
	}
}

/* The first node, at or below this one, that has no place in the text; NULL: all have. */
static const struct node *find_unplaced(const struct node *node)
{
	switch (node->op) {
	case NODE_WORD:
	case NODE_PHRASE:
	case NODE_SEQUENCE:
	case NODE_NEAR:
	case NODE_ADJ:
		return NULL;
	case NODE_VALUE:
	case NODE_ANY:
		return field_is_placed(node->field) ? NULL : node;
	case NODE_OR:
		for (size_t i = 0; i < node->count; i++) {
			const struct node *found = find_unplaced(node->kids[i]);
			if (found)
				return found;
		}
		return NULL;
	default:
		return node;
	}
}

/* What is wrong with it, for a hint. */
static const char *what_is(const struct node *node)
{
	switch (node->op) {
	case NODE_AND:
		return "what AND joins";
	case NODE_NOT:
		return "what NOT takes away";
	case NODE_SENTENCE:
		return "what @s joins";
	default:
		return node->field->name;
	}
}

static size_t count_leaves(const struct node *node)
{
	size_t count = node->count == 0;
	for (size_t i = 0; i < node->count; i++)
		count += count_leaves(node->kids[i]);
	return count;
}

static bool has_factor(const struct node *node)
{
	return node->factor < 1 || node->factor > 1;
}

/* Between such operators all words count, and what they join weighs as one. True when there was a ^. */
static bool make_plain(struct node *node)
{
	bool had_factor = has_factor(node);
	node->factor = 1;
	node->common = node->bound = false;
	for (size_t i = 0; i < node->count; i++)
		had_factor |= make_plain(node->kids[i]);
	return had_factor;
}

static struct node *finish(struct parser *parser, struct node *node)
{
	bool had_factor = false;
	for (size_t i = 0; i < node->count; i++)
		had_factor |= make_plain(node->kids[i]);
	if (had_factor)
		hint_add(parser->hints,
			 "inside NEAR, ADJ and @s a ^ stands for nothing: write it behind "
			 "parentheses around all of it");
	if (count_leaves(node) > QUERY_PLACED_MAX && parser->status == STATUS_OK)
		parser->status =
			error_set(parser->err, STATUS_TOO_LARGE,
				  "NEAR, ADJ or @s has more than %d words to look at together",
				  QUERY_PLACED_MAX);
	return node;
}

/* ---- NEAR and ADJ ---- */

struct node *placed_join(struct parser *parser, const struct lexeme *lexeme,
			 const struct node_list *kids)
{
	const struct node *unplaced = NULL;
	for (size_t i = 0; i < kids->count && !unplaced; i++)
		unplaced = find_unplaced(kids->items[i]);
	if (!unplaced) {
		struct node *node = node_join(kids, lexeme->kind == LEX_NEAR ? NODE_NEAR : NODE_ADJ,
					      parser->arena);
		node->distance = lexeme->distance;
		return finish(parser, node);
	}
	hint_add(parser->hints, "%s has no place in the text: %.*s is taken as AND",
		 what_is(unplaced), STR_ARG(lexeme->text));
	for (size_t i = 1; i < kids->count; i++)
		kids->items[i]->bound = true;
	return node_join(kids, NODE_AND, parser->arena);
}

/* ---- sentences ---- */

/* Adds what an AND joins, with what ANDs and sentences in it join. Returns the first that cannot be in a sentence, or NULL. */
static const struct node *gather(struct node *node, struct node_list *kids, struct arena *arena)
{
	if (node->op != NODE_AND && node->op != NODE_SENTENCE) {
		node_list_add(kids, node, arena);
		return find_unplaced(node);
	}
	const struct node *unplaced = NULL;
	for (size_t i = 0; i < node->count && !unplaced; i++)
		unplaced = gather(node->kids[i], kids, arena);
	return unplaced;
}

/* *made is the node as one sentence, or as alternatives of which each is one. */
static const struct node *make_sentence(struct parser *parser, struct node *node, struct node **made)
{
	struct node_list kids = { 0 };
	const struct node *unplaced = NULL;
	const bool is_choice = node->op == NODE_OR && find_unplaced(node);
	for (size_t i = 0; is_choice && i < node->count && !unplaced; i++) {
		struct node *kid;
		unplaced = make_sentence(parser, node->kids[i], &kid);
		node_list_add(&kids, kid, parser->arena);
	}
	if (!is_choice)
		unplaced = gather(node, &kids, parser->arena);
	*made = unplaced ? NULL
			 : node_join(&kids, is_choice ? NODE_OR : NODE_SENTENCE, parser->arena);
	return unplaced;
}

struct node *placed_sentence(struct parser *parser, struct node *node)
{
	struct node *made;
	const struct node *unplaced = make_sentence(parser, node, &made);
	if (!unplaced)
		return made == node ? node : finish(parser, made);
	hint_add(parser->hints, "%s has no place in a sentence: @s is left out", what_is(unplaced));
	return node;
}
