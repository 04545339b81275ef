#include "look.h"
#include "render/render.h"

/* Best first, when there is something to be best at; values and dates alone weigh nothing. */
static bool has_weight(const struct look *look)
{
	for (size_t i = 0; i < look->query_plan.leaf_count; i++)
		if (!look->query_plan.leaves[i].negated && look->query_plan.leaves[i].word_count)
			return true;
	return false;
}

static enum store_order order_of(const struct look *look)
{
	switch (look->request->sort) {
	case SORT_RELEVANCE:
		return ORDER_RELEVANCE;
	case SORT_NEWEST:
		return ORDER_NEWEST;
	case SORT_OLDEST:
		return ORDER_OLDEST;
	case SORT_AUTO:
		break;
	}
	return has_weight(look) ? ORDER_RELEVANCE : ORDER_NEWEST;
}

static enum status find_evidence(const struct look *look, const struct record *record,
				 struct answer_hit *hit, struct error *err)
{
	const struct evidence_tools tools = { .names = look->names,
					      .analyser = look->analyser,
					      .arena = look->arena };
	return evidence_find(&look->why, record, &tools, hit, err);
}

static enum status fill_hit(const struct look *look, const struct store_hit *found,
			    struct answer_hit *hit, struct error *err)
{
	struct record record;
	const bool is_brief = look->request->brief;
	enum status status = record_decode(found->record, is_brief ? RECORD_FIELDS : RECORD_ALL,
					   look->arena, &record, err);
	if (status != STATUS_OK)
		return status;
	const struct article *article = &record.article;
	hit->id = article->id;
	hit->title = article->title;
	hit->source = article->source;
	hit->url = article->url;
	hit->published = article->published;
	hit->score = found->score;
	if (is_brief)
		return STATUS_OK;
	/* The snippet's words are compared with those of the query as the indexer made them. */
	analyser_set_language(look->analyser, language_of_text(article->language));
	snippet_make(&record, look->query_plan.leaves, look->query_plan.leaf_count, look->analyser,
		     SNIPPET_COLUMNS, look->arena, &hit->snippet);
	if (look->why.count)
		status = find_evidence(look, &record, hit, err);
	if (status == STATUS_OK && look->request->explain)
		status = look_explain_hit(look, found, hit->id, &hit->explanation, err);
	return status;
}

/* Evidence that is asked for and not there is said to be missing. */
static void hint_evidence(const struct look *look, struct answer *answer)
{
	for (size_t i = 0; i < answer->hit_count; i++)
		if (answer->hits[i].evidence_count)
			return;
	struct str *hints =
		arena_alloc(look->arena, (answer->hints.count + 1) * sizeof(*answer->hints.items));
	if (answer->hints.count)
		memcpy(hints, answer->hints.items, answer->hints.count * sizeof(*hints));
	hints[answer->hints.count++] = STR("none of these hits mentions what --why names");
	answer->hints.items = hints;
}

/* Words of the best hits help where few of the words are sure to be there, and make a search dearer. */
static bool wants_expansion(const struct look *look)
{
	const enum expansion expand = look->request->expand;
	return has_weight(look) &&
	       (expand == EXPAND_ALWAYS || (expand == EXPAND_AUTO && look->matched == MATCH_ANY));
}

enum status look_hits(struct look *look, struct answer *answer, struct error *err)
{
	const struct request *request = look->request;
	if (!request->max || request->first >= look->total)
		return STATUS_OK;
	struct store_hit *found;
	size_t count;
	const enum store_order order = order_of(look);
	enum status status = STATUS_OK;
	look->ranked = look_plan(look, NULL, NULL);
	if (order == ORDER_RELEVANCE && wants_expansion(look))
		status = look_expand(look, err);
	if (status == STATUS_OK)
		status = store_top(look->store, look->ranked, order, request->first, request->max,
				   look->arena, &found, &count, err);
	if (status != STATUS_OK)
		return status;
	answer->hits = arena_zero(look->arena, count, sizeof(*answer->hits));
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		answer->hits[i].rank = request->first + (uint32_t)i + 1;
		status = fill_hit(look, &found[i], &answer->hits[i], err);
	}
	answer->hit_count = count;
	if (status == STATUS_OK && look->why.count)
		hint_evidence(look, answer);
	return status;
}
