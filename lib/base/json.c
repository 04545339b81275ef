#include "dateline/json.h"

#include "dateline/utf8.h"

/* The two-character escapes of RFC 8259, section 7, that are in use; 0 for other characters. */
static char short_escape(uint32_t code)
{
	switch (code) {
	case '"':
	case '\\':
		return (char)code;
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	default:
		return 0;
	}
}

static bool needs_escape(uint32_t code)
{
	return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

void json_add_string(struct buffer *out, struct str s)
{
	buffer_add_char(out, '"');
	size_t plain = 0; /* all before it is written */
	for (size_t at = 0, bytes; at < s.len; at += bytes) {
		const uint32_t code = utf8_decode(s.data + at, s.len - at, &bytes);
		const char letter = short_escape(code);
		if (!letter && !needs_escape(code))
			continue;
		buffer_add(out, s.data + plain, at - plain);
		plain = at + bytes;
		if (letter)
			buffer_add_format(out, "\\%c", letter);
		else
			buffer_add_format(out, "\\u%04x", (unsigned)code);
	}
	buffer_add(out, s.data + plain, s.len - plain);
	buffer_add_char(out, '"');
}

void json_add_text_or_null(struct buffer *out, const char *name, struct str text)
{
	buffer_add_format(out, ",\"%s\":", name);
	if (text.len)
		json_add_string(out, text);
	else
		buffer_add_text(out, "null");
}
