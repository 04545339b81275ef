#include "complete.h"
#include "look.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"
#include "dateline/versions.h"

#include <stdlib.h>
#include <sys/stat.h>
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

/* One of the indexes; together they are opened and closed. */
struct shelf {
	const char *path;
	struct store *store;
	struct names *names;
};

struct searcher {
	struct shelf *shelves;
	size_t shelf_count;
	struct names_request naming;
	struct arena arena; /* of what is read at opening */
	bool is_loaded;
	struct analyser *analyser;
	const struct language **languages; /* of all indexes together, as the years */
	size_t language_count;
	struct years years;
};

/* The words of many queries and hits are not kept for ever. */
#define ANALYSER_BYTES_MAX ((size_t)16 << 20)

static void add_language(struct searcher *searcher, const struct language *language)
{
	for (size_t i = 0; i < searcher->language_count; i++)
		if (searcher->languages[i] == language)
			return;
	if (searcher->language_count < LANGUAGES_MAX)
		searcher->languages[searcher->language_count++] = language;
}

static enum status find_languages(struct searcher *searcher, struct store *store, struct error *err)
{
	struct term_entry *terms;
	size_t count;
	const enum status status = store_terms(store, STR(PREFIX_STEMMER), LANGUAGES_MAX,
					       &searcher->arena, &terms, &count, err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		const size_t prefix = sizeof(PREFIX_STEMMER) - 1;
		const struct str code = { terms[i].term.data + prefix, terms[i].term.len - prefix };
		const struct language *language = language_find(code);
		/* NULL among them stands for texts that were not stemmed. */
		if (language || str_equal(code, STR(LANGUAGE_NONE)))
			add_language(searcher, language);
	}
	return status;
}

static void unload(struct searcher *searcher)
{
	for (size_t i = 0; i < searcher->shelf_count; i++) {
		struct shelf *shelf = &searcher->shelves[i];
		names_close(shelf->names);
		store_close(shelf->store);
		shelf->names = NULL;
		shelf->store = NULL;
	}
	searcher->is_loaded = false;
	arena_reset(&searcher->arena);
}

static enum status load_shelf(struct searcher *searcher, struct shelf *shelf, struct error *err)
{
	struct years years;
	enum status status = store_open(shelf->path, &shelf->store, err);
	if (status != STATUS_OK)
		return status;
	status = versions_check(shelf->store, shelf->path, err);
	if (status == STATUS_OK)
		status = find_languages(searcher, shelf->store, err);
	if (status == STATUS_OK)
		status = query_read_years(shelf->store, &searcher->arena, &years, err);
	if (status == STATUS_OK)
		years_unite(&searcher->years, &years, &searcher->arena);
	if (status == STATUS_OK)
		status = names_open(shelf->store, &searcher->naming, &shelf->names, err);
	return status;
}

static enum status load(struct searcher *searcher, struct error *err)
{
	enum status status = STATUS_OK;
	searcher->languages = arena_alloc(&searcher->arena, LANGUAGES_MAX * sizeof(void *));
	searcher->language_count = 0;
	searcher->years = (struct years){ 0 };
	for (size_t i = 0; i < searcher->shelf_count && status == STATUS_OK; i++)
		status = load_shelf(searcher, &searcher->shelves[i], err);
	searcher->is_loaded = status == STATUS_OK;
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
	if (request->similar.len && (request->all || has_words))
		return error_set(err, STATUS_BAD_REQUEST,
				 "--similar stands instead of words: leave out %s",
				 has_words ? "the words" : "--all");
	if (request->recency_days && request->sort != SORT_AUTO && request->sort != SORT_RELEVANCE)
		return error_set(err, STATUS_BAD_REQUEST,
				 "--recency is a part of the ranking: leave it out, or --sort");
	if (request->all && has_words)
		return error_set(err, STATUS_BAD_REQUEST,
				 "--all matches every article: leave it out, or the words");
	if (!request->all && !has_words && !request->filters.count && !request->similar.len)
		return error_set(err, STATUS_BAD_REQUEST,
				 "nothing to search for: give words, a --filter, or --all");
	if (request->max > STORE_WINDOW_MAX || request->first > STORE_WINDOW_MAX - request->max)
		return error_set(err, STATUS_TOO_LARGE,
				 "hits are shown up to number %d: narrow the search with a filter",
				 STORE_WINDOW_MAX);
	return STATUS_OK;
}

