#include "variants.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"

#include <stdio.h>

struct planner {
	struct analyser *analyser;
	const struct language *const *languages;
	size_t language_count;
	const struct years *years;
	const struct vocabulary *vocabulary;
	struct arena *arena;
	struct query_plan *made;
	size_t leaf_capacity;
	size_t words;
	bool common_weighs; /* there is nothing but common words, or they may mean something in these languages */
	struct error *err;
};

/* ---- makers ---- */

struct plan *plan_term(struct arena *arena, struct str term)
{
	struct plan *plan = arena_alloc(arena, sizeof(*plan));
	*plan = (struct plan){ .op = PLAN_TERM, .term = arena_copy(arena, term) };
	return plan;
}

static bool is_plain_join(enum plan_op op)
{
	return op == PLAN_AND || op == PLAN_OR || op == PLAN_SYNONYM || op == PLAN_PHRASE;
}

struct plan *plan_join(struct arena *arena, enum plan_op op, struct plan *const *kids, size_t count)
{
	if (count == 1 && is_plain_join(op))
		return kids[0];
	struct plan *plan = arena_alloc(arena, sizeof(*plan));
	*plan = (struct plan){ .op = op, .count = count };
	plan->kids = arena_alloc(arena, count * sizeof(struct plan *));
	if (count)
		memcpy(plan->kids, kids, count * sizeof(struct plan *));
	return plan;
}

static struct plan *plan_word(struct arena *arena, const char *prefix, struct str form)
{
	struct buffer term = { 0 };
	schema_word_term(prefix, form, &term);
	struct plan *plan = plan_term(arena, buffer_str(&term));
	buffer_release(&term);
	return plan;
}

static struct plan *plan_run(struct arena *arena, const char *prefix, const struct str *forms,
			     size_t count)
{
	struct plan *words[QUERY_PHRASE_MAX];
	for (size_t i = 0; i < count; i++)
		words[i] = plan_word(arena, prefix, forms[i]);
	return plan_join(arena, PLAN_PHRASE, words, count);
}

/*
 * Looking at positions is dear, so a phrase has few words. A long unquoted text without blanks (an address, a
 * sentence in Chinese) becomes several phrases, each beginning with the last word of the one before.
 */
static struct plan *plan_sequence(struct arena *arena, const char *prefix,
				  const struct variant *variant)
{
	const size_t step = QUERY_PHRASE_MAX - 1;
	struct plan *runs[QUERY_WORDS_MAX / (QUERY_PHRASE_MAX - 1) + 1];
	size_t count = 0, at = 0;
	for (; at + QUERY_PHRASE_MAX < variant->count; at += step)
		runs[count++] = plan_run(arena, prefix, variant->forms + at, QUERY_PHRASE_MAX);
	runs[count++] = plan_run(arena, prefix, variant->forms + at, variant->count - at);
	return plan_join(arena, PLAN_AND, runs, count);
}

/* ---- leaves ---- */

static struct query_leaf *add_leaf(struct planner *planner, const struct query_leaf *leaf)
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
	made->leaves[made->leaf_count] = *leaf;
	return &made->leaves[made->leaf_count++];
}

static struct str leaf_text(const struct node *node, struct arena *arena)
{
	const bool has_blank = node->text.len && memchr(node->text.data, ' ', node->text.len);
	const bool quoted = node->op == NODE_PHRASE || has_blank;
	struct buffer text = { 0 };
	if (node->field)
		buffer_add_format(&text, "%s:", node->field->name);
	if (quoted)
		buffer_add_char(&text, '"');
	buffer_add_str(&text, node->text);
	if (quoted)
		buffer_add_char(&text, '"');
	const struct str copy = arena_copy(arena, buffer_str(&text));
	buffer_release(&text);
	return copy;
}

/* The forms of a variant as the words of a leaf, each with no alternative. */
static void set_words(struct query_leaf *leaf, const struct variant *variant, struct arena *arena)
{
	leaf->stemmed = false;
	leaf->words = arena_alloc(arena, variant->count * sizeof(*leaf->words));
	leaf->word_count = variant->count;
	for (size_t i = 0; i < variant->count; i++)
		leaf->words[i] = (struct str_list){ &variant->forms[i], 1 };
}

