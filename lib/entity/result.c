#include "result.h"

#include "dateline/utf8.h"

#include <stdlib.h>

/* What would be certain is 0, and nothing that was only recognised is. */
#define RESULT_DOUBT UINT32_C(1000000)

/* An article with more names than this is rare, and clearing its table for each one after it would be slow. */
#define NAMES_KEPT 4096

void result_release(struct result_builder *builder)
{
	intern_release(&builder->names);
	intern_release(&builder->calls);
	buffer_release(&builder->key);
	free(builder->entities);
	free(builder->mentions);
	free(builder->variants);
	*builder = (struct result_builder){ 0 };
}

static void empty(struct intern *table)
{
	if (table->slot_count > NAMES_KEPT)
		intern_release(table);
	else
		intern_reset(table);
}

void result_reset(struct result_builder *builder, struct arena *arena)
{
	builder->arena = arena;
	empty(&builder->names);
	empty(&builder->calls);
	builder->count = 0;
	builder->mention_count = 0;
	builder->variant_count = 0;
}

/* ---- entities ---- */

static struct str key_of(struct result_builder *builder, enum facet_kind kind, struct str name)
{
	buffer_reset(&builder->key);
	buffer_add_char(&builder->key, (char)kind);
	utf8_name_key(name, &builder->key);
	return buffer_str(&builder->key);
}

uint32_t result_find(struct result_builder *builder, enum facet_kind kind, struct str name)
{
	const uint32_t number = intern_find(&builder->names, key_of(builder, kind, name));
	return number == INTERN_NONE ? ENTITY_NONE : number;
}

uint32_t result_add(struct result_builder *builder, enum facet_kind kind, struct str name)
{
	const struct str key = key_of(builder, kind, name);
	if (key.len < 2)
		return ENTITY_NONE;
	bool is_new;
	const uint32_t number = intern_add(&builder->names, key, &is_new);
	if (!is_new)
		return number;
	memory_reserve(&builder->entities, &builder->capacity, builder->count,
		       sizeof(*builder->entities));
	builder->entities[builder->count++] = (struct result_entity){
		.entity = { .kind = kind, .name = name },
		.doubt = RESULT_DOUBT,
	};
	return number;
}

uint32_t result_give(struct result_builder *builder, enum facet_kind kind, struct str name,
		     struct str given)
{
	const size_t before = builder->count;
	const uint32_t number = result_add(builder, kind, name);
	if (builder->count > before) {
		builder->entities[number].given = given;
		builder->entities[number].entity.confidence = 100;
	}
	return number;
}

void result_believe(struct result_builder *builder, uint32_t entity, uint8_t confidence)
{
	uint32_t *doubt = &builder->entities[entity].doubt;
	*doubt = (uint32_t)((uint64_t)*doubt * (100U - confidence) / 100);
}

void result_limit(struct result_builder *builder, uint32_t entity, uint8_t most)
{
	builder->entities[entity].most = most;
}

void result_mention(struct result_builder *builder, struct mention mention)
{
	memory_reserve(&builder->mentions, &builder->mention_capacity, builder->mention_count,
		       sizeof(*builder->mentions));
	builder->mentions[builder->mention_count++] = mention;
	result_believe(builder, mention.entity, mention.confidence);
}

/* ---- variants ---- */

/* Dates are called by what they mean, and of an agency or dateline the evidence is more than the name. */
static bool has_variants(enum facet_kind kind)
{
	return kind <= KIND_OTHER || kind == KIND_SPEAKER;
}

static void add_variant(struct result_builder *builder, uint32_t number, struct str text)
{
	struct result_entity *entity = &builder->entities[number];
	if (!text.len || str_equal(text, entity->last))
		return;
	entity->last = text;
	struct buffer *key = &builder->key;
	buffer_reset(key);
	buffer_add(key, &number, sizeof(number));
	utf8_name_key(text, key);
	if (key->len == sizeof(number))
		return;
	bool is_new;
	intern_add(&builder->calls, buffer_str(key), &is_new);
	if (!is_new)
		return;
	memory_reserve(&builder->variants, &builder->variant_capacity, builder->variant_count,
		       sizeof(*builder->variants));
	builder->variants[builder->variant_count++] = (struct result_variant){ text, number };
	entity->variants++;
}

