#include "reader_testing.h"

#define READ(fields) "markdown\n1:1 /a.md\n" fields

/* ---- text ---- */

static const struct {
	const char *text, *expected;
} texts[] = {
	{ "# Title\n\nText.\n", "  T Title\n  P Text.\n" },
	{ "Title\n=====\n\nText\nof two lines.\n\nPart\n----\n\nMore.",
	  "  T Title\n  P Text of two lines.\n  H Part\n  P More.\n" },
	{ "## Small title\n\nText.\n", "  T Small title\n  P Text.\n" },
	{ "Lead.\n\n# Title\n\nText.\n", "  T Title\n  P Lead.\n  P Text.\n" },
	{ "The first line\nand the second.\n\n## Part\n\nText.\n",
	  "  T The first line\n  P and the second.\n  H Part\n  P Text.\n" },
	{ "# T\n\n**Bold**, *leaning*, _too_, ***both***, in**side** and `code **it**`.\n",
	  "  T T\n  P Bold, leaning, too, both, inside and code **it**.\n" },
	{ "# T\n\nA [link](https://a.example \"its title\"), [another][1], ![a picture](b.png) and <https://c.example>.\n\n"
	  "[1]: https://d.example\n",
	  "  T T\n  P A link, another, a picture and https://c.example.\n" },
	{ "# T\n\nA line  \nbreak, a\\\nslash, 2 \\* 3 and snake_case_name.\n",
	  "  T T\n  P A line break, a slash, 2 * 3 and snake_case_name.\n" },
	{ "# T\n\n- one\n- two\n  more\n\n  1. three\n  2. four\n\n+ [ ] to do\n+ [x] done\n",
	  "  T T\n  P one\n  P two more\n  P three\n  P four\n  P to do\n  P done\n" },
	{ "# T\n\n> Quoted\n> text.\n>\n> ## Inside\n>\n> More.\n",
	  "  T T\n  P Quoted text.\n  H Inside\n  P More.\n" },
	{ "# T\n\n```c\nint x; /* <b> &amp; */\n```\n\n    indented\n",
	  "  T T\n  P int x; /* <b> &amp; */\n  P indented\n" },
	{ "# T\n\n| a | b |\n|---|--:|\n| c **d** | e |\n", "  T T\n  P a b\n  P c d e\n" },
	{ "# T\n\n~~gone~~ but kept\n\n***\n\nafter\n", "  T T\n  P gone but kept\n  P after\n" },
	{ "# T\n\nCaf&eacute; &#233; &#xE9; &amp; &hellip; &nosuch; &#0; AT&T\n",
	  "  T T\n  P Café é é & … &nosuch; \xEF\xBF\xBD AT&T\n" },
	{ "# T\n\nOne <b>w</b>ord<br>next <!-- hidden --> and 1 < 2 > 0.\n",
	  "  T T\n  P One word next and 1 < 2 > 0.\n" },
	{ "# T\n\n<!-- hidden\n\n**too** -->\n\n<div class=\"x > y\">\nSome <i>text</i> &eacute;\n</div>\n\n"
	  "<script>\nvar x = \"no\";\n</script>\n\n<p>a < b, 3 <4\n",
	  "  T T\n  P y\"> Some text é\n  P a < b, 3 <4\n" },
	{ "# Title #\n\n#hashtag and # no heading\n", "  T Title\n  P #hashtag and # no heading\n" },
	{ "# **Strong** [title](x)\n", "  T Strong title\n" },
	{ "---\n\nA break first.\n", "  T A break first.\n" },
	{ "---\nnot fields at all\n---\nText.\n", "  T not fields at all\n  P Text.\n" },
	{ "# T\n\nUnclosed **bold and [link](x\n", "  T T\n  P Unclosed **bold and [link](x\n" },
	{ "# caf\xE9\r\n\r\nText.\r\n", "  replaced: 1\n  T caf\xEF\xBF\xBD\n  P Text.\n" },
};

START_TEST(a_text)
{
	struct buffer expected = { 0 };
	buffer_add_format(&expected, READ("%s"), texts[_i].expected);
	ck_assert_str_eq(reading_of(str_from(texts[_i].text), "/a.md", NULL), expected.data);
	buffer_release(&expected);
}
END_TEST

/* ---- front matter ---- */

