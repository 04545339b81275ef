#include "when_words.h"

#define LEN(text) ((uint8_t)(sizeof(text) - 1))
#define MONTH(text, number)                                                                        \
	{                                                                                          \
		text, LEN(text), LEX_MONTH, number, 0                                              \
	}
#define MONTH_SHORT(text, number)                                                                  \
	{                                                                                          \
		text, LEN(text), LEX_MONTH, number, WORD_SHORT                                     \
	}
#define WEEKDAY(text, number)                                                                      \
	{                                                                                          \
		text, LEN(text), LEX_WEEKDAY, number, 0                                            \
	}
#define WEEKDAY_SHORT(text, number)                                                                \
	{                                                                                          \
		text, LEN(text), LEX_WEEKDAY, number, WORD_SHORT                                   \
	}
#define UNIT(text, unit, flags)                                                                    \
	{                                                                                          \
		text, LEN(text), LEX_UNIT, unit, flags                                             \
	}
#define NEAR_DAY(text, days)                                                                       \
	{                                                                                          \
		text, LEN(text), LEX_NEAR_DAY, days, 0                                             \
	}
#define NUMBER(text, number)                                                                       \
	{                                                                                          \
		text, LEN(text), LEX_NUMBER, number, 0                                             \
	}
#define WORD(text, class, flags)                                                                   \
	{                                                                                          \
		text, LEN(text), class, 0, flags                                                   \
	}
#define SIGN(text, flags) WORD(text, LEX_WORD, flags)

#define PREPOSITION (WORD_BEFORE_DATE | WORD_GOES_ON)
#define FIRM (PREPOSITION | WORD_DATES)

