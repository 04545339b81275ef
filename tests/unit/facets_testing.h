/* facets_testing.h: what the suites of facets share: indexes made article by article, and facets of them as text. */
#ifndef DATELINE_FACETS_TESTING_H
#define DATELINE_FACETS_TESTING_H

#include "../../searcher/facets/facets.h"
#include "../../searcher/names/names.h"

#ifndef INDEXES
#define INDEXES 1
#endif

#include "small_index.h"

static struct small_index made[INDEXES];
static struct store *stores[INDEXES];
static struct names *names[INDEXES];
static struct docset sets[INDEXES];
static struct arena arena;
static struct answer_facet facet;
static uint32_t least;        /* percent, for the names that are opened then */
static const char *fix_lines; /* corrections, the same */
static size_t index_count;

static inline void set_up(void)
{
	for (int i = 0; i < INDEXES; i++)
		small_index_start(&made[i]);
	index_count = INDEXES;
	least = 0;
	fix_lines = NULL;
}

static inline void tear_down(void)
{
	for (int i = 0; i < INDEXES; i++) {
		docset_release(&sets[i]);
		names_close(names[i]);
		store_close(stores[i]);
		names[i] = NULL;
		stores[i] = NULL;
		small_index_remove(&made[i]);
	}
	arena_release(&arena);
}

static inline void open_all(void)
{
	char path[96];
	struct str files[] = { { path, 0 } };
	struct names_request request = { .min_confidence = least };
	const struct plan every = { .op = PLAN_ALL };
	snprintf(path, sizeof(path), "%s.fix", made[0].path);
	if (fix_lines) {
		FILE *file = fopen(path, "w");
		ck_assert_ptr_nonnull(file);
		fputs(fix_lines, file);
		ck_assert_int_eq(fclose(file), 0);
		files[0].len = strlen(path);
		request.files = (struct str_list){ files, 1 };
	}
	for (int i = 0; i < INDEXES; i++) {
		small_index_finish(&made[i]);
		small_ok(store_open(made[i].path, &stores[i], &err));
		small_ok(names_open(stores[i], &request, &names[i], &err));
		small_ok(store_match(stores[i], &every, &sets[i], &err));
	}
	if (fix_lines)
		unlink(path);
}

/* An article of one index with those values of a kind, parted by commas. */
static inline void add(int index, enum facet_kind kind, const char *date, const char *values)
{
	static int count;
	char id[16];
	static char texts[SMALL_VALUES_MAX][32];
	snprintf(id, sizeof(id), "a%d", count++);
	struct small_article article = { .id = id, .title = "Title", .body = "Body.", .date = date };
	while (*values) {
		const size_t len = strcspn(values, ",");
		ck_assert_uint_lt(len, sizeof(texts[0]));
		snprintf(texts[article.value_count], sizeof(texts[0]), "%.*s", (int)len, values);
		article.values[article.value_count] =
			(struct small_value){ kind, texts[article.value_count] };
		article.value_count++;
		values += len + (values[len] == ',');
	}
	small_index_add(&made[index], &article);
}

static inline void merged(int index, enum facet_kind kind, const char *from, const char *to)
{
	struct merged_pair pair = { intern_find(&made[index].names[kind], str_from(from)),
				    intern_find(&made[index].names[kind], str_from(to)) };
	struct buffer key = { 0 }, value = { 0 };
	schema_merged_key(kind, &key);
	merged_encode(&pair, 1, &value);
	small_set(&made[index], buffer_str(&key), buffer_str(&value));
	buffer_release(&key);
	buffer_release(&value);
}

static inline void count(struct facet_request request, const char *chosen)
{
	struct facet_part parts[INDEXES];
	struct filter filters[INDEXES];
	const struct filter *pointers[INDEXES];
	for (size_t i = 0; i < index_count; i++) {
		parts[i] = (struct facet_part){ .store = stores[i],
						.names = names[i],
						.set = &sets[i],
						.chosen = &pointers[i],
						.chosen_count = chosen ? 1 : 0 };
		pointers[i] = &filters[i];
		struct buffer text = { 0 };
		buffer_add_format(&text, "%s=%s", request.field->name, chosen ? chosen : "");
		if (chosen)
			small_ok(filter_parse(buffer_str(&text), NULL, &arena, &filters[i], &err));
		buffer_release(&text);
	}
	const struct facet_job job = {
		.request = request, .parts = parts, .part_count = index_count, .variants = true
	};
	small_ok(facets_count(&job, 1, &arena, &facet, &err));
}

/* "China 3, France* 1 of 4, none 2" */
static inline const char *listing(void)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < facet.count; i++)
		buffer_add_format(&text, "%s%.*s%s %u", i ? ", " : "", STR_ARG(facet.values[i].value),
				  facet.values[i].selected ? "*" : "", facet.values[i].count);
	buffer_add_format(&text, " of %u", facet.distinct);
	if (facet.missing)
		buffer_add_format(&text, ", none %u", facet.missing);
	const char *copy = arena_copy(&arena, buffer_str(&text)).data;
	buffer_release(&text);
	return copy;
}

static inline const char *counted(const char *field, uint32_t max, const char *chosen)
{
	count((struct facet_request){ .field = field_find(str_from(field)), .max = max }, chosen);
	return listing();
}

#endif
