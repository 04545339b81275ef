#include "spellings.h"

#include "dateline/field.h"
#include "dateline/schema.h"
#include "dateline/utf8.h"

#include <stdlib.h>

void spellings_release(struct spellings *spellings)
{
	free(spellings->variants.items);
	free(spellings->others.items);
	*spellings = (struct spellings){ 0 };
}

/* ---- lists ---- */

static void list_add(struct spelling_list *list, struct spelling spelling)
{
	memory_reserve(&list->items, &list->capacity, list->count, sizeof(*list->items));
	list->items[list->count++] = spelling;
}

/* The order stays, so that the same articles give the same bytes. */
static void list_remove(struct spelling_list *list, size_t at)
{
	list->count--;
	memmove(list->items + at, list->items + at + 1, (list->count - at) * sizeof(*list->items));
}

static struct spelling *find_text(const struct spelling_list *list, struct str text, bool is_variant)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].is_variant == is_variant && str_equal(list->items[i].text, text))
			return &list->items[i];
	return NULL;
}

static struct spelling *find_key(const struct spelling_list *list, struct str key)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_equal(list->items[i].key, key))
			return &list->items[i];
	return NULL;
}

static struct str key_of(const struct spelling_change *change, struct str text)
{
	buffer_reset(change->scratch);
	utf8_name_key(text, change->scratch);
	return buffer_str(change->scratch);
}

static void add_other(struct spellings *spellings, const struct spelling_change *change,
		      struct spelling spelling)
{
	if (spellings->others.count == SPELLINGS_MAX)
		return;
	spelling.text = arena_copy(change->arena, spelling.text);
	list_add(&spellings->others, spelling);
}

/* ---- articles that come ---- */

static enum spelling_news add_name(struct spellings *spellings,
				   const struct spelling_change *change, struct str name)
{
	if (str_equal(name, spellings->name))
		return spellings->others.count ? SPELLING_COUNTS : SPELLING_NOTHING;
	struct spelling *other = find_text(&spellings->others, name, false);
	if (other)
		other->count++;
	else
		add_other(spellings, change, (struct spelling){ name, change->key, 1, false });
	return SPELLING_CHANGED;
}

/* Whatever has no term is never asked for: what is too long, or nothing but signs. */
static bool has_term(const struct spelling_change *change, struct str variant)
{
	buffer_reset(change->scratch);
	return schema_alias_term(change->kind, variant, change->key, change->scratch);
}

/* A spelling that was not met before. */
static enum spelling_news add_new(struct spellings *spellings, const struct spelling_change *change,
				  struct str variant)
{
	const struct str key = key_of(change, variant);
	if (str_equal(key, change->key))
		return SPELLING_NOTHING;
	const struct spelling *known = find_key(&spellings->variants, key);
	if (known) {
		add_other(spellings, change, (struct spelling){ variant, known->key, 1, true });
		return SPELLING_CHANGED;
	}
	if (spellings->variants.count == SCHEMA_VARIANTS_MAX || !has_term(change, variant))
		return SPELLING_NOTHING;
	spellings_add_variant(spellings, change, variant);
	return SPELLING_CHANGED;
}

static enum spelling_news add_variant(struct spellings *spellings,
				      const struct spelling_change *change, struct str name,
				      struct str variant)
{
	/* That it is called by its own name too is told by the name. */
	if (str_equal(variant, name))
		return SPELLING_NOTHING;
	if (find_text(&spellings->variants, variant, true))
		return spellings->others.count ? SPELLING_COUNTS : SPELLING_NOTHING;
	struct spelling *other = find_text(&spellings->others, variant, true);
	if (!other)
		return add_new(spellings, change, variant);
	other->count++;
	return SPELLING_CHANGED;
}

static enum spelling_news greater(enum spelling_news one, enum spelling_news other)
{
	return one > other ? one : other;
}

enum spelling_news spellings_add(struct spellings *spellings, const struct spelling_change *change,
				 const struct entity *entity)
{
	enum spelling_news news = add_name(spellings, change, entity->name);
	for (size_t i = 0; i < entity->variants.count; i++)
		news = greater(news, add_variant(spellings, change, entity->name,
						 entity->variants.items[i]));
	return news;
}

void spellings_add_variant(struct spellings *spellings, const struct spelling_change *change,
			   struct str text)
{
	const struct str key = key_of(change, text);
	if (str_equal(key, change->key) || find_key(&spellings->variants, key))
		return;
	const struct spelling spelling = { arena_copy(change->arena, text),
					   arena_copy(change->arena, key), 0, true };
	list_add(&spellings->variants, spelling);
}

/* ---- articles that go ---- */

static bool take_one(struct spellings *spellings, struct str text, bool is_variant)
{
	struct spelling *other = find_text(&spellings->others, text, is_variant);
	if (!other)
		return false;
	if (!--other->count)
		list_remove(&spellings->others, (size_t)(other - spellings->others.items));
	return true;
}

