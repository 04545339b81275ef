#include "hints.h"

#include "dateline/command.h"

#include <stdlib.h>

/* A word is taken for a slip when so few articles have it, and so many times as many have one that is one edit away. */
#define SLIP_ARTICLES_MAX 2
#define SLIP_TIMES 100

/* With as many hits, nobody is helped by a word about slips. */
#define FEW_HITS 3

/* Values that are offered for one that no article has. */
#define VALUES_OFFERED 3

void hint_line(struct hinting *hinting, const char *format, ...)
{
	struct buffer line = { 0 };
	va_list args;
	va_start(args, format);
	buffer_add_format_v(&line, format, args);
	va_end(args);
	memory_reserve(&hinting->hints, &hinting->room, hinting->count, sizeof(*hinting->hints));
	hinting->hints[hinting->count++] = arena_copy(hinting->arena, buffer_str(&line));
	buffer_release(&line);
}

const char *hint_articles(const struct hinting *hinting, uint32_t count)
{
	struct buffer text = { 0 };
	add_grouped(&text, count);
	buffer_add_text(&text, count == 1 ? " article" : " articles");
	const char *copy = arena_copy(hinting->arena, buffer_str(&text)).data;
	buffer_release(&text);
	return copy;
}

/* Takes so many tries of those that are left, if there are. */
static bool may_try(struct hinting *hinting, unsigned tries)
{
	if (hinting->tries + tries > SUGGESTIONS_MAX)
		return false;
	hinting->tries += tries;
	return true;
}

static bool is_suggested(const struct hinting *hinting, struct str folded)
{
	for (size_t i = 0; i < hinting->suggestion_count; i++)
		if (!hinting->suggestions[i].field && str_equal(hinting->folded[i], folded))
			return true;
	return false;
}

/* With hits, what is missing stood beside others that are not: only what may be put right is told then. */
static bool is_missed(const struct hinting *hinting)
{
	return !hinting->answer->total || hinting->search->matched == MATCH_MOST;
}

/* ---- words ---- */

/* A word of a leaf, as typed and as a term. */
struct asked_word {
	struct str typed, folded;
	uint32_t count; /* articles */
};

static enum status count_word(const struct hinting *hinting, bool in_title, struct asked_word *word,
			      struct error *err)
{
	struct buffer term = { 0 };
	enum status status = STATUS_OK;
	schema_word_term(in_title ? "S" : "", word->folded, &term);
	word->count = 0;
	for (size_t i = 0; i < hinting->search->look_count && status == STATUS_OK; i++) {
		uint32_t more = 0;
		status = store_frequency(hinting->parts[i].store, buffer_str(&term), &more, err);
		word->count += more;
	}
	buffer_release(&term);
	return status;
}

/* The leaf's words without its prefix and quotes. */
static struct str bare_text(const struct query_leaf *leaf)
{
	static const char title[] = "title:";
	struct str text = leaf->text;
	if (leaf->in_title && str_begins_with(text, title)) {
		text.data += sizeof(title) - 1;
		text.len -= sizeof(title) - 1;
	}
	if (text.len > 1 && text.data[0] == '"') {
		text.data++;
		text.len -= 2;
	}
	return text;
}

/* The words of a leaf, at most PARTS_MAX. */
static size_t words_of_leaf(const struct hinting *hinting, const struct query_leaf *leaf,
			    struct asked_word words[PARTS_MAX])
{
	struct token_list tokens = { 0 };
	const struct str text = bare_text(leaf);
	size_t count = 0;
	analyser_run(hinting->search->looks[0].analyser, text, 0, 1, &tokens);
	for (size_t i = 0; i < tokens.count && count < PARTS_MAX; i++) {
		const struct token *token = &tokens.items[i];
		if (token->flags & (TOKEN_JOINED | TOKEN_CHARACTER))
			continue;
		words[count++] = (struct asked_word){
			.typed = { text.data + token->start, token->end - token->start },
			.folded = arena_copy(hinting->arena, token->word->folded),
		};
	}
	token_list_release(&tokens);
	return count;
}

static void suggest_word(struct hinting *hinting, const struct asked_word *word,
			 const struct meant_word *meant)
{
	hinting->folded[hinting->suggestion_count] = word->folded;
	hinting->suggestions[hinting->suggestion_count++] = (struct suggestion){
		.typed = word->typed,
		.meant = meant->word,
		.has = word->count,
		.count = meant->count,
	};
	if (word->count)
		hint_line(hinting, "only %s %s %.*s: did you mean %.*s (%s)?",
			  hint_articles(hinting, word->count), word->count == 1 ? "has" : "have",
			  STR_ARG(word->typed), STR_ARG(meant->word),
			  hint_articles(hinting, meant->count));
	else
		hint_line(hinting, "no article has %.*s: did you mean %.*s (%s)?",
			  STR_ARG(word->typed), STR_ARG(meant->word),
			  hint_articles(hinting, meant->count));
}

