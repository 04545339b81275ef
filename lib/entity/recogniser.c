#include "dateline/entity.h"

#include "byline.h"
#include "canonical.h"
#include "listed.h"
#include "look.h"
#include "names.h"
#include "repeats.h"
#include "result.h"
#include "roles.h"
#include "spelling.h"
#include "topics.h"
#include "weigh.h"
#include "when.h"

#include <stdlib.h>

/* The place that is meant by a name of the gazetteer; none for other names, and where none is. */
struct choice {
	const struct gazetteer_name *name;
	uint8_t confidence;
};

struct recogniser {
	enum entity_mode mode;
	struct sight *sight; /* NULL: no model */
	struct places places;
	struct given given;
	struct look look;
	struct listed_names listed; /* with a model only */
	struct names names;
	struct repeats repeats;
	struct result_builder result;
	struct choice *choices; /* parallel to look.items */
	size_t choice_capacity;
	struct role_list roles;
	struct when_list dates;
	uint32_t place_entities[PLACE_COUNT]; /* number + 1; 0: not in this article */
	bool is_listed[PLACE_COUNT];          /* by the publisher */
	bool is_settled[KIND_OTHER + 1];      /* nothing new of that kind comes from the text */
};

struct recogniser *recogniser_new(enum entity_mode mode, const struct name_model *model)
{
	struct recogniser *recogniser = memory_zero(1, sizeof(*recogniser));
	recogniser->mode = mode;
	if (mode == ENTITIES_AUTO && model) {
		recogniser->sight = sight_new(model);
		listed_init(&recogniser->listed);
	}
	if (mode != ENTITIES_OFF)
		places_init(&recogniser->places);
	return recogniser;
}

void recogniser_free(struct recogniser *recogniser)
{
	if (!recogniser)
		return;
	sight_free(recogniser->sight);
	places_release(&recogniser->places);
	given_release(&recogniser->given);
	look_release(&recogniser->look);
	listed_release(&recogniser->listed);
	names_release(&recogniser->names);
	repeats_release(&recogniser->repeats);
	result_release(&recogniser->result);
	role_list_release(&recogniser->roles);
	when_list_release(&recogniser->dates);
	free(recogniser->choices);
	free(recogniser);
}

static void settle_kinds(struct recogniser *recogniser, const struct article *article)
{
	const bool is_given = recogniser->mode == ENTITIES_GIVEN;
	bool *settled = recogniser->is_settled;
	settled[KIND_PERSON] = is_given || article->gives_people || article->people.count;
	settled[KIND_ORG] = is_given || article->gives_orgs || article->orgs.count;
	settled[KIND_PLACE] = is_given || article->gives_places || article->places.count;
}

static void reset(struct recogniser *recogniser, const struct article *article, struct arena *arena)
{
	result_reset(&recogniser->result, arena);
	memset(recogniser->place_entities, 0, sizeof(recogniser->place_entities));
	memset(recogniser->is_listed, 0, sizeof(recogniser->is_listed));
	places_reset(&recogniser->places, article);
	given_reset(&recogniser->given);
	settle_kinds(recogniser, article);
}

/* ---- what the publisher gives ---- */

static uint32_t add_given(struct recogniser *recogniser, enum facet_kind kind, struct str text,
			  struct arena *arena, enum place_id *place)
{
	const struct str name = canonical_name(kind, text, arena, place);
	if (!name.len)
		return ENTITY_NONE;
	return result_give(&recogniser->result, kind, name, spelling_collapse(text, arena));
}

static void add_sought(struct recogniser *recogniser, uint32_t number, struct arena *arena)
{
	const struct result_entity *given = &recogniser->result.entities[number];
	const struct given_entity entity = {
		given->entity.kind,
		given->entity.name,
		given->given,
		number,
	};
	given_add(&recogniser->given, &entity, arena);
}

