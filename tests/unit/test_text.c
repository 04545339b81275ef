#include "dateline/text.h"
#include "dateline/utf8.h"

#include "testing.h"

static struct analyser *analyser;
static struct token_list tokens;
static struct buffer shown;

static void set_up(void)
{
	analyser = analyser_new();
}

static void tear_down(void)
{
	analyser_free(analyser);
	token_list_release(&tokens);
	buffer_release(&shown);
}

static void speak(const char *language)
{
	const struct language *found = language_find(str_from(language));
	ck_assert_ptr_nonnull(found);
	analyser_set_language(analyser, found);
}

static void run(const char *text)
{
	tokens.count = 0;
	const uint32_t after = analyser_run(analyser, str_from(text), 0, 0, &tokens);
	uint32_t count = 0;
	for (size_t i = 0; i < tokens.count; i++)
		count += !(tokens.items[i].flags & (TOKEN_JOINED | TOKEN_CHARACTER));
	ck_assert_uint_eq(after, count);
}

/*
 * The exact forms, parted by blanks; a joined word in brackets, hyphens before what follows one. Characters of bigrams
 * are left out.
 */
static struct str words(const char *text)
{
	run(text);
	buffer_reset(&shown);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];
		const bool joined = token->flags & TOKEN_JOINED;
		if (token->flags & TOKEN_CHARACTER)
			continue;
		buffer_add_text(&shown, i ? " " : "");
		buffer_add_text(&shown, joined ? "[" : "");
		buffer_add_text(&shown, token->flags & TOKEN_HYPHENATED ? "-" : "");
		buffer_add_str(&shown, token->word->exact);
		buffer_add_text(&shown, joined ? "]" : "");
	}
	return buffer_str(&shown);
}

/* The spans of the tokens that have the flag, as they stand in the text, parted by "|". */
static struct str spans_with(unsigned flag, const char *text)
{
	run(text);
	buffer_reset(&shown);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];
		if (flag && !(token->flags & flag))
			continue;
		buffer_add_text(&shown, shown.len ? "|" : "");
		buffer_add(&shown, text + token->start, token->end - token->start);
	}
	return buffer_str(&shown);
}

static struct str sentences(const char *text)
{
	return spans_with(TOKEN_SENTENCE, text);
}

/* ---- words ---- */

START_TEST(words_are_letters_and_digits)
{
	assert_str(words(""), "");
	assert_str(words(" ,.-'&\n\t@%$ "), "");
	assert_str(words("The quick,brown fox"), "the quick brown fox");
	assert_str(words("a"), "a");
	assert_str(words("snake_case and/or x=y; (z) F16 3D iPhone6"),
		   "snake case and or x y z f16 3d iphone6");
	assert_str(words("http://www.example.com/a-b?q=1 john.smith@example.org #tag @name"),
		   "http www example com a -b [ab] q 1 john smith example org tag name");
	assert_str(words("C++ and C# 20% $5 -3 .5"), "c and c 20 5 3 5");
}
END_TEST

START_TEST(letters_of_every_script_are_words)
{
	assert_str(words("Größe ÉTÉ Łódź МОСКВА Αθήνα"), "grösse été łódź москва αθήνα");
	assert_str(words("हिन्दी में العَرَبِيّة שָׁלוֹם தமிழ் հայերեն"), "हिन्दी में العَرَبِيّة שָׁלוֹם தமிழ் հայերեն");
	assert_str(words("ＡＢＣ１ m² ½"), "ａｂｃ１ m² ½");
	assert_str(words("cafe\xCC\x81 x"), "café x");
	assert_str(words("word—word “word” word…word"), "word word word word word");
}
END_TEST

START_TEST(what_is_not_seen_is_not_there)
{
	assert_str(words("inter\xC2\xADnational soft\xC2\xAD hyphen\xC2\xAD\xC2\xAD- \xC2\xADx"),
		   "international soft hyphen x");
	assert_str(words("می‌خواهم"), "میخواهم");
	assert_str(words("a\xE2\x80\x8B"
			 "b"),
		   "a b");
	assert_str(words("\xEF\xB8\x8F ❤️ 1️⃣"), "1\xE2\x83\xA3");
	assert_str(spans_with(0, "soft\xC2\xAD end"), "soft|end");
	assert_str(words("\xCC\x81 \xCC\x81x"), "x");
}
END_TEST

