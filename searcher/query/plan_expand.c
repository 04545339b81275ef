#include "plan.h"

#include "dateline/utf8.h"

/*
 * word* and word~1: the words of the indexes that they stand for, as one word. A word that the analyser parts is several, of
 * which the last is the one that goes on.
 */

static size_t count_characters(struct str text)
{
	size_t count = 0, bytes;
	for (size_t at = 0; at < text.len; at += bytes, count++)
		utf8_decode(text.data + at, text.len - at, &bytes);
	return count;
}

/* ---- word* ---- */

/* In scripts without blanks words are found inside longer ones anyway. */
static bool is_long_enough(const struct variant *variant)
{
	return variant->in_bigrams ||
	       count_characters(variant->forms[variant->count - 1]) >= PREFIX_MIN;
}

static enum status too_short(struct planner *planner, const struct node *node)
{
	return error_set(planner->err, STATUS_BAD_REQUEST,
			 "a * needs at least %d letters before it: %.*s would be too many words",
			 PREFIX_MIN, STR_ARG(planner_leaf_text(planner, node)));
}

static void hint_left_out(struct planner *planner, const struct node *node, const struct forms *forms)
{
	if (forms->left_out || forms->has_more)
		hint_add(&planner->hints,
			 "%.*s is looked for as the %zu most frequent words that begin so, %s%zu are left out",
			 STR_ARG(planner_leaf_text(planner, node)), forms->count,
			 forms->has_more ? "more than " : "", forms->left_out);
}

static enum status begin_forms(struct planner *planner, const struct node *node,
			       const struct variant *variant, struct forms *forms)
{
	const struct str start = variant->forms[variant->count - 1];
	*forms = (struct forms){ 0 };
	if (!is_long_enough(variant))
		return too_short(planner, node);
	if (variant->in_bigrams)
		return STATUS_OK;
	const enum status status =
		vocabulary_begins(planner->vocabulary, node->field ? node->field->prefix : "",
				  start, planner->forms_max, planner->arena, forms, planner->err);
	if (status == STATUS_OK)
		hint_left_out(planner, node, forms);
	return status;
}

/* ---- word~ ---- */

/* Two letters of three are any other word. */
#define SHORT_WORD 3
#define NAMED_MAX 5

/* Names some of the words that were taken for the one that was typed. */
static void hint_taken(struct planner *planner, const struct node *node, struct str word,
		       const struct forms *forms)
{
	struct buffer names = { 0 };
	size_t named = 0, others = 0;
	for (size_t i = 0; i < forms->count; i++) {
		if (str_equal(forms->items[i], word))
			continue;
		others++;
		if (named < NAMED_MAX)
			buffer_add_format(&names, "%s%.*s", named++ ? ", " : "",
					  STR_ARG(forms->items[i]));
	}
	if (others > named)
		buffer_add_format(&names, " and %zu more", others - named);
	if (others)
		hint_add(&planner->hints, "%.*s stands for %.*s",
			 STR_ARG(planner_leaf_text(planner, node)), (int)names.len, names.data);
	buffer_release(&names);
}

static enum status like_forms(struct planner *planner, const struct node *node,
			      const struct variant *variant, struct forms *forms)
{
	const struct str word = variant->forms[0];
	uint32_t edits = node->edits;
	*forms = (struct forms){ 0 };
	if (variant->count > 1 || variant->in_bigrams) {
		hint_add(&planner->hints, "%.*s is several words: the ~ is left out",
			 STR_ARG(planner_leaf_text(planner, node)));
		return STATUS_OK;
	}
	if (edits > 1 && count_characters(word) <= SHORT_WORD) {
		hint_add(&planner->hints,
			 "%.*s is taken as ~1: a word of %d letters at most is hardly itself with two others",
			 STR_ARG(planner_leaf_text(planner, node)), SHORT_WORD);
		edits = 1;
	}
	const enum status status =
		vocabulary_like(planner->vocabulary, node->field ? node->field->prefix : "", word,
				edits, LIKE_FORMS_MAX, planner->arena, forms, planner->err);
	if (status == STATUS_OK)
		hint_taken(planner, node, word, forms);
	return status;
}

/* ---- both ---- */

/* The variant with the forms in the place of its last word, as a plan and as the words of the leaf. */
static struct plan *plan_variant(struct planner *planner, const struct node *node,
				 const struct variant *variant, const struct forms *forms,
				 struct query_leaf *leaf)
{
	const char *prefix = node->field ? node->field->prefix : "";
	struct arena *arena = planner->arena;
	const size_t count = variant->count;
	struct plan **words = arena_alloc(arena, count * sizeof(struct plan *));
	leaf->words = arena_alloc(arena, count * sizeof(*leaf->words));
	leaf->word_count = count;
	for (size_t i = 0; i < count; i++) {
		leaf->words[i] = (struct str_list){ &variant->forms[i], 1 };
		if (i + 1 == count && forms->count)
			leaf->words[i] = (struct str_list){ forms->items, forms->count };
		words[i] = plan_words(arena, prefix, leaf->words[i].items, leaf->words[i].count);
	}
	return plan_sequence(arena, words, count);
}

enum status plan_expanded(struct planner *planner, const struct node *node, bool negated,
			  struct plan **plan)
{
	struct variants variants;
	enum status status = STATUS_OK;
	variants_make(planner->analyser, planner->languages, planner->language_count, node->text,
		      true, planner->arena, &variants);
	status = planner_count_words(planner, node, &variants);
	struct plan **kids = arena_alloc(planner->arena, variants.count * sizeof(struct plan *));
	const size_t first = planner->made->leaf_count;
	for (size_t i = 0; i < variants.count && status == STATUS_OK; i++) {
		struct query_leaf leaf = planner_word_leaf(planner, node, negated, NULL);
		struct forms forms;
		status = node->prefix ? begin_forms(planner, node, &variants.items[i], &forms)
				      : like_forms(planner, node, &variants.items[i], &forms);
		if (status != STATUS_OK)
			break;
		kids[i] = plan_variant(planner, node, &variants.items[i], &forms, &leaf);
		planner_add_leaf(planner, &leaf);
	}
	if (status != STATUS_OK || !variants.count)
		return status;
	*plan = plan_join(planner->arena, PLAN_SYNONYM, kids, variants.count);
	planner->made->leaves[first].plan = planner_weigh(planner, *plan);
	return STATUS_OK;
}
