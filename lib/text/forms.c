#include "forms.h"

#include "chars.h"

#include "dateline/utf8.h"

#include <libstemmer.h>

static const uint8_t *first_byte(struct str s)
{
	return (const uint8_t *)s.data;
}

static bool begins_with_digit(struct str s)
{
	return char_class_at(first_byte(s), first_byte(s) + s.len) & CHAR_DIGIT;
}

/* ---- stemmers ---- */

/* libstemmer says with NULL that there is no memory left; asking for the impossible ends the process. */
static void exhausted(void)
{
	struct buffer impossible = { 0 };
	buffer_extend(&impossible, SIZE_MAX / 2);
}

struct sb_stemmer *form_stemmer_new(const struct language *language)
{
	struct sb_stemmer *stemmer = sb_stemmer_new(language->algorithm, NULL);
	if (!stemmer)
		exhausted();
	return stemmer;
}

void form_stemmer_free(struct sb_stemmer *stemmer)
{
	sb_stemmer_delete(stemmer);
}

/* Borrowed until the stemmer's next word. */
static struct str stem(struct sb_stemmer *stemmer, struct str word)
{
	if (!stemmer)
		return word;
	const sb_symbol *stemmed =
		sb_stemmer_stem(stemmer, (const sb_symbol *)word.data, (int)word.len);
	if (!stemmed)
		exhausted();
	const int len = sb_stemmer_length(stemmer);
	/* Where endings are all there is to a word, it is left whole. */
	return len > 0 ? (struct str){ (const char *)stemmed, (size_t)len } : word;
}

/* ---- the exact form ---- */

/* What is folded is at most this long: as much shrinks at most to a third, more is cut anyway. */
#define RAW_CUT ((size_t)8 * TEXT_WORD_MAX)

static bool cut(struct buffer *form)
{
	const size_t len = utf8_cut(buffer_str(form), TEXT_WORD_MAX);
	const bool whole = len == form->len;
	form->len = len;
	form->data[len] = '\0';
	return whole;
}

/* Commas in a number part thousands; full stops do where every group behind one has three digits. */
static bool stops_part_thousands(struct str number)
{
	size_t groups = 0, digits = 0;
	for (size_t i = 0; i < number.len; i++) {
		const uint8_t byte = (uint8_t)number.data[i];
		if (byte == ',' || !(byte == '.' || (char_bytes[byte] & CHAR_DIGIT)))
			return false;
		if (byte != '.') {
			digits++;
			continue;
		}
		if (groups ? digits != 3 : digits > 3)
			return false;
		groups++;
		digits = 0;
	}
	return groups >= 2 && digits == 3;
}

/* In place. */
static void plain_number(struct buffer *number)
{
	const bool without_stops = stops_part_thousands(buffer_str(number));
	size_t to = 0;
	for (size_t i = 0; i < number->len; i++) {
		const char c = number->data[i];
		if (c != ',' && !(c == '.' && without_stops))
			number->data[to++] = c;
	}
	number->len = to;
}

/* One apostrophe for all, and nothing that is not seen. */
static void add_plainly(struct str raw, struct buffer *out)
{
	const uint8_t *at = first_byte(raw), *end = at + raw.len;
	for (size_t bytes; at < end; at += bytes) {
		if (char_at(at, end, &bytes) & CHAR_UNSEEN)
			continue;
		const size_t apostrophe = char_apostrophe(at, end);
		if (apostrophe) {
			buffer_add_char(out, '\'');
			bytes = apostrophe;
		} else {
			buffer_add(out, at, bytes);
		}
	}
}

/* "U.S" is "u.s." */
static void complete_acronym(struct buffer *form)
{
	if (memchr(form->data, '.', form->len) && form->data[form->len - 1] != '.')
		buffer_add_char(form, '.');
}

