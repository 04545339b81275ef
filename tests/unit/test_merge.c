#include "merge_testing.h"

/* Which names count for others. */

START_TEST(a_short_form_counts_for_what_it_stands_for)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 3, CONGRESS);
	put_some(writer, "short", 20, "O ANC");
	finish(writer);
	assert_str(merged(KIND_ORG), "anc > african national congress");
	assert_str(merged(KIND_PERSON), "");
}
END_TEST

START_TEST(twice_is_not_enough)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 2, CONGRESS);
	put_some(writer, "short", 2, "O ANC");
	finish(writer);
	assert_str(merged(KIND_ORG), "");
	writer = open_writer();
	put_article(writer, "more", CONGRESS);
	finish(writer);
	assert_str(merged(KIND_ORG), "anc > african national congress");
}
END_TEST

START_TEST(what_is_no_entity_of_its_own_needs_no_merging)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 5, CONGRESS);
	finish(writer);
	assert_str(merged(KIND_ORG), "");
}
END_TEST

START_TEST(what_stands_for_several_is_left_alone)
{
	struct writer *writer = open_writer();
	put_some(writer, "one", 7, "O Australian Broadcasting Company = ABC");
	put_some(writer, "two", 3, "O American Broadcasting Company = ABC");
	put_some(writer, "short", 3, "O ABC");
	finish(writer);
	assert_str(merged(KIND_ORG), "");
	writer = open_writer();
	put_some(writer, "three", 6, "O Australian Broadcasting Company = ABC");
	finish(writer);
	assert_str(merged(KIND_ORG), "abc > australian broadcasting company");
}
END_TEST

START_TEST(kinds_are_apart)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 5, CONGRESS);
	put_some(writer, "short", 5, "P ANC");
	finish(writer);
	assert_str(merged(KIND_ORG), "");
	assert_str(merged(KIND_PERSON), "");
}
END_TEST

START_TEST(a_surname_needs_nearly_all)
{
	struct writer *writer = open_writer();
	put_some(writer, "full", 30, "P Kajsa Ollongren = Ollongren, Kajsa Ollongren");
	put_some(writer, "short", 3, "P Ollongren");
	put_some(writer, "common", 30, "P John Smith = Smith");
	put_some(writer, "other", 8, "P Jane Smith = Smith");
	put_some(writer, "many", 10, "P Smith");
	finish(writer);
	assert_str(merged(KIND_PERSON), "ollongren > kajsa ollongren");
}
END_TEST

START_TEST(chains_lead_to_their_end)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 40, "P Boris Johnson = Johnson");
	put_some(writer, "b", 50, "P Alexander Boris Johnson = Boris Johnson");
	put_some(writer, "c", 2, "P Johnson");
	finish(writer);
	assert_str(merged(KIND_PERSON), "boris johnson > alexander boris johnson; "
					"johnson > alexander boris johnson");
}
END_TEST

START_TEST(no_two_count_for_each_other)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 5, "P Bill Barr = William Barr");
	put_some(writer, "b", 5, "P William Barr = Bill Barr");
	put_some(writer, "c", 5, "O A.B.C. = ABC");
	put_some(writer, "d", 5, "O ABC = A.B.C.");
	finish(writer);
	assert_str(merged(KIND_PERSON), "bill barr > william barr");
	assert_str(merged(KIND_ORG), "a b c > abc");
}
END_TEST

START_TEST(letters_are_parted_or_not)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 4, "O Federal Bureau of Investigation = FBI");
	put_some(writer, "b", 1, "O F.B.I. = FBI");
	put_some(writer, "c", 9, "O FBI");
	finish(writer);
	assert_str(merged(KIND_ORG), "f b i > federal bureau of investigation; "
				     "fbi > federal bureau of investigation");
}
END_TEST

START_TEST(nicknames_count_for_the_name_that_more_have)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P William Barr = Bill Barr");
	put_some(writer, "b", 2, "P Bill Barr");
	put_some(writer, "c", 3, "P Robert Mueller = Bob Mueller");
	put_some(writer, "d", 4, "P Bob Mueller");
	finish(writer);
	assert_str(merged(KIND_PERSON), "bill barr > william barr");
}
END_TEST

START_TEST(an_initial_more_is_no_other)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P Donald Trump = Donald J. Trump");
	put_some(writer, "b", 2, "P Donald J. Trump");
	put_some(writer, "c", 3, "P George Bush = George H. W. Bush");
	put_some(writer, "d", 2, "P George H. W. Bush");
	finish(writer);
	assert_str(merged(KIND_PERSON), "donald j trump > donald trump");
}
END_TEST

START_TEST(a_fuller_name_that_few_have_is_left_alone)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P John Quincy Adams = John Adams");
	put_some(writer, "b", 4, "P John Adams");
	put_some(writer, "c", 5, "P Osama Bin Laden = Bin Laden");
	put_some(writer, "d", 4, "P Bin Laden");
	finish(writer);
	assert_str(merged(KIND_PERSON), "bin laden > osama bin laden");
}
END_TEST

