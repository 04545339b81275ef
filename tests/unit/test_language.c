#include "dateline/text.h"
#include "dateline/utf8.h"

#include "testing.h"

/* libstemmer's; the map of the house gives its header to lib/text alone. */
const char **sb_stemmer_list(void);

static const char *code_of(const char *name)
{
	const struct language *language = language_find(str_from(name));
	return language ? language->code : "";
}

/* Porter's first stemmer is for English, which has a better one. */
START_TEST(the_table_has_all_that_libstemmer_has)
{
	size_t listed = 0, count = 0;
	for (const char **name = sb_stemmer_list(); *name; name++) {
		if (strcmp(*name, "porter") == 0)
			continue;
		listed++;
		const struct language *language = language_find(str_from(*name));
		ck_assert_msg(language != NULL, "%s", *name);
		ck_assert_str_eq(language->algorithm, *name);
	}
	for (const struct language *l = language_table; l->code; l++)
		count++;
	ck_assert_uint_eq(count, listed);
}
END_TEST

/* A stemmer that cannot be made ends the process. */
START_TEST(each_algorithm_can_be_made_and_stems)
{
	struct analyser *analyser = analyser_new();
	struct token_list tokens = { 0 };
	for (const struct language *l = language_table; l->code; l++) {
		analyser_set_language(analyser, l);
		tokens.count = 0;
		analyser_run(analyser, str_from(l->name), 0, 0, &tokens);
		ck_assert_uint_eq(tokens.count, 1);
		ck_assert_uint_gt(tokens.items[0].word->stem.len, 0);
	}
	token_list_release(&tokens);
	analyser_free(analyser);
}
END_TEST

static bool is_folded(const char *text)
{
	struct buffer folded = { 0 };
	utf8_fold(str_from(text), UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS, &folded);
	const bool same = str_equal(buffer_str(&folded), str_from(text));
	buffer_release(&folded);
	return same;
}

/* Each code, name and alias leads to its own language, and so to no other. */
START_TEST(every_name_leads_back)
{
	for (const struct language *l = language_table; l->code; l++) {
		ck_assert_str_eq(code_of(l->code), l->code);
		ck_assert_str_eq(code_of(l->name), l->code);
		ck_assert_str_eq(code_of(l->algorithm), l->code);
		ck_assert_uint_eq(strlen(l->code), 2);
		ck_assert_msg(is_folded(l->aliases), "%s", l->aliases);
		for (const char *at = l->aliases; *at;) {
			const struct str alias = { at, strcspn(at, " ") };
			ck_assert_uint_gt(alias.len, 1);
			ck_assert_ptr_eq(language_find(alias), l);
			at += alias.len;
			at += *at == ' ';
		}
	}
}
END_TEST

START_TEST(names_are_found_as_people_write_them)
{
	ck_assert_str_eq(code_of("EN"), "en");
	ck_assert_str_eq(code_of("eng"), "en");
	ck_assert_str_eq(code_of("English"), "en");
	ck_assert_str_eq(code_of("en-GB"), "en");
	ck_assert_str_eq(code_of("en_GB.UTF-8"), "en");
	ck_assert_str_eq(code_of("sr@latin"), "sr");
	ck_assert_str_eq(code_of(" de "), "de");
	ck_assert_str_eq(code_of("ger"), "de");
	ck_assert_str_eq(code_of("DEU"), "de");
	ck_assert_str_eq(code_of("Français"), "fr");
	ck_assert_str_eq(code_of("Español"), "es");
	ck_assert_str_eq(code_of("РУССКИЙ"), "ru");
	ck_assert_str_eq(code_of("nb-NO"), "no");
	ck_assert_str_eq(code_of("nn"), "no");
	ck_assert_str_eq(code_of("pt-BR"), "pt");
}
END_TEST

START_TEST(other_names_are_none)
{
	static const char *const names[] = {
		"",   " ",    "-",         "-en",     "e",      "zh",     "zh-CN",
		"xx", "engl", "englishes", "fra fre", "porter", "e\xFFn",
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		ck_assert_msg(!language_find(str_from(names[i])), "%s", names[i]);
	ck_assert_ptr_null(language_find((struct str){ NULL, 0 }));
	ck_assert_ptr_null(language_find(STR("en\0")));
	char longest[1000];
	memset(longest, 'e', sizeof(longest));
	ck_assert_ptr_null(language_find((struct str){ longest, sizeof(longest) }));
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("language");
	TCase *tests = tcase_create("language");
	tcase_add_test(tests, the_table_has_all_that_libstemmer_has);
	tcase_add_test(tests, each_algorithm_can_be_made_and_stems);
	tcase_add_test(tests, every_name_leads_back);
	tcase_add_test(tests, names_are_found_as_people_write_them);
	tcase_add_test(tests, other_names_are_none);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
