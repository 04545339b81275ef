#include "roles_inside.h"

/* ---- words ---- */

bool name_is_adverb(struct str word)
{
	static const char *const words[] = { "again",     "also",     "even",    "friday",
					     "had",       "has",      "herself", "himself",
					     "just",      "later",    "monday",  "on",
					     "once",      "saturday", "still",   "sunday",
					     "then",      "thursday", "today",   "tuesday",
					     "wednesday", "yesterday" };
	static const char *const no_adverbs[] = { "ally", "assembly", "daily", "family", "italy",
						  "july", "monthly",  "rally", "reply",  "weekly" };
	if (WORD_IN(word, words))
		return true;
	const bool ends_ly = word.len > 4 && memcmp(word.data + word.len - 2, "ly", 2) == 0;
	return ends_ly && !is_capitalised(word) && !WORD_IN(word, no_adverbs);
}

static bool is_calling(struct str word)
{
	static const char *const words[] = {
		"activist",    "actor",          "actress",      "adviser",       "advisor",
		"ambassador",  "analyst",        "anchor",       "attorney",      "author",
		"billionaire", "bishop",         "boss",         "brother",       "businessman",
		"candidate",   "captain",        "chair",        "chairman",      "chairwoman",
		"chancellor",  "chief",          "coach",        "cofounder",     "colleague",
		"columnist",   "comedian",       "commander",    "commentator",   "commissioner",
		"congressman", "congresswoman",  "consultant",   "correspondent", "councilman",
		"counsel",     "critic",         "daughter",     "defendant",     "democrat",
		"deputy",      "dictator",       "diplomat",     "director",      "doctor",
		"economist",   "editor",         "emperor",      "envoy",         "executive",
		"expert",      "father",         "filmmaker",    "founder",       "general",
		"governor",    "head",           "historian",    "host",          "husband",
		"journalist",  "judge",          "justice",      "king",          "lawmaker",
		"lawyer",      "leader",         "lieutenant",   "lobbyist",      "lord",
		"manager",     "mayor",          "minister",     "mogul",         "mother",
		"negotiator",  "nominee",        "novelist",     "officer",       "official",
		"organizer",   "owner",          "partner",      "pastor",        "physician",
		"pollster",    "premier",        "president",    "priest",        "prince",
		"princess",    "producer",       "professor",    "prosecutor",    "queen",
		"reporter",    "representative", "republican",   "researcher",    "resident",
		"rival",       "scholar",        "scientist",    "secretary",     "senator",
		"sergeant",    "sheriff",        "singer",       "sister",        "son",
		"speaker",     "spokesman",      "spokesperson", "spokeswoman",   "star",
		"strategist",  "strongman",      "student",      "supporter",     "teacher",
		"treasurer",   "veteran",        "volunteer",    "wife",          "winner",
		"writer",
	};
	return WORD_IN(word, words);
}

/* Behind these begins a clause, and the name that follows is what it is about. */
static bool begins_clause(struct str word)
{
	static const char *const words[] = { "after",  "although", "and",    "as",     "because",
					     "before", "but",      "former", "how",    "if",
					     "once",   "or",       "since",  "so",     "than",
					     "that",   "the",      "then",   "though", "what",
					     "when",   "where",    "which",  "while",  "why",
					     "yet" };
	return WORD_IN(word, words);
}

static bool is_preposition(struct str word)
{
	static const char *const words[] = { "about", "against", "at",   "behind", "between",
					     "by",    "for",     "from", "in",     "including",
					     "into",  "like",    "near", "of",     "on",
					     "over",  "than",    "to",   "toward", "towards",
					     "under", "versus",  "via",  "with",   "without" };
	return WORD_IN(word, words);
}

/* "Minister of Defence Jane Doe": what is behind "of" belongs to the title. */
static bool is_title_of(struct str word)
{
	static const char *const words[] = { "archbishop", "attorney", "bishop",   "chief",
					     "director",   "duchess",  "duke",     "governor",
					     "head",       "king",     "mayor",    "minister",
					     "president",  "prince",   "princess", "queen",
					     "secretary",  "speaker" };
	return WORD_IN(word, words);
}

