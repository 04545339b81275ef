#include "../names/names.h"
#include "valuing.h"

#include "dateline/utf8.h"

#include <float.h>
#include <stdlib.h>

/* ---- the biggest sums ---- */

/*
 * At least so many articles of one part must have a value whose sum is to be `sum`. Reading the names of those that have is
 * enough (P. Cao and Z. Wang, "Efficient Top-K Query Calculation in Distributed Networks", PODC 2004).
 */
static uint32_t share_of(double sum, size_t parts)
{
	if (sum < 1)
		return 1;
	return ((uint32_t)sum + (uint32_t)parts - 1) / (uint32_t)parts;
}

/* A first guess: as many of the biggest of each part as are wanted of all. */
static enum status add_guess(struct valuing *valuing, size_t part)
{
	const struct ranking ranking = { .counts = valuing->eligible[part],
					 .size = valuing->counted[part].size };
	const uint32_t max = valuing->job->request.max;
	const double threshold = ranking_threshold(&ranking, max);
	enum status status = STATUS_OK;
	uint32_t added = 0;
	/* First what is above the last place, then what shares it, as long as there is room. */
	for (int sharing = 0; sharing <= 1; sharing++)
		for (uint32_t i = 0; i < ranking.size && added < max && status == STATUS_OK; i++) {
			const double score = ranking_score(&ranking, i);
			size_t at;
			if (!ranking.counts[i] || (sharing ? score != threshold : score <= threshold))
				continue;
			status = valuing_add(valuing, part, i, &at);
			added++;
		}
	return status;
}

/* The sum of the last that would be listed by now: the last of the answer has as many or more. */
static double last_sum(const struct valuing *valuing)
{
	uint32_t *sums = memory_alloc((valuing->count + 1) * sizeof(*sums));
	for (size_t i = 0; i < valuing->count; i++)
		sums[i] = valuing->items[i].value.count;
	const struct ranking ranking = { .counts = sums, .size = (uint32_t)valuing->count };
	const double last = valuing->count < valuing->job->request.max
				    ? 0
				    : ranking_threshold(&ranking, valuing->job->request.max);
	free(sums);
	return last;
}

/* A name that counts for the value in this part may be a value of its own in another. */
static enum status add_members(struct valuing *valuing, size_t part, uint32_t number)
{
	const struct facet_part *of = &valuing->job->parts[part];
	const struct point end = { valuing_kind(valuing), number };
	struct point_list members;
	enum status status = STATUS_OK;
	if (!of->names || !names_is_changed(of->names, end))
		return STATUS_OK;
	names_members(of->names, end, valuing->arena, &members);
	for (size_t i = 0; i < members.count && status == STATUS_OK; i++) {
		struct str name;
		if (members.items[i].kind != end.kind)
			continue;
		/* A new name has no number in the index; it is the one that the value is shown by. */
		const enum status named = valuing_name(valuing, part, members.items[i].number, &name);
		for (size_t other = 0;
		     named == STATUS_OK && other < valuing->job->part_count && status == STATUS_OK;
		     other++) {
			uint32_t theirs;
			size_t at;
			if (other == part)
				continue;
			status = valuing_number(valuing, other, name, &theirs);
			if (status == STATUS_OK && theirs != NUMBER_NONE &&
			    valuing->eligible[other][theirs])
				status = valuing_add(valuing, other, theirs, &at);
		}
	}
	return status;
}

static enum status add_share(struct valuing *valuing, size_t part, uint32_t share)
{
	const uint32_t *counts = valuing->eligible[part];
	enum status status = STATUS_OK;
	for (uint32_t i = 0; i < valuing->counted[part].size && status == STATUS_OK; i++) {
		size_t at;
		if (counts[i] < share)
			continue;
		status = valuing_add(valuing, part, i, &at);
		if (status == STATUS_OK)
			status = add_members(valuing, part, i);
	}
	return status;
}

enum status valuing_add_biggest(struct valuing *valuing)
{
	const size_t parts = valuing->job->part_count;
	enum status status = STATUS_OK;
	if (!valuing->job->request.max || !parts)
		return STATUS_OK;
	for (size_t part = 0; part < parts && status == STATUS_OK; part++)
		status = add_guess(valuing, part);
	const uint32_t share = share_of(last_sum(valuing), parts);
	for (size_t part = 0; part < parts && status == STATUS_OK; part++)
		status = add_share(valuing, part, share);
	return status;
}

/* ---- how many ---- */

/* Does the part show a value by the name whose key this is, and has an article of the set it? */
static enum status has_value(struct valuing *valuing, size_t part, struct str name, bool *has)
{
	const struct facet_part *of = &valuing->job->parts[part];
	const enum facet_kind kind = valuing_kind(valuing);
	uint32_t number;
	*has = false;
	const enum status status = valuing_number(valuing, part, name, &number);
	if (status != STATUS_OK || number == NUMBER_NONE || !valuing->counted[part].counts[number])
		return status;
	*has = true;
	if (!of->names || !names_is_changed(of->names, (struct point){ kind, number }))
		return STATUS_OK;
	/* The name may count for a value that is shown by another. */
	struct str shown;
	struct buffer asked = { 0 }, key = { 0 };
	const enum status named = valuing_name(valuing, part, number, &shown);
	if (named == STATUS_OK) {
		utf8_name_key(name, &asked);
		utf8_name_key(shown, &key);
		*has = str_equal(buffer_str(&asked), buffer_str(&key));
	}
	buffer_release(&asked);
	buffer_release(&key);
	return named;
}