/* *done says that something was suggested, now or before. */
static enum status suggest_for(struct hinting *hinting, const struct query_leaf *leaf,
			       const struct asked_word *word, uint32_t distance, bool *done,
			       struct error *err)
{
	struct meant_word meant;
	*done = is_suggested(hinting, word->folded);
	if (*done || !may_try(hinting, 1))
		return STATUS_OK;
	const enum status status = meant_word(hinting->parts, hinting->search->look_count,
					      leaf->in_title ? "S" : "", word->folded, distance,
					      hinting->arena, &meant, err);
	if (status != STATUS_OK || !meant.word.len ||
	    (word->count && meant.count < SLIP_TIMES * word->count))
		return status;
	suggest_word(hinting, word, &meant);
	*done = true;
	return STATUS_OK;
}

/* A leaf that no article has: each of its words that none has is put right, or else it is named. */
static enum status hint_missing(struct hinting *hinting, const struct query_leaf *leaf,
				const struct asked_word *words, size_t count, struct error *err)
{
	enum status status = STATUS_OK;
	bool any = false;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		bool done = false;
		if (!words[i].count)
			status = suggest_for(hinting, leaf, &words[i], 2, &done, err);
		any |= done;
	}
	if (status == STATUS_OK && !any && is_missed(hinting))
		hint_line(hinting, "no article has %.*s", STR_ARG(leaf->text));
	return status;
}

/* May it be a slip, which a few articles have too? */
static bool may_be_slip(const struct hinting *hinting, const struct asked_word *words, size_t count)
{
	return hinting->answer->total < FEW_HITS && count == 1 && words[0].count &&
	       words[0].count <= SLIP_ARTICLES_MAX;
}

static enum status hint_leaf(struct hinting *hinting, size_t number, struct error *err)
{
	struct asked_word words[PARTS_MAX];
	const struct query_leaf *leaf = &hinting->search->looks[0].query_plan.leaves[number];
	const size_t count = words_of_leaf(hinting, leaf, words);
	enum status status = STATUS_OK;
	bool any_missing = false, done;
	uint32_t articles_with = 0;
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		status = count_word(hinting, leaf->in_title, &words[i], err);
		any_missing |= !words[i].count;
	}
	/* One word that articles have needs no second look. */
	if (status == STATUS_OK && (count != 1 || any_missing))
		status = search_count_leaf(hinting->search, number, &articles_with, err);
	else if (status == STATUS_OK)
		articles_with = words[0].count;
	if (status != STATUS_OK)
		return status;
	if (!articles_with)
		return hint_missing(hinting, leaf, words, count, err);
	return may_be_slip(hinting, words, count)
		       ? suggest_for(hinting, leaf, &words[0], 1, &done, err)
		       : STATUS_OK;
}

/* ---- values ---- */

static void suggest_values(struct hinting *hinting, const struct field *field, struct str typed,
			   const struct found_value *values, size_t count, struct buffer *line)
{
	for (size_t i = 0; i < count; i++) {
		buffer_add_text(line, i == 0 ? ": did you mean " : i + 1 < count ? ", " : " or ");
		buffer_add_format(line, "%.*s (", STR_ARG(values[i].value));
		add_grouped(line, values[i].count);
		buffer_add_char(line, ')');
	}
	buffer_add_text(line, count ? "?" : "");
	if (count)
		hinting->suggestions[hinting->suggestion_count++] = (struct suggestion){
			.field = field,
			.typed = typed,
			.meant = values[0].value,
			.count = values[0].count,
		};
}

/* `text` is the value as it stands in the query or filter, with its field. */
static enum status hint_value(struct hinting *hinting, struct str text, const struct field *field,
			      struct str typed, struct error *err)
{
	struct found_value *values = NULL;
	size_t count = 0;
	struct buffer line = { 0 };
	enum status status = STATUS_OK;
	if (field->role == FIELD_VALUE && may_try(hinting, VALUE_TRIES))
		status = meant_values(hinting->parts, hinting->search->look_count, field, typed,
				      VALUES_OFFERED, hinting->arena, &values, &count, err);
	if (status == STATUS_OK && (count || is_missed(hinting))) {
		buffer_add_format(&line, "no article has %.*s", STR_ARG(text));
		suggest_values(hinting, field, typed, values, count, &line);
		hint_line(hinting, "%.*s", STR_ARG(buffer_str(&line)));
	}
	buffer_release(&line);
	return status;
}

