#include "roles_inside.h"

#include "canonical.h"
#include "spelling.h"

#include "dateline/utf8.h"

/*
 * A dateline is: PLACE [/ PLACE] {, state, country or date} [(AGENCY {/ AGENCY})] dash. What is left out makes the rest
 * more needed: see dateline_confidence.
 */

#define PLACES_MAX 3

struct line {
	struct span places[PLACES_MAX];
	size_t place_count;
	bool is_capitals; /* all words of the places are */
	bool has_date, has_state;
	bool has_mark; /* something in parentheses */
	struct span mark;
	size_t dash; /* bytes */
};

/* ---- words ---- */

static bool is_month(struct str word)
{
	static const char *const months[] = {
		"apr", "april",   "aug",      "august", "dec",     "december", "feb",  "february",
		"jan", "january", "jul",      "july",   "jun",     "june",     "mar",  "march",
		"may", "nov",     "november", "oct",    "october", "sep",      "sept", "september",
	};
	return WORD_IN(word, months);
}

static bool is_number(struct str word)
{
	size_t i = 0;
	while (i < word.len && word.data[i] >= '0' && word.data[i] <= '9')
		i++;
	return i && i == word.len;
}

static bool has_digit(struct str word)
{
	size_t i = 0;
	while (i < word.len && !(word.data[i] >= '0' && word.data[i] <= '9'))
		i++;
	return i < word.len;
}

static bool is_shouted(struct str word)
{
	size_t i = 0;
	while (i < word.len && !(word.data[i] >= 'a' && word.data[i] <= 'z'))
		i++;
	return i == word.len;
}

/* Inside the names of places, in lower case. */
static bool is_particle(struct str word)
{
	static const char *const particles[] = { "al",  "am",  "an",  "au",  "aux", "da",  "das",
						 "de",  "del", "der", "des", "di",  "do",  "dos",
						 "du",  "el",  "en",  "in",  "la",  "las", "le",
						 "les", "los", "of",  "on",  "sur", "the", "upon" };
	return WORD_IN(word, particles);
}

/* Capitals before a dash that are no place. */
static bool is_label(struct str word)
{
	static const char *const labels[] = {
		"aboard",     "advertisement", "advisory",   "alert",         "analysis",
		"breaking",   "brief",         "by",         "clarification", "column",
		"commentary", "corrected",     "correction", "editor",        "editorial",
		"editors",    "exclusive",     "factbox",    "feature",       "live",
		"news",       "note",          "opinion",    "photo",         "photos",
		"poll",       "refile",        "repeat",     "report",        "review",
		"special",    "story",         "timeline",   "update",        "updated",
		"video",      "warning",       "watch",      "wrapup",
	};
	return WORD_IN(word, labels);
}

/* ---- the grammar ---- */

#define PLACE_WORDS 5

/* One name of capitalised words; returns the byte behind it, `at` when there is none. */
static size_t read_place(struct str text, size_t at, size_t to, bool *is_capitals)
{
	size_t end = at, words = 0;
	for (size_t next = at; words < PLACE_WORDS; words++) {
		const struct span span = word_after(text, next, to);
		const struct str word = span_str(text, span);
		if (!word.len || span.start > next + 1 || has_digit(word) || is_month(word))
			break;
		if (!is_capitalised(word) && !(words && is_particle(word)))
			break;
		*is_capitals &= is_shouted(word);
		end = span.end;
		/* "ST. LOUIS", "Port-au-Prince", "N.J." */
		next = end < to && (text.data[end] == '.' || text.data[end] == '-') ? end + 1 : end;
		if (next > end && text.data[end] == '.' && next < to && begins_word(text, next))
			words--;
	}
	return end;
}

static size_t read_places(struct str text, size_t at, size_t to, struct line *line)
{
	line->is_capitals = true;
	while (line->place_count < PLACES_MAX) {
		const size_t end = read_place(text, at, to, &line->is_capitals);
		if (end == at)
			break;
		line->places[line->place_count++] = (struct span){ at, end };
		at = end;
		if (at >= to || text.data[at] != '/')
			break;
		at++;
	}
	return at;
}

/* "Feb 6", "6 February 2024", "March 9 1987" */
static size_t read_date(struct str text, size_t at, size_t to)
{
	bool has_month = false;
	size_t end = at;
	for (int words = 0; words < 3; words++) {
		const struct span span = word_after(text, end, to);
		const struct str word = span_str(text, span);
		if (!is_number(word) && (has_month || !is_month(word)))
			break;
		has_month |= !is_number(word);
		end = span.end;
		end += end < to && text.data[end] == '.' && !is_number(word);
	}
	return has_month ? end : at;
}

