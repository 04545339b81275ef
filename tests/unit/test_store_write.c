#include "dateline/store.h"

#include "store_testing.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>

START_TEST(what_was_committed_is_there)
{
	struct store_writer *writer = create("db");
	ck_assert_uint_eq(add(writer, "rain on the coast"), 1);
	ck_assert_uint_eq(add(writer, "sun on the coast #XLOC:spain"), 2);
	ck_assert_uint_eq(add(writer, ""), 3);
	finish(writer);
	struct store *store = open_reader("db");
	ck_assert_uint_eq(store_count(store), 3);
	ck_assert_uint_eq(store_last_id(store), 3);
	ck_assert_uint_eq(frequency(store, "coast"), 2);
	ck_assert_uint_eq(frequency(store, "rain"), 1);
	ck_assert_uint_eq(frequency(store, "XLOC:spain"), 1);
	ck_assert_uint_eq(frequency(store, "snow"), 0);
	assert_str(record_of(store, 2), "sun on the coast #XLOC:spain");
	assert_str(record_of(store, 3), "");
	uint32_t first;
	assert_ok(store_first(store, STR("sun"), &first, &err));
	ck_assert_uint_eq(first, 2);
	assert_ok(store_first(store, STR("snow"), &first, &err));
	ck_assert_uint_eq(first, 0);
	assert_status(store_record(store, 4, &bytes, &err), STATUS_NOT_FOUND);
	store_close(store);
	store_close(NULL);
}
END_TEST

START_TEST(an_index_goes_on_where_it_was)
{
	finish(create("db"));
	for (uint32_t i = 1; i <= 5; i++) {
		struct store_writer *writer = open_writer("db");
		ck_assert_uint_eq(add(writer, "rain"), i);
		finish(writer);
		struct store *store = open_reader("db");
		ck_assert_uint_eq(store_count(store), i);
		store_close(store);
	}
}
END_TEST

START_TEST(replacing_and_deleting)
{
	struct store_writer *writer = create("db");
	add(writer, "rain on the coast");
	add(writer, "sun");
	add(writer, "wind");
	assert_ok(store_commit(writer, &err));
	struct document document;
	make_document("snow inland", &document);
	assert_ok(store_replace(writer, 1, &document, &err));
	assert_ok(store_delete(writer, 3, &err));
	finish(writer);
	struct store *store = open_reader("db");
	ck_assert_uint_eq(store_count(store), 2);
	ck_assert_uint_eq(store_last_id(store), 3);
	ck_assert_uint_eq(frequency(store, "rain"), 0);
	ck_assert_uint_eq(frequency(store, "snow"), 1);
	ck_assert_uint_eq(frequency(store, "wind"), 0);
	assert_str(record_of(store, 1), "");
	assert_status(store_record(store, 3, &bytes, &err), STATUS_NOT_FOUND);
	store_close(store);
	writer = open_writer("db");
	ck_assert_uint_eq(add(writer, "fog"), 4);
	finish(writer);
}
END_TEST

START_TEST(deleting_what_is_not_there_loses_nothing)
{
	struct store_writer *writer = create("db");
	add(writer, "rain");
	assert_status(store_delete(writer, 7, &err), STATUS_NOT_FOUND);
	assert_ok(store_delete(writer, 1, &err));
	assert_status(store_delete(writer, 1, &err), STATUS_NOT_FOUND);
	add(writer, "sun");
	finish(writer);
	struct store *store = open_reader("db");
	ck_assert_uint_eq(store_count(store), 1);
	ck_assert_uint_eq(frequency(store, "sun"), 1);
	store_close(store);
}
END_TEST

