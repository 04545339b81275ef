#include "tagger.h"

#include "features.h"
#include "votes.h"

#include <stdlib.h>

#define WORDS_MOST 60000 /* kept from article to article */
/* Tokens decoded at once: a text that is all capitals would take too much memory. */
#define STRETCH_MOST 2000

/*
 * In a heading with a capital on every word, names touch the words around them, and few of the hand-tagged texts teach
 * where they end. There each token inside a name costs so much more, as a natural logarithm.
 */
#define HEADING_COST 1.0f
#define HEADING_RUN 5 /* capitals in a row */
#define COST_MOST 1000

struct tagger {
	const struct model *model;
	struct steps steps;
	int16_t heading_cost; /* in the unit of sums */
	struct word_table words;
	struct view view;
	struct votes votes;
	struct decoder decoder;
	int16_t (*sums)[TAG_LANES]; /* by place in the view; only open ones are filled */
	uint8_t *tags;              /* the same */
	size_t capacity;
	/* What mentions say, by their number and whom they say it of; filled when first asked for. */
	int16_t (*mention_sums)[MENTION_USES][TAG_LANES];
	uint8_t (*mention_known)[MENTION_USES];
	size_t mention_capacity;
	uint32_t *numbers; /* of the token at a place, over all lines */
	size_t numbers_capacity, line_tokens;
	float *scores;
	size_t scores_capacity;
	struct name *names;
	size_t name_count, name_capacity;
};

struct tagger *tagger_new(const struct model *model)
{
	struct tagger *tagger = memory_zero(1, sizeof *tagger);
	tagger->model = model;
	word_table_init(&tagger->words, model);
	tagger->view.words = &tagger->words;
	for (size_t a = 0; a < TAGS; a++)
		for (size_t b = 0; b < TAGS; b++)
			tagger->steps.after[a][b] =
				(float)model->header->steps[a][b] * model->header->unit;
	decoder_set_steps(&tagger->decoder, &tagger->steps);
	const float cost = HEADING_COST / model->header->unit;
	tagger->heading_cost = (int16_t)(cost < COST_MOST ? cost : COST_MOST);
	return tagger;
}

void tagger_free(struct tagger *tagger)
{
	if (!tagger)
		return;
	word_table_release(&tagger->words);
	view_release(&tagger->view);
	votes_release(&tagger->votes);
	decoder_release(&tagger->decoder);
	free(tagger->sums);
	free(tagger->tags);
	free(tagger->mention_sums);
	free(tagger->mention_known);
	free(tagger->numbers);
	free(tagger->scores);
	free(tagger->names);
	free(tagger);
}

void tagger_begin(struct tagger *tagger)
{
	view_reset(&tagger->view);
	word_table_trim(&tagger->words, WORDS_MOST);
	tagger->line_tokens = 0;
	tagger->name_count = 0;
}

void tagger_add_line(struct tagger *tagger, const char *text, const struct span *spans, size_t count)
{
	const size_t start = view_add_line(&tagger->view, text, spans, count);
	const size_t need = tagger->view.count;
	if (need > tagger->numbers_capacity) {
		tagger->numbers_capacity = need + need / 2;
		tagger->numbers = memory_grow(tagger->numbers,
					      tagger->numbers_capacity * sizeof *tagger->numbers);
	}
	for (size_t i = 0; i < count; i++)
		tagger->numbers[start + i] = (uint32_t)(tagger->line_tokens + i);
	tagger->line_tokens += count;
}

/* ---- scores ---- */

static void add_row(int16_t *sums, const int16_t *row)
{
	for (size_t i = 0; i < TAG_LANES; i++)
		sums[i] = (int16_t)(sums[i] + row[i]);
}

/* So early that the rows are there when they are added. */
static void prefetch(const struct model *model, const uint64_t *features, size_t count)
{
	for (size_t i = 0; i < count; i++)
		model_prefetch(model, features[i]);
}

