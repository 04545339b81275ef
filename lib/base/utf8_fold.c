/*
 * Folding works on one segment at a time: a character that begins a letter or a syllable, and the
 * marks or jamo that may join it. No segment needs the heap, and most are one code point.
 */
#include "dateline/letters.h"
#include "dateline/utf8.h"

#include <utf8proc.h>

#define BOTH ((unsigned)(UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS))

/*
 * Longer runs of marks are no writing, and sorting them would take quadratic time; the Stream-Safe
 * Text Format of UAX 15 sets the bound at 30.
 */
#define SEGMENT_MAX 32

/* More than the longest decomposition, the 18 of U+FDFA. */
#define DECOMPOSED_MAX 32

struct folding {
	unsigned folds;
	utf8proc_option_t options;
	struct buffer *out;
	utf8proc_int32_t segment[SEGMENT_MAX];
	size_t count;
};

/* ---- what is known of single code points ---- */

static bool in_range(uint32_t code, uint32_t first, uint32_t last)
{
	return code - first <= last - first;
}

/* Latin, Greek and Cyrillic letters: their marks are accents that people leave out. */
static bool carries_accents(uint32_t code)
{
	if (code < 0x80)
		return in_range(code | 0x20, 'a', 'z');
	if (code < 0x530)
		return code >= 0x370 || (in_range(code, 0xC0, 0x2AF) && code != 0xD7 && code != 0xF7);
	return in_range(code, 0x1C80, 0x1C8F) || in_range(code, 0x1D00, 0x1DBF) ||
	       in_range(code, 0x1E00, 0x1FFF) || in_range(code, 0x2C60, 0x2C7F) ||
	       in_range(code, 0xA640, 0xA66E) || in_range(code, 0xA680, 0xA69D) ||
	       in_range(code, 0xA722, 0xA7FF) || in_range(code, 0xAB30, 0xAB6F);
}

static bool is_mark(utf8proc_category_t category)
{
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
	       category == UTF8PROC_CATEGORY_ME;
}

/* True where nothing that follows can change what comes before, nor the other way round. */
static bool begins_segment(uint32_t code)
{
	if (code < 0x300)
		return true;
	if (in_range(code, 0x1160, 0x11FF)) /* vowels and finals join the jamo before them */
		return false;
	const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code);
	return property->combining_class == 0 && !is_mark(property->category);
}

/* Cyrillic letters that decompose, but are never written without their mark (as ё is). */
static bool is_own_letter(uint32_t base, uint32_t mark)
{
	const uint32_t lower = in_range(base, 0x410, 0x42F) ? base + 0x20 : base;
	switch (mark) {
	case 0x306: /* й, ў */
		return lower == 0x438 || lower == 0x443;
	case 0x308: /* ї */
		return base == 0x456 || base == 0x406;
	case 0x301: /* ѓ, ќ */
		return lower == 0x433 || lower == 0x43A;
	default:
		return false;
	}
}

#define PLAIN_FIRST 0xC0
#define PLAIN_LAST 0x17F

/* In print, Ð and Đ look the same, and both are spelled with a D. */
static const char plain_forms[PLAIN_LAST - PLAIN_FIRST + 1][3] = {
	[0xC6 - PLAIN_FIRST] = "AE",  [0xE6 - PLAIN_FIRST] = "ae",  /* Æ */
	[0xD0 - PLAIN_FIRST] = "D",   [0xF0 - PLAIN_FIRST] = "d",   /* Ð */
	[0xD8 - PLAIN_FIRST] = "O",   [0xF8 - PLAIN_FIRST] = "o",   /* Ø */
	[0xDE - PLAIN_FIRST] = "TH",  [0xFE - PLAIN_FIRST] = "th",  /* Þ */
	[0x110 - PLAIN_FIRST] = "D",  [0x111 - PLAIN_FIRST] = "d",  /* Đ */
	[0x126 - PLAIN_FIRST] = "H",  [0x127 - PLAIN_FIRST] = "h",  /* Ħ */
	[0x141 - PLAIN_FIRST] = "L",  [0x142 - PLAIN_FIRST] = "l",  /* Ł */
	[0x152 - PLAIN_FIRST] = "OE", [0x153 - PLAIN_FIRST] = "oe", /* Œ */
	[0x166 - PLAIN_FIRST] = "T",  [0x167 - PLAIN_FIRST] = "t",  /* Ŧ */
	[0xDF - PLAIN_FIRST] = "ss",  [0x131 - PLAIN_FIRST] = "i",
};

/* The usual plain form of a letter that has no decomposition; NULL for all others. */
static const char *plain_form(uint32_t code)
{
	if (code == 0x1E9E) /* ẞ */
		return "SS";
	if (!in_range(code, PLAIN_FIRST, PLAIN_LAST) || !plain_forms[code - PLAIN_FIRST][0])
		return NULL;
	return plain_forms[code - PLAIN_FIRST];
}

/* ---- segments ---- */

