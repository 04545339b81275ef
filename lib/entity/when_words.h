/*
 * when_words.h: the words that dates in English texts are made of, and those beside a number or a month's name that tell
 * whether it is a date.
 */
#ifndef DATELINE_WHEN_WORDS_H
#define DATELINE_WHEN_WORDS_H

#include "dateline/memory.h"

/*
 * What a word, a number or a mark is. They are letters, so that a form of dates is a text ("Md,Y"). The capital ones are words
 * that a date is built around.
 */
enum lex_class {
	LEX_END = '\0', /* of the paragraph */
	LEX_WORD = '_', /* a word of no meaning here */
	LEX_ODD = '?',  /* a number that is in no date: "1,987", "3.5", "1990s", "10:30" */
	LEX_MARK = '*', /* any other character */
	LEX_COMMA = ',',
	LEX_DASH = '-', /* hyphen or dash */
	LEX_SLASH = '/',
	LEX_STOP = '.', /* ends a sentence: full stop, exclamation and question mark */
	LEX_OPEN = '(',
	LEX_CLOSE = ')',
	LEX_MONTH = 'M',
	LEX_WEEKDAY = 'W',
	LEX_UNIT = 'U',      /* year, month, week, day, night, morning */
	LEX_NEAR_DAY = 'Z',  /* yesterday, today, tomorrow */
	LEX_DAY = 'd',       /* a number from 1 to 31 */
	LEX_YEAR = 'Y',      /* a number of four digits, from YEAR_FIRST to YEAR_LAST */
	LEX_NUMBER = '#',    /* any other plain number, and numbers in words */
	LEX_LAST = 'l',      /* last; of value 1: past */
	LEX_THIS = 'h',      /* this */
	LEX_NEXT = 'n',      /* next, coming */
	LEX_PREVIOUS = 'p',  /* previous */
	LEX_FOLLOWING = 'g', /* following */
	LEX_THE = 't',
	LEX_THAT = 'T', /* that, same */
	LEX_OF = 'f',
	LEX_TO = 'x',      /* parts the ends of a range: to, through */
	LEX_AND = '&',     /* and, or */
	LEX_AGO = 'o',     /* ago */
	LEX_EARLIER = 'e', /* earlier */
	LEX_BEFORE = 'b',  /* before */
	LEX_LATER = 'r',   /* later */
	LEX_AFTER = 'a',   /* after */
};

#define YEAR_FIRST 1000
#define YEAR_LAST 2100

/* What else it says of its neighbours. */
enum word_flag {
	WORD_BEFORE_DATE = 1, /* a year or a month may stand behind it: "of" */
	WORD_DATES = 2,       /* what stands behind it is hardly anything else: "since", "early" */
	WORD_PART = 4,        /* of a month or a year: "early", "mid" */
	WORD_FUTURE = 8,      /* what is spoken of is to come: "will" */
	WORD_PAST = 16,       /* or was: "said" */
	WORD_BE = 32,         /* makes the word behind it say nothing of that: "be released" */
	WORD_AMOUNT = 64,     /* a number behind it counts something: "nearly" */
	WORD_COUNTED = 128,   /* a number before it counts it: "people" */
	WORD_LABEL = 256,     /* a number behind it is a name: "Route" */
	WORD_STREET = 512,
	WORD_NAMING = 1024,    /* a weekday behind it is a name: "Black" */
	WORD_NAMED = 2048,     /* and before it: "Times" */
	WORD_ANY = 4096,       /* a weekday beside it is any such day: "every" */
	WORD_SHORT = 8192,     /* an abbreviation, with a full stop or without */
	WORD_TITLE = 16384,    /* somebody's name stands behind it: "Mrs" */
	WORD_GOES_ON = 32768,  /* a sentence goes on with it behind "the day before" */
	WORD_TERROR = 1 << 16, /* what September 11 without a year is told by */
	WORD_LIMIT = 1 << 17, /* what is behind it is to come, unless the sentence says otherwise: "until" */
	WORD_WITH_TO = 1 << 18, /* WORD_FUTURE only with "to" or "for" behind it: "set" */
	WORD_OWNS = 1 << 19,    /* what is behind it is somebody's: "his last year" */
};

/* The value of LEX_UNIT. */
enum date_unit { UNIT_YEAR, UNIT_MONTH, UNIT_WEEK, UNIT_DAY, UNIT_PART_OF_DAY, UNIT_NIGHT };

struct when_word {
	const char *text; /* lower-case */
	uint8_t len;
	char class; /* enum lex_class */
	/* Of a month 1 to 12, of a weekday 0 (Monday) to 6, of a unit enum date_unit, of a near day the days from today. */
	int32_t value;
	uint32_t flags;
};

/* NULL for a word that says nothing. In any case; at most WHEN_WORD_MAX bytes. */
#define WHEN_WORD_MAX 12
const struct when_word *when_word_find(const char *word, size_t len);

/*
 * Which beginnings of three bytes (lower-case letters, the first as it is) lead to a date, as bits: most words of a text
 * are told from those by one look.
 */
struct when_triggers {
	uint64_t bits[32];
};

static inline uint32_t when_trigger_bit(const char *word)
{
	const uint32_t key = (uint32_t)(unsigned char)word[0] |
			     (uint32_t)((unsigned char)word[1] | 0x20) << 8 |
			     (uint32_t)((unsigned char)word[2] | 0x20) << 16;
	return key * 2654435769u >> 21;
}

void when_triggers_init(struct when_triggers *triggers);

static inline bool when_triggers_has(const struct when_triggers *triggers, const char *word)
{
	const uint32_t bit = when_trigger_bit(word);
	return triggers->bits[bit >> 6] >> (bit & 63) & 1;
}

#endif
