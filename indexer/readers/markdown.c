/*
 * Markdown (CommonMark, and GitHub's tables, strikethrough and task lists) to plain paragraphs. md4c reads it
 * and calls back block by block; what stands in blocks is gathered, with headings told apart.
 */
#include "formats.h"

#include "fields.h"
#include "front_matter.h"
#include "html.h"
#include "lines.h"
#include "plain.h"

#include "dateline/utf8.h"

#include <md4c.h>
#include <stdlib.h>
#include <strings.h>

/* ---- telling ---- */

int markdown_sniff(struct str head, bool whole, const char *path)
{
	(void)whole;
	struct front_matter found;
	if (path_ends_in(path, ".md .markdown .mdown .mkd"))
		return 90;
	if ((front_matter_find(head, &found) && !found.is_open) || front_matter_is_toml(head))
		return 85;
	const size_t white = white_length(head);
	return starts_with((struct str){ head.data + white, head.len - white }, STR("# ")) ? 40 : 0;
}

/* ---- gathering ---- */

struct piece {
	size_t start, end; /* bytes in the gathered text */
	unsigned level;    /* of a heading; 0 for text */
};

struct gathering {
	struct buffer text, html;
	struct piece *pieces;
	size_t count, capacity;
	size_t start; /* what is behind it in `text` belongs to the piece at work */
	unsigned level;
	bool in_html;
};

/* Ends the piece at work. */
static void flush(struct gathering *gathering)
{
	const struct str text = buffer_str(&gathering->text);
	const struct str piece = { text.data + gathering->start, text.len - gathering->start };
	if (str_trim(piece).len) {
		memory_reserve(&gathering->pieces, &gathering->capacity, gathering->count,
			       sizeof(*gathering->pieces));
		gathering->pieces[gathering->count++] =
			(struct piece){ gathering->start, text.len, gathering->level };
	}
	gathering->start = text.len;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct gathering *gathering = context;
	/* The cells of a row are one piece, and blanks part them. */
	if (type == MD_BLOCK_TD || type == MD_BLOCK_TH) {
		buffer_add_char(&gathering->text, ' ');
		return 0;
	}
	flush(gathering);
	if (type == MD_BLOCK_H)
		gathering->level = ((const MD_BLOCK_H_DETAIL *)detail)->level;
	gathering->in_html = type == MD_BLOCK_HTML;
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	(void)detail;
	struct gathering *gathering = context;
	if (type == MD_BLOCK_TD || type == MD_BLOCK_TH)
		return 0;
	if (type == MD_BLOCK_HTML) {
		html_add_text(buffer_str(&gathering->html), &gathering->text);
		buffer_reset(&gathering->html);
		gathering->in_html = false;
	}
	flush(gathering);
	gathering->level = 0;
	return 0;
}

/* Emphasis, links and the like leave no trace; their text comes as any other. */
static int pass_span(MD_SPANTYPE type, void *detail, void *context)
{
	(void)type;
	(void)detail;
	(void)context;
	return 0;
}

/* A tag inside a line parts no words, but for the one that is a line break. */
static void add_inline_tag(struct gathering *gathering, struct str tag)
{
	if (tag.len > 3 && strncasecmp(tag.data, "<br", 3) == 0)
		buffer_add_char(&gathering->text, '\n');
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *data, MD_SIZE size, void *context)
{
	struct gathering *gathering = context;
	const struct str text = { data, size };
	if (gathering->in_html)
		buffer_add_str(&gathering->html, text);
	else if (type == MD_TEXT_HTML)
		add_inline_tag(gathering, text);
	else if (type == MD_TEXT_ENTITY)
		html_add_reference(text, &gathering->text);
	else if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
		buffer_add_char(&gathering->text, '\n');
	else
		buffer_add_str(&gathering->text, text);
	return 0;
}

/* ---- reading ---- */

/*
 * md4c's time can grow with the square of what it is given. So a text much longer than any article is
 * read part by part, each ended by a blank line; lost is only what would reach across.
 */
#define PART_BYTES ((size_t)128 << 10)

static struct str take_part(struct str *rest)
{
	struct str part = *rest;
	if (part.len > PART_BYTES) {
		part.len = utf8_cut(part, PART_BYTES);
		for (size_t at = part.len; at > PART_BYTES / 2; at--)
			if (part.data[at - 1] == '\n' && part.data[at - 2] == '\n') {
				part.len = at;
				break;
			}
	}
	*rest = (struct str){ rest->data + part.len, rest->len - part.len };
	return part;
}

/* False when md4c had no memory; there is no other way for it to fail. */
static bool gather(struct str text, struct gathering *gathering)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = pass_span,
		.leave_span = pass_span,
		.text = add_text,
	};
	/* What is beyond the limit is only counted, and need not be understood for that. */
	while (text.len && gathering->text.len <= ARTICLE_TEXT_MAX) {
		const struct str part = take_part(&text);
		if (md_parse(part.data, (MD_SIZE)part.len, &parser, gathering) != 0)
			return false;
	}
	buffer_add_str(&gathering->text, text);
	flush(gathering);
	return true;
}