static void add_features(const struct model *model, const uint64_t *features, size_t count,
			 int16_t *sums)
{
	prefetch(model, features, count);
	model_add(model, features, count, sums);
}

static bool is_in_heading(const struct view_token *token)
{
	return (token->flags & PLACE_HEADING) && (token->flags & PLACE_CAPITAL) &&
	       token->run_start + token->run_end + 1 >= HEADING_RUN;
}

/* The sum that a mention brings to each token it is asked of. */
static const int16_t *sums_of_mention(struct tagger *tagger, struct other_mention mention)
{
	const uint32_t number = tagger->view.tokens[mention.place].mention - 1;
	int16_t *sums = tagger->mention_sums[number][mention.of];
	if (!tagger->mention_known[number][mention.of]) {
		uint64_t features[FEATURES_MOST];
		const size_t count = features_of_mention(&tagger->view, mention, features);
		memset(sums, 0, sizeof tagger->mention_sums[number][mention.of]);
		add_features(tagger->model, features, count, sums);
		tagger->mention_known[number][mention.of] = 1;
	}
	return sums;
}

static void add_mention_sums(struct tagger *tagger, size_t at)
{
	struct other_mention mentions[MENTIONS_MOST];
	const size_t count = mentions_of_place(&tagger->view, at, mentions);
	for (size_t i = 0; i < count; i++)
		add_row(tagger->sums[at], sums_of_mention(tagger, mentions[i]));
}

static void score(struct tagger *tagger, size_t at)
{
	int16_t *sums = tagger->sums[at];
	uint64_t features[FEATURES_MOST];
	const size_t count = features_of_place(&tagger->view, at, features);
	prefetch(tagger->model, features, count);
	memset(sums, 0, sizeof *tagger->sums);
	for (int place = -WORD_REACH; place <= WORD_REACH; place++) {
		struct tagger_word *word = view_word(&tagger->view, at + (size_t)(ptrdiff_t)place);
		if (!word->summed)
			word_table_sum(&tagger->words, word);
		add_row(sums, word->sums[WORD_REACH + place]);
	}
	model_add(tagger->model, features, count, sums);
	add_mention_sums(tagger, at);
	if (is_in_heading(&tagger->view.tokens[at]))
		for (unsigned kind = 0; kind < NAME_KINDS; kind++)
			sums[TAG_INSIDE(kind)] =
				(int16_t)(sums[TAG_INSIDE(kind)] - tagger->heading_cost);
}

static void load_scores(struct tagger *tagger, size_t start, size_t end)
{
	const size_t cells = (end - start) * TAG_LANES;
	if (cells > tagger->scores_capacity) {
		tagger->scores_capacity = cells + cells / 2;
		tagger->scores = memory_grow(tagger->scores,
					     tagger->scores_capacity * sizeof *tagger->scores);
	}
	const float unit = tagger->model->header->unit;
	const int16_t *sums = tagger->sums[start];
	for (size_t i = 0; i < cells; i++)
		tagger->scores[i] = (float)sums[i] * unit;
}

/* ---- stretches of open tokens ---- */

static bool is_open(const struct tagger *tagger, size_t at)
{
	return tagger->view.tokens[at].flags & PLACE_OPEN;
}

/* A stretch that is too long is cut where no name is likely to go on: before a mark or a word that joins. */
static size_t cut(const struct tagger *tagger, size_t start, size_t end)
{
	for (size_t at = end; at > start + STRETCH_MOST / 2; at--)
		if (!(view_word(&tagger->view, at)->flags & WORD_CORE))
			return at;
	return end;
}

/* The next stretch from *end on; false when there is none. */
static bool next_stretch(const struct tagger *tagger, size_t *start, size_t *end)
{
	size_t at = *end;
	while (at < tagger->view.count && !is_open(tagger, at))
		at++;
	*start = at;
	while (at < tagger->view.count && is_open(tagger, at) && at - *start < STRETCH_MOST)
		at++;
	*end = at < tagger->view.count && is_open(tagger, at) ? cut(tagger, *start, at) : at;
	return *start < at;
}

