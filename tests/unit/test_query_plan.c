/*
 * Trees to plans: first the plans as they are, then what they find in an index. Articles are analysed by the analyser
 * of the programs, so what is promised of words is tried from end to end.
 */
#include "plan_testing.h"

/* ---- words ---- */

START_TEST(words_are_stems)
{
	assert_str(planned("rain"), "Zrain");
	assert_str(planned("ATTACKED"), "Zattack");
	assert_str(planned("attacks rained"), "(and Zattack Zrain)");
	assert_str(planned("title:raining"), "ZSrain");
	assert_str(planned("Ollongren's"), "Zollongren");
	assert_str(planned("1,234"), "Z1234");
}
END_TEST

START_TEST(quoted_words_are_exact)
{
	assert_str(planned("\"attacks\""), "attacks");
	assert_str(planned("\"Rain FELL\""), "(phrase rain fell)");
	assert_str(planned("title:\"rain fell\""), "(phrase Srain Sfell)");
	assert_str(planned("\"caf\xC3\xA9\""), "caf\xC3\xA9");
	assert_str(planned("\"cafe\""), "cafe");
	assert_str(planned("\"U.S.\""), "u.s.");
}
END_TEST

START_TEST(a_stem_in_each_language)
{
	use_languages("");
	assert_str(planned("attacks"), "Zattacks");
	use_languages("en de");
	assert_str(planned("running"), "(synonym (and Zrun (filter XSTEM:en)) "
				       "(and Zrunning (filter XSTEM:de)))");
	assert_str(planned("rain"), "Zrain");
	languages[1] = NULL;
	assert_str(planned("attacks"), "(synonym (and Zattack (filter XSTEM:en)) "
				       "(and Zattacks (filter XSTEM:und)))");
	assert_str(planned("\"attacks\""), "attacks");
	assert_str(planned("title:attacks"), "(synonym (and ZSattack (filter XSTEM:en)) "
					     "(and ZSattacks (filter XSTEM:und)))");
}
END_TEST

START_TEST(languages_that_part_words_differently)
{
	use_languages("en fr");
	assert_str(planned("l'avion"), "(synonym (and Zl'avion (filter XSTEM:en)) "
				       "(and Zavion (filter XSTEM:fr)))");
	assert_str(planned("\"l'avion\""), "(synonym l'avion avion)");
	ck_assert_uint_eq(plan.leaf_count, 2);
	assert_str(planned("\"dans l'avion\""),
		   "(synonym (phrase dans l'avion) (phrase dans avion))");
}
END_TEST

START_TEST(hyphenated_words_are_joined_or_together)
{
	assert_str(planned("cyber-attack"), "(synonym Zcyberattack (phrase cyber attack))");
	assert_str(planned("title:cyber-attack"), "(synonym ZScyberattack (phrase Scyber Sattack))");
	assert_str(planned("\"cyber-attack wave\""),
		   "(synonym (phrase cyber attack wave) (phrase cyberattack wave))");
	assert_str(planned("\"cyber-attack\""), "(synonym (phrase cyber attack) cyberattack)");
	assert_str(planned("x/cyber-attack"),
		   "(synonym (phrase x cyber attack) (phrase x cyberattack))");
}
END_TEST

START_TEST(split_words_are_phrases)
{
	assert_str(planned("12:30"), "(phrase 12 30)");
	assert_str(planned("\xE5\x8C\x97\xE4\xBA\xAC\xE5\xB8\x82"),
		   "(phrase \xE5\x8C\x97\xE4\xBA\xAC \xE4\xBA\xAC\xE5\xB8\x82)");
	assert_str(planned("\xE5\x8C\x97\xE4\xBA\xAC"), "Z\xE5\x8C\x97\xE4\xBA\xAC");
	assert_str(planned("caf\xC3\xA9/bar"), "(phrase cafe bar)");
}
END_TEST

START_TEST(what_has_marks_is_found_without)
{
	assert_str(planned("AT&T"), "Zatt");
	assert_str(planned("S\xC3\xA3o"), "Zsao");
	assert_str(planned("\"AT&T\""), "at&t");
	/* Without its accent the word has another stem, and that is how others write it. */
	assert_str(planned("clich\xC3\xA9s"), "(synonym Zcliche Zclich)");
	assert_str(planned("cliches"), "Zclich");
}
END_TEST

/* ---- operators ---- */

