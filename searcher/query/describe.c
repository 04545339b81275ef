#include "query.h"

static void describe_operand(const struct node *node, struct buffer *out)
{
	const struct str text = node->text;
	switch (node->op) {
	case NODE_WORD:
		buffer_add_format(out, "word %.*s", STR_ARG(text));
		break;
	case NODE_PHRASE:
		buffer_add_format(out, "exactly \"%.*s\"", STR_ARG(text));
		break;
	default:
		buffer_add_format(out, "%s %.*s", node->field->name, STR_ARG(text));
		return;
	}
	if (node->field)
		buffer_add_format(out, ", in the %s", node->field->name);
}

/* The depth is that of the parser's tree, which is bounded. */
static void describe(const struct node *node, unsigned depth, struct buffer *out)
{
	static const char *const operators[] = {
		[NODE_AND] = "and", [NODE_OR] = "or", [NODE_NOT] = "not"
	};
	buffer_add_format(out, "%*s", (int)(2 * depth), "");
	if (node->op >= NODE_AND)
		buffer_add_text(out, operators[node->op]);
	else
		describe_operand(node, out);
	buffer_add_char(out, '\n');
	for (size_t i = 0; i < node->count; i++)
		describe(node->kids[i], depth + 1, out);
}

void query_describe(const struct node *root, struct buffer *out)
{
	if (root)
		describe(root, 0, out);
}
