/*
 * Plain text as papers and agencies put it out: a title, perhaps who wrote it and when, and then the body
 * in one of two ways: wrapped lines with blank lines or indents between paragraphs, or a line a
 * paragraph.
 */
#include "formats.h"

#include "lines.h"
#include "names.h"
#include "plain.h"

#include "dateline/utf8.h"

#include <ctype.h>
#include <strings.h>

/* ---- telling and splitting ---- */

int text_sniff(struct str head, bool whole, const char *path)
{
	(void)head;
	(void)whole;
	return path_ends_in(path, ".txt .text") ? 50 : 20;
}

size_t whole_split(struct split *split)
{
	if (!split->inside && !split->seen)
		split->skip = white_length(split->have);
	split->seen = split->have.len - split->skip;
	split->is_single = true;
	return split->at_end ? split->seen : 0;
}

/* ---- what stands under the title ---- */

/* Words that a name can have in lower case. */
static bool is_particle(struct str word)
{
	static const char *const particles[] = { "and", "of",  "for", "in", "de",  "del", "della",
						 "der", "den", "di",  "da", "dos", "du",  "la",
						 "le",  "van", "von", "zu", "ter", "ten", "bin",
						 "al",  "el",  "y",   "e",  "the", "af",  "av" };
	for (size_t i = 0; i < sizeof(particles) / sizeof(particles[0]); i++)
		if (str_equal(word, str_from(particles[i])))
			return true;
	return false;
}

/* A name's words begin with capitals, or letters of scripts without them; numbers are none. */
static bool is_name_word(struct str word)
{
	const char c = word.data[0];
	if (c >= 'a' && c <= 'z') /* d'Afflisio */
		return is_particle(word) || (word.len > 2 && word.data[1] == '\'');
	return !isdigit((unsigned char)c);
}

/* "By Monday." is a sentence, "By Ada Vos Jr." is not. */
static bool ends_in_stop(struct str names)
{
	size_t word = 0;
	while (word < names.len && !is_white(names.data[names.len - 1 - word]))
		word++;
	return names.data[names.len - 1] == '.' && word > 3;
}

/* "By the sea" */
static bool begins_low(struct str names)
{
	static const char *const words[] = { "the ", "in ", "of ", "and ", "for " };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (starts_with(names, str_from(words[i])))
			return true;
	return false;
}

#define BYLINE_MAX 120

static bool is_byline(struct str line)
{
	struct str names = byline_names(line);
	if (names.len == line.len || !names.len || line.len > BYLINE_MAX)
		return false;
	if (strchr("!?:;", line.data[line.len - 1]) || ends_in_stop(names) || begins_low(names))
		return false;
	size_t capitals = 0;
	while (names.len) {
		size_t len = 0;
		while (len < names.len && !strchr(" \t,|&", names.data[len]))
			len++;
		const struct str word = { names.data, len };
		if (len && !is_name_word(word))
			return false;
		capitals += len && !is_particle(word);
		len += len < names.len;
		names = (struct str){ names.data + len, names.len - len };
	}
	return capitals > 0 && capitals <= 12;
}

/* Is the line only a date? A bare number is none, unless a label says so. */
static bool is_date_line(struct str line, struct date *date)
{
	const struct str text = behind_date_label(line);
	if (!date_parse(text, date))
		return false;
	if (text.len != line.len)
		return true;
	size_t digits = 0;
	while (digits < text.len && isdigit((unsigned char)text.data[digits]))
		digits++;
	return date->precision >= DATE_MONTH && digits < text.len;
}

/* Takes a line of names or a date off the start of the body; false when there is none. */
static bool take_note(struct str *body, struct arena *arena, struct article *article,
		      struct name_list *authors)
{
	struct str rest = *body, line;
	do {
		if (!line_take(&rest, &line))
			return false;
		line = str_trim(line);
	} while (!line.len);
	struct date date;
	if (is_byline(line))
		name_list_add_byline(authors, line, arena, &article->replaced);
	else if (!is_date_line(line, &date))
		return false;
	else if (article->published.precision == DATE_NONE)
		article->published = date;
	*body = rest;
	return true;
}

