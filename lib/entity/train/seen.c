#include "seen.h"

#include "dateline/utf8.h"

#include <stdio.h>
#include <stdlib.h>

#define WORDS_MOST 6
#define NOTHING NAME_KINDS

/* A word (begin 0) or a name of several words, with the hash of its beginning. */
struct tally_slot {
	uint64_t hash, begin;
	uint32_t counts[NAME_KINDS + 1];
	uint32_t last_article;
	uint32_t articles;
};

struct seen_names {
	struct tagger *tagger;
	struct tally_slot *slots;
	size_t slot_count, count;
	struct spans spans;
	struct buffer text, scratch;
	uint32_t article;
};

struct seen_names *seen_new(const struct model *model)
{
	struct seen_names *seen = memory_zero(1, sizeof *seen);
	seen->tagger = tagger_new(model);
	return seen;
}

void seen_free(struct seen_names *seen)
{
	tagger_free(seen->tagger);
	free(seen->slots);
	free(seen->spans.items);
	buffer_release(&seen->text);
	buffer_release(&seen->scratch);
	free(seen);
}

/* ---- counting ---- */

static struct tally_slot *find(struct tally_slot *slots, size_t count, uint64_t hash)
{
	size_t at = (hash ^ hash >> 32) & (count - 1);
	while (slots[at].hash && slots[at].hash != hash)
		at = (at + 1) & (count - 1);
	return &slots[at];
}

static void grow(struct seen_names *seen)
{
	const size_t count = seen->slot_count ? seen->slot_count * 2 : 1 << 18;
	struct tally_slot *slots = memory_zero(count, sizeof *slots);
	for (size_t i = 0; i < seen->slot_count; i++)
		if (seen->slots[i].hash)
			*find(slots, count, seen->slots[i].hash) = seen->slots[i];
	free(seen->slots);
	seen->slots = slots;
	seen->slot_count = count;
}

static void count(struct seen_names *seen, uint64_t hash, uint64_t begin, unsigned kind)
{
	if ((seen->count + 1) * 2 > seen->slot_count)
		grow(seen);
	struct tally_slot *slot = find(seen->slots, seen->slot_count, hash);
	seen->count += !slot->hash;
	slot->hash = hash;
	slot->begin = begin;
	slot->counts[kind]++;
	if (slot->last_article != seen->article) {
		slot->last_article = seen->article;
		slot->articles++;
	}
}

static uint64_t hash_of(struct seen_names *seen, uint32_t token)
{
	const struct span span = seen->spans.items[token];
	buffer_reset(&seen->scratch);
	word_lower((struct str){ seen->text.data + span.start, span.end - span.start },
		   &seen->scratch);
	return word_hash(buffer_str(&seen->scratch));
}

static void count_name(struct seen_names *seen, const struct name *name)
{
	uint64_t hash = 0, begin = 0;
	for (uint32_t i = name->first; i <= name->last; i++) {
		const uint64_t next = hash_of(seen, i);
		begin = hash;
		hash = i > name->first ? name_hash(hash, next) : next;
		const char first = seen->text.data[seen->spans.items[i].start];
		if ((first >= 'A' && first <= 'Z') || (unsigned char)first >= 0xc3)
			count(seen, next, 0, name->kind);
	}
	if (name->last > name->first && name->last - name->first < WORDS_MOST)
		count(seen, hash, begin, name->kind);
}

/* Words with a capital that are no names; the first of a line says nothing. */
static void count_rest(struct seen_names *seen, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		const char first = seen->text.data[seen->spans.items[i].start];
		const char before = i ? seen->text.data[seen->spans.items[i - 1].start] : '.';
		if (first >= 'A' && first <= 'Z' &&
		    ((before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') ||
		     before == ','))
			count(seen, hash_of(seen, i), 0, NOTHING);
	}
}

/* ---- reading ---- */

