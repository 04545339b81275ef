#include "html.h"

#include "lines.h"

#include "dateline/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

/* ---- references ---- */

/* HTML 4's names of Latin-1, from U+00A0 on in order. */
static const char latin_names[] =
	"nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg "
	"plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 "
	"iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml "
	"Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash "
	"Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring "
	"aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve "
	"oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

static const struct {
	const char *name;
	uint32_t code;
} other_names[] = {
	{ "amp", '&' },       { "lt", '<' },        { "gt", '>' },        { "quot", '"' },
	{ "apos", '\'' },     { "OElig", 0x152 },   { "oelig", 0x153 },   { "Scaron", 0x160 },
	{ "scaron", 0x161 },  { "Yuml", 0x178 },    { "ensp", 0x2002 },   { "emsp", 0x2003 },
	{ "thinsp", 0x2009 }, { "zwnj", 0x200C },   { "zwj", 0x200D },    { "ndash", 0x2013 },
	{ "mdash", 0x2014 },  { "lsquo", 0x2018 },  { "rsquo", 0x2019 },  { "sbquo", 0x201A },
	{ "ldquo", 0x201C },  { "rdquo", 0x201D },  { "bdquo", 0x201E },  { "dagger", 0x2020 },
	{ "bull", 0x2022 },   { "hellip", 0x2026 }, { "permil", 0x2030 }, { "prime", 0x2032 },
	{ "lsaquo", 0x2039 }, { "rsaquo", 0x203A }, { "euro", 0x20AC },   { "trade", 0x2122 },
	{ "minus", 0x2212 },
};

static uint32_t find_latin(struct str name)
{
	uint32_t code = 0xA0;
	for (const char *at = latin_names; *at; code++) {
		const size_t len = strcspn(at, " ");
		if (str_equal(name, (struct str){ at, len }))
			return code;
		at += len + (at[len] == ' ');
	}
	return 0;
}

/* The code point of a name; 0 when it is not known. */
static uint32_t find_name(struct str name)
{
	for (size_t i = 0; i < sizeof(other_names) / sizeof(other_names[0]); i++)
		if (str_equal(name, str_from(other_names[i].name)))
			return other_names[i].code;
	return find_latin(name);
}

/* "#233" or "#xE9"; a number that is no character of a text is U+FFFD. */
static uint32_t read_number(struct str name)
{
	char digits[12] = { 0 };
	const bool is_hex = name.len > 1 && (name.data[1] | 0x20) == 'x';
	const size_t start = is_hex ? 2 : 1;
	if (name.len <= start || name.len - start >= sizeof(digits))
		return 0xFFFD;
	memcpy(digits, name.data + start, name.len - start);
	const unsigned long code = strtoul(digits, NULL, is_hex ? 16 : 10);
	const bool is_control = code < ' ' || (code >= 0x7F && code < 0xA0);
	if (code == '\t' || code == '\n')
		return ' ';
	return is_control || code > 0x10FFFF ? 0xFFFD : (uint32_t)code;
}

size_t html_reference_length(struct str s)
{
	size_t at = 1;
	if (s.len < 3 || s.data[0] != '&')
		return 0;
	const bool is_number = s.data[1] == '#';
	at += is_number;
	const bool is_hex = is_number && (s.data[at] | 0x20) == 'x';
	at += is_hex;
	const size_t start = at;
	while (at < s.len && at < 32 &&
	       (is_hex      ? isxdigit((unsigned char)s.data[at])
		: is_number ? isdigit((unsigned char)s.data[at])
			    : isalnum((unsigned char)s.data[at])))
		at++;
	return at > start && at < s.len && s.data[at] == ';' ? at + 1 : 0;
}

void html_add_reference(struct str reference, struct buffer *out)
{
	const struct str name = { reference.data + 1, reference.len - 2 };
	const uint32_t code = name.data[0] == '#' ? read_number(name) : find_name(name);
	if (code)
		utf8_add(out, code);
	else
		buffer_add_str(out, reference);
}

/* ---- tags ---- */

/* Behind the first `end` in `s`, without regard to case; all of `s` when there is none. */
static size_t find_behind(struct str s, const char *end)
{
	const size_t len = strlen(end);
	for (size_t at = 0; at + len <= s.len; at++)
		if (strncasecmp(s.data + at, end, len) == 0)
			return at + len;
	return s.len;
}

/* The length of what `s` begins with that has no text: a tag, or a comment, script or style whole. */
static size_t markup_length(struct str s)
{
	static const struct {
		const char *start, *end;
	} kinds[] = {
		{ "<!--", "-->" },
		{ "<script", "</script>" },
		{ "<style", "</style>" },
		{ "<", ">" },
	};
	const char next = s.len > 1 ? s.data[1] : 0;
	if (!isalpha((unsigned char)next) && next != '/' && next != '!' && next != '?')
		return 0;
	for (size_t i = 0;; i++) {
		const size_t len = strlen(kinds[i].start);
		if (s.len >= len && strncasecmp(s.data, kinds[i].start, len) == 0)
			return find_behind(s, kinds[i].end);
	}
}

void html_add_text(struct str html, struct buffer *out)
{
	/* Behind the last '>' no tag can begin. */
	const char *last = html.len ? memrchr(html.data, '>', html.len) : NULL;
	while (html.len) {
		size_t len = html.data[0] == '<' && html.data < last ? markup_length(html) : 0;
		if (len) {
			buffer_add_char(out, ' ');
		} else if ((len = html_reference_length(html)) > 0) {
			html_add_reference((struct str){ html.data, len }, out);
		} else {
			len = 1;
			while (len < html.len && html.data[len] != '<' && html.data[len] != '&')
				len++;
			buffer_add(out, html.data, len);
		}
		html = (struct str){ html.data + len, html.len - len };
	}
}
