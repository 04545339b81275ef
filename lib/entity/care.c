#include "care.h"

#include <stdlib.h>

/* ---- styles ---- */

static bool is_in_capitals(const struct token *token)
{
	return token->flags & (TOKEN_ALL_CAPS | TOKEN_ACRONYM);
}

_Static_assert(TOKEN_CAPITAL == 1, "it is counted as it is");

struct tally {
	size_t words, capitals, shouted;
};

/* Short words may have no capital in headlines, and numbers never do. */
static void count(struct tally *tally, const struct token *token)
{
	const uint32_t len = token->end - token->start, is_capital = token->flags & TOKEN_CAPITAL;
	if (token->flags & (TOKEN_NUMBER | TOKEN_JOINED | TOKEN_BIGRAM) || len < 2 ||
	    (len < 4 && !is_capital))
		return;
	tally->words++;
	tally->capitals += is_capital;
	tally->shouted += is_in_capitals(token);
}

/* A full stop ends sentences, not headlines; names may be most of a short sentence's longer words. */
static bool ends_in_stop(struct str paragraph)
{
	while (paragraph.len && strchr("\"')]", paragraph.data[paragraph.len - 1]))
		paragraph.len--;
	return paragraph.len && paragraph.data[paragraph.len - 1] == '.';
}

static enum style style_of(const struct tally *tally, struct str paragraph)
{
	/* A few words that are not, such as the names of companies, change nothing. */
	if (tally->shouted * 10 >= tally->words * 8)
		return STYLE_CAPITALS;
	const bool is_headline = tally->capitals * 10 >= tally->words * 7;
	return is_headline && !ends_in_stop(paragraph) ? STYLE_HEADLINE : STYLE_PLAIN;
}

static void find_paragraph(const struct article *article, uint32_t at, struct style_cache *cache)
{
	cache->start = 0;
	cache->end = (uint32_t)article->text.len;
	size_t low = 0, high = article->paragraph_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (article->paragraphs[middle].end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < article->paragraph_count && article->paragraphs[low].start <= at) {
		cache->start = article->paragraphs[low].start;
		cache->end = article->paragraphs[low].end;
	}
}

enum style care_style(const struct view *view, const struct article *article,
		      struct style_cache *cache, size_t token)
{
	const uint32_t at = view->tokens[token].start;
	if (at >= cache->start && at < cache->end)
		return cache->style;
	find_paragraph(article, at, cache);
	struct tally tally = { 0 };
	for (size_t i = token; i < view->count && view->tokens[i].start < cache->end; i++)
		count(&tally, &view->tokens[i]);
	for (size_t i = token; i-- > 0 && view->tokens[i].start >= cache->start;)
		count(&tally, &view->tokens[i]);
	const struct str paragraph = { view->text.data + cache->start, cache->end - cache->start };
	return cache->style = style_of(&tally, paragraph);
}

/* ---- words that have a capital and are no names of people ---- */

static const char no_names[][14] = {
	"according",  "across",     "after",       "against",      "agreement",  "air",
	"airport",    "all",        "along",       "also",         "although",   "ambassador",
	"among",      "an",         "and",         "any",          "apr",        "april",
	"are",        "army",       "around",      "as",           "at",         "attorney",
	"aug",        "august",     "bank",        "because",      "before",     "behind",
	"beyond",     "border",     "both",        "but",          "by",         "central",
	"chairman",   "chancellor", "chief",       "club",         "communist",  "crown",
	"dec",        "december",   "defense",     "despite",      "does",       "downtown",
	"during",     "each",       "east",        "eastern",      "elsewhere",  "embassy",
	"even",       "every",      "except",      "feb",          "february",   "federal",
	"first",      "for",        "foreign",     "former",       "friday",     "from",
	"global",     "gov",        "government",  "greater",      "had",        "has",
	"have",       "he",         "her",         "here",         "his",        "how",
	"however",    "if",         "in",          "inside",       "instead",    "into",
	"is",         "it",         "its",         "jan",          "january",    "july",
	"june",       "king",       "last",        "late",         "later",      "like",
	"many",       "mar",        "march",       "may",          "meanwhile",  "minister",
	"ministry",   "modern",     "monday",      "most",         "my",         "national",
	"near",       "nearby",     "neighboring", "neighbouring", "new",        "next",
	"no",         "north",      "northern",    "not",          "nov",        "november",
	"now",        "oct",        "october",     "of",           "off",        "official",
	"officials",  "on",         "once",        "one",          "only",       "or",
	"other",      "our",        "outside",     "over",         "parliament", "past",
	"peace",      "perhaps",    "post",        "premier",      "president",  "prime",
	"prince",     "princess",   "queen",       "republic",     "republican", "river",
	"royal",      "rural",      "saturday",    "secretary",    "senate",     "sept",
	"september",  "she",        "since",       "so",           "some",       "south",
	"southern",   "state",      "still",       "summit",       "sunday",     "supreme",
	"than",       "that",       "the",         "their",        "then",       "there",
	"these",      "they",       "this",        "those",        "though",     "through",
	"throughout", "thursday",   "to",          "today",        "together",   "tomorrow",
	"tonight",    "toward",     "towards",     "treaty",       "tuesday",    "under",
	"unlike",     "until",      "upon",        "via",          "visiting",   "was",
	"we",         "wednesday",  "were",        "west",         "western",    "what",
	"when",       "where",      "whether",     "which",        "while",      "who",
	"why",        "will",       "with",        "within",       "without",    "world",
	"would",      "yet",        "you",
};

