#include "dateline/record.h"

#include "record_codes.h"

#include "dateline/deflate.h"
#include "dateline/intern.h"

#include <endian.h>
#include <libdeflate.h>
#include <stdlib.h>

#define RECORD_MARK 'D'
#define CHECKSUM_AT 2
#define SEED_AT 10 /* and from here on counts what the checksum is of */
#define BODY_AT 18

/*
 * Of news, libdeflate at its quickest leaves 47 % of long articles and 58 % of short ones, and takes a fifth of all the time of preparing
 * them. Codes that were found once leave 51 and 61 %, in 0.4 times the time. Whatever they leave more than DEFLATED_POOR percent of is very
 * short, or of another kind, and libdeflate does better.
 */
#define DEFLATED_POOR 80

/* Deflate spends two bits at least on 258 bytes: what says that it holds more is no record. */
#define DEFLATE_RATIO_MAX 1032

/* A head has some 200 bytes; what is longer costs its reader a second look. */
#define HEAD_LIKELY_MAX 512

/* Room that one long article needed is not kept for the short ones behind it. */
#define PLAIN_KEPT_MAX ((size_t)1 << 20)

enum record_flag {
	FLAG_GIVES_PEOPLE = 1,
	FLAG_GIVES_ORGS = 2,
	FLAG_GIVES_PLACES = 4,
	FLAG_SINGLE = 8,
	FLAG_ZONE = 16,
	FLAG_TITLE_FIRST = 32, /* the text begins with the title, and is stored without it */
};

struct record_writer {
	struct deflate *deflate;
	struct buffer plain;
};

struct record_writer *record_writer_new(void)
{
	struct record_writer *writer = memory_zero(1, sizeof(*writer));
	writer->deflate = deflate_new(&record_codes);
	return writer;
}

void record_writer_free(struct record_writer *writer)
{
	if (!writer)
		return;
	deflate_free(writer->deflate);
	buffer_release(&writer->plain);
	free(writer);
}

/* ---- what stands in front, and mixing ---- */

static void put_number(char *to, uint64_t number)
{
	for (int i = 0; i < 8; i++)
		to[i] = (char)(number >> (56 - 8 * i));
}

static uint64_t number_at(const char *from)
{
	uint64_t number = 0;
	for (int i = 0; i < 8; i++)
		number = number << 8 | (unsigned char)from[i];
	return number;
}

uint64_t record_checksum(struct str bytes)
{
	return bytes.len < BODY_AT ? 0 : number_at(bytes.data + CHECKSUM_AT);
}

