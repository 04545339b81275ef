/*
 * The promise of the counts, by chance: every number that a search shows is counted once more by libxapian's own matcher, for queries,
 * filters, facets and ways of matching that are put together at random. One process, so that thousands take seconds.
 *
 *   random TRIES SEED INDEX...
 *
 * Several indexes are searched as if they were one. Words and values are those of the indexes, and often all of one article, so that
 * most searches have hits. The same seed asks the same of the same indexes.
 */
#include "../searcher/answer.h"
#include "dateline/letters.h"
#include "dateline/record.h"

#include <stdio.h>
#include <stdlib.h>

#define TEXTS_MAX 400  /* articles that words are taken from */
#define VALUES_MAX 100 /* of a field */
#define FILTERS_MAX 4
#define FACETS_MAX 4
#define SEARCHERS 3
#define SHOWN_MAX 5 /* failures that are told */

struct world {
	uint64_t dice;
	struct str_list paths;
	struct searcher *searchers[SEARCHERS];
	uint32_t sure[SEARCHERS]; /* the least confidence of each, percent */
	struct arena arena;
	struct str *texts;
	size_t text_count;
	struct str *values; /* "field=value" */
	size_t value_count, value_capacity;
	const struct field *facets[32];
	size_t facet_count;
	size_t passed, found, refused, failed;
	uint64_t recounted;
};

static void give_up(const char *what, const struct error *err)
{
	fprintf(stderr, "random: %s: %s\n", what, err->text);
	exit(2);
}

/* ---- chance ---- */

/* SplitMix64: the same numbers on every machine. */
static uint32_t roll(struct world *world, size_t sides)
{
	uint64_t z = world->dice += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ z >> 31) % sides);
}

static bool percent(struct world *world, uint32_t chance)
{
	return roll(world, 100) < chance;
}

/* ---- what there is to be asked for ---- */

static void read_texts(struct world *world, const char *path)
{
	struct error err;
	struct store *store;
	struct buffer bytes = { 0 };
	if (store_open(path, &store, &err))
		give_up(path, &err);
	const uint32_t last = store_last_id(store);
	const size_t room = world->text_count + TEXTS_MAX / world->paths.count;
	for (uint32_t id = 1, step = last / TEXTS_MAX + 1; id <= last && world->text_count < room;
	     id += step) {
		struct record record;
		buffer_reset(&bytes);
		const enum status status = store_record(store, id, &bytes, &err);
		if (status == STATUS_NOT_FOUND)
			continue;
		if (status ||
		    record_decode(buffer_str(&bytes), RECORD_ALL, &world->arena, &record, &err))
			give_up(path, &err);
		if (record.article.text.len)
			world->texts[world->text_count++] = record.article.text;
	}
	buffer_release(&bytes);
	store_close(store);
}

static void add_value(struct world *world, const struct field *field, struct str value)
{
	struct buffer text = { 0 };
	buffer_add_format(&text, "%s=%.*s", field->name, STR_ARG(value));
	memory_reserve(&world->values, &world->value_capacity, world->value_count,
		       sizeof(*world->values));
	world->values[world->value_count++] = arena_copy(&world->arena, buffer_str(&text));
	buffer_release(&text);
}

/* The most frequent values of all fields. */
static void read_values(struct world *world)
{
	struct facet_request facets[32];
	struct answer answer;
	struct error err;
	for (const struct field *field = field_table; field->name; field++)
		if (field_is_facet(field))
			world->facets[world->facet_count++] = field;
	for (size_t i = 0; i < world->facet_count; i++)
		facets[i] = (struct facet_request){ .field = world->facets[i], .max = VALUES_MAX };
	const struct request all = { .all = true, .facets = facets, .facet_count = world->facet_count };
	if (searcher_run(world->searchers[0], &all, &world->arena, &answer, &err))
		give_up("reading values", &err);
	for (size_t i = 0; i < answer.facet_count; i++)
		for (size_t k = 0; k < answer.facets[i].count; k++)
			add_value(world, answer.facets[i].field, answer.facets[i].values[k].value);
}

