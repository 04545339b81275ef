/*
 * Acronyms and numbers: words with marks inside.
 */
#include "split.h"

/* The end of the letter at `at` and its marks when no word character follows, else NULL. */
static const uint8_t *lone_letter(const uint8_t *at, const uint8_t *end)
{
	size_t bytes;
	unsigned class = char_at(at, end, &bytes);
	if (!(class & CHAR_LETTER))
		return NULL;
	do {
		at += bytes;
		class = char_at(at, end, &bytes);
	} while (class & CHAR_MARK);
	return class & (CHAR_WORD | CHAR_UNSEEN) ? NULL : at;
}

/* ---- U.S., e.g., Ph.D. ---- */

static const uint8_t *with_stop(const uint8_t *at, const uint8_t *end)
{
	return at < end && *at == '.' ? at + 1 : at;
}

/* Single letters with full stops between, two of them or more. */
static const uint8_t *initials(const uint8_t *first, const uint8_t *end)
{
	const uint8_t *at = first;
	while (at < end && *at == '.') {
		const uint8_t *next = lone_letter(at + 1, end);
		if (!next)
			break;
		at = next;
	}
	return at == first ? NULL : with_stop(at, end);
}

/* Degrees are the acronyms whose parts are not all single letters. */
static const char *const degrees[] = {
	"b.ed", "b.eng", "b.sc", "d.phil", "d.sc",   "ed.d",  "ll.b",    "ll.d",
	"ll.m", "m.div", "m.ed", "m.eng",  "m.phil", "m.sc",  "ph.d",    "ph.l",
	"sc.d", "th.d",  "th.m", "psy.d",  "mus.d",  "d.min", "pharm.d",
};

#define DEGREE_MAX 8

static bool is_degree(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof(degrees) / sizeof(*degrees); i++) {
		if (strlen(degrees[i]) == len && memcmp(degrees[i], text, len) == 0)
			return true;
	}
	return false;
}

static const uint8_t *degree(const uint8_t *start, const uint8_t *end)
{
	char lower[DEGREE_MAX];
	size_t len = 0, stops = 0;
	const uint8_t *at = start;
	for (; at < end && len < DEGREE_MAX; at++) {
		const bool is_stop = *at == '.' && stops == 0;
		if (!is_stop && !(char_bytes[*at] & CHAR_LETTER))
			break;
		stops += is_stop;
		lower[len++] = (char)(*at | 0x20);
		if (is_stop)
			lower[len - 1] = '.';
	}
	const bool is_whole = !(char_class_at(at, end) & (CHAR_WORD | CHAR_MARK | CHAR_UNSEEN));
	return is_whole && is_degree(lower, len) ? with_stop(at, end) : NULL;
}

const uint8_t *split_dotted(const uint8_t *start, const uint8_t *run, const uint8_t *end)
{
	if (!(char_class_at(run + 1, end) & CHAR_LETTER))
		return NULL;
	const uint8_t *stop = lone_letter(start, end) == run ? initials(run, end) : NULL;
	return stop ? stop : degree(start, end);
}

/* ---- AT&T ---- */

static size_t ascii_letters(const uint8_t *at, const uint8_t *end, size_t most)
{
	size_t count = 0;
	while (count < most && at + count < end && (char_bytes[at[count]] & CHAR_LETTER))
		count++;
	return count;
}

#define SIDE_MAX 3 /* letters on one side; on the other there is one */

const uint8_t *split_ampersand(const uint8_t *start, const uint8_t *run, const uint8_t *end)
{
	const size_t left = (size_t)(run - start);
	if (left > SIDE_MAX || ascii_letters(start, run, left) != left)
		return NULL;
	const uint8_t *right_start = run + 1;
	const size_t right = ascii_letters(right_start, end, SIDE_MAX + 1);
	if (right == 0 || right > SIDE_MAX || (left != 1 && right != 1))
		return NULL;
	const uint8_t *stop = right_start + right;
	/* "a&lt;b" is no company, but HTML. */
	if (stop < end && *stop == ';' && right > 1)
		return NULL;
	return char_class_at(stop, end) & (CHAR_WORD | CHAR_MARK | CHAR_UNSEEN) ? NULL : stop;
}

/* ---- 1,234,567 and 5.93 ---- */

static bool is_digit(const uint8_t *at, const uint8_t *end)
{
	return at < end && *at < 0x80 && (char_bytes[*at] & CHAR_DIGIT);
}

static const uint8_t *digits(const uint8_t *at, const uint8_t *end)
{
	while (is_digit(at, end))
		at++;
	return at;
}

static bool is_group(const uint8_t *at, const uint8_t *end)
{
	return at < end && *at == ',' && is_digit(at + 1, end) && is_digit(at + 2, end) &&
	       is_digit(at + 3, end) && !is_digit(at + 4, end);
}

const uint8_t *split_number(const uint8_t *at, const uint8_t *end)
{
	const uint8_t *start = at;
	at = digits(at, end);
	if (at - start <= 3) {
		while (is_group(at, end))
			at += 4;
	}
	while (at < end && *at == '.' && is_digit(at + 1, end))
		at = digits(at + 1, end);
	return split_run(at, end);
}
