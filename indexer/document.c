#include "document.h"

#include "dateline/field.h"

#include <stdlib.h>

/* ---- dates that are mentioned ---- */

static int compare_numbers(const void *a, const void *b)
{
	const struct facet_value *left = a, *right = b;
	return (left->number > right->number) - (left->number < right->number);
}

/* Each number once, with the greatest confidence that it has. */
static size_t unite(struct facet_value *dates, size_t count)
{
	size_t kept = 0;
	if (count)
		qsort(dates, count, sizeof(*dates), compare_numbers);
	for (size_t i = 0; i < count; i++) {
		if (!kept || dates[kept - 1].number != dates[i].number)
			dates[kept++] = dates[i];
		else if (dates[kept - 1].confidence < dates[i].confidence)
			dates[kept - 1].confidence = dates[i].confidence;
	}
	return kept;
}

/* A date, its month and its year; as many of them as are known. */
static size_t add_with_ancestors(const struct entity *entity, struct facet_value *to)
{
	struct date date;
	if (!date_parse(entity->name, &date) || date.precision == DATE_NONE)
		return 0;
	const size_t count = date.precision >= DATE_DAY ? 3 : date.precision >= DATE_MONTH ? 2 : 1;
	for (size_t i = count; i > 0; i--) {
		if (i < 3)
			date.day = 0;
		if (i < 2)
			date.month = 0;
		to[i - 1] = (struct facet_value){
			.kind = KIND_WHEN,
			.number = schema_when_number(&date),
			.confidence = entity->confidence,
		};
	}
	return count;
}

size_t document_dates(const struct entity_result *found, struct arena *arena,
		      struct facet_value **dates)
{
	size_t entities = 0, count = 0;
	for (size_t i = 0; i < found->entity_count; i++)
		entities += found->entities[i].kind == KIND_WHEN;
	*dates = NULL;
	if (!entities)
		return 0;
	*dates = arena_alloc(arena, 3 * entities * sizeof(**dates));
	for (size_t i = 0; i < found->entity_count; i++)
		if (found->entities[i].kind == KIND_WHEN)
			count += add_with_ancestors(&found->entities[i], *dates + count);
	return unite(*dates, count);
}

static void add_date_term(uint32_t number, struct buffer *term)
{
	const struct date date = schema_when_date(number);
	char terms[3][16];
	/* The last is that of the date itself; the others are those of its ancestors. */
	buffer_add_text(term, terms[schema_when_terms(&date, terms) - 1]);
}

/* ---- terms ---- */

/* Terms of an article that are neither of words nor of entities: id, file, stemmer, maker, three of the date. */
#define OTHER_TERMS_MAX 7

size_t document_terms_max(const struct entity_result *found, size_t date_count)
{
	size_t terms = OTHER_TERMS_MAX + found->entity_count + date_count;
	for (size_t i = 0; i < found->entity_count; i++)
		terms += found->entities[i].variants.count;
	return terms;
}

/* A term that only says that the document has something: no weight, no position. */
static void add_flag_term(struct document *document, struct buffer *term, struct arena *arena)
{
	document->postings[document->posting_count++] =
		(struct posting){ .term = arena_copy(arena, buffer_str(term)) };
	buffer_reset(term);
}

static void add_value_term(struct document *document, const struct field *field, struct str value,
			   struct buffer *term, struct arena *arena)
{
	if (!field)
		return;
	schema_value_term(field, value, term);
	add_flag_term(document, term, arena);
}

static void add_entity_terms(const struct entity *entity, struct buffer *term, struct arena *arena,
			     struct document *document)
{
	if (entity->kind == KIND_WHEN)
		return;
	add_value_term(document, field_of_kind(entity->kind), entity->name, term, arena);
	for (size_t i = 0; i < entity->variants.count; i++)
		if (schema_alias_term(entity->kind, entity->variants.items[i], entity->name, term))
			add_flag_term(document, term, arena);
}

static void add_published_terms(const struct article *article, struct buffer *term,
				struct arena *arena, struct document *document)
{
	char terms[3][16];
	const size_t count = schema_date_terms(&article->published, terms);
	for (size_t i = 0; i < count; i++) {
		buffer_add_text(term, terms[i]);
		add_flag_term(document, term, arena);
	}
}

void document_add_terms(const struct document_parts *parts, struct arena *arena,
			struct document *document)
{
	struct buffer term = { 0 };
	add_value_term(document, field_find(STR("id")), parts->article->id, &term, arena);
	for (size_t i = 0; i < parts->found->entity_count; i++)
		add_entity_terms(&parts->found->entities[i], &term, arena, document);
	for (size_t i = 0; i < parts->date_count; i++) {
		add_date_term(parts->dates[i].number, &term);
		add_flag_term(document, &term, arena);
	}
	add_published_terms(parts->article, &term, arena, document);
	buffer_add_str(&term, parts->file);
	add_flag_term(document, &term, arena);
	schema_stemmer_term(parts->stemmer, &term);
	add_flag_term(document, &term, arena);
	buffer_add_text(&term, PREFIX_ENTITIES);
	buffer_add_str(&term, parts->maker);
	add_flag_term(document, &term, arena);
	buffer_release(&term);
}

/* ---- values ---- */

void document_add_value(struct document *document, uint32_t slot, struct str bytes)
{
	document->values[document->value_count++] = (struct value){ slot, bytes };
}

void document_add_values(const struct document_parts *parts, struct arena *arena,
			 struct document *document)
{
	document->values = arena_alloc(arena, DOCUMENT_VALUES_MAX * sizeof(*document->values));
	char published[DATE_TEXT_SIZE];
	const size_t len = date_format_sortable(&parts->article->published, published);
	if (len)
		document_add_value(document, SLOT_PUBLISHED,
				   arena_copy(arena, (struct str){ published, len }));
	document_add_value(document, SLOT_HASH, arena_copy(arena, parts->hash));
}
