#include "names_testing.h"

/* ---- filters ---- */

START_TEST(agencies_are_found_by_their_other_names)
{
	static const char *const ways[] = { "agency=AP", "agency=ap", "agency=Associated Press",
					    "agency=the associated press", "agency=A.P.?" };
	has(KIND_AGENCY, "Associated Press", NULL, NULL, NULL);
	add(3);
	has(KIND_AGENCY, "Agence France-Presse", NULL, NULL, NULL);
	add(2);
	has(KIND_AGENCY, "Local Wire", NULL, NULL, NULL);
	add(1);
	small_index_finish(&made);
	for (size_t i = 0; i < 4; i++) {
		assert_hits(ways[i], 3);
		ck_assert_str_eq(hints(), "");
	}
	assert_hits(ways[4], 0);
	assert_hits("agency=AFP", 2);
	assert_hits("agency!=afp", 4);
	assert_hits("agency=local wire", 1);
	asked("agency:AP", NULL, "agency");
	ck_assert_uint_eq(answer.total, 3);
	correct("merge agency: Local Wire = AP\n");
	assert_values("agency", "Local Wire 4, Agence France-Presse 2 of 2");
}
END_TEST

START_TEST(datelines_are_found_by_what_places_are_called)
{
	has(KIND_DATELINE, "Washington", NULL, NULL, NULL);
	add(3);
	has(KIND_DATELINE, "New York", NULL, NULL, NULL);
	has(KIND_PLACE, "New York", "NYC", NULL, NULL);
	add(2);
	has(KIND_PLACE, "Paris", "Lutetia", NULL, NULL);
	add(1);
	small_index_finish(&made);
	assert_hits("dateline=Washington, D.C.", 3);
	assert_hits("dateline=WASHINGTON", 3);
	ck_assert_str_eq(hints(), "");
	assert_hits("dateline=New York City", 2);
	assert_hits("dateline=NYC", 2);
	ck_assert_str_eq(hints(), "dateline NYC: taken as New York (2 articles)");
	/* A place where nobody wrote is none. */
	assert_hits("dateline=Lutetia", 0);
	ck_assert_str_eq(hints(), "no article has dateline=Lutetia");
	correct("hide dateline: New York\n");
	assert_hits("dateline=NYC", 0);
}
END_TEST

START_TEST(speakers_are_found_by_what_people_are_called)
{
	has(KIND_SPEAKER, "Kajsa Ollongren", NULL, NULL, NULL);
	has(KIND_PERSON, "Kajsa Ollongren", "Ollongren", NULL, NULL);
	add(2);
	has(KIND_PERSON, "Maria Ollongren", "Ollongren", NULL, NULL);
	add(5);
	small_index_finish(&made);
	assert_hits("speaker=ollongren", 2);
	assert_hits("person=ollongren", 5);
}
END_TEST

START_TEST(a_name_that_few_have_and_many_mean_otherwise_is_told)
{
	has(KIND_PERSON, "Bernie Sanders", "Bernie", "Bernie Sanders", NULL);
	add(5);
	has(KIND_PERSON, "Bernie", NULL, NULL, NULL);
	add(2);
	small_index_finish(&made);
	assert_hits("person=bernie", 2);
	ck_assert_str_eq(hints(), "person bernie: 5 articles call Bernie Sanders so");
	assert_hits("person=Bernie Sanders", 5);
	ck_assert_str_eq(hints(), "");
	/* By the split they call nobody else so. */
	correct("split person: Bernie Sanders = Bernie\n");
	assert_hits("person=bernie", 7);
	ck_assert_str_eq(hints(), "");
	correct("hide person: Bernie Sanders\n");
	assert_hits("person=bernie", 2);
	ck_assert_str_eq(hints(), "");
}
END_TEST

/* ---- --why is the same ---- */

