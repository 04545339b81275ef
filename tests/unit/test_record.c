#include "some_records.h"

#include <libdeflate.h>

static void assert_same(struct str a, struct str b, const char *what)
{
	ck_assert_msg(str_equal(a, b), "%s: \"%.*s\" is not \"%.*s\"", what, STR_ARG(a), STR_ARG(b));
}

static void assert_same_list(struct str_list a, struct str_list b, const char *what)
{
	ck_assert_uint_eq(a.count, b.count);
	for (size_t i = 0; i < a.count; i++)
		assert_same(a.items[i], b.items[i], what);
}

static void assert_same_date(const struct date *a, const struct date *b)
{
	ck_assert_int_eq(a->precision, b->precision);
	ck_assert_int_eq(a->year, b->year);
	ck_assert_int_eq(a->month, b->month);
	ck_assert_int_eq(a->day, b->day);
	ck_assert_int_eq(a->hour, b->hour);
	ck_assert_int_eq(a->minute, b->minute);
	ck_assert_int_eq(a->second, b->second);
	ck_assert_int_eq(a->has_zone, b->has_zone);
	ck_assert_int_eq(a->zone, b->zone);
}

static void assert_same_fields(const struct article *a, const struct article *b)
{
	assert_same(a->id, b->id, "id");
	assert_same(a->title, b->title, "title");
	assert_same_date(&a->published, &b->published);
	assert_same(a->source, b->source, "source");
	assert_same(a->section, b->section, "section");
	assert_same(a->url, b->url, "url");
	assert_same(a->language, b->language, "language");
	assert_same(a->dateline, b->dateline, "dateline");
	assert_same_list(a->authors, b->authors, "author");
	assert_same_list(a->topics, b->topics, "topic");
	assert_same_list(a->people, b->people, "person");
	assert_same_list(a->orgs, b->orgs, "org");
	assert_same_list(a->places, b->places, "place");
	ck_assert_int_eq(a->gives_people, b->gives_people);
	ck_assert_int_eq(a->gives_orgs, b->gives_orgs);
	ck_assert_int_eq(a->gives_places, b->gives_places);
	ck_assert_uint_eq(a->replaced, b->replaced);
	ck_assert_uint_eq(a->cut, b->cut);
	assert_same(a->origin.path, b->origin.path, "path");
	ck_assert_uint_eq(a->origin.line, b->origin.line);
	ck_assert_uint_eq(a->origin.record, b->origin.record);
	ck_assert_int_eq(a->origin.is_single, b->origin.is_single);
}

static void assert_same_entities(const struct record *a, const struct record *b)
{
	ck_assert_uint_eq(a->entity_count, b->entity_count);
	for (size_t i = 0; i < a->entity_count; i++) {
		ck_assert_int_eq(a->entities[i].kind, b->entities[i].kind);
		assert_same(a->entities[i].name, b->entities[i].name, "name");
		assert_same_list(a->entities[i].variants, b->entities[i].variants, "variant");
		ck_assert_uint_eq(a->entities[i].confidence, b->entities[i].confidence);
	}
	ck_assert_uint_eq(a->mention_count, b->mention_count);
	for (size_t i = 0; i < a->mention_count; i++) {
		ck_assert_uint_eq(a->mentions[i].start, b->mentions[i].start);
		ck_assert_uint_eq(a->mentions[i].end, b->mentions[i].end);
		ck_assert_uint_eq(a->mentions[i].entity, b->mentions[i].entity);
		ck_assert_uint_eq(a->mentions[i].rule, b->mentions[i].rule);
		ck_assert_uint_eq(a->mentions[i].confidence, b->mentions[i].confidence);
	}
}

static void assert_same_text(const struct article *a, const struct article *b)
{
	ck_assert(str_equal(a->text, b->text));
	ck_assert_uint_eq(a->paragraph_count, b->paragraph_count);
	for (size_t i = 0; i < a->paragraph_count; i++) {
		ck_assert_uint_eq(a->paragraphs[i].start, b->paragraphs[i].start);
		ck_assert_uint_eq(a->paragraphs[i].end, b->paragraphs[i].end);
		ck_assert_uint_eq(a->paragraphs[i].kind, b->paragraphs[i].kind);
	}
}

