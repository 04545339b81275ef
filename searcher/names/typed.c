#include "inside.h"

#include "dateline/command.h"

#include <stdlib.h>

/* Names that a variant is looked at for, and those that a hint lists. */
#define MEANT_MAX 1000
#define MEANT_SHOWN 3

/* A value that articles call so. */
struct meaning {
	struct point end;
	struct str shown;
	struct plan **plans; /* of the alias terms */
	size_t count;
	uint32_t articles;
};

struct asking {
	struct names *names;
	const struct field *field;
	struct arena *arena;
	struct error *err;
};

/* ---- a name ---- */

/* A number stays when the last article of a name goes, and then the name is no more than a word. */
static enum status is_alive(const struct asking *asking, struct point point, bool *alive)
{
	struct names *names = asking->names;
	struct str name;
	uint32_t articles = 0;
	*alive = names_is_changed(names, point);
	if (*alive)
		return STATUS_OK;
	enum status status = names_own(names, point, asking->arena, &name, asking->err);
	struct buffer term = { 0 };
	schema_value_term(asking->field, name, &term);
	if (status == STATUS_OK)
		status = store_frequency(names->store, buffer_str(&term), &articles, asking->err);
	buffer_release(&term);
	*alive = articles > 0;
	return status;
}

static enum status find_name(const struct asking *asking, struct str name, bool *found, bool *gone,
			     struct point *end)
{
	struct point point;
	struct names *names = asking->names;
	enum status status =
		names_point(names, asking->field->kind, name, found, &point, asking->err);
	if (status == STATUS_OK && *found)
		status = is_alive(asking, point, found);
	if (status == STATUS_OK && *found)
		status = names_value(names, asking->field->kind, name, found, gone, end, asking->err);
	return status;
}

/* ---- what articles mean by a word that is no name ---- */

static struct meaning *meaning_of(struct meaning *meanings, size_t *count, struct point end)
{
	for (size_t i = 0; i < *count; i++)
		if (same_point(meanings[i].end, end))
			return &meanings[i];
	meanings[*count] = (struct meaning){ .end = end };
	return &meanings[(*count)++];
}

/* The value that articles count for which call `name` so; *known is false when there is none of the kind. */
static enum status value_of_alias(const struct asking *asking, enum facet_kind kind,
				  struct str variant, struct str name, bool *known, struct point *end)
{
	struct names *names = asking->names;
	const enum status status = names_point(names, kind, name, known, end, asking->err);
	if (status != STATUS_OK || !*known)
		return status;
	const struct change *change = names_change(names, *end);
	const struct leaver *leaver = change && change->split ? names_leaver(change->split, variant)
							      : NULL;
	*end = names_end(names, leaver ? leaver->to : *end);
	*known = end->kind == kind && !names_hidden(names, *end);
	return STATUS_OK;
}

/* The same for a value of the field, which may be called as a value of another kind is. */
static enum status value_called_so(const struct asking *asking, enum facet_kind kind,
				   struct str variant, struct str name, bool *known,
				   struct point *end)
{
	bool gone;
	struct str shown;
	enum status status = value_of_alias(asking, kind, variant, name, known, end);
	if (status != STATUS_OK || !*known || kind == asking->field->kind)
		return status;
	status = names_shown(asking->names, *end, asking->arena, &shown, asking->err);
	return status == STATUS_OK ? find_name(asking, shown, known, &gone, end) : status;
}

/* `terms` are alias terms of a kind. */
static enum status gather_meanings(const struct asking *asking, enum facet_kind kind,
				   const struct term_entry *terms, size_t term_count,
				   struct meaning *meanings, size_t *count)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < term_count && status == STATUS_OK; i++) {
		struct str variant, key;
		bool known;
		struct point end;
		if (!schema_alias_read(terms[i].term, &variant, &key))
			continue;
		status = value_called_so(asking, kind, variant, key, &known, &end);
		if (status != STATUS_OK || !known)
			continue;
		struct meaning *meaning = meaning_of(meanings, count, end);
		if (!meaning->plans)
			meaning->plans =
				arena_alloc(asking->arena, term_count * sizeof(struct plan *));
		meaning->plans[meaning->count++] = plan_term(asking->arena, terms[i].term);
	}
	return status;
}

