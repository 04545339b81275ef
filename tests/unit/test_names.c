#include "names_testing.h"

#include <malloc.h>

/* ---- what the indexer merged ---- */

START_TEST(without_merges_each_name_is_a_value)
{
	add_congress();
	small_index_finish(&made);
	assert_values("org", "African National Congress 5, ANC 3, Shell 3 of 3");
	assert_hits("org=ANC", 3);
}
END_TEST

START_TEST(an_article_counts_once_for_what_is_merged)
{
	add_congress();
	MERGED(KIND_ORG, "ANC", "African National Congress");
	small_index_finish(&made);
	assert_values("org", "African National Congress 7, Shell 3 of 2");
	assert_hits("org=ANC", 7);
	assert_hits("org!=anc", 3);
	asked("org:ANC", NULL, "org");
	ck_assert_uint_eq(answer.total, 7);
	asked("", "org=ANC", "org");
	ck_assert_str_eq(listed(&answer), "African National Congress* 7, Shell 3 of 2");
	ck_assert_str_eq(hints(), "");
}
END_TEST

START_TEST(damaged_merges_are_told)
{
	add_congress();
	MERGED(KIND_ORG, "ANC", "African National Congress", "African National Congress", "Shell");
	small_index_finish(&made);
	ck_assert_int_eq(ask("", NULL, "org", &answer), STATUS_CORRUPT);
}
END_TEST

/* ---- corrections ---- */

START_TEST(a_merge_makes_one_of_two)
{
	add_congress();
	small_index_finish(&made);
	correct("merge org: Shell = a.n.c.; African-National Congress; Nobody\n");
	assert_values("org", "Shell 8, ANC 3 of 2");
	correct("merge org: shell = ANC; African-National Congress; Nobody\n");
	assert_values("org", "Shell 10 of 1");
	assert_hits("org=African National Congress", 10);
}
END_TEST

START_TEST(a_merge_can_bring_in_a_new_name)
{
	add_congress();
	small_index_finish(&made);
	correct("merge org: The Two = Shell; ANC\n");
	assert_values("org", "The Two 6, African National Congress 5 of 2");
	assert_hits("org=the two", 6);
	assert_hits("org=Shell", 6);
	correct("merge org: The Two = Somebody; Nobody\n");
	assert_values("org", "African National Congress 5, ANC 3, Shell 3 of 3");
	assert_hits("org=The Two", 0);
}
END_TEST

START_TEST(corrections_overrule_the_indexer)
{
	add_congress();
	MERGED(KIND_ORG, "ANC", "African National Congress");
	small_index_finish(&made);
	correct("merge org: Shell = ANC\n");
	assert_values("org", "Shell 6, African National Congress 5 of 2");
	/* The other way round would be a circle. */
	correct("merge org: ANC = African National Congress\n");
	assert_values("org", "ANC 7, Shell 3 of 2");
	correct("split org: African National Congress = ANC\n");
	assert_values("org", "ANC 7, African National Congress 5, Shell 3 of 3");
	correct("split org: ANC = African National Congress\n");
	assert_values("org", "African National Congress 5, ANC 3, Shell 3 of 3");
	correct("split org: Shell = ANC\n");
	assert_values("org", "African National Congress 7, Shell 3 of 2");
}
END_TEST

START_TEST(a_chain_of_merges_ends_at_its_end)
{
	add_congress();
	MERGED(KIND_ORG, "ANC", "African National Congress");
	small_index_finish(&made);
	correct("merge org: One = Two\nmerge org: Two = African National Congress\n"
		"merge org: Three = One\n");
	assert_values("org", "Three 7, Shell 3 of 2");
	correct("merge org: Two = African National Congress\nmerge org: One = Two\n"
		"merge org: Three = One\n");
	assert_values("org", "Three 7, Shell 3 of 2");
	correct("merge org: ANC = Shell\nmerge org: Shell = African National Congress\n");
	assert_values("org", "ANC 10 of 1");
}
END_TEST

