#include "formats.h"

#include "lines.h"

/* ---- telling ---- */

/* Where the object that `head` begins with ends; 0 when it does not, or over more than one line. */
static size_t first_object(struct str head)
{
	size_t depth = 0;
	bool in_string = false;
	for (size_t at = 0; at < head.len && head.data[at] != '\n'; at++) {
		const char c = head.data[at];
		if (in_string && c == '\\')
			at++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && (c == '{' || c == '['))
			depth++;
		else if (!in_string && (c == '}' || c == ']') && (!depth || --depth == 0))
			return at + 1;
	}
	return 0;
}

/* What the lines look like when the first is no whole object. */
static int sniff_broken(struct str rest, bool whole, bool is_named)
{
	struct str line;
	line_take(&rest, &line);
	line = str_trim(line);
	if (rest.len && starts_with(rest, STR("{\"")))
		return 90;
	/* A document of many lines, whatever its name. */
	if ((rest.len || whole) && line.len && strchr("{[,:", line.data[line.len - 1]))
		return 0;
	if (rest.len)
		return is_named ? 90 : 0;
	/* One line longer than all that is seen is usual here, and strange for a document. */
	return is_named ? 90 : whole ? 0 : 81;
}

int jsonl_sniff(struct str head, bool whole, const char *path)
{
	const bool is_named = path_ends_in(path, ".jsonl .ndjson");
	const size_t white = white_length(head);
	const struct str text = { head.data + white, head.len - white };
	if (!text.len || text.data[0] != '{')
		return is_named && text.len ? 90 : 0; /* so that what is wrong with it is said */
	const size_t end = first_object(text);
	if (!end)
		return path_ends_in(path, ".json") ? 0 : sniff_broken(text, whole, is_named);
	const struct str behind = { text.data + end, text.len - end };
	const size_t gap = white_length(behind);
	if (gap == behind.len)
		return path_ends_in(path, ".json") ? 0 : 90;
	/* More on the same line is no line of its own. */
	return memchr(behind.data, '\n', gap) && behind.data[gap] == '{' ? 90 : is_named ? 90 : 0;
}

/* ---- splitting ---- */

size_t jsonl_split(struct split *split)
{
	if (!split->inside && !split->seen)
		split->skip = white_length(split->have);
	const char *start = split->have.data + split->skip;
	const size_t len = split->have.len - split->skip;
	if (split->seen < len) {
		const char *newline = memchr(start + split->seen, '\n', len - split->seen);
		if (newline)
			return (size_t)(newline - start) + 1;
	}
	split->seen = len;
	return split->at_end ? len : 0;
}
