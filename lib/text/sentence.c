/*
 * Sentences: a full stop ends one, unless it belongs to an abbreviation and what follows is not
 * how sentences begin.
 */
#include "split.h"

#include "dateline/utf8.h"

/* ---- what lies between two words ---- */

struct gap {
	bool ended;    /* by . ! ? or their like */
	bool is_tight; /* that one needs no blank behind it */
	bool by_stop;  /* a single full stop right behind the word, which may be the word's own */
	bool blank;    /* behind the end */
	bool paragraph;
	int newlines; /* with nothing but blanks between */
};

static bool is_among(const uint32_t *codes, size_t count, uint32_t code)
{
	for (size_t i = 0; i < count; i++) {
		if (codes[i] == code)
			return true;
	}
	return false;
}

static bool ends_sentence(uint32_t code)
{
	/* Armenian, Arabic, Urdu, Devanagari (two), Myanmar, Ethiopic, Khmer; ‼ ⁇ ⁈ ⁉ … */
	static const uint32_t others[] = { 0x589,  0x61F,  0x6D4,  0x964,  0x965,  0x104B, 0x1362,
					   0x17D4, 0x203C, 0x2047, 0x2048, 0x2049, 0x2026 };
	return is_among(others, sizeof(others) / sizeof(*others), code);
}

static bool ends_tightly(uint32_t code)
{
	static const uint32_t wide[] = { 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0xFF61 }; /* 。！．？｡ */
	return is_among(wide, sizeof(wide) / sizeof(*wide), code);
}

static void end_here(struct gap *gap, bool by_stop, bool is_tight)
{
	gap->ended = true;
	gap->by_stop = by_stop;
	gap->is_tight = is_tight;
	gap->blank = false;
}

static void pass_blank(struct gap *gap, bool is_newline)
{
	gap->blank = true;
	gap->newlines += is_newline;
	gap->paragraph = gap->paragraph || gap->newlines > 1;
}

static void pass_ascii(struct gap *gap, char c)
{
	switch (c) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
		pass_blank(gap, c == '\n');
		return;
	case '.':
	case '!':
	case '?':
		end_here(gap, false, false);
		break;
	case ',':
	case ';':
	case ':':
		gap->ended = false;
		break;
	default: /* quotation marks, brackets, dashes, bullets, $ */
		break;
	}
	gap->newlines = 0;
}

static void pass_other(struct gap *gap, uint32_t code)
{
	if (code == 0x2029) { /* paragraph separator */
		gap->paragraph = true;
	} else if (utf8_is_blank(code)) {
		pass_blank(gap, false);
	} else {
		if (ends_tightly(code))
			end_here(gap, false, true);
		else if (ends_sentence(code))
			end_here(gap, false, false);
		gap->newlines = 0;
	}
}

static void read_gap(const struct piece *before, const uint8_t *end, struct gap *gap)
{
	const uint8_t *at = before->end;
	*gap = (struct gap){ 0 };
	if ((before->flags & TOKEN_ACRONYM) && at[-1] == '.') {
		end_here(gap, true, false);
	} else if (*at == '.') {
		end_here(gap, true, false);
		at++;
	}
	while (at < end) {
		size_t bytes = 1;
		if (*at < 0x80)
			pass_ascii(gap, (char)*at);
		else
			pass_other(gap, utf8_decode((const char *)at, (size_t)(end - at), &bytes));
		at += bytes;
	}
}

/* ---- abbreviations ---- */

enum abbreviation {
	NO_ABBREVIATION,
	BEFORE_NAMES,   /* Mr.: never ends a sentence */
	BEFORE_NUMBERS, /* No.: does not before a number */
	ANYWHERE,       /* Inc.: does only before what commonly begins one */
};

#define SHORT_MAX 10       /* letters of the longest word in the tables below */
#define ABBREVIATION_MAX 6 /* of those that are abbreviations */

/*
 * Words parted by blanks, with one before and one behind, so that finding is a search for text.
 * Some are words of their own in lower case (ill, sat, wash): those count only with a capital.
 */
static const char before_names[] = /* with a capital */
	" mr mrs ms mx dr prof gen col lt sgt cpl capt cmdr cdr adm maj brig gov sen rep rev hon "
	"fr msgr st ste mt ft messrs mme mlle supt det insp pvt pfc amb atty asst sec treas pres "
	"herr hr dhr mevr sig dott sra srta dra mgr ing drs ";
static const char before_numbers[] =
	" no nos nr art arts fig figs pp vol vols ch chap par pt ph tel ext op num ziff abs ";
