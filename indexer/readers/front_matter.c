#include "front_matter.h"

#include "lines.h"

#include "dateline/utf8.h"

#include <ctype.h>
#include <stdlib.h>

#define DEPTH_MAX 16

/* The line at hand. Blank lines and comments are not seen, but inside texts. */
struct yaml {
	const char *end;
	struct str line; /* without its indent and the blanks at its end; empty behind the last */
	size_t indent;
	const char *next; /* the start of the next line */
	unsigned depth;
	const char *wrong; /* why reading ended; NULL while nothing is wrong */
	const char *wrong_at;
};

/* ---- lines ---- */

static bool is_over(const struct yaml *yaml)
{
	return !yaml->line.len;
}

static cJSON *fail_at(struct yaml *yaml, const char *at, const char *wrong)
{
	if (!yaml->wrong) {
		yaml->wrong = wrong;
		yaml->wrong_at = at;
	}
	return NULL;
}

static cJSON *fail(struct yaml *yaml, const char *wrong)
{
	return fail_at(yaml, yaml->line.data, wrong);
}

static size_t count_blanks(struct str line)
{
	size_t n = 0;
	while (n < line.len && line.data[n] == ' ')
		n++;
	return n;
}

/* Goes on to the next line that says something. */
static void next_line(struct yaml *yaml)
{
	struct str rest = str_from_to(yaml->next, yaml->end), line;
	while (line_take(&rest, &line)) {
		const struct str text = str_trim(line);
		if (!text.len || text.data[0] == '#')
			continue;
		yaml->indent = count_blanks(line);
		yaml->line = text;
		yaml->next = rest.data;
		if (line.data[yaml->indent] == '\t')
			fail(yaml, "a tab before the text; blanks are needed there");
		return;
	}
	yaml->next = yaml->end;
	yaml->line = (struct str){ yaml->end, 0 };
	yaml->indent = 0;
}

/* ---- texts ---- */

static cJSON *make_text(struct str text)
{
	char *copy = memory_alloc(text.len + 1);
	if (text.len)
		memcpy(copy, text.data, text.len);
	copy[text.len] = '\0';
	cJSON *made = cJSON_CreateString(copy);
	free(copy);
	return made;
}

static cJSON *make_plain(struct str text)
{
	if (!text.len || str_equal(text, STR("~")) || str_equal(text, STR("null")) ||
	    str_equal(text, STR("Null")) || str_equal(text, STR("NULL")))
		return cJSON_CreateNull();
	return make_text(text);
}

/* Without a comment at its end, which a blank must part from the text. */
static struct str strip_comment(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '#' && (i == 0 || is_white(text.data[i - 1])))
			return str_trim((struct str){ text.data, i });
	return text;
}

/* The closing mark of a quoted text that begins at `at`; NULL when it has none. */
static const char *quote_end(const char *at, const char *end)
{
	const char quote = *at++;
	for (; at < end; at++) {
		const bool is_doubled = quote == '\'' && end - at > 1 && at[0] == quote &&
					at[1] == quote;
		if (is_doubled || (quote == '"' && *at == '\\'))
			at++;
		else if (*at == quote)
			return at;
	}
	return NULL;
}

/* At the byte behind a backslash: the escapes of JSON, and those of YAML that are text. */
static const char *add_escape(const char *at, const char *end, struct buffer *out)
{
	static const char letters[] = "ntr_b0", values[] = "\n\t    ";
	const size_t digits = *at == 'x' ? 2 : *at == 'u' ? 4 : *at == 'U' ? 8 : 0;
	if (digits && (size_t)(end - at) > digits) {
		char hex[9] = { 0 };
		memcpy(hex, at + 1, digits);
		if (strspn(hex, "0123456789abcdefABCDEF") == digits) {
			const unsigned long code = strtoul(hex, NULL, 16);
			utf8_add(out, code ? (uint32_t)code : ' ');
			return at + 1 + digits;
		}
	}
	const char *letter = strchr(letters, *at);
	buffer_add_char(out, letter ? values[letter - letters] : *at);
	return at + 1;
}

/* A line break inside quotes is a blank, and each further one a newline. */
static const char *add_break(const char *at, const char *end, struct buffer *out)
{
	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	size_t breaks = 0;
	for (; at < end && is_white(*at); at++)
		breaks += *at == '\n';
	buffer_add_char(out, breaks > 1 ? '\n' : ' ');
	for (; breaks > 2; breaks--)
		buffer_add_char(out, '\n');
	return at;
}

