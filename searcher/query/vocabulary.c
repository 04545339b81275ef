#include "vocabulary.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"

#include <stdlib.h>

/*
 * Terms with one start that are looked at: in the largest vocabularies, three letters begin some tens of thousands, and reading
 * so many takes some milliseconds.
 */
#define READ_MAX 20000

struct found {
	struct str form;
	uint64_t frequency;
	uint32_t distance;
};

/* What was found in all indexes; a form of several has the sum of its frequencies. */
struct gathering {
	struct arena *arena;
	struct intern seen; /* with more than one index; the numbers are those of the items */
	struct found *items;
	size_t count, capacity;
	bool has_more;
};

static void gather(struct gathering *gathering, bool is_only, struct found found)
{
	bool is_new = true;
	const uint32_t number = is_only ? (uint32_t)gathering->count
					: intern_add(&gathering->seen, found.form, &is_new);
	if (!is_new) {
		gathering->items[number].frequency += found.frequency;
		return;
	}
	memory_reserve(&gathering->items, &gathering->capacity, gathering->count,
		       sizeof(*gathering->items));
	gathering->items[gathering->count++] = found;
}

static struct str behind(struct str term, size_t prefix)
{
	return (struct str){ term.data + prefix, term.len - prefix };
}

/* All terms of the indexes that begin with prefix and start, and have `longest` bytes more at most. */
static enum status gather_terms(struct gathering *gathering, const struct vocabulary *vocabulary,
				const char *prefix, struct str start, size_t longest,
				struct error *err)
{
	struct buffer begin = { 0 };
	enum status status = STATUS_OK;
	buffer_add_text(&begin, prefix);
	buffer_add_str(&begin, start);
	for (size_t i = 0; i < vocabulary->count && status == STATUS_OK; i++) {
		struct term_entry *entries;
		size_t count;
		status = store_terms(vocabulary->stores[i], buffer_str(&begin), READ_MAX,
				     gathering->arena, &entries, &count, err);
		for (size_t k = 0; status == STATUS_OK && k < count; k++)
			if (entries[k].term.len - begin.len <= longest)
				gather(gathering, vocabulary->count == 1,
				       (struct found){ behind(entries[k].term, strlen(prefix)),
						       entries[k].frequency, 0 });
		gathering->has_more |= status == STATUS_OK && count == READ_MAX;
	}
	buffer_release(&begin);
	return status;
}

/* ---- the same word with accents ---- */

static bool is_ascii(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] >= 0x80)
			return false;
	return true;
}

/* Every word is in the index without its accents, too, at the same places. */
static void drop_accented(struct gathering *gathering)
{
	struct intern plain = { 0 };
	struct buffer folded = { 0 };
	size_t kept = 0;
	for (size_t i = 0; i < gathering->count; i++)
		intern_add(&plain, gathering->items[i].form, NULL);
	for (size_t i = 0; i < gathering->count; i++) {
		const struct str form = gathering->items[i].form;
		buffer_reset(&folded);
		if (!is_ascii(form))
			utf8_fold(form, UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS, &folded);
		if (!folded.len || str_equal(buffer_str(&folded), form) ||
		    intern_find(&plain, buffer_str(&folded)) == INTERN_NONE)
			gathering->items[kept++] = gathering->items[i];
	}
	gathering->count = kept;
	intern_release(&plain);
	buffer_release(&folded);
}

static bool has_accents(const struct gathering *gathering)
{
	for (size_t i = 0; i < gathering->count; i++)
		if (!is_ascii(gathering->items[i].form))
			return true;
	return false;
}

/* ---- the best of them ---- */

static int by_use(const void *a, const void *b)
{
	const struct found *left = a, *right = b;
	if (left->distance != right->distance)
		return left->distance < right->distance ? -1 : 1;
	if (left->frequency != right->frequency)
		return left->frequency > right->frequency ? -1 : 1;
	return str_compare(left->form, right->form);
}

/* Leaves the gathering empty. */
static void take_best(struct gathering *gathering, size_t max, struct forms *forms)
{
	if (has_accents(gathering))
		drop_accented(gathering);
	if (gathering->count)
		qsort(gathering->items, gathering->count, sizeof(*gathering->items), by_use);
	forms->count = gathering->count < max ? gathering->count : max;
	forms->left_out = gathering->count - forms->count;
	forms->has_more = gathering->has_more;
	forms->items = arena_alloc(gathering->arena, forms->count * sizeof(*forms->items));
	for (size_t i = 0; i < forms->count; i++)
		forms->items[i] = gathering->items[i].form;
}

static void release(struct gathering *gathering)
{
	free(gathering->items);
	intern_release(&gathering->seen);
}

enum status vocabulary_begins(const struct vocabulary *vocabulary, const char *prefix,
			      struct str start, size_t max, struct arena *arena,
			      struct forms *forms, struct error *err)
{
	*forms = (struct forms){ 0 };
	if (!vocabulary)
		return STATUS_OK;
	struct gathering gathering = { .arena = arena };
	const enum status status = gather_terms(&gathering, vocabulary, prefix, start, SIZE_MAX, err);
	if (status == STATUS_OK)
		take_best(&gathering, max, forms);
	release(&gathering);
	return status;
}