static const char anywhere[] =
	" inc corp co cos ltd plc llc jr sr esq etc vs dept univ assn assoc ave blvd rd sq hwy al ca "
	"approx est bros bzw usw pct eds intl natl govt mfg ";
static const char anywhere_with_capital[] =
	" jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat "
	"sun ala ariz ark calif colo conn del fla ga ill ind kan kans ky la mass md mich minn miss "
	"mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo ont que ed ";

/* How English sentences begin, and the articles of its neighbours. */
static const char starters[] =
	" the a an in on at it he she they we i you but and or this that these those his her its their "
	"our my there here then when while if as after before however for with by from not what who "
	"why how where which some many most since although though because until during under meanwhile "
	"such both another each also so now yet still once one two nor even only more much no yes to "
	"among despite according der die das ein eine le les un une el il ";

static bool in_table(const char *table, const char *word, size_t len)
{
	char key[SHORT_MAX + 3];
	key[0] = ' ';
	memcpy(key + 1, word, len);
	key[len + 1] = ' ';
	key[len + 2] = '\0';
	return strstr(table, key) != NULL;
}

/* The ASCII letters of [at, end) in lower case; 0 when it is other text, or long. */
static size_t lower_letters(const uint8_t *at, const uint8_t *end, char lower[SHORT_MAX])
{
	const size_t len = (size_t)(end - at);
	if (len > SHORT_MAX)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (!(char_bytes[at[i]] & CHAR_LETTER))
			return 0;
		lower[i] = (char)(at[i] | 0x20);
	}
	return len;
}

static bool is_starter(const uint8_t *word, const uint8_t *end)
{
	const uint8_t *stop = word;
	while (stop < end && stop - word <= SHORT_MAX && (char_bytes[*stop] & CHAR_LETTER))
		stop++;
	/* In "J. A. Smith" the A is an initial. */
	if (stop - word == 1 && stop < end && *stop == '.')
		return false;
	char lower[SHORT_MAX];
	const size_t len = lower_letters(word, stop, lower);
	return len && in_table(starters, lower, len);
}

static bool is_single_character(const struct piece *piece)
{
	size_t bytes;
	char_at(piece->start, piece->end, &bytes);
	return bytes == (size_t)(piece->end - piece->start);
}

static bool is_ordinal(const struct splitting *text, const struct piece *piece)
{
	const ptrdiff_t len = piece->end - piece->start;
	if (!(text->habits & HABIT_ORDINAL_STOP) || len > 2)
		return false;
	for (ptrdiff_t i = 0; i < len; i++) {
		if (!(char_bytes[piece->start[i]] & CHAR_DIGIT))
			return false;
	}
	return true;
}

static enum abbreviation kind_of(const struct splitting *text, const struct piece *piece)
{
	if (is_ordinal(text, piece))
		return BEFORE_NAMES;
	const bool is_digit = char_class_at(piece->start, piece->end) & CHAR_DIGIT;
	char lower[SHORT_MAX];
	const bool is_short_word = piece->end - piece->start <= ABBREVIATION_MAX;
	const size_t len = is_short_word ? lower_letters(piece->start, piece->end, lower) : 0;
	const bool is_capital = len && (char_bytes[*piece->start] & CHAR_UPPER);
	if (is_capital && in_table(before_names, lower, len))
		return BEFORE_NAMES;
	if (len && in_table(before_numbers, lower, len))
		return BEFORE_NUMBERS;
	const bool is_listed = (len && in_table(anywhere, lower, len)) ||
			       (is_capital && in_table(anywhere_with_capital, lower, len));
	const bool is_short = (piece->flags & TOKEN_ACRONYM) || is_single_character(piece);
	return is_listed || (is_short && !is_digit) ? ANYWHERE : NO_ABBREVIATION;
}

static bool goes_on(const struct splitting *text, const struct piece *before, const uint8_t *word)
{
	const enum abbreviation kind = kind_of(text, before);
	if (kind == NO_ABBREVIATION || kind == BEFORE_NAMES)
		return kind == BEFORE_NAMES;
	if (char_class_at(word, text->end) & CHAR_DIGIT)
		return true;
	return kind == ANYWHERE && !is_starter(word, text->end);
}

bool split_sentence(const struct splitting *text, const struct piece *before, const uint8_t *word)
{
	struct gap gap;
	read_gap(before, word, &gap);
	if (gap.paragraph)
		return true;
	if (!gap.ended || !(gap.blank || gap.is_tight))
		return false;
	const unsigned class = char_class_at(word, text->end);
	if ((class & CHAR_LOWER) && !(class & CHAR_UPPER))
		return false;
	return !gap.by_stop || !goes_on(text, before, word);
}
