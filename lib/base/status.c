#include "dateline/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *status_text(enum status status)
{
	static const char *const texts[] = {
#define STATUS_TEXT(name, text) text,
		STATUS_LIST(STATUS_TEXT)
#undef STATUS_TEXT
	};
	const size_t count = sizeof(texts) / sizeof(texts[0]);
	return (size_t)status < count ? texts[status] : "unknown status";
}

const char *status_name(enum status status)
{
	static const char *const names[] = {
#define STATUS_NAME(name, text) #name,
		STATUS_LIST(STATUS_NAME)
#undef STATUS_NAME
	};
	const size_t count = sizeof(names) / sizeof(names[0]);
	return (size_t)status < count ? names[status] : "UNKNOWN";
}

enum status error_set(struct error *err, enum status status, const char *format, ...)
{
	if (!err)
		return status;
	err->status = status;
	va_list args;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	for (char *at = err->text; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			*at = ' ';
	return status;
}

enum status error_system(struct error *err, const char *what, const char *path)
{
	const int number = errno;
	char words[128];
	/* The GNU variant returns the text, which need not be in the buffer. */
	const char *text = strerror_r(number, words, sizeof(words));
	return error_set(err, STATUS_SYSTEM, "cannot %s %s: %s", what, path, text);
}
