#include "dateline/fixes.h"

#include "dateline/file.h"
#include "dateline/utf8.h"
#include "fixes_check.h"
#include "spelling.h"

#include <stdio.h>
#include <stdlib.h>

/* How much of a line that is wrong is shown. */
#define SHOWN_MAX 80

/* ---- words ---- */

static const char *const verbs[FIX_VERBS] = {
	[FIX_SPLIT] = "split",   [FIX_MERGE] = "merge", [FIX_RETYPE] = "retype",
	[FIX_RENAME] = "rename", [FIX_HIDE] = "hide",
};

/* Kinds by the names of their fields; dates that are mentioned have no names to be corrected. */
static const struct {
	const char *name;
	enum facet_kind kind;
} kinds[] = {
	{ "person", KIND_PERSON }, { "org", KIND_ORG },         { "place", KIND_PLACE },
	{ "other", KIND_OTHER },   { "source", KIND_SOURCE },   { "author", KIND_AUTHOR },
	{ "topic", KIND_TOPIC },   { "section", KIND_SECTION }, { "language", KIND_LANGUAGE },
	{ "agency", KIND_AGENCY }, { "speaker", KIND_SPEAKER }, { "dateline", KIND_DATELINE },
};

#define KINDS                                                                                      \
	"person, org, place, other, source, author, topic, section, language, agency, speaker or dateline"

const char *fix_verb_name(enum fix_verb verb)
{
	return verbs[verb];
}

static bool is_word(struct str text, const char *word)
{
	return text.len == strlen(word) && strncasecmp(text.data, word, text.len) == 0;
}

static bool find_verb(struct str text, enum fix_verb *verb)
{
	for (int i = 0; i < FIX_VERBS; i++)
		if (is_word(text, verbs[i])) {
			*verb = (enum fix_verb)i;
			return true;
		}
	return false;
}

static enum facet_kind find_kind(struct str text)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (is_word(text, kinds[i].name))
			return kinds[i].kind;
	return KIND_NONE;
}

/* ---- a line ---- */

struct line {
	const char *file;
	uint32_t number;
	struct str rest; /* what is not read yet */
	enum fix_verb verb;
	enum facet_kind kind;
	struct arena *arena;
	struct fixes *fixes;
	struct error *err;
};

