/*
 * text.h: text -> tokens. The one analyser of both programs.
 *
 * A token's word carries up to four forms, each a term of the index:
 *   exact        case folded (NFC); acronyms keep their marks: "u.s.", "at&t", "café", "o'brien"
 *   folded       exact without accents and without an acronym's marks: "us", "att", "cafe"
 *   stem         exact stemmed in the text's language, then folded
 *   folded_stem  folded stemmed in that language, then folded
 * Forms that are equal share one text (same pointer), so "is there a second form?" is a comparison of
 * pointers. Quoted words are looked up by `exact`, or by `folded` when they have no accent; unquoted
 * words by their stems.
 *
 * Words: runs of letters, marks and digits (Unicode general categories L, M, N), with an ASCII fast path;
 * an apostrophe (' or U+2019) between letters stays inside; 's at the end is dropped, in Turkish all from the
 * apostrophe on; l', d', qu' are dropped in French, Italian and Catalan; U+00AD is dropped, and so are joiners and
 * other characters that are not seen. "U.S." and "Ph.D." and "AT&T" are one token.
 * Hyphenated words are one token a part, and then one more token with the parts joined
 * (TOKEN_JOINED, at the position of the first part), unless all parts are numbers: 2-1 is no 21.
 * 1,234,567 is "1234567", 5.93 is "5.93".
 * Runs of Han, Hiragana, Katakana and Hangul, and of scripts written without blanks (Thai, Lao, Khmer,
 * Myanmar) are overlapping bigrams (a single character stands alone). Of a run of two or more, each character is
 * a token too (TOKEN_CHARACTER), behind the bigram that it begins and at the position of that; the last at that of the
 * last bigram. So one character alone can be looked for, and more are by their bigrams.
 *
 * An analyser belongs to one thread.
 */
#ifndef DATELINE_TEXT_H
#define DATELINE_TEXT_H

#include "dateline/memory.h"

/* Raised whenever the same text would give other terms; an index of another version is refused. */
#define TEXT_ANALYSER_VERSION 1

#define TEXT_WORD_MAX 64 /* bytes of a form; longer words are cut between characters, and counted */

enum token_flag {
	TOKEN_CAPITAL = 1,     /* begins with an upper-case (or title-case) letter */
	TOKEN_ALL_CAPS = 2,    /* two letters or more, all upper-case */
	TOKEN_SENTENCE = 4,    /* first of a sentence (and of a paragraph) */
	TOKEN_NUMBER = 8,      /* begins with a digit */
	TOKEN_ACRONYM = 16,    /* U.S., Ph.D., AT&T */
	TOKEN_POSSESSIVE = 32, /* had 's or a closing apostrophe; the span leaves it out */
	TOKEN_HYPHENATED = 64, /* follows the token before it after a hyphen alone */
	TOKEN_JOINED =
		128, /* the parts of a hyphenated word as one; skip it to read the text word by word */
	TOKEN_BIGRAM = 256, /* of a script without blanks, a character that stands alone too */
	TOKEN_CHARACTER = 512, /* one character of bigrams, TOKEN_BIGRAM too; skip it as TOKEN_JOINED */
};

struct word {
	struct str exact, folded, stem, folded_stem;
	uint32_t number; /* of this analyser, given in the order of first sight since the last trim */
};

struct token {
	uint32_t start, end; /* bytes in the text that was analysed */
	uint32_t position;   /* of words, counted on from the caller's first */
	uint32_t flags;      /* enum token_flag */
	const struct word *word;
	uint32_t number; /* that of the word, for whoever keeps something for each: no need to look at the word */
};

struct token_list {
	struct token *items;
	size_t count, capacity;
};

void token_list_release(struct token_list *list);

/* A language that libstemmer has. The table ends with a NULL code. */
struct language {
	const char *code;      /* ISO 639-1, "en" */
	const char *name;      /* English name, "English" */
	const char *algorithm; /* libstemmer's name, "english" */
	const char *aliases;   /* further codes and names, lower-case, parted by blanks: "eng" */
};

extern const struct language language_table[];

/* Stands for "not stemmed" where a code is stored (ISO 639-2's "undetermined"). */
#define LANGUAGE_NONE "und"

/* A fingerprint of the stemming algorithms in use: others give other terms. Made at the first call. */
const char *text_stemmer_version(void);

/* By code, alias or name in any case; of "en-GB" and "en_GB.UTF-8" the part before the mark counts. NULL: none. */
const struct language *language_find(struct str name);

/*
 * The language to analyse a text in that declares `declared`: one that says nothing is taken for English. NULL: a
 * language that libstemmer does not have.
 */
const struct language *language_of_text(struct str declared);

struct analyser *analyser_new(void);
void analyser_free(struct analyser *analyser);

/* NULL: words are not stemmed. A new analyser has NULL. Changing it keeps words that were made before. */
void analyser_set_language(struct analyser *analyser, const struct language *language);
const struct language *analyser_language(const struct analyser *analyser);

/*
 * Appends the tokens of valid UTF-8 `text`, at most 4 GiB, to *tokens, in text order. `offset` is added to their
 * spans and `position` is the position of the first word; returns the position after the last. A new sentence
 * begins at the start of `text`. Words live in the analyser until analyser_trim.
 */
uint32_t analyser_run(struct analyser *analyser, struct str text, uint32_t offset,
		      uint32_t position, struct token_list *tokens);

/*
 * To be called between articles: forgets the words when they take more than `max_bytes`; the numbers start at 0
 * again. Returns true when it did, and tokens made before are then dangling.
 */
bool analyser_trim(struct analyser *analyser, size_t max_bytes);

/* Words cut at TEXT_WORD_MAX since the analyser was made. */
uint64_t analyser_words_cut(const struct analyser *analyser);

/* ---- sentences ---- */

struct sentence {
	uint32_t start, end; /* bytes in the text, no blanks at the end */
};

struct sentence_list {
	struct sentence *items; /* in order; between two of them is nothing but blanks */
	size_t count, capacity;
};

void sentence_list_release(struct sentence_list *list);

/* Appends the sentences, at least one, of the bytes [start, end) of `text`, a paragraph whose tokens are given. */
void sentences_add(struct str text, uint32_t start, uint32_t end, const struct token *tokens,
		   size_t count, struct sentence_list *list);

/*
 * Where the sentence begins whose first word is at `word`: with all quotation marks and brackets that open right before it,
 * but not before `from`.
 */
uint32_t sentence_start(struct str text, uint32_t word, uint32_t from);

#endif
