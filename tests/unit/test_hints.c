/* What is said when there are no hits, or few: what was probably meant, and what is in the way. */
#include "../../searcher/help/meant.h"

#include "names_testing.h"

/* Adds articles with this body. */
static void text(const char *body, unsigned times)
{
	static unsigned number;
	char id[16];
	for (; times; times--) {
		snprintf(id, sizeof(id), "h%u", number++);
		next.id = id;
		next.title = "Report";
		next.body = body;
		small_index_add(&made, &next);
	}
	next = (struct small_article){ 0 };
}

static void run(const char *words, enum match_mode match, const char *one, const char *two)
{
	struct str filters[2] = { str_from(one), str_from(two) };
	struct str files[1] = { str_from(fixes_path) };
	const struct request request = {
		.words = str_from(words),
		.match = match,
		.filters = { filters, (one != NULL) + (two != NULL) },
		.fixes = { files, fixes_path[0] != '\0' },
	};
	err = (struct error){ 0 };
	const enum status status = search_run(ONE_INDEX(made.path), &request, &arena, &answer, &err);
	ck_assert_msg(status == STATUS_OK, "%s", err.text);
}

#define assert_hints(words, filter, expected)                                                      \
	do {                                                                                       \
		run(words, MATCH_ALL, filter, NULL);                                               \
		ck_assert_str_eq(hints(), expected);                                               \
	} while (0)

/* ---- words ---- */

START_TEST(a_word_that_no_article_has)
{
	text("All about cybersecurity.", 3);
	text("All about cybersecure things.", 1);
	small_index_finish(&made);
	assert_hints("cibersecurity", NULL,
		     "no article has cibersecurity: did you mean cybersecurity (3 articles)?\n"
		     "try: cybersecurity");
	ck_assert_uint_eq(answer.suggestion_count, 1);
	const struct suggestion *made_up = &answer.suggestions[0];
	ck_assert_ptr_null(made_up->field);
	assert_str(made_up->typed, "cibersecurity");
	assert_str(made_up->meant, "cybersecurity");
	ck_assert_uint_eq(made_up->has, 0);
	ck_assert_uint_eq(made_up->count, 3);
	assert_str(answer.meant_query, "cybersecurity");
	ck_assert_uint_eq(answer.meant_filters.count, 0);
}
END_TEST

/* What one article has may be a slip itself; a nearer word wins over one of more articles. */
START_TEST(the_nearest_of_two_articles_or_more)
{
	text("harbor", 1);
	text("harvest", 2);
	text("harbours", 9);
	text("harbour", 3);
	small_index_finish(&made);
	assert_hints("harbuor", NULL,
		     "no article has harbuor: did you mean harbour (3 articles)?\ntry: harbour");
	assert_hints("harvets", NULL,
		     "no article has harvets: did you mean harvest (2 articles)?\ntry: harvest");
	assert_hints("harbr", NULL, "no article has harbr");
}
END_TEST

START_TEST(short_words_are_near_everything)
{
	text("oil ship cat eagle", 5);
	small_index_finish(&made);
	assert_hints("ol", NULL, "no article has ol");
	assert_hints("oik", NULL, "no article has oik");
	assert_hints("shpi", NULL, "no article has shpi: did you mean ship (5 articles)?\ntry: ship");
	assert_hints("sxxp", NULL, "no article has sxxp");
	assert_hints("eadel", NULL, "no article has eadel");
	assert_hints("qwertzuiop", NULL, "no article has qwertzuiop");
	ck_assert_uint_eq(answer.suggestion_count, 0);
	assert_str(answer.meant_query, "");
}
END_TEST

START_TEST(the_whole_query_is_put_right)
{
	text("The government shutdown of the harbour: cyber espionage and storms.", 4);
	small_index_finish(&made);
	run("Goverment (harbour OR \"cyber espionnage\") -storm goverment", MATCH_ALL, NULL, NULL);
	assert_str(answer.meant_query,
		   "government (harbour OR \"cyber espionage\") -storm government");
	ck_assert_uint_eq(answer.suggestion_count, 2);
	ck_assert_ptr_nonnull(strstr(
		hints(), "try: 'government (harbour OR \"cyber espionage\") -storm government'"));
	run("title:reprot shutdwon-harbuor", MATCH_ALL, NULL, NULL);
	assert_str(answer.meant_query, "title:report shutdown-harbour");
	run("-storm shutdwon", MATCH_ALL, NULL, NULL);
	ck_assert_ptr_nonnull(strstr(hints(), "try: -- -storm shutdown"));
}
END_TEST

START_TEST(a_phrase_of_known_words_is_named)
{
	text("cyber attack and espionage", 2);
	small_index_finish(&made);
	assert_hints("\"espionage attack\"", NULL, "no article has \"espionage attack\"");
	assert_hints("\"the qwertz attack\"", NULL, "no article has \"the qwertz attack\"");
}
END_TEST

