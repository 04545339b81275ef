#include "roles_inside.h"

#include <stdlib.h>

void role_list_release(struct role_list *list)
{
	free(list->items);
	*list = (struct role_list){ 0 };
}

void role_add(const struct reading *reading, struct role role)
{
	struct role_list *list = reading->list;
	memory_reserve(&list->items, &list->capacity, list->count, sizeof(*list->items));
	list->items[list->count++] = role;
}

static int by_place(const void *a, const void *b)
{
	const struct role *first = a, *second = b;
	if (first->kind != second->kind)
		return first->kind < second->kind ? -1 : 1;
	if (first->start != second->start)
		return first->start < second->start ? -1 : 1;
	if (first->confidence != second->confidence)
		return first->confidence > second->confidence ? -1 : 1;
	if (first->end != second->end)
		return first->end > second->end ? -1 : 1;
	return str_compare(first->name, second->name);
}

static int by_start(const void *a, const void *b)
{
	const struct role *first = a, *second = b;
	if (first->start != second->start)
		return first->start < second->start ? -1 : 1;
	if (first->end != second->end)
		return first->end < second->end ? -1 : 1;
	if (first->kind != second->kind)
		return first->kind < second->kind ? -1 : 1;
	return str_compare(first->name, second->name);
}

/* Of what overlaps within one kind the first stays. What only a field says lies nowhere, and overlaps nothing. */
static size_t drop_overlaps(struct role *roles, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		const struct role *last = kept ? &roles[kept - 1] : NULL;
		if (last && last->kind == roles[i].kind && roles[i].start < last->end)
			continue;
		roles[kept++] = roles[i];
	}
	return kept;
}

void roles_find(const struct article *article, const struct entity_result *found,
		struct arena *arena, struct role_list *list)
{
	const struct reading reading = { article->text, article, found, arena, list };
	const size_t before = list->count;
	roles_find_agencies(&reading);
	roles_find_datelines(&reading);
	roles_find_authors(&reading);
	roles_find_speakers(&reading);
	const size_t count = list->count - before;
	if (!count)
		return;
	struct role *roles = list->items + before;
	qsort(roles, count, sizeof(*roles), by_place);
	list->count = before + drop_overlaps(roles, count);
	qsort(roles, list->count - before, sizeof(*roles), by_start);
}
