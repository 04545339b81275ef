#include "signs.h"

#include "dateline/letters.h"

#include <stdlib.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct str first_bytes(struct str text, size_t len)
{
	return (struct str){ text.data, len };
}

/* ---- ^n ---- */

/* The bytes of digits and one full stop at the start; 0 without a digit. */
static size_t number_length(struct str text)
{
	size_t len = 0, digits = 0, stops = 0;
	for (; len < text.len; len++) {
		if (is_digit(text.data[len]))
			digits++;
		else if (text.data[len] != '.' || stops++)
			break;
	}
	return digits ? len : 0;
}

/* Without the C library, to which a full stop is no decimal sign in every locale. */
static double read_number(struct str text)
{
	double value = 0, place = 1;
	bool behind_stop = false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '.') {
			behind_stop = true;
			continue;
		}
		value = value * 10 + (text.data[i] - '0');
		place *= behind_stop ? 10 : 1;
		if (value > 1e15)
			break;
	}
	return value / place;
}

static void set_factor(struct str number, struct signs *signs, struct hints *hints)
{
	signs->factor = read_number(number);
	if (signs->factor <= BOOST_MAX)
		return;
	signs->factor = BOOST_MAX;
	hint_add(hints, "^%.*s is taken as ^%.0f: more is not to be had",
		 STR_ARG(message_clip(number, hints->arena)), BOOST_MAX);
}

static struct str take_factor(struct str word, struct signs *signs, struct hints *hints)
{
	const char *hat = memrchr(word.data, '^', word.len);
	if (!hat || hat == word.data)
		return word;
	const size_t at = (size_t)(hat - word.data);
	const struct str number = { hat + 1, word.len - at - 1 };
	if (!number.len || number_length(number) != number.len)
		return word;
	set_factor(number, signs, hints);
	return first_bytes(word, at);
}

/* ---- ~n ---- */

#define EDITS_MAX 2

static void set_edits(struct str number, struct signs *signs, struct hints *hints)
{
	const double typed = number.len ? read_number(number) : 1;
	signs->edits = typed < EDITS_MAX ? 1 : EDITS_MAX;
	if (typed < signs->edits || typed > signs->edits)
		hint_add(hints, "~%.*s is taken as ~%d: a word may differ by 1 or 2 letters",
			 STR_ARG(message_clip(number, hints->arena)), signs->edits);
}

static struct str take_edits(struct str word, struct signs *signs, struct hints *hints)
{
	const char *mark = memrchr(word.data, '~', word.len);
	if (!mark || mark == word.data)
		return word;
	const size_t at = (size_t)(mark - word.data);
	const struct str number = { mark + 1, word.len - at - 1 };
	if (number_length(number) != number.len)
		return word;
	set_edits(number, signs, hints);
	return first_bytes(word, at);
}

/* ---- words ---- */

static struct str take_star(struct str word, struct signs *signs)
{
	size_t len = word.len;
	while (len && word.data[len - 1] == '*')
		len--;
	if (!len || len == word.len)
		return word;
	signs->prefix = true;
	return first_bytes(word, len);
}

static void hint_stars_inside(struct str word, struct hints *hints)
{
	const char *star = memchr(word.data, '*', word.len);
	if (star && star > word.data && star + 1 < word.data + word.len)
		hint_add(hints,
			 "a * stands for something at the end of a word only: %.*s is taken "
			 "without it",
			 STR_ARG(message_clip(word, hints->arena)));
}

static struct str value_signs(struct str word, const struct field *field, struct signs *signs,
			      struct hints *hints)
{
	if (field->role == FIELD_ID)
		return word;
	word = take_factor(word, signs, hints);
	if (field->role == FIELD_DATE)
		return word;
	if (word.data[word.len - 1] == '~')
		hint_add(hints, "a ~ behind a value stands for nothing: only words are looked for "
				"that are spelt alike");
	return take_star(word, signs);
}

struct str signs_of_word(struct str word, const struct field *field, struct signs *signs,
			 struct hints *hints)
{
	*signs = NO_SIGNS;
	if (field && field->role != FIELD_TEXT)
		return value_signs(word, field, signs, hints);
	word = take_factor(word, signs, hints);
	const struct str whole = take_star(word, signs);
	hint_stars_inside(whole, hints);
	return signs->prefix ? whole : take_edits(whole, signs, hints);
}

