#include "dateline/utf8.h"

#include "testing.h"

static struct buffer out;

static void set_up(void)
{
	buffer_reset(&out);
}

static void tear_down(void)
{
	buffer_release(&out);
}

static struct str clean(struct str raw, size_t expected_replaced)
{
	buffer_reset(&out);
	const size_t replaced = utf8_clean(raw, &out);
	ck_assert_uint_eq(replaced, expected_replaced);
	ck_assert(utf8_is_clean(buffer_str(&out)));
	ck_assert_int_eq(utf8_is_clean(raw), str_equal(raw, buffer_str(&out)));
	return buffer_str(&out);
}

static struct str fold(const char *text, unsigned folds)
{
	buffer_reset(&out);
	utf8_fold(str_from(text), folds, &out);
	return buffer_str(&out);
}

static struct str plain(const char *text)
{
	return fold(text, UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS);
}

static struct str key(const char *text)
{
	buffer_reset(&out);
	utf8_name_key(str_from(text), &out);
	return buffer_str(&out);
}

/* ---- the door ---- */

START_TEST(clean_text_stays)
{
	static const char *const texts[] = {
		"",
		"a",
		"plain text\twith a tab\nand a line that is longer than any block of the fast path\n",
		"Ångström – “quoted” 日本語 한국어 😀 \xF4\x8F\xBF\xBF",
		"caf\xC3\xA9",
		"\xC2\xA0\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_str(clean(str_from(texts[i]), 0), texts[i]);
	assert_str(clean((struct str){ NULL, 0 }, 0), "");
}
END_TEST

START_TEST(controls_become_blanks)
{
	assert_str(clean(STR("a\0b\x01"
			     "c\x1F"
			     "d\x7F"
			     "e"),
			 0),
		   "a b c d e");
	assert_str(clean(STR("a\xC2\x80"
			     "b\xC2\x9F"
			     "c\v\f\x1B[31m"),
			 0),
		   "a b c   [31m");
}
END_TEST

START_TEST(line_ends_become_newlines)
{
	assert_str(clean(STR("one\r\ntwo\rthree\nfour\r\r\n\n\r"), 0),
		   "one\ntwo\nthree\nfour\n\n\n\n");
}
END_TEST

START_TEST(byte_order_mark_is_dropped)
{
	assert_str(clean(STR("\xEF\xBB\xBFtext"), 0), "text");
	assert_str(clean(STR("\xEF\xBB\xBF"), 0), "");
	assert_str(clean(STR("\xEF\xBB\xBF\xEF\xBB\xBFtext"), 0), "text");
	assert_str(clean(STR("in\xEF\xBB\xBFside"), 0), "in\xEF\xBB\xBFside");
	assert_str(clean(STR("\xEF\xBBtext"), 1), "\xEF\xBF\xBDtext");
}
END_TEST

#define R "\xEF\xBF\xBD"

/* The examples of the Unicode Standard, tables 3-8 to 3-11, and the limits of each length. */
START_TEST(ill_formed_sequences_are_replaced_and_counted)
{
	static const struct {
		const char *raw, *clean;
		size_t replaced;
	} cases[] = {
		{ "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", R R R R R R R R "A", 8 },
		{ "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", R R R R R R R R "A", 8 },
		{ "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", R R R R R "A" R R "B", 7 },
		{ "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", R R R R "A", 4 },
		{ "\x80", R, 1 },
		{ "\xC2", R, 1 },
		{ "\xC2\xC2\xA9", R "\xC2\xA9", 1 },
		{ "\xE2\x82", R, 1 },
		{ "\xE2\x82.", R ".", 1 },
		{ "\xF0\x9F\x98", R, 1 },
		{ "\xF0\x9F\x98\n", R "\n", 1 },
		{ "\xF5\x80\x80\x80", R R R R, 4 },
		{ "caf\xE9 noir", "caf" R " noir", 1 },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(clean(str_from(cases[i].raw), cases[i].replaced), cases[i].clean);
}
END_TEST

/* One bad byte at every place of a text that crosses several blocks, at every alignment. */
START_TEST(fast_path_misses_no_place)
{
	char memory[128];
	for (size_t shift = 0; shift < 8; shift++) {
		for (size_t place = 0; place < 100; place++) {
			memset(memory, 'x', sizeof(memory));
			const struct str text = { memory + shift, 100 };
			ck_assert(utf8_is_clean(text));
			static const char bad[] = { 0,    1,          0x1F,       0x7F,
						    '\r', (char)0x80, (char)0xC3, (char)0xFF };
			for (size_t i = 0; i < sizeof(bad); i++) {
				memory[shift + place] = bad[i];
				ck_assert_msg(!utf8_is_clean(text), "byte %d at %zu", bad[i], place);
			}
			static const char good[] = { '\t', '\n', ' ', '~' };
			for (size_t i = 0; i < sizeof(good); i++) {
				memory[shift + place] = good[i];
				ck_assert_msg(utf8_is_clean(text), "byte %d at %zu", good[i], place);
			}
		}
	}
}
END_TEST

START_TEST(clean_appends)
{
	buffer_add_text(&out, "before ");
	utf8_clean(STR("\xEF\xBB\xBF"
		       "after\r"),
		   &out);
	assert_str(buffer_str(&out), "before after\n");
}
END_TEST

/* ---- code points ---- */

/* In loops this long, Check is only called upon for failures: each of its checks is a system call. */
#define hold(condition, code)                                                                      \
	do {                                                                                       \
		if (!(condition))                                                                  \
			ck_abort_msg("U+%04X: not %s", code, #condition);                          \
	} while (0)

START_TEST(every_code_point_round_trips)
{
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		if (code >= 0xD800 && code < 0xE000)
			continue;
		char text[4];
		size_t bytes;
		const size_t len = utf8_encode(code, text);
		const size_t expected = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
		hold(len == expected, code);
		hold(utf8_decode(text, len, &bytes) == code && bytes == len, code);
	}
}
END_TEST

START_TEST(what_is_no_code_point_becomes_the_replacement)
{
	static const uint32_t codes[] = { 0xD800, 0xDFFF, 0x110000, UINT32_MAX };
	for (size_t i = 0; i < 4; i++) {
		char text[4];
		ck_assert_uint_eq(utf8_encode(codes[i], text), 3);
		ck_assert_mem_eq(text, R, 3);
	}
	size_t bytes;
	ck_assert_uint_eq(utf8_decode("\xE2\x82", 2, &bytes), 0xFFFD);
	ck_assert_uint_eq(bytes, 2);
	ck_assert_uint_eq(utf8_decode("\xFF", 1, &bytes), 0xFFFD);
	ck_assert_uint_eq(bytes, 1);
}
END_TEST

START_TEST(cut_ends_between_characters)
{
	const struct str text = STR("aé€😀"); /* 1, 2, 3 and 4 bytes */
	static const size_t expected[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10 };
	for (size_t max = 0; max < 12; max++)
		ck_assert_uint_eq(utf8_cut(text, max), expected[max]);
	ck_assert_uint_eq(utf8_cut(STR(""), 5), 0);
}
END_TEST

START_TEST(columns_are_what_a_terminal_needs)
{
	ck_assert_uint_eq(utf8_columns(STR("")), 0);
	ck_assert_uint_eq(utf8_columns(STR("plain")), 5);
	ck_assert_uint_eq(utf8_columns(STR("café")), 4);
	ck_assert_uint_eq(utf8_columns(STR("cafe\xCC\x81")), 4);
	ck_assert_uint_eq(utf8_columns(STR("日本語")), 6);
	ck_assert_uint_eq(utf8_columns(STR("한국")), 4);
	ck_assert_uint_eq(utf8_columns(STR("😀")), 2);
	ck_assert_uint_eq(utf8_columns(STR("a\xE2\x80\x8B")), 1);
	ck_assert_uint_eq(utf8_columns(STR("a\n")), 1);
}
END_TEST

START_TEST(blanks_are_all_of_unicodes)
{
	static const uint32_t blanks[] = { ' ',    '\t',   '\n',   '\r',   0x85,
					   0xA0,   0x1680, 0x2000, 0x2003, 0x200A,
					   0x2028, 0x2029, 0x202F, 0x205F, 0x3000 };
	for (size_t i = 0; i < sizeof(blanks) / sizeof(*blanks); i++)
		ck_assert_msg(utf8_is_blank(blanks[i]), "U+%04X", blanks[i]);
	static const uint32_t others[] = { 0, 'a', '_', 0xAD, 0x200B, 0x2010, 0x2027, 0x3001, 0xFEFF };
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		ck_assert_msg(!utf8_is_blank(others[i]), "U+%04X", others[i]);
}
END_TEST

static const struct ending {
	const char *text;
	uint32_t code, at;
	bool is_stop;
} endings[] = {
	{ "", 0, 0, false },
	{ "said", 'd', 3, false },
	{ "He said.", '.', 7, true },
	{ "\u201cNo!\u201d)", '!', 5, true },
	{ "[Yes?]' ", ' ', 7, false },
	{ "\u2026\u00bb", 0x2026, 0, true },
	{ "公表した。」』", 0x3002, 12, true },
	{ "ہے۔", 0x6D4, 4, true },
	{ "है।", 0x964, 6, true },
	{ "ماذا؟", 0x61F, 8, true },
	{ "三点：", 0xFF1A, 6, true },
	{ "one, two,", ',', 8, false },
	{ ")]\u201d", ')', 0, false },
	{ "é", 0xE9, 0, false },
};

START_TEST(the_last_sign_tells_the_end_of_a_sentence)
{
	size_t at;
	const struct ending *ending = &endings[_i];
	ck_assert_uint_eq(utf8_last_sign(str_from(ending->text), &at), ending->code);
	ck_assert_uint_eq(at, ending->at);
	ck_assert_int_eq(utf8_is_stop(ending->code), ending->is_stop);
}
END_TEST

/* ---- folding ---- */

START_TEST(case_folds_fully_and_composes)
{
	assert_str(fold("Hello, WORLD 42", UTF8_FOLD_CASE), "hello, world 42");
	assert_str(fold("Straße STRASSE ẞ", UTF8_FOLD_CASE), "strasse strasse ss");
	assert_str(fold("ΟΔΥΣΣΕΥΣ Ὀδυσσεύς", UTF8_FOLD_CASE), "οδυσσευσ ὀδυσσεύσ");
	assert_str(fold("ÅNGSTRÖM", UTF8_FOLD_CASE), "ångström");
	assert_str(fold("A\xCC\x8ANGSTRO\xCC\x88M", UTF8_FOLD_CASE), "ångström");
	assert_str(fold("ﬁn", UTF8_FOLD_CASE), "fin");
	assert_str(fold("МОСКВА Йод Ёлка", UTF8_FOLD_CASE), "москва йод ёлка");
}
END_TEST

START_TEST(accents_go_from_latin_greek_and_cyrillic)
{
	assert_str(plain("Ångström crème brûlée Čapek Nguyễn Ṽ"),
		   "angstrom creme brulee capek nguyen v");
	assert_str(plain("cafe\xCC\x81 e\xCC\x82\xCC\x81t"), "cafe et");
	assert_str(plain("Ἀθῆναι Ὀδυσσεύς"), "αθηναι οδυσσευσ");
	assert_str(plain("Ёлка за\xCC\x81мок"), "елка замок");
}
END_TEST

START_TEST(letters_without_decomposition_have_plain_forms)
{
	assert_str(plain("Øresund Łódź Đặng Guðni Straße Æsir Œuvre Þór Diyarbakır Ħamrun Ŧ ǿ ǽ ẞ"),
		   "oresund lodz dang gudni strasse aesir oeuvre thor diyarbakir hamrun t o ae ss");
	assert_str(fold("Ørsted ÆON Þór ẞ Łódź", UTF8_FOLD_ACCENTS), "Orsted AEON THor SS Lodz");
	assert_str(plain("İstanbul"), "istanbul");
}
END_TEST

START_TEST(letters_of_their_own_keep_their_marks)
{
	assert_str(plain("Йод Майя Київ Ўладзімір Ѓорѓи Ќе"), "йод майя київ ўладзімір ѓорѓи ќе");
	assert_str(plain("\xD0\x98\xCC\x86"
			 "од"),
		   "йод");
}
END_TEST

START_TEST(marks_of_other_scripts_stay)
{
	static const char *const words[] = {
		"हिन्दी", "ผู้หญิง", "عَرَبِيّ", "שָׁלוֹם", "தமிழ்", "မြန်မာ", "ガール", "한국어",
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		/* Their canonical order and composition are the same before and after. */
		const struct str once = fold(words[i], UTF8_FOLD_CASE);
		struct buffer both = { 0 };
		utf8_fold(once, UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS, &both);
		ck_assert_msg(str_equal(once, buffer_str(&both)), "%s", words[i]);
		ck_assert_uint_eq(once.len, strlen(words[i]));
		buffer_release(&both);
	}
	assert_str(plain("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"), "한");
	assert_str(plain("ｶﾞ ＡＢＣ１"), "ガ abc1");
}
END_TEST

START_TEST(compatibility_forms_fold_but_part_no_word)
{
	assert_str(plain("m² ﬁn Ⅷ"), "m2 fin viii");
	assert_str(plain("O´Neil x\xC2\xA0y Apple™"), "o´neil x\xC2\xA0y apple™");
}
END_TEST

START_TEST(fold_of_nothing_and_without_folds)
{
	assert_str(fold("", UTF8_FOLD_CASE), "");
	assert_str(fold("ÀB", 0), "ÀB");
	assert_str(fold("A\xCC\x80", UTF8_FOLD_ACCENTS), "A");
	buffer_add_text(&out, "|");
	utf8_fold(STR("É"), UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS, &out);
	assert_str(buffer_str(&out), "A|e");
}
END_TEST

START_TEST(folding_twice_is_folding_once)
{
	struct buffer twice = { 0 };
	for (unsigned folds = 1; folds <= 3; folds++) {
		for (uint32_t code = 0x20; code <= 0x10FFFF; code++) {
			if (code >= 0xD800 && code < 0xE000)
				continue;
			char text[4];
			const struct str s = { text, utf8_encode(code, text) };
			buffer_reset(&out);
			buffer_reset(&twice);
			utf8_fold(s, folds, &out);
			utf8_fold(buffer_str(&out), folds, &twice);
			hold(str_equal(buffer_str(&out), buffer_str(&twice)), code);
			hold(out.len > 0, code);
		}
	}
	buffer_release(&twice);
}
END_TEST

/* A million marks on one letter: sorting them all would take minutes. */
START_TEST(long_runs_of_marks_take_linear_time)
{
	struct buffer text = { 0 };
	buffer_add_text(&text, "ב");
	for (int i = 0; i < 500000; i++)
		buffer_add_text(&text, i % 2 ? "\xD6\xB0" : "\xCC\x81");
	utf8_fold(buffer_str(&text), UTF8_FOLD_CASE, &out);
	ck_assert_uint_eq(out.len, text.len);
	buffer_reset(&out);
	buffer_reset(&text);
	buffer_add_text(&text, "a");
	for (int i = 0; i < 500000; i++)
		buffer_add_text(&text, "\xCC\x81");
	utf8_fold(buffer_str(&text), UTF8_FOLD_ACCENTS, &out);
	assert_str(buffer_str(&out), "a");
	buffer_release(&text);
}
END_TEST

/* ---- names ---- */

START_TEST(spellings_of_a_name_have_one_key)
{
	assert_str(key("Kajsa Ollongren"), "kajsa ollongren");
	assert_str(key("  KAJSA \t\n OLLONGREN. "), "kajsa ollongren");
	assert_str(key("Kajsa\xC2\xA0Ollongren"), "kajsa ollongren");
	assert_str(key("Jean-Luc  Mélenchon"), "jean luc melenchon");
	assert_str(key("Jean–Luc_Melenchon"), "jean luc melenchon");
	assert_str(key("Jean\xE2\x80\x91Luc − Mélenchon"), "jean luc melenchon");
	assert_str(key("O’Neil"), "oneil");
	assert_str(key("O'NEIL"), "oneil");
	assert_str(key("O`Neil"), "oneil");
	assert_str(key("O´Neil"), "oneil");
	assert_str(key("Hawaiʻi"), "hawaii");
	assert_str(key("U.S."), "u s");
	assert_str(key("U. S."), "u s");
	assert_str(key("Apple™"), "apple");
	assert_str(key("Xbox®"), "xbox");
	assert_str(key("Dona\xC2\xADld"), "donald");
	assert_str(key("Müller＿＆"), "muller &");
}
END_TEST

START_TEST(key_of_no_name_is_empty)
{
	assert_str(key(""), "");
	assert_str(key(" .-_'’\xC2\xA0"), "");
	buffer_reset(&out);
	buffer_add_text(&out, "P");
	utf8_name_key(STR(" - "), &out);
	assert_str(buffer_str(&out), "P");
	utf8_name_key(STR("-Éa b."), &out);
	assert_str(buffer_str(&out), "Pea b");
}
END_TEST

/* What is dropped can bring a mark behind another letter: the key of a key is that key all the same. */
START_TEST(the_key_of_a_key_is_that_key)
{
	static const char *const pieces[] = {
		"e", "Z", "'", "\xCC\x81", "\xCC\x88", "\xC2\xAD", "\xE2\x80\x8B", "\xE2\x80\x8D",
		" ", ".", "-", "\xC3\xA9", "\xD0\xB8", "\xCC\x86", "\xC5\x89",     "\xE2\x84\xA2"
	};
	const size_t count = sizeof(pieces) / sizeof(pieces[0]);
	struct buffer name = { 0 }, key = { 0 }, again = { 0 };
	uint64_t state = 1;
	for (int round = 0; round < 200000; round++) {
		buffer_reset(&name);
		buffer_reset(&key);
		buffer_reset(&again);
		for (int i = 0; i < 6; i++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			buffer_add_text(&name, pieces[(state >> 33) % count]);
		}
		utf8_name_key(buffer_str(&name), &key);
		utf8_name_key(buffer_str(&key), &again);
		ck_assert_msg(str_equal(buffer_str(&key), buffer_str(&again)), "%s -> %s -> %s",
			      name.data, key.data, again.data);
	}
	buffer_release(&name);
	buffer_release(&key);
	buffer_release(&again);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("utf8");
	TCase *tests = tcase_create("utf8");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, clean_text_stays);
	tcase_add_test(tests, controls_become_blanks);
	tcase_add_test(tests, line_ends_become_newlines);
	tcase_add_test(tests, byte_order_mark_is_dropped);
	tcase_add_test(tests, ill_formed_sequences_are_replaced_and_counted);
	tcase_add_test(tests, fast_path_misses_no_place);
	tcase_add_test(tests, clean_appends);
	tcase_add_test(tests, every_code_point_round_trips);
	tcase_add_test(tests, what_is_no_code_point_becomes_the_replacement);
	tcase_add_test(tests, cut_ends_between_characters);
	tcase_add_test(tests, columns_are_what_a_terminal_needs);
	tcase_add_test(tests, blanks_are_all_of_unicodes);
	tcase_add_loop_test(tests, the_last_sign_tells_the_end_of_a_sentence, 0,
			    sizeof(endings) / sizeof(*endings));
	tcase_add_test(tests, case_folds_fully_and_composes);
	tcase_add_test(tests, accents_go_from_latin_greek_and_cyrillic);
	tcase_add_test(tests, letters_without_decomposition_have_plain_forms);
	tcase_add_test(tests, letters_of_their_own_keep_their_marks);
	tcase_add_test(tests, marks_of_other_scripts_stay);
	tcase_add_test(tests, compatibility_forms_fold_but_part_no_word);
	tcase_add_test(tests, fold_of_nothing_and_without_folds);
	tcase_add_test(tests, folding_twice_is_folding_once);
	tcase_add_test(tests, long_runs_of_marks_take_linear_time);
	tcase_add_test(tests, spellings_of_a_name_have_one_key);
	tcase_add_test(tests, key_of_no_name_is_empty);
	tcase_add_test(tests, the_key_of_a_key_is_that_key);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
