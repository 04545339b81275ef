#include "testing.h"

#include "dateline/schema.h"
#include "dateline/utf8.h"

static struct buffer out;

static void tear_down(void)
{
	buffer_release(&out);
}

/* ---- dates that are mentioned ---- */

static struct date date_of(const char *text)
{
	struct date date;
	ck_assert(date_parse(str_from(text), &date));
	return date;
}

static void assert_when(const char *text, const char *expected)
{
	const struct date date = date_of(text);
	char terms[3][16];
	const size_t count = schema_when_terms(&date, terms);
	buffer_reset(&out);
	for (size_t i = 0; i < count; i++)
		buffer_add_format(&out, "%s%s", i ? " " : "", terms[i]);
	assert_str(buffer_str(&out), expected);
}

START_TEST(a_date_is_found_by_its_month_and_year)
{
	assert_when("2023", "XYEAR:2023");
	assert_when("2023-12", "XYEAR:2023 XMONTH:202312");
	assert_when("2023-12-05", "XYEAR:2023 XMONTH:202312 XDAY:20231205");
	assert_when("2023-12-05T10:00", "XYEAR:2023 XMONTH:202312 XDAY:20231205");
	assert_when("0987", "XYEAR:0987");
	const struct date none = { 0 };
	char terms[3][16];
	ck_assert_uint_eq(schema_when_terms(&none, terms), 0);
}
END_TEST

START_TEST(numbers_of_dates_say_what_they_are)
{
	static const char *const dates[] = { "0001",       "1987", "1987-02",
					     "1987-02-26", "1988", "9999-12-31" };
	uint32_t before = 0;
	for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++) {
		const struct date date = date_of(dates[i]);
		const uint32_t number = schema_when_number(&date);
		ck_assert_uint_gt(number, before);
		ck_assert_uint_lt(number, WHEN_NUMBERS);
		ck_assert_int_eq(WHEN_YEAR(number), date.year);
		ck_assert_int_eq(WHEN_MONTH(number), date.month);
		ck_assert_int_eq(WHEN_DAY(number), date.day);
		before = number;
	}
}
END_TEST

/* ---- other names ---- */

START_TEST(alias_terms_have_both_keys)
{
	ck_assert(schema_alias_term(KIND_PLACE, STR("U.S."), STR("United States"), &out));
	assert_str(buffer_str(&out), "XALIAS:Lu s\x1funited states");
	buffer_reset(&out);
	ck_assert(schema_alias_prefix(KIND_PLACE, STR("u.s"), &out));
	assert_str(buffer_str(&out), "XALIAS:Lu s\x1f");
	/* A key gives the same term as the name. */
	buffer_reset(&out);
	ck_assert(schema_alias_term(KIND_ORG, STR("ANC"), STR("african national congress"), &out));
	assert_str(buffer_str(&out), "XALIAS:Oanc\x1f"
				     "african national congress");
}
END_TEST

START_TEST(no_alias_term_without_a_key)
{
	buffer_add_text(&out, "kept");
	ck_assert(!schema_alias_term(KIND_ORG, STR(""), STR("ANC"), &out));
	ck_assert(!schema_alias_term(KIND_ORG, STR("ANC"), STR("..."), &out));
	ck_assert(!schema_alias_prefix(KIND_ORG, STR("--"), &out));
	assert_str(buffer_str(&out), "kept");
}
END_TEST

