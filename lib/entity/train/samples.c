#include "samples.h"

#include "../tagger/features.h"
#include "../tagger/votes.h"
#include "lists.h"

#include <stdlib.h>

/* ---- numbers for features ---- */

static void index_grow(struct feature_index *index)
{
	const size_t slots = index->slot_count ? index->slot_count * 2 : 1 << 20;
	free(index->slots);
	index->slots = memory_zero(slots, sizeof *index->slots);
	index->slot_count = slots;
	for (size_t i = 0; i < index->count; i++) {
		size_t at = index->hashes[i] & (slots - 1);
		while (index->slots[at])
			at = (at + 1) & (slots - 1);
		index->slots[at] = (uint32_t)i + 1;
	}
}

static uint32_t index_add(struct feature_index *index, uint64_t hash, bool own)
{
	if ((index->count + 1) * 2 > index->slot_count)
		index_grow(index);
	size_t at = hash & (index->slot_count - 1);
	for (; index->slots[at]; at = (at + 1) & (index->slot_count - 1)) {
		const uint32_t number = index->slots[at] - 1;
		if (index->hashes[number] == hash) {
			index->counts[number]++;
			return number;
		}
	}
	memory_reserve(&index->hashes, &index->capacity, index->count, sizeof *index->hashes);
	memory_reserve(&index->counts, &index->count_capacity, index->count, sizeof *index->counts);
	memory_reserve(&index->own, &index->own_capacity, index->count, sizeof *index->own);
	index->hashes[index->count] = hash;
	index->own[index->count] = own;
	index->counts[index->count] = 1;
	index->slots[at] = (uint32_t)++index->count;
	return (uint32_t)index->count - 1;
}

void samples_release(struct samples *samples)
{
	free(samples->index.hashes);
	free(samples->index.counts);
	free(samples->index.own);
	free(samples->index.slots);
	free(samples->features);
	free(samples->starts);
	free(samples->tags);
	free(samples->stretches);
	*samples = (struct samples){ 0 };
}

void samples_prune(struct samples *samples, uint32_t least)
{
	struct feature_index *index = &samples->index;
	uint32_t *renumbered = memory_alloc(index->count * sizeof *renumbered);
	size_t kept = 0;
	for (size_t i = 0; i < index->count; i++) {
		renumbered[i] = index->counts[i] >= least ? (uint32_t)kept : UINT32_MAX;
		if (index->counts[i] < least)
			continue;
		index->hashes[kept] = index->hashes[i];
		index->own[kept] = index->own[i];
		index->counts[kept++] = index->counts[i];
	}
	index->count = kept;
	size_t out = 0, from = 0;
	for (size_t i = 0; i < samples->start_count; i++) {
		const size_t to = samples->starts[i];
		for (; from < to; from++)
			if (renumbered[samples->features[from]] != UINT32_MAX)
				samples->features[out++] = renumbered[samples->features[from]];
		samples->starts[i] = out;
	}
	samples->feature_count = out;
	free(renumbered);
}

/* ---- an article ---- */

struct adding {
	struct samples *samples;
	const struct model *model;
	const struct labelled *set;
	struct word_table words;
	struct view view;
	struct votes votes;
	uint8_t *gold, *guessed; /* by place in the view */
	size_t capacity;
	size_t label; /* the first that does not end before this article */
	float weight;
	const uint8_t *guesses;
	uint64_t own; /* changes the hashes of its own features; 0: there are none */
};

static void reserve_places(struct adding *a)
{
	if (a->view.count <= a->capacity)
		return;
	a->capacity = a->view.count * 2;
	a->gold = memory_grow(a->gold, a->capacity);
	a->guessed = memory_grow(a->guessed, a->capacity);
}

static unsigned kind_of(const struct adding *a, const struct label *label)
{
	if (label->mixed &&
	    lists_is_people(a->model, a->set->text.data, a->set->tokens.items + label->first,
			    label->last - label->first + 1))
		return NAME_PEOPLE;
	return label->kind;
}

/* Titles that one set has inside the names of people, and the others outside. */
static bool is_title(const struct labelled *set, uint32_t token)
{
	static const char *const titles[] = { "President", "Prime", "Minister",   "Mr.",
					      "Mrs.",      "Ms.",   "Senator",    "General",
					      "Secretary", "Dr.",   "Chancellor", "King",
					      "Queen",     "Pope",  "Vice",       "Foreign",
					      "Premier" };
	const struct span span = set->tokens.items[token];
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (str_equal((struct str){ set->text.data + span.start, span.end - span.start },
			      str_from(titles[i])))
			return true;
	return false;
}

static void write_name(struct adding *a, const struct label *label, size_t start,
		       uint32_t first_token)
{
	uint32_t first = label->first;
	const uint32_t last = label->last;
	const unsigned kind = kind_of(a, label);
	while (kind == NAME_PERSON && first < last && is_title(a->set, first))
		first++;
	bool open = true;
	for (uint32_t i = first; i <= last; i++)
		open = open && (a->view.tokens[start + i - first_token].flags & PLACE_OPEN);
	a->samples->names++;
	a->samples->names_missed += !open;
	if (!open)
		return;
	for (uint32_t i = first; i <= last; i++)
		a->gold[start + i - first_token] = (uint8_t)(first == last ? TAG_UNIT(kind)
							     : i == first  ? TAG_BEGIN(kind)
							     : i == last   ? TAG_LAST(kind)
									   : TAG_INSIDE(kind));
}

