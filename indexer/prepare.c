#include "prepare.h"

#include "terms.h"

#include "dateline/field.h"
#include "dateline/record.h"
#include "dateline/schema.h"

#include <stdlib.h>

/* Words remembered by a worker; what costs is to find the stem of each of them again. */
#define ANALYSER_BYTES_MAX ((size_t)48 << 20)

/* Terms of an article besides those of words and entities: id, file, stemmer, three of the date. */
#define OTHER_TERMS_MAX 6

struct preparer {
	enum entity_mode mode;
	struct analyser *analyser;
	struct recogniser *recogniser;
	struct record_writer *records;
	struct text_builder builder;
	struct token_list tokens;
	struct term_collector terms;
	struct buffer scratch;
};

struct preparer *preparer_new(enum entity_mode mode)
{
	struct preparer *preparer = memory_zero(1, sizeof(*preparer));
	preparer->mode = mode;
	preparer->analyser = analyser_new();
	preparer->recogniser = recogniser_new(mode);
	preparer->records = record_writer_new();
	term_collector_init(&preparer->terms);
	return preparer;
}

void preparer_free(struct preparer *preparer)
{
	if (!preparer)
		return;
	analyser_free(preparer->analyser);
	recogniser_free(preparer->recogniser);
	record_writer_free(preparer->records);
	text_builder_release(&preparer->builder);
	token_list_release(&preparer->tokens);
	term_collector_release(&preparer->terms);
	buffer_release(&preparer->scratch);
	free(preparer);
}

uint64_t preparer_words_cut(const struct preparer *preparer)
{
	return analyser_words_cut(preparer->analyser);
}

/*
 * All that decides what the index gets: the bytes, and how they are taken. The id is part of it, as it
 * can come from the article's place in its file.
 */
static void hash_article(struct preparer *preparer, const struct reader *reader,
			 const struct record_bytes *record, const struct article *article,
			 unsigned char hash[16])
{
	struct buffer *all = &preparer->scratch;
	unsigned char bytes[16];
	hash_bytes_128(record->bytes.data, record->bytes.len, bytes);
	buffer_reset(all);
	buffer_add(all, bytes, sizeof(bytes));
	buffer_add_counted(all, article->id);
	buffer_add_counted(all, article->origin.path);
	buffer_add_counted(all, str_from(reader->name));
	buffer_add_varint(all, preparer->mode);
	hash_bytes_128(all->data, all->len, hash);
}

static void analyse(struct preparer *preparer, const struct article *article)
{
	struct token_list *tokens = &preparer->tokens;
	tokens->count = 0;
	uint32_t position = 1;
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		const struct str text = { article->text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		const size_t before = tokens->count;
		position = analyser_run(preparer->analyser, text, paragraph->start, position, tokens);
		position += SCHEMA_PARAGRAPH_GAP;
		term_collector_add(&preparer->terms, tokens->items + before, tokens->count - before,
				   paragraph->kind == PARAGRAPH_TITLE);
	}
}

/* A term that only says that the document has something: no weight, no position. */
static void add_flag_term(struct document *document, struct buffer *term, struct arena *arena)
{
	document->postings[document->posting_count++] =
		(struct posting){ .term = arena_copy(arena, buffer_str(term)) };
	buffer_reset(term);
}

static void add_value_term(struct document *document, const struct field *field, struct str value,
			   struct buffer *scratch, struct arena *arena)
{
	if (!field)
		return;
	schema_value_term(field, value, scratch);
	add_flag_term(document, scratch, arena);
}

