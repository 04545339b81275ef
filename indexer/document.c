#include "document.h"

#include "dateline/field.h"

#include <stdlib.h>

/* ---- places in the text ---- */

void document_find_places(const struct article *article, const struct token_list *tokens,
			  const struct entity_result *found, struct arena *arena,
			  struct document_places *places)
{
	places->sentences = positions_of_sentences(article, tokens, arena);
	places->entities = arena_alloc(arena, found->entity_count * sizeof(*places->entities));
	positions_of_mentions(found->mentions, found->mention_count, tokens, found->entity_count,
			      arena, places->entities);
}

struct str document_sentences(const struct document_places *places, struct position_list positions,
			      struct arena *arena)
{
	struct buffer bytes = { 0 };
	if (!positions.count)
		return STR("");
	uint32_t *numbers = arena_alloc(arena, positions.count * sizeof(*numbers));
	const size_t count = positions_to_sentences(positions, places->sentences, numbers);
	sentence_numbers_encode(numbers, count, &bytes);
	const struct str encoded = arena_copy(arena, buffer_str(&bytes));
	buffer_release(&bytes);
	return encoded;
}

/* ---- dates that are mentioned ---- */

/* A date or an ancestor of one, and of which entity. */
struct dated {
	uint32_t number;
	size_t entity;
};

static int compare_dated(const void *a, const void *b)
{
	const struct dated *left = a, *right = b;
	if (left->number != right->number)
		return left->number < right->number ? -1 : 1;
	return (left->entity > right->entity) - (left->entity < right->entity);
}

/* A date, its month and its year; as many of them as are known. */
static size_t add_with_ancestors(const struct entity *entity, size_t number, struct dated *to)
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
		to[i - 1] = (struct dated){ schema_when_number(&date), number };
	}
	return count;
}

/* One value of all that have its number: as sure as the surest, and wherever any of them is. */
static struct document_date unite(const struct entity_result *found,
				  const struct document_places *places, const struct dated *same,
				  size_t count, struct arena *arena)
{
	struct document_date date = {
		.value = { .kind = KIND_WHEN, .number = same[0].number },
	};
	struct position_list *lists = arena_alloc(arena, count * sizeof(*lists));
	for (size_t i = 0; i < count; i++) {
		const uint8_t confidence = found->entities[same[i].entity].confidence;
		if (date.value.confidence < confidence)
			date.value.confidence = confidence;
		lists[i] = places->entities[same[i].entity];
	}
	date.positions = positions_unite(lists, count, arena);
	date.value.sentences = document_sentences(places, date.positions, arena);
	return date;
}

static size_t unite_all(const struct entity_result *found, const struct document_places *places,
			const struct dated *all, size_t count, struct arena *arena,
			struct document_date *dates)
{
	size_t made = 0;
	for (size_t first = 0, next; first < count; first = next) {
		next = first + 1;
		while (next < count && all[next].number == all[first].number)
			next++;
		dates[made++] = unite(found, places, all + first, next - first, arena);
	}
	return made;
}

size_t document_dates(const struct entity_result *found, const struct document_places *places,
		      struct arena *arena, struct document_date **dates)
{
	size_t entities = 0, count = 0;
	for (size_t i = 0; i < found->entity_count; i++)
		entities += found->entities[i].kind == KIND_WHEN;
	*dates = NULL;
	if (!entities)
		return 0;
	struct dated *all = arena_alloc(arena, 3 * entities * sizeof(*all));
	*dates = arena_alloc(arena, 3 * entities * sizeof(**dates));
	for (size_t i = 0; i < found->entity_count; i++)
		if (found->entities[i].kind == KIND_WHEN)
			count += add_with_ancestors(&found->entities[i], i, all + count);
	if (count)
		qsort(all, count, sizeof(*all), compare_dated);
	return unite_all(found, places, all, count, arena, *dates);
}

