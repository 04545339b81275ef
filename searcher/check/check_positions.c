#include "check_entities.h"

#include "dateline/positions.h"
#include "dateline/record.h"
#include "dateline/schema.h"
#include "dateline/text.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * Where words are stands in one place only, and a position that was changed is just another position. So the text of
 * the record, which has a checksum, is analysed again. That takes long, and so it is done for so many articles, evenly
 * spread: a block of the table has positions of many articles, so whatever is wrong with a whole block is seen.
 */
#define ARTICLES_MAX 2000

/* Memory for words that were seen before. */
#define WORDS_MAX ((size_t)32 << 20)

/* Terms at their positions, as a set; {0} is an empty one. */
struct places {
	uint64_t *slots; /* 0: free */
	size_t size, count;
	uint64_t sum;
};

static void places_reset(struct places *places, size_t most)
{
	size_t size = 64;
	while (size < most * 2)
		size *= 2;
	if (size > places->size) {
		free(places->slots);
		places->slots = memory_alloc(size * sizeof(*places->slots));
		places->size = size;
	}
	memset(places->slots, 0, places->size * sizeof(*places->slots));
	places->count = 0;
	places->sum = 0;
}

/* A term at one position counts once, however it came there. */
static void places_add(struct places *places, struct str term, uint32_t position)
{
	const uint64_t key = check_scatter(check_hash(term) + position) | 1;
	size_t at = (key >> 1) & (places->size - 1);
	while (places->slots[at] && places->slots[at] != key)
		at = (at + 1) & (places->size - 1);
	if (places->slots[at])
		return;
	places->slots[at] = key;
	places->count++;
	places->sum += key;
}

/* What is used for one article after the other. */
struct reading {
	struct examination *examination;
	struct entity_check *entities;
	struct analyser *analyser;
	struct token_list tokens;
	struct arena arena;
	struct buffer bytes, term;
	struct places places; /* by the text */
};

static void add_token(struct reading *reading, const char *prefix, const struct token *token)
{
	const struct str forms[] = { token->word->exact, token->word->folded };
	for (size_t i = 0; i < 2; i++) {
		buffer_reset(&reading->term);
		schema_word_term(prefix, forms[i], &reading->term);
		places_add(&reading->places, buffer_str(&reading->term), token->position);
	}
}

static void analyse(struct reading *reading, const struct article *article, bool in_title)
{
	for (size_t i = 0, t = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		for (; t < reading->tokens.count && reading->tokens.items[t].start < paragraph->end;
		     t++)
			if (!in_title)
				add_token(reading, "", &reading->tokens.items[t]);
			else if (paragraph->kind == PARAGRAPH_TITLE)
				add_token(reading, "S", &reading->tokens.items[t]);
	}
}

/* ---- mentions ---- */

static void place_list(struct reading *reading, struct position_list list)
{
	for (uint32_t i = 0; i < list.count; i++)
		places_add(&reading->places, buffer_str(&reading->term), list.items[i]);
	buffer_reset(&reading->term);
}

/* Those of its date and of all that that is in. */
static size_t place_date(struct reading *reading, const struct entity *entity,
			 struct position_list list)
{
	struct date date;
	char terms[3][16];
	const size_t count = date_parse(entity->name, &date) ? schema_when_terms(&date, terms) : 0;
	for (size_t i = 0; i < count; i++) {
		buffer_add_text(&reading->term, terms[i]);
		place_list(reading, list);
	}
	return count;
}

/* All terms that say that the entity is there. */
static void place_entity(struct reading *reading, const struct entity *entity,
			 struct position_list list)
{
	if (entity->kind == KIND_WHEN) {
		if (!place_date(reading, entity, list))
			return;
	} else {
		schema_value_term(field_of_kind(entity->kind), entity->name, &reading->term);
		place_list(reading, list);
	}
	schema_any_term(entity->kind, &reading->term);
	place_list(reading, list);
}

static void find_places(struct reading *reading, const struct record *record,
			struct entity_places *found)
{
	struct position_list *lists =
		arena_alloc(&reading->arena, record->entity_count * sizeof(*lists));
	positions_of_mentions(record->mentions, record->mention_count, &reading->tokens,
			      record->entity_count, &reading->arena, lists);
	found->entities = lists;
	found->sentences =
		positions_of_sentences(&record->article, &reading->tokens, &reading->arena);
}

static void place_mentions(struct reading *reading, const struct record *record,
			   const struct entity_places *found)
{
	buffer_reset(&reading->term);
	buffer_add_text(&reading->term, TERM_SENTENCES);
	place_list(reading, found->sentences);
	for (size_t i = 0; i < record->entity_count; i++)
		if (field_of_kind(record->entities[i].kind))
			place_entity(reading, &record->entities[i], found->entities[i]);
}

