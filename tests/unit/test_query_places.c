/*
 * Plans of what looks at positions, and of words that stand for many: first as they are without a vocabulary, then with that of
 * an index.
 */
#include "plan_testing.h"

#include <time.h>

/* ---- without a vocabulary ---- */

START_TEST(words_beside_each_other)
{
	assert_str(planned("rain NEAR/5 coast"), "(near/5 rain coast)");
	assert_str(planned("rain ADJ coast"), "(adj/1 rain coast)");
	assert_str(planned("Caf\xC3\xA9 NEAR/5 U.S."), "(near/5 cafe us)");
	assert_str(planned("\"Rain FELL\" NEAR/5 (coast OR \"at sea\")"),
		   "(near/5 (phrase rain fell) (or coast (phrase at sea)))");
	assert_str(planned("(rain coast)@s"), "(sentence rain coast)");
	assert_str(planned("(rain NEAR/2 coast wind OR sun)@s"),
		   "(or (sentence (near/2 rain coast) wind) Zsun)");
	assert_str(planned("title:rain NEAR/5 title:coast"), "(near/5 Srain Scoast)");
	assert_str(planned("cyber-attack NEAR/5 rain"),
		   "(near/5 (or cyberattack (phrase cyber attack)) rain)");
	assert_str(planned("the NEAR/5 rain storm"), "(and (near/5 the rain) Zstorm)");
	assert_str(planned("rain NEAR/5 -coast"), "(andnot Zrain Zcoast)");
	assert_str(planned("-(rain NEAR/5 coast)"), "(andnot (all) (near/5 rain coast))");
}
END_TEST

START_TEST(names_where_they_are_mentioned)
{
	assert_str(planned("place:usa NEAR/5 rain"), "(near/5 @XLOC:united states rain)");
	assert_str(planned("person:* NEAR/5 rain"), "(near/5 @XANY:P rain)");
	assert_str(planned("\"org:reuters reported\""), "(adj/1 @XORG:reuters reported)");
	assert_str(planned("\"org:(world bank) has reported\""),
		   "(adj/1 @XORG:world bank (phrase has reported))");
	assert_str(planned("(person:* place:china)@s"), "(sentence @XANY:P @XLOC:china)");
	assert_str(planned("(place:china)@s"), "(filter XLOC:china)");
	assert_str(planned("\"place:china\""), "(filter XLOC:china)");
}
END_TEST

START_TEST(any_value_decides)
{
	assert_str(planned("person:*"), "(filter XANY:P)");
	assert_str(planned("rain -person:*"), "(andnot Zrain (filter XANY:P))");
	assert_str(planned("published:*"), "(filter (andnot (all) Yundated))");
	assert_str(planned("topic:* when:*"), "(and (filter XANY:T) (filter XANY:N))");
	ck_assert_int_eq(plan.parts[0].kind, PART_MUST);
}
END_TEST

START_TEST(weights_scale)
{
	assert_str(planned("budget^2 deficit"), "(and (scale 2 Zbudget) Zdeficit)");
	assert_str(planned("(rain coast)^0.5"), "(scale 0.5 (and Zrain Zcoast))");
	assert_str(planned("sun (rain coast)^2"), "(and Zsun (scale 2 (and Zrain Zcoast)))");
	ck_assert_uint_eq(plan.part_count, 2);
	assert_str(planned("(rain^2 OR coast)^3"), "(scale 3 (or (scale 2 Zrain) Zcoast))");
	assert_str(plan_text(plan.leaves[0].plan), "(scale 6 Zrain)");
	assert_str(plan_text(plan.leaves[1].plan), "(scale 3 Zcoast)");
	assert_str(planned("(rain NEAR/5 coast)^2"), "(scale 2 (near/5 rain coast))");
	assert_str(planned("((rain^50 coast)^20 sun)^5"),
		   "(scale 5 (and (scale 20 (and Zrain Zcoast)) Zsun))");
	assert_str(plan_text(plan.leaves[0].plan), "(scale 100 Zrain)");
	assert_str(planned("rain^0"), "(scale 0 Zrain)");
}
END_TEST

