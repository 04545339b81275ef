#include "dateline/terminal.h"

#include "dateline/utf8.h"

/* More marks than any script puts on one character (Khmer and Tibetan come to five or six). */
#define PILE_MAX 8

static bool is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

static bool turns_direction(uint32_t code)
{
	return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

uint32_t terminal_next(struct terminal_cursor *cursor, size_t *columns)
{
	size_t bytes;
	const char *at = cursor->text.data + cursor->at;
	const uint32_t code = utf8_decode(at, cursor->text.len - cursor->at, &bytes);
	cursor->at += bytes;
	*columns = 1;
	if (code >= 0x20 && code < 0x7F) {
		cursor->piled = 0;
		return code;
	}
	if (is_control(code)) {
		cursor->piled = 0;
		return ' ';
	}
	*columns = utf8_columns((struct str){ at, bytes });
	cursor->piled = *columns ? 0 : cursor->piled + 1;
	return turns_direction(code) || cursor->piled > PILE_MAX ? 0 : code;
}

void terminal_add_harmless(struct buffer *out, struct str text)
{
	struct terminal_cursor cursor = { .text = text };
	while (cursor.at < text.len) {
		size_t columns;
		const uint32_t code = terminal_next(&cursor, &columns);
		if (code)
			utf8_add(out, code);
	}
}