static enum status wrong(const struct line *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static enum status wrong(const struct line *line, const char *format, ...)
{
	struct buffer words = { 0 };
	va_list args;
	va_start(args, format);
	buffer_add_format_v(&words, format, args);
	va_end(args);
	const enum status status = error_set(line->err, STATUS_BAD_INPUT, "%s:%u: %s", line->file,
					     line->number, words.data);
	buffer_release(&words);
	return status;
}

static int shown(struct str text)
{
	return (int)utf8_cut(text, SHOWN_MAX);
}

/* Takes what comes before the first of `signs`, or all of the rest; *sign is what ended it, 0 at the end. */
static struct str take_until(struct line *line, const char *signs, char *sign)
{
	size_t len = 0;
	while (len < line->rest.len && !strchr(signs, line->rest.data[len]))
		len++;
	const struct str taken = { line->rest.data, len };
	*sign = len < line->rest.len ? line->rest.data[len] : '\0';
	line->rest.data += len + (*sign != 0);
	line->rest.len -= len + (*sign != 0);
	return str_trim(taken);
}

/* The same for a name, whose signs count for nothing inside "quotes". */
static enum status take_raw_name(struct line *line, const char *signs, struct str *name, char *sign)
{
	*name = (struct str){ "", 0 };
	*sign = '\0';
	line->rest = str_trim(line->rest);
	if (!line->rest.len || line->rest.data[0] != '"') {
		*name = take_until(line, signs, sign);
		return STATUS_OK;
	}
	const char *end = memchr(line->rest.data + 1, '"', line->rest.len - 1);
	if (!end)
		return wrong(line, "there is no second \" in %.*s", shown(line->rest),
			     line->rest.data);
	const size_t len = (size_t)(end - line->rest.data);
	*name = (struct str){ line->rest.data + 1, len - 1 };
	line->rest.data += len + 1;
	line->rest.len -= len + 1;
	const struct str behind = take_until(line, signs, sign);
	return behind.len ? wrong(line, "there is something between \" and what comes next: %.*s",
				  shown(behind), behind.data)
			  : STATUS_OK;
}

static bool has_key(struct str name)
{
	struct buffer key = { 0 };
	utf8_name_key(name, &key);
	const bool has = key.len > 0;
	buffer_release(&key);
	return has;
}

static enum status take_name(struct line *line, const char *signs, struct str *name, char *sign)
{
	const enum status status = take_raw_name(line, signs, name, sign);
	if (status != STATUS_OK)
		return status;
	if (name->len > FIX_NAME_MAX)
		return wrong(line, "a name has %zu bytes, and %zu are allowed", name->len,
			     FIX_NAME_MAX);
	if (!has_key(*name))
		return wrong(line, *sign == '=' ? "there is no name before the ="
						: "there is a name missing");
	*name = arena_copy(line->arena, spelling_collapse(*name, line->arena));
	return STATUS_OK;
}

static struct fix *add_fix(struct line *line, struct str name)
{
	struct fixes *fixes = line->fixes;
	memory_reserve(&fixes->items, &fixes->capacity, fixes->count, sizeof(*fixes->items));
	struct fix *fix = &fixes->items[fixes->count++];
	*fix = (struct fix){
		.verb = line->verb,
		.kind = line->kind,
		.name = name,
		.file = line->file,
		.line = line->number,
	};
	return fix;
}

static bool same_key(struct str a, struct str b)
{
	struct buffer one = { 0 }, two = { 0 };
	utf8_name_key(a, &one);
	utf8_name_key(b, &two);
	const bool same = str_equal(buffer_str(&one), buffer_str(&two));
	buffer_release(&one);
	buffer_release(&two);
	return same;
}

/* The names behind the =, or of `hide` behind the colon. A ; at the end is none too many. */
static enum status read_names(struct line *line, const struct str *name)
{
	const char *signs = name ? ";" : ";=";
	do {
		struct str other;
		char sign;
		const enum status status = take_name(line, signs, &other, &sign);
		if (status != STATUS_OK)
			return status;
		if (sign == '=')
			return wrong(line, "hide takes names alone, and no =");
		if (name && same_key(*name, other))
			return wrong(line, "\"%.*s\" cannot be %s itself", shown(other), other.data,
				     line->verb == FIX_MERGE ? "merged into" : "split from");
		struct fix *fix = add_fix(line, name ? *name : other);
		if (name)
			fix->other = other;
		line->rest = str_trim(line->rest);
	} while (line->rest.len);
	return STATUS_OK;
}

static enum status read_kind(struct line *line, struct str name)
{
	const struct str word = str_trim(line->rest);
	const enum facet_kind to = find_kind(word);
	if (to == KIND_NONE)
		return wrong(line, "there is no kind \"%.*s\": write " KINDS, shown(word), word.data);
	if (to == line->kind)
		return wrong(line, "\"%.*s\" is asked for in the kind that it has", shown(name),
			     name.data);
	add_fix(line, name)->to = to;
	return STATUS_OK;
}

/* All of the rest is one name, that may hold a ; or = too. */
static enum status read_new_name(struct line *line, struct str name)
{
	struct str other;
	char sign;
	const enum status status = take_name(line, "", &other, &sign);
	if (status == STATUS_OK)
		add_fix(line, name)->other = other;
	return status;
}

/* What comes behind "VERB KIND:". */
static enum status read_what(struct line *line)
{
	if (line->verb == FIX_HIDE)
		return read_names(line, NULL);
	struct str name;
	char sign;
	const enum status status = take_name(line, "=", &name, &sign);
	if (status != STATUS_OK)
		return status;
	if (sign != '=')
		return wrong(line, "there is no =, as in: %s person: One Name = %s",
			     verbs[line->verb], line->verb == FIX_RETYPE ? "org" : "Another Name");
	if (line->verb == FIX_RETYPE)
		return read_kind(line, name);
	return line->verb == FIX_RENAME ? read_new_name(line, name) : read_names(line, &name);
}

static enum status read_line(struct line *line)
{
	char sign;
	const struct str whole = line->rest;
	const struct str head = take_until(line, ":", &sign);
	size_t len = 0;
	while (len < head.len && !strchr(" \t", head.data[len]))
		len++;
	const struct str verb = { head.data, len };
	const struct str kind = str_trim((struct str){ head.data + len, head.len - len });
	if (!find_verb(verb, &line->verb))
		return wrong(line,
			     "a line begins with merge, split, rename, hide or retype, not with "
			     "\"%.*s\"",
			     shown(verb), verb.data);
	if (!sign)
		return wrong(line,
			     "there is no : behind the kind, as in: hide person: A Name, but "
			     "\"%.*s\"",
			     shown(whole), whole.data);
	line->kind = find_kind(kind);
	if (line->kind == KIND_NONE)
		return wrong(line, "there is no kind \"%.*s\": write " KINDS, shown(kind), kind.data);
	return read_what(line);
}

/* ---- a file ---- */

static enum status read_lines(struct line *line, struct str text)
{
	struct buffer clean = { 0 };
	enum status status = STATUS_OK;
	const char *at = text.data, *end = text.data + text.len;
	while (at < end && status == STATUS_OK) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		stop = stop ? stop : end;
		buffer_reset(&clean);
		utf8_clean((struct str){ at, (size_t)(stop - at) }, &clean);
		line->number++;
		line->rest = str_trim(buffer_str(&clean));
		if (line->rest.len && line->rest.data[0] != '#')
			status = read_line(line);
		at = stop + 1;
	}
	buffer_release(&clean);
	return status;
}

enum status fixes_parse(struct str text, const char *file, struct arena *arena, struct fixes *fixes,
			struct error *err)
{
	if (text.len > FIXES_BYTES_MAX)
		return error_set(err, STATUS_TOO_LARGE, "%s: it has more than the %zu MiB allowed",
				 file, FIXES_BYTES_MAX >> 20);
	const size_t count = fixes->count;
	struct line line = {
		.file = arena_copy(arena, str_from(file)).data,
		.arena = arena,
		.fixes = fixes,
		.err = err,
	};
	enum status status = read_lines(&line, text);
	if (status == STATUS_OK)
		status = fixes_check(fixes, err);
	if (status != STATUS_OK)
		fixes->count = count;
	return status;
}

enum status fixes_read(const char *path, struct arena *arena, struct fixes *fixes, struct error *err)
{
	struct buffer text = { 0 };
	enum status status = file_read(path, "corrections", FIXES_BYTES_MAX, &text, err);
	if (status == STATUS_OK)
		status = fixes_parse(buffer_str(&text), path, arena, fixes, err);
	buffer_release(&text);
	return status;
}

void fixes_release(struct fixes *fixes)
{
	free(fixes->items);
	*fixes = (struct fixes){ 0 };
}