START_TEST(no_alias_term_that_does_not_fit)
{
	char name[SCHEMA_TERM_MAX];
	memset(name, 'n', sizeof(name));
	const size_t room = SCHEMA_TERM_MAX - 1 - strlen("XALIAS:Px\x1f");
	ck_assert(schema_alias_term(KIND_PERSON, STR("x"), (struct str){ name, room }, &out));
	ck_assert_uint_eq(out.len, SCHEMA_TERM_MAX - 1);
	buffer_reset(&out);
	ck_assert(!schema_alias_term(KIND_PERSON, STR("x"), (struct str){ name, room + 1 }, &out));
	ck_assert(!schema_alias_term(KIND_PERSON, (struct str){ name, room + 1 }, STR("x"), &out));
	ck_assert(!schema_alias_prefix(KIND_PERSON, (struct str){ name, sizeof(name) }, &out));
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

/* What parts the two keys of a term can be in neither. */
START_TEST(nothing_in_a_key_parts_it)
{
	struct buffer key = { 0 };
	char text[4];
	for (uint32_t code = 1; code < 0x110000; code++) {
		if (code >= 0xd800 && code < 0xe000)
			continue;
		buffer_reset(&key);
		utf8_name_key((struct str){ text, utf8_encode(code, text) }, &key);
		ck_assert_msg(code == ALIAS_PARTED ||
				      !memchr(key.data ? key.data : "", ALIAS_PARTED, key.len),
			      "U+%04X", code);
	}
	/* A name that is clean (utf8_clean) has no control. */
	ck_assert(!utf8_is_clean(STR("a\x1f"
				     "b")));
	buffer_release(&key);
}
END_TEST

/* ---- how sure the values are ---- */

START_TEST(confidence_is_in_the_order_of_the_column)
{
	struct facet_value values[] = { { KIND_PLACE, 9, 90, { 0 } },
					{ KIND_PERSON, 7, 70, { 0 } },
					{ KIND_PLACE, 2, 20, { 0 } },
					{ KIND_PERSON, 8, 100, { 0 } } };
	struct buffer column = { 0 };
	facet_column_encode(values, 4, &column);
	facet_confidence_encode(values, 4, &out);
	assert_str(buffer_str(&out), "\x46\x64\x14\x5a");
	buffer_release(&column);
}
END_TEST

START_TEST(what_is_sure_takes_no_room)
{
	const struct facet_value values[] = { { KIND_PERSON, 7, 100, { 0 } },
					      { KIND_PLACE, 2, 100, { 0 } } };
	facet_confidence_encode(values, 2, &out);
	facet_confidence_encode(NULL, 0, &out);
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

/* ---- sentences ---- */

/* Encoded numbers, kept by the caller. */
static struct str numbers_of(struct buffer *buffer, const uint32_t *numbers, size_t count)
{
	sentence_numbers_encode(numbers, count, buffer);
	return buffer_str(buffer);
}

START_TEST(sentences_are_bytes_as_written_down)
{
	static const uint32_t many[] = { 0, 1, 4, 300 }, one[] = { 200 };
	struct buffer first = { 0 }, second = { 0 }, column = { 0 };
	struct facet_value values[] = {
		{ .kind = KIND_PLACE, .number = 9, .sentences = numbers_of(&first, many, 4) },
		{ .kind = KIND_PERSON, .number = 7, .sentences = numbers_of(&second, one, 1) },
		{ .kind = KIND_PLACE, .number = 2 },
	};
	facet_column_encode(values, 3, &column);
	facet_sentences_encode(values, 3, &out);
	ck_assert(str_equal(buffer_str(&out), STR("\x01\xC8\x01"
						  "\x00"
						  "\x04\x00\x00\x02\xA7\x02")));
	buffer_release(&first);
	buffer_release(&second);
	buffer_release(&column);
}
END_TEST

START_TEST(what_is_nowhere_takes_no_room)
{
	const struct facet_value values[] = { { .kind = KIND_SOURCE }, { .kind = KIND_TOPIC } };
	facet_sentences_encode(values, 2, &out);
	facet_sentences_encode(NULL, 0, &out);
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

/* What is not read of a group is stepped over. */
START_TEST(sentences_come_back)
{
	uint64_t seed = 1;
	for (int round = 0; round < 500; round++) {
		uint32_t numbers[12][9];
		size_t counts[12];
		buffer_reset(&out);
		for (size_t i = 0; i < 12; i++) {
			uint64_t number = 0;
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			counts[i] = (seed >> 33) % 10;
			for (size_t k = 0; k < counts[i]; k++) {
				seed = seed * 6364136223846793005u + 1442695040888963407u;
				numbers[i][k] = (uint32_t)number +
						(uint32_t)(seed >> (36 + (seed >> 44 & 27)));
				number = (uint64_t)numbers[i][k] + 1;
			}
			sentence_numbers_encode(numbers[i], counts[i], &out);
		}
		const char *at = out.data, *end = at + out.len;
		struct sentence_group group;
		for (size_t i = 0; i < 12; i++) {
			uint32_t number;
			ck_assert(facet_sentences_read(&at, end, &group));
			ck_assert_uint_eq(group.count, counts[i]);
			const bool is_wanted = (i + (size_t)round) % 3 != 0;
			for (size_t k = 0; k < counts[i] && is_wanted; k++) {
				ck_assert(sentence_next(&group, &number));
				ck_assert_uint_eq(number, numbers[i][k]);
			}
			ck_assert(!is_wanted || !sentence_next(&group, &number));
		}
		ck_assert_ptr_eq(at, end);
		ck_assert(!facet_sentences_read(&at, end, &group));
	}
}
END_TEST

START_TEST(the_largest_sentence_is_the_last)
{
	static const uint32_t numbers[] = { 0, UINT32_MAX };
	struct sentence_group group;
	uint32_t number;
	sentence_numbers_encode(numbers, 2, &out);
	const char *at = out.data;
	ck_assert(facet_sentences_read(&at, at + out.len, &group));
	ck_assert(sentence_next(&group, &number) && number == 0);
	ck_assert(sentence_next(&group, &number) && number == UINT32_MAX);
	ck_assert(!sentence_next(&group, &number));
	ck_assert_uint_eq(group.count, 0);
}
END_TEST

START_TEST(damaged_sentences_are_told_from_ended_ones)
{
	static const struct str wrong[] = {
		STR("\x01"),     /* a number is missing */
		STR("\x02\x05"), /* and one of two */
		STR("\x01\x85"), /* ends in the middle of a number */
		STR("\x80"),     /* and in the middle of a count */
		STR("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x05"), /* more than there are bytes */
	};
	struct sentence_group group;
	uint32_t number;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const char *at = wrong[i].data;
		ck_assert_msg(!facet_sentences_read(&at, at + wrong[i].len, &group), "number %zu", i);
		ck_assert_ptr_eq(at, wrong[i].data);
	}
	/* Numbers over 32 bits are no numbers, alone or added up. */
	static const struct str large[] = {
		STR("\x01\x80\x80\x80\x80\x10"),
		STR("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"),
		STR("\x02\x01\xFE\xFF\xFF\xFF\x0F"),
	};
	for (size_t i = 0; i < sizeof(large) / sizeof(large[0]); i++) {
		const char *at = large[i].data;
		ck_assert(facet_sentences_read(&at, at + large[i].len, &group));
		while (sentence_next(&group, &number))
			;
		ck_assert_msg(group.count == 1, "number %zu", i);
	}
}
END_TEST

START_TEST(any_value_has_one_term)
{
	schema_any_term(KIND_PERSON, &out);
	assert_str(buffer_str(&out), "XANY:P");
	schema_any_term(KIND_WHEN, &out);
	assert_str(buffer_str(&out), "XANY:PXANY:N");
}
END_TEST

/* ---- names that count for others ---- */

static size_t read_pairs(struct merged_pair *pairs)
{
	const char *at = out.data, *end = at + out.len;
	struct merged_pair pair = { 0 };
	size_t count = 0;
	while (merged_read(&at, end, &pair))
		pairs[count++] = pair;
	ck_assert_ptr_eq(at, end);
	return count;
}

START_TEST(pairs_are_bytes_as_written_down)
{
	struct merged_pair pairs[] = { { 300, 1 }, { 0, 500 }, { 2, 1 } };
	merged_encode(pairs, 3, &out);
	ck_assert(str_equal(buffer_str(&out), STR("\x00\xF4\x03\x02\x01\xAA\x02\x01")));
	buffer_reset(&out);
	merged_encode(NULL, 0, &out);
	ck_assert_uint_eq(out.len, 0);
	schema_merged_key(KIND_ORG, &out);
	assert_str(buffer_str(&out), "dateline.merged.O");
}
END_TEST

START_TEST(pairs_come_back_sorted)
{
	struct merged_pair pairs[] = {
		{ UINT32_MAX, 0 }, { 7, UINT32_MAX }, { 0, 7 }, { UINT32_MAX - 1, 1 }
	};
	struct merged_pair back[4];
	merged_encode(pairs, 4, &out);
	ck_assert_uint_eq(read_pairs(back), 4);
	static const struct merged_pair sorted[] = {
		{ 0, 7 }, { 7, UINT32_MAX }, { UINT32_MAX - 1, 1 }, { UINT32_MAX, 0 }
	};
	for (size_t i = 0; i < 4; i++) {
		ck_assert_uint_eq(back[i].from, sorted[i].from);
		ck_assert_uint_eq(back[i].to, sorted[i].to);
	}
}
END_TEST

START_TEST(damaged_pairs_are_told_from_ended_ones)
{
	static const struct str wrong[] = {
		STR("\x01"),                             /* half a pair */
		STR("\x01\x85"),                         /* ends in the middle of a number */
		STR("\x01\x02\x03"),                     /* half a pair behind a whole one */
		STR("\x80\x80\x80\x80\x10\x01"),         /* over 32 bits */
		STR("\x01\x80\x80\x80\x80\x10"),         /* over 32 bits */
		STR("\xFF\xFF\xFF\xFF\x0F\x01\x01\x01"), /* the second is over 32 bits in sum */
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		const char *at = wrong[i].data, *end = at + wrong[i].len;
		struct merged_pair pair = { 0 };
		while (merged_read(&at, end, &pair))
			;
		ck_assert_msg(at != end, "number %zu", i);
	}
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("schema of entities");
	TCase *tests = tcase_create("entities");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, a_date_is_found_by_its_month_and_year);
	tcase_add_test(tests, numbers_of_dates_say_what_they_are);
	tcase_add_test(tests, alias_terms_have_both_keys);
	tcase_add_test(tests, no_alias_term_without_a_key);
	tcase_add_test(tests, no_alias_term_that_does_not_fit);
	tcase_add_test(tests, nothing_in_a_key_parts_it);
	tcase_add_test(tests, confidence_is_in_the_order_of_the_column);
	tcase_add_test(tests, what_is_sure_takes_no_room);
	tcase_add_test(tests, sentences_are_bytes_as_written_down);
	tcase_add_test(tests, what_is_nowhere_takes_no_room);
	tcase_add_test(tests, sentences_come_back);
	tcase_add_test(tests, the_largest_sentence_is_the_last);
	tcase_add_test(tests, damaged_sentences_are_told_from_ended_ones);
	tcase_add_test(tests, any_value_has_one_term);
	tcase_add_test(tests, pairs_are_bytes_as_written_down);
	tcase_add_test(tests, pairs_come_back_sorted);
	tcase_add_test(tests, damaged_pairs_are_told_from_ended_ones);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