/* What a verb at the start of a sentence is done to. */
static const char objects[][14] = {
	"a",   "an",    "her",  "his",   "it",   "its",   "my", "off",  "our",  "that",
	"the", "their", "them", "these", "this", "those", "up", "with", "your",
};

/* Forms of address, after which a name is somebody's. */
static const char addresses[][14] = {
	"congressman", "dr", "miss", "mr", "mrs", "ms", "rep", "sen", "senator",
};

/* What stands behind towns of the same name. Short forms end in a stop, or are two capitals. */
static const char states[][14] = {
	"ala",         "alabama",     "alaska",     "ariz",      "arizona",   "ark",
	"arkansas",    "calif",       "california", "colo",      "colorado",  "conn",
	"connecticut", "del",         "delaware",   "fla",       "florida",   "ga",
	"georgia",     "hawaii",      "idaho",      "ill",       "illinois",  "ind",
	"indiana",     "iowa",        "kan",        "kansas",    "kentucky",  "ky",
	"la",          "louisiana",   "maine",      "maryland",  "mass",      "massachusetts",
	"md",          "me",          "mich",       "michigan",  "minn",      "minnesota",
	"miss",        "mississippi", "missouri",   "mo",        "mont",      "montana",
	"nc",          "nd",          "neb",        "nebraska",  "nev",       "nevada",
	"nh",          "nj",          "nm",         "ny",        "ohio",      "okla",
	"oklahoma",    "ontario",     "ore",        "oregon",    "pa",        "pennsylvania",
	"ri",          "sc",          "sd",         "tenn",      "tennessee", "tex",
	"texas",       "tx",          "utah",       "va",        "vermont",   "virginia",
	"vt",          "wash",        "wis",        "wisconsin", "wyo",       "wyoming",
};

static const char postal[] =
	" AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV "
	"NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY ";

static bool is_postal(struct str text)
{
	if (text.len != 2)
		return false;
	const char framed[] = { ' ', text.data[0], text.data[1], ' ', '\0' };
	return strstr(postal, framed);
}

static int compare_words(const void *key, const void *row)
{
	const struct str *word = key;
	const int by_bytes = strncmp(word->data, row, word->len);
	return by_bytes ? by_bytes : -(((const char *)row)[word->len] != '\0');
}

#define IS_IN(table, token) is_in(table, sizeof(table) / sizeof(*(table)), token)

static bool is_in(const char (*table)[14], size_t count, const struct token *token)
{
	const struct str word = token->word->folded;
	return word.len && word.len < sizeof(*table) &&
	       bsearch(&word, table, count, sizeof(*table), compare_words);
}

/* ---- neighbours ---- */

static struct str gap_between(const struct view *view, size_t token, size_t next)
{
	const uint32_t from = view->tokens[token].end, to = view->tokens[next].start;
	return (struct str){ view->text.data + from, to > from ? to - from : 0 };
}

/* "Michael Jordan", "Booker T. Washington", "Mr. French", "Smith-Jordan"; but a people's is "Anglo-French". */
static bool is_surname(const struct view *view, bool is_people, size_t first)
{
	const size_t at = view_before(view, first);
	if (at == NO_TOKEN)
		return false;
	const struct token *before = &view->tokens[at];
	const struct str gap = gap_between(view, at, first);
	if (!(before->flags & TOKEN_CAPITAL) || gap.len < 1 || gap.len > 2 || *gap.data == '\n')
		return false;
	const size_t letters = before->word->folded.len;
	if (str_equal(gap, STR(". ")))
		return letters == 1 || IS_IN(addresses, before);
	if (gap.len != 1 || (*gap.data != ' ' && (*gap.data != '-' || is_people)))
		return false;
	return letters > 1 && !is_in_capitals(before) && !IS_IN(no_names, before);
}