START_TEST(what_was_not_committed_is_gone)
{
	const struct store_writer_options options = { .flush_every = 50 };
	struct store_writer *writer = create("db");
	add(writer, "rain");
	finish(writer);
	assert_ok(store_writer_open(path("db"), &options, &writer, &err));
	for (int i = 0; i < 200; i++)
		add(writer, "sun"); /* more than one flush */
	assert_ok(store_delete(writer, 1, &err));
	assert_ok(store_set_metadata(writer, STR("dateline.batch"), STR("2"), &err));
	store_writer_close(writer);
	store_writer_close(NULL);
	struct store *store = open_reader("db");
	ck_assert_uint_eq(store_count(store), 1);
	ck_assert_uint_eq(frequency(store, "rain"), 1);
	ck_assert_uint_eq(frequency(store, "sun"), 0);
	buffer_reset(&bytes);
	assert_ok(store_metadata(store, STR("dateline.batch"), &bytes, &err));
	ck_assert_uint_eq(bytes.len, 0);
	store_close(store);
}
END_TEST

/* A commit that fails has not happened, also when the writer is closed once there is room again. */
START_TEST(a_commit_that_fails_leaves_the_last_one)
{
	struct store_writer *writer = create("db");
	add(writer, "rain");
	finish(writer);
	struct rlimit before, small = { 0, 0 };
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_IGN);
	for (rlim_t limit = 4096; limit <= 32768; limit += 4096) {
		writer = open_writer("db");
		for (int i = 0; i < 200; i++)
			add(writer, "sun and more words that fill a block or two of the tables");
		small = (struct rlimit){ limit, before.rlim_max };
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
		const enum status status = store_commit(writer, &err);
		ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
		store_writer_close(writer);
		ck_assert_msg(status == STATUS_SYSTEM, "%d: %s", (int)limit, err.text);
		struct store *store = open_reader("db");
		ck_assert_uint_eq(store_count(store), 1);
		ck_assert_uint_eq(frequency(store, "sun"), 0);
		store_close(store);
	}
	writer = open_writer("db");
	ck_assert_uint_eq(add(writer, "sun"), 2);
	finish(writer);
}
END_TEST

/*
 * The calls by which data comes from the disk and goes there, libxapian's too: those of the program come before those of the C library.
 * The one that brings the countdown to nought fails, once.
 */
static int countdown;
static bool directory_failed;
static unsigned directory_syncs;

/* libxapian's compactor ignores them, so there they cannot be told from those that count. */
static bool syncs_never_fail;

static bool is_time_to_fail(void)
{
	if (!countdown || --countdown)
		return false;
	errno = EIO;
	return true;
}

static int sync_file(long call, int file)
{
	struct stat info;
	const bool is_directory = fstat(file, &info) == 0 && S_ISDIR(info.st_mode);
	directory_syncs += is_directory;
	if (syncs_never_fail || !is_time_to_fail())
		return (int)syscall(call, file);
	directory_failed = is_directory;
	return -1;
}

int fsync(int fd)
{
	return sync_file(SYS_fsync, fd);
}

int fdatasync(int fildes)
{
	return sync_file(SYS_fdatasync, fildes);
}

int rename(const char *old, const char *new)
{
	return is_time_to_fail() ? -1 : (int)syscall(SYS_rename, old, new);
}

ssize_t pwrite(int fd, const void *buf, size_t n, off_t offset)
{
	return is_time_to_fail() ? -1 : (ssize_t)syscall(SYS_pwrite64, fd, buf, n, offset);
}

ssize_t pread(int fd, void *buf, size_t nbytes, off_t offset)
{
	return is_time_to_fail() ? -1 : (ssize_t)syscall(SYS_pread64, fd, buf, nbytes, offset);
}