static void add_trumps(void)
{
	has(KIND_PERSON, "Donald Trump", "Donald Trump", "Trump", NULL);
	add(5);
	has(KIND_PERSON, "Donald Trump", "Trump", NULL, NULL);
	add(3);
	has(KIND_PERSON, "Donald Trump", NULL, NULL, NULL);
	add(2);
	has(KIND_PERSON, "Donald Trump", "the Donald", "Trump", NULL);
	add(1);
	has(KIND_PERSON, "Ivanka Trump", "Trump", NULL, NULL);
	has(KIND_PERSON, "Ann", NULL, NULL, NULL);
	add(1);
}

START_TEST(a_variant_that_is_split_stands_for_itself)
{
	add_trumps();
	small_index_finish(&made);
	assert_values("person", "Donald Trump 11, Ann 1, Ivanka Trump 1 of 3");
	correct("split person: Donald Trump = Trump\n");
	assert_values("person", "Trump 9, Donald Trump 8, Ann 1, Ivanka Trump 1 of 4");
	assert_hits("person=Trump", 9);
	assert_hits("person=Donald Trump", 8);
	correct("split person: Donald Trump = Trump; the Donald\n");
	assert_values("person", "Trump 9, Donald Trump 7, Ann 1, Ivanka Trump 1, the Donald 1 of 5");
	correct("split person: Donald Trump = Trump\nsplit person: Ivanka Trump = Trump\n");
	assert_values("person", "Trump 10, Donald Trump 8, Ann 1 of 3");
}
END_TEST

START_TEST(what_is_split_can_be_merged)
{
	add_trumps();
	small_index_finish(&made);
	correct("merge person: Ann = Trump\nsplit person: Donald Trump = Trump\n");
	assert_values("person", "Ann 10, Donald Trump 8, Ivanka Trump 1 of 3");
	correct("hide person: Trump\nsplit person: Donald Trump = Trump\n");
	assert_values("person", "Donald Trump 8, Ann 1, Ivanka Trump 1 of 3");
	correct("retype person: Trump = org\nsplit person: Donald Trump = Trump\n");
	assert_values("person", "Donald Trump 8, Ann 1, Ivanka Trump 1 of 3");
	assert_values("org", "Trump 9 of 1");
	assert_hits("org=trump", 9);
}
END_TEST

START_TEST(a_variant_of_a_merged_name_leaves_with_it)
{
	add_congress();
	MERGED(KIND_ORG, "ANC", "African National Congress");
	small_index_finish(&made);
	/* All that is called ANC: by those that spell it out, and by those that do not. */
	correct("split org: African National Congress = ANC\n");
	assert_values("org", "ANC 7, African National Congress 5, Shell 3 of 3");
	assert_hits("org=ANC", 7);
}
END_TEST

START_TEST(retyped_names_count_in_their_new_kind)
{
	has(KIND_PERSON, "Volt Typhoon", NULL, NULL, NULL);
	add(3);
	has(KIND_ORG, "Volt Typhoon", NULL, NULL, NULL);
	has(KIND_PERSON, "Volt Typhoon", NULL, NULL, NULL);
	add(1);
	has(KIND_ORG, "FBI", NULL, NULL, NULL);
	has(KIND_PERSON, "Ann", NULL, NULL, NULL);
	add(2);
	small_index_finish(&made);
	correct("retype person: volt typhoon = org\n");
	assert_values("person", "Ann 2 of 1");
	assert_values("org", "Volt Typhoon 4, FBI 2 of 2");
	assert_hits("org=Volt Typhoon", 4);
	assert_hits("person=Volt Typhoon", 0);
	ck_assert_ptr_nonnull(strstr(hints(), "this is of the field org"));
	correct("retype person: Ann = other\n");
	assert_values("other", "Ann 2 of 1");
	assert_values("person", "Volt Typhoon 4 of 1");
	asked("other:ann", "org=FBI", "other");
	ck_assert_str_eq(listed(&answer), "Ann 2 of 1");
	/* A new name of one kind, merged in the other. */
	correct("retype person: Ann = org\nmerge person: Ann = Volt Typhoon\nrename org: Ann = Bo\n");
	assert_values("org", "Bo 6, FBI 2, Volt Typhoon 1 of 3");
	assert_values("person", " of 0");
}
END_TEST