#define STATE_WORDS 3

/* "Tex.", "D.C.", "Mass.", "West Germany" */
static size_t read_state(struct str text, size_t at, size_t to)
{
	bool any = true;
	size_t end = read_place(text, at, to, &any);
	if (end < to && end > at && text.data[end] == '.')
		end++;
	return end;
}

static size_t read_year(struct str text, size_t at, size_t to)
{
	const struct span span = word_after(text, at, to);
	return span.end - span.start == 4 && is_number(span_str(text, span)) ? span.end : at;
}

#define PARTS 4

static size_t read_parts(struct str text, size_t at, size_t to, struct line *line)
{
	for (int part = 0; part < PARTS && at < to && text.data[at] == ','; part++) {
		const size_t next = skip_blanks(text, at + 1, to);
		const size_t date = read_date(text, next, to);
		const size_t year = line->has_date ? read_year(text, next, to) : next;
		if (date > next || year > next) {
			line->has_date = true;
			at = date > next ? date : year;
			continue;
		}
		const size_t state = read_state(text, next, to);
		if (state == next)
			break;
		line->has_state = true;
		at = state;
	}
	/* "PARIS Feb 6": the comma is missing in some. */
	if (!line->has_date) {
		const size_t date = read_date(text, at, to);
		line->has_date = date > at;
		at = date;
	}
	return at;
}

#define MARK_MAX 48

static size_t read_mark(struct str text, size_t at, size_t to, struct line *line)
{
	const size_t next = skip_blanks(text, at, to);
	if (next >= to || text.data[next] != '(')
		return at;
	const size_t most = to - next < MARK_MAX ? to - next : MARK_MAX;
	const char *close = memchr(text.data + next, ')', most);
	if (!close)
		return at;
	line->has_mark = true;
	line->mark = (struct span){ next + 1, (size_t)(close - text.data) };
	return line->mark.end + 1;
}

/* False when the text from `at` on does not begin as a dateline does. */
static bool read_line(struct str text, size_t at, size_t to, struct line *line)
{
	*line = (struct line){ 0 };
	const size_t places = read_places(text, at, to, line);
	size_t end = line->place_count ? read_parts(text, places, to, line) : places;
	end = read_mark(text, end, to, line);
	line->dash = dash_after(text, skip_blanks(text, end, to), to);
	return line->place_count || line->has_mark;
}

/* ---- agencies ---- */

static const struct agency *agency_in(struct str text, struct span span, struct span *where)
{
	size_t end;
	for (size_t at = span.start; at < span.end; at++) {
		if (ends_word(text, span.start, at) || !begins_word(text, at))
			continue;
		const struct agency *agency = agency_at(text, at, span.end, &end);
		if (!agency)
			continue;
		*where = (struct span){ at, end };
		return agency;
	}
	return NULL;
}

/* In parentheses stand agencies and networks: "(Reuters)", "(CNN)", "(AP/dpa)", and not "(Jane Doe/Reuters)". */
static bool is_mark(struct str text, const struct line *line, bool *has_agency)
{
	if (!line->has_mark)
		return false;
	size_t end;
	struct span where;
	const struct span mark = line->mark;
	const bool is_loud = is_shouted(span_str(text, mark));
	*has_agency = is_loud ? agency_in(text, mark, &where) != NULL
			      : agency_at(text, mark.start, mark.end, &end) != NULL;
	return *has_agency || (is_loud && mark.end - mark.start <= 6);
}

static void add_agencies(const struct reading *reading, const struct line *line)
{
	struct span rest = line->mark, where;
	const struct agency *agency;
	while ((agency = agency_in(reading->text, rest, &where))) {
		role_add(reading, (struct role){ .kind = KIND_AGENCY,
						 .name = str_from(agency->name),
						 .start = (uint32_t)where.start,
						 .end = (uint32_t)where.end,
						 .rule = RULE_DATELINE,
						 .confidence = 98 });
		rest.start = where.end;
	}
}

/* ---- names ---- */

static struct str calm(struct str name, struct arena *arena)
{
	struct buffer folded = { 0 };
	utf8_fold(name, UTF8_FOLD_CASE, &folded);
	const struct str spelled = spelling_place(buffer_str(&folded), arena);
	const struct str kept = arena_copy(arena, spelled);
	buffer_release(&folded);
	return kept;
}

static struct str place_name(struct str words, struct arena *arena, enum place_id *place)
{
	const bool is_loud = is_shouted(words) && words.len > 3;
	const struct str name = is_loud ? calm(words, arena) : words;
	return arena_copy(arena, canonical_name(KIND_PLACE, name, arena, place));
}

