#include "../names/map.h"
#include "columns.h"
#include "facets.h"

#include <stdlib.h>

/* ---- which value ---- */

static enum status find_value(const struct facet_part *part, struct str typed, struct str canonical,
			      struct arena *arena, struct beside *beside, struct str *shown,
			      struct error *err)
{
	const enum facet_kind kind = beside->field->kind;
	struct typed_value value;
	if (!part->names)
		return facet_number(part->store, kind, canonical, &beside->is_known,
				    &beside->number, err);
	enum status status =
		names_understand(part->names, beside->field, typed, canonical, arena, &value, err);
	if (status != STATUS_OK || !value.is_known || value.is_gone)
		return status;
	beside->is_known = true;
	beside->number = value.end.number;
	return shown->len ? STATUS_OK : names_shown(part->names, value.end, arena, shown, err);
}

enum status beside_understand(const struct facet_job *job, struct arena *arena,
			      struct beside *besides, struct str *shown, struct error *err)
{
	const struct str text = job->request.beside;
	const char *equals = memchr(text.data, '=', text.len);
	const size_t len = equals ? (size_t)(equals - text.data) : text.len;
	const struct field *field = field_find((struct str){ text.data, len });
	struct str canonical, name = { 0 };
	if (!equals || !field || field->role != FIELD_VALUE)
		return error_set(
			err, STATUS_BAD_REQUEST,
			"what stands beside a value is FIELD=VALUE, as place=China, not \"%.*s\"",
			STR_ARG(text));
	const struct str typed = { equals + 1, text.len - len - 1 };
	enum status status = filter_canonical(field, typed, arena, &canonical, err);
	for (size_t i = 0; i < job->part_count && status == STATUS_OK; i++) {
		besides[i] = (struct beside){ .field = field };
		status = find_value(&job->parts[i], typed, canonical, arena, &besides[i], &name, err);
	}
	if (status != STATUS_OK)
		return status;
	struct buffer whole = { 0 };
	buffer_add_format(&whole, "%s=", field->name);
	buffer_add_str(&whole, name.len ? name : canonical);
	*shown = arena_copy(arena, buffer_str(&whole));
	buffer_release(&whole);
	return STATUS_OK;
}

/* ---- what an article has ---- */

/* One way through the articles that have the value. */
struct pass {
	const struct beside *beside;
	enum facet_kind kind; /* that is counted */
	uint32_t sources;     /* kinds whose values may count in it, one bit each */
	uint32_t least;       /* percent */
	struct tally *tally;
	const struct beside_listener *listener; /* NULL: the tally counts */
	struct names_map map;                   /* {0}: every number counts for itself */
	uint64_t *sentences; /* of the article at hand that mention the value, one bit each */
	size_t words;        /* of those bits that there is room for */
	uint32_t *set;       /* the numbers of these sentences, to take them back */
	size_t set_count, set_room;
	struct mentioned {
		struct facet_value value;
		struct sentence_group sentences;
	} * values; /* of the article at hand, that have any sentences */
	size_t value_count, value_room;
};

/* No text has more sentences than bytes. */
#define SENTENCES_MAX ((uint32_t)ARTICLE_TEXT_MAX)

static bool note_sentences(struct pass *pass, struct sentence_group group)
{
	uint32_t number;
	while (sentence_next(&group, &number)) {
		if (number >= SENTENCES_MAX)
			return false;
		if (number / 64 >= pass->words) {
			const size_t words = (number / 64 + 1) * (size_t)2;
			pass->sentences = memory_grow(pass->sentences, words * sizeof(uint64_t));
			memset(pass->sentences + pass->words, 0,
			       (words - pass->words) * sizeof(uint64_t));
			pass->words = words;
		}
		pass->sentences[number / 64] |= (uint64_t)1 << (number & 63);
		memory_reserve(&pass->set, &pass->set_room, pass->set_count, sizeof(*pass->set));
		pass->set[pass->set_count++] = number;
	}
	return !group.count;
}

/* Does one of these sentences mention the value? False also on damage, which is noted. */
static bool is_together(const struct pass *pass, struct sentence_group group, bool *damaged)
{
	uint32_t number;
	while (sentence_next(&group, &number))
		if (number / 64 < pass->words && pass->sentences[number / 64] >> (number & 63) & 1)
			return true;
	*damaged |= group.count != 0;
	return false;
}

static void forget_sentences(struct pass *pass)
{
	for (size_t i = 0; i < pass->set_count; i++)
		pass->sentences[pass->set[i] / 64] = 0;
	pass->set_count = 0;
}

static const struct map_item *item_of(const struct pass *pass, enum facet_kind kind, uint32_t number)
{
	const struct map_kind *of = &pass->map.kinds[kind];
	return of->words ? map_find(&pass->map, of, number) : NULL;
}

/* Does the article count for the value because of this one? */
static bool counts_for_it(const struct pass *pass, uint32_t id, const struct facet_value *value)
{
	const enum facet_kind kind = pass->beside->field->kind;
	const struct map_item *item = item_of(pass, value->kind, value->number);
	if (!item)
		return value->kind == kind && value->number == pass->beside->number;
	/* What others count for has an item too. */
	const struct map_item *end = item_of(pass, kind, pass->beside->number);
	if (!end)
		return false;
	const uint32_t target = (uint32_t)(end - pass->map.items);
	const struct map_split *split = item->split;
	if (item->target == target && (!split || !docset_has(split->left, id)))
		return true;
	for (size_t i = 0; split && i < split->gain_count; i++)
		if (split->gains[i].target == target && docset_has(split->gains[i].set, id))
			return true;
	return false;
}

