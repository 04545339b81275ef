#include "pieces.h"

#include "dateline/utf8.h"

#include <stdlib.h>

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Where the span that begins at or before `at` ends, or else where it begins, as far as that is before `end`. */
static size_t edge_of(const struct mark *mark, size_t at, size_t end)
{
	return least(mark->start > at ? mark->start : mark->end, end);
}

bool piece_next(const struct snippet *snippet, struct piece *piece)
{
	const size_t at = piece->end;
	size_t mark = piece->next_mark, entity = piece->next_entity;
	while (mark < snippet->mark_count && snippet->marks[mark].end <= at)
		mark++;
	while (entity < snippet->entity_count && snippet->entities[entity].mark.end <= at)
		entity++;
	*piece = (struct piece){
		.start = at, .end = snippet->text.len, .next_mark = mark, .next_entity = entity
	};
	if (mark < snippet->mark_count) {
		piece->end = edge_of(&snippet->marks[mark], at, piece->end);
		piece->is_match = snippet->marks[mark].start <= at;
	}
	if (entity < snippet->entity_count) {
		const struct entity_mark *next = &snippet->entities[entity];
		piece->end = edge_of(&next->mark, at, piece->end);
		piece->entity = next->mark.start <= at ? next : NULL;
	}
	piece->opens = piece->entity && piece->entity->mark.start == at;
	piece->closes = piece->entity && piece->entity->mark.end == piece->end;
	return at < snippet->text.len;
}

/* "person", or with the name when the text calls it otherwise "person: Kajsa Ollongren". */
static void add_label(const struct snippet *snippet, const struct entity_mark *entity,
		      struct buffer *out)
{
	struct buffer called = { 0 }, known = { 0 };
	const struct mark mark = entity->mark;
	utf8_name_key((struct str){ snippet->text.data + mark.start, mark.end - mark.start },
		      &called);
	utf8_name_key(entity->name, &known);
	buffer_add_text(out, entity->field->name);
	if (!str_equal(buffer_str(&called), buffer_str(&known)))
		buffer_add_format(out, ": %.*s", STR_ARG(entity->name));
	buffer_release(&called);
	buffer_release(&known);
}

/* ---- in colours ---- */

/* Two for each sort of text: as it is, and where it matches. */
static const struct style colors[] = {
	{ "", "", 0 },
	{ "\033[1;31m", "\033[0m", 0 },
	{ "\033[4;34m", "\033[0m", 0 }, /* person */
	{ "\033[1;4;31m", "\033[0m", 0 },
	{ "\033[4;35m", "\033[0m", 0 }, /* org */
	{ "\033[1;4;31m", "\033[0m", 0 },
	{ "\033[4;32m", "\033[0m", 0 }, /* place */
	{ "\033[1;4;31m", "\033[0m", 0 },
	{ "\033[4;33m", "\033[0m", 0 }, /* other */
	{ "\033[1;4;31m", "\033[0m", 0 },
};

static uint8_t color_of(const struct piece *piece)
{
	if (!piece->entity)
		return piece->is_match;
	switch (piece->entity->field->kind) {
	case KIND_PERSON:
		return 2 + piece->is_match;
	case KIND_ORG:
		return 4 + piece->is_match;
	case KIND_PLACE:
		return 6 + piece->is_match;
	default:
		return 8 + piece->is_match;
	}
}

/* Marks and entities each begin and end once, so there are no more pieces. */
static size_t pieces_max(const struct snippet *snippet)
{
	return 2 * (snippet->mark_count + snippet->entity_count) + 1;
}

static void flow_colored(const struct snippet *snippet, struct flow *flow)
{
	struct mark *marks = memory_alloc(pieces_max(snippet) * sizeof(*marks));
	uint8_t *which = memory_alloc(pieces_max(snippet));
	size_t count = 0;
	for (struct piece piece = { 0 }; piece_next(snippet, &piece);) {
		which[count] = color_of(&piece);
		marks[count] = (struct mark){ (uint32_t)piece.start, (uint32_t)piece.end };
		count += which[count] != 0;
	}
	flow_styled(flow, snippet->text, marks, which, count, colors);
	free(marks);
	free(which);
}

/* ---- in signs ---- */

/* A match that goes on in an entity is marked in each: not with the blank between. */
static struct mark trimmed(struct str text, size_t start, size_t end, size_t moved)
{
	while (start < end && text.data[start] == ' ')
		start++;
	while (end > start && text.data[end - 1] == ' ')
		end--;
	return (struct mark){ (uint32_t)(start + moved), (uint32_t)(end + moved) };
}

static void flow_signs(const struct snippet *snippet, const struct style *match, struct flow *flow)
{
	struct mark *marks = memory_alloc(pieces_max(snippet) * sizeof(*marks));
	struct buffer text = { 0 };
	size_t count = 0;
	for (struct piece piece = { 0 }; piece_next(snippet, &piece);) {
		if (piece.opens)
			buffer_add_char(&text, '[');
		marks[count] = trimmed(snippet->text, piece.start, piece.end, text.len - piece.start);
		count += piece.is_match && marks[count].start < marks[count].end;
		buffer_add(&text, snippet->text.data + piece.start, piece.end - piece.start);
		if (!piece.closes)
			continue;
		buffer_add_text(&text, "](");
		add_label(snippet, piece.entity, &text);
		buffer_add_char(&text, ')');
	}
	flow_words(flow, buffer_str(&text), marks, count, match);
	buffer_release(&text);
	free(marks);
}

void pieces_flow(const struct snippet *snippet, bool color, const struct style *match,
		 struct flow *flow)
{
	if (!snippet->entity_count)
		flow_words(flow, snippet->text, snippet->marks, snippet->mark_count, match);
	else if (color)
		flow_colored(snippet, flow);
	else
		flow_signs(snippet, match, flow);
}
