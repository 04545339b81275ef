#include "dateline/entity.h"

#include "../../lib/entity/name_model.h"
#include "dateline/intern.h"
#include "testing.h"

#include <stddef.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[64]; /* of a file of the test's own */
static struct error err;
static struct name_model *model;

static void set_up(void)
{
	unsetenv("DATELINE_MODEL");
	snprintf(path, sizeof(path), "/tmp/dateline-model-XXXXXX");
	const int file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	close(file);
	model = NULL;
	err = (struct error){ 0 };
}

static void tear_down(void)
{
	unlink(path);
	rmdir(path);
	name_model_close(model);
}

static void put(const void *bytes, size_t size)
{
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
	fclose(file);
}

static struct model_header header(uint32_t list_bits, uint32_t row_bits)
{
	struct model_header made = {
		.magic = MODEL_MAGIC,
		.format = MODEL_FORMAT,
		.features = MODEL_FEATURES,
		.list_count = list_bits < 32 ? (uint32_t)1 << list_bits : UINT32_MAX,
		.row_groups = row_bits < 36 ? (uint32_t)1 << (row_bits - 4) : UINT32_MAX,
		.unit = 1,
	};
	made.check = hash_bytes(&made, offsetof(struct model_header, check));
	return made;
}

/* Every refusal names the file. */
static void refuses(enum status expected)
{
	const enum status status = name_model_open(path, &model, &err);
	ck_assert_msg(status == expected, "status %s, not %s: %s", status_name(status),
		      status_name(expected), err.text);
	ck_assert_ptr_nonnull(strstr(err.text, path));
	ck_assert_ptr_null(model);
}

/* ---- the shipped one ---- */

START_TEST(the_shipped_model_opens)
{
	const enum status status = name_model_open(NULL, &model, &err);
	ck_assert_msg(status == STATUS_OK, "%s", err.text);
	char maker[ENTITY_MAKER_SIZE], expected[ENTITY_MAKER_SIZE];
	entity_maker(ENTITIES_AUTO, model, maker);
	snprintf(expected, sizeof(expected), "%d-%016llx", ENTITY_VERSION,
		 (unsigned long long)model->model.header->check);
	ck_assert_str_eq(maker, expected);
	ck_assert_msg(name_model_check(model, &err) == STATUS_OK, "%s", err.text);
}
END_TEST

START_TEST(the_environment_names_another)
{
	put("no model", 8);
	setenv("DATELINE_MODEL", path, 1);
	ck_assert_int_eq(name_model_open(NULL, &model, &err), STATUS_BAD_INPUT);
	ck_assert_ptr_nonnull(strstr(err.text, path));
	setenv("DATELINE_MODEL", "", 1);
	ck_assert_int_eq(name_model_open(NULL, &model, &err), STATUS_OK);
}
END_TEST

START_TEST(a_named_file_goes_before_the_environment)
{
	setenv("DATELINE_MODEL", "/nonexistent/names.model", 1);
	const struct model_header made = header(0, 4);
	put(&made, sizeof(made));
	ck_assert_int_eq(truncate(path, sizeof(made) + 8 + 16 * 25), 0);
	ck_assert_int_eq(name_model_open(path, &model, &err), STATUS_OK);
}
END_TEST

START_TEST(makers_are_words)
{
	char maker[ENTITY_MAKER_SIZE];
	entity_maker(ENTITIES_GIVEN, NULL, maker);
	ck_assert_str_eq(maker, "given");
	entity_maker(ENTITIES_OFF, NULL, maker);
	ck_assert_str_eq(maker, "off");
}
END_TEST

/* ---- refusals ---- */

START_TEST(no_file_is_refused)
{
	unlink(path);
	refuses(STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, "No such file"));
	ck_assert_ptr_null(strstr(err.text, "cannot cannot"));
}
END_TEST

START_TEST(an_empty_file_is_refused)
{
	refuses(STATUS_BAD_INPUT);
}
END_TEST

