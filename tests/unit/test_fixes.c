#include "dateline/fixes.h"

#include "testing.h"

#include <unistd.h>

static struct arena arena;
static struct fixes fixes;
static struct error err;

static void tear_down(void)
{
	fixes_release(&fixes);
	arena_release(&arena);
}

static enum status parse(const char *text)
{
	err = (struct error){ 0 };
	return fixes_parse(str_from(text), "names.fix", &arena, &fixes, &err);
}

#define assert_parsed(lines)                                                                       \
	do {                                                                                       \
		const enum status status_ = parse(lines);                                          \
		ck_assert_msg(status_ == STATUS_OK, "%s", err.text);                               \
	} while (0)

/* Refused, in words that begin with the line and hold `words`; and nothing is kept. */
static void assert_wrong(const char *text, const char *line, const char *words)
{
	const size_t before = fixes.count;
	ck_assert_int_eq(parse(text), STATUS_BAD_INPUT);
	ck_assert_msg(strncmp(err.text, line, strlen(line)) == 0, "%s", err.text);
	ck_assert_msg(strstr(err.text, words) != NULL, "%s", err.text);
	ck_assert_uint_eq(fixes.count, before);
}

static void assert_fix(size_t at, enum fix_verb verb, enum facet_kind kind, const char *name,
		       const char *other)
{
	ck_assert_uint_lt(at, fixes.count);
	ck_assert_int_eq(fixes.items[at].verb, verb);
	ck_assert_int_eq(fixes.items[at].kind, kind);
	assert_str(fixes.items[at].name, name);
	assert_str(fixes.items[at].other, other);
}

/* ---- lines ---- */

START_TEST(each_verb_is_read)
{
	assert_parsed("merge org: African National Congress = ANC; A.N.C.\n"
		      "split person: Donald Trump = Trump\n"
		      "rename place: Burma = Myanmar\n"
		      "hide other: Monday; Tuesday\n"
		      "retype person: Volt Typhoon = org\n");
	ck_assert_uint_eq(fixes.count, 7);
	assert_fix(0, FIX_MERGE, KIND_ORG, "African National Congress", "ANC");
	assert_fix(1, FIX_MERGE, KIND_ORG, "African National Congress", "A.N.C.");
	assert_fix(2, FIX_SPLIT, KIND_PERSON, "Donald Trump", "Trump");
	assert_fix(3, FIX_RENAME, KIND_PLACE, "Burma", "Myanmar");
	assert_fix(4, FIX_HIDE, KIND_OTHER, "Monday", "");
	assert_fix(5, FIX_HIDE, KIND_OTHER, "Tuesday", "");
	assert_fix(6, FIX_RETYPE, KIND_PERSON, "Volt Typhoon", "");
	ck_assert_int_eq(fixes.items[6].to, KIND_ORG);
	ck_assert_uint_eq(fixes.items[1].line, 1);
	ck_assert_uint_eq(fixes.items[6].line, 5);
	ck_assert_str_eq(fixes.items[6].file, "names.fix");
}
END_TEST

START_TEST(blank_lines_and_comments_count_as_lines_only)
{
	assert_parsed("\n  \t\n# merge nonsense\n   # more\r\n  hide  PERSON :  He ;\r\n\n");
	ck_assert_uint_eq(fixes.count, 1);
	assert_fix(0, FIX_HIDE, KIND_PERSON, "He", "");
	ck_assert_uint_eq(fixes.items[0].line, 5);
}
END_TEST

START_TEST(nothing_is_nothing)
{
	assert_parsed("");
	assert_parsed("#");
	assert_parsed("\n\n");
	ck_assert_uint_eq(fixes.count, 0);
}
END_TEST

START_TEST(the_last_line_needs_no_end)
{
	assert_parsed("hide org: Reuters");
	assert_fix(0, FIX_HIDE, KIND_ORG, "Reuters", "");
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_the_first_word)
{
	assert_parsed("\xEF\xBB\xBFhide org: Reuters\n");
	ck_assert_uint_eq(fixes.count, 1);
}
END_TEST