/* The place that was found just there: of "The United States Coast Guard" it is not. */
static const struct entity *place_found(const struct entity_result *found, struct span span)
{
	for (size_t i = first_mention_from(found, span.start);
	     i < found->mention_count && found->mentions[i].start < span.end; i++) {
		const struct mention *mention = &found->mentions[i];
		const struct entity *entity = &found->entities[mention->entity];
		if (entity->kind == KIND_PLACE && mention->end >= span.end)
			return entity;
	}
	return NULL;
}

/* ---- what is believed ---- */

static uint8_t line_confidence(struct str text, const struct line *line, bool is_known)
{
	bool has_agency = false;
	if (line->has_mark && !is_mark(text, line, &has_agency))
		return 0;
	if (has_agency)
		return is_known || line->is_capitals || line->dash ? 98 : 0;
	if (line->has_date && line->dash)
		return 95;
	/* CNN marks its stories as agencies do, often without a dash. */
	if (line->has_mark && word_is(span_str(text, line->mark), "cnn"))
		return is_known || line->has_state || line->dash ? 90 : 0;
	/* "WASHINGTON — ": a name in capitals, which is a place, or stands before a state. */
	if (!line->dash || !line->is_capitals)
		return is_known && line->dash > 1 && !line->has_mark ? 60 : 0;
	return is_known ? 90 : line->has_state || line->has_mark ? 75 : 0;
}

static void add_place(const struct reading *reading, const struct line *line, struct span span,
		      uint8_t least)
{
	const struct str words = span_str(reading->text, span);
	if (words.len < 2 ||
	    is_label(span_str(reading->text, word_after(reading->text, span.start, span.end))))
		return;
	enum place_id place = PLACE_NONE;
	const struct entity *entity = place_found(reading->found, span);
	const struct str name = place_name(entity ? entity->name : words, reading->arena, &place);
	const uint8_t confidence = line_confidence(reading->text, line, entity || place);
	const bool is_person = entity_in(reading->found, KIND_PERSON, span) && !entity;
	if (confidence < least || !name.len || is_person)
		return;
	role_add(reading, (struct role){ .kind = KIND_DATELINE,
					 .name = name,
					 .start = (uint32_t)span.start,
					 .end = (uint32_t)span.end,
					 .rule = RULE_DATELINE,
					 .confidence = confidence });
}

#define SURE 75
#define HEADS 4 /* paragraphs in which the story may begin */

static bool read_head(const struct reading *reading, const struct paragraph *paragraph, bool is_first)
{
	struct line line;
	const struct str text = reading->text;
	if (!read_line(text, paragraph->start, paragraph->end, &line))
		return false;
	bool has_agency = false;
	const bool has_mark = is_mark(text, &line, &has_agency);
	const size_t before = reading->list->count;
	if (has_mark && has_agency && (line.dash || line.place_count))
		add_agencies(reading, &line);
	for (size_t i = 0; i < line.place_count; i++)
		add_place(reading, &line, line.places[i], is_first ? 1 : SURE);
	return reading->list->count > before;
}

/* The publisher's own line, apart from the text: "SAN ANTONIO, Tex., March 9 -". */
static void read_field(const struct reading *reading)
{
	const struct str field = reading->article->dateline;
	struct line line;
	if (!read_line(field, 0, field.len, &line))
		return;
	for (size_t i = 0; i < line.place_count; i++) {
		enum place_id place;
		const struct str name =
			place_name(span_str(field, line.places[i]), reading->arena, &place);
		if (name.len)
			role_add(reading, (struct role){ .kind = KIND_DATELINE,
							 .name = name,
							 .rule = RULE_PUBLISHER,
							 .confidence = 100 });
	}
	struct span where;
	const struct agency *agency = line.has_mark ? agency_in(field, line.mark, &where) : NULL;
	if (agency)
		role_add(reading, (struct role){ .kind = KIND_AGENCY,
						 .name = str_from(agency->name),
						 .rule = RULE_PUBLISHER,
						 .confidence = 100 });
}

void roles_find_datelines(const struct reading *reading)
{
	const struct article *article = reading->article;
	if (article->dateline.len)
		read_field(reading);
	size_t heads = 0;
	for (size_t i = 0; i < article->paragraph_count && heads < HEADS; i++) {
		if (article->paragraphs[i].kind != PARAGRAPH_TEXT)
			continue;
		if (read_head(reading, &article->paragraphs[i], heads++ == 0))
			return;
	}
}