static enum status plan_words(struct look *look, const struct vocabulary *vocabulary,
			      struct error *err)
{
	const struct search *search = look->search;
	const struct request *request = look->request;
	enum status status = STATUS_OK;
	if (search->query.root)
		status = query_make_plan(search->query.root, look->analyser, search->languages,
					 search->language_count, &search->years, vocabulary,
					 look->arena, &look->query_plan, err);
	if (status == STATUS_OK)
		status = look_name_words(look, err);
	const bool all = request->all || request->filters.count;
	if (!look->query_plan.plan)
		look->words = plan_join(look->arena, all ? PLAN_ALL : PLAN_NONE, NULL, 0);
	return status;
}

static enum status understand_words(struct search *search, struct error *err)
{
	struct store **stores = arena_alloc(search->arena, search->look_count * sizeof(*stores));
	for (size_t i = 0; i < search->look_count; i++)
		stores[i] = search->looks[i].store;
	const struct vocabulary vocabulary = { stores, search->look_count };
	enum status status = query_parse(search->request->words, search->arena, &search->query, err);
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = plan_words(&search->looks[i], &vocabulary, err);
	if (status == STATUS_OK && search->looks[0].query_plan.plan)
		search_join_words(search);
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
		enum status status = filter_parse(texts->items[i], &look->search->years,
						  look->arena, filter, err);
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

/* ---- how many ---- */

uint32_t search_articles(const struct search *search)
{
	uint32_t count = 0;
	for (size_t i = 0; i < search->look_count; i++)
		count += store_count(search->looks[i].store);
	return count;
}

static enum status add_count(const struct look *look, const struct plan *plan, uint32_t *count,
			     struct error *err)
{
	struct docset set;
	const enum status status = store_match(look->store, plan, &set, err);
	*count += status == STATUS_OK ? docset_count(&set) : 0;
	docset_release(&set);
	return status;
}

enum status search_count_leaf(const struct search *search, size_t number, uint32_t *count,
			      struct error *err)
{
	enum status status = STATUS_OK;
	*count = 0;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = add_count(&search->looks[i],
				   search->looks[i].query_plan.leaves[number].plan, count, err);
	return status;
}

enum status search_count_filter(const struct search *search, size_t number, uint32_t *count,
				struct error *err)
{
	enum status status = STATUS_OK;
	*count = 0;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = add_count(&search->looks[i], search->looks[i].filters[number].plan, count,
				   err);
	return status;
}

/* ---- the sets ---- */

bool search_has_weight(const struct search *search)
{
	const struct query_plan *made = &search->looks[0].query_plan;
	for (size_t i = 0; i < made->leaf_count; i++)
		if (!made->leaves[i].negated && made->leaves[i].word_count)
			return true;
	return false;
}

static enum store_order order_of(const struct search *search)
{
	switch (search->request->sort) {
	case SORT_RELEVANCE:
		return ORDER_RELEVANCE;
	case SORT_NEWEST:
		return ORDER_NEWEST;
	case SORT_OLDEST:
		return ORDER_OLDEST;
	case SORT_AUTO:
		break;
	}
	return search_has_weight(search) ? ORDER_RELEVANCE : ORDER_NEWEST;
}

static void release_scores(struct search *search)
{
	for (size_t i = 0; i < search->look_count; i++) {
		free(search->looks[i].scores);
		search->looks[i].scores = NULL;
	}
}

static enum status rank_words(struct search *search, struct error *err)
{
	struct statistics statistics = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = store_statistics(search->looks[i].store, search->looks[i].words,
					  &statistics, err);
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++) {
		struct look *look = &search->looks[i];
		const uint32_t last = store_last_id(look->store);
		docset_init(&look->base, last);
		look->scores = memory_zero((size_t)last + 1, sizeof(*look->scores));
		status = store_rank(look->store, look->words, &statistics, &look->base,
				    look->scores, err);
	}
	statistics_release(&statistics);
	return status;
}

