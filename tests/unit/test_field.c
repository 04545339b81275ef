#include "dateline/field.h"

#include "testing.h"

static const char *found(const char *name)
{
	const struct field *field = field_find(str_from(name));
	return field ? field->name : "nothing";
}

static const char *nearest(const char *name)
{
	const struct field *field = field_nearest(str_from(name));
	return field ? field->name : "nothing";
}

START_TEST(every_row_is_whole)
{
	size_t count = 0;
	for (const struct field *field = field_table; field->name; field++, count++) {
		ck_assert_uint_gt(strlen(field->name), 1);
		ck_assert_uint_lt(strlen(field->name), 16);
		ck_assert_ptr_nonnull(field->aliases);
		ck_assert_uint_gt(strlen(field->prefix), 0);
		ck_assert_uint_gt(strlen(field->help), 0);
		/* The example is one that the field is for. */
		const size_t len = strlen(field->name);
		ck_assert_int_eq(strncmp(field->example, field->name, len), 0);
		ck_assert_int_eq(field->example[len], ':');
		ck_assert((field->role == FIELD_VALUE || field->kind == KIND_WHEN) ==
			  (field->kind != KIND_NONE));
		ck_assert(!field->shown || field_is_facet(field));
	}
	ck_assert_uint_eq(count, 16);
}
END_TEST

START_TEST(kinds_have_one_field_each)
{
	ck_assert_ptr_null(field_of_kind(KIND_NONE));
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
		const struct field *field = field_of_kind((enum facet_kind)kind);
		ck_assert_ptr_nonnull(field);
		ck_assert_int_eq(field->kind, kind);
		for (const struct field *next = field + 1; next->name; next++)
			ck_assert_int_ne(next->kind, kind);
	}
	ck_assert_str_eq(field_of_kind(KIND_PLACE)->name, "place");
	ck_assert_str_eq(field_of_kind(KIND_LANGUAGE)->name, "language");
}
END_TEST

START_TEST(names_and_aliases_are_found_in_any_case)
{
	ck_assert_str_eq(found("person"), "person");
	ck_assert_str_eq(found("PERSON"), "person");
	ck_assert_str_eq(found("Headline"), "title");
	ck_assert_str_eq(found("organisation"), "org");
	ck_assert_str_eq(found("Organization"), "org");
	ck_assert_str_eq(found("tags"), "topic");
	ck_assert_str_eq(found("date"), "published");
	ck_assert_str_eq(found("id"), "id");
}
END_TEST

START_TEST(what_is_no_name_is_not_found)
{
	static const char *const wrong[] = { "",     " ",       "perso",    "persons people",
					     "i",    "personx", "tag tags", " tag",
					     "tag ", "name" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_str_eq(found(wrong[i]), "nothing");
	ck_assert_ptr_null(field_find((struct str){ NULL, 0 }));
	ck_assert_ptr_null(field_find((struct str){ "id\0", 3 }));
}
END_TEST

/* No word stands for two fields, be it as name or as alias. */
START_TEST(no_name_is_given_twice)
{
	for (const struct field *field = field_table; field->name; field++) {
		ck_assert_ptr_eq(field_find(str_from(field->name)), field);
		for (const char *at = field->aliases; *at;) {
			const size_t len = strcspn(at, " ");
			ck_assert_uint_gt(len, 0);
			ck_assert_ptr_eq(field_find((struct str){ at, len }), field);
			at += len + (at[len] == ' ');
		}
	}
}
END_TEST

START_TEST(near_names_are_suggested)
{
	ck_assert_str_eq(nearest("plcae"), "place");
	ck_assert_str_eq(nearest("Persn"), "person");
	ck_assert_str_eq(nearest("pesron"), "person");
	ck_assert_str_eq(nearest("personns"), "person");
	ck_assert_str_eq(nearest("auther"), "author");
	ck_assert_str_eq(nearest("oganisation"), "org");
	ck_assert_str_eq(nearest("publishd"), "published");
	ck_assert_str_eq(nearest("langauge"), "language");
	ck_assert_str_eq(nearest("sorce"), "source");
	ck_assert_str_eq(nearest("person"), "person");
}
END_TEST

START_TEST(far_names_are_not)
{
	ck_assert_str_eq(nearest("nosuchfield"), "nothing");
	ck_assert_str_eq(nearest(""), "nothing");
	ck_assert_str_eq(nearest("xy"), "nothing");
	ck_assert_str_eq(nearest("zzz"), "nothing");
	ck_assert_str_eq(nearest("p"), "nothing");
	char giant[5000];
	memset(giant, 'p', sizeof(giant));
	ck_assert_ptr_null(field_nearest((struct str){ giant, sizeof(giant) }));
	ck_assert_ptr_null(field_nearest((struct str){ giant, 17 }));
	ck_assert_ptr_null(field_nearest((struct str){ NULL, 0 }));
}
END_TEST

START_TEST(values_and_dates_are_facets)
{
	ck_assert(field_is_facet(field_find(STR("person"))));
	ck_assert(field_is_facet(field_find(STR("published"))));
	ck_assert(!field_is_facet(field_find(STR("title"))));
	ck_assert(!field_is_facet(field_find(STR("id"))));
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("field");
	TCase *tests = tcase_create("field_table");
	tcase_add_test(tests, every_row_is_whole);
	tcase_add_test(tests, kinds_have_one_field_each);
	tcase_add_test(tests, names_and_aliases_are_found_in_any_case);
	tcase_add_test(tests, what_is_no_name_is_not_found);
	tcase_add_test(tests, no_name_is_given_twice);
	tcase_add_test(tests, near_names_are_suggested);
	tcase_add_test(tests, far_names_are_not);
	tcase_add_test(tests, values_and_dates_are_facets);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