START_TEST(operators_become_plans)
{
	assert_str(planned("p q"), "(and Zp Zq)");
	assert_str(planned("p OR q"), "(or Zp Zq)");
	assert_str(planned("p -q"), "(andnot Zp Zq)");
	assert_str(planned("p -q r -s"), "(andnot (and Zp Zr) Zq Zs)");
	assert_str(planned("p (q OR r)"), "(and Zp (or Zq Zr))");
	assert_str(planned("(p -q) r"), "(and (andnot Zp Zq) Zr)");
	assert_str(planned("p AND q"), "(and Zp Zq)");
	assert_str(planned("p -q AND r"), "(andnot (and Zp Zr) Zq)");
}
END_TEST

START_TEST(not_alone_is_all_but)
{
	assert_str(planned("-a"), "(andnot (all) Za)");
	assert_str(planned("-a -b"), "(andnot (all) Za Zb)");
	assert_str(planned("a OR -b"), "(or Za (andnot (all) Zb))");
	assert_str(planned("-(a -b)"), "(andnot (all) (andnot Za Zb))");
	assert_str(planned("-(a OR b)"), "(andnot (all) (or Za Zb))");
}
END_TEST

START_TEST(no_words_are_no_plan)
{
	assert_str(planned(""), "");
	assert_str(planned("&&"), "");
	assert_str(planned("()"), "");
	ck_assert_ptr_null(plan.plan);
	ck_assert_uint_eq(plan.leaf_count, 0);
}
END_TEST

START_TEST(values_are_terms_that_weigh_nothing)
{
	assert_str(planned("place:china"), "(filter XLOC:china)");
	assert_str(planned("place:usa"), "(filter XLOC:united states)");
	assert_str(planned("author:\"Ada Vos\""), "(filter Aada vos)");
	assert_str(planned("language:English"), "(filter Len)");
	assert_str(planned("id:A-1/b"), "(filter QA-1/b)");
	assert_str(planned("published:2024"), "(filter Y2024)");
	assert_str(planned("published:2024-01..2024-02"), "(filter (or M202401 M202402))");
	assert_str(planned("rain -place:china"), "(andnot Zrain (filter XLOC:china))");
}
END_TEST

START_TEST(bad_dates_are_refused)
{
	ck_assert_int_eq(make_plan(STR("rain published:soon")), STATUS_BAD_REQUEST);
	ck_assert_ptr_nonnull(strstr(refused.text, "soon"));
	ck_assert_int_eq(make_plan(STR("rain OR -(published:2024..2023)")), STATUS_BAD_REQUEST);
}
END_TEST

/* ---- leaves ---- */

START_TEST(leaves_say_what_was_looked_for)
{
	assert_str(leaves("attacks"), "attacks{S} attack");
	assert_str(leaves("\"rain fell\" -wind"), "\"rain fell\"{} rain,fell wind{NS} wind");
	assert_str(leaves("title:Raining"), "title:Raining{TS} rain");
	assert_str(leaves("headline:\"rain fell\""), "title:\"rain fell\"{T} rain,fell");
	assert_str(leaves("author:\"Ada Vos\" place:china"), "author:\"Ada Vos\"{} place:china{}");
	assert_str(leaves("cyber-attack"),
		   "cyber-attack{S} cyberattack cyber-attack{+} cyber,attack");
	assert_str(leaves("-(a -b)"), "a{NS} a b{S} b");
	use_languages("en de");
	assert_str(leaves("running"), "running{S} run|running");
}
END_TEST

START_TEST(each_leaf_has_its_own_plan)
{
	planned("a -(\"b c\" OR place:china)");
	ck_assert_uint_eq(plan.leaf_count, 3);
	assert_str(plan_text(plan.leaves[0].plan), "Za");
	assert_str(plan_text(plan.leaves[1].plan), "(phrase b c)");
	assert_str(plan_text(plan.leaves[2].plan), "(filter XLOC:china)");
}
END_TEST

START_TEST(leaves_outlive_the_analysers_words)
{
	planned("attacks \"rain fell\"");
	analyser_trim(analyser, 0);
	analyser_free(analyser);
	analyser = analyser_new();
	assert_str(plan.leaves[0].words[0].items[0], "attack");
	assert_str(plan.leaves[1].words[1].items[0], "fell");
}
END_TEST

/* ---- limits ---- */

static struct str repeated(const char *piece, size_t times, const char *end, struct buffer *out)
{
	buffer_reset(out);
	for (size_t i = 0; i < times; i++)
		buffer_add_text(out, piece);
	buffer_add_text(out, end);
	return buffer_str(out);
}