static const struct when_word words_a[] = {
	MONTH("april", 4),
	MONTH("august", 8),
	MONTH_SHORT("apr", 4),
	MONTH_SHORT("aug", 8),
	WORD("ago", LEX_AGO, 0),
	WORD("after", LEX_AFTER, FIRM),
	WORD("and", LEX_AND, WORD_GOES_ON),
	{ "a", 1, LEX_NUMBER, 1, WORD_ANY },
	{ "an", 2, LEX_NUMBER, 1, WORD_ANY },
	SIGN("about", WORD_AMOUNT),
	SIGN("almost", WORD_AMOUNT),
	SIGN("approximately", WORD_AMOUNT),
	SIGN("around", WORD_AMOUNT | WORD_BEFORE_DATE),

	SIGN("attacks", WORD_TERROR),
	SIGN("ash", WORD_NAMING),
	SIGN("any", WORD_ANY),
	SIGN("article", WORD_LABEL),
	SIGN("at", WORD_GOES_ON),
	SIGN("as", WORD_GOES_ON),
	SIGN("ave", WORD_STREET),
	SIGN("avenue", WORD_STREET),
	SIGN("announced", WORD_PAST),
};
static const struct when_word words_b[] = {
	WORD("before", LEX_BEFORE, FIRM),
	SIGN("by", PREPOSITION | WORD_LIMIT),
	SIGN("between", FIRM),
	SIGN("but", WORD_GOES_ON),
	SIGN("be", WORD_BE),
	SIGN("been", WORD_PAST),
	SIGN("began", WORD_PAST),
	SIGN("black", WORD_NAMING),
	SIGN("bloody", WORD_NAMING),
	SIGN("bln", WORD_COUNTED),
	SIGN("billion", WORD_COUNTED),
	SIGN("barrels", WORD_COUNTED),
	SIGN("bags", WORD_COUNTED),
	SIGN("boulevard", WORD_STREET),
	SIGN("blvd", WORD_STREET),
	SIGN("build", WORD_LABEL),
};
static const struct when_word words_c[] = {
	WORD("coming", LEX_NEXT, 0),    SIGN("circa", FIRM),
	SIGN("cyber", WORD_NAMING),     SIGN("casual", WORD_NAMING),
	SIGN("can", WORD_FUTURE),       SIGN("cents", WORD_COUNTED),
	SIGN("cts", WORD_COUNTED),      SIGN("cars", WORD_COUNTED),
	SIGN("children", WORD_COUNTED), SIGN("cubic", WORD_COUNTED),
	SIGN("calories", WORD_COUNTED), SIGN("chapter", WORD_LABEL),
	SIGN("court", WORD_STREET),     SIGN("copyright", WORD_LABEL),
};
static const struct when_word words_d[] = {
	MONTH("december", 12),
	MONTH_SHORT("dec", 12),
	UNIT("day", UNIT_DAY, WORD_COUNTED),
	UNIT("days", UNIT_DAY, WORD_COUNTED),
	SIGN("during", FIRM),
	SIGN("did", WORD_PAST),
	SIGN("died", WORD_PAST),
	SIGN("due", WORD_FUTURE),
	SIGN("deadline", WORD_FUTURE),
	SIGN("dollars", WORD_COUNTED),
	SIGN("dlrs", WORD_COUNTED),
	SIGN("dlr", WORD_COUNTED),
	SIGN("degrees", WORD_COUNTED),
	SIGN("drive", WORD_STREET),
};
static const struct when_word words_e[] = {
	NUMBER("eight", 8),
	NUMBER("eighteen", 18),
	NUMBER("eleven", 11),
	WORD("earlier", LEX_EARLIER, 0),
	SIGN("early", FIRM | WORD_PART),
	SIGN("every", WORD_ANY),
	SIGN("each", WORD_ANY),
	SIGN("easter", WORD_NAMING),
	SIGN("exactly", WORD_AMOUNT),
	SIGN("expected", WORD_FUTURE),
	SIGN("est", WORD_COUNTED),
	SIGN("edt", WORD_COUNTED),
	SIGN("employees", WORD_COUNTED),
	SIGN("euros", WORD_COUNTED),
	SIGN("express", WORD_NAMED),
	UNIT("evening", UNIT_PART_OF_DAY, 0),
};
static const struct when_word words_f[] = {
	MONTH("february", 2),
	MONTH_SHORT("feb", 2),
	MONTH_SHORT("febr", 2),
	WEEKDAY("friday", 4),
	WEEKDAY_SHORT("fri", 4),
	NUMBER("five", 5),
	NUMBER("four", 4),
	NUMBER("fourteen", 14),
	NUMBER("fifteen", 15),
	NUMBER("forty", 40),
	NUMBER("fifty", 50),
	WORD("following", LEX_FOLLOWING, 0),
	SIGN("first", WORD_ANY),
	SIGN("fourth", WORD_ANY),
	SIGN("from", PREPOSITION),
	SIGN("for", PREPOSITION),
	SIGN("fat", WORD_NAMING),
	SIGN("fiscal", WORD_LABEL),
	SIGN("fy", WORD_LABEL),
	SIGN("flight", WORD_LABEL),
	SIGN("feet", WORD_COUNTED),
	SIGN("foot", WORD_COUNTED),
	SIGN("francs", WORD_COUNTED),
};
static const struct when_word words_g[] = {
	SIGN("going", WORD_FUTURE | WORD_WITH_TO),
	SIGN("good", WORD_NAMING),
	SIGN("gmt", WORD_COUNTED),
	SIGN("gallons", WORD_COUNTED),
};
static const struct when_word words_h[] = {
	SIGN("his", WORD_OWNS),
	SIGN("her", WORD_OWNS),
	SIGN("holy", WORD_NAMING),
	SIGN("had", WORD_PAST),
	SIGN("herald", WORD_NAMED),
	SIGN("hours", WORD_COUNTED),
	SIGN("hrs", WORD_COUNTED),
	SIGN("hour", WORD_COUNTED),
	SIGN("highway", WORD_LABEL | WORD_STREET),
	SIGN("hijackers", WORD_TERROR),
	SIGN("hijackings", WORD_TERROR),
	SIGN("half", WORD_AMOUNT),
};
static const struct when_word words_i[] = {
	SIGN("its", WORD_OWNS), SIGN("in", FIRM),           SIGN("inches", WORD_COUNTED),
	SIGN("is", 0),          SIGN("into", WORD_GOES_ON),
};
static const struct when_word words_j[] = {
	MONTH("january", 1),        MONTH("june", 6),          MONTH("july", 7),
	MONTH_SHORT("jan", 1),      MONTH_SHORT("jun", 6),     MONTH_SHORT("jul", 7),
	SIGN("jobs", WORD_COUNTED), SIGN("judge", WORD_TITLE),
};
static const struct when_word words_k[] = {
	SIGN("km", WORD_COUNTED),         SIGN("kilometers", WORD_COUNTED),
	SIGN("kilometres", WORD_COUNTED), SIGN("kilos", WORD_COUNTED),
	SIGN("kg", WORD_COUNTED),
};
static const struct when_word words_l[] = {
	WORD("last", LEX_LAST, WORD_DATES), WORD("later", LEX_LATER, 0),
	SIGN("late", FIRM | WORD_PART),     SIGN("least", WORD_AMOUNT),
	SIGN("lots", WORD_COUNTED),         SIGN("local", WORD_COUNTED),
	SIGN("lane", WORD_STREET),
};
static const struct when_word words_m[] = {
	SIGN("my", WORD_OWNS),
	MONTH("march", 3),
	MONTH("may", 5),
	MONTH_SHORT("mar", 3),
	WEEKDAY("monday", 0),
	WEEKDAY_SHORT("mon", 0),
	UNIT("month", UNIT_MONTH, WORD_COUNTED),
	UNIT("months", UNIT_MONTH, WORD_COUNTED),
	UNIT("morning", UNIT_PART_OF_DAY, 0),
	SIGN("mornings", WORD_ANY),
	SIGN("mid", FIRM | WORD_PART),
	SIGN("maundy", WORD_NAMING),
	SIGN("most", WORD_ANY | WORD_AMOUNT),
	SIGN("mail", WORD_NAMED),
	SIGN("mirror", WORD_NAMED),
	SIGN("magazine", WORD_NAMED),
	SIGN("must", WORD_FUTURE),
	SIGN("might", WORD_FUTURE),
	SIGN("mr", WORD_TITLE | WORD_SHORT),
	SIGN("mrs", WORD_TITLE | WORD_SHORT),
	SIGN("ms", WORD_TITLE | WORD_SHORT),
	SIGN("minister", WORD_TITLE),
	SIGN("meters", WORD_COUNTED),
	SIGN("metres", WORD_COUNTED),
	SIGN("meter", WORD_COUNTED),
	SIGN("metre", WORD_COUNTED),
	SIGN("miles", WORD_COUNTED),
	SIGN("mile", WORD_COUNTED),
	SIGN("million", WORD_COUNTED),
	SIGN("mln", WORD_COUNTED),
	SIGN("men", WORD_COUNTED),
	SIGN("members", WORD_COUNTED),
	SIGN("minutes", WORD_COUNTED),
	SIGN("minute", WORD_COUNTED),
	SIGN("mph", WORD_COUNTED),
	SIGN("mg", WORD_COUNTED),
	SIGN("marks", WORD_COUNTED),
};
static const struct when_word words_n[] = {
	MONTH("november", 11),
	MONTH_SHORT("nov", 11),
	NUMBER("nine", 9),
	NUMBER("nineteen", 19),
	WORD("next", LEX_NEXT, WORD_DATES),
	UNIT("night", UNIT_NIGHT, 0),
	SIGN("nights", WORD_ANY),
	SIGN("nearly", WORD_AMOUNT),
	SIGN("no", WORD_LABEL | WORD_SHORT),
	SIGN("number", WORD_LABEL),
	SIGN("news", WORD_NAMED),
};
static const struct when_word words_o[] = {
	SIGN("our", WORD_OWNS),
	MONTH("october", 10),
	MONTH_SHORT("oct", 10),
	WORD("of", LEX_OF, WORD_BEFORE_DATE),
	WORD("or", LEX_AND, WORD_GOES_ON),
	{ "one", 3, LEX_NUMBER, 1, WORD_ANY },
	SIGN("on", WORD_GOES_ON),
	SIGN("over", WORD_AMOUNT),
	SIGN("only", WORD_AMOUNT),
	SIGN("observer", WORD_NAMED),
	SIGN("ounces", WORD_COUNTED),
};
static const struct when_word words_p[] = {
	WORD("previous", LEX_PREVIOUS, 0),
	WORD("preceding", LEX_PREVIOUS, 0),
	WORD("prior", LEX_PREVIOUS, 0),
	{ "past", 4, LEX_LAST, 1, 0 },
	SIGN("previously", 0),
	SIGN("post", WORD_NAMED | WORD_DATES | WORD_BEFORE_DATE),
	SIGN("pre", WORD_DATES | WORD_BEFORE_DATE),
	SIGN("palm", WORD_NAMING),
	SIGN("plans", WORD_FUTURE | WORD_WITH_TO),
	SIGN("planned", WORD_FUTURE),
	SIGN("planning", WORD_FUTURE | WORD_WITH_TO),
	SIGN("people", WORD_COUNTED),
	SIGN("percent", WORD_COUNTED),
	SIGN("per", WORD_COUNTED),
	SIGN("pct", WORD_COUNTED),
	SIGN("points", WORD_COUNTED),
	SIGN("pounds", WORD_COUNTED),
	SIGN("psi", WORD_COUNTED),
	SIGN("president", WORD_TITLE),
	SIGN("page", WORD_LABEL),
	SIGN("pages", WORD_COUNTED),
	SIGN("place", WORD_STREET),
	SIGN("parkway", WORD_STREET),
};
static const struct when_word words_r[] = {
	SIGN("room", WORD_LABEL),     SIGN("route", WORD_LABEL | WORD_STREET),
	SIGN("road", WORD_STREET),    SIGN("rd", WORD_STREET | WORD_SHORT),
	SIGN("ruby", WORD_NAMING),    SIGN("ready", WORD_FUTURE | WORD_WITH_TO),
	SIGN("roughly", WORD_AMOUNT), SIGN("rupees", WORD_COUNTED),
};
static const struct when_word words_s[] = {
	WORD("same", LEX_THAT, 0),
	MONTH("september", 9),
	MONTH_SHORT("sept", 9),
	MONTH_SHORT("sep", 9),
	WEEKDAY("saturday", 5),
	WEEKDAY("sunday", 6),
	WEEKDAY_SHORT("sat", 5),
	WEEKDAY_SHORT("sun", 6),
	NUMBER("six", 6),
	NUMBER("sixteen", 16),
	NUMBER("sixty", 60),
	NUMBER("seven", 7),
	NUMBER("seventeen", 17),
	SIGN("since", FIRM | WORD_TERROR),
	SIGN("super", WORD_NAMING),
	SIGN("shrove", WORD_NAMING),
	SIGN("sheffield", WORD_NAMING),
	SIGN("some", WORD_AMOUNT),
	SIGN("special", WORD_NAMED),
	SIGN("should", WORD_FUTURE),
	SIGN("shall", WORD_FUTURE),
	SIGN("scheduled", WORD_FUTURE),
	SIGN("slated", WORD_FUTURE),
	SIGN("set", WORD_FUTURE | WORD_WITH_TO),
	SIGN("starts", WORD_FUTURE),
	SIGN("said", WORD_PAST),
	SIGN("says", WORD_PAST),
	SIGN("saw", WORD_PAST),
	SIGN("shares", WORD_COUNTED),
	SIGN("square", WORD_COUNTED | WORD_STREET),
	SIGN("soldiers", WORD_COUNTED),
	SIGN("students", WORD_COUNTED),
	SIGN("section", WORD_LABEL),
	SIGN("second", WORD_ANY),
	SIGN("school", WORD_ANY),
	SIGN("schools", WORD_ANY),
	SIGN("street", WORD_STREET),
	SIGN("st", WORD_STREET | WORD_SHORT),
};
static const struct when_word words_t[] = {
	SIGN("their", WORD_OWNS),
	WEEKDAY("tuesday", 1),
	WEEKDAY("thursday", 3),
	WEEKDAY_SHORT("tue", 1),
	WEEKDAY_SHORT("tues", 1),
	WEEKDAY_SHORT("thu", 3),
	WEEKDAY_SHORT("thur", 3),
	WEEKDAY_SHORT("thurs", 3),
	NEAR_DAY("today", 0),
	NEAR_DAY("tonight", 0),
	NEAR_DAY("tomorrow", 1),
	NUMBER("two", 2),
	NUMBER("three", 3),
	NUMBER("ten", 10),
	NUMBER("twelve", 12),
	NUMBER("thirteen", 13),
	NUMBER("twenty", 20),
	NUMBER("thirty", 30),
	WORD("the", LEX_THE, 0),
	WORD("this", LEX_THIS, WORD_DATES),
	WORD("to", LEX_TO, WORD_BEFORE_DATE | WORD_GOES_ON),
	WORD("through", LEX_TO, FIRM),
	WORD("thru", LEX_TO, FIRM),
	WORD("till", LEX_TO, FIRM | WORD_LIMIT),
	SIGN("throughout", FIRM),
	SIGN("third", WORD_ANY),
	SIGN("than", WORD_AMOUNT | WORD_GOES_ON),
	WORD("that", LEX_THAT, WORD_GOES_ON),
	SIGN("times", WORD_NAMED | WORD_COUNTED),
	SIGN("telegraph", WORD_NAMED),
	SIGN("tribune", WORD_NAMED),
	SIGN("told", WORD_PAST),
	SIGN("took", WORD_PAST),
	SIGN("total", WORD_AMOUNT),
	SIGN("top", WORD_AMOUNT),
	SIGN("tons", WORD_COUNTED),
	SIGN("tonnes", WORD_COUNTED),
	SIGN("troops", WORD_COUNTED),
	SIGN("terror", WORD_TERROR),
	SIGN("terrorist", WORD_TERROR),
	SIGN("terrorists", WORD_TERROR),
};
static const struct when_word words_u[] = {
	WORD("until", LEX_TO, FIRM | WORD_LIMIT),
	SIGN("upcoming", WORD_FUTURE),
	SIGN("utc", WORD_COUNTED),
	SIGN("units", WORD_COUNTED),
};
static const struct when_word words_v[] = {
	SIGN("votes", WORD_COUNTED),
	SIGN("volts", WORD_COUNTED),
};
static const struct when_word words_w[] = {
	WEEKDAY("wednesday", 2),
	WEEKDAY_SHORT("wed", 2),
	WEEKDAY_SHORT("weds", 2),
	UNIT("week", UNIT_WEEK, WORD_COUNTED),
	UNIT("weeks", UNIT_WEEK, WORD_COUNTED),
	SIGN("will", WORD_FUTURE),
	SIGN("would", WORD_FUTURE),
	SIGN("was", WORD_PAST),
	SIGN("were", WORD_PAST),
	SIGN("went", WORD_PAST),
	SIGN("won", WORD_PAST),
	SIGN("won't", WORD_FUTURE),
	SIGN("won\xe2\x80\x99t", WORD_FUTURE),
	SIGN("with", WORD_GOES_ON),
	SIGN("when", WORD_GOES_ON),
	SIGN("while", WORD_GOES_ON),
	SIGN("who", WORD_GOES_ON),
	SIGN("world", WORD_NAMED),
	SIGN("women", WORD_COUNTED),
	SIGN("words", WORD_COUNTED),
	SIGN("workers", WORD_COUNTED),
	SIGN("watts", WORD_COUNTED),
	SIGN("way", WORD_STREET),
};
static const struct when_word words_y[] = {
	SIGN("your", WORD_OWNS),
	UNIT("year", UNIT_YEAR, WORD_COUNTED),
	UNIT("years", UNIT_YEAR, WORD_COUNTED),
	NEAR_DAY("yesterday", -1),
	SIGN("yards", WORD_COUNTED),
	SIGN("yard", WORD_COUNTED),
	SIGN("yen", WORD_COUNTED),
};