/* The generator SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). */
static uint64_t next_noise(uint64_t *state)
{
	uint64_t word = *state += UINT64_C(0x9E3779B97F4A7C15);
	word = (word ^ word >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	word = (word ^ word >> 27) * UINT64_C(0x94D049BB133111EB);
	return word ^ word >> 31;
}

/*
 * Takes the words of the generator least significant byte first. Mixing twice with one seed gives back what was, and the
 * start of it can be had without the rest. `to` and `from` may be the same.
 */
static void mix(char *to, const char *from, size_t len, uint64_t seed)
{
	size_t at = 0;
	for (; len - at >= 8; at += 8) {
		uint64_t word;
		memcpy(&word, from + at, 8);
		word ^= htole64(next_noise(&seed));
		memcpy(to + at, &word, 8);
	}
	for (uint64_t word = next_noise(&seed); at < len; at++, word >>= 8)
		to[at] = (char)(from[at] ^ (char)word);
}

/* ---- writing ---- */

static void add_date(const struct date *date, struct buffer *out)
{
	const char finer[] = { (char)date->month, (char)date->day, (char)date->hour,
			       (char)date->minute, (char)date->second };
	buffer_add_char(out, (char)date->precision);
	if (date->precision == DATE_NONE)
		return;
	buffer_add_varint(out, (uint16_t)date->year);
	buffer_add(out, finer, sizeof(finer));
	if (date->has_zone)
		buffer_add_varint(out, (uint16_t)date->zone);
}

static void add_list(const struct str_list *list, struct buffer *out)
{
	buffer_add_varint(out, list->count);
	for (size_t i = 0; i < list->count; i++)
		buffer_add_counted(out, list->items[i]);
}

/* As text_builder_finish leaves it; whoever has it otherwise gets it back otherwise. */
static bool title_is_first(const struct article *article)
{
	const struct str start = { article->text.data, article->title.len };
	return article->title.len <= article->text.len && str_equal(article->title, start);
}

static unsigned flags_of(const struct article *article)
{
	return (article->gives_people ? FLAG_GIVES_PEOPLE : 0) |
	       (article->gives_orgs ? FLAG_GIVES_ORGS : 0) |
	       (article->gives_places ? FLAG_GIVES_PLACES : 0) |
	       (article->origin.is_single ? FLAG_SINGLE : 0) |
	       (article->published.has_zone ? FLAG_ZONE : 0) |
	       (title_is_first(article) ? FLAG_TITLE_FIRST : 0);
}

static void add_head(const struct article *article, struct buffer *out)
{
	buffer_add_char(out, (char)flags_of(article));
	buffer_add_counted(out, article->id);
	buffer_add_counted(out, article->title);
	add_date(&article->published, out);
	buffer_add_counted(out, article->source);
	buffer_add_counted(out, article->url);
}

static void add_fields(const struct article *article, struct buffer *out)
{
	buffer_add_counted(out, article->section);
	buffer_add_counted(out, article->language);
	buffer_add_counted(out, article->dateline);
	add_list(&article->authors, out);
	add_list(&article->topics, out);
	add_list(&article->people, out);
	add_list(&article->orgs, out);
	add_list(&article->places, out);
	buffer_add_varint(out, article->replaced);
	buffer_add_varint(out, article->cut);
	buffer_add_counted(out, article->origin.path);
	buffer_add_varint(out, article->origin.line);
	buffer_add_varint(out, article->origin.record);
}

/* Spans are written by their distance from the end of the one before, modulo 2^32, and their length. */
static void add_span(uint32_t start, uint32_t end, uint32_t *before, struct buffer *out)
{
	buffer_add_varint(out, (uint32_t)(start - *before));
	buffer_add_varint(out, end - start);
	*before = end;
}

static void add_entities(const struct record *record, struct buffer *out)
{
	buffer_add_varint(out, record->entity_count);
	for (size_t i = 0; i < record->entity_count; i++) {
		buffer_add_char(out, (char)record->entities[i].kind);
		buffer_add_counted(out, record->entities[i].name);
		add_list(&record->entities[i].variants, out);
		buffer_add_char(out, (char)record->entities[i].confidence);
	}
}

static void add_mentions(const struct record *record, struct buffer *out)
{
	uint32_t before = 0;
	buffer_add_varint(out, record->mention_count);
	for (size_t i = 0; i < record->mention_count; i++) {
		const struct mention *mention = &record->mentions[i];
		add_span(mention->start, mention->end, &before, out);
		buffer_add_varint(out, mention->entity);
		buffer_add_char(out, (char)mention->rule);
		buffer_add_char(out, (char)mention->confidence);
	}
}

static void add_paragraphs(const struct article *article, struct buffer *out)
{
	uint32_t before = 0;
	buffer_add_varint(out, article->paragraph_count);
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const struct paragraph *paragraph = &article->paragraphs[i];
		add_span(paragraph->start, paragraph->end, &before, out);
		buffer_add_char(out, (char)paragraph->kind);
	}
}

static void add_text(const struct article *article, struct buffer *out)
{
	const size_t skipped = title_is_first(article) ? article->title.len : 0;
	buffer_add(out, article->text.data + skipped, article->text.len - skipped);
}

/* What no index takes is not worth compressing, and could not be read again: it stays as large as it is. */
static void add_deflated(struct record_writer *writer, struct buffer *out)
{
	const struct str plain = buffer_str(&writer->plain);
	buffer_add_varint(out, plain.len);
	if (plain.len > RECORD_REST_MAX) {
		buffer_add_str(out, plain);
		return;
	}
	char *to = buffer_extend(out, deflate_room(plain.len));
	const size_t len = deflate_shorter(writer->deflate, plain, DEFLATED_POOR, to);
	out->len = (size_t)(to - out->data) + len;
	out->data[out->len] = '\0';
}