START_TEST(without_a_vocabulary_words_are_as_typed)
{
	assert_str(planned("attack*"), "attack");
	assert_str(planned("Attacks~ rain"), "(and attacks Zrain)");
	assert_str(planned("\"cyber att*\""), "(phrase cyber att)");
	assert_str(planned("person:oll*"), "(filter (or))");
	assert_str(planned("cyber-att*"), "(synonym (phrase cyber att) cyberatt)");
	ck_assert_uint_eq(plan.part_count, 1);
	ck_assert_int_eq(plan.parts[0].kind, PART_WORD);
}
END_TEST

START_TEST(a_star_needs_three_letters)
{
	static const char *const queries[] = {
		"at*",  "rain at*",   "title:a*",          "\"cyber a*\"",
		"a/b*", "person:ol*", "\xC3\xA9\xC3\xA9*", "att-a*"
	};
	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++) {
		ck_assert_int_eq(make_plan(str_from(queries[i])), STATUS_BAD_REQUEST);
		ck_assert_ptr_nonnull(strstr(refused.text, "at least 3 letters"));
	}
	/* Words of scripts without blanks are found inside longer ones anyway. */
	assert_str(planned("\xE5\x8C\x97\xE4\xBA\xAC*"), "\xE5\x8C\x97\xE4\xBA\xAC");
	assert_str(planned("\xC3\xA9\xC3\xA9\xC3\xA9*"), "\xC3\xA9\xC3\xA9\xC3\xA9");
}
END_TEST

START_TEST(leaves_of_places)
{
	assert_str(leaves("rain NEAR/5 \"at sea\""), "rain{} rain \"at sea\"{} at,sea");
	assert_str(leaves("place:usa NEAR/5 rain"), "place:usa{M} rain{} rain");
	assert_str(leaves("-(person:* NEAR/5 rain)"), "person:*{NM} rain{N} rain");
	assert_str(leaves("\"person:ada said\""), "person:ada{M} \"said\"{} said");
	assert_str(leaves("cyber-attack NEAR/5 rain"),
		   "cyber-attack{} cyberattack cyber-attack{+} cyber,attack rain{} rain");
	assert_str(leaves("person:* person:oll*"), "person:*{} person:oll*{}");
	ck_assert_uint_eq(plan.leaves[0].typed.len, 0);
	ck_assert_uint_eq(plan.leaves[1].typed.len, 0);
	planned("place:usa NEAR/5 rain");
	assert_str(plan.leaves[0].typed, "usa");
	assert_str(plan.leaves[0].value, "United States");
	/* What is put in the place of the leaf's plan is in the whole. */
	*plan.leaves[0].plan = *plan_term(&arena, STR("x"));
	assert_str(plan_text(plan.plan), "(near/5 x rain)");
}
END_TEST

START_TEST(places_are_limited)
{
	struct buffer text = { 0 };
	buffer_add_text(&text, "a NEAR/5 x");
	for (int i = 0; i < QUERY_PHRASE_MAX; i++)
		buffer_add_text(&text, "/x");
	ck_assert_int_eq(make_plan(buffer_str(&text)), STATUS_TOO_LARGE);
	buffer_add_char(&text, '~');
	ck_assert_int_eq(make_plan(buffer_str(&text)), STATUS_TOO_LARGE);
	text.len--;
	buffer_add_text(&text, "xx*");
	ck_assert_int_eq(make_plan(buffer_str(&text)), STATUS_TOO_LARGE);
	ck_assert_int_eq(make_plan(STR("\"a a a a a a a a a a a a a a a attack*\"")), STATUS_OK);
	ck_assert_int_eq(make_plan(STR("\"a a a a a a a a a a a a a a a a attack*\"")),
			 STATUS_TOO_LARGE);
	ck_assert_int_eq(make_plan(STR("\"a a a a a a a a attack* a a a a a a a a a\"")),
			 STATUS_TOO_LARGE);
	buffer_release(&text);
}
END_TEST

/* ---- relative dates ---- */

/* The day so many days before today, as it is planned when it is typed in full. */
static struct str day_term(int days_ago, const char *format)
{
	static char text[64];
	const time_t now = time(NULL);
	struct tm day;
	localtime_r(&now, &day);
	day.tm_mday -= days_ago;
	day.tm_hour = 12;
	day.tm_isdst = -1;
	mktime(&day);
	return (struct str){ text, strftime(text, sizeof(text), format, &day) };
}

