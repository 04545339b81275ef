#include "query.h"

static void describe_word(const struct node *node, struct buffer *out)
{
	if (node->prefix)
		buffer_add_format(out, "words that begin with %.*s", STR_ARG(node->text));
	else if (node->edits)
		buffer_add_format(out, "words at most %d %s from %.*s", node->edits,
				  node->edits == 1 ? "letter" : "letters", STR_ARG(node->text));
	else
		buffer_add_format(out, "word %.*s", STR_ARG(node->text));
}

static void describe_operand(const struct node *node, struct buffer *out)
{
	const struct str text = node->text;
	switch (node->op) {
	case NODE_WORD:
		describe_word(node, out);
		break;
	case NODE_PHRASE:
		buffer_add_format(out, "exactly \"%.*s\"", STR_ARG(text));
		break;
	case NODE_ANY:
		buffer_add_format(out, "any %s", node->field->name);
		return;
	default:
		buffer_add_format(out, node->prefix ? "%s that begins with %.*s" : "%s %.*s",
				  node->field->name, STR_ARG(text));
		return;
	}
	if (node->field)
		buffer_add_format(out, ", in the %s", node->field->name);
}

static void describe_operator(const struct node *node, struct buffer *out)
{
	static const char *const operators[] = {
		[NODE_AND] = "and",
		[NODE_OR] = "or",
		[NODE_NOT] = "not",
		[NODE_SEQUENCE] = "exactly in a row",
		[NODE_NEAR] = "near",
		[NODE_ADJ] = "in this order",
		[NODE_SENTENCE] = "in one sentence",
	};
	buffer_add_text(out, operators[node->op]);
	if (node->op == NODE_NEAR || node->op == NODE_ADJ)
		buffer_add_format(out, ", at most %u %s apart", node->distance,
				  node->distance == 1 ? "word" : "words");
}

/* The depth is that of the parser's tree, which is bounded. */
static void describe(const struct node *node, unsigned depth, struct buffer *out)
{
	buffer_add_format(out, "%*s", (int)(2 * depth), "");
	if (node->op >= NODE_AND)
		describe_operator(node, out);
	else
		describe_operand(node, out);
	if (node->factor < 1 || node->factor > 1)
		buffer_add_format(out, ", %g times", node->factor);
	buffer_add_char(out, '\n');
	for (size_t i = 0; i < node->count; i++)
		describe(node->kids[i], depth + 1, out);
}

void query_describe(const struct node *root, struct buffer *out)
{
	if (root)
		describe(root, 0, out);
}