START_TEST(names_hold_colons_signs_and_any_script)
{
	assert_parsed("rename other: Mission: Impossible = Mission: Impossible = 1; part #2\n"
		      "merge place: 北京 = Пекин;  Pe\tking  # no comment\n");
	assert_fix(0, FIX_RENAME, KIND_OTHER, "Mission: Impossible",
		   "Mission: Impossible = 1; part #2");
	assert_fix(1, FIX_MERGE, KIND_PLACE, "北京", "Пекин");
	assert_fix(2, FIX_MERGE, KIND_PLACE, "北京", "Pe king # no comment");
}
END_TEST

START_TEST(quotes_hold_the_signs_that_part)
{
	assert_parsed("merge org: \"Smith; Sons = Co\" = \"S;S\" ; Smith & Sons\n"
		      "hide org: \"A=B\"; C\n");
	assert_fix(0, FIX_MERGE, KIND_ORG, "Smith; Sons = Co", "S;S");
	assert_fix(1, FIX_MERGE, KIND_ORG, "Smith; Sons = Co", "Smith & Sons");
	assert_fix(2, FIX_HIDE, KIND_ORG, "A=B", "");
	assert_fix(3, FIX_HIDE, KIND_ORG, "C", "");
}
END_TEST

START_TEST(a_quote_inside_a_name_is_one)
{
	assert_parsed("hide person: Dwayne \"The Rock\" Johnson\n");
	assert_fix(0, FIX_HIDE, KIND_PERSON, "Dwayne \"The Rock\" Johnson", "");
}
END_TEST

START_TEST(bad_bytes_become_valid)
{
	assert_parsed("hide person: A\xFF\x01 B\n");
	assert_fix(0, FIX_HIDE, KIND_PERSON, "A\xEF\xBF\xBD B", "");
}
END_TEST

START_TEST(every_kind_with_names_is_known)
{
	static const char *const names[] = { "person",   "org",    "place",   "other",
					     "source",   "author", "topic",   "section",
					     "language", "agency", "speaker", "dateline" };
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char line[64];
		snprintf(line, sizeof(line), "hide %s: X", names[i]);
		assert_parsed(line);
		ck_assert_int_eq(fixes.items[i].kind, (int)i + 1);
	}
}
END_TEST

/* ---- what is wrong ---- */

START_TEST(what_is_wrong_is_named_with_its_line)
{
	assert_wrong("\nfuse person: A = B\n", "names.fix:2: ", "\"fuse\"");
	assert_wrong("merge\n", "names.fix:1: ", "no :");
	assert_wrong("merge person A = B\n", "names.fix:1: ", "no :");
	assert_wrong("merge persn: A = B\n", "names.fix:1: ", "no kind \"persn\"");
	assert_wrong("merge: A = B\n", "names.fix:1: ", "no kind \"\"");
	assert_wrong("hide when: 2023\n", "names.fix:1: ", "no kind \"when\"");
	assert_wrong("hide org: A\nmerge org: B\n", "names.fix:2: ", "no =");
	assert_wrong("split org: B\n", "names.fix:1: ", "no =");
	assert_wrong("rename org: B\n", "names.fix:1: ", "no =");
	assert_wrong("retype org: B\n", "names.fix:1: ", "no =");
	assert_wrong("retype org: B = company\n", "names.fix:1: ", "no kind \"company\"");
	assert_wrong("retype org: B = org\n", "names.fix:1: ", "kind that it has");
	assert_wrong("hide org: A = B\n", "names.fix:1: ", "no =");
	assert_wrong("hide org:\n", "names.fix:1: ", "missing");
	assert_wrong("merge org: = B\n", "names.fix:1: ", "before the =");
	assert_wrong("merge org: A =\n", "names.fix:1: ", "missing");
	assert_wrong("merge org: A = B;; C\n", "names.fix:1: ", "missing");
	assert_wrong("hide org: ...\n", "names.fix:1: ", "missing");
	assert_wrong("hide org: \"A\n", "names.fix:1: ", "second \"");
	assert_wrong("hide org: \"A\" B\n", "names.fix:1: ", "between");
}
END_TEST

START_TEST(a_long_name_is_refused)
{
	struct buffer line = { 0 };
	buffer_add_text(&line, "hide org: ");
	memset(buffer_extend(&line, FIX_NAME_MAX), 'x', FIX_NAME_MAX);
	assert_parsed(line.data);
	buffer_add_char(&line, 'x');
	assert_wrong(line.data, "names.fix:1: ", "1025 bytes");
	buffer_release(&line);
}
END_TEST

