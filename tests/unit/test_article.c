#include "dateline/article.h"

#include "dateline/utf8.h"
#include "testing.h"

static struct text_builder builder;
static struct arena arena;
static struct article article;

static void set_up(void)
{
	text_builder_reset(&builder);
}

static void tear_down(void)
{
	text_builder_release(&builder);
	arena_release(&arena);
}

static void finish(void)
{
	article = (struct article){ 0 };
	text_builder_finish(&builder, &arena, &article);
	/* What holds for every article, whatever was added. */
	ck_assert_uint_le(article.text.len, ARTICLE_TEXT_MAX);
	ck_assert(utf8_is_clean(article.text));
	size_t end = 0;
	for (size_t i = 0; i < article.paragraph_count; i++) {
		const struct paragraph *paragraph = &article.paragraphs[i];
		ck_assert_uint_eq(paragraph->start, i ? end + 2 : 0);
		ck_assert_uint_lt(paragraph->start, paragraph->end);
		end = paragraph->end;
	}
	ck_assert_uint_eq(end, article.text.len);
}

static struct str body(const char *text)
{
	text_builder_reset(&builder);
	text_builder_add_body(&builder, str_from(text));
	finish();
	return article.text;
}

static struct str paragraph(const char *text)
{
	text_builder_reset(&builder);
	text_builder_add(&builder, PARAGRAPH_TEXT, str_from(text));
	finish();
	return article.text;
}

/* ---- paragraphs ---- */

START_TEST(nothing_gives_an_empty_article)
{
	finish();
	assert_str(article.text, "");
	assert_str(article.title, "");
	ck_assert_uint_eq(article.paragraph_count, 0);
	text_builder_add(&builder, PARAGRAPH_TITLE, STR(""));
	text_builder_add(&builder, PARAGRAPH_TEXT, STR(" \n\t \xC2\xA0\xE3\x80\x80"));
	text_builder_add(&builder, PARAGRAPH_TEXT, (struct str){ NULL, 0 });
	text_builder_add_body(&builder, (struct str){ NULL, 0 });
	text_builder_add_body(&builder, STR("\n\n \n"));
	finish();
	assert_str(article.text, "");
	ck_assert_uint_eq(article.paragraph_count, 0);
}
END_TEST

START_TEST(title_headings_and_text_in_reading_order)
{
	text_builder_add(&builder, PARAGRAPH_TITLE, STR(" A  title\n"));
	text_builder_add(&builder, PARAGRAPH_TEXT, STR("First."));
	text_builder_add(&builder, PARAGRAPH_HEADING, STR("Then"));
	text_builder_add_body(&builder, STR("Second.\n\nThird."));
	finish();
	assert_str(article.text, "A title\n\nFirst.\n\nThen\n\nSecond.\n\nThird.");
	assert_str(article.title, "A title");
	ck_assert_ptr_eq(article.title.data, article.text.data);
	static const uint32_t kinds[] = { PARAGRAPH_TITLE, PARAGRAPH_TEXT, PARAGRAPH_HEADING,
					  PARAGRAPH_TEXT, PARAGRAPH_TEXT };
	ck_assert_uint_eq(article.paragraph_count, 5);
	for (size_t i = 0; i < 5; i++)
		ck_assert_uint_eq(article.paragraphs[i].kind, kinds[i]);
}
END_TEST

START_TEST(only_the_first_paragraph_is_a_title)
{
	text_builder_add(&builder, PARAGRAPH_TITLE, STR("One"));
	text_builder_add(&builder, PARAGRAPH_TITLE, STR("Two"));
	finish();
	assert_str(article.title, "One");
	ck_assert_uint_eq(article.paragraphs[1].kind, PARAGRAPH_HEADING);
	text_builder_reset(&builder);
	text_builder_add(&builder, PARAGRAPH_TEXT, STR("One"));
	text_builder_add(&builder, PARAGRAPH_TITLE, STR("Two"));
	finish();
	assert_str(article.title, "");
	ck_assert_uint_eq(article.paragraphs[1].kind, PARAGRAPH_HEADING);
}
END_TEST

START_TEST(white_space_collapses)
{
	assert_str(paragraph("a"), "a");
	assert_str(paragraph("  two \t words\r\n here "), "two words here");
	assert_str(paragraph("no\xC2\xA0"
			     "break \xE2\x80\xAF \xE3\x80\x80"
			     "and wide"),
		   "no break and wide");
	assert_str(paragraph("line\xE2\x80\xA8"
			     "separator\xE2\x80\xA9"
			     "too\xE2\x80\x83."),
		   "line separator too .");
	assert_str(paragraph("zero\xE2\x80\x8Bwidth – “stays” é ñ あ"),
		   "zero\xE2\x80\x8Bwidth – “stays” é ñ あ");
	assert_str(paragraph("eight by eight bytes a b c d e f g h i j k l m n o p"),
		   "eight by eight bytes a b c d e f g h i j k l m n o p");
}
END_TEST

