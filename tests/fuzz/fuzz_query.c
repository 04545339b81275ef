/*
 * Any bytes as a query and as a filter: they are taken or refused in words, and what is taken keeps within the limits
 * that the index relies on.
 */
#include "target.h"

#include "../../searcher/query/query.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* Of the tree: an OR, an AND and a NOT for each level of parentheses, and a word. */
#define TREE_DEPTH_MAX (3 * (QUERY_DEPTH_MAX + 1) + 1)

/* Of a plan: the same, and a synonym of ANDs of phrases of terms. */
#define PLAN_DEPTH_MAX (TREE_DEPTH_MAX + 8)

/* Days, months and years of the widest range; no word has so many forms. */
#define KIDS_MAX 512

static int16_t year_items[] = { 1, 1987, 2023, 2024, 9999 };
static const struct years years = { .items = year_items,
				    .count = 5,
				    .mentioned = year_items,
				    .mentioned_count = 5 };

static void require(bool condition)
{
	if (!condition)
		abort();
}

static size_t check_tree(const struct node *node, int depth)
{
	require(depth <= TREE_DEPTH_MAX);
	if (node->op < NODE_AND) {
		require(node->text.len && utf8_is_clean(node->text) && !node->count);
		return 1;
	}
	size_t operands = 0;
	require(node->op == NODE_NOT ? node->count == 1 : node->count > 1);
	for (size_t i = 0; i < node->count; i++)
		operands += check_tree(node->kids[i], depth + 1);
	return operands;
}

static void check_plan(const struct plan *plan, int depth)
{
	require(depth <= PLAN_DEPTH_MAX);
	if (plan->op == PLAN_TERM) {
		require(plan->term.len && plan->term.len <= SCHEMA_TERM_MAX);
		return;
	}
	require(plan->count <= KIDS_MAX);
	require(plan->op != PLAN_PHRASE || (plan->count > 1 && plan->count <= QUERY_PHRASE_MAX));
	require(plan->op != PLAN_AND_NOT || plan->count > 1);
	require(plan->op != PLAN_FILTER || plan->count == 1);
	for (size_t i = 0; i < plan->count; i++) {
		require(plan->op != PLAN_PHRASE || plan->kids[i]->op == PLAN_TERM);
		check_plan(plan->kids[i], depth + 1);
	}
}

static void check_leaves(const struct query_plan *made)
{
	for (size_t i = 0; i < made->leaf_count; i++) {
		const struct query_leaf *leaf = &made->leaves[i];
		require(leaf->text.len && (i || leaf->plan));
		require(leaf->word_count <= QUERY_WORDS_MAX);
		for (size_t word = 0; word < leaf->word_count; word++) {
			require(leaf->words[word].count > 0);
			for (size_t form = 0; form < leaf->words[word].count; form++)
				require(leaf->words[word].items[form].len > 0);
		}
		if (leaf->plan)
			check_plan(leaf->plan, 0);
	}
}

static void check_error(enum status status, const struct error *err)
{
	require(status == STATUS_TOO_LARGE || status == STATUS_BAD_REQUEST);
	require(err->status == status && err->text[0] && !strchr(err->text, '\n'));
}

static void check_planning(const struct query *query, struct analyser *analyser, struct arena *arena)
{
	const struct language *const languages[] = { language_find(STR("en")), NULL,
						     language_find(STR("fr")) };
	struct query_plan made;
	struct error err;
	const enum status status =
		query_make_plan(query->root, analyser, languages, 3, &years, NULL, arena, &made, &err);
	if (status != STATUS_OK) {
		check_error(status, &err);
		return;
	}
	require(!made.plan == !made.leaf_count);
	if (made.plan)
		check_plan(made.plan, 0);
	require(!made.plan == !made.part_count);
	for (size_t i = 0; i < made.part_count; i++)
		check_plan(made.parts[i].plan, 0);
	check_leaves(&made);
}

static void check_description(const struct node *root)
{
	struct buffer out = { 0 };
	query_describe(root, &out);
	require(utf8_is_clean(buffer_str(&out)));
	require(!root == !out.len);
	buffer_release(&out);
}

static void check_query(struct str text, struct analyser *analyser, struct arena *arena)
{
	struct query query;
	struct error err;
	const enum status status = query_parse(text, arena, &query, &err);
	if (status != STATUS_OK) {
		check_error(status, &err);
		return;
	}
	require(query.hints.count <= 9);
	for (size_t i = 0; i < query.hints.count; i++)
		require(query.hints.items[i].len && utf8_is_clean(query.hints.items[i]));
	if (query.root)
		require(check_tree(query.root, 0) <= QUERY_WORDS_MAX);
	check_description(query.root);
	check_planning(&query, analyser, arena);
}

static void check_filter(struct str text, struct arena *arena)
{
	struct filter filter;
	struct error err;
	const enum status status = filter_parse(text, &years, arena, &filter, &err);
	if (status != STATUS_OK) {
		check_error(status, &err);
		return;
	}
	require(field_is_facet(filter.field) && filter.value.len && utf8_is_clean(filter.value));
	check_plan(filter.plan, 0);
	struct str again;
	if (filter.field->role != FIELD_DATE)
		return;
	require(filter_canonical(filter.field, filter.value, arena, &again, NULL) == STATUS_OK);
	require(str_equal(again, filter.value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct str text = { (const char *)data, size };
	struct analyser *analyser = analyser_new();
	struct arena arena = { 0 };
	check_query(text, analyser, &arena);
	check_filter(text, &arena);
	analyser_free(analyser);
	arena_release(&arena);
	return 0;
}