/* The first read, write, sync or rename fails, then the second, until a commit needs no more of them. */
START_TEST(whatever_fails_in_a_commit_the_last_one_stands)
{
	uint32_t before = 0;
	int n = 1;
	finish(create("db"));
	for (bool failed = true; failed; n++) {
		struct store_writer *writer = open_writer("db");
		for (int i = 0; i < 60; i++)
			add(writer, "sun and more words that fill a block or two of the tables");
		countdown = n;
		directory_failed = false;
		directory_syncs = 0;
		const enum status status = store_commit(writer, &err);
		failed = countdown == 0;
		countdown = 0;
		store_writer_close(writer);
		ck_assert_int_eq(status, failed ? STATUS_SYSTEM : STATUS_OK);
		ck_assert(failed || directory_syncs);
		struct store *store = open_reader("db");
		/* The last of all calls is for the directory: then the commit is there, but not for sure. */
		const bool is_there = !failed || directory_failed;
		ck_assert_msg(store_count(store) == before + (is_there ? 60 : 0), "call %d: %u", n,
			      store_count(store));
		before = store_count(store);
		store_close(store);
	}
	ck_assert_int_gt(n, 8);
}
END_TEST

START_TEST(terms_that_do_not_fit_are_refused_and_nothing_is_lost)
{
	struct store_writer *writer = create("db");
	add(writer, "rain");
	char text[300];
	memset(text, 'x', sizeof(text));
	struct posting posting = { .term = { text, SCHEMA_TERM_MAX } };
	const struct document document = { .postings = &posting, .posting_count = 1 };
	uint32_t id;
	assert_ok(store_add(writer, &document, &id, &err));
	posting.term.len++;
	assert_status(store_add(writer, &document, &id, &err), STATUS_TOO_LARGE);
	assert_status(store_replace(writer, 1, &document, &err), STATUS_TOO_LARGE);
	memset(text, '\0', 100);
	posting.term.len = SCHEMA_TERM_MAX - 100;
	assert_ok(store_add(writer, &document, &id, &err));
	posting.term.len++;
	assert_status(store_add(writer, &document, &id, &err), STATUS_TOO_LARGE);
	posting.term.len = 0;
	assert_status(store_add(writer, &document, &id, &err), STATUS_TOO_LARGE);
	finish(writer);
	struct store *store = open_reader("db");
	ck_assert_uint_eq(store_count(store), 3);
	ck_assert_uint_eq(frequency(store, "rain"), 1);
	const struct str term = { text, SCHEMA_TERM_MAX - 100 };
	uint32_t number;
	assert_ok(store_frequency(store, term, &number, &err));
	ck_assert_uint_eq(number, 1);
	store_close(store);
}
END_TEST

START_TEST(metadata_keys_that_do_not_fit_are_refused)
{
	char key[300];
	memset(key, 'k', sizeof(key));
	struct store_writer *writer = create("db");
	add(writer, "rain");
	assert_ok(store_set_metadata(writer, (struct str){ key, 253 }, STR("fits"), &err));
	assert_status(store_set_metadata(writer, (struct str){ key, 254 }, STR("x"), &err),
		      STATUS_TOO_LARGE);
	assert_status(store_set_metadata(writer, STR(""), STR("x"), &err), STATUS_TOO_LARGE);
	memset(key, '\0', 100);
	assert_ok(store_set_metadata(writer, (struct str){ key, 253 }, STR("nuls"), &err));
	finish(writer);
	struct store *store = open_reader("db");
	ck_assert_uint_eq(store_count(store), 1);
	buffer_reset(&bytes);
	assert_ok(store_metadata(store, (struct str){ key, 253 }, &bytes, &err));
	assert_str(buffer_str(&bytes), "nuls");
	store_close(store);
}
END_TEST

START_TEST(the_second_writer_is_locked_out)
{
	struct store_writer *writer = create("db"), *second;
	assert_ok(store_commit(writer, &err));
	struct store_writer_options options = { 0 };
	assert_status(store_writer_open(path("db"), &options, &second, &err), STATUS_LOCKED);
	ck_assert_ptr_null(second);
	options.lock_wait_ms = 1;
	assert_status(store_writer_open(path("db"), &options, &second, &err), STATUS_LOCKED);
	/* The first one does not come to harm, and readers are let in. */
	add(writer, "rain");
	finish(writer);
	struct store *store = open_reader("db");
	ck_assert_uint_eq(store_count(store), 1);
	store_close(store);
	store_writer_close(open_writer("db"));
}
END_TEST

