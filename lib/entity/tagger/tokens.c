#include "tokens.h"

#include "dateline/utf8.h"

/* ---- characters ---- */

static bool is_letter(const char *text, uint32_t at, uint32_t end)
{
	const unsigned char c = (unsigned char)text[at];
	if (c < 128)
		return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	size_t bytes;
	const uint32_t code = utf8_decode(text + at, end - at, &bytes);
	return code >= 0xc0 && !(code >= 0x2000 && code < 0x2c00) &&
	       !(code >= 0x3000 && code < 0x3040);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(const char *text, uint32_t at, uint32_t end)
{
	return is_digit(text[at]) || is_letter(text, at, end);
}

static uint32_t next_of(const char *text, uint32_t at, uint32_t end)
{
	at++;
	while (at < end && ((unsigned char)text[at] & 0xc0) == 0x80)
		at++;
	return at;
}

/* The code point before `at`, which is behind `start`. */
static uint32_t before(const char *text, uint32_t start, uint32_t at)
{
	do
		at--;
	while (at > start && ((unsigned char)text[at] & 0xc0) == 0x80);
	return at;
}

static bool is_blank(const char *text, uint32_t at, uint32_t end)
{
	const unsigned char c = (unsigned char)text[at];
	if (c < 0xc2)
		return c == ' ' || (c >= '\t' && c <= '\r');
	size_t bytes;
	return utf8_is_blank(utf8_decode(text + at, end - at, &bytes));
}

static void add(struct spans *spans, uint32_t start, uint32_t end)
{
	if (start == end)
		return;
	memory_reserve(&spans->items, &spans->capacity, spans->count, sizeof *spans->items);
	spans->items[spans->count++] = (struct span){ start, end };
}

static const bool is_plain[256] = {
	['0' ... '9'] = true,
	['A' ... 'Z'] = true,
	['a' ... 'z'] = true,
};

/* ---- the end of a word ---- */

/* Shortened words that keep their full stop. */
static const char *const shortened[] = {
	"Adm", "Aug", "Ave",  "Brig", "Bros", "Capt",   "Co",  "Col", "Corp", "Dec",  "Dr",
	"Feb", "Fri", "Gen",  "Gov",  "Hon",  "Inc",    "Jan", "Jr",  "Jun",  "Jul",  "Lt",
	"Ltd", "Maj", "Mr",   "Mrs",  "Ms",   "Messrs", "No",  "Nov", "Oct",  "Prof", "Rep",
	"Rev", "Sen", "Sens", "Reps", "Sept", "Sep",    "Sgt", "Sr",  "St",   "Ste",  "Supt",
	"vs",  "Mt",  "Ft",   "Gens", "Pvt",  "Cmdr",   "Apr", "Mar",
};

static bool keeps_stop(const char *text, uint32_t start, uint32_t stop, bool last)
{
	const size_t length = stop - start;
	if (memchr(text + start, '.', length))
		return is_letter(text, start, stop); /* U.S. */
	if (length == 1)
		return text[start] >= 'A' && text[start] <= 'Z';
	if (last)
		return false;
	if (length > 6 || text[start] < 'A' || (text[start] > 'Z' && text[start] != 'v'))
		return false;
	for (size_t i = 0; i < sizeof shortened / sizeof *shortened; i++)
		if (str_equal((struct str){ text + start, length }, str_from(shortened[i])))
			return true;
	return false;
}

/* The length of 's, n't, 're and the like at the end of a word, or 0. */
static uint32_t ending_of(const char *text, uint32_t start, uint32_t end)
{
	static const char *const endings[] = {
		"'s",  "\u2019s",  "n't", "n\u2019t", "'re", "\u2019re", "'ve", "\u2019ve",
		"'ll", "\u2019ll", "'m",  "\u2019m",  "'d",  "\u2019d",  "'S",  "\u2019S",
	};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		const uint32_t length = (uint32_t)strlen(endings[i]);
		if (end - start > length && memcmp(text + end - length, endings[i], length) == 0)
			return length;
	}
	return 0;
}

static void add_word(const char *text, uint32_t start, uint32_t end, struct spans *spans)
{
	const uint32_t ending = ending_of(text, start, end);
	add(spans, start, end - ending);
	add(spans, end - ending, end);
}

/* ---- a chunk between blanks ---- */

