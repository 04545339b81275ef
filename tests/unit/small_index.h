/*
 * small_index.h: indexes made for suites, document by document, without the indexer: so that what is in them is
 * known, and can also be made wrong.
 */
#ifndef DATELINE_SMALL_INDEX_H
#define DATELINE_SMALL_INDEX_H

#include "dateline/entity.h"
#include "dateline/intern.h"
#include "dateline/positions.h"
#include "dateline/record.h"
#include "dateline/schema.h"
#include "dateline/store.h"
#include "dateline/text.h"
#include "dateline/utf8.h"
#include "testing.h"

#include <ftw.h>
#include <inttypes.h>
#include <unistd.h>

#define SMALL_VALUES_MAX 24

/* One article: what the suite says of it. Names are canonical. */
struct small_article {
	const char *id, *title, *body, *date; /* date may be NULL */
	struct small_value {
		enum facet_kind kind;
		const char *name;
	} values[SMALL_VALUES_MAX]; /* of KIND_WHEN the date itself, as "2024-02-06" */
	size_t value_count;
	/* Of the values, by their place. */
	uint8_t confidence[SMALL_VALUES_MAX];      /* 0: sure, which is 100 */
	const char *variants[SMALL_VALUES_MAX][3]; /* what else it is called; NULL ends them */
};

struct small_index {
	char path[64]; /* a directory of its own, removed by small_index_remove */
	struct store_writer *writer;
	struct analyser *analyser;
	struct record_writer *records;
	struct intern names[KIND_COUNT];
	struct small_spelling {
		enum facet_kind kind;
		uint32_t number;
		struct str text;
	} * spellings; /* what names are called */
	size_t spelling_count, spelling_room;
	struct arena arena;
	uint64_t digest;
	/* Faults to be made in the next document. */
	bool without_column, without_value_terms, without_slot_date, without_date_terms;
	bool without_alias_terms, without_confidence, without_when_terms, without_whole_dates;
	bool without_any_terms, without_sentences, without_sentences_term, without_places;
	struct str other_sentences; /* for SLOT_SENTENCES, unless it is empty */
	/* Wherever the name of a value stands in the text, it is mentioned. */
	bool with_mentions;
	const char *maker; /* of the entities; "" for no term, NULL for "given" */
	uint32_t shift_positions;
};

static inline int small_remove_entry(const char *path, const struct stat *info, int type,
				     struct FTW *walk)
{
	(void)info;
	(void)type;
	(void)walk;
	return remove(path);
}