/* Against the plainest way to do it, for all texts of four kinds of bytes in runs up to 12. */
START_TEST(white_space_collapses_at_every_place)
{
	static const char *const pieces[] = { "x", " ", "\n", "é" };
	for (unsigned number = 0; number < 1u << 20; number += 3) {
		char text[32], expected[32];
		size_t len = 0, to = 0;
		bool parted = false;
		for (unsigned rest = number, i = 0; i < 12; i++, rest >>= 2) {
			const struct str piece = str_from(pieces[i < 10 ? rest & 3 : 0]);
			memcpy(text + len, piece.data, piece.len);
			len += piece.len;
			if (*piece.data == ' ' || *piece.data == '\n') {
				parted = to > 0;
				continue;
			}
			if (parted)
				expected[to++] = ' ';
			parted = false;
			memcpy(expected + to, piece.data, piece.len);
			to += piece.len;
		}
		text_builder_reset(&builder);
		text_builder_add(&builder, PARAGRAPH_TEXT, (struct str){ text, len });
		if (!str_equal(buffer_str(&builder.text), (struct str){ expected, to }))
			ck_abort_msg("\"%.*s\" became \"%s\"", (int)len, text, builder.text.data);
	}
}
END_TEST

/* ---- bodies ---- */

START_TEST(blank_lines_part)
{
	assert_str(body("One line\nand its rest.\n\nTwo.\n \t\n\n\nThree.\n"),
		   "One line and its rest.\n\nTwo.\n\nThree.");
	assert_str(body("\n\n\nOnly."), "Only.");
}
END_TEST

/* As the news agencies' wires were set: 65 columns, four blanks before a paragraph. */
START_TEST(indented_lines_part)
{
	assert_str(body("Showers continued throughout the week in\nthe Bahia cocoa zone.\n"
			"    The dry period means the temporao will be late this year.\n"
			"    Arrivals for the week ended February 22 were 155,221 bags\nof 60 kilos.\n"
			" Reuter\n"),
		   "Showers continued throughout the week in the Bahia cocoa zone.\n\n"
		   "The dry period means the temporao will be late this year.\n\n"
		   "Arrivals for the week ended February 22 were 155,221 bags of 60 kilos.\n\n"
		   "Reuter");
	assert_str(body("\tOne\nmore\n\tTwo"), "One more\n\nTwo");
	assert_str(body("One\n\xC2\xA0\xC2\xA0Two"), "One\n\nTwo");
}
END_TEST

START_TEST(a_margin_parts_nothing)
{
	assert_str(body("  All of it stands\n  two blanks from the edge,\n  as in a quotation."),
		   "All of it stands two blanks from the edge, as in a quotation.");
	assert_str(body("  Quoted\n  text.\n    New\n  one.\n\n  Last."),
		   "Quoted text.\n\nNew one.\n\nLast.");
}
END_TEST

#define LONG_LINE                                                                                  \
	"This line goes on for so long that nobody can have wrapped it at a column, because it "   \
	"has more than one hundred and twenty characters."

START_TEST(lines_of_a_text_that_was_not_wrapped_are_paragraphs)
{
	assert_str(body(LONG_LINE "\n" LONG_LINE "\nShort.\n" LONG_LINE),
		   LONG_LINE "\n\n" LONG_LINE "\n\nShort.\n\n" LONG_LINE);
	assert_str(body(LONG_LINE "\n\n" LONG_LINE "\nShort."),
		   LONG_LINE "\n\n" LONG_LINE "\n\nShort.");
	/* One long line among many is an address or a table. */
	assert_str(
		body("Wrapped text\nof short lines, in which\nthere is one address\n"
		     "or a line of a table, which need not be wrapped, while all the lines before it\n"
		     "and all the lines after it are, and they are more than the one long line is:\n" LONG_LINE
		     "\nand then\nit goes on."),
		"Wrapped text of short lines, in which there is one address "
		"or a line of a table, which need not be wrapped, while all the lines before it "
		"and all the lines after it are, and they are more than the one long line is: " LONG_LINE
		" and then it goes on.");
}
END_TEST

/* ---- limits ---- */

