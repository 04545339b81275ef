#include "match.h"

#define NOT_WORDS (TOKEN_JOINED | TOKEN_BIGRAM)

size_t view_next(const struct view *view, size_t token)
{
	do
		token++;
	while (token < view->count && view->tokens[token].flags & NOT_WORDS);
	return token < view->count ? token : NO_TOKEN;
}

size_t view_before(const struct view *view, size_t token)
{
	while (token-- > 0) {
		if (!(view->tokens[token].flags & NOT_WORDS))
			return token;
	}
	return NO_TOKEN;
}

/* ---- between words ---- */

static bool is_abbreviated(const struct token *token)
{
	const struct str word = token->word->folded;
	return word.len == 1 || str_equal(word, STR("st")) || str_equal(word, STR("ste"));
}

/* "'s ", "' " and the same with U+2019. */
static bool is_possessive_gap(struct str gap)
{
	if (gap.len < 2 || gap.len > 5 || gap.data[gap.len - 1] != ' ')
		return false;
	const char c = gap.data[gap.len - 2];
	return c == 's' || c == 'S' || c == '\'' || c == '\x99';
}

bool view_is_tight(const struct view *view, size_t token, size_t next)
{
	const struct token *before = &view->tokens[token], *after = &view->tokens[next];
	if (after->start < before->end)
		return false;
	const struct str gap = { view->text.data + before->end, after->start - before->end };
	if (gap.len == 1)
		return *gap.data == ' ' || *gap.data == '-';
	if (before->flags & TOKEN_POSSESSIVE)
		return is_possessive_gap(gap);
	if (str_equal(gap, STR(" & ")))
		return true;
	if (str_equal(gap, STR(". ")))
		return is_abbreviated(before);
	/* Other hyphens and blanks have three bytes, the no-break blank two. */
	return after->flags & TOKEN_HYPHENATED;
}

/* ---- words ---- */

void plain_word(const struct token *token, bool with_s, struct plain_word *word)
{
	const struct str folded = token->word->folded;
	size_t len = 0;
	for (size_t i = 0; i < folded.len && len < TEXT_WORD_MAX; i++) {
		if (folded.data[i] != '\'')
			word->data[len++] = folded.data[i];
	}
	if (with_s)
		word->data[len++] = 's';
	word->len = len;
}

/* "People's" is the "peoples" of a key, "John's" both "john" and "johns". */
static bool is_word(const struct token *token, struct str word)
{
	const struct str folded = token->word->folded;
	if (str_equal(folded, word) || str_equal(token->word->exact, word)) /* AT&T */
		return true;
	const bool may_have_s = token->flags & TOKEN_POSSESSIVE;
	if (!may_have_s && !memchr(folded.data, '\'', folded.len))
		return false;
	struct plain_word plain;
	plain_word(token, false, &plain);
	if (str_equal((struct str){ plain.data, plain.len }, word))
		return true;
	plain_word(token, true, &plain);
	return may_have_s && str_equal((struct str){ plain.data, plain.len }, word);
}

/* Up to three letters in one number, so that a list of them is searched at once. */
#define SMALL(a, b, c) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16)

bool match_is_small(struct str word)
{
	static const uint32_t small[] = {
		SMALL('a', 'l', 0),   SMALL('a', 'n', 'd'), SMALL('a', 't', 0),
		SMALL('a', 'u', 0),   SMALL('b', 'i', 'n'), SMALL('d', 'a', 0),
		SMALL('d', 'e', 0),   SMALL('d', 'e', 'l'), SMALL('d', 'e', 'n'),
		SMALL('d', 'e', 'r'), SMALL('d', 'i', 0),   SMALL('d', 'o', 0),
		SMALL('d', 'u', 0),   SMALL('e', 'l', 0),   SMALL('e', 's', 0),
		SMALL('e', 't', 0),   SMALL('f', 'o', 'r'), SMALL('i', 'n', 0),
		SMALL('l', 'a', 0),   SMALL('l', 'e', 0),   SMALL('o', 'f', 0),
		SMALL('o', 'n', 0),   SMALL('t', 'h', 'e'), SMALL('t', 'o', 0),
		SMALL('u', 'n', 'd'), SMALL('v', 'a', 'n'), SMALL('v', 'o', 'n'),
		SMALL('y', 0, 0),
	};
	if (!word.len || word.len > 3)
		return false;
	const uint8_t *s = (const uint8_t *)word.data;
	const uint32_t letters = SMALL(s[0], word.len > 1 ? s[1] : 0, word.len > 2 ? s[2] : 0);
	unsigned found = 0;
	for (size_t i = 0; i < sizeof(small) / sizeof(*small); i++)
		found |= small[i] == letters;
	return found;
}

/* The word of the key at `at`. */
static struct str key_word(struct str key, size_t at)
{
	const char *blank = memchr(key.data + at, ' ', key.len - at);
	return (struct str){ key.data + at, blank ? (size_t)(blank - key.data) - at : key.len - at };
}

/* "Ki-moon" and "d'Ivoire" are capital enough. */
static bool fits(const struct token *token, struct str word, enum match_case how)
{
	if (!is_word(token, word))
		return false;
	if (how == MATCH_ANY || token->flags & (TOKEN_CAPITAL | TOKEN_NUMBER | TOKEN_HYPHENATED))
		return true;
	const struct str folded = token->word->folded;
	return match_is_small(word) || memchr(folded.data, '\'', folded.len);
}

bool match_rest(const struct view *view, size_t first, struct str key, size_t known,
		enum match_case how, size_t *last)
{
	size_t token = first;
	for (size_t at = known + 1; at < key.len;) {
		const size_t next = view_next(view, token);
		if (next == NO_TOKEN || !view_is_tight(view, token, next))
			return false;
		token = next;
		const struct str word = key_word(key, at);
		if (!fits(&view->tokens[token], word, how))
			return false;
		at += word.len + 1;
	}
	*last = token;
	return true;
}

bool match_name(const struct view *view, size_t first, struct str key, enum match_case how,
		size_t *last)
{
	const struct str word = key_word(key, 0);
	return fits(&view->tokens[first], word, how) &&
	       match_rest(view, first, key, word.len, how, last);
}

/* The word of the key that ends at `end`. */
static struct str key_word_before(struct str key, size_t end)
{
	const char *blank = memrchr(key.data, ' ', end);
	const size_t start = blank ? (size_t)(blank - key.data) + 1 : 0;
	return (struct str){ key.data + start, end - start };
}

bool match_around(const struct view *view, size_t at, struct str key, size_t anchor, size_t *first,
		  size_t *last)
{
	const struct str rest = { key.data + anchor, key.len - anchor };
	if (!match_name(view, at, rest, MATCH_CAPITALS, last))
		return false;
	*first = at;
	for (size_t end = anchor; end > 0;) {
		const struct str word = key_word_before(key, end - 1);
		const size_t before = view_before(view, *first);
		if (before == NO_TOKEN || !view_is_tight(view, before, *first) ||
		    !fits(&view->tokens[before], word, MATCH_CAPITALS))
			return false;
		*first = before;
		end = end - 1 - word.len;
	}
	return true;
}
