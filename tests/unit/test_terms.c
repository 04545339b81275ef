#include "../../indexer/terms.h"
#include "testing.h"

static struct analyser *analyser;
static struct term_collector collector;
static struct arena arena;
static struct posting *postings;
static size_t count;

static void begin(void)
{
	analyser = analyser_new();
	analyser_set_language(analyser, language_find(STR("en")));
	term_collector_init(&collector, NULL);
}

static void end(void)
{
	analyser_free(analyser);
	term_collector_release(&collector);
	arena_release(&arena);
}

/* The terms of a title and a body, as the indexer makes them. */
static void collect(const char *title, const char *body)
{
	struct token_list tokens = { 0 };
	const uint32_t next = analyser_run(analyser, str_from(title), 0, 1, &tokens);
	term_collector_add(&collector, tokens.items, tokens.count, true);
	tokens.count = 0;
	analyser_run(analyser, str_from(body), 0, next + 10, &tokens);
	term_collector_add(&collector, tokens.items, tokens.count, false);
	term_collector_finish(&collector, 0, &arena, &postings, &count);
	token_list_release(&tokens);
}

static const struct posting *find(const char *term)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(postings[i].term, str_from(term)))
			return &postings[i];
	return NULL;
}

/* "term wdf: positions" */
static void assert_posting(const char *term, const char *expected)
{
	const struct posting *posting = find(term);
	char text[256];
	ck_assert_msg(posting != NULL, "there is no term %s", term);
	int len = snprintf(text, sizeof(text), "%u:", posting->wdf);
	for (uint32_t i = 0; i < posting->count; i++)
		len += snprintf(text + len, sizeof(text) - (size_t)len, " %u", posting->positions[i]);
	ck_assert_msg(strcmp(text, expected) == 0, "%s is \"%s\", not \"%s\"", term, text, expected);
}

START_TEST(test_body_words_have_positions_and_stems_none)
{
	collect("", "Rains came, and rain went.");
	assert_posting("rains", "1: 11");
	assert_posting("rain", "1: 14");
	assert_posting("Zrain", "2:");
	assert_posting("Zcame", "1:");
	ck_assert_ptr_null(find("Srain"));
	ck_assert_ptr_null(find("ZSrain"));
}
END_TEST

START_TEST(test_words_of_the_title_weigh_more_and_are_there_twice)
{
	collect("Rain", "The rain.");
	assert_posting("rain", "4: 1 13");
	assert_posting("Zrain", "4:");
	assert_posting("Srain", "1: 1");
	assert_posting("ZSrain", "1:");
	ck_assert_ptr_null(find("Sthe"));
}
END_TEST

START_TEST(test_folded_forms_are_terms_of_their_own)
{
	collect("", "Café cafe U.S. us");
	assert_posting("café", "1: 11");
	assert_posting("cafe", "2: 11 12");
	assert_posting("u.s.", "1: 13");
	assert_posting("us", "2: 13 14");
	ck_assert_uint_eq(find("Zcafe")->wdf, 2);
}
END_TEST

START_TEST(test_joined_words_stand_at_their_first_part_in_order)
{
	collect("", "cyber-attack cyberattack a cyber-attack");
	assert_posting("cyber", "2: 11 15");
	assert_posting("attack", "2: 12 16");
	assert_posting("cyberattack", "3: 11 13 15");
}
END_TEST

START_TEST(test_a_position_is_there_once)
{
	/* Each character is a word at the position of a bigram, the last two at that of the last. */
	collect("", "哈哈哈");
	assert_posting("哈哈", "2: 11 12");
	assert_posting("哈", "3: 11 12");
	/* The part and all of the hyphenated word are cut to the same. */
	char part[TEXT_WORD_MAX + 3];
	memset(part, 'x', TEXT_WORD_MAX);
	memcpy(part + TEXT_WORD_MAX, "-y", 3);
	collect("", part);
	part[TEXT_WORD_MAX] = '\0';
	assert_posting(part, "2: 11");
}
END_TEST

START_TEST(test_positions_of_several_words_are_one_list)
{
	collect("us U.S.", "U.S. us U.S us cafe U-S");
	assert_posting("u.s.", "5: 2 13 15");
	assert_posting("us", "11: 1 2 13 14 15 16 18");
	assert_posting("Sus", "2: 1 2");
	assert_posting("Su.s.", "1: 2");
	assert_posting("cafe", "1: 17");
	assert_posting("Zus", "11:");
}
END_TEST

