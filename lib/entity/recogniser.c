#include "dateline/entity.h"

#include "byline.h"
#include "canonical.h"
#include "given.h"
#include "places.h"
#include "spelling.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stdlib.h>

struct recogniser {
	enum entity_mode mode;
	struct places places;
	struct given given;
	struct intern names; /* kind and name key -> place in entities */
	struct buffer key;
	struct entity *entities;
	size_t entity_count, entity_capacity;
	struct mention *mentions;
	size_t mention_count, mention_capacity;
	struct found *found;
	size_t found_count, found_capacity;
	uint32_t place_entities[PLACE_COUNT]; /* number + 1; 0: not in this article */
	bool is_listed[PLACE_COUNT];          /* by the publisher */
};

struct recogniser *recogniser_new(enum entity_mode mode)
{
	struct recogniser *recogniser = memory_zero(1, sizeof(*recogniser));
	recogniser->mode = mode;
	if (mode != ENTITIES_OFF)
		places_init(&recogniser->places);
	return recogniser;
}

void recogniser_free(struct recogniser *recogniser)
{
	if (!recogniser)
		return;
	places_release(&recogniser->places);
	given_release(&recogniser->given);
	intern_release(&recogniser->names);
	buffer_release(&recogniser->key);
	free(recogniser->entities);
	free(recogniser->mentions);
	free(recogniser->found);
	free(recogniser);
}

/* An article with more names than this is rare, and clearing its table for each one after it would be slow. */
#define NAMES_KEPT 4096

static void reset(struct recogniser *recogniser, const struct article *article)
{
	if (recogniser->names.slot_count > NAMES_KEPT)
		intern_release(&recogniser->names);
	else
		intern_reset(&recogniser->names);
	recogniser->entity_count = 0;
	recogniser->mention_count = 0;
	recogniser->found_count = 0;
	memset(recogniser->place_entities, 0, sizeof(recogniser->place_entities));
	memset(recogniser->is_listed, 0, sizeof(recogniser->is_listed));
	places_reset(&recogniser->places, article);
	given_reset(&recogniser->given);
}

/* ---- entities ---- */

#define ENTITY_NONE UINT32_MAX

static uint32_t new_entity(struct recogniser *recogniser, enum facet_kind kind, struct str name,
			   struct str variant)
{
	memory_reserve(&recogniser->entities, &recogniser->entity_capacity,
		       recogniser->entity_count, sizeof(*recogniser->entities));
	recogniser->entities[recogniser->entity_count] = (struct entity){
		.kind = kind,
		.name = name,
		.variant = str_equal(name, variant) ? STR("") : variant,
	};
	return (uint32_t)recogniser->entity_count++;
}

/* The number of the entity, which is new or has that name already; ENTITY_NONE when no letter is in it. */
static uint32_t add_entity(struct recogniser *recogniser, enum facet_kind kind, struct str name,
			   struct str variant)
{
	struct buffer *key = &recogniser->key;
	buffer_reset(key);
	buffer_add_char(key, (char)kind);
	utf8_name_key(name, key);
	if (key->len < 2)
		return ENTITY_NONE;
	bool is_new;
	const uint32_t number = intern_add(&recogniser->names, buffer_str(key), &is_new);
	return is_new ? new_entity(recogniser, kind, name, variant) : number;
}

/* ---- what the publisher gives ---- */

static uint32_t add_given(struct recogniser *recogniser, enum facet_kind kind, struct str text,
			  struct arena *arena, enum place_id *place)
{
	const struct str name = canonical_name(kind, text, arena, place);
	if (!name.len)
		return ENTITY_NONE;
	return add_entity(recogniser, kind, name, spelling_collapse(text, arena));
}

static void add_list(struct recogniser *recogniser, enum facet_kind kind, struct str_list list,
		     struct arena *arena)
{
	for (size_t i = 0; i < list.count; i++) {
		const size_t before = recogniser->entity_count;
		enum place_id place;
		const uint32_t number = add_given(recogniser, kind, list.items[i], arena, &place);
		if (recogniser->entity_count == before)
			continue;
		/* Where the gazetteer knows a place, it knows its names and what else they mean. */
		if (place) {
			recogniser->is_listed[place] = true;
			recogniser->place_entities[place] = number + 1;
		} else {
			given_add(&recogniser->given, &recogniser->entities[number], number, arena);
		}
	}
}

static void add_values(struct recogniser *recogniser, enum facet_kind kind, struct str_list list,
		       struct arena *arena)
{
	enum place_id place;
	for (size_t i = 0; i < list.count; i++)
		add_given(recogniser, kind, list.items[i], arena, &place);
}

