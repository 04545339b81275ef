#include "roles_inside.h"

#include "byline.h"
#include "spelling.h"

/*
 * Authors that only the text names: a paragraph "By Jane Doe and John Roe, Staff Writers", or the line
 * "(Reporting by Jane Doe in London; editing by John Roe)" at the end.
 */

#define NAME_WORDS 5

/* No name begins with these. */
static bool is_no_name(struct str word)
{
	static const char *const words[] = {
		"a",       "all",      "an",       "april",    "april's",   "associated",
		"august",  "bureau",   "december", "editor",   "editors",   "february",
		"friday",  "january",  "july",     "june",     "march",     "may",
		"monday",  "more",     "my",       "new",      "next",      "november",
		"october", "one",      "our",      "saturday", "september", "staff",
		"sunday",  "that",     "the",      "their",    "these",     "this",
		"those",   "thursday", "tuesday",  "us",       "wednesday", "your",
	};
	return WORD_IN(word, words);
}

static bool is_name_particle(struct str word)
{
	static const char *const particles[] = { "al",  "bin", "da",  "de",  "del", "della",
						 "den", "der", "di",  "dos", "du",  "el",
						 "la",  "le",  "ten", "ter", "van", "von" };
	return WORD_IN(word, particles);
}

/* Two to NAME_WORDS capitalised words; the byte behind the last, `at` when there is no such name. */
static size_t read_name(struct str text, size_t at, size_t to)
{
	size_t end = at, capitals = 0, words = 0;
	for (size_t next = at; words < NAME_WORDS; words++) {
		const struct span span = word_after(text, next, to);
		const struct str word = span_str(text, span);
		const bool is_capital = is_capitalised(word);
		if (!word.len || span.start > next + 1 || (!words && is_no_name(word)))
			break;
		if (!is_capital && !(words && is_name_particle(word)))
			break;
		capitals += is_capital;
		end = span.end;
		/* "Jane Q. Doe", "Jean-Claude" */
		const bool joins = end < to && (text.data[end] == '-' ||
						(text.data[end] == '.' && word.len <= 2));
		next = joins ? end + 1 : end;
		if (joins && text.data[end] == '.')
			end++;
	}
	return capitals >= 2 ? end : at;
}

/* Without the titles that stand before the name of a person that was found: "U.S. Senators Jane Doe". */
static struct span without_title(const struct reading *reading, struct span span)
{
	const struct entity_result *found = reading->found;
	for (size_t i = first_mention_from(found, span.start);
	     i < found->mention_count && found->mentions[i].start < span.end; i++) {
		const struct mention *mention = &found->mentions[i];
		if (found->entities[mention->entity].kind == KIND_PERSON && mention->end == span.end &&
		    memchr(reading->text.data + mention->start, ' ', span.end - mention->start))
			span.start = mention->start;
	}
	return span;
}

static bool add_author(const struct reading *reading, struct span span, uint8_t confidence)
{
	span = without_title(reading, span);
	const struct str words = span_str(reading->text, span);
	if (byline_is_no_author(words) || agency_of_name(words))
		return false;
	/* "Jane Doe, Washington Post" */
	if (!entity_in(reading->found, KIND_PERSON, span) &&
	    (entity_in(reading->found, KIND_ORG, span) || entity_in(reading->found, KIND_PLACE, span)))
		return false;
	const struct str name =
		spelling_person(spelling_collapse(words, reading->arena), reading->arena);
	role_add(reading, (struct role){ .kind = KIND_AUTHOR,
					 .name = arena_copy(reading->arena, name),
					 .start = (uint32_t)span.start,
					 .end = (uint32_t)span.end,
					 .rule = RULE_BYLINE,
					 .confidence = confidence });
	return true;
}

/* "Jane Doe, John Roe and Max Moe": names are added; returns the byte behind the last. */
static size_t read_names(const struct reading *reading, size_t at, size_t to, uint8_t confidence)
{
	const struct str text = reading->text;
	size_t last = at;
	for (;;) {
		const size_t end = read_name(text, at, to);
		if (end == at || !add_author(reading, (struct span){ at, end }, confidence))
			return last;
		last = end;
		at = skip_blanks(text, end, to);
		if (at < to && (text.data[at] == ',' || text.data[at] == '&'))
			at = skip_blanks(text, at + 1, to);
		const struct span span = word_after(text, at, to);
		if (word_is(span_str(text, span), "and"))
			at = span.end;
		at = skip_blanks(text, at, to);
	}
}

/* ---- "By Jane Doe" ---- */

#define BYLINE_MAX 140 /* bytes of a paragraph that is nothing but a byline */

/* May what is behind the names be there: nothing, an office or an agency, a date? Not a sentence. */
static bool is_rest(struct str text, size_t at, size_t to)
{
	at = skip_blanks(text, at, to);
	if (at == to)
		return true;
	const char c = text.data[at];
	return (c == ',' || c == '|' || c == '/' || c == '(' || dash_after(text, at, to) ||
		(uint8_t)c >= 0x80) &&
	       text.data[to - 1] != '.';
}

static void read_byline(const struct reading *reading, const struct paragraph *paragraph)
{
	const struct str text = reading->text;
	const size_t from = paragraph->start, to = paragraph->end;
	if (to - from > BYLINE_MAX || to - from < 6)
		return;
	const struct span by = word_after(text, from, to);
	if (!word_is(span_str(text, by), "by"))
		return;
	const size_t before = reading->list->count;
	const size_t at = skip_blanks(text, by.end + (by.end < to && text.data[by.end] == ':'), to);
	const size_t end = read_names(reading, at, to, 90);
	if (!is_rest(text, end, to))
		reading->list->count = before;
}

/* ---- "(Reporting by ...)" ---- */

static size_t find(struct str text, size_t from, size_t to, const char *what)
{
	const char *at = memmem(text.data + from, to - from, what, strlen(what));
	return at ? (size_t)(at - text.data) : to;
}

/* Of the parts between semicolons those of editors are left out. */
static void read_credits(const struct reading *reading, const struct paragraph *paragraph)
{
	static const char *const openings[] = { "Reporting by ", "reporting by ", "Writing by ",
						"writing by " };
	const struct str text = reading->text;
	const size_t from = paragraph->start, to = paragraph->end;
	if (from == to || text.data[from] != '(')
		return;
	for (size_t i = 0; i < sizeof(openings) / sizeof(*openings); i++) {
		const size_t len = strlen(openings[i]);
		for (size_t at = from; (at = find(text, at, to, openings[i])) < to; at += len)
			read_names(reading, at + len, to, 95);
	}
}

#define EDGE 3 /* paragraphs at each end in which a byline may stand */

void roles_find_authors(const struct reading *reading)
{
	const struct article *article = reading->article;
	if (article->authors.count)
		return;
	size_t texts = 0, seen = 0;
	for (size_t i = 0; i < article->paragraph_count; i++)
		texts += article->paragraphs[i].kind != PARAGRAPH_TITLE;
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		if (paragraph->kind == PARAGRAPH_TITLE)
			continue;
		if (seen < EDGE || seen + EDGE >= texts)
			read_byline(reading, paragraph);
		if (seen + EDGE >= texts)
			read_credits(reading, paragraph);
		seen++;
	}
}
