#include "check_entities.h"

#include "dateline/intern.h"
#include "dateline/schema.h"

#include <stdlib.h>

/* Numbers of names that were looked up: few names are in most articles. A power of two. */
#define CACHE_SLOTS 65536

struct cached {
	uint64_t hash; /* of kind and name */
	uint32_t number;
	bool is_used;
};

/* That a value is mentioned in a sentence. */
struct placed {
	enum facet_kind kind;
	uint32_t number, sentence;
};

struct entity_check {
	struct examination *examination;
	struct cached *cache;
	struct arena arena;
	struct intern terms; /* that the document is to have */
	struct facet_value *values;
	size_t value_count, value_capacity;
	struct placed *placed;
	size_t placed_count, placed_capacity;
	/* The sentences of the entity that is at work; none when they are not asked for. */
	const uint32_t *sentences;
	size_t sentence_count;
	struct buffer scratch, wanted;
};

struct entity_check *entity_check_new(struct examination *examination)
{
	struct entity_check *check = memory_zero(1, sizeof(*check));
	check->examination = examination;
	check->cache = memory_zero(CACHE_SLOTS, sizeof(*check->cache));
	return check;
}

void entity_check_free(struct entity_check *check)
{
	if (!check)
		return;
	free(check->cache);
	arena_release(&check->arena);
	intern_release(&check->terms);
	free(check->values);
	free(check->placed);
	buffer_release(&check->scratch);
	buffer_release(&check->wanted);
	free(check);
}

/* ---- what the record asks for ---- */

static void want_term(struct entity_check *check)
{
	intern_add(&check->terms, buffer_str(&check->scratch), NULL);
	buffer_reset(&check->scratch);
}

static void want_value(struct entity_check *check, enum facet_kind kind, uint32_t number,
		       uint8_t confidence)
{
	memory_reserve(&check->values, &check->value_capacity, check->value_count,
		       sizeof(*check->values));
	check->values[check->value_count++] =
		(struct facet_value){ .kind = kind, .number = number, .confidence = confidence };
	for (size_t i = 0; i < check->sentence_count; i++) {
		memory_reserve(&check->placed, &check->placed_capacity, check->placed_count,
			       sizeof(*check->placed));
		check->placed[check->placed_count++] =
			(struct placed){ kind, number, check->sentences[i] };
	}
	schema_any_term(kind, &check->scratch);
	want_term(check);
}

/* The date, and the month and the year that it is in. */
static void want_when(struct entity_check *check, uint32_t document, const struct entity *entity)
{
	struct date date;
	char terms[3][16];
	if (!date_parse(entity->name, &date) || date.precision > DATE_DAY) {
		findings_add(check->examination->findings,
			     "document %u mentions \"%.*s\", which is no date", document,
			     STR_ARG(entity->name));
		return;
	}
	const size_t count = schema_when_terms(&date, terms);
	for (size_t i = count; i-- > 0;) {
		buffer_add_text(&check->scratch, terms[i]);
		want_term(check);
		want_value(check, KIND_WHEN, schema_when_number(&date), entity->confidence);
		if (date.day)
			date.day = 0;
		else
			date.month = 0;
	}
}

static int compare_dates(const void *a, const void *b)
{
	const struct facet_value *left = a, *right = b;
	if (left->number != right->number)
		return left->number < right->number ? -1 : 1;
	return (left->confidence < right->confidence) - (left->confidence > right->confidence);
}

/* Of the values from `first` on, all of them dates, each once: as sure as the surest mention of it, or of a part of it. */
static void unite_dates(struct entity_check *check, size_t first)
{
	size_t kept = first;
	if (check->value_count > first)
		qsort(check->values + first, check->value_count - first, sizeof(*check->values),
		      compare_dates);
	for (size_t i = first; i < check->value_count; i++)
		if (kept == first || check->values[kept - 1].number != check->values[i].number)
			check->values[kept++] = check->values[i];
	check->value_count = kept;
}

static enum status look_up(struct entity_check *check, enum facet_kind kind, struct str name,
			   uint32_t *number, bool *known, struct error *err)
{
	struct buffer *key = &check->scratch, value = { 0 };
	schema_number_key(kind, name, key);
	const enum status status =
		store_metadata(check->examination->store, buffer_str(key), &value, err);
	*known = status == STATUS_OK && schema_number_read(buffer_str(&value), number);
	buffer_reset(key);
	buffer_release(&value);
	return status;
}

