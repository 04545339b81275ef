/* snippets.h: an article, words to look for, and what comes of it, for the suites of snippets. */
#ifndef DATELINE_TESTS_SNIPPETS_H
#define DATELINE_TESTS_SNIPPETS_H

#include "../../searcher/render/render.h"

#include "testing.h"

/* Text without any of the words that are looked for. */
#define FILLER "Nothing of what stands here has to do with it in any way at all. "
#define PAGE FILLER FILLER FILLER FILLER FILLER FILLER

static struct arena arena;
static struct analyser *analyser;
static struct text_builder builder;
static struct record record;
static struct query_leaf leaves[64];
static size_t leaf_count;
static struct snippet snippet;
static struct buffer shown;
static struct plan some_plan;

static inline void set_up(void)
{
	analyser = analyser_new();
	analyser_set_language(analyser, language_find(STR("en")));
	text_builder_reset(&builder);
	record = (struct record){ 0 };
	leaf_count = 0;
}

static inline void tear_down(void)
{
	analyser_free(analyser);
	text_builder_release(&builder);
	buffer_release(&shown);
	arena_release(&arena);
}

/* ---- what a test is written with ---- */

static inline void title(const char *text)
{
	text_builder_add(&builder, PARAGRAPH_TITLE, str_from(text));
}

static inline void body(const char *text)
{
	text_builder_add_body(&builder, str_from(text));
}

static inline void forget_article(void)
{
	text_builder_reset(&builder);
}

static inline struct str_list forms_of(const struct word *word, bool stemmed)
{
	struct str_list list = { arena_alloc(&arena, 2 * sizeof(*list.items)), 1 };
	list.items[0] = arena_copy(&arena, stemmed ? word->stem : word->exact);
	list.items[1] = arena_copy(&arena, stemmed ? word->folded_stem : word->folded);
	list.count += stemmed;
	return list;
}

/* "word", "\"quoted words\"", "-word", "title:word"; several words without quotes are a phrase too. */
static inline void look_for(const char *query)
{
	struct query_leaf *leaf = &leaves[leaf_count++];
	struct str text = str_from(query);
	*leaf = (struct query_leaf){ .text = text, .plan = &some_plan };
	if (text.data[0] == '-') {
		leaf->negated = true;
		text = str_from(query + 1);
	} else if (strncmp(query, "title:", 6) == 0) {
		leaf->in_title = true;
		text = str_from(query + 6);
	}
	struct token_list tokens = { 0 };
	analyser_run(analyser, text, 0, 1, &tokens);
	size_t count = 0;
	for (size_t i = 0; i < tokens.count; i++)
		if (!(tokens.items[i].flags & TOKEN_CHARACTER))
			tokens.items[count++] = tokens.items[i];
	leaf->stemmed = text.data[0] != '"' && count == 1;
	leaf->words = arena_zero(&arena, count, sizeof(*leaf->words));
	for (size_t i = 0; i < count; i++)
		if (!(tokens.items[i].flags & TOKEN_JOINED))
			leaf->words[leaf->word_count++] =
				forms_of(tokens.items[i].word, leaf->stemmed);
	token_list_release(&tokens);
}

static inline struct str make(uint32_t columns)
{
	text_builder_finish(&builder, &arena, &record.article);
	snippet_make(&record, leaves, leaf_count, analyser, columns, &arena, &snippet,
		     &(struct snippet_places){ 0 });
	return snippet.text;
}

/* The snippet with [brackets] around what is marked. */
static inline struct str marked(uint32_t columns)
{
	make(columns);
	buffer_reset(&shown);
	size_t at = 0;
	for (size_t i = 0; i < snippet.mark_count; i++) {
		const struct mark mark = snippet.marks[i];
		buffer_add(&shown, snippet.text.data + at, mark.start - at);
		buffer_add_format(&shown, "[%.*s]", (int)(mark.end - mark.start),
				  snippet.text.data + mark.start);
		at = mark.end;
	}
	buffer_add(&shown, snippet.text.data + at, snippet.text.len - at);
	return buffer_str(&shown);
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static inline void add_case(Suite *suite, const char *name, const TTest *const *functions,
			    size_t count)
{
	TCase *tests = tcase_create(name);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	for (size_t i = 0; i < count; i++)
		tcase_add_test(tests, functions[i]);
	suite_add_tcase(suite, tests);
}

#endif
