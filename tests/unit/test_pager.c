#include "../../searcher/render/render.h"

#include "testing.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static int real_stdout;
static struct buffer got;
static struct error err;

/* Stdout is a file in a fresh folder, which is where pagers run. */
static void set_up(void)
{
	fflush(stdout);
	strcpy(folder, "/tmp/pager-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	real_stdout = dup(STDOUT_FILENO);
	const int file = open("stdout", O_WRONLY | O_CREAT, 0600);
	ck_assert_int_eq(dup2(file, STDOUT_FILENO), STDOUT_FILENO);
	close(file);
	unsetenv("PAGER");
	unsetenv("LESS");
	err = (struct error){ 0 };
}

static void tear_down(void)
{
	fflush(stdout);
	dup2(real_stdout, STDOUT_FILENO);
	close(real_stdout);
	static const char *const files[] = { "stdout", "paged", "less", "options" };
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		unlink(files[i]);
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(rmdir(folder), 0);
	buffer_release(&got);
}

static struct str content(const char *path)
{
	buffer_reset(&got);
	const int file = open(path, O_RDONLY);
	if (file < 0)
		return STR("(no file)");
	char piece[4096];
	ssize_t count;
	while ((count = read(file, piece, sizeof(piece))) > 0)
		buffer_add(&got, piece, (size_t)count);
	close(file);
	return buffer_str(&got);
}

/* More than a pipe holds, so that a pager that does not read is noticed. */
static struct buffer long_text(void)
{
	struct buffer text = { 0 };
	for (int i = 0; i < 100000; i++)
		buffer_add_format(&text, "line %d\n", i);
	return text;
}

START_TEST(without_a_pager_it_is_written)
{
	setenv("PAGER", "cat >paged", 1);
	ck_assert_int_eq(render_out(STR("text\n"), false, &err), STATUS_OK);
	assert_str(content("stdout"), "text\n");
	assert_str(content("paged"), "(no file)");
}
END_TEST

START_TEST(what_was_printed_before_stays_before)
{
	printf("before\n");
	ck_assert_int_eq(render_out(STR("after\n"), false, &err), STATUS_OK);
	assert_str(content("stdout"), "before\nafter\n");
}
END_TEST

START_TEST(a_pager_gets_all_of_it)
{
	struct buffer text = long_text();
	setenv("PAGER", "cat >paged", 1);
	ck_assert_int_eq(render_out(buffer_str(&text), true, &err), STATUS_OK);
	assert_str(content("stdout"), "");
	ck_assert(str_equal(content("paged"), buffer_str(&text)));
	buffer_release(&text);
}
END_TEST

START_TEST(a_pager_writes_where_the_program_does)
{
	setenv("PAGER", "sed s/^/-/", 1);
	ck_assert_int_eq(render_out(STR("a\nb\n"), true, &err), STATUS_OK);
	assert_str(content("stdout"), "-a\n-b\n");
}
END_TEST

START_TEST(a_pager_may_be_left_early)
{
	struct buffer text = long_text();
	setenv("PAGER", "head -n 1", 1);
	ck_assert_int_eq(render_out(buffer_str(&text), true, &err), STATUS_OK);
	assert_str(content("stdout"), "line 0\n");
	setenv("PAGER", "exit 1", 1);
	ck_assert_int_eq(render_out(buffer_str(&text), true, &err), STATUS_OK);
	assert_str(content("stdout"), "line 0\n");
	buffer_release(&text);
}
END_TEST

START_TEST(a_pager_that_does_not_start_loses_nothing)
{
	struct buffer text = long_text();
	setenv("PAGER", "./there-is-no-such-pager 2>/dev/null", 1);
	ck_assert_int_eq(render_out(buffer_str(&text), true, &err), STATUS_OK);
	ck_assert(str_equal(content("stdout"), buffer_str(&text)));
	buffer_release(&text);
}
END_TEST

START_TEST(cat_and_nothing_mean_no_pager)
{
	setenv("PAGER", "", 1);
	ck_assert_int_eq(render_out(STR("1\n"), true, &err), STATUS_OK);
	setenv("PAGER", "cat", 1);
	ck_assert_int_eq(render_out(STR("2\n"), true, &err), STATUS_OK);
	assert_str(content("stdout"), "1\n2\n");
}
END_TEST

static void make_script(const char *path, const char *text)
{
	const int file = open(path, O_WRONLY | O_CREAT, 0700);
	ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
	close(file);
}

START_TEST(less_is_the_usual_one)
{
	const char *before = getenv("PATH");
	char *path = strdup(before ? before : "/usr/bin:/bin");
	struct buffer with_here = { 0 };
	buffer_add_format(&with_here, "%s:%s", folder, path);
	setenv("PATH", with_here.data, 1);
	make_script("less", "#!/bin/sh\necho \"$@\" LESS=$LESS >options\ncat >paged\n");
	ck_assert_int_eq(render_out(STR("text\n"), true, &err), STATUS_OK);
	assert_str(content("options"), "-FRX LESS=FRX\n");
	assert_str(content("paged"), "text\n");
	setenv("PAGER", "less", 1);
	setenv("LESS", "-i", 1);
	ck_assert_int_eq(render_out(STR("text\n"), true, &err), STATUS_OK);
	assert_str(content("options"), "LESS=-i\n");
	setenv("PATH", path, 1);
	free(path);
	buffer_release(&with_here);
}
END_TEST

/* A pager has its own use for Ctrl-C: it gets the signal, this process does not end by it. */
START_TEST(an_interrupt_is_the_pagers)
{
	struct sigaction before[2], now;
	sigaction(SIGINT, NULL, &before[0]);
	sigaction(SIGPIPE, NULL, &before[1]);
	setenv("PAGER", "trap 'echo caught' INT; kill -INT $PPID $$; cat", 1);
	ck_assert_int_eq(render_out(STR("text\n"), true, &err), STATUS_OK);
	assert_str(content("stdout"), "caught\ntext\n");
	sigaction(SIGINT, NULL, &now);
	ck_assert(now.sa_handler == before[0].sa_handler);
	sigaction(SIGPIPE, NULL, &now);
	ck_assert(now.sa_handler == before[1].sa_handler);
}
END_TEST

START_TEST(a_closed_pipe_is_no_failure)
{
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	dup2(ends[1], STDOUT_FILENO);
	close(ends[1]);
	close(ends[0]);
	struct buffer text = long_text();
	ck_assert_int_eq(render_out(buffer_str(&text), false, &err), STATUS_OK);
	buffer_release(&text);
}
END_TEST

START_TEST(a_full_disk_is_a_failure)
{
	const int full = open("/dev/full", O_WRONLY);
	if (full < 0)
		return;
	dup2(full, STDOUT_FILENO);
	close(full);
	ck_assert_int_eq(render_out(STR("text\n"), false, &err), STATUS_SYSTEM);
	ck_assert_str_eq(err.text, "cannot write to standard output: No space left on device");
}
END_TEST

/* ---- on a terminal ---- */

static int open_terminal(unsigned short rows)
{
	const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
	if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
		return -1;
	const int screen = open(ptsname(terminal), O_RDWR | O_NOCTTY);
	const struct winsize size = { .ws_row = rows, .ws_col = 80 };
	if (screen < 0 || ioctl(screen, TIOCSWINSZ, &size) != 0)
		return -1;
	dup2(screen, STDOUT_FILENO);
	close(screen);
	return terminal;
}

START_TEST(only_what_is_longer_than_the_screen_is_paged)
{
	const int terminal = open_terminal(5);
	if (terminal < 0)
		return;
	setenv("PAGER", "cat >paged", 1);
	ck_assert_int_eq(render_out(STR("1\n2\n3\n4\n"), true, &err), STATUS_OK);
	assert_str(content("paged"), "(no file)");
	ck_assert_int_eq(render_out(STR("1\n2\n3\n4\n5\n"), true, &err), STATUS_OK);
	assert_str(content("paged"), "1\n2\n3\n4\n5\n");
	close(terminal);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("pager");
	TCase *tests = tcase_create("render_out");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, without_a_pager_it_is_written);
	tcase_add_test(tests, what_was_printed_before_stays_before);
	tcase_add_test(tests, a_pager_gets_all_of_it);
	tcase_add_test(tests, a_pager_writes_where_the_program_does);
	tcase_add_test(tests, a_pager_may_be_left_early);
	tcase_add_test(tests, a_pager_that_does_not_start_loses_nothing);
	tcase_add_test(tests, cat_and_nothing_mean_no_pager);
	tcase_add_test(tests, less_is_the_usual_one);
	tcase_add_test(tests, an_interrupt_is_the_pagers);
	tcase_add_test(tests, a_closed_pipe_is_no_failure);
	tcase_add_test(tests, a_full_disk_is_a_failure);
	tcase_add_test(tests, only_what_is_longer_than_the_screen_is_paged);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