START_TEST(apostrophes_stay_between_letters)
{
	assert_str(words("O'Brien O’Brien O‘Brien rock'n'roll Hawaiʻi don't"),
		   "o'brien o'brien o'brien rock'n'roll hawai'i don't");
	assert_str(words("'tis 'quoted' rock 'n' roll 5'10 a' b"), "tis quoted rock n roll 5 10 a b");
	assert_str(words("aujourd’hui ʻOahu"), "aujourd'hui oahu");
}
END_TEST

START_TEST(possessives_are_dropped_and_flagged)
{
	assert_str(words("China's CHINA'S China’s U.S.'s it's 1990's"),
		   "china china china u.s. it 1990");
	assert_str(spans_with(TOKEN_POSSESSIVE, "China’s plan, the companies' cars, AT&T's, boss’ s"),
		   "China|companies|AT&T|boss");
	assert_str(spans_with(TOKEN_POSSESSIVE, "'Texas' and ‘Texas’ and Texas’"), "Texas");
	assert_str(spans_with(TOKEN_POSSESSIVE, "don't O'Shea O'S."), "O");
	assert_str(words("x'"), "x");
	assert_str(words("'s s's"), "s s");
}
END_TEST

START_TEST(articles_are_dropped_where_they_lose_their_vowel)
{
	assert_str(words("l'eau d'Artagnan qu'il"), "l'eau d'artagnan qu'il");
	speak("fr");
	assert_str(words("l'eau L’Été d'Artagnan qu'il Jusqu'à aujourd'hui d'11 l'U.R.S.S. l'"),
		   "eau été artagnan il à aujourd'hui 11 u.r.s.s. l");
	assert_str(spans_with(0, "L’Été"), "Été");
	assert_str(spans_with(TOKEN_CAPITAL, "L’Été l'Eau L'eau"), "Été|Eau");
	assert_str(words("Saint-Jean-d'Angély"), "saint -jean -angély [saintjeanangély]");
	speak("it");
	assert_str(words("dell'acqua un'altra po'"), "acqua altra po");
	speak("ca");
	assert_str(words("l'aigua col·legi COL·LEGI a·b"), "aigua col·legi col·legi a b");
	speak("tr");
	assert_str(words("Ankara'da O'Brien"), "ankara o'brien");
}
END_TEST

START_TEST(acronyms_are_one_word)
{
	assert_str(words("the U.S. and U.S.A. and U.S, Ph.D. Ph.D e.g. i.e., p.m. J.K. Rowling"),
		   "the u.s. and u.s.a. and u.s. ph.d. ph.d. e.g. i.e. p.m. j.k. rowling");
	assert_str(words("AT&T at&t R&D S&P SG&A M&Ms Johnson&Johnson a&lt;b me&you &c"),
		   "at&t at&t r&d s&p sg&a m&ms johnson johnson a lt b me you c");
	assert_str(spans_with(TOKEN_ACRONYM, "The U.S. (AT&T) has U.S-made Ph.D.s. End.The J.Smith"),
		   "U.S.|AT&T|U.S|Ph.D.");
	assert_str(words("U.S.backed J.P.Morgan end.Start x.1 St. т.е."),
		   "u.s. backed j.p. morgan end start x 1 st т.е.");
	assert_str(spans_with(TOKEN_ACRONYM, "5.93 1.2.3 3.5bn F.16"), "");
}
END_TEST