static enum status count_meanings(const struct asking *asking, struct meaning *meanings, size_t count)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct docset set;
		const struct plan *any =
			plan_join(asking->arena, PLAN_OR, meanings[i].plans, meanings[i].count);
		status = store_match(asking->names->store, any, &set, asking->err);
		meanings[i].articles = status == STATUS_OK ? docset_count(&set) : 0;
		docset_release(&set);
		if (status == STATUS_OK)
			status = names_shown(asking->names, meanings[i].end, asking->arena,
					     &meanings[i].shown, asking->err);
	}
	return status;
}

static int compare_meanings(const void *a, const void *b)
{
	const struct meaning *one = a, *two = b;
	if (one->articles != two->articles)
		return one->articles < two->articles ? 1 : -1;
	return str_compare(one->shown, two->shown);
}

static struct str describe(const struct asking *asking, struct str typed,
			   const struct meaning *meanings, size_t count)
{
	struct buffer out = { 0 };
	buffer_add_format(&out, "%s %.*s: taken as ", asking->field->name, STR_ARG(typed));
	for (size_t i = 0; i < count && i <= MEANT_SHOWN; i++) {
		if (i)
			buffer_add_text(&out, i == 1 ? "; also " : ", ");
		buffer_add_str(&out, meanings[i].shown);
		buffer_add_text(&out, " (");
		add_grouped(&out, meanings[i].articles);
		buffer_add_text(&out, i                           ? ")"
				      : meanings[i].articles == 1 ? " article)"
								  : " articles)");
	}
	if (count > MEANT_SHOWN + 1)
		buffer_add_format(&out, " and %zu more", count - MEANT_SHOWN - 1);
	const struct str hint = arena_copy(asking->arena, buffer_str(&out));
	buffer_release(&out);
	return hint;
}

/* What articles that call values of `kind` so mean by it, the most of them first. To be freed. */
static enum status read_meanings(const struct asking *asking, enum facet_kind kind,
				 struct str typed, struct meaning **meanings, size_t *count)
{
	struct buffer prefix = { 0 };
	struct term_entry *terms = NULL;
	size_t term_count = 0;
	enum status status = STATUS_OK;
	if (schema_alias_prefix(kind, typed, &prefix))
		status = store_terms(asking->names->store, buffer_str(&prefix), MEANT_MAX,
				     asking->arena, &terms, &term_count, asking->err);
	buffer_release(&prefix);
	*meanings = memory_zero(term_count + 1, sizeof(**meanings));
	*count = 0;
	if (status == STATUS_OK)
		status = gather_meanings(asking, kind, terms, term_count, *meanings, count);
	if (status == STATUS_OK)
		status = count_meanings(asking, *meanings, *count);
	if (status == STATUS_OK)
		qsort(*meanings, *count, sizeof(**meanings), compare_meanings);
	return status;
}

static enum status find_meaning(const struct asking *asking, enum facet_kind kind, struct str typed,
				struct typed_value *value)
{
	struct meaning *meanings;
	size_t count;
	const enum status status = read_meanings(asking, kind, typed, &meanings, &count);
	value->is_known = status == STATUS_OK && count;
	if (value->is_known) {
		value->end = meanings[0].end;
		value->hint = describe(asking, typed, meanings, count);
	}
	free(meanings);
	return status;
}

static enum status count_value(const struct asking *asking, struct point end, uint32_t *articles)
{
	struct plan *plan;
	struct docset set = { 0 };
	enum status status = names_plan(asking->names, end, asking->arena, &plan, asking->err);
	if (status == STATUS_OK)
		status = store_match(asking->names->store, plan, &set, asking->err);
	*articles = status == STATUS_OK ? docset_count(&set) : 0;
	docset_release(&set);
	return status;
}

static struct str describe_other(const struct asking *asking, struct str typed,
				 const struct meaning *meaning)
{
	struct buffer out = { 0 };
	buffer_add_format(&out, "%s %.*s: ", asking->field->name, STR_ARG(typed));
	add_grouped(&out, meaning->articles);
	buffer_add_format(&out, " article%s %.*s so", meaning->articles == 1 ? " calls" : "s call",
			  STR_ARG(meaning->shown));
	const struct str hint = arena_copy(asking->arena, buffer_str(&out));
	buffer_release(&out);
	return hint;
}

/* "Bernie" may be a name that a few articles have, while very many call somebody else so. */
static enum status note_other_meaning(const struct asking *asking, struct str typed,
				      struct typed_value *value)
{
	struct meaning *meanings;
	size_t count;
	uint32_t articles;
	enum status status = read_meanings(asking, asking->field->kind, typed, &meanings, &count);
	if (status == STATUS_OK && count && !same_point(meanings[0].end, value->end)) {
		status = count_value(asking, value->end, &articles);
		if (status == STATUS_OK && meanings[0].articles > articles)
			value->hint = describe_other(asking, typed, &meanings[0]);
	}
	free(meanings);
	return status;
}