START_TEST(an_index_is_made_where_there_is_none)
{
	struct store_writer *writer;
	const struct store_writer_options options = { .create = true };
	ck_assert_int_eq(mkdir(path("db"), 0777), 0);
	finish(create("db"));
	ck_assert_int_ne(store_writer_open(path("db"), &options, &writer, &err), STATUS_OK);
	store_close(open_reader("db"));
	ck_assert_int_ne(store_writer_open(path("no/such/folder"), &options, &writer, &err),
			 STATUS_OK);
	ck_assert_ptr_null(writer);
	write_file("file", "text");
	ck_assert_int_ne(store_writer_open(path("file"), &options, &writer, &err), STATUS_OK);
}
END_TEST

START_TEST(the_environment_is_as_it_was)
{
	unsetenv("XAPIAN_FLUSH_THRESHOLD");
	finish(create("one"));
	ck_assert_ptr_null(getenv("XAPIAN_FLUSH_THRESHOLD"));
	setenv("XAPIAN_FLUSH_THRESHOLD", "1234", 1);
	finish(create("two"));
	ck_assert_str_eq(getenv("XAPIAN_FLUSH_THRESHOLD"), "1234");
}
END_TEST

START_TEST(the_view_sees_what_is_not_committed)
{
	struct store_writer *writer = create("db");
	struct store *view = store_writer_view(writer);
	const struct plan all = { .op = PLAN_ALL }, rain = { .op = PLAN_TERM, .term = STR("rain") };
	struct docset set;
	for (uint32_t i = 1; i <= 200; i++) {
		struct document document;
		struct value value = { SLOT_HASH, STR("0123456789abcdef") };
		uint32_t id;
		make_document(i % 2 ? "rain" : "sun", &document);
		document.record = STR("stored");
		document.values = &value;
		document.value_count = 1;
		assert_ok(store_add(writer, &document, &id, &err));
		ck_assert_uint_eq(store_count(view), i);
		ck_assert_uint_eq(store_last_id(view), i);
		assert_ok(store_match(view, &rain, &set, &err));
		ck_assert_uint_eq(docset_count(&set), (i + 1) / 2);
		docset_release(&set);
	}
	assert_str(record_of(view, 200), "stored");
	buffer_reset(&bytes);
	assert_ok(store_value(view, 200, SLOT_HASH, &bytes, &err));
	assert_str(buffer_str(&bytes), "0123456789abcdef");
	uint32_t first;
	assert_ok(store_first(view, STR("sun"), &first, &err));
	ck_assert_uint_eq(first, 2);
	assert_ok(store_delete(writer, 2, &err));
	assert_ok(store_first(view, STR("sun"), &first, &err));
	ck_assert_uint_eq(first, 4);
	ck_assert_uint_eq(store_count(view), 199);
	assert_ok(store_commit(writer, &err));
	uint32_t next = 1;
	assert_ok(store_match(view, &all, &set, &err));
	buffer_reset(&bytes);
	assert_ok(store_column(view, SLOT_HASH, &set, &next, SIZE_MAX, &bytes, &err));
	ck_assert_uint_eq(bytes.len, 199 * (8 + 16));
	docset_release(&set);
	store_writer_close(writer);
}
END_TEST

