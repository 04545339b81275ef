/*
 * A body's lines to paragraphs. What tells wrapped text from a line a paragraph is how wrapping works: a line is
 * broken where the next word would go over the width. So every break inside a paragraph allows the widths from the line's own to that
 * with the next word, and the width that most breaks allow is the text's. The other sign is a line that begins in lower case,
 * as paragraphs do not.
 */
#include "dateline/article.h"

#include "blank.h"

#include <utf8proc.h>

#define COLUMNS_MOST 255 /* what is counted; wider lines are all alike */
#define WIDTH_LEAST 40   /* of a text whose width alone shows that it is wrapped */
#define WIDTH_MOST 240

struct line {
	const char *start, *text,
		*end;             /* its text is without white space around it; empty when blank */
	uint32_t indent, columns; /* in characters, the indent among the columns */
};

/* ---- lines ---- */

static uint32_t count_columns(const char *at, const char *end)
{
	if (end - at > (ptrdiff_t)4 * COLUMNS_MOST)
		return COLUMNS_MOST;
	uint32_t columns = (uint32_t)(end - at);
	for (; end - at >= 8; at += 8) {
		uint64_t eight;
		memcpy(&eight, at, sizeof(eight));
		/* Bytes that go on with a character begin with the bits 10. */
		if (eight & EACH_BYTE(0x80)) {
			const uint64_t going_on = eight >> 7 & ~eight >> 6 & EACH_BYTE(1);
			columns -= (uint32_t)((going_on * EACH_BYTE(1)) >> 56);
		}
	}
	for (; at < end; at++)
		columns -= ((uint8_t)*at & 0xC0) == 0x80;
	return columns < COLUMNS_MOST ? columns : COLUMNS_MOST;
}

/* Takes the next line off [*at, end); false when there is none. */
static bool take_line(const char **at, const char *end, struct line *line)
{
	if (*at >= end)
		return false;
	const char *newline = memchr(*at, '\n', (size_t)(end - *at));
	const char *stop = newline ? newline : end;
	line->start = *at;
	line->text = skip_blanks(*at, stop);
	*at = newline ? newline + 1 : end;
	while (stop > line->text && (stop[-1] == ' ' || stop[-1] == '\t'))
		stop--;
	line->end = stop;
	return true;
}

static void measure(struct line *line)
{
	line->indent = count_columns(line->start, line->text);
	line->columns = count_columns(line->start, line->end);
}

static bool is_blank(const struct line *line)
{
	return line->text == line->end;
}

/* The lines from the next that is not blank on, up to a blank one; empty behind the last. */
static struct str take_block(const char **at, const char *end)
{
	struct line line = { 0 };
	while (take_line(at, end, &line) && is_blank(&line))
		;
	if (is_blank(&line))
		return (struct str){ end, 0 };
	const char *start = line.start, *stop = *at;
	while (take_line(at, end, &line) && !is_blank(&line))
		stop = *at;
	return (struct str){ start, (size_t)(stop - start) };
}

/* Blanks that all lines of a block begin with; only more of them begin a paragraph. */
static uint32_t margin_of(struct str block)
{
	const char *at = block.data, *end = at + block.len;
	uint32_t margin = COLUMNS_MOST;
	for (struct line line; margin && take_line(&at, end, &line);) {
		const uint32_t indent = count_columns(line.start, line.text);
		margin = indent < margin ? indent : margin;
	}
	return margin;
}

/* ---- what lines look like ---- */

static uint32_t code_at(const char *at, const char *end)
{
	size_t bytes;
	return at < end ? utf8_decode(at, (size_t)(end - at), &bytes) : 0;
}

static const char *skip_openers(const char *at, const char *end)
{
	for (size_t bytes; at < end; at += bytes) {
		const uint32_t code = utf8_decode(at, (size_t)(end - at), &bytes);
		if (code != '"' && code != '\'' && code != '(' && code != '[' && code != 0x201C &&
		    code != 0x2018 && code != 0xAB)
			break;
	}
	return at;
}

static bool begins_low(const struct line *line)
{
	const uint32_t code = code_at(skip_openers(line->text, line->end), line->end);
	if (code < 0x80)
		return code >= 'a' && code <= 'z';
	return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_LL;
}

/* Is the letter before the stop at `stop` one alone: "U.S.", "William G."? */
static bool is_initial(const char *start, const char *stop)
{
	if (stop == start || stop[-1] < 'A' || stop[-1] > 'Z')
		return false;
	return stop - 1 == start || stop[-2] == '.' || stop[-2] == ' ';
}