/* Most words are enough, or any: a missing one is told all the same, but a hundred hits need no word about slips. */
START_TEST(with_hits_too)
{
	text("storm harbour", 5);
	small_index_finish(&made);
	run("strom harbour", MATCH_AUTO, NULL, NULL);
	ck_assert_uint_eq(answer.total, 5);
	ck_assert_str_eq(hints(), "no article has both words: shown is what has one of them\n"
				  "no article has strom: did you mean storm (5 articles)?\n"
				  "try: storm harbour");
	run("strom harbour", MATCH_ANY, NULL, NULL);
	ck_assert_str_eq(hints(), "no article has strom: did you mean storm (5 articles)?\n"
				  "try: storm harbour");
	run("storm harbour", MATCH_AUTO, NULL, NULL);
	ck_assert_str_eq(hints(), "");
}
END_TEST

START_TEST(slips_that_some_articles_have)
{
	text("The goverment of Spain.", 1);
	text("The government of Spain.", 100);
	text("A parliment.", 2);
	text("A parliament.", 150);
	small_index_finish(&made);
	assert_hints("goverment", NULL,
		     "only 1 article has goverment: did you mean government (100 articles)?\n"
		     "try: government");
	ck_assert_uint_eq(answer.suggestions[0].has, 1);
	assert_hints("parliment", NULL, "");
}
END_TEST

START_TEST(an_empty_index_has_nothing_to_offer)
{
	small_index_finish(&made);
	assert_hints("storm", NULL, "the index holds no articles");
	assert_hints("", "place=Spain", "the index holds no articles");
}
END_TEST

/* ---- values ---- */

static void add_people(void)
{
	has(KIND_PERSON, "Kajsa Ollongren", NULL, NULL, NULL);
	text("Minister Ollongren.", 3);
	has(KIND_PERSON, "Mark Rutte", NULL, NULL, NULL);
	text("Rutte.", 2);
	has(KIND_PERSON, "Mark Ruttle", NULL, NULL, NULL);
	text("Ruttle.", 1);
	has(KIND_ORG, "World Bank", NULL, NULL, NULL);
	text("The bank.", 4);
	has(KIND_ORG, "Bank of England", NULL, NULL, NULL);
	text("The bank of England.", 2);
}

START_TEST(names_with_a_slip)
{
	add_people();
	small_index_finish(&made);
	assert_hints("", "person=Kasja Olongren",
		     "no article has person=Kasja Olongren: did you mean Kajsa Ollongren (3)?\n"
		     "try: --filter 'person=Kajsa Ollongren'");
	ck_assert_ptr_eq(answer.suggestions[0].field, field_find(STR("person")));
	assert_hints("", "person=Mark Ruttee",
		     "no article has person=Mark Ruttee: did you mean Mark Rutte (2) or Mark Ruttle "
		     "(1)?\ntry: --filter 'person=Mark Rutte'");
	assert_hints("person:\"kasja olongren\"", NULL,
		     "no article has person:\"kasja olongren\": did you mean Kajsa Ollongren (3)?\n"
		     "try: 'person:\"Kajsa Ollongren\"'");
}
END_TEST

START_TEST(names_by_some_of_their_words)
{
	add_people();
	small_index_finish(&made);
	assert_hints("", "org=bank",
		     "no article has org=Bank: did you mean World Bank (4) or Bank of "
		     "England (2)?\ntry: --filter 'org=World Bank'");
	assert_hints("", "org=england bank",
		     "no article has org=England Bank: did you mean Bank of England (2)?\n"
		     "try: --filter 'org=Bank of England'");
	assert_hints("org:england", NULL,
		     "no article has org:england: did you mean Bank of England (2)?\n"
		     "try: 'org:\"Bank of England\"'");
	/* No article has the word, so it is put right first. */
	assert_hints("", "org=banck",
		     "no article has org=Banck: did you mean World Bank (4) or Bank of England (2)?\n"
		     "try: --filter 'org=World Bank'");
	/* Far from the name, but not from the word of it. */
	assert_hints("", "person=olongren",
		     "no article has person=Olongren: did you mean Kajsa Ollongren (3)?\n"
		     "try: --filter 'person=Kajsa Ollongren'");
}
END_TEST

START_TEST(names_as_readers_see_them)
{
	has(KIND_ORG, "ANC", NULL, NULL, NULL);
	text("ANC.", 2);
	has(KIND_ORG, "African National Congress", NULL, NULL, NULL);
	text("Congress.", 3);
	has(KIND_ORG, "Secret Congress", NULL, NULL, NULL);
	text("Secret.", 5);
	MERGED(KIND_ORG, "ANC", "African National Congress");
	correct("hide org: Secret Congress\nrename org: African National Congress = The ANC\n");
	small_index_finish(&made);
	assert_hints("", "org=congress",
		     "no article has org=Congress: did you mean The ANC (5)?\n"
		     "try: --filter 'org=The ANC'");
}
END_TEST

START_TEST(dates_and_ids_have_no_neighbours)
{
	text("Storm.", 2);
	small_index_finish(&made);
	assert_hints("", "published=2031", "no article has published=2031");
	assert_hints("id:h99", NULL, "no article has id:h99");
}
END_TEST

/* ---- what is in the way ---- */

