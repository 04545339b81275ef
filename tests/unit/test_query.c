#include "tree_testing.h"

/* ---- what the grammar has ---- */

START_TEST(words_are_all_wanted)
{
	CHECK({ "rain", "rain", 0 }, { "rain coast", "(and rain coast)", 0 },
	      { " \t rain \n coast  ", "(and rain coast)", 0 },
	      { "rain AND coast", "(and rain coast)", 0 },
	      { "rain\xE3\x80\x80"
		"coast\xC2\xA0wind",
		"(and rain coast wind)", 0 },
	      { "and or not", "(and and or not)", 0 },
	      { "cyber-attack AT&T U.S. l'avion", "(and cyber-attack AT&T U.S. l'avion)", 0 });
}
END_TEST

START_TEST(and_binds_closer_than_or)
{
	CHECK({ "a OR b", "(or a b)", 0 }, { "a b OR c d", "(or (and a b) (and c d))", 0 },
	      { "a (b OR c) d", "(and a (or b c) d)", 0 }, { "a OR b OR c", "(or a b c)", 0 },
	      { "a AND b OR c", "(or (and a b) c)", 0 }, { "((a))", "a", 0 },
	      { "(a b) (c OR (d e))", "(and (and a b) (or c (and d e)))", 0 },
	      { "x(a OR b)y", "(and x (or a b) y)", 0 });
}
END_TEST

START_TEST(not_takes_away)
{
	CHECK({ "a -b", "(and a (not b))", 0 }, { "a NOT b", "(and a (not b))", 0 },
	      { "-a", "(not a)", 0 }, { "-a -b", "(and (not a) (not b))", 0 },
	      { "a OR -b", "(or a (not b))", 0 }, { "-(a b)", "(not (and a b))", 0 },
	      { "-\"a b\"", "(not \"a b\")", 0 }, { "-title:a", "(not title:a)", 0 },
	      { "NOT NOT a", "a", 0 }, { "--a", "a", 0 }, { "-(-a)", "a", 0 }, { "NOT -a", "a", 0 },
	      { "NOT NOT NOT a", "(not a)", 0 }, { "(-a)", "(not a)", 0 }, { "-OR", "(not OR)", 0 },
	      { "-5", "(not 5)", 0 });
}
END_TEST

START_TEST(a_hyphen_inside_is_no_operator)
{
	CHECK({ "cyber-attack", "cyber-attack", 0 }, { "x-", "x-", 0 },
	      { "\"a\"-b", "(and \"a\" -b)", 0 }, { "a (b)-c", "(and a b -c)", 0 });
}
END_TEST

START_TEST(quotes_of_every_kind)
{
	CHECK({ "\"cyber espionage\"", "\"cyber espionage\"", 0 }, { "\"rain\"", "\"rain\"", 0 },
	      { "\xE2\x80\x9C"
		"a b\xE2\x80\x9D c",
		"(and \"a b\" c)", 0 },
	      { "\xE2\x80\x9E"
		"a b\xE2\x80\x9C c",
		"(and \"a b\" c)", 0 },
	      { "\xEF\xBC\x82"
		"a b\xEF\xBC\x82",
		"\"a b\"", 0 },
	      { "\" a \n\t b  \"", "\"a b\"", 0 }, { "a\"b c\"d", "(and a \"b c\" d)", 0 },
	      { "\"a OR (b -c\"", "\"a OR (b -c\"", 0 }, { "\"title:a\"", "\"title:a\"", 0 },
	      { "\xEF\xBC\x88"
		"a OR b\xEF\xBC\x89 c",
		"(and (or a b) c)", 0 });
}
END_TEST

START_TEST(fields_by_name_and_alias)
{
	CHECK({ "title:rain", "title:rain", 0 }, { "headline:rain", "title:rain", 0 },
	      { "TITLE:Rain", "title:Rain", 0 }, { "title:\"rain fell\"", "title:\"rain fell\"", 0 },
	      { "place:china", "place=china", 0 }, { "country:china", "place=china", 0 },
	      { "author:\"Ada  Vos\"", "author=Ada Vos", 0 },
	      { "author:\xE2\x80\x9C"
		"Ada Vos\xE2\x80\x9D",
		"author=Ada Vos", 0 },
	      { "published:2024-01..2024-03", "published=2024-01..2024-03", 0 },
	      { "date:\"7 Feb 2024\"", "published=7 Feb 2024", 0 },
	      { "id:http://x/y?a:b", "id=http://x/y?a:b", 0 },
	      { "place:new-york", "place=new-york", 0 },
	      { "rain place:china -source:quay", "(and rain place=china (not source=quay))", 0 });
}
END_TEST

/* ---- what it has not ---- */