static bool is_weightless(const struct planner *planner, const struct node *node)
{
	return node->common && !planner->common_weighs;
}

static void add_word_leaves(struct planner *planner, const struct node *node, bool negated,
			    const struct variants *variants, struct plan *plan)
{
	struct query_leaf leaf = {
		.text = leaf_text(node, planner->arena),
		.negated = negated,
		.in_title = node->field != NULL,
		.common = is_weightless(planner, node),
		.plan = plan,
	};
	if (variants->stems.count) {
		leaf.stemmed = true;
		leaf.words = arena_alloc(planner->arena, sizeof(*leaf.words));
		leaf.words[0] = variants->stems;
		leaf.word_count = 1;
		leaf.stem_languages = variants->stem_languages;
		leaf.languages = planner->languages;
		leaf.language_count = planner->language_count;
		add_leaf(planner, &leaf);
		leaf.plan = NULL;
	}
	for (size_t i = 0; i < variants->count; i++) {
		set_words(&leaf, &variants->items[i], planner->arena);
		add_leaf(planner, &leaf);
		leaf.plan = NULL;
	}
}

/* ---- words ---- */

static enum status check_limits(struct planner *planner, const struct node *node,
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
		kids[count++] = plan_sequence(arena, words, &variants->items[i]);
	return count ? plan_join(arena, PLAN_SYNONYM, kids, count) : NULL;
}

static enum status plan_text(struct planner *planner, const struct node *node, bool negated,
			     struct plan **plan)
{
	struct variants variants;
	variants_make(planner->analyser, planner->languages, planner->language_count, node->text,
		      node->op == NODE_PHRASE, planner->arena, &variants);
	const enum status status = check_limits(planner, node, &variants);
	if (status != STATUS_OK)
		return status;
	*plan = plan_variants(planner, node, &variants);
	if (*plan && is_weightless(planner, node))
		*plan = plan_join(planner->arena, PLAN_FILTER, plan, 1);
	if (*plan)
		add_word_leaves(planner, node, negated, &variants, *plan);
	return STATUS_OK;
}

/* Values and dates decide, but do not weigh. */
static enum status plan_value(struct planner *planner, const struct node *node, bool negated,
			      struct plan **plan)
{
	struct str value;
	struct plan *exact;
	enum status status =
		filter_canonical(node->field, node->text, planner->arena, &value, planner->err);
	if (status == STATUS_OK)
		status = filter_plan(node->field, value, planner->years, planner->arena, &exact,
				     planner->err);
	if (status != STATUS_OK)
		return status;
	*plan = plan_join(planner->arena, PLAN_FILTER, &exact, 1);
	add_leaf(planner, &(struct query_leaf){ .text = leaf_text(node, planner->arena),
						.negated = negated,
						.field = node->field,
						.typed = node->text,
						.value = value,
						.plan = *plan });
	return STATUS_OK;
}

/* ---- operators ---- */

/* *plan stays NULL when nothing is left of the node. */
static enum status plan_node(struct planner *planner, const struct node *node, bool negated,
			     struct plan **plan);

static struct plan *without(struct planner *planner, struct plan **kids, size_t kept, size_t count)
{
	struct plan **parts = arena_alloc(planner->arena, (count + 1) * sizeof(struct plan *));
	parts[0] = plan_join(planner->arena, kept ? PLAN_AND : PLAN_ALL, kids, kept);
	memcpy(parts + 1, kids + kept, (count - kept) * sizeof(struct plan *));
	return plan_join(planner->arena, PLAN_AND_NOT, parts, count - kept + 1);
}

static enum query_part_kind part_kind(const struct planner *planner, const struct node *node)
{
	switch (node->op) {
	case NODE_NOT:
		return PART_NOT;
	case NODE_VALUE:
	case NODE_DATE:
		return PART_MUST;
	default:
		return is_weightless(planner, node) ? PART_COMMON : PART_WORD;
	}
}