/* What speaks for another: of "a spokesman for Jane Doe" she is not who speaks. */
static bool is_deputy(struct str word)
{
	static const char *const words[] = {
		"adviser",      "advisor",        "aide",      "attorney",  "campaign",
		"counsel",      "friend",         "lawyer",    "manager",   "office",
		"official",     "representative", "source",    "spokesman", "spokesmen",
		"spokesperson", "spokeswoman",    "supporter", "team",
	};
	return WORD_IN(word, words);
}

#define TITLE_WORDS 8

struct span name_before_titles(struct str text, size_t from, size_t name)
{
	size_t at = name;
	struct span span = { at, at };
	for (int i = 0; i < TITLE_WORDS; i++) {
		size_t edge = skip_blanks_back(text, from, at);
		/* "Rep. Jane Doe", "then-Senator Jane Doe" */
		if (is_short_form(text, from, edge) || (edge > from && text.data[edge - 1] == '-'))
			edge--;
		span = word_before(text, from, edge);
		const struct str word = span_str(text, span);
		if (!word.len)
			break;
		if (word_is(word, "of")) {
			const struct span title = word_before(text, from, span.start);
			if (!is_title_of(span_str(text, title)))
				break;
		} else if (!is_capitalised(word) && !is_calling(word) && !word_is(word, "the") &&
			   !word_is(word, "former") && !word_is(word, "then")) {
			break;
		}
		at = span.start;
	}
	return span;
}

bool name_is_object(struct str text, size_t from, size_t name)
{
	const struct span span = name_before_titles(text, from, name);
	if (is_preposition(span_str(text, span)) && !is_capitalised(span_str(text, span)))
		return true;
	/* "a spokesman for Republican candidate Jane Doe said" */
	size_t at = span.start;
	for (int i = 0; i < 3; i++) {
		const struct span before = word_before(text, from, at);
		const struct str word = span_str(text, before);
		if (word_is(word, "for") || word_is(word, "of") || word_is(word, "to"))
			return is_deputy(span_str(text, word_before(text, from, before.start)));
		at = before.start;
	}
	return false;
}

bool name_is_subject(struct str text, size_t from, size_t name)
{
	const struct span span = name_before_titles(text, from, name);
	const struct str word = span_str(text, span);
	return !word.len || is_capitalised(word) || begins_clause(word) || is_calling(word);
}

/* Words that stand in no title: what follows is another clause. */
static bool breaks_title(struct str word)
{
	static const char *const words[] = { "about",   "after",  "and",   "are",   "as",     "at",
					     "because", "before", "but",   "by",    "during", "for",
					     "from",    "had",    "has",   "have",  "he",     "i",
					     "if",      "in",     "is",    "it",    "of",     "on",
					     "she",     "that",   "they",  "to",    "was",    "we",
					     "were",    "when",   "where", "which", "while",  "who",
					     "will",    "with",   "would", "you" };
	return WORD_IN(word, words);
}

/* ---- behind a verb ---- */

#define TITLE_MAX 110 /* bytes between a verb and a name */

bool name_follows_title(struct str text, size_t at, size_t name, bool with_comma)
{
	if (name - at > TITLE_MAX)
		return false;
	bool saw_of = false;
	while ((at = skip_blanks(text, at, name)) < name) {
		const struct span span = word_after(text, at, name);
		const struct str word = span_str(text, span);
		if (!word.len) {
			/* A comma parts the title from the name: "said the mayor, Jane Doe". */
			const bool is_last = with_comma && text.data[at] == ',' &&
					     skip_blanks(text, at + 1, name) == name;
			const bool is_mark = text.data[at] == '-' || text.data[at] == '\'' ||
					     text.data[at] == '&' || is_short_form(text, 0, at + 1);
			if (!is_last && !is_mark)
				return false;
			at++;
			continue;
		}
		saw_of |= word_is(word, "of") || word_is(word, "for");
		if (breaks_title(word) && !saw_of)
			return false;
		if (breaks_title(word) && !word_is(word, "of") && !word_is(word, "for") &&
		    !word_is(word, "and"))
			return false;
		at = span.end;
	}
	return true;
}