START_TEST(nothing_is_no_query)
{
	CHECK({ "", "", 0 }, { " \n\t ", "", 0 });
	ck_assert_ptr_null(query.root);
	assert_str(parsed((struct str){ NULL, 0 }), "");
}
END_TEST

START_TEST(stray_punctuation_is_left_out_with_a_hint)
{
	CHECK({ "(", "", 1 }, { ")", "", 1 }, { "\"", "", 1 }, { "-", "", 1 }, { ":", "", 1 },
	      { "&&", "", 1 }, { "'", "", 1 }, { "()", "", 1 }, { "\"\"", "", 1 },
	      { "\"  \"", "", 1 }, { "\"&&\"", "", 1 }, { "a & b", "(and a b)", 1 },
	      { "a - b", "(and a b)", 1 }, { "a -- b", "(and a b)", 1 }, { "-&&", "", 2 },
	      { "\xE2\x80\x94", "", 1 }, { "China \xE2\x80\x93 Russia", "(and China Russia)", 1 },
	      { "\xF0\x9F\x98\x80", "", 1 }, { "a ) b", "(and a b)", 1 },
	      { "a () b", "(and a b)", 1 }, { "title:&&", "", 1 }, { "(- )", "", 2 });
}
END_TEST

START_TEST(letters_of_any_script_are_words)
{
	CHECK({ "\xE5\x8C\x97\xE4\xBA\xAC\xE5\xB8\x82", "\xE5\x8C\x97\xE4\xBA\xAC\xE5\xB8\x82", 0 },
	      { "\xC3\xA9", "\xC3\xA9", 0 }, { "\xD0\xB6", "\xD0\xB6", 0 },
	      { "\xEF\xBC\x91", "\xEF\xBC\x91", 0 });
}
END_TEST

START_TEST(unclosed_marks_do_no_harm)
{
	CHECK({ "\"the", "the", 1 }, { "(the", "the", 1 }, { "a (b OR c", "(and a (or b c))", 1 },
	      { "a \"b c", "(and a b c)", 1 }, { "5\" pipe", "(and 5 pipe)", 1 },
	      { "\"a b\" \"c d", "(and \"a b\" c d)", 1 }, { "\"-a", "(not a)", 1 },
	      { "author:\"Ada Vos", "(and author=Ada Vos)", 1 }, { "place:\"", "place:", 2 });
}
END_TEST

START_TEST(operators_with_nothing_beside_them)
{
	CHECK({ "the OR", "the", 1 }, { "OR the", "the", 1 }, { "a OR OR b", "(or a b)", 1 },
	      { "a AND", "a", 1 }, { "AND a", "a", 1 }, { "a AND AND b", "(and a b)", 1 },
	      { "a NOT", "a", 1 }, { "a OR NOT", "a", 2 }, { "(OR a) b", "(and a b)", 1 },
	      { "a OR AND b", "(or a b)", 1 }, { "a OR ()", "a", 2 },
	      { "a NOT OR b", "(or a b)", 1 });
}
END_TEST

START_TEST(an_operator_alone_is_a_word)
{
	CHECK({ "OR", "OR", 1 }, { "NOT", "NOT", 1 }, { "AND OR", "(and AND OR)", 2 },
	      { "(OR)", "OR", 1 }, { "\"OR\"", "\"OR\"", 0 }, { "OR &&", "OR", 2 });
}
END_TEST

START_TEST(what_is_no_field_is_words)
{
	CHECK({ "http://x/y", "http://x/y", 1 }, { "foo:bar", "foo:bar", 1 },
	      { "plcae:china", "plcae:china", 1 }, { "12:30", "12:30", 0 }, { "C:\\x", "C:\\x", 0 },
	      { "the:", "the:", 0 }, { "titel:", "titel:", 1 }, { "title:", "title:", 1 },
	      { "title: rain", "(and title: rain)", 1 }, { ":rain", ":rain", 0 },
	      { "foo:\"a b\"", "(and foo: \"a b\")", 1 }, { "a::b", "a::b", 0 });
}
END_TEST

START_TEST(hints_say_what_was_meant)
{
	parsed(STR("plcae:china"));
	ck_assert(hinted("did you mean \"place\"?"));
	ck_assert(hinted("plcae:china"));
	parsed(STR("zzzzzz:china"));
	ck_assert(hinted("there is no field \"zzzzzz\""));
	ck_assert(!hinted("did you mean"));
	parsed(STR("a OR"));
	ck_assert(hinted("behind OR"));
}
END_TEST