static void add_run(const char *piece, size_t count)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < count; i++)
		buffer_add_text(&text, piece);
	text_builder_add(&builder, PARAGRAPH_TEXT, buffer_str(&text));
	buffer_release(&text);
}

START_TEST(text_may_fill_the_limit)
{
	add_run("x", ARTICLE_TEXT_MAX);
	finish();
	ck_assert_uint_eq(article.text.len, ARTICLE_TEXT_MAX);
	ck_assert_uint_eq(article.cut, 0);
	text_builder_add(&builder, PARAGRAPH_TEXT, STR("more"));
	finish();
	ck_assert_uint_eq(article.text.len, ARTICLE_TEXT_MAX);
	ck_assert_uint_eq(article.cut, 4);
	ck_assert_uint_eq(article.paragraph_count, 1);
}
END_TEST

START_TEST(text_is_cut_between_characters)
{
	text_builder_add(&builder, PARAGRAPH_TITLE, STR("t"));
	add_run("€", ARTICLE_TEXT_MAX / 3 + 100);
	finish();
	const size_t room = ARTICLE_TEXT_MAX - 3;
	ck_assert_uint_eq(article.text.len, 3 + room / 3 * 3);
	ck_assert_uint_eq(article.cut, (ARTICLE_TEXT_MAX / 3 + 100) * 3 - room / 3 * 3);
	/* There may be room for a byte now, but a text with a hole would be worse than one without an end. */
	const uint64_t before = article.cut;
	text_builder_add_body(&builder, STR("x\n\ny  z"));
	finish();
	ck_assert_uint_eq(article.cut, before + 4);
	ck_assert_uint_eq(article.paragraph_count, 2);
}
END_TEST

START_TEST(separators_count_and_cuts_leave_no_blank)
{
	add_run("x", ARTICLE_TEXT_MAX - 2);
	text_builder_add(&builder, PARAGRAPH_TEXT, STR("y"));
	finish();
	ck_assert_uint_eq(article.paragraph_count, 1);
	ck_assert_uint_eq(article.cut, 1);
	text_builder_reset(&builder);
	add_run("x", ARTICLE_TEXT_MAX - 5);
	text_builder_add(&builder, PARAGRAPH_TEXT, STR("ab cd"));
	finish();
	ck_assert_uint_eq(article.paragraph_count, 2);
	ck_assert_uint_eq(article.text.len, ARTICLE_TEXT_MAX - 1);
	ck_assert_uint_eq(article.cut, 3);
}
END_TEST

START_TEST(reset_forgets_all)
{
	add_run("x", 2 * ARTICLE_TEXT_MAX + 1);
	ck_assert_uint_gt(builder.cut, 0);
	text_builder_reset(&builder);
	ck_assert_uint_le(builder.text.capacity, 2 * ARTICLE_TEXT_MAX);
	text_builder_add(&builder, PARAGRAPH_TEXT, STR("new"));
	finish();
	assert_str(article.text, "new");
	ck_assert_uint_eq(article.cut, 0);
}
END_TEST

/* The article does not borrow from the builder. */
START_TEST(finished_text_is_the_arenas)
{
	text_builder_add(&builder, PARAGRAPH_TITLE, STR("old title"));
	text_builder_add(&builder, PARAGRAPH_TEXT, STR("old text"));
	finish();
	text_builder_reset(&builder);
	text_builder_add(&builder, PARAGRAPH_TEXT, STR("something else that is longer"));
	text_builder_release(&builder);
	assert_str(article.title, "old title");
	assert_str(article.text, "old title\n\nold text");
	ck_assert_uint_eq(article.paragraphs[1].start, 11);
	ck_assert_int_eq(article.text.data[article.text.len], '\0');
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("article");
	TCase *tests = tcase_create("text_builder");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, nothing_gives_an_empty_article);
	tcase_add_test(tests, title_headings_and_text_in_reading_order);
	tcase_add_test(tests, only_the_first_paragraph_is_a_title);
	tcase_add_test(tests, white_space_collapses);
	tcase_add_test(tests, white_space_collapses_at_every_place);
	tcase_add_test(tests, blank_lines_part);
	tcase_add_test(tests, indented_lines_part);
	tcase_add_test(tests, a_margin_parts_nothing);
	tcase_add_test(tests, lines_of_a_text_that_was_not_wrapped_are_paragraphs);
	tcase_add_test(tests, text_may_fill_the_limit);
	tcase_add_test(tests, text_is_cut_between_characters);
	tcase_add_test(tests, separators_count_and_cuts_leave_no_blank);
	tcase_add_test(tests, reset_forgets_all);
	tcase_add_test(tests, finished_text_is_the_arenas);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
