/*
 * Values by their beginning. Names are also found by their other words, in two ways: by what articles call them (the alias
 * terms, which are sorted by that: "ollongren" leads to Kajsa Ollongren), and by going through all names of a kind. The second finds
 * more, and takes 7 ms for 100,000 names, so it is done as long as the names are not too many.
 */
#include "complete_inside.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* Names that are gone through, of one field, and of all together when no field is named. */
#define WALKED_MAX 200000
#define WALKED_TOGETHER_MAX 100000

/* One letter begins a word of nearly every name: only those that it begins are meant. */
#define WALKED_START_MIN 2 /* bytes */

/* Terms that begin alike, or have a word that does. */
#define TERMS_MAX 50000

/* Of these, so many times as many as are wanted are looked at closer: some count for one another, and some for more than their own name. */
#define CLOSER_TIMES 2
#define CLOSER_MIN 16

/* ---- writing ---- */

/* Can it stand behind a field as it is? */
static bool is_one_word(struct str value)
{
	for (size_t at = 0, bytes; at < value.len; at += bytes) {
		const uint32_t code = utf8_decode(value.data + at, value.len - at, &bytes);
		/* Parentheses, also the full-width ones. */
		if (utf8_is_blank(code) || code == '(' || code == ')' || code == 0xFF08 ||
		    code == 0xFF09)
			return false;
	}
	return value.len > 0;
}

/* A quote in it would end it: no way of writing such a value is left. */
static bool has_quote(struct str value)
{
	static const char *const quotes[] = { "\"", "“", "”", "„", "‟", "＂" };
	for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++)
		if (memmem(value.data, value.len, quotes[i], strlen(quotes[i])))
			return true;
	return false;
}

/* `before` is all that was typed before the value, or with `name` only the signs before the field. */
static void add_value(struct completing *completing, const struct field *field, struct str before,
		      bool name, struct str value, uint32_t count)
{
	struct buffer text = { 0 };
	if (has_quote(value))
		return;
	buffer_add_str(&text, before);
	if (name)
		buffer_add_format(&text, "%s:", field->name);
	const char *quote = is_one_word(value) ? "" : "\"";
	buffer_add_format(&text, "%s%.*s%s", quote, STR_ARG(value), quote);
	complete_add(completing, field, buffer_str(&text), value, count);
	buffer_release(&text);
}

/* ---- names ---- */

struct candidate {
	struct str key;
	uint32_t count; /* articles; at least */
};

struct candidates {
	struct intern keys;
	struct candidate *items; /* by number of the key */
	size_t room;
};

static void add_candidate(struct candidates *candidates, struct str key, uint32_t count)
{
	bool is_new;
	const uint32_t number = intern_add(&candidates->keys, key, &is_new);
	memory_reserve(&candidates->items, &candidates->room, number, sizeof(*candidates->items));
	if (is_new)
		candidates->items[number] = (struct candidate){ key, 0 };
	if (count > candidates->items[number].count)
		candidates->items[number].count = count;
}

static enum status find_by_terms(const struct completing *completing, struct store *store,
				 const struct field *field, struct str start, bool walk,
				 struct candidates *candidates, struct error *err)
{
	const struct str prefix = str_from(field->prefix);
	struct term_entry *terms;
	struct buffer term = { 0 };
	size_t count;
	buffer_add_format(&term, "%s%.*s", field->prefix, STR_ARG(start));
	const enum status status =
		walk && start.len ? store_terms_having(store, prefix, start, TERMS_MAX,
						       completing->arena, &terms, &count, err)
				  : store_terms(store, buffer_str(&term), TERMS_MAX,
						completing->arena, &terms, &count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		/* A key that ends in its hash is no name. */
		if (terms[i].term.len < SCHEMA_TERM_MAX)
			add_candidate(candidates,
				      (struct str){ terms[i].term.data + prefix.len,
						    terms[i].term.len - prefix.len },
				      terms[i].frequency);
	buffer_release(&term);
	return status;
}

static enum status find_by_aliases(const struct completing *completing, struct store *store,
				   const struct field *field, struct str start,
				   struct candidates *candidates, struct error *err)
{
	struct term_entry *terms;
	struct buffer term = { 0 };
	size_t count;
	schema_alias_kind(field->kind, &term);
	buffer_add_str(&term, start);
	const enum status status = store_terms(store, buffer_str(&term), TERMS_MAX,
					       completing->arena, &terms, &count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct str variant, name;
		if (schema_alias_read(terms[i].term, &variant, &name))
			add_candidate(candidates, name, terms[i].frequency);
	}
	buffer_release(&term);
	return status;
}

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *one = a, *two = b;
	if (one->count != two->count)
		return one->count > two->count ? -1 : 1;
	return str_compare(one->key, two->key);
}

