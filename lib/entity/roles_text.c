#include "roles_inside.h"

#include <stdlib.h>
#include <strings.h>

/* ---- letters ---- */

static bool is_ascii_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Of what is beyond ASCII only the marks that news texts have are told apart: E2 80 xx and C2 xx. */
bool begins_word(struct str text, size_t at)
{
	if (at >= text.len)
		return false;
	const uint8_t byte = (uint8_t)text.data[at];
	if (byte < 0x80)
		return is_ascii_word((char)byte);
	if (byte == 0xE2)
		return at + 1 < text.len && (uint8_t)text.data[at + 1] != 0x80;
	return byte != 0xC2;
}

bool ends_word(struct str text, size_t from, size_t at)
{
	if (at <= from)
		return false;
	const uint8_t byte = (uint8_t)text.data[at - 1];
	if (byte < 0x80)
		return is_ascii_word((char)byte);
	if (at - from >= 2 && (uint8_t)text.data[at - 2] == 0xC2)
		return false;
	return at - from < 3 || (uint8_t)text.data[at - 3] != 0xE2 ||
	       (uint8_t)text.data[at - 2] != 0x80;
}

/* ---- blanks and words ---- */

size_t skip_blanks(struct str text, size_t at, size_t to)
{
	while (at < to && (text.data[at] == ' ' || text.data[at] == '\n'))
		at++;
	return at;
}

size_t skip_blanks_back(struct str text, size_t from, size_t at)
{
	while (at > from && (text.data[at - 1] == ' ' || text.data[at - 1] == '\n'))
		at--;
	return at;
}