static void assert_too_large(struct str text, const char *limit)
{
	ck_assert_int_eq(make_plan(text), STATUS_TOO_LARGE);
	ck_assert_msg(strstr(refused.text, limit) != NULL, "\"%s\" does not name %s", refused.text,
		      limit);
}

START_TEST(phrases_are_limited)
{
	struct buffer text = { 0 };
	ck_assert_int_eq(make_plan(repeated("\"a a a a a a a a a a a a a a a a", 1, "\"", &text)),
			 STATUS_OK);
	ck_assert_uint_eq(plan.plan->count, QUERY_PHRASE_MAX);
	assert_too_large(STR("\"a a a a a a a a a a a a a a a a a\""), "16 words");
	assert_too_large(STR("\"a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a\""), "16 words");
	buffer_release(&text);
}
END_TEST

/* Nobody counts the words of an address; it becomes several phrases that hold on to each other. */
START_TEST(long_words_become_several_phrases)
{
	struct buffer text = { 0 };
	for (size_t words = 2; words <= QUERY_WORDS_MAX; words++) {
		buffer_reset(&text);
		for (size_t i = 0; i < words; i++)
			buffer_add_format(&text, "%sw%zu", i ? "/" : "", i);
		ck_assert_int_eq(make_plan(buffer_str(&text)), STATUS_OK);
		const bool is_one = plan.plan->op == PLAN_PHRASE;
		ck_assert(is_one == (words <= QUERY_PHRASE_MAX));
		/* Every word is there, and begins where the phrase before ends. */
		size_t next = 0;
		for (size_t i = 0; i < (is_one ? 1 : plan.plan->count); i++) {
			const struct plan *run = is_one ? plan.plan : plan.plan->kids[i];
			next -= i > 0;
			ck_assert_uint_gt(run->count, 1);
			for (size_t k = 0; k < run->count; k++) {
				char term[16];
				snprintf(term, sizeof(term), "w%zu", next++);
				assert_str(run->kids[k]->term, term);
			}
		}
		ck_assert_uint_eq(next, words);
		ck_assert_uint_eq(plan.leaves[0].word_count, words);
	}
	buffer_release(&text);
}
END_TEST

START_TEST(words_are_limited_after_splitting)
{
	struct buffer text = { 0 };
	ck_assert_int_eq(make_plan(repeated("a/", QUERY_WORDS_MAX, "", &text)), STATUS_OK);
	assert_too_large(repeated("a/", QUERY_WORDS_MAX + 1, "", &text), "512 words");
	assert_too_large(repeated("a/", 2000, "", &text), "512 words");
	assert_too_large(repeated("\xE5\x8C\x97", 1000, "", &text), "512 words");
	assert_too_large(repeated("a/b/c ", 180, "", &text), "512 words");
	buffer_release(&text);
}
END_TEST

START_TEST(long_words_are_cut_as_in_articles)
{
	struct buffer text = { 0 };
	ck_assert_int_eq(make_plan(repeated("x", QUERY_BYTES_MAX, "", &text)), STATUS_OK);
	ck_assert_int_eq(plan.plan->op, PLAN_TERM);
	ck_assert_uint_le(plan.plan->term.len, 1 + TEXT_WORD_MAX);
	buffer_release(&text);
}
END_TEST

START_TEST(makers_keep_their_promises)
{
	struct plan *kids[] = { plan_term(&arena, STR("a")), plan_term(&arena, STR("b")) };
	ck_assert_ptr_eq(plan_join(&arena, PLAN_AND, kids, 1), kids[0]);
	ck_assert_ptr_eq(plan_join(&arena, PLAN_OR, kids, 1), kids[0]);
	assert_str(plan_text(plan_join(&arena, PLAN_FILTER, kids, 1)), "(filter a)");
	assert_str(plan_text(plan_join(&arena, PLAN_OR, NULL, 0)), "(or)");
	struct plan *both = plan_join(&arena, PLAN_AND, kids, 2);
	kids[0] = kids[1];
	assert_str(plan_text(both), "(and a b)");
}
END_TEST

/* ---- what is found ---- */

