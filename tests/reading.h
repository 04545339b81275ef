/*
 * reading.h: for tests of readers: bytes in, in pieces of any size, and all that comes out as lines of text
 * that can be compared.
 */
#ifndef DATELINE_READING_H
#define DATELINE_READING_H

#include "../indexer/readers/reader.h"

#include "dateline/utf8.h"

#include <inttypes.h>
#include <stdlib.h>

struct pieces {
	struct str bytes;
	size_t size; /* of a piece; 0: all at once */
};

static inline ssize_t pieces_read(void *context, char *into, size_t size)
{
	struct pieces *pieces = context;
	size_t n = pieces->size && pieces->size < size ? pieces->size : size;
	n = n < pieces->bytes.len ? n : pieces->bytes.len;
	if (n)
		memcpy(into, pieces->bytes.data, n);
	pieces->bytes = (struct str){ pieces->bytes.data + n, pieces->bytes.len - n };
	return (ssize_t)n;
}

static inline void describe_list(struct buffer *out, const char *name, bool given,
				 struct str_list list)
{
	if (!given && !list.count)
		return;
	buffer_add_format(out, "  %s:", name);
	for (size_t i = 0; i < list.count; i++)
		buffer_add_format(out, " [%.*s]", STR_ARG(list.items[i]));
	buffer_add_char(out, '\n');
}

static inline void describe_text(struct buffer *out, const char *name, struct str text)
{
	if (text.len)
		buffer_add_format(out, "  %s: %.*s\n", name, STR_ARG(text));
}

static inline void describe_article(struct buffer *out, const struct article *article)
{
	char date[DATE_TEXT_SIZE];
	date_format(&article->published, date);
	describe_text(out, "date", str_from(date));
	describe_text(out, "unread date", article->unread_date);
	describe_text(out, "source", article->source);
	describe_text(out, "section", article->section);
	describe_text(out, "url", article->url);
	describe_text(out, "language", article->language);
	describe_text(out, "dateline", article->dateline);
	describe_list(out, "authors", false, article->authors);
	describe_list(out, "topics", false, article->topics);
	describe_list(out, "people", article->gives_people, article->people);
	describe_list(out, "orgs", article->gives_orgs, article->orgs);
	describe_list(out, "places", article->gives_places, article->places);
	if (article->replaced)
		buffer_add_format(out, "  replaced: %u\n", article->replaced);
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		const struct str text = { article->text.data + paragraph->start,
					  paragraph->end - paragraph->start };
		buffer_add_format(out, "  %c %.*s\n", "TPH"[paragraph->kind], STR_ARG(text));
	}
}

/* Valid UTF-8 without controls. U+FEFF is allowed anywhere inside text, so also behind blanks that went. */
static inline bool is_valid(struct str text)
{
	while (text.len >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
		text = (struct str){ text.data + 3, text.len - 3 };
	return utf8_is_clean(text);
}

/* What holds for every article, whatever it was read from. */
static inline void require_list(struct str_list list, void (*require)(bool condition))
{
	for (size_t i = 0; i < list.count; i++) {
		require(list.items[i].len > 0 && list.items[i].len <= NAME_BYTES_MAX);
		require(is_valid(list.items[i]));
	}
}

static inline void require_article(const struct article *article, void (*require)(bool condition))
{
	const struct str texts[] = { article->id,      article->text, article->source,
				     article->section, article->url,  article->language,
				     article->dateline };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		require(texts[i].data && is_valid(texts[i]));
	require(article->id.len > 0 && article->text.len <= ARTICLE_TEXT_MAX);
	size_t end = 0;
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		require(paragraph->start == (i ? end + 2 : 0) && paragraph->start < paragraph->end);
		require(i == 0 || paragraph->kind != PARAGRAPH_TITLE);
		end = paragraph->end;
	}
	require(end == article->text.len);
	require_list(article->authors, require);
	require_list(article->topics, require);
	require_list(article->people, require);
	require_list(article->orgs, require);
	require_list(article->places, require);
}

static inline void read_record(struct splitter *splitter, const struct record_bytes *record,
			       struct buffer *out, void (*require)(bool condition))
{
	struct text_builder builder = { 0 };
	struct arena arena = { 0 };
	struct article article;
	struct error err = { 0 };
	const enum status status =
		reader_parse(splitter_reader(splitter), record, &builder, &arena, &article, &err);
	buffer_add_format(out, "%" PRIu64 ":%" PRIu64 " ", record->origin.line,
			  record->origin.record);
	require(status == STATUS_OK || status == STATUS_BAD_INPUT);
	if (status == STATUS_OK) {
		buffer_add_format(out, "%.*s\n", STR_ARG(article.id));
		require_article(&article, require);
		describe_article(out, &article);
	} else {
		require(err.text[0] != '\0');
		buffer_add_format(out, "%s: %s\n", status_name(status), err.text);
	}
	text_builder_release(&builder);
	arena_release(&arena);
}

/* Appends the format's name and then a paragraph for each record: "LINE:RECORD ID" or what is wrong. */
static inline void read_all(struct str bytes, size_t piece, const char *path,
			    const struct reader *forced, struct buffer *out,
			    void (*require)(bool condition))
{
	struct pieces pieces = { bytes, piece };
	const struct input input = { pieces_read, &pieces, path };
	struct splitter *splitter;
	struct record_bytes record;
	struct error err = { 0 };
	enum status status = splitter_open(input, forced, &splitter, &err);
	if (status != STATUS_OK) {
		buffer_add_format(out, "%s: %s\n", status_name(status), err.text);
		return;
	}
	buffer_add_format(out, "%s\n", splitter_reader(splitter)->name);
	while ((status = splitter_next(splitter, &record, &err)) != STATUS_END) {
		if (status == STATUS_OK) {
			read_record(splitter, &record, out, require);
			continue;
		}
		buffer_add_format(out, "%" PRIu64 ":%" PRIu64 " %s: %s\n", record.origin.line,
				  record.origin.record, status_name(status), err.text);
		require(status == STATUS_TOO_LARGE);
	}
	require(splitter_next(splitter, &record, &err) == STATUS_END);
	require(splitter_bytes(splitter) == bytes.len);
	splitter_close(splitter);
}

#endif
