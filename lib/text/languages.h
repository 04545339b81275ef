/* languages.h: what the splitter must know of a language besides its stemmer. */
#ifndef DATELINE_TEXT_LANGUAGES_H
#define DATELINE_TEXT_LANGUAGES_H

#include "dateline/text.h"

#define LANGUAGES 28 /* in language_table */

enum language_habit {
	HABIT_SUFFIX_APOSTROPHE = 1, /* an apostrophe parts a name from its endings: Ankara'da */
	HABIT_ORDINAL_STOP = 2,      /* a full stop makes an ordinal number: am 3. Oktober */
};

unsigned language_habits(const struct language *language); /* NULL has none */

/* Blank-parted words that lose their vowel before another word; NULL: none in this language. */
const char *language_elisions(const struct language *language);

/* True when `lower` is one of them. */
bool language_elides(const char *elisions, struct str lower);

#endif