static struct str canonical(const char *text)
{
	struct str value;
	small_ok(filter_canonical(field_find(STR("published")), str_from(text), &arena, &value, &err));
	return value;
}

START_TEST(dates_are_reckoned_from_today)
{
	assert_str(canonical("today"), day_term(0, "%Y-%m-%d").data);
	assert_str(canonical("Yesterday"), day_term(1, "%Y-%m-%d").data);
	assert_str(canonical("3d.."), day_term(3, "%Y-%m-%d..").data);
	assert_str(canonical("2W.."), day_term(14, "%Y-%m-%d..").data);
	assert_str(canonical("..3d"), day_term(3, "..%Y-%m-%d").data);
	assert_str(canonical("0d..today"), day_term(0, "%Y-%m-%d..%Y-%m-%d").data);
	ck_assert_uint_eq(canonical("3d..1d").len, 22);
	ck_assert_int_lt(str_compare(canonical("1y.."), canonical("6m..")), 0);
	ck_assert_int_lt(str_compare(canonical("6m.."), canonical("2w..")), 0);
	const struct str year = canonical("1y..");
	ck_assert_int_eq(strtol(year.data, NULL, 10), strtol(day_term(0, "%Y").data, NULL, 10) - 1);
	/* 12 months are a year, and a month is never 13 or 0. */
	assert_str(canonical("12m.."), canonical("1y..").data);
	for (int months = 0; months < 30; months++) {
		char text[16];
		struct date date;
		snprintf(text, sizeof(text), "%dm..", months);
		const struct str from = canonical(text);
		ck_assert_uint_eq(from.len, 12);
		ck_assert(date_parse((struct str){ from.data, 10 }, &date));
	}
}
END_TEST

START_TEST(what_is_no_time_ago_is_no_date)
{
	static const char *const texts[] = { "3d",      "3x..",  "d..",   "123456d..",
					     "9999y..", "-3d..", "1d..3d" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct str value;
		struct error error;
		ck_assert_int_eq(filter_canonical(field_find(STR("published")), str_from(texts[i]),
						  &arena, &value, &error),
				 STATUS_BAD_REQUEST);
	}
}
END_TEST

START_TEST(filters_take_any_value_and_times_ago)
{
	struct filter filter;
	small_ok(filter_parse(STR("person=*"), NULL, &arena, &filter, &err));
	assert_str(plan_text(filter.plan), "XANY:P");
	assert_str(filter.value, "*");
	small_ok(filter_parse(STR("published!=*"), NULL, &arena, &filter, &err));
	ck_assert(filter.excluded);
	assert_str(plan_text(filter.plan), "(andnot (all) Yundated)");
	small_ok(filter_parse(STR("published=3d.."), NULL, &arena, &filter, &err));
	assert_str(filter.value, canonical("3d..").data);
}
END_TEST

/* ---- with the vocabulary of an index ---- */

static const struct small_article articles[] = {
	{ .id = "a",
	  .title = "Attacks",
	  .body = "Attackers attacked the coast. An attack on hackers; a hacked site hacks on.",
	  .values = { { KIND_PERSON, "Kajsa Ollongren" }, { KIND_PLACE, "China" } },
	  .value_count = 2 },
	{ .id = "b",
	  .title = "Attic",
	  .body = "Attacking attackers. Caf\xC3\xA9s near the caf\xC3\xA9; going, gone, goes. Back pack.",
	  .values = { { KIND_PERSON, "Olle Olsson" } },
	  .value_count = 1 },
	{ .id = "c",
	  .title = "Attics",
	  .body = "Happy happiness, happier cafe. Attack attack 1987 1987s." },
};

static struct small_index made;
static struct store *store;
static struct vocabulary words;

static void make_index(void)
{
	small_index_start(&made);
	for (size_t i = 0; i < sizeof(articles) / sizeof(*articles); i++)
		small_index_add(&made, &articles[i]);
	small_index_finish(&made);
	small_ok(store_open(made.path, &store, &err));
	words = (struct vocabulary){ &store, 1 };
}

static void remove_index(void)
{
	store_close(store);
	small_index_remove(&made);
}

static void use_words(void)
{
	set_up();
	vocabulary = &words;
}