START_TEST(each_part_is_tried_alone)
{
	has(KIND_PLACE, "Spain", NULL, NULL, NULL);
	text("storm harbour", 3);
	has(KIND_PLACE, "China", NULL, NULL, NULL);
	text("storm vote", 2);
	small_index_finish(&made);
	assert_hints("storm vote", "place=Spain",
		     "without vote there are 3 articles\nwithout place=Spain there are 2 articles");
	assert_hints("storm -harbour", "place=Spain",
		     "without -harbour there are 3 articles\n"
		     "without place=Spain there are 2 articles");
	assert_hints("(harbour OR rain) vote", NULL,
		     "no article has rain\n"
		     "without vote there are 3 articles\n"
		     "without (harbour, rain) there are 2 articles");
	run("storm", MATCH_ALL, "place=Spain", "place!=Spain");
	ck_assert_str_eq(hints(), "without place!=Spain there are 3 articles\n"
				  "without place=Spain there are 2 articles");
	run("vote", MATCH_ALL, "place=Spain", "source=Nobody");
	ck_assert_str_eq(hints(), "no article has source=Nobody\n"
				  "without the filters there are 2 articles");
}
END_TEST

START_TEST(too_long_to_be_told)
{
	struct buffer query = { 0 };
	text("a1", 1);
	text("a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18", 1);
	small_index_finish(&made);
	for (int i = 1; i <= 18; i++)
		buffer_add_format(&query, "a%d ", i);
	assert_hints(query.data, NULL,
		     "each of these is in some article, but no article fits all of the query");
	buffer_release(&query);
}
END_TEST

/* ---- over several indexes ---- */

START_TEST(parts_count_together)
{
	struct small_index other;
	struct value_part parts[2];
	struct store *stores[2];
	struct meant_word meant;
	struct found_value *values;
	size_t count;
	has(KIND_PERSON, "Kajsa Ollongren", NULL, NULL, NULL);
	text("storm", 1);
	has(KIND_PERSON, "Kajsa Ollongreen", NULL, NULL, NULL);
	text("storms", 2);
	small_index_finish(&made);
	struct small_article article = { .id = "x", .title = "Report", .body = "storm" };
	article.values[article.value_count++] =
		(struct small_value){ KIND_PERSON, "Kajsa Ollongren" };
	struct small_index first = made;
	small_index_start(&other);
	for (int i = 0; i < 2; i++) {
		article.id = i ? "x" : "y";
		small_index_add(&other, &article);
	}
	small_index_finish(&other);
	const struct names_request request = { .min_confidence = 0 };
	const char *const paths[] = { first.path, other.path };
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(store_open(paths[i], &stores[i], &err), STATUS_OK);
		parts[i].store = stores[i];
		ck_assert_int_eq(names_open(stores[i], &request, &parts[i].names, &err), STATUS_OK);
	}
	ck_assert_int_eq(meant_word(parts, 2, "", STR("strom"), 2, &arena, &meant, &err), STATUS_OK);
	assert_str(meant.word, "storm");
	ck_assert_uint_eq(meant.count, 3);
	ck_assert_int_eq(meant_word(parts, 1, "", STR("strom"), 2, &arena, &meant, &err), STATUS_OK);
	assert_str(meant.word, "");
	ck_assert_int_eq(meant_values(parts, 2, field_find(STR("person")), STR("kajsa ollongrem"),
				      3, &arena, &values, &count, &err),
			 STATUS_OK);
	ck_assert_uint_eq(count, 1);
	assert_str(values[0].value, "Kajsa Ollongren");
	ck_assert_uint_eq(values[0].count, 3);
	const struct str keys[] = { STR("KAJSA ollongren"), STR("nobody"), STR("Kajsa-Ollongren"),
				    STR("Kajsa Ollongreen") };
	ck_assert_int_eq(found_values(parts, 2, field_find(STR("person")), keys, 4, &arena, &values,
				      &count, &err),
			 STATUS_OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_uint_eq(values[0].count, 3);
	ck_assert_uint_eq(values[1].count, 2);
	for (int i = 0; i < 2; i++) {
		names_close(parts[i].names);
		store_close(stores[i]);
	}
	small_index_remove(&other);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("hints");
	TCase *tests = tcase_create("hints");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_word_that_no_article_has);
	tcase_add_test(tests, the_nearest_of_two_articles_or_more);
	tcase_add_test(tests, short_words_are_near_everything);
	tcase_add_test(tests, the_whole_query_is_put_right);
	tcase_add_test(tests, a_phrase_of_known_words_is_named);
	tcase_add_test(tests, with_hits_too);
	tcase_add_test(tests, slips_that_some_articles_have);
	tcase_add_test(tests, an_empty_index_has_nothing_to_offer);
	tcase_add_test(tests, names_with_a_slip);
	tcase_add_test(tests, names_by_some_of_their_words);
	tcase_add_test(tests, names_as_readers_see_them);
	tcase_add_test(tests, dates_and_ids_have_no_neighbours);
	tcase_add_test(tests, each_part_is_tried_alone);
	tcase_add_test(tests, too_long_to_be_told);
	tcase_add_test(tests, parts_count_together);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
