/*
 * What another engine needs to answer the same searches over the same words: the articles of an index, and queries made of them.
 *
 *   search_export INDEX COUNT ARTICLES QUERIES
 *
 * ARTICLES: varints and counted texts (memory.h). First how many articles, then of each: how many stems, and each with how often; how
 * many words, and each with its position, rising; how many people, organisations and places, and each as its kind (0, 1, 2) and its
 * name as it is shown, what counts for something else counted there; its id and its title.
 *
 * QUERIES: COUNT lines of each sort, parted by tabs: and, or, phrase; the query; the terms to look for, parted by blanks. They are
 * always the same for the same index: two or three words of one article, so that each query has a hit.
 */
#include "../../searcher/facets/columns.h"
#include "../../searcher/names/names.h"
#include "../../searcher/query/common.h"
#include "dateline/letters.h"
#include "dateline/record.h"

#include <stdio.h>
#include <stdlib.h>

/* A word of an article, at its place. */
struct placed {
	struct str word;
	uint32_t position;
};

struct placed_list {
	struct placed *items;
	size_t count, capacity;
};

struct export
{
	struct store *store;
	struct names *names;
	struct analyser *analyser;
	uint32_t last; /* docid */
	struct docset all;
	struct buffer bytes;
	struct arena arena; /* of one article */
	struct arena shown_arena;
	struct str *shown[KIND_COUNT]; /* by number, as far as they were needed */
	struct placed_list words;
	uint64_t dice;
	struct error *err;
};

/* ---- articles ---- */

static int by_position(const void *a, const void *b)
{
	const struct placed *one = a, *two = b;
	if (one->position != two->position)
		return one->position < two->position ? -1 : 1;
	return str_compare(one->word, two->word);
}

static bool has_prefix(struct str term)
{
	return term.len && is_upper(term.data[0]);
}

/* The words of an article in the order of the text, without those of the title alone. */
static enum status read_words(struct export *export, uint32_t id)
{
	struct buffer *bytes = &export->bytes;
	struct placed_list *words = &export->words;
	buffer_reset(bytes);
	words->count = 0;
	const enum status status = store_positions(export->store, id, bytes, export->err);
	const char *at = bytes->data, *const end = at + bytes->len;
	while (status == STATUS_OK && at < end) {
		struct str word;
		uint64_t count = 0, position = 0;
		if (!counted_read(&at, end, &word) || !varint_read(&at, end, &count))
			return error_set(export->err, STATUS_CORRUPT, "positions cannot be read");
		for (; count && varint_read(&at, end, &position); count--) {
			if (has_prefix(word))
				continue;
			memory_reserve(&words->items, &words->capacity, words->count,
				       sizeof(*words->items));
			words->items[words->count++] = (struct placed){ word, (uint32_t)position };
		}
	}
	if (words->count)
		qsort(words->items, words->count, sizeof(*words->items), by_position);
	return status;
}

static enum status add_words(struct export *export, uint32_t id, struct buffer *out)
{
	const enum status status = read_words(export, id);
	buffer_add_varint(out, export->words.count);
	for (size_t i = 0; i < export->words.count; i++) {
		buffer_add_counted(out, export->words.items[i].word);
		buffer_add_varint(out, export->words.items[i].position);
	}
	return status;
}

/* "Z" and the stem, but "ZS" and those of the title. */
static bool is_stem(struct str term)
{
	return term.len > 1 && !is_upper(term.data[1]);
}

static enum status add_stems(struct export *export, uint32_t id, struct buffer *out)
{
	struct term_entry *entries;
	size_t count = 0, stems = 0;
	const enum status status = store_document_terms(export->store, id, STR("Z"), &export->arena,
							&entries, &count, export->err);
	for (size_t i = 0; status == STATUS_OK && i < count; i++)
		stems += is_stem(entries[i].term);
	buffer_add_varint(out, stems);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		const struct str term = entries[i].term;
		if (!is_stem(term))
			continue;
		buffer_add_counted(out, (struct str){ term.data + 1, term.len - 1 });
		buffer_add_varint(out, entries[i].frequency);
	}
	return status;
}

