#include "dateline/schema.h"

#include "dateline/intern.h"
#include "dateline/utf8.h"
#include "testing.h"

static struct buffer out;

static void tear_down(void)
{
	buffer_release(&out);
}

static struct str value_term(const char *field, struct str value)
{
	buffer_reset(&out);
	schema_value_term(field_find(str_from(field)), value, &out);
	return buffer_str(&out);
}

static size_t weight(struct str term)
{
	size_t sum = term.len;
	for (size_t i = 0; i < term.len; i++)
		sum += term.data[i] == '\0';
	return sum;
}

/* ---- terms ---- */

START_TEST(values_are_prefix_and_name_key)
{
	assert_str(value_term("person", STR("Kajsa  Ollongren")), "XPER:kajsa ollongren");
	assert_str(value_term("place", STR("São-Tomé")), "XLOC:sao tome");
	assert_str(value_term("org", STR("U.N.")), "XORG:u n");
	assert_str(value_term("source", STR("The Quay")), "Hthe quay");
	assert_str(value_term("author", STR("O'Brien")), "Aobrien");
	assert_str(value_term("topic", STR("Shipping")), "Gshipping");
	assert_str(value_term("section", STR("World")), "XSECTION:world");
	assert_str(value_term("language", STR("EN")), "Len");
	assert_str(value_term("author", STR("")), "A");
	assert_str(value_term("author", ((struct str){ NULL, 0 })), "A");
}
END_TEST

START_TEST(ids_are_as_they_are)
{
	assert_str(value_term("id", STR("Ab/C-é 1")), "QAb/C-é 1");
	assert_str(value_term("id", STR("https://quay.example/A?b=C")),
		   "Qhttps://quay.example/A?b=C");
}
END_TEST

START_TEST(words_are_prefix_and_word)
{
	static const char *const prefixes[] = { "", "S", "Z", "ZS" };
	static const char *const terms[] = { "rain", "Srain", "Zrain", "ZSrain" };
	for (int i = 0; i < 4; i++) {
		buffer_reset(&out);
		schema_word_term(prefixes[i], STR("rain"), &out);
		assert_str(buffer_str(&out), terms[i]);
	}
}
END_TEST

START_TEST(terms_are_appended)
{
	buffer_add_text(&out, "before ");
	schema_value_term(field_find(STR("author")), STR("Ada"), &out);
	schema_word_term("S", STR("x"), &out);
	assert_str(buffer_str(&out), "before AadaSx");
	char giant[300];
	memset(giant, 'g', sizeof(giant));
	const size_t before = out.len;
	schema_value_term(field_find(STR("id")), (struct str){ giant, sizeof(giant) }, &out);
	ck_assert_uint_eq(out.len, before + SCHEMA_TERM_MAX);
	ck_assert_int_eq(strncmp(out.data, "before AadaSxQggg", 17), 0);
}
END_TEST

/* Of every length around the limit: what fits stays whole, and what does not weighs just the limit. */
START_TEST(long_values_keep_their_start_and_end_in_a_hash)
{
	char text[600];
	memset(text, 'k', sizeof(text));
	for (size_t len = 200; len < sizeof(text); len++) {
		const struct str term = value_term("id", (struct str){ text, len });
		if (len + 1 < SCHEMA_TERM_MAX) {
			ck_assert_uint_eq(term.len, len + 1);
			ck_assert_int_eq(memcmp(term.data + 1, text, len), 0);
			continue;
		}
		ck_assert_uint_eq(term.len, SCHEMA_TERM_MAX);
		ck_assert_int_eq(memcmp(term.data + 1, text, SCHEMA_TERM_MAX - 33), 0);
		unsigned char hash[16];
		char digits[33];
		hash_bytes_128(text, len, hash);
		for (int i = 0; i < 16; i++)
			snprintf(digits + 2 * i, 3, "%02x", hash[i]);
		ck_assert_int_eq(memcmp(term.data + SCHEMA_TERM_MAX - 32, digits, 32), 0);
	}
}
END_TEST

START_TEST(values_that_differ_far_behind_have_terms_that_differ)
{
	char text[4096];
	struct intern seen = { 0 };
	memset(text, 'k', sizeof(text));
	for (size_t i = 0; i < sizeof(text); i++) {
		text[i] = 'x';
		bool is_new;
		intern_add(&seen, value_term("person", (struct str){ text, sizeof(text) }), &is_new);
		ck_assert(is_new);
		text[i] = 'k';
	}
	/* A value that is itself the shortened form of another is shortened in its turn. */
	const struct str term = value_term("id", (struct str){ text, sizeof(text) });
	struct buffer copy = { 0 };
	buffer_add(&copy, term.data + 1, term.len - 1);
	struct buffer first = { 0 };
	buffer_add_str(&first, term);
	ck_assert(!str_equal(value_term("id", buffer_str(&copy)), buffer_str(&first)));
	buffer_release(&copy);
	buffer_release(&first);
	intern_release(&seen);
}
END_TEST

