/* The signs behind words and groups, and the operators that look at positions: what they are taken for, and when a hint says more. */
#include "tree_testing.h"

START_TEST(near_and_adj_join_what_is_beside_them)
{
	CHECK({ "a NEAR/5 b", "(near/5 a b)", 0 }, { "a NEAR b", "(near/10 a b)", 0 },
	      { "a ADJ b", "(adj/1 a b)", 0 }, { "a ADJ/3 b", "(adj/3 a b)", 0 },
	      { "a NEAR/5 b NEAR/5 c", "(near/5 a b c)", 0 },
	      { "a NEAR/5 b NEAR/6 c", "(near/6 (near/5 a b) c)", 0 },
	      { "a NEAR/5 b ADJ/5 c ADJ/5 d", "(adj/5 (near/5 a b) c d)", 0 },
	      { "a NEAR/5 (b NEAR/5 c)", "(near/5 a (near/5 b c))", 0 },
	      { "(a NEAR/5 b) NEAR/5 c", "(near/5 (near/5 a b) c)", 0 },
	      { "a b NEAR/5 c d", "(and a (near/5 b c) d)", 0 },
	      { "a OR b NEAR/5 c", "(or a (near/5 b c))", 0 },
	      { "a AND b NEAR/5 c", "(and a (near/5 b c))", 0 },
	      { "-a NEAR/5 b", "(not (near/5 a b))", 0 },
	      { "\"a b\" NEAR/5 (c OR \"d e\")", "(near/5 \"a b\" (or c \"d e\"))", 0 },
	      { "person:* NEAR/5 hacked", "(near/5 person=* hacked)", 0 },
	      { "person:\"Ada Vos\" ADJ place:china", "(adj/1 person=Ada Vos place=china)", 0 },
	      { "title:a NEAR/5 title:b", "(near/5 title:a title:b)", 0 });
}
END_TEST

START_TEST(near_without_company)
{
	CHECK({ "a NEAR/5", "a", 1 }, { "NEAR/5 a", "a", 1 }, { "NEAR/5", "NEAR/5", 1 },
	      { "a NEAR/5 NEAR/5 b", "(near/5 a b)", 1 }, { "a NEAR/5 OR b", "(or a b)", 1 },
	      { "a NEAR/5 ()", "a", 1 }, { "() NEAR/5 a", "a", 1 },
	      { "near/5 a", "(and near/5 a)", 0 }, { "a NEAR/0 b", "(near/1 a b)", 1 },
	      { "a ADJ/999999999999999999999 b", "(adj/100 a b)", 1 },
	      { "a NEAR/x b", "(and a NEAR/x b)", 1 }, { "a NEAR/ b", "(and a NEAR/ b)", 1 },
	      { "a NEARBY b ADJUST c", "(and a NEARBY b ADJUST c)", 0 },
	      { "-NEAR/5", "(not NEAR/5)", 0 });
}
END_TEST

/* What is about the whole article has no place in it. */
START_TEST(what_has_no_place_is_wanted_anywhere)
{
	CHECK({ "a NEAR/5 published:2024", "(and a published=2024)", 1 },
	      { "a NEAR/5 source:b", "(and a source=b)", 1 },
	      { "a ADJ topic:*", "(and a topic=*)", 1 }, { "a NEAR/5 id:b", "(and a id=b)", 1 },
	      { "a NEAR/5 (b c)", "(and a (and b c))", 1 }, { "a NEAR/5 -b", "(and a (not b))", 1 },
	      { "a NEAR/5 (-b)", "(and a (not b))", 1 },
	      { "a NEAR/5 (b OR -c)", "(and a (or b (not c)))", 1 },
	      { "a NEAR/5 (b c)@s", "(and a (sentence b c))", 1 },
	      { "a NEAR/5 source:b NEAR/5 c", "(and a source=b c)", 1 });
	parsed(STR("a NEAR/5 published:2024"));
	ck_assert(hinted("published has no place in the text: NEAR/5 is taken as AND"));
	parsed(STR("a NEAR/5 (b c)"));
	ck_assert(hinted("what AND joins has no place in the text"));
}
END_TEST

START_TEST(a_group_is_one_sentence)
{
	CHECK({ "(a b)@s", "(sentence a b)", 0 }, { "c (a b)@s", "(and c (sentence a b))", 0 },
	      { "(a (b c) \"d e\")@s", "(sentence a b c \"d e\")", 0 },
	      { "(a AND b)@s", "(sentence a b)", 0 },
	      { "(a (b OR c))@s", "(sentence a (or b c))", 0 },
	      { "(a b OR c d)@s", "(or (sentence a b) (sentence c d))", 0 },
	      { "(a b OR c)@s", "(or (sentence a b) c)", 0 }, { "(a OR b)@s", "(or a b)", 0 },
	      { "(a)@s", "a", 0 }, { "(a NEAR/5 b)@s", "(near/5 a b)", 0 },
	      { "(a NEAR/5 b c)@s", "(sentence (near/5 a b) c)", 0 },
	      { "((a b)@s c)@s", "(sentence a b c)", 0 },
	      { "(person:* place:china hacked)@s", "(sentence person=* place=china hacked)", 0 },
	      { "\xEF\xBC\x88"
		"a b\xEF\xBC\x89@s",
		"(sentence a b)", 0 },
	      { "-(a b)@s", "(not (sentence a b))", 0 });
}
END_TEST

