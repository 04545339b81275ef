#include "dateline/command.h"

#include "dateline/terminal.h"
#include "dateline/utf8.h"

#include <stdio.h>

void add_message_v(struct buffer *out, const char *format, va_list args)
{
	struct buffer raw = { 0 }, clean = { 0 };
	buffer_add_format_v(&raw, format, args);
	utf8_clean(buffer_str(&raw), &clean);
	terminal_add_harmless(out, buffer_str(&clean));
	buffer_release(&raw);
	buffer_release(&clean);
}

void say(const char *format, ...)
{
	struct buffer line = { 0 };
	va_list args;
	va_start(args, format);
	add_message_v(&line, format, args);
	va_end(args);
	fprintf(stderr, "dateline: %.*s\n", STR_ARG(buffer_str(&line)));
	buffer_release(&line);
}

int say_error(const struct error *err)
{
	say("%s", err->text);
	return EXIT_TROUBLE;
}

void add_grouped(struct buffer *out, uint64_t number)
{
	if (number >= 1000) {
		add_grouped(out, number / 1000);
		buffer_add_format(out, ",%03u", (unsigned)(number % 1000));
	} else {
		buffer_add_format(out, "%u", (unsigned)number);
	}
}
