#include "../names/map.h"
#include "columns.h"
#include "date_tree.h"
#include "valuing.h"

#include <stdlib.h>

/* A date among days: of what is known only by its month or year, the middle. */
struct moment {
	int32_t day; /* since 0000-03-01 of the Gregorian calendar */
	uint32_t code;
};

/* By the count of days before a year that begins in March, so that the leap day is its last. */
static struct moment moment_of(uint32_t code)
{
	const int32_t month = CODE_MONTH(code) ? (int32_t)CODE_MONTH(code) : 7;
	const int32_t day = CODE_DAY(code) ? (int32_t)CODE_DAY(code) : CODE_MONTH(code) ? 16 : 2;
	const int32_t year = (int32_t)CODE_YEAR(code) - (month <= 2);
	const int32_t days = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return (struct moment){ 365 * year + year / 4 - year / 100 + year / 400 + days, code };
}

static struct date date_of(uint32_t code)
{
	struct date date = { .year = (int16_t)CODE_YEAR(code),
			     .month = (uint8_t)CODE_MONTH(code),
			     .day = (uint8_t)CODE_DAY(code) };
	date.precision = date.day ? DATE_DAY : date.month ? DATE_MONTH : DATE_YEAR;
	return date;
}

/* The first and the last of some moments. */
struct span {
	struct moment first, last;
	bool any;
};

static bool is_before(struct moment one, struct moment other)
{
	return one.day != other.day ? one.day < other.day : one.code < other.code;
}

static void span_add(struct span *span, struct moment moment)
{
	if (!span->any || is_before(moment, span->first))
		span->first = moment;
	if (!span->any || is_before(span->last, moment))
		span->last = moment;
	span->any = true;
}

/* ---- the time of all articles ---- */

static enum status read_span(const struct facet_part *part, struct span *span, struct error *err)
{
	struct column_stream dates;
	struct str published;
	uint32_t id, code;
	enum status status;
	column_stream_start(&dates, part->store, SLOT_PUBLISHED, part->set);
	while ((status = column_stream_next(&dates, &id, &published, err)) == STATUS_OK && id) {
		if (!date_code_read(published, &code)) {
			status = date_damaged(id, err);
			break;
		}
		span_add(span, moment_of(code));
	}
	column_stream_release(&dates);
	return status;
}

/* ---- the values of one part ---- */

/* One way through the articles of a part. */
struct pass {
	enum facet_kind kind;
	uint32_t sources;     /* kinds whose values may count in it, one bit each */
	uint32_t least;       /* percent */
	struct tally tally;   /* of which only the addresses are used: they tell what a target is */
	struct names_map map; /* {0}: every number counts for itself */
	uint32_t *places;     /* by number: place among the items plus 1; 0: not listed */
	struct value_trend *trends; /* one an item */
	struct span *spans;         /* the same */
	const struct span *whole;
};

static void note(const struct pass *pass, uint32_t number, struct moment moment)
{
	const uint32_t place = pass->places[number];
	if (!place)
		return;
	const int64_t from = pass->whole->first.day;
	const int64_t days = pass->whole->last.day - from + 1;
	span_add(&pass->spans[place - 1], moment);
	pass->trends[place - 1].counts[(moment.day - from) * TREND_STEPS / days]++;
}

/* A target counts once an article. */
static void note_target(const struct pass *pass, uint32_t target, uint32_t id, struct moment moment)
{
	struct map_item *item = target == MAP_NOWHERE ? NULL : &pass->map.items[target];
	if (!item || item->last == id ||
	    map_kind_bit(&pass->map, pass->kind, target) != kind_bit(pass->kind))
		return;
	item->last = id;
	note(pass, (uint32_t)(item->count - pass->tally.counts[pass->kind]), moment);
}

static bool note_value(const struct pass *pass, uint32_t id, const struct facet_value *value,
		       struct moment moment)
{
	const struct map_kind *kind = &pass->map.kinds[value->kind];
	const struct map_item *item = kind->words ? map_find(&pass->map, kind, value->number) : NULL;
	if (!item) {
		if (value->kind != pass->kind)
			return true;
		if (value->number >= pass->tally.sizes[value->kind])
			return false;
		note(pass, value->number, moment);
		return true;
	}
	const struct map_split *split = item->split;
	if (!split || !docset_has(split->left, id))
		note_target(pass, item->target, id, moment);
	for (size_t i = 0; split && i < split->gain_count; i++)
		if (docset_has(split->gains[i].set, id))
			note_target(pass, split->gains[i].target, id, moment);
	return true;
}

