#include "junk.h"

#include "called.h"
#include "trim.h"
#include "word_list.h"

#include "dateline/letters.h"

#include <stdlib.h>

/* Letters of a word in lower case behind a hyphen; "Coca-Cola" has none. */
#define TAIL_LEAST 3

/* Of those before it: "majority-Muslim", and not "al-Qaeda". */
#define FRONT_LEAST 4

static bool has_lower_front(struct str front)
{
	for (size_t i = 0; i < front.len; i++) {
		if (!is_lower(front.data[i]))
			return false;
	}
	return front.len >= FRONT_LEAST;
}

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
	       (word.len == name.len && (word_list_has(WORD_FRONT, front) || has_lower_front(front)));
}

bool junk_is_district(struct str text, struct str name)
{
	static const char *const districts[] = { "Eastern District", "Northern District",
						 "Southern District", "Western District" };
	const struct str behind = { name.data + name.len,
				    (size_t)(text.data + text.len - name.data) - name.len };
	const bool is_of = behind.len > 4 && memcmp(behind.data, " of ", 4) == 0;
	for (size_t i = 0; is_of && i < sizeof(districts) / sizeof(*districts); i++) {
		if (str_equal(name, str_from(districts[i])))
			return true;
	}
	return false;
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

/* "Email Sign Up By", "Click Here": the words of a form for readers. */
static bool has_form(struct str key)
{
	static const char *const forms[] = { "sign up", "click here", "read more",
					     "continue reading" };
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		if (memmem(key.data, key.len, forms[i], strlen(forms[i])))
			return true;
	}
	return false;
}

/* "Secretary of Commerce", "Assistant Secretary of State"; but there are Directorates General. */
static bool is_office_of(struct str key)
{
	const char *of = memmem(key.data, key.len, " of ", 4);
	if (!of)
		return false;
	const struct str office = trim_last_word((struct str){ key.data, (size_t)(of - key.data) });
	return word_list_has(WORD_OFFICE, office) && !str_equal(office, STR("general"));
}

static struct str behind_first(struct str key)
{
	const size_t len = trim_first_word(key).len;
	return key.len > len ? (struct str){ key.data + len + 1, key.len - len - 1 } : STR("");
}

/* "Why Americans": the start of a headline. Titles such as "How I Met Your Mother" are longer. */
static bool is_question(struct str key)
{
	static const char *const words[] = { "how", "what", "when", "where", "why" };
	const struct str first = trim_first_word(key), rest = behind_first(key);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (str_equal(first, str_from(words[i])))
			return rest.len && !memchr(rest.data, ' ', rest.len);
	}
	return false;
}

/* "May North American": no name, and an adjective. */
static bool is_no_name_before(struct str key)
{
	const struct str rest = behind_first(key);
	return rest.len && memchr(rest.data, ' ', rest.len) && word_list_has(WORD_NO_OTHER, rest) &&
	       word_list_has(WORD_NO_NAME, trim_first_word(key));
}

/* "Trump Campaign": but there is a Brady Campaign. */
static bool is_campaign(struct str key)
{
	const struct str first = trim_first_word(key);
	return str_equal(behind_first(key), STR("campaign")) && called_alone(first).len;
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
		       is_office_of(key) || is_campaign(key) || is_question(key);
	case KIND_PLACE:
		return word_list_has(WORD_NO_PLACE, key);
	default:
		return word_list_has(WORD_NO_OTHER, key) || is_officer(key) || is_campaign(key) ||
		       is_question(key) || is_no_name_before(key);
	}
}

#define NAME_MOST 200 /* bytes; what is longer is a list or a heading */

bool junk_is(enum facet_kind kind, struct str key)
{
	const size_t letters = count_letters(key);
	return letters < 2 || key.len > NAME_MOST || word_list_has(WORD_NO_NAME, key) ||
	       is_word_junk(kind, key) || has_beside(key) || has_form(key);
}