/* "person Ann, org FBI" of the first hits, which have the filter that is also --why. */
static const char *shown_of(const char *filter)
{
	struct str filters[1] = { str_from(filter) }, files[1] = { str_from(fixes_path) };
	const struct request request = {
		.filters = { filters, 1 },
		.max = 100,
		.why = { filters, 1 },
		.fixes = { files, fixes_path[0] != '\0' },
	};
	struct buffer text = { 0 };
	err = (struct error){ 0 };
	ck_assert_msg(search_run(ONE_INDEX(made.path), &request, &arena, &answer, &err) == STATUS_OK,
		      "%s", err.text);
	for (size_t i = 0; i < answer.hit_count; i++)
		for (size_t k = 0; k < answer.hits[i].evidence_count; k++) {
			const struct evidence *piece = &answer.hits[i].evidence[k];
			buffer_add_format(&text, "%s%s %.*s", text.len ? ", " : "",
					  piece->field->name, STR_ARG(piece->name));
		}
	const char *copy = text.len ? arena_copy(&arena, buffer_str(&text)).data : "";
	buffer_release(&text);
	return copy;
}

static void add_obamas(void)
{
	has(KIND_PERSON, "Barack Obama", "Obama", "President Obama", NULL);
	add(2);
	has(KIND_PERSON, "Michelle Obama", "Obama", NULL, NULL);
	add(1);
	has(KIND_PERSON, "Barack", NULL, NULL, NULL);
	add(1);
}

START_TEST(evidence_is_of_what_the_filter_finds)
{
	add_obamas();
	MERGED(KIND_PERSON, "Barack", "Barack Obama");
	small_index_finish(&made);
	static const char three[] = "person Barack Obama, person Barack Obama, person Barack Obama";
	ck_assert_str_eq(shown_of("person=Obama"), three);
	ck_assert_str_eq(hints(),
			 "person Obama: taken as Barack Obama (2 articles); also Michelle Obama (1)");
	ck_assert_str_eq(shown_of("person=barack"), three);
	ck_assert_str_eq(shown_of("person=barack obama"), three);
	ck_assert_str_eq(shown_of("person=Michelle Obama"), "person Michelle Obama");
}
END_TEST

START_TEST(evidence_follows_what_is_split)
{
	add_obamas();
	small_index_finish(&made);
	correct("split person: Barack Obama = Obama\nrename person: Obama = The President\n");
	ck_assert_str_eq(shown_of("person=obama"), "person The President, person The President");
	ck_assert_str_eq(shown_of("person=Barack Obama"), "person Barack Obama, person Barack Obama");
	/* Who calls her nothing else does not count for her. */
	correct("split person: Michelle Obama = Obama\n");
	ck_assert_str_eq(shown_of("person=Michelle Obama"), "");
	ck_assert_uint_eq(answer.total, 0);
	ck_assert_str_eq(shown_of("person=obama"), "person Obama");
	correct("retype person: Michelle Obama = org\n");
	ck_assert_str_eq(shown_of("org=michelle-obama"), "org Michelle Obama");
	correct("hide person: Michelle Obama\n");
	ck_assert_str_eq(shown_of("person=michelle-obama"), "");
}
END_TEST

/* ---- more variants than the catalog keeps ---- */

enum { CALLED = SCHEMA_VARIANTS_MAX + 5 };

static char called[CALLED][16];

/* Two names, so that the terms of one are told from those of the other; the last variant is in the most articles. */
static void add_called(void)
{
	for (unsigned i = 0; i < CALLED; i++) {
		const bool is_late = i >= SCHEMA_VARIANTS_MAX && i + 1 < CALLED;
		snprintf(called[i], sizeof(called[i]), "Vos-%u", i);
		has(KIND_PERSON, "Ada Vos", called[i], is_late ? "Vos-1004" : NULL, NULL);
		add(1);
	}
	has(KIND_PERSON, "Bo Vos", "Vos-1004", "Bo", NULL);
	add(1);
}

START_TEST(variants_that_only_terms_know_are_found)
{
	add_called();
	/* As if the catalog had been full. */
	ck_assert_uint_gt(made.spelling_count, SCHEMA_VARIANTS_MAX);
	made.spelling_count = SCHEMA_VARIANTS_MAX;
	small_index_finish(&made);
	for (int again = 0; again < 2; again++) {
		asked("", NULL, "person");
		const struct variant_list *variants = &answer.facets[0].variants[0];
		ck_assert_uint_eq(variants->count, VARIANTS_MAX);
		ck_assert_uint_eq(variants->items[0].count, 5);
		assert_str(variants->items[0].name, "vos 1004");
		ck_assert_uint_eq(variants->items[1].count, 1);
	}
	correct("split person: Ada Vos = Vos-3\n");
	assert_values("person", "Ada Vos 1004, Bo Vos 1, Vos-3 1 of 3");
}
END_TEST