START_TEST(hyphenated_words_are_their_parts_and_one)
{
	assert_str(words("cyber-attack"), "cyber -attack [cyberattack]");
	assert_str(words("state-of-the-art"), "state -of -the -art [stateoftheart]");
	assert_str(words("F-16s 20-year-old COVID-19"),
		   "f -16s [f16s] 20 -year -old [20yearold] covid -19 [covid19]");
	assert_str(words("U.S.-backed AT&T-owned"), "u.s. -backed [usbacked] at&t -owned [attowned]");
	assert_str(words("mother-in-law's Ford's-engine"),
		   "mother -in -law [motherinlaw] ford -engine [fordengine]");
	assert_str(words("a\xE2\x80\x90"
			 "b a\xE2\x80\x91"
			 "b"),
		   "a -b [ab] a -b [ab]");
	assert_str(words("2-1 1990-1995 555-1234"), "2 -1 1990 -1995 555 -1234");
	assert_str(words("a–b a--b a- b a -b anti- x-\ny"), "a b a b a b a b anti x y");
	assert_str(words("Coca-Colas' 3.5-inch"), "coca -colas [cocacolas] 3.5 -inch [3.5inch]");
}
END_TEST

START_TEST(joined_words_have_place_and_flags)
{
	run("The Anti-War-on-Ford's plan");
	ck_assert_uint_eq(tokens.count, 7);
	const struct token *joined = &tokens.items[5];
	ck_assert_uint_eq(joined->flags, TOKEN_JOINED | TOKEN_CAPITAL | TOKEN_POSSESSIVE);
	ck_assert_uint_eq(joined->position, 1);
	ck_assert_uint_eq(joined->start, 4);
	ck_assert_uint_eq(joined->end, 20);
	ck_assert_uint_eq(tokens.items[1].position, 1);
	ck_assert_uint_eq(tokens.items[4].position, 4);
	ck_assert_uint_eq(tokens.items[6].position, 5);
	run("CD-ROM");
	ck_assert_uint_eq(tokens.items[2].flags,
			  TOKEN_JOINED | TOKEN_CAPITAL | TOKEN_ALL_CAPS | TOKEN_SENTENCE);
}
END_TEST

START_TEST(numbers_keep_their_value)
{
	assert_str(words("1,234,567 5.93 3.5bn 1990s 20% 10,000th 2,000-strong 1,234.56"),
		   "1234567 5.93 3.5bn 1990s 20 10000th 2000 -strong [2000strong] 1234.56");
	assert_str(words("1,2345 1234,567 1,23 12,34,567 1, 234"),
		   "1 2345 1234 567 1 23 12 34567 1 234");
	assert_str(words("1.234.567 1234.567.890 15.01.2020 192.168.1.1 3. 7.x 10:30"),
		   "1234567 1234.567.890 15.01.2020 192.168.1.1 3 7 x 10 30");
	assert_str(words("٣٤ १२ ５"), "٣٤ १२ ５");
	assert_str(spans_with(0, "1,234,567.5mln,"), "1,234,567.5mln");
	assert_str(spans_with(TOKEN_NUMBER, "3rd F16 ٣ 16-bit"), "3rd|٣|16|16-bit");
}
END_TEST

START_TEST(scripts_without_blanks_are_bigrams)
{
	assert_str(words("東京都"), "東京 京都");
	assert_str(words("京"), "京");
	assert_str(words("東京、大阪。"), "東京 大阪");
	assert_str(words("日本のiPhone 2020年"), "日本 本の iphone 2020 年");
	assert_str(words("コンピュータ"), "コン ンピ ピュ ュー ータ");
	assert_str(words("대한민국 서울"), "대한 한민 민국 서울");
	assert_str(words("ประเทศไทย"), "ปร ระ ะเ เท ทศ ศไ ไท ทย");
	/* A mark belongs to the character before it, voiced half-width kana and conjoining jamo too. */
	assert_str(words("ผู้หญิง"), "ผู้ห หญิ ญิง");
	assert_str(words("ｶﾞｷﾞ"), "ｶﾞｷﾞ");
	assert_str(words("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x92\xE1\x85\xA1"), "한하");
	assert_str(words("ខ្មែរ"), "ខ្មែ មែរ");
	assert_str(words("𠮷野"), "𠮷野");
	assert_str(spans_with(TOKEN_BIGRAM, "a京都x 大 b-阪"), "京都|京|都|大|阪");
}
END_TEST