START_TEST(renamed_values_are_shown_so)
{
	add_congress();
	MERGED(KIND_ORG, "ANC", "African National Congress");
	small_index_finish(&made);
	correct("rename org: African National Congress = Congress of South Africa\n");
	assert_values("org", "Congress of South Africa 7, Shell 3 of 2");
	assert_hits("org=African National Congress", 7);
	assert_hits("org=congress of south africa", 7);
	correct("rename org: Shell = SHELL\n");
	assert_values("org", "African National Congress 7, SHELL 3 of 2");
	/* By a member of the group; to one; and to another value, which makes one of both. */
	correct("rename org: ANC = The Congress\n");
	assert_values("org", "The Congress 7, Shell 3 of 2");
	correct("rename org: African National Congress = Anc\n");
	assert_values("org", "Anc 7, Shell 3 of 2");
	assert_hits("org=ANC", 7);
	correct("rename org: ANC = SHELL\n");
	assert_values("org", "SHELL 10 of 1");
	correct("rename org: Shell = Tell\nrename org: Tell = William\nrename org: Nobody = X\n");
	assert_values("org", "African National Congress 7, William 3 of 2");
}
END_TEST

START_TEST(corrections_know_other_names_of_countries)
{
	has(KIND_PLACE, "United States", NULL, NULL, NULL);
	add(2);
	has(KIND_PLACE, "Spain", NULL, NULL, NULL);
	add(1);
	small_index_finish(&made);
	correct("rename place: usa = America\n");
	assert_values("place", "America 2, Spain 1 of 2");
	assert_hits("place=United States", 2);
	assert_hits("place=america", 2);
	correct("merge place: usa = United States\n");
	assert_values("place", "usa 2, Spain 1 of 2");
	assert_hits("place=U.S.", 2);
	correct("merge place: United States = usa\n");
	assert_values("place", "United States 2, Spain 1 of 2");
	correct("merge place: Spain = usa\n");
	assert_values("place", "Spain 3 of 1");
}
END_TEST

START_TEST(hidden_values_are_nowhere)
{
	add_congress();
	MERGED(KIND_ORG, "ANC", "African National Congress");
	small_index_finish(&made);
	correct("hide org: ANC; Nobody\n");
	assert_values("org", "Shell 3 of 1");
	assert_hits("org=African National Congress", 0);
	ck_assert_ptr_nonnull(strstr(hints(), "this is hidden"));
	asked("", "org=ANC", "org");
	ck_assert_str_eq(listed(&answer), "Shell 3, African National Congress* 0 of 1");
	assert_hits("org!=ANC", 10);
}
END_TEST

START_TEST(wrong_corrections_stop_a_search)
{
	add_congress();
	small_index_finish(&made);
	correct("# fine\nmerge org: A\n");
	ck_assert_int_eq(ask("", NULL, "org", &answer), STATUS_BAD_INPUT);
	ck_assert_ptr_nonnull(strstr(err.text, ".fix:2: "));
	unlink(fixes_path);
	ck_assert_int_eq(ask("", NULL, "org", &answer), STATUS_NOT_FOUND);
}
END_TEST

/* Names do not say so, but with the first line the second leads back to where it began. */
START_TEST(a_hidden_circle_is_refused)
{
	add_congress();
	small_index_finish(&made);
	correct("merge org: Shell = ANC\nrename org: Shell = ANC\n");
	assert_values("org", "ANC 6, African National Congress 5 of 2");
	correct("retype org: Shell = person\nrename person: Shell = Tell\n"
		"retype person: Tell = org\nmerge org: Tell = ANC\n");
	const enum status status = ask("", NULL, "org", &answer);
	ck_assert_msg(status == STATUS_OK || status == STATUS_BAD_INPUT, "%s", err.text);
}
END_TEST

