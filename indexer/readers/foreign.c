#include "foreign.h"

#include "lines.h"

#include <strings.h>

struct mark {
	struct str bytes;
	const char *what;
};

/* The longer marks first where one begins another. */
static const struct mark encodings[] = {
	{ { "\xFF\xFE\x00\x00", 4 },
	  "text in UTF-32; make it UTF-8 first (iconv -f UTF-32 -t UTF-8)" },
	{ { "\x00\x00\xFE\xFF", 4 },
	  "text in UTF-32; make it UTF-8 first (iconv -f UTF-32 -t UTF-8)" },
	{ { "\xFF\xFE", 2 }, "text in UTF-16; make it UTF-8 first (iconv -f UTF-16 -t UTF-8)" },
	{ { "\xFE\xFF", 2 }, "text in UTF-16; make it UTF-8 first (iconv -f UTF-16 -t UTF-8)" },
};

static const struct mark contents[] = {
	{ { "\x89PNG", 4 }, "an image (PNG), not text" },
	{ { "\xFF\xD8\xFF", 3 }, "an image (JPEG), not text" },
	{ { "GIF87a", 6 }, "an image (GIF), not text" },
	{ { "GIF89a", 6 }, "an image (GIF), not text" },
	{ { "II*\0", 4 }, "an image (TIFF), not text" },
	{ { "MM\0*", 4 }, "an image (TIFF), not text" },
	{ { "%PDF-", 5 }, "a PDF document; make text of it first (pdftotext)" },
	{ { "{\\rtf", 5 }, "an RTF document; make text of it first" },
	{ { "PK\3\4", 4 }, "a ZIP archive or an office document; unpack it first" },
	{ { "\x1F\x8B", 2 }, "compressed (gzip); unpack it first, or pipe it in (zcat)" },
	{ { "\x28\xB5\x2F\xFD", 4 }, "compressed (zstd); unpack it first, or pipe it in (zstdcat)" },
	{ { "\xFD"
	    "7zXZ\0",
	    6 },
	  "compressed (xz); unpack it first, or pipe it in (xzcat)" },
	{ { "BZh", 3 }, "compressed (bzip2); unpack it first, or pipe it in (bzcat)" },
	{ { "\x7F"
	    "ELF",
	    4 },
	  "a program, not text" },
};

/* Tags that a page of the web or a feed begins with, in lower case. */
static const struct mark markups[] = {
	{ { "<!doctype html", 14 }, "HTML, which is not read; make text of it first" },
	{ { "<html", 5 }, "HTML, which is not read; make text of it first" },
	{ { "<?xml", 5 }, "XML, which is not read; make text of it first" },
	{ { "<rss", 4 }, "XML, which is not read; make text of it first" },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *find_mark(const struct mark *marks, size_t count, struct str head)
{
	for (size_t i = 0; i < count; i++)
		if (starts_with(head, marks[i].bytes))
			return marks[i].what;
	return NULL;
}

static const char *find_markup(struct str head)
{
	if (starts_with(head, STR("\xEF\xBB\xBF")))
		head = (struct str){ head.data + 3, head.len - 3 };
	const size_t white = white_length(head);
	head = (struct str){ head.data + white, head.len - white };
	for (size_t i = 0; i < COUNT(markups); i++) {
		const struct str bytes = markups[i].bytes;
		if (head.len >= bytes.len && strncasecmp(head.data, bytes.data, bytes.len) == 0)
			return markups[i].what;
	}
	return NULL;
}

static bool is_control(char c)
{
	return (unsigned char)c < 0x20 && !is_white(c) && c != '\b' && c != '\x1A' && c != '\x1B';
}

/* One stray control is a flaw that the door mends; many are another kind of file. */
static const char *find_controls(struct str head)
{
	if (head.len && memchr(head.data, 0, head.len))
		return "binary data (it holds NUL bytes), not text";
	size_t controls = 0;
	for (size_t i = 0; i < head.len; i++)
		controls += is_control(head.data[i]);
	return controls > head.len / 20 ? "binary data (mostly control characters), not text" : NULL;
}

const char *foreign_encoding(struct str head)
{
	return find_mark(encodings, COUNT(encodings), head);
}

const char *foreign_content(struct str head)
{
	const char *what = foreign_encoding(head);
	if (!what)
		what = find_mark(contents, COUNT(contents), head);
	if (!what)
		what = find_markup(head);
	return what ? what : find_controls(head);
}