static const struct {
	const char *fields, *expected;
} fields[] = {
	{ "title: A title", "  T A title\n  P Text.\n" },
	{ "title: A title # said so", "  T A title\n  P Text.\n" },
	{ "title: \"A \\\"quoted\\\" title: #1 \\u00e9 \\x41\"",
	  "  T A \"quoted\" title: #1 é A\n  P Text.\n" },
	{ "title: 'It''s: a title'", "  T It's: a title\n  P Text.\n" },
	{ "title: China: the next step", "  T China: the next step\n  P Text.\n" },
	{ "title: A title\n  that goes on", "  T A title that goes on\n  P Text.\n" },
	{ "title: \"A title\n  that goes\n\n  on\" # yes", "  T A title that goes on\n  P Text.\n" },
	{ "title: >\n  A folded\n  title\n\nlang: nl",
	  "  language: nl\n  T A folded title\n  P Text.\n" },
	{ "title: |-\n  A literal\n  title\nlang: nl",
	  "  language: nl\n  T A literal title\n  P Text.\n" },
	{ "\"title\" : A", "  T A\n  P Text.\n" },
	{ "# a comment\n\ntitle: A\n\n# another\nlang: nl", "  language: nl\n  T A\n  P Text.\n" },
	{ "title: A\ndate: 2024-02-07", "  date: 2024-02-07\n  T A\n  P Text.\n" },
	{ "title: A\ndate: 2024-02-07 10:00:00 +0100",
	  "  date: 2024-02-07T10:00:00+01:00\n  T A\n  P Text.\n" },
	{ "title: A\ndate: 2024", "  date: 2024\n  T A\n  P Text.\n" },
	{ "title: A\nauthor: [Jan Smit, \"Vos, Ada\"]",
	  "  authors: [Jan Smit] [Vos, Ada]\n  T A\n  P Text.\n" },
	{ "title: A\ntags: [ # all of them\n  a # x, y\n,  b#c,\n  'b' # y\n]",
	  "  topics: [a] [b#c] [b]\n  T A\n  P Text.\n" },
	{ "title: A\ntags: [\n  a,\n  'b',\n]", "  topics: [a] [b]\n  T A\n  P Text.\n" },
	{ "title: A\ntags: []\npeople: []", "  people:\n  T A\n  P Text.\n" },
	{ "title: A\ntags: x, y", "  topics: [x] [y]\n  T A\n  P Text.\n" },
	{ "title: A\ntags:\n- a\n- \"b\" # c\n-   c d",
	  "  topics: [a] [b] [c d]\n  T A\n  P Text.\n" },
	{ "title: A\ntags:\n  - a\n\n  - b\nlang: nl",
	  "  language: nl\n  topics: [a] [b]\n  T A\n  P Text.\n" },
	{ "title: A\nauthors:\n  - name: Jan Smit\n    role: x\n  - name: Ada Vos\n  - {name: \"C D\", at: [1, {}]}",
	  "  authors: [Jan Smit] [Ada Vos] [C D]\n  T A\n  P Text.\n" },
	{ "title: A\nsource:\n  name: The Quay\n  more:\n    deep: x\nlang: nl",
	  "  source: The Quay\n  language: nl\n  T A\n  P Text.\n" },
	{ "title: A\nlang:\nsource: ~\nsection: null", "  T A\n  P Text.\n" },
	{ "lang: nl", "  language: nl\n  T Text.\n" },
};

START_TEST(a_front_matter)
{
	struct buffer text = { 0 }, expected = { 0 };
	buffer_add_format(&text, "---\n%s\n---\nText.\n", fields[_i].fields);
	const char *reading = reading_of(buffer_str(&text), "/a.md", NULL);
	buffer_add_format(&expected, READ("%s"), fields[_i].expected);
	ck_assert_str_eq(reading, expected.data);
	buffer_release(&text);
	buffer_release(&expected);
}
END_TEST

START_TEST(its_own_id)
{
	assert_reading("/a.md", "---\nid: 007\ntitle: A\n...\nText.",
		       "markdown\n1:1 007\n  T A\n  P Text.\n");
	assert_reading("/a.md", "---\nurl: https://a.example\n---\n# A",
		       "markdown\n1:1 https://a.example\n"
		       "  url: https://a.example\n  T A\n");
}
END_TEST

START_TEST(a_title_is_said_once)
{
	assert_reading("/a.md", "---\ntitle: A  title\n---\n\n# *A* title\n\nText.\n",
		       READ("  T A title\n  P Text.\n"));
	assert_reading("/a.md", "---\ntitle: A title\n---\n\n# Another\n\nText.\n",
		       READ("  T A title\n  H Another\n  P Text.\n"));
	assert_reading("/a.md", "---\ntitle: Only that\n---\n", READ("  T Only that\n"));
}
END_TEST

#define BAD(reason) "markdown\n1:1 BAD_INPUT: the front matter is wrong: " reason "\n"

static const struct {
	const char *fields, *expected;
} faults[] = {
	{ "title: A\nnothing", BAD("neither \"name: value\" nor \"- item\" (line 3)") },
	{ "title: A\n  sub: B", BAD("it stands deeper than the line before allows (line 3)") },
	{ "title: A\n\n  - b", BAD("it stands deeper than the line before allows (line 4)") },
	{ "title: \"A", BAD("a quote that is not closed (line 2)") },
	{ "lang: nl\ntitle: 'A' B", BAD("there is more behind the value (line 3)") },
	{ "title: A\ntags: [a, b", BAD("a bracket that is not closed (line 3)") },
	{ "title: A\ntags: [\"a\" \"b\"]", BAD("a comma or a closing bracket is missing (line 3)") },
	{ "title: A\nsource: {name}", BAD("a colon is missing in { } (line 3)") },
	{ "title: A\ntags:\n  - a\n - b",
	  BAD("it stands deeper than the line before allows (line 5)") },
	{ "  title: A\nlang: nl", BAD("it does not belong to the lines before it (line 3)") },
	{ "title:A\nlang: nl", BAD("neither \"name: value\" nor \"- item\" (line 2)") },
	{ "title: A\ntags:\n\t- a", BAD("a tab before the text; blanks are needed there (line 4)") },
	{ "title: *A",
	  BAD("anchors, aliases and tags (& * !) are not read; quote the text (line 2)") },
	{ "title: A\nid: [x]",
	  "markdown\n1:1 BAD_INPUT: \"id\" is a list; an id is text or a number\n" },
	{ "title: A\nx: [[[[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]]]",
	  BAD("it is nested too deep (line 3)") },
};

