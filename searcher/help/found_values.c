#include "found_values.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/* What a value is in each part. */
struct place {
	bool is_known;
	struct point end;
};

struct finding {
	const struct value_part *parts;
	size_t part_count;
	const struct field *field;
	struct arena *arena;
	struct error *err;
	struct intern keys; /* of the values as they are shown */
	struct str *shown;  /* by number of the key */
	size_t shown_room;
	struct place *places; /* by number and part */
	size_t place_room;
};

static uint32_t value_number(struct finding *finding, struct str shown)
{
	struct buffer key = { 0 };
	bool is_new;
	utf8_name_key(shown, &key);
	const uint32_t number = intern_add(&finding->keys, buffer_str(&key), &is_new);
	buffer_release(&key);
	if (!is_new)
		return number;
	memory_reserve(&finding->shown, &finding->shown_room, number, sizeof(*finding->shown));
	finding->shown[number] = shown;
	const size_t first = (size_t)number * finding->part_count;
	for (size_t i = 0; i < finding->part_count; i++) {
		memory_reserve(&finding->places, &finding->place_room, first + i,
			       sizeof(*finding->places));
		finding->places[first + i] = (struct place){ 0 };
	}
	return number;
}

static enum status find_key(struct finding *finding, size_t part, struct str key)
{
	struct names *names = finding->parts[part].names;
	struct place place;
	struct str shown;
	bool gone;
	enum status status = names_value(names, finding->field->kind, key, &place.is_known, &gone,
					 &place.end, finding->err);
	if (status != STATUS_OK || !place.is_known)
		return status;
	status = names_shown(names, place.end, finding->arena, &shown, finding->err);
	if (status == STATUS_OK) {
		const uint32_t number = value_number(finding, shown);
		finding->places[number * finding->part_count + part] = place;
	}
	return status;
}

/* What was found in one part may be in another one that did not list it. */
static enum status find_elsewhere(struct finding *finding)
{
	enum status status = STATUS_OK;
	for (size_t number = 0; number < finding->keys.count; number++)
		for (size_t part = 0; part < finding->part_count && status == STATUS_OK; part++) {
			struct place *place = &finding->places[number * finding->part_count + part];
			bool gone;
			if (!place->is_known)
				status = names_value(finding->parts[part].names, finding->field->kind,
						     finding->shown[number], &place->is_known,
						     &gone, &place->end, finding->err);
		}
	return status;
}

/* A name for which nothing else counts is one term, and that knows how many articles have it. */
static enum status count_plain(const struct finding *finding, const struct value_part *part,
			       struct str shown, uint32_t *count)
{
	struct buffer term = { 0 };
	schema_value_term(finding->field, shown, &term);
	const enum status status =
		store_frequency(part->store, buffer_str(&term), count, finding->err);
	buffer_release(&term);
	return status;
}

static enum status count_in(const struct finding *finding, const struct value_part *part,
			    struct str shown, struct point end, uint32_t *count)
{
	struct plan *plan;
	struct docset set = { 0 };
	*count = 0;
	if (!names_is_changed(part->names, end) && !names_min_confidence(part->names))
		return count_plain(finding, part, shown, count);
	enum status status = names_plan(part->names, end, finding->arena, &plan, finding->err);
	if (status == STATUS_OK)
		status = store_match(part->store, plan, &set, finding->err);
	if (status == STATUS_OK)
		*count = docset_count(&set);
	docset_release(&set);
	return status;
}

static int compare_values(const void *a, const void *b)
{
	const struct found_value *one = a, *two = b;
	if (one->count != two->count)
		return one->count > two->count ? -1 : 1;
	return str_compare(one->value, two->value);
}

static enum status count_values(const struct finding *finding, struct found_value *values,
				size_t *count)
{
	enum status status = STATUS_OK;
	for (size_t number = 0; number < finding->keys.count && status == STATUS_OK; number++) {
		struct found_value *value = &values[*count];
		*value = (struct found_value){ finding->shown[number], 0 };
		for (size_t part = 0; part < finding->part_count && status == STATUS_OK; part++) {
			const struct place *place =
				&finding->places[number * finding->part_count + part];
			uint32_t more = 0;
			if (place->is_known)
				status = count_in(finding, &finding->parts[part], value->value,
						  place->end, &more);
			value->count += more;
		}
		*count += value->count > 0;
	}
	return status;
}

enum status found_values(const struct value_part *parts, size_t part_count, const struct field *field,
			 const struct str *keys, size_t key_count, struct arena *arena,
			 struct found_value **values, size_t *count, struct error *err)
{
	struct finding finding = {
		.parts = parts, .part_count = part_count, .field = field, .arena = arena, .err = err
	};
	enum status status = STATUS_OK;
	*count = 0;
	for (size_t i = 0; i < key_count; i++)
		for (size_t part = 0; part < part_count && status == STATUS_OK; part++)
			status = find_key(&finding, part, keys[i]);
	if (status == STATUS_OK && part_count > 1)
		status = find_elsewhere(&finding);
	*values = arena_alloc(arena, finding.keys.count * sizeof(**values));
	if (status == STATUS_OK)
		status = count_values(&finding, *values, count);
	if (status == STATUS_OK && *count)
		qsort(*values, *count, sizeof(**values), compare_values);
	intern_release(&finding.keys);
	free(finding.shown);
	free(finding.places);
	return status;
}