/* Cut between characters: the start of a shortened term is valid text. */
START_TEST(long_values_are_cut_between_characters)
{
	static const char *const letters[] = { "é", "ж", "中", "😀" };
	for (size_t letter = 0; letter < 4; letter++) {
		for (size_t shift = 0; shift < 4; shift++) {
			struct buffer name = { 0 };
			buffer_add(&name, "aaaa", shift);
			while (name.len < 400)
				buffer_add_text(&name, letters[letter]);
			const struct str term = value_term("id", buffer_str(&name));
			ck_assert_uint_eq(term.len, SCHEMA_TERM_MAX);
			ck_assert(utf8_is_clean(term));
			buffer_release(&name);
		}
	}
}
END_TEST

/* libxapian writes a NUL as two bytes. */
START_TEST(nuls_weigh_two)
{
	char text[300] = { 0 };
	for (size_t len = 100; len < sizeof(text); len++) {
		for (size_t nuls = 0; nuls <= len; nuls += 7) {
			memset(text, 'n', len);
			memset(text, 0, nuls);
			const struct str term = value_term("id", (struct str){ text, len });
			if (1 + len + nuls < SCHEMA_TERM_MAX)
				ck_assert_uint_eq(term.len, len + 1);
			else
				ck_assert_uint_eq(weight(term), SCHEMA_TERM_MAX);
		}
	}
}
END_TEST

START_TEST(long_names_are_one_with_their_spellings)
{
	struct buffer upper = { 0 }, lower = { 0 }, first = { 0 };
	for (int i = 0; i < 60; i++) {
		buffer_add_text(&upper, "ÉCOLE-");
		buffer_add_text(&lower, "ecole ");
	}
	buffer_add_str(&first, value_term("org", buffer_str(&upper)));
	ck_assert(str_equal(value_term("org", buffer_str(&lower)), buffer_str(&first)));
	buffer_release(&upper);
	buffer_release(&lower);
	buffer_release(&first);
}
END_TEST

/* ---- no term is taken for another ---- */

/* Whatever a character folds to, no capital A to Z is in it: that is what prefixes are told by. */
START_TEST(folding_leaves_no_capital)
{
	static const unsigned folds[] = { UTF8_FOLD_CASE, UTF8_FOLD_CASE | UTF8_FOLD_ACCENTS };
	for (uint32_t code = 0x20; code < 0x110000; code++) {
		char character[4];
		const struct str s = { character, utf8_encode(code, character) };
		buffer_reset(&out);
		for (int i = 0; i < 2; i++)
			utf8_fold(s, folds[i], &out);
		utf8_name_key(s, &out);
		for (size_t i = 0; i < out.len; i++)
			if (out.data[i] >= 'A' && out.data[i] <= 'Z')
				ck_abort_msg("U+%04X folds to %s", (unsigned)code, out.data);
	}
}
END_TEST

static bool is_prefix_of(const char *a, const char *b)
{
	return strncmp(a, b, strlen(a)) == 0;
}

START_TEST(no_prefix_begins_another)
{
	static const char *const others[] = { "Z",         "ZS",       "Y",           "M",
					      PREFIX_FILE, PREFIX_ANY, TERM_SENTENCES };
	const char *prefixes[32];
	size_t count = 0;
	for (const struct field *field = field_table; field->name; field++)
		prefixes[count++] = field->prefix;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		prefixes[count++] = others[i];
	for (size_t i = 0; i < count; i++) {
		const size_t len = strlen(prefixes[i]);
		ck_assert(prefixes[i][0] >= 'A' && prefixes[i][0] <= 'Z');
		ck_assert(len == 1 || prefixes[i][len - 1] == ':' || strcmp(prefixes[i], "ZS") == 0);
		for (size_t k = 0; k < count; k++) {
			const bool stems = strcmp(prefixes[i], "Z") == 0 &&
					   strcmp(prefixes[k], "ZS") == 0;
			if (i != k && !stems)
				ck_assert_msg(!is_prefix_of(prefixes[i], prefixes[k]),
					      "%s begins %s", prefixes[i], prefixes[k]);
		}
	}
}
END_TEST

/* ---- dates and files ---- */

