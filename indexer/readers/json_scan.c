#include "json_scan.h"

#include "lines.h"

#include "dateline/utf8.h"

#include <stdlib.h>

#define DIGITS_EXACT 15 /* whole numbers of so many digits are exact as a double */
#define NUMBER_BYTES 60 /* cJSON reads no longer ones */

struct scan {
	const char *at, *end;
	struct arena *arena; /* for what is made */
	uint32_t replaced;
	size_t values;
	const char *wrong; /* why the scan ended at `at`; NULL while nothing is wrong */
};

static bool fail(struct scan *scan, const char *wrong)
{
	if (!scan->wrong)
		scan->wrong = scan->at == scan->end ? "it ends in the middle" : wrong;
	return false;
}

static void skip_white(struct scan *scan)
{
	const char *at = scan->at;
	while (at < scan->end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
		at++;
	scan->at = at;
}

static bool take(struct scan *scan, char c)
{
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

/* ---- strings ---- */

/* Not zero when a byte of x is 0; no byte before the first such one is marked. */
static inline uint64_t zero_bytes(uint64_t x)
{
	return (x - EACH_BYTE(1)) & ~x & EACH_BYTE(0x80);
}

const char *json_plain_end(const char *at, const char *end)
{
	while (end - at >= 8) {
		uint64_t x;
		memcpy(&x, at, sizeof(x));
		const uint64_t control = (x - EACH_BYTE(0x20)) & ~x & EACH_BYTE(0x80);
		if (control | zero_bytes(x ^ EACH_BYTE('"')) | zero_bytes(x ^ EACH_BYTE('\\')))
			break;
		at += 8;
	}
	while (at < end && (unsigned char)*at >= 0x20 && *at != '"' && *at != '\\')
		at++;
	return at;
}

/* The value of four hexadecimal digits, -1 when they are not four. */
static int hex_value(const char *at, const char *end)
{
	int value = 0;
	if (end - at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		const char c = at[i];
		const int digit = c >= '0' && c <= '9'   ? c - '0'
				  : c >= 'a' && c <= 'f' ? c - 'a' + 10
				  : c >= 'A' && c <= 'F' ? c - 'A' + 10
							 : -1;
		if (digit < 0)
			return -1;
		value = value << 4 | digit;
	}
	return value;
}

static bool scan_escape(struct scan *scan)
{
	scan->at++;
	if (scan->at == scan->end)
		return fail(scan, NULL);
	if (*scan->at == 'u') {
		if (hex_value(scan->at + 1, scan->end) < 0)
			return fail(scan, "\\u without four hexadecimal digits");
		scan->at += 5;
		return true;
	}
	if (!*scan->at || !strchr("\"\\/bfnrt", *scan->at))
		return fail(scan, "an unknown escape behind a backslash");
	scan->at++;
	return true;
}

/* From the quote that a string begins with to behind the one that ends it. */
static bool pass_string(struct scan *scan)
{
	if (!take(scan, '"'))
		return fail(scan, "a name in quotes is missing");
	for (;;) {
		scan->at = json_plain_end(scan->at, scan->end);
		if (take(scan, '"'))
			return true;
		if (scan->at == scan->end)
			return fail(scan, NULL);
		if (*scan->at == '\n' || *scan->at == '\r')
			return fail(scan, "a line ends inside a string");
		if (*scan->at != '\\')
			return fail(scan, "a control character inside a string");
		if (!scan_escape(scan))
			return false;
	}
}

/* The code point of the \uXXXX at *at, or of two that are a pair; *at is moved behind. */
static uint32_t take_code(struct scan *scan, const char **at, const char *end)
{
	const int code = hex_value(*at + 2, end);
	*at += 6;
	if (code == 0)
		return ' ';
	if (code < 0xD800 || code > 0xDFFF)
		return (uint32_t)code;
	if (code < 0xDC00 && end - *at >= 2 && (*at)[0] == '\\' && (*at)[1] == 'u') {
		const int second = hex_value(*at + 2, end);
		if (second >= 0xDC00 && second <= 0xDFFF) {
			*at += 6;
			return 0x10000 +
			       ((uint32_t)(code - 0xD800) << 10 | (uint32_t)(second - 0xDC00));
		}
	}
	scan->replaced++;
	return 0xFFFD;
}

/* Writes what the escape at `at` stands for to *to; returns its end. */
static const char *read_escape(struct scan *scan, const char *at, const char *end, char **to)
{
	static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
	if (at[1] == 'u') {
		const uint32_t code = take_code(scan, &at, end);
		*to += utf8_encode(code, *to);
		return at;
	}
	const char *letter = strchr(letters, at[1]);
	*(*to)++ = letter ? meant[letter - letters] : at[1];
	return at + 2;
}

/* The text of a string that was passed, from behind its first quote to before its last. No escape is shorter than what it means. */
static char *read_string(struct scan *scan, const char *at, const char *end)
{
	char *text = arena_alloc(scan->arena, (size_t)(end - at) + 1), *to = text;
	while (at < end) {
		const char *plain = json_plain_end(at, end);
		memcpy(to, at, (size_t)(plain - at));
		to += plain - at;
		at = plain < end ? read_escape(scan, plain, end, &to) : plain;
	}
	*to = '\0';
	return text;
}

/* NULL when it is none. */
static char *scan_string(struct scan *scan)
{
	const char *start = scan->at;
	return pass_string(scan) ? read_string(scan, start + 1, scan->at - 1) : NULL;
}

/* ---- other values ---- */

static size_t scan_digits(struct scan *scan)
{
	const char *start = scan->at;
	while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
		scan->at++;
	return (size_t)(scan->at - start);
}

static bool scan_number(struct scan *scan, unsigned depth, cJSON *number)
{
	const char *start = scan->at;
	take(scan, '-');
	const bool has_zero = take(scan, '0');
	const size_t digits = scan_digits(scan);
	if (has_zero ? digits > 0 : digits == 0)
		return fail(scan, has_zero ? "a number begins with 0" : "a digit is missing");
	const char *whole = scan->at;
	if (take(scan, '.') && !scan_digits(scan))
		return fail(scan, "a digit is missing");
	if (take(scan, 'e') || take(scan, 'E')) {
		if (!take(scan, '-'))
			take(scan, '+');
		if (!scan_digits(scan))
			return fail(scan, "a digit is missing");
	}
	const size_t len = (size_t)(scan->at - start);
	const bool is_plain = scan->at == whole && digits <= DIGITS_EXACT;
	const struct str written = arena_copy(scan->arena, (struct str){ start, len });
	if ((depth <= 1 && !is_plain) || len > NUMBER_BYTES) {
		number->type = cJSON_String;
		number->valuestring = (char *)written.data;
	} else {
		number->type = cJSON_Number;
		number->valuedouble = strtod(written.data, NULL);
	}
	return true;
}

static bool scan_word(struct scan *scan, cJSON *value)
{
	static const struct {
		struct str text;
		int type;
	} words[] = { { { "true", 4 }, cJSON_True },
		      { { "false", 5 }, cJSON_False },
		      { { "null", 4 }, cJSON_NULL } };
	const struct str rest = str_from_to(scan->at, scan->end);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (starts_with(rest, words[i].text)) {
			scan->at += words[i].text.len;
			value->type = words[i].type;
			return true;
		}
	return fail(scan, "a value is missing");
}

static bool scan_value(struct scan *scan, unsigned depth, cJSON *value);

static bool scan_member(struct scan *scan, unsigned depth, cJSON *member)
{
	skip_white(scan);
	member->string = scan_string(scan);
	if (!member->string)
		return false;
	skip_white(scan);
	if (!take(scan, ':'))
		return fail(scan, "a colon is missing");
	return scan_value(scan, depth, member);
}

/* What an object and an array share; `each` takes one of its parts. */
static bool scan_parts(struct scan *scan, unsigned depth, cJSON *whole,
		       bool (*each)(struct scan *scan, unsigned depth, cJSON *part))
{
	const bool is_object = *scan->at == '{';
	const char close = is_object ? '}' : ']';
	if (depth >= CJSON_NESTING_LIMIT) {
		scan->wrong = "it is nested too deep";
		return false;
	}
	scan->at++;
	skip_white(scan);
	whole->type = is_object ? cJSON_Object : cJSON_Array;
	if (take(scan, close))
		return true;
	for (cJSON **next = &whole->child;; next = &(*next)->next) {
		*next = arena_zero(scan->arena, 1, sizeof(**next));
		if (!each(scan, depth + 1, *next))
			return false;
		skip_white(scan);
		if (take(scan, close))
			return true;
		if (!take(scan, ','))
			return fail(scan, is_object ? "a comma or } is missing"
						    : "a comma or ] is missing");
	}
}

/* `depth` is how many objects and arrays the value is in. */
static bool scan_value(struct scan *scan, unsigned depth, cJSON *value)
{
	skip_white(scan);
	if (++scan->values > JSON_VALUES_MAX) {
		scan->wrong = "it holds more than a million values";
		return false;
	}
	const char first = scan->at < scan->end ? *scan->at : '\0';
	if (first == '{')
		return scan_parts(scan, depth, value, scan_member);
	if (first == '[')
		return scan_parts(scan, depth, value, scan_value);
	if (first == '-' || (first >= '0' && first <= '9'))
		return scan_number(scan, depth, value);
	if (first != '"')
		return scan_word(scan, value);
	value->type = cJSON_String;
	value->valuestring = scan_string(scan);
	return value->valuestring;
}

/* ---- the record ---- */

/* What begins with a brace is taken for JSON, whatever the name says. */
static bool is_named_text(struct str path)
{
	static const struct str endings[] = { { ".txt", 4 }, { ".text", 5 } };
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		const size_t len = endings[i].len;
		if (path.len > len &&
		    strncasecmp(path.data + path.len - len, endings[i].data, len) == 0)
			return true;
	}
	return false;
}

/* Where `at` is, in characters; lines count in the file. */
static enum status complain(const struct scan *scan, const struct record_bytes *record,
			    struct error *err)
{
	uint64_t line = record->origin.line;
	size_t column = 1;
	for (const char *at = record->bytes.data; at < scan->at; at++) {
		if (*at == '\n') {
			line++;
			column = 1;
		} else {
			column += ((unsigned char)*at & 0xC0) != 0x80;
		}
	}
	struct buffer text = { 0 };
	buffer_add_format(&text, "not a JSON object: %s (", scan->wrong);
	if (line != record->origin.line)
		buffer_add_format(&text, "line %llu, ", (unsigned long long)line);
	buffer_add_format(&text, "column %zu)", column);
	/* Where no other object begins in it, nothing of worth was lost. */
	if (record->lost && memchr(record->bytes.data + 1, '{', record->bytes.len - 1))
		buffer_add_format(&text, "; the rest of the %s was not read", record->lost);
	if (record->origin.record == 1 && is_named_text(record->origin.path))
		buffer_add_text(&text, "; if it is plain text, say --format text");
	const enum status status = error_set(err, STATUS_BAD_INPUT, "%s", text.data);
	buffer_release(&text);
	return status;
}

static bool scan_record(struct scan *scan, cJSON *object)
{
	if (scan->at == scan->end || *scan->at != '{') {
		scan->wrong = scan->at == scan->end ? "it is empty"
			      : *scan->at == '['    ? "it is an array"
						    : "it does not begin with {";
		return false;
	}
	if (!scan_value(scan, 0, object))
		return false;
	skip_white(scan);
	if (scan->at == scan->end)
		return true;
	scan->wrong = "more follows behind it";
	return false;
}

enum status json_scan(const struct record_bytes *record, struct arena *arena, const cJSON **object,
		      uint32_t *replaced, struct error *err)
{
	const struct str bytes = record->bytes;
	struct scan scan = {
		.at = bytes.data,
		.end = bytes.data + bytes.len,
		.arena = arena,
	};
	cJSON *made = arena_zero(arena, 1, sizeof(*made));
	skip_white(&scan);
	if (!scan_record(&scan, made))
		return complain(&scan, record, err);
	*replaced = scan.replaced;
	*object = made;
	return STATUS_OK;
}
