/*
 * some_records.h: records for suites to write and read: a full one, long ones, and one at work in `bytes`.
 */
#ifndef DATELINE_SOME_RECORDS_H
#define DATELINE_SOME_RECORDS_H

#include "dateline/record.h"
#include "testing.h"

#include <stdlib.h>

static struct record_writer *writer;
static struct arena arena;
static struct buffer bytes;

static inline void set_up(void)
{
	writer = record_writer_new();
}

static inline void tear_down(void)
{
	record_writer_free(writer);
	record_writer_free(NULL);
	arena_release(&arena);
	buffer_release(&bytes);
}

static inline uint64_t encode(const struct record *record)
{
	buffer_reset(&bytes);
	const uint64_t checksum = record_encode(writer, record, &bytes);
	ck_assert_uint_eq(checksum, record_checksum(buffer_str(&bytes)));
	return checksum;
}

static inline enum status decode(enum record_parts parts, struct record *record, struct error *err)
{
	return record_decode(buffer_str(&bytes), parts, &arena, record, err);
}

/* ---- articles to try ---- */

static struct str authors[] = { { "Ada Vos", 7 }, { "Jan Smit", 8 } };
static struct str topics[] = { { "espionage", 9 }, { "", 0 }, { "defence", 7 } };
static struct str dutch[] = { { "Dutch", 5 } };
static struct str ollongren[] = { { "Kajsa Ollongren", 15 }, { "Ollongren", 9 } };
static struct entity entities[] = {
	{ KIND_PLACE, 90, { "Netherlands", 11 }, { dutch, 1 } },
	{ KIND_PLACE, 95, { "China", 5 }, { NULL, 0 } },
	{ KIND_PERSON, 100, { "Kajsa Ollongren", 15 }, { ollongren, 2 } },
};
static struct mention mentions[] = {
	{ 0, 5, 0, RULE_DEMONYM, 90 },
	{ 24, 29, 1, RULE_GAZETTEER, 95 },
	{ 31, 46, 2, RULE_PUBLISHER, 100 },
};
static struct paragraph paragraphs[] = {
	{ 0, 29, PARAGRAPH_TITLE },
	{ 31, 58, PARAGRAPH_TEXT },
	{ 60, 67, PARAGRAPH_HEADING },
	{ 69, 79, PARAGRAPH_TEXT },
};

static inline struct record full_record(void)
{
	static const char text[] = "Dutch accuse spies from China\n\nKajsa Ollongren, a minister"
				   "\n\nReaction\n\nNone came.";
	struct record record = {
		.entities = entities,
		.entity_count = 3,
		.mentions = mentions,
		.mention_count = 3,
	};
	struct article *article = &record.article;
	article->id = STR("a-1024");
	article->text = (struct str){ text, sizeof(text) - 1 };
	article->title = (struct str){ text, 29 };
	article->paragraphs = paragraphs;
	article->paragraph_count = 4;
	ck_assert(date_parse(STR("2024-02-06T18:03:59-03:30"), &article->published));
	article->source = STR("The Quay");
	article->section = STR("World");
	article->url = STR("https://quay.example/1?a=b&c=d");
	article->language = STR("en");
	article->dateline = STR("AMSTERDAM, Feb 6 -");
	article->authors = (struct str_list){ authors, 2 };
	article->topics = (struct str_list){ topics, 3 };
	article->gives_people = true;
	article->gives_places = true;
	article->replaced = 3;
	article->cut = UINT64_C(1) << 40;
	article->origin = (struct origin){ STR("/news/\xFF.jsonl"), 70000, 69999, false };
	return record;
}

/* A record of one paragraph of `len` bytes. */
static inline struct record record_of_text(const char *text, size_t len, struct paragraph *paragraph)
{
	*paragraph = (struct paragraph){ 0, (uint32_t)len, PARAGRAPH_TEXT };
	struct record record = { 0 };
	record.article.id = STR("long");
	record.article.text = (struct str){ text, len };
	record.article.title = (struct str){ text, 0 };
	record.article.paragraphs = paragraph;
	record.article.paragraph_count = len ? 1 : 0;
	return record;
}

static inline char *noise(size_t len)
{
	char *text = memory_alloc(len);
	uint64_t seed = 7;
	for (size_t i = 0; i < len; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		text[i] = (char)(seed >> 56);
	}
	return text;
}

#endif
