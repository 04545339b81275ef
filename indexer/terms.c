#include "terms.h"

#include "dateline/schema.h"

#include <stdlib.h>

/*
 * Words are counted first and become terms once an article, however often they are there. What is known of each word and term lies
 * in arrays by their numbers, larger than the caches of a processor: it is asked for one step before it is needed.
 *
 * "Where in this article" is never cleared: a place counts only when the same number stands there.
 */
#define TOKENS_AHEAD 16

/* A word of the article. */
struct word_group {
	const struct word *word;
	uint32_t number; /* of the word */
	uint32_t wdf;
	uint32_t count;    /* of positions */
	uint32_t least;    /* what the next position is at least, when they are in order */
	uint32_t next;     /* where the next position goes, while they are written */
	uint32_t disorder; /* not 0: they are out of order */
};

struct occurrence {
	uint32_t group, position;
};

enum { EXACT, FOLDED, STEM, FOLDED_STEM, FORM_COUNT };

/* The terms of a word, as number of term + 1; 0: none of its own (the form equals another). EXACT is 0 when none are known. */
struct word_terms {
	uint32_t forms[FORM_COUNT];
};

/* ---- life ---- */

void term_collector_init(struct term_collector *collector, struct intern *terms)
{
	*collector = (struct term_collector){
		.terms = terms ? terms : &collector->own,
		.words = { .plain = "", .stemmed = "Z" },
		.title = { .plain = "S", .stemmed = "ZS" },
	};
}

static void release_groups(struct word_groups *groups)
{
	free(groups->items);
	free(groups->occurrences);
	free(groups->places);
	free(groups->terms);
}

void term_collector_release(struct term_collector *collector)
{
	intern_release(&collector->own);
	release_groups(&collector->words);
	release_groups(&collector->title);
	free(collector->numbered);
	free(collector->term_places);
	arena_release(&collector->positions);
	buffer_release(&collector->scratch);
}

static void forget_terms(struct word_groups *groups)
{
	if (groups->word_capacity)
		memset(groups->terms, 0, groups->word_capacity * sizeof(*groups->terms));
}

void term_collector_forget(struct term_collector *collector)
{
	intern_reset(&collector->own);
	forget_terms(&collector->words);
	forget_terms(&collector->title);
}

/* ---- the words of an article ---- */

/* So many of `item_size` bytes; what is new is zero. */
static void *grow_zeroed(void *items, size_t old, size_t count, size_t item_size)
{
	char *grown = memory_grow(items, count * item_size);
	memset(grown + old * item_size, 0, (count - old) * item_size);
	return grown;
}

/* Room for one of that number: at least half as much again. */
static size_t capacity_for(size_t capacity, size_t number)
{
	const size_t more = capacity + capacity / 2;
	return number < more ? more : number + 64;
}

static void make_room_for_word(struct word_groups *groups, uint32_t number)
{
	const size_t old = groups->word_capacity, count = capacity_for(old, number);
	groups->places = grow_zeroed(groups->places, old, count, sizeof(*groups->places));
	groups->terms = grow_zeroed(groups->terms, old, count, sizeof(*groups->terms));
	groups->word_capacity = count;
}

/* With its first token. */
static uint32_t new_group(struct word_groups *groups, const struct token *token, uint32_t weight)
{
	memory_reserve(&groups->items, &groups->capacity, groups->count, sizeof(*groups->items));
	const uint32_t place = (uint32_t)groups->count++;
	groups->items[place] = (struct word_group){
		.word = token->word,
		.number = token->number,
		.wdf = weight,
		.count = 1,
		.least = token->position + 1,
	};
	groups->places[token->number] = place;
	__builtin_prefetch(&groups->terms[token->number]);
	return place;
}

/* Where the word of the token is, which is counted. */
static inline uint32_t count_word(struct word_groups *groups, const struct token *token,
				  uint32_t weight)
{
	if (token->number >= groups->word_capacity)
		make_room_for_word(groups, token->number);
	const uint32_t place = groups->places[token->number];
	if (place >= groups->count || groups->items[place].number != token->number)
		return new_group(groups, token, weight);
	struct word_group *group = &groups->items[place];
	group->wdf += weight;
	group->count++;
	group->disorder |= token->position < group->least;
	group->least = token->position + 1;
	return place;
}

static void count_words(struct word_groups *groups, const struct token *tokens, size_t count,
			uint32_t weight)
{
	while (groups->occurrence_capacity < groups->occurrence_count + count)
		memory_reserve(&groups->occurrences, &groups->occurrence_capacity,
			       groups->occurrence_capacity, sizeof(*groups->occurrences));
	struct occurrence *occurrences = groups->occurrences + groups->occurrence_count;
	for (size_t i = 0; i < count; i++) {
		if (i + TOKENS_AHEAD < count)
			__builtin_prefetch(&groups->places[tokens[i + TOKENS_AHEAD].number]);
		occurrences[i].group = count_word(groups, &tokens[i], weight);
		occurrences[i].position = tokens[i].position;
	}
	groups->occurrence_count += count;
}

