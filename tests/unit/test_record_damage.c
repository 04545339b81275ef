#include "../made_record.h"
#include "some_records.h"

static void assert_refused(struct str damaged, enum record_parts parts)
{
	struct record back;
	struct error err = { STATUS_OK, "" };
	/* Behind an exact copy a sanitizer sees the first byte that is read too far. */
	char *exact = memory_alloc(damaged.len);
	memcpy(exact, damaged.data, damaged.len);
	const struct str copy = { exact, damaged.len };
	ck_assert_int_eq(record_decode(copy, parts, &arena, &back, &err), STATUS_CORRUPT);
	ck_assert_int_eq(err.status, STATUS_CORRUPT);
	ck_assert_uint_gt(strlen(err.text), 0);
	free(exact);
	arena_reset(&arena);
}

START_TEST(every_truncation_is_refused)
{
	const struct record record = full_record();
	encode(&record);
	for (size_t len = 0; len < bytes.len; len++) {
		assert_refused((struct str){ bytes.data, len }, RECORD_ALL);
		assert_refused((struct str){ bytes.data, len }, RECORD_HEAD);
	}
	buffer_add_char(&bytes, 'x');
	assert_refused(buffer_str(&bytes), RECORD_ALL);
}
END_TEST

START_TEST(every_flipped_bit_is_refused)
{
	const struct record record = full_record();
	encode(&record);
	for (size_t i = 0; i < bytes.len * 8; i++) {
		bytes.data[i / 8] ^= (char)(1 << i % 8);
		assert_refused(buffer_str(&bytes), RECORD_ALL);
		assert_refused(buffer_str(&bytes), RECORD_HEAD);
		bytes.data[i / 8] ^= (char)(1 << i % 8);
	}
}
END_TEST

START_TEST(damage_to_long_records_is_refused)
{
	struct paragraph paragraph;
	char *text = noise(20000);
	const struct record record = record_of_text(text, 20000, &paragraph);
	encode(&record);
	for (size_t i = 0; i < bytes.len; i += i < 100 ? 1 : 97) {
		bytes.data[i] ^= 0x10;
		assert_refused(buffer_str(&bytes), RECORD_ALL);
		bytes.data[i] ^= 0x10;
		assert_refused((struct str){ bytes.data, i }, RECORD_HEAD);
	}
	free(text);
}
END_TEST

START_TEST(what_is_no_record_is_refused)
{
	static const char zeros[64];
	assert_refused(STR("D\x02"), RECORD_ALL);
	assert_refused(STR("D\x02"), RECORD_HEAD);
	assert_refused((struct str){ zeros, sizeof(zeros) }, RECORD_ALL);
	ck_assert_uint_eq(record_checksum(STR("D\x02 too short")), 0);
	ck_assert_uint_eq(record_checksum((struct str){ NULL, 0 }), 0);
	const struct record record = full_record();
	struct error err;
	struct record back;
	encode(&record);
	for (int off = -1; off <= 1; off += 2) {
		bytes.data[1] = (char)(RECORD_VERSION + off);
		ck_assert_int_eq(decode(RECORD_ALL, &back, &err), STATUS_CORRUPT);
		ck_assert_ptr_nonnull(strstr(err.text, "version"));
		ck_assert_int_eq(decode(RECORD_HEAD, &back, &err), STATUS_CORRUPT);
		ck_assert_ptr_nonnull(strstr(err.text, "version"));
	}
}
END_TEST

static void follow_spans(const struct record *record)
{
	const struct article *article = &record->article;
	for (size_t i = 0; i < article->paragraph_count; i++) {
		ck_assert_uint_le(article->paragraphs[i].start, article->paragraphs[i].end);
		ck_assert_uint_le(article->paragraphs[i].end, article->text.len);
	}
	for (size_t i = 0; i < record->mention_count; i++) {
		ck_assert_uint_le(record->mentions[i].start, record->mentions[i].end);
		ck_assert_uint_le(record->mentions[i].end, article->text.len);
		ck_assert_uint_lt(record->mentions[i].entity, record->entity_count);
	}
}

/* Bytes that say they are right and are not: refused, or a record that nobody comes to harm with. */
static bool try_body(void)
{
	struct record back;
	made_checksum(&bytes);
	decode(RECORD_HEAD, &back, NULL);
	const bool taken = decode(RECORD_ALL, &back, NULL) == STATUS_OK;
	if (taken)
		follow_spans(&back);
	arena_reset(&arena);
	return taken;
}

/* To change a byte that is mixed is to change the plain one. */
START_TEST(wrong_shapes_do_no_harm)
{
	const struct record record = full_record();
	encode(&record);
	size_t refused = 0, taken = 0;
	for (size_t i = 10; i < bytes.len; i++) {
		const char before = bytes.data[i];
		for (unsigned value = 0; value < 256; value++) {
			bytes.data[i] = (char)value;
			const bool is_taken = try_body();
			taken += is_taken;
			refused += !is_taken;
		}
		bytes.data[i] = before;
	}
	ck_assert_uint_gt(refused, 1000);
	ck_assert_uint_gt(taken, 1000);
}
END_TEST