static void assert_date_terms(const char *date, const char *year, const char *month, const char *day)
{
	struct date parsed;
	char terms[3][16];
	ck_assert(date_parse(str_from(date), &parsed));
	ck_assert_uint_eq(schema_date_terms(&parsed, terms), 3);
	ck_assert_str_eq(terms[0], year);
	ck_assert_str_eq(terms[1], month);
	ck_assert_str_eq(terms[2], day);
}

START_TEST(dates_have_three_terms)
{
	assert_date_terms("1987-02-26T15:01:01+01:00", "Y1987", "M198702", "D19870226");
	assert_date_terms("1987-02-26", "Y1987", "M198702", "D19870226");
	assert_date_terms("1987-12", "Y1987", "M198712", "D198712XX");
	assert_date_terms("1987", "Y1987", "M1987XX", "D1987XXXX");
	assert_date_terms("0001-01-01", "Y0001", "M000101", "D00010101");
	assert_date_terms("9999-12-31", "Y9999", "M999912", "D99991231");
}
END_TEST

START_TEST(no_date_has_one_term)
{
	const struct date none = { 0 };
	char terms[3][16];
	ck_assert_uint_eq(schema_date_terms(&none, terms), 1);
	ck_assert_str_eq(terms[0], "Yundated");
}
END_TEST

START_TEST(files_are_named_by_a_hash)
{
	schema_file_term(STR("/news/1987.jsonl"), &out);
	ck_assert_uint_eq(out.len, strlen(PREFIX_FILE) + 32);
	ck_assert_uint_eq(strspn(out.data + strlen(PREFIX_FILE), "0123456789abcdef"), 32);
	struct buffer other = { 0 };
	schema_file_term(STR("/news/1988.jsonl"), &other);
	ck_assert(!str_equal(buffer_str(&out), buffer_str(&other)));
	buffer_reset(&other);
	schema_file_term(STR("/news/1987.jsonl"), &other);
	ck_assert(str_equal(buffer_str(&out), buffer_str(&other)));
	buffer_release(&other);
}
END_TEST

/* ---- metadata keys ---- */

START_TEST(kinds_have_letters_of_their_own)
{
	bool seen[128] = { false };
	for (int kind = KIND_NONE + 1; kind < KIND_COUNT; kind++) {
		const char letter = schema_kind_letter((enum facet_kind)kind);
		ck_assert(letter >= 'A' && letter <= 'Z');
		ck_assert(!seen[(int)letter]);
		seen[(int)letter] = true;
	}
	/* Stored in every index. */
	ck_assert_int_eq(schema_kind_letter(KIND_PERSON), 'P');
	ck_assert_int_eq(schema_kind_letter(KIND_ORG), 'O');
	ck_assert_int_eq(schema_kind_letter(KIND_PLACE), 'L');
	ck_assert_int_eq(schema_kind_letter(KIND_OTHER), 'X');
	ck_assert_int_eq(schema_kind_letter(KIND_SOURCE), 'S');
	ck_assert_int_eq(schema_kind_letter(KIND_AUTHOR), 'A');
	ck_assert_int_eq(schema_kind_letter(KIND_TOPIC), 'T');
	ck_assert_int_eq(schema_kind_letter(KIND_SECTION), 'C');
	ck_assert_int_eq(schema_kind_letter(KIND_LANGUAGE), 'G');
}
END_TEST

START_TEST(entity_keys_sort_by_number)
{
	schema_entity_key(KIND_PERSON, 0x01020304, &out);
	ck_assert(str_equal(buffer_str(&out), STR(META_ENTITY "P\x01\x02\x03\x04")));
	buffer_reset(&out);
	schema_spellings_key(KIND_PERSON, 0x01020304, &out);
	ck_assert(str_equal(buffer_str(&out), STR(META_SPELLINGS "P\x01\x02\x03\x04")));
	struct buffer next = { 0 };
	static const uint32_t numbers[] = { 0, 1, 255, 256, 65535, 65536, 0x7FFFFFFF, UINT32_MAX };
	for (size_t i = 0; i + 1 < sizeof(numbers) / sizeof(numbers[0]); i++) {
		buffer_reset(&out);
		buffer_reset(&next);
		schema_entity_key(KIND_ORG, numbers[i], &out);
		schema_entity_key(KIND_ORG, numbers[i + 1], &next);
		ck_assert_int_lt(str_compare(buffer_str(&out), buffer_str(&next)), 0);
	}
	buffer_release(&next);
}
END_TEST