static void add_body(struct record_writer *writer, const struct record *record, struct buffer *out)
{
	struct buffer *plain = &writer->plain;
	buffer_reset(plain);
	add_head(&record->article, plain);
	buffer_add_counted(out, buffer_str(plain));
	buffer_reset(plain);
	add_fields(&record->article, plain);
	add_entities(record, plain);
	add_mentions(record, plain);
	add_paragraphs(&record->article, plain);
	add_text(&record->article, plain);
	add_deflated(writer, out);
	if (plain->capacity > PLAIN_KEPT_MAX)
		buffer_release(plain);
}

uint64_t record_encode(struct record_writer *writer, const struct record *record, struct buffer *out)
{
	const size_t start = out->len;
	buffer_extend(out, BODY_AT);
	add_body(writer, record, out);
	char *front = out->data + start, *body = front + BODY_AT;
	const size_t len = out->len - start - BODY_AT;
	const uint64_t seed = hash_bytes(body, len);
	mix(body, body, len, seed);
	front[0] = RECORD_MARK;
	front[1] = RECORD_VERSION;
	put_number(front + SEED_AT, seed);
	const uint64_t checksum = hash_bytes(front + SEED_AT, BODY_AT - SEED_AT + len);
	put_number(front + CHECKSUM_AT, checksum);
	return checksum;
}

/* ---- reading ---- */

/* Once something did not fit, nothing more is read: one look at `failed` at the end is enough. */
struct reading {
	const char *at, *end;
	struct arena *arena;
	bool failed;
};

static uint64_t get_number(struct reading *reading, uint64_t max)
{
	uint64_t number;
	if (!reading->failed && varint_read(&reading->at, reading->end, &number) && number <= max)
		return number;
	reading->failed = true;
	return 0;
}

static unsigned get_byte(struct reading *reading, unsigned max)
{
	if (!reading->failed && reading->at < reading->end) {
		const unsigned byte = (unsigned char)*reading->at++;
		if (byte <= max)
			return byte;
	}
	reading->failed = true;
	return 0;
}

static struct str get_text(struct reading *reading)
{
	struct str text;
	if (!reading->failed && counted_read(&reading->at, reading->end, &text))
		return arena_copy(reading->arena, text);
	reading->failed = true;
	return STR("");
}

/* How many things follow, of at least `size` bytes each: so a wrong number cannot ask for much memory. */
static size_t get_count(struct reading *reading, size_t size)
{
	const size_t count = (size_t)get_number(reading, SIZE_MAX);
	if (count <= (size_t)(reading->end - reading->at) / size)
		return count;
	reading->failed = true;
	return 0;
}

static struct date get_date(struct reading *reading, bool has_zone)
{
	struct date date = { .precision = (uint8_t)get_byte(reading, DATE_SECOND) };
	if (date.precision == DATE_NONE)
		return date;
	date.year = (int16_t)get_number(reading, UINT16_MAX);
	date.month = (uint8_t)get_byte(reading, 12);
	date.day = (uint8_t)get_byte(reading, 31);
	date.hour = (uint8_t)get_byte(reading, 23);
	date.minute = (uint8_t)get_byte(reading, 59);
	date.second = (uint8_t)get_byte(reading, 60);
	date.has_zone = has_zone;
	if (has_zone)
		date.zone = (int16_t)get_number(reading, UINT16_MAX);
	return date;
}

static struct str_list get_list(struct reading *reading)
{
	struct str_list list = { .count = get_count(reading, 1) };
	list.items = arena_alloc(reading->arena, list.count * sizeof(*list.items));
	for (size_t i = 0; i < list.count; i++)
		list.items[i] = get_text(reading);
	return list;
}

/* True in *title_first when the text begins with the title. */
static void get_head(struct reading *reading, struct article *article, bool *title_first)
{
	const unsigned flags = get_byte(reading, 2 * FLAG_TITLE_FIRST - 1);
	article->gives_people = flags & FLAG_GIVES_PEOPLE;
	article->gives_orgs = flags & FLAG_GIVES_ORGS;
	article->gives_places = flags & FLAG_GIVES_PLACES;
	article->origin.is_single = flags & FLAG_SINGLE;
	article->id = get_text(reading);
	article->title = get_text(reading);
	article->published = get_date(reading, flags & FLAG_ZONE);
	article->source = get_text(reading);
	article->url = get_text(reading);
	*title_first = flags & FLAG_TITLE_FIRST;
}

