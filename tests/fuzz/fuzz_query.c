/*
 * Any bytes as a query and as a filter: they are taken or refused in words, and what is taken keeps within the limits
 * that the index relies on.
 */
#include "target.h"

#include "../../searcher/query/query.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/*
 * Of the tree: an OR, an AND and a NOT for each level of parentheses, one for each operator that looks at positions, and a word in a
 * quoted text.
 */
#define TREE_DEPTH_MAX (3 * (QUERY_DEPTH_MAX + 1) + QUERY_OPERATORS_MAX + 2)

/* Of a plan: the same, and a synonym of ANDs of phrases of terms. */
#define PLAN_DEPTH_MAX (TREE_DEPTH_MAX + 8)

/* Days, months and years of the widest range; no word has so many forms. */
#define KIDS_MAX 512

/* Eight, and one that there are more. */
#define HINTS_ALL 9

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

static void check_operand(const struct node *node)
{
	const bool is_value = node->op == NODE_VALUE || node->op == NODE_DATE || node->op == NODE_ANY;
	require(node->text.len && utf8_is_clean(node->text) && !node->count);
	require(is_value ? node->field != NULL : !node->field || node->field->role == FIELD_TEXT);
	require(node->edits <= 2 && (!node->edits || node->op == NODE_WORD));
	require(!node->prefix || node->op == NODE_WORD || node->op == NODE_VALUE);
	require(!is_value || (node->factor >= 1 && node->factor <= 1));
}

static bool is_placed(const struct node *node)
{
	return node->op >= NODE_SEQUENCE;
}

/* `in_places`: below an operator that looks at positions. */
static size_t check_tree(const struct node *node, int depth, bool in_places)
{
	require(depth <= TREE_DEPTH_MAX);
	require(node->factor >= 0 && node->factor <= BOOST_MAX);
	require(!in_places || (node->factor >= 1 && node->factor <= 1 && !node->common));
	if (node->op < NODE_AND) {
		check_operand(node);
		return 1;
	}
	size_t operands = 0;
	require(!in_places || node->op == NODE_OR || is_placed(node));
	require(node->op == NODE_NOT ? node->count == 1 : node->count > 1);
	if (node->op == NODE_NEAR || node->op == NODE_ADJ)
		require(node->distance >= 1 && node->distance <= QUERY_DISTANCE_MAX);
	for (size_t i = 0; i < node->count; i++)
		operands += check_tree(node->kids[i], depth + 1, in_places || is_placed(node));
	require(!is_placed(node) || node->op == NODE_SEQUENCE || operands <= QUERY_PLACED_MAX);
	return operands;
}

static bool is_place(enum plan_op op)
{
	return op == PLAN_PHRASE || op == PLAN_NEAR || op == PLAN_ADJ || op == PLAN_SENTENCE;
}

/* What may stand where positions are looked at; in a phrase only words, or any of several. */
static void check_place(const struct plan *plan, bool in_phrase)
{
	const bool is_choice = plan->op == PLAN_OR || plan->op == PLAN_SYNONYM;
	if (in_phrase)
		require(plan->op == PLAN_TERM || plan->op == PLAN_SYNONYM);
	else
		require(plan->op == PLAN_TERM || plan->op == PLAN_MENTION || is_choice ||
			is_place(plan->op));
	if (plan->op == PLAN_NEAR || plan->op == PLAN_ADJ)
		require(plan->distance >= 1 && plan->distance <= QUERY_DISTANCE_MAX);
	require(!is_place(plan->op) || plan->count > 1);
	require(plan->op != PLAN_PHRASE || plan->count <= QUERY_PHRASE_MAX);
	for (size_t i = 0; i < plan->count; i++)
		check_place(plan->kids[i], in_phrase || plan->op == PLAN_PHRASE);
}

static void check_plan(const struct plan *plan, int depth)
{
	require(depth <= PLAN_DEPTH_MAX);
	if (plan->op == PLAN_TERM || plan->op == PLAN_MENTION) {
		require(plan->term.len && plan->term.len <= SCHEMA_TERM_MAX && !plan->count);
		return;
	}
	require(plan->count <= KIDS_MAX);
	if (is_place(plan->op))
		check_place(plan, false);
	require(plan->op != PLAN_AND_NOT || plan->count > 1);
	require((plan->op != PLAN_FILTER && plan->op != PLAN_SCALE) || plan->count == 1);
	require(plan->op != PLAN_SCALE || (plan->factor >= 0 && plan->factor <= BOOST_MAX));
	for (size_t i = 0; i < plan->count; i++)
		check_plan(plan->kids[i], depth + 1);
}

static void check_leaves(const struct query_plan *made)
{
	for (size_t i = 0; i < made->leaf_count; i++) {
		const struct query_leaf *leaf = &made->leaves[i];
		require(leaf->text.len && (i || leaf->plan));
		require(!leaf->mention || (leaf->field && leaf->plan && !leaf->word_count));
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
	const enum status status = query_make_plan(query->root, analyser, languages, 3, &years,
						   NULL, arena, &made, &err);
	if (status != STATUS_OK) {
		check_error(status, &err);
		return;
	}
	require(!made.plan == !made.leaf_count);
	if (made.plan)
		check_plan(made.plan, 0);
	require(!made.plan == !made.part_count);
	require(made.hints.count <= HINTS_ALL);
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
	require(query.hints.count <= HINTS_ALL);
	for (size_t i = 0; i < query.hints.count; i++)
		require(query.hints.items[i].len && utf8_is_clean(query.hints.items[i]));
	if (query.root)
		require(check_tree(query.root, 0, false) <= QUERY_WORDS_MAX);
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
