#include "layout.h"

#include "dateline/utf8.h"
#include "render.h"

#define FEWEST_COLUMNS 8 /* of text in a line, whatever the indent */

/* ---- where lines break ---- */

/*
 * Characters that Japanese and Chinese typesetting keeps from a line's start and from its end, the usual ones
 * (W3C, "Requirements for Japanese Text Layout", appendix A).
 */
static const char closing[] = "!),.:;?]}»’”…、。々〉》」』】〕・ー！），．：；？｝";
static const char opening[] = "([{«‘“〈《「『【〔（｛";

static bool is_among(uint32_t code, const char *characters, size_t len)
{
	char bytes[4];
	return memmem(characters, len, bytes, utf8_encode(code, bytes)) != NULL;
}

bool layout_may_break(uint32_t before, size_t before_columns, uint32_t after, size_t after_columns)
{
	if ((before_columns != 2 && after_columns != 2) || !after_columns)
		return false;
	return !is_among(after, closing, sizeof(closing) - 1) &&
	       !is_among(before, opening, sizeof(opening) - 1);
}

/* ---- lines ---- */

struct flow flow_start(struct buffer *out, size_t columns, size_t indent, size_t used)
{
	if (columns < indent + FEWEST_COLUMNS)
		columns = indent + FEWEST_COLUMNS;
	return (struct flow){ .out = out, .columns = columns, .indent = indent, .used = used };
}

static void flow_newline(struct flow *flow)
{
	buffer_add_char(flow->out, '\n');
	memset(buffer_extend(flow->out, flow->indent), ' ', flow->indent);
	flow->used = flow->indent;
}

/* Marked text on its way. */
struct marking {
	const struct mark *marks;
	const uint8_t *which; /* of the styles each mark has; NULL: the first */
	size_t count, next;   /* the first mark that does not end before here */
	const struct style *styles;
	bool is_open;
};

static void marking_toggle(struct marking *marking, struct flow *flow)
{
	const struct style *style =
		&marking->styles[marking->which ? marking->which[marking->next] : 0];
	buffer_add_text(flow->out, marking->is_open ? style->close : style->open);
	flow->used += style->columns;
	marking->is_open = !marking->is_open;
}

/* Closes and opens what has to be before the byte at `at` of the text is written. */
static void marking_reach(struct marking *marking, struct flow *flow, size_t at)
{
	if (marking->is_open && marking->marks[marking->next].end <= at) {
		marking_toggle(marking, flow);
		marking->next++;
	}
	if (!marking->is_open && marking->next < marking->count &&
	    marking->marks[marking->next].start <= at)
		marking_toggle(marking, flow);
}

/* The columns that marks will take beside the text [at, end). */
static size_t marking_columns(const struct marking *marking, size_t at, size_t end)
{
	size_t ends = marking->is_open ? 1 : 0;
	for (size_t i = marking->next; i < marking->count && marking->marks[i].start < end; i++)
		ends += marking->marks[i].start < at ? 0 : 2;
	return ends * marking->styles->columns;
}

/* What stays together: a word, or a piece of one between two places where a line may break. */
struct unit {
	size_t start, end; /* bytes of the text */
	size_t columns;
	size_t blanks; /* columns of white space before it: 0 or 1 */
};

/* False at the end of the text. A unit has at most `max` columns. */
static bool unit_next(struct terminal_cursor *cursor, size_t max, struct unit *unit)
{
	*unit = (struct unit){ .start = cursor->at };
	uint32_t before = 0;
	size_t before_columns = 0;
	while (cursor->at < cursor->text.len) {
		struct terminal_cursor ahead = *cursor;
		size_t columns;
		const uint32_t code = terminal_next(&ahead, &columns);
		const bool is_empty = unit->end == 0;
		if (code == ' ' && !is_empty)
			return true;
		if (!is_empty && code &&
		    (unit->columns + columns > max ||
		     layout_may_break(before, before_columns, code, columns)))
			return true;
		*cursor = ahead;
		if (is_empty && (!code || code == ' ')) {
			unit->blanks |= code == ' ';
			unit->start = ahead.at;
			continue;
		}
		unit->end = ahead.at;
		unit->columns += code ? columns : 0;
		if (code && columns) {
			before = code;
			before_columns = columns;
		}
	}
	return unit->end > 0;
}

