#include "dates.h"
#include "lexer.h"

#include "dateline/entity.h"
#include "dateline/schema.h"
#include "dateline/utf8.h"

/* ---- values ---- */

/* What stands for any value at all. */
#define ANY_VALUE STR("*")

static bool is_any(const struct field *field, struct str value)
{
	return field_is_facet(field) && str_equal(value, ANY_VALUE);
}

/* The articles that have any value: of the dates of publication, those that are dated. */
static struct plan *plan_any(const struct field *field, struct arena *arena)
{
	if (field->kind == KIND_NONE) {
		char terms[3][16];
		schema_date_terms(&(struct date){ .precision = DATE_NONE }, terms);
		struct plan *kids[2] = { plan_join(arena, PLAN_ALL, NULL, 0),
					 plan_term(arena, str_from(terms[0])) };
		return plan_join(arena, PLAN_AND_NOT, kids, 2);
	}
	struct buffer term = { 0 };
	schema_any_term(field->kind, &term);
	struct plan *plan = plan_term(arena, buffer_str(&term));
	buffer_release(&term);
	return plan;
}

enum status filter_canonical(const struct field *field, struct str value, struct arena *arena,
			     struct str *canonical, struct error *err)
{
	if (is_any(field, value)) {
		*canonical = ANY_VALUE;
		return STATUS_OK;
	}
	if (field->role == FIELD_DATE)
		return dates_canonical(field, value, arena, canonical, err);
	*canonical = field->role == FIELD_ID ? value : entity_canonical(field->kind, value, arena);
	if (!canonical->len)
		return error_set(err, STATUS_BAD_REQUEST, "%s has no value: write for example %s",
				 field->name, field->example);
	return STATUS_OK;
}

enum status filter_plan(const struct field *field, struct str value, const struct years *years,
			struct arena *arena, struct plan **plan, struct error *err)
{
	if (is_any(field, value)) {
		*plan = plan_any(field, arena);
		return STATUS_OK;
	}
	if (field->role == FIELD_DATE)
		return dates_plan(field, value, years, arena, plan, err);
	struct buffer term = { 0 };
	schema_value_term(field, value, &term);
	*plan = plan_term(arena, buffer_str(&term));
	buffer_release(&term);
	return STATUS_OK;
}

/* ---- filters as typed ---- */

static void add_facet_names(struct buffer *out)
{
	bool is_first = true;
	for (const struct field *field = field_table; field->name; field++) {
		if (!field_is_facet(field))
			continue;
		buffer_add_format(out, "%s%s", is_first ? "" : ", ", field->name);
		is_first = false;
	}
}

/* `text` is what was typed of the name. */
static enum status no_such_field(struct str text, struct arena *arena, struct error *err)
{
	const struct str shown = message_clip(text, arena);
	const struct field *nearest = field_nearest(text);
	struct buffer names = { 0 };
	add_facet_names(&names);
	enum status status;
	if (nearest && field_is_facet(nearest))
		status = error_set(err, STATUS_BAD_REQUEST,
				   "there is no field \"%.*s\", did you mean \"%s\"? "
				   "Filters can be on %s",
				   STR_ARG(shown), nearest->name, names.data);
	else
		status = error_set(err, STATUS_BAD_REQUEST,
				   "there is no field \"%.*s\": filters can be on %s",
				   STR_ARG(shown), names.data);
	buffer_release(&names);
	return status;
}

static enum status no_filter_field(const struct field *field, struct error *err)
{
	struct buffer names = { 0 };
	add_facet_names(&names);
	const enum status status =
		error_set(err, STATUS_BAD_REQUEST,
			  "%s is no field to filter by, look for %s: in the words instead; "
			  "filters can be on %s",
			  field->name, field->name, names.data);
	buffer_release(&names);
	return status;
}

static enum status find_field(struct str name, struct arena *arena, const struct field **field,
			      struct error *err)
{
	if (!name.len)
		return error_set(err, STATUS_BAD_REQUEST,
				 "a filter begins with a field, as in place=China");
	*field = field_find(name);
	if (!*field)
		return no_such_field(name, arena, err);
	return field_is_facet(*field) ? STATUS_OK : no_filter_field(*field, err);
}

/* The field of the words' place:china is not that of a filter, but it is plain what was meant. */
static enum status no_equals_sign(struct str text, struct arena *arena, struct error *err)
{
	const struct str shown = message_clip(text, arena);
	const char *colon = text.len ? memchr(text.data, ':', text.len) : NULL;
	const size_t name_len = colon ? (size_t)(colon - text.data) : 0;
	const struct field *field = field_find((struct str){ text.data, name_len });
	if (field && name_len + 1 < text.len) {
		const struct str rest = { colon + 1, text.len - name_len - 1 };
		const struct str value = message_clip(rest, arena);
		return error_set(err, STATUS_BAD_REQUEST,
				 "\"%.*s\" is no filter: write %s=%.*s or %s!=%.*s", STR_ARG(shown),
				 field->name, STR_ARG(value), field->name, STR_ARG(value));
	}
	return error_set(err, STATUS_BAD_REQUEST,
			 "\"%.*s\" is no filter: write field=value or field!=value, "
			 "as in place=China",
			 STR_ARG(shown));
}

/* Parts the text at the first = into name and value. */
static bool split(struct str text, struct str *name, struct str *value, bool *excluded)
{
	const char *equals = text.len ? memchr(text.data, '=', text.len) : NULL;
	if (!equals)
		return false;
	const size_t at = (size_t)(equals - text.data);
	*excluded = at > 0 && equals[-1] == '!';
	*name = str_trim((struct str){ text.data, at - *excluded });
	*value = str_trim((struct str){ equals + 1, text.len - at - 1 });
	return true;
}

static enum status parse_valid(struct str text, const struct years *years, struct arena *arena,
			       struct filter *filter, struct error *err)
{
	struct str name, value;
	if (!split(text, &name, &value, &filter->excluded))
		return no_equals_sign(text, arena, err);
	enum status status = find_field(name, arena, &filter->field, err);
	if (status == STATUS_OK && !value.len)
		status = error_set(err, STATUS_BAD_REQUEST,
				   "the filter on %s has no value: write %s%s and then what it is",
				   filter->field->name, filter->field->name,
				   filter->excluded ? "!=" : "=");
	filter->typed = value;
	if (status == STATUS_OK)
		status = filter_canonical(filter->field, value, arena, &filter->value, err);
	if (status == STATUS_OK)
		status = filter_plan(filter->field, filter->value, years, arena, &filter->plan, err);
	return status;
}

enum status filter_parse(struct str text, const struct years *years, struct arena *arena,
			 struct filter *filter, struct error *err)
{
	*filter = (struct filter){ 0 };
	if (text.len > QUERY_BYTES_MAX)
		return error_set(err, STATUS_TOO_LARGE, "a filter has %zu bytes, and %d are allowed",
				 text.len, QUERY_BYTES_MAX);
	return parse_valid(utf8_clean_copy(text, arena, NULL), years, arena, filter, err);
}