static enum status name_of(struct export *export, struct point end, struct str *name)
{
	struct str *shown = &export->shown[end.kind][end.number];
	enum status status = STATUS_OK;
	if (!shown->data)
		status = names_shown(export->names, end, &export->shown_arena, shown, export->err);
	*name = *shown;
	return status;
}

static int place_of_kind(enum facet_kind kind)
{
	switch (kind) {
	case KIND_PERSON:
		return 0;
	case KIND_ORG:
		return 1;
	case KIND_PLACE:
		return 2;
	default:
		return -1;
	}
}

#define VALUES_MAX 8192 /* of one article; it has some dozens */

static int by_point(const void *a, const void *b)
{
	return compare_points(*(const struct point *)a, *(const struct point *)b);
}

/* What the values of an article count for, each once. */
static size_t read_ends(struct export *export, const struct columns *columns, struct point *ends)
{
	struct column_cursor cursor;
	struct facet_value value;
	size_t count = 0, kept = 0;
	column_cursor_start(&cursor, columns);
	while (count < VALUES_MAX && column_cursor_next(&cursor, &value)) {
		const struct point end =
			place_of_kind(value.kind) < 0
				? (struct point){ KIND_NONE, 0 }
				: names_end(export->names,
					    (struct point){ value.kind, value.number });
		if (place_of_kind(end.kind) >= 0 && !names_hidden(export->names, end))
			ends[count++] = end;
	}
	qsort(ends, count, sizeof(*ends), by_point);
	for (size_t i = 0; i < count; i++)
		if (!kept || !same_point(ends[kept - 1], ends[i]))
			ends[kept++] = ends[i];
	return kept;
}

static enum status add_values(struct export *export, const struct columns *columns,
			      struct buffer *out)
{
	struct point ends[VALUES_MAX];
	const size_t count = columns ? read_ends(export, columns, ends) : 0;
	enum status status = STATUS_OK;
	buffer_add_varint(out, count);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct str name = { 0 };
		status = name_of(export, ends[i], &name);
		buffer_add_varint(out, (uint64_t)place_of_kind(ends[i].kind));
		buffer_add_counted(out, name);
	}
	return status;
}

static enum status add_fields(struct export *export, uint32_t id, struct buffer *out)
{
	struct record record;
	buffer_reset(&export->bytes);
	enum status status = store_record(export->store, id, &export->bytes, export->err);
	if (status == STATUS_OK)
		status = record_decode(buffer_str(&export->bytes), RECORD_HEAD, &export->arena,
				       &record, export->err);
	if (status != STATUS_OK)
		return status;
	buffer_add_counted(out, record.article.id);
	buffer_add_counted(out, record.article.title);
	return STATUS_OK;
}

/* The columns are read beside the articles: one that has no value is not among them. */
static enum status next_values(struct columns *columns, struct error *err)
{
	const enum status status = columns_next(columns, err);
	if (status == STATUS_END)
		columns->id = UINT32_MAX;
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status write_article(struct export *export, uint32_t id, struct columns *columns,
				 struct buffer *out)
{
	enum status status = add_stems(export, id, out);
	if (status == STATUS_OK)
		status = add_words(export, id, out);
	if (status == STATUS_OK)
		status = add_values(export, columns->id == id ? columns : NULL, out);
	if (status == STATUS_OK)
		status = add_fields(export, id, out);
	if (status == STATUS_OK && columns->id == id)
		status = next_values(columns, export->err);
	return status;
}

static enum status write_articles(struct export *export, FILE *file)
{
	struct columns columns;
	struct buffer out = { 0 };
	columns_start(&columns, export->store, &export->all);
	buffer_add_varint(&out, store_count(export->store));
	enum status status = next_values(&columns, export->err);
	for (uint32_t id = 0; status == STATUS_OK && (id = docset_next(&export->all, id + 1));) {
		arena_reset(&export->arena);
		status = write_article(export, id, &columns, &out);
		fwrite(out.data, 1, out.len, file);
		buffer_reset(&out);
	}
	buffer_release(&out);
	columns_release(&columns);
	return status;
}

/* ---- queries ---- */

/* SplitMix64: the same numbers on every machine. */
static uint32_t roll(struct export *export, uint32_t sides)
{
	uint64_t z = export->dice += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ z >> 31) % sides);
}

