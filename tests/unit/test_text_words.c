#include "dateline/text.h"
#include "dateline/utf8.h"

#include "testing.h"

static struct analyser *analyser;
static struct token_list tokens;

static void set_up(void)
{
	analyser = analyser_new();
	analyser_set_language(analyser, language_find(STR("en")));
}

static void tear_down(void)
{
	analyser_free(analyser);
	token_list_release(&tokens);
}

static const struct word *last_word(struct str text)
{
	tokens.count = 0;
	analyser_run(analyser, text, 0, 0, &tokens);
	ck_assert_uint_gt(tokens.count, 0);
	return tokens.items[tokens.count - 1].word;
}

static const struct word *word_of(const char *text)
{
	return last_word(str_from(text));
}

static void assert_forms(const char *text, const char *exact, const char *folded, const char *stem,
			 const char *folded_stem)
{
	const struct word *word = word_of(text);
	assert_str(word->exact, exact);
	assert_str(word->folded, folded);
	assert_str(word->stem, stem);
	assert_str(word->folded_stem, folded_stem);
}

/* ---- forms ---- */

START_TEST(words_have_four_forms)
{
	assert_forms("Running", "running", "running", "run", "run");
	assert_forms("Café", "café", "cafe", "cafe", "cafe");
	assert_forms("NAÏVETÉ", "naïveté", "naivete", "naivete", "naivet");
	assert_forms("O’Brien's", "o'brien", "o'brien", "o'brien", "o'brien");
	assert_forms("U.S.", "u.s.", "us", "us", "us");
	assert_forms("U.S", "u.s.", "us", "us", "us");
	assert_forms("AT&T", "at&t", "att", "att", "att");
	assert_forms("A.I.D.S.", "a.i.d.s.", "aids", "aids", "aid");
	assert_forms("cyber-attacks", "cyberattacks", "cyberattacks", "cyberattack", "cyberattack");
	assert_forms("1990s", "1990s", "1990s", "1990s", "1990s");
	assert_forms("1,234.5", "1234.5", "1234.5", "1234.5", "1234.5");
	assert_forms("m²", "m²", "m2", "m2", "m2");
	assert_forms("ﬁnding", "finding", "finding", "find", "find");
}
END_TEST

START_TEST(stems_are_of_the_language)
{
	analyser_set_language(analyser, language_find(STR("de")));
	assert_forms("Häuser", "häuser", "hauser", "haus", "haus");
	analyser_set_language(analyser, language_find(STR("fr")));
	assert_forms("l'économiques", "économiques", "economiques", "econom", "econom");
	analyser_set_language(analyser, language_find(STR("ru")));
	assert_forms("Ёлками", "ёлками", "елками", "елк", "елк");
	analyser_set_language(analyser, language_find(STR("ca")));
	assert_forms("col·legis", "col·legis", "collegis", "colleg", "colleg");
	analyser_set_language(analyser, NULL);
	assert_forms("Häuser", "häuser", "hauser", "hauser", "hauser");
	assert_forms("running", "running", "running", "running", "running");
}
END_TEST

START_TEST(equal_forms_share_one_text)
{
	const struct word *plain = word_of("china");
	ck_assert_ptr_eq(plain->exact.data, plain->folded.data);
	ck_assert_ptr_eq(plain->exact.data, plain->stem.data);
	ck_assert_ptr_eq(plain->exact.data, plain->folded_stem.data);
	const struct word *stemmed = word_of("attacks");
	ck_assert_ptr_eq(stemmed->exact.data, stemmed->folded.data);
	ck_assert_ptr_ne(stemmed->exact.data, stemmed->stem.data);
	ck_assert_ptr_eq(stemmed->stem.data, stemmed->folded_stem.data);
	const struct word *accented = word_of("café");
	ck_assert_ptr_ne(accented->exact.data, accented->folded.data);
	ck_assert_ptr_eq(accented->folded.data, accented->stem.data);
	ck_assert_ptr_eq(accented->folded.data, accented->folded_stem.data);
	const struct word *naive = word_of("naïveté");
	ck_assert_ptr_eq(naive->folded.data, naive->stem.data);
	ck_assert_ptr_ne(naive->folded.data, naive->folded_stem.data);
	analyser_set_language(analyser, language_find(STR("fr")));
	const struct word *economic = word_of("économiques");
	ck_assert_ptr_ne(economic->folded.data, economic->stem.data);
	ck_assert_ptr_eq(economic->stem.data, economic->folded_stem.data);
}
END_TEST

/* ---- identity ---- */

START_TEST(ways_of_writing_lead_to_one_word)
{
	const struct word *word = word_of("chinese");
	ck_assert_ptr_eq(word_of("Chinese"), word);
	ck_assert_ptr_eq(word_of("CHINESE's"), word);
	ck_assert_ptr_eq(word_of("chi\xC2\xADnese"), word);
	ck_assert_ptr_eq(word_of("Chi-nese"), word);
	ck_assert_ptr_eq(word_of("cafe\xCC\x81"), word_of("CAFÉ"));
	ck_assert_ptr_eq(word_of("O’Brien"), word_of("O'Brien"));
	ck_assert_ptr_eq(word_of("U.S"), word_of("u.s."));
	ck_assert_ptr_eq(word_of("1,000"), word_of("1000"));
	ck_assert_ptr_ne(word_of("us"), word_of("u.s."));
}
END_TEST

