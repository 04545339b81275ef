/*
 * result.h: the entities and mentions of an article, while they are being gathered.
 *
 * {0} is an empty one; reset it for each article.
 */
#ifndef DATELINE_RESULT_H
#define DATELINE_RESULT_H

#include "dateline/entity.h"
#include "dateline/intern.h"

struct result_entity {
	struct entity entity;
	struct str given;  /* what the publisher calls it; empty when only the text does */
	uint32_t doubt;    /* that no mention is right, in millionths */
	uint8_t most;      /* percent that it is sure at most; 0: any */
	uint32_t variants; /* how many */
	struct str last;   /* the variant looked at last */
};

struct result_variant {
	struct str text;
	uint32_t entity;
};

struct result_builder {
	struct arena *arena; /* of the result */
	struct intern names; /* kind and name key -> number of the entity */
	struct intern calls; /* number of the entity and key of what it is called */
	struct buffer key;
	struct result_entity *entities;
	size_t count, capacity;
	struct mention *mentions;
	size_t mention_count, mention_capacity;
	struct result_variant *variants;
	size_t variant_count, variant_capacity;
};

#define ENTITY_NONE UINT32_MAX

void result_release(struct result_builder *builder);
void result_reset(struct result_builder *builder, struct arena *arena);

/* The entity of that kind and name, which is kept in the arena by the caller; ENTITY_NONE when there is none. */
uint32_t result_find(struct result_builder *builder, enum facet_kind kind, struct str name);

/* The same, and new when there is none yet; ENTITY_NONE for a name without a letter or digit. */
uint32_t result_add(struct result_builder *builder, enum facet_kind kind, struct str name);

/* As result_add, for what the publisher lists as `given`: it is sure. */
uint32_t result_give(struct result_builder *builder, enum facet_kind kind, struct str name,
		     struct str given);

/* There is evidence for the entity that is no mention. */
void result_believe(struct result_builder *builder, uint32_t entity, uint8_t confidence);

/* All evidence for what is not the publisher's rests on one guess, which is so sure at most, in percent. */
void result_limit(struct result_builder *builder, uint32_t entity, uint8_t most);

void result_mention(struct result_builder *builder, struct mention mention);

/*
 * What there is so far, with the mentions in order and without variants: borrowed from the builder until something is added, the
 * entities from its arena.
 */
void result_view(struct result_builder *builder, struct entity_result *result);

/* Sorts the mentions, works out variants and confidences, and fills *result. */
void result_finish(struct result_builder *builder, struct str text, struct entity_result *result);

#endif
