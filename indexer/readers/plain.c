#include "plain.h"

#include "lines.h"

#include <strings.h>

#define TITLE_BYTES_MAX 400

static bool ends_in(struct str s, const char *end)
{
	const size_t len = strlen(end);
	return s.len >= len && memcmp(s.data + s.len - len, end, len) == 0;
}

/* How many bytes of `s` are left before one of `ends` that it ends in; s.len when it ends in none. */
static size_t before_end(struct str s, const char *const *ends)
{
	for (; *ends; ends++)
		if (ends_in(s, *ends))
			return s.len - strlen(*ends);
	return s.len;
}

bool ends_sentence(struct str line)
{
	static const char *const closers[] = { "\"", "'", ")", "]", "”", "’", "»", "」", "』", NULL };
	static const char *const marks[] = { ".",  "!",  "?",  ":", ";", ",",  "…",
					     "。", "！", "？", "؟", "।", "：", NULL };
	line = str_trim(line);
	for (size_t before; (before = before_end(line, closers)) < line.len;)
		line.len = before;
	return before_end(line, marks) < line.len;
}

bool could_be_title(struct str line)
{
	return line.len <= TITLE_BYTES_MAX;
}

struct str behind_date_label(struct str text)
{
	static const char *const labels[] = {
		"first published", "last updated", "published",      "updated",
		"posted",          "date",         "publié",         "publicado",
		"pubblicato",      "gepubliceerd", "veröffentlicht", "mis à jour",
		"actualizado",     "aggiornato",   "bijgewerkt",     "aktualisiert",
	};
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		const size_t len = strlen(labels[i]);
		if (text.len > len && strncasecmp(text.data, labels[i], len) == 0 &&
		    (text.data[len] == ':' || is_white(text.data[len])))
			return str_trim((struct str){ text.data + len + 1, text.len - len - 1 });
	}
	return text;
}
