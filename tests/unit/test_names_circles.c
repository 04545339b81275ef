#include "names_testing.h"

/* Corrections that run in a circle with what the indexer merged: its merges give way, whatever the order of the lines. */

/* What the lines say in this order and in the other. */
static void assert_in_both_orders(const char *one, const char *other, const char *expected)
{
	char lines[512];
	for (int order = 0; order < 2; order++) {
		snprintf(lines, sizeof(lines), "%s%s", order ? other : one, order ? one : other);
		correct(lines);
		assert_values("org", expected);
	}
}

/* The second line closes a circle with the merge of the index, whichever it is. */
START_TEST(a_merge_of_the_index_gives_way_in_any_order)
{
	add_congress();
	MERGED(KIND_ORG, "ANC", "African National Congress");
	small_index_finish(&made);
	assert_in_both_orders("merge org: Shell = African National Congress\n",
			      "merge org: ANC = Shell\n", "ANC 10 of 1");
	assert_in_both_orders("merge org: New = African National Congress\n",
			      "merge org: ANC = New\n", "ANC 7, Shell 3 of 2");
	/* The way goes over other corrections before it comes to the merge, and behind it. */
	assert_in_both_orders("merge org: One = African National Congress\nmerge org: Three = Two\n",
			      "merge org: Two = One\nmerge org: ANC = Three\n",
			      "ANC 7, Shell 3 of 2");
}
END_TEST

static void add_pairs(void)
{
	static const char *const one[] = { "A", "B", "C", "D" };
	for (unsigned i = 0; i < 4; i++) {
		has(KIND_ORG, one[i], NULL, NULL, NULL);
		add(1 + i);
	}
	MERGED(KIND_ORG, "A", "B", "C", "D");
	small_index_finish(&made);
}

START_TEST(all_merges_of_a_circle_give_way)
{
	add_pairs();
	assert_values("org", "D 7, B 3 of 2");
	assert_in_both_orders("merge org: C = B\n", "merge org: A = D\n", "A 5, C 5 of 2");
	/* This leads out of the circle, so nothing needs to give way. */
	assert_in_both_orders("merge org: C = B\nmerge org: A = D\n", "merge org: E = A\n",
			      "E 10 of 1");
}
END_TEST

/* Over two kinds: the person A, who is merged, is an organisation, and that of the organisation is a person. */
START_TEST(merges_give_way_to_what_makes_other_kinds_of_names)
{
	static const char *const names[] = { "A", "B" };
	for (unsigned i = 0; i < 2; i++) {
		has(KIND_ORG, names[i], NULL, NULL, NULL);
		has(KIND_PERSON, names[1 - i], NULL, NULL, NULL);
		add(1 + 3 * i);
	}
	MERGED(KIND_ORG, "A", "B");
	MERGED(KIND_PERSON, "B", "A");
	small_index_finish(&made);
	for (int order = 0; order < 2; order++) {
		correct(order ? "retype org: B = person\nretype person: A = org\n"
			      : "retype person: A = org\nretype org: B = person\n");
		assert_values("org", "A 5 of 1");
		assert_values("person", "B 5 of 1");
	}
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("names, in circles");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_merge_of_the_index_gives_way_in_any_order);
	tcase_add_test(tests, all_merges_of_a_circle_give_way);
	tcase_add_test(tests, merges_give_way_to_what_makes_other_kinds_of_names);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
