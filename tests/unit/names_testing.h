/* names_testing.h: what the suites of names as readers see them share: an index, corrections in a file, and searches of both. */
#ifndef DATELINE_NAMES_TESTING_H
#define DATELINE_NAMES_TESTING_H

#include "../../searcher/answer.h"
#include "small_index.h"

static struct small_index made;
static struct arena arena;
static struct error err;
static char fixes_path[96];
static uint32_t least; /* percent, of the searches */

static inline void set_up(void)
{
	small_index_start(&made);
	fixes_path[0] = '\0';
	least = 0;
}

static inline void tear_down(void)
{
	if (fixes_path[0])
		unlink(fixes_path);
	small_index_remove(&made);
	arena_release(&arena);
}

/* The corrections of the searches that follow; they lie beside the index. */
static inline void correct(const char *lines)
{
	snprintf(fixes_path, sizeof(fixes_path), "%s.fix", made.path);
	FILE *file = fopen(fixes_path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(lines, file);
	ck_assert_int_eq(fclose(file), 0);
}

/* One value of the next article: its kind, name, and what else it is called. */
static struct small_article next;

static inline void has(enum facet_kind kind, const char *name, const char *one, const char *two,
		       const char *three)
{
	const char *const variants[] = { one, two, three };
	memcpy(next.variants[next.value_count], variants, sizeof(variants));
	next.values[next.value_count++] = (struct small_value){ kind, name };
}

static inline void sure(uint8_t confidence)
{
	next.confidence[next.value_count - 1] = confidence;
}

/* Adds the article, so often. */
static inline void add(unsigned times)
{
	static unsigned number;
	char id[16];
	next.title = "Title";
	next.body = "Body.";
	next.id = id;
	for (; times; times--) {
		snprintf(id, sizeof(id), "n%u", number++);
		small_index_add(&made, &next);
	}
	next = (struct small_article){ 0 };
}

/* Ten articles on the congress by either of its names, or both, and on another. */
static inline void add_congress(void)
{
	has(KIND_ORG, "African National Congress", "African National Congress", "ANC", NULL);
	add(4);
	has(KIND_ORG, "ANC", NULL, NULL, NULL);
	add(2);
	has(KIND_ORG, "ANC", NULL, NULL, NULL);
	has(KIND_ORG, "African National Congress", NULL, NULL, NULL);
	add(1);
	has(KIND_ORG, "Shell", NULL, NULL, NULL);
	add(3);
}

/* What the indexer would have merged: pairs of names, a NULL ends them. */
static inline void merged(enum facet_kind kind, const char *const *names)
{
	struct merged_pair pairs[16];
	struct buffer key = { 0 }, value = { 0 };
	size_t count = 0;
	for (; *names; names += 2, count++)
		pairs[count] = (struct merged_pair){
			intern_find(&made.names[kind], str_from(names[0])),
			intern_find(&made.names[kind], str_from(names[1])),
		};
	schema_merged_key(kind, &key);
	merged_encode(pairs, count, &value);
	small_set(&made, buffer_str(&key), buffer_str(&value));
	buffer_release(&key);
	buffer_release(&value);
}

#define MERGED(kind, ...) merged(kind, (const char *const[]){ __VA_ARGS__, NULL })

/* A search with the corrections, whose numbers are all counted again. */
static inline enum status ask(const char *words, const char *filter, const char *field,
			      struct answer *answer)
{
	struct str filters[1] = { str_from(filter) }, files[1] = { str_from(fixes_path) };
	struct facet_request facets[1] = { { .field = field_find(str_from(field)), .max = 100 } };
	const struct request request = {
		.words = str_from(words),
		.all = !*words && !filter,
		.filters = { filters, filter != NULL },
		.facets = facets,
		.facet_count = 1,
		.recount = true,
		.variants = true,
		.fixes = { files, fixes_path[0] != '\0' },
		.min_confidence = least,
	};
	err = (struct error){ 0 };
	return search_run(ONE_INDEX(made.path), &request, &arena, answer, &err);
}

static struct answer answer;

static inline void asked(const char *words, const char *filter, const char *field)
{
	const enum status status = ask(words, filter, field, &answer);
	ck_assert_msg(status == STATUS_OK, "%s", err.text);
	ck_assert_uint_gt(answer.recounted, 0);
}

/* "A 3, B* 1 of 2" */
static inline const char *listed(const struct answer *of)
{
	struct buffer text = { 0 };
	const struct answer_facet *facet = &of->facets[0];
	for (size_t i = 0; i < facet->count; i++)
		buffer_add_format(&text, "%s%.*s%s %u", i ? ", " : "",
				  STR_ARG(facet->values[i].value),
				  facet->values[i].selected ? "*" : "", facet->values[i].count);
	buffer_add_format(&text, " of %u", facet->distinct);
	const char *copy = arena_copy(&arena, buffer_str(&text)).data;
	buffer_release(&text);
	return copy;
}

#define assert_values(field, expected)                                                             \
	do {                                                                                       \
		asked("", NULL, field);                                                            \
		ck_assert_str_eq(listed(&answer), expected);                                       \
	} while (0)

#define assert_hits(filter, expected)                                                              \
	do {                                                                                       \
		asked("", filter, "person");                                                       \
		ck_assert_uint_eq(answer.total, expected);                                         \
	} while (0)

static inline const char *hints(void)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < answer.hints.count; i++)
		buffer_add_format(&text, "%s%.*s", i ? "\n" : "", STR_ARG(answer.hints.items[i]));
	const char *copy = arena_copy(&arena, buffer_str(&text)).data;
	buffer_release(&text);
	return copy;
}

#endif