static int combining_class(utf8proc_int32_t code)
{
	return code < 0x300 ? 0 : utf8proc_get_property(code)->combining_class;
}

static void flush(struct folding *folding)
{
	utf8proc_int32_t *segment = folding->segment;
	size_t count = folding->count;
	if (!count)
		return;
	if (count > 1) {
		const utf8proc_ssize_t composed = utf8proc_normalize_utf32(
			segment, (utf8proc_ssize_t)count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
		if (composed > 0)
			count = (size_t)composed;
	}
	char text[SEGMENT_MAX * 4];
	size_t len = 0;
	for (size_t i = 0; i < count; i++)
		len += utf8_encode((uint32_t)segment[i], text + len);
	buffer_add(folding->out, text, len);
	folding->count = 0;
}

/* Inserts at the place of canonical order. */
static void append(struct folding *folding, utf8proc_int32_t code)
{
	if (folding->count == SEGMENT_MAX)
		flush(folding);
	size_t at = folding->count++;
	const int class = combining_class(code);
	if (class) {
		for (; at > 0 && combining_class(folding->segment[at - 1]) > class; at--)
			folding->segment[at] = folding->segment[at - 1];
	}
	folding->segment[at] = code;
}

static bool is_accent(const struct folding *folding, uint32_t mark)
{
	if (!folding->count)
		return false;
	const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)mark);
	const uint32_t base = (uint32_t)folding->segment[0];
	return (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME) &&
	       carries_accents(base) && !is_own_letter(base, mark);
}

static void push(struct folding *folding, uint32_t code)
{
	const bool plainly = folding->folds & UTF8_FOLD_ACCENTS;
	if (!begins_segment(code)) {
		if (!plainly || !is_accent(folding, code))
			append(folding, (utf8proc_int32_t)code);
		return;
	}
	flush(folding);
	const char *plain = plainly ? plain_form(code) : NULL;
	if (!plain) {
		append(folding, (utf8proc_int32_t)code);
		return;
	}
	/* The last of them takes the marks: they go the way of all accents. */
	for (; plain[1]; plain++)
		buffer_add_char(folding->out, *plain);
	append(folding, *plain);
}

/*
 * Compatibility forms that would do harm: a blank and a mark for a spacing accent part a word in
 * two, and letters for a trade mark sign make another word.
 */
static bool keeps_its_form(utf8proc_int32_t code, utf8proc_int32_t first)
{
	return first == ' ' || code == 0x2122 || code == 0x2120;
}

static void push_folded(struct folding *folding, uint32_t code)
{
	/* Nothing folds here, and these are most of what is written in Chinese and Korean. */
	if (in_range(code, 0x4E00, 0x9FFF) || in_range(code, 0xAC00, 0xD7A3)) {
		push(folding, code);
		return;
	}
	utf8proc_int32_t pieces[DECOMPOSED_MAX];
	int boundary = 0;
	const utf8proc_int32_t whole = (utf8proc_int32_t)code;
	utf8proc_ssize_t count =
		utf8proc_decompose_char(whole, pieces, DECOMPOSED_MAX, folding->options, &boundary);
	if (count > 0 && count <= DECOMPOSED_MAX && keeps_its_form(whole, pieces[0]))
		count = 0;
	if (count <= 0 || count > DECOMPOSED_MAX) {
		push(folding, code);
		return;
	}
	for (utf8proc_ssize_t i = 0; i < count; i++)
		push(folding, (uint32_t)pieces[i]);
}

/* ---- text ---- */

static size_t ascii_run(struct str s)
{
	size_t at = 0;
	for (uint64_t word; s.len - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, s.data + at, sizeof(word));
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	while (at < s.len && (uint8_t)s.data[at] < 0x80)
		at++;
	return at;
}

static void add_ascii(struct buffer *out, struct str s, unsigned folds)
{
	char *to = buffer_extend(out, s.len);
	if (!(folds & UTF8_FOLD_CASE)) {
		memcpy(to, s.data, s.len);
		return;
	}
	for (size_t i = 0; i < s.len; i++)
		to[i] = to_lower(s.data[i]);
}

static utf8proc_option_t options_of(unsigned folds)
{
	int options = UTF8PROC_DECOMPOSE;
	if (folds & UTF8_FOLD_CASE)
		options |= UTF8PROC_CASEFOLD;
	if (folds & UTF8_FOLD_ACCENTS)
		options |= UTF8PROC_COMPAT;
	return (utf8proc_option_t)options;
}

/* Folds the ASCII at the start of `rest`; returns its length. */
static size_t fold_ascii(struct folding *folding, struct str rest)
{
	const size_t run = ascii_run(rest);
	if (!run)
		return 0;
	/* The last before another character is held back: a mark may follow. */
	const size_t direct = run == rest.len ? run : run - 1;
	if (direct) {
		flush(folding);
		add_ascii(folding->out, (struct str){ rest.data, direct }, folding->folds);
	}
	if (direct < run) {
		const char c = rest.data[direct];
		push(folding, (uint8_t)(folding->folds & UTF8_FOLD_CASE ? to_lower(c) : c));
	}
	return run;
}