START_TEST(number_keys_fold_names)
{
	schema_number_key(KIND_PLACE, STR("Côte d'Ivoire"), &out);
	assert_str(buffer_str(&out), META_NUMBER "Lcote divoire");
	buffer_reset(&out);
	schema_number_key(KIND_PLACE, STR("cote divoire"), &out);
	assert_str(buffer_str(&out), META_NUMBER "Lcote divoire");
	char giant[5000];
	memset(giant, 'g', sizeof(giant));
	buffer_reset(&out);
	schema_number_key(KIND_PLACE, (struct str){ giant, sizeof(giant) }, &out);
	ck_assert_uint_eq(out.len, SCHEMA_TERM_MAX);
}
END_TEST

START_TEST(a_number_is_all_of_its_value)
{
	static const struct str wrong[] = {
		STR(""),
		STR("\x80"),
		STR("\x05\x05"),
		STR("\x80\x80\x80\x80\x10"),
		STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
	};
	uint32_t number = 7;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert(!schema_number_read(wrong[i], &number));
	ck_assert(!schema_number_read((struct str){ NULL, 0 }, &number));
	ck_assert_uint_eq(number, 7);
	ck_assert(schema_number_read(STR("\x05"), &number));
	ck_assert_uint_eq(number, 5);
	buffer_add_varint(&out, UINT32_MAX);
	ck_assert(schema_number_read(buffer_str(&out), &number));
	ck_assert_uint_eq(number, UINT32_MAX);
}
END_TEST

/* A key is asked for by the name or by the name's key. */
START_TEST(keys_of_keys_are_the_same)
{
	struct buffer once = { 0 };
	for (uint32_t code = 0x20; code < 0x110000; code++) {
		char text[12];
		size_t len = utf8_encode(code, text);
		len += utf8_encode(0x301, text + len);
		len += utf8_encode(code, text + len);
		buffer_reset(&once);
		buffer_reset(&out);
		utf8_name_key((struct str){ text, len }, &once);
		utf8_name_key(buffer_str(&once), &out);
		if (!str_equal(buffer_str(&once), buffer_str(&out)))
			ck_abort_msg("U+%04X: \"%s\" and \"%s\"", (unsigned)code, once.data,
				     out.data);
	}
	buffer_release(&once);
}
END_TEST

/* ---- the facet column ---- */

static void encode(const struct facet_value *values, size_t count)
{
	struct facet_value *copy = memory_alloc(count * sizeof(*copy));
	if (count)
		memcpy(copy, values, count * sizeof(*copy));
	buffer_reset(&out);
	facet_column_encode(copy, count, &out);
	free(copy);
}