static enum status number_of(struct entity_check *check, enum facet_kind kind, struct str name,
			     uint32_t *number, bool *known, struct error *err)
{
	const uint64_t hash = check_scatter(check_hash(name) + (uint64_t)kind);
	struct cached *cached = &check->cache[hash & (CACHE_SLOTS - 1)];
	*known = cached->is_used && cached->hash == hash;
	*number = cached->number;
	if (*known)
		return STATUS_OK;
	const enum status status = look_up(check, kind, name, number, known, err);
	if (*known)
		*cached = (struct cached){ hash, *number, true };
	return status;
}

static enum status want_named(struct entity_check *check, uint32_t document,
			      const struct entity *entity, struct error *err)
{
	uint32_t number;
	bool known;
	schema_value_term(field_of_kind(entity->kind), entity->name, &check->scratch);
	want_term(check);
	for (size_t i = 0; i < entity->variants.count; i++)
		if (schema_alias_term(entity->kind, entity->variants.items[i], entity->name,
				      &check->scratch))
			want_term(check);
	const enum status status = number_of(check, entity->kind, entity->name, &number, &known, err);
	if (status == STATUS_OK && known)
		want_value(check, entity->kind, number, entity->confidence);
	else if (status == STATUS_OK)
		findings_add(check->examination->findings,
			     "document %u has %s \"%.*s\", whose name leads to no number", document,
			     field_of_kind(entity->kind)->name, STR_ARG(entity->name));
	return status;
}

/* The sentences of the entity whose turn it is. `places` may be NULL: then nobody asks. */
static void turn_to(struct entity_check *check, const struct entity_places *places, size_t entity)
{
	if (!places)
		return;
	const struct position_list positions = places->entities[entity];
	uint32_t *numbers = arena_alloc(&check->arena, positions.count * sizeof(*numbers));
	check->sentence_count = positions_to_sentences(positions, places->sentences, numbers);
	check->sentences = numbers;
}

static enum status want_all(struct entity_check *check, uint32_t document,
			    const struct record *record, const struct entity_places *places,
			    struct error *err)
{
	enum status status = STATUS_OK;
	intern_reset(&check->terms);
	arena_reset(&check->arena);
	check->value_count = check->placed_count = check->sentence_count = 0;
	for (size_t i = 0; i < record->entity_count && status == STATUS_OK; i++) {
		const struct entity *entity = &record->entities[i];
		turn_to(check, places, i);
		if (entity->kind != KIND_WHEN && field_of_kind(entity->kind))
			status = want_named(check, document, entity, err);
	}
	const size_t named = check->value_count;
	for (size_t i = 0; i < record->entity_count; i++) {
		turn_to(check, places, i);
		if (record->entities[i].kind == KIND_WHEN)
			want_when(check, document, &record->entities[i]);
	}
	unite_dates(check, named);
	return status;
}

/* ---- what the document has ---- */

/* Terms that begin with an X and have nothing to do with entities. */
static bool is_of_others(struct str term)
{
	return str_begins_with(term, PREFIX_FILE) || str_begins_with(term, PREFIX_STEMMER) ||
	       str_begins_with(term, TERM_SENTENCES);
}

struct seen {
	size_t wanted, makers;
};

static enum status see_terms(struct entity_check *check, uint32_t document, const char *prefix,
			     struct seen *seen, struct error *err)
{
	struct term_entry *terms;
	size_t count;
	const enum status status = store_document_terms(check->examination->store, document,
							str_from(prefix), &check->arena, &terms,
							&count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		const struct str term = terms[i].term;
		if (is_of_others(term))
			continue;
		if (str_begins_with(term, PREFIX_ENTITIES))
			seen->makers++;
		else if (intern_find(&check->terms, term) != INTERN_NONE)
			seen->wanted++;
		else
			findings_add(check->examination->findings,
				     "document %u has the term \"%.*s\", which its record does not "
				     "ask for",
				     document, STR_ARG(term));
	}
	return status;
}

/* All fields of values begin with a letter of these; each is looked at once. */
static enum status check_terms(struct entity_check *check, uint32_t document, struct error *err)
{
	struct seen seen = { 0 };
	bool is_looked_at[128] = { false };
	enum status status = STATUS_OK;
	arena_reset(&check->arena);
	for (const struct field *field = field_table; field->name && status == STATUS_OK; field++) {
		const char letter[] = { field->prefix[0], '\0' };
		bool *looked = &is_looked_at[(unsigned char)letter[0] & 127];
		if (field->kind == KIND_NONE || *looked)
			continue;
		*looked = true;
		status = see_terms(check, document, letter, &seen, err);
	}
	if (status != STATUS_OK)
		return status;
	if (seen.wanted != check->terms.count)
		findings_add(check->examination->findings,
			     "document %u has %zu terms of values, but its record asks for %zu",
			     document, seen.wanted, check->terms.count);
	if (seen.makers != 1)
		findings_add(check->examination->findings,
			     "document %u has %zu terms that say what found its entities, not 1",
			     document, seen.makers);
	return status;
}

