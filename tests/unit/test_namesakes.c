/* Of whom or what a name is said that several have. */
#include "resolving.h"

START_TEST(presidents_of_one_surname)
{
	GIVES("President [P Bush] and [P Bush]", "Bush=P:George W. Bush; Bush=P:George W. Bush");
	ck_assert_uint_le(names.spots[0].confidence, 75);
	GIVES("the [P Bush] administration", "Bush=P:George W. Bush");
	GIVES("[P Bush] left.", "Bush=P:Bush");
	GIVES("[P Jeb Bush] and President [P Bush]", "Jeb Bush=P:Jeb Bush; Bush=P:Jeb Bush");
	GIVES("the [P Clinton] years", "Clinton=P:Bill Clinton");
	GIVES("Secretary [P Clinton] left.", "Clinton=P:Hillary Clinton");
	GIVES("[P Clinton]\u2019s emails", "Clinton=P:Hillary Clinton");
	GIVES("[P Clinton] left.", "Clinton=P:Clinton");
	GIVES("[P Chelsea Clinton], [P Clinton]",
	      "Chelsea Clinton=P:Chelsea Clinton; Clinton=P:Chelsea Clinton");
}
END_TEST

START_TEST(presidents_by_each_sign)
{
	GIVES("Secretary [P Clinton] met President [P Clinton].",
	      "Clinton=P:Hillary Clinton; Clinton=P:Bill Clinton");
	GIVES("President [P Clinton], Mrs. [P Clinton], [P Clinton]",
	      "Clinton=P:Bill Clinton; Clinton=P:Hillary Clinton; Clinton=P:Clinton");
	GIVES("President [P Clinton], Mrs. [P Clinton], Ms. [P Clinton], [P Clinton]",
	      "Clinton=P:Bill Clinton; Clinton=P:Hillary Clinton; Clinton=P:Hillary Clinton; "
	      "Clinton=P:Hillary Clinton");
	GIVES("Vice President [P Bush]", "Bush=P:George H.W. Bush");
	year = 2016;
	GIVES("Mr. [P Clinton] left. [P Clinton] said",
	      "Clinton=P:Bill Clinton; Clinton=P:Bill Clinton");
	GIVES("Officer [P Clinton] shot. [L Clinton #20]", "Clinton=P:Clinton; Clinton=P:Clinton");
	GIVES("[P Clinton #90] and [O Clinton #40]", "Clinton=P:Hillary Clinton; Clinton=P:Clinton");
	year = 2003;
	GIVES("Gov. [P Bush] signed. [P Bush] said.", "Bush=P:Bush; Bush=P:Bush");
	GIVES("Dr. [P Bush] and President [P Bush], Mr. [P Bush].",
	      "Bush=P:Bush; Bush=P:George W. Bush; Bush=P:George W. Bush");
	year = 0;
}
END_TEST

START_TEST(presidents_of_their_years)
{
	year = 1987;
	GIVES("[P Bush] left.", "Bush=P:George H.W. Bush");
	year = 2003;
	GIVES("[P Bush] left.", "Bush=P:George W. Bush");
	year = 2015;
	GIVES("[P Bush] left [P Clinton].", "Bush=P:Bush; Clinton=P:Hillary Clinton");
	GIVES("the [P Bush] and [P Clinton] presidencies", "Bush=P:Bush; Clinton=P:Hillary Clinton");
	GIVES("President [P Clinton] left.", "Clinton=P:Bill Clinton");
	year = 1944;
	GIVES("President [P Bush] left.", "Bush=P:Bush");
	GIVES("Mr. [P Clinton] left.", "Clinton=P:Clinton");
	year = 1998;
	GIVES("[P Bush] left.", "Bush=P:Bush");
	GIVES("President [P Bush] left.", "Bush=P:George H.W. Bush");
	GIVES("[P Clinton] left.", "Clinton=P:Bill Clinton");
	GIVES("Mrs. [P Clinton] left.", "Clinton=P:Hillary Clinton");
	year = 0;
}
END_TEST

START_TEST(rivers_and_companies)
{
	GIVES("[L Amazon] hires. [O Amazon.com] fell.", "Amazon=O:Amazon; Amazon.com=O:Amazon");
	GIVES("Fires in the [L Amazon] spread in Brazil.", "Amazon=L:Amazon");
	GIVES("Brazil: [L Amazon] has warehouses, said Bezos.", "Amazon=O:Amazon");
	GIVES("They sailed up the [L Amazon].", "Amazon=L:Amazon");
	GIVES("The [L Amazon] and its rainforest.", "Amazon=L:Amazon");
}
END_TEST