/* The terms of a body by number, in `terms`, as those of a collector that gives out texts. */
static void assert_numbered(struct term_collector *numbering, const struct intern *terms,
			    const char *body)
{
	struct token_list tokens = { 0 };
	struct numbered_posting *numbered;
	size_t numbered_count;
	analyser_run(analyser, str_from(body), 0, 11, &tokens);
	term_collector_add(numbering, tokens.items, tokens.count, false);
	term_collector_numbered(numbering, &numbered, &numbered_count);
	collect("", body);
	ck_assert_uint_eq(numbered_count, count);
	for (size_t i = 0; i < count; i++) {
		const struct posting *posting = find(terms->keys[numbered[i].term].data);
		ck_assert_ptr_nonnull(posting);
		ck_assert_uint_eq(numbered[i].wdf, posting->wdf);
		ck_assert_uint_eq(numbered[i].count, posting->count);
		ck_assert(!numbered[i].positions == !posting->positions);
		if (posting->count)
			ck_assert_mem_eq(numbered[i].positions, posting->positions,
					 posting->count * sizeof(*posting->positions));
	}
	token_list_release(&tokens);
}

START_TEST(test_terms_by_number_are_those_by_text)
{
	struct term_collector numbering;
	struct intern terms = { 0 };
	term_collector_init(&numbering, &terms);
	for (int round = 0; round < 3; round++) {
		intern_add(&terms, STR("of somebody else"), NULL);
		assert_numbered(&numbering, &terms, "");
		assert_numbered(&numbering, &terms, "Rains came, and rain went: U.S. rains.");
		assert_numbered(&numbering, &terms, "Cafés café-cafe us, Cafe CAFÉ.");
		ck_assert_uint_lt(intern_find(&terms, STR("Zrain")), terms.count);
		intern_reset(&terms);
		term_collector_forget(&numbering);
	}
	term_collector_release(&numbering);
	intern_release(&terms);
}
END_TEST

START_TEST(test_one_article_leaves_nothing_for_the_next)
{
	collect("Storm", "Storm over the coast.");
	collect("", "Calm coast.");
	ck_assert_ptr_null(find("storm"));
	ck_assert_ptr_null(find("Sstorm"));
	assert_posting("coast", "1: 12");
	assert_posting("calm", "1: 11");
}
END_TEST

START_TEST(test_forgetting_gives_the_same_terms_again)
{
	collect("Storm", "Storm over the coast.");
	const size_t before = count;
	ck_assert(analyser_trim(analyser, 0));
	term_collector_forget(&collector);
	collect("Storm", "Storm over the coast.");
	ck_assert_uint_eq(count, before);
	assert_posting("storm", "4: 1 12");
}
END_TEST

START_TEST(test_many_words)
{
	struct buffer body = { 0 };
	for (int i = 0; i < 60000; i++)
		buffer_add_format(&body, "w%d ", i % 20000);
	collect("", body.data);
	buffer_release(&body);
	assert_posting("w0", "3: 11 20011 40011");
	assert_posting("w19999", "3: 20010 40010 60010");
	ck_assert_uint_eq(find("Zw7")->wdf, 3);
}
END_TEST

static Suite *terms_suite(void)
{
	Suite *suite = suite_create("terms");
	TCase *tests = tcase_create("terms");
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, test_body_words_have_positions_and_stems_none);
	tcase_add_test(tests, test_words_of_the_title_weigh_more_and_are_there_twice);
	tcase_add_test(tests, test_folded_forms_are_terms_of_their_own);
	tcase_add_test(tests, test_joined_words_stand_at_their_first_part_in_order);
	tcase_add_test(tests, test_a_position_is_there_once);
	tcase_add_test(tests, test_positions_of_several_words_are_one_list);
	tcase_add_test(tests, test_terms_by_number_are_those_by_text);
	tcase_add_test(tests, test_one_article_leaves_nothing_for_the_next);
	tcase_add_test(tests, test_forgetting_gives_the_same_terms_again);
	tcase_add_test(tests, test_many_words);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(terms_suite)