static void first_look(struct tagger *tagger)
{
	for (size_t start, end = 0; next_stretch(tagger, &start, &end);) {
		for (size_t i = start; i < end; i++)
			score(tagger, i);
		load_scores(tagger, start, end);
		decode_best(&tagger->decoder, &tagger->steps, tagger->scores, end - start,
			    tagger->tags + start);
	}
}

static void add_name(struct tagger *tagger, size_t start, size_t first, size_t last)
{
	const unsigned kind = TAG_KIND(tagger->tags[last]);
	const float probability = decode_name(&tagger->decoder, first - start, last - start, kind);
	memory_reserve(&tagger->names, &tagger->name_capacity, tagger->name_count,
		       sizeof *tagger->names);
	tagger->names[tagger->name_count++] =
		(struct name){ tagger->numbers[first], tagger->numbers[last], (uint8_t)kind,
			       (uint8_t)(probability * 100.0f + 0.5f) };
}

static void collect(struct tagger *tagger, size_t start, size_t end)
{
	bool any = false;
	for (size_t i = start; i < end; i++)
		any = any || tagger->tags[i] != TAG_OUTSIDE;
	if (!any)
		return;
	decode_sums(&tagger->decoder, tagger->scores, end - start);
	size_t first = start;
	for (size_t i = start; i < end; i++) {
		const unsigned tag = tagger->tags[i];
		if (tag == TAG_OUTSIDE || tag >= TAG_INSIDE(0))
			continue;
		if (tag >= TAG_BEGIN(0) || tag < TAG_LAST(0))
			first = i;
		if (tag < TAG_ENDS)
			add_name(tagger, start, first, i);
	}
}

static void second_look(struct tagger *tagger)
{
	for (size_t start, end = 0; next_stretch(tagger, &start, &end);) {
		bool changed = false;
		for (size_t i = start; i < end; i++) {
			uint64_t features[FEATURES_MOST];
			const size_t count = features_of_votes(&tagger->view, i, features);
			add_features(tagger->model, features, count, tagger->sums[i]);
			changed = changed || count;
		}
		load_scores(tagger, start, end);
		if (changed)
			decode_best(&tagger->decoder, &tagger->steps, tagger->scores, end - start,
				    tagger->tags + start);
		collect(tagger, start, end);
	}
}

static void reserve(struct tagger *tagger, size_t places, size_t mentions)
{
	if (places > tagger->capacity) {
		tagger->capacity = places + places / 2;
		free(tagger->sums);
		free(tagger->tags);
		tagger->sums = memory_alloc(tagger->capacity * sizeof *tagger->sums);
		tagger->tags = memory_alloc(tagger->capacity);
	}
	if (mentions > tagger->mention_capacity) {
		tagger->mention_capacity = mentions + mentions / 2;
		free(tagger->mention_sums);
		free(tagger->mention_known);
		tagger->mention_sums =
			memory_alloc(tagger->mention_capacity * sizeof *tagger->mention_sums);
		tagger->mention_known =
			memory_alloc(tagger->mention_capacity * sizeof *tagger->mention_known);
	}
}

const struct name *tagger_run(struct tagger *tagger, size_t *count)
{
	struct view *view = &tagger->view;
	view_finish(view);
	reserve(tagger, view->count, view->mention_count);
	if (view->mention_count)
		memset(tagger->mention_known, 0, view->mention_count * sizeof *tagger->mention_known);
	memset(tagger->tags, TAG_OUTSIDE, view->count);
	first_look(tagger);
	votes_cast(&tagger->votes, view, tagger->tags);
	second_look(tagger);
	*count = tagger->name_count;
	return tagger->names;
}
