#include "dateline/command.h"

#include "dateline/terminal.h"
#include "dateline/utf8.h"

#include <stdio.h>

void say(const char *format, ...)
{
	struct buffer line = { 0 }, clean = { 0 };
	va_list args;
	va_start(args, format);
	buffer_add_format_v(&line, format, args);
	va_end(args);
	utf8_clean(buffer_str(&line), &clean);
	buffer_reset(&line);
	buffer_add_text(&line, "dateline: ");
	terminal_add_harmless(&line, buffer_str(&clean));
	fprintf(stderr, "%.*s\n", STR_ARG(buffer_str(&line)));
	buffer_release(&line);
	buffer_release(&clean);
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
