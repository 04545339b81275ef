#include "help/complete.h"
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
	float *scores; /* room for those of a search; NULL: not made yet */
};

struct searcher {
	struct shelf *shelves;
	size_t shelf_count;
	struct names_request naming;
	uint32_t timeout_ms; /* of completing; each search has its own */
	struct arena arena;  /* of what is read at opening */
	bool is_loaded;
	struct analyser *analyser;
	struct synonyms *synonyms;         /* NULL: none */
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
		free(shelf->scores);
		shelf->scores = NULL;
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

/* ---- one search ---- */

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

static void begin_looks(struct searcher *searcher, struct search *search)
{
	search->looks = arena_zero(search->arena, searcher->shelf_count, sizeof(*search->looks));
	search->look_count = searcher->shelf_count;
	for (size_t i = 0; i < search->look_count; i++) {
		struct shelf *shelf = &searcher->shelves[i];
		search->looks[i] = (struct look){
			.search = search,
			.request = search->request,
			.arena = search->arena,
			.path = utf8_clean_copy(str_from(shelf->path), search->arena, NULL),
			.store = shelf->store,
			.analyser = searcher->analyser,
			.names = shelf->names,
			.score_room = &shelf->scores,
		};
		store_deadline(shelf->store, search->request->timeout_ms);
		names_forget_plans(shelf->names);
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
		.synonyms = searcher->synonyms,
	};
	begin_looks(searcher, &search);
	return search_answer(&search, answer, err);
}

/* ---- opening and closing ---- */

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
	made->timeout_ms = like->timeout_ms;
	made->analyser = analyser_new();
	if (like->synonyms)
		status = synonyms_read(like->synonyms, &made->synonyms, err);
	if (status == STATUS_OK)
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
	synonyms_free(searcher->synonyms);
	arena_release(&searcher->arena);
	free(searcher);
}

/* A store that once failed goes on failing; a request that was wrong says nothing against it. */
static bool is_spoilt(enum status status)
{
	return status == STATUS_RETRY || status == STATUS_CORRUPT || status == STATUS_SYSTEM;
}

static enum status say_why_not(const struct searcher *searcher, uint32_t timeout_ms,
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
			timeout_ms);
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
	status = say_why_not(searcher, request->timeout_ms, status, err);
	answer->took_ms = now_ms() - began;
	return status;
}

enum status searcher_complete(struct searcher *searcher, struct str prefix, size_t max,
			      struct arena *arena, struct completion **completions, size_t *count,
			      struct error *err)
{
	enum status status = STATUS_RETRY;
	for (int attempt = 0; attempt < ATTEMPTS_MAX && status == STATUS_RETRY; attempt++) {
		status = searcher->is_loaded ? STATUS_OK : load(searcher, err);
		if (status != STATUS_OK)
			continue;
		struct value_part *parts = arena_alloc(arena, searcher->shelf_count * sizeof(*parts));
		for (size_t i = 0; i < searcher->shelf_count; i++) {
			parts[i] = (struct value_part){ searcher->shelves[i].store,
							searcher->shelves[i].names };
			/* What the search before was allowed is long over. */
			store_deadline(searcher->shelves[i].store, searcher->timeout_ms);
			names_forget_plans(searcher->shelves[i].names);
		}
		status = complete_prefix(parts, searcher->shelf_count, prefix, max, arena,
					 completions, count, err);
		if (is_spoilt(status))
			unload(searcher);
	}
	return say_why_not(searcher, searcher->timeout_ms, status, err);
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