/* ---- what was typed ---- */

static struct str describe_gone(const struct asking *asking, struct point end, struct str name)
{
	struct buffer out = { 0 };
	buffer_add_format(&out, "%s %.*s: by the corrections, ", asking->field->name, STR_ARG(name));
	if (end.kind == asking->field->kind)
		buffer_add_text(&out, "this is hidden");
	else
		buffer_add_format(&out, "this is of the field %s", field_of_kind(end.kind)->name);
	const struct str hint = arena_copy(asking->arena, buffer_str(&out));
	buffer_release(&out);
	return hint;
}

/* The kind whose names the values of another go by. */
static enum facet_kind kind_of_names(enum facet_kind kind)
{
	switch (kind) {
	case KIND_SPEAKER:
		return KIND_PERSON;
	case KIND_AGENCY:
		return KIND_ORG;
	case KIND_DATELINE:
		return KIND_PLACE;
	default:
		return KIND_NONE;
	}
}

/* A name as it is typed may be one that only corrections made; its canonical form is what the index has. */
static enum status find_value(const struct asking *asking, struct str typed, struct str canonical,
			      struct typed_value *value)
{
	const struct str forms[] = { typed, canonical };
	const enum facet_kind kinds[] = { asking->field->kind, kind_of_names(asking->field->kind) };
	enum status status = STATUS_OK;
	for (int i = 0; i < 2 && status == STATUS_OK && !value->is_known && !value->is_gone; i++)
		status = find_name(asking, forms[i], &value->is_known, &value->is_gone, &value->end);
	if (status == STATUS_OK && value->is_known)
		return note_other_meaning(asking, typed, value);
	for (int i = 0; i < 4 && status == STATUS_OK && !value->is_known && !value->is_gone; i++)
		if (kinds[i / 2] != KIND_NONE)
			status = find_meaning(asking, kinds[i / 2], forms[i % 2], value);
	return status;
}

enum status names_understand(struct names *names, const struct field *field, struct str typed,
			     struct str canonical, struct arena *arena, struct typed_value *value,
			     struct error *err)
{
	const struct asking asking = { names, field, arena, err };
	*value = (struct typed_value){ .hint = { "", 0 } };
	const enum status status = find_value(&asking, typed, canonical, value);
	if (status == STATUS_OK && value->is_gone)
		value->hint = describe_gone(&asking, value->end, canonical);
	return status;
}

enum status names_typed(struct names *names, const struct field *field, struct str typed,
			struct str canonical, struct arena *arena, struct str *shown,
			struct plan **plan, struct str *hint, struct error *err)
{
	struct typed_value value;
	*shown = canonical;
	enum status status = names_understand(names, field, typed, canonical, arena, &value, err);
	*hint = value.hint;
	if (status == STATUS_OK && value.is_gone)
		*plan = plan_join(arena, PLAN_NONE, NULL, 0);
	if (status != STATUS_OK || !value.is_known)
		return status;
	status = names_plan(names, value.end, arena, plan, err);
	return status == STATUS_OK ? names_shown(names, value.end, arena, shown, err) : status;
}

/* ---- what an article has ---- */

static void add_end(const struct names *names, struct point point, struct arena *arena,
		    struct point_list *ends)
{
	const struct point end = names_end(names, point);
	if (!names_hidden(names, end))
		names_add_point(ends, arena, end);
}

enum status names_of_article(struct names *names, const struct entity *entity, bool *known,
			     struct arena *arena, struct point_list *ends, struct error *err)
{
	struct point point;
	*ends = (struct point_list){ 0 };
	const enum status status = names_point(names, entity->kind, entity->name, known, &point, err);
	if (status != STATUS_OK || !*known)
		return status;
	const struct change *change = names_change(names, point);
	size_t left = 0;
	for (size_t i = 0; change && change->split && i < entity->variants.count; i++) {
		const struct leaver *leaver = names_leaver(change->split, entity->variants.items[i]);
		left += leaver != NULL;
		if (leaver)
			add_end(names, leaver->to, arena, ends);
	}
	/* An article that calls it nothing else does not count for the name itself. */
	if (!left || left < entity->variants.count)
		add_end(names, point, arena, ends);
	return STATUS_OK;
}