static void add_flag_terms(struct preparer *preparer, const struct article *article,
			   const struct language *language, const struct entity_result *found,
			   struct arena *arena, struct document *document)
{
	struct buffer *scratch = &preparer->scratch;
	buffer_reset(scratch);
	add_value_term(document, field_find(STR("id")), article->id, scratch, arena);
	for (size_t i = 0; i < found->entity_count; i++)
		add_value_term(document, field_of_kind(found->entities[i].kind),
			       found->entities[i].name, scratch, arena);
	char terms[3][16];
	const size_t count = schema_date_terms(&article->published, terms);
	for (size_t i = 0; i < count; i++) {
		buffer_add_text(scratch, terms[i]);
		add_flag_term(document, scratch, arena);
	}
	schema_file_term(article->origin.path, scratch);
	add_flag_term(document, scratch, arena);
	schema_stemmer_term(str_from(language ? language->code : LANGUAGE_NONE), scratch);
	add_flag_term(document, scratch, arena);
}

static void add_value(struct document *document, uint32_t slot, struct str bytes)
{
	document->values[document->value_count++] = (struct value){ slot, bytes };
}

static void add_values(const struct article *article, const unsigned char hash[16],
		       struct arena *arena, struct document *document)
{
	document->values = arena_alloc(arena, PREPARED_VALUES_MAX * sizeof(*document->values));
	char published[DATE_TEXT_SIZE];
	const size_t len = date_format_sortable(&article->published, published);
	if (len)
		add_value(document, SLOT_PUBLISHED,
			  arena_copy(arena, (struct str){ published, len }));
	add_value(document, SLOT_HASH, arena_copy(arena, (struct str){ (const char *)hash, 16 }));
}

static void make_record(struct preparer *preparer, const struct article *article,
			const struct entity_result *found, struct arena *arena,
			struct prepared *prepared)
{
	struct record record = {
		.article = *article,
		.entities = found->entities,
		.entity_count = found->entity_count,
		.mentions = found->mentions,
		.mention_count = found->mention_count,
	};
	/* Records are valid text; the path as it is stays in the term of the file and in the metadata. */
	buffer_reset(&preparer->scratch);
	path_show(article->origin.path, &preparer->scratch);
	record.article.origin.path = arena_copy(arena, buffer_str(&preparer->scratch));
	buffer_reset(&preparer->scratch);
	prepared->checksum = record_encode(preparer->records, &record, &preparer->scratch);
	prepared->document.record = arena_copy(arena, buffer_str(&preparer->scratch));
}

static void make_document(struct preparer *preparer, const struct article *article,
			  struct arena *arena, struct prepared *prepared)
{
	struct document *document = &prepared->document;
	struct entity_result found = { 0 };
	const struct language *language = language_of_text(article->language);
	analyser_set_language(preparer->analyser, language);
	analyse(preparer, article);
	recogniser_run(preparer->recogniser, article, &preparer->tokens, arena, &found);
	term_collector_finish(&preparer->terms, found.entity_count + OTHER_TERMS_MAX, arena,
			      &document->postings, &document->posting_count);
	add_flag_terms(preparer, article, language, &found, arena, document);
	add_values(article, prepared->hash, arena, document);
	make_record(preparer, article, &found, arena, prepared);
	prepared->entities = found.entities;
	prepared->entity_count = found.entity_count;
	prepared->state = PREPARED_DOCUMENT;
}

void preparer_run(struct preparer *preparer, const struct reader *reader,
		  const struct record_bytes *record, const struct known *known, struct arena *arena,
		  struct prepared *prepared)
{
	struct article article = { 0 };
	*prepared = (struct prepared){ .state = PREPARED_FAILED, .origin = record->origin };
	if (analyser_trim(preparer->analyser, ANALYSER_BYTES_MAX))
		term_collector_forget(&preparer->terms);
	text_builder_reset(&preparer->builder);
	if (reader_parse(reader, record, &preparer->builder, arena, &article, &prepared->err) !=
	    STATUS_OK)
		return;
	prepared->id = article.id;
	prepared->origin = article.origin;
	prepared->text_bytes = article.text.len;
	prepared->cut = article.cut;
	prepared->replaced = article.replaced;
	prepared->unread_date = article.unread_date;
	hash_article(preparer, reader, record, &article, prepared->hash);
	if (known && known_find(known, prepared->hash))
		prepared->state = PREPARED_UNCHANGED;
	else
		make_document(preparer, &article, arena, prepared);
}