bool care_is_anothers(const struct view *view, size_t first)
{
	const size_t at = view_before(view, first);
	if (at == NO_TOKEN || !str_equal(gap_between(view, at, first), STR(" ")))
		return false;
	const struct token *before = &view->tokens[at];
	return before->flags & TOKEN_CAPITAL && !is_in_capitals(before) &&
	       !(before->flags & TOKEN_POSSESSIVE) && before->word->folded.len > 1 &&
	       !IS_IN(no_names, before) && !IS_IN(addresses, before);
}

/* "Chad Smith"; also "Jordan B. Peterson". */
static bool is_forename(const struct view *view, size_t last)
{
	const size_t at = view_next(view, last);
	if (at == NO_TOKEN || view->tokens[last].flags & TOKEN_POSSESSIVE)
		return false;
	const struct token *after = &view->tokens[at];
	if (!(after->flags & TOKEN_CAPITAL) || !str_equal(gap_between(view, last, at), STR(" ")))
		return false;
	return !is_in_capitals(after) && !IS_IN(no_names, after);
}

/* "Paris, Texas", "Athens, Ga.", "Moscow, ID", "Holland (Mich.)". */
static bool is_town(const struct view *view, size_t last)
{
	const size_t at = view_next(view, last);
	if (at == NO_TOKEN)
		return false;
	const struct str gap = gap_between(view, last, at);
	const struct token *after = &view->tokens[at];
	if (!str_equal(gap, STR(", ")) && !str_equal(gap, STR(" (")))
		return false;
	if (!(after->flags & TOKEN_CAPITAL))
		return false;
	if (is_postal((struct str){ view->text.data + after->start, after->end - after->start }))
		return true;
	/* Texas Instruments is no town's. */
	const size_t next = view_next(view, at);
	const bool goes_on = next != NO_TOKEN && view->tokens[next].flags & TOKEN_CAPITAL &&
			     str_equal(gap_between(view, at, next), STR(" "));
	return IS_IN(states, after) && !goes_on;
}

/* ---- verdicts ---- */

static bool is_somebody(const struct view *view, const struct gazetteer_name *name, size_t first,
			size_t last)
{
	return (name->care & CARE_SURNAME && is_surname(view, name->use == USE_PEOPLE, first)) ||
	       (name->care & CARE_FORENAME && is_forename(view, last));
}

/* In a headline everything has a capital; only what nobody stands before is surely nobody's name. */
static bool is_open_in_headline(const struct view *view, unsigned care, size_t first)
{
	if (care & (CARE_COMMON | CARE_FORENAME))
		return true;
	const size_t at = view_before(view, first);
	const bool is_alone = at == NO_TOKEN ||
			      memchr(view->text.data + view->tokens[at].end, '\n',
				     view->tokens[first].start - view->tokens[at].end);
	return care & CARE_SURNAME && !is_alone && !IS_IN(no_names, &view->tokens[at]);
}

/* At the start of a sentence: "Turkey is tasty", "Polish the shoes"; but "Turkey's army", "Polish miners". */
static bool is_open_at_start(const struct view *view, const struct gazetteer_name *name,
			     size_t first, size_t last)
{
	if (!(name->care & CARE_COMMON) || !(view->tokens[first].flags & TOKEN_SENTENCE))
		return false;
	if (name->use != USE_PEOPLE)
		return !(view->tokens[last].flags & TOKEN_POSSESSIVE);
	const size_t next = view_next(view, last);
	return next == NO_TOKEN || IS_IN(objects, &view->tokens[next]);
}

enum verdict care_verdict(const struct view *view, const struct article *article,
			  struct style_cache *cache, const struct gazetteer_name *name,
			  size_t first, size_t last)
{
	const unsigned care = name->care & ~(unsigned)(CARE_ALT | CARE_PAST | CARE_LOWER | CARE_TEXT);
	if (!care)
		return VERDICT_SURE;
	const struct token *token = &view->tokens[first];
	if (care & CARE_CAPS && !is_in_capitals(token))
		return VERDICT_NONE;
	if (care & CARE_TOWN && is_town(view, last))
		return VERDICT_OTHER;
	if (care & CARE_SUPPORT)
		return is_somebody(view, name, first, last) ? VERDICT_OTHER : VERDICT_OPEN;
	if (care == CARE_CAPS || token->flags & TOKEN_ACRONYM)
		return VERDICT_SURE;
	const enum style style = care_style(view, article, cache, first);
	if (care & CARE_CAPS)
		return style == STYLE_CAPITALS ? VERDICT_OPEN : VERDICT_SURE;
	if (style != STYLE_PLAIN && is_open_in_headline(view, care, first))
		return VERDICT_OPEN;
	if (style == STYLE_PLAIN && is_somebody(view, name, first, last))
		return VERDICT_OTHER;
	return is_open_at_start(view, name, first, last) ? VERDICT_OPEN : VERDICT_SURE;
}
