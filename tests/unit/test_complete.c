/* What a word of a query may become: words, values, names by any of their words. */
#include "../../searcher/help/complete.h"

#include "names_testing.h"

static struct store *stores[2];
static struct value_part parts[2];
static size_t part_count;

static void text(const char *title, const char *body, unsigned times)
{
	static unsigned number;
	char id[16];
	for (; times; times--) {
		snprintf(id, sizeof(id), "c %u", number++);
		next.id = id;
		next.title = title;
		next.body = body;
		small_index_add(&made, &next);
	}
	next = (struct small_article){ 0 };
}

static void open_part(const char *path)
{
	struct str files[1] = { str_from(fixes_path) };
	const struct names_request request = { .files = { files, fixes_path[0] != '\0' },
					       .min_confidence = least };
	struct value_part *part = &parts[part_count];
	ck_assert_int_eq(store_open(path, &stores[part_count], &err), STATUS_OK);
	part->store = stores[part_count++];
	ck_assert_msg(names_open(part->store, &request, &part->names, &err) == STATUS_OK, "%s",
		      err.text);
}

static void close_parts(void)
{
	for (; part_count; part_count--) {
		names_close(parts[part_count - 1].names);
		store_close(stores[part_count - 1]);
	}
	tear_down();
}

/* "cyber 3 word, ..." */
static const char *completed(const char *prefix, size_t max)
{
	struct completion *items;
	struct buffer out = { 0 };
	size_t count;
	const enum status status = complete_prefix(parts, part_count, str_from(prefix), max, &arena,
						   &items, &count, &err);
	ck_assert_msg(status == STATUS_OK, "%s", err.text);
	ck_assert_uint_le(count, max);
	for (size_t i = 0; i < count; i++)
		buffer_add_format(&out, "%s%.*s %u %s", i ? ", " : "", STR_ARG(items[i].text),
				  items[i].count, items[i].field ? items[i].field->name : "word");
	const char *copy = arena_copy(&arena, buffer_str(&out)).data;
	buffer_release(&out);
	return copy;
}

#define assert_completed(prefix, expected) ck_assert_str_eq(completed(prefix, 10), expected)

/* ---- words ---- */

START_TEST(words_by_their_beginning)
{
	text("Cyber", "Cybersecurity of the cyber-attacks.", 2);
	text("Other", "A cyberattack.", 1);
	small_index_finish(&made);
	open_part(made.path);
	assert_completed("cyb", "cyber 2 word, cyberattacks 2 word, cybersecurity 2 word, "
				"cyberattack 1 word");
	assert_completed("CYBERA", "cyberattacks 2 word, cyberattack 1 word");
	ck_assert_str_eq(completed("cyb", 2), "cyber 2 word, cyberattacks 2 word");
	ck_assert_str_eq(completed("cyb", 0), "");
	assert_completed("-cybers", "-cybersecurity 2 word");
	assert_completed("(\"cybers", "(\"cybersecurity 2 word");
	assert_completed("cyber-at", "cyber-attacks 2 word");
	assert_completed("title:c", "title:cyber 2 title");
	assert_completed("headline:\"c", "headline:\"cyber 2 title");
	assert_completed("nofield:cyb", "");
	assert_completed("", "");
	assert_completed("-", "");
	assert_completed("zzz", "");
}
END_TEST

/* "café" is in the index as "cafe" too; shown is how articles write it. */
START_TEST(words_with_accents)
{
	text("A", "café", 3);
	text("B", "cafe naïve", 1);
	text("C", "naive", 5);
	small_index_finish(&made);
	open_part(made.path);
	assert_completed("caf", "caf\xC3\xA9 3 word");
	assert_completed("na", "naive 6 word");
	assert_completed("na\xC3\xAF", "na\xC3\xAFve 1 word");
}
END_TEST

