#include "snippets.h"

#include "dateline/utf8.h"

/* ---- any text ---- */

static void check_marks(void)
{
	size_t before = 0;
	for (size_t i = 0; i < snippet.mark_count; i++) {
		const struct mark mark = snippet.marks[i];
		ck_assert_uint_lt(mark.start, mark.end);
		ck_assert_uint_le(mark.end, snippet.text.len);
		ck_assert(i == 0 || mark.start > before);
		before = mark.end;
		ck_assert_uint_eq(utf8_cut(snippet.text, mark.start), mark.start);
		ck_assert_uint_eq(utf8_cut(snippet.text, mark.end), mark.end);
	}
}

static void check_at_all_widths(const char *piece, size_t count, const char *end)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < count; i++)
		buffer_add_text(&text, piece);
	buffer_add_text(&text, end);
	forget_article();
	text_builder_add(&builder, PARAGRAPH_TEXT, buffer_str(&text));
	for (uint32_t columns = 0; columns < 130; columns++) {
		make(columns);
		ck_assert(utf8_is_clean(snippet.text));
		ck_assert_uint_le(utf8_columns(snippet.text), columns < 20 ? 20 : columns);
		ck_assert_uint_gt(snippet.text.len, 0);
		ck_assert_uint_le(snippet.text.len, 20 + 12 * (columns < 20 ? 20 : columns));
		check_marks();
	}
	buffer_release(&text);
}

START_TEST(widths_are_kept)
{
	look_for("rain");
	look_for("\"大学\"");
	look_for("\"rain rain rain rain rain rain rain rain rain rain rain rain rain rain\"");
	static const char *const pieces[] = {
		"Some words and rain. ",
		"rain ",
		"rainy-rain-",
		"北京大学，",
		"ไทยไม่มีช่องว่าง",
		"e\xCC\x81",
		"x",
		"ｆｕｌｌ　ｗｉｄｔｈ",
		"👩‍👩‍👧‍👦",
		"- ",
		"\xE2\x80\x8B",
		"rain\xCC\x81\xCC\x81\xCC\x81",
		"한국어 비 ",
		"\n\nrain\n\n",
	};
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		check_at_all_widths(pieces[i], 1, "");
		check_at_all_widths(pieces[i], 3, " rain");
		check_at_all_widths(pieces[i], 300, "");
		check_at_all_widths(pieces[i], 300, " rain of the end");
	}
}
END_TEST

/* Words are cut only when one alone is wider than any word. */
START_TEST(words_stay_whole)
{
	body(PAGE "extraordinarily complicated considerations rain notwithstanding " PAGE PAGE);
	look_for("rain");
	for (uint32_t columns = 20; columns < 200; columns++) {
		const struct str text = make(columns);
		size_t from = strncmp(text.data, "…", 3) == 0 ? 3 : 0;
		from += text.data[from] == ' ';
		size_t to = text.len;
		if (to > 3 && strcmp(text.data + to - 3, "…") == 0)
			to -= 3;
		to -= text.data[to - 1] == ' ';
		char *inner = strndup(text.data + from, to - from);
		const char *at = strstr(record.article.text.data, inner);
		ck_assert_msg(at, "\"%s\" is not of the text", inner);
		ck_assert(at == record.article.text.data || at[-1] == ' ');
		ck_assert(strchr(" .,", at[strlen(inner)]) || !at[strlen(inner)]);
		free(inner);
	}
}
END_TEST

static unsigned next_random(unsigned *state)
{
	*state = *state * 1103515245u + 12345u;
	return *state >> 16;
}

/* The most different of the words a, b, c in any `width` bytes of the text that begin and end with words. */
static unsigned best_coverage(const char *text, size_t len, size_t width)
{
	unsigned best = 0;
	for (size_t from = 0; from < len; from++) {
		unsigned seen = 0;
		for (size_t at = from; at < len && at - from < width; at++)
			if (text[at] >= 'a' && text[at] <= 'c')
				seen |= 1u << (text[at] - 'a');
		const unsigned count = (unsigned)__builtin_popcount(seen);
		best = count > best ? count : best;
	}
	return best;
}

/* Against the plainest way to count; what leads to the matches may take a quarter of the columns. */
START_TEST(no_window_covers_more)
{
	unsigned state = 7;
	look_for("\"a\"");
	look_for("\"b\"");
	look_for("\"c\"");
	for (int round = 0; round < 2000; round++) {
		char text[400];
		const size_t words = 20 + next_random(&state) % 170;
		const unsigned density = 2 + next_random(&state) % 60;
		for (size_t i = 0; i < words; i++) {
			const unsigned letter = next_random(&state) % density;
			text[2 * i] = letter < 3 ? (char)('a' + letter) : 'x';
			text[2 * i + 1] = ' ';
		}
		text[2 * words - 1] = '\0';
		forget_article();
		body(text);
		const uint32_t columns = 20 + next_random(&state) % 60;
		make(columns);
		unsigned seen = 0;
		for (size_t i = 0; i < snippet.mark_count; i++)
			seen |= 1u << (snippet.text.data[snippet.marks[i].start] - 'a');
		const unsigned best = best_coverage(text, 2 * words - 1, (columns - 4) * 3 / 4);
		ck_assert_msg((unsigned)__builtin_popcount(seen) >= best, "\"%.*s\" of \"%s\"",
			      STR_ARG(snippet.text), text);
		for (size_t i = 0; i < snippet.text.len; i++) {
			const char c = snippet.text.data[i];
			bool is_marked = false;
			for (size_t m = 0; m < snippet.mark_count; m++)
				is_marked |= i == snippet.marks[m].start;
			ck_assert(is_marked == (c >= 'a' && c <= 'c'));
		}
	}
}
END_TEST

START_TEST(the_longest_article)
{
	struct buffer text = { 0 };
	while (text.len < ARTICLE_TEXT_MAX)
		buffer_add_text(&text, "rain ");
	text_builder_add(&builder, PARAGRAPH_TEXT, buffer_str(&text));
	look_for("rain");
	make(40);
	ck_assert_uint_eq(snippet.mark_count, 7);
	buffer_release(&text);
}
END_TEST

START_TEST(as_many_leaves_as_a_query_can_have)
{
	struct query_leaf many[QUERY_WORDS_MAX];
	body("rain wind rain wind rain");
	look_for("rain");
	look_for("\"rain wind\"");
	for (size_t i = 0; i < QUERY_WORDS_MAX; i++)
		many[i] = leaves[i % 2];
	text_builder_finish(&builder, &arena, &record.article);
	snippet_make(&record, many, QUERY_WORDS_MAX, analyser, 80, &arena, &snippet,
		     &(struct snippet_places){ 0 });
	ck_assert_uint_eq(snippet.mark_count, 3);
	ck_assert_uint_eq(snippet.marks[0].end, 9);
	ck_assert_uint_eq(snippet.marks[1].start, 10);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("snippet_any");
	const TTest *const any[] = { widths_are_kept, words_stay_whole, no_window_covers_more,
				     the_longest_article, as_many_leaves_as_a_query_can_have };
	add_case(suite, "any text", any, COUNT(any));
	return suite;
}

TEST_MAIN(make_suite)