static int hex(const char *at)
{
	int value = 0;
	for (int i = 0; i < 4; i++) {
		const char c = at[i];
		const int digit = c >= '0' && c <= '9'   ? c - '0'
				  : c >= 'a' && c <= 'f' ? c - 'a' + 10
				  : c >= 'A' && c <= 'F' ? c - 'A' + 10
							 : -1;
		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* Appends the value of a key in a line of JSON without its escapes. */
static void add_value(const char *line, const char *key, struct buffer *out)
{
	const char *at = strstr(line, key);
	if (!at)
		return;
	at += strlen(key);
	while (*at == ' ')
		at++;
	if (*at++ != '"')
		return;
	for (; *at && *at != '"'; at++) {
		if (*at != '\\') {
			buffer_add_char(out, *at);
			continue;
		}
		at++;
		if (*at == 'u' && hex(at + 1) >= 0) {
			utf8_add(out, (uint32_t)hex(at + 1));
			at += 4;
		} else if (*at) {
			buffer_add_char(out, *at == 'n' || *at == 'r' || *at == 't' ? '\n' : *at);
		}
	}
	buffer_add_char(out, '\n');
}

static void add_lines(struct seen_names *seen)
{
	const char *text = seen->text.data;
	for (size_t start = 0; start < seen->text.len;) {
		const char *stop = memchr(text + start, '\n', seen->text.len - start);
		const size_t end = stop ? (size_t)(stop - text) : seen->text.len;
		const size_t before = seen->spans.count;
		split_line(text, (uint32_t)start, (uint32_t)end, &seen->spans);
		if (seen->spans.count > before)
			tagger_add_line(seen->tagger, text, seen->spans.items + before,
					seen->spans.count - before);
		start = end + 1;
	}
}

#define CONFIDENCE_LEAST 60

static void read_article(struct seen_names *seen, const char *line)
{
	struct buffer raw = { 0 };
	add_value(line, "\"title\":", &raw);
	add_value(line, "\"body\":", &raw);
	buffer_reset(&seen->text);
	utf8_clean(buffer_str(&raw), &seen->text);
	buffer_release(&raw);
	seen->spans.count = 0;
	seen->article++;
	tagger_begin(seen->tagger);
	add_lines(seen);
	size_t names_count;
	const struct name *names = tagger_run(seen->tagger, &names_count);
	uint32_t done = 0;
	for (size_t i = 0; i < names_count; i++) {
		count_rest(seen, done, names[i].first);
		if (names[i].confidence >= CONFIDENCE_LEAST)
			count_name(seen, &names[i]);
		done = names[i].last + 1;
	}
	count_rest(seen, done, (uint32_t)seen->spans.count);
}

enum status seen_read(struct seen_names *seen, const char *path, struct error *err)
{
	FILE *file = fopen(path, "re");
	if (!file)
		return error_system(err, "open", path);
	char *line = NULL;
	size_t size = 0;
	while (getline(&line, &size, file) >= 0)
		read_article(seen, line);
	free(line);
	fclose(file);
	return STATUS_OK;
}

/* ---- marking ---- */

#define NAME_LEAST 2 /* articles */
#define WORD_LEAST 3

void seen_mark(const struct seen_names *seen, struct lists *lists)
{
	for (size_t i = 0; i < seen->slot_count; i++) {
		const struct tally_slot *slot = &seen->slots[i];
		if (!slot->hash || slot->articles < (slot->begin ? NAME_LEAST : WORD_LEAST))
			continue;
		uint32_t total = 0, best = 0;
		for (uint32_t k = 0; k <= NOTHING; k++) {
			total += slot->counts[k];
			best = slot->counts[k] > slot->counts[best] ? k : best;
		}
		if (slot->counts[best] * 2 < total)
			continue;
		const bool surely = (uint64_t)slot->counts[best] * 10 >= (uint64_t)total * 9;
		lists_mark(lists, slot->hash,
			   (uint32_t)SEEN_PERSON << best | (surely ? SEEN_SURELY : 0));
		if (slot->begin)
			lists_mark(lists, slot->begin, LIST_BEGINS);
	}
}