static void push_start(struct samples *s)
{
	memory_reserve(&s->starts, &s->start_capacity, s->start_count, sizeof *s->starts);
	s->starts[s->start_count++] = s->feature_count;
}

static void push_feature(struct samples *s, uint64_t hash, bool own)
{
	memory_reserve(&s->features, &s->feature_capacity, s->feature_count, sizeof *s->features);
	s->features[s->feature_count++] = index_add(&s->index, hash, own);
}

/* A set that is tagged by other rules has every feature twice, the second time as its own. */
static void push_features(const struct adding *a, const uint64_t *hashes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		push_feature(a->samples, hashes[i], false);
		if (a->own)
			push_feature(a->samples, hashes[i] ^ a->own, true);
	}
}

static void push_token(struct adding *a, size_t at)
{
	struct samples *s = a->samples;
	uint64_t hashes[FEATURES_MOST];
	if (!s->start_count)
		push_start(s);
	for (int place = -WORD_REACH; place <= WORD_REACH; place++) {
		const struct tagger_word *word = view_word(&a->view, at + (size_t)(ptrdiff_t)place);
		push_features(a, hashes, features_of_word(a->model, word, place, hashes));
	}
	push_features(a, hashes, features_of_place(&a->view, at, hashes));
	struct other_mention mentions[MENTIONS_MOST];
	const size_t mention_count = mentions_of_place(&a->view, at, mentions);
	for (size_t i = 0; i < mention_count; i++)
		push_features(a, hashes, features_of_mention(&a->view, mentions[i], hashes));
	push_start(s);
	push_features(a, hashes, features_of_votes(&a->view, at, hashes));
	push_start(s);
	memory_reserve(&s->tags, &s->tag_capacity, s->tag_count, sizeof *s->tags);
	s->tags[s->tag_count++] = a->gold[at];
}

static void push_stretches(struct adding *a)
{
	struct samples *s = a->samples;
	for (size_t i = 0; i < a->view.count; i++) {
		if (!(a->view.tokens[i].flags & PLACE_OPEN))
			continue;
		const size_t start = s->tag_count;
		for (; a->view.tokens[i].flags & PLACE_OPEN; i++)
			push_token(a, i);
		memory_reserve(&s->stretches, &s->stretch_capacity, s->stretch_count,
			       sizeof *s->stretches);
		s->stretches[s->stretch_count++] = (struct stretch){ (uint32_t)start,
								     (uint32_t)s->tag_count,
								     s->article_count, a->weight };
	}
	s->article_count++;
}

static void cast_votes(struct adding *a)
{
	memset(a->guessed, TAG_OUTSIDE, a->view.count);
	size_t token = a->samples->tag_count;
	for (size_t i = 0; i < a->view.count; i++)
		if (a->view.tokens[i].flags & PLACE_OPEN)
			a->guessed[i] = a->guesses[token++];
	votes_cast(&a->votes, &a->view, a->guessed);
}

static void add_article(struct adding *a, size_t first_line, size_t last_line)
{
	const struct labelled *set = a->set;
	view_reset(&a->view);
	size_t starts[1024];
	const size_t count = last_line - first_line;
	for (size_t i = 0; i < count; i++) {
		const uint32_t token = set->lines[first_line + i];
		starts[i] = view_add_line(&a->view, set->text.data, set->tokens.items + token,
					  set->lines[first_line + i + 1] - token);
	}
	view_finish(&a->view);
	reserve_places(a);
	memset(a->gold, TAG_OUTSIDE, a->view.count);
	for (size_t i = 0; i < count; i++)
		for (; a->label < set->label_count &&
		       set->labels[a->label].first < set->lines[first_line + i + 1];
		     a->label++)
			write_name(a, &set->labels[a->label], starts[i], set->lines[first_line + i]);
	if (a->guesses)
		cast_votes(a);
	push_stretches(a);
}

/* Sets without articles are cut into pieces of as many lines. */
#define LINES_PIECE 14
#define LINES_MOST 1000

void samples_add(struct samples *samples, const struct model *model, const struct labelled *set,
		 float weight, const uint8_t *guesses)
{
	struct adding a = { .samples = samples,
			    .model = model,
			    .set = set,
			    .weight = weight,
			    .guesses = guesses,
			    .own = weight < 1.0f ? ++samples->own * 0xbf58476d1ce4e5b9u : 0 };
	word_table_init(&a.words, model);
	a.view.words = &a.words;
	for (size_t i = 0; i < set->article_count; i++) {
		const size_t end = set->articles[i + 1];
		const size_t most = end - set->articles[i] > LINES_MOST ? LINES_PIECE : LINES_MOST;
		for (size_t from = set->articles[i]; from < end; from += most)
			add_article(&a, from, from + most < end ? from + most : end);
	}
	word_table_release(&a.words);
	view_release(&a.view);
	votes_release(&a.votes);
	free(a.gold);
	free(a.guessed);
}
