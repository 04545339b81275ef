#include "dateline/intern.h"

#include "testing.h"

static struct intern table;

static void tear_down(void)
{
	intern_release(&table);
}

static struct str key_of(uint32_t number, char text[16])
{
	return (struct str){ text, (size_t)snprintf(text, 16, "key%u", (unsigned)number) };
}

START_TEST(an_empty_table_knows_nothing)
{
	ck_assert_uint_eq(intern_find(&table, STR("rain")), INTERN_NONE);
	ck_assert_uint_eq(intern_find(&table, STR("")), INTERN_NONE);
	intern_reset(&table);
	intern_release(&table);
}
END_TEST

START_TEST(fetching_changes_nothing)
{
	intern_fetch(&table, STR("rain"));
	ck_assert_uint_eq(intern_find(&table, STR("rain")), INTERN_NONE);
	ck_assert_uint_eq(intern_add(&table, STR("rain"), NULL), 0);
	intern_fetch(&table, STR("rain"));
	intern_fetch(&table, STR("sun"));
	ck_assert_uint_eq(table.count, 1);
	ck_assert_uint_eq(intern_find(&table, STR("sun")), INTERN_NONE);
	ck_assert_uint_eq(intern_find(&table, STR("rain")), 0);
}
END_TEST

START_TEST(numbers_are_given_once_and_in_order)
{
	bool is_new = false;
	ck_assert_uint_eq(intern_add(&table, STR("rain"), &is_new), 0);
	ck_assert(is_new);
	ck_assert_uint_eq(intern_add(&table, STR("sun"), NULL), 1);
	ck_assert_uint_eq(intern_add(&table, STR("rain"), &is_new), 0);
	ck_assert(!is_new);
	ck_assert_uint_eq(intern_find(&table, STR("sun")), 1);
	ck_assert_uint_eq(intern_find(&table, STR("snow")), INTERN_NONE);
	ck_assert_uint_eq(table.count, 2);
	assert_str(table.keys[0], "rain");
	assert_str(table.keys[1], "sun");
}
END_TEST

START_TEST(keys_are_bytes)
{
	static const struct str keys[] = {
		STR(""),     STR("\0"), STR("\0\0"), STR("a\0b"),
		STR("a\0c"), STR("a"),  STR("A"),    STR("\xFF\xFE"),
	};
	const size_t count = sizeof(keys) / sizeof(keys[0]);
	for (size_t i = 0; i < count; i++)
		ck_assert_uint_eq(intern_add(&table, keys[i], NULL), i);
	for (size_t i = 0; i < count; i++)
		ck_assert_uint_eq(intern_find(&table, keys[i]), i);
	ck_assert_uint_eq(intern_add(&table, (struct str){ NULL, 0 }, NULL), 0);
	ck_assert_uint_eq(intern_find(&table, (struct str){ NULL, 0 }), 0);
}
END_TEST

/* The table grows many times, and its keys are copies. */
START_TEST(many_keys)
{
	char text[16];
	for (uint32_t i = 0; i < 100000; i++)
		ck_assert_uint_eq(intern_add(&table, key_of(i, text), NULL), i);
	for (uint32_t i = 0; i < 100000; i++) {
		ck_assert_uint_eq(intern_add(&table, key_of(i, text), NULL), i);
		assert_str(table.keys[i], text);
	}
	for (uint32_t i = 100000; i < 110000; i++)
		ck_assert_uint_eq(intern_find(&table, key_of(i, text)), INTERN_NONE);
	ck_assert_uint_eq(table.count, 100000);
}
END_TEST

START_TEST(a_reset_table_begins_anew)
{
	char text[16];
	for (uint32_t i = 0; i < 1000; i++)
		intern_add(&table, key_of(i, text), NULL);
	intern_reset(&table);
	ck_assert_uint_eq(table.count, 0);
	ck_assert_uint_eq(intern_find(&table, STR("key7")), INTERN_NONE);
	for (uint32_t i = 0; i < 2000; i++)
		ck_assert_uint_eq(intern_add(&table, key_of(5000 - i, text), NULL), i);
	ck_assert_uint_eq(intern_find(&table, STR("key5000")), 0);
}
END_TEST

/* The values of XXH3, which indexes hold: another library must give the same. */
START_TEST(hashes_are_those_of_xxh3)
{
	static const unsigned char of_nothing[16] = { 0x99, 0xaa, 0x06, 0xd3, 0x01, 0x47,
						      0x98, 0xd8, 0x60, 0x01, 0xc3, 0x24,
						      0x46, 0x8d, 0x49, 0x7f };
	unsigned char hash[16];
	ck_assert_uint_eq(hash_bytes("", 0), UINT64_C(0x2d06800538d394c2));
	ck_assert_uint_eq(hash_bytes(NULL, 0), UINT64_C(0x2d06800538d394c2));
	hash_bytes_128("", 0, hash);
	ck_assert_mem_eq(hash, of_nothing, 16);
	ck_assert_uint_ne(hash_bytes("a", 1), hash_bytes("b", 1));
	ck_assert_uint_ne(hash_bytes("a", 1), hash_bytes("a\0", 2));
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("intern");
	TCase *tests = tcase_create("intern");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, an_empty_table_knows_nothing);
	tcase_add_test(tests, fetching_changes_nothing);
	tcase_add_test(tests, numbers_are_given_once_and_in_order);
	tcase_add_test(tests, keys_are_bytes);
	tcase_add_test(tests, many_keys);
	tcase_add_test(tests, a_reset_table_begins_anew);
	tcase_add_test(tests, hashes_are_those_of_xxh3);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
