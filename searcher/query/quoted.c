#include "parse.h"

/*
 * Quoted text, piece by piece between the blanks. What is no name or word with a * goes into runs of words, which the
 * analyser parts later. A name of several words is in parentheses, as it may be behind a prefix outside of quotes, too; other
 * quotes would end the text.
 */
struct quoted {
	struct parser *parser;
	const struct field *field;
	struct str text;
	size_t run; /* where the run begins that is being gathered */
	struct node_list kids;
};

static struct node *add_node(struct quoted *quoted, enum node_op op, struct str text,
			     const struct field *field)
{
	struct node *node = node_new(quoted->parser->arena, op);
	node->text = text;
	node->field = field;
	node_list_add(&quoted->kids, node, quoted->parser->arena);
	return node;
}

static void end_run(struct quoted *quoted, size_t end)
{
	const struct str run = { quoted->text.data + quoted->run, end - quoted->run };
	if (str_trim(run).len)
		add_node(quoted, NODE_PHRASE, str_trim(run), quoted->field);
}

static size_t piece_end(struct str text, size_t at)
{
	const char *blank = memchr(text.data + at, ' ', text.len - at);
	return blank ? (size_t)(blank - text.data) : text.len;
}

/* The piece is a prefix and a value: *value is that, and *end where it ends, beyond the piece when it is in parentheses. */
static bool read_value(const struct quoted *quoted, size_t at, size_t *end,
		       const struct field **field, struct str *value)
{
	const struct str text = quoted->text;
	const char *colon = memchr(text.data + at, ':', *end - at);
	if (!colon || quoted->field)
		return false;
	*field = field_find((struct str){ text.data + at, (size_t)(colon - text.data) - at });
	if (!*field || !field_is_placed(*field))
		return false;
	const char *start = colon + 1;
	const char *close =
		*start == '(' ? memchr(start, ')', text.len - (size_t)(start - text.data)) : NULL;
	if (close) {
		*value = str_trim((struct str){ start + 1, (size_t)(close - start) - 1 });
		*end = piece_end(text, (size_t)(close - text.data));
	} else {
		*value = (struct str){ start, *end - (size_t)(start - text.data) };
	}
	return value->len > 0;
}

static void add_value(struct quoted *quoted, const struct field *field, struct str value)
{
	struct signs signs;
	if (str_equal(value, STR("*"))) {
		add_node(quoted, NODE_ANY, value, field);
		return;
	}
	value = signs_of_word(value, field, &signs, quoted->parser->hints);
	add_node(quoted, NODE_VALUE, value, field)->prefix = signs.prefix;
	if (signs.prefix)
		parser_count_expanded(quoted->parser);
}

static bool read_star(struct str piece, struct str *word)
{
	*word = piece;
	while (word->len && word->data[word->len - 1] == '*')
		word->len--;
	return word->len && word->len < piece.len;
}

static void add_piece(struct quoted *quoted, size_t at, size_t *end)
{
	const struct field *field;
	struct str text;
	const struct str piece = { quoted->text.data + at, *end - at };
	const bool is_value = read_value(quoted, at, end, &field, &text);
	if (!is_value && !read_star(piece, &text))
		return;
	end_run(quoted, at);
	quoted->run = *end;
	if (is_value) {
		add_value(quoted, field, text);
		return;
	}
	add_node(quoted, NODE_WORD, text, quoted->field)->prefix = true;
	parser_count_expanded(quoted->parser);
}

struct node *quoted_parse(struct parser *parser, const struct lexeme *lexeme)
{
	struct quoted quoted = { .parser = parser, .field = lexeme->field, .text = lexeme->text };
	size_t end;
	for (size_t at = 0; at < quoted.text.len; at = end + 1) {
		end = piece_end(quoted.text, at);
		add_piece(&quoted, at, &end);
	}
	end_run(&quoted, quoted.text.len);
	struct node *node = node_join(&quoted.kids, NODE_SEQUENCE, parser->arena);
	node->text = quoted.kids.count > 1 ? lexeme->text : node->text;
	node->field = quoted.kids.count > 1 ? lexeme->field : node->field;
	return node;
}
