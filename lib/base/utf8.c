#include "dateline/utf8.h"

#include <utf8proc.h>

#define REPLACEMENT 0xFFFDu

/* ---- well-formed sequences ---- */

/* What a lead byte asks of the bytes behind it: the Unicode Standard, table 3-7. */
struct lead {
	uint8_t length;    /* 0 for a byte that begins nothing */
	uint8_t low, high; /* the range of the second byte */
};

static struct lead lead_of(uint8_t byte)
{
	if (byte < 0x80)
		return (struct lead){ 1, 0, 0 };
	if (byte < 0xC2 || byte > 0xF4)
		return (struct lead){ 0, 0, 0 };
	if (byte < 0xE0)
		return (struct lead){ 2, 0x80, 0xBF };
	if (byte < 0xF0)
		return (struct lead){ 3, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF };
	return (struct lead){ 4, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF };
}

/* The bytes of the sequence at s or, with *whole false, of what one U+FFFD stands for. */
static size_t sequence_length(const uint8_t *s, size_t len, bool *whole)
{
	const struct lead lead = lead_of(s[0]);
	*whole = lead.length == 1;
	if (lead.length <= 1 || len < 2 || s[1] < lead.low || s[1] > lead.high)
		return 1;
	size_t n = 2;
	while (n < lead.length && n < len && (s[n] & 0xC0) == 0x80)
		n++;
	*whole = n == lead.length;
	return n;
}

/* ---- the door ---- */

/*
 * The top bit of each byte of the result is set where the byte of `x` does not stay as it is, or is
 * not ASCII. The sums cannot carry into a neighbour where x has no top bit, and where it has one
 * the answer is "yes" for the whole word anyway.
 */
static inline uint64_t odd_bytes(uint64_t x)
{
	const uint64_t printable = x + EACH_BYTE(0x80 - 0x20);
	const uint64_t not_tab = (x ^ EACH_BYTE('\t')) + EACH_BYTE(0x7F);
	const uint64_t not_newline = (x ^ EACH_BYTE('\n')) + EACH_BYTE(0x7F);
	const uint64_t not_delete = (x ^ EACH_BYTE(0x7F)) + EACH_BYTE(0x7F);
	return (x | (~printable & not_tab & not_newline) | ~not_delete) & EACH_BYTE(0x80);
}

#define BLOCK ((size_t)32)

static inline bool block_is_plain(const uint8_t *s)
{
	uint64_t words[BLOCK / 8];
	memcpy(words, s, BLOCK);
	uint64_t odd = 0;
	for (size_t i = 0; i < BLOCK / 8; i++)
		odd |= odd_bytes(words[i]);
	return odd == 0;
}

/* The bytes of the character at s if utf8_clean leaves it alone, else 0. */
static size_t clean_character(const uint8_t *s, size_t len)
{
	if (s[0] < 0x80)
		return (s[0] >= 0x20 && s[0] != 0x7F) || s[0] == '\t' || s[0] == '\n';
	bool whole;
	const size_t n = sequence_length(s, len, &whole);
	const bool is_control = s[0] == 0xC2 && n == 2 && s[1] < 0xA0;
	return whole && !is_control ? n : 0;
}

/* The end of the longest run from `at` that utf8_clean leaves alone. */
static const uint8_t *clean_run(const uint8_t *at, const uint8_t *end)
{
	while (at < end) {
		while ((size_t)(end - at) >= BLOCK && block_is_plain(at))
			at += BLOCK;
		/* In a script beyond ASCII, a block is not tried again at each character. */
		const uint8_t *stop = (size_t)(end - at) > BLOCK ? at + BLOCK : end;
		while (at < stop) {
			const size_t n = clean_character(at, (size_t)(end - at));
			if (!n)
				return at;
			at += n;
		}
	}
	return at;
}

/* All of them: text that was cleaned once must not change when it is cleaned again. */
static const uint8_t *skip_byte_order_marks(const uint8_t *at, const uint8_t *end)
{
	while (end - at >= 3 && at[0] == 0xEF && at[1] == 0xBB && at[2] == 0xBF)
		at += 3;
	return at;
}

/* Appends what stands for the sequence at `at`, which may not stay; returns its end. */
static const uint8_t *replace(const uint8_t *at, const uint8_t *end, struct buffer *out,
			      size_t *replaced)
{
	if (*at == '\r') {
		buffer_add_char(out, '\n');
		at++;
		return at < end && *at == '\n' ? at + 1 : at;
	}
	bool whole;
	const size_t n = sequence_length(at, (size_t)(end - at), &whole);
	if (whole) {
		buffer_add_char(out, ' ');
	} else {
		buffer_add(out, "\xEF\xBF\xBD", 3);
		++*replaced;
	}
	return at + n;
}