void term_collector_add(struct term_collector *collector, const struct token *tokens, size_t count,
			bool in_title)
{
	count_words(&collector->words, tokens, count, in_title ? SCHEMA_TITLE_WDF : 1);
	if (in_title)
		count_words(&collector->title, tokens, count, 1);
}

/* ---- the terms of a word ---- */

static uint32_t term_number(struct term_collector *collector, const char *prefix, struct str form)
{
	buffer_reset(&collector->scratch);
	schema_word_term(prefix, form, &collector->scratch);
	const uint32_t number = intern_add(collector->terms, buffer_str(&collector->scratch), NULL);
	if (number >= collector->term_capacity) {
		const size_t count = capacity_for(collector->term_capacity, number);
		collector->term_places = grow_zeroed(collector->term_places, collector->term_capacity,
						     count, sizeof(*collector->term_places));
		collector->term_capacity = count;
	}
	return number + 1;
}

/* Forms that are equal share one text, so a comparison of pointers tells what is a term of its own. */
static void find_terms(struct term_collector *collector, const struct word *word, const char *plain,
		       const char *stemmed, uint32_t terms[FORM_COUNT])
{
	terms[EXACT] = term_number(collector, plain, word->exact);
	terms[FOLDED] = word->folded.data != word->exact.data
				? term_number(collector, plain, word->folded)
				: 0;
	terms[STEM] = term_number(collector, stemmed, word->stem);
	terms[FOLDED_STEM] = word->folded_stem.data != word->stem.data
				     ? term_number(collector, stemmed, word->folded_stem)
				     : 0;
	/* "U.S." and "us" are two words with one folded form; one word never counts twice for a term. */
	if (terms[FOLDED] == terms[EXACT])
		terms[FOLDED] = 0;
	if (terms[FOLDED_STEM] == terms[STEM])
		terms[FOLDED_STEM] = 0;
}

/* ---- positions ---- */

/*
 * A joined word stands at the position of its first part but comes behind the last, so positions can
 * come out of order, rarely and by little; and twice.
 */
static uint32_t put_in_order(uint32_t *positions, uint32_t count)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t position = positions[i];
		uint32_t at = kept;
		while (at && positions[at - 1] > position)
			at--;
		if (at && positions[at - 1] == position)
			continue;
		memmove(positions + at + 1, positions + at, (kept - at) * sizeof(*positions));
		positions[at] = position;
		kept++;
	}
	return kept;
}

/* Lays the positions of each word side by side: those of a group end at its `next`. */
static uint32_t *gather_positions(struct word_groups *groups, struct arena *arena)
{
	uint32_t *positions = arena_alloc(arena, groups->occurrence_count * sizeof(*positions));
	uint32_t next = 0;
	for (size_t i = 0; i < groups->count; i++) {
		groups->items[i].next = next;
		next += groups->items[i].count;
	}
	for (size_t i = 0; i < groups->occurrence_count; i++) {
		const struct occurrence *occurrence = &groups->occurrences[i];
		positions[groups->items[occurrence->group].next++] = occurrence->position;
	}
	return positions;
}

/* Adds to the positions of a term those that another word has: they stay rising, and none is there twice. */
static void unite_positions(struct numbered_posting *posting, const uint32_t *others,
			    uint32_t other_count, struct arena *arena)
{
	const size_t both = (size_t)posting->count + other_count;
	uint32_t *united = arena_alloc(arena, both * sizeof(*united));
	uint32_t count = 0;
	for (uint32_t own = 0, other = 0; own < posting->count || other < other_count; count++) {
		const bool has_own = own < posting->count, has_other = other < other_count;
		const uint32_t left = has_own ? posting->positions[own] : UINT32_MAX;
		const uint32_t right = has_other ? others[other] : UINT32_MAX;
		united[count] = left < right ? left : right;
		own += has_own && left <= right;
		other += has_other && right <= left;
	}
	posting->positions = united;
	posting->count = count;
}

/* ---- the terms of an article ---- */

/* A term of one more word; a term with a stem or an accent less can be that of several. */
static inline void use_term(struct term_collector *collector, uint32_t number_plus_one, uint32_t wdf,
			    const uint32_t *positions, uint32_t count, struct arena *arena)
{
	const uint32_t term = number_plus_one - 1;
	const uint32_t place = collector->term_places[term];
	struct numbered_posting *posting = &collector->numbered[place];
	if (place < collector->numbered_count && posting->term == term) {
		posting->wdf += wdf;
		if (count)
			unite_positions(posting, positions, count, arena);
		return;
	}
	collector->term_places[term] = (uint32_t)collector->numbered_count;
	collector->numbered[collector->numbered_count++] =
		(struct numbered_posting){ term, wdf, positions, count };
}