/* What a list of hits shows, and nothing else. */
static void assert_same_head(const struct record *back, const struct article *article)
{
	struct article head = { 0 };
	head.id = article->id;
	head.title = article->title;
	head.source = article->source;
	head.url = article->url;
	head.published = article->published;
	head.gives_people = article->gives_people;
	head.gives_orgs = article->gives_orgs;
	head.gives_places = article->gives_places;
	head.origin.is_single = article->origin.is_single;
	assert_same_fields(&back->article, &head);
	ck_assert_ptr_null(back->article.text.data);
	ck_assert_uint_eq(back->article.paragraph_count, 0);
	ck_assert_uint_eq(back->entity_count, 0);
	ck_assert_uint_eq(back->mention_count, 0);
}

static void assert_round_trip(const struct record *record)
{
	struct record back;
	struct error err;
	encode(record);
	ck_assert_int_eq(decode(RECORD_ALL, &back, &err), STATUS_OK);
	assert_same_fields(&back.article, &record->article);
	assert_same_entities(&back, record);
	assert_same_text(&back.article, &record->article);
	ck_assert_int_eq(decode(RECORD_HEAD, &back, &err), STATUS_OK);
	assert_same_head(&back, &record->article);
}

START_TEST(everything_comes_back)
{
	const struct record record = full_record();
	assert_round_trip(&record);
}
END_TEST

START_TEST(nothing_comes_back)
{
	const struct record record = { 0 };
	assert_round_trip(&record);
	ck_assert_uint_lt(bytes.len, 50);
}
END_TEST

START_TEST(dates_keep_their_precision)
{
	static const char *const dates[] = { "1987",
					     "1987-02",
					     "1987-02-26",
					     "1987-02-26T15:01",
					     "1987-02-26T15:01:01",
					     "1987-02-26T15:01:01Z",
					     "2016-12-31T23:59:60+14:00",
					     "0001-01-01",
					     "9999-12-31" };
	struct record record = full_record();
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		ck_assert(date_parse(str_from(dates[i]), &record.article.published));
		assert_round_trip(&record);
	}
	record.article.published = (struct date){ 0 };
	assert_round_trip(&record);
}
END_TEST

START_TEST(every_flag_stands_for_itself)
{
	for (unsigned flags = 0; flags < 32; flags++) {
		struct record record = full_record();
		record.article.gives_people = flags & 1;
		record.article.gives_orgs = flags & 2;
		record.article.gives_places = flags & 4;
		record.article.origin.is_single = flags & 8;
		if (flags & 16)
			record.article.title = (struct str){ NULL, 0 };
		assert_round_trip(&record);
	}
}
END_TEST

/* The title of a record that was read lies in its text, as it does in an article. */
START_TEST(title_is_part_of_the_text)
{
	struct record record = full_record(), back;
	encode(&record);
	ck_assert_int_eq(decode(RECORD_ALL, &back, NULL), STATUS_OK);
	ck_assert_ptr_eq(back.article.title.data, back.article.text.data);
	ck_assert_int_eq(back.article.text.data[back.article.text.len], '\0');
	/* And one that is not comes back as well. */
	record.article.title = STR("Something else");
	assert_round_trip(&record);
	record.article.text = STR("short");
	record.mention_count = record.article.paragraph_count = 0;
	assert_round_trip(&record);
}
END_TEST

START_TEST(records_are_appended)
{
	const struct record record = full_record();
	struct record back;
	struct buffer two = { 0 };
	encode(&record);
	buffer_add_text(&two, "before");
	record_encode(writer, &record, &two);
	ck_assert_uint_eq(two.len, 6 + bytes.len);
	ck_assert_int_eq(memcmp(two.data + 6, bytes.data, bytes.len), 0);
	const struct str second = { two.data + 6, two.len - 6 };
	ck_assert_int_eq(record_decode(second, RECORD_ALL, &arena, &back, NULL), STATUS_OK);
	buffer_release(&two);
}
END_TEST

