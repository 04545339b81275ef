#include "../../indexer/walk.h"
#include "testing.h"

#include <sys/stat.h>
#include <unistd.h>

static char place[64];

/* walk_paths takes what main has: text that could be written to. */
static char here[] = ".", in_folder[] = "in", hidden[] = ".hidden.txt", nowhere[] = "nowhere.txt",
	    standard_input[] = "-";

static void make_place(void)
{
	snprintf(place, sizeof(place), "/tmp/dateline-walk-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(place));
	ck_assert_int_eq(chdir(place), 0);
}

static void remove_place(void)
{
	char command[300];
	ck_assert_int_eq(chdir("/"), 0);
	snprintf(command, sizeof(command), "rm -rf %s", place);
	ck_assert_int_eq(system(command), 0);
}

static void put_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

/* The paths found, relative to the place, parted by blanks. */
static const char *names_of(const struct walk *walk)
{
	static char names[1024];
	names[0] = '\0';
	for (size_t i = 0; i < walk->count; i++) {
		const char *path = walk->files[i].path.data;
		if (strncmp(path, place, strlen(place)) == 0)
			path += strlen(place) + 1;
		snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s%s", i ? " " : "",
			 path);
	}
	return names;
}

START_TEST(test_folders_in_order_of_names)
{
	char *paths[] = { here, NULL };
	struct walk walk;
	struct error err;
	mkdir("b", 0777);
	put_file("b/2.txt", "12");
	put_file("b/10.txt", "1");
	put_file("c.txt", "123");
	put_file("a.txt", "");
	put_file("B.txt", "");
	ck_assert_int_eq(walk_paths(paths, &walk, &err), STATUS_OK);
	ck_assert_str_eq(names_of(&walk), "B.txt a.txt b/10.txt b/2.txt c.txt");
	ck_assert_uint_eq(walk.bytes, 6);
	ck_assert(!walk.files[0].named);
	walk_release(&walk);
}
END_TEST

START_TEST(test_hidden_files_and_databases_are_passed_over)
{
	char *paths[] = { here, NULL }, *named[] = { hidden, NULL };
	struct walk walk;
	struct error err;
	mkdir("dateline.db", 0777);
	put_file("dateline.db/iamglass", "x");
	put_file("dateline.db/docdata.glass", "x");
	mkdir(".git", 0777);
	put_file(".git/config", "x");
	put_file(".hidden.txt", "x");
	put_file("seen.txt", "x");
	ck_assert_int_eq(walk_paths(paths, &walk, &err), STATUS_OK);
	ck_assert_str_eq(names_of(&walk), "seen.txt");
	walk_release(&walk);
	ck_assert_int_eq(walk_paths(named, &walk, &err), STATUS_OK);
	ck_assert_str_eq(names_of(&walk), ".hidden.txt");
	ck_assert(walk.files[0].named);
	walk_release(&walk);
}
END_TEST

START_TEST(test_links_are_followed_once)
{
	char *paths[] = { in_folder, NULL };
	struct walk walk;
	struct error err;
	mkdir("in", 0777);
	mkdir("in/deep", 0777);
	put_file("in/deep/a.txt", "x");
	ck_assert_int_eq(symlink("..", "in/deep/up"), 0);
	ck_assert_int_eq(symlink("deep/a.txt", "in/b.txt"), 0);
	ck_assert_int_eq(walk_paths(paths, &walk, &err), STATUS_OK);
	ck_assert_str_eq(names_of(&walk), "in/deep/a.txt in/deep/a.txt");
	walk_release(&walk);
}
END_TEST

START_TEST(test_what_cannot_be_read)
{
	char *absent[] = { nowhere, NULL }, *paths[] = { here, standard_input, NULL };
	struct walk walk;
	struct error err;
	ck_assert_int_eq(walk_paths(absent, &walk, &err), STATUS_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(err.text, "nowhere.txt"));
	walk_release(&walk);
	ck_assert_int_eq(symlink("nowhere.txt", "dangling.txt"), 0);
	put_file("fine.txt", "x");
	ck_assert_int_eq(walk_paths(paths, &walk, &err), STATUS_OK);
	ck_assert_uint_eq(walk.count, 3);
	ck_assert_ptr_nonnull(walk.files[0].err);
	ck_assert_ptr_null(walk.files[1].err);
	assert_str(walk.files[2].path, "-");
	walk_release(&walk);
}
END_TEST

static Suite *walk_suite(void)
{
	Suite *suite = suite_create("walk");
	TCase *tests = tcase_create("walk");
	tcase_add_checked_fixture(tests, make_place, remove_place);
	tcase_add_test(tests, test_folders_in_order_of_names);
	tcase_add_test(tests, test_hidden_files_and_databases_are_passed_over);
	tcase_add_test(tests, test_links_are_followed_once);
	tcase_add_test(tests, test_what_cannot_be_read);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(walk_suite)