/* ---- an article ---- */

/* At least as many as all of it has. */
static size_t count_places(const struct reading *reading, const struct record *record,
			   const struct entity_places *found)
{
	size_t count = 4 * reading->tokens.count + found->sentences.count;
	for (size_t i = 0; i < record->entity_count; i++)
		count += 4 * (size_t)found->entities[i].count;
	return count;
}

static void place_all(struct reading *reading, const struct record *record,
		      struct entity_places *found)
{
	const struct article *article = &record->article;
	struct token_list *tokens = &reading->tokens;
	uint32_t position = 1;
	tokens->count = 0;
	/* What is a word, too, depends on the language. */
	analyser_set_language(reading->analyser, language_of_text(article->language));
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		const struct str text = { article->text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		position = analyser_run(reading->analyser, text, paragraph->start, position, tokens);
		position += SCHEMA_PARAGRAPH_GAP;
	}
	find_places(reading, record, found);
	places_reset(&reading->places, count_places(reading, record, found));
	analyse(reading, article, false);
	analyse(reading, article, true);
	place_mentions(reading, record, found);
	analyser_trim(reading->analyser, WORDS_MAX);
}

/* How many positions the index has, and the sum over them as places_add makes it; false when they cannot be read. */
static bool sum_positions(struct str bytes, uint64_t *count, uint64_t *sum)
{
	const char *at = bytes.data, *end = bytes.data + bytes.len;
	*count = *sum = 0;
	while (at < end) {
		struct str term;
		uint64_t positions, position;
		if (!counted_read(&at, end, &term) || !varint_read(&at, end, &positions))
			return false;
		const uint64_t hash = check_hash(term);
		for (*count += positions; positions; positions--) {
			if (!varint_read(&at, end, &position))
				return false;
			*sum += check_scatter(hash + position) | 1;
		}
	}
	return true;
}

static enum status check_article(struct reading *reading, uint32_t id, struct error *err)
{
	struct examination *examination = reading->examination;
	struct record record;
	struct entity_places found;
	uint64_t count, sum;
	buffer_reset(&reading->bytes);
	arena_reset(&reading->arena);
	enum status status = store_record(examination->store, id, &reading->bytes, err);
	if (status != STATUS_OK)
		return status;
	/* That a record is damaged was found by check_records. */
	if (record_decode(buffer_str(&reading->bytes), RECORD_ALL, &reading->arena, &record, err) !=
	    STATUS_OK)
		return STATUS_OK;
	place_all(reading, &record, &found);
	buffer_reset(&reading->bytes);
	status = store_positions(examination->store, id, &reading->bytes, err);
	if (status == STATUS_OK && (!sum_positions(buffer_str(&reading->bytes), &count, &sum) ||
				    count != reading->places.count || sum != reading->places.sum))
		findings_add(examination->findings,
			     "document %u has words or mentions at other positions than its text",
			     id);
	if (status == STATUS_OK)
		status = entity_check_sentences(reading->entities, id, &record, &found, err);
	return status;
}

/* Another analyser may well have put the words elsewhere. */
static enum status was_made_by_this(struct store *store, bool *answer, struct error *err)
{
	struct buffer value = { 0 };
	char version[16];
	snprintf(version, sizeof(version), "%d", TEXT_ANALYSER_VERSION);
	const enum status status = store_metadata(store, STR(META_ANALYSER), &value, err);
	*answer = str_equal(buffer_str(&value), str_from(version));
	buffer_release(&value);
	return status;
}

enum status check_positions(struct examination *examination, struct error *err)
{
	const uint32_t articles = docset_count(&examination->all);
	const uint32_t step = (articles + ARTICLES_MAX - 1) / ARTICLES_MAX;
	struct reading reading = { .examination = examination };
	bool is_ours;
	uint32_t place = 0;
	enum status status = was_made_by_this(examination->store, &is_ours, err);
	if (status != STATUS_OK || !is_ours)
		return status;
	reading.analyser = analyser_new();
	reading.entities = entity_check_new(examination);
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(&examination->all, id + 1));)
		if (place++ % step == 0)
			status = check_article(&reading, id, err);
	analyser_free(reading.analyser);
	entity_check_free(reading.entities);
	token_list_release(&reading.tokens);
	arena_release(&reading.arena);
	buffer_release(&reading.bytes);
	buffer_release(&reading.term);
	free(reading.places.slots);
	return status;
}
