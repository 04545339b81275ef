#include "printers.h"

#include "dateline/utf8.h"

/* Ids are nearly always free of controls; one that is not still takes one line, and cannot command a terminal. */
void id_escape(struct str id, struct buffer *out)
{
	for (size_t i = 0; i < id.len; i++) {
		const uint8_t byte = (uint8_t)id.data[i];
		const uint8_t next = i + 1 < id.len ? (uint8_t)id.data[i + 1] : 0;
		if (byte == '\n')
			buffer_add_text(out, "\\n");
		else if (byte == '\t')
			buffer_add_text(out, "\\t");
		else if (byte < 0x20 || byte == 0x7F)
			buffer_add_format(out, "\\x%02x", byte);
		else if (byte == 0xC2 && next >= 0x80 && next < 0xA0)
			buffer_add_format(out, "\\u%04x", (unsigned)(uint8_t)id.data[++i]);
		else
			buffer_add_char(out, id.data[i]);
	}
}

/* So many hexadecimal digits at `at`. */
static bool read_hex(struct str text, size_t at, size_t digits, uint32_t *code)
{
	*code = 0;
	if (text.len - at < digits)
		return false;
	for (size_t i = at; i < at + digits; i++) {
		const char c = text.data[i];
		if (c >= '0' && c <= '9')
			*code = *code * 16 + (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			*code = *code * 16 + (uint32_t)(c - 'a' + 10);
		else
			return false;
	}
	return true;
}

/* Of what id_escape and TREC runs write, and of nothing else; the bytes it takes, 0 when it is none. */
static size_t read_escape(struct str text, size_t at, uint32_t *code)
{
	if (text.len - at < 2 || text.data[at] != '\\')
		return 0;
	switch (text.data[at + 1]) {
	case 'n':
		*code = '\n';
		return 2;
	case 't':
		*code = '\t';
		return 2;
	case 'x':
		return read_hex(text, at + 2, 2, code) && (*code <= 0x20 || *code == 0x7F) ? 4 : 0;
	case 'u':
		return read_hex(text, at + 2, 4, code) && *code >= 0x80 && *code < 0xA0 ? 6 : 0;
	default:
		return 0;
	}
}

bool id_unescape(struct str text, struct buffer *out)
{
	bool found = false;
	for (size_t at = 0; at < text.len;) {
		uint32_t code;
		const size_t len = read_escape(text, at, &code);
		if (len)
			utf8_add(out, code);
		else
			buffer_add_char(out, text.data[at]);
		at += len ? len : 1;
		found |= len > 0;
	}
	return found;
}

void ids_answer(const struct answer *answer, const struct render_options *options, struct buffer *out)
{
	(void)options;
	for (size_t i = 0; i < answer->hit_count; i++) {
		id_escape(answer->hits[i].id, out);
		buffer_add_char(out, '\n');
	}
}
