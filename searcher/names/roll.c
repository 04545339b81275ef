#include "roll.h"

#include "../facets/columns.h"
#include "inside.h"
#include "map.h"

#include <stdlib.h>

/* ---- making one ---- */

struct growing {
	struct names_map map;
	enum facet_kind kind;
	struct roll *roll;
	uint32_t *counts; /* nothing is counted here: a place in it says which number is meant */
	size_t count, capacity;
};

static bool add_number(struct growing *growing, uint32_t number)
{
	if (growing->count >= ROLL_BYTES_MAX / sizeof(uint32_t))
		return false;
	memory_reserve(&growing->roll->numbers, &growing->capacity, growing->count,
		       sizeof(*growing->roll->numbers));
	growing->roll->numbers[growing->count++] = number;
	growing->roll->totals[number]++;
	return true;
}

/* An article that has several names of one value has it once. */
static bool add_target(struct growing *growing, uint32_t target, uint32_t id)
{
	if (target == MAP_NOWHERE)
		return true;
	struct map_item *item = &growing->map.items[target];
	if (item->last == id)
		return true;
	item->last = id;
	return add_number(growing, (uint32_t)(item->count - growing->counts));
}

static bool add_special(struct growing *growing, const struct map_item *item, uint32_t id)
{
	const struct map_split *split = item->split;
	if ((!split || !docset_has(split->left, id)) && !add_target(growing, item->target, id))
		return false;
	for (size_t i = 0; split && i < split->gain_count; i++)
		if (docset_has(split->gains[i].set, id) &&
		    !add_target(growing, split->gains[i].target, id))
			return false;
	return true;
}

/* False when there is no more room. A column that is damaged is left to who counts without the roll. */
static bool add_article(struct growing *growing, const struct columns *columns, bool *damaged)
{
	struct column_cursor cursor;
	struct facet_value value;
	bool has_room = true;
	column_cursor_start(&cursor, columns);
	while (has_room && column_cursor_next(&cursor, &value)) {
		const struct map_kind *kind = &growing->map.kinds[value.kind];
		const struct map_item *item =
			kind->words ? map_find(&growing->map, kind, value.number) : NULL;
		if (item)
			has_room = add_special(growing, item, columns->id);
		else if (value.kind != growing->kind)
			continue;
		else if (value.number >= growing->roll->size)
			cursor.damaged = true;
		else
			has_room = add_number(growing, value.number);
	}
	*damaged = cursor.damaged;
	return has_room;
}

static void end_articles(struct growing *growing, uint32_t *next, uint32_t to)
{
	while (*next <= to)
		growing->roll->starts[(*next)++] = (uint32_t)growing->count;
}

