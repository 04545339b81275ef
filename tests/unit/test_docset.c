#include "dateline/docset.h"

#include "testing.h"

/* ---- against a plain array of flags ---- */

#define LIMIT_MAX 400

static uint64_t seed;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * limit >> 32);
}

static void fill(struct docset *set, bool flags[LIMIT_MAX + 1], uint32_t limit)
{
	docset_init(set, limit);
	memset(flags, 0, LIMIT_MAX + 1);
	const uint32_t one_in = 1 + random_below(20);
	for (uint32_t id = 1; id <= limit; id++) {
		if (random_below(one_in))
			continue;
		docset_add(set, id);
		flags[id] = true;
	}
}

static void check(const struct docset *set, const bool flags[LIMIT_MAX + 1])
{
	uint32_t count = 0;
	for (uint32_t id = 1; id <= set->limit; id++) {
		ck_assert_int_eq(docset_has(set, id), flags[id]);
		count += flags[id];
	}
	ck_assert_uint_eq(docset_count(set), count);
	for (uint32_t from = 0; from <= set->limit + 2; from++) {
		uint32_t next = from ? from : 1;
		while (next <= set->limit && !flags[next])
			next++;
		ck_assert_uint_eq(docset_next(set, from), next <= set->limit ? next : 0);
	}
}

START_TEST(sets_are_what_was_added)
{
	for (uint32_t limit = 0; limit <= LIMIT_MAX; limit++) {
		bool flags[LIMIT_MAX + 1];
		struct docset set;
		seed = limit;
		fill(&set, flags, limit);
		check(&set, flags);
		docset_release(&set);
	}
}
END_TEST

START_TEST(sets_are_combined_member_by_member)
{
	for (uint32_t limit = 0; limit <= LIMIT_MAX; limit += 3) {
		bool a[LIMIT_MAX + 1], b[LIMIT_MAX + 1], wanted[LIMIT_MAX + 1];
		struct docset left, right, made;
		seed = limit;
		fill(&left, a, limit);
		fill(&right, b, limit);
		for (int op = 0; op < 3; op++) {
			docset_copy(&made, &left);
			for (uint32_t id = 0; id <= LIMIT_MAX; id++)
				wanted[id] = op == 0   ? a[id] && b[id]
					     : op == 1 ? a[id] || b[id]
						       : a[id] && !b[id];
			if (op == 0)
				docset_and(&made, &right);
			else if (op == 1)
				docset_or(&made, &right);
			else
				docset_and_not(&made, &right);
			check(&made, wanted);
			check(&left, a);
			check(&right, b);
			docset_release(&made);
		}
		docset_release(&left);
		docset_release(&right);
	}
}
END_TEST

START_TEST(words_have_seams)
{
	static const uint32_t seams[] = { 1, 62, 63, 64, 65, 127, 128, 129, 191, 192 };
	const size_t count = sizeof(seams) / sizeof(seams[0]);
	struct docset set;
	docset_init(&set, 192);
	for (size_t i = 0; i < count; i++)
		docset_add(&set, seams[i]);
	docset_add(&set, 64); /* once more */
	ck_assert_uint_eq(docset_count(&set), count);
	uint32_t id = 0;
	for (size_t i = 0; i < count; i++) {
		id = docset_next(&set, id + 1);
		ck_assert_uint_eq(id, seams[i]);
	}
	ck_assert_uint_eq(docset_next(&set, 193), 0);
	docset_release(&set);
}
END_TEST

START_TEST(nothing_is_beyond_the_limit)
{
	struct docset set;
	docset_init(&set, 100);
	docset_add(&set, 100);
	ck_assert(docset_has(&set, 100));
	ck_assert(!docset_has(&set, 101));
	ck_assert(!docset_has(&set, 1000000));
	ck_assert(!docset_has(&set, UINT32_MAX));
	ck_assert_uint_eq(docset_next(&set, 101), 0);
	ck_assert_uint_eq(docset_next(&set, UINT32_MAX), 0);
	docset_release(&set);
	docset_init(&set, 0);
	ck_assert_uint_eq(docset_count(&set), 0);
	ck_assert_uint_eq(docset_next(&set, 1), 0);
	docset_release(&set);
}
END_TEST

/* What was released is an empty set of nothing, and may be released again. */
START_TEST(released_sets_are_empty)
{
	struct docset set;
	docset_init(&set, 100);
	docset_add(&set, 7);
	docset_release(&set);
	ck_assert_ptr_null(set.words);
	ck_assert_uint_eq(docset_next(&set, 1), 0);
	docset_release(&set);
}
END_TEST

START_TEST(copies_are_their_own)
{
	struct docset set, copy;
	docset_init(&set, 100);
	docset_add(&set, 7);
	docset_copy(&copy, &set);
	docset_add(&copy, 8);
	ck_assert(!docset_has(&set, 8));
	docset_release(&set);
	ck_assert(docset_has(&copy, 7) && docset_has(&copy, 8));
	docset_release(&copy);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("docset");
	TCase *tests = tcase_create("docset");
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, sets_are_what_was_added);
	tcase_add_test(tests, sets_are_combined_member_by_member);
	tcase_add_test(tests, words_have_seams);
	tcase_add_test(tests, nothing_is_beyond_the_limit);
	tcase_add_test(tests, released_sets_are_empty);
	tcase_add_test(tests, copies_are_their_own);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
