#include "entity_marks.h"
#include "look.h"
#include "render/render.h"

static enum status find_evidence(const struct look *look, const struct record *record,
				 struct answer_hit *hit, struct error *err)
{
	const struct evidence_tools tools = { .names = look->names,
					      .analyser = look->analyser,
					      .arena = look->arena };
	return evidence_find(&look->why, record, &tools, hit, err);
}

static enum status read_record(const struct look *look, uint32_t id, struct record *record,
			       struct error *err)
{
	struct buffer stored = { 0 };
	const enum record_parts parts = look->request->brief ? RECORD_HEAD : RECORD_ALL;
	enum status status = store_record(look->store, id, &stored, err);
	if (status == STATUS_OK)
		status = record_decode(buffer_str(&stored), parts, look->arena, record, err);
	buffer_release(&stored);
	return status;
}

static enum status fill_hit(const struct best *found, struct answer_hit *hit, struct error *err)
{
	const struct look *look = found->look;
	struct record record;
	enum status status = read_record(look, found->id, &record, err);
	if (status != STATUS_OK)
		return status;
	const struct article *article = &record.article;
	hit->id = article->id;
	hit->title = article->title;
	hit->source = article->source;
	hit->url = article->url;
	hit->published = article->published;
	hit->score = (double)found->score;
	if (look->search->look_count > 1)
		hit->index = look->path;
	if (look->request->brief)
		return STATUS_OK;
	/* The snippet's words are compared with those of the query as the indexer made them. */
	analyser_set_language(look->analyser, language_of_text(article->language));
	struct snippet_places places;
	snippet_make(&record, look->query_plan.leaves, look->query_plan.leaf_count, look->analyser,
		     SNIPPET_COLUMNS, look->arena, &hit->snippet, &places);
	if (look->request->entities)
		status = mark_entities(&record, &places, look->names, look->arena, &hit->snippet,
				       err);
	if (status == STATUS_OK && look->why.count)
		status = find_evidence(look, &record, hit, err);
	if (status == STATUS_OK && look->request->explain)
		status = explain_hit(found, &hit->explanation, err);
	return status;
}

/* Evidence that is asked for and not there is said to be missing. */
static void hint_evidence(const struct search *search, struct answer *answer)
{
	for (size_t i = 0; i < answer->hit_count; i++)
		if (answer->hits[i].evidence_count)
			return;
	struct str *hints = arena_alloc(search->arena,
					(answer->hints.count + 1) * sizeof(*answer->hints.items));
	if (answer->hints.count)
		memcpy(hints, answer->hints.items, answer->hints.count * sizeof(*hints));
	hints[answer->hints.count++] = STR("none of these hits mentions what --why names");
	answer->hints.items = hints;
}

/* Words of the best hits help where few of the words are sure to be there, and make a search dearer. */
static bool wants_expansion(const struct search *search)
{
	const enum expansion expand = search->request->expand;
	return search->order == ORDER_RELEVANCE && search_has_weight(search) &&
	       (expand == EXPAND_ALWAYS || (expand == EXPAND_AUTO && search->matched == MATCH_ANY));
}

enum status search_hits(struct search *search, struct answer *answer, struct error *err)
{
	const struct request *request = search->request;
	if (!request->max || request->first >= search->total)
		return STATUS_OK;
	struct best *best;
	size_t count;
	enum status status = STATUS_OK;
	if (wants_expansion(search))
		status = search_expand(search, err);
	if (status == STATUS_OK && search->order == ORDER_RELEVANCE && search_has_weight(search))
		status = search_named(search, err);
	if (status == STATUS_OK && request->recency_days && search->order == ORDER_RELEVANCE)
		status = search_recency(search, err);
	if (status == STATUS_OK)
		status = search_best(search, search->order, (size_t)request->first + request->max,
				     &best, &count, err);
	if (status != STATUS_OK)
		return status;
	best += request->first;
	count -= request->first;
	answer->hits = arena_zero(search->arena, count, sizeof(*answer->hits));
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		answer->hits[i].rank = request->first + (uint32_t)i + 1;
		status = fill_hit(&best[i], &answer->hits[i], err);
	}
	answer->hit_count = count;
	if (status == STATUS_OK && search->looks[0].why.count)
		hint_evidence(search, answer);
	return status;
}
