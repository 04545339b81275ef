/* What tables refuse, and what is left of one when the disk is full. */
#include "bulk_testing.h"

#include <signal.h>
#include <sys/resource.h>

/* Whatever is asked of it, the answer is the first failure. */
static void assert_failed(struct table *table, enum status status, const char *words)
{
	struct table_root root;
	for (int i = 0; i < 2; i++) {
		assert_status(table_add(table, STR("zzz"), STR("tag"), &err), status);
		ck_assert_ptr_nonnull(strstr(err.text, words));
		assert_status(table_add_deflated(table, STR("zzz"), STR("tag"), &err), status);
		ck_assert_ptr_nonnull(strstr(err.text, words));
		assert_status(table_finish(table, &root, &err), status);
		ck_assert_ptr_nonnull(strstr(err.text, words));
		assert_status(table_sync(table, &err), status);
		ck_assert_ptr_nonnull(strstr(err.text, words));
		assert_status(table_front(table, &err), status);
		ck_assert_ptr_nonnull(strstr(err.text, words));
		ck_assert_int_eq(table_finish(table, &root, NULL), status);
	}
	table_free(table);
}

START_TEST(keys_rise)
{
	static const struct str below[] = { { "m", 1 }, { "l", 1 }, { "", 0 } };
	struct table *table = new_table("table", 2048);
	assert_ok(table_add(table, STR("m"), STR("tag"), &err));
	assert_status(table_add(table, below[_i], STR(""), &err), STATUS_BAD_REQUEST);
	assert_failed(table, STATUS_BAD_REQUEST, "do not rise");
	table = new_table("table", 2048); /* the first */
	assert_status(table_add(table, STR(""), STR(""), &err), STATUS_BAD_REQUEST);
	table_free(table);
}
END_TEST

START_TEST(keys_rise_over_blocks)
{
	struct table *table = new_table("table", 2048);
	const struct str tag = random_bytes(500);
	assert_ok(table_add(table, STR("a"), tag, &err));
	assert_ok(table_add(table, STR("b"), random_bytes(3000), &err));
	assert_ok(table_add(table, STR("c"), tag, &err));
	assert_status(table_add(table, STR("b"), tag, &err), STATUS_BAD_REQUEST);
	table_free(table);
}
END_TEST

START_TEST(a_front_comes_before_the_body)
{
	struct table_root root;
	struct table *table = new_table("table", 2048);
	assert_ok(table_add(table, STR("m"), STR("tag"), &err));
	assert_ok(table_front(table, &err));
	assert_ok(table_add(table, STR("l"), STR("tag"), &err));
	assert_ok(table_finish(table, &root, &err));
	ck_assert_uint_eq(root.entries, 2);
	assert_ok(table_finish(table, &root, &err));
	ck_assert_uint_eq(root.entries, 2);
	assert_ok(table_front(table, &err));
	assert_ok(table_add(table, STR("m"), STR("tag"), &err));
	assert_status(table_finish(table, &root, &err), STATUS_BAD_REQUEST);
	assert_failed(table, STATUS_BAD_REQUEST, "front");
	table = new_table("table", 2048);
	assert_ok(table_finish(table, &root, &err));
	assert_status(table_add(table, STR("m"), STR("tag"), &err), STATUS_BAD_REQUEST);
	table_free(table);
	table_free(NULL);
}
END_TEST

START_TEST(keys_have_a_greatest_length)
{
	struct table *table = new_table("table", block_sizes[_i]);
	assert_ok(table_add(table, random_bytes(TABLE_KEY_MAX), random_bytes(5000), &err));
	const struct str key = random_bytes(TABLE_KEY_MAX + 1);
	((char *)key.data)[0] = '\xff';
	assert_status(table_add(table, key, STR(""), &err), STATUS_BAD_REQUEST);
	assert_failed(table, STATUS_BAD_REQUEST, "too long");
}
END_TEST

/*
 * In blocks of 2048 bytes, an item has 507, of which a piece of the tag of a key of one byte has 503 or 501; the fourth in the first
 * block has 4 less, for the item that is nothing.
 */
