#include "look.h"

#include "dateline/schema.h"

/*
 * --similar: the stems that tell an article from others (expand.c) are looked for as the words of a query. A hit has a good
 * part of them: one or two it would share with half of the archive.
 *
 * Of the ten first hits for 150 articles of Reuters-21578 that have topics, 67 in a hundred share one with it, of any articles 9. An eighth
 * (4 of 25 stems) leaves some dozens to some thousands of 37,554 news articles, a fifth (5) half of the time less than 30, a third often none.
 */
#define SIMILAR_SHARE 8

static enum status find_article(struct search *search, struct str term, struct best *article,
				struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK && !article->id; i++) {
		article->look = &search->looks[i];
		article->score = 1;
		status = store_first(article->look->store, term, &article->id, err);
	}
	if (status == STATUS_OK && !article->id)
		return error_set(err, STATUS_NOT_FOUND, "no article has the id %.*s",
				 STR_ARG(search->request->similar));
	return status;
}

/* A leaf for each stem, so that a hit shows which of them it has. */
static void add_stem(struct look *look, struct plan *scaled)
{
	struct query_plan *made = &look->query_plan;
	const struct str term = scaled->kids[0]->term;
	struct str *stem = arena_alloc(look->arena, sizeof(*stem));
	struct str_list *words = arena_alloc(look->arena, sizeof(*words));
	*stem = (struct str){ term.data + 1, term.len - 1 }; /* behind the Z */
	*words = (struct str_list){ stem, 1 };
	made->leaves[made->leaf_count++] = (struct query_leaf){
		.text = *stem, .stemmed = true, .words = words, .word_count = 1, .plan = scaled
	};
	made->parts[made->part_count++] = (struct query_part){ PART_WORD, scaled };
}

static void plan_look(struct look *look, const struct plan *stems, struct plan *article)
{
	struct query_plan *made = &look->query_plan;
	made->parts = arena_zero(look->arena, stems->count + 1, sizeof(*made->parts));
	made->leaves = arena_zero(look->arena, stems->count, sizeof(*made->leaves));
	for (size_t i = 0; i < stems->count; i++)
		add_stem(look, stems->kids[i]);
	made->parts[made->part_count++] = (struct query_part){ PART_NOT, article };
}

/* An article without a word that tells anything is like no other. */
static void plan_nothing(struct search *search)
{
	for (size_t i = 0; i < search->look_count; i++)
		search->looks[i].words = plan_join(search->arena, PLAN_NONE, NULL, 0);
}

enum status search_similar(struct search *search, struct error *err)
{
	struct best article = { .id = 0 };
	struct buffer term = { 0 };
	struct plan *stems = NULL;
	schema_value_term(field_find(STR("id")), search->request->similar, &term);
	enum status status = find_article(search, buffer_str(&term), &article, err);
	struct plan *itself = plan_term(search->arena, buffer_str(&term));
	buffer_release(&term);
	if (status == STATUS_OK)
		status = search_telling_stems(search, &article, 1, 1, &stems, err);
	if (status != STATUS_OK)
		return status;
	if (!stems) {
		plan_nothing(search);
		return STATUS_OK;
	}
	/* An OR of one is that one. */
	struct plan only = { .op = PLAN_OR, .kids = &stems, .count = 1 };
	const struct plan *any = stems->op == PLAN_OR ? stems : &only;
	for (size_t i = 0; i < search->look_count; i++)
		plan_look(&search->looks[i], any, itself);
	search->word_count = (uint32_t)any->count;
	return search_take_most(search, (search->word_count + SIMILAR_SHARE - 1) / SIMILAR_SHARE,
				err);
}