enum status vocabulary_like(const struct vocabulary *vocabulary, const char *prefix,
			    struct str word, uint32_t edits, size_t max, struct arena *arena,
			    struct forms *forms, struct error *err)
{
	*forms = (struct forms){ 0 };
	if (!vocabulary)
		return STATUS_OK;
	struct gathering gathering = { .arena = arena };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < vocabulary->count && status == STATUS_OK; i++) {
		struct like_entry *entries;
		size_t count;
		status = store_terms_like(vocabulary->stores[i], str_from(prefix), word, edits, max,
					  arena, &entries, &count, err);
		for (size_t k = 0; status == STATUS_OK && k < count; k++)
			gather(&gathering, vocabulary->count == 1,
			       (struct found){ behind(entries[k].term, strlen(prefix)),
					       entries[k].frequency, entries[k].distance });
	}
	if (status == STATUS_OK)
		take_best(&gathering, max, forms);
	release(&gathering);
	return status;
}

/* ---- forms of a stem ---- */

/*
 * A stem of few letters begins too many words: of two, the forms are no longer than it and an ending; one alone is no stem but a
 * letter, and has no other forms.
 */
#define SHORT_STEM 3
#define ENDING_MAX 4

static bool is_letter_alone(struct str stem)
{
	size_t bytes;
	utf8_decode(stem.data, stem.len, &bytes);
	return bytes == stem.len;
}

/*
 * The start that the forms of a stem have in common: the last letter of a stem is often another than that of the word, but not
 * the last digit of a number.
 */
static struct str common_start(struct str stem)
{
	size_t bytes, characters = 0, last = 0;
	for (size_t at = 0; at < stem.len; at += bytes, characters++) {
		last = at;
		utf8_decode(stem.data + at, stem.len - at, &bytes);
	}
	const bool is_number = stem.data[0] >= '0' && stem.data[0] <= '9';
	return characters > SHORT_STEM && !is_number ? (struct str){ stem.data, last } : stem;
}

struct stemming {
	const struct variants *variants;
	struct analyser *analyser;
	struct token_list tokens;
};

static bool is_wanted(const struct stemming *stemming, struct str stem, size_t language)
{
	const struct variants *variants = stemming->variants;
	for (size_t i = 0; i < variants->stems.count; i++)
		if (variants->stem_languages[i] >> language & 1 &&
		    str_equal(variants->stems.items[i], stem))
			return true;
	return false;
}

/* The analyser has the language of that number. */
static bool has_stem(struct stemming *stemming, struct str form, size_t language)
{
	stemming->tokens.count = 0;
	analyser_run(stemming->analyser, form, 0, 0, &stemming->tokens);
	if (stemming->tokens.count != 1)
		return false;
	const struct word *word = stemming->tokens.items[0].word;
	return is_wanted(stemming, word->stem, language) ||
	       is_wanted(stemming, word->folded_stem, language);
}

/* Keeps of the candidates those that have one of the stems in one of the languages. */
static void keep_stems(struct gathering *gathering, struct stemming *stemming,
		       const struct language *const *languages, size_t language_count)
{
	size_t kept = 0;
	bool *wanted = memory_zero(gathering->count + 1, sizeof(*wanted));
	for (size_t language = 0; language < language_count; language++) {
		analyser_set_language(stemming->analyser, languages[language]);
		for (size_t i = 0; i < gathering->count; i++)
			wanted[i] = wanted[i] ||
				    has_stem(stemming, gathering->items[i].form, language);
	}
	for (size_t i = 0; i < gathering->count; i++)
		if (wanted[i])
			gathering->items[kept++] = gathering->items[i];
	gathering->count = kept;
	free(wanted);
}

/* Has another stem the same start, or one that this begins with? Then its candidates are among those. */
static bool is_covered(const struct str_list *stems, size_t stem)
{
	const struct str start = common_start(stems->items[stem]);
	for (size_t i = 0; i < stems->count; i++) {
		const struct str other = common_start(stems->items[i]);
		const bool begins = other.len <= start.len &&
				    memcmp(other.data, start.data, other.len) == 0;
		if (i != stem && begins && (other.len < start.len || i < stem))
			return true;
	}
	return false;
}

static enum status gather_candidates(struct gathering *gathering,
				     const struct vocabulary *vocabulary, const char *prefix,
				     const struct str_list *stems, struct error *err)
{
	enum status status = STATUS_OK;
	for (size_t i = 0; i < stems->count && status == STATUS_OK; i++) {
		const struct str stem = stems->items[i];
		if (!is_letter_alone(stem) && !is_covered(stems, i))
			status = gather_terms(gathering, vocabulary, prefix, common_start(stem),
					      stem.len < SHORT_STEM ? ENDING_MAX : SIZE_MAX, err);
	}
	return status;
}

enum status vocabulary_stems(const struct vocabulary *vocabulary, const char *prefix,
			     const struct variants *variants, struct analyser *analyser,
			     const struct language *const *languages, size_t language_count,
			     size_t max, struct arena *arena, struct forms *forms, struct error *err)
{
	static const struct language *const not_stemmed[1];
	*forms = (struct forms){ 0 };
	if (!vocabulary || !variants->stems.count)
		return STATUS_OK;
	if (!language_count) {
		languages = not_stemmed;
		language_count = 1;
	}
	struct gathering gathering = { .arena = arena };
	struct stemming stemming = { .variants = variants, .analyser = analyser };
	const enum status status =
		gather_candidates(&gathering, vocabulary, prefix, &variants->stems, err);
	if (status == STATUS_OK) {
		keep_stems(&gathering, &stemming, languages, language_count);
		take_best(&gathering, max, forms);
	}
	token_list_release(&stemming.tokens);
	release(&gathering);
	return status;
}
