#include "look.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"
#include "dateline/versions.h"

#include <stdlib.h>
#include <time.h>

/* How often a search that a writer overtook is begun again. */
#define ATTEMPTS_MAX 5

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* ---- what is open ---- */

struct searcher {
	const char *path;
	struct names_request naming;
	struct arena arena;  /* of what is read at opening */
	struct store *store; /* NULL: to be opened again */
	struct analyser *analyser;
	const struct language **languages;
	size_t language_count;
	struct years years;
	struct names *names;
};

/* The words of many queries and hits are not kept for ever. */
#define ANALYSER_BYTES_MAX ((size_t)16 << 20)

static enum status find_languages(struct searcher *searcher, struct error *err)
{
	struct term_entry *terms;
	size_t count;
	const enum status status = store_terms(searcher->store, STR(PREFIX_STEMMER), LANGUAGES_MAX,
					       &searcher->arena, &terms, &count, err);
	if (status != STATUS_OK)
		return status;
	searcher->languages = arena_alloc(&searcher->arena, count * sizeof(struct language *));
	searcher->language_count = 0;
	for (size_t i = 0; i < count; i++) {
		const size_t prefix = sizeof(PREFIX_STEMMER) - 1;
		const struct str code = { terms[i].term.data + prefix, terms[i].term.len - prefix };
		const struct language *language = language_find(code);
		/* NULL among them stands for texts that were not stemmed. */
		if (language || str_equal(code, STR(LANGUAGE_NONE)))
			searcher->languages[searcher->language_count++] = language;
	}
	return STATUS_OK;
}

static void unload(struct searcher *searcher)
{
	names_close(searcher->names);
	store_close(searcher->store);
	searcher->names = NULL;
	searcher->store = NULL;
	arena_reset(&searcher->arena);
}

static enum status load(struct searcher *searcher, struct error *err)
{
	enum status status = store_open(searcher->path, &searcher->store, err);
	if (status != STATUS_OK)
		return status;
	status = versions_check(searcher->store, searcher->path, err);
	if (status == STATUS_OK)
		status = find_languages(searcher, err);
	if (status == STATUS_OK)
		status = query_read_years(searcher->store, &searcher->arena, &searcher->years, err);
	if (status == STATUS_OK)
		status = names_open(searcher->store, &searcher->naming, &searcher->names, err);
	if (status != STATUS_OK)
		unload(searcher);
	return status;
}

/* ---- what was asked ---- */

static bool is_blank(struct str text)
{
	return str_trim(text).len == 0;
}

/* Words, a filter or --all: something must say what is looked for. */
static enum status check_request(const struct request *request, struct error *err)
{
	const bool has_words = !is_blank(request->words);
	if (request->all && has_words)
		return error_set(err, STATUS_BAD_REQUEST,
				 "--all matches every article: leave it out, or the words");
	if (!request->all && !has_words && !request->filters.count)
		return error_set(err, STATUS_BAD_REQUEST,
				 "nothing to search for: give words, a --filter, or --all");
	return STATUS_OK;
}

static enum status understand_words(struct look *look, struct error *err)
{
	const struct request *request = look->request;
	enum status status = query_parse(request->words, look->arena, &look->query, err);
	if (status == STATUS_OK && look->query.root)
		status = query_make_plan(look->query.root, look->analyser, look->languages,
					 look->language_count, &look->years,
					 &(struct vocabulary){ &look->store, 1 }, look->arena,
					 &look->query_plan, err);
	if (status == STATUS_OK)
		status = look_name_words(look, err);
	if (status == STATUS_OK && look->query_plan.plan)
		return look_join_words(look, err);
	const bool all = request->all || request->filters.count;
	look->words = plan_join(look->arena, all ? PLAN_ALL : PLAN_NONE, NULL, 0);
	return status;
}

static struct choice *choice_of(struct look *look, const struct field *field)
{
	for (size_t i = 0; i < look->choice_count; i++)
		if (look->choices[i].field == field)
			return &look->choices[i];
	struct choice *choice = &look->choices[look->choice_count++];
	choice->field = field;
	choice->filters = arena_alloc(look->arena, look->filter_count * sizeof(struct filter *));
	return choice;
}