START_TEST(words_near_others_are_all_their_forms)
{
	assert_str(planned("attack NEAR/5 coast"),
		   "(near/5 (synonym attack attackers attacked attacking attacks) coast)");
	assert_str(planned("(happy cafe)@s"),
		   "(sentence (synonym happiness happy) (synonym cafe cafes))");
	assert_str(planned("cafe NEAR/5 x"), "(near/5 (synonym cafe cafes) x)");
	assert_str(planned("\"attack\" NEAR/5 coast"), "(near/5 attack coast)");
	assert_str(planned("title:attic NEAR/5 x"), "(near/5 (synonym Sattic Sattics) x)");
	/* Two letters have endings, too; one is a letter and a number a number. */
	assert_str(planned("go NEAR/5 a"), "(near/5 going a)");
	assert_str(planned("1987 NEAR/5 x"), "(near/5 1987 x)");
	/* In all languages; what none of them has is looked for as typed. */
	use_languages("en nl");
	assert_str(planned("hacks ADJ zzz"), "(adj/1 (synonym hacked hacks) zzz)");
	assert_str(leaves("hacks ADJ zzz"), "hacks{} hacked|hacks zzz{} zzz");
}
END_TEST

START_TEST(words_that_begin_so)
{
	assert_str(planned("attack*"), "(synonym attack attackers attacked attacking attacks)");
	assert_str(planned("title:att*"), "(synonym Sattacks Sattic Sattics)");
	assert_str(planned("\"the caf*\""), "(phrase the (synonym cafe cafes))");
	assert_str(planned("caf\xC3\xA9*"), "(synonym caf\xC3\xA9 caf\xC3\xA9s)");
	assert_str(planned("zzz*"), "zzz");
	assert_str(leaves("hack*"), "hack*{} hacked|hackers|hacks");
	assert_str(leaves("\"a hack*\""), "\"a hack*\"{} a,hacked|hackers|hacks");
	assert_str(leaves("title:\"x-y hack*\""),
		   "title:\"x-y\"{T} x,y title:\"x-y\"{T+} xy title:hack*{T} hack");
	ck_assert_uint_eq(plan.hints.count, 0);
	assert_str(planned("attack* NEAR/5 hack*"),
		   "(near/5 (synonym attack attackers attacked attacking attacks) "
		   "(synonym hacked hackers hacks))");
}
END_TEST

START_TEST(names_that_begin_so)
{
	assert_str(planned("person:oll*"), "(filter XPER:olle olsson)");
	assert_str(planned("person:\"Kajsa Oll*\""), "(filter XPER:kajsa ollongren)");
	assert_str(planned("person:zzz*"), "(filter (or))");
	assert_str(planned("person:kaj* NEAR/5 coast"), "(near/5 @XPER:kajsa ollongren coast)");
}
END_TEST

START_TEST(words_spelt_alike)
{
	assert_str(planned("atack~"), "attack");
	ck_assert(hinted("atack~1 stands for attack"));
	assert_str(planned("hacks~"), "hacks");
	ck_assert_uint_eq(plan.hints.count, 0);
	assert_str(planned("atacks~2"), "(synonym attacks attack hacks)");
	ck_assert(hinted("atacks~2 stands for attacks, attack, hacks"));
	assert_str(planned("title:atics~"), "Sattics");
	planned("gon~2");
	ck_assert(hinted("gon~2 is taken as ~1"));
	planned("cyber-atack~");
	ck_assert(hinted("is several words"));
	assert_str(leaves("atack~"), "atack~1{} attack");
}
END_TEST

START_TEST(more_forms_than_are_taken)
{
	struct small_index many;
	struct store *opened;
	struct buffer body = { 0 };
	small_index_start(&many);
	for (int i = 0; i < 3; i++) {
		buffer_reset(&body);
		for (int k = 0; k < 250; k++)
			buffer_add_format(&body, "prefix%d ", i * 200 + k);
		small_index_add(&many,
				&(struct small_article){ .id = "a", .title = "", .body = body.data });
	}
	small_index_finish(&many);
	small_ok(store_open(many.path, &opened, &err));
	const struct vocabulary one = { &opened, 1 };
	vocabulary = &one;
	planned("prefix*");
	ck_assert_uint_eq(plan.plan->count, PREFIX_FORMS_MAX);
	ck_assert(hinted(
		"prefix* is looked for as the 500 most frequent words that begin so, 150 are left out"));
	/* Those of two articles are all there. */
	ck_assert_uint_eq(plan.leaves[0].words[0].count, PREFIX_FORMS_MAX);
	assert_str(plan.leaves[0].words[0].items[0], "prefix200");
	/* Over two indexes the frequencies are added, and no word comes twice. */
	struct store *both[] = { opened, store };
	const struct vocabulary two = { both, 2 };
	vocabulary = &two;
	planned("prefix*");
	ck_assert_uint_eq(plan.plan->count, PREFIX_FORMS_MAX);
	assert_str(planned("attack NEAR/5 prefix7"),
		   "(near/5 (synonym attack attackers attacked attacking attacks) prefix7)");
	assert_str(planned("atack~"), "attack");
	store_close(opened);
	small_index_remove(&many);
	buffer_release(&body);
}
END_TEST

