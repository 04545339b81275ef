/* The entities that a snippet mentions: which of them, where, and under which name. */
#include "../../searcher/entity_marks.h"

#include "names_testing.h"

static struct entity entities[8];
static struct mention mentions[8];
static struct record record;
static struct snippet snippet;
static struct snippet_places places;
static struct store *store;
static struct names *names;

#define ok(call) ck_assert_msg((call) == STATUS_OK, "%s", err.text)

/* An article of one paragraph, all of which is shown. */
static void text(const char *body)
{
	static struct paragraph paragraph;
	record = (struct record){ .entities = entities, .mentions = mentions };
	record.article.text = str_from(body);
	record.article.paragraphs = &paragraph;
	record.article.paragraph_count = 1;
	paragraph = (struct paragraph){ 0, (uint32_t)strlen(body), PARAGRAPH_TEXT };
}

static void entity(enum facet_kind kind, const char *name)
{
	entities[record.entity_count++] = (struct entity){ .kind = kind, .name = str_from(name) };
}

/* Of the last entity, where the text has `words`. */
static void mention(const char *words)
{
	const char *at = strstr(record.article.text.data, words);
	ck_assert_ptr_nonnull(at);
	const uint32_t start = (uint32_t)(at - record.article.text.data);
	mentions[record.mention_count++] = (struct mention){ start, start + (uint32_t)strlen(words),
							     (uint32_t)record.entity_count - 1, 0,
							     90 };
}

static void open_names(void)
{
	struct str files[1] = { str_from(fixes_path) };
	const struct names_request request = { .files = { files, fixes_path[0] != '\0' } };
	small_index_finish(&made);
	ok(store_open(made.path, &store, &err));
	ok(names_open(store, &request, &names, &err));
}

/* "place China 3-8, ..." */
static const char *marked(uint32_t columns)
{
	struct buffer out = { 0 };
	struct analyser *analyser = analyser_new();
	if (!names)
		open_names();
	analyser_set_language(analyser, language_find(STR("en")));
	snippet_make(&record, NULL, 0, analyser, columns, &arena, &snippet, &places);
	ok(mark_entities(&record, &places, names, &arena, &snippet, &err));
	for (size_t i = 0; i < snippet.entity_count; i++) {
		const struct entity_mark *mark = &snippet.entities[i];
		buffer_add_format(&out, "%s%s %.*s [%.*s]", i ? ", " : "", mark->field->name,
				  STR_ARG(mark->name), (int)(mark->mark.end - mark->mark.start),
				  snippet.text.data + mark->mark.start);
	}
	const char *copy = arena_copy(&arena, buffer_str(&out)).data;
	buffer_release(&out);
	analyser_free(analyser);
	return copy;
}

static void close_names(void)
{
	names_close(names);
	store_close(store);
	names = NULL;
	tear_down();
}

START_TEST(mentions_are_marked_by_place)
{
	text("The Dutch minister, Kajsa Ollongren, met NATO.");
	entity(KIND_ORG, "NATO");
	mention("NATO");
	entity(KIND_PERSON, "Kajsa Ollongren");
	mention("Kajsa Ollongren");
	entity(KIND_PLACE, "Netherlands");
	mention("Dutch");
	ck_assert_str_eq(marked(80), "place Netherlands [Dutch], person Kajsa Ollongren [Kajsa "
				     "Ollongren], org NATO [NATO]");
}
END_TEST

START_TEST(the_longest_wins)
{
	text("The Bank of England, England.");
	entity(KIND_PLACE, "England");
	mention("England");
	mention("England.");
	mentions[1].end--;
	mentions[1].start =
		(uint32_t)(strrchr(record.article.text.data, 'E') - record.article.text.data);
	entity(KIND_ORG, "Bank of England");
	mention("Bank of England");
	entity(KIND_OTHER, "The Bank");
	mention("The Bank");
	ck_assert_str_eq(marked(80),
			 "org Bank of England [Bank of England], place England [England]");
}
END_TEST

START_TEST(of_two_as_long_the_first_wins)
{
	text("Georgia");
	entity(KIND_PLACE, "Georgia");
	mention("Georgia");
	entity(KIND_PERSON, "Georgia");
	mention("Georgia");
	ck_assert_str_eq(marked(80), "place Georgia [Georgia]");
}
END_TEST