/* Nothing of what was read lies in the bytes it was read from. */
START_TEST(records_live_in_the_arena)
{
	const struct record record = full_record();
	struct record back;
	encode(&record);
	ck_assert_int_eq(decode(RECORD_ALL, &back, NULL), STATUS_OK);
	memset(bytes.data, 'x', bytes.len);
	assert_same_fields(&back.article, &record.article);
	assert_same_entities(&back, &record);
	assert_same_text(&back.article, &record.article);
}
END_TEST

/* What is mixed takes eight bytes at a time, and what is left over. */
START_TEST(texts_of_every_length_come_back)
{
	char *text = noise(300);
	struct paragraph paragraph;
	for (size_t len = 0; len < 300; len++) {
		const struct record record = record_of_text(text, len, &paragraph);
		assert_round_trip(&record);
	}
	free(text);
}
END_TEST

/* Also those that are longer than the first look at a record takes in. */
START_TEST(heads_of_every_length_come_back)
{
	char *text = noise(1200);
	for (size_t len = 0; len<1200; len += len> 400 && len < 560 ? 1 : 40) {
		struct record record = full_record();
		record.article.url = (struct str){ text, len };
		assert_round_trip(&record);
		record.article.title = (struct str){ text, 1199 - len };
		assert_round_trip(&record);
	}
	free(text);
}
END_TEST

START_TEST(names_are_compressed_with_the_text)
{
	enum { COUNT = 100 };
	struct entity *many = memory_zero(COUNT, sizeof(*many));
	static struct str names[COUNT];
	static char name[COUNT][32];
	struct record record = full_record();
	record.mention_count = 0;
	for (size_t i = 0; i < COUNT; i++) {
		snprintf(name[i], sizeof(name[i]), "The Ministry of Works %zu", i);
		names[i] = str_from(name[i]);
		many[i] = (struct entity){ KIND_ORG, 90, names[i], { &names[i], 1 } };
	}
	encode(&record);
	const size_t few = bytes.len;
	record.entities = many;
	record.entity_count = COUNT;
	assert_round_trip(&record);
	ck_assert_uint_lt(bytes.len, few + COUNT * sizeof(name[0]) / 2);
	free(many);
}
END_TEST

START_TEST(the_longest_texts_come_back)
{
	struct paragraph paragraph;
	char *text = noise(ARTICLE_TEXT_MAX);
	struct record record = record_of_text(text, ARTICLE_TEXT_MAX, &paragraph);
	assert_round_trip(&record);
	ck_assert_uint_gt(bytes.len, ARTICLE_TEXT_MAX);
	ck_assert_uint_lt(bytes.len, ARTICLE_TEXT_MAX + ARTICLE_TEXT_MAX / 1000);
	memset(text, 'z', ARTICLE_TEXT_MAX);
	assert_round_trip(&record);
	ck_assert_uint_lt(bytes.len, ARTICLE_TEXT_MAX / 100);
	free(text);
}
END_TEST

START_TEST(a_longer_text_is_no_articles)
{
	struct paragraph paragraph;
	char *text = noise(ARTICLE_TEXT_MAX + 1);
	struct record record = record_of_text(text, ARTICLE_TEXT_MAX + 1, &paragraph);
	encode(&record);
	ck_assert_int_eq(decode(RECORD_ALL, &record, NULL), STATUS_CORRUPT);
	free(text);
}
END_TEST

/*
 * What is mixed has no order left: half of all bits are set, and no compressor would gain. What stands in front of
 * the seed is not mixed, and may be looked at.
 */
static void assert_noise(void)
{
	size_t bits = 0, often[256] = { 0 };
	for (size_t i = 10; i < bytes.len; i++) {
		bits += (size_t)__builtin_popcount((unsigned char)bytes.data[i]);
		often[(unsigned char)bytes.data[i]]++;
	}
	ck_assert_uint_gt(bits, bytes.len * 8 * 48 / 100);
	ck_assert_uint_lt(bits, bytes.len * 8 * 52 / 100);
	for (int i = 0; i < 256; i++)
		ck_assert_uint_lt(often[i], bytes.len / 100);
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(9);
	char *smaller = memory_alloc(bytes.len);
	ck_assert_ptr_nonnull(compressor);
	ck_assert_uint_eq(libdeflate_deflate_compress(compressor, bytes.data, bytes.len, smaller,
						      bytes.len - 1),
			  0);
	libdeflate_free_compressor(compressor);
	free(smaller);
}