static void add_date_term(uint32_t number, struct buffer *term)
{
	const struct date date = schema_when_date(number);
	char terms[3][16];
	/* The last is that of the date itself; the others are those of its ancestors. */
	buffer_add_text(term, terms[schema_when_terms(&date, terms) - 1]);
}

/* ---- terms ---- */

/*
 * Terms of an article that are neither of words nor of entities: id, file, stemmer, maker, sentences, three of the date; and
 * one for each kind.
 */
#define OTHER_TERMS_MAX (8 + KIND_COUNT)

size_t document_terms_max(const struct entity_result *found, size_t date_count)
{
	size_t terms = OTHER_TERMS_MAX + found->entity_count + date_count;
	for (size_t i = 0; i < found->entity_count; i++)
		terms += found->entities[i].variants.count;
	return terms;
}

/* A term without weight of what stands at these positions. */
static void add_place_term(struct document *document, struct buffer *term,
			   struct position_list positions, struct arena *arena)
{
	document->postings[document->posting_count++] = (struct posting){
		.term = arena_copy(arena, buffer_str(term)),
		.positions = positions.count ? positions.items : NULL,
		.count = positions.count,
	};
	buffer_reset(term);
}

/* A term that only says that the document has something: no weight, no position. */
static void add_flag_term(struct document *document, struct buffer *term, struct arena *arena)
{
	add_place_term(document, term, (struct position_list){ 0 }, arena);
}

static void add_entity_terms(const struct entity *entity, struct position_list positions,
			     struct buffer *term, struct arena *arena, struct document *document)
{
	const struct field *field = field_of_kind(entity->kind);
	if (entity->kind == KIND_WHEN)
		return;
	if (field) {
		schema_value_term(field, entity->name, term);
		add_place_term(document, term, positions, arena);
	}
	for (size_t i = 0; i < entity->variants.count; i++)
		if (schema_alias_term(entity->kind, entity->variants.items[i], entity->name, term))
			add_flag_term(document, term, arena);
}

/* Of the values of one kind, where they are mentioned; as many as there are. */
static size_t places_of_kind(const struct document_parts *parts, enum facet_kind kind,
			     struct position_list *lists)
{
	const struct entity_result *found = parts->found;
	size_t count = 0;
	for (size_t i = 0; i < parts->date_count && kind == KIND_WHEN; i++)
		lists[count++] = parts->dates[i].positions;
	for (size_t i = 0; i < found->entity_count && kind != KIND_WHEN; i++)
		if (found->entities[i].kind == kind)
			lists[count++] = parts->places->entities[i];
	return count;
}

/* The kinds that it has a value of, each at all places where one of them is mentioned. */
static void add_any_terms(const struct document_parts *parts, struct buffer *term,
			  struct arena *arena, struct document *document)
{
	const size_t most = parts->found->entity_count + parts->date_count;
	struct position_list *lists = arena_alloc(arena, (most + 1) * sizeof(*lists));
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
		const size_t count = places_of_kind(parts, (enum facet_kind)kind, lists);
		if (!count)
			continue;
		schema_any_term((enum facet_kind)kind, term);
		add_place_term(document, term, positions_unite(lists, count, arena), arena);
	}
}

static void add_sentences_term(const struct document_parts *parts, struct buffer *term,
			       struct arena *arena, struct document *document)
{
	if (!parts->places->sentences.count)
		return;
	buffer_add_text(term, TERM_SENTENCES);
	add_place_term(document, term, parts->places->sentences, arena);
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
	schema_value_term(field_of_id(), parts->article->id, &term);
	add_flag_term(document, &term, arena);
	for (size_t i = 0; i < parts->found->entity_count; i++)
		add_entity_terms(&parts->found->entities[i], parts->places->entities[i], &term,
				 arena, document);
	for (size_t i = 0; i < parts->date_count; i++) {
		add_date_term(parts->dates[i].value.number, &term);
		add_place_term(document, &term, parts->dates[i].positions, arena);
	}
	add_any_terms(parts, &term, arena, document);
	add_sentences_term(parts, &term, arena, document);
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
