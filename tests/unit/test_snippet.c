#include "snippets.h"

#include "dateline/utf8.h"

/* ---- what is marked ---- */

START_TEST(words_match_in_all_their_forms)
{
	title("Attack");
	body("They attacked. The attack was one of many attacks.");
	look_for("attack");
	assert_str(marked(80), "They [attacked]. The [attack] was one of many [attacks].");
}
END_TEST

START_TEST(quoted_words_match_as_they_are)
{
	body("They attacked. The Attack was one of many attacks.");
	look_for("\"attack\"");
	assert_str(marked(80), "They attacked. The [Attack] was one of many attacks.");
}
END_TEST

START_TEST(accents_match_as_in_the_index)
{
	body("Cafe and café, CAFÉ and cafes; the U.S. and us.");
	look_for("cafe");
	look_for("\"us\"");
	assert_str(marked(80), "[Cafe] and [café], [CAFÉ] and [cafes]; the [U.S.] and [us].");
	leaf_count = 0;
	look_for("\"café\"");
	assert_str(marked(80), "Cafe and [café], [CAFÉ] and cafes; the U.S. and us.");
}
END_TEST

START_TEST(possessives_are_marked_without_their_ending)
{
	body("Ollongren's cyber unit.");
	look_for("ollongren");
	assert_str(marked(80), "[Ollongren]'s cyber unit.");
}
END_TEST

START_TEST(a_phrase_is_marked_where_it_stands)
{
	body("Cyber war, espionage, cyber espionage.\n\nEspionage cyber\n\nespionage and Cyber-Espionage.");
	look_for("\"cyber espionage\"");
	assert_str(marked(120),
		   "Cyber war, espionage, [cyber espionage]. Espionage cyber espionage and "
		   "[Cyber-Espionage].");
}
END_TEST

/* Only the last 256 words are remembered, by their position; between paragraphs one is left out. */
START_TEST(no_phrase_begins_long_before)
{
	struct buffer text = { 0 };
	buffer_add_text(&text, "Cyber");
	for (int i = 0; i < 255; i++)
		buffer_add_text(&text, " word");
	buffer_add_text(&text, "\n\nEspionage begins. Cyber espionage.");
	body(text.data);
	buffer_release(&text);
	look_for("\"cyber espionage\"");
	assert_str(marked(50), "… Espionage begins. [Cyber espionage].");
}
END_TEST

START_TEST(repeated_words_of_a_phrase)
{
	body("very very very good, very good");
	look_for("\"very very good\"");
	assert_str(marked(80), "very [very very good], very good");
}
END_TEST

START_TEST(hyphenated_words_are_marked_whole)
{
	body("A cyber-attack, a cyberattack, a cyber attack, an attack on cyber.");
	look_for("cyberattack");
	assert_str(marked(80),
		   "A [cyber-attack], a [cyberattack], a cyber attack, an attack on cyber.");
	look_for("cyber-attack");
	assert_str(marked(80),
		   "A [cyber-attack], a [cyberattack], a [cyber attack], an attack on cyber.");
}
END_TEST

START_TEST(a_joined_word_can_end_a_phrase)
{
	body("The state cyber-attack.");
	look_for("\"state cyberattack\"");
	assert_str(marked(80), "The [state cyber-attack].");
}
END_TEST

START_TEST(one_character_is_marked_alone)
{
	body("明日は月がきれい。月、日月。");
	look_for("月");
	assert_str(marked(80), "明日は[月]がきれい。[月]、日[月]。");
	leaf_count = 0;
	look_for("日月");
	assert_str(marked(80), "明日は月がきれい。月、[日月]。");
}
END_TEST

START_TEST(overlapping_pairs_are_one_mark)
{
	body("他在北京大学读书。京大北。");
	look_for("\"北京大学\"");
	assert_str(marked(80), "他在[北京大学]读书。京大北。");
	leaf_count = 0;
	look_for("\"北京\"");
	look_for("\"大学\"");
	assert_str(marked(80), "他在[北京大学]读书。京大北。");
	look_for("\"京大\"");
	assert_str(marked(80), "他在[北京大学]读书。[京大]北。");
}
END_TEST

START_TEST(negated_and_title_words_are_not_marked)
{
	title("Spring rain");
	body("Rain in spring.");
	look_for("-spring");
	look_for("title:rain");
	assert_str(marked(80), "Rain in spring.");
	ck_assert_uint_eq(snippet.mark_count, 0);
}
END_TEST

