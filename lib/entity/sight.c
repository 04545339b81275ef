#include "sight.h"

#include "name_model.h"
#include "tagger/tagger.h"
#include "tagger/word_table.h"

#include <stdlib.h>

struct sight {
	const struct model *model;
	struct tagger *tagger;
	struct spans spans, name_spans;
	struct buffer lower;
	struct sighting *items;
	size_t count, capacity;
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
	free(sight->items);
	free(sight);
}

/* A paragraph is a line: no name goes on behind its end. */
static void add_lines(struct sight *sight, const struct article *article)
{
	struct spans *spans = &sight->spans;
	const char *text = article->text.data;
	spans->count = 0;
	tagger_begin(sight->tagger);
	for (size_t i = 0; i < article->paragraph_count; i++) {
		const size_t before = spans->count;
		split_line(text, article->paragraphs[i].start, article->paragraphs[i].end, spans);
		if (spans->count > before)
			tagger_add_line(sight->tagger, text, spans->items + before,
					spans->count - before);
	}
}

const struct sighting *sight_run(struct sight *sight, const struct article *article, size_t *count)
{
	size_t names = 0;
	add_lines(sight, article);
	const struct name *found = tagger_run(sight->tagger, &names);
	sight->count = 0;
	for (size_t i = 0; i < names; i++) {
		memory_reserve(&sight->items, &sight->capacity, sight->count, sizeof(*sight->items));
		sight->items[sight->count++] = (struct sighting){
			.start = sight->spans.items[found[i].first].start,
			.end = sight->spans.items[found[i].last].end,
			.kind = found[i].kind,
			.confidence = found[i].confidence,
		};
	}
	*count = sight->count;
	return sight->items;
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