START_TEST(a_fault)
{
	struct buffer text = { 0 };
	buffer_add_format(&text, "---\n%s\n---\nText.\n", faults[_i].fields);
	ck_assert_str_eq(reading_of(buffer_str(&text), "/a.md", NULL), faults[_i].expected);
	buffer_release(&text);
}
END_TEST

#define TOML                                                                                       \
	"markdown\n1:1 BAD_INPUT: its fields are TOML, between lines of +++, which is not read: "  \
	"write them as YAML, between lines of ---\n"

START_TEST(fields_in_toml_are_refused)
{
	assert_reading("/a.md", "+++\ntitle = \"A\"\n+++\nText.\n", TOML);
	assert_reading("/a", "+++\n# note\n\n[params]\nx = 1\n+++\nText.\n", TOML);
	assert_reading("/a.md", "+++ \n+++\nText.\n", TOML);
	assert_reading("/a.md", "+++\nText.\n", READ("  T +++\n  P Text.\n"));
	assert_reading("/a.txt", "+++ more\nx = 1\n", "text\n1:1 /a.txt\n  T +++ more\n  P x = 1\n");
}
END_TEST

START_TEST(without_an_end)
{
	assert_reading(
		"/a.md", "---\ntitle: A\n\nText.\n",
		"markdown\n1:1 BAD_INPUT: the front matter has no end: a line of --- is missing\n");
	assert_reading("/a.md", "---\n---\n",
		       "markdown\n1:1 BAD_INPUT: it has neither a title nor a body\n");
	assert_reading("/a.md", "<!-- nothing -->",
		       "markdown\n1:1 BAD_INPUT: it has neither a title nor a body\n");
}
END_TEST

/* ---- giants ---- */

static char *repeated(const char *piece, size_t bytes)
{
	struct buffer text = { 0 };
	while (text.len < bytes)
		buffer_add_text(&text, piece);
	return text.data;
}

/* What takes md4c the square of its length takes no longer than a few seconds here. */
START_TEST(hostile_texts_end)
{
	static const char *const pieces[] = { "]([\n",   "[x] [x]: y\n", "<a ", "<!--\n",
					      "> - 1. ", "**x ",         "[" };
	struct buffer out = { 0 };
	char *text = repeated(pieces[_i], 1 << 20);
	read_all(str_from(text), 0, "/a.md", NULL, &out, require_in_test);
	free(text);
	buffer_release(&out);
}
END_TEST

START_TEST(a_text_in_parts_loses_nothing)
{
	struct buffer out = { 0 };
	char *text = repeated("A paragraph of *some* words.\n\n", 1 << 20);
	read_all(str_from(text), 0, "/a.md", NULL, &out, require_in_test);
	size_t count = 0;
	for (const char *at = out.data; (at = strstr(at, "A paragraph of some words.\n")); at++)
		count++;
	ck_assert_uint_eq(count, strlen(text) / 30);
	free(text);
	buffer_release(&out);
}
END_TEST

START_TEST(every_beginning)
{
	read_beginnings(
		STR("---\ntitle: \"A \\u00e9\" # c\ntags: [a, 'b', {c: d}]\nauthors:\n- name: X\n  y: >\n    z\n\n"
		    "---\n# A\n\n- *b* <i>c</i> &eacute;\n\n|a|b|\n|-|-|\n|c|d|\n\n<p>caf\xC3\xA9\n"),
		"/a.md", NULL);
}
END_TEST

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static Suite *suite(void)
{
	Suite *suite = suite_create("reader_markdown");
	TCase *tests = tcase_create("markdown");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, a_text, 0, COUNT(texts));
	tcase_add_loop_test(tests, a_front_matter, 0, COUNT(fields));
	tcase_add_test(tests, its_own_id);
	tcase_add_test(tests, a_title_is_said_once);
	tcase_add_loop_test(tests, a_fault, 0, COUNT(faults));
	tcase_add_test(tests, fields_in_toml_are_refused);
	tcase_add_test(tests, without_an_end);
	tcase_add_loop_test(tests, hostile_texts_end, 0, 7);
	tcase_add_test(tests, a_text_in_parts_loses_nothing);
	tcase_add_test(tests, every_beginning);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(suite)
