/* Files without a name, also where the file system cannot make them: nothing is left in the folder. */
#include "../../indexer/bulk/nameless.h"

#include "store_testing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/syscall.h>

/* What making one without a name fails with; 0: it does not. */
static int failure;

static int open_or_fail(const char *path, int flags, ...)
{
	va_list more;
	va_start(more, flags);
	const unsigned mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, unsigned) : 0;
	va_end(more);
	if (failure && (flags & O_TMPFILE) == O_TMPFILE) {
		errno = failure;
		return -1;
	}
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

/* In the place of the C library's. */
extern __typeof__(open) open __attribute__((alias("open_or_fail")));

static unsigned files_in_folder(void)
{
	unsigned count = 0;
	DIR *opened = opendir(folder);
	ck_assert_ptr_nonnull(opened);
	for (struct dirent *entry; (entry = readdir(opened));)
		count += entry->d_name[0] != '.';
	closedir(opened);
	return count;
}

static void check_file(int file)
{
	struct stat info;
	char back[4];
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(fstat(file, &info), 0);
	ck_assert_uint_eq(info.st_nlink, 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0600);
	ck_assert_int_eq(fcntl(file, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	ck_assert_int_eq(pwrite(file, "word", 4, 100), 4);
	ck_assert_int_eq(pread(file, back, 4, 100), 4);
	ck_assert_int_eq(memcmp(back, "word", 4), 0);
	ck_assert_uint_eq(files_in_folder(), 0);
}

/* As the system has it, and what systems that have none say. */
START_TEST(has_no_name)
{
	static const int failures[] = { 0, EOPNOTSUPP, EISDIR, EINVAL };
	int files[2];
	failure = failures[_i];
	for (int i = 0; i < 2; i++)
		check_file(files[i] = nameless_open(folder));
	ck_assert_int_eq(pwrite(files[1], "mine", 4, 100), 4);
	check_file(files[0]);
	close(files[0]);
	close(files[1]);
}
END_TEST

START_TEST(fails)
{
	failure = EMFILE;
	errno = 0;
	ck_assert_int_eq(nameless_open(folder), -1);
	ck_assert_int_eq(errno, EMFILE);
	for (int i = 0; i < 2; i++) {
		failure = i ? EOPNOTSUPP : 0;
		ck_assert_int_eq(nameless_open("/nowhere/to be found"), -1);
		ck_assert_int_eq(errno, ENOENT);
	}
}
END_TEST

static Suite *bulk_nameless(void)
{
	Suite *suite = suite_create("bulk nameless");
	TCase *tests = tcase_create("nameless");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, has_no_name, 0, 4);
	tcase_add_test(tests, fails);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_nameless)
