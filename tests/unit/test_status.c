#include "dateline/status.h"

#include "testing.h"

#include <errno.h>

static struct error err;

START_TEST(every_status_has_a_name_and_words)
{
	for (int status = STATUS_OK; status <= STATUS_NOT_FOUND; status++) {
		ck_assert_str_ne(status_text((enum status)status), "unknown status");
		ck_assert_str_ne(status_name((enum status)status), "UNKNOWN");
		for (int other = STATUS_OK; other < status; other++)
			ck_assert_str_ne(status_text((enum status)status),
					 status_text((enum status)other));
	}
	ck_assert_str_eq(status_name(STATUS_OK), "OK");
	ck_assert_str_eq(status_name(STATUS_BAD_INPUT), "BAD_INPUT");
	ck_assert_str_eq(status_text(STATUS_END), "there is no more");
}
END_TEST

START_TEST(other_numbers_are_unknown)
{
	static const int others[] = { -1, STATUS_TIMEOUT + 1, 1000, INT32_MIN, INT32_MAX };
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		ck_assert_str_eq(status_text((enum status)others[i]), "unknown status");
		ck_assert_str_eq(status_name((enum status)others[i]), "UNKNOWN");
	}
}
END_TEST

START_TEST(errors_hold_one_line)
{
	ck_assert_int_eq(error_set(&err, STATUS_BAD_INPUT, "%s: line %d", "a.jsonl", 7),
			 STATUS_BAD_INPUT);
	ck_assert_int_eq(err.status, STATUS_BAD_INPUT);
	ck_assert_str_eq(err.text, "a.jsonl: line 7");
	error_set(&err, STATUS_CORRUPT, "a\nb\r\tc\x1B[31md\x7F");
	ck_assert_str_eq(err.text, "a b  c [31md ");
	error_set(&err, STATUS_CORRUPT, "%s", "São Tomé");
	ck_assert_str_eq(err.text, "São Tomé");
}
END_TEST

START_TEST(long_errors_are_cut)
{
	char text[2000];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	error_set(&err, STATUS_TOO_LARGE, "%s", text);
	ck_assert_uint_eq(strlen(err.text), sizeof(err.text) - 1);
}
END_TEST

START_TEST(nobody_needs_to_listen)
{
	ck_assert_int_eq(error_set(NULL, STATUS_LOCKED, "%d", 1), STATUS_LOCKED);
	errno = ENOENT;
	ck_assert_int_eq(error_system(NULL, "open", "x"), STATUS_SYSTEM);
}
END_TEST

START_TEST(the_systems_words_are_kept)
{
	errno = ENOSPC;
	ck_assert_int_eq(error_system(&err, "write", "/news/db"), STATUS_SYSTEM);
	ck_assert_int_eq(err.status, STATUS_SYSTEM);
	ck_assert_str_eq(err.text, "cannot write /news/db: No space left on device");
	errno = 123456;
	error_system(&err, "write", "/news/db");
	ck_assert_ptr_nonnull(strstr(err.text, "123456"));
	errno = EACCES;
	error_system(&err, "open", "bad\nname");
	ck_assert_str_eq(err.text, "cannot open bad name: Permission denied");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("status");
	TCase *tests = tcase_create("status");
	tcase_add_test(tests, every_status_has_a_name_and_words);
	tcase_add_test(tests, other_numbers_are_unknown);
	tcase_add_test(tests, errors_hold_one_line);
	tcase_add_test(tests, long_errors_are_cut);
	tcase_add_test(tests, nobody_needs_to_listen);
	tcase_add_test(tests, the_systems_words_are_kept);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