/* Once through the article: its values with their sentences, and the sentences of the one that is asked for. */
static bool find_sentences(struct pass *pass, const struct columns *columns)
{
	struct column_cursor cursor;
	struct facet_value value;
	column_cursor_start(&cursor, columns);
	cursor.kinds = pass->sources;
	pass->value_count = 0;
	while (column_cursor_next(&cursor, &value)) {
		if (!cursor.mentioned.count || value.confidence < pass->least)
			continue;
		memory_reserve(&pass->values, &pass->value_room, pass->value_count,
			       sizeof(*pass->values));
		pass->values[pass->value_count++] = (struct mentioned){ value, cursor.mentioned };
		if (counts_for_it(pass, columns->id, &value) &&
		    !note_sentences(pass, cursor.mentioned))
			return false;
	}
	return !cursor.damaged;
}

static bool count_value(const struct pass *pass, uint32_t id, const struct facet_value *value)
{
	const struct map_item *item = item_of(pass, value->kind, value->number);
	if (item) {
		map_count(&pass->map, value->kind, item, id);
		return true;
	}
	if (value->kind != pass->kind)
		return true;
	if (value->number >= pass->tally->sizes[value->kind])
		return false;
	pass->tally->counts[value->kind][value->number]++;
	return true;
}

static bool found(const struct pass *pass, const struct columns *columns,
		  const struct facet_value *value)
{
	if (pass->listener)
		return pass->listener->call(pass->listener->context, columns, value);
	return count_value(pass, columns->id, value);
}

static bool count_together(const struct pass *pass, const struct columns *columns)
{
	bool damaged = false;
	for (size_t i = 0; i < pass->value_count && !damaged; i++)
		if (is_together(pass, pass->values[i].sentences, &damaged))
			damaged = !found(pass, columns, &pass->values[i].value);
	return !damaged;
}

static enum status count_article(struct pass *pass, const struct columns *columns, struct error *err)
{
	bool good = find_sentences(pass, columns);
	if (good && pass->set_count)
		good = count_together(pass, columns);
	forget_sentences(pass);
	return good ? STATUS_OK : column_damaged(columns->id, err);
}

/* ---- all articles ---- */

static enum status count_articles(struct pass *pass, struct store *store, const struct docset *set,
				  struct error *err)
{
	struct columns columns;
	columns_start(&columns, store, set);
	columns_read_side(&columns, SIDE_SENTENCES);
	if (pass->listener)
		columns_read_side(&columns, SIDE_PUBLISHED);
	enum status status;
	while ((status = columns_next(&columns, err)) == STATUS_OK) {
		if (!columns.sides[SIDE_SENTENCES].found.len)
			continue;
		status = count_article(pass, &columns, err);
		if (status != STATUS_OK)
			break;
	}
	columns_release(&columns);
	return status == STATUS_END ? STATUS_OK : status;
}

/* The articles that have the value: no other has a sentence with it. */
static enum status match_value(const struct facet_part *part, const struct beside *beside,
			       struct docset *set, struct error *err)
{
	struct arena arena = { 0 };
	struct plan *plan;
	enum status status = STATUS_OK;
	if (part->names) {
		const struct point end = { beside->field->kind, beside->number };
		status = names_plan(part->names, end, &arena, &plan, err);
	} else {
		plan = plan_join(&arena, PLAN_ALL, NULL, 0);
	}
	if (status == STATUS_OK)
		status = store_match(part->store, plan, set, err);
	arena_release(&arena);
	return status;
}

static enum status go_through(struct pass *pass, const struct facet_part *part,
			      const struct docset *set, struct error *err)
{
	const uint32_t kinds = kind_bit(pass->kind) | kind_bit(pass->beside->field->kind);
	struct docset having = { 0 };
	enum status status = tally_prepare(pass->tally, part->store, kinds, err);
	if (status != STATUS_OK || !pass->beside->is_known)
		return status;
	pass->sources = kinds;
	if (part->names) {
		pass->least = names_min_confidence(part->names);
		status = names_map_make(part->names, kinds, pass->tally->counts, &pass->map, err);
		pass->sources |= pass->map.sources;
	}
	if (status == STATUS_OK)
		status = match_value(part, pass->beside, &having, err);
	if (status == STATUS_OK && set)
		docset_and(&having, set);
	if (status == STATUS_OK)
		status = count_articles(pass, part->store, &having, err);
	docset_release(&having);
	names_map_release(&pass->map);
	free(pass->sentences);
	free(pass->set);
	free(pass->values);
	return status;
}

enum status beside_tally(const struct facet_part *part, const struct docset *set,
			 const struct beside *beside, enum facet_kind kind, struct tally *tally,
			 struct error *err)
{
	struct pass pass = { .beside = beside, .kind = kind, .tally = tally };
	const enum status status = go_through(&pass, part, set, err);
	if (status == STATUS_OK && kind == beside->field->kind && beside->is_known &&
	    beside->number < tally->sizes[kind])
		tally->counts[kind][beside->number] = 0;
	return status;
}

enum status beside_each(const struct facet_part *part, const struct beside *beside,
			enum facet_kind kind, const struct beside_listener *listener,
			struct error *err)
{
	struct tally tally = { .names = part->names };
	struct pass pass = { .beside = beside, .kind = kind, .tally = &tally, .listener = listener };
	const enum status status = go_through(&pass, part, part->set, err);
	tally_release(&tally);
	return status;
}
