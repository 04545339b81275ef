#include "entity_marks.h"

#include <stdlib.h>

/* A mention that may be marked. */
struct sighting {
	const struct mention *mention;
	struct mark mark; /* in the snippet */
};

/*
 * Speakers, datelines and agencies are people, places and organisations, which are mentioned at the same place; the years
 * and days of a text are plain to see.
 */
static bool is_markable(enum facet_kind kind)
{
	return kind == KIND_PERSON || kind == KIND_ORG || kind == KIND_PLACE || kind == KIND_OTHER;
}

/* Records come from a file, which may say anything. */
static bool cuts_character(struct str text, uint32_t at)
{
	return at < text.len && ((uint8_t)text.data[at] & 0xC0) == 0x80;
}

static bool find_place(struct str text, const struct snippet_places *places,
		       const struct mention *mention, struct mark *mark)
{
	if (cuts_character(text, mention->start) || cuts_character(text, mention->end))
		return false;
	for (size_t i = 0; i < places->count; i++) {
		const struct snippet_part *part = &places->parts[i];
		if (mention->start < part->start || mention->end > part->end)
			continue;
		*mark = (struct mark){ part->places[mention->start - part->start],
				       part->places[mention->end - part->start] };
		return mark->start < mark->end;
	}
	return false;
}

static int compare_lengths(const void *a, const void *b)
{
	const struct sighting *one = a, *two = b;
	const uint32_t lengths[] = { one->mark.end - one->mark.start,
				     two->mark.end - two->mark.start };
	if (lengths[0] != lengths[1])
		return lengths[0] > lengths[1] ? -1 : 1;
	if (one->mention != two->mention)
		return one->mention < two->mention ? -1 : 1;
	return 0;
}

static int compare_places(const void *a, const void *b)
{
	const struct sighting *one = a, *two = b;
	return one->mark.start < two->mark.start ? -1 : one->mark.start > two->mark.start;
}

/* Sorts by length first: what is as long or shorter lies over another only if one of its ends does. Returns how many stay. */
static size_t keep_longest(struct sighting *sightings, size_t count, size_t text_len)
{
	bool *taken = memory_zero(text_len + 1, sizeof(*taken));
	size_t kept = 0;
	if (count)
		qsort(sightings, count, sizeof(*sightings), compare_lengths);
	for (size_t i = 0; i < count; i++) {
		const struct mark mark = sightings[i].mark;
		if (taken[mark.start] || taken[mark.end - 1])
			continue;
		memset(taken + mark.start, true, mark.end - mark.start);
		sightings[kept++] = sightings[i];
	}
	if (kept)
		qsort(sightings, kept, sizeof(*sightings), compare_places);
	free(taken);
	return kept;
}

/* Under which name readers know it; *shown is false when it is hidden. */
static enum status name_mention(const struct record *record, const struct mention *mention,
				struct names *names, struct arena *arena, struct entity_mark *mark,
				bool *shown, struct error *err)
{
	struct str text = { record->article.text.data + mention->start,
			    mention->end - mention->start };
	struct entity entity = record->entities[mention->entity];
	struct point_list ends;
	bool known;
	mark->field = field_of_kind(entity.kind);
	mark->name = entity.name;
	*shown = true;
	enum status status = names_of_article(names, &entity, &known, arena, &ends, err);
	if (status == STATUS_OK && known && ends.count > 1) {
		/* It counts for several values: for which here says what it is called here. */
		entity.variants = (struct str_list){ &text, 1 };
		status = names_of_article(names, &entity, &known, arena, &ends, err);
	}
	if (status != STATUS_OK || !known)
		return status;
	*shown = ends.count > 0;
	if (!*shown)
		return STATUS_OK;
	mark->field = field_of_kind(ends.items[0].kind);
	return names_shown(names, ends.items[0], arena, &mark->name, err);
}

enum status mark_entities(const struct record *record, const struct snippet_places *places,
			  struct names *names, struct arena *arena, struct snippet *snippet,
			  struct error *err)
{
	struct sighting *sightings = memory_alloc(record->mention_count * sizeof(*sightings));
	size_t count = 0;
	for (size_t i = 0; i < record->mention_count; i++) {
		const struct mention *mention = &record->mentions[i];
		struct sighting *sighting = &sightings[count];
		sighting->mention = mention;
		count += is_markable(record->entities[mention->entity].kind) &&
			 find_place(record->article.text, places, mention, &sighting->mark);
	}
	count = keep_longest(sightings, count, snippet->text.len);
	snippet->entities = arena_alloc(arena, count * sizeof(*snippet->entities));
	enum status status = STATUS_OK;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct entity_mark *mark = &snippet->entities[snippet->entity_count];
		bool shown = false;
		mark->mark = sightings[i].mark;
		status = name_mention(record, sightings[i].mention, names, arena, mark, &shown, err);
		snippet->entity_count += shown;
	}
	free(sightings);
	return status;
}
