/*
 * Any bytes as a file of synonyms, the last line of them as a query: the file is read, or refused with the line; and the query
 * that comes of both is a tree that can be described, of which no NOT was widened.
 */
#include "target.h"

#include "../../searcher/query/synonyms.h"

#include "dateline/utf8.h"

#include <stdlib.h>

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_node(const struct node *node, bool negated)
{
	require(!node->added || !negated);
	require(node->op == NODE_AND || node->op == NODE_OR ? node->count > 1 : true);
	if (node->added) {
		require(node->op == NODE_WORD || node->op == NODE_PHRASE);
		require(node->text.len > 0 && utf8_is_clean(node->text) && node->factor == 1);
	}
	for (size_t i = 0; i < node->count; i++)
		check_node(node->kids[i], negated || node->op == NODE_NOT);
}

static size_t count_added(const struct node *node)
{
	size_t count = node->added;
	for (size_t i = 0; i < node->count; i++)
		count += count_added(node->kids[i]);
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct synonyms *synonyms;
	struct query query;
	struct error err;
	struct buffer out = { 0 };
	const struct str text = { (const char *)data, size };
	const char *line = size ? memrchr(data, '\n', size) : NULL;
	const size_t start = line ? (size_t)(line - text.data) + 1 : 0;
	const struct str file = { text.data, line ? start : size };
	const enum status status = synonyms_parse(file, "f", &synonyms, &err);
	if (status != STATUS_OK) {
		require(status == STATUS_BAD_INPUT && strncmp(err.text, "f:", 2) == 0 && !synonyms);
	} else if (query_parse((struct str){ text.data + start, size - start }, &arena, &query,
			       &err) == STATUS_OK) {
		synonyms_apply(synonyms, &arena, &query);
		if (query.root) {
			check_node(query.root, false);
			require(count_added(query.root) <= SYNONYMS_ADDED_MAX);
		}
		query_describe(query.root, &out);
	}
	synonyms_free(synonyms);
	buffer_release(&out);
	arena_release(&arena);
	return 0;
}
