/*
 * sight.h: the names that the tagger sees in an article, as bytes of its text.
 *
 * The tagger has tokens and views of its own, which look like those of the analyser and are not; this keeps them apart.
 */
#ifndef DATELINE_SIGHT_H
#define DATELINE_SIGHT_H

#include "dateline/entity.h"
#include "tagger/tags.h"

struct sighting {
	uint32_t start, end; /* bytes in article.text */
	uint8_t kind;        /* enum name_kind */
	uint8_t confidence;  /* percent */
	uint8_t rule;        /* enum mention_rule; RULE_NONE: the tagger's */
};

static inline struct str sighting_text(struct str text, const struct sighting *sighting)
{
	return (struct str){ text.data + sighting->start, sighting->end - sighting->start };
}

struct sightings {
	struct sighting *items;
	size_t count, capacity;
};

static inline void sightings_add(struct sightings *list, struct sighting sighting)
{
	memory_reserve(&list->items, &list->capacity, list->count, sizeof(*list->items));
	list->items[list->count++] = sighting;
}

/* What the model knows of a word or a whole name, whatever the article says. */
enum listed {
	LISTED_PERSON = 1, /* somebody's whole name */
	LISTED_FORENAME = 2,
	LISTED_SURNAME = 4,
	LISTED_PLACE = 8, /* a country, region or larger city, or a people */
	LISTED_ORG = 16,
};

struct sight;

/* One a thread; borrows the model. */
struct sight *sight_new(const struct name_model *model);
void sight_free(struct sight *sight); /* takes NULL */

/* The names, by start and apart from each other; the sight's own until the next run. */
const struct sighting *sight_run(struct sight *sight, const struct article *article, size_t *count);

/* Bits of enum listed. */
unsigned sight_listed(struct sight *sight, struct str name);

#endif
