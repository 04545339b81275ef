/* The parts of a query, of which --match takes all, most or any; and the words that weigh nothing. */
#include "plan_testing.h"

START_TEST(common_words_weigh_nothing)
{
	assert_str(planned("fall of the Wall"), "(and Zfall (filter Zof) (filter Zthe) Zwall)");
	assert_str(planned("the rain, THE storm"), "(and (filter Zthe) Zrain Zthe Zstorm)");
	assert_str(planned("rain -the"), "(andnot Zrain (filter Zthe))");
	assert_str(planned("rain OR the"), "(or Zrain (filter Zthe))");
	/* Not where they are all there is, where they are quoted or in the title, and where they are names. */
	assert_str(planned("the"), "Zthe");
	assert_str(planned("to be or not to be"), "(and Zto Zbe Zor Znot Zto Zbe)");
	assert_str(planned("rain \"the who\""), "(and Zrain (phrase the who))");
	assert_str(planned("rain title:the"), "(and Zrain ZSthe)");
	assert_str(planned("US IT rain"), "(and Zus Zit Zrain)");
	assert_str(planned("THE RAIN"), "(and (filter Zthe) Zrain)");
}
END_TEST

START_TEST(common_words_are_english)
{
	use_languages("nl");
	assert_str(planned("the zon"), "(and Zthe Zzon)");
	use_languages("nl en");
	assert_str(planned("the"), "Zthe");
	planned("the zon");
	ck_assert_int_eq(plan.parts[0].kind, PART_COMMON);
}
END_TEST

/* The parts, each as its kind and its plan. */
static struct str parts_of(const char *query)
{
	static const char *const kinds[] = { "word", "common", "must", "not" };
	planned(query);
	struct buffer out = { 0 };
	for (size_t i = 0; i < plan.part_count; i++) {
		const struct str part = plan_text(plan.parts[i].plan);
		buffer_add_format(&out, "%s%s %.*s", i ? ", " : "", kinds[plan.parts[i].kind],
				  STR_ARG(part));
	}
	const struct str text = arena_copy(&arena, buffer_str(&out));
	buffer_release(&out);
	return text;
}

START_TEST(a_query_has_parts)
{
	assert_str(parts_of("p"), "word Zp");
	assert_str(parts_of("p the \"q r\""), "word Zp, common (filter Zthe), word (phrase q r)");
	assert_str(parts_of("p -q place:china r"),
		   "word Zp, must (filter XLOC:china), word Zr, not Zq");
	assert_str(parts_of("p AND q r"), "word (and Zp Zq), word Zr");
	assert_str(parts_of("p q AND r AND s"), "word Zp, word (and (and Zq Zr) Zs)");
	assert_str(parts_of("p AND place:china"), "word Zp, must (filter XLOC:china)");
	assert_str(parts_of("p (q OR r) (s -t)"), "word Zp, word (or Zq Zr), word (andnot Zs Zt)");
	assert_str(parts_of("p (q place:china)"), "word Zp, word (and Zq (filter XLOC:china))");
	assert_str(parts_of("p AND (q r)"), "word (and Zp (and Zq Zr))");
	assert_str(parts_of("(p q) AND r s"), "word (and (and Zp Zq) Zr), word Zs");
	/* Parentheses that change nothing. */
	assert_str(parts_of("p (q r (s \"t u\")) v"),
		   "word Zp, word Zq, word Zr, word Zs, word (phrase t u), word Zv");
	assert_str(parts_of("(p q)"), "word Zp, word Zq");
	assert_str(parts_of("p OR q r"), "word (or Zp (and Zq Zr))");
	assert_str(parts_of("-p"), "must (andnot (all) Zp)");
	assert_str(parts_of("-p -q"), "not Zp, not Zq");
	assert_str(parts_of(""), "");
}
END_TEST

START_TEST(new_operators_are_words)
{
	assert_str(parts_of("p q NEAR/5 r attack* hack~ \"s att*\""),
		   "word Zp, word (near/5 q r), word attack, word hack, word (phrase s att)");
	assert_str(parts_of("p (q r)@s person:* person:oll* -place:*"),
		   "word Zp, word (sentence q r), must (filter XANY:P), must (filter (or)), "
		   "not (filter XANY:L)");
	assert_str(parts_of("(p q NEAR/5 r)"), "word Zp, word (near/5 q r)");
	assert_str(parts_of("(p q)^2 r"), "word (scale 2 (and Zp Zq)), word Zr");
	assert_str(parts_of("p^2 q"), "word (scale 2 Zp), word Zq");
	assert_str(parts_of("(p q)^2"), "word (scale 2 (and Zp Zq))");
	/* What had to become an AND is as if it was written. */
	assert_str(parts_of("p q NEAR/5 (r s)"), "word Zp, word (and Zq (and Zr Zs))");
	/* Common words are words there, but do not make others weigh. */
	assert_str(parts_of("the fall NEAR/2 the"), "common (filter Zthe), word (near/2 fall the)");
	assert_str(parts_of("of^2 rain"), "common (scale 2 (filter Zof)), word Zrain");
}
END_TEST

START_TEST(capitals_all_through_are_no_operators)
{
	assert_str(planned("RAIN OR STORM"), "(or Zrain Zstorm)");
	assert_str(planned("p q r s t u v AND w OR x"), "(or (and Zp Zq Zr Zs Zt Zu Zv Zw) Zx)");
	assert_str(planned("P Q R S T U V AND W OR X"),
		   "(and Zp Zq Zr Zs Zt Zu Zv (filter Zand) Zw (filter Zor) Zx)");
}
END_TEST

static Suite *parts_suite(void)
{
	Suite *suite = suite_create("query_parts");
	TCase *parts = tcase_create("parts");
	tcase_add_checked_fixture(parts, set_up, tear_down);
	tcase_add_test(parts, common_words_weigh_nothing);
	tcase_add_test(parts, common_words_are_english);
	tcase_add_test(parts, a_query_has_parts);
	tcase_add_test(parts, new_operators_are_words);
	tcase_add_test(parts, capitals_all_through_are_no_operators);
	suite_add_tcase(suite, parts);
	return suite;
}

TEST_MAIN(parts_suite)