enum spelling_news spellings_take(struct spellings *spellings, const struct entity *entity)
{
	bool changed = !str_equal(entity->name, spellings->name) &&
		       take_one(spellings, entity->name, false);
	for (size_t i = 0; i < entity->variants.count; i++)
		if (!str_equal(entity->variants.items[i], entity->name))
			changed |= take_one(spellings, entity->variants.items[i], true);
	return changed ? SPELLING_CHANGED : SPELLING_COUNTS;
}

/* ---- what is shown ---- */

static bool is_better(const struct spelling *one, const struct spelling *other)
{
	if (one->count != other->count)
		return one->count > other->count;
	return str_compare(one->text, other->text) > 0;
}

/* One name at work: `shown` is what is shown by now, and `total` articles have the name. */
static bool decide(struct spelling_list *others, struct spelling *shown, uint32_t total)
{
	struct spelling *best = NULL;
	uint64_t counted = 0;
	for (size_t i = 0; i < others->count; i++) {
		struct spelling *other = &others->items[i];
		if (other->is_variant != shown->is_variant || !str_equal(other->key, shown->key))
			continue;
		counted += other->count;
		if (!best || is_better(other, best))
			best = other;
	}
	shown->count = counted < total ? total - (uint32_t)counted : 0;
	const bool changes = best && is_better(best, shown);
	if (changes) {
		const struct spelling before = *shown;
		*shown = *best;
		*best = before;
		if (!before.count)
			list_remove(others, (size_t)(best - others->items));
	}
	shown->count = 0;
	return changes;
}

static enum status decide_name(struct spellings *spellings, const struct spelling_change *change,
			       struct store *store, bool *changed, struct error *err)
{
	uint32_t total;
	struct spelling shown = { spellings->name, change->key, 0, false };
	buffer_reset(change->scratch);
	schema_value_term(field_of_kind(change->kind), change->key, change->scratch);
	const enum status status = store_frequency(store, buffer_str(change->scratch), &total, err);
	if (status == STATUS_OK && decide(&spellings->others, &shown, total)) {
		spellings->name = shown.text;
		*changed = true;
	}
	return status;
}

static void forget_variant(struct spellings *spellings, size_t at)
{
	const struct str key = spellings->variants.items[at].key;
	for (size_t i = spellings->others.count; i-- > 0;)
		if (spellings->others.items[i].is_variant &&
		    str_equal(spellings->others.items[i].key, key))
			list_remove(&spellings->others, i);
	list_remove(&spellings->variants, at);
}

static enum status decide_variant(struct spellings *spellings, size_t at,
				  const struct spelling_change *change, struct store *store,
				  bool *changed, struct error *err)
{
	uint32_t total;
	struct spelling *shown = &spellings->variants.items[at];
	buffer_reset(change->scratch);
	schema_alias_term(change->kind, shown->key, change->key, change->scratch);
	const enum status status = store_frequency(store, buffer_str(change->scratch), &total, err);
	if (status != STATUS_OK)
		return status;
	if (!total) {
		forget_variant(spellings, at);
		*changed = true;
	} else if (decide(&spellings->others, shown, total)) {
		*changed = true;
	}
	return STATUS_OK;
}

enum status spellings_decide(struct spellings *spellings, const struct spelling_change *change,
			     struct store *store, bool *changed, struct error *err)
{
	enum status status = STATUS_OK;
	if (spellings->others.count)
		status = decide_name(spellings, change, store, changed, err);
	/* From the end, as some go. */
	for (size_t i = spellings->variants.count; i-- > 0 && status == STATUS_OK;)
		status = decide_variant(spellings, i, change, store, changed, err);
	return status;
}

/* ---- in the metadata ---- */

void spellings_encode(const struct spellings *spellings, struct buffer *out)
{
	for (size_t i = 0; i < spellings->others.count; i++) {
		const struct spelling *other = &spellings->others.items[i];
		buffer_add_varint(out, (uint64_t)other->count << 1 | other->is_variant);
		buffer_add_counted(out, other->text);
	}
}

bool spellings_decode(struct spellings *spellings, const struct spelling_change *change,
		      struct str bytes)
{
	uint64_t head;
	struct str text;
	for (const char *at = bytes.data, *end = at + bytes.len; at < end;) {
		if (!varint_read(&at, end, &head) || head >> 33 || !counted_read(&at, end, &text))
			return false;
		struct spelling other = { text, change->key, (uint32_t)(head >> 1), head & 1 };
		const struct str key = key_of(change, text);
		const struct spelling *of = other.is_variant ? find_key(&spellings->variants, key)
							     : NULL;
		if (!other.count || (other.is_variant ? !of : !str_equal(key, change->key)))
			return false;
		if (of)
			other.key = of->key;
		add_other(spellings, change, other);
	}
	return true;
}