START_TEST(values_and_dates_match_nothing)
{
	body("China in 2024.");
	leaves[leaf_count++] = (struct query_leaf){ .text = STR("place:china") };
	assert_str(marked(80), "China in 2024.");
}
END_TEST

/* The word is known to the analyser from before, in another language, and the numbers of words run on. */
START_TEST(the_analyser_may_be_used_on_and_on)
{
	look_for("attack");
	for (int i = 0; i < 3; i++) {
		forget_article();
		body("Nobody was ready when attacks came.");
		assert_str(marked(80), "Nobody was ready when [attacks] came.");
		analyser_trim(analyser, i == 1 ? 0 : SIZE_MAX);
	}
}
END_TEST

/* ---- which passage ---- */

START_TEST(most_different_words_win)
{
	body("Rain rain rain rain. " PAGE "Then came wind and rain. " PAGE "Rain and rain.");
	look_for("rain");
	look_for("wind");
	assert_str(marked(40), "… Then came [wind] and [rain]. Nothing of…");
}
END_TEST

/* "cyber-attack" in two ways is still one word found. */
START_TEST(ways_to_write_a_word_count_once)
{
	body("A cyber-attack. " PAGE "A cyberattack, and rain. " PAGE);
	look_for("cyberattack");
	look_for("cyber-attack");
	leaves[1].plan = NULL;
	look_for("rain");
	assert_str(marked(40), "… A [cyberattack], and [rain]. Nothing of…");
}
END_TEST

START_TEST(then_most_occurrences_win)
{
	body("Some rain. " PAGE "There was rain after rain. " PAGE "More rain here.");
	look_for("rain");
	assert_str(marked(40), "… There was [rain] after [rain]. Nothing…");
}
END_TEST

START_TEST(then_the_earliest_wins)
{
	body("It begins. " PAGE "First the rain. " PAGE "Then the rain. " PAGE "Last the rain.");
	look_for("rain");
	assert_str(marked(30), "… First the [rain]. Nothing of…");
}
END_TEST

START_TEST(the_words_of_a_window_need_not_be_neighbours)
{
	body(PAGE "Alpha " FILLER "beta. " PAGE "Alpha alpha alpha. " PAGE "Beta beta.");
	look_for("alpha");
	look_for("beta");
	const struct str text = marked(120);
	ck_assert_msg(strstr(text.data, "[Alpha] Nothing"), "%s", text.data);
	ck_assert_msg(strstr(text.data, "[beta]. "), "%s", text.data);
}
END_TEST

/* ---- two passages ---- */

START_TEST(words_far_apart_are_shown_in_two_passages)
{
	body(PAGE "First came the wind. " PAGE PAGE "Then there was rain, and more rain. " PAGE);
	look_for("rain");
	look_for("wind");
	assert_str(marked(120), "… First came the [wind]. Nothing of what stands here has to… "
				"Then there was [rain], and more [rain]. Nothing of what…");
}
END_TEST

START_TEST(one_passage_that_has_all_is_enough)
{
	body("Wind, wind. " PAGE "Wind and rain. " PAGE "Rain, rain, rain.");
	look_for("rain");
	look_for("wind");
	const struct str text = marked(120);
	ck_assert_msg(strstr(text.data, "[Wind] and [rain]."), "%s", text.data);
	ck_assert_ptr_null(strstr(text.data, "Rain]"));
	forget_article();
	body("Wind, wind. " PAGE "More wind.");
	assert_str(marked(120), "[Wind], [wind]. Nothing of what stands here has to do with it in any "
				"way at all. Nothing of what stands here has to do…");
}
END_TEST

START_TEST(a_narrow_snippet_is_one_passage)
{
	body(PAGE "First came the wind. " PAGE PAGE "Then there was rain, and rain. " PAGE);
	look_for("rain");
	look_for("wind");
	assert_str(
		marked(80),
		"… Then there was [rain], and [rain]. Nothing of what stands here has to do with it…");
}
END_TEST