/* ---- words ---- */

/* Letters of any script, and digits. */
static bool is_in_word(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* So many words of the text, from some place on; fewer at its end. */
static struct str take_words(struct world *world, struct str text, size_t count)
{
	size_t from = roll(world, text.len), to;
	while (from && is_in_word(text.data[from - 1]))
		from--;
	while (from < text.len && !is_in_word(text.data[from]))
		from++;
	for (to = from; to < text.len && count; count--) {
		while (to < text.len && is_in_word(text.data[to]))
			to++;
		size_t next = to;
		while (count > 1 && next < text.len && !is_in_word(text.data[next]))
			next++;
		to = count > 1 ? next : to;
	}
	return (struct str){ text.data + from, to - from };
}

/* Quotes inside would end a quotation, and so would a line; what is left is still made of the same words. */
static void add_plain(struct buffer *query, struct str words)
{
	for (size_t i = 0; i < words.len; i++) {
		const char c = words.data[i];
		buffer_add_char(query, c == '"' || c == '\n' || c == '\t' ? ' ' : c);
	}
}

static void add_word(struct world *world, struct str text, struct buffer *query)
{
	const struct str word = take_words(world, text, 1);
	if (word.len)
		add_plain(query, word);
	else
		buffer_add_text(query, "the");
}

static void add_phrase(struct world *world, struct str text, struct buffer *query)
{
	buffer_add_char(query, '"');
	add_plain(query, take_words(world, text, 1 + roll(world, 4)));
	buffer_add_char(query, '"');
}

/* What begins as a word of the text does. A word with a mark beyond ASCII is taken whole. */
static void add_prefix(struct world *world, struct str text, struct buffer *query)
{
	struct str word = take_words(world, text, 1);
	size_t ascii = 0;
	while (ascii < word.len && (unsigned char)word.data[ascii] < 0x80)
		ascii++;
	if (ascii == word.len && word.len > 3)
		word.len = 3 + roll(world, word.len - 3);
	add_plain(query, word);
	buffer_add_char(query, '*');
}

/* A word of the text with one letter changed, or as it is. */
static void add_misspelt(struct world *world, struct str text, struct buffer *query)
{
	const struct str word = take_words(world, text, 1);
	const size_t at = query->len;
	add_plain(query, word);
	if (word.len > 3 && percent(world, 70)) {
		const size_t place = 1 + roll(world, word.len - 1);
		if (is_letter(word.data[place]))
			query->data[at + place] = (char)('a' + roll(world, 26));
	}
	buffer_add_text(query, percent(world, 30) ? "~2" : "~1");
}

static void add_field(struct world *world, struct buffer *query)
{
	const struct str pair = world->values[roll(world, world->value_count)];
	const size_t name = (size_t)((const char *)memchr(pair.data, '=', pair.len) - pair.data);
	buffer_add(query, pair.data, name);
	buffer_add_char(query, ':');
	if (percent(world, 15)) {
		buffer_add_char(query, '*');
		return;
	}
	buffer_add_char(query, '"');
	add_plain(query, (struct str){ pair.data + name + 1, pair.len - name - 1 });
	buffer_add_char(query, '"');
}

/* What stands near one another, in any order or in this, or in one sentence. */
static void add_placed(struct world *world, struct str text, struct buffer *query)
{
	static const char *const operators[] = { " NEAR ", " NEAR/3 ", " NEAR/20 ",
						 " ADJ ",  " ADJ/5 ",  " " };
	const size_t sides = sizeof(operators) / sizeof(*operators);
	const struct str stretch = take_words(world, text, 12);
	const uint32_t which = roll(world, sides);
	const bool in_sentence = which == sides - 1;
	if (stretch.len == 0)
		return add_word(world, text, query);
	if (in_sentence)
		buffer_add_char(query, '(');
	for (uint32_t i = 0, count = 2 + roll(world, 2); i < count; i++) {
		if (i)
			buffer_add_text(query, operators[which]);
		if (percent(world, 15))
			add_phrase(world, stretch, query);
		else if (percent(world, 12))
			buffer_add_text(query, percent(world, 50) ? "person:*" : "place:*");
		else
			add_word(world, stretch, query);
	}
	if (in_sentence)
		buffer_add_text(query, ")@s");
}

static void add_operand(struct world *world, struct str text, struct buffer *query)
{
	const uint32_t kind = roll(world, 100);
	if (percent(world, 8))
		buffer_add_text(query, "title:");
	if (kind < 50)
		add_word(world, text, query);
	else if (kind < 65)
		add_phrase(world, text, query);
	else if (kind < 75)
		add_field(world, query);
	else if (kind < 85)
		add_placed(world, text, query);
	else if (kind < 93)
		add_prefix(world, text, query);
	else
		add_misspelt(world, text, query);
	if (percent(world, 5))
		buffer_add_text(query, "^3");
}

/* Words side by side, OR, NOT, and all of it in parentheses; mostly from one article. */
static void add_query(struct world *world, struct str text, int depth, struct buffer *query)
{
	for (uint32_t i = 0, count = 1 + roll(world, depth ? 2 : 4); i < count; i++) {
		if (i)
			buffer_add_text(query, percent(world, 30)   ? " OR "
					       : percent(world, 20) ? " AND "
								    : " ");
		if (percent(world, 25))
			text = world->texts[roll(world, world->text_count)];
		if (percent(world, 10))
			buffer_add_text(query, percent(world, 50) ? "-" : "NOT ");
		if (depth < 3 && percent(world, 15)) {
			buffer_add_char(query, '(');
			add_query(world, text, depth + 1, query);
			buffer_add_char(query, ')');
		} else {
			add_operand(world, text, query);
		}
	}
}

/* ---- requests ---- */

/* A request with room for what it points to. */
struct ask {
	struct request request;
	struct buffer words;
	struct str filters[FILTERS_MAX];
	struct facet_request facets[FACETS_MAX];
	size_t searcher;
};

static struct str pick_filter(struct world *world, struct arena *arena)
{
	static const char *const dates[] = {
		"published=2012..",  "published=..2016", "published=2014..2020-06",
		"published=undated", "published!=2023",  "published=1987",
		"when=2016",         "when!=2020..",     "published=2016-01..2016",
		"person!=*",         "place=*",
	};
	if (percent(world, 25))
		return str_from(dates[roll(world, sizeof(dates) / sizeof(*dates))]);
	const struct str pair = world->values[roll(world, world->value_count)];
	if (percent(world, 70))
		return pair;
	const size_t name = (size_t)((const char *)memchr(pair.data, '=', pair.len) - pair.data);
	struct buffer text = { 0 };
	buffer_add_format(&text, "%.*s!%.*s", (int)name, pair.data, (int)(pair.len - name),
			  pair.data + name);
	const struct str copy = arena_copy(arena, buffer_str(&text));
	buffer_release(&text);
	return copy;
}

static struct facet_request pick_facet(struct world *world)
{
	static const char *const parts[] = { "an", "e", "united", "2" };
	const struct field *field = world->facets[roll(world, world->facet_count)];
	struct facet_request facet = { .field = field, .max = 1 + roll(world, 15) };
	if (field->role == FIELD_DATE)
		facet.step = (enum date_step)roll(world, 4);
	facet.tree = percent(world, 20) && (field->role == FIELD_DATE || field->kind == KIND_TOPIC);
	if (field->role == FIELD_VALUE && percent(world, 40))
		facet.sort = (enum facet_sort)roll(world, 3);
	if (field->role == FIELD_VALUE && percent(world, 15))
		facet.match = str_from(parts[roll(world, sizeof(parts) / sizeof(*parts))]);
	const bool is_mentioned = field->kind == KIND_PERSON || field->kind == KIND_ORG ||
				  field->kind == KIND_PLACE || field->kind == KIND_OTHER;
	for (int tries = 0; is_mentioned && !facet.beside.len && tries < 20 && percent(world, 30);
	     tries++) {
		const struct str pair = world->values[roll(world, world->value_count)];
		if (str_begins_with(pair, "place=") || str_begins_with(pair, "person="))
			facet.beside = pair;
	}
	facet.trend = percent(world, 10);
	return facet;
}

static void pick_facets(struct world *world, struct ask *ask)
{
	for (size_t i = roll(world, FACETS_MAX + 1); i > 0; i--) {
		const struct facet_request facet = pick_facet(world);
		bool is_there = false;
		for (size_t k = 0; k < ask->request.facet_count; k++)
			is_there |= ask->facets[k].field == facet.field;
		if (!is_there)
			ask->facets[ask->request.facet_count++] = facet;
	}
}

static void pick_request(struct world *world, struct ask *ask, struct arena *arena)
{
	struct request *request = &ask->request;
	const struct str text = world->texts[roll(world, world->text_count)];
	buffer_reset(&ask->words);
	ask->searcher = percent(world, 75) ? 0 : 1 + roll(world, SEARCHERS - 1);
	*request = (struct request){ .facets = ask->facets,
				     .filters.items = ask->filters,
				     .recount = true,
				     .min_confidence = world->sure[ask->searcher] };
	request->all = percent(world, 7);
	if (!request->all)
		add_query(world, text, 0, &ask->words);
	request->words = buffer_str(&ask->words);
	for (size_t i = roll(world, FILTERS_MAX + 1), few = roll(world, 2); few && i > 0; i--)
		ask->filters[request->filters.count++] = pick_filter(world, arena);
	pick_facets(world, ask);
	request->max = roll(world, 12);
	request->first = percent(world, 20) ? roll(world, 30) : 0;
	request->sort = (enum sort_order)roll(world, 4);
	request->match = (enum match_mode)roll(world, MATCH_MOST);
	request->expand = percent(world, 10) ? EXPAND_ALWAYS : EXPAND_AUTO;
	request->brief = percent(world, 80);
	request->explain = percent(world, 3);
	request->variants = percent(world, 5);
	if (request->sort == SORT_AUTO || request->sort == SORT_RELEVANCE)
		request->recency_days = percent(world, 10) ? 30 : 0;
}

/* ---- what is held against it ---- */

static bool complain(struct error *err, const char *what)
{
	error_set(err, STATUS_CORRUPT, "%s", what);
	return false;
}

/* What holds without any recounting. */
static bool is_sound(const struct request *request, const struct answer *answer, struct error *err)
{
	const uint32_t left = answer->total > request->first ? answer->total - request->first : 0;
	if (answer->hit_count != (left < request->max ? left : request->max))
		return complain(err,
				"there are more hits on the page than there should be, or fewer");
	for (size_t i = 0; i < answer->hit_count; i++)
		if (answer->hits[i].rank != request->first + i + 1)
			return complain(err, "hits are not numbered one by one");
	if (answer->facet_count != request->facet_count)
		return complain(err, "facets are missing");
	for (size_t i = 0; i < answer->facet_count; i++)
		if (answer->facets[i].missing > answer->total && !request->filters.count)
			return complain(err, "more articles lack a field than there are");
	if (answer->recounted < 1)
		return complain(err, "nothing was counted again");
	return true;
}

static void print_request(const struct world *world, const struct ask *ask, size_t number)
{
	static const char *const modes[] = { "all", "any", "auto" };
	const struct request *request = &ask->request;
	fprintf(stderr, "FAIL try %zu: dateline search", number);
	for (size_t i = 0; i < world->paths.count; i++)
		fprintf(stderr, " -d %s", world->paths.items[i].data);
	if (request->all)
		fprintf(stderr, " --all");
	else
		fprintf(stderr, " '%.*s'", STR_ARG(request->words));
	fprintf(stderr, " --check --match %s", modes[request->match]);
	for (size_t i = 0; i < request->filters.count; i++)
		fprintf(stderr, " --filter '%.*s'", STR_ARG(request->filters.items[i]));
	for (size_t i = 0; i < request->facet_count; i++)
		fprintf(stderr, " --facet '%s%s%.*s:%u' (step %d, tree %d, sort %d, match \"%.*s\")",
			request->facets[i].field->name, request->facets[i].beside.len ? "@s:" : "",
			STR_ARG(request->facets[i].beside), request->facets[i].max,
			(int)request->facets[i].step, request->facets[i].tree,
			(int)request->facets[i].sort, STR_ARG(request->facets[i].match));
	fprintf(stderr, " -n %u (first %u, sort %d, least confidence %u)\n", request->max,
		request->first, (int)request->sort, request->min_confidence);
}

static void try_request(struct world *world, const struct ask *ask, size_t number,
			struct arena *arena)
{
	struct answer answer;
	struct error err;
	const enum status status =
		searcher_run(world->searchers[ask->searcher], &ask->request, arena, &answer, &err);
	if (status == STATUS_OK && is_sound(&ask->request, &answer, &err)) {
		world->passed++;
		world->found += answer.total > 0;
		world->recounted += answer.recounted;
	} else if (status == STATUS_BAD_REQUEST || status == STATUS_TOO_LARGE) {
		world->refused++;
	} else if (world->failed++ < SHOWN_MAX) {
		print_request(world, ask, number);
		fprintf(stderr, "  %s\n", err.text);
	}
}

static void run(struct world *world, size_t tries)
{
	struct arena arena = { 0 };
	struct ask ask = { 0 };
	for (size_t i = 0; i < tries; i++) {
		arena_reset(&arena);
		pick_request(world, &ask, &arena);
		try_request(world, &ask, i, &arena);
	}
	buffer_release(&ask.words);
	arena_release(&arena);
}

static void open_world(struct world *world, char **paths, size_t count)
{
	static const uint32_t sure[SEARCHERS] = { 0, 60, 95 };
	struct error err;
	world->paths.items = arena_alloc(&world->arena, count * sizeof(struct str));
	for (world->paths.count = 0; world->paths.count < count; world->paths.count++)
		world->paths.items[world->paths.count] = str_from(paths[world->paths.count]);
	for (size_t i = 0; i < SEARCHERS; i++) {
		const struct request like = { .min_confidence = sure[i] };
		world->sure[i] = sure[i];
		if (searcher_open(&world->paths, &like, &world->searchers[i], &err))
			give_up(paths[0], &err);
	}
	world->texts = arena_alloc(&world->arena, TEXTS_MAX * sizeof(struct str));
	for (size_t i = 0; i < count; i++)
		read_texts(world, paths[i]);
	read_values(world);
}

int main(int argc, char **argv)
{
	struct world world = { 0 };
	if (argc < 4)
		return fprintf(stderr, "usage: random TRIES SEED INDEX...\n"), 2;
	const size_t tries = strtoul(argv[1], NULL, 10);
	world.dice = strtoull(argv[2], NULL, 10);
	open_world(&world, argv + 3, (size_t)argc - 3);
	if (!world.text_count || !world.value_count)
		return fprintf(stderr, "random: there is nothing in the index\n"), 2;
	run(&world, tries);
	printf("random: %zu passed, %zu of them with hits, %llu numbers recounted; %zu refused, %zu failed\n",
	       world.passed, world.found, (unsigned long long)world.recounted, world.refused,
	       world.failed);
	for (size_t i = 0; i < SEARCHERS; i++)
		searcher_close(world.searchers[i]);
	free(world.values);
	arena_release(&world.arena);
	/* A sweep in which little matches, or much is refused, would prove little. */
	return world.failed || world.found < tries / 4 || world.refused > tries / 10;
}