/* With a value, which must be there anyway, a written AND says nothing new. */
static bool is_bound(const struct node *node, const struct query_part *part,
		     const struct query_part *last)
{
	return node->bound && part->kind != PART_MUST && last->kind != PART_MUST;
}

static void add_part(struct planner *planner, struct query_part *parts, size_t *count,
		     const struct node *node, const struct query_part *part, bool has_last)
{
	struct query_part *last = has_last ? &parts[*count - 1] : NULL;
	if (!last || !is_bound(node, part, last)) {
		parts[(*count)++] = *part;
		return;
	}
	struct plan *const both[2] = { last->plan, part->plan };
	last->plan = plan_join(planner->arena, PLAN_AND, both, 2);
	last->kind = PART_WORD;
}

/*
 * The kids of an AND as parts, those that are taken away behind the others. With `bind`, a written AND makes one part of
 * two.
 */
static enum status plan_parts(struct planner *planner, const struct node *node, bool negated,
			      bool bind, struct query_part *parts, size_t *count)
{
	enum status status = STATUS_OK;
	for (int of_nots = 0; of_nots < 2; of_nots++) {
		bool has_last = false;
		for (size_t i = 0; i < node->count && status == STATUS_OK; i++) {
			const struct node *kid = node->kids[i];
			struct query_part part = { part_kind(planner, kid), NULL };
			if ((kid->op == NODE_NOT) != of_nots) {
				has_last = false;
				continue;
			}
			status = of_nots ? plan_node(planner, kid->kids[0], !negated, &part.plan)
					 : plan_node(planner, kid, negated, &part.plan);
			if (!part.plan)
				continue;
			add_part(planner, parts, count, kid, &part, bind && has_last && !of_nots);
			has_last = true;
		}
	}
	return status;
}

/* What is taken away stands behind what is wanted; of an AND of nothing but NOTs, from all articles. */
static struct plan *all_parts(struct planner *planner, const struct query_part *parts, size_t count)
{
	struct plan **kids = arena_alloc(planner->arena, count * sizeof(struct plan *));
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		kids[i] = parts[i].plan;
		kept += parts[i].kind != PART_NOT;
	}
	return count > kept ? without(planner, kids, kept, count)
			    : plan_join(planner->arena, PLAN_AND, kids, count);
}

static enum status plan_and(struct planner *planner, const struct node *node, bool negated,
			    struct plan **plan)
{
	struct query_part *parts = arena_alloc(planner->arena, node->count * sizeof(*parts));
	size_t count = 0;
	const enum status status = plan_parts(planner, node, negated, false, parts, &count);
	if (status == STATUS_OK && count)
		*plan = all_parts(planner, parts, count);
	return status;
}

static enum status plan_or(struct planner *planner, const struct node *node, bool negated,
			   struct plan **plan)
{
	struct plan **kids = arena_alloc(planner->arena, node->count * sizeof(struct plan *));
	size_t count = 0;
	for (size_t i = 0; i < node->count; i++) {
		struct plan *kid = NULL;
		const enum status status = plan_node(planner, node->kids[i], negated, &kid);
		if (status != STATUS_OK)
			return status;
		if (kid)
			kids[count++] = kid;
	}
	if (count)
		*plan = plan_join(planner->arena, PLAN_OR, kids, count);
	return STATUS_OK;
}

static enum status plan_not(struct planner *planner, const struct node *node, bool negated,
			    struct plan **plan)
{
	struct plan *kid = NULL;
	const enum status status = plan_node(planner, node->kids[0], !negated, &kid);
	if (kid)
		*plan = without(planner, &kid, 0, 1);
	return status;
}

static enum status plan_node(struct planner *planner, const struct node *node, bool negated,
			     struct plan **plan)
{
	switch (node->op) {
	case NODE_WORD:
	case NODE_PHRASE:
		return plan_text(planner, node, negated, plan);
	case NODE_VALUE:
	case NODE_DATE:
		return plan_value(planner, node, negated, plan);
	case NODE_AND:
		return plan_and(planner, node, negated, plan);
	case NODE_OR:
		return plan_or(planner, node, negated, plan);
	case NODE_NOT:
		return plan_not(planner, node, negated, plan);
	}
	return STATUS_OK;
}