START_TEST(what_cannot_be_in_a_sentence)
{
	CHECK({ "(a -b)@s", "(and a (not b))", 1 },
	      { "(a published:2024)@s", "(and a published=2024)", 1 },
	      { "(a (b OR (c d)))@s", "(and a (or b (and c d)))", 1 }, { "()@s", "", 1 },
	      { "(a b) @s", "(and (and a b) @s)", 1 }, { "(a b)@so", "(and (and a b) @so)", 0 },
	      { "a)@s b", "(and a b)", 1 });
	parsed(STR("(a -b)@s"));
	ck_assert(hinted("what NOT takes away has no place in a sentence: @s is left out"));
}
END_TEST

START_TEST(stars_and_tildes_stand_behind_words)
{
	CHECK({ "attack*", "attack*", 0 }, { "attack**", "attack*", 0 },
	      { "title:att*", "title:att*", 0 }, { "hack~", "hack~1", 0 }, { "hack~1", "hack~1", 0 },
	      { "hack~2", "hack~2", 0 }, { "title:hack~2", "title:hack~2", 0 },
	      { "hack~3", "hack~2", 1 }, { "hack~0", "hack~1", 1 }, { "hack~0.8", "hack~1", 1 },
	      { "a*b", "a*b", 1 }, { "*a", "*a", 0 }, { "*", "", 1 }, { "~", "", 1 },
	      { "a~b", "a~b", 0 }, { "-hack*", "(not hack*)", 0 },
	      { "cyber* NEAR/5 hack~", "(near/5 cyber* hack~1)", 0 });
}
END_TEST

START_TEST(any_value_and_values_that_begin_so)
{
	CHECK({ "person:*", "person=*", 0 }, { "-person:*", "(not person=*)", 0 },
	      { "published:*", "published=*", 0 }, { "when:*", "when=*", 0 },
	      { "person:oll*", "person=oll*", 0 },
	      { "person:\"kajsa oll*\"", "person=kajsa oll*", 0 }, { "id:a*", "id=a*", 0 },
	      { "title:*", "", 1 }, { "place:china~", "place=china~", 1 });
	parsed(STR("person:*"));
	ck_assert_int_eq(query.root->op, NODE_ANY);
	parsed(STR("person:oll*"));
	ck_assert_int_eq(query.root->op, NODE_VALUE);
	ck_assert(query.root->prefix);
	parsed(STR("id:*"));
	ck_assert_int_eq(query.root->op, NODE_VALUE);
	ck_assert(!query.root->prefix);
}
END_TEST

START_TEST(weights_stand_behind_anything_that_weighs)
{
	CHECK({ "budget^2 deficit", "(and budget^2 deficit)", 0 }, { "a^0", "a^0", 0 },
	      { "a^.5", "a^0.5", 0 }, { "a^2.25", "a^2.25", 0 }, { "\"a b\"^3", "\"a b\"^3", 0 },
	      { "(a OR b)^2", "(or a b)^2", 0 }, { "(a^2)^3", "a^6", 0 },
	      { "(a b)@s^2", "(sentence a b)^2", 0 }, { "(a b)^2@s", "(sentence a b)^2", 0 },
	      { "(a NEAR/5 b)^2", "(near/5 a b)^2", 0 }, { "title:a^2", "title:a^2", 0 },
	      { "att*^2", "att*^2", 0 }, { "hack~2^2", "hack~2^2", 0 }, { "a^101", "a^100", 1 },
	      { "a^99999999999999999999", "a^100", 1 }, { "((a)^100)^100", "a^100", 0 },
	      { "a^", "a^", 0 }, { "a^b", "a^b", 0 }, { "a^-1", "a^-1", 0 },
	      { "a^1.2.3", "a^1.2.3", 0 }, { "place:china^2", "place=china", 1 },
	      { "a NEAR/5 b^2", "(near/5 a b)", 1 }, { "\"a b\"~5", "\"a b\"", 1 });
}
END_TEST

START_TEST(a_prefix_before_parentheses_is_for_all_in_them)
{
	CHECK({ "title:(a b)", "(and title:a title:b)", 0 },
	      { "title:(a OR \"b c\") d", "(and (or title:a title:\"b c\") d)", 0 },
	      { "title:(a (b OR c))", "(and title:a (or title:b title:c))", 0 },
	      { "title:(a place:china)", "(and title:a place=china)", 0 },
	      { "org:(world bank)", "org=world bank", 0 },
	      { "place:(china OR united  states)", "(or place=china place=united states)", 0 },
	      { "place:(china -hong kong)", "(and place=china (not place=hong kong))", 0 },
	      { "published:(2023 OR 2024)", "(or published=2023 published=2024)", 0 },
	      { "place:()", "", 1 }, { "title:(a NEAR/5 b)", "(near/5 title:a title:b)", 0 },
	      { "-title:(a b)", "(not (and title:a title:b))", 0 },
	      { "place:(china", "place=china", 1 }, { "title:(a) b", "(and title:a b)", 0 });
}
END_TEST