static const struct small_article articles[] = {
	{ .id = "a",
	  .title = "Rain",
	  .body = "The rain fell on the coast. Two attacks.",
	  .date = "2024-02-07",
	  .values = { { KIND_PLACE, "United States" }, { KIND_AUTHOR, "Ada Vos" } },
	  .value_count = 2 },
	{ .id = "b",
	  .title = "Caf\xC3\xA9",
	  .body = "A caf\xC3\xA9 in S\xC3\xA3o Paulo; the U.S. sued AT&T.",
	  .date = "2024" },
	{ .id = "c",
	  .title = "CAFE",
	  .body = "A CAFE IN SAO PAULO. Fell winds and rain inland; a cyber-attack.",
	  .values = { { KIND_PLACE, "Netherlands" } },
	  .value_count = 1 },
	{ .id = "d",
	  .title = "Calm",
	  .body = "It rained later. Cyberattacks on \xE5\x8C\x97\xE4\xBA\xAC\xE5\xB8\x82 and us.",
	  .date = "1987-02" },
	{ .id = "e",
	  .title = "Cyber attack",
	  .body = "ATT and \xE4\xBA\xAC\xE5\xB8\x82, then \xE5\x8C\x97\xE4\xBA\xAC; see "
		  "http://a.b/c-d?e=1&f=2#g/h/i/j/k/l/m/n/o/p/q/r for more.",
	  .date = "1987-02-26" },
};

static struct small_index made;
static struct store *store;

static void make_index(void)
{
	small_index_start(&made);
	for (size_t i = 0; i < sizeof(articles) / sizeof(*articles); i++)
		small_index_add(&made, &articles[i]);
	small_index_finish(&made);
	small_ok(store_open(made.path, &store, &err));
}

static void remove_index(void)
{
	store_close(store);
	small_index_remove(&made);
}

/* The ids of the articles that match, in the order of the index; once by sets, once by libxapian's matcher. */
static const char *found(const char *text)
{
	static char ids[16];
	struct docset set;
	uint32_t count;
	planned(text);
	small_ok(store_match(store, plan.plan, &set, &err));
	small_ok(store_recount(store, plan.plan, &count, &err));
	ck_assert_uint_eq(count, docset_count(&set));
	size_t len = 0;
	for (uint32_t id = 0; (id = docset_next(&set, id + 1));)
		ids[len++] = articles[id - 1].id[0];
	ids[len] = 0;
	docset_release(&set);
	return ids;
}

START_TEST(words_find_their_forms)
{
	ck_assert_str_eq(found("raining"), "acd");
	ck_assert_str_eq(found("\"rain\""), "ac");
	ck_assert_str_eq(found("title:rain"), "a");
	ck_assert_str_eq(found("RAIN coast"), "a");
	ck_assert_str_eq(found("rain -coast"), "cd");
	ck_assert_str_eq(found("-rain"), "be");
	ck_assert_str_eq(found("coast OR sued"), "ab");
}
END_TEST

START_TEST(phrases_find_their_order)
{
	ck_assert_str_eq(found("\"rain fell\""), "a");
	ck_assert_str_eq(found("\"fell rain\""), "");
	ck_assert_str_eq(found("\"rain fall\""), "");
	ck_assert_str_eq(found("title:\"cyber attack\""), "e");
	ck_assert_str_eq(found("title:\"rain fell\""), "");
	/* A title is followed by the body, but not by its words. */
	ck_assert_str_eq(found("\"rain the rain\""), "");
}
END_TEST

START_TEST(accents_and_acronyms_find_each_other)
{
	ck_assert_str_eq(found("cafe"), "bc");
	ck_assert_str_eq(found("caf\xC3\xA9"), "bc");
	ck_assert_str_eq(found("\"caf\xC3\xA9\""), "b");
	ck_assert_str_eq(found("\"cafe\""), "bc");
	ck_assert_str_eq(found("\"Sao Paulo\""), "bc");
	ck_assert_str_eq(found("\"S\xC3\xA3o Paulo\""), "b");
	ck_assert_str_eq(found("AT&T"), "be");
	ck_assert_str_eq(found("att"), "be");
	ck_assert_str_eq(found("U.S."), "bd");
	ck_assert_str_eq(found("us"), "bd");
	ck_assert_str_eq(found("\"U.S.\""), "b");
}
END_TEST

START_TEST(hyphens_find_both_ways)
{
	ck_assert_str_eq(found("cyber-attack"), "cde");
	ck_assert_str_eq(found("cyberattack"), "cd");
	ck_assert_str_eq(found("\"cyber attack\""), "ce");
	ck_assert_str_eq(found("\"cyber-attack\""), "ce");
	ck_assert_str_eq(found("\"cyber-attacks\""), "d");
}
END_TEST

