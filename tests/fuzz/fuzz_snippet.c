/*
 * Any text, and words of it to look for: the snippet is valid, as narrow as was asked, and its marks are in
 * bounds, rise, and stand between characters.
 *
 * The first byte is the number of columns; the second says how long a title is and how the words are
 * looked for.
 */
#include "target.h"

#include "../../searcher/render/render.h"

#include "dateline/utf8.h"

#include <stdlib.h>

#define LEAVES_MAX 4
#define COLUMNS_LEAST 20 /* that snippets have, whatever is asked for */
#define BYTES_PER_COLUMN 12

static void require(bool condition)
{
	if (!condition)
		abort();
}

struct target {
	struct arena arena;
	struct analyser *analyser;
	struct text_builder builder;
	struct record record;
	struct query_leaf leaves[LEAVES_MAX];
	size_t leaf_count;
	struct plan plan; /* that there is one is all that counts */
};

static void read_article(struct target *target, struct str raw, size_t title_max)
{
	struct buffer clean = { 0 };
	utf8_clean(raw, &clean);
	const struct str text = buffer_str(&clean);
	const size_t title = utf8_cut(text, title_max);
	text_builder_add(&target->builder, PARAGRAPH_TITLE, (struct str){ text.data, title });
	text_builder_add_body(&target->builder, (struct str){ text.data + title, text.len - title });
	text_builder_finish(&target->builder, &target->arena, &target->record.article);
	buffer_release(&clean);
}

static struct str_list forms_of(struct target *target, const struct word *word, bool stemmed)
{
	struct str_list forms = { arena_alloc(&target->arena, 2 * sizeof(*forms.items)), 2 };
	forms.items[0] = stemmed ? word->stem : word->exact;
	forms.items[1] = stemmed ? word->folded_stem : word->folded;
	return forms;
}

/* Words of the text itself, one or two or three in a row. */
static void choose_leaves(struct target *target, unsigned choice)
{
	const struct article *article = &target->record.article;
	struct token_list tokens = { 0 };
	analyser_run(target->analyser, article->text, 0, 1, &tokens);
	for (size_t i = 0; i < LEAVES_MAX && tokens.count; i++, choice = choice * 7 + 3) {
		struct query_leaf *leaf = &target->leaves[target->leaf_count++];
		const size_t first = choice * 2654435761u % tokens.count;
		const size_t wanted = 1 + choice % 3;
		leaf->stemmed = wanted == 1 && choice & 4;
		leaf->plan = choice & 8 ? &target->plan : NULL;
		leaf->negated = (choice & 15) == 15;
		leaf->in_title = (choice & 15) == 14;
		leaf->words = arena_alloc(&target->arena, wanted * sizeof(*leaf->words));
		for (size_t at = first; at < tokens.count && leaf->word_count < wanted; at++)
			leaf->words[leaf->word_count++] =
				forms_of(target, tokens.items[at].word, leaf->stemmed);
	}
	token_list_release(&tokens);
}

static void check_snippet(const struct snippet *snippet, uint32_t columns)
{
	require(utf8_is_clean(snippet->text));
	require(memchr(snippet->text.data, '\n', snippet->text.len) == NULL);
	require(memchr(snippet->text.data, '\t', snippet->text.len) == NULL);
	require(utf8_columns(snippet->text) <= columns);
	require(snippet->text.len <= (size_t)columns * BYTES_PER_COLUMN + 16);
	for (size_t i = 0; i < snippet->mark_count; i++) {
		const struct mark *mark = &snippet->marks[i];
		require(mark->start < mark->end && mark->end <= snippet->text.len);
		require(i == 0 || mark->start > mark[-1].end);
		require(utf8_cut(snippet->text, mark->start) == mark->start);
		require(utf8_cut(snippet->text, mark->end) == mark->end);
	}
}

/* A snippet without leaves is the beginning of the text, and has no marks. */
static void run(struct target *target, uint32_t columns)
{
	const uint32_t bound = columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns;
	struct snippet snippet;
	snippet_make(&target->record, NULL, 0, target->analyser, columns, &target->arena, &snippet,
		     &(struct snippet_places){ 0 });
	check_snippet(&snippet, bound);
	require(snippet.mark_count == 0);
	require(!snippet.text.len == !target->record.article.text.len);
	snippet_make(&target->record, target->leaves, target->leaf_count, target->analyser, columns,
		     &target->arena, &snippet, &(struct snippet_places){ 0 });
	check_snippet(&snippet, bound);
	require(!snippet.text.len == !target->record.article.text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	struct target target = { .analyser = analyser_new() };
	analyser_set_language(target.analyser, language_find(STR("en")));
	read_article(&target, (struct str){ (const char *)data + 2, size - 2 }, data[1] % 32);
	choose_leaves(&target, data[1]);
	run(&target, data[0]);
	analyser_free(target.analyser);
	text_builder_release(&target.builder);
	arena_release(&target.arena);
	return 0;
}
