#include "dateline/article.h"

#include "blank.h"
#include "dateline/utf8.h"

#include <stdlib.h>

#define SEPARATOR "\n\n"
#define SEPARATOR_LEN (sizeof(SEPARATOR) - 1)

void text_builder_reset(struct text_builder *builder)
{
	/* One giant article does not hold its memory for as long as a worker lives. */
	if (builder->text.capacity > 2 * ARTICLE_TEXT_MAX)
		buffer_release(&builder->text);
	buffer_reset(&builder->text);
	arena_reset(&builder->scratch);
	builder->count = 0;
	builder->cut = 0;
}

void text_builder_release(struct text_builder *builder)
{
	buffer_release(&builder->text);
	free(builder->paragraphs);
	free(builder->lines.items);
	arena_release(&builder->scratch);
	*builder = (struct text_builder){ 0 };
}

/* ---- white space ---- */

/*
 * How many of the eight bytes at s can be copied as they are: ASCII without controls and without
 * two blanks together. A blank in the last place is left out unless a letter is behind it, so there
 * must be a ninth byte. 0 when it takes a closer look.
 */
static inline size_t plain_bytes(const char *s)
{
	uint64_t x;
	memcpy(&x, s, sizeof(x));
	const uint64_t printable = x + EACH_BYTE(0x80 - 0x20);
	const uint64_t letter = x + EACH_BYTE(0x80 - 0x21);
	if ((x | ~printable) & EACH_BYTE(0x80))
		return 0;
	const uint64_t blank = ~letter & EACH_BYTE(0x80);
	if (blank & blank << 8)
		return 0;
	return s[7] != ' ' || (s[8] > ' ' && s[8] <= '~') ? 8 : 7;
}

/* Copies from a byte that is no blank up to white space that is not a single ' '. */
static const char *copy_words(const char *at, const char *end, char **to)
{
	while (end - at > 8) {
		const size_t n = plain_bytes(at);
		memcpy(*to, at, 8); /* what is more than n is written over */
		*to += n;
		at += n;
		if (n < 8)
			break;
	}
	while (at < end && !blank_length(at, end))
		*(*to)++ = *at++;
	return at;
}

/* Writes to `out` at most as many bytes as there are in `text`; returns how many. */
static size_t collapse(struct str text, char *out)
{
	const char *end = text.data + text.len;
	const char *at = skip_blanks(text.data, end);
	char *to = out;
	while (at < end) {
		at = skip_blanks(copy_words(at, end, &to), end);
		if (at < end)
			*to++ = ' ';
	}
	return (size_t)(to - out);
}

/* ---- paragraphs ---- */

/* How much of a paragraph's text there is room for behind `used` bytes of article. */
static size_t fitting(struct str text, size_t used)
{
	const size_t room = used < ARTICLE_TEXT_MAX ? ARTICLE_TEXT_MAX - used : 0;
	if (text.len <= room)
		return text.len;
	size_t kept = utf8_cut(text, room);
	while (kept && text.data[kept - 1] == ' ')
		kept--;
	return kept;
}

static void add_paragraph(struct text_builder *builder, enum paragraph_kind kind, size_t start)
{
	memory_reserve(&builder->paragraphs, &builder->capacity, builder->count,
		       sizeof(*builder->paragraphs));
	/* Readers hand on what they find; that only the first can be the title is seen to here. */
	if (kind == PARAGRAPH_TITLE && builder->count)
		kind = PARAGRAPH_HEADING;
	builder->paragraphs[builder->count++] = (struct paragraph){
		.start = (uint32_t)start,
		.end = (uint32_t)builder->text.len,
		.kind = kind,
	};
}

void text_builder_add(struct text_builder *builder, enum paragraph_kind kind, struct str text)
{
	if (!text.len)
		return;
	struct buffer *all = &builder->text;
	const size_t before = all->len;
	const size_t start = before ? before + SEPARATOR_LEN : 0;
	buffer_extend(all, start - before + text.len);
	memcpy(all->data + before, SEPARATOR, start - before);
	const struct str collapsed = { all->data + start, collapse(text, all->data + start) };
	/* Nothing follows what was cut, or the text would have a hole that nobody sees. */
	const size_t kept = builder->cut ? 0 : fitting(collapsed, start);
	builder->cut += collapsed.len - kept;
	all->len = kept ? start + kept : before;
	all->data[all->len] = '\0';
	if (kept)
		add_paragraph(builder, kind, start);
}

void text_builder_finish(struct text_builder *builder, struct arena *arena, struct article *article)
{
	const size_t size = builder->count * sizeof(*builder->paragraphs);
	article->text = arena_copy(arena, buffer_str(&builder->text));
	article->paragraphs = arena_alloc(arena, size);
	if (size)
		memcpy(article->paragraphs, builder->paragraphs, size);
	article->paragraph_count = builder->count;
	article->cut = builder->cut;
	article->title = (struct str){ article->text.data, 0 };
	if (builder->count && builder->paragraphs[0].kind == PARAGRAPH_TITLE)
		article->title.len = builder->paragraphs[0].end;
}

const char *mention_rule_name(enum mention_rule rule)
{
	static const char *const names[RULE_COUNT] = {
		[RULE_PUBLISHER] = "publisher",    [RULE_GAZETTEER] = "gazetteer",
		[RULE_DEMONYM] = "demonym",        [RULE_TAGGER] = "tagger",
		[RULE_SHORT] = "short form",       [RULE_REPEAT] = "repeat",
		[RULE_BYLINE] = "byline",          [RULE_DATELINE] = "dateline",
		[RULE_QUOTE] = "quotation",        [RULE_DATE] = "date",
		[RULE_RELATIVE] = "relative date",
	};
	const char *name = (unsigned)rule < RULE_COUNT ? names[rule] : NULL;
	return name ? name : "unknown";
}