/* Half the room each, and what lies between is not much: it is one piece of text. */
START_TEST(passages_that_meet_are_one)
{
	body(PAGE
	     "The storm came up in the morning from a sea that nobody had ever seen so dark. The "
	     "harbour was as full of ships as it is in any summer, and all of them sank. " PAGE);
	look_for("storm");
	look_for("sank");
	for (uint32_t columns = 104; columns < 260; columns++) {
		const struct str text = marked(columns);
		ck_assert_uint_le(utf8_columns(snippet.text), columns);
		ck_assert_msg(strstr(text.data, "[storm]"), "%s", text.data);
		ck_assert_msg(strstr(text.data, "[sank]"), "%s", text.data);
		ck_assert_msg(!strstr(text.data, "… …"), "%s", text.data);
	}
}
END_TEST

START_TEST(common_words_win_no_place)
{
	body("So it is of the and of the. " PAGE PAGE "Then came wind and rain. " PAGE);
	look_for("of");
	leaves[0].common = true;
	look_for("rain");
	const struct str text = marked(120);
	ck_assert_msg(strstr(text.data, "Then came wind and [rain]. "), "%s", text.data);
	ck_assert_msg(!strstr(text.data, "So it is"), "%s", text.data);
}
END_TEST

START_TEST(a_snippet_says_where_it_is_from)
{
	struct snippet_places places;
	body(PAGE "First\n\ncame the wind. " PAGE PAGE "Then there was rain, and rain. " PAGE);
	look_for("rain");
	look_for("wind");
	text_builder_finish(&builder, &arena, &record.article);
	snippet_make(&record, leaves, leaf_count, analyser, 130, &arena, &snippet, &places);
	ck_assert_uint_eq(places.count, 2);
	for (size_t i = 0; i < places.count; i++) {
		const struct snippet_part *part = &places.parts[i];
		ck_assert_uint_lt(part->start, part->end);
		for (uint32_t at = part->start; at < part->end; at++) {
			const char byte = record.article.text.data[at];
			const char shown_byte = snippet.text.data[part->places[at - part->start]];
			if (byte != '\n')
				ck_assert_int_eq(byte, shown_byte);
		}
		ck_assert_uint_le(part->places[part->end - part->start], snippet.text.len);
	}
	ck_assert_uint_lt(places.parts[0].end, places.parts[1].start);
}
END_TEST

START_TEST(without_a_match_the_first_paragraph)
{
	title("Title");
	text_builder_add(&builder, PARAGRAPH_HEADING, STR("Heading"));
	body("First paragraph.\n\nSecond paragraph.");
	assert_str(marked(80), "… First paragraph. Second paragraph.");
	forget_article();
	title("Title");
	body("First paragraph that is so long that it does not fit.\n\nSecond.");
	look_for("title");
	assert_str(marked(40), "First paragraph that is so long that…");
}
END_TEST

START_TEST(a_heading_does_not_run_into_the_text)
{
	title("Title");
	body("Not the end.");
	text_builder_add(&builder, PARAGRAPH_HEADING, STR("What they hold"));
	body("Little of use.");
	text_builder_add(&builder, PARAGRAPH_HEADING, STR("And now?"));
	body("Nothing.");
	text_builder_add(&builder, PARAGRAPH_HEADING, STR("Later:"));
	text_builder_add(&builder, PARAGRAPH_HEADING, STR("Rain"));
	body("It fell.");
	look_for("use");
	assert_str(marked(120), "Not the end. What they hold: Little of [use]. And now? Nothing. "
				"Later: Rain: It fell.");
	look_for("hold");
	for (uint32_t columns = 20; columns < 100; columns++) {
		const struct str text = make(columns);
		ck_assert_uint_le(utf8_columns(text), columns);
		ck_assert_msg(!strstr(text.data, "hold Little"), "%s", text.data);
		ck_assert_uint_gt(snippet.mark_count, 0);
		for (size_t i = 0; i < snippet.mark_count; i++)
			ck_assert(memchr("hu", text.data[snippet.marks[i].start], 2) != NULL);
	}
}
END_TEST

START_TEST(a_title_alone_is_its_own_snippet)
{
	title("Rain in Spain");
	look_for("title:rain");
	look_for("spain");
	look_for("-in");
	assert_str(marked(80), "[Rain] in [Spain]");
}
END_TEST

START_TEST(nothing_has_no_snippet)
{
	look_for("rain");
	assert_str(make(80), "");
	ck_assert_uint_eq(snippet.mark_count, 0);
}
END_TEST

START_TEST(only_headings)
{
	title("Title");
	text_builder_add(&builder, PARAGRAPH_HEADING, STR("Rain"));
	assert_str(make(80), "Rain");
	look_for("rain");
	assert_str(marked(80), "[Rain]");
}
END_TEST