/* What stands between the quotes. */
static cJSON *make_quoted(const char *start, const char *end)
{
	struct buffer out = { 0 };
	const char quote = *start;
	for (const char *at = start + 1; at < end;) {
		if (*at == '\n') {
			at = add_break(at, end, &out);
		} else if (quote == '"' && *at == '\\') {
			at = add_escape(at + 1, end, &out);
		} else {
			buffer_add_char(&out, *at);
			at += *at == '\'' && quote == '\'' ? 2 : 1;
		}
	}
	cJSON *made = make_text(buffer_str(&out));
	buffer_release(&out);
	return made;
}

/* ---- quotes and brackets, which may go on in further lines ---- */

/* White space and comments; a comment has white space before it. */
static const char *skip_white(const char *at, const char *end)
{
	for (; at < end; at++) {
		if (*at == '#' && is_white(at[-1])) {
			const char *newline = memchr(at, '\n', (size_t)(end - at));
			at = newline ? newline : end - 1;
		} else if (!is_white(*at)) {
			break;
		}
	}
	return at;
}

/* What begins at *at, with *at then behind it. */
static cJSON *read_flow(struct yaml *yaml, const char **at);

static cJSON *read_quoted(struct yaml *yaml, const char **at)
{
	const char *start = *at, *end = quote_end(start, yaml->end);
	if (!end)
		return fail_at(yaml, start, "a quote that is not closed");
	*at = end + 1;
	return make_quoted(start, end);
}

static cJSON *read_flow_plain(struct yaml *yaml, const char **at, const char *stops)
{
	const char *start = *at;
	while (*at < yaml->end && !strchr(stops, **at) && (**at != '#' || !is_white((*at)[-1])))
		++*at;
	return make_plain(str_trim(str_from_to(start, *at)));
}

/* The name of a member, up to its colon; NULL when there is none. Free it. */
static cJSON *read_flow_name(struct yaml *yaml, const char **at)
{
	cJSON *name = **at == '"' || **at == '\'' ? read_quoted(yaml, at)
						  : read_flow_plain(yaml, at, ":,{}[]\n");
	*at = skip_white(*at, yaml->end);
	if (name && cJSON_IsString(name) && *at < yaml->end && **at == ':') {
		++*at;
		return name;
	}
	cJSON_Delete(name);
	return fail_at(yaml, *at, "a colon is missing in { }");
}

static bool read_flow_item(struct yaml *yaml, const char **at, bool is_object, cJSON *list)
{
	cJSON *name = is_object ? read_flow_name(yaml, at) : NULL;
	if (is_object && !name)
		return false;
	*at = skip_white(*at, yaml->end);
	cJSON *value = read_flow(yaml, at);
	if (value && is_object)
		cJSON_AddItemToObject(list, name->valuestring, value);
	else if (value)
		cJSON_AddItemToArray(list, value);
	cJSON_Delete(name);
	return value != NULL;
}

static cJSON *read_flow_list(struct yaml *yaml, const char **at)
{
	const bool is_object = **at == '{';
	const char close = is_object ? '}' : ']', *start = (*at)++;
	cJSON *list = is_object ? cJSON_CreateObject() : cJSON_CreateArray();
	for (;;) {
		*at = skip_white(*at, yaml->end);
		if (*at == yaml->end) {
			fail_at(yaml, start, "a bracket that is not closed");
			break;
		}
		if (**at == close) {
			++*at;
			return list;
		}
		if (!read_flow_item(yaml, at, is_object, list))
			break;
		*at = skip_white(*at, yaml->end);
		if (*at < yaml->end && **at == ',')
			++*at;
		else if (*at < yaml->end && **at != close) {
			fail_at(yaml, *at, "a comma or a closing bracket is missing");
			break;
		}
	}
	cJSON_Delete(list);
	return NULL;
}

static cJSON *read_flow(struct yaml *yaml, const char **at)
{
	if (*at == yaml->end)
		return cJSON_CreateNull();
	if (**at == '"' || **at == '\'')
		return read_quoted(yaml, at);
	if (**at != '[' && **at != '{')
		return read_flow_plain(yaml, at, ",]}\n");
	if (yaml->depth == DEPTH_MAX)
		return fail_at(yaml, *at, "it is nested too deep");
	yaml->depth++;
	cJSON *list = read_flow_list(yaml, at);
	yaml->depth--;
	return list;
}

/* A quoted text or a list in brackets, alone in its line or lines. */
static cJSON *read_enclosed(struct yaml *yaml, const char *at)
{
	cJSON *value = read_flow(yaml, &at);
	if (!value)
		return NULL;
	struct str rest = str_from_to(at, yaml->end), behind;
	if (line_take(&rest, &behind)) {
		if (strip_comment(str_trim(behind)).len)
			fail_at(yaml, at, "there is more behind the value");
		yaml->next = rest.data;
	}
	next_line(yaml);
	return value;
}