static void add_list(struct recogniser *recogniser, enum facet_kind kind, struct str_list list,
		     struct arena *arena)
{
	for (size_t i = 0; i < list.count; i++) {
		const size_t before = recogniser->result.count;
		enum place_id place;
		const uint32_t number = add_given(recogniser, kind, list.items[i], arena, &place);
		if (recogniser->result.count == before)
			continue;
		/* Where the gazetteer knows a place, it knows its names and what else they mean. */
		if (place) {
			recogniser->is_listed[place] = true;
			recogniser->place_entities[place] = number + 1;
		} else {
			add_sought(recogniser, number, arena);
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

/* A topic that is a path is in all topics on its way: who looks for "World" finds "World > Asia". */
static void add_topics(struct recogniser *recogniser, struct str_list list, struct arena *arena)
{
	enum place_id place;
	for (size_t i = 0; i < list.count; i++) {
		const struct str topic = canonical_name(KIND_TOPIC, list.items[i], arena, &place);
		size_t lengths[TOPIC_DEPTH_MAX];
		const size_t levels = topic_levels(topic, lengths);
		for (size_t k = 0; k < levels; k++)
			add_given(recogniser, KIND_TOPIC, (struct str){ topic.data, lengths[k] },
				  arena, &place);
	}
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
		authors += !byline_is_no_author(list.items[i]) && !byline_is_furniture(list.items[i]);
	for (size_t i = 0; i < list.count; i++) {
		if (byline_is_furniture(list.items[i]))
			continue;
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
	add_topics(recogniser, article->topics, arena);
	add_value(recogniser, KIND_SECTION, article->section, arena);
	add_value(recogniser, KIND_LANGUAGE, article->language, arena);
}

/* ---- what the text has ---- */

/* The tagger has learned English. */
static bool can_tag(const struct recogniser *recogniser, const struct article *article)
{
	if (!recogniser->sight)
		return false;
	const struct language *language = language_of_text(article->language);
	return language && strcmp(language->code, "en") == 0;
}

/* False when the tagger has not read the article. */
static bool see_names(struct recogniser *recogniser, const struct article *article,
		      struct arena *arena)
{
	names_reset(&recogniser->names, recogniser->sight, article->text, arena);
	if (!can_tag(recogniser, article))
		return false;
	size_t count;
	const struct sighting *seen = sight_run(recogniser->sight, article, &count);
	seen = listed_find(&recogniser->listed, article, &recogniser->look.view, seen, &count);
	for (size_t i = 0; i < count; i++)
		names_see(&recogniser->names, article, &seen[i]);
	return true;
}

/* ---- which places are meant ---- */

/* What is somebody's name, "Michael Jordan", makes that name doubtful elsewhere. */
static void note(struct places *places, struct found found)
{
	if (found.given != GIVEN_NONE || found.evidence == EVIDENCE_AGAINST)
		return;
	if (found.evidence == EVIDENCE_PERSON)
		found.verdict = VERDICT_OTHER;
	places_note(places, &found);
}

static struct choice choose(struct recogniser *recogniser, const struct found *found)
{
	struct choice choice = { 0 };
	if (found->given != GIVEN_NONE || found->evidence >= EVIDENCE_AGAINST)
		return choice;
	choice.name = places_decide(&recogniser->places, found,
				    recogniser->is_settled[KIND_PLACE] ? recogniser->is_listed : NULL,
				    &choice.confidence);
	if (found->evidence == EVIDENCE_SILENT && choice.confidence > 20)
		choice.confidence = (uint8_t)(choice.confidence - 20);
	return choice;
}

static void drop_spots(struct names *names, size_t *spot, uint32_t start, uint32_t end)
{
	while (*spot < names->spot_count && names->spots[*spot].end <= start)
		++*spot;
	for (size_t i = *spot; i < names->spot_count && names->spots[i].start < end; i++)
		names->spots[i].kind = KIND_NONE;
}

static bool is_town_elsewhere(const struct found *found)
{
	return found->evidence == EVIDENCE_SUPPORT && found->verdict == VERDICT_OTHER;
}

/* What the tagger takes for a place, where the article has somebody of that name: "Michael Jordan", "Jordan". */
static bool is_somebody(const struct found *found)
{
	const unsigned care = gazetteer_names[found->row].care;
	return found->evidence == EVIDENCE_SUPPORT && !found->is_sure && found->spot != SPOT_NONE &&
	       found->verdict == VERDICT_SURE && care & (CARE_SURNAME | CARE_FORENAME) &&
	       !(care & CARE_SUPPORT);
}

/* What is a place of the gazetteer is no other name; and "Paris, Texas" none that could be told from Paris. */
static void choose_all(struct recogniser *recogniser)
{
	const struct look *look = &recogniser->look;
	const struct token *tokens = look->view.tokens;
	size_t spot = 0;
	if (look->count > recogniser->choice_capacity) {
		recogniser->choice_capacity = look->count + look->count / 2;
		recogniser->choices =
			memory_grow(recogniser->choices,
				    recogniser->choice_capacity * sizeof(*recogniser->choices));
	}
	for (size_t i = 0; i < look->count; i++) {
		const struct found *found = &look->items[i];
		recogniser->choices[i] = choose(recogniser, found);
		if (!recogniser->choices[i].name && is_somebody(found))
			recogniser->names.spots[found->spot].kind = KIND_PERSON;
		else if (recogniser->choices[i].name || is_town_elsewhere(found))
			drop_spots(&recogniser->names, &spot, tokens[found->first].start,
				   tokens[found->last].end);
	}
}

/* ---- mentions ---- */

static uint32_t place_entity(struct recogniser *recogniser, enum place_id place)
{
	uint32_t *known = &recogniser->place_entities[place];
	if (!*known)
		*known = 1 + result_add(&recogniser->result, KIND_PLACE,
					str_from(place_table[place].name));
	return *known - 1;
}

static uint8_t rule_of(const struct gazetteer_name *name, bool is_settled)
{
	if (name->use == USE_PEOPLE)
		return RULE_DEMONYM;
	return is_settled ? RULE_PUBLISHER : RULE_GAZETTEER;
}

static void mention_found(struct recogniser *recogniser, size_t i)
{
	const struct found *found = &recogniser->look.items[i];
	const struct choice *choice = &recogniser->choices[i];
	const struct token *tokens = recogniser->look.view.tokens;
	struct mention mention = { .start = tokens[found->first].start,
				   .end = tokens[found->last].end };
	if (found->given != GIVEN_NONE && found->evidence < EVIDENCE_AGAINST) {
		const struct given_name *name = &recogniser->given.names[found->given];
		mention.entity = name->entity;
		mention.rule = RULE_PUBLISHER;
		mention.confidence = name->confidence;
	} else if (choice->name) {
		mention.entity = place_entity(recogniser, choice->name->place);
		mention.rule = rule_of(choice->name, recogniser->is_settled[KIND_PLACE]);
		mention.confidence = choice->confidence;
	} else {
		return;
	}
	result_mention(&recogniser->result, mention);
}

/* ENTITY_NONE: what the publisher lists of that kind has no such thing. */
static uint32_t thing_entity(struct recogniser *recogniser, struct thing *thing)
{
	struct result_builder *result = &recogniser->result;
	if (!thing->entity)
		thing->entity = 1 + (recogniser->is_settled[thing->kind]
					     ? result_find(result, thing->kind, thing->name)
					     : result_add(result, thing->kind, thing->name));
	return thing->entity - 1;
}

static void mention_spot(struct recogniser *recogniser, const struct spot *spot)
{
	if (!spot->kind)
		return;
	const uint32_t entity = thing_entity(recogniser, &recogniser->names.things[spot->thing]);
	if (entity == ENTITY_NONE)
		return;
	const uint8_t most = recogniser->names.things[spot->thing].most;
	if (most)
		result_limit(&recogniser->result, entity, most);
	const struct mention mention = {
		.start = spot->start,
		.end = spot->end,
		.entity = entity,
		.rule = spot->rule,
		.confidence = spot->confidence,
	};
	result_mention(&recogniser->result, mention);
}

/* In the order of the text, so that entities come in the order of first sight. */
static void mention_all(struct recogniser *recogniser)
{
	const struct look *look = &recogniser->look;
	const struct names *names = &recogniser->names;
	for (size_t i = 0, j = 0; i < look->count || j < names->spot_count;) {
		const bool is_spot =
			i == look->count ||
			(j < names->spot_count &&
			 names->spots[j].start < look->view.tokens[look->items[i].first].start);
		if (is_spot)
			mention_spot(recogniser, &names->spots[j++]);
		else
			mention_found(recogniser, i++);
	}
}

static void read_text(struct recogniser *recogniser, const struct article *article,
		      const struct token_list *tokens, struct arena *arena)
{
	struct look *look = &recogniser->look;
	look->places = &recogniser->places;
	look->given = &recogniser->given;
	look->article = article;
	look->view = (struct view){ article->text, tokens->items, tokens->count };
	look->has_given = recogniser->given.count > 0;
	look->has_places = !recogniser->is_settled[KIND_PLACE] || article->places.count;
	look_everywhere(look);
	if (see_names(recogniser, article, arena))
		weigh(&look->view, look->items, look->count, &recogniser->names);
	for (size_t i = 0; i < look->count; i++)
		note(&recogniser->places, look->items[i]);
	choose_all(recogniser);
	names_resolve(&recogniser->names);
	mention_all(recogniser);
	repeats_find(&recogniser->repeats, article, &look->view, &recogniser->names,
		     &recogniser->result);
}

/* ---- roles and dates ---- */

static void mention_role(struct result_builder *result, const struct role *role)
{
	const uint32_t entity = result_add(result, role->kind, role->name);
	if (entity == ENTITY_NONE)
		return;
	/* That somebody speaks is no surer than who it is. */
	const uint32_t person = role->kind == KIND_SPEAKER
					? result_find(result, KIND_PERSON, role->name)
					: ENTITY_NONE;
	if (person != ENTITY_NONE && result->entities[person].most)
		result_limit(result, entity, result->entities[person].most);
	/* What a field of the article says has no place in the text. */
	if (role->start == role->end) {
		result_believe(result, entity, role->confidence);
		return;
	}
	const struct mention mention = {
		.start = role->start,
		.end = role->end,
		.entity = entity,
		.rule = role->rule,
		.confidence = role->confidence,
	};
	result_mention(result, mention);
}

static void find_roles(struct recogniser *recogniser, const struct article *article,
		       struct arena *arena)
{
	struct entity_result found;
	result_view(&recogniser->result, &found);
	recogniser->roles.count = 0;
	roles_find(article, &found, arena, &recogniser->roles);
	for (size_t i = 0; i < recogniser->roles.count; i++)
		mention_role(&recogniser->result, &recogniser->roles.items[i]);
}

static void mention_date(struct result_builder *result, const struct when *when)
{
	char text[DATE_TEXT_SIZE];
	const size_t len = date_format(&when->date, text);
	const uint32_t entity =
		result_add(result, KIND_WHEN, arena_copy(result->arena, (struct str){ text, len }));
	const struct mention mention = {
		.start = when->start,
		.end = when->end,
		.entity = entity,
		.rule = when->is_relative ? RULE_RELATIVE : RULE_DATE,
		.confidence = when->confidence,
	};
	if (entity != ENTITY_NONE)
		result_mention(result, mention);
}

static void find_dates(struct recogniser *recogniser, const struct article *article)
{
	recogniser->dates.count = 0;
	when_find(article, &recogniser->dates);
	for (size_t i = 0; i < recogniser->dates.count; i++)
		mention_date(&recogniser->result, &recogniser->dates.items[i]);
}

/* ---- the whole ---- */

void recogniser_run(struct recogniser *recogniser, const struct article *article,
		    const struct token_list *tokens, struct arena *arena,
		    struct entity_result *result)
{
	reset(recogniser, article, arena);
	add_publishers(recogniser, article, arena);
	if (recogniser->mode != ENTITIES_OFF)
		read_text(recogniser, article, tokens, arena);
	if (recogniser->mode == ENTITIES_AUTO) {
		find_roles(recogniser, article, arena);
		find_dates(recogniser, article);
	}
	result_finish(&recogniser->result, article->text, result);
}
