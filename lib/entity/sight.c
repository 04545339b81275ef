#include "sight.h"

#include "capitals.h"
#include "fused.h"
#include "name_model.h"
#include "parting.h"
#include "tagger/tagger.h"
#include "tagger/word_table.h"

#include <stdlib.h>

struct sight {
	const struct model *model;
	struct tagger *tagger;
	struct spans spans, name_spans;
	struct buffer lower;
	struct sightings seen;
	struct plain_line plain; /* of a text in capitals */
	struct sightings second, both;
	struct parting parting;
	struct fused fused;
};

struct sight *sight_new(const struct name_model *model)
{
	struct sight *sight = memory_zero(1, sizeof(*sight));
	sight->model = &model->model;
	sight->tagger = tagger_new(&model->model);
	return sight;
}

void sight_free(struct sight *sight)
{
	if (!sight)
		return;
	tagger_free(sight->tagger);
	free(sight->spans.items);
	free(sight->name_spans.items);
	buffer_release(&sight->lower);
	plain_line_release(&sight->plain);
	free(sight->seen.items);
	free(sight->second.items);
	free(sight->both.items);
	parting_release(&sight->parting);
	fused_release(&sight->fused);
	free(sight);
}

static void add_line(struct sight *sight, const char *text, const struct span *spans, size_t count,
		     bool is_plain)
{
	if (is_plain) {
		plain_line_make(&sight->plain, sight->model, text, spans, count);
		text = sight->plain.text.data;
		spans = sight->plain.spans.items;
	}
	tagger_add_line(sight->tagger, text, spans, count);
}

/* A paragraph is a line: no name goes on behind its end. */
static void add_lines(struct sight *sight, const struct article *article, bool is_plain)
{
	struct spans *spans = &sight->spans;
	const char *text = article->text.data;
	spans->count = 0;
	tagger_begin(sight->tagger);
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const size_t before = spans->count;
		split_line(text, article->paragraphs[i].start, article->paragraphs[i].end, spans);
		if (spans->count > before)
			add_line(sight, text, spans->items + before, spans->count - before, is_plain);
	}
}

static void see(struct sight *sight, const struct article *article, bool is_plain,
		struct sightings *seen)
{
	size_t names = 0;
	add_lines(sight, article, is_plain);
	const struct name *found = tagger_run(sight->tagger, &names);
	seen->count = 0;
	for (size_t i = 0; i < names; i++)
		sightings_add(seen, (struct sighting){
					    .start = sight->spans.items[found[i].first].start,
					    .end = sight->spans.items[found[i].last].end,
					    .kind = found[i].kind,
					    .confidence = found[i].confidence,
				    });
}

/* ---- a text in capitals ---- */

#define SURE_ALONE 80 /* percent: of what only the second look saw */

/*
 * Whether what the second look saw is believed, where the first saw *there, or NULL. Of the same name the surer of the two
 * is taken.
 */
static bool is_believed(struct sighting *sighting, const struct sighting *there)
{
	if (!there)
		return sighting->confidence >= SURE_ALONE;
	if (there->start != sighting->start || there->end != sighting->end)
		return sighting->confidence >= there->confidence;
	if (there->confidence > sighting->confidence)
		*sighting = *there;
	return true;
}

/* Leaves in the second look what is believed. */
static void sift(const struct sightings *first, struct sightings *second)
{
	size_t kept = 0;
	for (size_t i = 0, j = 0; i < second->count; i++) {
		struct sighting *sighting = &second->items[i];
		while (j < first->count && first->items[j].end <= sighting->start)
			j++;
		const bool is_over = j < first->count && first->items[j].start < sighting->end;
		if (is_believed(sighting, is_over ? &first->items[j] : NULL))
			second->items[kept++] = *sighting;
	}
	second->count = kept;
}

/* The second look's, and of the first's what lies over none of them; both are in order. */
static void merge(const struct sightings *first, const struct sightings *second,
		  struct sightings *both)
{
	both->count = 0;
	size_t j = 0;
	for (size_t i = 0; i < first->count; i++) {
		const struct sighting *sighting = &first->items[i];
		while (j < second->count && second->items[j].end <= sighting->start)
			sightings_add(both, second->items[j++]);
		if (j == second->count || second->items[j].start >= sighting->end)
			sightings_add(both, *sighting);
	}
	while (j < second->count)
		sightings_add(both, second->items[j++]);
}

const struct sighting *sight_run(struct sight *sight, const struct article *article, size_t *count)
{
	const struct sightings *result = &sight->seen;
	see(sight, article, false, &sight->seen);
	/* Either look sees names that the other misses; together they see more than they get wrong. */
	if (capitals_only(article)) {
		see(sight, article, true, &sight->second);
		sift(&sight->seen, &sight->second);
		merge(&sight->seen, &sight->second, &sight->both);
		result = &sight->both;
	}
	result = parting_run(&sight->parting, sight, article->text, result);
	result = fused_part(&sight->fused, sight, article->text, result);
	*count = result->count;
	return result->items;
}

/* The slot of a whole name, as the model's lists have it: token by token. */
static const struct list_slot *slot_of(struct sight *sight, struct str name)
{
	struct spans *spans = &sight->name_spans;
	uint64_t hash = 0;
	spans->count = 0;
	split_line(name.data, 0, (uint32_t)name.len, spans);
	for (size_t i = 0; i < spans->count; i++) {
		const struct span *span = &spans->items[i];
		buffer_reset(&sight->lower);
		word_lower((struct str){ name.data + span->start, span->end - span->start },
			   &sight->lower);
		const uint64_t word = word_hash(buffer_str(&sight->lower));
		hash = i ? name_hash(hash, word) : word;
	}
	return spans->count ? model_list(sight->model, hash) : NULL;
}

unsigned sight_listed(struct sight *sight, struct str name)
{
	const struct list_slot *slot = slot_of(sight, name);
	if (!slot)
		return 0;
	const uint32_t lists = slot->lists;
	unsigned listed = 0;
	listed |= lists & LIST_PERSON ? LISTED_PERSON : 0;
	listed |= lists & LIST_FORENAME ? LISTED_FORENAME : 0;
	listed |= lists & LIST_SURNAME ? LISTED_SURNAME : 0;
	listed |= lists & (LIST_CITY | LIST_COUNTRY | LIST_REGION | LIST_PEOPLE) ? LISTED_PLACE : 0;
	listed |= lists & (LIST_COMPANY | LIST_SCHOOL) ? LISTED_ORG : 0;
	return listed;
}