/* Whatever is thrown together has a plan that the index takes, or is refused in words. */
START_TEST(any_mixture_is_planned)
{
	static const char *const pieces[] = {
		"attack",
		"coast",
		"hack*",
		"atack~",
		"the",
		"\"an attack\"",
		"\"a hack* site\"",
		"(",
		"(",
		")",
		")@s",
		"OR",
		"-",
		"NEAR/3",
		"ADJ",
		"NEAR",
		"person:*",
		"^2",
		")^.5",
		"title:",
		"place:china",
		"person:kaj*",
		"\"person:* of\"",
		"published:3y..",
		"going",
		"\xE5\x8C\x97\xE4\xBA\xAC",
	};
	const int piece_count = sizeof(pieces) / sizeof(*pieces);
	struct buffer text = { 0 };
	size_t taken = 0;
	srand(20240207);
	for (int round = 0; round < 4000; round++) {
		buffer_reset(&text);
		for (int i = rand() % 12; i >= 0; i--)
			buffer_add_format(&text, "%s%s", pieces[rand() % piece_count],
					  rand() % 8 ? " " : "");
		const enum status status = make_plan(buffer_str(&text));
		ck_assert_msg(status == STATUS_OK || refused.text[0], "%s", text.data);
		struct docset set = { 0 };
		if (status == STATUS_OK && plan.plan) {
			ck_assert_msg(store_match(store, plan.plan, &set, &refused) == STATUS_OK,
				      "%s: %s", text.data, refused.text);
			taken += docset_count(&set) > 0;
		}
		for (size_t i = 0; status == STATUS_OK && i < plan.leaf_count; i++) {
			struct docset leaf = { 0 };
			if (!plan.leaves[i].plan)
				continue;
			ck_assert_int_eq(store_match(store, plan.leaves[i].plan, &leaf, &refused),
					 STATUS_OK);
			docset_release(&leaf);
		}
		docset_release(&set);
		arena_reset(&arena);
	}
	ck_assert_uint_gt(taken, 200);
	buffer_release(&text);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("query_places");
	TCase *plans = tcase_create("plans");
	tcase_add_checked_fixture(plans, set_up, tear_down);
	tcase_add_test(plans, words_beside_each_other);
	tcase_add_test(plans, names_where_they_are_mentioned);
	tcase_add_test(plans, any_value_decides);
	tcase_add_test(plans, weights_scale);
	tcase_add_test(plans, without_a_vocabulary_words_are_as_typed);
	tcase_add_test(plans, a_star_needs_three_letters);
	tcase_add_test(plans, leaves_of_places);
	tcase_add_test(plans, places_are_limited);
	tcase_add_test(plans, dates_are_reckoned_from_today);
	tcase_add_test(plans, what_is_no_time_ago_is_no_date);
	tcase_add_test(plans, filters_take_any_value_and_times_ago);
	suite_add_tcase(suite, plans);
	TCase *known = tcase_create("vocabulary");
	tcase_add_unchecked_fixture(known, make_index, remove_index);
	tcase_add_checked_fixture(known, use_words, tear_down);
	tcase_set_timeout(known, 60);
	tcase_add_test(known, words_near_others_are_all_their_forms);
	tcase_add_test(known, words_that_begin_so);
	tcase_add_test(known, names_that_begin_so);
	tcase_add_test(known, words_spelt_alike);
	tcase_add_test(known, more_forms_than_are_taken);
	tcase_add_test(known, any_mixture_is_planned);
	suite_add_tcase(suite, known);
	return suite;
}

TEST_MAIN(make_suite)
