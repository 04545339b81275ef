#include "seen.h"

#include "inside.h"

#include "dateline/utf8.h"

#include <stdlib.h>

/* ---- the terms of all names that are changed ---- */

static enum status add_point(struct names_seen *seen, struct point point, struct error *err)
{
	struct names *names = seen->names;
	struct str name;
	if (names_is_fresh(names, point))
		return STATUS_OK;
	const enum status status = names_own(names, point, &seen->arena, &name, err);
	if (status != STATUS_OK)
		return status;
	struct buffer term = { 0 };
	bool is_new;
	schema_value_term(field_of_kind(point.kind), name, &term);
	const uint32_t at = intern_add(&seen->terms, buffer_str(&term), &is_new);
	buffer_release(&term);
	if (is_new)
		memory_reserve(&seen->points, &seen->point_room, at, sizeof(*seen->points));
	seen->points[at] = point;
	return STATUS_OK;
}

static bool counts_for(const struct names_seen *seen, struct point point)
{
	return names_end(seen->names, point).kind == seen->kind;
}

static enum status add_changes(struct names_seen *seen, struct error *err)
{
	const struct names *names = seen->names;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < names->changed.count && status == STATUS_OK; i++) {
		const struct change *change = &names->changes[i];
		bool is_source = counts_for(seen, change->at);
		for (size_t k = 0; change->split && k < change->split->count; k++)
			is_source |= counts_for(seen, change->split->items[k].to);
		if (is_source)
			seen->sources |= kind_bit(change->at.kind);
		status = add_point(seen, change->at, err);
	}
	return status;
}

static enum status add_merges(struct names_seen *seen, enum facet_kind kind, struct error *err)
{
	const struct merges *merges = &seen->names->merges[kind];
	enum status status = STATUS_OK;
	for (size_t i = 0; i < merges->count && status == STATUS_OK; i++) {
		status = add_point(seen, (struct point){ kind, merges->pairs[i].from }, err);
		if (status == STATUS_OK)
			status = add_point(seen, (struct point){ kind, merges->pairs[i].to }, err);
	}
	return status;
}

enum status names_seen_start(struct names *names, enum facet_kind kind, struct names_seen *seen,
			     struct error *err)
{
	*seen = (struct names_seen){ .names = names, .kind = kind, .sources = kind_bit(kind) };
	enum status status = add_changes(seen, err);
	for (int source = KIND_NONE + 1; source < KIND_COUNT && status == STATUS_OK; source++)
		if (seen->sources & kind_bit((enum facet_kind)source))
			status = add_merges(seen, (enum facet_kind)source, err);
	return status;
}

void names_seen_release(struct names_seen *seen)
{
	intern_release(&seen->terms);
	intern_release(&seen->values);
	free(seen->points);
	arena_release(&seen->arena);
}

/* ---- articles ---- */

/* A value that others count for goes by its number behind a NUL, which no term begins with. */
static void note_point(struct names_seen *seen, struct point point)
{
	const struct point end = names_end(seen->names, point);
	char key[1 + sizeof(end.number)] = { 0 };
	if (end.kind != seen->kind || names_hidden(seen->names, end))
		return;
	memcpy(key + 1, &end.number, sizeof(end.number));
	intern_add(&seen->values, (struct str){ key, sizeof(key) }, NULL);
	seen->has_any = true;
}

/*
 * What the article calls a name that variants were split from: each of those is a value; the name itself is one when it is
 * called anything else too, or nothing but its name.
 */
static void note_called(struct names_seen *seen, struct point point, const struct split *split,
			struct str name_key, const struct term_entry *terms, size_t count)
{
	size_t leavers = 0, others = 0;
	for (size_t i = 0; i < count; i++) {
		struct str variant, name;
		if (!schema_alias_read(terms[i].term, &variant, &name) || !str_equal(name, name_key))
			continue;
		const struct leaver *leaver = names_leaver(split, variant);
		leavers += leaver != NULL;
		others += leaver == NULL;
		if (leaver)
			note_point(seen, leaver->to);
	}
	if (others || !leavers)
		note_point(seen, point);
}

static enum status note_split(struct names_seen *seen, uint32_t id, struct point point,
			      const struct split *split, struct arena *arena, struct error *err)
{
	struct str name;
	struct term_entry *terms;
	size_t count;
	struct buffer prefix = { 0 }, key = { 0 };
	schema_alias_kind(point.kind, &prefix);
	enum status status = names_own(seen->names, point, arena, &name, err);
	if (status == STATUS_OK)
		status = store_document_terms(seen->names->store, id, buffer_str(&prefix), arena,
					      &terms, &count, err);
	if (status == STATUS_OK) {
		utf8_name_key(name, &key);
		note_called(seen, point, split, buffer_str(&key), terms, count);
	}
	buffer_release(&prefix);
	buffer_release(&key);
	return status;
}

static enum status note_term(struct names_seen *seen, uint32_t id, enum facet_kind kind,
			     struct str term, struct arena *arena, struct error *err)
{
	const uint32_t at = intern_find(&seen->terms, term);
	if (at == INTERN_NONE) {
		if (kind == seen->kind) {
			intern_add(&seen->values, term, NULL);
			seen->has_any = true;
		}
		return STATUS_OK;
	}
	const struct point point = seen->points[at];
	const struct change *change = names_change(seen->names, point);
	if (change && change->split)
		return note_split(seen, id, point, change->split, arena, err);
	note_point(seen, point);
	return STATUS_OK;
}

static enum status note_kind(struct names_seen *seen, uint32_t id, enum facet_kind kind,
			     struct arena *arena, struct error *err)
{
	struct term_entry *terms;
	size_t count;
	enum status status = store_document_terms(seen->names->store, id,
						  str_from(field_of_kind(kind)->prefix), arena,
						  &terms, &count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		status = note_term(seen, id, kind, terms[i].term, arena, err);
	return status;
}

enum status names_seen_add(struct names_seen *seen, uint32_t id, struct error *err)
{
	struct arena arena = { 0 };
	enum status status = STATUS_OK;
	seen->has_any = false;
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT && status == STATUS_OK; kind++)
		if (seen->sources & kind_bit((enum facet_kind)kind))
			status = note_kind(seen, id, (enum facet_kind)kind, &arena, err);
	seen->articles += seen->has_any;
	arena_release(&arena);
	return status;
}

/* ---- by name ---- */

static enum status add_shown(const struct names_seen *seen, struct str key, struct arena *arena,
			     struct buffer *term, struct error *err)
{
	struct point end = { .kind = seen->kind };
	struct str name;
	memcpy(&end.number, key.data + 1, sizeof(end.number));
	const enum status status = names_shown(seen->names, end, arena, &name, err);
	if (status == STATUS_OK)
		schema_value_term(field_of_kind(end.kind), name, term);
	return status;
}

enum status names_seen_terms(const struct names_seen *seen, struct intern *terms, struct error *err)
{
	struct arena arena = { 0 };
	struct buffer term = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < seen->values.count && status == STATUS_OK; i++) {
		const struct str key = seen->values.keys[i];
		buffer_reset(&term);
		if (key.data[0])
			buffer_add_str(&term, key);
		else
			status = add_shown(seen, key, &arena, &term, err);
		if (status == STATUS_OK)
			intern_add(terms, buffer_str(&term), NULL);
	}
	buffer_release(&term);
	arena_release(&arena);
	return status;
}