START_TEST(a_word_is_of_one_language)
{
	const struct word *english = word_of("Nation");
	analyser_set_language(analyser, language_find(STR("fr")));
	const struct word *french = word_of("Nation");
	ck_assert_ptr_ne(french, english);
	ck_assert_uint_ne(french->number, english->number);
	assert_str(english->exact, "nation");
	analyser_set_language(analyser, language_find(STR("en")));
	ck_assert_ptr_eq(word_of("Nation"), english);
}
END_TEST

START_TEST(numbers_come_in_the_order_of_first_sight)
{
	analyser_run(analyser, STR("one Two two one three cyber-war"), 0, 0, &tokens);
	static const uint32_t numbers[] = { 0, 1, 1, 0, 2, 3, 4, 5 };
	ck_assert_uint_eq(tokens.count, 8);
	for (size_t i = 0; i < 8; i++) {
		ck_assert_uint_eq(tokens.items[i].word->number, numbers[i]);
		ck_assert_uint_eq(tokens.items[i].number, numbers[i]);
	}
}
END_TEST

/* Words are looked up some at a time: wherever the others end, these are the same. */
START_TEST(words_are_the_same_wherever_they_stand)
{
	struct buffer text = { 0 };
	for (size_t before = 0; before < 100; before++) {
		buffer_reset(&text);
		for (size_t i = 0; i < before; i++)
			buffer_add_format(&text, "w%zu ", i);
		buffer_add_text(&text, "U.S. Cyber-wars 2-1");
		tokens.count = 0;
		analyser_run(analyser, buffer_str(&text), 0, 0, &tokens);
		ck_assert_uint_eq(tokens.count, before + 6);
		const struct token *last = &tokens.items[before];
		assert_str(last[0].word->exact, "u.s.");
		assert_str(last[1].word->exact, "cyber");
		assert_str(last[2].word->stem, "war");
		assert_str(last[3].word->stem, "cyberwar");
		ck_assert_uint_eq(last[3].position, last[1].position);
		ck_assert_uint_eq(last[3].flags, TOKEN_JOINED | TOKEN_CAPITAL);
		ck_assert_uint_eq(last[5].flags, TOKEN_NUMBER | TOKEN_HYPHENATED);
		for (size_t i = 0; i < tokens.count; i++)
			ck_assert_uint_eq(tokens.items[i].number, tokens.items[i].word->number);
	}
	buffer_release(&text);
}
END_TEST

/* Words of every length up to and over what the table holds in itself, at the end of their memory. */
START_TEST(words_of_all_lengths_are_told_apart)
{
	const struct word *words[2][300];
	for (size_t round = 0; round < 2; round++) {
		for (size_t len = 1; len < 300; len++) {
			char *text = memory_alloc(len);
			memset(text, 'x', len);
			words[round][len - 1] = last_word((struct str){ text, len });
			free(text);
		}
	}
	for (size_t i = 0; i < 299; i++) {
		ck_assert_ptr_eq(words[0][i], words[1][i]);
		ck_assert_uint_eq(words[0][i]->exact.len, i < 64 ? i + 1 : 64);
	}
}
END_TEST

START_TEST(many_words_keep_their_forms)
{
	enum { COUNT = 20000 };
	static const char *const ways[] = { "w%d", "eightbit%05d", "averylongwordbefore%d" };
	const struct word **words = memory_zero(COUNT, sizeof(struct word *));
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < COUNT; i++) {
			char text[64];
			/* Short and long ones, and some that differ in one byte far behind. */
			snprintf(text, sizeof(text), ways[i % 3], i);
			const struct word *word = word_of(text);
			if (!str_equal(word->exact, str_from(text)) ||
			    word->number != (uint32_t)i || (round && words[i] != word))
				ck_abort_msg("%s in round %d", text, round);
			words[i] = word;
		}
	}
	free(words);
}
END_TEST

/* ---- limits ---- */

START_TEST(long_words_are_cut_and_counted)
{
	struct buffer text = { 0 };
	for (int i = 0; i < 64; i++)
		buffer_add_text(&text, "x");
	ck_assert_uint_eq(word_of(text.data)->exact.len, 64);
	ck_assert_uint_eq(analyser_words_cut(analyser), 0);
	buffer_add_text(&text, "x");
	ck_assert_uint_eq(word_of(text.data)->exact.len, 64);
	ck_assert_uint_eq(analyser_words_cut(analyser), 1);
	word_of(text.data);
	ck_assert_uint_eq(analyser_words_cut(analyser), 2);
	/* The span is the whole word, and what the cache knows stays there. */
	ck_assert_uint_eq(tokens.items[0].flags, TOKEN_SENTENCE);
	ck_assert_uint_eq(tokens.items[0].end, 65);
	buffer_reset(&text);
	buffer_add_text(&text, "x"); /* the cut would be in the middle of a character */
	for (int i = 0; i < 500; i++)
		buffer_add_text(&text, "ж");
	ck_assert_uint_eq(word_of(text.data)->exact.len, 63);
	ck_assert_uint_eq(analyser_words_cut(analyser), 3);
	buffer_release(&text);
}
END_TEST

