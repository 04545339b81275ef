#include "hint.h"

#include "dateline/utf8.h"

void hint_add(struct hints *hints, const char *format, ...)
{
	if (hints->count > HINTS_MAX)
		return;
	if (!hints->items)
		hints->items = arena_alloc(hints->arena, (HINTS_MAX + 1) * sizeof(*hints->items));
	struct buffer line = { 0 };
	va_list args;
	va_start(args, format);
	if (hints->count == HINTS_MAX)
		buffer_add_text(&line, "there is more in the query that means nothing");
	else
		buffer_add_format_v(&line, format, args);
	va_end(args);
	hints->items[hints->count++] = arena_copy(hints->arena, buffer_str(&line));
	buffer_release(&line);
}

#define CLIP_BYTES 64

struct str message_clip(struct str text, struct arena *arena)
{
	if (text.len <= CLIP_BYTES)
		return text;
	struct buffer clipped = { 0 };
	buffer_add(&clipped, text.data, utf8_cut(text, CLIP_BYTES));
	buffer_add_text(&clipped, "...");
	const struct str copy = arena_copy(arena, buffer_str(&clipped));
	buffer_release(&clipped);
	return copy;
}