/* Its own name alone is no variant. */
static void drop_only(struct result_builder *builder, struct result_entity *entity)
{
	struct str *items = entity->entity.variants.items;
	if (entity->variants != 1)
		return;
	struct buffer *key = &builder->key;
	buffer_reset(key);
	utf8_name_key(items[0], key);
	const size_t len = key->len;
	utf8_name_key(entity->entity.name, key);
	if (key->len == 2 * len && memcmp(key->data, key->data + len, len) == 0)
		entity->entity.variants = (struct str_list){ 0 };
}

static void share_variants(struct result_builder *builder)
{
	struct str *items =
		arena_alloc(builder->arena, (builder->variant_count + 1) * sizeof(*items));
	for (size_t i = 0; i < builder->count; i++) {
		struct result_entity *entity = &builder->entities[i];
		entity->entity.variants = (struct str_list){ entity->variants ? items : NULL, 0 };
		items += entity->variants;
	}
	for (size_t i = 0; i < builder->variant_count; i++) {
		struct str_list *list =
			&builder->entities[builder->variants[i].entity].entity.variants;
		list->items[list->count++] = builder->variants[i].text;
	}
	for (size_t i = 0; i < builder->count; i++)
		drop_only(builder, &builder->entities[i]);
}

static void find_variants(struct result_builder *builder, struct str text)
{
	for (size_t i = 0; i < builder->count; i++) {
		if (builder->entities[i].given.len)
			add_variant(builder, (uint32_t)i, builder->entities[i].given);
	}
	for (size_t i = 0; i < builder->mention_count; i++) {
		const struct mention *mention = &builder->mentions[i];
		if (has_variants(builder->entities[mention->entity].entity.kind))
			add_variant(builder, mention->entity,
				    (struct str){ text.data + mention->start,
						  mention->end - mention->start });
	}
	share_variants(builder);
}

/* ---- the whole ---- */

static int compare_mentions(const void *a, const void *b)
{
	const struct mention *one = a, *two = b;
	if (one->start != two->start)
		return one->start < two->start ? -1 : 1;
	if (one->end != two->end)
		return one->end < two->end ? -1 : 1;
	return (one->entity > two->entity) - (one->entity < two->entity);
}

static void sort_mentions(struct result_builder *builder)
{
	size_t sorted = 1;
	while (sorted < builder->mention_count &&
	       compare_mentions(&builder->mentions[sorted - 1], &builder->mentions[sorted]) <= 0)
		sorted++;
	if (sorted < builder->mention_count)
		qsort(builder->mentions, builder->mention_count, sizeof(*builder->mentions),
		      compare_mentions);
}

static uint8_t confidence_of(const struct result_entity *entity)
{
	if (entity->entity.confidence == 100)
		return 100;
	const uint32_t most = entity->most ? entity->most : 99;
	const uint32_t sure = 100 - entity->doubt / (RESULT_DOUBT / 100);
	return (uint8_t)(sure < 1 ? 1 : sure > most ? most : sure);
}

static struct entity *copy_entities(const struct result_builder *builder)
{
	if (!builder->count)
		return NULL;
	struct entity *entities = arena_alloc(builder->arena, builder->count * sizeof(*entities));
	for (size_t i = 0; i < builder->count; i++) {
		entities[i] = builder->entities[i].entity;
		entities[i].confidence = confidence_of(&builder->entities[i]);
	}
	return entities;
}

void result_view(struct result_builder *builder, struct entity_result *result)
{
	sort_mentions(builder);
	*result = (struct entity_result){
		.entities = copy_entities(builder),
		.entity_count = builder->count,
		.mentions = builder->mentions,
		.mention_count = builder->mention_count,
	};
}

void result_finish(struct result_builder *builder, struct str text, struct entity_result *result)
{
	sort_mentions(builder);
	find_variants(builder, text);
	result_view(builder, result);
	const size_t size = builder->mention_count * sizeof(*builder->mentions);
	result->mentions = size ? memcpy(arena_alloc(builder->arena, size), builder->mentions, size)
				: NULL;
}