size_t apostrophe_after(struct str text, size_t at, size_t to)
{
	if (at < to && text.data[at] == '\'')
		return 1;
	return to - at >= 3 && memcmp(text.data + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static size_t apostrophe_before(struct str text, size_t from, size_t at)
{
	if (at > from && text.data[at - 1] == '\'')
		return 1;
	return at - from >= 3 && memcmp(text.data + at - 3, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

#define LONGEST_WORD 64

struct span word_after(struct str text, size_t at, size_t to)
{
	at = skip_blanks(text, at, to);
	size_t end = at;
	while (end < to && end - at < LONGEST_WORD) {
		const size_t mark = end > at ? apostrophe_after(text, end, to) : 0;
		if (end + mark >= to || !begins_word(text, end + mark))
			break;
		end += mark + 1;
		while (end < to && ((uint8_t)text.data[end] & 0xC0) == 0x80)
			end++;
	}
	return (struct span){ at, end };
}

struct span word_before(struct str text, size_t from, size_t at)
{
	at = skip_blanks_back(text, from, at);
	size_t start = at;
	while (start > from && at - start < LONGEST_WORD) {
		const size_t mark = start < at ? apostrophe_before(text, from, start) : 0;
		if (!ends_word(text, from, start - mark))
			break;
		start -= mark + 1;
		while (start > from && ((uint8_t)text.data[start] & 0xC0) == 0x80)
			start--;
	}
	return (struct span){ start, at };
}

bool word_is(struct str word, const char *lower)
{
	return word.len == strlen(lower) && strncasecmp(word.data, lower, word.len) == 0;
}

static int compare_word(const void *key, const void *row)
{
	const struct str *word = key;
	const char *one = *(const char *const *)row;
	const int by_letters = strncasecmp(word->data, one, word->len);
	return by_letters ? by_letters : -(one[word->len] != '\0');
}

bool word_in(struct str word, const char *const *sorted, size_t count)
{
	return word.len && bsearch(&word, sorted, count, sizeof(*sorted), compare_word);
}

/* Without a branch: where words begin in a text is nothing that a processor can foretell. */
size_t pick_bytes(struct str text, size_t from, size_t to, const uint8_t wanted[256],
		  uint32_t picked[PICK_CHUNK])
{
	const uint8_t *bytes = (const uint8_t *)text.data;
	const size_t end = to - from < PICK_CHUNK ? to : from + PICK_CHUNK;
	size_t count = 0;
	for (size_t i = from; i < end; i++) {
		picked[count] = (uint32_t)i;
		count += wanted[bytes[i]];
	}
	return count;
}

/* ---- marks ---- */

/* “ ” „ « »; the apostrophes are no sure marks. */
static bool is_wide_quote(const uint8_t *mark)
{
	return mark[0] == 0xE2 && mark[1] == 0x80 && mark[2] >= 0x9C && mark[2] <= 0x9E;
}

static bool is_guillemet(const uint8_t *mark)
{
	return mark[0] == 0xC2 && (mark[1] == 0xAB || mark[1] == 0xBB);
}

static bool is_stop(char c)
{
	return c == ',' || c == '.' || c == '!' || c == '?';
}

size_t quote_before(struct str text, size_t from, size_t at)
{
	const uint8_t *bytes = (const uint8_t *)text.data + at;
	if (at > from && bytes[-1] == '"')
		return 1;
	if (at - from >= 3 && is_wide_quote(bytes - 3))
		return 3;
	if (at - from >= 2 && is_guillemet(bytes - 2))
		return 2;
	/* A single mark behind a comma or a stop can be no apostrophe. */
	const size_t mark = apostrophe_before(text, from, at);
	return mark && at - mark > from && is_stop(text.data[at - mark - 1]) ? mark : 0;
}

size_t quote_after(struct str text, size_t at, size_t to)
{
	const uint8_t *bytes = (const uint8_t *)text.data + at;
	if (at < to && *bytes == '"')
		return 1;
	if (to - at >= 3 && (is_wide_quote(bytes) || memcmp(bytes, "\xE2\x80\x98", 3) == 0))
		return 3;
	if (to - at >= 2 && is_guillemet(bytes))
		return 2;
	const bool opens = at < to && *bytes == '\'' && at > 0 && bytes[-1] == ' ';
	return opens && at + 1 < to && begins_word(text, at + 1);
}

size_t dash_after(struct str text, size_t at, size_t to)
{
	if (to - at >= 3 && (memcmp(text.data + at, "\xE2\x80\x93", 3) == 0 ||
			     memcmp(text.data + at, "\xE2\x80\x94", 3) == 0 ||
			     memcmp(text.data + at, "\xE2\x80\x95", 3) == 0))
		return 3;
	size_t end = at;
	while (end < to && end - at < 3 && text.data[end] == '-')
		end++;
	return end - at;
}

bool is_short_form(struct str text, size_t from, size_t at)
{
	if (at <= from || text.data[at - 1] != '.')
		return false;
	const struct span span = word_before(text, from, at - 1);
	const struct str word = span_str(text, span);
	if (span.end != at - 1 || !is_capitalised(word))
		return false;
	static const char *const forms[] = {
		"adm", "assn", "atty",   "brig", "capt", "cmdr", "co",   "col", "corp", "cpl",
		"del", "det",  "dr",     "fr",   "gen",  "gov",  "hon",  "inc", "jr",   "lt",
		"ltd", "maj",  "messrs", "mr",   "mrs",  "ms",   "msgr", "no",  "pres", "prof",
		"rep", "reps", "rev",    "sen",  "sens", "sgt",  "sr",   "st",  "supt",
	};
	return word.len == 1 || WORD_IN(word, forms);
}

/* ---- what was found ---- */

size_t first_mention_from(const struct entity_result *found, size_t start)
{
	size_t low = 0, high = found->mention_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (found->mentions[middle].start < start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct entity *entity_in(const struct entity_result *found, enum facet_kind kind,
			       struct span span)
{
	for (size_t i = first_mention_from(found, span.start);
	     i < found->mention_count && found->mentions[i].start < span.end; i++) {
		const struct entity *entity = &found->entities[found->mentions[i].entity];
		if (entity->kind == kind)
			return entity;
	}
	return NULL;
}