START_TEST(there_are_names_inside_quotes)
{
	CHECK({ "\"org:reuters reported\"", "(row org=reuters \"reported\")", 0 },
	      { "\"person:* said on\"", "(row person=* \"said on\")", 0 },
	      { "\"the org:(world bank) reported\"", "(row \"the\" org=world bank \"reported\")", 0 },
	      { "\"cyber att*\"", "(row \"cyber\" att*)", 0 },
	      { "\"cyber att* in place:chi*\"", "(row \"cyber\" att* \"in\" place=chi*)", 0 },
	      { "title:\"cyber att*\"", "(row title:\"cyber\" title:att*)", 0 },
	      { "\"att*\"", "att*", 0 }, { "\"place:china\"", "place=china", 0 },
	      { "title:\"org:x reported\"", "title:\"org:x reported\"", 0 },
	      { "\"12:30 today\"", "\"12:30 today\"", 0 }, { "\"source:x y\"", "\"source:x y\"", 0 },
	      { "\"person: said\"", "\"person: said\"", 0 },
	      { "\"org:(world bank\"", "(row org=(world \"bank\")", 0 },
	      { "\"org:() x\"", "\"org:() x\"", 0 },
	      { "\"org:reuters reported\" NEAR/5 b", "(near/5 (row org=reuters \"reported\") b)", 0 });
}
END_TEST

START_TEST(too_many_of_them_are_refused)
{
	struct buffer text = { 0 };
	parsed(repeated("word* ", QUERY_EXPANDED_MAX, "", &text));
	assert_too_large(repeated("word* ", QUERY_EXPANDED_MAX + 1, "", &text),
			 "16 words with * or ~");
	assert_too_large(repeated("word~ ", QUERY_EXPANDED_MAX + 1, "", &text),
			 "16 words with * or ~");
	assert_too_large(repeated("\"a wor* person:oll*\" ", QUERY_EXPANDED_MAX / 2 + 1, "", &text),
			 "16 words with * or ~");
	parsed(repeated("a NEAR ", QUERY_PLACED_MAX - 1, "a", &text));
	assert_too_large(repeated("a NEAR ", QUERY_PLACED_MAX, "a", &text),
			 "8 words to look at together");
	assert_too_large(repeated("a NEAR b ADJ ", QUERY_PLACED_MAX / 2, "a", &text),
			 "8 words to look at together");
	assert_too_large(repeated("(((a b c d e f g h i j k l m n o p q)))@s", 1, "", &text),
			 "8 words to look at together");
	assert_too_large(repeated("a NEAR b ", QUERY_OPERATORS_MAX + 1, "", &text), "64 operators");
	assert_too_large(repeated("(a b)@s ", QUERY_OPERATORS_MAX + 1, "", &text), "64 operators");
	buffer_release(&text);
}
END_TEST

START_TEST(the_tree_tells_all_of_it)
{
	struct buffer out = { 0 };
	parsed(STR("(person:* NEAR/5 hack~2)^1.5 OR (title:att* ADJ \"org:(world bank) said\") OR "
		   "(a place:chi*)@s"));
	query_describe(query.root, &out);
	ck_assert_str_eq(out.data, "or\n"
				   "  near, at most 5 words apart, 1.5 times\n"
				   "    any person\n"
				   "    words at most 2 letters from hack\n"
				   "  in this order, at most 1 word apart\n"
				   "    words that begin with att, in the title\n"
				   "    exactly in a row\n"
				   "      org world bank\n"
				   "      exactly \"said\"\n"
				   "  in one sentence\n"
				   "    word a\n"
				   "    place that begins with chi\n");
	buffer_release(&out);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("query_signs");
	TCase *tests = tcase_create("signs");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, near_and_adj_join_what_is_beside_them);
	tcase_add_test(tests, near_without_company);
	tcase_add_test(tests, what_has_no_place_is_wanted_anywhere);
	tcase_add_test(tests, a_group_is_one_sentence);
	tcase_add_test(tests, what_cannot_be_in_a_sentence);
	tcase_add_test(tests, stars_and_tildes_stand_behind_words);
	tcase_add_test(tests, any_value_and_values_that_begin_so);
	tcase_add_test(tests, weights_stand_behind_anything_that_weighs);
	tcase_add_test(tests, a_prefix_before_parentheses_is_for_all_in_them);
	tcase_add_test(tests, there_are_names_inside_quotes);
	tcase_add_test(tests, too_many_of_them_are_refused);
	tcase_add_test(tests, the_tree_tells_all_of_it);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
