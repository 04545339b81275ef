#include "look.h"

#include <stdlib.h>

static const char *const op_names[] = {
	[PLAN_NONE] = "none",         [PLAN_ALL] = "all",       [PLAN_TERM] = "term",
	[PLAN_AND] = "and",           [PLAN_OR] = "or",         [PLAN_AND_NOT] = "and not",
	[PLAN_SYNONYM] = "synonym",   [PLAN_PHRASE] = "phrase", [PLAN_FILTER] = "filter",
	[PLAN_SET] = "set",           [PLAN_SCALE] = "scale",   [PLAN_MAYBE] = "maybe",
	[PLAN_MENTION] = "mention",   [PLAN_NEAR] = "near",     [PLAN_ADJ] = "adj",
	[PLAN_SENTENCE] = "sentence",
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
		if (plan->kids[i]->op != PLAN_TERM && plan->kids[i]->op != PLAN_MENTION)
			return false;
	return true;
}

#define INLINED_MAX 50 /* of the hundreds of words that a word* may stand for */

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
	if (plan->op == PLAN_NEAR || plan->op == PLAN_ADJ)
		buffer_add_format(out, "/%u", plan->distance);
	if (plan->op == PLAN_MENTION) {
		buffer_add_char(out, ' ');
		add_term(plan->term, out);
	}
	const bool inlined = all_terms(plan);
	for (size_t i = 0; inlined && i < plan->count && i < INLINED_MAX; i++) {
		buffer_add_char(out, ' ');
		add_term(plan->kids[i]->term, out);
	}
	if (inlined && plan->count > INLINED_MAX)
		buffer_add_format(out, " and %zu more", plan->count - INLINED_MAX);
	buffer_add_char(out, '\n');
	for (size_t i = 0; !inlined && i < plan->count; i++)
		add_plan(plan->kids[i], depth + 1, out);
}

/* How the hits of one index are found; the tree is that of all of them. */
static void add_look(const struct look *look, struct buffer *out)
{
	struct plan *plan = look_plan(look, NULL, NULL);
	if (look->search->look_count > 1)
		buffer_add_format(out, "run in %.*s as\n", STR_ARG(look->path));
	else
		buffer_add_text(out, "run as\n");
	if (look->expansion) {
		struct plan *const kids[2] = { plan, look->expansion };
		plan = plan_join(look->arena, PLAN_MAYBE, kids, 2);
	}
	add_plan(plan, 0, out);
}

void search_explain(const struct search *search, struct answer *answer)
{
	const struct look *look = &search->looks[0];
	struct buffer out = { 0 };
	buffer_add_text(&out, "understood as\n");
	if (search->query.root)
		query_describe(search->query.root, &out);
	else if (search->request->similar.len)
		buffer_add_format(&out, "articles like %.*s\n", STR_ARG(search->request->similar));
	else
		buffer_add_text(&out, look->words->op == PLAN_ALL ? "every article\n" : "nothing\n");
	for (size_t i = 0; i < look->filter_count; i++) {
		const struct filter *filter = &look->filters[i];
		buffer_add_format(&out, "filter %s%s%.*s\n", filter->field->name,
				  filter->excluded ? "!=" : "=", STR_ARG(filter->value));
	}
	for (size_t i = 0; i < search->look_count; i++)
		add_look(&search->looks[i], &out);
	answer->explanation = arena_copy(search->arena, str_trim(buffer_str(&out)));
	buffer_release(&out);
}

/* ---- one hit ---- */

/* One article, looked at alone. */
struct single {
	const struct look *look;
	uint32_t id;
	struct docset only;
	float *scores; /* zeros but for what is being asked */
};

/* What one plan gave to the score, by the statistics of all indexes; `plans` has that of each. */
static enum status score_plan(struct single *single, struct plan *const *plans, double *score,
			      struct error *err)
{
	const struct search *search = single->look->search;
	struct statistics statistics = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = store_statistics(search->looks[i].store, plans[i], &statistics, err);
	single->scores[single->id] = 0;
	if (status == STATUS_OK)
		status = store_score(single->look->store, plans[single->look - search->looks],
				     &statistics, &single->only, single->scores, err);
	*score = (double)single->scores[single->id];
	statistics_release(&statistics);
	return status;
}

