/* tree_testing.h: queries as typed to trees in one line, for suites of the parser. */
#ifndef DATELINE_TREE_TESTING_H
#define DATELINE_TREE_TESTING_H

#include "../../searcher/query/query.h"

#include "dateline/utf8.h"
#include "testing.h"

static struct arena arena;
static struct query query;
static struct error err;

static inline void tear_down(void)
{
	arena_release(&arena);
}

static inline void add_operand(const struct node *node, struct buffer *out)
{
	const bool is_value = node->op == NODE_VALUE || node->op == NODE_DATE || node->op == NODE_ANY;
	ck_assert(!is_value || node->field);
	ck_assert(is_value || !node->field || node->field->role == FIELD_TEXT);
	ck_assert_uint_gt(node->text.len, 0);
	if (node->field)
		buffer_add_format(out, "%s%c", node->field->name, is_value ? '=' : ':');
	buffer_add_format(out, node->op == NODE_PHRASE ? "\"%.*s\"" : "%.*s", STR_ARG(node->text));
	if (node->prefix)
		buffer_add_char(out, '*');
	if (node->edits)
		buffer_add_format(out, "~%d", node->edits);
}

static inline void add_operator(const struct node *node, struct buffer *out)
{
	static const char *const names[] = {
		[NODE_AND] = "and",          [NODE_OR] = "or",     [NODE_NOT] = "not",
		[NODE_SEQUENCE] = "row",     [NODE_NEAR] = "near", [NODE_ADJ] = "adj",
		[NODE_SENTENCE] = "sentence"
	};
	ck_assert(node->op == NODE_NOT ? node->count == 1 : node->count > 1);
	buffer_add_format(out, "(%s", names[node->op]);
	if (node->op == NODE_NEAR || node->op == NODE_ADJ)
		buffer_add_format(out, "/%u", node->distance);
}

/* A tree in one line: (and a (not b) "c d" title:e place=f (near/5 g h*)^2) */
static inline void add_tree(const struct node *node, struct buffer *out)
{
	if (node->op < NODE_AND) {
		ck_assert_uint_eq(node->count, 0);
		add_operand(node, out);
	} else {
		add_operator(node, out);
		for (size_t i = 0; i < node->count; i++) {
			buffer_add_char(out, ' ');
			add_tree(node->kids[i], out);
		}
		buffer_add_char(out, ')');
	}
	if (node->factor < 1 || node->factor > 1)
		buffer_add_format(out, "^%g", node->factor);
}

static inline struct str parsed(struct str text)
{
	err.text[0] = 0;
	ck_assert_msg(query_parse(text, &arena, &query, &err) == STATUS_OK, "refused: %s", err.text);
	for (size_t i = 0; i < query.hints.count; i++) {
		ck_assert_uint_gt(query.hints.items[i].len, 0);
		ck_assert(utf8_is_clean(query.hints.items[i]));
		ck_assert(!memchr(query.hints.items[i].data, '\n', query.hints.items[i].len));
	}
	struct buffer out = { 0 };
	if (query.root)
		add_tree(query.root, &out);
	const struct str tree = arena_copy(&arena, buffer_str(&out));
	buffer_release(&out);
	return tree;
}

/* One query, its tree, and how many hints it gives. */
struct example {
	const char *text, *tree;
	size_t hints;
};

static inline void check_examples(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct str tree = parsed(str_from(examples[i].text));
		ck_assert_msg(str_equal(tree, str_from(examples[i].tree)),
			      "%s is taken as %.*s, not as %s", examples[i].text, STR_ARG(tree),
			      examples[i].tree);
		ck_assert_msg(query.hints.count == examples[i].hints, "%s gives %zu hints",
			      examples[i].text, query.hints.count);
	}
}

#define CHECK(...)                                                                                 \
	do {                                                                                       \
		static const struct example examples[] = { __VA_ARGS__ };                          \
		check_examples(examples, sizeof(examples) / sizeof(*examples));                    \
	} while (0)

static inline bool hinted(const char *words)
{
	for (size_t i = 0; i < query.hints.count; i++)
		if (memmem(query.hints.items[i].data, query.hints.items[i].len, words, strlen(words)))
			return true;
	return false;
}

static inline struct str repeated(const char *piece, size_t times, const char *end,
				  struct buffer *out)
{
	buffer_reset(out);
	for (size_t i = 0; i < times; i++)
		buffer_add_text(out, piece);
	buffer_add_text(out, end);
	return buffer_str(out);
}

/* The words of the error name the limit; nothing is left in the query. */
static inline void assert_too_large(struct str text, const char *limit)
{
	ck_assert_int_eq(query_parse(text, &arena, &query, &err), STATUS_TOO_LARGE);
	ck_assert_int_eq(err.status, STATUS_TOO_LARGE);
	ck_assert_msg(strstr(err.text, limit) != NULL, "\"%s\" does not name %s", err.text, limit);
	ck_assert_ptr_null(query.root);
	ck_assert_uint_eq(query.hints.count, 0);
}

#endif