static void fold_any(struct str s, unsigned folds, struct buffer *out)
{
	struct folding folding;
	folding.folds = folds;
	folding.options = options_of(folds);
	folding.out = out;
	folding.count = 0;
	for (size_t at = 0, bytes; at < s.len; at += bytes) {
		bytes = fold_ascii(&folding, (struct str){ s.data + at, s.len - at });
		if (!bytes)
			push_folded(&folding, utf8_decode(s.data + at, s.len - at, &bytes));
	}
	flush(&folding);
}

void utf8_fold(struct str s, unsigned folds, struct buffer *out)
{
	if (!s.len)
		return;
	if (!(folds & BOTH))
		buffer_add_str(out, s);
	else if (ascii_run(s) == s.len)
		add_ascii(out, s, folds);
	else
		fold_any(s, folds, out);
}

/* ---- names ---- */

enum part { PART_LETTER, PART_BLANK, PART_NOTHING };

static const uint8_t ascii_parts[128] = {
	['\t'] = PART_BLANK, ['\n'] = PART_BLANK,   ['\v'] = PART_BLANK,  ['\f'] = PART_BLANK,
	['\r'] = PART_BLANK, [' '] = PART_BLANK,    ['-'] = PART_BLANK,   ['_'] = PART_BLANK,
	['.'] = PART_BLANK,  ['\''] = PART_NOTHING, ['`'] = PART_NOTHING,
};

/* In order, so that the search for a letter of most names ends soon. */
static const uint16_t unheard[] = {
	0xA9,   0xAD,   0xAE,   0xB4,   /* ©, soft hyphen, ®, acute accent as an apostrophe */
	0x2B9,  0x2BB,  0x2BC,          /* modifier letters, as in Hawaiʻi */
	0x200B, 0x200C, 0x200D,         /* of no width */
	0x2018, 0x2019, 0x201B, 0x2032, /* quotation marks, prime */
	0x2060, 0x2120, 0x2122, 0xFEFF, /* word joiner, ℠, ™, no-break space of no width */
};

static bool is_unheard(uint32_t code)
{
	const size_t count = sizeof(unheard) / sizeof(*unheard);
	size_t i = 0;
	while (i < count && unheard[i] < code)
		i++;
	return i < count && unheard[i] == code;
}

static enum part part_of(uint32_t code)
{
	if (is_unheard(code))
		return PART_NOTHING;
	const bool is_minus = code == 0x2212;
	const bool is_dash = utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_PD;
	return is_minus || is_dash || utf8_is_blank(code) ? PART_BLANK : PART_LETTER;
}

static enum part part_at(const char *s, size_t len, size_t *bytes)
{
	const uint8_t byte = (uint8_t)*s;
	if (byte >= 0x80)
		return part_of(utf8_decode(s, len, bytes));
	*bytes = 1;
	return ascii_parts[byte];
}

static void add_key_once(struct str name, struct buffer *out)
{
	const size_t start = out->len;
	utf8_fold(name, BOTH, out);
	/* In place: the key is never longer than the folded name. */
	char *text = out->data;
	size_t to = start;
	bool parted = false;
	for (size_t at = start, bytes; at < out->len; at += bytes) {
		const enum part part = part_at(text + at, out->len - at, &bytes);
		parted = parted || part == PART_BLANK;
		if (part != PART_LETTER)
			continue;
		if (parted && to > start)
			text[to++] = ' ';
		parted = false;
		for (size_t i = 0; i < bytes; i++)
			text[to++] = text[at + i];
	}
	out->len = to;
	if (text)
		text[to] = '\0';
}

static bool is_ascii(struct str s)
{
	size_t i = 0;
	while (i < s.len && (uint8_t)s.data[i] < 0x80)
		i++;
	return i == s.len;
}

/*
 * What is dropped can bring a mark behind another letter, where it folds in turn: so it is done again until nothing
 * changes, and the key of a key is that key. ASCII is done after once.
 */
void utf8_name_key(struct str name, struct buffer *out)
{
	const size_t start = out->len;
	struct buffer before = { 0 };
	add_key_once(name, out);
	for (;;) {
		const struct str key = { buffer_str(out).data + start, out->len - start };
		if (is_ascii(key) || (before.data && str_equal(key, buffer_str(&before))))
			break;
		buffer_reset(&before);
		buffer_add_str(&before, key);
		out->len = start;
		add_key_once(buffer_str(&before), out);
	}
	buffer_release(&before);
}

struct str utf8_name_key_copy(struct str name, struct arena *arena)
{
	struct buffer key = { 0 };
	utf8_name_key(name, &key);
	const struct str copy = arena_copy(arena, buffer_str(&key));
	buffer_release(&key);
	return copy;
}
