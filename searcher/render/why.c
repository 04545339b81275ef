#include "why.h"

#include <stdlib.h>

#define SIGN "> "
#define SIGN_COLUMNS 2

/* Pieces of evidence that share a sentence. */
struct group {
	const struct evidence *pieces;
	size_t count;
};

static struct group group_at(const struct answer_hit *hit, size_t at)
{
	struct group group = { &hit->evidence[at], 1 };
	const char *sentence = group.pieces->sentence.len ? group.pieces->sentence.data : NULL;
	while (sentence && at + group.count < hit->evidence_count &&
	       hit->evidence[at + group.count].sentence.data == sentence)
		group.count++;
	return group;
}

/* Mentions of different kinds may lie over each other: where they do, they are one mark. Returns how many there are. */
static size_t join_marks(const struct group *group, struct mark *marks)
{
	size_t count = 0;
	for (size_t i = 0; i < group->count; i++) {
		const struct mark mark = group->pieces[i].mark;
		if (!count || mark.start > marks[count - 1].end)
			marks[count++] = mark;
		else if (mark.end > marks[count - 1].end)
			marks[count - 1].end = mark.end;
	}
	return count;
}

static bool is_same_entity(const struct evidence *a, const struct evidence *b)
{
	return a->field == b->field && str_equal(a->name, b->name);
}

/* What a piece says was said by one before it. */
static bool is_said(const struct group *group, size_t piece)
{
	for (size_t i = 0; i < piece; i++)
		if (is_same_entity(&group->pieces[i], &group->pieces[piece]) &&
		    group->pieces[i].rule == group->pieces[piece].rule)
			return true;
	return false;
}

/* "(person Kajsa Ollongren: tagger 97%, repeat 90%; speaker Kajsa Ollongren: quotation 88%)" */
static void add_label(const struct group *group, struct buffer *label)
{
	const struct evidence *last = NULL;
	for (size_t i = 0; i < group->count; i++) {
		const struct evidence *piece = &group->pieces[i];
		if (is_said(group, i))
			continue;
		if (last && is_same_entity(last, piece))
			buffer_add_text(label, ", ");
		else
			buffer_add_format(label, "%s%s %.*s: ", last ? "; " : "(",
					  piece->field->name, STR_ARG(piece->name));
		buffer_add_format(label, "%s %u%%", mention_rule_name(piece->rule),
				  piece->confidence);
		last = piece;
	}
	buffer_add_char(label, ')');
}

static struct flow start_paragraph(size_t columns, size_t indent, struct buffer *out)
{
	memset(buffer_extend(out, indent), ' ', indent);
	buffer_add_text(out, SIGN);
	return flow_start(out, columns, indent + SIGN_COLUMNS, indent + SIGN_COLUMNS);
}

/* The sentence and its label flow as one text, so that lines break alike in both. */
static void add_group(const struct group *group, size_t columns, size_t indent,
		      const struct style *style, struct buffer *out)
{
	struct buffer text = { 0 };
	struct mark *marks = memory_alloc(group->count * sizeof(*marks));
	buffer_add_str(&text, group->pieces->sentence);
	buffer_add_char(&text, ' ');
	add_label(group, &text);
	struct flow flow = start_paragraph(columns, indent, out);
	flow_words(&flow, buffer_str(&text), marks, join_marks(group, marks), style);
	buffer_add_char(out, '\n');
	buffer_release(&text);
	free(marks);
}

static void add_given(const struct evidence *piece, size_t columns, size_t indent, struct buffer *out)
{
	struct buffer text = { 0 };
	buffer_add_format(&text, "%s %.*s: given by the publisher, and not mentioned in the text",
			  piece->field->name, STR_ARG(piece->name));
	struct flow flow = start_paragraph(columns, indent, out);
	flow_words(&flow, buffer_str(&text), NULL, 0, NULL);
	buffer_add_char(out, '\n');
	buffer_release(&text);
}

void why_add(const struct answer_hit *hit, size_t columns, size_t indent, const struct style *style,
	     struct buffer *out)
{
	for (size_t at = 0; at < hit->evidence_count;) {
		const struct group group = group_at(hit, at);
		if (group.pieces->sentence.len)
			add_group(&group, columns, indent, style, out);
		else
			add_given(group.pieces, columns, indent, out);
		at += group.count;
	}
	if (!hit->evidence_more)
		return;
	start_paragraph(columns, indent, out);
	buffer_add_format(out, "and %u more mention%s\n", hit->evidence_more,
			  hit->evidence_more == 1 ? "" : "s");
}
