/*
 * A body's lines to paragraphs. What tells wrapped text from a line a paragraph is how wrapping works: a line is
 * broken where the next word would go over the width. So every break inside a paragraph allows the widths from the line's own to that
 * with the next word, and the width that most breaks allow is the text's. The other sign is a line that begins in lower case,
 * as paragraphs do not.
 */
#include "dateline/article.h"

#include "blank.h"
#include "dateline/letters.h"

#include <endian.h>
#include <stdlib.h>
#include <utf8proc.h>

#define COLUMNS_MOST 255 /* what is counted; wider lines are all alike */
#define WIDTH_LEAST 40   /* of a text whose width alone shows that it is wrapped */
#define WIDTH_MOST 240
#define BYTES_MOST                                                                                 \
	((size_t)4 * COLUMNS_MOST) /* of a line that is measured: a character has at most four */

/* What is told of a line that is not blank, once; nothing but where it is, and is_first, before it is measured. */
struct body_line {
	const char *start;
	uint32_t text, end; /* from `start`: its text is without white space around it */
	/* In characters: what it is set in by, the whole with that, the first word, the mark that begins an item. */
	uint8_t indent, columns, word, marker;
	bool is_first; /* of its block: a blank line stands before it */
	bool has_blank;
	bool is_row; /* with a gap inside, as rows of a table have */
	bool is_set_in; /* as the first of a paragraph may be, and not as the second of a list's item */
};

/* A body of more lines is taken for several; they hold more than an article may, if they are not very short. */
#define LINES_MAX ((size_t)1 << 18)

/* Room that one long article needed is not kept. */
#define LINES_KEPT ((size_t)1 << 13)

/* ---- lines ---- */

static const char *text_of(const struct body_line *line)
{
	return line->start + line->text;
}

static const char *end_of(const struct body_line *line)
{
	return line->start + line->end;
}

/* Takes the next line off [*at, end); false when there is none. */
static bool take_line(const char **at, const char *end, struct body_line *line)
{
	if (*at >= end)
		return false;
	const char *newline = memchr(*at, '\n', (size_t)(end - *at));
	const char *stop = newline ? newline : end;
	const char *text = skip_blanks(*at, stop);
	while (stop > text && (stop[-1] == ' ' || stop[-1] == '\t'))
		stop--;
	*line = (struct body_line){ .start = *at,
				    .text = (uint32_t)(text - *at),
				    .end = (uint32_t)(stop - *at) };
	*at = newline ? newline + 1 : end;
	return true;
}

/*
 * The lines of [*at, end) that are not blank, LINES_MAX at most; *at is moved behind them. True in *has_breaks when any of
 * them goes on a block.
 */
static void find_lines(const char **at, const char *end, struct body_lines *lines, bool *has_breaks)
{
	bool is_first = true;
	lines->count = 0;
	*has_breaks = false;
	for (struct body_line line; lines->count < LINES_MAX && take_line(at, end, &line);) {
		if (line.text == line.end) {
			is_first = true;
			continue;
		}
		line.is_first = is_first;
		*has_breaks |= !is_first;
		is_first = false;
		memory_reserve(&lines->items, &lines->capacity, lines->count, sizeof(line));
		lines->items[lines->count++] = line;
	}
}

/* ---- measuring ---- */

/* Bit 7 of each byte that goes on with a character, as those do that begin with the bits 10. */
static inline uint64_t going_on(uint64_t eight)
{
	return eight & ~eight << 1 & EACH_BYTE(0x80);
}

static inline uint32_t count_bits(uint64_t in_bit_7)
{
	return (uint32_t)((in_bit_7 >> 7) * EACH_BYTE(1) >> 56);
}

/* Bit 7 of each byte that is a blank. */
static inline uint64_t blanks_of(uint64_t eight)
{
	const uint64_t other = eight ^ EACH_BYTE(' ');
	return ~(((other & EACH_BYTE(0x7F)) + EACH_BYTE(0x7F)) | other) & EACH_BYTE(0x80);
}

/* Not 0 when a byte is a tab. */
static inline uint64_t tabs_of(uint64_t eight)
{
	const uint64_t other = eight ^ EACH_BYTE('\t');
	return (other - EACH_BYTE(1)) & ~other & EACH_BYTE(0x80);
}

static uint8_t capped(size_t columns)
{
	return (uint8_t)(columns < COLUMNS_MOST ? columns : COLUMNS_MOST);
}

static uint32_t count_columns(const char *at, const char *end)
{
	/* A character has four bytes at most. */
	if (end - at > (ptrdiff_t)4 * COLUMNS_MOST)
		return COLUMNS_MOST;
	uint32_t columns = 0;
	for (; at < end; at++)
		columns += ((uint8_t)*at & 0xC0) != 0x80;
	return capped(columns);
}