enum status search_match(struct search *search, struct error *err)
{
	if (search->order == ORDER_RELEVANCE && search->request->max && search_has_weight(search))
		return rank_words(search, err);
	enum status status = STATUS_OK;
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = store_match(search->looks[i].store, search->looks[i].words,
				     &search->looks[i].base, err);
	return status;
}

static bool has_matches(const struct search *search)
{
	for (size_t i = 0; i < search->look_count; i++)
		if (docset_next(&search->looks[i].base, 1))
			return true;
	return false;
}

static void release_bases(struct search *search)
{
	for (size_t i = 0; i < search->look_count; i++)
		docset_release(&search->looks[i].base);
	release_scores(search);
}

static enum status match_words(struct search *search, struct error *err)
{
	bool relaxed = false;
	enum status status = search_match(search, err);
	if (status == STATUS_OK && !has_matches(search))
		status = search_relax(search, &relaxed, err);
	if (status != STATUS_OK || !relaxed)
		return status;
	release_bases(search);
	return search_match(search, err);
}

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

static enum status narrow(struct look *look, struct error *err)
{
	enum status status = take_excluded(look, err);
	for (size_t i = 0; i < look->choice_count && status == STATUS_OK; i++)
		status = store_match(look->store, look->choices[i].plan, &look->choices[i].set, err);
	if (status != STATUS_OK)
		return status;
	docset_copy(&look->hits, &look->base);
	for (size_t i = 0; i < look->choice_count; i++)
		docset_and(&look->hits, &look->choices[i].set);
	look->search->total += docset_count(&look->hits);
	return STATUS_OK;
}

static enum status match_sets(struct search *search, struct error *err)
{
	search->order = order_of(search);
	enum status status = match_words(search, err);
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++)
		status = narrow(&search->looks[i], err);
	return status;
}

static void release_sets(struct search *search)
{
	for (size_t i = 0; i < search->look_count; i++) {
		struct look *look = &search->looks[i];
		docset_release(&look->most);
		docset_release(&look->hits);
		for (size_t k = 0; k < look->choice_count; k++)
			docset_release(&look->choices[k].set);
	}
	release_bases(search);
}

/* ---- the answer ---- */

static enum status fill_answer(struct search *search, struct answer *answer, struct error *err)
{
	answer->total = search->total;
	answer->matched = search->matched;
	answer->words = search->word_count;
	answer->words_needed = search->needed;
	answer->hints = search->query.hints;
	enum status status = search_hits(search, answer, err);
	if (status == STATUS_OK)
		status = search_facets(search, answer, err);
	if (status == STATUS_OK)
		status = search_hints(search, answer, err);
	if (status == STATUS_OK && search->request->recount)
		status = search_recount(search, answer, err);
	if (status == STATUS_OK && search->request->explain)
		search_explain(search, answer);
	return status;
}

static enum status understand(struct search *search, struct error *err)
{
	enum status status = search->request->similar.len ? search_similar(search, err)
							  : understand_words(search, err);
	for (size_t i = 0; i < search->look_count && status == STATUS_OK; i++) {
		status = understand_filters(&search->looks[i], err);
		if (status == STATUS_OK)
			status = look_name_why(&search->looks[i], err);
	}
	return status;
}

static void begin_looks(const struct searcher *searcher, struct search *search)
{
	search->looks = arena_zero(search->arena, searcher->shelf_count, sizeof(*search->looks));
	search->look_count = searcher->shelf_count;
	for (size_t i = 0; i < search->look_count; i++) {
		const struct shelf *shelf = &searcher->shelves[i];
		search->looks[i] = (struct look){
			.search = search,
			.request = search->request,
			.arena = search->arena,
			.path = str_from(shelf->path),
			.store = shelf->store,
			.analyser = searcher->analyser,
			.names = shelf->names,
		};
		store_deadline(shelf->store, search->request->timeout_ms);
	}
}