START_TEST(a_file_over_the_limit_is_refused)
{
	struct buffer text = { 0 };
	memset(buffer_extend(&text, FIXES_BYTES_MAX + 1), '\n', FIXES_BYTES_MAX + 1);
	ck_assert_int_eq(fixes_parse(buffer_str(&text), "big", &arena, &fixes, &err),
			 STATUS_TOO_LARGE);
	text.len--;
	ck_assert_int_eq(fixes_parse(buffer_str(&text), "big", &arena, &fixes, &err), STATUS_OK);
	buffer_release(&text);
}
END_TEST

/* ---- contradictions ---- */

START_TEST(a_name_cannot_be_two)
{
	assert_wrong("merge org: A = B\nhide org: Z\nmerge org: C = b\n",
		     "names.fix:3: ", "merged into another already (names.fix:1)");
	assert_wrong("merge org: A = B; C; B-\nmerge org: D = B\n", "names.fix:2: ", "already");
	assert_wrong("rename org: A = B\nrename org: a = C\n", "names.fix:2: ", "renamed already");
	assert_wrong("rename org: A = B\nrename org: a = b\n", "names.fix:2: ", "renamed already");
	assert_wrong("retype org: A = person\nretype org: A = place\n",
		     "names.fix:2: ", "another kind already");
}
END_TEST

START_TEST(a_name_cannot_be_kept_and_taken_away)
{
	assert_wrong("hide org: A; B\nmerge org: C = D; b\n", "names.fix:2: ",
		     "\"b\" cannot be both hidden and merged into another "
		     "(names.fix:1)");
	assert_wrong("rename org: A = B\n\nhide org: Z; a\n",
		     "names.fix:3: ", "\"a\" cannot be both renamed and hidden (names.fix:1)");
	assert_wrong("retype org: A = person\nhide org: A\n",
		     "names.fix:2: ", "both given another kind and hidden");
	assert_wrong("merge org: A = B\nrename org: B = C\n",
		     "names.fix:2: ", "both merged into another and renamed");
	assert_wrong("retype org: B = person\nmerge org: A = B\n",
		     "names.fix:2: ", "both given another kind and merged into another");
	/* What others are merged into stays, and a name can be new and of another kind. */
	assert_parsed("merge org: A = B\nhide org: A\nrename org: C = A\nretype org: C = person\n"
		      "split org: A = D\nhide org: D\nhide person: B\n");
}
END_TEST

START_TEST(saying_the_same_twice_is_no_contradiction)
{
	assert_parsed("merge org: A = B\nmerge org: a = b\nrename org: A = C\nrename org: a = C\n"
		      "hide org: Z\nhide org: Z\nretype org: X = person\nretype org: X = person\n"
		      "split org: A = D\nsplit org: A = D\nsplit org: X = D\n");
	ck_assert_uint_eq(fixes.count, 11);
}
END_TEST

START_TEST(the_same_name_of_two_kinds_is_two)
{
	assert_parsed("merge org: A = B\nmerge person: C = B\nretype person: C = org\n"
		      "retype place: B = org\n");
}
END_TEST

START_TEST(a_name_is_not_merged_into_itself)
{
	assert_wrong("merge org: A.N.C. = a n c\n", "names.fix:1: ", "itself");
	assert_wrong("split org: A = B; A\n", "names.fix:1: ", "itself");
	assert_wrong("merge org: A = B\nmerge org: B = C\nmerge org: C = A\n",
		     "names.fix:3: ", "circle");
	assert_wrong("rename org: A = B\nrename org: B = A\n", "names.fix:2: ", "circle");
	assert_wrong("retype org: A = person\nretype person: A = org\n", "names.fix:2: ", "circle");
}
END_TEST

START_TEST(a_chain_is_no_circle)
{
	assert_parsed("merge org: B = A\nmerge org: C = B\nmerge org: D = C; E\n"
		      "rename org: D = F\nrename org: F = G\nrename org: G = g\n");
}
END_TEST

START_TEST(what_is_merged_is_not_split)
{
	assert_wrong("split org: A = B\nmerge org: A = B\n",
		     "names.fix:2: ", "is split (names.fix:1)");
	assert_wrong("merge org: A = B\nsplit org: a = b\n",
		     "names.fix:2: ", "is merged (names.fix:1)");
	assert_parsed("split org: A = B\nmerge org: C = B\n");
}
END_TEST

