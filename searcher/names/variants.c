#include "inside.h"

#include "dateline/utf8.h"

#include <stdlib.h>

/* ---- what a name is called ---- */

/* The spellings that the catalog keeps. */
static enum status read_spellings(struct names *names, struct point point, struct arena *arena,
				  struct str_list *spellings, struct error *err)
{
	struct buffer key = { 0 }, value = { 0 };
	schema_entity_key(point.kind, point.number, &key);
	const enum status status = store_metadata(names->store, buffer_str(&key), &value, err);
	*spellings = (struct str_list){ arena_alloc(arena, value.len * sizeof(struct str)), 0 };
	const struct str copy = arena_copy(arena, buffer_str(&value));
	const char *at = copy.data, *end = at + copy.len;
	struct str name;
	/* The first is the name itself. */
	for (bool first = true; status == STATUS_OK && counted_read(&at, end, &name); first = false)
		if (!first)
			spellings->items[spellings->count++] = name;
	buffer_release(&key);
	buffer_release(&value);
	return status;
}

static int compare_aliases(const void *a, const void *b)
{
	const struct alias *one = a, *two = b;
	return str_compare(one->name, two->name);
}

/* Once a search: there may be many names that have too many variants for the catalog. */
static enum status read_alias_terms(struct names *names, enum facet_kind kind, struct error *err)
{
	struct alias_index *index = &names->aliases[kind];
	struct term_entry *terms;
	size_t count;
	struct buffer prefix = { 0 };
	if (index->is_read)
		return STATUS_OK;
	schema_alias_kind(kind, &prefix);
	const enum status status = store_terms(names->store, buffer_str(&prefix), SIZE_MAX,
					       &names->arena, &terms, &count, err);
	buffer_release(&prefix);
	if (status != STATUS_OK)
		return status;
	index->items = arena_alloc(&names->arena, count * sizeof(*index->items));
	for (size_t i = 0; i < count; i++) {
		struct alias *alias = &index->items[index->count];
		index->count += schema_alias_read(terms[i].term, &alias->variant, &alias->name);
	}
	if (index->count)
		qsort(index->items, index->count, sizeof(*index->items), compare_aliases);
	index->is_read = true;
	return STATUS_OK;
}