START_TEST(columns_are_bytes_as_written_down)
{
	static const struct facet_value values[] = {
		{ KIND_PLACE, 300, 100, { 0 } },  { KIND_PERSON, 7, 100, { 0 } },
		{ KIND_PLACE, 2, 100, { 0 } },    { KIND_PLACE, 3, 100, { 0 } },
		{ KIND_LANGUAGE, 0, 100, { 0 } },
	};
	encode(values, 5);
	static const char expected[] = "\x01\x01\x01\x07"
				       "\x03\x03\x04\x02\x00\xA8\x02"
				       "\x09\x01\x01\x00";
	ck_assert(str_equal(buffer_str(&out), STR(expected)));
	encode(NULL, 0);
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

static size_t decode(struct facet_value *values)
{
	size_t count = 0;
	const char *at = out.data, *end = at + out.len;
	struct facet_group group;
	int before = KIND_NONE;
	while (facet_group_read(&at, end, &group)) {
		ck_assert_int_gt(group.kind, before);
		before = group.kind;
		uint64_t number, last = 0;
		uint32_t n = 0;
		for (const char *s = group.at; s < group.end; n++) {
			ck_assert(varint_read(&s, group.end, &number));
			last = n ? last + number + 1 : number;
			values[count++] = (struct facet_value){ .kind = group.kind,
								.number = (uint32_t)last };
		}
		ck_assert_uint_eq(n, group.count);
	}
	ck_assert_ptr_eq(at, end);
	return count;
}

START_TEST(columns_come_back)
{
	uint64_t seed = 1;
	for (int round = 0; round < 2000; round++) {
		struct facet_value values[128], back[128];
		size_t count = 0;
		for (int kind = 1; kind < KIND_COUNT; kind++) {
			uint32_t number = 0;
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			for (uint32_t i = (seed >> 33) % 7; i > 0; i--) {
				seed = seed * 6364136223846793005u + 1442695040888963407u;
				number += 1 + (uint32_t)(seed >> (36 + (seed >> 44 & 27)));
				values[count++] = (struct facet_value){ .kind = (enum facet_kind)kind,
									.number = number };
			}
		}
		/* In the order of the kinds and numbers, so what comes back is what went in. */
		encode(values, count);
		ck_assert_uint_eq(decode(back), count);
		for (size_t i = 0; i < count; i++) {
			ck_assert_int_eq(back[i].kind, values[i].kind);
			ck_assert_uint_eq(back[i].number, values[i].number);
		}
	}
}
END_TEST

START_TEST(columns_hold_the_largest_number)
{
	static const struct facet_value values[] = { { KIND_ORG, UINT32_MAX, 100, { 0 } },
						     { KIND_ORG, 0, 100, { 0 } } };
	struct facet_value back[2];
	encode(values, 2);
	ck_assert_uint_eq(decode(back), 2);
	ck_assert_uint_eq(back[0].number, 0);
	ck_assert_uint_eq(back[1].number, UINT32_MAX);
}
END_TEST

static bool reads(const char *bytes, size_t len)
{
	const char *at = bytes, *end = bytes + len;
	struct facet_group group;
	while (facet_group_read(&at, end, &group))
		;
	return at == end;
}

START_TEST(damaged_columns_are_told_from_ended_ones)
{
	static const struct facet_value values[] = { { KIND_PERSON, 7, 100, { 0 } },
						     { KIND_PERSON, 70000, 100, { 0 } },
						     { KIND_PLACE, 2, 100, { 0 } },
						     { KIND_PLACE, 300, 100, { 0 } } };
	encode(values, 4);
	ck_assert(reads(out.data, out.len));
	const size_t first_group = 3 + 4;
	for (size_t len = 1; len < out.len; len++)
		ck_assert_msg(reads(out.data, len) == (len == first_group), "%zu bytes", len);
	static const struct str wrong[] = {
		STR("\x00\x01\x01\x05"),                     /* no kind */
		STR("\x0E\x01\x01\x05"),                     /* a kind beyond the last */
		STR("\x01\x00\x00"),                         /* no numbers */
		STR("\x01\x02\x01\x05"),                     /* more numbers than bytes */
		STR("\x01\x01\x06\x85\x85\x85\x85\x85\x05"), /* more bytes than the number can take */
		STR("\x01\x01\x02\x05\x85"),                 /* ends in the middle of a number */
		STR("\x01\x01\x7F\x05"),                     /* longer than the column */
		STR("\x01\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x05"),
		STR("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x01\x05"),
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!reads(wrong[i].data, wrong[i].len), "number %zu", i);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("schema");
	TCase *terms = tcase_create("terms");
	tcase_add_checked_fixture(terms, NULL, tear_down);
	tcase_set_timeout(terms, 120);
	tcase_add_test(terms, values_are_prefix_and_name_key);
	tcase_add_test(terms, ids_are_as_they_are);
	tcase_add_test(terms, words_are_prefix_and_word);
	tcase_add_test(terms, terms_are_appended);
	tcase_add_test(terms, long_values_keep_their_start_and_end_in_a_hash);
	tcase_add_test(terms, values_that_differ_far_behind_have_terms_that_differ);
	tcase_add_test(terms, long_values_are_cut_between_characters);
	tcase_add_test(terms, nuls_weigh_two);
	tcase_add_test(terms, long_names_are_one_with_their_spellings);
	tcase_add_test(terms, folding_leaves_no_capital);
	tcase_add_test(terms, no_prefix_begins_another);
	tcase_add_test(terms, dates_have_three_terms);
	tcase_add_test(terms, no_date_has_one_term);
	tcase_add_test(terms, files_are_named_by_a_hash);
	suite_add_tcase(suite, terms);
	TCase *keys = tcase_create("keys");
	tcase_add_checked_fixture(keys, NULL, tear_down);
	tcase_set_timeout(keys, 120);
	tcase_add_test(keys, kinds_have_letters_of_their_own);
	tcase_add_test(keys, entity_keys_sort_by_number);
	tcase_add_test(keys, number_keys_fold_names);
	tcase_add_test(keys, a_number_is_all_of_its_value);
	tcase_add_test(keys, keys_of_keys_are_the_same);
	suite_add_tcase(suite, keys);
	TCase *column = tcase_create("facet column");
	tcase_add_checked_fixture(column, NULL, tear_down);
	tcase_add_test(column, columns_are_bytes_as_written_down);
	tcase_add_test(column, columns_come_back);
	tcase_add_test(column, columns_hold_the_largest_number);
	tcase_add_test(column, damaged_columns_are_told_from_ended_ones);
	suite_add_tcase(suite, column);
	return suite;
}

TEST_MAIN(make_suite)