START_TEST(packing_copies_all_with_the_numbers)
{
	struct store_writer *writer = create("loose");
	for (int i = 0; i < 300; i++)
		add(writer, "sun and rain");
	assert_ok(store_delete(writer, 7, &err));
	assert_ok(store_set_metadata(writer, STR("key"), STR("value"), &err));
	finish(writer);
	char from[PATH_MAX];
	snprintf(from, sizeof(from), "%s", path("loose"));
	directory_syncs = 0;
	assert_ok(store_pack(from, path("packed"), &err));
	ck_assert_uint_eq(directory_syncs, 1);
	struct store *store = open_reader("packed");
	uint32_t frequency;
	ck_assert_uint_eq(store_count(store), 299);
	ck_assert_uint_eq(store_last_id(store), 300);
	assert_ok(store_frequency(store, STR("rain"), &frequency, &err));
	ck_assert_uint_eq(frequency, 299);
	buffer_reset(&bytes);
	assert_ok(store_metadata(store, STR("key"), &bytes, &err));
	assert_str(buffer_str(&bytes), "value");
	store_close(store);
}
END_TEST

START_TEST(packing_nothing)
{
	finish(create("loose"));
	char from[PATH_MAX];
	snprintf(from, sizeof(from), "%s", path("loose"));
	assert_ok(store_pack(from, path("packed"), &err));
	struct store *store = open_reader("packed");
	ck_assert_uint_eq(store_count(store), 0);
	store_close(store);
	/* There is something in the way, and there is nothing to pack. */
	assert_status(store_pack(from, path("packed"), &err), STATUS_SYSTEM);
	assert_status(store_pack(path("nowhere"), folder, &err), STATUS_NO_INDEX);
}
END_TEST

/* libxapian's compactor does not free its cursors when it fails. There when a sanitizer is linked in. */
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

static enum status pack_unwatched(const char *from, const char *to)
{
	if (__lsan_disable)
		__lsan_disable();
	const enum status status = store_pack(from, to, &err);
	if (__lsan_enable)
		__lsan_enable();
	return status;
}

START_TEST(packing_tells_what_fails)
{
	struct store_writer *writer = create("loose");
	for (int i = 0; i < 300; i++)
		add(writer, "sun and rain and more words that fill a block or two of the tables");
	finish(writer);
	char from[PATH_MAX], to[32];
	snprintf(from, sizeof(from), "%s", path("loose"));
	int n = 1;
	for (bool failed = true; failed; n++) {
		snprintf(to, sizeof(to), "packed-%d", n);
		countdown = n;
		syncs_never_fail = true;
		const enum status status = pack_unwatched(from, path(to));
		failed = countdown == 0;
		countdown = 0;
		syncs_never_fail = false;
		ck_assert_msg(failed == (status != STATUS_OK), "call %d", n);
	}
	ck_assert_int_gt(n, 10);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("store_write");
	TCase *writing = tcase_create("writing");
	tcase_add_checked_fixture(writing, set_up, tear_down);
	tcase_set_timeout(writing, 120);
	tcase_add_test(writing, what_was_committed_is_there);
	tcase_add_test(writing, an_index_goes_on_where_it_was);
	tcase_add_test(writing, replacing_and_deleting);
	tcase_add_test(writing, deleting_what_is_not_there_loses_nothing);
	tcase_add_test(writing, what_was_not_committed_is_gone);
	tcase_add_test(writing, a_commit_that_fails_leaves_the_last_one);
	tcase_add_test(writing, whatever_fails_in_a_commit_the_last_one_stands);
	tcase_add_test(writing, terms_that_do_not_fit_are_refused_and_nothing_is_lost);
	tcase_add_test(writing, metadata_keys_that_do_not_fit_are_refused);
	tcase_add_test(writing, the_second_writer_is_locked_out);
	tcase_add_test(writing, an_index_is_made_where_there_is_none);
	tcase_add_test(writing, the_environment_is_as_it_was);
	tcase_add_test(writing, the_view_sees_what_is_not_committed);
	tcase_add_test(writing, packing_copies_all_with_the_numbers);
	tcase_add_test(writing, packing_nothing);
	tcase_add_test(writing, packing_tells_what_fails);
	suite_add_tcase(suite, writing);
	return suite;
}

TEST_MAIN(make_suite)