static void get_fields(struct reading *reading, struct article *article)
{
	article->section = get_text(reading);
	article->language = get_text(reading);
	article->dateline = get_text(reading);
	article->authors = get_list(reading);
	article->topics = get_list(reading);
	article->people = get_list(reading);
	article->orgs = get_list(reading);
	article->places = get_list(reading);
	article->replaced = (uint32_t)get_number(reading, UINT32_MAX);
	article->cut = get_number(reading, UINT64_MAX);
	article->origin.path = get_text(reading);
	article->origin.line = get_number(reading, UINT64_MAX);
	article->origin.record = get_number(reading, UINT64_MAX);
}

static void get_span(struct reading *reading, uint32_t *start, uint32_t *end, uint32_t *before)
{
	*start = *before + (uint32_t)get_number(reading, UINT32_MAX);
	*end = *start + (uint32_t)get_number(reading, UINT32_MAX);
	*before = *end;
	if (*end < *start)
		reading->failed = true;
}

static void get_entities(struct reading *reading, struct record *record)
{
	record->entity_count = get_count(reading, 4);
	record->entities =
		arena_alloc(reading->arena, record->entity_count * sizeof(*record->entities));
	for (size_t i = 0; i < record->entity_count; i++) {
		struct entity *entity = &record->entities[i];
		entity->kind = (enum facet_kind)get_byte(reading, KIND_COUNT - 1);
		entity->name = get_text(reading);
		entity->variants = get_list(reading);
		entity->confidence = (uint8_t)get_byte(reading, 100);
	}
}

static void get_mentions(struct reading *reading, struct record *record)
{
	uint32_t before = 0;
	record->mention_count = get_count(reading, 5);
	record->mentions =
		arena_alloc(reading->arena, record->mention_count * sizeof(*record->mentions));
	for (size_t i = 0; i < record->mention_count; i++) {
		struct mention *mention = &record->mentions[i];
		get_span(reading, &mention->start, &mention->end, &before);
		mention->entity = (uint32_t)get_number(reading, UINT32_MAX);
		mention->rule = (uint8_t)get_byte(reading, UINT8_MAX);
		mention->confidence = (uint8_t)get_byte(reading, UINT8_MAX);
		if (mention->entity >= record->entity_count)
			reading->failed = true;
	}
}

static void get_paragraphs(struct reading *reading, struct article *article)
{
	uint32_t before = 0;
	article->paragraph_count = get_count(reading, 3);
	article->paragraphs = arena_alloc(reading->arena,
					  article->paragraph_count * sizeof(*article->paragraphs));
	for (size_t i = 0; i < article->paragraph_count; i++) {
		struct paragraph *paragraph = &article->paragraphs[i];
		get_span(reading, &paragraph->start, &paragraph->end, &before);
		paragraph->kind = get_byte(reading, PARAGRAPH_HEADING);
	}
}

/* The text is all that is left, behind the title where it begins with that. */
static void get_article_text(struct reading *reading, bool title_first, struct article *article)
{
	const size_t skipped = title_first ? article->title.len : 0;
	const size_t len = (size_t)(reading->end - reading->at);
	if (reading->failed || len > ARTICLE_TEXT_MAX || skipped > ARTICLE_TEXT_MAX - len) {
		reading->failed = true;
		return;
	}
	char *text = arena_alloc(reading->arena, skipped + len + 1);
	memcpy(text, article->title.data, skipped);
	memcpy(text + skipped, reading->at, len);
	text[skipped + len] = '\0';
	article->text = (struct str){ text, skipped + len };
	if (title_first)
		article->title.data = text;
}

/* Nobody who follows a span leaves the text. */
static bool spans_fit(const struct record *record)
{
	const struct article *article = &record->article;
	for (size_t i = 0; i < article->paragraph_count; i++)
		if (article->paragraphs[i].end > article->text.len)
			return false;
	for (size_t i = 0; i < record->mention_count; i++)
		if (record->mentions[i].end > article->text.len)
			return false;
	return true;
}