/* How many values of the part none of those before it in `order` has. */
static enum status count_new(struct valuing *valuing, const size_t *order, size_t before,
			     uint32_t *distinct)
{
	const size_t part = order[before];
	const uint32_t *counts = valuing->counted[part].counts;
	struct arena *kept = valuing->arena, scratch = { 0 };
	enum status status = STATUS_OK;
	valuing->arena = &scratch;
	for (uint32_t i = 0; i < valuing->counted[part].size && status == STATUS_OK; i++) {
		bool has = false;
		struct str name;
		if (!counts[i])
			continue;
		arena_reset(&scratch);
		status = valuing_name(valuing, part, i, &name);
		for (size_t k = 0; k < before && !has && status == STATUS_OK; k++)
			status = has_value(valuing, order[k], name, &has);
		*distinct += !has;
	}
	valuing->arena = kept;
	arena_release(&scratch);
	return status;
}

static uint32_t count_nonzero(const struct counted *counted)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < counted->size; i++)
		count += counted->counts[i] != 0;
	return count;
}

/* The parts, those of most values first. */
static void order_parts(const struct valuing *valuing, size_t *order, uint32_t *values)
{
	for (size_t i = 0; i < valuing->job->part_count; i++) {
		const uint32_t count = count_nonzero(&valuing->counted[i]);
		size_t at = i;
		for (; at > 0 && values[at - 1] < count; at--) {
			values[at] = values[at - 1];
			order[at] = order[at - 1];
		}
		values[at] = count;
		order[at] = i;
	}
}

enum status valuing_distinct(struct valuing *valuing, uint32_t *distinct)
{
	const size_t parts = valuing->job->part_count;
	size_t *order = arena_alloc(valuing->arena, parts * sizeof(*order));
	uint32_t *values = arena_alloc(valuing->arena, parts * sizeof(*values));
	enum status status = STATUS_OK;
	order_parts(valuing, order, values);
	*distinct = values[0];
	for (size_t i = 1; i < parts && status == STATUS_OK; i++)
		status = count_new(valuing, order, i, distinct);
	return status;
}

/* ---- how they are called ---- */

enum status valuing_spell(struct valuing *valuing)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < valuing->count && status == STATUS_OK; i++) {
		struct listed *item = &valuing->items[i];
		uint32_t most = 0;
		for (size_t part = 0; part < valuing->job->part_count; part++) {
			const uint32_t number = item->numbers[part];
			struct str name;
			if (number == NUMBER_NONE ||
			    valuing->counted[part].counts[number] <= most || status != STATUS_OK)
				continue;
			status = valuing_name(valuing, part, number, &name);
			struct buffer key = { 0 };
			if (status == STATUS_OK)
				utf8_name_key(name, &key);
			if (status == STATUS_OK && str_equal(buffer_str(&key), item->key)) {
				item->value.value = name;
				most = valuing->counted[part].counts[number];
			}
			buffer_release(&key);
		}
	}
	return status;
}

/* The same name in several parts is one. */
static void join_variants(struct variant_list *variants, const struct variant_list *more,
			  struct intern *keys, size_t *room)
{
	struct buffer key = { 0 };
	for (size_t i = 0; i < more->count; i++) {
		bool is_new;
		buffer_reset(&key);
		utf8_name_key(more->items[i].name, &key);
		const uint32_t at = intern_add(keys, buffer_str(&key), &is_new);
		if (is_new || at >= variants->count) {
			memory_reserve(&variants->items, room, variants->count,
				       sizeof(*variants->items));
			variants->items[variants->count++] = more->items[i];
		} else {
			variants->items[at].count += more->items[i].count;
		}
	}
	buffer_release(&key);
}

enum status valuing_variants(struct valuing *valuing, const struct listed *item,
			     struct variant_list *variants)
{
	const enum facet_kind kind = valuing_kind(valuing);
	const struct facet_part *parts = valuing->job->parts;
	*variants = (struct variant_list){ 0 };
	if (valuing->job->part_count == 1)
		return item->numbers[0] == NUMBER_NONE
			       ? STATUS_OK
			       : names_variants(parts->names,
						(struct point){ kind, item->numbers[0] },
						VARIANTS_MAX, valuing->arena, variants, valuing->err);
	struct variant_list all = { 0 }, more;
	struct intern keys = { 0 };
	size_t room = 0;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < valuing->job->part_count && status == STATUS_OK; i++) {
		if (item->numbers[i] == NUMBER_NONE)
			continue;
		status = names_variants(parts[i].names, (struct point){ kind, item->numbers[i] },
					SIZE_MAX, valuing->arena, &more, valuing->err);
		if (status == STATUS_OK)
			join_variants(&all, &more, &keys, &room);
	}
	if (all.count)
		qsort(all.items, all.count, sizeof(*all.items), names_compare_variants);
	variants->count = all.count < VARIANTS_MAX ? all.count : VARIANTS_MAX;
	variants->items = arena_zero(valuing->arena, variants->count, sizeof(*variants->items));
	if (variants->count)
		memcpy(variants->items, all.items, variants->count * sizeof(*variants->items));
	free(all.items);
	intern_release(&keys);
	return status;
}