static struct plan **leaf_plans(const struct search *search, size_t number)
{
	struct plan **plans = arena_alloc(search->arena, search->look_count * sizeof(struct plan *));
	for (size_t i = 0; i < search->look_count; i++)
		plans[i] = search->looks[i].query_plan.leaves[number].plan;
	return plans;
}

static enum status matches(const struct single *single, struct plan *plan, bool *found,
			   struct error *err)
{
	struct docset set;
	struct plan only = { .op = PLAN_SET, .set = &single->only };
	struct plan *const kids[2] = { &only, plan };
	const enum status status = store_match(
		single->look->store, plan_join(single->look->arena, PLAN_AND, kids, 2), &set, err);
	*found = status == STATUS_OK && docset_count(&set) > 0;
	docset_release(&set);
	return status;
}

/* Adds "term×wdf" for each term of the plan that the article has. */
static enum status add_terms(const struct look *look, const struct plan *plan, uint32_t id,
			     struct buffer *out, struct error *err)
{
	if (plan->op != PLAN_TERM && plan->op != PLAN_MENTION) {
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

static enum status explain_leaf(struct single *single, size_t number, struct buffer *out,
				struct error *err)
{
	const struct look *look = single->look;
	const struct query_leaf *leaf = &look->query_plan.leaves[number];
	bool found;
	double score;
	uint32_t frequency;
	enum status status = matches(single, leaf->plan, &found, err);
	if (status == STATUS_OK && found)
		status = score_plan(single, leaf_plans(look->search, number), &score, err);
	if (status != STATUS_OK || !found)
		return status;
	status = search_count_leaf(look->search, number, &frequency, err);
	if (status != STATUS_OK)
		return status;
	buffer_add_format(out, "%6.3f  %.*s, in %u of %u articles, here as", score,
			  STR_ARG(leaf->text), frequency, search_articles(look->search));
	status = add_terms(look, leaf->plan, single->id, out, err);
	buffer_add_char(out, '\n');
	return status;
}

/* What --expand gave. */
static enum status explain_expansion(struct single *single, struct buffer *out, struct error *err)
{
	const struct search *search = single->look->search;
	struct plan **plans = arena_alloc(search->arena, search->look_count * sizeof(struct plan *));
	double score;
	if (!single->look->expansion)
		return STATUS_OK;
	for (size_t i = 0; i < search->look_count; i++)
		plans[i] = search->looks[i].expansion;
	const enum status status = score_plan(single, plans, &score, err);
	if (status == STATUS_OK && score > 0)
		buffer_add_format(out, "%6.3f  words that the best hits share\n", score);
	return status;
}

enum status explain_hit(const struct best *hit, struct str *explanation, struct error *err)
{
	const struct query_plan *made = &hit->look->query_plan;
	const uint32_t last = store_last_id(hit->look->store);
	struct single single = { .look = hit->look, .id = hit->id };
	struct buffer out = { 0 };
	docset_init(&single.only, last);
	docset_add(&single.only, hit->id);
	single.scores = memory_zero((size_t)last + 1, sizeof(*single.scores));
	enum status status = STATUS_OK;
	for (size_t i = 0; i < made->leaf_count && status == STATUS_OK; i++)
		if (!made->leaves[i].negated && made->leaves[i].plan)
			status = explain_leaf(&single, i, &out, err);
	if (status == STATUS_OK)
		status = explain_expansion(&single, &out, err);
	if (docset_has(&hit->look->named, hit->id))
		buffer_add_format(
			&out, "\xC3\x97%.2f   it counts for a name that words of the query make up\n",
			NAMED_FACTOR);
	if (hit->look->request->recency_days)
		buffer_add_text(&out, "and less for its age\n");
	while (out.len && out.data[out.len - 1] == '\n')
		out.len--;
	*explanation = arena_copy(hit->look->arena, buffer_str(&out));
	docset_release(&single.only);
	free(single.scores);
	buffer_release(&out);
	return status;
}