START_TEST(a_folder_is_refused)
{
	unlink(path);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	refuses(STATUS_BAD_INPUT);
}
END_TEST

START_TEST(other_files_are_refused)
{
	put("{\"id\":\"a\"}\n", 11);
	refuses(STATUS_BAD_INPUT);
	static const char zeros[4096];
	put(zeros, sizeof(zeros));
	refuses(STATUS_BAD_INPUT);
}
END_TEST

START_TEST(other_versions_are_refused_by_number)
{
	struct model_header made = header(0, 4);
	made.features = MODEL_FEATURES + 1;
	put(&made, sizeof(made));
	refuses(STATUS_OTHER_VERSION);
	char version[32];
	snprintf(version, sizeof(version), "%d.%d", MODEL_FORMAT, MODEL_FEATURES + 1);
	ck_assert_ptr_nonnull(strstr(err.text, version));
	made = header(0, 4);
	made.format = MODEL_FORMAT + 7;
	put(&made, sizeof(made));
	refuses(STATUS_OTHER_VERSION);
}
END_TEST

START_TEST(a_damaged_header_is_refused)
{
	struct model_header made = header(0, 4);
	made.steps[3][1] ^= 1;
	put(&made, sizeof(made));
	refuses(STATUS_CORRUPT);
}
END_TEST

static size_t resident_pages(void)
{
	char line[256], *at = line;
	FILE *file = fopen("/proc/self/statm", "r");
	ck_assert_ptr_nonnull(file);
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), file));
	fclose(file);
	ck_assert_uint_gt(strtoul(at, &at, 10), 0);
	return strtoul(at, &at, 10);
}

/* Nothing can be read from a pipe before somebody writes to it; that must not be waited for. */
START_TEST(a_pipe_is_refused_at_once)
{
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	refuses(STATUS_BAD_INPUT);
}
END_TEST

/* A file that could be a model but for a limit of the system is not called something else. */
START_TEST(what_cannot_be_mapped_is_no_other_file)
{
	const struct model_header made = header(25, 23);
	const size_t size = sizeof(made) + ((size_t)8 << 25) + ((size_t)25 << 23);
	put(&made, sizeof(made));
	ck_assert_int_eq(truncate(path, (off_t)size), 0);
	struct rlimit limit;
	ck_assert_int_eq(getrlimit(RLIMIT_AS, &limit), 0);
	const struct rlimit less = { resident_pages() * 4096 + size / 2, limit.rlim_max };
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &less), 0);
	refuses(STATUS_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, "map"));
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
}
END_TEST

/* ---- all of it ---- */

static struct {
	struct model_header header;
	struct list_slot lists[16];
	uint8_t marks[16];
	struct row_slot rows[16];
} file_bytes;

static void put_whole(void)
{
	for (size_t i = 0; i < 16; i++) {
		file_bytes.lists[i].check = (uint16_t)(i * 7 + 1);
		file_bytes.marks[i] = (uint8_t)(i + 3);
		file_bytes.rows[i].weights[i % TAGS] = (int8_t)i;
	}
	file_bytes.header = header(4, 4);
	const struct model tables = { .lists = file_bytes.lists,
				      .marks = file_bytes.marks,
				      .rows = file_bytes.rows,
				      .list_count = 16,
				      .row_groups = 1 };
	file_bytes.header.tables = model_tables_hash(&tables);
	file_bytes.header.check =
		hash_bytes(&file_bytes.header, offsetof(struct model_header, check));
	put(&file_bytes, sizeof(file_bytes));
}

static void flip_byte(size_t at)
{
	FILE *file = fopen(path, "r+");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fseek(file, (long)at, SEEK_SET), 0);
	const int byte = getc(file);
	ck_assert_int_eq(fseek(file, (long)at, SEEK_SET), 0);
	putc(byte ^ 4, file);
	fclose(file);
}

