/*
 * A byte that chooses the language, then any bytes: the tokens keep what text.h promises, whether the
 * text is valid or not, and valid text gives the same tokens paragraph by paragraph.
 */
#include "target.h"

#include "dateline/text.h"
#include "dateline/utf8.h"

#include <stdlib.h>

#define OFFSET 1000
#define POSITION 50

static void require(bool condition)
{
	if (!condition)
		abort();
}

static const struct language *language_of(uint8_t byte)
{
	size_t count = 0;
	while (language_table[count].code)
		count++;
	const size_t choice = byte % (count + 1);
	return choice < count ? &language_table[choice] : NULL;
}

/* ---- words ---- */

static void check_forms(const struct word *word)
{
	const struct str forms[] = { word->exact, word->folded, word->stem, word->folded_stem };
	for (size_t i = 0; i < 4; i++) {
		require(forms[i].len > 0 && forms[i].len <= TEXT_WORD_MAX);
		require(utf8_is_clean(forms[i]));
		for (size_t k = 0; k < i; k++)
			require(str_equal(forms[i], forms[k]) == (forms[i].data == forms[k].data));
	}
}

/* A number is of one word, and words are numbered as they come. */
static void check_numbers(const struct token_list *tokens)
{
	const struct word **words = memory_zero(tokens->count, sizeof(struct word *));
	uint32_t next = 0;
	for (size_t i = 0; i < tokens->count; i++) {
		const struct word *word = tokens->items[i].word;
		require(word->number <= next);
		if (word->number == next) {
			check_forms(word);
			words[next++] = word;
		}
		require(words[word->number] == word);
	}
	free(words);
}

/* ---- tokens ---- */

static void check_flags(const struct token *token)
{
	const unsigned flags = token->flags;
	require(flags < TOKEN_CHARACTER * 2);
	if (flags & TOKEN_CHARACTER)
		require(flags == (TOKEN_CHARACTER | TOKEN_BIGRAM));
	else if (flags & TOKEN_BIGRAM)
		require(!(flags & ~(unsigned)(TOKEN_BIGRAM | TOKEN_SENTENCE)));
	if (flags & TOKEN_NUMBER)
		require(!(flags & (TOKEN_CAPITAL | TOKEN_ACRONYM)));
	if (flags & TOKEN_JOINED)
		require(!(flags & (TOKEN_HYPHENATED | TOKEN_ACRONYM)));
}

/* Word by word the text is gone through from its start to its end; bigrams overlap. */
static void check_order(const struct token_list *tokens, size_t len, uint32_t after)
{
	uint32_t position = POSITION, start = OFFSET, end = OFFSET;
	for (size_t i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->items[i];
		check_flags(token);
		require(token->start < token->end && token->end <= OFFSET + len);
		if (token->flags & TOKEN_JOINED) {
			require(token->position < position - 1 && token->end == end);
			continue;
		}
		if (token->flags & TOKEN_CHARACTER) {
			require(token->position == position - 1);
			require(token->start >= start && token->end <= end);
			continue;
		}
		require(token->position == position++);
		if (token->flags & TOKEN_BIGRAM)
			require(token->start >= start && token->end > end);
		else
			require(token->start >= end);
		start = token->start;
		end = token->end;
	}
	require(after == position);
}

static void check_same(const struct token_list *tokens, const struct token_list *others)
{
	require(tokens->count == others->count);
	for (size_t i = 0; i < tokens->count; i++) {
		const struct token *one = &tokens->items[i], *other = &others->items[i];
		require(one->word == other->word && one->flags == other->flags);
		require(one->start == other->start && one->end == other->end);
		require(one->position == other->position);
	}
}

static void check_paragraphs(struct analyser *analyser, struct str text,
			     const struct token_list *whole)
{
	struct token_list parts = { 0 };
	uint32_t position = POSITION;
	for (size_t at = 0; at < text.len;) {
		const char *stop = memmem(text.data + at, text.len - at, "\n\n", 2);
		const size_t len = stop ? (size_t)(stop + 2 - text.data) - at : text.len - at;
		position = analyser_run(analyser, (struct str){ text.data + at, len },
					OFFSET + (uint32_t)at, position, &parts);
		at += len;
	}
	check_same(whole, &parts);
	token_list_release(&parts);
}

static void check(const struct language *language, struct str text, bool valid)
{
	struct analyser *analyser = analyser_new();
	analyser_set_language(analyser, language);
	struct token_list tokens = { 0 };
	const uint32_t after = analyser_run(analyser, text, OFFSET, POSITION, &tokens);
	check_order(&tokens, text.len, after);
	check_numbers(&tokens);
	if (valid)
		check_paragraphs(analyser, text, &tokens);
	require(analyser_words_cut(analyser) <= 2 * tokens.count);
	require(analyser_trim(analyser, 0) == (tokens.count > 0));
	token_list_release(&tokens);
	analyser_free(analyser);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	const struct language *language = language_of(data[0]);
	const struct str raw = { (const char *)data + 1, size - 1 };
	check(language, raw, false);
	struct buffer clean = { 0 };
	utf8_clean(raw, &clean);
	/* A copy without a byte to spare, so that what is read too far is found. */
	char *exact = memory_alloc(clean.len);
	if (clean.len)
		memcpy(exact, clean.data, clean.len);
	check(language, (struct str){ exact, clean.len }, true);
	free(exact);
	buffer_release(&clean);
	language_find(raw);
	return 0;
}
