#include "plan.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"

#include <stdio.h>

/* ---- leaves ---- */

void planner_add_leaf(struct planner *planner, const struct query_leaf *leaf)
{
	struct query_plan *made = planner->made;
	if (made->leaf_count == planner->leaf_capacity) {
		planner->leaf_capacity = planner->leaf_capacity ? planner->leaf_capacity * 2 : 8;
		struct query_leaf *leaves =
			arena_alloc(planner->arena, planner->leaf_capacity * sizeof(*leaves));
		if (made->leaf_count)
			memcpy(leaves, made->leaves, made->leaf_count * sizeof(*leaves));
		made->leaves = leaves;
	}
	struct query_leaf *added = &made->leaves[made->leaf_count++];
	*added = *leaf;
	if (leaf->plan && !leaf->field)
		added->plan = planner_weigh(planner, leaf->plan);
}

struct plan *planner_weigh(const struct planner *planner, struct plan *plan)
{
	const bool is_scaled = planner->factor < 1 || planner->factor > 1;
	return is_scaled ? plan_scale(planner->arena, plan, planner->factor) : plan;
}

struct str planner_leaf_text(const struct planner *planner, const struct node *node)
{
	const bool has_blank = node->text.len && memchr(node->text.data, ' ', node->text.len);
	const bool is_quoted = node->op == NODE_PHRASE || node->op == NODE_SEQUENCE;
	const char *quote = is_quoted || has_blank ? "\"" : "";
	struct buffer text = { 0 };
	if (node->field)
		buffer_add_format(&text, "%s:", node->field->name);
	buffer_add_format(&text, "%s%.*s%s%s", quote, STR_ARG(node->text), node->prefix ? "*" : "",
			  quote);
	if (node->edits)
		buffer_add_format(&text, "~%d", node->edits);
	const struct str copy = arena_copy(planner->arena, buffer_str(&text));
	buffer_release(&text);
	return copy;
}

bool planner_is_weightless(const struct planner *planner, const struct node *node)
{
	return node->common && !planner->common_weighs;
}

struct query_leaf planner_word_leaf(const struct planner *planner, const struct node *node,
				    bool negated, struct plan *plan)
{
	return (struct query_leaf){
		.text = planner_leaf_text(planner, node),
		.negated = negated,
		.in_title = node->field != NULL,
		.common = planner_is_weightless(planner, node),
		.added = node->added,
		.plan = plan,
	};
}

/* Each word of a variant has no alternative. */
void planner_add_variants(struct planner *planner, struct query_leaf *leaf,
			  const struct variants *variants)
{
	leaf->stemmed = false;
	for (size_t i = 0; i < variants->count; i++) {
		const struct variant *variant = &variants->items[i];
		leaf->words = arena_alloc(planner->arena, variant->count * sizeof(*leaf->words));
		leaf->word_count = variant->count;
		for (size_t word = 0; word < variant->count; word++)
			leaf->words[word] = (struct str_list){ &variant->forms[word], 1 };
		planner_add_leaf(planner, leaf);
		leaf->plan = NULL;
	}
}

static void add_word_leaves(struct planner *planner, const struct node *node, bool negated,
			    const struct variants *variants, struct plan *plan)
{
	struct query_leaf leaf = planner_word_leaf(planner, node, negated, plan);
	if (variants->stems.count) {
		leaf.stemmed = true;
		leaf.words = arena_alloc(planner->arena, sizeof(*leaf.words));
		leaf.words[0] = variants->stems;
		leaf.word_count = 1;
		leaf.stem_languages = variants->stem_languages;
		leaf.languages = planner->languages;
		leaf.language_count = planner->language_count;
		planner_add_leaf(planner, &leaf);
		leaf.plan = NULL;
	}
	planner_add_variants(planner, &leaf, variants);
}

/* ---- words ---- */

enum status planner_count_words(struct planner *planner, const struct node *node,
				const struct variants *variants)
{
	planner->words += variants->words;
	if (node->op == NODE_PHRASE && variants->words > QUERY_PHRASE_MAX)
		return error_set(planner->err, STATUS_TOO_LARGE,
				 "a phrase has more than %d words: \"%.*s...\"", QUERY_PHRASE_MAX,
				 (int)utf8_cut(node->text, 64), node->text.data);
	if (planner->words > QUERY_WORDS_MAX)
		return error_set(planner->err, STATUS_TOO_LARGE, "the query has more than %d words",
				 QUERY_WORDS_MAX);
	return STATUS_OK;
}

/* A stem that only some languages make of the word counts only in articles of these: "chin" is French for China. */
static struct plan *plan_stem(const struct planner *planner, const char *prefix, struct str stem,
			      uint64_t languages)
{
	struct arena *arena = planner->arena;
	struct plan *kids[2] = { plan_word(arena, prefix, stem) }, *terms[LANGUAGES_MAX];
	struct buffer term = { 0 };
	size_t count = 0;
	for (size_t i = 0; i < planner->language_count; i++) {
		const struct language *language = planner->languages[i];
		if (!(languages >> i & 1))
			continue;
		buffer_reset(&term);
		schema_stemmer_term(str_from(language ? language->code : LANGUAGE_NONE), &term);
		terms[count++] = plan_term(arena, buffer_str(&term));
	}
	buffer_release(&term);
	if (count == planner->language_count || !planner->language_count)
		return kids[0];
	kids[1] = plan_join(arena, PLAN_OR, terms, count);
	kids[1] = plan_join(arena, PLAN_FILTER, &kids[1], 1);
	return plan_join(arena, PLAN_AND, kids, 2);
}

static struct plan *plan_variant(struct arena *arena, const char *prefix,
				 const struct variant *variant)
{
	struct plan **words = arena_alloc(arena, variant->count * sizeof(struct plan *));
	for (size_t i = 0; i < variant->count; i++)
		words[i] = plan_word(arena, prefix, variant->forms[i]);
	return plan_sequence(arena, words, variant->count);
}

/* However many forms there are, they weigh as the one word that was asked for. */
static struct plan *plan_variants(const struct planner *planner, const struct node *node,
				  const struct variants *variants)
{
	const char *words = node->field ? node->field->prefix : "";
	char stems[16];
	snprintf(stems, sizeof(stems), "Z%s", words);
	struct arena *arena = planner->arena;
	size_t count = 0;
	struct plan **kids = arena_alloc(arena, (variants->stems.count + variants->count) *
							sizeof(struct plan *));
	for (size_t i = 0; i < variants->stems.count; i++)
		kids[count++] = plan_stem(planner, stems, variants->stems.items[i],
					  variants->stem_languages[i]);
	for (size_t i = 0; i < variants->count; i++)
		kids[count++] = plan_variant(arena, words, &variants->items[i]);
	return count ? plan_join(arena, PLAN_SYNONYM, kids, count) : NULL;
}

enum status plan_text(struct planner *planner, const struct node *node, bool negated,
		      struct plan **plan)
{
	struct variants variants;
	variants_make(planner->analyser, planner->languages, planner->language_count, node->text,
		      node->op == NODE_PHRASE, planner->arena, &variants);
	const enum status status = planner_count_words(planner, node, &variants);
	if (status != STATUS_OK)
		return status;
	*plan = plan_variants(planner, node, &variants);
	if (*plan && planner_is_weightless(planner, node))
		*plan = plan_join(planner->arena, PLAN_FILTER, plan, 1);
	if (*plan)
		add_word_leaves(planner, node, negated, &variants, *plan);
	return STATUS_OK;
}
