#include "split.h"

const uint8_t *split_run(const uint8_t *at, const uint8_t *end)
{
	const uint8_t *last = at;
	while (at < end) {
		if (char_bytes[*at] & CHAR_WORD) {
			last = ++at;
			continue;
		}
		size_t bytes;
		const unsigned class = char_at(at, end, &bytes);
		if (!(class & (CHAR_WORD | CHAR_MARK | CHAR_UNSEEN)))
			break;
		at += bytes;
		if (!(class & CHAR_UNSEEN))
			last = at;
	}
	return last;
}

const uint8_t *split_cluster(const uint8_t *at, const uint8_t *end, const uint8_t **next)
{
	size_t bytes;
	char_at(at, end, &bytes);
	at += bytes;
	const uint8_t *last = at;
	for (unsigned class; (class = char_at(at, end, &bytes)) & (CHAR_MARK | CHAR_UNSEEN);) {
		at += bytes;
		if (class & CHAR_MARK)
			last = at;
	}
	*next = at;
	return last;
}

/* ---- inside a word ---- */

static bool is_letter_s(uint8_t byte)
{
	return byte == 's' || byte == 'S';
}

static bool goes_on(const uint8_t *at, const uint8_t *end)
{
	return char_class_at(at, end) & (CHAR_WORD | CHAR_MARK);
}

/* The class of the ASCII character before `at`; a run that ends otherwise ends in a letter. */
static unsigned class_before(const uint8_t *at)
{
	return at[-1] < 0x80 ? char_bytes[at[-1]] : CHAR_LETTER;
}

/* The dot of Catalan's col·legi; between other letters it parts words. */
static size_t geminate_dot(const uint8_t *at, const uint8_t *end)
{
	const bool is_dot = end - at >= 3 && at[0] == 0xC2 && at[1] == 0xB7;
	return is_dot && (at[-1] | 0x20) == 'l' && (at[2] | 0x20) == 'l' ? 2 : 0;
}

#define ELISION_MAX 8

static bool is_elided(const struct splitting *text, const struct piece *piece)
{
	const size_t len = (size_t)(piece->end - piece->start);
	if (!text->elisions || len > ELISION_MAX)
		return false;
	char lower[ELISION_MAX];
	for (size_t i = 0; i < len; i++) {
		if (!(char_bytes[piece->start[i]] & CHAR_LETTER))
			return false;
		lower[i] = (char)(piece->start[i] | 0x20);
	}
	return language_elides(text->elisions, (struct str){ lower, len });
}

/* A 'quoted' word ends in an apostrophe too. */
static bool is_quoted(const struct splitting *text, const struct piece *piece)
{
	const uint8_t *first = piece->first;
	if (first > text->begin && first[-1] == '\'')
		return true;
	return first - text->begin >= 3 && char_apostrophe(first - 3, first) == 3;
}

/* The companies' plans. */
static void close_plural(const struct splitting *text, struct piece *piece, const uint8_t *after)
{
	if (!is_letter_s(piece->end[-1]) || goes_on(after, text->end) || is_quoted(text, piece))
		return;
	piece->flags |= TOKEN_POSSESSIVE;
	piece->next = after;
}

/* What an apostrophe behind the piece means; returns true when the word may have another. */
static bool pass_apostrophe(const struct splitting *text, struct piece *piece, const uint8_t *after)
{
	const uint8_t *end = text->end;
	if (after < end && is_letter_s(*after) && !goes_on(after + 1, end)) {
		piece->flags |= TOKEN_POSSESSIVE;
		piece->next = after + 1;
		return false;
	}
	const bool letters = (char_class_at(after, end) & CHAR_LETTER) &&
			     (class_before(piece->end) & CHAR_LETTER) &&
			     !(piece->flags & TOKEN_ACRONYM);
	if (!letters) {
		close_plural(text, piece, after);
		return false;
	}
	const uint8_t *run = split_run(after, end);
	const bool is_initial = piece->end - piece->start == 1; /* O'Brien */
	if ((text->habits & HABIT_SUFFIX_APOSTROPHE) && !is_initial) {
		piece->flags |= TOKEN_POSSESSIVE;
		piece->next = run;
		return false;
	}
	piece->next = piece->end = run;
	return true;
}

/* A number, an acronym or a run of letters and digits. */
static void split_core(struct piece *piece, const uint8_t *end)
{
	const uint8_t *start = piece->start;
	if (*start < 0x80 && (char_bytes[*start] & CHAR_DIGIT)) {
		piece->end = split_number(start, end);
		return;
	}
	piece->end = split_run(start, end);
	if (piece->end == end)
		return;
	const uint8_t *acronym = NULL;
	if (*piece->end == '.')
		acronym = split_dotted(start, piece->end, end);
	else if (*piece->end == '&')
		acronym = split_ampersand(start, piece->end, end);
	if (acronym) {
		piece->end = acronym;
		piece->flags |= TOKEN_ACRONYM;
	}
}

void split_piece(const struct splitting *text, const uint8_t *at, struct piece *piece)
{
	const uint8_t *end = text->end;
	piece->first = piece->start = at;
	piece->flags = 0;
	split_core(piece, end);
	for (size_t bytes; (bytes = char_apostrophe(piece->end, end)) && is_elided(text, piece);) {
		const uint8_t *after = piece->end + bytes;
		if (!(char_class_at(after, end) & CHAR_WORD))
			break;
		piece->start = after;
		split_core(piece, end);
	}
	piece->next = piece->end;
	for (;;) {
		const size_t dot = geminate_dot(piece->end, end);
		if (dot)
			piece->next = piece->end = split_run(piece->end + dot, end);
		const size_t bytes = char_apostrophe(piece->end, end);
		if (bytes ? !pass_apostrophe(text, piece, piece->end + bytes) : !dot)
			return;
	}
}