START_TEST(characters_of_bigrams_are_tokens)
{
	assert_str(spans_with(TOKEN_CHARACTER, "東京都、月 x日本"), "東|京|都|日|本");
	assert_str(spans_with(TOKEN_CHARACTER, "月"), "");
	/* With its marks, as in bigrams. */
	assert_str(spans_with(TOKEN_CHARACTER, "ผู้ห"), "ผู้|ห");
	run("x 東京都 y");
	static const struct {
		const char *exact;
		uint32_t position, flags;
	} expected[] = {
		{ "x", 0, TOKEN_SENTENCE },
		{ "東京", 1, TOKEN_BIGRAM },
		{ "東", 1, TOKEN_BIGRAM | TOKEN_CHARACTER },
		{ "京都", 2, TOKEN_BIGRAM },
		{ "京", 2, TOKEN_BIGRAM | TOKEN_CHARACTER },
		{ "都", 2, TOKEN_BIGRAM | TOKEN_CHARACTER },
		{ "y", 3, 0 },
	};
	ck_assert_uint_eq(tokens.count, sizeof(expected) / sizeof(*expected));
	for (size_t i = 0; i < tokens.count; i++) {
		assert_str(tokens.items[i].word->exact, expected[i].exact);
		ck_assert_uint_eq(tokens.items[i].position, expected[i].position);
		ck_assert_uint_eq(tokens.items[i].flags, expected[i].flags);
	}
	/* One that stands alone is the same word. */
	const struct word *alone = tokens.items[2].word;
	run("東");
	ck_assert_ptr_eq(tokens.items[0].word, alone);
	ck_assert_uint_eq(tokens.items[0].flags, TOKEN_BIGRAM | TOKEN_SENTENCE);
}
END_TEST

START_TEST(case_is_flagged)
{
	assert_str(spans_with(TOKEN_CAPITAL, "The quick Brown ÉTÉ Ωmega ǅ 3D iPad"),
		   "The|Brown|ÉTÉ|Ωmega|ǅ");
	assert_str(spans_with(TOKEN_ALL_CAPS,
			      "A IBM U.S. AT&T Ibm F16 COVID19 ÉTÉ 3D O'NEIL don'T ǅA"),
		   "IBM|U.S.|AT&T|COVID19|ÉTÉ|O'NEIL");
}
END_TEST

/* ---- sentences ---- */

START_TEST(sentences_begin_after_their_ends)
{
	assert_str(sentences("One two. Three! Four? Five… Six... Seven"),
		   "One|Three|Four|Five|Six|Seven");
	assert_str(sentences("He said \"no.\" She left (at last.) They won. “Yes,” we said. ‘No’"),
		   "He|She|They|Yes|No");
	assert_str(sentences("Sales fell. 5,000 jobs went. \"3 more.\" $5 was paid. ¿Qué?"),
		   "Sales|5,000|3|5|Qué");
	assert_str(sentences("it was not. but example.com is; Here: There, Etc.Then"), "it");
	assert_str(sentences("Really?, Said he"), "Really");
	assert_str(sentences("Москва. Он ушёл. दिल्ली। वह"), "Москва|Он|दिल्ली|वह");
	assert_str(sentences("東京。大阪！"), "東京|大阪");
}
END_TEST

START_TEST(paragraphs_begin_sentences)
{
	assert_str(sentences("one two\n\nthree\n \t\nfour\nfive\n- \nsix\xE2\x80\xA9seven"),
		   "one|three|four|seven");
	assert_str(sentences("HEAD LINE\n\n    \"and then\""), "HEAD|and");
	assert_str(sentences("\n\n  - first"), "first");
	assert_str(sentences("Mr.\n\nSmith"), "Mr|Smith");
}
END_TEST