/* ---- the whole ---- */

static bool has_word_that_weighs(const struct node *node)
{
	if (node->op == NODE_NOT)
		return false;
	if (node->op == NODE_WORD || node->op == NODE_PHRASE)
		return !node->common;
	for (size_t i = 0; i < node->count; i++)
		if (has_word_that_weighs(node->kids[i]))
			return true;
	return false;
}

/* The common words are English. */
static bool has_english(const struct planner *planner)
{
	for (size_t i = 0; i < planner->language_count; i++)
		if (planner->languages[i] && strcmp(planner->languages[i]->code, "en") == 0)
			return true;
	return false;
}

/* Parentheses around nothing but words and alternatives, as in plain prose: without them, it would mean the same. */
static bool is_open_group(const struct node *node)
{
	if (node->op != NODE_AND || node->bound)
		return false;
	for (size_t i = 0; i < node->count; i++) {
		const struct node *kid = node->kids[i];
		const bool is_words = kid->op == NODE_WORD || kid->op == NODE_PHRASE ||
				      kid->op == NODE_OR || is_open_group(kid);
		if (!is_words || kid->bound)
			return false;
	}
	return true;
}

/* How many kids the node has when parentheses that change nothing are opened; they go to `kids`, unless that is NULL. */
static size_t open_groups(const struct node *node, struct node **kids)
{
	size_t count = 0;
	for (size_t i = 0; i < node->count; i++) {
		const bool is_followed = i + 1 < node->count && node->kids[i + 1]->bound;
		if (is_open_group(node->kids[i]) && !is_followed) {
			count += open_groups(node->kids[i], kids ? kids + count : NULL);
			continue;
		}
		if (kids)
			kids[count] = node->kids[i];
		count++;
	}
	return count;
}

static enum status plan_root_and(struct planner *planner, const struct node *root)
{
	struct query_plan *made = planner->made;
	struct node opened = { .op = NODE_AND, .count = open_groups(root, NULL) };
	opened.kids = arena_alloc(planner->arena, opened.count * sizeof(struct node *));
	open_groups(root, opened.kids);
	made->parts = arena_alloc(planner->arena, opened.count * sizeof(*made->parts));
	const enum status status =
		plan_parts(planner, &opened, false, true, made->parts, &made->part_count);
	if (status == STATUS_OK && made->part_count)
		made->plan = all_parts(planner, made->parts, made->part_count);
	return status;
}

static enum status plan_root(struct planner *planner, const struct node *root)
{
	struct query_plan *made = planner->made;
	if (root->op == NODE_AND)
		return plan_root_and(planner, root);
	const enum status status = plan_node(planner, root, false, &made->plan);
	if (!made->plan)
		return status;
	made->parts = arena_alloc(planner->arena, sizeof(*made->parts));
	made->parts[0] = (struct query_part){ part_kind(planner, root), made->plan };
	made->part_count = 1;
	/* A NOT alone is planned as what is left of all articles. */
	if (root->op == NODE_NOT)
		made->parts[0].kind = PART_MUST;
	return status;
}

enum status query_make_plan(const struct node *root, struct analyser *analyser,
			    const struct language *const *languages, size_t language_count,
			    const struct years *years, const struct vocabulary *vocabulary,
			    struct arena *arena, struct query_plan *plan, struct error *err)
{
	*plan = (struct query_plan){ 0 };
	struct planner planner = {
		.analyser = analyser,
		.languages = languages,
		.language_count = language_count,
		.years = years,
		.vocabulary = vocabulary,
		.arena = arena,
		.made = plan,
		.err = err,
	};
	planner.common_weighs = !root || !has_english(&planner) || !has_word_that_weighs(root);
	return root ? plan_root(&planner, root) : STATUS_OK;
}