size_t utf8_clean(struct str raw, struct buffer *out)
{
	size_t replaced = 0;
	if (!raw.len)
		return 0;
	const uint8_t *at = (const uint8_t *)raw.data;
	const uint8_t *end = at + raw.len;
	at = skip_byte_order_marks(at, end);
	while (at < end) {
		const uint8_t *stop = clean_run(at, end);
		buffer_add(out, at, (size_t)(stop - at));
		at = stop;
		if (at < end)
			at = replace(at, end, out, &replaced);
	}
	return replaced;
}

struct str utf8_clean_copy(struct str raw, struct arena *arena, size_t *replaced)
{
	struct buffer clean = { 0 };
	const size_t count = utf8_clean(raw, &clean);
	const struct str copy = arena_copy(arena, buffer_str(&clean));
	buffer_release(&clean);
	if (replaced)
		*replaced = count;
	return copy;
}

bool utf8_is_clean(struct str raw)
{
	if (!raw.len)
		return true;
	const uint8_t *at = (const uint8_t *)raw.data;
	const uint8_t *end = at + raw.len;
	return skip_byte_order_marks(at, end) == at && clean_run(at, end) == end;
}

/* ---- code points ---- */

uint32_t utf8_decode(const char *s, size_t len, size_t *bytes)
{
	const uint8_t *b = (const uint8_t *)s;
	if (b[0] < 0x80) {
		*bytes = 1;
		return b[0];
	}
	bool whole;
	const size_t n = sequence_length(b, len, &whole);
	*bytes = n;
	if (!whole)
		return REPLACEMENT;
	uint32_t code = b[0] & (0x7Fu >> n);
	for (size_t i = 1; i < n; i++)
		code = code << 6 | (b[i] & 0x3Fu);
	return code;
}

size_t utf8_encode(uint32_t code, char out[4])
{
	if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
		code = REPLACEMENT;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	const size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (code & 0x3F));
		code >>= 6;
	}
	out[0] = (char)((0xF00u >> n & 0xFF) | code);
	return n;
}

void utf8_add(struct buffer *out, uint32_t code)
{
	char bytes[4];
	buffer_add(out, bytes, utf8_encode(code, bytes));
}

size_t utf8_cut(struct str s, size_t max)
{
	if (s.len <= max)
		return s.len;
	while (max > 0 && ((uint8_t)s.data[max] & 0xC0) == 0x80)
		max--;
	return max;
}

bool utf8_is_blank(uint32_t code)
{
	if (code < 0x80)
		return code == ' ' || (code >= '\t' && code <= '\r');
	if (code >= 0x2000 && code < 0x2030)
		return code <= 0x200A || code == 0x2028 || code == 0x2029 || code == 0x202F;
	return code == 0x85 || code == 0xA0 || code == 0x1680 || code == 0x205F || code == 0x3000;
}

static bool is_closer(uint32_t code)
{
	return code == '"' || code == '\'' || code == ')' || code == ']' || code == 0x201D ||
	       code == 0x2019 || code == 0xBB || code == 0x300D || code == 0x300F;
}

uint32_t utf8_last_sign(struct str s, size_t *at)
{
	uint32_t code = 0;
	*at = s.len;
	while (*at && (code == 0 || is_closer(code))) {
		do
			--*at;
		while (*at && ((uint8_t)s.data[*at] & 0xC0) == 0x80);
		size_t bytes;
		code = utf8_decode(s.data + *at, s.len - *at, &bytes);
	}
	return code;
}

bool utf8_is_stop(uint32_t code)
{
	return code == '.' || code == '!' || code == '?' || code == ':' || code == 0x2026 ||
	       code == 0x3002 || code == 0xFF01 || code == 0xFF1A || code == 0xFF1F ||
	       code == 0x61F || code == 0x6D4 || code == 0x964;
}

size_t utf8_columns(struct str s)
{
	size_t columns = 0;
	for (size_t at = 0, bytes; at < s.len; at += bytes) {
		const uint32_t code = utf8_decode(s.data + at, s.len - at, &bytes);
		if (code < 0x80)
			columns += code >= 0x20 && code != 0x7F;
		else
			columns += (size_t)utf8proc_charwidth((utf8proc_int32_t)code);
	}
	return columns;
}