static struct str piece_text(const struct gathering *gathering, const struct piece *piece)
{
	return str_trim(
		(struct str){ gathering->text.data + piece->start, piece->end - piece->start });
}

/* The heading that is the title: the first piece, or else the first of the highest level; or count. */
static size_t find_title(const struct gathering *gathering)
{
	for (size_t i = 0; i < gathering->count; i++)
		if (gathering->pieces[i].level == 1 || (i == 0 && gathering->pieces[i].level))
			return i;
	return gathering->count;
}

static void add_piece(struct text_builder *builder, struct str text, unsigned level)
{
	text_builder_add(builder, level ? PARAGRAPH_HEADING : PARAGRAPH_TEXT, text);
}

/* Does `text` say the title once more? */
static bool repeats_title(const struct text_builder *builder, struct str text)
{
	struct text_builder alone = { 0 };
	text_builder_add(&alone, PARAGRAPH_TITLE, text);
	const bool same = str_equal(buffer_str(&alone.text), buffer_str(&builder->text));
	text_builder_release(&alone);
	return same;
}

/* Adds the title that the text itself has; returns the piece that is used up by it. */
static size_t add_own_title(const struct gathering *gathering, struct text_builder *builder)
{
	const size_t title = find_title(gathering);
	if (title < gathering->count) {
		text_builder_add(builder, PARAGRAPH_TITLE,
				 piece_text(gathering, &gathering->pieces[title]));
		return title;
	}
	/* No heading: the first line, as in plain text. */
	struct str rest = piece_text(gathering, &gathering->pieces[0]), line;
	if (!line_take(&rest, &line) || !could_be_title(line))
		return title;
	text_builder_add(builder, PARAGRAPH_TITLE, line);
	add_piece(builder, rest, 0);
	return 0;
}

static void add_pieces(const struct gathering *gathering, struct text_builder *builder)
{
	if (!gathering->count)
		return;
	size_t used = gathering->count;
	if (!builder->count)
		used = add_own_title(gathering, builder);
	else if (gathering->pieces[0].level &&
		 repeats_title(builder, piece_text(gathering, &gathering->pieces[0])))
		used = 0;
	for (size_t i = 0; i < gathering->count; i++)
		if (i != used)
			add_piece(builder, piece_text(gathering, &gathering->pieces[i]),
				  gathering->pieces[i].level);
}

static enum status read_fields(const struct front_matter *found, uint64_t line,
			       struct text_builder *builder, struct arena *arena,
			       struct article *article, struct error *err)
{
	cJSON *object;
	enum status status = front_matter_read(found->fields, line, &object, err);
	if (status != STATUS_OK)
		return status;
	struct given given;
	given_collect(object, &given);
	status = given_fill(&given, arena, article, err);
	if (status == STATUS_OK)
		status = given_add_title(&given, builder, article, err);
	cJSON_Delete(object);
	return status;
}

static enum status read_markdown(struct str text, uint64_t line, struct text_builder *builder,
				 struct arena *arena, struct article *article, struct error *err)
{
	struct front_matter found;
	if (front_matter_is_toml(text))
		return error_set(err, STATUS_BAD_INPUT,
				 "its fields are TOML, between lines of +++, which is not read: "
				 "write them as YAML, between lines of ---");
	if (front_matter_find(text, &found)) {
		if (found.is_open)
			return error_set(err, STATUS_BAD_INPUT,
					 "the front matter has no end: a line of --- is missing");
		const enum status status =
			read_fields(&found, line + 1, builder, arena, article, err);
		if (status != STATUS_OK)
			return status;
		text = found.rest;
	}
	struct gathering gathering = { 0 };
	const bool good = gather(text, &gathering);
	if (good)
		add_pieces(&gathering, builder);
	free(gathering.pieces);
	buffer_release(&gathering.text);
	buffer_release(&gathering.html);
	if (!good)
		return error_set(err, STATUS_SYSTEM, "out of memory in reading Markdown");
	if (!builder->count)
		return error_set(err, STATUS_BAD_INPUT, "it has neither a title nor a body");
	return STATUS_OK;
}

enum status markdown_parse(const struct record_bytes *record, struct text_builder *builder,
			   struct arena *arena, struct article *article, struct error *err)
{
	struct buffer clean = { 0 };
	struct str text = record->bytes;
	if (!utf8_is_clean(text)) {
		article->replaced = (uint32_t)utf8_clean(text, &clean);
		text = buffer_str(&clean);
	}
	const enum status status =
		read_markdown(text, record->origin.line, builder, arena, article, err);
	buffer_release(&clean);
	return status;
}