START_TEST(any_bytes)
{
	text("A", "storm", 1);
	small_index_finish(&made);
	open_part(made.path);
	static const char *const odd[] = { "\xFF",      "s\xC3", ":",    "::",    "person:",
					   "person:\"", "(((",   "\"\"", "XPER:", "Zstorm",
					   "S",         "s*",    "\n",   "\t:x" };
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		completed(odd[i], 10);
	assert_completed("XPER:", "");
	assert_completed("Zstor", "");
	assert_completed("S", "storm 1 word");
}
END_TEST

/* ---- values ---- */

static void add_names(void)
{
	has(KIND_PERSON, "Kajsa Ollongren", "Kajsa Ollongren", "Ollongren", NULL);
	has(KIND_SOURCE, "Harbour Wire", NULL, NULL, NULL);
	text("A", "storm", 3);
	has(KIND_PERSON, "Ollie Smith", NULL, NULL, NULL);
	has(KIND_ORG, "World Bank", NULL, NULL, NULL);
	has(KIND_PLACE, "Bangor", NULL, NULL, NULL);
	has(KIND_OTHER, "The \"Big\" Bang", NULL, NULL, NULL);
	text("B", "banner", 2);
	has(KIND_ORG, "Bank (of) England", NULL, NULL, NULL);
	text("C", "bank", 1);
}

START_TEST(names_by_any_of_their_words)
{
	add_names();
	small_index_finish(&made);
	open_part(made.path);
	assert_completed("person:oll", "person:\"Kajsa Ollongren\" 3 person, "
				       "person:\"Ollie Smith\" 2 person");
	assert_completed("people:SMI", "people:\"Ollie Smith\" 2 person");
	assert_completed("person:\"kajsa o", "person:\"Kajsa Ollongren\" 3 person");
	assert_completed("person:llo", "");
	assert_completed("-org:", "-org:\"World Bank\" 2 org, -org:\"Bank (of) England\" 1 org");
	assert_completed("source:w", "source:\"Harbour Wire\" 3 source");
	/* A quote ends a value, so this one cannot be typed. */
	assert_completed("other:b", "");
	assert_completed("place:ban", "place:Bangor 2 place");
}
END_TEST

START_TEST(names_beside_words)
{
	add_names();
	small_index_finish(&made);
	open_part(made.path);
	assert_completed("ban", "banner 2 word, org:\"World Bank\" 2 org, place:Bangor 2 place, "
				"bank 1 word, org:\"Bank (of) England\" 1 org");
	/* Half of the room each. */
	ck_assert_str_eq(completed("ban", 2), "banner 2 word, org:\"World Bank\" 2 org");
	ck_assert_str_eq(completed("ban", 1), "banner 2 word");
	ck_assert_str_eq(completed("ban", 4),
			 "banner 2 word, org:\"World Bank\" 2 org, place:Bangor 2 "
			 "place, bank 1 word");
	/* In quotes are words only. */
	assert_completed("\"ban", "\"banner 2 word, \"bank 1 word");
	assert_completed("oll",
			 "person:\"Kajsa Ollongren\" 3 person, person:\"Ollie Smith\" 2 person");
	/* One letter stands for names that it begins, and for what articles call them. */
	assert_completed("o", "person:\"Kajsa Ollongren\" 3 person, person:\"Ollie Smith\" 2 person");
	assert_completed("w", "org:\"World Bank\" 2 org");
}
END_TEST

START_TEST(names_as_readers_see_them)
{
	has(KIND_ORG, "ANC", NULL, NULL, NULL);
	text("A", "one", 2);
	has(KIND_ORG, "African National Congress", NULL, NULL, NULL);
	text("B", "two", 3);
	has(KIND_ORG, "Secret Congress", NULL, NULL, NULL);
	has(KIND_PERSON, "Volt Typhoon", NULL, NULL, NULL);
	text("C", "three", 5);
	MERGED(KIND_ORG, "ANC", "African National Congress");
	correct("hide org: Secret Congress\nrename org: African National Congress = The ANC\n"
		"retype person: Volt Typhoon = org\n");
	small_index_finish(&made);
	open_part(made.path);
	assert_completed("org:con", "org:\"The ANC\" 5 org");
	assert_completed("org:anc", "org:\"The ANC\" 5 org");
	assert_completed("org:secret", "");
	assert_completed("person:volt", "");
}
END_TEST