START_TEST(abbreviations_end_no_sentence)
{
	assert_str(sentences("Then Mr. Smith, Dr. Who, Gen. X and Lt. Col. Y met St. John."), "Then");
	assert_str(sentences("On Jan. 5 No. 5 won. No. The end. Fig. 3 of Vol. 2, p. 7."),
		   "On|No|The|Fig");
	assert_str(sentences("By J. Smith and J. A. Smith, George H.W. Bush and T. S. Eliot. He"),
		   "By|He");
	assert_str(sentences("The U.S. President in the U.S. The law of the U.S. and U.K. Money."),
		   "The|The");
	assert_str(
		sentences("Apple Inc. But Ford Co. Ltd. of Oct. He and Sat. Night. He was ill. Bob"),
		"Apple|But|He|He|Bob");
	assert_str(sentences("At 5 p.m. Tuesday. At 5 p.m. The end of the U.S.? Yes. From U.S.\nBut"),
		   "At|At|The|Yes|From|But");
	assert_str(sentences("in 1990. Then 3. Mai"), "in|Then|Mai");
	speak("de");
	assert_str(sentences("Am 3. Oktober 1990. Dann"), "Am|Dann");
}
END_TEST

START_TEST(only_the_first_part_begins_the_sentence)
{
	assert_str(sentences("Yes. Anti-War 京都府"), "Yes|Anti|Anti-War");
	assert_str(sentences("京都府"), "京都");
	speak("fr");
	assert_str(sentences("Oui. L'eau"), "Oui|eau");
}
END_TEST

/* ---- places ---- */

START_TEST(offset_and_position_are_counted_on)
{
	const uint32_t after = analyser_run(analyser, STR("two cyber-wars"), 100, 7, &tokens);
	ck_assert_uint_eq(after, 10);
	ck_assert_uint_eq(tokens.items[0].start, 100);
	ck_assert_uint_eq(tokens.items[0].end, 103);
	ck_assert_uint_eq(tokens.items[0].position, 7);
	ck_assert_uint_eq(tokens.items[3].start, 104);
	ck_assert_uint_eq(tokens.items[3].end, 114);
	ck_assert_uint_eq(analyser_run(analyser, STR("more"), 114, after, &tokens), 11);
	ck_assert_uint_eq(tokens.count, 5);
	ck_assert_uint_eq(tokens.items[4].position, 10);
	ck_assert_uint_eq(analyser_run(analyser, (struct str){ NULL, 0 }, 0, 11, &tokens), 11);
	ck_assert_uint_eq(analyser_run(analyser, STR(" . "), 0, 11, &tokens), 11);
	ck_assert_uint_eq(tokens.count, 5);
}
END_TEST

static const char *const paragraphs[] = {
	"“The U.S.” said Mr. O'Brien-Smith's",
	"companies' AT&T. Ph.D",
	"'Texas' 1,234,567. 5.93 東京都",
	"東京。Über-Größe cafe\xCC\x81",
	"no. 5 x-",
	"-y 's",
};

#define PARAGRAPHS (sizeof(paragraphs) / sizeof(*paragraphs))

/* Wherever the text is parted between paragraphs, each token is the same. */
START_TEST(paragraphs_can_be_analysed_one_by_one)
{
	struct buffer whole = { 0 };
	for (size_t i = 0; i < PARAGRAPHS; i++)
		buffer_add_format(&whole, "%s\n\n", paragraphs[i]);
	run(whole.data);
	struct token_list parts = { 0 };
	uint32_t position = 0, offset = 0;
	for (size_t i = 0; i < PARAGRAPHS; i++) {
		const struct str text = str_from(paragraphs[i]);
		position = analyser_run(analyser, text, offset, position, &parts);
		offset += (uint32_t)text.len + 2;
	}
	ck_assert_uint_eq(parts.count, tokens.count);
	for (size_t i = 0; i < parts.count; i++) {
		const struct token *one = &parts.items[i], *other = &tokens.items[i];
		ck_assert_ptr_eq(one->word, other->word);
		ck_assert_uint_eq(one->start, other->start);
		ck_assert_uint_eq(one->end, other->end);
		ck_assert_uint_eq(one->position, other->position);
		ck_assert_uint_eq(one->flags, other->flags);
	}
	token_list_release(&parts);
	buffer_release(&whole);
}
END_TEST