START_TEST(characters_find_their_neighbours)
{
	ck_assert_str_eq(found("\xE5\x8C\x97\xE4\xBA\xAC"), "de");
	ck_assert_str_eq(found("\xE5\x8C\x97\xE4\xBA\xAC\xE5\xB8\x82"), "d");
	ck_assert_str_eq(found("\"\xE5\x8C\x97\xE4\xBA\xAC\xE5\xB8\x82\""), "d");
}
END_TEST

START_TEST(addresses_are_found_whole)
{
	ck_assert_str_eq(found("http://a.b/c-d?e=1&f=2#g/h/i/j/k/l/m/n/o/p/q/r"), "e");
	ck_assert_str_eq(found("http://a.b/c-d?e=1&f=2#g/h/i/j/k/l/m/n/o/p/r/q"), "");
}
END_TEST

START_TEST(values_and_dates_are_found)
{
	ck_assert_str_eq(found("place:usa"), "a");
	ck_assert_str_eq(found("country:dutch rain"), "c");
	ck_assert_str_eq(found("author:\"ada vos\""), "a");
	ck_assert_str_eq(found("author:vos"), "");
	ck_assert_str_eq(found("id:b OR id:d"), "bd");
	ck_assert_str_eq(found("-place:usa rain"), "cd");
	ck_assert_str_eq(found("published:2024"), "ab");
	ck_assert_str_eq(found("published:1987-02"), "de");
	ck_assert_str_eq(found("published:1987-01..1987-03"), "de");
	ck_assert_str_eq(found("published:..2000"), "de");
	ck_assert_str_eq(found("published:2024-02.."), "a");
	ck_assert_str_eq(found("published:undated"), "c");
	ck_assert_str_eq(found("published:2024-XX"), "b");
	ck_assert_str_eq(found("published:1987-02-XX"), "d");
}
END_TEST

static bool is_year(const struct years *years, size_t i, int year)
{
	return i < years->count && years->items[i] == year;
}

START_TEST(the_years_of_an_index_are_read)
{
	struct years years;
	small_ok(query_read_years(store, &arena, &years, &err));
	ck_assert_uint_eq(years.count, 2);
	ck_assert(is_year(&years, 0, 1987) && is_year(&years, 1, 2024));
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("query_plan");
	TCase *plans = tcase_create("plans");
	tcase_add_checked_fixture(plans, set_up, tear_down);
	tcase_set_timeout(plans, 60);
	tcase_add_test(plans, words_are_stems);
	tcase_add_test(plans, quoted_words_are_exact);
	tcase_add_test(plans, a_stem_in_each_language);
	tcase_add_test(plans, languages_that_part_words_differently);
	tcase_add_test(plans, hyphenated_words_are_joined_or_together);
	tcase_add_test(plans, split_words_are_phrases);
	tcase_add_test(plans, what_has_marks_is_found_without);
	tcase_add_test(plans, operators_become_plans);
	tcase_add_test(plans, not_alone_is_all_but);
	tcase_add_test(plans, no_words_are_no_plan);
	tcase_add_test(plans, values_are_terms_that_weigh_nothing);
	tcase_add_test(plans, bad_dates_are_refused);
	tcase_add_test(plans, leaves_say_what_was_looked_for);
	tcase_add_test(plans, each_leaf_has_its_own_plan);
	tcase_add_test(plans, leaves_outlive_the_analysers_words);
	tcase_add_test(plans, phrases_are_limited);
	tcase_add_test(plans, long_words_become_several_phrases);
	tcase_add_test(plans, words_are_limited_after_splitting);
	tcase_add_test(plans, long_words_are_cut_as_in_articles);
	tcase_add_test(plans, makers_keep_their_promises);
	suite_add_tcase(suite, plans);
	TCase *finds = tcase_create("finds");
	tcase_add_unchecked_fixture(finds, make_index, remove_index);
	tcase_add_checked_fixture(finds, set_up, tear_down);
	tcase_set_timeout(finds, 60);
	tcase_add_test(finds, words_find_their_forms);
	tcase_add_test(finds, phrases_find_their_order);
	tcase_add_test(finds, accents_and_acronyms_find_each_other);
	tcase_add_test(finds, hyphens_find_both_ways);
	tcase_add_test(finds, characters_find_their_neighbours);
	tcase_add_test(finds, addresses_are_found_whole);
	tcase_add_test(finds, values_and_dates_are_found);
	tcase_add_test(finds, the_years_of_an_index_are_read);
	suite_add_tcase(suite, finds);
	return suite;
}

TEST_MAIN(make_suite)
