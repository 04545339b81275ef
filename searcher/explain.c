#include "look.h"

#include "dateline/schema.h"

static const char *const op_names[] = {
	[PLAN_NONE] = "none",       [PLAN_ALL] = "all",       [PLAN_TERM] = "term",
	[PLAN_AND] = "and",         [PLAN_OR] = "or",         [PLAN_AND_NOT] = "and not",
	[PLAN_SYNONYM] = "synonym", [PLAN_PHRASE] = "phrase", [PLAN_FILTER] = "filter",
	[PLAN_SET] = "set",         [PLAN_SCALE] = "scale",   [PLAN_MAYBE] = "maybe",
};

/* Terms are printed as they are in the index; a control character in a value would be one too many. */
static void add_term(struct str term, struct buffer *out)
{
	for (size_t i = 0; i < term.len; i++) {
		const unsigned char c = (unsigned char)term.data[i];
		if (c < 0x20 || c == 0x7f)
			buffer_add_format(out, "\\x%02x", c);
		else
			buffer_add_char(out, (char)c);
	}
}

static bool all_terms(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->kids[i]->op != PLAN_TERM)
			return false;
	return true;
}

/* One node a line, but a node of nothing but terms with them on its line. */
static void add_plan(const struct plan *plan, unsigned depth, struct buffer *out)
{
	buffer_add_format(out, "%*s", (int)(2 * depth), "");
	if (plan->op == PLAN_SCALE) {
		buffer_add_format(out, "%.3f times ", plan->factor);
		add_plan(plan->kids[0], 0, out);
		return;
	}
	if (plan->op == PLAN_TERM) {
		add_term(plan->term, out);
		buffer_add_char(out, '\n');
		return;
	}
	buffer_add_text(out, op_names[plan->op]);
	const bool inlined = all_terms(plan);
	for (size_t i = 0; inlined && i < plan->count; i++) {
		buffer_add_char(out, ' ');
		add_term(plan->kids[i]->term, out);
	}
	buffer_add_char(out, '\n');
	for (size_t i = 0; !inlined && i < plan->count; i++)
		add_plan(plan->kids[i], depth + 1, out);
}

void look_explain(const struct look *look, struct answer *answer)
{
	struct buffer out = { 0 };
	buffer_add_text(&out, "understood as\n");
	if (look->query.root)
		query_describe(look->query.root, &out);
	else
		buffer_add_text(&out, look->words->op == PLAN_ALL ? "every article\n" : "nothing\n");
	for (size_t i = 0; i < look->filter_count; i++) {
		const struct filter *filter = &look->filters[i];
		buffer_add_format(&out, "filter %s%s%.*s\n", filter->field->name,
				  filter->excluded ? "!=" : "=", STR_ARG(filter->value));
	}
	buffer_add_text(&out, "run as\n");
	add_plan(look->ranked ? look->ranked : look_plan(look, NULL, NULL), 0, &out);
	answer->explanation = arena_copy(look->arena, str_trim(buffer_str(&out)));
	buffer_release(&out);
}

/* ---- one hit ---- */

/* What one part of the query gave to the score: its own plan, run on this one article. */
static enum status score_leaf(const struct look *look, const struct query_leaf *leaf,
			      struct plan *only, bool *matches, double *score, struct error *err)
{
	struct plan *filter = plan_join(look->arena, PLAN_FILTER, &only, 1);
	struct plan *const kids[2] = { leaf->plan, filter };
	struct store_hit *hits;
	size_t count;
	const enum status status = store_top(look->store, plan_join(look->arena, PLAN_AND, kids, 2),
					     ORDER_RELEVANCE, 0, 1, look->arena, &hits, &count, err);
	*matches = status == STATUS_OK && count > 0;
	*score = *matches ? hits[0].score : 0;
	return status;
}

/* Adds "term×wdf" for each term of the plan that the article has. */
static enum status add_terms(const struct look *look, const struct plan *plan, uint32_t id,
			     struct buffer *out, struct error *err)
{
	if (plan->op != PLAN_TERM) {
		enum status status = STATUS_OK;
		for (size_t i = 0; i < plan->count && status == STATUS_OK; i++)
			status = add_terms(look, plan->kids[i], id, out, err);
		return status;
	}
	struct term_entry *entries;
	size_t count;
	const enum status status = store_document_terms(look->store, id, plan->term, look->arena,
							&entries, &count, err);
	if (status != STATUS_OK)
		return status;
	/* Sorted by bytes: the term itself, if it is there, comes before all that only begin with it. */
	if (count && str_equal(entries[0].term, plan->term)) {
		buffer_add_char(out, ' ');
		add_term(plan->term, out);
		if (entries[0].frequency > 1)
			buffer_add_format(out, "\xC3\x97%u", entries[0].frequency);
	}
	return STATUS_OK;
}

static enum status articles_with(const struct look *look, const struct plan *plan, uint32_t *count,
				 struct error *err)
{
	struct docset set;
	const enum status status = store_match(look->store, plan, &set, err);
	*count = status == STATUS_OK ? docset_count(&set) : 0;
	docset_release(&set);
	return status;
}

static enum status explain_leaf(const struct look *look, const struct query_leaf *leaf,
				struct plan *only, uint32_t id, struct buffer *out, struct error *err)
{
	bool matches;
	double score;
	uint32_t frequency;
	enum status status = score_leaf(look, leaf, only, &matches, &score, err);
	if (status != STATUS_OK || !matches)
		return status;
	status = articles_with(look, leaf->plan, &frequency, err);
	if (status != STATUS_OK)
		return status;
	buffer_add_format(out, "%6.3f  %.*s, in %u of %u articles, here as", score,
			  STR_ARG(leaf->text), frequency, store_count(look->store));
	status = add_terms(look, leaf->plan, id, out, err);
	buffer_add_char(out, '\n');
	return status;
}

/* What --expand gave. */
static enum status explain_expansion(const struct look *look, struct plan *only, struct buffer *out,
				     struct error *err)
{
	const struct plan *ranked = look->ranked;
	bool matches;
	double score;
	if (ranked->op != PLAN_MAYBE)
		return STATUS_OK;
	const struct query_leaf added = { .plan = plan_join(look->arena, PLAN_OR, ranked->kids + 1,
							    ranked->count - 1) };
	const enum status status = score_leaf(look, &added, only, &matches, &score, err);
	if (status == STATUS_OK && matches)
		buffer_add_format(out, "%6.3f  words that the best hits share\n", score);
	return status;
}

enum status look_explain_hit(const struct look *look, const struct store_hit *hit, struct str id,
			     struct str *explanation, struct error *err)
{
	struct buffer term = { 0 }, out = { 0 };
	schema_value_term(field_find(STR("id")), id, &term);
	struct plan *only = plan_term(look->arena, arena_copy(look->arena, buffer_str(&term)));
	enum status status = STATUS_OK;
	for (size_t i = 0; i < look->query_plan.leaf_count && status == STATUS_OK; i++) {
		const struct query_leaf *leaf = &look->query_plan.leaves[i];
		if (!leaf->negated && leaf->plan)
			status = explain_leaf(look, leaf, only, hit->id, &out, err);
	}
	if (status == STATUS_OK)
		status = explain_expansion(look, only, &out, err);
	while (out.len && out.data[out.len - 1] == '\n')
		out.len--;
	*explanation = arena_copy(look->arena, buffer_str(&out));
	buffer_release(&term);
	buffer_release(&out);
	return status;
}
