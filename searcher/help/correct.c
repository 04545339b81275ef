/* The whole request with what was probably meant put in, so that it can be copied. */
#include "hints.h"
#include "../shell.h"

#include <stdlib.h>

/* What takes the place of bytes [start, end) of the query. */
struct edit {
	size_t start, end;
	struct str text;
	bool is_value;
};

struct edits {
	struct edit *items;
	size_t count, capacity;
};

static void add_edit(struct edits *edits, struct edit edit)
{
	memory_reserve(&edits->items, &edits->capacity, edits->count, sizeof(*edits->items));
	edits->items[edits->count++] = edit;
}

/* The words are compared as the index has them, so every use of the word is found. */
static void edit_words(const struct hinting *hinting, struct str query, struct edits *edits)
{
	struct token_list tokens = { 0 };
	analyser_run(hinting->search->looks[0].analyser, query, 0, 1, &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];
		if (token->flags & (TOKEN_JOINED | TOKEN_CHARACTER))
			continue;
		for (size_t k = 0; k < hinting->suggestion_count; k++) {
			const struct suggestion *made = &hinting->suggestions[k];
			if (made->field || !str_equal(hinting->folded[k], token->word->folded))
				continue;
			add_edit(edits,
				 (struct edit){ token->start, token->end, made->meant, false });
			break;
		}
	}
	token_list_release(&tokens);
}

/* A value stands behind its field's name, with a quote between when it has blanks. */
static void edit_values(const struct hinting *hinting, struct str query, struct edits *edits)
{
	for (size_t k = 0; k < hinting->suggestion_count; k++) {
		const struct suggestion *made = &hinting->suggestions[k];
		if (!made->field || !made->typed.len)
			continue;
		for (size_t at = 0; at + made->typed.len <= query.len; at++) {
			if (memcmp(query.data + at, made->typed.data, made->typed.len) != 0)
				continue;
			const size_t end = at + made->typed.len;
			if (at && (query.data[at - 1] == ':' || query.data[at - 1] == '"'))
				add_edit(edits, (struct edit){ at, end, made->meant, true });
			at = end - 1;
		}
	}
}

static int compare_edits(const void *a, const void *b)
{
	const struct edit *one = a, *two = b;
	if (one->start != two->start)
		return one->start < two->start ? -1 : 1;
	/* Of two at one place, the wider. */
	return one->end > two->end ? -1 : one->end < two->end;
}

static void add_meant(const struct edit *edit, struct str query, struct buffer *out)
{
	const bool has_blank = memchr(edit->text.data, ' ', edit->text.len) != NULL;
	const bool quote = edit->is_value && has_blank && query.data[edit->start - 1] == ':';
	buffer_add_text(out, quote ? "\"" : "");
	buffer_add_str(out, edit->text);
	buffer_add_text(out, quote ? "\"" : "");
}

static struct str corrected_words(const struct hinting *hinting)
{
	const struct str query = hinting->answer->query;
	struct edits edits = { 0 };
	struct buffer out = { 0 };
	size_t at = 0;
	edit_values(hinting, query, &edits);
	edit_words(hinting, query, &edits);
	if (edits.count)
		qsort(edits.items, edits.count, sizeof(*edits.items), compare_edits);
	for (size_t i = 0; i < edits.count; i++) {
		const struct edit *edit = &edits.items[i];
		if (edit->start < at)
			continue;
		buffer_add(&out, query.data + at, edit->start - at);
		add_meant(edit, query, &out);
		at = edit->end;
	}
	buffer_add(&out, query.data + at, query.len - at);
	const struct str copy = arena_copy(hinting->arena, buffer_str(&out));
	buffer_release(&out);
	free(edits.items);
	return copy;
}

static struct str corrected_filter(const struct hinting *hinting, const struct filter *filter)
{
	struct buffer out = { 0 };
	struct str value = filter->typed;
	for (size_t i = 0; i < hinting->suggestion_count; i++) {
		const struct suggestion *made = &hinting->suggestions[i];
		if (made->field && made->field == filter->field &&
		    str_equal(made->typed, filter->typed))
			value = made->meant;
	}
	buffer_add_format(&out, "%s%s=%.*s", filter->field->name, filter->excluded ? "!" : "",
			  STR_ARG(value));
	const struct str copy = arena_copy(hinting->arena, buffer_str(&out));
	buffer_release(&out);
	return copy;
}

/* In one line, filters first: behind "--" all is words. */
static void say_correction(struct hinting *hinting)
{
	const struct answer *answer = hinting->answer;
	const struct str words = answer->meant_query;
	struct buffer line = { 0 };
	for (size_t i = 0; i < answer->meant_filters.count; i++) {
		buffer_add_text(&line, " --filter ");
		shell_add_word(&line, answer->meant_filters.items[i]);
	}
	if (words.len) {
		struct buffer shown = { 0 };
		shell_add_words(&shown, words);
		/* In quotes it is one word, which is an option only by its beginning. */
		const bool is_option = words.data[0] == '-' ||
				       (shown.data[0] != '\'' && strstr(shown.data, " -"));
		buffer_add_format(&line, "%s%s", is_option ? " -- " : " ", shown.data);
		buffer_release(&shown);
	}
	hint_line(hinting, "try:%.*s", STR_ARG(buffer_str(&line)));
	buffer_release(&line);
}

void hint_correction(struct hinting *hinting)
{
	const struct look *look = &hinting->search->looks[0];
	struct answer *answer = hinting->answer;
	if (!hinting->suggestion_count)
		return;
	answer->meant_query = corrected_words(hinting);
	answer->meant_filters.items =
		arena_alloc(hinting->arena, look->filter_count * sizeof(struct str));
	answer->meant_filters.count = look->filter_count;
	for (size_t i = 0; i < look->filter_count; i++)
		answer->meant_filters.items[i] = corrected_filter(hinting, &look->filters[i]);
	say_correction(hinting);
}