/* The text ends at every byte of itself; nothing behind its end is read or matters. */
START_TEST(every_end_is_an_end)
{
	struct buffer all = { 0 };
	for (size_t i = 0; i < PARAGRAPHS; i++)
		buffer_add_format(&all, "%s ", paragraphs[i]);
	for (size_t len = 0; len <= all.len; len++) {
		char *exact = memory_alloc(len);
		memcpy(exact, all.data, len);
		struct token_list inside = { 0 };
		tokens.count = 0;
		analyser_run(analyser, (struct str){ exact, len }, 0, 0, &tokens);
		analyser_run(analyser, (struct str){ all.data, len }, 0, 0, &inside);
		ck_assert_uint_eq(inside.count, tokens.count);
		for (size_t i = 0; i < inside.count; i++) {
			if (inside.items[i].word != tokens.items[i].word ||
			    inside.items[i].flags != tokens.items[i].flags)
				ck_abort_msg("token %zu of the first %zu bytes", i, len);
		}
		token_list_release(&inside);
		free(exact);
	}
	buffer_release(&all);
}
END_TEST

START_TEST(ill_formed_bytes_are_between_words)
{
	assert_str(words("a\xFF"
			 "b\x80 caf\xC3 x\xE2\x82"),
		   "a b caf x");
	assert_str(words("\xED\xA0\x80y \xF4\x90\x80\x80 \xC0\xAEz '\xE2\x80"), "y z");
}
END_TEST

/* What has no end in sight must not be looked at again and again. */
START_TEST(long_runs_take_linear_time)
{
	static const char *const units[] = { "a",  "a-",       "a.",        "a'", "'",
					     ".",  "1,234",    "1.",        "l'", "A&",
					     "京", "\xCC\x81", "a\xC2\xAD", "1-", "\n" };
	speak("fr");
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		struct buffer text = { 0 };
		buffer_add_text(&text, "x");
		while (text.len < 1000000)
			buffer_add_text(&text, units[i]);
		run(text.data);
		ck_assert_uint_ge(tokens.count, 1);
		buffer_release(&text);
	}
}
END_TEST

static void add_tests_of_words(TCase *tests)
{
	tcase_add_test(tests, words_are_letters_and_digits);
	tcase_add_test(tests, letters_of_every_script_are_words);
	tcase_add_test(tests, what_is_not_seen_is_not_there);
	tcase_add_test(tests, apostrophes_stay_between_letters);
	tcase_add_test(tests, possessives_are_dropped_and_flagged);
	tcase_add_test(tests, articles_are_dropped_where_they_lose_their_vowel);
	tcase_add_test(tests, acronyms_are_one_word);
	tcase_add_test(tests, hyphenated_words_are_their_parts_and_one);
	tcase_add_test(tests, joined_words_have_place_and_flags);
	tcase_add_test(tests, numbers_keep_their_value);
	tcase_add_test(tests, scripts_without_blanks_are_bigrams);
	tcase_add_test(tests, characters_of_bigrams_are_tokens);
	tcase_add_test(tests, case_is_flagged);
}

static Suite *make_suite(void)
{
	Suite *suite = suite_create("text");
	TCase *tests = tcase_create("text");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	add_tests_of_words(tests);
	tcase_add_test(tests, sentences_begin_after_their_ends);
	tcase_add_test(tests, paragraphs_begin_sentences);
	tcase_add_test(tests, abbreviations_end_no_sentence);
	tcase_add_test(tests, only_the_first_part_begins_the_sentence);
	tcase_add_test(tests, offset_and_position_are_counted_on);
	tcase_add_test(tests, paragraphs_can_be_analysed_one_by_one);
	tcase_add_test(tests, every_end_is_an_end);
	tcase_add_test(tests, ill_formed_bytes_are_between_words);
	tcase_add_test(tests, long_runs_take_linear_time);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