static void plan_choices(struct look *look)
{
	struct plan **plans = arena_alloc(look->arena, look->filter_count * sizeof(struct plan *));
	for (size_t i = 0; i < look->choice_count; i++) {
		struct choice *choice = &look->choices[i];
		for (size_t k = 0; k < choice->count; k++)
			plans[k] = choice->filters[k]->plan;
		choice->plan = plan_join(look->arena, PLAN_OR, plans, choice->count);
	}
}

static enum status understand_filters(struct look *look, struct error *err)
{
	const struct str_list *texts = &look->request->filters;
	look->filter_count = texts->count;
	look->filters = arena_zero(look->arena, texts->count, sizeof(*look->filters));
	look->choices = arena_zero(look->arena, texts->count, sizeof(*look->choices));
	look->excluded = arena_alloc(look->arena, texts->count * sizeof(struct plan *));
	for (size_t i = 0; i < texts->count; i++) {
		struct filter *filter = &look->filters[i];
		enum status status =
			filter_parse(texts->items[i], &look->years, look->arena, filter, err);
		if (status == STATUS_OK)
			status = look_name_filter(look, filter, err);
		if (status != STATUS_OK)
			return status;
		if (filter->excluded) {
			look->excluded[look->excluded_count++] = filter->plan;
		} else {
			struct choice *choice = choice_of(look, filter->field);
			choice->filters[choice->count++] = filter;
		}
	}
	plan_choices(look);
	return STATUS_OK;
}

struct plan *look_plan(const struct look *look, const struct field *without, struct plan *also)
{
	struct plan **parts =
		arena_alloc(look->arena, (look->choice_count + 2) * sizeof(struct plan *));
	size_t count = 0;
	parts[count++] = look->words;
	for (size_t i = 0; i < look->choice_count; i++)
		if (look->choices[i].field != without)
			parts[count++] =
				plan_join(look->arena, PLAN_FILTER, &look->choices[i].plan, 1);
	if (also)
		parts[count++] = plan_join(look->arena, PLAN_FILTER, &also, 1);
	struct plan *matching = count == 1 ? parts[0]
					   : plan_join(look->arena, PLAN_AND, parts, count);
	if (!look->excluded_count)
		return matching;
	struct plan **without_these =
		arena_alloc(look->arena, (look->excluded_count + 1) * sizeof(struct plan *));
	without_these[0] = matching;
	memcpy(without_these + 1, look->excluded, look->excluded_count * sizeof(struct plan *));
	return plan_join(look->arena, PLAN_AND_NOT, without_these, look->excluded_count + 1);
}

/* ---- the sets ---- */

static enum status take_excluded(struct look *look, struct error *err)
{
	if (!look->excluded_count)
		return STATUS_OK;
	struct docset taken;
	const struct plan *any =
		plan_join(look->arena, PLAN_OR, look->excluded, look->excluded_count);
	const enum status status = store_match(look->store, any, &taken, err);
	if (status == STATUS_OK)
		docset_and_not(&look->base, &taken);
	docset_release(&taken);
	return status;
}

enum status look_match_words(struct look *look, struct error *err)
{
	if (look->base.words)
		return STATUS_OK;
	return store_match(look->store, look->words, &look->base, err);
}

static enum status match_sets(struct look *look, struct error *err)
{
	enum status status = look_match_words(look, err);
	if (status == STATUS_OK)
		status = take_excluded(look, err);
	for (size_t i = 0; i < look->choice_count && status == STATUS_OK; i++)
		status = store_match(look->store, look->choices[i].plan, &look->choices[i].set, err);
	if (status != STATUS_OK)
		return status;
	docset_copy(&look->hits, &look->base);
	for (size_t i = 0; i < look->choice_count; i++)
		docset_and(&look->hits, &look->choices[i].set);
	look->total = docset_count(&look->hits);
	return STATUS_OK;
}

static void release_sets(struct look *look)
{
	docset_release(&look->most);
	docset_release(&look->base);
	docset_release(&look->hits);
	for (size_t i = 0; i < look->choice_count; i++)
		docset_release(&look->choices[i].set);
}

/* ---- the answer ---- */