/* ---- its edges ---- */

START_TEST(sentences_begin_the_snippet_when_near)
{
	body(PAGE "(\"Now,\" he said, \"the rain begins.\") " PAGE);
	look_for("rain");
	assert_str(marked(60), "… (\"Now,\" he said, \"the [rain] begins.\") Nothing of what…");
}
END_TEST

START_TEST(in_a_long_sentence_some_words_lead_to_the_match)
{
	body("one two three four five six seven eight nine ten eleven twelve thirteen rain fourteen "
	     "fifteen sixteen seventeen eighteen nineteen, twenty");
	look_for("rain");
	assert_str(marked(50), "…thirteen [rain] fourteen fifteen sixteen…");
}
END_TEST

START_TEST(the_end_of_an_article_fills_the_snippet)
{
	body(PAGE "Some more to say. All of it done. Rain.");
	look_for("rain");
	assert_str(marked(60), "… Some more to say. All of it done. [Rain].");
	forget_article();
	body("one two three four five six seven eight nine ten eleven twelve thirteen rain");
	assert_str(marked(50), "…eight nine ten eleven twelve thirteen [rain]");
}
END_TEST

START_TEST(what_fits_is_whole)
{
	body("Short rain.\n\nAnd its end.");
	look_for("rain");
	assert_str(marked(80), "Short [rain]. And its end.");
}
END_TEST

START_TEST(ellipses_know_sentences)
{
	body("The first sentence, which ends. Then comes the second one.");
	assert_str(make(36), "The first sentence, which ends. …");
	assert_str(make(24), "The first sentence…");
	assert_str(make(30), "The first sentence, which…");
}
END_TEST

START_TEST(white_space_is_one_blank)
{
	record.article.text = STR("a \t b\n\n\nrain \n c");
	struct paragraph all = { 0, (uint32_t)record.article.text.len, PARAGRAPH_TEXT };
	record.article.paragraphs = &all;
	record.article.paragraph_count = 1;
	look_for("rain");
	snippet_make(&record, leaves, leaf_count, analyser, 80, &arena, &snippet,
		     &(struct snippet_places){ 0 });
	assert_str(snippet.text, "a b rain c");
	ck_assert_uint_eq(snippet.marks[0].start, 4);
	ck_assert_uint_eq(snippet.marks[0].end, 8);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("snippet");
	const TTest *const marks[] = {
		words_match_in_all_their_forms,     quoted_words_match_as_they_are,
		accents_match_as_in_the_index,      possessives_are_marked_without_their_ending,
		a_phrase_is_marked_where_it_stands, no_phrase_begins_long_before,
		repeated_words_of_a_phrase,         hyphenated_words_are_marked_whole,
		a_joined_word_can_end_a_phrase,     one_character_is_marked_alone,
		overlapping_pairs_are_one_mark,     negated_and_title_words_are_not_marked,
		values_and_dates_match_nothing,     the_analyser_may_be_used_on_and_on
	};
	add_case(suite, "marks", marks, COUNT(marks));
	const TTest *const passages[] = { most_different_words_win,
					  ways_to_write_a_word_count_once,
					  then_most_occurrences_win,
					  then_the_earliest_wins,
					  the_words_of_a_window_need_not_be_neighbours,
					  without_a_match_the_first_paragraph,
					  a_title_alone_is_its_own_snippet,
					  nothing_has_no_snippet,
					  only_headings,
					  a_heading_does_not_run_into_the_text };
	add_case(suite, "passages", passages, COUNT(passages));
	const TTest *const two[] = { words_far_apart_are_shown_in_two_passages,
				     one_passage_that_has_all_is_enough,
				     a_narrow_snippet_is_one_passage,
				     passages_that_meet_are_one,
				     common_words_win_no_place,
				     a_snippet_says_where_it_is_from };
	add_case(suite, "two passages", two, COUNT(two));
	const TTest *const edges[] = { sentences_begin_the_snippet_when_near,
				       in_a_long_sentence_some_words_lead_to_the_match,
				       the_end_of_an_article_fills_the_snippet,
				       what_fits_is_whole,
				       ellipses_know_sentences,
				       white_space_is_one_blank };
	add_case(suite, "edges", edges, COUNT(edges));
	return suite;
}

TEST_MAIN(make_suite)
