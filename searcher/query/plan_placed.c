#include "plan.h"

#include "dateline/utf8.h"

/* ---- words and phrases ---- */

/*
 * Positions are of words as they are written, not of stems: an unquoted word is all forms that have its stem. What was typed
 * stands in where the vocabulary has none.
 */
static enum status find_forms(struct planner *planner, const struct node *node,
			      const struct variants *variants, struct str_list *found)
{
	struct forms forms;
	const enum status status = vocabulary_stems(planner->vocabulary,
						    node->field ? node->field->prefix : "",
						    variants, planner->analyser, planner->languages,
						    planner->language_count, STEM_FORMS_MAX,
						    planner->arena, &forms, planner->err);
	*found = forms.count ? (struct str_list){ forms.items, forms.count } : variants->plain;
	return status;
}

static struct plan *plan_variant(struct arena *arena, const char *prefix,
				 const struct variant *variant)
{
	struct plan *words[QUERY_PHRASE_MAX];
	for (size_t i = 0; i < variant->count; i++)
		words[i] = plan_word(arena, prefix, variant->forms[i]);
	return plan_sequence(arena, words, variant->count);
}

static enum status too_many_words(struct planner *planner, struct str text)
{
	return error_set(planner->err, STATUS_TOO_LARGE,
			 "a phrase has more than %d words: \"%.*s...\"", QUERY_PHRASE_MAX,
			 (int)utf8_cut(text, 64), text.data);
}

static enum status plan_placed_text(struct planner *planner, const struct node *node, bool negated,
				    struct plan **plan)
{
	const char *prefix = node->field ? node->field->prefix : "";
	struct str_list forms = { 0 };
	struct variants variants;
	variants_make(planner->analyser, planner->languages, planner->language_count, node->text,
		      node->op == NODE_PHRASE, planner->arena, &variants);
	enum status status = planner_count_words(planner, node, &variants);
	if (status == STATUS_OK && variants.words > QUERY_PHRASE_MAX)
		status = too_many_words(planner, node->text);
	if (status == STATUS_OK && variants.stems.count)
		status = find_forms(planner, node, &variants, &forms);
	if (status != STATUS_OK)
		return status;
	struct plan **kids =
		arena_alloc(planner->arena, (variants.count + 1) * sizeof(struct plan *));
	size_t count = 0;
	if (forms.count)
		kids[count++] = plan_words(planner->arena, prefix, forms.items, forms.count);
	for (size_t i = 0; i < variants.count; i++)
		kids[count++] = plan_variant(planner->arena, prefix, &variants.items[i]);
	if (!count)
		return STATUS_OK;
	*plan = plan_join(planner->arena, PLAN_OR, kids, count);
	struct query_leaf leaf = planner_word_leaf(planner, node, negated, *plan);
	if (forms.count) {
		leaf.words = arena_alloc(planner->arena, sizeof(*leaf.words));
		leaf.words[0] = forms;
		leaf.word_count = 1;
		planner_add_leaf(planner, &leaf);
		leaf.plan = NULL;
	}
	planner_add_variants(planner, &leaf, &variants);
	return STATUS_OK;
}

/* ---- in a row ---- */

static bool is_word(const struct plan *plan)
{
	for (size_t i = 0; plan->op == PLAN_SYNONYM && i < plan->count; i++)
		if (plan->kids[i]->op != PLAN_TERM)
			return false;
	return plan->op == PLAN_TERM || plan->op == PLAN_SYNONYM;
}

/* Appends the words that the plan is in a row; false when it is anything else. */
static bool add_row(struct plan *plan, struct plan **words, size_t *count)
{
	const bool is_phrase = plan->op == PLAN_PHRASE;
	struct plan **kids = is_phrase ? plan->kids : &plan;
	const size_t kid_count = is_phrase ? plan->count : 1;
	for (size_t i = 0; i < kid_count; i++) {
		if (*count == QUERY_PHRASE_MAX || !is_word(kids[i]))
			return false;
		words[(*count)++] = kids[i];
	}
	return true;
}