/* What other engines have: it means nothing here, and is told. */
START_TEST(signs_of_other_engines)
{
	CHECK({ "+china", "china", 1 }, { "~china", "china", 1 }, { "+china~", "china~1", 1 },
	      { "+china*", "china*", 1 }, { "+place:china", "place=china", 1 },
	      { "+\"a b\" c", "(and \"a b\" c)", 1 }, { "(+a OR +b)", "(or a b)", 2 },
	      { "-+a", "(not +a)", 0 }, { "C++", "C++", 0 }, { "a+b", "a+b", 0 },
	      { "++a", "++a", 0 }, { "+", "", 1 }, { "a + b", "(and a b)", 1 }, { "a~b", "a~b", 0 },
	      { "a near b \"NEAR\"", "(and a near b \"NEAR\")", 0 },
	      { "title:title:x", "title:title:x", 1 }, { "title:12:30", "title:12:30", 0 });
	parsed(STR("title:place:x"));
	ck_assert(hinted("place:x is taken as words"));
	parsed(STR("+x"));
	ck_assert(hinted("a + before a word"));
}
END_TEST

START_TEST(hints_are_few_and_short)
{
	struct buffer text = { 0 };
	for (int i = 0; i < 200; i++)
		buffer_add_text(&text, "& ");
	parsed(buffer_str(&text));
	ck_assert_uint_ge(query.hints.count, 2);
	ck_assert_uint_le(query.hints.count, 10);
	buffer_reset(&text);
	buffer_add_text(&text, "nofield:");
	for (int i = 0; i < 1000; i++)
		buffer_add_text(&text, "\xC3\xA9");
	parsed(buffer_str(&text));
	ck_assert_uint_eq(query.hints.count, 1);
	ck_assert_uint_lt(query.hints.items[0].len, 200);
	buffer_release(&text);
}
END_TEST

/* ---- hostile ---- */

START_TEST(bytes_that_are_no_utf8_are_replaced)
{
	assert_str(parsed((struct str){ "no\xFFsuch \xC3", 9 }), "no\xEF\xBF\xBDsuch");
	ck_assert_uint_eq(query.hints.count, 2); /* what was replaced, and that U+FFFD is no word */
	assert_str(parsed((struct str){ "a\0b\x1B[31m", 8 }), "(and a b [31m)");
	assert_str(parsed(STR("\xEF\xBB\xBFrain")), "rain");
}
END_TEST

START_TEST(length_is_limited)
{
	struct buffer text = { 0 };
	parsed(repeated("x", QUERY_BYTES_MAX, "", &text));
	ck_assert_uint_eq(query.root->text.len, QUERY_BYTES_MAX);
	assert_too_large(repeated("x", QUERY_BYTES_MAX + 1, "", &text), "4096");
	assert_too_large(repeated("x", (size_t)1 << 20, "", &text), "4096");
	parsed(repeated("\xFF", QUERY_BYTES_MAX, "", &text));
	ck_assert_ptr_null(query.root);
	buffer_release(&text);
}
END_TEST

START_TEST(operators_are_limited)
{
	struct buffer text = { 0 };
	parsed(repeated("a OR ", QUERY_OPERATORS_MAX, "a", &text));
	ck_assert_uint_eq(query.root->count, QUERY_OPERATORS_MAX + 1);
	assert_too_large(repeated("a OR ", QUERY_OPERATORS_MAX + 1, "a", &text), "64 operators");
	assert_too_large(repeated("a AND ", QUERY_OPERATORS_MAX + 1, "a", &text), "64 operators");
	assert_too_large(repeated("-a ", QUERY_OPERATORS_MAX + 1, "a", &text), "64 operators");
	assert_too_large(repeated("-", QUERY_OPERATORS_MAX + 1, "a", &text), "64 operators");
	assert_too_large(repeated("NOT ", QUERY_OPERATORS_MAX + 1, "a", &text), "64 operators");
	/* A line of dashes is none. */
	assert_str(parsed(repeated("-", 1000, " a", &text)), "a");
	buffer_release(&text);
}
END_TEST

START_TEST(depth_is_limited)
{
	struct buffer text = { 0 };
	assert_str(parsed(repeated("(", QUERY_DEPTH_MAX, "sun", &text)), "sun");
	assert_str(parsed(repeated("( ", QUERY_DEPTH_MAX, "sun", &text)), "sun");
	assert_too_large(repeated("(", QUERY_DEPTH_MAX + 1, "sun", &text), "32 levels");
	assert_too_large(repeated("( ", 1000, "sun", &text), "32 levels");
	assert_too_large(repeated("-(", QUERY_DEPTH_MAX + 1, "sun", &text), "32 levels");
	/* Side by side they are not deep. */
	parsed(repeated("(a) ", 200, "", &text));
	ck_assert_uint_eq(query.root->count, 200);
	assert_str(parsed(repeated(")", 2000, "sun", &text)), "sun");
	buffer_release(&text);
}
END_TEST