START_TEST(what_stands_alone_far_more_often_is_something_else)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P Jeff Roe = Roe");
	put_some(writer, "b", 25, "P Roe");
	put_some(writer, "c", 3, "P Rob Coe = Coe");
	put_some(writer, "d", 24, "P Coe");
	finish(writer);
	assert_str(merged(KIND_PERSON), "coe > rob coe");
}
END_TEST

START_TEST(a_first_name_needs_all_but_all)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 9, "P Bill Clinton = Bill");
	put_some(writer, "b", 1, "P Bill Barr = Bill");
	put_some(writer, "c", 5, "P Bill");
	put_some(writer, "d", 9, "P Barack Obama = Barack");
	put_some(writer, "e", 18, "P Barack");
	put_some(writer, "f", 9, "P Joe Biden = Joe");
	put_some(writer, "g", 19, "P Joe");
	put_some(writer, "h", 9, "O Pew Center = Pew");
	put_some(writer, "i", 1, "O Pew Trust = Pew");
	put_some(writer, "j", 5, "O Pew");
	finish(writer);
	assert_str(merged(KIND_PERSON), "barack > barack obama");
	assert_str(merged(KIND_ORG), "pew > pew center");
}
END_TEST

START_TEST(who_is_quoted_goes_by_the_names_of_people)
{
	struct writer *writer = open_writer();
	put_some(writer, "a", 3, "P Kajsa Ollongren = Ollongren; Q Kajsa Ollongren");
	put_some(writer, "b", 1, "P Ollongren; Q Ollongren");
	put_some(writer, "c", 3, "P Rob Coe = Coe");
	put_some(writer, "d", 1, "P Coe; Q Coe");
	put_some(writer, "e", 3, "O Associated Press = AP; W Associated Press");
	put_some(writer, "f", 1, "O AP; W AP");
	finish(writer);
	assert_str(merged(KIND_PERSON), "coe > rob coe; ollongren > kajsa ollongren");
	assert_str(merged(KIND_SPEAKER), "ollongren > kajsa ollongren");
	assert_str(merged(KIND_AGENCY), "ap > associated press");
}
END_TEST

START_TEST(an_alias_without_an_end_does_no_harm)
{
	struct writer *writer = open_writer();
	char letters[231] = { 0 }, name[300];
	memset(letters, 'n', sizeof(letters) - 1);
	snprintf(name, sizeof(name), "O %s = ANC", letters);
	/* Too long for an alias term: nobody knows what it stands for. */
	put_some(writer, "long", 4, name);
	put_some(writer, "short", 4, "O ANC");
	finish(writer);
	assert_str(merged(KIND_ORG), "");
}
END_TEST

/* Each stands for the next, and all for the last. */
START_TEST(a_long_chain_has_one_end)
{
	struct writer *writer = open_writer();
	struct buffer wanted = { 0 };
	char text[64];
	put_some(writer, "a", 3, "P N00 Vos");
	for (unsigned i = 0; i < 99; i++) {
		char id[16];
		snprintf(id, sizeof(id), "%u-", i);
		snprintf(text, sizeof(text), "P N%02u Vos = N%02u Vos", i + 1, i);
		put_some(writer, id, 3, text);
		buffer_add_format(&wanted, "%sn%02u vos > n99 vos", i ? "; " : "", i);
	}
	finish(writer);
	assert_str(merged(KIND_PERSON), wanted.data);
	buffer_release(&wanted);
}
END_TEST

static Suite *merge_suite(void)
{
	Suite *suite = suite_create("merge");
	TCase *tests = tcase_create("all");
	tcase_set_timeout(tests, 120);
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, a_short_form_counts_for_what_it_stands_for);
	tcase_add_test(tests, twice_is_not_enough);
	tcase_add_test(tests, what_is_no_entity_of_its_own_needs_no_merging);
	tcase_add_test(tests, what_stands_for_several_is_left_alone);
	tcase_add_test(tests, kinds_are_apart);
	tcase_add_test(tests, a_surname_needs_nearly_all);
	tcase_add_test(tests, chains_lead_to_their_end);
	tcase_add_test(tests, no_two_count_for_each_other);
	tcase_add_test(tests, letters_are_parted_or_not);
	tcase_add_test(tests, nicknames_count_for_the_name_that_more_have);
	tcase_add_test(tests, an_initial_more_is_no_other);
	tcase_add_test(tests, a_fuller_name_that_few_have_is_left_alone);
	tcase_add_test(tests, what_stands_alone_far_more_often_is_something_else);
	tcase_add_test(tests, a_first_name_needs_all_but_all);
	tcase_add_test(tests, who_is_quoted_goes_by_the_names_of_people);
	tcase_add_test(tests, an_alias_without_an_end_does_no_harm);
	tcase_add_test(tests, a_long_chain_has_one_end);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(merge_suite)