/* Words alone are a phrase, which is looked for more quickly. A mention is of several words; then each thing is one word from the next. */
static struct plan *join_row(struct arena *arena, struct plan **kids, size_t count)
{
	struct plan *words[QUERY_PHRASE_MAX];
	size_t word_count = 0;
	bool is_row = true;
	for (size_t i = 0; i < count && is_row; i++)
		is_row = add_row(kids[i], words, &word_count);
	if (is_row)
		return plan_join(arena, PLAN_PHRASE, words, word_count);
	struct plan *row = plan_join(arena, PLAN_ADJ, kids, count);
	if (count > 1)
		row->distance = 1;
	return row;
}

/* Are the leaves from `first` on each words that can be written in one way only, one for each kid? */
static bool are_plain(const struct query_plan *made, size_t first, size_t kid_count)
{
	for (size_t i = first; i < made->leaf_count; i++)
		if (!made->leaves[i].plan || !made->leaves[i].word_count)
			return false;
	return made->leaf_count - first == kid_count;
}

/* Words in a row are one leaf: shown as found are only those that stand so. */
static void join_leaves(struct planner *planner, const struct node *node, bool negated,
			size_t first, struct plan *plan)
{
	struct query_plan *made = planner->made;
	struct query_leaf leaf = planner_word_leaf(planner, node, negated, plan);
	for (size_t i = first; i < made->leaf_count; i++)
		leaf.word_count += made->leaves[i].word_count;
	leaf.words = arena_alloc(planner->arena, leaf.word_count * sizeof(*leaf.words));
	size_t at = 0;
	for (size_t i = first; i < made->leaf_count; i++)
		for (size_t word = 0; word < made->leaves[i].word_count; word++)
			leaf.words[at++] = made->leaves[i].words[word];
	made->leaf_count = first;
	planner_add_leaf(planner, &leaf);
}

/* ---- operators ---- */

static enum status plan_kids(struct planner *planner, const struct node *node, bool negated,
			     struct plan **kids, size_t *count)
{
	*count = 0;
	for (size_t i = 0; i < node->count; i++) {
		struct plan *kid = NULL;
		const enum status status = plan_placed(planner, node->kids[i], negated, &kid);
		if (status != STATUS_OK)
			return status;
		if (kid)
			kids[(*count)++] = kid;
	}
	return STATUS_OK;
}

static enum plan_op op_of(const struct node *node)
{
	switch (node->op) {
	case NODE_NEAR:
		return PLAN_NEAR;
	case NODE_ADJ:
		return PLAN_ADJ;
	case NODE_SENTENCE:
		return PLAN_SENTENCE;
	default:
		return PLAN_OR;
	}
}

static enum status plan_joined(struct planner *planner, const struct node *node, bool negated,
			       struct plan **plan)
{
	const size_t words = planner->words, first = planner->made->leaf_count;
	struct plan **kids = arena_alloc(planner->arena, node->count * sizeof(struct plan *));
	size_t count;
	const enum status status = plan_kids(planner, node, negated, kids, &count);
	if (status != STATUS_OK || !count)
		return status;
	if (node->op == NODE_SEQUENCE &&
	    (count > QUERY_PHRASE_MAX || planner->words - words > QUERY_PHRASE_MAX))
		return too_many_words(planner, node->text);
	if (node->op == NODE_SEQUENCE) {
		*plan = join_row(planner->arena, kids, count);
		if (are_plain(planner->made, first, count))
			join_leaves(planner, node, negated, first, *plan);
		return STATUS_OK;
	}
	*plan = plan_join(planner->arena, op_of(node), kids, count);
	if (count > 1)
		(*plan)->distance = node->distance;
	return STATUS_OK;
}

/* word* and word~; of an address with one behind it there may be more words than a phrase has. */
static enum status plan_placed_expanded(struct planner *planner, const struct node *node,
					bool negated, struct plan **plan)
{
	const size_t words = planner->words;
	const enum status status = plan_expanded(planner, node, negated, plan);
	if (status == STATUS_OK && planner->words - words > QUERY_PHRASE_MAX)
		return too_many_words(planner, node->text);
	return status;
}

enum status plan_placed(struct planner *planner, const struct node *node, bool negated,
			struct plan **plan)
{
	switch (node->op) {
	case NODE_WORD:
	case NODE_PHRASE:
		return node->prefix || node->edits
			       ? plan_placed_expanded(planner, node, negated, plan)
			       : plan_placed_text(planner, node, negated, plan);
	case NODE_VALUE:
	case NODE_ANY:
		return plan_mention(planner, node, negated, plan);
	default:
		return plan_joined(planner, node, negated, plan);
	}
}
