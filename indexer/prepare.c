#include "prepare.h"

#include "analyse.h"
#include "terms.h"

#include "dateline/record.h"

#include <stdlib.h>

/* Words remembered by a worker; what costs is to find the stem of each of them again. */
#define ANALYSER_BYTES_MAX ((size_t)48 << 20)

struct preparer {
	char maker[ENTITY_MAKER_SIZE];
	struct analyser *analyser;
	struct recogniser *recogniser;
	struct record_writer *records;
	struct text_builder builder;
	struct token_list tokens;
	struct term_collector terms;
	struct inverter *inverter; /* NULL: postings stay in the document */
	uint32_t epoch;            /* of the inverter, whose numbers the collector remembers */
	struct buffer scratch;
};

struct preparer *preparer_new(enum entity_mode mode, const struct name_model *model,
			      struct inverter *inverter)
{
	struct preparer *preparer = memory_zero(1, sizeof(*preparer));
	preparer->analyser = analyser_new();
	preparer->recogniser = recogniser_new(mode, model);
	entity_maker(mode, model, preparer->maker);
	preparer->records = record_writer_new();
	preparer->inverter = inverter;
	term_collector_init(&preparer->terms, inverter ? inverter_terms(inverter) : NULL);
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
 * What an article is: the bytes, and how they are read. The id is part of it, as it can come from the article's place in its
 * file. What finds the entities is not: an article keeps its hash when they are found anew, and says by a term what found them
 * (known.h). A newer model alone is no reason to read everything again (what it would change is redone from the index, when that
 * is asked for).
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
	hash_bytes_128(all->data, all->len, hash);
}

/* Words of the title count for more; it is the first paragraph, when there is one. */
static void collect_terms(struct preparer *preparer, const struct article *article)
{
	const struct token_list *tokens = &preparer->tokens;
	const bool has_title = article->paragraph_count &&
			       article->paragraphs[0].kind == PARAGRAPH_TITLE;
	size_t in_title = 0;
	while (has_title && in_title < tokens->count &&
	       tokens->items[in_title].start < article->paragraphs[0].end)
		in_title++;
	term_collector_add(&preparer->terms, tokens->items, in_title, true);
	term_collector_add(&preparer->terms, tokens->items + in_title, tokens->count - in_title,
			   false);
}

static void make_record(struct preparer *preparer, const struct article *article,
			const struct entity_result *found, struct arena *arena,
			struct prepared *prepared)
{
	const struct record record = {
		.article = *article,
		.entities = found->entities,
		.entity_count = found->entity_count,
		.mentions = found->mentions,
		.mention_count = found->mention_count,
	};
	buffer_reset(&preparer->scratch);
	prepared->checksum = record_encode(preparer->records, &record, &preparer->scratch);
	prepared->document.record = arena_copy(arena, buffer_str(&preparer->scratch));
}

static const struct str *sentences_of_entities(const struct entity_result *found,
					       const struct document_places *places,
					       struct arena *arena)
{
	struct str *sentences = arena_alloc(arena, found->entity_count * sizeof(*sentences));
	for (size_t i = 0; i < found->entity_count; i++)
		sentences[i] = document_sentences(places, places->entities[i], arena);
	return sentences;
}