START_TEST(the_index_remembers_corrections)
{
	add_congress();
	correct("hide org: Shell\n");
	small_set(&made, STR(META_FIXES), str_from(fixes_path));
	small_index_finish(&made);
	char remembered[96];
	memcpy(remembered, fixes_path, sizeof(remembered));
	fixes_path[0] = '\0';
	assert_values("org", "African National Congress 5, ANC 3 of 2");
	ck_assert_str_eq(hints(), "");
	unlink(remembered);
	assert_values("org", "African National Congress 5, ANC 3, Shell 3 of 3");
	ck_assert_ptr_nonnull(strstr(hints(), remembered));
}
END_TEST

START_TEST(corrections_of_two_files_add_up)
{
	add_congress();
	correct("hide org: Shell\nmerge org: ANC = African National Congress\n");
	small_set(&made, STR(META_FIXES), str_from(fixes_path));
	small_index_finish(&made);
	assert_values("org", "ANC 7 of 1");
}
END_TEST

/* ---- confidence ---- */

START_TEST(a_least_confidence_holds_everywhere)
{
	has(KIND_PERSON, "Ann", NULL, NULL, NULL);
	sure(90);
	has(KIND_ORG, "FBI", NULL, NULL, NULL);
	add(2);
	has(KIND_ORG, "FBI", NULL, NULL, NULL);
	sure(50);
	has(KIND_PERSON, "Ann", NULL, NULL, NULL);
	sure(51);
	has(KIND_WHEN, "2024-02-06", NULL, NULL, NULL);
	sure(60);
	add(1);
	has(KIND_PERSON, "Ann", NULL, NULL, NULL);
	has(KIND_WHEN, "2024-02", NULL, NULL, NULL);
	add(4);
	small_index_finish(&made);
	assert_values("person", "Ann 7 of 1");
	least = 51;
	assert_values("person", "Ann 7 of 1");
	assert_values("org", "FBI 2 of 1");
	least = 52;
	assert_values("person", "Ann 6 of 1");
	assert_hits("person=Ann", 6);
	assert_hits("person!=Ann", 1);
	assert_hits("org=FBI", 2);
	least = 61;
	assert_hits("when=2024", 4);
	assert_hits("when=2024-02-06", 0);
	asked("person:Ann -org:fbi", NULL, "when");
	ck_assert_uint_eq(answer.total, 4);
	ck_assert_str_eq(listed(&answer), "2024-02 4 of 1");
	least = 100;
	assert_values("person", "Ann 4 of 1");
	correct("merge person: Bo = Ann\nretype org: FBI = person\n");
	assert_values("person", "Bo 4, FBI 2 of 2");
	assert_hits("person=FBI", 2);
}
END_TEST

/* Bytes that so many searches in one open index leave behind. A checked heap counts none. */
static size_t left_by(struct searcher *searcher, const struct request *request, int times)
{
	struct arena scratch = { 0 };
	const size_t before = mallinfo2().uordblks;
	for (int i = 0; i < times; i++) {
		arena_reset(&scratch);
		ck_assert_int_eq(searcher_run(searcher, request, &scratch, &answer, &err), STATUS_OK);
	}
	arena_release(&scratch);
	const size_t after = mallinfo2().uordblks;
	return after > before ? after - before : 0;
}

START_TEST(many_searches_need_no_more_room_than_one)
{
	struct str filters[] = { STR("person=Ann"), STR("person=*") };
	struct request request = { .filters = { filters, 2 }, .min_confidence = 50 };
	struct searcher *searcher;
	has(KIND_PERSON, "Ann", NULL, NULL, NULL);
	sure(90);
	add(2);
	small_index_finish(&made);
	ck_assert_int_eq(searcher_open(ONE_INDEX(made.path), &request, &searcher, &err), STATUS_OK);
	left_by(searcher, &request, 10);
	ck_assert_uint_lt(left_by(searcher, &request, 1000), 10000);
	ck_assert_uint_eq(answer.total, 2);
	searcher_close(searcher);
}
END_TEST