START_TEST(a_flipped_bit_anywhere_is_found)
{
	put_whole();
	ck_assert_int_eq(name_model_open(path, &model, &err), STATUS_OK);
	ck_assert_int_eq(name_model_check(model, &err), STATUS_OK);
	name_model_close(model);
	model = NULL;
	for (size_t at = 0; at < sizeof(file_bytes); at++) {
		flip_byte(at);
		enum status status = name_model_open(path, &model, &err);
		ck_assert_msg(at >= sizeof(file_bytes.header) ? status == STATUS_OK
							      : status != STATUS_OK,
			      "byte %zu", at);
		if (status == STATUS_OK)
			status = name_model_check(model, &err);
		ck_assert_msg(status != STATUS_OK && strstr(err.text, path), "byte %zu", at);
		name_model_close(model);
		model = NULL;
		flip_byte(at);
	}
}
END_TEST

START_TEST(models_of_other_tables_have_other_names)
{
	char one[ENTITY_MAKER_SIZE], other[ENTITY_MAKER_SIZE];
	put_whole();
	ck_assert_int_eq(name_model_open(path, &model, &err), STATUS_OK);
	entity_maker(ENTITIES_AUTO, model, one);
	name_model_close(model);
	file_bytes.rows[15].check[0] = 9;
	put_whole();
	ck_assert_int_eq(name_model_open(path, &model, &err), STATUS_OK);
	entity_maker(ENTITIES_AUTO, model, other);
	ck_assert_str_ne(one, other);
}
END_TEST

START_TEST(sizes_beyond_reason_are_refused)
{
	const struct model_header made = header(63, 60);
	put(&made, sizeof(made));
	refuses(STATUS_CORRUPT);
}
END_TEST

START_TEST(a_cut_file_is_refused)
{
	const struct model_header made = header(4, 6);
	const off_t whole = sizeof(made) + 16 * sizeof(struct list_slot) +
			    64 * (1 + (off_t)sizeof(struct row_slot));
	put(&made, sizeof(made));
	ck_assert_int_eq(truncate(path, whole - 1), 0);
	refuses(STATUS_CORRUPT);
	ck_assert_int_eq(truncate(path, whole + 1), 0);
	refuses(STATUS_CORRUPT);
	put(&made, sizeof(made) - 1);
	refuses(STATUS_BAD_INPUT);
}
END_TEST

/* ---- mapped, not read ---- */

/* A file of holes that would take 480 MiB of memory if it were read. */
START_TEST(opening_reads_next_to_nothing)
{
	const struct model_header made = header(25, 23);
	put(&made, sizeof(made));
	ck_assert_int_eq(truncate(path, sizeof(made) + ((off_t)8 << 25) + ((off_t)25 << 23)), 0);
	const size_t before = resident_pages();
	ck_assert_int_eq(name_model_open(path, &model, &err), STATUS_OK);
	const size_t pages = resident_pages() - before;
	ck_assert_msg(pages < 1024, "%zu pages more", pages);
}
END_TEST

/* ---- evaluation ---- */

/*
 * Five names are tagged. Four are found by any model that deserves the name: Angela Merkel and Paris and United Nations, which are
 * right, and London, which is no org. Friday is none. So precision is 3/4, recall 3/5, F1 2 * 3 / (4 + 5).
 */
static const char tagged[] =
	"-DOCSTART-\tO\n"
	"\n"
	"Angela\tB-PER\nMerkel\tI-PER\nflew\tO\nto\tO\nLondon\tB-ORG\n"
	"on\tO\nFriday\tB-MISC\n.\tO\n"
	"\n"
	"The\tO\nUnited\tB-ORG\nNations\tI-ORG\nmet\tO\nin\tO\nParis\tB-LOC\n.\tO\n";