/* ---- texts of several lines ---- */

/* Literal (|) and folded (>) text: all lines that are deeper than `indent`. */
static cJSON *read_block_text(struct yaml *yaml, char style, size_t indent)
{
	struct buffer out = { 0 };
	struct str rest = str_from_to(yaml->next, yaml->end), line;
	size_t margin = 0;
	for (struct str before = rest; line_take(&rest, &line); before = rest) {
		const size_t blanks = count_blanks(line);
		const bool is_empty = str_trim(line).len == 0;
		if (!is_empty && blanks <= indent) {
			rest = before;
			break;
		}
		margin = margin || is_empty ? margin : blanks;
		const size_t cut = blanks < margin ? blanks : margin;
		if (out.len)
			buffer_add_char(&out, style == '>' && !is_empty && out.data[out.len - 1] != '\n'
						      ? ' '
						      : '\n');
		buffer_add(&out, line.data + cut, line.len - cut);
	}
	yaml->next = rest.data;
	next_line(yaml);
	cJSON *made = make_text(str_trim(buffer_str(&out)));
	buffer_release(&out);
	return made;
}

/* The length of the name that `line` begins with, and what is behind its colon; 0 for none. */
static size_t name_length(struct str line, struct str *behind)
{
	size_t at = 0;
	if (line.len && (line.data[0] == '"' || line.data[0] == '\'')) {
		const char *end = quote_end(line.data, line.data + line.len);
		at = end ? (size_t)(end - line.data) + 1 : line.len;
	}
	for (; at < line.len; at++) {
		if (line.data[at] != ':' || (at + 1 < line.len && !is_white(line.data[at + 1])))
			continue;
		*behind = str_trim((struct str){ line.data + at + 1, line.len - at - 1 });
		return at;
	}
	return 0;
}

/* A text without quotes goes on in all lines that are deeper than `indent`. */
static cJSON *read_plain_text(struct yaml *yaml, struct str first, size_t indent)
{
	struct buffer out = { 0 };
	struct str behind;
	buffer_add_str(&out, strip_comment(first));
	for (next_line(yaml); !is_over(yaml) && yaml->indent > indent; next_line(yaml)) {
		if (name_length(yaml->line, &behind) || starts_with(yaml->line, STR("- "))) {
			fail(yaml, "it stands deeper than the line before allows");
			break;
		}
		buffer_add_char(&out, ' ');
		buffer_add_str(&out, strip_comment(yaml->line));
	}
	cJSON *made = make_plain(buffer_str(&out));
	buffer_release(&out);
	return made;
}

/* ---- lists and objects in lines ---- */

static cJSON *read_block(struct yaml *yaml);

static bool is_item(const struct yaml *yaml)
{
	return yaml->line.len && yaml->line.data[0] == '-' &&
	       (yaml->line.len == 1 || is_white(yaml->line.data[1]));
}

/* What stands behind a name or a dash of a line with this indent. */
static cJSON *read_value(struct yaml *yaml, struct str text, size_t indent, bool is_member)
{
	if (!strip_comment(text).len) {
		next_line(yaml);
		/* The items of a list may stand right under the name that they belong to. */
		const bool is_deeper = yaml->indent > indent ||
				       (is_member && yaml->indent == indent && is_item(yaml));
		return !is_over(yaml) && is_deeper ? read_block(yaml) : cJSON_CreateNull();
	}
	switch (text.data[0]) {
	case '|':
	case '>':
		return read_block_text(yaml, text.data[0], indent);
	case '"':
	case '\'':
	case '[':
	case '{':
		return read_enclosed(yaml, text.data);
	case '&':
	case '*':
	case '!':
		return fail_at(yaml, text.data,
			       "anchors, aliases and tags (& * !) are not read; quote the text");
	default:
		return read_plain_text(yaml, text, indent);
	}
}

static cJSON *make_name(struct str name)
{
	name = str_trim(name);
	const bool is_quoted = name.len > 1 && (name.data[0] == '"' || name.data[0] == '\'');
	return is_quoted ? make_quoted(name.data, name.data + name.len - 1) : make_text(name);
}

static bool read_member(struct yaml *yaml, cJSON *object, size_t indent)
{
	struct str behind;
	const size_t len = name_length(yaml->line, &behind);
	if (!len) {
		fail(yaml, "neither \"name: value\" nor \"- item\"");
		return false;
	}
	cJSON *name = make_name((struct str){ yaml->line.data, len });
	cJSON *value = read_value(yaml, behind, indent, true);
	if (value)
		cJSON_AddItemToObject(object, name->valuestring, value);
	cJSON_Delete(name);
	return value != NULL;
}