#define small_ok(call)                                                                             \
	do {                                                                                       \
		struct error err = { 0 };                                                          \
		const enum status status_ = (call);                                                \
		ck_assert_msg(status_ == STATUS_OK, "%s: %s", #call, err.text);                    \
	} while (0)

static inline void small_index_start(struct small_index *index)
{
	*index = (struct small_index){ 0 };
	char folder[] = "/tmp/dateline-suite-XXXXXX";
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(index->path, sizeof(index->path), "%s/db", folder);
	const struct store_writer_options options = { .create = true };
	small_ok(store_writer_open(index->path, &options, &index->writer, &err));
	index->analyser = analyser_new();
	analyser_set_language(index->analyser, language_find(STR("en")));
	index->records = record_writer_new();
}

static inline void small_release_writer(struct small_index *index)
{
	store_writer_close(index->writer);
	analyser_free(index->analyser);
	record_writer_free(index->records);
	index->writer = NULL;
	index->analyser = NULL;
	index->records = NULL;
}

static inline void small_index_remove(struct small_index *index)
{
	char folder[64];
	snprintf(folder, sizeof(folder), "%.*s", (int)(strlen(index->path) - 3), index->path);
	small_release_writer(index);
	nftw(folder, small_remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		intern_release(&index->names[kind]);
	free(index->spellings);
	arena_release(&index->arena);
}

static inline void small_add_term(struct small_index *index, struct document *document,
				  struct intern *seen, struct str term, uint32_t wdf,
				  const uint32_t *position)
{
	bool is_new;
	const uint32_t number = intern_add(seen, term, &is_new);
	struct posting *posting = &document->postings[number];
	if (is_new) {
		*posting = (struct posting){ .term = arena_copy(&index->arena, term) };
		posting->positions = arena_zero(&index->arena, 256, sizeof(uint32_t));
		document->posting_count++;
	}
	posting->wdf += wdf;
	if (position && posting->count < 256)
		((uint32_t *)(uintptr_t)posting->positions)[posting->count++] = *position;
}

static inline void small_add_words(struct small_index *index, struct document *document,
				   struct intern *seen, const struct article *article)
{
	static const char *const prefixes[2][2] = { { "", "Z" }, { "S", "ZS" } };
	struct token_list tokens = { 0 };
	struct buffer term = { 0 };
	uint32_t position = 1 + index->shift_positions;
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		const struct str text = { article->text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		tokens.count = 0;
		position = analyser_run(index->analyser, text, paragraph->start, position, &tokens) +
			   SCHEMA_PARAGRAPH_GAP;
		const int columns = paragraph->kind == PARAGRAPH_TITLE ? 2 : 1;
		for (size_t t = 0; t < tokens.count; t++)
			for (int title = 0; title < columns; title++) {
				const struct word *word = tokens.items[t].word;
				const struct str forms[] = { word->exact, word->folded, word->stem,
							     word->folded_stem };
				for (int form = 0; form < 4; form++) {
					if (form % 2 && forms[form].data == forms[form - 1].data)
						continue;
					buffer_reset(&term);
					schema_word_term(prefixes[title][form / 2], forms[form],
							 &term);
					small_add_term(index, document, seen, buffer_str(&term), 1,
						       form < 2 ? &tokens.items[t].position : NULL);
				}
			}
	}
	token_list_release(&tokens);
	buffer_release(&term);
}

/* ---- mentions ---- */

/* Where the sentences and the values of the article at work are. */
struct small_places {
	struct token_list tokens;
	struct position_list sentences, entities[SMALL_VALUES_MAX];
};

static inline void small_find_mentions(struct small_index *index, struct record *record)
{
	const struct str text = record->article.text;
	record->mentions = arena_zero(&index->arena, text.len + 1, sizeof(struct mention));
	for (uint32_t at = 0; at < text.len; at++)
		for (uint32_t i = 0; i < record->entity_count; i++) {
			const struct str name = record->entities[i].name;
			if (name.len > text.len - at ||
			    memcmp(text.data + at, name.data, name.len) != 0)
				continue;
			record->mentions[record->mention_count++] = (struct mention){
				.start = at,
				.end = at + (uint32_t)name.len,
				.entity = i,
				.rule = RULE_PUBLISHER,
				.confidence = 100,
			};
		}
}

static inline void small_find_places(struct small_index *index, const struct record *record,
				     struct small_places *places)
{
	const struct article *article = &record->article;
	uint32_t position = 1 + index->shift_positions;
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		const struct str text = { article->text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		position = analyser_run(index->analyser, text, paragraph->start, position,
					&places->tokens) +
			   SCHEMA_PARAGRAPH_GAP;
	}
	places->sentences = positions_of_sentences(article, &places->tokens, &index->arena);
	positions_of_mentions(record->mentions, record->mention_count, &places->tokens,
			      record->entity_count, &index->arena, places->entities);
	token_list_release(&places->tokens);
}

/* A term of what stands at these positions, or that is there at all. */
static inline void small_add_places(struct small_index *index, struct document *document,
				    struct intern *seen, struct str term, struct position_list list)
{
	small_add_term(index, document, seen, term, 0, NULL);
	for (uint32_t i = 0; i < list.count && !index->without_places; i++)
		small_add_term(index, document, seen, term, 0, &list.items[i]);
}

static inline void small_add_any(struct small_index *index, struct document *document,
				 struct intern *seen, enum facet_kind kind, struct position_list list)
{
	struct buffer term = { 0 };
	schema_any_term(kind, &term);
	if (!index->without_any_terms)
		small_add_places(index, document, seen, buffer_str(&term), list);
	buffer_release(&term);
}

/* The sentences of a value of the facet column. */
static inline struct str small_sentences(struct small_index *index,
					 const struct small_places *places, struct position_list list)
{
	struct buffer bytes = { 0 };
	uint32_t numbers[256];
	if (!list.count)
		return STR("");
	ck_assert_uint_le(list.count, 256);
	sentence_numbers_encode(numbers, positions_to_sentences(list, places->sentences, numbers),
				&bytes);
	const struct str encoded = arena_copy(&index->arena, buffer_str(&bytes));
	buffer_release(&bytes);
	return encoded;
}

/* ---- values ---- */

/* The values of an article as the facet column has them. */
struct small_numbers {
	struct facet_value items[3 * SMALL_VALUES_MAX];
	struct position_list lists[3 * SMALL_VALUES_MAX]; /* where they are mentioned */
	size_t count;
};

static inline void small_add_number(struct small_index *index, struct small_numbers *numbers,
				    struct facet_value value, const struct position_list *list)
{
	for (size_t i = 0; i < numbers->count; i++) {
		struct facet_value *item = &numbers->items[i];
		if (item->kind != value.kind || item->number != value.number)
			continue;
		if (item->confidence < value.confidence)
			item->confidence = value.confidence;
		const struct position_list both[] = { numbers->lists[i], *list };
		numbers->lists[i] = positions_unite(both, 2, &index->arena);
		return;
	}
	numbers->lists[numbers->count] = *list;
	numbers->items[numbers->count++] = value;
}

/* A date that is mentioned, its month and its year. */
static inline void small_add_when(struct small_index *index, struct document *document,
				  struct intern *seen, const struct entity *entity,
				  struct position_list list, struct small_numbers *numbers)
{
	struct date date;
	char terms[3][16];
	ck_assert(date_parse(entity->name, &date));
	const size_t count = schema_when_terms(&date, terms);
	for (size_t i = 0; i < count && !index->without_when_terms; i++)
		small_add_places(index, document, seen, str_from(terms[i]), list);
	small_add_any(index, document, seen, KIND_WHEN, list);
	for (size_t i = 0; i < (index->without_whole_dates ? 1 : count); i++) {
		small_add_number(index, numbers,
				 (struct facet_value){ .kind = KIND_WHEN,
						       .number = schema_when_number(&date),
						       .confidence = entity->confidence },
				 &list);
		*(date.day ? &date.day : &date.month) = 0;
	}
}

static inline bool small_same_key(struct str one, struct str other)
{
	struct buffer a = { 0 }, b = { 0 };
	utf8_name_key(one, &a);
	utf8_name_key(other, &b);
	const bool same = str_equal(buffer_str(&a), buffer_str(&b));
	buffer_release(&a);
	buffer_release(&b);
	return same;
}

static inline void small_note_spelling(struct small_index *index, enum facet_kind kind,
				       uint32_t number, struct str text)
{
	for (size_t i = 0; i < index->spelling_count; i++) {
		const struct small_spelling *known = &index->spellings[i];
		if (known->kind == kind && known->number == number &&
		    small_same_key(known->text, text))
			return;
	}
	memory_reserve(&index->spellings, &index->spelling_room, index->spelling_count,
		       sizeof(*index->spellings));
	index->spellings[index->spelling_count++] = (struct small_spelling){ kind, number, text };
}

static inline void small_add_named(struct small_index *index, struct document *document,
				   struct intern *seen, const struct entity *entity,
				   struct position_list list, struct small_numbers *numbers)
{
	struct buffer term = { 0 };
	const uint32_t number = intern_add(&index->names[entity->kind], entity->name, NULL);
	small_add_number(index, numbers,
			 (struct facet_value){ .kind = entity->kind,
					       .number = number,
					       .confidence = entity->confidence },
			 &list);
	if (field_of_kind(entity->kind) && !index->without_value_terms) {
		schema_value_term(field_of_kind(entity->kind), entity->name, &term);
		small_add_places(index, document, seen, buffer_str(&term), list);
	}
	small_add_any(index, document, seen, entity->kind, list);
	for (size_t i = 0; i < entity->variants.count; i++)
		if (!str_equal(entity->variants.items[i], entity->name))
			small_note_spelling(index, entity->kind, number, entity->variants.items[i]);
	for (size_t i = 0; i < entity->variants.count && !index->without_alias_terms; i++) {
		buffer_reset(&term);
		if (schema_alias_term(entity->kind, entity->variants.items[i], entity->name, &term))
			small_add_term(index, document, seen, buffer_str(&term), 0, NULL);
	}
	buffer_release(&term);
}

static inline void small_add_columns(struct small_index *index, struct document *document,
				     const struct small_places *places, struct small_numbers *numbers)
{
	struct buffer column = { 0 }, confidence = { 0 }, sentences = { 0 };
	for (size_t i = 0; i < numbers->count; i++)
		numbers->items[i].sentences = small_sentences(index, places, numbers->lists[i]);
	facet_column_encode(numbers->items, numbers->count, &column);
	facet_confidence_encode(numbers->items, numbers->count, &confidence);
	facet_sentences_encode(numbers->items, numbers->count, &sentences);
	if (index->other_sentences.len) {
		buffer_reset(&sentences);
		buffer_add_str(&sentences, index->other_sentences);
	}
	if (sentences.len && !index->without_sentences)
		document->values[document->value_count++] =
			(struct value){ SLOT_SENTENCES,
					arena_copy(&index->arena, buffer_str(&sentences)) };
	if (column.len && !index->without_column)
		document->values[document->value_count++] =
			(struct value){ SLOT_FACETS, arena_copy(&index->arena, buffer_str(&column)) };
	if (confidence.len && !index->without_confidence)
		document->values[document->value_count++] =
			(struct value){ SLOT_CONFIDENCE,
					arena_copy(&index->arena, buffer_str(&confidence)) };
	buffer_release(&column);
	buffer_release(&confidence);
	buffer_release(&sentences);
}

static inline struct entity small_entity(struct small_index *index,
					 const struct small_article *given, size_t at)
{
	struct entity entity = {
		.kind = given->values[at].kind,
		.name = str_from(given->values[at].name),
		.confidence = given->confidence[at] ? given->confidence[at] : 100,
	};
	entity.variants.items = arena_zero(&index->arena, 3, sizeof(struct str));
	for (size_t i = 0; i < 3 && given->variants[at][i]; i++)
		entity.variants.items[entity.variants.count++] = str_from(given->variants[at][i]);
	return entity;
}

static inline void small_add_values(struct small_index *index, struct document *document,
				    struct intern *seen, const struct small_article *given,
				    struct record *record)
{
	struct small_numbers numbers = { .count = 0 };
	struct small_places places = { .tokens = { 0 } };
	const char *maker = index->maker ? index->maker : "given";
	struct buffer term = { 0 };
	record->entities = arena_zero(&index->arena, SMALL_VALUES_MAX, sizeof(struct entity));
	for (size_t i = 0; i < given->value_count; i++)
		record->entities[record->entity_count++] = small_entity(index, given, i);
	if (index->with_mentions)
		small_find_mentions(index, record);
	small_find_places(index, record, &places);
	for (size_t i = 0; i < given->value_count; i++) {
		const struct entity *entity = &record->entities[i];
		if (entity->kind == KIND_WHEN)
			small_add_when(index, document, seen, entity, places.entities[i], &numbers);
		else
			small_add_named(index, document, seen, entity, places.entities[i], &numbers);
	}
	if (places.sentences.count && !index->without_sentences_term)
		small_add_places(index, document, seen, STR(TERM_SENTENCES), places.sentences);
	small_add_columns(index, document, &places, &numbers);
	buffer_add_format(&term, "%s%s", PREFIX_ENTITIES, maker);
	if (*maker)
		small_add_term(index, document, seen, buffer_str(&term), 0, NULL);
	buffer_release(&term);
}

static inline void small_add_date(struct small_index *index, struct document *document,
				  struct intern *seen, const struct date *date)
{
	char terms[3][16], text[DATE_TEXT_SIZE];
	const size_t count = index->without_date_terms ? 0 : schema_date_terms(date, terms);
	for (size_t i = 0; i < count; i++)
		small_add_term(index, document, seen, str_from(terms[i]), 0, NULL);
	const size_t len = index->without_slot_date ? 0 : date_format_sortable(date, text);
	if (len)
		document->values[document->value_count++] =
			(struct value){ SLOT_PUBLISHED,
					arena_copy(&index->arena, (struct str){ text, len }) };
}

static inline void small_fill_article(const struct small_article *given, struct arena *arena,
				      struct article *article)
{
	struct text_builder builder = { 0 };
	article->id = str_from(given->id);
	article->language = STR("en");
	if (given->date)
		ck_assert(date_parse(str_from(given->date), &article->published));
	text_builder_add(&builder, PARAGRAPH_TITLE, str_from(given->title));
	text_builder_add_body(&builder, str_from(given->body));
	text_builder_finish(&builder, arena, article);
	text_builder_release(&builder);
	for (size_t i = 0; i < given->value_count; i++)
		if (given->values[i].kind == KIND_SOURCE)
			article->source = str_from(given->values[i].name);
}

/* The article as the indexer would put it. Returns its docid. */
static inline uint32_t small_index_add(struct small_index *index, const struct small_article *given)
{
	struct value values[5];
	struct posting *postings = arena_zero(&index->arena, 4096, sizeof(*postings));
	struct document document = { .postings = postings, .values = values };
	struct intern seen = { 0 };
	struct record record = { 0 };
	struct buffer bytes = { 0 }, term = { 0 };
	small_fill_article(given, &index->arena, &record.article);
	small_add_words(index, &document, &seen, &record.article);
	small_add_values(index, &document, &seen, given, &record);
	small_add_date(index, &document, &seen, &record.article.published);
	schema_value_term(field_find(STR("id")), record.article.id, &term);
	small_add_term(index, &document, &seen, buffer_str(&term), 0, NULL);
	buffer_reset(&term);
	schema_stemmer_term(STR("en"), &term);
	small_add_term(index, &document, &seen, buffer_str(&term), 0, NULL);
	unsigned char hash[16];
	hash_bytes_128(given->id, strlen(given->id), hash);
	values[document.value_count++] =
		(struct value){ SLOT_HASH, { (const char *)hash, sizeof(hash) } };
	index->digest += record_encode(index->records, &record, &bytes);
	document.record = buffer_str(&bytes);
	uint32_t id;
	small_ok(store_add(index->writer, &document, &id, &err));
	intern_release(&seen);
	buffer_release(&bytes);
	buffer_release(&term);
	return id;
}

static inline void small_set(struct small_index *index, struct str key, struct str value)
{
	small_ok(store_set_metadata(index->writer, key, value, &err));
}

static inline void small_set_number(struct small_index *index, const char *key, int number)
{
	char text[16];
	snprintf(text, sizeof(text), "%d", number);
	small_set(index, str_from(key), str_from(text));
}

static inline void small_write_names(struct small_index *index, enum facet_kind kind)
{
	struct buffer key = { 0 }, value = { 0 };
	buffer_add_text(&key, META_NEXT);
	buffer_add_char(&key, schema_kind_letter(kind));
	buffer_add_varint(&value, index->names[kind].count);
	small_set(index, buffer_str(&key), buffer_str(&value));
	for (uint32_t number = 0; number < index->names[kind].count; number++) {
		buffer_reset(&key);
		buffer_reset(&value);
		schema_entity_key(kind, number, &key);
		buffer_add_counted(&value, index->names[kind].keys[number]);
		for (size_t i = 0; i < index->spelling_count; i++)
			if (index->spellings[i].kind == kind && index->spellings[i].number == number)
				buffer_add_counted(&value, index->spellings[i].text);
		small_set(index, buffer_str(&key), buffer_str(&value));
		buffer_reset(&key);
		buffer_reset(&value);
		schema_number_key(kind, index->names[kind].keys[number], &key);
		buffer_add_varint(&value, number);
		small_set(index, buffer_str(&key), buffer_str(&value));
	}
	buffer_release(&key);
	buffer_release(&value);
}

static inline void small_write_metadata(struct small_index *index)
{
	char digest[17];
	snprintf(digest, sizeof(digest), "%016" PRIx64, index->digest);
	small_set_number(index, META_SCHEMA, SCHEMA_VERSION);
	small_set_number(index, META_ANALYSER, TEXT_ANALYSER_VERSION);
	small_set(index, STR(META_STEMMER), str_from(text_stemmer_version()));
	small_set_number(index, META_BATCH, 1);
	small_set(index, STR(META_DIGEST), str_from(digest));
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++)
		if (index->names[kind].count)
			small_write_names(index, kind);
}

/* Commits without writing any metadata, for suites that write their own. */
static inline void small_index_close(struct small_index *index)
{
	small_ok(store_commit(index->writer, &err));
	small_release_writer(index);
}

static inline void small_index_finish(struct small_index *index)
{
	small_write_metadata(index);
	small_index_close(index);
}

/* The same numbers on every machine: SplitMix64 (Steele, Lea and Flood, 2014). */
static inline uint32_t small_random(uint64_t *state, uint32_t below)
{
	ck_assert_uint_gt(below, 0);
	uint64_t x = *state += UINT64_C(0x9E3779B97F4A7C15);
	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t)((x ^ x >> 31) >> 32) % below;
}

#endif
