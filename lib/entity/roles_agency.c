#include "roles_inside.h"

#include "dateline/utf8.h"

const struct agency agency_table[] = {
#define AGENCY(key, name, use) { key, name, AGENCY_##use },
#include "data/agencies.inc"
#undef AGENCY
};

const size_t agency_count = sizeof(agency_table) / sizeof(*agency_table);

/* ---- look-up ---- */

/* The first row whose key is not before `key`. */
static size_t first_row(struct str key)
{
	size_t low = 0, high = agency_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (strncmp(agency_table[middle].key, key.data, key.len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct agency *row_of_key(struct str key)
{
	if (!key.len || key.len >= sizeof(agency_table->key))
		return NULL;
	const size_t row = first_row(key);
	const bool is_same = row < agency_count && strcmp(agency_table[row].key, key.data) == 0;
	return is_same ? &agency_table[row] : NULL;
}

const struct agency *agency_of_name(struct str name)
{
	struct buffer key = { 0 };
	utf8_name_key(name, &key);
	const struct agency *agency = key.len ? row_of_key(buffer_str(&key)) : NULL;
	buffer_release(&key);
	return agency;
}

/* How many bytes of the text are the key; 0 when it is another name. */
static size_t match_key(struct str text, size_t at, size_t to, const char *key)
{
	size_t len = 0;
	for (; key[len] && at + len < to; len++) {
		const char c = text.data[at + len];
		if (key[len] == ' ' ? c != ' ' && c != '-' : to_lower(c) != key[len])
			return 0;
	}
	return key[len] || begins_word(text, at + len) ? 0 : len;
}

static bool is_all_capitals(struct str name)
{
	size_t i = 0;
	while (i < name.len && !(name.data[i] >= 'a' && name.data[i] <= 'z'))
		i++;
	return i == name.len;
}

#define LONGEST_ACRONYM 4

static bool is_written_right(const struct agency *agency, struct str name)
{
	const bool is_short = name.len <= LONGEST_ACRONYM && !memchr(name.data, ' ', name.len);
	switch (agency->use) {
	case AGENCY_LOWER:
		return true;
	case AGENCY_CAPS:
		return is_all_capitals(name);
	case AGENCY_CODE:
	case AGENCY_PHOTO:
		return is_short ? is_all_capitals(name) : is_upper(*name.data);
	default:
		return is_upper(*name.data);
	}
}

const struct agency *agency_at(struct str text, size_t at, size_t to, size_t *end)
{
	char word[sizeof(agency_table->key)];
	size_t len = 0;
	while (at + len < to && len < sizeof(word) && begins_word(text, at + len)) {
		word[len] = to_lower(text.data[at + len]);
		len++;
	}
	if (!len || len == sizeof(word))
		return NULL;
	const struct agency *best = NULL;
	for (size_t i = first_row((struct str){ word, len });
	     i < agency_count && memcmp(agency_table[i].key, word, len) == 0; i++) {
		const size_t bytes = match_key(text, at, to, agency_table[i].key);
		if (!bytes ||
		    !is_written_right(&agency_table[i], (struct str){ text.data + at, bytes }))
			continue;
		best = &agency_table[i];
		*end = at + bytes;
	}
	return best;
}

/* ---- what stands around a name ---- */

/* An agency's name in a paragraph. */
struct hit {
	const struct agency *agency;
	size_t from, to; /* of the paragraph */
	size_t start, end;
	bool is_tail; /* one of the last paragraphs */
};

enum { LIKELY = 85, CREDITED = 95, PICTURED = 50 };

#define WORDS_MAX 6

/* What may stand between an agency and the verb: "the state-run news agency". */
static bool is_beside(struct str word)
{
	static const char *const words[] = {
		"agencies",   "agency", "also",  "already", "earlier",  "first",    "had",
		"has",        "have",   "later", "news",    "newswire", "official", "owned",
		"previously", "press",  "run",   "service", "state",    "the",      "wire"
	};
	return WORD_IN(word, words);
}

static bool is_source_verb(struct str word)
{
	static const char *const verbs[] = { "added",  "adds",   "cited",    "cites",     "quoted",
					     "quotes", "report", "reported", "reporting", "reports",
					     "said",   "says",   "wrote",    "writes" };
	return WORD_IN(word, verbs);
}

static bool is_told(struct str text, const struct hit *hit, struct span verb)
{
	static const char *const told[] = { "citing", "cites",   "cited", "told",
					    "tells",  "telling", "via" };
	static const char *const reports[] = { "reported", "reports" };
	static const char *const by[] = { "carried",   "cited",  "conducted", "obtained",
					  "published", "quoted", "released",  "reported",
					  "reviewed",  "seen" };
	const struct str word = span_str(text, verb);
	const struct str before = span_str(text, word_before(text, hit->from, verb.start));
	if (word_is(word, "to"))
		return word_is(before, "according");
	if (word_is(word, "with"))
		return word_is(before, "interview") || word_is(before, "spoke");
	if (word_is(word, "by"))
		return WORD_IN(before, by);
	return WORD_IN(word, told) || WORD_IN(word, reports);
}

/* "told the news agency Reuters", "according to Russia's Interfax news agency", "reports Reuters" */
static bool is_after_verb(struct str text, const struct hit *hit, bool *has_the)
{
	size_t at = hit->start;
	bool saw_agency = false;
	for (int i = 0; i < WORDS_MAX; i++) {
		const struct span span = word_before(text, hit->from, at);
		const struct str word = span_str(text, span);
		if (!word.len)
			return false;
		if (is_told(text, hit, span))
			return true;
		*has_the |= word_is(word, "the");
		saw_agency |= word_is(word, "agency");
		const bool is_skipped = is_beside(word) || (saw_agency && is_capitalised(word));
		if (!is_skipped)
			return false;
		at = span.start;
		if (at > hit->from && text.data[at - 1] == '-')
			at--;
	}
	return false;
}

/* "Reuters reported", "Associated Press writers ... contributed to this report" */
static bool is_before_verb(struct str text, const struct hit *hit)
{
	size_t at = hit->end;
	for (int i = 0; i < WORDS_MAX; i++) {
		const struct span span = word_after(text, at, hit->to);
		const struct str word = span_str(text, span);
		if (!word.len)
			return false;
		if (is_source_verb(word))
			return true;
		if (word_is(word, "contributed"))
			return hit->is_tail;
		if (!is_beside(word))
			return false;
		at = span.end;
	}
	return false;
}

static bool has_the(struct str text, const struct hit *hit)
{
	return word_is(span_str(text, word_before(text, hit->from, hit->start)), "the");
}

static bool follows(struct str text, size_t at, size_t to, const char *what)
{
	const size_t len = strlen(what);
	return to - at >= len && memcmp(text.data + at, what, len) == 0;
}

static bool is_lower_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "REUTERS/Jane Doe", "(Jane Doe/Reuters)", "AFP/Getty": and neither "Reuters/Ipsos poll" nor "UT/TT poll". */
static bool is_photo(struct str text, const struct hit *hit)
{
	const struct str name = { text.data + hit->start, hit->end - hit->start };
	if (hit->agency->use == AGENCY_CODE)
		return false;
	if (hit->end < hit->to && text.data[hit->end] == '/')
		return is_all_capitals(name) || memchr(name.data, ' ', name.len);
	if (hit->start >= hit->from + 2 && text.data[hit->start - 1] == '/')
		return is_lower_letter(text.data[hit->start - 2]);
	const struct str next = span_str(text, word_after(text, hit->end, hit->to));
	const struct str before = span_str(text, word_before(text, hit->from, hit->start));
	return word_is(next, "photo") || word_is(before, "copyright");
}

#define CREDIT_MAX 100 /* bytes: a paragraph that is nothing but a credit */

/* "— Agence France-Presse", "(AP)", "Source: Xinhua", "© 2024 Reuters" at the end of an article */
static bool is_credit(struct str text, const struct hit *hit)
{
	if (!hit->is_tail)
		return false;
	const bool ends = skip_blanks(text, hit->end, hit->to) + 1 >= hit->to;
	const size_t before = skip_blanks_back(text, hit->from, hit->start);
	if (before > hit->from && text.data[before - 1] == '(' && hit->end < hit->to)
		return text.data[hit->end] == ')' && hit->to - hit->end <= 3;
	if (!ends)
		return false;
	const size_t lead = before - hit->from;
	return lead <= 4
		       ? lead == 0 || dash_after(text, hit->from, hit->to) > 0
		       : hit->to - hit->from <= CREDIT_MAX &&
				 (follows(text, hit->from, hit->to, "Source:") ||
				  follows(text, hit->from, hit->to, "Copyright") ||
				  follows(text, hit->from, hit->to, "\xC2\xA9") ||
				  dash_after(text, before >= 3 ? before - 3 : before, hit->to) == 3);
}

static uint8_t judge(struct str text, const struct hit *hit)
{
	if (is_photo(text, hit))
		return PICTURED;
	if (is_credit(text, hit))
		return CREDITED;
	bool is_definite = has_the(text, hit);
	if (!is_after_verb(text, hit, &is_definite) && !is_before_verb(text, hit))
		return 0;
	/* "told the AP" is the agency; "told MAP" is anybody. */
	return hit->agency->use < AGENCY_CODE || is_definite ? LIKELY : 0;
}

/* ---- the text ---- */

struct starts {
	uint8_t first[256]; /* 1 for what names begin with */
	struct start_set all;
	uint64_t pairs; /* which letters begin names of two: a bit each */
};

static void note_starts(struct starts *starts)
{
	for (size_t i = 0; i < agency_count; i++) {
		const char *key = agency_table[i].key;
		starts->first[key[0] - 'a' + 'A'] = 1;
		if (agency_table[i].use == AGENCY_LOWER)
			starts->first[(uint8_t)key[0]] = 1;
		if (key[2] && key[2] != ' ')
			start_set_add(&starts->all, key);
		else
			starts->pairs |= UINT64_C(1) << (key[0] & 31);
	}
}

/* Behind `at` is a byte more. */
static inline bool may_begin(const struct starts *starts, struct str text, size_t at)
{
	const char *s = text.data + at;
	return (starts->pairs >> (s[0] & 31) & 1 && is_upper(s[1])) ||
	       (text.len - at > 2 && start_set_has(&starts->all, s));
}

static void add_agency(const struct reading *reading, const struct hit *hit, uint8_t confidence)
{
	role_add(reading, (struct role){
				  .kind = KIND_AGENCY,
				  .name = str_from(hit->agency->name),
				  .start = (uint32_t)hit->start,
				  .end = (uint32_t)hit->end,
				  .rule = RULE_DATELINE,
				  .confidence = confidence,
			  });
}

static void read_paragraph(const struct reading *reading, const struct starts *starts, struct hit hit)
{
	const struct str text = reading->text;
	uint32_t picked[PICK_CHUNK];
	for (size_t from = hit.from, end = hit.from; from < hit.to; from += PICK_CHUNK) {
		const size_t count = pick_bytes(text, from, hit.to, starts->first, picked);
		for (size_t i = 0; i < count; i++) {
			hit.start = picked[i];
			if (hit.start < end || hit.to - hit.start < 2 ||
			    !may_begin(starts, text, hit.start) ||
			    ends_word(text, hit.from, hit.start))
				continue;
			hit.agency = agency_at(text, hit.start, hit.to, &hit.end);
			const uint8_t confidence = hit.agency ? judge(text, &hit) : 0;
			if (hit.agency)
				end = hit.end;
			if (confidence)
				add_agency(reading, &hit, confidence);
		}
	}
}

#define TAIL 4 /* paragraphs */

static void add_field(const struct reading *reading, struct str field)
{
	const struct agency *agency = agency_of_name(field);
	if (!agency)
		return;
	role_add(reading, (struct role){
				  .kind = KIND_AGENCY,
				  .name = str_from(agency->name),
				  .rule = RULE_PUBLISHER,
				  .confidence = 100,
			  });
}

/* "Reuters", "By Claire Miller, Reuters" */
static void add_author(const struct reading *reading, struct str author)
{
	const char *comma = memrchr(author.data, ',', author.len);
	const size_t before = comma ? (size_t)(comma - author.data) + 1 : 0;
	add_field(reading, str_trim((struct str){ author.data + before, author.len - before }));
}

void roles_find_agencies(const struct reading *reading)
{
	const struct article *article = reading->article;
	if (article->source.len)
		add_field(reading, article->source);
	for (size_t i = 0; i < article->authors.count; i++) {
		if (article->authors.items[i].len)
			add_author(reading, article->authors.items[i]);
	}
	struct starts starts = { 0 };
	note_starts(&starts);
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		read_paragraph(reading, &starts,
			       (struct hit){ .from = paragraph->start,
					     .to = paragraph->end,
					     .is_tail = i + TAIL >= article->paragraph_count });
	}
}
