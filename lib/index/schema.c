#include "dateline/schema.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stdlib.h>

static const char kind_letters[KIND_COUNT] = {
	[KIND_PERSON] = 'P',   [KIND_ORG] = 'O',    [KIND_PLACE] = 'L',   [KIND_OTHER] = 'X',
	[KIND_SOURCE] = 'S',   [KIND_AUTHOR] = 'A', [KIND_TOPIC] = 'T',   [KIND_SECTION] = 'C',
	[KIND_LANGUAGE] = 'G', [KIND_AGENCY] = 'W', [KIND_SPEAKER] = 'Q', [KIND_DATELINE] = 'D',
	[KIND_WHEN] = 'N',
};

char schema_kind_letter(enum facet_kind kind)
{
	return kind_letters[kind];
}

/* ---- terms ---- */

#define HASH_DIGITS 32

static void add_hash(const void *data, size_t len, struct buffer *out)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[16];
	hash_bytes_128(data, len, hash);
	char *to = buffer_extend(out, HASH_DIGITS);
	for (size_t i = 0; i < sizeof(hash); i++) {
		*to++ = digits[hash[i] >> 4];
		*to++ = digits[hash[i] & 15];
	}
}

/* How long libxapian takes a term to be: it writes two bytes for a NUL. */
static size_t weigh(const char *term, size_t len)
{
	size_t weight = len;
	for (const char *at = term, *end = term + len; (at = memchr(at, '\0', (size_t)(end - at)));
	     at++)
		weight++;
	return weight;
}

/*
 * Makes the term that begins at `start` and whose key begins at `key` (offsets in out) fit. A term that is whole
 * weighs less than SCHEMA_TERM_MAX and one that was shortened exactly that, so neither can be taken for the
 * other.
 */
static void fit_term(struct buffer *out, size_t start, size_t key)
{
	const size_t len = out->len - start;
	if (len < SCHEMA_TERM_MAX / 2 || weigh(out->data + start, len) < SCHEMA_TERM_MAX)
		return;
	struct buffer hash = { 0 };
	add_hash(out->data + key, out->len - key, &hash);
	const size_t room = SCHEMA_TERM_MAX - HASH_DIGITS;
	size_t kept = utf8_cut((struct str){ out->data + start, len }, room);
	while (weigh(out->data + start, kept) > room)
		kept = utf8_cut((struct str){ out->data + start, len }, kept - 1);
	out->len = start + kept;
	for (size_t i = weigh(out->data + start, kept); i < room; i++)
		buffer_add_char(out, '#');
	buffer_add_str(out, buffer_str(&hash));
	buffer_release(&hash);
}

void schema_value_term(const struct field *field, struct str value, struct buffer *out)
{
	const size_t start = out->len;
	buffer_add_text(out, field->prefix);
	const size_t key = out->len;
	if (field->role == FIELD_ID)
		buffer_add_str(out, value);
	else
		utf8_name_key(value, out);
	fit_term(out, start, key);
}

void schema_word_term(const char *prefix, struct str word, struct buffer *out)
{
	const size_t start = out->len;
	buffer_add_text(out, prefix);
	const size_t key = out->len;
	buffer_add_str(out, word);
	fit_term(out, start, key);
}

/* Two digits, or XX for what is not known. */
static char *add_part(bool known, unsigned number, char *to)
{
	if (known)
		return date_digits(to, number, 2);
	*to++ = 'X';
	*to++ = 'X';
	return to;
}

size_t schema_date_terms(const struct date *date, char terms[3][16])
{
	if (date->precision == DATE_NONE) {
		memcpy(terms[0], "Yundated", sizeof("Yundated"));
		return 1;
	}
	for (int i = 0; i < 3; i++) {
		char *to = terms[i];
		*to++ = "YMD"[i];
		to = date_digits(to, (unsigned)date->year, 4);
		if (i >= 1)
			to = add_part(date->precision >= DATE_MONTH, date->month, to);
		if (i == 2)
			to = add_part(date->precision >= DATE_DAY, date->day, to);
		*to = '\0';
	}
	return 3;
}

/* The term of a date to such a precision. */
static void add_when_term(const char *prefix, const struct date *date,
			  enum date_precision precision, char term[16])
{
	char *to = stpcpy(term, prefix);
	to = date_digits(to, (unsigned)date->year, 4);
	if (precision >= DATE_MONTH)
		to = date_digits(to, date->month, 2);
	if (precision >= DATE_DAY)
		to = date_digits(to, date->day, 2);
	*to = '\0';
}