static bool is_all_letters(struct str word)
{
	size_t i = 0;
	while (i < word.len && is_lower(word.data[i]))
		i++;
	return i == word.len;
}

static bool says_something(struct str word)
{
	return word.len > 2 && is_all_letters(word) && !common_word(word, false);
}

static struct str stem_of(struct export *export, struct str word)
{
	struct token_list tokens = { 0 };
	analyser_run(export->analyser, word, 0, 1, &tokens);
	const struct str stem = tokens.count == 1 ? tokens.items[0].word->stem
						  : (struct str){ "", 0 };
	token_list_release(&tokens);
	return stem;
}

/* Words of the article, as they stand in it: the first of them in half of the queries, which are those of title and lead. */
static bool pick_words(struct export *export, size_t count, struct str *words, struct str *terms)
{
	const size_t lead = 40;
	const size_t all = export->words.count;
	const size_t from = roll(export, 2) && all > lead ? lead : all;
	for (size_t i = 0; i < count; i++) {
		words[i] = export->words.items[roll(export, (uint32_t)from)].word;
		terms[i] = says_something(words[i]) ? stem_of(export, words[i])
						    : (struct str){ "", 0 };
		if (!terms[i].len)
			return false;
		for (size_t k = 0; k < i; k++)
			if (str_equal(terms[k], terms[i]))
				return false;
	}
	return true;
}

/* Words that stand one after the other; of two at one place, the article could have meant either. */
static bool pick_phrase(struct export *export, size_t count, struct str *words, struct str *terms)
{
	const struct placed *items = export->words.items;
	const size_t at = roll(export, (uint32_t) export->words.count);
	if (at == 0 || at + count >= export->words.count)
		return false;
	for (size_t i = 0; i <= count; i++)
		if (items[at + i].position != items[at + i - 1].position + 1)
			return false;
	for (size_t i = 0; i < count; i++) {
		const struct str word = items[at + i].word;
		const bool inside = i > 0 && i < count - 1;
		if (inside ? !is_all_letters(word) : !says_something(word))
			return false;
		words[i] = terms[i] = word;
	}
	return true;
}

/* Half of the phrases, as people look for them, stand in more articles than one picked blindly. */
#define OFTEN 10

static enum status stands_often(struct export *export, const struct str *words, size_t count,
				bool *often)
{
	struct plan *plans[3], *phrase;
	struct docset found;
	for (size_t i = 0; i < count; i++)
		plans[i] = plan_term(&export->arena, words[i]);
	phrase = plan_join(&export->arena, PLAN_PHRASE, plans, count);
	const enum status status = store_match(export->store, phrase, &found, export->err);
	*often = status == STATUS_OK && docset_count(&found) >= OFTEN;
	docset_release(&found);
	return status;
}

static void add_list(struct buffer *line, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_add_char(line, ' ');
		buffer_add_str(line, words[i]);
	}
}

#define SHORT 20 /* an article of fewer words is passed over */

enum sort { SORT_AND, SORT_OR, SORT_PHRASE, SORT_COUNT };

/* Words of some article that will do for a query; those of the article stay where they are until the next is read. */
static enum status pick(struct export *export, enum sort sort, size_t count, bool must_be_often,
			struct str *words, struct str *terms)
{
	enum status status;
	bool good = false;
	do {
		const uint32_t id = docset_next(&export->all, roll(export, export->last) + 1);
		status = read_words(export, id);
		if (status != STATUS_OK || export->words.count < SHORT)
			continue;
		good = sort == SORT_PHRASE ? pick_phrase(export, count, words, terms)
					   : pick_words(export, count, words, terms);
		if (good && must_be_often)
			status = stands_often(export, words, count, &good);
	} while (status == STATUS_OK && !good);
	return status;
}

