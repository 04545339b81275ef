/*
 * match.h: names against tokens, word by word.
 *
 * A name is its key (utf8_name_key): words parted by single blanks. In the text its words may be parted
 * by a blank, a hyphen, " & ", and after "St" or a single letter by a stop and a blank.
 */
#ifndef DATELINE_MATCH_H
#define DATELINE_MATCH_H

#include "dateline/text.h"

/* Of one article. */
struct view {
	struct str text;
	const struct token *tokens;
	size_t count;
};

#define NO_TOKEN SIZE_MAX

/* The next and the former word of the text; joined forms of hyphenated words and bigrams are none. */
size_t view_next(const struct view *view, size_t token);
size_t view_before(const struct view *view, size_t token);

/* Is there nothing but what may part the words of one name between these two? */
bool view_is_tight(const struct view *view, size_t token, size_t next);

/* A token as a text without apostrophes, for look-ups; at most TEXT_WORD_MAX + 2 bytes. */
struct plain_word {
	char data[TEXT_WORD_MAX + 2];
	size_t len;
};

void plain_word(const struct token *token, bool with_s, struct plain_word *word);

/* Must the words of a name begin with capitals, but for small ones? */
enum match_case { MATCH_CAPITALS, MATCH_ANY };

/* Does the name begin at `first`? Then *last is its last token. */
bool match_name(const struct view *view, size_t first, struct str key, enum match_case how,
		size_t *last);

/* The same for a key whose first `known` bytes, whole words, are known to be the word at `first`. */
bool match_rest(const struct view *view, size_t first, struct str key, size_t known,
		enum match_case how, size_t *last);

/* As match_name, for a name whose words before byte `anchor` of the key stand before token `at`; *first is its first. */
bool match_around(const struct view *view, size_t at, struct str key, size_t anchor, size_t *first,
		  size_t *last);

/* "of", "the", "da": not in capitals inside names. */
bool match_is_small(struct str word);

#endif