START_TEST(repetitive_records_become_noise)
{
	enum { MENTIONS = 200000, WIDTH = 10 };
	struct mention *many = memory_zero(MENTIONS, sizeof(*many));
	struct record record = full_record();
	char *text = memory_alloc(MENTIONS * WIDTH);
	memset(text, 'z', MENTIONS * WIDTH);
	for (uint32_t i = 0; i < MENTIONS; i++)
		many[i] = (struct mention){ i * WIDTH, i * WIDTH + 5, 0, 1, 50 };
	record.article.text = (struct str){ text, MENTIONS * WIDTH };
	record.article.title = (struct str){ text, 0 };
	record.mentions = many;
	record.mention_count = MENTIONS;
	assert_round_trip(&record);
	ck_assert_uint_lt(bytes.len, MENTIONS / 10);
	assert_noise();
	/* A head is not compressed. */
	record.article.url = (struct str){ text, 4000 };
	assert_round_trip(&record);
	assert_noise();
	free(many);
	free(text);
}
END_TEST

/* Two articles that begin alike have no bytes alike behind what is the same in all records. */
START_TEST(noise_is_of_its_own_article)
{
	struct record record = full_record();
	struct buffer other = { 0 };
	encode(&record);
	record.article.cut++;
	record_encode(writer, &record, &other);
	size_t alike = 0;
	for (size_t i = 10; i < bytes.len && i < other.len; i++)
		alike += bytes.data[i] == other.data[i];
	ck_assert_uint_lt(alike, 10);
	ck_assert_uint_gt(other.len, 200);
	buffer_release(&other);
}
END_TEST

/* What no index takes: it comes out so large that none does, and is no record. */
START_TEST(more_than_an_index_takes_is_not_compressed)
{
	struct record record = full_record(), back;
	char *path = memory_alloc(RECORD_REST_MAX);
	memset(path, 'p', RECORD_REST_MAX);
	record.article.origin.path = (struct str){ path, RECORD_REST_MAX };
	encode(&record);
	ck_assert_uint_gt(bytes.len, RECORD_REST_MAX);
	ck_assert_int_eq(decode(RECORD_HEAD, &back, NULL), STATUS_OK);
	ck_assert_int_eq(decode(RECORD_ALL, &back, NULL), STATUS_CORRUPT);
	/* And the writer goes on with others. */
	record.article.origin.path.len = 1 << 20;
	assert_round_trip(&record);
	ck_assert_uint_lt(bytes.len, 10000);
	free(path);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("record");
	TCase *trips = tcase_create("round trips");
	tcase_add_checked_fixture(trips, set_up, tear_down);
	tcase_set_timeout(trips, 120);
	tcase_add_test(trips, everything_comes_back);
	tcase_add_test(trips, nothing_comes_back);
	tcase_add_test(trips, dates_keep_their_precision);
	tcase_add_test(trips, every_flag_stands_for_itself);
	tcase_add_test(trips, title_is_part_of_the_text);
	tcase_add_test(trips, records_are_appended);
	tcase_add_test(trips, records_live_in_the_arena);
	tcase_add_test(trips, texts_of_every_length_come_back);
	tcase_add_test(trips, heads_of_every_length_come_back);
	tcase_add_test(trips, names_are_compressed_with_the_text);
	tcase_add_test(trips, the_longest_texts_come_back);
	tcase_add_test(trips, a_longer_text_is_no_articles);
	tcase_add_test(trips, more_than_an_index_takes_is_not_compressed);
	tcase_add_test(trips, repetitive_records_become_noise);
	tcase_add_test(trips, noise_is_of_its_own_article);
	suite_add_tcase(suite, trips);
	return suite;
}

TEST_MAIN(make_suite)