START_TEST(a_group_is_as_sure_as_its_surest_member)
{
	has(KIND_ORG, "ANC", NULL, NULL, NULL);
	sure(80);
	has(KIND_ORG, "African National Congress", NULL, NULL, NULL);
	sure(40);
	add(1);
	has(KIND_ORG, "African National Congress", "ANC", NULL, NULL);
	sure(70);
	add(1);
	MERGED(KIND_ORG, "ANC", "African National Congress");
	small_index_finish(&made);
	least = 75;
	assert_values("org", "African National Congress 1 of 1");
	assert_hits("org=ANC", 1);
	least = 65;
	assert_values("org", "African National Congress 2 of 1");
	correct("split org: African National Congress = ANC\n");
	assert_values("org", "ANC 2 of 1");
	assert_hits("org=ANC", 2);
	assert_hits("org=African National Congress", 0);
}
END_TEST

/* The article is sure only of the name that it left, and has the other one all the same. */
START_TEST(what_left_a_group_does_not_make_it_sure)
{
	has(KIND_ORG, "African National Congress", "ANC", NULL, NULL);
	sure(90);
	has(KIND_ORG, "Congress", NULL, NULL, NULL);
	sure(40);
	add(1);
	has(KIND_ORG, "Congress", NULL, NULL, NULL);
	add(1);
	small_index_finish(&made);
	correct("split org: African National Congress = ANC\n"
		"merge org: African National Congress = Congress\n");
	assert_values("org", "African National Congress 2, ANC 1 of 2");
	least = 60;
	assert_values("org", "ANC 1, African National Congress 1 of 2");
	assert_hits("org=African National Congress", 1);
	assert_hits("org=ANC", 1);
}
END_TEST

/* ---- names as they are typed ---- */

START_TEST(a_variant_means_whom_most_articles_mean)
{
	add_trumps();
	small_index_finish(&made);
	assert_hits("person=trump", 11);
	ck_assert_str_eq(hints(),
			 "person trump: taken as Donald Trump (9 articles); also Ivanka Trump (1)");
	ck_assert_str_eq(listed(&answer), "Donald Trump* 11, Ann 1, Ivanka Trump 1 of 3");
	asked("person:Trump", NULL, "person");
	ck_assert_uint_eq(answer.total, 11);
	assert_hits("person=The Donald", 11);
	assert_hits("person=Ann", 1);
	ck_assert_str_eq(hints(), "");
	assert_hits("person=Tru", 0);
	ck_assert_str_eq(hints(), "no article has person=Tru");
	correct("hide person: Donald Trump\n");
	assert_hits("person=trump", 1);
	/* A name that is there holds, but whoever means another is told. */
	correct("rename person: Ivanka Trump = Trump\n");
	assert_hits("person=trump", 1);
	ck_assert_str_eq(hints(), "person trump: 9 articles call Donald Trump so");
}
END_TEST

/* ---- variants ---- */

static const char *variants_of(size_t at)
{
	struct buffer text = { 0 };
	const struct variant_list *variants = &answer.facets[0].variants[at];
	for (size_t i = 0; i < variants->count; i++)
		buffer_add_format(&text, "%s%.*s %u", i ? ", " : "",
				  STR_ARG(variants->items[i].name), variants->items[i].count);
	const char *copy = arena_copy(&arena, buffer_str(&text)).data;
	buffer_release(&text);
	return copy;
}

