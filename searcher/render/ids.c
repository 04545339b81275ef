#include "printers.h"

/* Ids are nearly always free of controls; one that is not still takes one line, and cannot command a terminal. */
static void add_id(struct buffer *out, struct str id)
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
	buffer_add_char(out, '\n');
}

void ids_answer(const struct answer *answer, const struct render_options *options, struct buffer *out)
{
	(void)options;
	for (size_t i = 0; i < answer->hit_count; i++)
		add_id(out, answer->hits[i].id);
}
