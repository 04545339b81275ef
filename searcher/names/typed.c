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

/* `terms` are alias terms. */
static enum status gather_meanings(const struct asking *asking, const struct term_entry *terms,
				   size_t term_count, struct meaning *meanings, size_t *count)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < term_count && status == STATUS_OK; i++) {
		struct str variant, key;
		bool known, gone;
		struct point end;
		if (!schema_alias_read(terms[i].term, &variant, &key))
			continue;
		status = names_value(asking->names, asking->field->kind, key, &known, &gone, &end,
				     asking->err);
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

static enum status find_meaning(const struct asking *asking, struct str typed, bool *found,
				struct point *end, struct str *hint)
{
	struct buffer prefix = { 0 };
	struct term_entry *terms = NULL;
	size_t term_count = 0, count = 0;
	enum status status = STATUS_OK;
	if (schema_alias_prefix(asking->field->kind, typed, &prefix))
		status = store_terms(asking->names->store, buffer_str(&prefix), MEANT_MAX,
				     asking->arena, &terms, &term_count, asking->err);
	buffer_release(&prefix);
	struct meaning *meanings = memory_zero(term_count + 1, sizeof(*meanings));
	if (status == STATUS_OK)
		status = gather_meanings(asking, terms, term_count, meanings, &count);
	if (status == STATUS_OK)
		status = count_meanings(asking, meanings, count);
	*found = status == STATUS_OK && count;
	if (*found) {
		qsort(meanings, count, sizeof(*meanings), compare_meanings);
		*end = meanings[0].end;
		*hint = describe(asking, typed, meanings, count);
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

/* A name as it is typed may be one that only corrections made; its canonical form is what the index has. */
static enum status find_value(const struct asking *asking, struct str typed, struct str canonical,
			      bool *found, bool *gone, struct point *end, struct str *hint)
{
	const struct str forms[] = { typed, canonical };
	enum status status = STATUS_OK;
	*found = *gone = false;
	for (int i = 0; i < 2 && status == STATUS_OK && !*found && !*gone; i++)
		status = find_name(asking, forms[i], found, gone, end);
	for (int i = 0; i < 2 && status == STATUS_OK && !*found && !*gone; i++)
		status = find_meaning(asking, forms[i], found, end, hint);
	return status;
}

enum status names_typed(struct names *names, const struct field *field, struct str typed,
			struct str canonical, struct arena *arena, struct str *shown,
			struct plan **plan, struct str *hint, struct error *err)
{
	const struct asking asking = { names, field, arena, err };
	bool found, gone;
	struct point end;
	*hint = (struct str){ "", 0 };
	*shown = canonical;
	enum status status = find_value(&asking, typed, canonical, &found, &gone, &end, hint);
	if (status != STATUS_OK)
		return status;
	if (gone) {
		*hint = describe_gone(&asking, end, canonical);
		*plan = plan_join(arena, PLAN_NONE, NULL, 0);
	}
	if (!found)
		return STATUS_OK;
	status = names_plan(names, end, arena, plan, err);
	return status == STATUS_OK ? names_shown(names, end, arena, shown, err) : status;
}