size_t schema_when_terms(const struct date *date, char terms[3][16])
{
	size_t count = 0;
	if (date->precision >= DATE_YEAR)
		add_when_term(PREFIX_WHEN_YEAR, date, DATE_YEAR, terms[count++]);
	if (date->precision >= DATE_MONTH)
		add_when_term(PREFIX_WHEN_MONTH, date, DATE_MONTH, terms[count++]);
	if (date->precision >= DATE_DAY)
		add_when_term(PREFIX_WHEN_DAY, date, DATE_DAY, terms[count++]);
	return count;
}

struct date schema_when_date(uint32_t number)
{
	return (struct date){
		.year = (int16_t)WHEN_YEAR(number),
		.month = (uint8_t)WHEN_MONTH(number),
		.day = (uint8_t)WHEN_DAY(number),
		.precision = WHEN_DAY(number)     ? DATE_DAY
			     : WHEN_MONTH(number) ? DATE_MONTH
						  : DATE_YEAR,
	};
}

void schema_alias_kind(enum facet_kind kind, struct buffer *out)
{
	buffer_add_text(out, PREFIX_ALIAS);
	buffer_add_char(out, schema_kind_letter(kind));
}

bool schema_alias_read(struct str term, struct str *variant, struct str *name)
{
	const size_t prefix = sizeof(PREFIX_ALIAS); /* with the letter of the kind */
	const char *parted = memchr(term.data, ALIAS_PARTED, term.len);
	if (!parted || (size_t)(parted - term.data) < prefix)
		return false;
	*variant = (struct str){ term.data + prefix, (size_t)(parted - term.data) - prefix };
	*name = (struct str){ parted + 1, (size_t)(term.data + term.len - parted) - 1 };
	return true;
}

bool schema_alias_prefix(enum facet_kind kind, struct str variant, struct buffer *out)
{
	const size_t start = out->len;
	schema_alias_kind(kind, out);
	const size_t key = out->len;
	utf8_name_key(variant, out);
	const bool fits = out->len > key &&
			  weigh(out->data + start, out->len - start) + 1 < SCHEMA_TERM_MAX;
	if (fits)
		buffer_add_char(out, ALIAS_PARTED);
	else
		out->len = start;
	return fits;
}

bool schema_alias_term(enum facet_kind kind, struct str variant, struct str name, struct buffer *out)
{
	const size_t start = out->len;
	if (!schema_alias_prefix(kind, variant, out))
		return false;
	const size_t key = out->len;
	utf8_name_key(name, out);
	const bool fits = out->len > key &&
			  weigh(out->data + start, out->len - start) < SCHEMA_TERM_MAX;
	if (!fits)
		out->len = start;
	return fits;
}

void schema_any_term(enum facet_kind kind, struct buffer *out)
{
	buffer_add_text(out, PREFIX_ANY);
	buffer_add_char(out, schema_kind_letter(kind));
}

void schema_file_term(struct str path, struct buffer *out)
{
	buffer_add_text(out, PREFIX_FILE);
	add_hash(path.data, path.len, out);
}

void schema_stemmer_term(struct str code, struct buffer *out)
{
	buffer_add_text(out, PREFIX_STEMMER);
	buffer_add_str(out, code);
}

/* ---- metadata keys ---- */

static void add_key(const char *start, enum facet_kind kind, uint32_t number, struct buffer *out)
{
	const char bytes[4] = { (char)(number >> 24), (char)(number >> 16), (char)(number >> 8),
				(char)number };
	buffer_add_text(out, start);
	buffer_add_char(out, schema_kind_letter(kind));
	buffer_add(out, bytes, sizeof(bytes));
}

void schema_entity_key(enum facet_kind kind, uint32_t number, struct buffer *out)
{
	add_key(META_ENTITY, kind, number, out);
}

void schema_spellings_key(enum facet_kind kind, uint32_t number, struct buffer *out)
{
	add_key(META_SPELLINGS, kind, number, out);
}

/* What fits into a term fits into a key: those may have 253 bytes. */
void schema_number_key(enum facet_kind kind, struct str name, struct buffer *out)
{
	const size_t start = out->len;
	buffer_add_text(out, META_NUMBER);
	buffer_add_char(out, schema_kind_letter(kind));
	const size_t key = out->len;
	utf8_name_key(name, out);
	fit_term(out, start, key);
}

bool schema_number_read(struct str value, uint32_t *number)
{
	const char *at = value.data, *end = value.data + value.len;
	uint64_t read;
	if (!value.len || !varint_read(&at, end, &read) || at != end || read > UINT32_MAX)
		return false;
	*number = (uint32_t)read;
	return true;
}

/* ---- the facet column ---- */

static int compare_values(const void *a, const void *b)
{
	const struct facet_value *left = a, *right = b;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return (left->number > right->number) - (left->number < right->number);
}