/* `article` is as it is stored: its path is for people to read, and `file` is the term of it as it is. */
static void make_document(struct preparer *preparer, const struct article *article, struct str file,
			  struct str hash, struct arena *arena, struct prepared *prepared)
{
	struct document *document = &prepared->document;
	struct entity_result found = { 0 };
	struct document_places places;
	struct document_date *dates;
	const struct language *language =
		analyse_article(preparer->analyser, article, &preparer->tokens);
	collect_terms(preparer, article);
	recogniser_run(preparer->recogniser, article, &preparer->tokens, arena, &found);
	document_find_places(article, &preparer->tokens, &found, arena, &places);
	const size_t date_count = document_dates(&found, &places, arena, &dates);
	const struct document_parts parts = {
		.article = article,
		.found = &found,
		.places = &places,
		.dates = dates,
		.date_count = date_count,
		.stemmer = str_from(language ? language->code : LANGUAGE_NONE),
		.file = file,
		.hash = hash,
		.maker = str_from(preparer->maker),
	};
	const size_t others = document_terms_max(&found, date_count);
	if (preparer->inverter)
		document->postings = arena_alloc(arena, others * sizeof(*document->postings));
	else
		term_collector_finish(&preparer->terms, others, arena, &document->postings,
				      &document->posting_count);
	document_add_terms(&parts, arena, document);
	document_add_values(&parts, arena, document);
	make_record(preparer, article, &found, arena, prepared);
	prepared->entities = found.entities;
	prepared->entity_count = found.entity_count;
	prepared->sentences = sentences_of_entities(&found, &places, arena);
	prepared->dates = dates;
	prepared->date_count = date_count;
	prepared->state = PREPARED_DOCUMENT;
}

/* The postings go from the document to the inverter. */
static void invert(struct preparer *preparer, uint32_t sequence, struct prepared *prepared)
{
	struct document *document = &prepared->document;
	struct numbered_posting *numbered;
	size_t count;
	term_collector_numbered(&preparer->terms, &numbered, &count);
	if (store_document_fits(document, &prepared->err) != STATUS_OK) {
		prepared->state = PREPARED_FAILED;
		return;
	}
	if (inverter_add(preparer->inverter, sequence, numbered, count, document->postings,
			 document->posting_count, &prepared->inverted, &prepared->err) != STATUS_OK)
		prepared->state = PREPARED_BROKEN;
	document->posting_count = 0;
	prepared->is_inverted = true;
}

/* Records are valid text; the path as it is stays in the term of the file and in the metadata. */
static void make_new(struct preparer *preparer, const struct article *article, struct arena *arena,
		     struct prepared *prepared)
{
	struct article stored = *article;
	buffer_reset(&preparer->scratch);
	path_show(article->origin.path, &preparer->scratch);
	stored.origin.path = arena_copy(arena, buffer_str(&preparer->scratch));
	buffer_reset(&preparer->scratch);
	schema_file_term(article->origin.path, &preparer->scratch);
	const struct str file = arena_copy(arena, buffer_str(&preparer->scratch));
	const struct str hash = { (const char *)prepared->hash, sizeof(prepared->hash) };
	make_document(preparer, &stored, file, hash, arena, prepared);
}

/*
 * To be called before each article: words seen before are remembered only up to a bound, and numbers of terms as long as the inverter
 * knows them.
 */
static void trim(struct preparer *preparer)
{
	const uint32_t epoch = preparer->inverter ? inverter_epoch(preparer->inverter) : 0;
	if (analyser_trim(preparer->analyser, ANALYSER_BYTES_MAX) || epoch != preparer->epoch)
		term_collector_forget(&preparer->terms);
	preparer->epoch = epoch;
}

void preparer_run(struct preparer *preparer, const struct reader *reader,
		  const struct record_bytes *record, uint32_t sequence, const struct known *known,
		  struct arena *arena, struct prepared *prepared)
{
	struct article article = { 0 };
	*prepared = (struct prepared){ .state = PREPARED_FAILED, .origin = record->origin };
	trim(preparer);
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
		make_new(preparer, &article, arena, prepared);
	if (preparer->inverter && prepared->state == PREPARED_DOCUMENT)
		invert(preparer, sequence, prepared);
}

void preparer_redo(struct preparer *preparer, const struct stored_article *stored,
		   struct arena *arena, struct prepared *prepared)
{
	struct record record;
	*prepared = (struct prepared){ .state = PREPARED_FAILED };
	trim(preparer);
	if (record_decode(stored->record, RECORD_ALL, arena, &record, &prepared->err) != STATUS_OK)
		return;
	prepared->id = record.article.id;
	prepared->origin = record.article.origin;
	prepared->text_bytes = record.article.text.len;
	make_document(preparer, &record.article, stored->file, stored->hash, arena, prepared);
}