static enum status fill_answer(struct look *look, struct answer *answer, struct error *err)
{
	answer->total = look->total;
	answer->matched = look->matched;
	answer->words = look->word_count;
	answer->words_needed = look->needed;
	answer->hints = look->query.hints;
	enum status status = look_hits(look, answer, err);
	if (status == STATUS_OK)
		status = look_facets(look, answer, err);
	if (status == STATUS_OK && (look->total == 0 || look->matched == MATCH_MOST))
		status = look_hints(look, answer, err);
	if (status == STATUS_OK && look->request->recount)
		status = look_recount(look, answer, err);
	if (status == STATUS_OK && look->request->explain)
		look_explain(look, answer);
	return status;
}

static enum status understand(struct look *look, struct error *err)
{
	enum status status = understand_words(look, err);
	if (status == STATUS_OK)
		status = understand_filters(look, err);
	if (status == STATUS_OK)
		status = look_name_why(look, err);
	return status;
}

static enum status look_once(struct searcher *searcher, const struct request *request,
			     struct arena *arena, struct answer *answer, struct error *err)
{
	enum status status = searcher->store ? STATUS_OK : load(searcher, err);
	if (status != STATUS_OK)
		return status;
	struct look look = {
		.request = request,
		.arena = arena,
		.store = searcher->store,
		.analyser = searcher->analyser,
		.languages = searcher->languages,
		.language_count = searcher->language_count,
		.years = searcher->years,
		.names = searcher->names,
	};
	status = understand(&look, err);
	if (status == STATUS_OK)
		status = match_sets(&look, err);
	if (status == STATUS_OK)
		status = fill_answer(&look, answer, err);
	release_sets(&look);
	return status;
}

enum status searcher_open(const struct str_list *paths, const struct request *like,
			  struct searcher **searcher, struct error *err)
{
	struct searcher *made = memory_zero(1, sizeof(*made));
	made->path = paths->items[0].data;
	made->naming = (struct names_request){ .files = like->fixes,
					       .min_confidence = like->min_confidence };
	made->analyser = analyser_new();
	enum status status = STATUS_RETRY;
	for (int attempt = 0; attempt < ATTEMPTS_MAX && status == STATUS_RETRY; attempt++)
		status = load(made, err);
	if (status != STATUS_OK) {
		searcher_close(made);
		made = NULL;
	}
	*searcher = made;
	return status;
}

void searcher_close(struct searcher *searcher)
{
	if (!searcher)
		return;
	unload(searcher);
	analyser_free(searcher->analyser);
	arena_release(&searcher->arena);
	free(searcher);
}

/* A store that once failed goes on failing; a request that was wrong says nothing against it. */
static bool is_spoilt(enum status status)
{
	return status == STATUS_RETRY || status == STATUS_CORRUPT || status == STATUS_SYSTEM;
}

enum status searcher_run(struct searcher *searcher, const struct request *request,
			 struct arena *arena, struct answer *answer, struct error *err)
{
	const double began = now_ms();
	enum status status = check_request(request, err);
	if (status != STATUS_OK)
		return status;
	const struct str words = str_trim(utf8_clean_copy(request->words, arena, NULL));
	analyser_trim(searcher->analyser, ANALYSER_BYTES_MAX);
	for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
		*answer = (struct answer){ .query = words };
		status = look_once(searcher, request, arena, answer, err);
		if (is_spoilt(status))
			unload(searcher);
		if (status != STATUS_RETRY)
			break;
	}
	if (status == STATUS_RETRY)
		error_set(err, STATUS_RETRY,
			  "%s changes faster than it can be read: try again later", searcher->path);
	answer->took_ms = now_ms() - began;
	return status;
}

enum status search_run(const struct str_list *paths, const struct request *request,
		       struct arena *arena, struct answer *answer, struct error *err)
{
	const double began = now_ms();
	struct searcher *searcher;
	enum status status = check_request(request, err);
	if (status == STATUS_OK)
		status = searcher_open(paths, request, &searcher, err);
	if (status != STATUS_OK)
		return status;
	status = searcher_run(searcher, request, arena, answer, err);
	searcher_close(searcher);
	answer->took_ms = now_ms() - began;
	return status;
}