static enum status decode_made(struct str head, uint64_t plain_len, struct str plain)
{
	struct record back;
	made_of_parts(head, plain_len, plain, &bytes);
	const enum status status = decode(RECORD_ALL, &back, NULL);
	arena_reset(&arena);
	return status;
}

START_TEST(made_records_are_taken_or_refused)
{
	/* A flag byte, four empty texts and no date; and empty fields, no entities, mentions, paragraphs, and a text. */
	const struct str head = STR("\0\0\0\0\0\0");
	const struct str plain = STR("\0\0\0\0\0\0\0\0\0\0\0\0\0"
				     "\0\0\0"
				     "text");
	ck_assert_int_eq(decode_made(head, plain.len, plain), STATUS_OK);
	/* More and less in the head than belongs there. */
	ck_assert_int_eq(decode_made(STR("\0\0\0\0\0\0\0"), plain.len, plain), STATUS_CORRUPT);
	ck_assert_int_eq(decode_made(STR("\0\0\0\0\0"), plain.len, plain), STATUS_CORRUPT);
	ck_assert_int_eq(decode_made(STR(""), plain.len, plain), STATUS_CORRUPT);
	/* Other lengths than that of what is inflated, also such as ask for much memory. */
	static const uint64_t lengths[] = { 0, 1, 1000, 30000, 100000000, UINT32_MAX, UINT64_MAX };
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		ck_assert_int_eq(decode_made(head, lengths[i], plain), STATUS_CORRUPT);
	ck_assert_int_eq(decode_made(head, plain.len - 1, plain), STATUS_CORRUPT);
	ck_assert_int_eq(decode_made(head, plain.len + 1, plain), STATUS_CORRUPT);
	for (size_t len = 0; len < 16; len++)
		ck_assert_int_eq(decode_made(head, len, (struct str){ plain.data, len }),
				 STATUS_CORRUPT);
}
END_TEST

/* Every plain byte of what is compressed, with every value: as wrong_shapes_do_no_harm, behind the deflate. */
START_TEST(wrong_shapes_that_were_compressed_do_no_harm)
{
	const struct str head = STR("\x20\1a\4Rain\0\0\0");
	char plain[] = "\5World\2en\0\1\3Ada\1\5water\0\0\0\1\2\1f\3\4" /* fields */
		       "\1\3\6London\1\4Town\x5a"                       /* an entity */
		       "\1\0\4\0\1\x5a"                                 /* a mention */
		       "\2\0\4\0\2\x12\1"                               /* paragraphs */
		       "\n\nRain on the coast.";
	const struct str all = { plain, sizeof(plain) - 1 };
	ck_assert_int_eq(decode_made(head, all.len, all), STATUS_OK);
	size_t refused = 0, taken = 0;
	for (size_t i = 0; i < all.len; i++) {
		const char before = plain[i];
		for (unsigned value = 0; value < 256; value++) {
			plain[i] = (char)value;
			const bool is_taken = decode_made(head, all.len, all) == STATUS_OK;
			taken += is_taken;
			refused += !is_taken;
		}
		plain[i] = before;
	}
	ck_assert_uint_gt(refused, 5000);
	ck_assert_uint_gt(taken, 5000);
}
END_TEST

START_TEST(spans_outside_the_text_are_refused)
{
	struct mention wrong[3];
	struct record record = full_record();
	memcpy(wrong, mentions, sizeof(wrong));
	record.mentions = wrong;
	wrong[2].end = (uint32_t)record.article.text.len;
	encode(&record);
	ck_assert_int_eq(decode(RECORD_ALL, &record, NULL), STATUS_OK);
	record.mentions = wrong;
	wrong[2].end++;
	encode(&record);
	ck_assert_int_eq(decode(RECORD_ALL, &record, NULL), STATUS_CORRUPT);
	record = full_record();
	record.mentions = wrong;
	wrong[2] = (struct mention){ 40, 38, 2, 1, 1 };
	encode(&record);
	ck_assert_int_eq(decode(RECORD_ALL, &record, NULL), STATUS_CORRUPT);
	record = full_record();
	record.mentions = wrong;
	wrong[2] = (struct mention){ 38, 40, 3, 1, 1 };
	encode(&record);
	ck_assert_int_eq(decode(RECORD_ALL, &record, NULL), STATUS_CORRUPT);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("damaged records");
	TCase *damage = tcase_create("damage");
	tcase_add_checked_fixture(damage, set_up, tear_down);
	tcase_set_timeout(damage, 300);
	tcase_add_test(damage, every_truncation_is_refused);
	tcase_add_test(damage, every_flipped_bit_is_refused);
	tcase_add_test(damage, damage_to_long_records_is_refused);
	tcase_add_test(damage, what_is_no_record_is_refused);
	tcase_add_test(damage, wrong_shapes_do_no_harm);
	tcase_add_test(damage, made_records_are_taken_or_refused);
	tcase_add_test(damage, wrong_shapes_that_were_compressed_do_no_harm);
	tcase_add_test(damage, spans_outside_the_text_are_refused);
	suite_add_tcase(suite, damage);
	return suite;
}

TEST_MAIN(make_suite)