START_TEST(values_say_what_they_are_called)
{
	add_trumps();
	small_index_finish(&made);
	assert_values("person", "Donald Trump 11, Ann 1, Ivanka Trump 1 of 3");
	ck_assert_str_eq(variants_of(0), "Trump 9, Donald Trump 7, the Donald 1");
	ck_assert_str_eq(variants_of(1), "");
	ck_assert_str_eq(variants_of(2), "Trump 1");
	correct("split person: Donald Trump = Trump\nmerge person: Donald Trump = Ann\n");
	assert_values("person", "Donald Trump 9, Trump 9, Ivanka Trump 1 of 3");
	ck_assert_str_eq(variants_of(0), "Donald Trump 7, Ann 1, the Donald 1");
	ck_assert_str_eq(variants_of(1), "");
}
END_TEST

START_TEST(variants_of_merged_names_are_counted_once)
{
	add_congress();
	MERGED(KIND_ORG, "ANC", "African National Congress");
	small_index_finish(&made);
	assert_values("org", "African National Congress 7, Shell 3 of 2");
	ck_assert_str_eq(variants_of(0), "ANC 7, African National Congress 5");
}
END_TEST

/* Names have their numbers in the order of sight, and that is not what decides. */
START_TEST(members_of_a_group_spell_a_variant_in_several_ways)
{
	has(KIND_PERSON, "Ada B. Vos", "VOS", NULL, NULL);
	add(1);
	has(KIND_PERSON, "Ada C. Vos", "Vos", "ADJE", NULL);
	add(1);
	has(KIND_PERSON, "Ada D. Vos", "VoS", "Adje", NULL);
	add(1);
	has(KIND_PERSON, "Ada Vos", "VOS", NULL, NULL);
	add(3);
	has(KIND_PERSON, "Jan Smit", NULL, NULL, NULL);
	add(1);
	MERGED(KIND_PERSON, "Ada B. Vos", "Ada Vos", "Ada C. Vos", "Ada Vos", "Ada D. Vos",
	       "Ada Vos");
	small_index_finish(&made);
	assert_values("person", "Ada Vos 6, Jan Smit 1 of 2");
	/* As the name of the group has it; else the last in the order of bytes. */
	ck_assert_str_eq(variants_of(0), "VOS 6, Adje 2");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("names");
	TCase *tests = tcase_create("all");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, without_merges_each_name_is_a_value);
	tcase_add_test(tests, an_article_counts_once_for_what_is_merged);
	tcase_add_test(tests, damaged_merges_are_told);
	tcase_add_test(tests, a_merge_makes_one_of_two);
	tcase_add_test(tests, a_merge_can_bring_in_a_new_name);
	tcase_add_test(tests, corrections_overrule_the_indexer);
	tcase_add_test(tests, a_chain_of_merges_ends_at_its_end);
	tcase_add_test(tests, a_variant_that_is_split_stands_for_itself);
	tcase_add_test(tests, what_is_split_can_be_merged);
	tcase_add_test(tests, a_variant_of_a_merged_name_leaves_with_it);
	tcase_add_test(tests, retyped_names_count_in_their_new_kind);
	tcase_add_test(tests, renamed_values_are_shown_so);
	tcase_add_test(tests, corrections_know_other_names_of_countries);
	tcase_add_test(tests, hidden_values_are_nowhere);
	tcase_add_test(tests, wrong_corrections_stop_a_search);
	tcase_add_test(tests, a_hidden_circle_is_refused);
	tcase_add_test(tests, the_index_remembers_corrections);
	tcase_add_test(tests, corrections_of_two_files_add_up);
	tcase_add_test(tests, a_least_confidence_holds_everywhere);
	tcase_add_test(tests, many_searches_need_no_more_room_than_one);
	tcase_add_test(tests, a_group_is_as_sure_as_its_surest_member);
	tcase_add_test(tests, what_left_a_group_does_not_make_it_sure);
	tcase_add_test(tests, a_variant_means_whom_most_articles_mean);
	tcase_add_test(tests, values_say_what_they_are_called);
	tcase_add_test(tests, variants_of_merged_names_are_counted_once);
	tcase_add_test(tests, members_of_a_group_spell_a_variant_in_several_ways);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