static enum status hint_words(struct hinting *hinting, struct error *err)
{
	const struct query_plan *plan = &hinting->search->looks[0].query_plan;
	enum status status = STATUS_OK;
	for (size_t i = 0; i < plan->leaf_count && i < PARTS_MAX && status == STATUS_OK; i++) {
		const struct query_leaf *leaf = &plan->leaves[i];
		uint32_t count = 0;
		if (leaf->negated || leaf->added || !leaf->plan)
			continue;
		if (!leaf->field) {
			status = hint_leaf(hinting, i, err);
			continue;
		}
		status = search_count_leaf(hinting->search, i, &count, err);
		if (status == STATUS_OK && !count)
			status = hint_value(hinting, leaf->text, leaf->field, leaf->typed, err);
	}
	return status;
}

static enum status hint_filters(struct hinting *hinting, struct error *err)
{
	const struct look *look = &hinting->search->looks[0];
	enum status status = STATUS_OK;
	for (size_t i = 0; i < look->filter_count && i < PARTS_MAX && status == STATUS_OK; i++) {
		const struct filter *filter = &look->filters[i];
		struct buffer text = { 0 };
		uint32_t count = 0;
		if (filter->excluded)
			continue;
		buffer_add_format(&text, "%s=%.*s", filter->field->name, STR_ARG(filter->value));
		status = search_count_filter(hinting->search, i, &count, err);
		if (status == STATUS_OK && !count)
			status = hint_value(hinting, buffer_str(&text), filter->field,
					    filter->typed, err);
		buffer_release(&text);
	}
	return status;
}

/* ---- all of it ---- */

static enum status add_hints(struct hinting *hinting, struct error *err)
{
	const struct look *look = &hinting->search->looks[0];
	enum status status = STATUS_OK;
	if (!search_articles(hinting->search)) {
		hint_line(hinting, "the index holds no articles");
		return STATUS_OK;
	}
	if (look->words->op == PLAN_NONE)
		hint_line(hinting, "there is no word to look for in this query");
	else
		status = hint_words(hinting, err);
	/* When there are hits after all, the rest is in order. */
	if (status == STATUS_OK && !hinting->answer->total)
		status = hint_filters(hinting, err);
	if (status == STATUS_OK && !hinting->answer->total && look->words->op != PLAN_NONE)
		status = hint_obstacles(hinting, err);
	if (status == STATUS_OK)
		hint_correction(hinting);
	return status;
}

/* Lists in the answer's arena. */
static void hand_over(struct hinting *hinting)
{
	struct answer *answer = hinting->answer;
	const size_t hints = hinting->count * sizeof(*hinting->hints);
	const size_t suggestions = hinting->suggestion_count * sizeof(*answer->suggestions);
	answer->hints.items = arena_alloc(hinting->arena, hints);
	answer->suggestions = arena_alloc(hinting->arena, suggestions);
	if (hints)
		memcpy(answer->hints.items, hinting->hints, hints);
	if (suggestions)
		memcpy(answer->suggestions, hinting->suggestions, suggestions);
	answer->hints.count = hinting->count;
	answer->suggestion_count = hinting->suggestion_count;
}

/* Are there so few hits, or so many words left out, that something may be said? */
static bool is_worth_hints(const struct search *search, const struct answer *answer)
{
	/* Nobody typed the words of an article that others are to be like. */
	if (search->request->similar.len)
		return false;
	if (search->request->brief)
		return answer->total == 0;
	return answer->total < FEW_HITS || search->matched != MATCH_ALL;
}

enum status search_hints(const struct search *search, struct answer *answer, struct error *err)
{
	struct hinting hinting = { .search = search, .arena = search->arena, .answer = answer };
	if (!is_worth_hints(search, answer))
		return STATUS_OK;
	hinting.parts = arena_alloc(hinting.arena, search->look_count * sizeof(*hinting.parts));
	for (size_t i = 0; i < search->look_count; i++)
		hinting.parts[i] =
			(struct value_part){ search->looks[i].store, search->looks[i].names };
	for (size_t i = 0; i < answer->hints.count; i++)
		hint_line(&hinting, "%.*s", STR_ARG(answer->hints.items[i]));
	const enum status status = add_hints(&hinting, err);
	if (status == STATUS_OK)
		hand_over(&hinting);
	free(hinting.hints);
	return status;
}
