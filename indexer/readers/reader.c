#include "reader.h"

#include "formats.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <ctype.h>
#include <strings.h>

const struct reader reader_table[] = {
	{ "text", "a file is an article; its first line is the title", text_sniff, whole_split,
	  text_parse },
	{ "markdown", "a file is an article; its fields may stand in front, between lines of ---",
	  markdown_sniff, whole_split, markdown_parse },
	{ "json", "objects, in an array or one behind the other", json_sniff, json_split, json_parse },
	{ "jsonl", "an object a line", jsonl_sniff, jsonl_split, json_parse },
	{ NULL, NULL, NULL, NULL, NULL },
};

const struct reader *reader_find(struct str name)
{
	for (const struct reader *reader = reader_table; reader->name; reader++)
		if (name.len == strlen(reader->name) &&
		    strncasecmp(name.data, reader->name, name.len) == 0)
			return reader;
	return NULL;
}

bool path_ends_in(const char *path, const char *endings)
{
	const char *dot = strrchr(path, '.');
	for (const char *at = endings; dot && *at;) {
		const size_t len = strcspn(at, " ");
		if (strlen(dot) == len && strncasecmp(dot, at, len) == 0)
			return true;
		at += len + (at[len] == ' ');
	}
	return false;
}

/* ---- what all formats share ---- */

static bool is_escape(struct str s)
{
	return s.len >= 4 && s.data[0] == '\\' && s.data[1] == 'x' &&
	       isxdigit((unsigned char)s.data[2]) && isxdigit((unsigned char)s.data[3]);
}

/* The bytes of the character that `s` begins with; 0 when it is shown byte by byte. */
static size_t shown_length(struct str s)
{
	const unsigned char lead = (unsigned char)s.data[0];
	const size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	if (lead < 0x20 || lead == 0x7F || is_escape(s))
		return 0;
	return len <= s.len && utf8_is_clean((struct str){ s.data, len }) ? len : 0;
}

/* How many bytes at the start are shown as they are, and begin no escape; there may be more of them. */
static size_t plain_length(struct str s)
{
	size_t len = 0;
	while (len < s.len && s.data[len] >= ' ' && s.data[len] <= '~' && s.data[len] != '\\')
		len++;
	return len;
}

void path_show(struct str path, struct buffer *out)
{
	while (path.len) {
		size_t len = plain_length(path);
		if (!len)
			len = shown_length(path);
		if (len)
			buffer_add(out, path.data, len);
		else
			buffer_add_format(out, "\\x%02X", (unsigned)(unsigned char)path.data[0]);
		len += !len;
		path = (struct str){ path.data + len, path.len - len };
	}
}

static void add_hash(struct str bytes, struct buffer *out)
{
	unsigned char hash[16];
	hash_bytes_128(bytes.data, bytes.len, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		buffer_add_format(out, "%02x", hash[i]);
}

/* Of standard input the bytes are hashed, so that an article piped in twice is one. */
static struct str make_id(const struct record_bytes *record, struct arena *arena)
{
	const size_t number = 21; /* with its mark */
	const struct origin *origin = &record->origin;
	struct buffer id = { 0 };
	if (str_equal(origin->path, STR("-"))) {
		add_hash(record->bytes, &id);
	} else {
		path_show(origin->path, &id);
		if (id.len + number > ID_BYTES_MAX) {
			buffer_reset(&id);
			add_hash(origin->path, &id);
		}
		if (!origin->is_single)
			buffer_add_format(&id, "#%llu", (unsigned long long)origin->record);
	}
	const struct str copy = arena_copy(arena, buffer_str(&id));
	buffer_release(&id);
	return copy;
}

static void complete(const struct record_bytes *record, struct arena *arena, struct article *article)
{
	article->origin = record->origin;
	article->origin.path = arena_copy(arena, record->origin.path);
	if (article->id.len)
		return;
	article->id = article->url.len ? article->url : make_id(record, arena);
}

enum status reader_parse(const struct reader *reader, const struct record_bytes *record,
			 struct text_builder *builder, struct arena *arena, struct article *article,
			 struct error *err)
{
	static const struct str none = { "", 0 };
	*article = (struct article){ .id = none,
				     .title = none,
				     .unread_date = none,
				     .source = none,
				     .section = none,
				     .url = none,
				     .language = none,
				     .dateline = none };
	if (record->flaw)
		return error_set(err, STATUS_BAD_INPUT, "%s", record->flaw);
	text_builder_reset(builder);
	const enum status status = reader->parse(record, builder, arena, article, err);
	if (status != STATUS_OK)
		return status;
	text_builder_finish(builder, arena, article);
	complete(record, arena, article);
	return STATUS_OK;
}