/* Encodes the numbers of one kind, behind the room for kind, count and size that is not known before. */
static void encode_group(const struct facet_value *values, size_t count, struct buffer *numbers,
			 struct buffer *out)
{
	buffer_reset(numbers);
	for (size_t i = 0; i < count; i++)
		buffer_add_varint(numbers, i ? values[i].number - values[i - 1].number - 1
					     : values[i].number);
	buffer_add_char(out, (char)values[0].kind);
	buffer_add_varint(out, count);
	buffer_add_varint(out, numbers->len);
	buffer_add_str(out, buffer_str(numbers));
}

void facet_column_encode(struct facet_value *values, size_t count, struct buffer *out)
{
	struct buffer numbers = { 0 };
	if (count)
		qsort(values, count, sizeof(*values), compare_values);
	for (size_t first = 0, next; first < count; first = next) {
		next = first + 1;
		while (next < count && values[next].kind == values[first].kind)
			next++;
		encode_group(values + first, next - first, &numbers, out);
	}
	buffer_release(&numbers);
}

/* Each number takes one to five bytes, and the last of all ends one. */
static bool is_whole(const struct facet_group *group, uint64_t count)
{
	const uint64_t bytes = (uint64_t)(group->end - group->at);
	return count && count <= bytes && bytes <= count * 5 && !(group->end[-1] & 0x80);
}

bool facet_group_read(const char **at, const char *end, struct facet_group *group)
{
	const char *s = *at;
	uint64_t count, bytes;
	if (s == end)
		return false;
	const unsigned kind = (unsigned char)*s++;
	if (kind == KIND_NONE || kind >= KIND_COUNT || !varint_read(&s, end, &count) ||
	    !varint_read(&s, end, &bytes) || bytes > (uint64_t)(end - s))
		return false;
	*group = (struct facet_group){ (enum facet_kind)kind, (uint32_t)count, s, s + bytes };
	if (!is_whole(group, count))
		return false;
	*at = s + bytes;
	return true;
}

void facet_confidence_encode(const struct facet_value *values, size_t count, struct buffer *out)
{
	bool is_sure = true;
	for (size_t i = 0; i < count && is_sure; i++)
		is_sure = values[i].confidence == 100;
	for (size_t i = 0; i < count && !is_sure; i++)
		buffer_add_char(out, (char)values[i].confidence);
}

/* ---- sentences ---- */

void sentence_numbers_encode(const uint32_t *numbers, size_t count, struct buffer *out)
{
	buffer_add_varint(out, count);
	for (size_t i = 0; i < count; i++)
		buffer_add_varint(out, i ? numbers[i] - numbers[i - 1] - 1 : numbers[i]);
}

void facet_sentences_encode(const struct facet_value *values, size_t count, struct buffer *out)
{
	bool has_any = false;
	for (size_t i = 0; i < count && !has_any; i++)
		has_any = values[i].sentences.len > 0;
	for (size_t i = 0; i < count && has_any; i++)
		if (values[i].sentences.len)
			buffer_add_str(out, values[i].sentences);
		else
			buffer_add_char(out, '\0');
}

bool facet_sentences_read(const char **at, const char *end, struct sentence_group *group)
{
	const char *s = *at;
	uint64_t count;
	if (s == end || !varint_read(&s, end, &count) || count > (uint64_t)(end - s))
		return false;
	*group = (struct sentence_group){ .count = (uint32_t)count, .at = s };
	/* Each number has one byte without the top bit, its last. */
	for (; count && s < end; s++)
		count -= !(*s & 0x80);
	if (count)
		return false;
	group->end = *at = s;
	return true;
}

/* ---- names that count for others ---- */

void schema_merged_key(enum facet_kind kind, struct buffer *out)
{
	buffer_add_text(out, META_MERGED);
	buffer_add_char(out, schema_kind_letter(kind));
}

static int compare_pairs(const void *a, const void *b)
{
	const struct merged_pair *left = a, *right = b;
	return (left->from > right->from) - (left->from < right->from);
}

void merged_encode(struct merged_pair *pairs, size_t count, struct buffer *out)
{
	uint32_t before = 0;
	if (count)
		qsort(pairs, count, sizeof(*pairs), compare_pairs);
	for (size_t i = 0; i < count; i++) {
		buffer_add_varint(out, pairs[i].from - before);
		buffer_add_varint(out, pairs[i].to);
		before = pairs[i].from;
	}
}

bool merged_read(const char **at, const char *end, struct merged_pair *pair)
{
	const char *s = *at;
	uint64_t apart, to;
	if (s == end || !varint_read(&s, end, &apart) || !varint_read(&s, end, &to) ||
	    apart > UINT32_MAX - pair->from || to > UINT32_MAX)
		return false;
	*pair = (struct merged_pair){ pair->from + (uint32_t)apart, (uint32_t)to };
	*at = s;
	return true;
}
