/* Facets over several indexes: values of one name are one, whatever their numbers are and whatever counts for them. */
#define INDEXES 3

#include "facets_testing.h"

START_TEST(nothing_in_any)
{
	open_all();
	ck_assert_str_eq(counted("place", 9, NULL), " of 0");
	ck_assert_str_eq(counted("place", 9, "China"), "China* 0 of 0");
	ck_assert_str_eq(counted("published", 9, NULL), " of 0");
	ck_assert_str_eq(counted("when", 9, NULL), " of 0");
}
END_TEST

START_TEST(values_of_one_name_are_one)
{
	add(0, KIND_PLACE, NULL, "France,China");
	add(0, KIND_PLACE, NULL, "China");
	add(1, KIND_PLACE, NULL, "Spain,China,France");
	add(1, KIND_PLACE, NULL, "");
	add(2, KIND_PLACE, NULL, "FRANCE");
	add(2, KIND_PLACE, NULL, "FRANCE,Perú");
	open_all();
	ck_assert_str_eq(counted("place", 9, NULL),
			 "FRANCE 4, China 3, Perú 1, Spain 1 of 4, none 1");
	ck_assert_str_eq(counted("place", 1, NULL), "FRANCE 4 of 4, none 1");
	ck_assert_str_eq(counted("place", 0, NULL), " of 4, none 1");
	ck_assert_str_eq(counted("place", 1, "spain"), "FRANCE 4, Spain* 1 of 4, none 1");
	ck_assert_str_eq(counted("place", 1, "Chile"), "FRANCE 4, Chile* 0 of 4, none 1");
	index_count = 2;
	ck_assert_str_eq(counted("place", 9, NULL), "China 3, France 2, Spain 1 of 3, none 1");
}
END_TEST

/* One that is first nowhere may be first of all. */
START_TEST(the_second_everywhere_is_the_first)
{
	for (int i = 0; i < INDEXES; i++) {
		char own[16];
		snprintf(own, sizeof(own), "Own%d", i);
		for (int k = 0; k < 5; k++)
			add(i, KIND_PLACE, NULL, own);
		for (int k = 0; k < 4; k++)
			add(i, KIND_PLACE, NULL, "Shared");
	}
	open_all();
	ck_assert_str_eq(counted("place", 1, NULL), "Shared 12 of 4");
}
END_TEST

/* A name that is another's in one index, and its own in the next: its number is that of the hits after choosing it. */
START_TEST(names_that_are_merged_in_one_index)
{
	for (int k = 0; k < 4; k++)
		add(0, KIND_ORG, NULL, "African National Congress");
	add(0, KIND_ORG, NULL, "ANC");
	add(1, KIND_ORG, NULL, "ANC");
	for (int k = 0; k < 3; k++)
		add(1, KIND_ORG, NULL, "Shell");
	merged(0, KIND_ORG, "ANC", "African National Congress");
	open_all();
	ck_assert_str_eq(counted("org", 9, NULL), "ANC 6, African National Congress 5, Shell 3 of 3");
	ck_assert_str_eq(counted("org", 1, NULL), "ANC 6 of 3");
	ck_assert_str_eq(counted("org", 1, "African National Congress"),
			 "ANC 6, African National Congress* 5 of 3");
}
END_TEST

START_TEST(dates_are_summed)
{
	add(0, KIND_PLACE, "2023-05-09", "");
	add(1, KIND_PLACE, "2023-05-09", "");
	add(1, KIND_PLACE, "2024", "");
	add(2, KIND_PLACE, NULL, "");
	open_all();
	ck_assert_str_eq(counted("published", 9, NULL), "2023-05 2, 2024-XX 1, undated 1 of 3");
	ck_assert_str_eq(counted("published", 1, "2023..2024"), "2023..2024* 3, 2023-05 2 of 3");
	ck_assert_str_eq(counted("place", 9, NULL), " of 0, none 4");
}
END_TEST

START_TEST(mentioned_dates_are_summed)
{
	add(0, KIND_WHEN, NULL, "2024-02-06");
	add(1, KIND_WHEN, NULL, "2024-02-06,1987");
	add(2, KIND_WHEN, NULL, "2024-02-07");
	add(2, KIND_WHEN, NULL, "");
	open_all();
	ck_assert_str_eq(counted("when", 9, NULL),
			 "2024-02 3, 2024-02-06 2, 2024-02-07 1, 1987 1 of 4, none 1");
	ck_assert_str_eq(counted("when", 1, "2023..2024"), "2023..2024* 3, 2024-02 3 of 4, none 1");
}
END_TEST

/* ---- at random ---- */

#define NAMES 40
#define ARTICLES 60

static uint32_t sums[NAMES];

static int compare_sums(const void *a, const void *b)
{
	const uint32_t one = *(const uint32_t *)a, two = *(const uint32_t *)b;
	if (sums[one] != sums[two])
		return sums[one] < sums[two] ? 1 : -1;
	return one < two ? -1 : one > two;
}

static void add_random(int index, uint64_t *state)
{
	char values[256] = "";
	bool has[NAMES] = { false };
	for (uint32_t n = small_random(state, 5); n > 0; n--) {
		/* Small numbers are the frequent ones, but not the same in each index. */
		const uint32_t most = small_random(state, NAMES) + 1;
		has[(small_random(state, most) + (uint32_t)index * 3) % NAMES] = true;
	}
	for (uint32_t i = 0; i < NAMES; i++)
		if (has[i]) {
			const size_t len = strlen(values);
			snprintf(values + len, sizeof(values) - len, "%sName%02u", len ? "," : "", i);
			sums[i]++;
		}
	add(index, KIND_PERSON, NULL, values);
}

START_TEST(the_same_as_in_one_index)
{
	uint64_t state = (uint64_t)_i;
	uint32_t order[NAMES], distinct = 0;
	memset(sums, 0, sizeof(sums));
	for (int k = 0; k < ARTICLES; k++)
		add_random((int)small_random(&state, INDEXES), &state);
	for (uint32_t i = 0; i < NAMES; i++) {
		order[i] = i;
		distinct += sums[i] > 0;
	}
	qsort(order, NAMES, sizeof(order[0]), compare_sums);
	open_all();
	for (uint32_t max = 0; max <= NAMES; max += 1 + max / 2) {
		struct buffer expected = { 0 };
		for (uint32_t i = 0; i < max && i < distinct; i++)
			buffer_add_format(&expected, "%sName%02u %u", i ? ", " : "", order[i],
					  sums[order[i]]);
		buffer_add_format(&expected, " of %u", distinct);
		const char *got = counted("person", max, NULL);
		ck_assert_msg(strncmp(got, buffer_str(&expected).data, expected.len) == 0,
			      "%s instead of %s", got, buffer_str(&expected).data);
		buffer_release(&expected);
	}
}
END_TEST

static Suite *several_suite(void)
{
	Suite *suite = suite_create("facets of several indexes");
	TCase *tests = tcase_create("several");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, nothing_in_any);
	tcase_add_test(tests, values_of_one_name_are_one);
	tcase_add_test(tests, the_second_everywhere_is_the_first);
	tcase_add_test(tests, names_that_are_merged_in_one_index);
	tcase_add_test(tests, dates_are_summed);
	tcase_add_test(tests, mentioned_dates_are_summed);
	tcase_add_loop_test(tests, the_same_as_in_one_index, 0, 12);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(several_suite)
