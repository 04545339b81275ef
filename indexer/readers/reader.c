#include "reader.h"

#include "formats.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

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

/* 128 bits of the bytes, so that an article piped in twice is one. */
static struct str id_of_bytes(struct str bytes, struct arena *arena)
{
	unsigned char hash[16];
	hash_bytes_128(bytes.data, bytes.len, hash);
	char *id = arena_alloc(arena, 2 * sizeof(hash));
	for (size_t i = 0; i < sizeof(hash); i++) {
		id[2 * i] = "0123456789abcdef"[hash[i] >> 4];
		id[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
	}
	return (struct str){ id, 2 * sizeof(hash) };
}

static struct str id_of_place(const struct origin *origin, struct arena *arena)
{
	struct buffer id = { 0 };
	utf8_clean(origin->path, &id);
	if (!origin->is_single)
		buffer_add_format(&id, "#%llu", (unsigned long long)origin->record);
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
	if (article->url.len)
		article->id = article->url;
	else if (str_equal(record->origin.path, STR("-")))
		article->id = id_of_bytes(record->bytes, arena);
	else
		article->id = id_of_place(&record->origin, arena);
}

enum status reader_parse(const struct reader *reader, const struct record_bytes *record,
			 struct text_builder *builder, struct arena *arena, struct article *article,
			 struct error *err)
{
	static const struct str none = { "", 0 };
	*article = (struct article){ .id = none,
				     .title = none,
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