START_TEST(other_kinds_are_not_marked)
{
	text("BEIJING, 7 Feb (Reuters) - said Jane Doe.");
	entity(KIND_DATELINE, "Beijing");
	mention("BEIJING");
	entity(KIND_WHEN, "2024-02-07");
	mention("7 Feb");
	entity(KIND_AGENCY, "Reuters");
	mention("Reuters");
	entity(KIND_SPEAKER, "Jane Doe");
	mention("Jane Doe");
	ck_assert_str_eq(marked(80), "");
}
END_TEST

START_TEST(only_what_is_shown_whole)
{
	text("China and a great many other words that are here so that it is long, then Spain.");
	entity(KIND_PLACE, "China");
	mention("China");
	entity(KIND_PLACE, "Spain");
	mention("Spain");
	entity(KIND_OTHER, "many other words that are here");
	mention("many other words that are here");
	ck_assert_str_eq(marked(40), "place China [China]");
	ck_assert_str_eq(marked(200),
			 "place China [China], other many other words that are here [many "
			 "other words that are here], place Spain [Spain]");
}
END_TEST

START_TEST(names_are_those_that_readers_see)
{
	has(KIND_PLACE, "Burma", NULL, NULL, NULL);
	has(KIND_PERSON, "He", NULL, NULL, NULL);
	has(KIND_PERSON, "Volt Typhoon", NULL, NULL, NULL);
	has(KIND_PERSON, "Donald Trump", "Donald Trump", "Trump", NULL);
	has(KIND_ORG, "ANC", NULL, NULL, NULL);
	has(KIND_ORG, "African National Congress", NULL, NULL, NULL);
	add(1);
	MERGED(KIND_ORG, "ANC", "African National Congress");
	correct("rename place: Burma = Myanmar\nhide person: He\nretype person: Volt Typhoon = org\n"
		"split person: Donald Trump = Trump\n");
	text("He said Burma and Volt Typhoon. Donald Trump, the ANC, Trump.");
	entity(KIND_PERSON, "He");
	mention("He");
	entity(KIND_PLACE, "Burma");
	mention("Burma");
	entity(KIND_PERSON, "Volt Typhoon");
	mention("Volt Typhoon");
	entity(KIND_ORG, "ANC");
	mention("ANC");
	entity(KIND_PERSON, "Donald Trump");
	struct str variants[] = { STR("Donald Trump"), STR("Trump") };
	entities[record.entity_count - 1].variants = (struct str_list){ variants, 2 };
	mention("Donald Trump");
	mention("Trump.");
	mentions[record.mention_count - 1].end--;
	ck_assert_str_eq(marked(200), "place Myanmar [Burma], org Volt Typhoon [Volt Typhoon], person "
				      "Donald Trump [Donald Trump], org African National Congress "
				      "[ANC], person Trump [Trump]");
}
END_TEST

/* A record of a file that says nonsense is no reason to write half a character. */
START_TEST(spans_that_make_no_sense)
{
	text("caf\xC3\xA9 noir \n\n x");
	entity(KIND_OTHER, "Noir");
	const struct mention bad[] = { { 0, 4, 0, 0, 90 },
				       { 4, 9, 0, 0, 90 },
				       { 3, 3, 0, 0, 90 },
				       { 9, 3, 0, 0, 90 },
				       { 0, 14, 0, 0, 90 } };
	memcpy(mentions, bad, sizeof(bad));
	record.mention_count = sizeof(bad) / sizeof(*bad);
	const char *all = marked(80);
	ck_assert_uint_le(snippet.entity_count, 1);
	ck_assert(utf8_is_clean(str_from(all)));
	mentions[0] = (struct mention){ 11, 13, 0, 0, 90 };
	record.mention_count = 1;
	marked(80);
	for (size_t i = 0; i < snippet.entity_count; i++)
		ck_assert_uint_lt(snippet.entities[i].mark.start, snippet.entities[i].mark.end);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("entity_marks");
	TCase *tests = tcase_create("entity_marks");
	tcase_add_checked_fixture(tests, set_up, close_names);
	tcase_add_test(tests, mentions_are_marked_by_place);
	tcase_add_test(tests, the_longest_wins);
	tcase_add_test(tests, of_two_as_long_the_first_wins);
	tcase_add_test(tests, other_kinds_are_not_marked);
	tcase_add_test(tests, only_what_is_shown_whole);
	tcase_add_test(tests, names_are_those_that_readers_see);
	tcase_add_test(tests, spans_that_make_no_sense);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