/* The names that most articles have of the candidates, as readers see them. */
static enum status add_candidates(struct completing *completing, const struct field *field,
				  struct str before, bool name, struct candidates *candidates,
				  struct error *err)
{
	struct found_value *values;
	size_t count = candidates->keys.count, found;
	const size_t wanted = completing->max * CLOSER_TIMES;
	const size_t closer = wanted > CLOSER_MIN ? wanted : CLOSER_MIN;
	if (count)
		qsort(candidates->items, count, sizeof(*candidates->items), compare_candidates);
	count = count < closer ? count : closer;
	struct str *keys = arena_alloc(completing->arena, count * sizeof(*keys));
	for (size_t i = 0; i < count; i++)
		keys[i] = candidates->items[i].key;
	const enum status status = found_values(completing->parts, completing->part_count, field,
						keys, count, completing->arena, &values, &found, err);
	for (size_t i = 0; status == STATUS_OK && i < found && i < completing->max; i++)
		add_value(completing, field, before, name, values[i].value, values[i].count);
	return status;
}

static enum status complete_kind(struct completing *completing, const struct field *field,
				 struct str before, bool name, struct str start, bool walk,
				 struct error *err)
{
	struct candidates candidates = { .room = 0 };
	struct buffer key = { 0 };
	enum status status = STATUS_OK;
	utf8_name_key(start, &key);
	for (size_t i = 0; i < completing->part_count && status == STATUS_OK; i++) {
		struct store *store = completing->parts[i].store;
		status = find_by_terms(completing, store, field, buffer_str(&key), walk,
				       &candidates, err);
		if (status == STATUS_OK && key.len)
			status = find_by_aliases(completing, store, field, buffer_str(&key),
						 &candidates, err);
	}
	if (status == STATUS_OK)
		status = add_candidates(completing, field, before, name, &candidates, err);
	intern_release(&candidates.keys);
	free(candidates.items);
	buffer_release(&key);
	return status;
}

/* Names of a kind that all indexes ever had. */
static enum status count_names(const struct completing *completing, enum facet_kind kind,
			       size_t *count, struct error *err)
{
	enum status status = STATUS_OK;
	*count = 0;
	for (size_t i = 0; i < completing->part_count && status == STATUS_OK; i++) {
		uint32_t size = 0;
		status = names_size(completing->parts[i].names, kind, &size, err);
		*count += size;
	}
	return status;
}

/* The kinds with the fewest names are gone through first, as long as there is time. */
enum status complete_names(struct completing *completing, struct str before, struct str start,
			   struct error *err)
{
	static const enum facet_kind kinds[] = { KIND_PERSON, KIND_ORG, KIND_PLACE, KIND_OTHER };
	enum { COUNT = sizeof(kinds) / sizeof(*kinds) };
	size_t sizes[COUNT], left = WALKED_TOGETHER_MAX;
	bool done[COUNT] = { false };
	enum status status = STATUS_OK;
	struct buffer key = { 0 };
	utf8_name_key(start, &key);
	const bool is_blank = !key.len;
	buffer_release(&key);
	if (is_blank)
		return STATUS_OK;
	for (size_t i = 0; i < COUNT && status == STATUS_OK; i++)
		status = count_names(completing, kinds[i], &sizes[i], err);
	for (size_t round = 0; round < COUNT && status == STATUS_OK; round++) {
		size_t next = COUNT;
		for (size_t i = 0; i < COUNT; i++)
			if (!done[i] && (next == COUNT || sizes[i] < sizes[next]))
				next = i;
		const bool walk = sizes[next] <= left;
		left -= walk ? sizes[next] : left;
		done[next] = true;
		status = complete_kind(completing, field_of_kind(kinds[next]), before, true, start,
				       walk, err);
	}
	return status;
}

/* ---- dates and ids ---- */

/* "202402" as "2024-02" */
static void add_date(struct completing *completing, const struct field *field, struct str before,
		     struct str digits, uint32_t count)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < digits.len; i++) {
		if (i == 4 || i == 6)
			buffer_add_char(&text, '-');
		buffer_add_char(&text, digits.data[i]);
	}
	add_value(completing, field, before, false, buffer_str(&text), count);
	buffer_release(&text);
}

