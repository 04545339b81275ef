#include "terms.h"

#include "dateline/schema.h"

#include <stdlib.h>

/* {0} between articles. */
struct term_use {
	uint32_t wdf;
	uint32_t positions; /* how many */
	uint32_t next;      /* where the next position goes, while they are written */
};

/* One position of one term, in the order of the text. */
struct occurrence {
	uint32_t term, position;
};

enum { EXACT, FOLDED, STEM, FOLDED_STEM, FORM_COUNT };

/* The terms of a word, as number of term + 1; 0: none of its own (the form equals another). */
struct word_terms {
	bool known, title_known;
	uint32_t body[FORM_COUNT], title[FORM_COUNT];
};

void term_collector_init(struct term_collector *collector, struct intern *terms)
{
	*collector = (struct term_collector){ .terms = terms ? terms : &collector->own };
}

void term_collector_release(struct term_collector *collector)
{
	intern_release(&collector->own);
	arena_release(&collector->positions);
	free(collector->numbered);
	free(collector->uses);
	free(collector->used);
	free(collector->words);
	free(collector->occurrences);
	buffer_release(&collector->scratch);
}

void term_collector_forget(struct term_collector *collector)
{
	intern_reset(&collector->own);
	collector->word_count = 0;
}

static uint32_t term_number(struct term_collector *collector, const char *prefix, struct str form)
{
	buffer_reset(&collector->scratch);
	schema_word_term(prefix, form, &collector->scratch);
	bool is_new;
	const uint32_t number =
		intern_add(collector->terms, buffer_str(&collector->scratch), &is_new);
	const size_t known = collector->use_capacity;
	while (collector->use_capacity <= number)
		memory_reserve(&collector->uses, &collector->use_capacity, collector->use_capacity,
			       sizeof(*collector->uses));
	memset(collector->uses + known, 0,
	       (collector->use_capacity - known) * sizeof(*collector->uses));
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

static struct word_terms *terms_of_word(struct term_collector *collector, const struct word *word,
					bool in_title)
{
	while (collector->word_count <= word->number) {
		memory_reserve(&collector->words, &collector->word_capacity, collector->word_count,
			       sizeof(*collector->words));
		collector->words[collector->word_count++] = (struct word_terms){ 0 };
	}
	struct word_terms *terms = &collector->words[word->number];
	if (!terms->known)
		find_terms(collector, word, "", "Z", terms->body);
	terms->known = true;
	if (in_title && !terms->title_known) {
		find_terms(collector, word, "S", "ZS", terms->title);
		terms->title_known = true;
	}
	return terms;
}

static void count_use(struct term_collector *collector, uint32_t number_plus_one, uint32_t weight)
{
	struct term_use *use = &collector->uses[number_plus_one - 1];
	if (!use->wdf) {
		memory_reserve(&collector->used, &collector->used_capacity, collector->used_count,
			       sizeof(*collector->used));
		collector->used[collector->used_count++] = number_plus_one - 1;
	}
	use->wdf += weight;
}

static void note_position(struct term_collector *collector, uint32_t number_plus_one,
			  uint32_t position)
{
	memory_reserve(&collector->occurrences, &collector->occurrence_capacity,
		       collector->occurrence_count, sizeof(*collector->occurrences));
	collector->occurrences[collector->occurrence_count++] =
		(struct occurrence){ number_plus_one - 1, position };
	collector->uses[number_plus_one - 1].positions++;
}

static void use_terms(struct term_collector *collector, const uint32_t terms[FORM_COUNT],
		      uint32_t position, uint32_t weight)
{
	for (int form = EXACT; form < FORM_COUNT; form++) {
		if (!terms[form])
			continue;
		count_use(collector, terms[form], weight);
		if (form <= FOLDED)
			note_position(collector, terms[form], position);
	}
}

void term_collector_add(struct term_collector *collector, const struct token *tokens, size_t count,
			bool in_title)
{
	for (size_t i = 0; i < count; i++) {
		const struct token *token = &tokens[i];
		const struct word_terms *terms = terms_of_word(collector, token->word, in_title);
		use_terms(collector, terms->body, token->position, in_title ? SCHEMA_TITLE_WDF : 1);
		if (in_title)
			use_terms(collector, terms->title, token->position, 1);
	}
}

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

/* Lays the positions of each term side by side; two passes over all occurrences and no sorting. */
static uint32_t *gather_positions(struct term_collector *collector, struct arena *arena)
{
	uint32_t *positions = arena_alloc(arena, collector->occurrence_count * sizeof(*positions));
	uint32_t next = 0;
	for (size_t i = 0; i < collector->used_count; i++) {
		struct term_use *use = &collector->uses[collector->used[i]];
		use->next = next;
		next += use->positions;
	}
	for (size_t i = 0; i < collector->occurrence_count; i++) {
		const struct occurrence *occurrence = &collector->occurrences[i];
		positions[collector->uses[occurrence->term].next++] = occurrence->position;
	}
	return positions;
}

void term_collector_numbered(struct term_collector *collector, struct numbered_posting **postings,
			     size_t *count)
{
	arena_reset(&collector->positions);
	uint32_t *positions = gather_positions(collector, &collector->positions);
	for (size_t i = 0; i < collector->used_count; i++) {
		struct term_use *use = &collector->uses[collector->used[i]];
		uint32_t *own = positions + (use->next - use->positions);
		memory_reserve(&collector->numbered, &collector->numbered_capacity, i,
			       sizeof(*collector->numbered));
		collector->numbered[i] = (struct numbered_posting){
			.term = collector->used[i],
			.wdf = use->wdf,
			.positions = use->positions ? own : NULL,
			.count = put_in_order(own, use->positions),
		};
		*use = (struct term_use){ 0 };
	}
	*postings = collector->numbered;
	*count = collector->used_count;
	collector->used_count = 0;
	collector->occurrence_count = 0;
}

void term_collector_finish(struct term_collector *collector, size_t extra, struct arena *arena,
			   struct posting **postings, size_t *count)
{
	uint32_t *positions = gather_positions(collector, arena);
	struct posting *made = arena_alloc(arena, (collector->used_count + extra) * sizeof(*made));
	for (size_t i = 0; i < collector->used_count; i++) {
		const uint32_t number = collector->used[i];
		struct term_use *use = &collector->uses[number];
		uint32_t *own = positions + (use->next - use->positions);
		made[i] = (struct posting){
			.term = arena_copy(arena, collector->terms->keys[number]),
			.wdf = use->wdf,
			.positions = use->positions ? own : NULL,
			.count = put_in_order(own, use->positions),
		};
		*use = (struct term_use){ 0 };
	}
	*postings = made;
	*count = collector->used_count;
	collector->used_count = 0;
	collector->occurrence_count = 0;
}