/* Ends what has to end before the next character, and the line if it must; else a blank where one belongs. */
static void write_gap(struct flow *flow, struct marking *marking, size_t at, bool blank, bool breaks)
{
	const bool ends = marking->is_open && marking->marks[marking->next].end <= at;
	if (ends || (marking->is_open && breaks)) {
		marking_toggle(marking, flow);
		marking->next += ends;
	}
	if (breaks) {
		flow_newline(flow);
	} else if (blank && flow->used > flow->indent) {
		buffer_add_char(flow->out, ' ');
		flow->used++;
	}
}

/* True when there is no room for so many more columns on a line that has something already. */
static bool is_full(const struct flow *flow, size_t columns)
{
	return flow->used > flow->indent && flow->used + columns > flow->columns;
}

static void unit_write(const struct unit *unit, struct str text, struct marking *marking,
		       struct flow *flow)
{
	struct terminal_cursor cursor = { .text = { text.data, unit->end }, .at = unit->start };
	while (cursor.at < unit->end) {
		const size_t at = cursor.at;
		size_t columns;
		const uint32_t code = terminal_next(&cursor, &columns);
		if (!code)
			continue;
		/* Only a word with many marks inside can be too long here. */
		if (columns && is_full(flow, columns + marking_columns(marking, at, cursor.at)))
			write_gap(flow, marking, at, false, true);
		marking_reach(marking, flow, at);
		utf8_add(flow->out, code);
		flow->used += columns;
	}
}

void flow_styled(struct flow *flow, struct str text, const struct mark *marks, const uint8_t *which,
		 size_t mark_count, const struct style *styles)
{
	struct marking marking = {
		.marks = marks, .which = which, .count = mark_count, .styles = styles
	};
	struct terminal_cursor cursor = { .text = text };
	struct unit unit;
	/* Room for a mark's two ends, so that the longest unit fits on a line with them. */
	const size_t max = flow->columns - flow->indent - 2 * styles->columns;
	while (unit_next(&cursor, max, &unit)) {
		const size_t width = unit.blanks + unit.columns +
				     marking_columns(&marking, unit.start, unit.end);
		write_gap(flow, &marking, unit.start, unit.blanks, is_full(flow, width));
		unit_write(&unit, text, &marking, flow);
	}
	if (marking.is_open)
		marking_toggle(&marking, flow);
}

void flow_words(struct flow *flow, struct str text, const struct mark *marks, size_t mark_count,
		const struct style *style)
{
	static const struct style plain = { "", "", 0 };
	flow_styled(flow, text, marks, NULL, mark_count, style ? style : &plain);
}

void flow_item(struct flow *flow, const char *separator, struct str text, const struct style *style,
	       bool whole)
{
	struct buffer harmless = { 0 };
	terminal_add_harmless(&harmless, text);
	const size_t width = utf8_columns(buffer_str(&harmless)) + (style ? 2 * style->columns : 0);
	const size_t gap = utf8_columns(str_from(separator));
	if (flow->used > flow->indent) {
		if (flow->used + gap + width > flow->columns) {
			flow_newline(flow);
		} else {
			buffer_add_text(flow->out, separator);
			flow->used += gap;
		}
	}
	const struct mark all = { 0, (uint32_t)harmless.len };
	if (whole) {
		buffer_add_text(flow->out, style ? style->open : "");
		buffer_add_str(flow->out, buffer_str(&harmless));
		buffer_add_text(flow->out, style ? style->close : "");
		flow->used += width;
	} else {
		flow_words(flow, buffer_str(&harmless), &all, style ? 1 : 0, style);
	}
	buffer_release(&harmless);
}
