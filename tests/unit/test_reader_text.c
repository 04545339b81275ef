#include "reader_testing.h"

/* ---- titles and paragraphs ---- */

START_TEST(title_and_paragraphs)
{
	assert_reading("/a.txt", "A title\n\nOne.\n\nTwo\nlines.\n",
		       "text\n1:1 /a.txt\n  T A title\n  P One.\n  P Two lines.\n");
	assert_reading("/a.txt", "\n \n  A title  \r\n\r\nOne.",
		       "text\n3:1 /a.txt\n  T A title\n  P One.\n");
	assert_reading("/a", "Only a title", "text\n1:1 /a\n  T Only a title\n");
	assert_reading("/a", "\xEF\xBB\xBFMarked\n\nText.", "text\n1:1 /a\n  T Marked\n  P Text.\n");
}
END_TEST

START_TEST(nothing_is_no_article)
{
	assert_reading("/a.txt", "", "text\n");
	assert_reading("/a.txt", " \n\t\r\n \n", "text\n");
	assert_reading("/a.txt", "\xEF\xBB\xBF\n", "text\n");
}
END_TEST

#define LONG                                                                                       \
	"This line is far longer than anybody would wrap a text, because it has more than one "    \
	"hundred and twenty characters in it."

START_TEST(a_line_a_paragraph_with_headings)
{
	assert_reading("/a.txt",
		       "Title of it\n" LONG "\n" LONG "\nWhat preceded\n" LONG "\n\"" LONG "\"\n"
		       "A second heading\n" LONG,
		       "text\n1:1 /a.txt\n  T Title of it\n  P " LONG "\n  P " LONG
		       "\n  H What preceded\n  P " LONG "\n  P \"" LONG
		       "\"\n  H A second heading\n  P " LONG "\n");
}
END_TEST

START_TEST(short_lines_can_be_paragraphs_too)
{
	assert_reading("/a.txt",
		       "Harbour reopens after storm\n"
		       "The harbour of Rotterdam reopened on Monday, two days after a storm.\n"
		       "\"We were lucky,\" said the harbour master.\n"
		       "What comes next\n"
		       "Repairs are expected to take a month.\n",
		       "text\n1:1 /a.txt\n  T Harbour reopens after storm\n"
		       "  P The harbour of Rotterdam reopened on Monday, two days after a storm.\n"
		       "  P \"We were lucky,\" said the harbour master.\n"
		       "  H What comes next\n"
		       "  P Repairs are expected to take a month.\n");
}
END_TEST

START_TEST(wrapped_text_with_headings)
{
	assert_reading(
		"/a.txt",
		"Harbour reopens\n\n"
		"The harbour of Rotterdam reopened on\nMonday, two days after a storm that\n"
		"closed it.\n    A paragraph that is known by its\nindent alone.\n\n"
		"What comes next\n\nRepairs are expected to take a\nmonth.\n\nReuter\n",
		"text\n1:1 /a.txt\n  T Harbour reopens\n"
		"  P The harbour of Rotterdam reopened on Monday, two days after a storm that "
		"closed it.\n"
		"  P A paragraph that is known by its indent alone.\n"
		"  H What comes next\n  P Repairs are expected to take a month.\n  P Reuter\n");
}
END_TEST

START_TEST(what_is_no_heading)
{
	/* Lists, scores, a last line, lower case, and a short line with a sentence's end. */
	assert_reading(
		"/a.txt",
		"Results\n\nThese are the results of the day.\n\nAjax 2, Feyenoord 1\n\n"
		"PSV 3, Utrecht 0\n\n- Heerenveen, a draw\n\nAll of them were played at home.\n\n"
		"No surprises.\n\nand so it ends, as it began\n\nThat is all there is to say.\n\nEnds",
		"text\n1:1 /a.txt\n  T Results\n  P These are the results of the day.\n"
		"  P Ajax 2, Feyenoord 1\n  P PSV 3, Utrecht 0\n  P - Heerenveen, a draw\n"
		"  P All of them were played at home.\n  P No surprises.\n"
		"  P and so it ends, as it began\n  P That is all there is to say.\n  P Ends\n");
}
END_TEST

START_TEST(headings_in_other_scripts)
{
	assert_reading("/a.txt",
		       "中国の反応\n\n大使館は、この報告について詳しく説明した。\n\n経緯\n\n"
		       "国防相は二月六日に報告書を公表した。\n",
		       "text\n1:1 /a.txt\n  T 中国の反応\n  P 大使館は、この報告について詳しく説明した。\n"
		       "  H 経緯\n  P 国防相は二月六日に報告書を公表した。\n");
}
END_TEST

START_TEST(a_giant_first_line_is_a_paragraph)
{
	struct buffer text = { 0 };
	for (int i = 0; i < 50; i++)
		buffer_add_text(&text, "ten bytes ");
	const char *reading = reading_of(buffer_str(&text), "/a.txt", NULL);
	ck_assert_ptr_nonnull(strstr(reading, "  P ten bytes"));
	ck_assert_ptr_null(strstr(reading, "  T "));
	buffer_release(&text);
}
END_TEST

/* ---- what stands under the title ---- */