START_TEST(a_tag_has_a_greatest_length)
{
	const size_t most = 503 + (size_t)65534 * 501;
	struct str tag = { memory_zero(most + 1, 1), most - 4 };
	struct table *table = new_table("/dev/null", 2048);
	assert_ok(table_add(table, STR("k"), tag, &err));
	tag.len = most + 1;
	assert_status(table_add(table, STR("l"), tag, &err), STATUS_SYSTEM);
	assert_failed(table, STATUS_SYSTEM, "longer");
	free((char *)tag.data);
}
END_TEST

START_TEST(a_full_disk)
{
	struct table_root root;
	struct table *table = new_table("/dev/full", 8192);
	assert_ok(table_add(table, STR("k"), STR("tag"), &err));
	assert_status(table_finish(table, &root, &err), STATUS_SYSTEM);
	assert_failed(table, STATUS_SYSTEM, "cannot write /dev/full: No space left");
	table = new_table("/dev/full", 8192);
	enum status status = STATUS_OK;
	for (uint32_t i = 0; i < 1000 && !status; i++) {
		char key[PACKED_SORTABLE_MAX];
		status = table_add(table, end_of_key(key, pack_sortable(key, i)),
				   random_bytes(1000), &err);
	}
	ck_assert_int_eq(status, STATUS_SYSTEM);
	assert_failed(table, STATUS_SYSTEM, "cannot write /dev/full: No space left");
	assert_status(table_create(path("none/table"), 2048, &table, &err), STATUS_SYSTEM);
	assert_failed(table, STATUS_SYSTEM, "none/table");
	table = new_table("/dev/full", 8192); /* which cannot be synced or cut */
	assert_status(table_sync(table, &err), STATUS_SYSTEM);
	assert_failed(table, STATUS_SYSTEM, "cannot sync /dev/full");
	table = new_table("/dev/full", 8192);
	assert_status(table_front(table, &err), STATUS_SYSTEM);
	assert_failed(table, STATUS_SYSTEM, "cannot cut /dev/full");
}
END_TEST

/* Wherever the limit is: in the body, the front, the branches. */
START_TEST(a_file_that_grows_too_large)
{
	const struct str tag = random_bytes(700);
	struct rlimit limit;
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	bool was_ok = false;
	for (rlim_t size = 5000; !was_ok; size += 49999) {
		struct table_root root;
		struct table *table = new_table("table", 2048);
		const struct rlimit low = { size, limit.rlim_max };
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &low), 0);
		enum status status = STATUS_OK;
		char key[PACKED_SORTABLE_MAX + 1] = "k";
		for (uint32_t i = 0; i < 400 && !status; i++)
			status = table_add(table, end_of_key(key, pack_sortable(key + 1, i)), tag,
					   &err);
		if (!status)
			status = table_front(table, &err);
		for (uint32_t i = 0; i < 400 && !status; i++)
			status = table_add(table, end_of_key(key + 1, pack_sortable(key + 1, i)),
					   tag, &err);
		if (!status)
			status = table_finish(table, &root, &err);
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
		was_ok = !status;
		if (was_ok)
			table_free(table);
		else
			assert_failed(table, STATUS_SYSTEM, "table: File too large");
		ck_assert_uint_lt(size, 2000000);
	}
}
END_TEST

static Suite *bulk_table_faults(void)
{
	Suite *suite = suite_create("bulk table faults");
	TCase *tests = tcase_create("faults");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 300);
	tcase_add_loop_test(tests, keys_rise, 0, 3);
	tcase_add_test(tests, keys_rise_over_blocks);
	tcase_add_test(tests, a_front_comes_before_the_body);
	tcase_add_loop_test(tests, keys_have_a_greatest_length, 0, BLOCK_SIZES);
	tcase_add_test(tests, a_tag_has_a_greatest_length);
	tcase_add_test(tests, a_full_disk);
	tcase_add_test(tests, a_file_that_grows_too_large);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_table_faults)