#define COUNT(table) (sizeof(table) / sizeof(*(table)))
#define LETTER(letter, words) [(letter) - 'a'] = { words, COUNT(words) }

static const struct letter {
	const struct when_word *words;
	size_t count;
} letters[26] = {
	LETTER('a', words_a), LETTER('b', words_b), LETTER('c', words_c), LETTER('d', words_d),
	LETTER('e', words_e), LETTER('f', words_f), LETTER('g', words_g), LETTER('h', words_h),
	LETTER('i', words_i), LETTER('j', words_j), LETTER('k', words_k), LETTER('l', words_l),
	LETTER('m', words_m), LETTER('n', words_n), LETTER('o', words_o), LETTER('p', words_p),
	LETTER('r', words_r), LETTER('s', words_s), LETTER('t', words_t), LETTER('u', words_u),
	LETTER('v', words_v), LETTER('w', words_w), LETTER('y', words_y),
};

static bool is_same(const char *word, const struct when_word *row)
{
	for (size_t i = 1; i < row->len; i++)
		if (word[i] != row->text[i] && (word[i] | 0x20) != row->text[i])
			return false;
	return true;
}

const struct when_word *when_word_find(const char *word, size_t len)
{
	const unsigned letter = (unsigned)((word[0] | 0x20) - 'a');
	if (letter >= COUNT(letters) || len > WHEN_WORD_MAX)
		return NULL;
	const struct letter *group = &letters[letter];
	for (size_t i = 0; i < group->count; i++)
		if (group->words[i].len == len && is_same(word, &group->words[i]))
			return &group->words[i];
	return NULL;
}

/* ---- triggers ---- */

static bool is_trigger(const struct when_word *word)
{
	return word->class == LEX_MONTH || word->class == LEX_WEEKDAY || word->class == LEX_UNIT ||
	       word->class == LEX_NEAR_DAY;
}

static void add_trigger(struct when_triggers *triggers, const char *text, char first)
{
	const char start[] = { first, text[1], text[2] };
	const uint32_t bit = when_trigger_bit(start);
	triggers->bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

/* Names have a capital; other words may have one. */
void when_triggers_init(struct when_triggers *triggers)
{
	*triggers = (struct when_triggers){ { 0 } };
	for (size_t i = 0; i < COUNT(letters); i++)
		for (size_t j = 0; j < letters[i].count; j++) {
			const struct when_word *word = &letters[i].words[j];
			if (!is_trigger(word))
				continue;
			add_trigger(triggers, word->text, (char)(word->text[0] & ~0x20));
			if (word->class == LEX_UNIT || word->class == LEX_NEAR_DAY)
				add_trigger(triggers, word->text, word->text[0]);
		}
}