static void add_value(struct recogniser *recogniser, enum facet_kind kind, struct str value,
		      struct arena *arena)
{
	add_values(recogniser, kind, (struct str_list){ &value, 1 }, arena);
}

/* Agencies and offices are left out where an author stays. */
static void add_authors(struct recogniser *recogniser, struct str_list list, struct arena *arena)
{
	enum place_id place;
	size_t authors = 0;
	for (size_t i = 0; i < list.count; i++)
		authors += !byline_is_no_author(list.items[i]);
	for (size_t i = 0; i < list.count; i++) {
		if (!authors || !byline_is_no_author(list.items[i]))
			add_given(recogniser, KIND_AUTHOR, list.items[i], arena, &place);
	}
}

static void add_publishers(struct recogniser *recogniser, const struct article *article,
			   struct arena *arena)
{
	if (recogniser->mode != ENTITIES_OFF) {
		add_list(recogniser, KIND_PERSON, article->people, arena);
		add_list(recogniser, KIND_ORG, article->orgs, arena);
		add_list(recogniser, KIND_PLACE, article->places, arena);
		given_finish(&recogniser->given);
	}
	add_value(recogniser, KIND_SOURCE, article->source, arena);
	add_authors(recogniser, article->authors, arena);
	add_values(recogniser, KIND_TOPIC, article->topics, arena);
	add_value(recogniser, KIND_SECTION, article->section, arena);
	add_value(recogniser, KIND_LANGUAGE, article->language, arena);
}

/* ---- what the text has ---- */

struct reading {
	struct recogniser *recogniser;
	const struct article *article;
	struct view view;
	bool has_given, has_places;
	size_t free_from; /* tokens before this are taken */
};

/* Whatever is known by that word at that token, if it is better than *found. */
static void look_up(struct reading *reading, size_t at, struct str word, struct found *found)
{
	struct recogniser *recogniser = reading->recogniser;
	size_t first = at, last = at;
	uint32_t name = 0;
	struct found place;
	if (reading->has_places &&
	    places_find(&recogniser->places, &reading->view, reading->article, at, word, &place) &&
	    (!found->rows || found_is_better(&place, found)))
		*found = place;
	if (reading->has_given &&
	    given_find(&recogniser->given, &reading->view, at, word, &first, &last, &name) &&
	    first >= reading->free_from && (!found->rows || last >= found->last))
		*found = (struct found){ (uint32_t)first, (uint32_t)last, name, 0, 1, VERDICT_SURE };
}

/* What begins at a word that is spelled with an apostrophe, or had one: "N'Djamena", "People's". */
static void look_up_plain(struct reading *reading, size_t at, struct found *found)
{
	struct plain_word plain;
	for (int with_s = 0; with_s < 2; with_s++) {
		plain_word(&reading->view.tokens[at], with_s, &plain);
		look_up(reading, at, (struct str){ plain.data, plain.len }, found);
	}
}

static void take(struct reading *reading, const struct found *found)
{
	struct recogniser *recogniser = reading->recogniser;
	reading->free_from = found->last + 1;
	if (found->given == GIVEN_NONE)
		places_note(&recogniser->places, found);
	memory_reserve(&recogniser->found, &recogniser->found_capacity, recogniser->found_count,
		       sizeof(*recogniser->found));
	recogniser->found[recogniser->found_count++] = *found;
}

/* Does a name begin like this? The token's word, which lies elsewhere in memory, is not touched. */
static inline bool may_begin(const struct reading *reading, const struct token *token)
{
	const struct recogniser *recogniser = reading->recogniser;
	const struct str *text = &reading->view.text;
	if (text->len - token->start < WORD_START)
		return true;
	const uint32_t start = word_start(text->data + token->start, token->end - token->start);
	return (reading->has_places && word_index_may_have(&recogniser->places.index, start)) ||
	       (reading->has_given && word_index_may_have(&recogniser->given.index, start));
}

#define CHUNK 256

/* Up to CHUNK tokens from `from` on: those that may begin a name, and their number. */
static size_t pick(const struct reading *reading, size_t from, uint32_t picked[CHUNK])
{
	const unsigned looked_at = TOKEN_CAPITAL | TOKEN_JOINED | TOKEN_BIGRAM;
	const struct token *tokens = reading->view.tokens;
	const size_t left = reading->view.count - from;
	const size_t end = from + (left < CHUNK ? left : CHUNK);
	size_t capitals = 0, count = 0;
	/* A name begins with a capital, and most words do not. */
	for (size_t i = from; i < end; i++) {
		picked[capitals] = (uint32_t)i;
		capitals += (tokens[i].flags & looked_at) == TOKEN_CAPITAL;
	}
	for (size_t i = 0; i < capitals; i++) {
		const uint32_t token = picked[i];
		picked[count] = token;
		count += may_begin(reading, &tokens[token]);
	}
	return count;
}