#define NOTES_MAX 4

static void take_notes(struct str *body, struct arena *arena, struct article *article)
{
	struct name_list authors = { 0 };
	for (int i = 0; i < NOTES_MAX && take_note(body, arena, article, &authors); i++)
		;
	article->authors = name_list_finish(&authors);
}

/* ---- the body ---- */

/* A paragraph before it is known what it is: a line, or in wrapped text all up to a blank line. */
struct block {
	struct str text; /* empty for none */
	bool is_line;
	bool ends; /* with the mark of a sentence's end */
};

#define HEADING_MAX 90 /* characters */

static size_t count_characters(struct str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len; i++)
		count += ((unsigned char)s.data[i] & 0xC0) != 0x80;
	return count;
}

static bool could_be_heading(const struct block *block)
{
	if (!block->is_line || block->ends || !block->text.len)
		return false;
	const char c = block->text.data[0];
	if ((c >= 'a' && c <= 'z') || strchr("-*+#|>=_~(", c))
		return false;
	return count_characters(block->text) <= HEADING_MAX;
}

/* A short line without a sentence's end, behind a paragraph that has one and before a longer one. */
static bool is_heading(const struct block *before, const struct block *block,
		       const struct block *after)
{
	if (!could_be_heading(block) || !after->text.len || after->text.len <= block->text.len)
		return false;
	if (could_be_heading(after))
		return false;
	return before->ends || !before->text.len;
}

static bool take_block(struct str *body, bool by_line, struct block *block)
{
	struct str line, text = { NULL, 0 };
	size_t lines = 0;
	while (line_take(body, &line)) {
		const bool is_blank = str_trim(line).len == 0;
		if (is_blank && lines)
			break;
		if (is_blank)
			continue;
		text = lines++ ? str_from_to(text.data, line.data + line.len) : line;
		if (by_line)
			break;
	}
	block->is_line = lines == 1;
	block->text = block->is_line ? str_trim(text) : text;
	block->ends = ends_sentence(str_trim(text));
	return lines > 0;
}

static void add_block(struct text_builder *builder, const struct body_layout *layout,
		      const struct block *block, bool heading)
{
	if (heading || block->is_line)
		text_builder_add(builder, heading ? PARAGRAPH_HEADING : PARAGRAPH_TEXT, block->text);
	else
		text_builder_add_lines(builder, layout, block->text);
}

static void add_text_body(struct text_builder *builder, struct str body)
{
	const struct body_layout layout = body_layout_of(body);
	const bool by_line = !layout.is_wrapped;
	struct block before = { { NULL, 0 }, false, false }, block, after;
	bool more = take_block(&body, by_line, &block);
	while (more) {
		more = take_block(&body, by_line, &after);
		add_block(builder, &layout, &block, is_heading(&before, &block, &after));
		before = block;
		block = after;
	}
}

static void read_text(struct str text, struct text_builder *builder, struct arena *arena,
		      struct article *article)
{
	struct str body = text, title;
	do {
		if (!line_take(&body, &title))
			return;
	} while (!str_trim(title).len);
	title = str_trim(title);
	if (could_be_title(title))
		text_builder_add(builder, PARAGRAPH_TITLE, title);
	else
		body = text;
	take_notes(&body, arena, article);
	add_text_body(builder, body);
}

enum status text_parse(const struct record_bytes *record, struct text_builder *builder,
		       struct arena *arena, struct article *article, struct error *err)
{
	struct buffer clean = { 0 };
	struct str text = record->bytes;
	if (!utf8_is_clean(text)) {
		article->replaced = (uint32_t)utf8_clean(text, &clean);
		text = buffer_str(&clean);
	}
	read_text(text, builder, arena, article);
	buffer_release(&clean);
	if (!builder->count)
		return error_set(err, STATUS_BAD_INPUT, "it has neither a title nor a body");
	return STATUS_OK;
}