/* ---- behind quotes and parentheses ---- */

/* A ~n behind a quote is how others say NEAR. */
static size_t skip_slop(struct str rest, struct hints *hints)
{
	if (!rest.len || rest.data[0] != '~')
		return 0;
	hint_add(hints, "a ~ behind a quote stands for nothing: write one NEAR/5 two");
	return 1 + number_length((struct str){ rest.data + 1, rest.len - 1 });
}

static size_t take_sentence(struct str rest, struct signs *signs)
{
	const bool is_other = rest.len > 2 && (is_letter(rest.data[2]) || is_digit(rest.data[2]));
	if (signs->sentence || !str_begins_with(rest, "@s") || is_other)
		return 0;
	signs->sentence = true;
	return 2;
}

static size_t take_factor_behind(struct str rest, struct signs *signs, struct hints *hints)
{
	if (!rest.len || rest.data[0] != '^')
		return 0;
	const struct str behind = { rest.data + 1, rest.len - 1 };
	const size_t len = number_length(behind);
	if (!len)
		return 0;
	set_factor(first_bytes(behind, len), signs, hints);
	return 1 + len;
}

size_t signs_behind(struct str rest, bool is_group, struct signs *signs, struct hints *hints)
{
	size_t taken = 0;
	*signs = NO_SIGNS;
	/* In either order, each once. */
	for (int i = 0; i < 2; i++) {
		const struct str left = { rest.data + taken, rest.len - taken };
		const size_t len = is_group ? take_sentence(left, signs) : skip_slop(left, hints);
		taken += len ? len : take_factor_behind(left, signs, hints);
	}
	return taken;
}

/* ---- NEAR/5 ---- */

static bool split_placing(struct str word, enum placing *placing, struct str *number)
{
	const bool near = str_begins_with(word, "NEAR");
	if (!near && !str_begins_with(word, "ADJ"))
		return false;
	const size_t len = near ? 4 : 3;
	*placing = near ? PLACING_NEAR : PLACING_ADJ;
	*number = (struct str){ word.data + len, word.len - len };
	return !number->len || number->data[0] == '/';
}

static bool read_distance(struct str number, double *distance)
{
	const struct str digits = { number.data + 1, number.len - 1 };
	for (size_t i = 0; i < digits.len; i++)
		if (!is_digit(digits.data[i]))
			return false;
	*distance = read_number(digits);
	return digits.len > 0;
}

enum placing placing_of_word(struct str word, uint32_t *distance)
{
	enum placing placing;
	struct str number;
	double typed;
	if (!split_placing(word, &placing, &number))
		return PLACING_NONE;
	*distance = placing == PLACING_NEAR ? NEAR_DISTANCE : ADJ_DISTANCE;
	if (!number.len)
		return placing;
	if (!read_distance(number, &typed))
		return PLACING_NONE;
	if (typed > QUERY_DISTANCE_MAX)
		typed = QUERY_DISTANCE_MAX;
	*distance = typed < 1 ? 1 : (uint32_t)typed;
	return placing;
}

void placing_hint(struct str word, struct hints *hints)
{
	enum placing placing;
	struct str number;
	double typed;
	if (!split_placing(word, &placing, &number) || !number.len)
		return;
	const char *name = placing == PLACING_NEAR ? "NEAR" : "ADJ";
	if (!read_distance(number, &typed))
		hint_add(hints,
			 "behind %s/ stands a number of words, 1 to %d: %.*s is taken as a word",
			 name, QUERY_DISTANCE_MAX, STR_ARG(message_clip(word, hints->arena)));
	else if (typed < 1 || typed > QUERY_DISTANCE_MAX)
		hint_add(hints, "%s/ goes from 1 to %d: %.*s is taken as %s/%d", name,
			 QUERY_DISTANCE_MAX, STR_ARG(message_clip(word, hints->arena)), name,
			 typed < 1 ? 1 : QUERY_DISTANCE_MAX);
}
