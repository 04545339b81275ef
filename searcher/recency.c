#include "facets/columns.h"
#include "look.h"

#include "dateline/schema.h"

#include <math.h>
#include <stdlib.h>

/*
 * --recency: what is older weighs less: half for each so many days. All ages are told from the newest hit, so it is the same
 * on whatever day one asks. An article without a date is as old as the oldest that has one.
 */

/* Beyond so many halvings, one is as good as the other. */
#define HALVINGS_MAX 100

/* By docid, the day on which each hit was published; 0: not known. */
struct days {
	uint32_t *items;
	uint32_t newest, oldest;
};

static void note_day(struct days *days, uint32_t id, struct str published)
{
	struct date date;
	if (!date_parse(published, &date))
		return;
	const uint32_t day = date_day_number(&date);
	days->items[id] = day;
	days->newest = day > days->newest ? day : days->newest;
	days->oldest = day < days->oldest ? day : days->oldest;
}

static enum status read_days(const struct look *look, struct days *days, struct error *err)
{
	struct column_stream dates;
	struct str published;
	uint32_t id;
	enum status status;
	days->items = memory_zero((size_t)store_last_id(look->store) + 1, sizeof(*days->items));
	column_stream_start(&dates, look->store, SLOT_PUBLISHED, &look->hits);
	while ((status = column_stream_next(&dates, &id, &published, err)) == STATUS_OK && id)
		note_day(days, id, published);
	column_stream_release(&dates);
	return status;
}

static void weigh(struct look *look, const struct days *days, uint32_t newest, uint32_t oldest)
{
	const double half_life = look->request->recency_days;
	for (uint32_t id = 0; look->scores && (id = docset_next(&look->hits, id + 1));) {
		const uint32_t day = days->items[id] ? days->items[id] : oldest;
		const double halvings = fmin((newest - day) / half_life, HALVINGS_MAX);
		look->scores[id] *= (float)exp2(-halvings);
	}
}

enum status search_recency(struct search *search, struct error *err)
{
	struct days *days = arena_zero(search->arena, search->look_count, sizeof(*days));
	uint32_t newest = 0, oldest = UINT32_MAX;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++) {
		days[i].oldest = UINT32_MAX;
		status = read_days(&search->looks[i], &days[i], err);
		newest = days[i].newest > newest ? days[i].newest : newest;
		oldest = days[i].oldest < oldest ? days[i].oldest : oldest;
	}
	/* When no hit has a date, there is no age. */
	for (size_t i = 0; i < search->look_count && status == STATUS_OK && newest; i++)
		weigh(&search->looks[i], &days[i], newest, oldest);
	for (size_t i = 0; i < search->look_count; i++)
		free(days[i].items);
	return status;
}
