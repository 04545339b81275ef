#include "likeness.h"

#include "dateline/utf8.h"

static bool next_word(struct str *rest, struct str *word)
{
	if (!rest->len)
		return false;
	const char *blank = memchr(rest->data, ' ', rest->len);
	word->data = rest->data;
	word->len = blank ? (size_t)(blank - rest->data) : rest->len;
	const size_t taken = word->len + (blank != NULL);
	rest->data += taken;
	rest->len -= taken;
	return true;
}

static size_t count_words(struct str name)
{
	struct str word;
	size_t words = 0;
	while (next_word(&name, &word))
		words++;
	return words;
}

/* Words that acronyms mostly pass over. */
static bool is_small(struct str word)
{
	static const char *const small[] = { "of", "the", "and", "for", "in", "on", "to",  "a",
					     "an", "de",  "du",  "la",  "&",  "at", "des", "et" };
	for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++)
		if (str_equal(word, str_from(small[i])))
			return true;
	return false;
}

/* One word, or letters that stand alone: "f b i", as full stops leave them. */
static bool is_short(struct str name)
{
	struct str word;
	const bool is_one = !memchr(name.data, ' ', name.len);
	while (!is_one && next_word(&name, &word))
		if (word.len != 1)
			return false;
	return true;
}

static void skip_blanks(struct str *s)
{
	while (s->len && s->data[0] == ' ') {
		s->data++;
		s->len--;
	}
}

static bool has_letters_of(struct str name, struct str other)
{
	for (;;) {
		skip_blanks(&name);
		skip_blanks(&other);
		if (!name.len || !other.len)
			return !name.len && !other.len;
		if (name.data[0] != other.data[0])
			return false;
		name.data++;
		name.len--;
		other.data++;
		other.len--;
	}
}

/* Takes the first character of a word from the start of `name`; false when that begins otherwise. */
static bool take_initial(struct str *name, struct str word)
{
	size_t bytes = 0;
	if (word.len)
		utf8_decode(word.data, word.len, &bytes);
	if (!bytes || name->len < bytes || memcmp(name->data, word.data, bytes) != 0)
		return false;
	name->data += bytes;
	name->len -= bytes;
	return true;
}

/* Whether the letters of `name` are the first ones of the words of `other`; small words may be passed over. */
static bool is_acronym(struct str name, struct str other)
{
	struct str word;
	size_t words = 0;
	while (next_word(&other, &word)) {
		words++;
		skip_blanks(&name);
		if (!take_initial(&name, word) && !is_small(word))
			return false;
	}
	skip_blanks(&name);
	return !name.len && words > 1;
}

/* Whether the words of `name` are among those of `other`, in their order; small ones may be missing. */
static bool is_part(struct str name, struct str other)
{
	struct str word, others;
	while (next_word(&name, &word)) {
		struct str rest = other;
		bool found = false;
		while (!found && next_word(&rest, &others))
			found = str_equal(word, others);
		if (found)
			other = rest;
		else if (!is_small(word))
			return false;
	}
	return true;
}

/*
 * Whether `other` is `name` without one of its words, which is one letter. Where more letters stand alone they tell people apart:
 * "george h w bush" and "george w bush".
 */
static bool has_initial_more(struct str name, struct str other)
{
	struct str word, wanted, rest = other;
	while (next_word(&rest, &word))
		if (word.len == 1)
			return false;
	size_t extra = 0;
	bool has_wanted = next_word(&other, &wanted);
	while (next_word(&name, &word)) {
		if (has_wanted && str_equal(word, wanted))
			has_wanted = next_word(&other, &wanted);
		else if (word.len == 1)
			extra++;
		else
			return false;
	}
	return !has_wanted && extra == 1;
}

static bool is_first(struct str name, struct str other)
{
	struct str word;
	return next_word(&other, &word) && str_equal(name, word);
}

static struct str last_word(struct str name)
{
	struct str word = name;
	while (next_word(&name, &word))
		continue;
	return word;
}

enum likeness likeness_of(struct str name, struct str other)
{
	if (!name.len || !other.len)
		return LIKE_NOT;
	if (has_letters_of(name, other))
		return LIKE_LETTERS;
	if (is_short(name) && is_acronym(name, other))
		return LIKE_ACRONYM;
	const size_t words = count_words(name), others = count_words(other);
	if (words < others && is_part(name, other))
		return words > 1 ? LIKE_PART : is_first(name, other) ? LIKE_FIRST : LIKE_WORD;
	if (words == others + 1 && others > 1 && has_initial_more(name, other))
		return LIKE_INITIAL;
	if (words == others && words > 1 && str_equal(last_word(name), last_word(other)))
		return LIKE_NICKNAME;
	return LIKE_NOT;
}

bool likeness_is_near(struct str a, struct str b)
{
	return is_part(a, b) || is_part(b, a);
}
