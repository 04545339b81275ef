#include "plain.h"

#include "lines.h"

#include "dateline/utf8.h"

#include <strings.h>

#define TITLE_BYTES_MAX 400

bool ends_sentence(struct str line)
{
	size_t at;
	const uint32_t code = utf8_last_sign(str_trim(line), &at);
	return utf8_is_stop(code) || code == ';' || code == ',';
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