bool form_exact(struct str raw, struct buffer *scratch, struct buffer *out)
{
	const size_t kept = utf8_cut(raw, RAW_CUT);
	buffer_reset(scratch);
	buffer_reset(out);
	add_plainly((struct str){ raw.data, kept }, scratch);
	const bool is_number = begins_with_digit(raw);
	if (is_number)
		plain_number(scratch);
	utf8_fold(buffer_str(scratch), UTF8_FOLD_CASE, out);
	if (!is_number)
		complete_acronym(out);
	return cut(out) && kept == raw.len;
}

/* The marks of acronyms and the dot of col·legi, from `start` on. */
static void drop_marks(struct buffer *form, size_t start)
{
	size_t to = start;
	for (size_t at = start; at < form->len; at++) {
		const char c = form->data[at];
		const bool is_dot = c == '\xC2' && form->data[at + 1] == '\xB7';
		at += is_dot;
		if (c != '.' && c != '&' && !is_dot)
			form->data[to++] = c;
	}
	form->len = to;
	form->data[to] = '\0';
}

bool form_exact_of_parts(const struct token *parts, size_t count, struct buffer *out)
{
	buffer_reset(out);
	for (size_t i = 0; i < count && out->len <= TEXT_WORD_MAX; i++) {
		const size_t start = out->len;
		buffer_add_str(out, parts[i].word->exact);
		if (parts[i].flags & TOKEN_ACRONYM)
			drop_marks(out, start);
	}
	return cut(out);
}

/* ---- what the bytes say ---- */

static bool is_all_upper(const uint8_t *at, const uint8_t *end)
{
	size_t letters = 0, bytes;
	for (; at < end; at += bytes) {
		const unsigned class = char_at(at, end, &bytes);
		if ((class & CHAR_LETTER) && (class & (CHAR_UPPER | CHAR_LOWER)) != CHAR_UPPER)
			return false;
		letters += (class & CHAR_LETTER) != 0;
	}
	return letters >= 2;
}

unsigned form_flags(struct str raw, bool joined)
{
	const uint8_t *at = first_byte(raw), *end = at + raw.len;
	const unsigned class = char_class_at(at, end);
	if (class & CHAR_DENSE)
		return TOKEN_BIGRAM;
	unsigned flags = joined ? TOKEN_JOINED : 0;
	if (class & CHAR_UPPER)
		flags |= TOKEN_CAPITAL;
	if (class & CHAR_DIGIT)
		flags |= TOKEN_NUMBER;
	else if (!joined && (memchr(at, '.', raw.len) || memchr(at, '&', raw.len)))
		flags |= TOKEN_ACRONYM;
	return is_all_upper(at, end) ? flags | TOKEN_ALL_CAPS : flags;
}

/* ---- the other forms ---- */

static void fold(struct str s, struct buffer *out)
{
	buffer_reset(out);
	utf8_fold(s, UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS, out);
	if (!begins_with_digit(s))
		drop_marks(out, 0);
	cut(out);
}

/* The form that is already there with this text, or a copy of it. */
static struct str share(const struct word *word, struct str text, struct arena *arena)
{
	const struct str forms[] = { word->exact, word->folded, word->stem };
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		if (str_equal(forms[i], text))
			return forms[i];
	}
	return arena_copy(arena, text);
}

/* Numbers have no stem. An acronym's marks are nothing for a stemmer. */
static bool has_stem_of_its_own(struct str exact)
{
	return !memchr(exact.data, '.', exact.len) && !memchr(exact.data, '&', exact.len);
}

void form_others(struct word *word, struct sb_stemmer *stemmer, struct buffer *scratch,
		 struct arena *arena)
{
	word->folded = word->stem = word->folded_stem = (struct str){ NULL, 0 };
	fold(word->exact, scratch);
	word->folded = share(word, buffer_str(scratch), arena);
	word->stem = word->folded_stem = word->folded;
	if (!stemmer || begins_with_digit(word->exact))
		return;
	if (has_stem_of_its_own(word->exact)) {
		fold(stem(stemmer, word->exact), scratch);
		word->stem = word->folded_stem = share(word, buffer_str(scratch), arena);
	}
	if (word->folded.data == word->exact.data)
		return;
	fold(stem(stemmer, word->folded), scratch);
	word->folded_stem = share(word, buffer_str(scratch), arena);
}