static enum status compare_slot(struct entity_check *check, uint32_t document, uint32_t slot,
				const char *what, struct error *err)
{
	buffer_reset(&check->scratch);
	const enum status status =
		store_value(check->examination->store, document, slot, &check->scratch, err);
	if (status == STATUS_OK &&
	    !str_equal(buffer_str(&check->scratch), buffer_str(&check->wanted)))
		findings_add(check->examination->findings,
			     "the %s of document %u is not what its record asks for", what, document);
	buffer_reset(&check->scratch);
	return status;
}

/* Each value has its sentences, perhaps none, and there are no more; which ones they are is not looked at here. */
static enum status check_form(struct entity_check *check, uint32_t document, struct error *err)
{
	buffer_reset(&check->scratch);
	const enum status status = store_value(check->examination->store, document, SLOT_SENTENCES,
					       &check->scratch, err);
	const char *at = check->scratch.data, *end = at + check->scratch.len;
	struct sentence_group group;
	bool good = true;
	for (size_t i = 0; i < check->value_count && check->scratch.len && good; i++) {
		uint32_t number;
		good = facet_sentences_read(&at, end, &group);
		while (good && sentence_next(&group, &number))
			;
		good = good && !group.count;
	}
	if (status == STATUS_OK && (!good || at != end))
		findings_add(check->examination->findings,
			     "the sentences of document %u are damaged", document);
	buffer_reset(&check->scratch);
	return status;
}

static enum status check_column(struct entity_check *check, uint32_t document, struct error *err)
{
	buffer_reset(&check->wanted);
	facet_column_encode(check->values, check->value_count, &check->wanted);
	enum status status = compare_slot(check, document, SLOT_FACETS, "facet column", err);
	if (status != STATUS_OK)
		return status;
	buffer_reset(&check->wanted);
	facet_confidence_encode(check->values, check->value_count, &check->wanted);
	status = compare_slot(check, document, SLOT_CONFIDENCE, "confidence", err);
	return status == STATUS_OK ? check_form(check, document, err) : status;
}

enum status entity_check_run(struct entity_check *check, uint32_t document,
			     const struct record *record, struct error *err)
{
	enum status status = want_all(check, document, record, NULL, err);
	if (status == STATUS_OK)
		status = check_terms(check, document, err);
	if (status == STATUS_OK)
		status = check_column(check, document, err);
	return status;
}

/* ---- sentences ---- */

static int compare_placed(const void *a, const void *b)
{
	const struct placed *left = a, *right = b;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	if (left->number != right->number)
		return left->number < right->number ? -1 : 1;
	return (left->sentence > right->sentence) - (left->sentence < right->sentence);
}

/* Of the sentences of one value, from `at` on, each once; returns where those of the next begin. */
static size_t encode_sentences(const struct entity_check *check, const struct facet_value *value,
			       size_t at, uint32_t *numbers, struct buffer *out)
{
	const struct placed *placed = check->placed;
	size_t count = 0;
	for (; at < check->placed_count && placed[at].kind == value->kind &&
	       placed[at].number == value->number;
	     at++)
		if (!count || numbers[count - 1] != placed[at].sentence)
			numbers[count++] = placed[at].sentence;
	sentence_numbers_encode(numbers, count, out);
	return at;
}

/* What the slot is to be; the values are brought into the order of the column. */
static void want_sentences(struct entity_check *check)
{
	uint32_t *numbers = arena_alloc(&check->arena, check->placed_count * sizeof(*numbers));
	buffer_reset(&check->wanted);
	facet_column_encode(check->values, check->value_count, &check->wanted);
	buffer_reset(&check->wanted);
	if (!check->placed_count)
		return;
	qsort(check->placed, check->placed_count, sizeof(*check->placed), compare_placed);
	for (size_t i = 0, at = 0; i < check->value_count; i++)
		at = encode_sentences(check, &check->values[i], at, numbers, &check->wanted);
}

enum status entity_check_sentences(struct entity_check *check, uint32_t document,
				   const struct record *record, const struct entity_places *places,
				   struct error *err)
{
	struct examination *examination = check->examination;
	struct findings *findings = examination->findings, noted = { 0 };
	examination->findings = &noted;
	const enum status status = want_all(check, document, record, places, err);
	examination->findings = findings;
	findings_release(&noted);
	if (status != STATUS_OK)
		return status;
	want_sentences(check);
	return compare_slot(check, document, SLOT_SENTENCES, "slot of sentences", err);
}
