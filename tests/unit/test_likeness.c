#include "../../indexer/likeness.h"
#include "testing.h"

static enum likeness like(const char *name, const char *other)
{
	return likeness_of(str_from(name), str_from(other));
}

START_TEST(acronyms)
{
	ck_assert_int_eq(like("anc", "african national congress"), LIKE_ACRONYM);
	ck_assert_int_eq(like("fbi", "federal bureau of investigation"), LIKE_ACRONYM);
	ck_assert_int_eq(like("f b i", "federal bureau of investigation"), LIKE_ACRONYM);
	ck_assert_int_eq(like("dod", "department of defense"), LIKE_ACRONYM);
	ck_assert_int_eq(like("dd", "department of defense"), LIKE_ACRONYM);
	ck_assert_int_eq(like("dod", "department of the defense"), LIKE_ACRONYM);
	ck_assert_int_eq(like("nato", "north atlantic treaty organization"), LIKE_ACRONYM);
	ck_assert_int_eq(like("\u0444\u0441\u0431",
			      "\u0444\u0435\u0434 \u0441\u043b \u0431\u0435\u0437"),
			 LIKE_ACRONYM);
	ck_assert_int_eq(like("\u0444\u0441", "\u0444\u0435\u0434 \u0443\u043b"), LIKE_NOT);
	ck_assert_int_eq(like("fbi", "federal bureau"), LIKE_NOT);
	ck_assert_int_eq(like("fb", "federal bureau of investigation"), LIKE_NOT);
	ck_assert_int_eq(like("fbii", "federal bureau of investigation"), LIKE_NOT);
	ck_assert_int_eq(like("interpol", "international criminal police organization"), LIKE_NOT);
	/* One word has no acronym, and several words are none. */
	ck_assert_int_eq(like("b", "bloomberg"), LIKE_NOT);
	ck_assert_int_eq(like("an c", "african national congress"), LIKE_NOT);
}
END_TEST

START_TEST(letters)
{
	ck_assert_int_eq(like("f b i", "fbi"), LIKE_LETTERS);
	ck_assert_int_eq(like("fbi", "f b i"), LIKE_LETTERS);
	ck_assert_int_eq(like("volks wagen", "volkswagen"), LIKE_LETTERS);
	ck_assert_int_eq(like("fbi", "f b"), LIKE_NOT);
}
END_TEST

START_TEST(parts)
{
	ck_assert_int_eq(like("ollongren", "kajsa ollongren"), LIKE_WORD);
	ck_assert_int_eq(like("kajsa", "kajsa ollongren"), LIKE_FIRST);
	ck_assert_int_eq(like("kaj", "kajsa kaj"), LIKE_WORD);
	ck_assert_int_eq(like("bin laden", "osama bin laden"), LIKE_PART);
	ck_assert_int_eq(like("sarah sanders", "sarah huckabee sanders"), LIKE_PART);
	ck_assert_int_eq(like("laden bin", "osama bin laden"), LIKE_NOT);
	ck_assert_int_eq(like("ollon", "kajsa ollongren"), LIKE_NOT);
	ck_assert_int_eq(like("osama bin laden", "bin laden"), LIKE_NOT);
	ck_assert_int_eq(like("bin bin", "osama bin laden"), LIKE_NOT);
}
END_TEST

START_TEST(initials_and_nicknames)
{
	ck_assert_int_eq(like("donald j trump", "donald trump"), LIKE_INITIAL);
	ck_assert_int_eq(like("j donald trump", "donald trump"), LIKE_INITIAL);
	ck_assert_int_eq(like("george h w bush", "george bush"), LIKE_NOT);
	ck_assert_int_eq(like("george h w bush", "george w bush"), LIKE_NOT);
	ck_assert_int_eq(like("george h w", "george w"), LIKE_NOT);
	ck_assert_int_eq(like("malcolm x", "malcolm"), LIKE_NOT);
	ck_assert_int_eq(like("donald jo trump", "donald trump"), LIKE_NOT);
	ck_assert_int_eq(like("bill barr", "william barr"), LIKE_NICKNAME);
	ck_assert_int_eq(like("bill barr", "bill bart"), LIKE_NOT);
	ck_assert_int_eq(like("barr", "bart"), LIKE_NOT);
}
END_TEST

START_TEST(odd_names)
{
	ck_assert_int_eq(like("", ""), LIKE_NOT);
	ck_assert_int_eq(like("", "a b"), LIKE_NOT);
	ck_assert_int_eq(like("of", "of the"), LIKE_FIRST);
	ck_assert_int_eq(like("a", ""), LIKE_NOT);
}
END_TEST

static bool is_near(const char *a, const char *b)
{
	return likeness_is_near(str_from(a), str_from(b));
}

START_TEST(near_names)
{
	ck_assert(is_near("centers for disease control and prevention",
			  "centers for disease control"));
	ck_assert(is_near("federal bureau investigation", "federal bureau of investigation"));
	ck_assert(!is_near("american broadcasting company", "australian broadcasting company"));
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("likeness");
	TCase *tests = tcase_create("likeness");
	tcase_add_test(tests, acronyms);
	tcase_add_test(tests, letters);
	tcase_add_test(tests, parts);
	tcase_add_test(tests, initials_and_nicknames);
	tcase_add_test(tests, odd_names);
	tcase_add_test(tests, near_names);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