static struct str figures(void)
{
	static struct buffer out;
	buffer_reset(&out);
	ck_assert_int_eq(name_model_open(NULL, &model, &err), STATUS_OK);
	const enum status status = entity_evaluate(model, path, &out, &err);
	ck_assert_msg(status == STATUS_OK, "%s", err.text);
	return buffer_str(&out);
}

START_TEST(figures_are_those_counted_by_hand)
{
	put(tagged, sizeof(tagged) - 1);
	assert_str(figures(), "kind     precision  recall      F1    names\n"
			      "person      100.00  100.00  100.00        1\n"
			      "org         100.00   50.00   66.67        2\n"
			      "place        50.00  100.00   66.67        1\n"
			      "other         0.00    0.00    0.00        1\n"
			      "all          75.00   60.00   66.67        5\n"
			      "F1 66.67\n");
}
END_TEST

static void evaluation_fails(enum status expected, const char *words)
{
	struct buffer out = { 0 };
	if (!model)
		ck_assert_int_eq(name_model_open(NULL, &model, &err), STATUS_OK);
	ck_assert_int_eq(entity_evaluate(model, path, &out, &err), expected);
	ck_assert_msg(strstr(err.text, words) && strstr(err.text, path), "%s", err.text);
	ck_assert_uint_eq(out.len, 0);
	buffer_release(&out);
}

/* A figure for nothing would be read as one for a text. */
START_TEST(nothing_is_not_measured)
{
	evaluation_fails(STATUS_BAD_INPUT, "nothing to measure");
	put("Paris\tO\n", 8);
	evaluation_fails(STATUS_BAD_INPUT, "nothing to measure");
}
END_TEST

START_TEST(a_damaged_model_is_not_measured)
{
	put_whole();
	flip_byte(sizeof(file_bytes) - 5);
	ck_assert_int_eq(name_model_open(path, &model, &err), STATUS_OK);
	evaluation_fails(STATUS_CORRUPT, "damaged");
}
END_TEST

START_TEST(errors_name_file_and_line)
{
	static const char unknown[] = "Angela\tB-PER\n\nMerkel\tB-HERO\n";
	static const char untagged[] = "Angela\tB-PER\nMerkel\n";
	put(unknown, sizeof(unknown) - 1);
	evaluation_fails(STATUS_BAD_INPUT, "line 3");
	ck_assert_ptr_nonnull(strstr(err.text, "B-HERO"));
	put(untagged, sizeof(untagged) - 1);
	evaluation_fails(STATUS_BAD_INPUT, "line 2");
	unlink(path);
	evaluation_fails(STATUS_SYSTEM, "No such file");
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("name_model");
	TCase *tests = tcase_create("name_model");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, the_shipped_model_opens);
	tcase_add_test(tests, the_environment_names_another);
	tcase_add_test(tests, a_named_file_goes_before_the_environment);
	tcase_add_test(tests, makers_are_words);
	tcase_add_test(tests, no_file_is_refused);
	tcase_add_test(tests, an_empty_file_is_refused);
	tcase_add_test(tests, a_folder_is_refused);
	tcase_add_test(tests, other_files_are_refused);
	tcase_add_test(tests, other_versions_are_refused_by_number);
	tcase_add_test(tests, a_damaged_header_is_refused);
	tcase_add_test(tests, a_pipe_is_refused_at_once);
	tcase_add_test(tests, what_cannot_be_mapped_is_no_other_file);
	tcase_add_test(tests, a_flipped_bit_anywhere_is_found);
	tcase_add_test(tests, models_of_other_tables_have_other_names);
	tcase_add_test(tests, sizes_beyond_reason_are_refused);
	tcase_add_test(tests, a_cut_file_is_refused);
	tcase_add_test(tests, opening_reads_next_to_nothing);
	tcase_add_test(tests, figures_are_those_counted_by_hand);
	tcase_add_test(tests, nothing_is_not_measured);
	tcase_add_test(tests, a_damaged_model_is_not_measured);
	tcase_add_test(tests, errors_name_file_and_line);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