START_TEST(oceans_and_magazines)
{
	GIVES("The [L Atlantic] is wide.", "Atlantic=L:Atlantic Ocean");
	GIVES("He told The [L Atlantic] so.", "Atlantic=O:The Atlantic");
	GIVES("The [L Atlantic] reported it across the [L Atlantic].",
	      "Atlantic=O:The Atlantic; Atlantic=L:Atlantic Ocean");
	GIVES("the [L Atlantic]'s Ada Lund and the [L Atlantic] coast",
	      "Atlantic=O:The Atlantic; Atlantic=L:Atlantic Ocean");
	GIVES("[L Atlantic]'s ", "Atlantic=L:Atlantic Ocean");
}
END_TEST

START_TEST(the_hill)
{
	GIVES("told The [O Hill]. On the [O Hill], he left.", "Hill=O:The Hill; Hill=L:Capitol Hill");
	GIVES("according to the [O Hill].", "Hill=O:The Hill");
	GIVES("spoke to the [O Hill], sources from the [O Hill]", "Hill=O:The Hill; Hill=O:The Hill");
	GIVES("went to the [O Hill].", "Hill=L:Capitol Hill");
}
END_TEST

START_TEST(what_is_spelled_out_and_not_what_is_known)
{
	GIVES("[O Hill Zopf Group Plc], [O Hill Zopf]: the [O Hill] fell.",
	      "Hill Zopf Group Plc=O:Hill Zopf Group; Hill Zopf=O:Hill Zopf; "
	      "Hill=O:Hill Zopf Group");
	GIVES("[O Hill Zopf] fell, [O Hill] said.", "Hill Zopf=O:Hill Zopf; Hill=O:Hill Zopf");
	GIVES("[O Hill Zopf] told the [O Hill].", "Hill Zopf=O:Hill Zopf; Hill=O:The Hill");
	GIVES("[O ABC Zopf Centres Ltd]: [O ABC] said.",
	      "ABC Zopf Centres Ltd=O:ABC Zopf Centres; ABC=O:ABC Zopf Centres");
	GIVES("[O Zoom Zopf Inc], [O Zoom]", "Zoom Zopf Inc=O:Zoom Zopf; Zoom=O:Zoom Zopf");
	GIVES("[O Apple Zopf Fund], [O Apple]", "Apple Zopf Fund=O:Apple Zopf Fund; Apple=O:Apple");
}
END_TEST

START_TEST(operations_without_that_word)
{
	GIVES("[X Operation Zopf and Blorb], [X Zopf and Blorb]",
	      "Operation Zopf and Blorb=X:Operation Zopf and Blorb; "
	      "Zopf and Blorb=X:Operation Zopf and Blorb");
}
END_TEST

START_TEST(films_and_operations)
{
	GIVES("The film [X Fast and Furious]", "Fast and Furious=X:Fast and Furious");
	GIVES("The ATF began [X Fast and Furious]", "Fast and Furious=X:Operation Fast and Furious");
}
END_TEST

START_TEST(viruses_of_their_years)
{
	GIVES("[X Coronavirus]", "Coronavirus=X:COVID-19");
	year = 2013;
	GIVES("[X Coronavirus]", "Coronavirus=X:Coronavirus");
	year = 2020;
	GIVES("[X Coronavirus]", "Coronavirus=X:COVID-19");
	year = 0;
}
END_TEST

START_TEST(ministries_and_districts)
{
	GIVES("The [O Foreign Ministry]", "Foreign Ministry=O:Foreign Ministry");
	GIVES("The [O Zopf Foreign Ministry]: the [O Foreign Ministry]",
	      "Zopf Foreign Ministry=O:Zopf Foreign Ministry; "
	      "Foreign Ministry=O:Zopf Foreign Ministry");
	GIVES("in the [L Northern District], the [L Northern District] of [L Zopfland]",
	      "Northern District=L:Northern District; Zopfland=L:Zopfland");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("namesakes");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, presidents_of_one_surname);
	tcase_add_test(tests, presidents_by_each_sign);
	tcase_add_test(tests, presidents_of_their_years);
	tcase_add_test(tests, rivers_and_companies);
	tcase_add_test(tests, oceans_and_magazines);
	tcase_add_test(tests, the_hill);
	tcase_add_test(tests, what_is_spelled_out_and_not_what_is_known);
	tcase_add_test(tests, operations_without_that_word);
	tcase_add_test(tests, films_and_operations);
	tcase_add_test(tests, viruses_of_their_years);
	tcase_add_test(tests, ministries_and_districts);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
