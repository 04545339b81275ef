#include "../../indexer/publish.h"
#include "testing.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char place[64];
static char target[80];

static void make_place(void)
{
	snprintf(place, sizeof(place), "/tmp/dateline-publish-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(place));
	snprintf(target, sizeof(target), "%s/news.db", place);
}

static void remove_place(void)
{
	char command[300];
	snprintf(command, sizeof(command), "rm -rf %s", place);
	ck_assert_int_eq(system(command), 0);
}

static void put_file(const char *folder, const char *name, const char *text)
{
	char path[1024];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static bool exists(const char *folder, const char *name)
{
	char path[1024];
	struct stat info;
	snprintf(path, sizeof(path), "%s%s%s", folder, *name ? "/" : "", name);
	return stat(path, &info) == 0;
}

/* The folder that is published, with a file in it. */
static void put_whole(const struct fresh *fresh, const char *text)
{
	struct buffer path = { 0 };
	fresh_folder(fresh, FRESH_PACKED, &path);
	ck_assert_int_eq(mkdir(path.data, 0777), 0);
	put_file(path.data, "iamglass", text);
	buffer_release(&path);
}

static bool is_beside(const char *suffix)
{
	char path[1024];
	snprintf(path, sizeof(path), "%s%s", target, suffix);
	return exists(path, "");
}

START_TEST(test_a_target_is_absent_an_index_or_refused)
{
	enum target_state state;
	struct error err;
	ck_assert_int_eq(target_look(target, &state, &err), STATUS_OK);
	ck_assert_int_eq(state, TARGET_ABSENT);
	mkdir(target, 0777);
	ck_assert_int_eq(target_look(target, &state, &err), STATUS_OK);
	ck_assert_int_eq(state, TARGET_ABSENT);
	put_file(target, "iamglass", "x");
	ck_assert_int_eq(target_look(target, &state, &err), STATUS_OK);
	ck_assert_int_eq(state, TARGET_INDEX);
	put_file(place, "file", "x");
	char file[128];
	snprintf(file, sizeof(file), "%s/file", place);
	ck_assert_int_eq(target_look(file, &state, &err), STATUS_NO_INDEX);
	ck_assert_int_eq(target_look(place, &state, &err), STATUS_NO_INDEX);
	ck_assert_ptr_nonnull(strstr(err.text, "something else"));
}
END_TEST

START_TEST(test_nothing_is_there_until_it_is_published)
{
	struct fresh fresh;
	struct error err;
	ck_assert_int_eq(fresh_make(target, &fresh, &err), STATUS_OK);
	put_whole(&fresh, "new");
	ck_assert(!exists(target, ""));
	ck_assert_int_eq(fresh_publish(&fresh, FRESH_PACKED, true, &err), STATUS_OK);
	ck_assert(exists(target, "iamglass"));
	ck_assert(!is_beside(".building"));
}
END_TEST

START_TEST(test_a_slash_at_the_end_changes_nothing)
{
	struct fresh fresh;
	struct error err;
	char slashed[96];
	snprintf(slashed, sizeof(slashed), "%s//", target);
	ck_assert_int_eq(fresh_make(slashed, &fresh, &err), STATUS_OK);
	ck_assert(is_beside(".building"));
	put_whole(&fresh, "new");
	ck_assert_int_eq(fresh_publish(&fresh, FRESH_PACKED, true, &err), STATUS_OK);
	ck_assert(exists(target, ""));
}
END_TEST

START_TEST(test_an_index_is_replaced_whole)
{
	struct fresh fresh;
	struct error err;
	mkdir(target, 0777);
	put_file(target, "iamglass", "old");
	put_file(target, "docdata.glass", "old");
	ck_assert_int_eq(fresh_make(target, &fresh, &err), STATUS_OK);
	put_whole(&fresh, "new");
	ck_assert(exists(target, "docdata.glass"));
	ck_assert_int_eq(fresh_publish(&fresh, FRESH_PACKED, true, &err), STATUS_OK);
	ck_assert(exists(target, "iamglass"));
	ck_assert(!exists(target, "docdata.glass"));
	ck_assert(!is_beside(".building"));
}
END_TEST

START_TEST(test_what_others_put_beside_the_tables_is_not_lost)
{
	struct fresh fresh;
	struct error err;
	mkdir(target, 0777);
	put_file(target, "iamglass", "old");
	ck_assert_int_eq(target_may_go(target, &err), STATUS_OK);
	ck_assert_int_eq(fresh_make(target, &fresh, &err), STATUS_OK);
	put_whole(&fresh, "new");
	put_file(target, "notes.txt", "mine");
	ck_assert_int_eq(target_may_go(target, &err), STATUS_NO_INDEX);
	ck_assert_ptr_nonnull(strstr(err.text, "notes.txt"));
	ck_assert_int_eq(fresh_publish(&fresh, FRESH_PACKED, true, &err), STATUS_NO_INDEX);
	ck_assert(exists(target, "notes.txt"));
}
END_TEST

START_TEST(test_a_link_goes_on_leading_to_the_index)
{
	struct fresh fresh;
	struct error err;
	char link[96];
	struct stat info;
	snprintf(link, sizeof(link), "%s-link", target);
	mkdir(target, 0777);
	put_file(target, "iamglass", "old");
	put_file(target, "docdata.glass", "old");
	ck_assert_int_eq(symlink(target, link), 0);
	ck_assert_int_eq(fresh_make(link, &fresh, &err), STATUS_OK);
	put_whole(&fresh, "new");
	ck_assert_int_eq(fresh_publish(&fresh, FRESH_PACKED, true, &err), STATUS_OK);
	ck_assert(lstat(link, &info) == 0 && S_ISLNK(info.st_mode));
	ck_assert(!exists(target, "docdata.glass"));
	ck_assert(exists(link, "iamglass"));
}
END_TEST

START_TEST(test_a_folder_that_filled_up_meanwhile_is_not_replaced)
{
	struct fresh fresh;
	struct error err;
	ck_assert_int_eq(fresh_make(target, &fresh, &err), STATUS_OK);
	put_whole(&fresh, "new");
	mkdir(target, 0777);
	put_file(target, "letter.txt", "dear");
	ck_assert_int_eq(fresh_publish(&fresh, FRESH_PACKED, true, &err), STATUS_NO_INDEX);
	ck_assert(exists(target, "letter.txt"));
	ck_assert(!is_beside(".building"));
}
END_TEST

START_TEST(test_two_makers_do_not_meet)
{
	struct fresh first, second;
	struct error err;
	ck_assert_int_eq(fresh_make(target, &first, &err), STATUS_OK);
	put_whole(&first, "first");
	ck_assert_int_eq(fresh_make(target, &second, &err), STATUS_LOCKED);
	fresh_discard(&second);
	ck_assert(exists(first.path.data, FRESH_PACKED "/iamglass"));
	fresh_discard(&first);
	ck_assert(!is_beside(".building"));
	ck_assert_int_eq(fresh_make(target, &second, &err), STATUS_OK);
	fresh_discard(&second);
}
END_TEST

static void put_left(const char *left)
{
	char folder[160];
	snprintf(folder, sizeof(folder), "%s/%s", left, FRESH_LOOSE);
	mkdir(folder, 0777);
	put_file(folder, "position.glass", "half");
}

START_TEST(test_what_a_killed_run_left_is_used_or_cleared)
{
	struct fresh fresh;
	struct error err;
	char left[128];
	snprintf(left, sizeof(left), "%s.building", target);
	mkdir(left, 0777);
	put_left(left);
	ck_assert_int_eq(fresh_make(target, &fresh, &err), STATUS_OK);
	ck_assert(!exists(left, FRESH_LOOSE));
	/* In use, so it stays. */
	fresh_clear(target);
	ck_assert(exists(left, ""));
	fresh_discard(&fresh);
	mkdir(left, 0777);
	put_left(left);
	fresh_clear(target);
	ck_assert(!exists(left, ""));
	/* What others put there is theirs. */
	mkdir(left, 0777);
	put_file(left, "notes.txt", "mine");
	fresh_clear(target);
	ck_assert_int_eq(fresh_make(target, &fresh, &err), STATUS_NO_INDEX);
	ck_assert_ptr_nonnull(strstr(err.text, "notes.txt"));
	fresh_discard(&fresh);
	ck_assert(exists(left, "notes.txt"));
}
END_TEST

START_TEST(test_places_that_cannot_be_written)
{
	struct fresh fresh;
	struct error err;
	char nowhere[128];
	snprintf(nowhere, sizeof(nowhere), "%s/no/such/folder.db", place);
	ck_assert_int_eq(fresh_make(nowhere, &fresh, &err), STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, "No such file"));
	fresh_discard(&fresh);
	put_file(place, "news.db.building", "a file is in the way");
	ck_assert_int_eq(fresh_make(target, &fresh, &err), STATUS_SYSTEM);
	fresh_discard(&fresh);
	ck_assert(exists(place, "news.db.building"));
}
END_TEST

static Suite *publish_suite(void)
{
	Suite *suite = suite_create("publish");
	TCase *tests = tcase_create("publish");
	tcase_add_checked_fixture(tests, make_place, remove_place);
	tcase_add_test(tests, test_a_target_is_absent_an_index_or_refused);
	tcase_add_test(tests, test_nothing_is_there_until_it_is_published);
	tcase_add_test(tests, test_a_slash_at_the_end_changes_nothing);
	tcase_add_test(tests, test_an_index_is_replaced_whole);
	tcase_add_test(tests, test_what_others_put_beside_the_tables_is_not_lost);
	tcase_add_test(tests, test_a_link_goes_on_leading_to_the_index);
	tcase_add_test(tests, test_a_folder_that_filled_up_meanwhile_is_not_replaced);
	tcase_add_test(tests, test_two_makers_do_not_meet);
	tcase_add_test(tests, test_what_a_killed_run_left_is_used_or_cleared);
	tcase_add_test(tests, test_places_that_cannot_be_written);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(publish_suite)
