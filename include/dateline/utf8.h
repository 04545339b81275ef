/*
 * utf8.h: the door. Bytes from outside become valid UTF-8 here, once, and are counted.
 *
 * Folding uses utf8proc: full case folding, then for accents a compatibility decomposition without
 * marks (Unicode Standard Annex 15), plus the letters that have no decomposition but a usual plain
 * form (ø o, ł l, đ and ð d, ħ h, ŧ t, ß ss, æ ae, œ oe, þ th, ı i). Only marks on Latin, Greek and
 * Cyrillic letters are accents; vowel signs of Indic scripts, Thai, Arabic and Hebrew and the
 * voicing marks of kana stay. So do the marks of й, ў, ї, ѓ and ќ, letters of their own that are
 * never written without; ё becomes е, as it is mostly printed. The result is in normal form C, so
 * Hangul stays whole.
 */
#ifndef DATELINE_UTF8_H
#define DATELINE_UTF8_H

#include "dateline/memory.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Appends `raw` as valid UTF-8 without NUL and without controls (C0, DEL, C1) other than tab and
 * newline (CR LF and CR become newline; other controls become a blank). Each ill-formed sequence
 * becomes one U+FFFD (Unicode Standard, "maximal subpart" practice, 3.9). A BOM at the start is
 * dropped. Returns how many ill-formed sequences were replaced. What is clean stays as it is.
 */
size_t utf8_clean(struct str raw, struct buffer *out);

/* The same as a copy in `arena`; `replaced` may be NULL. */
struct str utf8_clean_copy(struct str raw, struct arena *arena, size_t *replaced);

/* True when utf8_clean would change nothing. Fast on ASCII. */
bool utf8_is_clean(struct str raw);

/*
 * The code point at `s` of valid text and its length in bytes (1 to 4). len must be > 0.
 */
uint32_t utf8_decode(const char *s, size_t len, size_t *bytes);
size_t utf8_encode(uint32_t code, char out[4]); /* U+FFFD for what is no code point */
void utf8_add(struct buffer *out, uint32_t code);

/* White space: ASCII's, U+0085, Unicode's space separators (Zs), U+2028 and U+2029. */
bool utf8_is_blank(uint32_t code);

/*
 * The last code point of valid text that is no closing quote or bracket, and at which byte it is; the first when all are, 0 when
 * there is none.
 */
uint32_t utf8_last_sign(struct str s, size_t *at);

/* Full stops, question and exclamation marks, colons and the ellipsis, in all scripts. */
bool utf8_is_stop(uint32_t code);

enum utf8_fold {
	UTF8_FOLD_CASE = 1,    /* full case folding, NFC */
	UTF8_FOLD_ACCENTS = 2, /* and without accents */
};

/*
 * Appends the folded form of valid text. Spacing accents, no-break blanks and ™ keep their form,
 * because their decomposition would part a word or add to it.
 */
void utf8_fold(struct str s, unsigned folds, struct buffer *out);

/*
 * The key under which a name is one with its spellings: case and accents folded, every run of white
 * space, hyphens and dashes, underscores and full stops one blank; apostrophes, ©, ®, ™ and what is
 * not seen (soft hyphen, zero width) dropped; trimmed, so perhaps empty. Appends to out.
 */
void utf8_name_key(struct str name, struct buffer *out);

/* The same as a copy in `arena`. */
struct str utf8_name_key_copy(struct str name, struct arena *arena);

/* Columns a terminal needs for valid text (East Asian wide is 2, combining is 0). */
size_t utf8_columns(struct str s);

/* The longest prefix of valid text of at most `max` bytes that ends between code points. */
size_t utf8_cut(struct str s, size_t max);

#ifdef __cplusplus
}
#endif
#endif