static enum status damaged(struct error *err, const char *how)
{
	return error_set(err, STATUS_CORRUPT, "a stored article is damaged (%s)", how);
}

static enum status check_front(struct str bytes, struct error *err)
{
	if (bytes.len < BODY_AT || bytes.data[0] != RECORD_MARK)
		return damaged(err, "this is no record");
	if (bytes.data[1] != RECORD_VERSION)
		return damaged(err, "its version is not known");
	if (hash_bytes(bytes.data + SEED_AT, bytes.len - SEED_AT) != record_checksum(bytes))
		return damaged(err, "its checksum is wrong");
	return STATUS_OK;
}

/* The first bytes of the body, `max` at most, unmixed. */
static struct str unmix(struct str bytes, size_t max, struct arena *arena)
{
	const size_t whole = bytes.len - BODY_AT;
	const size_t len = whole < max ? whole : max;
	char *plain = arena_alloc(arena, len);
	mix(plain, bytes.data + BODY_AT, len, number_at(bytes.data + SEED_AT));
	return (struct str){ plain, len };
}

static bool read_head(struct str body, struct arena *arena, struct article *article,
		      bool *title_first, struct str *rest)
{
	struct str head;
	const char *at = body.data, *end = at + body.len;
	if (!counted_read(&at, end, &head))
		return false;
	*rest = (struct str){ at, (size_t)(end - at) };
	struct reading reading = { head.data, head.data + head.len, arena, false };
	get_head(&reading, article, title_first);
	return !reading.failed && reading.at == reading.end;
}

static bool inflate(struct str rest, struct arena *arena, struct str *plain)
{
	uint64_t len;
	const char *at = rest.data, *end = at + rest.len;
	if (!varint_read(&at, end, &len) || len > RECORD_REST_MAX ||
	    len / DEFLATE_RATIO_MAX > (uint64_t)(end - at))
		return false;
	struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
	if (!decompressor)
		memory_exhausted();
	char *to = arena_alloc(arena, (size_t)len);
	const enum libdeflate_result result = libdeflate_deflate_decompress(
		decompressor, at, (size_t)(end - at), to, (size_t)len, NULL);
	libdeflate_free_decompressor(decompressor);
	*plain = (struct str){ to, (size_t)len };
	return result == LIBDEFLATE_SUCCESS;
}

static bool read_rest(struct str rest, bool title_first, struct arena *arena, struct record *record)
{
	struct str plain;
	if (!inflate(rest, arena, &plain))
		return false;
	struct reading reading = { plain.data, plain.data + plain.len, arena, false };
	get_fields(&reading, &record->article);
	get_entities(&reading, record);
	get_mentions(&reading, record);
	get_paragraphs(&reading, &record->article);
	get_article_text(&reading, title_first, &record->article);
	return !reading.failed && spans_fit(record);
}

static enum status decode_head(struct str bytes, struct arena *arena, struct record *record,
			       struct error *err)
{
	bool title_first;
	struct str rest;
	if (read_head(unmix(bytes, HEAD_LIKELY_MAX, arena), arena, &record->article, &title_first,
		      &rest) ||
	    read_head(unmix(bytes, SIZE_MAX, arena), arena, &record->article, &title_first, &rest))
		return STATUS_OK;
	return damaged(err, "its shape is wrong");
}

static enum status decode_all(struct str bytes, struct arena *arena, struct record *record,
			      struct error *err)
{
	bool title_first;
	struct str rest;
	if (read_head(unmix(bytes, SIZE_MAX, arena), arena, &record->article, &title_first, &rest) &&
	    read_rest(rest, title_first, arena, record))
		return STATUS_OK;
	return damaged(err, "its shape is wrong");
}

enum status record_decode(struct str bytes, enum record_parts parts, struct arena *arena,
			  struct record *record, struct error *err)
{
	*record = (struct record){ 0 };
	const enum status status = check_front(bytes, err);
	if (status != STATUS_OK)
		return status;
	return parts == RECORD_HEAD ? decode_head(bytes, arena, record, err)
				    : decode_all(bytes, arena, record, err);
}