static const struct {
	const char *line;
	const char *expected; /* as it is described; NULL: it is part of the body */
} notes[] = {
	{ "By Jane Doe", "  authors: [Jane Doe]\n" },
	{ "BY JANE DOE", "  authors: [JANE DOE]\n" },
	{ "by: Jane Doe", "  authors: [Jane Doe]\n" },
	{ "By Jane Doe and John van der Berg", "  authors: [Jane Doe] [John van der Berg]\n" },
	{ "By Jane Doe, John Smith & Ada Vos", "  authors: [Jane Doe] [John Smith] [Ada Vos]\n" },
	{ "By Martin Luther King, Jr.", "  authors: [Martin Luther King, Jr.]\n" },
	{ "By Chaitanya Kalbag, Reuters", "  authors: [Chaitanya Kalbag] [Reuters]\n" },
	{ "By TED d'AFFLISIO", "  authors: [TED d'AFFLISIO]\n" },
	{ "Written by Jane Doe", "  authors: [Jane Doe]\n" },
	{ "By Émile Zola", "  authors: [Émile Zola]\n" },
	{ "By Monday.", NULL },
	{ "By the sea", NULL },
	{ "By 2030", NULL },
	{ "By train or by bike", NULL },
	{ "By", NULL },
	{ "Byron Returns", NULL },
	{ "7 February 2024", "  date: 2024-02-07\n" },
	{ "2024-02-07", "  date: 2024-02-07\n" },
	{ "Wed, 07 Feb 2024 10:00:00 +0100", "  date: 2024-02-07T10:00:00+01:00\n" },
	{ "February 2024", "  date: 2024-02\n" },
	{ "Published 7 February 2024", "  date: 2024-02-07\n" },
	{ "Published: Feb. 7, 2024", "  date: 2024-02-07\n" },
	{ "Published on 2024-02-07", "  date: 2024-02-07\n" },
	{ "Date: 2024", "  date: 2024\n" },
	{ "Last updated 2024-02-07", "  date: 2024-02-07\n" },
	{ "2024", NULL },
	{ "1234567890", NULL },
	{ "Published yesterday", NULL },
	{ "le mercredi 7 février 2024", "  date: 2024-02-07\n" },
	{ "Veröffentlicht am 7. Februar 2024, 10:15", "  date: 2024-02-07T10:15\n" },
	{ "2024年2月7日", "  date: 2024-02-07\n" },
	{ "2024年", NULL },
	{ "circa 1987", NULL },
	{ "Date palms", NULL },
	{ "AMSTERDAM, Feb 7 (Reuters) - It rained.", NULL },
};

START_TEST(a_note_under_the_title)
{
	struct buffer text = { 0 }, expected = { 0 };
	buffer_add_format(&text, "Title\n%s\n\nThe body of it.\n", notes[_i].line);
	buffer_add_text(&expected, "text\n1:1 /a.txt\n");
	if (notes[_i].expected)
		buffer_add_format(&expected, "%s  T Title\n  P The body of it.\n",
				  notes[_i].expected);
	const char *reading = reading_of(buffer_str(&text), "/a.txt", NULL);
	if (notes[_i].expected) {
		ck_assert_str_eq(reading, expected.data);
	} else {
		ck_assert_ptr_nonnull(strstr(reading, notes[_i].line));
		ck_assert_ptr_null(strstr(reading, "authors:"));
		ck_assert_ptr_null(strstr(reading, "date:"));
	}
	buffer_release(&text);
	buffer_release(&expected);
}
END_TEST

START_TEST(notes_together)
{
	assert_reading(
		"/a.txt",
		"Title\n\nBy Jane Doe\nPublished 7 February 2024\nUpdated 8 February 2024\n\nText here.\n",
		"text\n1:1 /a.txt\n  date: 2024-02-07\n  authors: [Jane Doe]\n  T Title\n"
		"  P Text here.\n");
	/* Not further down. */
	assert_reading("/a.txt", "Title\n\nText here.\n\nBy Jane Doe\n",
		       "text\n1:1 /a.txt\n  T Title\n  P Text here.\n  P By Jane Doe\n");
}
END_TEST

/* ---- bytes ---- */

START_TEST(bytes_become_text)
{
	assert_reading("/a.txt", "Caf\xE9 closes\n\nThe caf\xE9 said \xC0\x80 so \x1B[31m.\n",
		       "text\n1:1 /a.txt\n  replaced: 4\n  T Caf\xEF\xBF\xBD closes\n"
		       "  P The caf\xEF\xBF\xBD said \xEF\xBF\xBD\xEF\xBF\xBD so [31m.\n");
	assert_reading("/a\xE9.txt", "Title", "text\n1:1 /a\\xE9.txt\n  T Title\n");
}
END_TEST

START_TEST(only_controls_are_nothing)
{
	const char *reading = reading_of(STR("\x01\x02"), "/a.txt", reader_find(STR("text")));
	ck_assert_str_eq(reading, "text\n1:1 BAD_INPUT: it has neither a title nor a body\n");
}
END_TEST

START_TEST(every_beginning)
{
	read_beginnings(
		STR("Harbour reopens\nBy Jane Doe\nPublished 7 February 2024\n\nThe caf\xC3\xA9 of "
		    "Rotterdam\nreopened.\n\nWhat comes next\n\nRepairs \xE9 take a month.\r\n"),
		"/a.txt", NULL);
}
END_TEST

static Suite *suite(void)
{
	Suite *suite = suite_create("reader_text");
	TCase *tests = tcase_create("text");
	tcase_add_test(tests, title_and_paragraphs);
	tcase_add_test(tests, nothing_is_no_article);
	tcase_add_test(tests, a_line_a_paragraph_with_headings);
	tcase_add_test(tests, short_lines_can_be_paragraphs_too);
	tcase_add_test(tests, wrapped_text_with_headings);
	tcase_add_test(tests, what_is_no_heading);
	tcase_add_test(tests, headings_in_other_scripts);
	tcase_add_test(tests, a_giant_first_line_is_a_paragraph);
	tcase_add_loop_test(tests, a_note_under_the_title, 0, sizeof(notes) / sizeof(notes[0]));
	tcase_add_test(tests, notes_together);
	tcase_add_test(tests, bytes_become_text);
	tcase_add_test(tests, only_controls_are_nothing);
	tcase_add_test(tests, every_beginning);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(suite)
