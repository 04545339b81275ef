/* put_entities.h: articles that have just the entities that a test wants, put into an index by the writer. */
#ifndef DATELINE_PUT_ENTITIES_H
#define DATELINE_PUT_ENTITIES_H

#include "../../indexer/document.h"
#include "../../indexer/writer.h"
#include "testing.h"

#include "dateline/intern.h"
#include "dateline/record.h"

#define PUT_MAKER "1-test"

/* Up to the mark, which is taken away too. */
static inline struct str put_cut(struct str *rest, const char *mark)
{
	const char *at = memmem(rest->data, rest->len, mark, strlen(mark));
	const struct str piece = { rest->data, at ? (size_t)(at - rest->data) : rest->len };
	const size_t taken = piece.len + (at ? strlen(mark) : 0);
	*rest = (struct str){ rest->data + taken, rest->len - taken };
	return str_trim(piece);
}

static inline enum facet_kind put_kind(char letter)
{
	int kind = KIND_NONE + 1;
	while (schema_kind_letter((enum facet_kind)kind) != letter)
		ck_assert_int_lt(++kind, KIND_COUNT);
	return (enum facet_kind)kind;
}

/* "O African National Congress = ANC, the ANC": kind letter, name and variants; "90 N 2023-12": with a confidence. */
static inline struct entity put_entity(struct str text, struct arena *arena)
{
	struct entity entity = { .confidence = 100 };
	struct str variants = text, name = put_cut(&variants, "=");
	if (name.len > 2 && name.data[0] >= '0' && name.data[0] <= '9')
		entity.confidence = (uint8_t)strtoul(put_cut(&name, " ").data, NULL, 10);
	name = str_trim(name);
	entity.kind = put_kind(name.data[0]);
	entity.name = str_trim((struct str){ name.data + 1, name.len - 1 });
	entity.variants.items = arena_alloc(arena, 8 * sizeof(struct str));
	while (str_trim(variants).len) {
		ck_assert_uint_lt(entity.variants.count, 8);
		entity.variants.items[entity.variants.count++] = put_cut(&variants, ",");
	}
	return entity;
}

/* Entities are parted by semicolons. All of it lives in `arena`, and `text` must too. */
static inline struct entity_result put_entities(const char *text, struct arena *arena)
{
	struct entity_result found = { .entities = arena_alloc(arena, 16 * sizeof(struct entity)) };
	for (struct str rest = str_from(text); str_trim(rest).len;) {
		ck_assert_uint_lt(found.entity_count, 16);
		found.entities[found.entity_count++] = put_entity(put_cut(&rest, ";"), arena);
	}
	return found;
}

/* As in a text without a word. */
static inline struct document_places put_nowhere(const struct entity_result *found,
						 struct arena *arena)
{
	return (struct document_places){
		.entities = arena_zero(arena, found->entity_count + 1, sizeof(struct position_list)),
	};
}

/* An article with that id and those entities, as a preparer would hand it on. */
static inline void put_prepare(const char *id, const char *text, struct arena *arena,
			       struct prepared *prepared)
{
	const struct article article = { .id = str_from(id),
					 .text = STR(""),
					 .title = STR(""),
					 .origin = { .path = STR("/news/a.jsonl") } };
	const struct entity_result found = put_entities(text, arena);
	const struct document_places places = put_nowhere(&found, arena);
	struct document_date *dates;
	const size_t date_count = document_dates(&found, &places, arena, &dates);
	*prepared = (struct prepared){ .state = PREPARED_DOCUMENT,
				       .id = article.id,
				       .origin = article.origin,
				       .entities = found.entities,
				       .entity_count = found.entity_count,
				       .sentences = arena_zero(arena, found.entity_count + 1,
							       sizeof(struct str)),
				       .dates = dates,
				       .date_count = date_count };
	struct buffer record = { 0 };
	buffer_add_format(&record, "%s %s", id, text);
	hash_bytes_128(record.data, record.len, prepared->hash);
	const struct document_parts parts = {
		.article = &article,
		.found = &found,
		.places = &places,
		.dates = dates,
		.date_count = date_count,
		.stemmer = STR("und"),
		.file = STR("XFILE:00"),
		.hash = { (const char *)prepared->hash, 16 },
		.maker = STR(PUT_MAKER),
	};
	struct document *document = &prepared->document;
	document->postings =
		arena_alloc(arena, document_terms_max(&found, date_count) * sizeof(struct posting));
	document_add_terms(&parts, arena, document);
	document_add_values(&parts, arena, document);
	struct record_writer *records = record_writer_new();
	const struct record whole = { .article = article,
				      .entities = found.entities,
				      .entity_count = found.entity_count };
	buffer_reset(&record);
	prepared->checksum = record_encode(records, &whole, &record);
	document->record = arena_copy(arena, buffer_str(&record));
	record_writer_free(records);
	buffer_release(&record);
}

static inline void put_article(struct writer *writer, const char *id, const char *text)
{
	struct arena arena = { 0 };
	struct prepared prepared;
	enum writer_outcome outcome;
	struct error err = { 0 };
	put_prepare(id, text, &arena, &prepared);
	ck_assert_msg(writer_put(writer, &prepared, &arena, &outcome, &err) == STATUS_OK, "%s",
		      err.text);
	arena_release(&arena);
}

#endif
