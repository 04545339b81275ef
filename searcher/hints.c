#include "look.h"

/* At most this many parts of a query are each looked up for a hint. */
#define PARTS_MAX 32

/* Lines for people, gathered until the number is known. */
struct hint_list {
	struct arena *arena;
	struct str *items;
	size_t count, room;
};

static void add_hint(struct hint_list *hints, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void add_hint(struct hint_list *hints, const char *format, ...)
{
	if (hints->count == hints->room)
		return;
	struct buffer line = { 0 };
	va_list args;
	va_start(args, format);
	buffer_add_format_v(&line, format, args);
	va_end(args);
	hints->items[hints->count++] = arena_copy(hints->arena, buffer_str(&line));
	buffer_release(&line);
}

/* Names each word and phrase that no article has. */
static enum status hint_words(const struct search *search, struct hint_list *hints, struct error *err)
{
	const struct query_plan *plan = &search->looks[0].query_plan;
	for (size_t i = 0; i < plan->leaf_count && i < PARTS_MAX; i++) {
		const struct query_leaf *leaf = &plan->leaves[i];
		uint32_t count;
		if (leaf->negated || !leaf->plan)
			continue;
		const enum status status = search_count_leaf(search, i, &count, err);
		if (status != STATUS_OK)
			return status;
		if (!count)
			add_hint(hints, "no article has %.*s", STR_ARG(leaf->text));
	}
	return STATUS_OK;
}

static enum status hint_filters(const struct search *search, struct hint_list *hints,
				struct error *err)
{
	const struct look *look = &search->looks[0];
	for (size_t i = 0; i < look->filter_count && i < PARTS_MAX; i++) {
		const struct filter *filter = &look->filters[i];
		uint32_t count;
		if (filter->excluded)
			continue;
		const enum status status = search_count_filter(search, i, &count, err);
		if (status != STATUS_OK)
			return status;
		if (!count)
			add_hint(hints, "no article has %s=%.*s", filter->field->name,
				 STR_ARG(filter->value));
	}
	return STATUS_OK;
}

static enum status count_words(const struct search *search, uint32_t *count, struct error *err)
{
	enum status status = STATUS_OK;
	*count = 0;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++) {
		struct docset set;
		status = store_match(search->looks[i].store, search->looks[i].words, &set, err);
		*count += status == STATUS_OK ? docset_count(&set) : 0;
		docset_release(&set);
	}
	return status;
}

/* Everything asked for is there, but not in one article. */
static enum status hint_together(const struct search *search, struct hint_list *hints,
				 struct error *err)
{
	const struct look *look = &search->looks[0];
	uint32_t count;
	if (!look->filter_count) {
		if (look->query_plan.leaf_count > 1)
			add_hint(hints,
				 "each of these is in some article, but no article fits all of the query");
		return STATUS_OK;
	}
	const enum status status = count_words(search, &count, err);
	if (status != STATUS_OK)
		return status;
	if (count && look->query_plan.plan)
		add_hint(hints, "without the filters there %s %u %s", count == 1 ? "is" : "are",
			 count, count == 1 ? "article" : "articles");
	else if (count)
		add_hint(hints,
			 "each of these filters has articles, but no article passes all of them");
	else if (look->query_plan.leaf_count > 1)
		add_hint(hints, "no article fits all of the query, with or without the filters");
	return STATUS_OK;
}

enum status search_hints(const struct search *search, struct answer *answer, struct error *err)
{
	const struct look *look = &search->looks[0];
	struct hint_list hints = { .arena = search->arena };
	const struct str_list *given = &search->query.hints;
	hints.room = given->count + look->query_plan.leaf_count + look->filter_count + 1;
	hints.items = arena_alloc(look->arena, hints.room * sizeof(*hints.items));
	if (given->count)
		memcpy(hints.items, given->items, given->count * sizeof(*hints.items));
	hints.count = given->count;
	enum status status = STATUS_OK;
	if (!search_articles(search))
		add_hint(&hints, "the index holds no articles");
	else if (look->words->op == PLAN_NONE)
		add_hint(&hints, "there is no word to look for in this query");
	else
		status = hint_words(search, &hints, err);
	/* When there are hits after all, because most of the words were enough, the rest is in order. */
	if (status == STATUS_OK && search->total == 0 && search_articles(search))
		status = hint_filters(search, &hints, err);
	if (status == STATUS_OK && search->total == 0 && hints.count == given->count)
		status = hint_together(search, &hints, err);
	answer->hints = (struct str_list){ hints.items, hints.count };
	return status;
}