/* Marks that part words even where no blank does. */
static bool parts(const char *text, uint32_t at, uint32_t end)
{
	switch (text[at]) {
	case '(':
	case ')':
	case '[':
	case ']':
	case '{':
	case '}':
	case '"':
	case ';':
	case '/':
	case '<':
	case '>':
	case '=':
	case '|':
		return true;
	case '-':
		return at + 1 < end && text[at + 1] == '-';
	case '.':
		return at + 1 < end && text[at + 1] == '.';
	case ',':
	case ':':
		return at + 1 < end && !is_digit(text[at + 1]);
	case '\'':
		return false;
	default: {
		if ((unsigned char)text[at] < 0xe2)
			return false;
		size_t bytes;
		const uint32_t code = utf8_decode(text + at, end - at, &bytes);
		return (code >= 0x2013 && code < 0x2019) || (code > 0x2019 && code < 0x2040);
	}
	}
}

/* A word with its marks inside, such as a web address, is left whole. */
static bool is_address(const char *text, uint32_t start, uint32_t end)
{
	const size_t length = end - start;
	return memmem(text + start, length, "://", 3) || memchr(text + start, '@', length) ||
	       (length > 4 && memcmp(text + start, "www.", 4) == 0);
}

/* [start, end) begins and ends anyhow and has no parting mark inside. */
static void split_piece(const char *text, uint32_t start, uint32_t end, bool last,
			struct spans *spans)
{
	while (start < end && !is_word(text, start, end)) {
		const uint32_t next = next_of(text, start, end);
		if (text[start] == '.' && next < end && is_digit(text[next]))
			break;
		add(spans, start, next);
		start = next;
	}
	uint32_t stop = end;
	while (stop > start) {
		const uint32_t mark = before(text, start, stop);
		if (is_word(text, mark, end))
			break;
		if (text[mark] == '.' && keeps_stop(text, start, mark, last && stop == end))
			break;
		stop = mark;
	}
	if (stop > start)
		add_word(text, start, stop, spans);
	while (stop < end) {
		const uint32_t next = next_of(text, stop, end);
		add(spans, stop, next);
		stop = next;
	}
}

static uint32_t mark_length(const char *text, uint32_t at, uint32_t end)
{
	uint32_t stop = next_of(text, at, end);
	if (text[at] == '-' || text[at] == '.')
		while (stop < end && text[stop] == text[at])
			stop++;
	return stop - at;
}

/* Most chunks are a plain word, perhaps with one mark behind it. */
static bool split_plain(const char *text, uint32_t start, uint32_t end, bool last,
			struct spans *spans)
{
	uint32_t at = start;
	while (at < end && is_plain[(unsigned char)text[at]])
		at++;
	if (at == start || at + 1 < end)
		return false;
	if (at < end && text[at] != ',' && text[at] != ';' && text[at] != '?' && text[at] != '!' &&
	    (text[at] != '.' || (!last && keeps_stop(text, start, at, false))))
		return false;
	if (at < end && text[at] == '.' && at - start == 1)
		return false;
	add(spans, start, at);
	add(spans, at, end);
	return true;
}

static void split_chunk(const char *text, uint32_t start, uint32_t end, bool last,
			struct spans *spans)
{
	if (split_plain(text, start, end, last, spans))
		return;
	if (is_address(text, start, end)) {
		split_piece(text, start, end, last, spans);
		return;
	}
	uint32_t from = start;
	for (uint32_t at = start; at < end;) {
		if (!parts(text, at, end)) {
			at = next_of(text, at, end);
			continue;
		}
		if (from < at)
			split_piece(text, from, at, false, spans);
		const uint32_t length = mark_length(text, at, end);
		add(spans, at, at + length);
		at += length;
		from = at;
	}
	if (from < end)
		split_piece(text, from, end, last, spans);
}

void split_line(const char *text, uint32_t start, uint32_t end, struct spans *spans)
{
	uint32_t at = start;
	while (at < end) {
		while (at < end && is_blank(text, at, end))
			at = next_of(text, at, end);
		const uint32_t from = at;
		while (at < end && !is_blank(text, at, end))
			at = next_of(text, at, end);
		uint32_t rest = at;
		while (rest < end && is_blank(text, rest, end))
			rest = next_of(text, rest, end);
		if (from < at)
			split_chunk(text, from, at, rest == end, spans);
	}
}