static enum status search_once(struct searcher *searcher, const struct request *request,
			       struct arena *arena, struct answer *answer, struct error *err)
{
	enum status status = searcher->is_loaded ? STATUS_OK : load(searcher, err);
	if (status != STATUS_OK)
		return status;
	struct search search = {
		.request = request,
		.arena = arena,
		.languages = searcher->languages,
		.language_count = searcher->language_count,
		.years = searcher->years,
	};
	begin_looks(searcher, &search);
	status = understand(&search, err);
	if (status == STATUS_OK)
		status = match_sets(&search, err);
	if (status == STATUS_OK)
		status = fill_answer(&search, answer, err);
	release_sets(&search);
	return status;
}

/* What cannot be looked at is not there, which is told when it is opened. */
static bool is_same_place(const char *a, const char *b)
{
	struct stat one, two;
	return stat(a, &one) == 0 && stat(b, &two) == 0 && one.st_dev == two.st_dev &&
	       one.st_ino == two.st_ino;
}

/* Every article of an index that is named twice would be counted twice. */
static enum status check_paths(const struct str_list *paths, struct error *err)
{
	for (size_t i = 0; i < paths->count; i++)
		for (size_t k = 0; k < i; k++)
			if (is_same_place(paths->items[i].data, paths->items[k].data))
				return error_set(err, STATUS_BAD_REQUEST,
						 "%s and %s are the same index: name it once",
						 paths->items[k].data, paths->items[i].data);
	return STATUS_OK;
}

enum status searcher_open(const struct str_list *paths, const struct request *like,
			  struct searcher **searcher, struct error *err)
{
	*searcher = NULL;
	enum status status = check_paths(paths, err);
	if (status != STATUS_OK)
		return status;
	struct searcher *made = memory_zero(1, sizeof(*made));
	made->shelves = memory_zero(paths->count, sizeof(*made->shelves));
	made->shelf_count = paths->count;
	for (size_t i = 0; i < paths->count; i++)
		made->shelves[i].path = paths->items[i].data;
	made->naming = (struct names_request){ .files = like->fixes,
					       .min_confidence = like->min_confidence };
	made->analyser = analyser_new();
	status = STATUS_RETRY;
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
	free(searcher->shelves);
	analyser_free(searcher->analyser);
	arena_release(&searcher->arena);
	free(searcher);
}

/* A store that once failed goes on failing; a request that was wrong says nothing against it. */
static bool is_spoilt(enum status status)
{
	return status == STATUS_RETRY || status == STATUS_CORRUPT || status == STATUS_SYSTEM;
}

static enum status say_why_not(const struct searcher *searcher, const struct request *request,
			       enum status status, struct error *err)
{
	if (status == STATUS_RETRY)
		return error_set(err, STATUS_RETRY,
				 "%s changes faster than it can be read: try again later",
				 searcher->shelves[0].path);
	if (status == STATUS_TIMEOUT)
		return error_set(
			err, STATUS_TIMEOUT,
			"not done in %u ms: ask for something rarer, or give it more time with --timeout",
			request->timeout_ms);
	return status;
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
		status = search_once(searcher, request, arena, answer, err);
		if (is_spoilt(status))
			unload(searcher);
		if (status != STATUS_RETRY)
			break;
	}
	status = say_why_not(searcher, request, status, err);
	answer->took_ms = now_ms() - began;
	return status;
}

enum status searcher_complete(struct searcher *searcher, struct str prefix, size_t max,
			      struct arena *arena, struct completion **completions, size_t *count,
			      struct error *err)
{
	enum status status = STATUS_RETRY;
	for (int attempt = 0; attempt < ATTEMPTS_MAX && status == STATUS_RETRY; attempt++) {
		status = searcher->store ? STATUS_OK : load(searcher, err);
		if (status != STATUS_OK)
			continue;
		const struct value_part part = { searcher->store, searcher->names };
		status = complete_prefix(&part, 1, prefix, max, arena, completions, count, err);
		if (is_spoilt(status))
			unload(searcher);
	}
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