START_TEST(only_sure_values_count)
{
	has(KIND_ORG, "World Bank", NULL, NULL, NULL);
	sure(40);
	text("A", "one", 2);
	has(KIND_ORG, "World Bank", NULL, NULL, NULL);
	text("B", "two", 1);
	least = 50;
	small_index_finish(&made);
	open_part(made.path);
	assert_completed("org:wor", "org:\"World Bank\" 1 org");
}
END_TEST

START_TEST(dates_and_ids)
{
	next.date = "2024-02-07";
	text("A", "one", 2);
	next.date = "2024-03";
	text("B", "two", 1);
	next.date = "2023";
	has(KIND_WHEN, "2023-12-05", NULL, NULL, NULL);
	text("C", "three", 1);
	small_index_finish(&made);
	open_part(made.path);
	assert_completed("published:", "published:2024 3 published, published:2023 1 published");
	assert_completed("published:2024",
			 "published:2024 3 published, published:2024-02 2 published, "
			 "published:2024-03 1 published");
	assert_completed("date:2024-02", "date:2024-02 2 published, date:2024-02-07 2 published");
	assert_completed("published:2024-02-0", "published:2024-02-07 2 published");
	assert_completed("published:2024-02-070", "");
	assert_completed("published:x", "");
	assert_completed("when:2023-1", "when:2023-12 1 when");
	ck_assert_ptr_nonnull(strstr(completed("id:c", 100), "id:\"c "));
}
END_TEST

/* ---- over several indexes ---- */

START_TEST(parts_count_together)
{
	add_names();
	small_index_finish(&made);
	open_part(made.path);
	struct small_index first = made;
	small_index_start(&made);
	has(KIND_PERSON, "Kajsa Ollongren", NULL, NULL, NULL);
	next.date = "2024-02-07";
	text("Z", "storm banner bank", 4);
	small_index_finish(&made);
	open_part(made.path);
	assert_completed("person:oll", "person:\"Kajsa Ollongren\" 7 person, "
				       "person:\"Ollie Smith\" 2 person");
	assert_completed("\"ban", "\"banner 6 word, \"bank 5 word");
	assert_completed("published:2", "published:2024 4 published");
	small_index_remove(&first);
}
END_TEST

/* ---- the shim ---- */

START_TEST(terms_by_a_word_inside)
{
	struct term_entry *terms;
	size_t count;
	add_names();
	small_index_finish(&made);
	open_part(made.path);
	ck_assert_int_eq(store_terms_having(parts[0].store, STR("XORG:"), STR("bank"), 10, &arena,
					    &terms, &count, &err),
			 STATUS_OK);
	ck_assert_uint_eq(count, 2);
	assert_str(terms[0].term, "XORG:bank (of) england");
	assert_str(terms[1].term, "XORG:world bank");
	ck_assert_uint_eq(terms[1].frequency, 2);
	ck_assert_int_eq(store_terms_having(parts[0].store, STR("XORG:"), STR("b"), 1, &arena,
					    &terms, &count, &err),
			 STATUS_OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(store_terms_having(parts[0].store, STR("XORG:"), STR("ank"), 9, &arena,
					    &terms, &count, &err),
			 STATUS_OK);
	ck_assert_uint_eq(count, 0);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("complete");
	TCase *tests = tcase_create("complete");
	tcase_add_checked_fixture(tests, set_up, close_parts);
	tcase_add_test(tests, words_by_their_beginning);
	tcase_add_test(tests, words_with_accents);
	tcase_add_test(tests, any_bytes);
	tcase_add_test(tests, names_by_any_of_their_words);
	tcase_add_test(tests, names_beside_words);
	tcase_add_test(tests, names_as_readers_see_them);
	tcase_add_test(tests, only_sure_values_count);
	tcase_add_test(tests, dates_and_ids);
	tcase_add_test(tests, parts_count_together);
	tcase_add_test(tests, terms_by_a_word_inside);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