/* Does a sentence end with it? */
static bool ends_whole(const struct line *line)
{
	size_t at;
	const uint32_t code =
		utf8_last_sign((struct str){ line->text, (size_t)(line->end - line->text) }, &at);
	return utf8_is_stop(code) && !(code == '.' && is_initial(line->text, line->text + at));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The columns of the mark that begins an item of a list, with the blanks behind it: "- ", "2. ", "b) "; 0 when there is none. */
static uint32_t marker_columns(const struct line *line)
{
	const char *at = line->text, *end = line->end;
	if (is_digit(*at)) {
		for (int i = 0; i < 2 && at < end && is_digit(*at); i++)
			at++;
		if (at == end || (*at != '.' && *at != ')'))
			return 0;
	} else if (end - at > 1 && at[1] == ')' && *at >= 'a' && *at <= 'z') {
		at++;
	} else if (*at != '-' && *at != '*' && *at != '+') {
		const uint32_t code = code_at(at, end);
		if (code != 0x2022 && code != 0xB7 && code != 0x2013 && code != 0x2014)
			return 0;
	}
	size_t bytes;
	utf8_decode(at, (size_t)(end - at), &bytes);
	at += bytes;
	const char *text = skip_blanks(at, end);
	return text > at && text < end ? count_columns(line->text, text) : 0;
}

/* A dash may stand in a sentence; a bullet may not. */
static bool is_bullet(const struct line *line)
{
	const uint32_t code = code_at(line->text, line->end);
	return code == '*' || code == 0x2022 || code == 0xB7;
}

/* With a gap inside, as rows of a table have. */
static bool is_row(const struct line *line)
{
	const size_t len = (size_t)(line->end - line->text);
	return memchr(line->text, '\t', len) || memmem(line->text, len, "   ", 3);
}

static uint32_t first_word(const struct line *line)
{
	const char *blank = memchr(line->text, ' ', (size_t)(line->end - line->text));
	return count_columns(line->text, blank ? blank : line->end);
}

/* Headings have capitals on such words, if not on all. */
static bool has_low_word(const struct line *line)
{
	size_t letters = 0;
	for (const char *at = line->text; at < line->end; at++) {
		const bool is_low = (*at >= 'a' && *at <= 'z') || (uint8_t)*at >= 0x80;
		if (is_low && (letters || at == line->text || at[-1] == ' '))
			letters++;
		else
			letters = 0;
		if (letters > 3)
			return true;
	}
	return false;
}

static bool has_blank(const struct line *line)
{
	return memchr(line->text, ' ', (size_t)(line->end - line->text));
}

/* ---- the lines of a block ---- */

struct block {
	const char *at, *end;
	uint32_t margin;
	uint32_t hang; /* where the text of the list's item stands that the line before belongs to; 0 for none */
	struct line before, line;
	bool is_first;
};

static void block_begin(struct block *block, struct str text)
{
	*block = (struct block){ .at = text.data,
				 .end = text.data + text.len,
				 .margin = margin_of(text),
				 .is_first = true };
}

static bool block_next(struct block *block)
{
	const struct line before = block->line;
	if (!take_line(&block->at, block->end, &block->line))
		return false;
	measure(&block->line);
	block->is_first = !before.text;
	block->before = before;
	const uint32_t marker = marker_columns(&block->line);
	if (marker)
		block->hang = block->line.indent + marker;
	else if (block->line.indent != block->hang)
		block->hang = 0;
	return true;
}

/* Is the line set in, as the first of a paragraph may be, and not as the second of a list's item? */
static bool is_set_in(const struct block *block)
{
	return block->line.indent > block->margin &&
	       (block->line.indent != block->hang || marker_columns(&block->line));
}

/* ---- the layout ---- */

struct evidence {
	uint32_t lines, breaks, torn, whole; /* torn: what goes on begins in lower case */
	bool sets_in;
	/* By width: lines of it, and where breaks that allow it begin (+) and end (-). */
	uint32_t wide[COLUMNS_MOST + 1];
	int32_t all[COLUMNS_MOST + 2], broken[COLUMNS_MOST + 2], low[COLUMNS_MOST + 2];
};

static void count_break(struct evidence *evidence, const struct line *line, const struct line *next)
{
	const uint32_t from = line->columns, to = from + 1 + first_word(next);
	const uint32_t end = to < COLUMNS_MOST + 1 ? to : COLUMNS_MOST + 1;
	const bool is_whole = ends_whole(line), is_torn = !is_whole && begins_low(next);
	evidence->breaks++;
	evidence->torn += is_torn;
	evidence->whole += is_whole;
	evidence->all[from]++;
	evidence->all[end]--;
	evidence->broken[from] += !is_whole;
	evidence->broken[end] -= !is_whole;
	evidence->low[from] += is_torn;
	evidence->low[end] -= is_torn;
}

static void count_block(struct evidence *evidence, struct str text)
{
	struct block block;
	block_begin(&block, text);
	while (block_next(&block)) {
		evidence->lines++;
		/* A word that is wider than all lines stands alone. */
		if (has_blank(&block.line))
			evidence->wide[block.line.columns]++;
		const bool set_in = is_set_in(&block);
		evidence->sets_in = evidence->sets_in || set_in;
		if (!block.is_first && !set_in && !(is_row(&block.before) && is_row(&block.line)))
			count_break(evidence, &block.before, &block.line);
	}
}

struct width {
	uint32_t columns;
	uint32_t longer; /* lines that are wider */
	int32_t all, broken,
		low; /* breaks that allow it: all, those inside sentences, those before lower case */
};

/* That which most breaks allow, and few lines go over. */
static struct width width_of(const struct evidence *evidence)
{
	struct width best = { 0 }, width = { 0 };
	for (size_t i = 0; i <= COLUMNS_MOST; i++)
		width.longer += evidence->wide[i];
	for (uint32_t i = 0; i <= WIDTH_MOST; i++) {
		width.columns = i;
		width.longer -= evidence->wide[i];
		width.all += evidence->all[i];
		width.broken += evidence->broken[i];
		width.low += evidence->low[i];
		if (i == 0 || width.all - (int64_t)width.longer > best.all - (int64_t)best.longer)
			best = width;
	}
	return best;
}

/*
 * Any of these shows it: many lines that end no sentence go on in lower case; some do, and just where the width breaks them;
 * lines stand between those that are set in, and end no sentence; or there is no telling by lower case, but the width
 * breaks nearly all lines that end no sentence, and there are many.
 */
static bool is_wrapped(const struct evidence *evidence, const struct width *width)
{
	const uint64_t breaks = evidence->breaks, torn = evidence->torn;
	const uint64_t broken = breaks - evidence->whole;
	if (!broken)
		return false;
	if ((torn * 3 >= broken && torn * 8 >= breaks) || (evidence->sets_in && broken * 2 > breaks))
		return true;
	if ((uint64_t)width->longer * 20 > evidence->lines)
		return false;
	if (torn)
		return torn * 20 >= breaks && (uint64_t)width->low * 5 >= torn * 4;
	return width->columns >= WIDTH_LEAST && (uint64_t)width->broken * 10 >= broken * 9 &&
	       broken * 3 >= breaks;
}

struct body_layout body_layout_of(struct str body)
{
	struct evidence evidence = { 0 };
	const char *at = body.data, *end = at + body.len;
	for (struct str block; (block = take_block(&at, end)).len;)
		count_block(&evidence, block);
	const struct width width = width_of(&evidence);
	return (struct body_layout){ .is_wrapped = is_wrapped(&evidence, &width),
				     .sets_in = evidence.sets_in,
				     .start = body.data,
				     .width = width.columns };
}

/* ---- paragraphs ---- */

/* Would the next word not have fitted? */
static bool is_full(const struct body_layout *layout, const struct line *line,
		    const struct line *next)
{
	return line->columns + 1 + first_word(next) > layout->width;
}

static bool begins_item(const struct body_layout *layout, const struct line *line,
			const struct line *next)
{
	return marker_columns(next) &&
	       (is_bullet(next) || ends_whole(line) || !is_full(layout, line, next));
}

/* In wrapped text. */
static bool goes_on(const struct body_layout *layout, const struct block *block)
{
	const struct line *line = &block->before, *next = &block->line;
	if (is_set_in(block))
		return false;
	if ((is_row(line) && is_row(next)) || begins_item(layout, line, next))
		return false;
	if (begins_low(next) || is_full(layout, line, next))
		return true;
	if (ends_whole(line))
		return false;
	/*
	 * Nobody who types breaks every line at the last moment; but headings and the ends of paragraphs are short.
	 * So is the first line when a dateline was taken off it.
	 */
	return layout->sets_in || line->columns * 3 >= layout->width * 2 ||
	       (line->start == layout->start && has_low_word(line));
}

static void add_block(struct text_builder *builder, const struct body_layout *layout, struct str text)
{
	struct block block;
	const char *start = text.data, *end = text.data + text.len;
	block_begin(&block, text);
	while (block_next(&block)) {
		if (block.is_first || (layout->is_wrapped && goes_on(layout, &block)))
			continue;
		text_builder_add(builder, PARAGRAPH_TEXT,
				 (struct str){ start, (size_t)(block.line.start - start) });
		start = block.line.start;
	}
	text_builder_add(builder, PARAGRAPH_TEXT, (struct str){ start, (size_t)(end - start) });
}

void text_builder_add_lines(struct text_builder *builder, const struct body_layout *layout,
			    struct str text)
{
	const char *at = text.data, *end = at + text.len;
	for (struct str block; (block = take_block(&at, end)).len;) {
		if (memchr(block.data, '\n', block.len - 1))
			add_block(builder, layout, block);
		else
			text_builder_add(builder, PARAGRAPH_TEXT, block);
	}
}

void text_builder_add_body(struct text_builder *builder, struct str body)
{
	if (!body.len)
		return;
	const struct body_layout layout = body_layout_of(body);
	text_builder_add_lines(builder, &layout, body);
}