/* Years, months or days: those terms with the prefix that begin with `digits`, of which they have `length`. */
static enum status add_dates(struct completing *completing, const struct field *field,
			     struct str before, const char *prefix, struct str digits,
			     size_t length, struct error *err)
{
	struct buffer term = { 0 };
	enum status status = STATUS_OK;
	struct intern seen = { 0 };
	const size_t first = completing->count;
	buffer_add_format(&term, "%s%.*s", prefix, STR_ARG(digits));
	for (size_t i = 0; i < completing->part_count && status == STATUS_OK; i++) {
		struct term_entry *terms;
		size_t count;
		status = store_terms(completing->parts[i].store, buffer_str(&term), TERMS_MAX,
				     completing->arena, &terms, &count, err);
		for (size_t k = 0; status == STATUS_OK && k < count; k++) {
			const struct str found = { terms[k].term.data + strlen(prefix),
						   terms[k].term.len - strlen(prefix) };
			bool is_new;
			if (found.len != length || memchr(found.data, 'X', found.len))
				continue;
			const uint32_t number = intern_add(&seen, found, &is_new);
			if (is_new)
				add_date(completing, field, before, found, terms[k].frequency);
			else
				completing->items[first + number].count += terms[k].frequency;
		}
	}
	intern_release(&seen);
	buffer_release(&term);
	return status;
}

/* "2024-0": the digits without the hyphens; false when it is no date. */
static bool read_digits(struct str start, struct buffer *digits)
{
	for (size_t i = 0; i < start.len; i++) {
		if (start.data[i] >= '0' && start.data[i] <= '9')
			buffer_add_char(digits, start.data[i]);
		else if (start.data[i] != '-')
			return false;
	}
	return digits->len <= 8;
}

/* What is typed, and what is one step finer when that is whole. */
static enum status complete_dates(struct completing *completing, const struct field *field,
				  struct str before, struct str start, struct error *err)
{
	static const char *const published[] = { "Y", "M", "D" };
	static const char *const mentioned[] = { PREFIX_WHEN_YEAR, PREFIX_WHEN_MONTH,
						 PREFIX_WHEN_DAY };
	const char *const *prefixes = field->kind == KIND_WHEN ? mentioned : published;
	const size_t lengths[] = { 4, 6, 8 };
	struct buffer digits = { 0 };
	enum status status = STATUS_OK;
	const bool is_date = read_digits(start, &digits);
	for (size_t step = 0; step < 3 && is_date && status == STATUS_OK; step++) {
		const size_t coarser = step ? lengths[step - 1] : 0;
		if (digits.len <= lengths[step] && digits.len >= coarser)
			status = add_dates(completing, field, before, prefixes[step],
					   buffer_str(&digits), lengths[step], err);
	}
	buffer_release(&digits);
	return status;
}

static enum status complete_ids(struct completing *completing, const struct field *field,
				struct str before, struct str start, struct error *err)
{
	struct buffer term = { 0 };
	enum status status = STATUS_OK;
	buffer_add_format(&term, "%s%.*s", field->prefix, STR_ARG(start));
	for (size_t i = 0; i < completing->part_count && status == STATUS_OK; i++) {
		struct term_entry *terms;
		size_t count;
		status = store_terms(completing->parts[i].store, buffer_str(&term), completing->max,
				     completing->arena, &terms, &count, err);
		for (size_t k = 0; status == STATUS_OK && k < count; k++)
			if (terms[k].term.len < SCHEMA_TERM_MAX)
				add_value(completing, field, before, false,
					  (struct str){ terms[k].term.data + strlen(field->prefix),
							terms[k].term.len - strlen(field->prefix) },
					  terms[k].frequency);
	}
	buffer_release(&term);
	return status;
}

enum status complete_values(struct completing *completing, const struct field *field,
			    struct str before, struct str start, struct error *err)
{
	size_t size;
	if (field->role == FIELD_DATE)
		return complete_dates(completing, field, before, start, err);
	if (field->role == FIELD_ID)
		return complete_ids(completing, field, before, start, err);
	const enum status status = count_names(completing, field->kind, &size, err);
	return status == STATUS_OK ? complete_kind(completing, field, before, false, start,
						   size <= WALKED_MAX, err)
				   : status;
}
