#include "names.h"

#include "lines.h"
#include "reader.h"

#include "dateline/utf8.h"

#include <strings.h>

/* ---- lists ---- */

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.data[i] < ' ' || (unsigned char)s.data[i] > '~' ||
		    (s.data[i] == ' ' && (i + 1 == s.len || s.data[i + 1] == ' ')))
			return false;
	return s.len == 0 || s.data[0] != ' ';
}

/* Writes `clean` with every run of white space as one blank and none at the ends; returns the length. */
static size_t collapse(struct str clean, char *out)
{
	size_t len = 0;
	bool blank = false;
	for (size_t at = 0, bytes; at < clean.len; at += bytes) {
		if (utf8_is_blank(utf8_decode(clean.data + at, clean.len - at, &bytes))) {
			blank = len > 0;
			continue;
		}
		if (blank)
			out[len++] = ' ';
		blank = false;
		memcpy(out + len, clean.data + at, bytes);
		len += bytes;
	}
	return len;
}

struct str name_clean(struct str name, struct arena *arena, uint32_t *replaced)
{
	name = str_trim(name);
	if (is_plain(name)) {
		name.len = name.len < NAME_BYTES_MAX ? name.len : NAME_BYTES_MAX;
		return arena_copy(arena, str_trim(name));
	}
	struct buffer clean = { 0 };
	*replaced += (uint32_t)utf8_clean(name, &clean);
	const struct str all = { clean.data, utf8_cut(buffer_str(&clean), NAME_BYTES_MAX) };
	char *copy = arena_alloc(arena, all.len + 1);
	const size_t len = collapse(all, copy);
	copy[len] = '\0';
	buffer_release(&clean);
	return (struct str){ copy, len };
}

void name_list_add(struct name_list *list, struct str name, struct arena *arena, uint32_t *replaced)
{
	const struct str clean = name_clean(name, arena, replaced);
	if (!clean.len)
		return;
	if (list->count == list->capacity) {
		const size_t capacity = list->capacity ? 2 * list->capacity : 8;
		struct str *items = arena_alloc(arena, capacity * sizeof(*items));
		if (list->count)
			memcpy(items, list->items, list->count * sizeof(*items));
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count++] = clean;
}

struct str_list name_list_finish(const struct name_list *list)
{
	return (struct str_list){ list->items, list->count };
}

/* Takes what is before the first of `marks` off *rest. */
static struct str take_part(struct str *rest, const char *marks)
{
	size_t len = 0;
	while (len < rest->len && (!rest->data[len] || !strchr(marks, rest->data[len])))
		len++;
	const struct str part = { rest->data, len };
	len += len < rest->len;
	rest->data += len;
	rest->len -= len;
	return part;
}

void name_list_split(struct name_list *list, struct str text, const char *marks,
		     struct arena *arena, uint32_t *replaced)
{
	while (text.len)
		name_list_add(list, take_part(&text, marks), arena, replaced);
}

/* ---- bylines ---- */

static bool starts_with_word(struct str s, const char *word)
{
	const size_t len = strlen(word);
	return s.len > len && strncasecmp(s.data, word, len) == 0;
}

struct str byline_names(struct str byline)
{
	static const char *const starts[] = { "written by", "reported by", "by" };
	byline = str_trim(byline);
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		if (!starts_with_word(byline, starts[i]))
			continue;
		const size_t len = strlen(starts[i]);
		const char next = byline.data[len];
		if (next == ':' || is_white(next))
			return str_trim((struct str){ byline.data + len + 1, byline.len - len - 1 });
	}
	return byline;
}

/* The place of `word` between blanks in `s`; s.len when it is not there. */
static size_t find_word(struct str s, const char *word)
{
	const size_t len = strlen(word);
	for (size_t i = 1; i + len < s.len; i++)
		if (is_white(s.data[i - 1]) && is_white(s.data[i + len]) &&
		    strncasecmp(s.data + i, word, len) == 0)
			return i;
	return s.len;
}

static size_t count_words(struct str s)
{
	size_t words = 0;
	for (size_t i = 0; i < s.len; i++)
		words += !is_white(s.data[i]) && (i == 0 || is_white(s.data[i - 1]));
	return words;
}

/* What hangs on a name behind a comma and is no name itself. */
static bool is_suffix(struct str part)
{
	static const char *const suffixes[] = { "jr", "jr.",  "sr",  "sr.",   "ii",  "iii", "iv",
						"md", "m.d.", "phd", "ph.d.", "esq", "esq." };
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (part.len == strlen(suffixes[i]) &&
		    strncasecmp(part.data, suffixes[i], part.len) == 0)
			return true;
	return false;
}

static void add_author(struct name_list *list, struct str name, struct arena *arena,
		       uint32_t *replaced)
{
	name = byline_names(name);
	/* Some exports put the names that hold an apostrophe in quotes. */
	if (name.len > 2 && name.data[0] == '"' && name.data[name.len - 1] == '"')
		name = (struct str){ name.data + 1, name.len - 2 };
	name_list_add(list, name, arena, replaced);
}

/* Names between "and" and "&"; a department of this and that is one. */
static void add_joined(struct name_list *list, struct str text, struct arena *arena,
		       uint32_t *replaced)
{
	const bool is_body = find_word(text, "of") < text.len || find_word(text, "for") < text.len;
	while (!is_body) {
		const size_t conjunction = find_word(text, "and"), sign = find_word(text, "&");
		const size_t at = conjunction < sign ? conjunction : sign;
		if (at == text.len)
			break;
		const size_t behind = at + (conjunction < sign ? 3 : 1);
		add_author(list, (struct str){ text.data, at }, arena, replaced);
		text = (struct str){ text.data + behind, text.len - behind };
	}
	if (starts_with_word(text, "and "))
		text = (struct str){ text.data + 4, text.len - 4 };
	add_author(list, text, arena, replaced);
}

/* Is it one name with its last part first: "Doe, Jane"? */
static bool is_turned(struct str text)
{
	struct str rest = text;
	const struct str first = str_trim(take_part(&rest, ","));
	const bool is_two = rest.len && !memchr(rest.data, ',', rest.len);
	return is_two && count_words(first) == 1 && count_words(rest) <= 2 &&
	       find_word(rest, "and") == rest.len && find_word(rest, "&") == rest.len;
}

static void add_names(struct name_list *list, struct str text, struct arena *arena,
		      uint32_t *replaced)
{
	if (is_turned(text)) {
		add_author(list, text, arena, replaced);
		return;
	}
	while (text.len) {
		struct str part = take_part(&text, ",");
		for (;;) {
			struct str rest = text;
			const struct str next = take_part(&rest, ",");
			if (!is_suffix(str_trim(next)))
				break;
			part = str_from_to(part.data, next.data + next.len);
			text = rest;
		}
		add_joined(list, str_trim(part), arena, replaced);
	}
}

void name_list_add_byline(struct name_list *list, struct str byline, struct arena *arena,
			  uint32_t *replaced)
{
	struct str names = byline_names(byline);
	while (names.len)
		add_names(list, take_part(&names, ";|\n"), arena, replaced);
}
