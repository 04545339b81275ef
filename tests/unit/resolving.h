/*
 * resolving.h: what names mean inside an article. A text has what the tagger would see in brackets: "[P Ada Lund #60]" is a
 * person, with a confidence of 60; O is an organisation, L a place, N a people, X something else. The answer is a list of
 * "words=kind:name".
 */
#ifndef DATELINE_RESOLVING_H
#define DATELINE_RESOLVING_H

#include "../../lib/entity/names.h"
#include "testing.h"

#include "dateline/utf8.h"

#include <stdlib.h>

static const char letters[] = "POLNX";
static const enum name_kind tagger_kinds[] = { NAME_PERSON, NAME_ORG, NAME_PLACE, NAME_PEOPLE,
					       NAME_OTHER };

static struct name_model *model;
static struct sight *sight;
static struct names names;
static struct arena arena;
static struct buffer text, shown;
static int16_t year; /* when the next articles appeared; 0: not known */

static inline void set_up(void)
{
	struct error err = { 0 };
	ck_assert_msg(name_model_open(NULL, &model, &err) == STATUS_OK, "%s", err.text);
	sight = sight_new(model);
}

static inline void tear_down(void)
{
	names_release(&names);
	names = (struct names){ 0 };
	sight_free(sight);
	name_model_close(model);
	arena_release(&arena);
	buffer_release(&text);
	buffer_release(&shown);
}

/* "[P Ada Lund #60]" from behind the bracket; returns what follows it. */
static inline const char *read_sighting(const char *at, struct sighting *sighting)
{
	const char *letter = strchr(letters, *at);
	const char *end = strchr(at, ']');
	ck_assert_ptr_nonnull(letter);
	ck_assert_ptr_nonnull(end);
	const char *mark = memmem(at, (size_t)(end - at), " #", 2);
	const char *stop = mark ? mark : end;
	*sighting = (struct sighting){
		.start = (uint32_t)text.len,
		.kind = (uint8_t)tagger_kinds[letter - letters],
		.confidence = mark ? (uint8_t)strtol(mark + 2, NULL, 10) : 90,
	};
	buffer_add(&text, at + 2, (size_t)(stop - at - 2));
	sighting->end = (uint32_t)text.len;
	return end + 1;
}

static inline void show(void)
{
	buffer_reset(&shown);
	for (size_t i = 0; i < names.spot_count; i++) {
		const struct spot *spot = &names.spots[i];
		if (spot->kind == KIND_NONE)
			continue;
		const struct thing *thing = &names.things[spot->thing];
		static const char shown_as[] = { 0, 'P', 'O', 'L', 'X' };
		buffer_add_format(&shown, "%s%.*s=%c:%.*s", shown.len ? "; " : "",
				  (int)(spot->end - spot->start), text.data + spot->start,
				  shown_as[thing->kind], STR_ARG(thing->name));
	}
}

static inline struct str resolve(const char *marked)
{
	struct sighting sightings[32];
	size_t count = 0;
	buffer_reset(&text);
	for (const char *at = marked; *at;) {
		if (*at != '[') {
			buffer_add_char(&text, *at++);
			continue;
		}
		ck_assert_uint_lt(count, 32);
		at = read_sighting(at + 1, &sightings[count++]);
	}
	struct paragraph paragraph = { 0, (uint32_t)text.len, PARAGRAPH_TEXT };
	const struct article article = {
		.text = buffer_str(&text),
		.published = { .year = year, .precision = year ? DATE_YEAR : DATE_NONE },
		.paragraphs = &paragraph,
		.paragraph_count = 1,
	};
	names_reset(&names, sight, article.text, &arena);
	for (size_t i = 0; i < count; i++)
		names_see(&names, &article, &sightings[i]);
	names_resolve(&names);
	show();
	return buffer_str(&shown);
}

#define GIVES(marked, expected) assert_str(resolve(marked), expected)

#endif
