/*
 * date_words.h: the words of dates, in English, French, German, Dutch, Spanish, Italian and Portuguese.
 *
 * A word is `len` lower-case letters without accents. A name may be cut to its first letters, at least three; where
 * those are of two months, as "jui" of juin and juillet, they name none.
 */
#ifndef DATELINE_DATE_WORDS_H
#define DATELINE_DATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int date_word_month(const char *word, size_t len); /* 1 to 12, 0 for none */
bool date_word_is_weekday(const char *word, size_t len);

#define DATE_NO_OFFSET INT16_MAX /* the name stands for two offsets, by season */

/* The minutes east of UTC of a zone's English name; false when it is none. */
bool date_word_zone(const char *word, size_t len, int *minutes);

#endif
