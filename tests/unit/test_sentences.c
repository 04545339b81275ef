#include "dateline/text.h"

#include "testing.h"

#include <ctype.h>

static struct analyser *analyser;
static struct sentence_list list;

static void set_up(void)
{
	analyser = analyser_new();
	analyser_set_language(analyser, language_find(STR("en")));
	list = (struct sentence_list){ 0 };
}

static void tear_down(void)
{
	analyser_free(analyser);
	sentence_list_release(&list);
}

static void cut(struct str text, uint32_t start, uint32_t end)
{
	struct token_list tokens = { 0 };
	const struct str paragraph = { text.data + start, end - start };
	analyser_run(analyser, paragraph, start, 1, &tokens);
	sentences_add(text, start, end, tokens.items, tokens.count, &list);
	token_list_release(&tokens);
}

/* The sentences of `text` are the pieces between the bars of `expected`. */
static void is_cut_so(const char *text, const char *expected)
{
	struct buffer out = { 0 };
	const struct str whole = str_from(text);
	list.count = 0;
	cut(whole, 0, (uint32_t)whole.len);
	for (size_t i = 0; i < list.count; i++) {
		const struct sentence *sentence = &list.items[i];
		buffer_add_text(&out, i ? "|" : "");
		buffer_add(&out, text + sentence->start, sentence->end - sentence->start);
	}
	assert_str(buffer_str(&out), expected);
	buffer_release(&out);
}

START_TEST(full_stops_end_sentences)
{
	is_cut_so("It rained. It poured! Did it? Yes.", "It rained.|It poured!|Did it?|Yes.");
	is_cut_so("one sentence without a stop", "one sentence without a stop");
	is_cut_so("Wait... Now.", "Wait...|Now.");
}
END_TEST

/* Of two characters between words, a mark with a blank behind it ends a sentence, and so do two newlines. */
START_TEST(gaps_of_two_characters)
{
	for (int first = 1; first < 0x80; first++) {
		for (int second = 1; second < 0x80; second++) {
			const char gap[] = { (char)first, (char)second, '\0' };
			if (isalnum(first) || isalnum(second))
				continue;
			const bool is_mark = strchr(".!?", first) != NULL;
			const bool ends = (is_mark && strchr(" \t\r\n", second)) ||
					  (first == '\n' && second == '\n');
			struct token_list tokens = { 0 };
			char text[] = "Rain  Sun";
			memcpy(text + 4, gap, 2);
			analyser_run(analyser, str_from(text), 0, 1, &tokens);
			ck_assert_uint_eq(tokens.count, 2);
			ck_assert_msg((tokens.items[1].flags & TOKEN_SENTENCE) ==
					      (ends ? TOKEN_SENTENCE : 0),
				      "behind %d and %d", first, second);
			token_list_release(&tokens);
		}
	}
}
END_TEST

START_TEST(abbreviations_do_not)
{
	is_cut_so("Mr. Smith met Gov. Jones of Acme Inc. in the U.S. Senate. They spoke.",
		  "Mr. Smith met Gov. Jones of Acme Inc. in the U.S. Senate.|They spoke.");
	is_cut_so("He paid 5.93 dollars. No. 7 won.", "He paid 5.93 dollars.|No. 7 won.");
}
END_TEST

START_TEST(quotations_stay_whole)
{
	is_cut_so("\"I left.\" He said so. \"Go,\" she said.",
		  "\"I left.\"|He said so.|\"Go,\" she said.");
	is_cut_so("“It works.” “Does it?” she asked.", "“It works.”|“Does it?” she asked.");
	is_cut_so("It ended. (\"Not so.\") It went on.", "It ended.|(\"Not so.\")|It went on.");
}
END_TEST

START_TEST(what_stands_before_the_first_word_is_part_of_it)
{
	is_cut_so("— ... \"Well. Yes.", "— ... \"Well.|Yes.");
}
END_TEST

START_TEST(scripts_without_blanks)
{
	is_cut_so("下雨了。「走吧。」他说。", "下雨了。|「走吧。」|他说。");
}
END_TEST

START_TEST(hyphenated_words_begin_one_sentence)
{
	is_cut_so("It fell. Twenty-one died. Two-1.", "It fell.|Twenty-one died.|Two-1.");
}
END_TEST

START_TEST(texts_without_words_are_one)
{
	is_cut_so("***", "***");
	is_cut_so("...  ", "...");
	is_cut_so("", "");
	is_cut_so("   ", "");
}
END_TEST

START_TEST(spans_are_of_the_whole_text)
{
	const struct str text = STR("Title\n\nOne. Two.\n\nThree.");
	cut(text, 7, 16);
	cut(text, 18, 24);
	ck_assert_uint_eq(list.count, 3);
	static const struct sentence expected[] = { { 7, 11 }, { 12, 16 }, { 18, 24 } };
	for (size_t i = 0; i < 3; i++) {
		ck_assert_uint_eq(list.items[i].start, expected[i].start);
		ck_assert_uint_eq(list.items[i].end, expected[i].end);
	}
}
END_TEST

/* Whatever the bytes are, sentences cover the text but for blanks, in order. */
START_TEST(nothing_is_lost)
{
	static const char alphabet[] = "ab. A\"'(!?\xC3\xA9-\xE3\x80\x82";
	srand(1);
	for (int round = 0; round < 3000; round++) {
		struct buffer text = { 0 };
		for (int i = rand() % 40; i > 0; i--) {
			const int pick = rand() % 12;
			if (pick == 10)
				buffer_add_text(&text, "é");
			else if (pick == 11)
				buffer_add_text(&text, "。");
			else
				buffer_add_char(&text, alphabet[pick]);
		}
		list.count = 0;
		const struct str whole = buffer_str(&text);
		cut(whole, 0, (uint32_t)whole.len);
		uint32_t at = 0;
		for (size_t i = 0; i < list.count; i++) {
			for (; at < list.items[i].start; at++)
				ck_assert_int_eq(whole.data[at], ' ');
			ck_assert_uint_eq(at, list.items[i].start);
			ck_assert_uint_ge(list.items[i].end, list.items[i].start);
			at = list.items[i].end;
		}
		for (; at < whole.len; at++)
			ck_assert_int_eq(whole.data[at], ' ');
		buffer_release(&text);
	}
}
END_TEST

START_TEST(openings_reach_back_to_a_limit)
{
	const struct str text = STR("a (\"“word");
	ck_assert_uint_eq(sentence_start(text, 7, 0), 2);
	ck_assert_uint_eq(sentence_start(text, 7, 3), 3);
	ck_assert_uint_eq(sentence_start(text, 7, 7), 7);
	ck_assert_uint_eq(sentence_start(text, 8, 0), 8);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("sentences");
	TCase *tests = tcase_create("sentences");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, full_stops_end_sentences);
	tcase_add_test(tests, gaps_of_two_characters);
	tcase_add_test(tests, abbreviations_do_not);
	tcase_add_test(tests, quotations_stay_whole);
	tcase_add_test(tests, what_stands_before_the_first_word_is_part_of_it);
	tcase_add_test(tests, scripts_without_blanks);
	tcase_add_test(tests, hyphenated_words_begin_one_sentence);
	tcase_add_test(tests, texts_without_words_are_one);
	tcase_add_test(tests, spans_are_of_the_whole_text);
	tcase_add_test(tests, nothing_is_lost);
	tcase_add_test(tests, openings_reach_back_to_a_limit);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
