#include "../names/names.h"
#include "valuing.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* Values of one part whose names, or what articles call them, contain a text. */
struct matching {
	struct valuing *valuing;
	size_t part;
	struct str text; /* a name key */
	bool *found;     /* by number */
};

/* At the start of any of its words. */
static bool contains(struct str key, struct str text)
{
	for (size_t at = 0; at + text.len <= key.len;) {
		if (memcmp(key.data + at, text.data, text.len) == 0)
			return true;
		const char *blank = memchr(key.data + at, ' ', key.len - at);
		if (!blank)
			return false;
		at = (size_t)(blank - key.data) + 1;
	}
	return false;
}

static enum status note(const struct matching *matching, struct str name)
{
	uint32_t number;
	const enum status status = valuing_number(matching->valuing, matching->part, name, &number);
	if (status == STATUS_OK && number != NUMBER_NONE)
		matching->found[number] = true;
	return status;
}

/* All names that the index has a number for, without looking at the numbers of those that do not contain the text. */
static enum status match_names(const struct matching *matching)
{
	struct arena arena = { 0 };
	struct term_entry *keys;
	size_t count;
	char prefix[sizeof(META_NUMBER) + 1] = META_NUMBER;
	prefix[sizeof(META_NUMBER) - 1] = schema_kind_letter(valuing_kind(matching->valuing));
	struct store *store = matching->valuing->job->parts[matching->part].store;
	enum status status = store_metadata_keys(store, str_from(prefix), SIZE_MAX, &arena, &keys,
						 &count, matching->valuing->err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		const size_t len = sizeof(META_NUMBER);
		const struct str name = { keys[i].term.data + len, keys[i].term.len - len };
		if (contains(name, matching->text))
			status = note(matching, name);
	}
	arena_release(&arena);
	return status;
}

/* Where a variant was split from the name, articles that call it so no longer count for it. */
static enum status note_variant(const struct matching *matching, struct str name)
{
	struct valuing *valuing = matching->valuing;
	struct names *names = valuing->job->parts[matching->part].names;
	struct variant_list variants;
	uint32_t number;
	enum status status = valuing_number(valuing, matching->part, name, &number);
	if (status != STATUS_OK || number == NUMBER_NONE || matching->found[number])
		return status;
	const struct point end = { valuing_kind(valuing), number };
	if (!names || !names_is_changed(names, end)) {
		matching->found[number] = true;
		return STATUS_OK;
	}
	struct buffer key = { 0 };
	status = names_variants(names, end, SIZE_MAX, valuing->arena, &variants, valuing->err);
	for (size_t i = 0; status == STATUS_OK && i < variants.count; i++) {
		buffer_reset(&key);
		utf8_name_key(variants.items[i].name, &key);
		matching->found[number] |= contains(buffer_str(&key), matching->text);
	}
	buffer_release(&key);
	return status;
}

static enum status match_variants(const struct matching *matching)
{
	struct arena arena = { 0 };
	struct buffer prefix = { 0 };
	struct term_entry *terms;
	size_t count;
	schema_alias_kind(valuing_kind(matching->valuing), &prefix);
	enum status status = store_terms(matching->valuing->job->parts[matching->part].store,
					 buffer_str(&prefix), SIZE_MAX, &arena, &terms, &count,
					 matching->valuing->err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct str variant, name;
		if (schema_alias_read(terms[i].term, &variant, &name) &&
		    contains(variant, matching->text))
			status = note_variant(matching, name);
	}
	buffer_release(&prefix);
	arena_release(&arena);
	return status;
}

/* What corrections call by another name is in no list of the index. */
static enum status match_corrected(const struct matching *matching)
{
	struct valuing *valuing = matching->valuing;
	struct names *names = valuing->job->parts[matching->part].names;
	const struct counted *counted = &valuing->counted[matching->part];
	struct buffer key = { 0 };
	enum status status = STATUS_OK;
	for (uint32_t i = 0; names && i < counted->size && status == STATUS_OK; i++) {
		struct str name;
		if (!counted->counts[i] || matching->found[i] ||
		    !names_is_changed(names, (struct point){ valuing_kind(valuing), i }))
			continue;
		status = valuing_name(valuing, matching->part, i, &name);
		buffer_reset(&key);
		if (status == STATUS_OK)
			utf8_name_key(name, &key);
		matching->found[i] = contains(buffer_str(&key), matching->text);
	}
	buffer_release(&key);
	return status;
}

/* The counts of what was found. */
static uint32_t *filtered(const struct counted *counted, const bool *found)
{
	uint32_t *counts = memory_zero((size_t)counted->size + 1, sizeof(*counts));
	for (uint32_t i = 0; i < counted->size; i++)
		if (found[i])
			counts[i] = counted->counts[i];
	return counts;
}

static enum status match_part(struct valuing *valuing, size_t part, struct str text)
{
	const struct counted *counted = &valuing->counted[part];
	struct matching matching = { valuing, part, text, NULL };
	matching.found = memory_zero((size_t)counted->size + 1, sizeof(*matching.found));
	enum status status = match_names(&matching);
	if (status == STATUS_OK)
		status = match_variants(&matching);
	if (status == STATUS_OK)
		status = match_corrected(&matching);
	valuing->eligible[part] = filtered(counted, matching.found);
	free(matching.found);
	return status;
}

enum status valuing_match(struct valuing *valuing)
{
	const struct str match = valuing->job->request.match;
	struct buffer key = { 0 };
	enum status status = STATUS_OK;
	valuing->eligible = memory_zero(valuing->job->part_count, sizeof(*valuing->eligible));
	utf8_name_key(match, &key);
	for (size_t i = 0; i < valuing->job->part_count && status == STATUS_OK; i++) {
		if (key.len)
			status = match_part(valuing, i, buffer_str(&key));
		else
			valuing->eligible[i] = valuing->counted[i].counts;
	}
	buffer_release(&key);
	return status;
}