START_TEST(long_hyphenated_words_are_cut)
{
	struct buffer text = { 0 };
	for (int i = 0; i < 40; i++)
		buffer_add_text(&text, i ? "-ab" : "ab");
	const struct word *joined = word_of(text.data);
	ck_assert_uint_eq(tokens.count, 41);
	ck_assert_uint_eq(joined->exact.len, 64);
	ck_assert_uint_eq(analyser_words_cut(analyser), 1);
	buffer_release(&text);
}
END_TEST

/* The longest that a letter folds to is 33 bytes of 3, in the forms without accents alone. */
START_TEST(forms_that_grow_are_cut)
{
	struct buffer text = { 0 };
	for (int i = 0; i < 10; i++)
		buffer_add_text(&text, "ﷺ");
	const struct word *word = word_of(text.data);
	ck_assert_uint_eq(word->exact.len, 30);
	ck_assert_uint_le(word->folded.len, TEXT_WORD_MAX);
	ck_assert_uint_gt(word->folded.len, 30);
	ck_assert(utf8_is_clean(word->folded));
	buffer_release(&text);
}
END_TEST

START_TEST(trim_forgets_when_it_is_too_much)
{
	ck_assert(!analyser_trim(analyser, 0));
	word_of("one two Two");
	ck_assert(!analyser_trim(analyser, (size_t)1 << 30));
	ck_assert_uint_eq(word_of("two")->number, 1);
	ck_assert(analyser_trim(analyser, 0));
	ck_assert(!analyser_trim(analyser, 0));
	const struct word *word = word_of("Attacks");
	ck_assert_uint_eq(word->number, 0);
	assert_str(word->stem, "attack");
	for (int i = 0; i < 50000; i++) {
		char text[32];
		snprintf(text, sizeof(text), "w%d", i);
		word_of(text);
	}
	ck_assert(analyser_trim(analyser, (size_t)1 << 20));
	word_of("one");
	ck_assert(!analyser_trim(analyser, (size_t)1 << 20));
	ck_assert_uint_eq(analyser_words_cut(analyser), 0);
}
END_TEST

START_TEST(trim_keeps_the_language_and_counts_on)
{
	char text[100];
	memset(text, 'x', sizeof(text));
	last_word((struct str){ text, sizeof(text) });
	ck_assert(analyser_trim(analyser, 0));
	assert_str(word_of("nations")->stem, "nation");
	last_word((struct str){ text, sizeof(text) });
	ck_assert_uint_eq(analyser_words_cut(analyser), 2);
}
END_TEST

/* A form is a word of its own that has this form, so that what is shown can be asked for again. */
START_TEST(exact_forms_are_found_by_themselves)
{
	static const char *const texts[] = { "Café",      "U.S",    "AT&T",   "Ph.D", "O’Brien",
					     "1,234,567", "5.93bn", "ÉTÉ's",  "东京", "rock'n'roll",
					     "col·legi",  "m²",     "STRASSE" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct word *word = word_of(texts[i]);
		ck_assert_ptr_eq(last_word(word->exact), word);
		ck_assert_uint_eq(tokens.count, 1);
	}
}
END_TEST

START_TEST(release_of_nothing)
{
	struct token_list none = { 0 };
	token_list_release(&none);
	token_list_release(&none);
	ck_assert_ptr_null(none.items);
	analyser_free(NULL);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("text_words");
	TCase *tests = tcase_create("text_words");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, words_have_four_forms);
	tcase_add_test(tests, stems_are_of_the_language);
	tcase_add_test(tests, equal_forms_share_one_text);
	tcase_add_test(tests, ways_of_writing_lead_to_one_word);
	tcase_add_test(tests, a_word_is_of_one_language);
	tcase_add_test(tests, numbers_come_in_the_order_of_first_sight);
	tcase_add_test(tests, words_are_the_same_wherever_they_stand);
	tcase_add_test(tests, words_of_all_lengths_are_told_apart);
	tcase_add_test(tests, many_words_keep_their_forms);
	tcase_add_test(tests, long_words_are_cut_and_counted);
	tcase_add_test(tests, long_hyphenated_words_are_cut);
	tcase_add_test(tests, forms_that_grow_are_cut);
	tcase_add_test(tests, trim_forgets_when_it_is_too_much);
	tcase_add_test(tests, trim_keeps_the_language_and_counts_on);
	tcase_add_test(tests, exact_forms_are_found_by_themselves);
	tcase_add_test(tests, release_of_nothing);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