START_TEST(the_deepest_tree_is_described)
{
	struct buffer text = { 0 }, out = { 0 };
	parsed(repeated("a OR b -(", QUERY_DEPTH_MAX, "sun", &text));
	query_describe(query.root, &out);
	ck_assert_ptr_nonnull(strstr(out.data, "word sun\n"));
	ck_assert_uint_lt(out.len, 64 * 1024);
	buffer_release(&text);
	buffer_release(&out);
}
END_TEST

START_TEST(words_are_limited)
{
	struct buffer text = { 0 };
	parsed(repeated("a ", QUERY_WORDS_MAX, "", &text));
	ck_assert_uint_eq(query.root->count, QUERY_WORDS_MAX);
	assert_too_large(repeated("a ", QUERY_WORDS_MAX + 1, "", &text), "512 words");
	assert_too_large(repeated("\"a\"", QUERY_WORDS_MAX + 1, "", &text), "512 words");
	assert_too_large(repeated("id:a ", QUERY_WORDS_MAX + 1, "", &text), "512 words");
	buffer_release(&text);
}
END_TEST

/* Whatever is thrown together, a query is taken, and its hints and its tree keep their shape. */
START_TEST(any_mixture_is_taken)
{
	static const char *const pieces[] = {
		"a",
		"(",
		")",
		"\"",
		"-",
		"OR",
		"AND",
		"NOT",
		" ",
		" ",
		"title:",
		"place:",
		"foo:",
		":",
		"\xE2\x80\x9C",
		"&",
		"'",
		"*",
		"\xFF",
		"~",
		"~2",
		"^2",
		"@s",
		"NEAR",
		"ADJ/3",
		"person:",
		"person:*",
		"published:2024",
		"\xE5\x8C\x97\xE4\xBA\xAC",
	};
	struct buffer text = { 0 };
	srand(20240207);
	for (int round = 0; round < 20000; round++) {
		buffer_reset(&text);
		for (int i = rand() % 24; i >= 0; i--)
			buffer_add_text(&text,
					pieces[rand() % (int)(sizeof(pieces) / sizeof(*pieces))]);
		parsed(buffer_str(&text));
		ck_assert_uint_le(query.hints.count, 10);
		arena_reset(&arena);
	}
	buffer_release(&text);
}
END_TEST

/* ---- description ---- */

START_TEST(the_tree_is_described_line_by_line)
{
	parsed(STR(
		"\"cyber  espionage\" -spring (china OR title:dutch) author:\"Ada Vos\" date:2024.."));
	struct buffer out = { 0 };
	query_describe(query.root, &out);
	ck_assert_str_eq(out.data, "and\n"
				   "  exactly \"cyber espionage\"\n"
				   "  not\n"
				   "    word spring\n"
				   "  or\n"
				   "    word china\n"
				   "    word dutch, in the title\n"
				   "  author Ada Vos\n"
				   "  published 2024..\n");
	buffer_reset(&out);
	query_describe(NULL, &out);
	ck_assert_uint_eq(out.len, 0);
	buffer_release(&out);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("query");
	TCase *tests = tcase_create("query");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, words_are_all_wanted);
	tcase_add_test(tests, and_binds_closer_than_or);
	tcase_add_test(tests, not_takes_away);
	tcase_add_test(tests, a_hyphen_inside_is_no_operator);
	tcase_add_test(tests, quotes_of_every_kind);
	tcase_add_test(tests, fields_by_name_and_alias);
	tcase_add_test(tests, nothing_is_no_query);
	tcase_add_test(tests, stray_punctuation_is_left_out_with_a_hint);
	tcase_add_test(tests, letters_of_any_script_are_words);
	tcase_add_test(tests, unclosed_marks_do_no_harm);
	tcase_add_test(tests, operators_with_nothing_beside_them);
	tcase_add_test(tests, an_operator_alone_is_a_word);
	tcase_add_test(tests, what_is_no_field_is_words);
	tcase_add_test(tests, hints_say_what_was_meant);
	tcase_add_test(tests, signs_of_other_engines);
	tcase_add_test(tests, hints_are_few_and_short);
	tcase_add_test(tests, bytes_that_are_no_utf8_are_replaced);
	tcase_add_test(tests, length_is_limited);
	tcase_add_test(tests, operators_are_limited);
	tcase_add_test(tests, depth_is_limited);
	tcase_add_test(tests, the_deepest_tree_is_described);
	tcase_add_test(tests, words_are_limited);
	tcase_add_test(tests, any_mixture_is_taken);
	tcase_add_test(tests, the_tree_is_described_line_by_line);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