static enum status write_query(struct export *export, enum sort sort, size_t number, FILE *file)
{
	static const char *const names[SORT_COUNT] = { "and", "or", "phrase" };
	struct str words[3], terms[3];
	const size_t count = 2 + number % 2;
	const bool must_be_often = sort == SORT_PHRASE && number / 2 % 2;
	const enum status status = pick(export, sort, count, must_be_often, words, terms);
	if (status != STATUS_OK)
		return status;
	const char *quote = sort == SORT_PHRASE ? "\"" : "";
	struct buffer line = { 0 };
	buffer_add_format(&line, "%s\t%s", names[sort], quote);
	add_list(&line, words, count);
	buffer_add_format(&line, "%s\t", quote);
	add_list(&line, terms, count);
	fprintf(file, "%s\n", line.data);
	buffer_release(&line);
	analyser_trim(export->analyser, (size_t)16 << 20);
	arena_reset(&export->arena);
	return STATUS_OK;
}

static enum status write_queries(struct export *export, unsigned long count, FILE *file)
{
	enum status status = STATUS_OK;
	for (int sort = 0; sort < SORT_COUNT; sort++)
		for (unsigned long i = 0; i < count && status == STATUS_OK; i++)
			status = write_query(export, (enum sort)sort, i, file);
	return status;
}

/* ---- all of it ---- */

static enum status open_export(struct export *export, const char *path)
{
	const struct plan everything = { .op = PLAN_ALL };
	const struct names_request request = { 0 };
	enum status status = store_open(path, &export->store, export->err);
	if (status == STATUS_OK)
		status = names_open(export->store, &request, &export->names, export->err);
	if (status == STATUS_OK)
		status = store_match(export->store, &everything, &export->all, export->err);
	for (int kind = 0; kind < KIND_COUNT && status == STATUS_OK; kind++) {
		uint32_t size;
		if (place_of_kind((enum facet_kind)kind) < 0)
			continue;
		status = names_size(export->names, (enum facet_kind)kind, &size, export->err);
		if (status == STATUS_OK)
			export->shown[kind] = memory_zero((size_t)size + 1, sizeof(struct str));
	}
	export->analyser = analyser_new();
	analyser_set_language(export->analyser, language_find(STR("en")));
	return status;
}

static void close_export(struct export *export)
{
	for (int kind = 0; kind < KIND_COUNT; kind++)
		free(export->shown[kind]);
	free(export->words.items);
	docset_release(&export->all);
	buffer_release(&export->bytes);
	arena_release(&export->arena);
	arena_release(&export->shown_arena);
	analyser_free(export->analyser);
	names_close(export->names);
	store_close(export->store);
}

static enum status write_file(struct export *export, const char *path, unsigned long queries)
{
	FILE *file = fopen(path, "we");
	if (!file)
		return error_system(export->err, "write", path);
	enum status status = queries ? write_queries(export, queries, file)
				     : write_articles(export, file);
	const bool failed = ferror(file);
	if ((fclose(file) || failed) && status == STATUS_OK)
		status = error_system(export->err, "write", path);
	return status;
}

int main(int argc, char **argv)
{
	struct error err;
	const unsigned long queries = argc == 5 ? strtoul(argv[2], NULL, 10) : 0;
	if (!queries)
		return fprintf(stderr, "usage: search_export INDEX COUNT ARTICLES QUERIES\n"), 2;
	struct export export = { .err = &err, .dice = 20 };
	enum status status = open_export(&export, argv[1]);
	export.last = status == STATUS_OK ? store_last_id(export.store) : 0;
	if (status == STATUS_OK)
		status = write_file(&export, argv[3], 0);
	if (status == STATUS_OK)
		status = write_file(&export, argv[4], queries);
	close_export(&export);
	if (status != STATUS_OK)
		return fprintf(stderr, "search_export: %s\n", err.text), 2;
	return 0;
}
