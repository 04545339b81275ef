#include "junk.h"

#include "trim.h"
#include "word_list.h"

#include <stdlib.h>

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Letters of a word in lower case behind a hyphen; "Coca-Cola" has none. */
#define TAIL_LEAST 3

bool junk_is_compound(struct str name)
{
	const struct str word = trim_last_word(name);
	const char *hyphen = memchr(word.data, '-', word.len);
	if (!hyphen)
		return false;
	const struct str front = { word.data, (size_t)(hyphen - word.data) };
	const char *last = memrchr(word.data, '-', word.len);
	const size_t tail = word.len - (size_t)(last - word.data) - 1;
	return (tail >= TAIL_LEAST && is_lower(last[1])) ||
	       (word.len == name.len && word_list_has(WORD_FRONT, front));
}

bool junk_is_state(struct str name)
{
	return word_list_has(WORD_STATE, trim_last_word(name));
}

static bool has_beside(struct str key)
{
	for (size_t at = 0; at < key.len;) {
		const struct str word = trim_first_word((struct str){ key.data + at, key.len - at });
		if (word_list_has(WORD_BESIDE, word))
			return true;
		at += word.len + 1;
	}
	return false;
}

/* "Email Sign Up By": the words of a form for readers. */
static bool has_form(struct str key)
{
	return memmem(key.data, key.len, "sign up", 7) != NULL;
}

/* "Secretary of Commerce" */
static bool is_office_of(struct str key)
{
	const struct str first = trim_first_word(key);
	const size_t next = first.len + 1;
	return word_list_has(WORD_OFFICE, first) && key.len > next + 3 &&
	       memcmp(key.data + next, "of ", 3) == 0;
}

static size_t count_letters(struct str key)
{
	size_t letters = 0;
	for (size_t i = 0; i < key.len; i++) {
		const unsigned char c = (unsigned char)key.data[i];
		letters += (c >= 'a' && c <= 'z') || c >= 0xc3;
	}
	return letters;
}

/* "Senate Majority Leader", "Nevada Democrats"; but the Social Democrats are a party. */
static bool is_officer(struct str key)
{
	return word_list_has(WORD_OFFICER, trim_last_word(key)) &&
	       !word_list_has(WORD_PARTY_FIRST, trim_first_word(key));
}

/* "Reagan Administration": but there is a Drug Enforcement Administration. */
static bool is_presidency(struct str key)
{
	const struct str last = trim_last_word(key), first = trim_first_word(key);
	return str_equal(last, STR("administration")) && first.len + 1 + last.len == key.len;
}

static bool is_word_junk(enum facet_kind kind, struct str key)
{
	switch (kind) {
	case KIND_PERSON:
		return word_list_has(WORD_NO_PERSON, key);
	case KIND_ORG:
		return word_list_has(WORD_NO_ORG, key) || is_officer(key) || is_presidency(key) ||
		       is_office_of(key);
	case KIND_PLACE:
		return word_list_has(WORD_NO_PLACE, key);
	default:
		return word_list_has(WORD_NO_OTHER, key) || is_officer(key);
	}
}

#define NAME_MOST 200 /* bytes; what is longer is a list or a heading */

bool junk_is(enum facet_kind kind, struct str key)
{
	const size_t letters = count_letters(key);
	return letters < 2 || key.len > NAME_MOST || word_list_has(WORD_NO_NAME, key) ||
	       is_word_junk(kind, key) || has_beside(key) || has_form(key);
}