static void use_word(struct term_collector *collector, const struct word_group *group,
		     const struct word_terms *terms, uint32_t *positions, struct arena *arena)
{
	const uint32_t count = group->disorder ? put_in_order(positions, group->count) : group->count;
	use_term(collector, terms->forms[EXACT], group->wdf, positions, count, arena);
	use_term(collector, terms->forms[STEM], group->wdf, NULL, 0, arena);
	if (terms->forms[FOLDED])
		use_term(collector, terms->forms[FOLDED], group->wdf, positions, count, arena);
	if (terms->forms[FOLDED_STEM])
		use_term(collector, terms->forms[FOLDED_STEM], group->wdf, NULL, 0, arena);
}

/* Room for all terms that the words can have. */
static void make_room_for_terms(struct term_collector *collector)
{
	const size_t most = (collector->words.count + collector->title.count) * (size_t)FORM_COUNT;
	while (collector->numbered_capacity < most)
		memory_reserve(&collector->numbered, &collector->numbered_capacity,
			       collector->numbered_capacity, sizeof(*collector->numbered));
}

static void fetch_term(struct term_collector *collector, const char *prefix, struct str form)
{
	buffer_reset(&collector->scratch);
	schema_word_term(prefix, form, &collector->scratch);
	intern_fetch(collector->terms, buffer_str(&collector->scratch));
}

/* Of the two terms that all words have; others are rare. */
static void fetch_places(struct term_collector *collector, const struct word_groups *groups)
{
	for (size_t i = 0; i < groups->count; i++) {
		const struct word_terms *terms = &groups->terms[groups->items[i].number];
		if (terms->forms[EXACT]) {
			__builtin_prefetch(&collector->term_places[terms->forms[EXACT] - 1]);
			__builtin_prefetch(&collector->term_places[terms->forms[STEM] - 1]);
		} else {
			const struct word *word = groups->items[i].word;
			fetch_term(collector, groups->plain, word->exact);
			fetch_term(collector, groups->stemmed, word->stem);
		}
	}
}

static void use_words(struct term_collector *collector, struct word_groups *groups,
		      struct arena *arena)
{
	fetch_places(collector, groups);
	uint32_t *positions = gather_positions(groups, arena);
	for (size_t i = 0; i < groups->count; i++) {
		const struct word_group *group = &groups->items[i];
		struct word_terms *terms = &groups->terms[group->number];
		if (!terms->forms[EXACT])
			find_terms(collector, group->word, groups->plain, groups->stemmed,
				   terms->forms);
		use_word(collector, group, terms, positions + (group->next - group->count), arena);
	}
	groups->count = 0;
	groups->occurrence_count = 0;
}

static void number_terms(struct term_collector *collector, struct arena *arena)
{
	make_room_for_terms(collector);
	collector->numbered_count = 0;
	use_words(collector, &collector->words, arena);
	use_words(collector, &collector->title, arena);
}

void term_collector_numbered(struct term_collector *collector, struct numbered_posting **postings,
			     size_t *count)
{
	arena_reset(&collector->positions);
	number_terms(collector, &collector->positions);
	*postings = collector->numbered;
	*count = collector->numbered_count;
}

/* The texts of the terms of the article, one behind the other, each with a NUL; by their order. */
static char *copy_texts(const struct term_collector *collector, struct arena *arena)
{
	size_t size = 0;
	for (size_t i = 0; i < collector->numbered_count; i++)
		size += collector->terms->keys[collector->numbered[i].term].len + 1;
	char *texts = arena_alloc(arena, size), *at = texts;
	for (size_t i = 0; i < collector->numbered_count; i++) {
		const struct str term = collector->terms->keys[collector->numbered[i].term];
		memcpy(at, term.data, term.len + 1);
		at += term.len + 1;
	}
	return texts;
}

void term_collector_finish(struct term_collector *collector, size_t extra, struct arena *arena,
			   struct posting **postings, size_t *count)
{
	number_terms(collector, arena);
	*count = collector->numbered_count;
	*postings = arena_alloc(arena, (*count + extra) * sizeof(**postings));
	const char *text = copy_texts(collector, arena);
	for (size_t i = 0; i < *count; i++) {
		const struct numbered_posting *numbered = &collector->numbered[i];
		const size_t len = collector->terms->keys[numbered->term].len;
		(*postings)[i] = (struct posting){
			.term = { text, len },
			.wdf = numbered->wdf,
			.positions = numbered->positions,
			.count = numbered->count,
		};
		text += len + 1;
	}
}