START_TEST(files_are_checked_against_each_other)
{
	assert_parsed("merge org: A = B\n");
	ck_assert_int_eq(fixes_parse(STR("\nmerge org: C = B"), "more.fix", &arena, &fixes, &err),
			 STATUS_BAD_INPUT);
	ck_assert_msg(strncmp(err.text, "more.fix:2: ", 12) == 0, "%s", err.text);
	ck_assert_ptr_nonnull(strstr(err.text, "(names.fix:1)"));
	ck_assert_uint_eq(fixes.count, 1);
	ck_assert_int_eq(fixes_parse(STR("merge org: B = C"), "more.fix", &arena, &fixes, &err),
			 STATUS_OK);
	ck_assert_uint_eq(fixes.count, 2);
	ck_assert_str_eq(fixes.items[1].file, "more.fix");
}
END_TEST

/* A chain in the worst order, and a name with very many others: nothing takes time squared. */
START_TEST(many_lines_take_little_time)
{
	struct buffer text = { 0 };
	for (unsigned i = 100000; i > 0; i--)
		buffer_add_format(&text, "merge org: N%u = N%u\n", i, i - 1);
	buffer_add_text(&text, "split org: M = ");
	for (unsigned i = 0; i < 100000; i++)
		buffer_add_format(&text, "M%u;", i);
	ck_assert_int_eq(fixes_parse(buffer_str(&text), "x", &arena, &fixes, &err), STATUS_OK);
	ck_assert_uint_eq(fixes.count, 200000);
	buffer_release(&text);
}
END_TEST

/* ---- files ---- */

START_TEST(a_file_is_read)
{
	char path[] = "/tmp/dateline-fixes-XXXXXX";
	const int file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, "hide org: A\nhide org\n", 12), 12);
	ck_assert_int_eq(fixes_read(path, &arena, &fixes, &err), STATUS_OK);
	ck_assert_uint_eq(fixes.count, 1);
	ck_assert_str_eq(fixes.items[0].file, path);
	ck_assert_int_eq(write(file, "hide org\n", 9), 9);
	ck_assert_int_eq(fixes_read(path, &arena, &fixes, &err), STATUS_BAD_INPUT);
	ck_assert_ptr_nonnull(strstr(err.text, ":2: "));
	close(file);
	unlink(path);
	ck_assert_int_eq(fixes_read(path, &arena, &fixes, &err), STATUS_NOT_FOUND);
	ck_assert_int_eq(fixes_read("/tmp", &arena, &fixes, &err), STATUS_SYSTEM);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("fixes");
	TCase *tests = tcase_create("all");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, each_verb_is_read);
	tcase_add_test(tests, blank_lines_and_comments_count_as_lines_only);
	tcase_add_test(tests, nothing_is_nothing);
	tcase_add_test(tests, the_last_line_needs_no_end);
	tcase_add_test(tests, a_byte_order_mark_is_no_part_of_the_first_word);
	tcase_add_test(tests, names_hold_colons_signs_and_any_script);
	tcase_add_test(tests, quotes_hold_the_signs_that_part);
	tcase_add_test(tests, a_quote_inside_a_name_is_one);
	tcase_add_test(tests, bad_bytes_become_valid);
	tcase_add_test(tests, every_kind_with_names_is_known);
	tcase_add_test(tests, what_is_wrong_is_named_with_its_line);
	tcase_add_test(tests, a_long_name_is_refused);
	tcase_add_test(tests, a_file_over_the_limit_is_refused);
	tcase_add_test(tests, a_name_cannot_be_two);
	tcase_add_test(tests, a_name_cannot_be_kept_and_taken_away);
	tcase_add_test(tests, saying_the_same_twice_is_no_contradiction);
	tcase_add_test(tests, the_same_name_of_two_kinds_is_two);
	tcase_add_test(tests, a_name_is_not_merged_into_itself);
	tcase_add_test(tests, a_chain_is_no_circle);
	tcase_add_test(tests, what_is_merged_is_not_split);
	tcase_add_test(tests, files_are_checked_against_each_other);
	tcase_add_test(tests, many_lines_take_little_time);
	tcase_add_test(tests, a_file_is_read);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