static enum status add_articles(struct growing *growing, struct store *store, bool *made,
				struct error *err)
{
	struct docset all;
	struct columns columns;
	const struct plan every = { .op = PLAN_ALL };
	enum status status = store_match(store, &every, &all, err);
	uint32_t next = 0;
	bool damaged = false;
	if (status != STATUS_OK)
		return status;
	columns_start(&columns, store, &all);
	*made = true;
	while (*made && (status = columns_next(&columns, err)) == STATUS_OK) {
		const size_t before = growing->count;
		end_articles(growing, &next, columns.id);
		*made = add_article(growing, &columns, &damaged) && !damaged;
		growing->roll->having += growing->count > before;
	}
	end_articles(growing, &next, growing->roll->limit + 1);
	columns_release(&columns);
	docset_release(&all);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status grow(struct names *names, struct growing *growing, bool *made, struct error *err)
{
	struct roll *roll = growing->roll;
	uint32_t *counts[KIND_COUNT] = { 0 };
	enum status status = names_size(names, growing->kind, &roll->size, err);
	if (status != STATUS_OK)
		return status;
	const size_t room = (size_t)roll->size + 1;
	roll->limit = store_last_id(names->store);
	roll->starts = memory_zero((size_t)roll->limit + 2, sizeof(*roll->starts));
	roll->totals = memory_zero(room, sizeof(*roll->totals));
	counts[growing->kind] = growing->counts = memory_zero(room, sizeof(uint32_t));
	status = names_map_make(names, kind_bit(growing->kind), counts, &growing->map, err);
	if (status == STATUS_OK)
		status = add_articles(growing, names->store, made, err);
	names_map_release(&growing->map);
	free(growing->counts);
	return status;
}

static enum status make_roll(struct names *names, enum facet_kind kind, struct roll **roll,
			     struct error *err)
{
	struct growing growing = { .kind = kind, .roll = memory_zero(1, sizeof(**roll)) };
	bool made = false;
	const enum status status = grow(names, &growing, &made, err);
	if (!made || status != STATUS_OK) {
		roll_free(growing.roll);
		growing.roll = NULL;
	}
	*roll = growing.roll;
	return status;
}

void roll_free(struct roll *roll)
{
	if (!roll)
		return;
	free(roll->starts);
	free(roll->numbers);
	free(roll->totals);
	free(roll->counts);
	free(roll->listed);
	free(roll->shown);
	free(roll);
}

/* Numbers of dates are made of the date: by far too many to keep counts of. */
enum status names_roll(struct names *names, enum facet_kind kind, uint32_t articles,
		       struct roll **roll, struct error *err)
{
	const uint64_t all = store_count(names->store);
	uint64_t *counted = &names->counted[kind];
	const bool is_enough = *counted >= all;
	*counted += articles;
	*roll = names->rolls[kind];
	if (*roll || kind == KIND_WHEN || names->min_confidence || !is_enough ||
	    names->roll_tried[kind])
		return STATUS_OK;
	names->roll_tried[kind] = true;
	const enum status status = make_roll(names, kind, &names->rolls[kind], err);
	*roll = names->rolls[kind];
	return status;
}

/* ---- counting ---- */

bool roll_lend(struct roll *roll, uint32_t **counts, uint32_t **listed)
{
	if (roll->is_lent)
		return false;
	if (!roll->counts) {
		roll->counts = memory_zero((size_t)roll->size + 1, sizeof(*roll->counts));
		roll->listed = memory_zero((size_t)roll->size + 1, sizeof(*roll->listed));
	}
	roll->is_lent = true;
	*counts = roll->counts;
	*listed = roll->listed;
	return true;
}

void roll_return(struct roll *roll, size_t listed_count)
{
	roll->is_lent = false;
	if (listed_count == ROLL_NO_LIST) {
		memset(roll->counts, 0, roll->size * sizeof(*roll->counts));
		return;
	}
	for (size_t i = 0; i < listed_count; i++)
		roll->counts[roll->listed[i]] = 0;
}

static uint32_t add_counts(const struct roll *roll, uint32_t id, uint32_t *counts)
{
	const uint32_t start = roll->starts[id], end = roll->starts[id + 1];
	for (uint32_t i = start; i < end; i++)
		counts[roll->numbers[i]]++;
	return end > start;
}

/* The place behind the list is written to in any case, and becomes part of it when the number is new. */
static uint32_t list_counts(const struct roll *roll, uint32_t id, uint32_t *counts,
			    uint32_t *listed, size_t *listed_count)
{
	const uint32_t start = roll->starts[id], end = roll->starts[id + 1];
	size_t count = *listed_count;
	for (uint32_t i = start; i < end; i++) {
		const uint32_t number = roll->numbers[i];
		listed[count] = number;
		count += counts[number]++ == 0;
	}
	*listed_count = count;
	return end > start;
}

static uint32_t take_counts(const struct roll *roll, uint32_t id, uint32_t *counts)
{
	const uint32_t start = roll->starts[id], end = roll->starts[id + 1];
	for (uint32_t i = start; i < end; i++)
		counts[roll->numbers[i]]--;
	return end > start;
}

/* From the totals, by what is not in the set. */
static uint32_t count_others(const struct roll *roll, const struct docset *set, uint32_t *counts)
{
	uint32_t having = roll->having;
	for (uint32_t number = 0; number < roll->size; number++)
		counts[number] += roll->totals[number];
	for (size_t word = 0; word < docset_words(set); word++)
		for (uint64_t left = ~set->words[word]; left; left &= left - 1) {
			const uint32_t id = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(left);
			if (id > roll->limit)
				break;
			having -= take_counts(roll, id, counts);
		}
	return having;
}

uint32_t roll_count(const struct roll *roll, const struct docset *set, uint32_t *counts,
		    uint32_t *listed, size_t *listed_count)
{
	const uint64_t articles = docset_count(set), values = roll->starts[roll->limit + 1];
	const bool is_short = listed && articles * values < (uint64_t)roll->size * roll->limit;
	uint32_t having = 0;
	*listed_count = is_short ? 0 : ROLL_NO_LIST;
	if (!is_short && articles > roll->limit / 2)
		return count_others(roll, set, counts);
	for (size_t word = 0; word < docset_words(set); word++)
		for (uint64_t left = set->words[word]; left; left &= left - 1) {
			const uint32_t id = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(left);
			having += is_short ? list_counts(roll, id, counts, listed, listed_count)
					   : add_counts(roll, id, counts);
		}
	return having;
}