static size_t first_of_name(const struct alias_index *index, struct str name)
{
	size_t low = 0, high = index->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (str_compare(index->items[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int compare_keys(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static struct str *keys_of(const struct str_list *spellings, struct arena *arena)
{
	struct str *keys = arena_alloc(arena, spellings->count * sizeof(*keys));
	for (size_t i = 0; i < spellings->count; i++)
		keys[i] = utf8_name_key_copy(spellings->items[i], arena);
	if (spellings->count)
		qsort(keys, spellings->count, sizeof(*keys), compare_keys);
	return keys;
}

/* Adds the variants that terms know and the catalog does not, by their keys. */
static enum status add_from_terms(struct names *names, struct point point, struct arena *arena,
				  struct str_list *aliases, struct error *err)
{
	struct str name;
	struct buffer own = { 0 };
	const struct alias_index *index = &names->aliases[point.kind];
	enum status status = read_alias_terms(names, point.kind, err);
	if (status == STATUS_OK)
		status = names_own(names, point, arena, &name, err);
	if (status != STATUS_OK)
		return status;
	utf8_name_key(name, &own);
	const size_t first = first_of_name(index, buffer_str(&own));
	size_t end = first;
	while (end < index->count && str_equal(index->items[end].name, buffer_str(&own)))
		end++;
	const struct str *keys = keys_of(aliases, arena);
	struct str *items = arena_alloc(arena, (aliases->count + end - first) * sizeof(*items));
	size_t count = aliases->count;
	memcpy(items, aliases->items, count * sizeof(*items));
	for (size_t i = first; i < end; i++)
		if (!bsearch(&index->items[i].variant, keys, aliases->count, sizeof(*keys),
			     compare_keys))
			items[count++] = arena_copy(arena, index->items[i].variant);
	*aliases = (struct str_list){ items, count };
	buffer_release(&own);
	return STATUS_OK;
}

enum status names_aliases(struct names *names, struct point point, struct arena *arena,
			  struct str_list *aliases, struct error *err)
{
	const enum status status = read_spellings(names, point, arena, aliases, err);
	if (status != STATUS_OK || aliases->count < SCHEMA_VARIANTS_MAX)
		return status;
	return add_from_terms(names, point, arena, aliases, err);
}

/* ---- how many articles say so ---- */

/* One spelling, with the terms of all articles in which something of the group is called so. */
struct called {
	struct str key, name;
	bool is_of_end; /* as the name that the group goes by is called */
	struct plan **plans;
	size_t count, capacity;
};

struct calling {
	struct names *names;
	struct arena *arena;
	struct intern keys;
	struct called *items; /* by number in `keys` */
	size_t capacity;
	struct buffer key;
	bool is_end; /* the member at work is the one that the group goes by */
	struct error *err;
};

/* Members may spell it in several ways: what is shown must not hang on their order, which is that of their numbers. */
static struct called *called_so(struct calling *calling, struct str name)
{
	bool is_new;
	buffer_reset(&calling->key);
	utf8_name_key(name, &calling->key);
	const uint32_t at = intern_add(&calling->keys, buffer_str(&calling->key), &is_new);
	if (is_new) {
		memory_reserve(&calling->items, &calling->capacity, at, sizeof(*calling->items));
		calling->items[at] = (struct called){
			.key = calling->keys.keys[at],
			.name = name,
			.is_of_end = calling->is_end,
		};
	}
	struct called *called = &calling->items[at];
	if (!called->is_of_end && str_compare(name, called->name) > 0)
		called->name = name;
	return called;
}

static void add_plan(struct calling *calling, struct called *called, struct plan *plan)
{
	if (called->count == called->capacity) {
		called->capacity = called->capacity ? called->capacity * 2 : 2;
		struct plan **plans =
			arena_alloc(calling->arena, called->capacity * sizeof(struct plan *));
		if (called->count)
			memcpy(plans, called->plans, called->count * sizeof(struct plan *));
		called->plans = plans;
	}
	called->plans[called->count++] = plan;
}

static bool is_split(const struct names *names, struct point point, struct str alias)
{
	const struct change *change = names_change(names, point);
	return change && change->split && names_leaver(change->split, alias);
}

/*
 * Articles without any alias term call it by its own name and nothing else; those with some, only when there is one for that.
 */
static enum status add_own_name(struct calling *calling, struct point point, struct str name,
				struct plan **others, size_t other_count)
{
	struct arena *arena = calling->arena;
	struct called *called = called_so(calling, name);
	struct buffer term = { 0 };
	struct plan *parts[2], *alias;
	schema_value_term(field_of_kind(point.kind), name, &term);
	parts[0] = plan_term(arena, buffer_str(&term));
	parts[1] = plan_join(arena, PLAN_OR, others, other_count);
	buffer_release(&term);
	add_plan(calling, called, other_count ? plan_join(arena, PLAN_AND_NOT, parts, 2) : parts[0]);
	if (names_alias_plan(point.kind, name, name, arena, &alias))
		add_plan(calling, called, alias);
	return STATUS_OK;
}

static enum status add_member(struct calling *calling, struct point point)
{
	struct names *names = calling->names;
	struct str_list aliases;
	struct str name;
	enum status status = names_own(names, point, calling->arena, &name, calling->err);
	if (status == STATUS_OK)
		status = names_aliases(names, point, calling->arena, &aliases, calling->err);
	if (status != STATUS_OK)
		return status;
	struct plan **others =
		arena_alloc(calling->arena, (aliases.count + 1) * sizeof(struct plan *));
	size_t count = 0;
	struct buffer own = { 0 }, key = { 0 };
	utf8_name_key(name, &own);
	for (size_t i = 0; i < aliases.count; i++) {
		buffer_reset(&key);
		utf8_name_key(aliases.items[i], &key);
		struct plan *plan;
		if (str_equal(buffer_str(&key), buffer_str(&own)) ||
		    !names_alias_plan(point.kind, aliases.items[i], name, calling->arena, &plan))
			continue;
		others[count++] = plan;
		if (!is_split(names, point, aliases.items[i]))
			add_plan(calling, called_so(calling, aliases.items[i]), plan);
	}
	buffer_release(&own);
	buffer_release(&key);
	return add_own_name(calling, point, name, others, count);
}

/* A term alone has its count beside it. */
static enum status count_called(const struct calling *calling, const struct called *called,
				uint32_t *count)
{
	struct store *store = calling->names->store;
	if (called->count == 1 && called->plans[0]->op == PLAN_TERM)
		return store_frequency(store, called->plans[0]->term, count, calling->err);
	struct docset set;
	const struct plan *any = plan_join(calling->arena, PLAN_OR, called->plans, called->count);
	const enum status status = store_match(store, any, &set, calling->err);
	*count = status == STATUS_OK ? docset_count(&set) : 0;
	docset_release(&set);
	return status;
}

int names_compare_variants(const void *a, const void *b)
{
	const struct name_variant *one = a, *two = b;
	if (one->count != two->count)
		return one->count < two->count ? 1 : -1;
	return str_compare(one->name, two->name);
}

static enum status count_all(const struct calling *calling, struct variant_list *variants)
{
	enum status status = STATUS_OK;
	variants->items = arena_alloc(calling->arena, calling->keys.count * sizeof(*variants->items));
	for (size_t i = 0; i < calling->keys.count && status == STATUS_OK; i++) {
		struct name_variant *variant = &variants->items[variants->count];
		variant->name = calling->items[i].name;
		status = count_called(calling, &calling->items[i], &variant->count);
		variants->count += status == STATUS_OK && variant->count;
	}
	return status;
}

enum status names_variants(struct names *names, struct point end, size_t max, struct arena *arena,
			   struct variant_list *variants, struct error *err)
{
	struct calling calling = { .names = names, .arena = arena, .err = err };
	struct point_list members;
	enum status status = STATUS_OK;
	*variants = (struct variant_list){ 0 };
	names_members(names, end, arena, &members);
	for (size_t i = 0; i < members.count && status == STATUS_OK; i++) {
		calling.is_end = i == 0;
		if (!names_is_fresh(names, members.items[i]))
			status = add_member(&calling, members.items[i]);
	}
	/* Whatever is called by one name alone has no variants. */
	if (status == STATUS_OK && calling.keys.count > 1) {
		status = count_all(&calling, variants);
		qsort(variants->items, variants->count, sizeof(*variants->items),
		      names_compare_variants);
		variants->count = variants->count > max ? max : variants->count;
	}
	intern_release(&calling.keys);
	free(calling.items);
	buffer_release(&calling.key);
	return status;
}