/* ---- corrections ---- */

static void add_two(void)
{
	has(KIND_ORG, "One", NULL, NULL, NULL);
	add(3);
	has(KIND_ORG, "Two", NULL, NULL, NULL);
	add(2);
	has(KIND_PLACE, "United States", NULL, NULL, NULL);
	add(1);
	small_index_finish(&made);
}

START_TEST(renames_count_in_any_order)
{
	add_two();
	correct("rename org: One = First\nrename org: First = Primus\n");
	assert_values("org", "Primus 3, Two 2 of 2");
	correct("rename org: First = Primus\nrename org: One = First\n");
	assert_values("org", "Primus 3, Two 2 of 2");
	assert_hits("org=first", 3);
	correct("merge org: Both = First; Two\nrename org: One = First\n");
	assert_values("org", "Both 5 of 1");
}
END_TEST

START_TEST(what_is_retyped_can_be_renamed_by_either_kind)
{
	add_two();
	correct("rename org: One = First\nretype org: One = person\n");
	assert_values("person", "First 3 of 1");
	assert_values("org", "Two 2 of 1");
	/* Whatever the order, and as the index spells it. */
	correct("retype person: ONE = other\nretype org: one = person\n");
	assert_values("other", "One 3 of 1");
	correct("rename person: One = First\nretype org: One = person\nretype org: One = person\n");
	assert_values("person", "First 3 of 1");
}
END_TEST

START_TEST(two_spellings_of_one_name_are_not_merged_into_two)
{
	add_two();
	correct("merge place: A = usa\n\nmerge place: B = U.S.\n");
	ck_assert_int_eq(ask("", NULL, "place", &answer), STATUS_BAD_INPUT);
	ck_assert_ptr_nonnull(strstr(err.text, ".fix:3: this name counts for another already"));
	ck_assert_ptr_nonnull(strstr(err.text, ".fix:1)"));
	correct("merge place: A = usa\nmerge place: A = U.S.\n");
	assert_values("place", "A 1 of 1");
}
END_TEST

/* In either order; what is at its end is found from everywhere in it. */
START_TEST(a_long_chain_takes_little_time)
{
	enum { LENGTH = 20000 };
	struct buffer lines = { 0 };
	add_two();
	for (int order = 0; order < 2; order++) {
		buffer_reset(&lines);
		for (int i = 0; i < LENGTH; i++) {
			const int at = order ? LENGTH - i - 1 : i;
			buffer_add_format(&lines, "merge org: N%d = N%d\n", at, at + 1);
		}
		buffer_add_format(&lines, "merge org: N%d = One\n", LENGTH);
		correct(lines.data);
		assert_values("org", "N0 3, Two 2 of 2");
		assert_hits("org=n7", 3);
		assert_hits("org=One", 3);
	}
	buffer_release(&lines);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("names as they are typed");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, agencies_are_found_by_their_other_names);
	tcase_add_test(tests, datelines_are_found_by_what_places_are_called);
	tcase_add_test(tests, speakers_are_found_by_what_people_are_called);
	tcase_add_test(tests, a_name_that_few_have_and_many_mean_otherwise_is_told);
	tcase_add_test(tests, evidence_is_of_what_the_filter_finds);
	tcase_add_test(tests, evidence_follows_what_is_split);
	tcase_add_test(tests, variants_that_only_terms_know_are_found);
	tcase_add_test(tests, renames_count_in_any_order);
	tcase_add_test(tests, what_is_retyped_can_be_renamed_by_either_kind);
	tcase_add_test(tests, two_spellings_of_one_name_are_not_merged_into_two);
	tcase_add_test(tests, a_long_chain_takes_little_time);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
