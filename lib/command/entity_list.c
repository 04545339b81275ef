#include "dateline/entity_list.h"

#include "dateline/field.h"
#include "dateline/json.h"

#include <stdlib.h>

/* ---- which, and in which order ---- */

static int rank_of_kind(enum facet_kind kind)
{
	int rank = 0;
	while (field_table[rank].name && field_table[rank].kind != kind)
		rank++;
	return rank;
}

uint32_t *entity_list_mentions(const struct entity_list *list)
{
	uint32_t *counts = memory_zero(list->entity_count, sizeof(*counts));
	for (size_t i = 0; i < list->mention_count; i++)
		counts[list->mentions[i].entity]++;
	return counts;
}

struct place_in_order {
	int rank;
	uint32_t mentions, entity;
};

static int compare_places(const void *left, const void *right)
{
	const struct place_in_order *a = left, *b = right;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->mentions != b->mentions)
		return a->mentions > b->mentions ? -1 : 1;
	return a->entity < b->entity ? -1 : a->entity > b->entity;
}

size_t entity_list_choose(const struct entity_list *list, const bool kinds[KIND_COUNT],
			  uint32_t min_confidence, uint32_t *chosen)
{
	struct place_in_order *places = memory_alloc(list->entity_count * sizeof(*places));
	uint32_t *mentions = entity_list_mentions(list);
	size_t count = 0;
	for (uint32_t i = 0; i < list->entity_count; i++) {
		const struct entity *entity = &list->entities[i];
		if (kinds[entity->kind] && entity->confidence >= min_confidence)
			places[count++] = (struct place_in_order){ rank_of_kind(entity->kind),
								   mentions[i], i };
	}
	if (count)
		qsort(places, count, sizeof(*places), compare_places);
	for (size_t i = 0; i < count; i++)
		chosen[i] = places[i].entity;
	free(places);
	free(mentions);
	return count;
}

/* ---- JSON ---- */

/* Mentions by entity: those of entity i are order[first[i]..first[i + 1]), each as it stands in the text. */
struct by_entity {
	uint32_t *first, *order;
};

static struct by_entity sort_mentions(const struct entity_list *list)
{
	struct by_entity sorted = {
		.first = memory_zero(list->entity_count + 2, sizeof(uint32_t)),
		.order = memory_alloc(list->mention_count * sizeof(uint32_t)),
	};
	/* Counted two places on, so that each is one place on when all are put down. */
	uint32_t *next = sorted.first + 1;
	for (size_t i = 0; i < list->mention_count; i++)
		next[list->mentions[i].entity + 1]++;
	for (size_t i = 1; i <= list->entity_count; i++)
		next[i] += next[i - 1];
	for (uint32_t i = 0; i < list->mention_count; i++)
		sorted.order[next[list->mentions[i].entity]++] = i;
	return sorted;
}

static void add_mentions(const struct entity_list *list, const uint32_t *order, size_t count,
			 struct buffer *out)
{
	buffer_add_text(out, ",\"mentions\":[");
	for (size_t i = 0; i < count; i++) {
		const struct mention *mention = &list->mentions[order[i]];
		const struct str text = { list->text.data + mention->start,
					  mention->end - mention->start };
		buffer_add_format(out, "%s{\"start\":%u,\"end\":%u,\"text\":", i ? "," : "",
				  mention->start, mention->end);
		json_add_string(out, text);
		buffer_add_format(out, ",\"rule\":\"%s\",\"confidence\":%u}",
				  mention_rule_name(mention->rule), mention->confidence);
	}
	buffer_add_char(out, ']');
}

static void add_entity(const struct entity *entity, struct buffer *out)
{
	buffer_add_format(out, "{\"kind\":\"%s\",\"name\":", field_of_kind(entity->kind)->name);
	json_add_string(out, entity->name);
	buffer_add_format(out, ",\"confidence\":%u,\"variants\":[", entity->confidence);
	for (size_t i = 0; i < entity->variants.count; i++) {
		buffer_add_text(out, i ? "," : "");
		json_add_string(out, entity->variants.items[i]);
	}
	buffer_add_char(out, ']');
}

void entity_list_add_json(const struct entity_list *list, const uint32_t *chosen, size_t count,
			  struct buffer *out)
{
	struct by_entity sorted = sort_mentions(list);
	buffer_add_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		const uint32_t first = sorted.first[chosen[i]];
		buffer_add_text(out, i ? "," : "");
		add_entity(&list->entities[chosen[i]], out);
		add_mentions(list, sorted.order + first, sorted.first[chosen[i] + 1] - first, out);
		buffer_add_char(out, '}');
	}
	buffer_add_char(out, ']');
	free(sorted.first);
	free(sorted.order);
}