static bool read_item(struct yaml *yaml, cJSON *list, size_t indent)
{
	struct str behind, text = { yaml->line.data + 1, yaml->line.len - 1 };
	const size_t gap = white_length(text);
	text = (struct str){ text.data + gap, text.len - gap };
	cJSON *value;
	const bool is_enclosed = text.len && strchr("\"'[{", text.data[0]);
	if (!is_enclosed && name_length(text, &behind)) {
		/* The members of the object begin behind the dash. */
		yaml->line = text;
		yaml->indent = indent + 1 + gap;
		value = read_block(yaml);
	} else {
		value = read_value(yaml, text, indent, false);
	}
	if (value)
		cJSON_AddItemToArray(list, value);
	return value != NULL;
}

/* The list or object whose first line is at hand: all lines of its indent. */
static cJSON *read_block(struct yaml *yaml)
{
	if (yaml->depth == DEPTH_MAX)
		return fail(yaml, "it is nested too deep");
	yaml->depth++;
	const size_t indent = yaml->indent;
	const bool is_list = is_item(yaml);
	cJSON *block = is_list ? cJSON_CreateArray() : cJSON_CreateObject();
	bool good = true;
	while (good && !yaml->wrong && !is_over(yaml) && yaml->indent == indent &&
	       is_item(yaml) == is_list)
		good = is_list ? read_item(yaml, block, indent) : read_member(yaml, block, indent);
	if (!is_over(yaml) && yaml->indent > indent)
		fail(yaml, "it stands deeper than the line before allows");
	yaml->depth--;
	if (!yaml->wrong)
		return block;
	cJSON_Delete(block);
	return NULL;
}

enum status front_matter_read(struct str fields, uint64_t line, cJSON **object, struct error *err)
{
	struct yaml yaml = { .end = fields.data + fields.len, .next = fields.data };
	next_line(&yaml);
	*object = is_over(&yaml) ? cJSON_CreateObject() : read_block(&yaml);
	if (!yaml.wrong && !is_over(&yaml))
		fail(&yaml, "it does not belong to the lines before it");
	if (!yaml.wrong && !cJSON_IsObject(*object))
		fail_at(&yaml, fields.data, "a list, where \"name: value\" is needed");
	if (!yaml.wrong)
		return STATUS_OK;
	cJSON_Delete(*object);
	*object = NULL;
	for (const char *at = fields.data; at < yaml.wrong_at; at++)
		line += *at == '\n';
	return error_set(err, STATUS_BAD_INPUT, "the front matter is wrong: %s (line %llu)",
			 yaml.wrong, (unsigned long long)line);
}

/* ---- finding it ---- */

static bool is_mark(struct str line)
{
	while (line.len && is_white(line.data[line.len - 1]))
		line.len--;
	return str_equal(line, STR("---")) || str_equal(line, STR("..."));
}

/* "title:Rain" is a slip, "https://..." is text. */
static bool forgets_blank(struct str line)
{
	size_t len = 0;
	while (len < line.len && (isalnum((unsigned char)line.data[len]) || line.data[len] == '_'))
		len++;
	return len && len + 1 < line.len && line.data[len] == ':' && line.data[len + 1] != '/';
}

/* A thematic break of Markdown is "---" too; only a name and a colon below it tell. */
static bool begins_like_fields(struct str fields)
{
	struct str line, behind;
	while (line_take(&fields, &line)) {
		line = str_trim(line);
		if (line.len && line.data[0] != '#')
			return line.data[0] != '-' &&
			       (name_length(line, &behind) || forgets_blank(line));
	}
	return false;
}

bool front_matter_find(struct str text, struct front_matter *found)
{
	struct str line;
	if (!starts_with(text, STR("---")) || !line_take(&text, &line) || !is_mark(line))
		return false;
	found->fields = text;
	found->rest = (struct str){ text.data + text.len, 0 };
	found->is_open = true;
	while (line_take(&text, &line))
		if ((line.len && line.data[0] == '-' && is_mark(line)) ||
		    (line.len && line.data[0] == '.' && is_mark(line))) {
			found->fields = str_from_to(found->fields.data, line.data);
			found->rest = text;
			found->is_open = false;
			break;
		}
	return str_trim(found->fields).len ? begins_like_fields(found->fields) : !found->is_open;
}

bool front_matter_is_toml(struct str text)
{
	struct str line;
	if (!line_take(&text, &line) || !str_equal(str_trim(line), STR("+++")))
		return false;
	while (line_take(&text, &line)) {
		line = str_trim(line);
		if (!line.len || line.data[0] == '#')
			continue;
		return line.data[0] == '[' || str_equal(line, STR("+++")) ||
		       memchr(line.data, '=', line.len);
	}
	return false;
}