static enum status note_article(const struct pass *pass, const struct columns *columns,
				struct error *err)
{
	struct column_cursor cursor;
	struct facet_value value;
	uint32_t code;
	if (!date_code_read(columns->sides[SIDE_PUBLISHED].found, &code))
		return date_damaged(columns->id, err);
	const struct moment moment = moment_of(code);
	column_cursor_start(&cursor, columns);
	cursor.kinds = pass->sources;
	while (column_cursor_next(&cursor, &value))
		if (value.confidence >= pass->least && !note_value(pass, columns->id, &value, moment))
			cursor.damaged = true;
	return cursor.damaged ? column_damaged(columns->id, err) : STATUS_OK;
}

static enum status note_articles(const struct pass *pass, const struct facet_part *part,
				 struct error *err)
{
	struct columns columns;
	enum status status;
	columns_start(&columns, part->store, part->set);
	columns_read_side(&columns, SIDE_PUBLISHED);
	while ((status = columns_next(&columns, err)) == STATUS_OK) {
		if (!columns.sides[SIDE_PUBLISHED].found.len)
			continue;
		status = note_article(pass, &columns, err);
		if (status != STATUS_OK)
			break;
	}
	columns_release(&columns);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Of values beside another, only the articles where they are count. */
static bool note_together(void *context, const struct columns *columns,
			  const struct facet_value *value)
{
	const struct pass *pass = context;
	const struct str published = columns->sides[SIDE_PUBLISHED].found;
	uint32_t code;
	if (!published.len)
		return true;
	return date_code_read(published, &code) &&
	       note_value(pass, columns->id, value, moment_of(code));
}

static enum status note_beside(struct pass *pass, const struct facet_part *part,
			       const struct beside *beside, struct error *err)
{
	const struct beside_listener listener = { note_together, pass };
	/* It is not beside itself, though it may be listed because it is chosen. */
	if (beside->is_known && beside->field->kind == pass->kind &&
	    beside->number < pass->tally.sizes[pass->kind])
		pass->places[beside->number] = 0;
	return beside_each(part, beside, pass->kind, &listener, err);
}

static enum status note_part(const struct valuing *valuing, size_t at, struct pass *pass)
{
	const struct facet_part *part = &valuing->job->parts[at];
	const uint32_t kinds = kind_bit(pass->kind);
	pass->tally = (struct tally){ .names = part->names };
	pass->map = (struct names_map){ 0 };
	pass->sources = kinds;
	pass->least = part->names ? names_min_confidence(part->names) : 0;
	enum status status = tally_prepare(&pass->tally, part->store, kinds, valuing->err);
	if (status == STATUS_OK && part->names)
		status = names_map_make(part->names, kinds, pass->tally.counts, &pass->map,
					valuing->err);
	pass->sources |= pass->map.sources;
	pass->places = memory_zero((size_t)pass->tally.sizes[pass->kind] + 1, sizeof(uint32_t));
	/* Without the sizes, there is room for none of them. */
	for (size_t i = 0; i < valuing->count && status == STATUS_OK; i++)
		if (valuing->items[i].numbers[at] != NUMBER_NONE)
			pass->places[valuing->items[i].numbers[at]] = (uint32_t)i + 1;
	const struct beside *beside = valuing->counted[at].beside;
	if (status == STATUS_OK)
		status = beside ? note_beside(pass, part, beside, valuing->err)
				: note_articles(pass, part, valuing->err);
	free(pass->places);
	names_map_release(&pass->map);
	tally_release(&pass->tally);
	return status;
}

enum status valuing_trends(struct valuing *valuing, struct answer_facet *facet)
{
	const struct facet_job *job = valuing->job;
	struct span whole = { .any = false };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < job->part_count && status == STATUS_OK; i++)
		status = read_span(&job->parts[i], &whole, valuing->err);
	struct pass pass = { .kind = valuing_kind(valuing), .whole = &whole };
	pass.trends = arena_zero(valuing->arena, valuing->count, sizeof(*pass.trends));
	pass.spans = arena_zero(valuing->arena, valuing->count, sizeof(*pass.spans));
	for (size_t i = 0; i < job->part_count && whole.any && status == STATUS_OK; i++)
		status = note_part(valuing, i, &pass);
	if (whole.any) {
		facet->from = date_of(whole.first.code);
		facet->to = date_of(whole.last.code);
	}
	for (size_t i = 0; i < valuing->count; i++) {
		facet->values[i].trend = &pass.trends[i];
		if (!pass.spans[i].any)
			continue;
		pass.trends[i].first = date_of(pass.spans[i].first.code);
		pass.trends[i].last = date_of(pass.spans[i].last.code);
	}
	return status;
}
