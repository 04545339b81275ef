#include "check.h"
#include "../facets/facets.h"

#include "dateline/intern.h"
#include "dateline/schema.h"

#include <stdlib.h>

/* What the facet column says, by kind and number. */
struct columns {
	struct findings *findings;
	struct print *prints[KIND_COUNT];
	uint32_t sizes[KIND_COUNT]; /* the next free number */
};

/* The numbers of dates are made of the dates, and have no names. */
static bool has_names(const struct field *field)
{
	return field->kind != KIND_NONE && field->kind != KIND_WHEN;
}

/* ---- the column ---- */

static bool read_group(struct columns *columns, uint32_t id, const struct facet_group *group)
{
	struct print *prints = columns->prints[group->kind];
	if (!prints)
		return true;
	const char *at = group->at;
	uint64_t number = 0;
	for (uint32_t i = 0; i < group->count; i++) {
		uint64_t step;
		if (!varint_read(&at, group->end, &step) || step > UINT32_MAX)
			return false;
		number += step + (i > 0);
		if (number >= columns->sizes[group->kind])
			return false;
		print_add(&prints[number], id);
	}
	return at == group->end;
}

static void read_column(void *context, uint32_t id, struct str value)
{
	struct columns *columns = context;
	const char *at = value.data, *end = at + value.len;
	struct facet_group group;
	enum facet_kind before = KIND_NONE;
	bool good = true;
	while (good && facet_group_read(&at, end, &group)) {
		good = group.kind > before && group.kind < KIND_COUNT &&
		       read_group(columns, id, &group);
		before = group.kind;
	}
	if (!good || at != end)
		findings_add(columns->findings, "the facet column of document %u is damaged", id);
}

static enum status prepare_columns(struct examination *examination, struct columns *columns,
				   struct error *err)
{
	for (const struct field *field = field_table; field->name; field++) {
		if (!has_names(field))
			continue;
		uint32_t *size = &columns->sizes[field->kind];
		const enum status status = facet_next(examination->store, field->kind, size, err);
		if (status != STATUS_OK)
			return status;
		columns->prints[field->kind] = memory_zero((size_t)*size + 1, sizeof(struct print));
	}
	return STATUS_OK;
}

/* ---- names and terms ---- */

/* One field at work. */
struct naming {
	struct examination *examination;
	const struct field *field;
	const struct columns *columns;
	struct arena arena;
	struct intern terms; /* of all its names */
	struct buffer term, postings;
};

/* Number to name and back, and the name's term against the column. */
static enum status check_number(struct naming *naming, uint32_t number, struct error *err)
{
	struct examination *examination = naming->examination;
	const struct field *field = naming->field;
	struct str name;
	uint32_t back;
	bool known;
	arena_reset(&naming->arena);
	enum status status =
		facet_name(examination->store, field->kind, number, &naming->arena, &name, err);
	if (status == STATUS_CORRUPT) {
		findings_add(examination->findings, "%s number %u has no name", field->name, number);
		return STATUS_OK;
	}
	if (status == STATUS_OK)
		status = facet_number(examination->store, field->kind, name, &known, &back, err);
	if (status != STATUS_OK)
		return status;
	if (!known || back != number)
		findings_add(examination->findings,
			     "%s \"%.*s\" is number %u, but its name leads to %s", field->name,
			     STR_ARG(name), number, known ? "another" : "none");
	buffer_reset(&naming->term);
	schema_value_term(field, name, &naming->term);
	intern_add(&naming->terms, buffer_str(&naming->term), NULL);
	struct print print;
	status = print_of_term(examination->store, buffer_str(&naming->term), &naming->postings,
			       &print, err);
	if (status == STATUS_OK)
		print_compare(examination->findings, field->name, name, &print,
			      &naming->columns->prints[field->kind][number]);
	/* A number outlives the articles that had its name, and then is none that anybody sees. */
	examination->names += status == STATUS_OK && print.count > 0;
	return status;
}

static enum status count_keys(struct naming *naming, const char *start, const char *what,
			      struct error *err)
{
	const uint32_t numbers = naming->columns->sizes[naming->field->kind];
	struct buffer prefix = { 0 };
	struct term_entry *keys;
	size_t count;
	buffer_add_text(&prefix, start);
	buffer_add_char(&prefix, schema_kind_letter(naming->field->kind));
	arena_reset(&naming->arena);
	const enum status status = store_metadata_keys(naming->examination->store,
						       buffer_str(&prefix), SIZE_MAX,
						       &naming->arena, &keys, &count, err);
	if (status == STATUS_OK && count != numbers)
		findings_add(naming->examination->findings, "%u numbers were given to %s, but %zu %s",
			     numbers, naming->field->name, count, what);
	buffer_release(&prefix);
	return status;
}

/* Every term of the field is that of a name. */
static enum status check_terms(struct naming *naming, struct error *err)
{
	struct term_entry *terms;
	size_t count;
	arena_reset(&naming->arena);
	const enum status status = store_terms(naming->examination->store,
					       str_from(naming->field->prefix), SIZE_MAX,
					       &naming->arena, &terms, &count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		if (intern_find(&naming->terms, terms[i].term) == INTERN_NONE)
			findings_add(naming->examination->findings,
				     "the %s term \"%.*s\" has %u articles, but no number",
				     naming->field->name, STR_ARG(terms[i].term), terms[i].frequency);
	return status;
}

static enum status check_field(struct naming *naming, struct error *err)
{
	enum status status = STATUS_OK;
	intern_reset(&naming->terms);
	for (uint32_t number = 0;
	     status == STATUS_OK && number < naming->columns->sizes[naming->field->kind]; number++)
		status = check_number(naming, number, err);
	if (status == STATUS_OK && has_names(naming->field))
		status = check_terms(naming, err);
	if (status == STATUS_OK)
		status = count_keys(naming, META_ENTITY, "have names", err);
	if (status == STATUS_OK)
		status = count_keys(naming, META_NUMBER, "names have numbers", err);
	return status;
}

enum status check_names(struct examination *examination, struct error *err)
{
	struct columns columns = { .findings = examination->findings };
	struct naming naming = { .examination = examination, .columns = &columns };
	enum status status = prepare_columns(examination, &columns, err);
	if (status == STATUS_OK)
		status = check_each_value(examination, SLOT_FACETS, read_column, &columns, err);
	for (naming.field = field_table; naming.field->name && status == STATUS_OK; naming.field++)
		if (naming.field->kind != KIND_NONE)
			status = check_field(&naming, err);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		free(columns.prints[kind]);
	arena_release(&naming.arena);
	intern_release(&naming.terms);
	buffer_release(&naming.term);
	buffer_release(&naming.postings);
	return status;
}
