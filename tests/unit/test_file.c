/* Small files, read whole or refused. */
#include "dateline/file.h"

#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static char path[] = "/tmp/dateline-file-XXXXXX";
static struct error err;

static void write_bytes(size_t count)
{
	const int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	FILE *file = fdopen(fd, "w");
	ck_assert_ptr_nonnull(file);
	for (size_t i = 0; i < count; i++)
		putc('a' + (int)(i % 26), file);
	ck_assert_int_eq(fclose(file), 0);
}

static void tear_down(void)
{
	unlink(path);
}

START_TEST(all_bytes_come_behind_what_is_there)
{
	struct buffer bytes = { 0 };
	write_bytes(200000);
	buffer_add_text(&bytes, "before");
	ck_assert_int_eq(file_read(path, "things", 200000, &bytes, &err), STATUS_OK);
	ck_assert_uint_eq(bytes.len, 200006);
	ck_assert_int_eq(memcmp(bytes.data, "beforeabc", 9), 0);
	ck_assert_int_eq(bytes.data[200005], 'a' + 199999 % 26);
	buffer_release(&bytes);
}
END_TEST

START_TEST(one_byte_too_many_is_refused)
{
	struct buffer bytes = { 0 };
	write_bytes(200001);
	ck_assert_int_eq(file_read(path, "things", 200000, &bytes, &err), STATUS_TOO_LARGE);
	ck_assert_ptr_nonnull(strstr(err.text, path));
	buffer_release(&bytes);
}
END_TEST

START_TEST(what_is_no_file_is_named)
{
	struct buffer bytes = { 0 };
	ck_assert_int_eq(file_read("/nowhere/at.all", "things", 10, &bytes, &err), STATUS_NOT_FOUND);
	ck_assert_str_eq(err.text, "there is no file of things /nowhere/at.all");
	ck_assert_int_eq(file_read("/", "things", 10, &bytes, &err), STATUS_SYSTEM);
	buffer_release(&bytes);
}
END_TEST

START_TEST(all_is_written_where_it_belongs)
{
	struct buffer bytes = { 0 };
	write_bytes(26);
	const int file = open(path, O_WRONLY | O_CLOEXEC);
	ck_assert_int_ge(file, 0);
	ck_assert(file_write_at(file, "XYZ", 3, 1));
	ck_assert(file_write_at(file, "end", 3, 26));
	ck_assert(file_write_at(file, NULL, 0, 100));
	ck_assert_int_eq(close(file), 0);
	ck_assert_int_eq(file_read(path, "things", 100, &bytes, &err), STATUS_OK);
	ck_assert_str_eq(bytes.data, "aXYZefghijklmnopqrstuvwxyzend");
	buffer_release(&bytes);
}
END_TEST

START_TEST(what_cannot_be_written_is_told)
{
	const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	ck_assert_int_ge(full, 0);
	errno = 0;
	ck_assert(!file_write_at(full, "x", 1, 0));
	ck_assert_int_eq(errno, ENOSPC);
	close(full);
	ck_assert(!file_write_at(full, "x", 1, 0));
	ck_assert_int_eq(errno, EBADF);
}
END_TEST

START_TEST(files_and_folders_are_synced)
{
	write_bytes(10);
	ck_assert_int_eq(file_sync(path, 0, &err), STATUS_OK);
	ck_assert_int_eq(file_sync("/tmp", O_DIRECTORY, &err), STATUS_OK);
	ck_assert_int_eq(file_sync(path, O_DIRECTORY, &err), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, path));
}
END_TEST

static Suite *file_suite(void)
{
	Suite *suite = suite_create("file");
	TCase *tcase = tcase_create("reading");
	tcase_add_checked_fixture(tcase, NULL, tear_down);
	tcase_add_test(tcase, all_bytes_come_behind_what_is_there);
	tcase_add_test(tcase, one_byte_too_many_is_refused);
	tcase_add_test(tcase, what_is_no_file_is_named);
	tcase_add_test(tcase, all_is_written_where_it_belongs);
	tcase_add_test(tcase, what_cannot_be_written_is_told);
	tcase_add_test(tcase, files_and_folders_are_synced);
	suite_add_tcase(suite, tcase);
	return suite;
}

TEST_MAIN(file_suite)