/* The next eight bytes, the first in the lowest bits; zeros are behind the last. */
static inline uint64_t load_eight(const char *at, size_t left)
{
	uint64_t eight = 0;
	if (left >= sizeof(eight))
		memcpy(&eight, at, sizeof(eight));
	else
		memcpy(&eight, at, left);
	return le64toh(eight);
}

/* Eight bytes at once. */
static void measure_text(struct body_line *line)
{
	const char *text = text_of(line);
	const size_t len = line->end - line->text;
	uint64_t tabs = 0, gaps = 0, before = 0;
	size_t columns = len, word = 0;
	for (size_t at = 0; at < len; at += 8) {
		const uint64_t eight = load_eight(text + at, len - at);
		const uint64_t blanks = blanks_of(eight), on = going_on(eight);
		if (blanks && !line->has_blank) {
			const uint64_t ahead = (blanks & -blanks) - 1;
			line->has_blank = true;
			word = columns - len + at + count_bits(ahead & EACH_BYTE(0x80)) -
			       count_bits(on & ahead);
		}
		columns -= count_bits(on);
		tabs |= tabs_of(eight);
		gaps |= blanks & (blanks << 8 | before >> 56) & (blanks << 16 | before >> 48);
		before = blanks;
	}
	line->word = capped(line->has_blank ? word : columns);
	line->columns = capped(line->indent + columns);
	line->is_row = tabs || gaps;
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

static bool begins_low(const struct body_line *line)
{
	const char first = *text_of(line);
	if (is_letter(first))
		return is_lower(first);
	const uint32_t code = code_at(skip_openers(text_of(line), end_of(line)), end_of(line));
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
static bool ends_whole(const struct body_line *line)
{
	size_t at;
	const struct str text = { text_of(line), line->end - line->text };
	if (is_letter(text.data[text.len - 1]) || text.data[text.len - 1] == ',')
		return false;
	const uint32_t code = utf8_last_sign(text, &at);
	return utf8_is_stop(code) && !(code == '.' && is_initial(text.data, text.data + at));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The columns of the mark that begins an item of a list, with the blanks behind it: "- ", "2. ", "b) "; 0 when there is none. */
static uint32_t marker_columns(const struct body_line *line)
{
	const char *at = text_of(line), *end = end_of(line);
	if (is_letter(*at) && !(end - at > 1 && at[1] == ')'))
		return 0;
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
	return text > at && text < end ? count_columns(text_of(line), text) : 0;
}

/* A dash may stand in a sentence; a bullet may not. */
static bool is_bullet(const struct body_line *line)
{
	const uint32_t code = code_at(text_of(line), end_of(line));
	return code == '*' || code == 0x2022 || code == 0xB7;
}

/* Headings have capitals on such words, if not on all. */
static bool has_low_word(const struct body_line *line)
{
	size_t letters = 0;
	const char *text = text_of(line), *end = end_of(line);
	for (const char *at = text; at < end; at++) {
		const bool is_low = (*at >= 'a' && *at <= 'z') || (uint8_t)*at >= 0x80;
		if (is_low && (letters || at == text || at[-1] == ' '))
			letters++;
		else
			letters = 0;
		if (letters > 3)
			return true;
	}
	return false;
}

/* ---- the lines of a block ---- */

/* Blanks that all lines of a block begin with are its margin: only more of them begin a paragraph. */
static void measure_block(struct body_line *lines, size_t count)
{
	uint32_t margin = COLUMNS_MOST;
	/* Where the text of the list's item stands that the line before belongs to; 0 for none. */
	uint32_t hang = 0;
	for (size_t i = 0; i < count; i++) {
		struct body_line *line = &lines[i];
		line->indent = (uint8_t)count_columns(line->start, text_of(line));
		margin = line->indent < margin ? line->indent : margin;
		measure_text(line);
		line->marker = (uint8_t)marker_columns(line);
	}
	for (size_t i = 0; i < count; i++) {
		struct body_line *line = &lines[i];
		if (line->marker)
			hang = line->indent + line->marker;
		else if (line->indent != hang)
			hang = 0;
		line->is_set_in = line->indent > margin && (line->indent != hang || line->marker);
	}
}

static void measure(struct body_lines *lines)
{
	for (size_t first = 0, next; first < lines->count; first = next) {
		next = first + 1;
		while (next < lines->count && !lines->items[next].is_first)
			next++;
		measure_block(lines->items + first, next - first);
	}
}

/* ---- the layout ---- */

struct evidence {
	uint32_t lines, breaks, torn, whole; /* torn: what goes on begins in lower case */
	uint32_t words;                      /* lines of more than one */
	uint32_t widest;                     /* the last that there is anything of below */
	bool sets_in;
	/* By width: lines of it, and where breaks that allow it begin (+) and end (-). */
	uint32_t wide[COLUMNS_MOST + 1];
	int32_t all[COLUMNS_MOST + 2], broken[COLUMNS_MOST + 2], low[COLUMNS_MOST + 2];
};

static void see_width(struct evidence *evidence, uint32_t columns)
{
	if (evidence->widest < columns)
		evidence->widest = columns;
}

static void count_break(struct evidence *evidence, const struct body_line *line,
			const struct body_line *next)
{
	const uint32_t from = line->columns, to = from + 1 + next->word;
	const uint32_t end = to < COLUMNS_MOST + 1 ? to : COLUMNS_MOST + 1;
	const bool is_whole = ends_whole(line), is_torn = !is_whole && begins_low(next);
	see_width(evidence, end);
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

static void count_line(struct evidence *evidence, const struct body_line *line)
{
	evidence->lines++;
	evidence->sets_in |= line->is_set_in;
	/* A word that is wider than all lines stands alone. */
	if (line->has_blank) {
		evidence->words++;
		evidence->wide[line->columns]++;
		see_width(evidence, line->columns);
	}
	if (!line->is_first && !line->is_set_in && !(line[-1].is_row && line->is_row))
		count_break(evidence, line - 1, line);
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
	struct width best = { 0 }, width = { .longer = evidence->words };
	const uint32_t last = evidence->widest < WIDTH_MOST ? evidence->widest : WIDTH_MOST;
	for (uint32_t i = 0; i <= last; i++) {
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

static struct body_layout layout_of(const struct body_lines *lines, const char *start)
{
	struct evidence evidence = { 0 };
	for (size_t i = 0; i < lines->count; i++)
		count_line(&evidence, &lines->items[i]);
	const struct width width = width_of(&evidence);
	return (struct body_layout){ .is_wrapped = is_wrapped(&evidence, &width),
				     .sets_in = evidence.sets_in,
				     .start = start,
				     .width = width.columns };
}

struct body_layout body_layout_of(struct str body)
{
	struct body_lines lines = { 0 };
	const char *at = body.data;
	bool has_breaks;
	find_lines(&at, body.data + body.len, &lines, &has_breaks);
	measure(&lines);
	const struct body_layout layout = layout_of(&lines, body.data);
	free(lines.items);
	return layout;
}

/* ---- paragraphs ---- */

/* Would the next word not have fitted? */
static bool is_full(const struct body_layout *layout, const struct body_line *line,
		    const struct body_line *next)
{
	return line->columns + 1U + next->word > layout->width;
}

static bool begins_item(const struct body_layout *layout, const struct body_line *line,
			const struct body_line *next)
{
	return next->marker && (is_bullet(next) || ends_whole(line) || !is_full(layout, line, next));
}

/* In wrapped text, with the line before. */
static bool goes_on(const struct body_layout *layout, const struct body_line *next)
{
	const struct body_line *line = next - 1;
	if (next->is_set_in)
		return false;
	if ((line->is_row && next->is_row) || begins_item(layout, line, next))
		return false;
	if (begins_low(next) || is_full(layout, line, next))
		return true;
	if (ends_whole(line))
		return false;
	/*
	 * Nobody who types breaks every line at the last moment; but headings and the ends of paragraphs are short.
	 * So is the first line when a dateline was taken off it.
	 */
	return layout->sets_in || line->columns * 3U >= layout->width * 2 ||
	       (line->start == layout->start && has_low_word(line));
}

/* Measured, where the layout is wrapped. */
static void add_paragraphs(struct text_builder *builder, const struct body_layout *layout,
			   const struct body_lines *lines)
{
	for (size_t first = 0, next; first < lines->count; first = next) {
		next = first + 1;
		while (next < lines->count && !lines->items[next].is_first && layout->is_wrapped &&
		       goes_on(layout, &lines->items[next]))
			next++;
		const char *start = lines->items[first].start;
		text_builder_add(builder, PARAGRAPH_TEXT,
				 (struct str){ start,
					       (size_t)(end_of(&lines->items[next - 1]) - start) });
	}
}

static void trim_lines(struct body_lines *lines)
{
	if (lines->capacity <= LINES_KEPT)
		return;
	free(lines->items);
	*lines = (struct body_lines){ 0 };
}

void text_builder_add_lines(struct text_builder *builder, const struct body_layout *layout,
			    struct str text)
{
	const char *at = text.data, *end = at + text.len;
	while (at < end) {
		bool has_breaks;
		find_lines(&at, end, &builder->lines, &has_breaks);
		if (layout->is_wrapped && has_breaks)
			measure(&builder->lines);
		add_paragraphs(builder, layout, &builder->lines);
	}
	trim_lines(&builder->lines);
}

void text_builder_add_body(struct text_builder *builder, struct str body)
{
	if (!body.len)
		return;
	const char *at = body.data, *end = at + body.len;
	while (at < end) {
		bool has_breaks;
		const char *start = at;
		struct body_layout layout = { .start = start };
		find_lines(&at, end, &builder->lines, &has_breaks);
		/* Where no line goes on a block there is nothing to tell. */
		if (has_breaks) {
			measure(&builder->lines);
			layout = layout_of(&builder->lines, start);
		}
		add_paragraphs(builder, &layout, &builder->lines);
	}
	trim_lines(&builder->lines);
}