static void look_at(struct reading *reading, size_t at)
{
	const struct token *token = &reading->view.tokens[at];
	const struct str word = token->word->folded;
	struct found found = { 0 };
	look_up(reading, at, word, &found);
	if (token->flags & TOKEN_POSSESSIVE || memchr(word.data, '\'', word.len))
		look_up_plain(reading, at, &found);
	if (found.rows)
		take(reading, &found);
}

static void find_all(struct reading *reading)
{
	uint32_t picked[CHUNK] = { 0 };
	for (size_t from = 0; from < reading->view.count; from += CHUNK) {
		const size_t count = pick(reading, from, picked);
		for (size_t i = 0; i < count; i++) {
			if (picked[i] >= reading->free_from)
				look_at(reading, picked[i]);
		}
	}
}

/* ---- mentions ---- */

static void add_mention(struct recogniser *recogniser, const struct view *view,
			const struct found *found, struct mention mention)
{
	mention.start = view->tokens[found->first].start;
	mention.end = view->tokens[found->last].end;
	memory_reserve(&recogniser->mentions, &recogniser->mention_capacity,
		       recogniser->mention_count, sizeof(*recogniser->mentions));
	recogniser->mentions[recogniser->mention_count++] = mention;
}

/* A list that is given has its places here already; without one, no two places are of one name. */
static uint32_t place_entity(struct recogniser *recogniser, const struct view *view,
			     enum place_id place, const struct found *found)
{
	uint32_t *known = &recogniser->place_entities[place];
	if (!*known) {
		const uint32_t from = view->tokens[found->first].start;
		const uint32_t to = view->tokens[found->last].end;
		*known = 1 + new_entity(recogniser, KIND_PLACE, str_from(place_table[place].name),
					(struct str){ view->text.data + from, to - from });
	}
	return *known - 1;
}

static uint8_t rule_of(const struct gazetteer_name *name, bool is_settled)
{
	if (name->use == USE_PEOPLE)
		return RULE_DEMONYM;
	return is_settled ? RULE_PUBLISHER : RULE_GAZETTEER;
}

static void decide(struct reading *reading, const struct found *found, bool is_settled)
{
	struct recogniser *recogniser = reading->recogniser;
	struct mention mention = { 0 };
	if (found->given != GIVEN_NONE) {
		const struct given_name *name = &recogniser->given.names[found->given];
		mention.entity = name->entity;
		mention.rule = RULE_PUBLISHER;
		mention.confidence = name->confidence;
		add_mention(recogniser, &reading->view, found, mention);
		return;
	}
	const struct gazetteer_name *name = places_decide(&recogniser->places, found,
							  is_settled ? recogniser->is_listed : NULL,
							  &mention.confidence);
	if (!name)
		return;
	mention.entity = place_entity(recogniser, &reading->view, name->place, found);
	mention.rule = rule_of(name, is_settled);
	add_mention(recogniser, &reading->view, found, mention);
}

static void read_text(struct recogniser *recogniser, const struct article *article,
		      const struct token_list *tokens)
{
	const bool is_settled = recogniser->mode == ENTITIES_GIVEN || article->gives_places ||
				article->places.count;
	struct reading reading = {
		.recogniser = recogniser,
		.article = article,
		.view = { article->text, tokens->items, tokens->count },
		.has_given = recogniser->given.count > 0,
		.has_places = !is_settled || article->places.count,
	};
	find_all(&reading);
	for (size_t i = 0; i < recogniser->found_count; i++)
		decide(&reading, &recogniser->found[i], is_settled);
}

/* ---- the whole ---- */

static void *copy(struct arena *arena, const void *items, size_t count, size_t size)
{
	if (!count)
		return NULL;
	return memcpy(arena_alloc(arena, count * size), items, count * size);
}

void recogniser_run(struct recogniser *recogniser, const struct article *article,
		    const struct token_list *tokens, struct arena *arena,
		    struct entity_result *result)
{
	reset(recogniser, article);
	add_publishers(recogniser, article, arena);
	if (recogniser->mode != ENTITIES_OFF)
		read_text(recogniser, article, tokens);
	*result = (struct entity_result){
		.entities = copy(arena, recogniser->entities, recogniser->entity_count,
				 sizeof(*recogniser->entities)),
		.entity_count = recogniser->entity_count,
		.mentions = copy(arena, recogniser->mentions, recogniser->mention_count,
				 sizeof(*recogniser->mentions)),
		.mention_count = recogniser->mention_count,
	};
}
