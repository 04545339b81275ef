/* What was deflated is read back alike, by libdeflate and by libxapian, whatever the text is. */
#include "../../indexer/bulk/termlist_codes.h"

#include "bulk_testing.h"

#include <libdeflate.h>

static struct deflate *deflate;
static bool ask_library; /* for short texts */
static struct libdeflate_decompressor *inflate;

static void begin(void)
{
	set_up();
	ask_library = false;
	deflate = deflate_new(&termlist_codes);
	inflate = libdeflate_alloc_decompressor();
}

static void end(void)
{
	deflate_free(deflate);
	libdeflate_free_decompressor(inflate);
	tear_down();
}

/* ---- texts ---- */

enum kind { ONE_BYTE, ANY_BYTES, TWO_LETTERS, LIKE_TERMS, PERIODIC, ENDS_ALIKE, KINDS };

static void add_terms(char *text, size_t len)
{
	size_t at = 0;
	while (at < len) {
		size_t letters = 1 + random_below(9);
		text[at++] = (char)random_below(20);
		if (at < len)
			text[at++] = (char)letters;
		for (; letters && at < len; letters--)
			text[at++] = "etaoinshrdlu"[random_below(1 + random_below(12))];
	}
}

static struct str make_text(enum kind kind, size_t len)
{
	char *text = arena_alloc(&arena, len + 1);
	const size_t period = 1 + random_below(random_below(2) ? 12 : 2000);
	memset(text, (int)random_below(256), len);
	for (size_t i = 0; i < len; i++)
		if (kind == ANY_BYTES || (kind == PERIODIC && i < period) ||
		    (kind == ENDS_ALIKE && i < len / 8))
			text[i] = (char)random_below(256);
		else if (kind == TWO_LETTERS)
			text[i] = (char)('a' + random_below(2));
		else if (kind == PERIODIC)
			text[i] = text[i - period];
	if (kind == LIKE_TERMS)
		add_terms(text, len);
	return (struct str){ text, len };
}

/* The room is as large as it must be, so that a byte too many is seen. */
static struct str deflated(struct str text)
{
	char *room = memory_alloc(deflate_room(text.len));
	const size_t len = ask_library && text.len <= DEFLATE_SAFE_MAX
				   ? deflate_shorter(deflate, text, 0, room)
				   : deflate_text(deflate, text, room);
	ck_assert_uint_le(len, deflate_room(text.len));
	const struct str copy = arena_copy(&arena, (struct str){ room, len });
	free(room);
	return copy;
}

static struct str assert_alike(struct str text)
{
	/* From memory of its own, so that a byte read behind the end is seen. */
	char *own = memory_alloc(text.len ? text.len : 1), *back = memory_alloc(text.len + 1);
	memcpy(own, text.data, text.len);
	const struct str small = deflated((struct str){ own, text.len });
	size_t len;
	ck_assert_int_eq(libdeflate_deflate_decompress(inflate, small.data, small.len, back,
						       text.len + 1, &len),
			 LIBDEFLATE_SUCCESS);
	ck_assert_uint_eq(len, text.len);
	ck_assert(len == 0 || memcmp(back, text.data, len) == 0);
	free(own);
	free(back);
	return small;
}

/* ---- round trips ---- */

START_TEST(each_length)
{
	for (size_t len = 0; len < 600; len++)
		assert_alike(make_text((enum kind)_i, len));
	for (size_t len = 7990; len < 8010; len++)
		assert_alike(make_text((enum kind)_i, len));
	arena_reset(&arena);
}
END_TEST

START_TEST(long_texts)
{
	static const size_t lengths[] = { 5000, 32767, 65535, 65536, 65537, 131073, 300000 };
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		assert_alike(make_text((enum kind)_i, lengths[i]));
		arena_reset(&arena);
	}
}
END_TEST

/* What comes again lies just near enough, just too far away, and where 16 bits tell nothing of it. */
START_TEST(far_matches)
{
	static const size_t distances[] = { 32767, 32768, 32769, 65535, 65536, 65537 };
	const size_t distance = distances[_i], len = distance + 20000;
	char *text = arena_alloc(&arena, len);
	memcpy(text, make_text(ANY_BYTES, distance).data, distance);
	/* Not so much between that it is forgotten. */
	memset(text + 500, 'x', distance - 500);
	memcpy(text + distance, text, len - distance);
	const struct str small = assert_alike((struct str){ text, len });
	ck_assert_uint_lt(small.len, 4000);
}
END_TEST

START_TEST(each_byte)
{
	for (int byte = 0; byte < 256; byte++) {
		char text[40];
		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = (char)(i % 2 ? byte : (int)i);
		assert_alike((struct str){ text, sizeof(text) });
	}
}
END_TEST

START_TEST(each_match_length)
{
	for (size_t len = 4; len < 700; len++) {
		struct str text = make_text(ANY_BYTES, 2 * len + 9);
		char *again = arena_alloc(&arena, text.len);
		memcpy(again, text.data, text.len);
		memcpy(again + len, text.data, len);
		const struct str small = assert_alike((struct str){ again, text.len });
		const struct str plain = assert_alike(text);
		ck_assert(len < 12 || small.len < plain.len);
	}
}
END_TEST

START_TEST(terms_become_shorter)
{
	const struct str text = make_text(LIKE_TERMS, 1200);
	ck_assert_uint_lt(assert_alike(text).len, 900);
}
END_TEST

START_TEST(nothing_is_remembered)
{
	const struct str text = make_text(LIKE_TERMS, 3000);
	const struct str first = deflated(text);
	for (int kind = 0; kind < KINDS; kind++)
		deflated(make_text((enum kind)kind, 1 + random_below(9000)));
	deflated((struct str){ text.data, 1500 });
	ck_assert(str_equal(deflated(text), first));
}
END_TEST

/* ---- codes ---- */

static void assert_complete(const uint8_t *bits, size_t count)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_le(bits[i], DEFLATE_BITS_MAX);
		sum += bits[i] ? 1U << (DEFLATE_BITS_MAX - bits[i]) : 0;
	}
	ck_assert_uint_eq(sum, 1U << DEFLATE_BITS_MAX);
}

START_TEST(codes_are_complete)
{
	assert_complete(termlist_codes.symbols, DEFLATE_SYMBOLS);
	assert_complete(termlist_codes.distances, DEFLATE_DISTANCES);
	assert_complete(termlist_codes.header, DEFLATE_HEADER_SYMBOLS);
	for (int i = 0; i < DEFLATE_SYMBOLS; i++)
		ck_assert_uint_gt(termlist_codes.symbols[i], 0);
	for (int i = 0; i < DEFLATE_DISTANCES; i++)
		ck_assert_uint_gt(termlist_codes.distances[i], 0);
}
END_TEST

/* ---- libxapian ---- */

#define RECORDS 240

static size_t record_length(uint32_t number)
{
	static const size_t lengths[] = { 8000, 8001, 8191,  8192,  8193,
					  8195, 8300, 16390, 65600, 300000 };
	if (ask_library)
		return number % 2 ? DEFLATE_SAFE_MAX : random_below(DEFLATE_SAFE_MAX);
	return number / KINDS % 2 ? 5000 + random_below(random_below(2) ? 8000 : 120000)
				  : lengths[random_below(10)];
}

static void add_record(struct made_database *made, uint32_t id, struct str text)
{
	char key[PACKED_SORTABLE_MAX];
	const struct str id_key = end_of_key(key, pack_sortable(key, id));
	assert_ok(table_add_deflated(made->tables[BULK_RECORDS], id_key, deflated(text), &err));
	assert_ok(table_add(made->tables[BULK_TERMLISTS], id_key, STR(""), &err));
	count_document(&made->statistics, 0);
}

/*
 * It cannot read all that is deflate, above all not what is long and repeats itself to the end. When the end of a block has a long code
 * that happens to work, so codes are tried that give it a short one too.
 */
static void choose_codes(bool short_end)
{
	struct deflate_codes codes = termlist_codes;
	uint8_t *end = &codes.symbols[256], *four = &codes.symbols[258];
	const uint8_t bits = *end;
	ck_assert_uint_le(*four, 5);
	*end = *four;
	*four = bits;
	deflate_free(deflate);
	deflate = deflate_new(short_end ? &codes : &termlist_codes);
}

START_TEST(libxapian_reads_it)
{
	struct metadata metadata = { 0 };
	struct made_document documents[RECORDS] = { 0 };
	struct made_database made = { .name = "db", .documents = documents, .count = RECORDS };
	made.block_size = block_sizes[_i % BLOCK_SIZES];
	choose_codes(_i / BLOCK_SIZES == 1);
	ask_library = _i / BLOCK_SIZES == 2;
	make_tables(&made);
	for (uint32_t i = 0; i < RECORDS; i++) {
		documents[i].record = make_text((enum kind)(i % KINDS), record_length(i));
		add_record(&made, i + 1, documents[i].record);
	}
	add_list(&made, (struct str){ "\0\xe0", 2 }, true);
	set_schema(&metadata);
	assert_ok(metadata_write(&metadata, made.tables[BULK_POSTINGS], &err));
	publish_made(&made);
	struct store *store = open_reader("db");
	for (uint32_t id = 1; id <= RECORDS; id++)
		ck_assert(str_equal(record_of(store, id), documents[id - 1].record));
	store_close(store);
	free_made(&made);
	metadata_release(&metadata);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("bulk deflate");
	TCase *tests = tcase_create("deflate");
	tcase_add_checked_fixture(tests, begin, end);
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, each_length, 0, KINDS);
	tcase_add_loop_test(tests, long_texts, 0, KINDS);
	tcase_add_loop_test(tests, far_matches, 0, 6);
	tcase_add_test(tests, each_byte);
	tcase_add_test(tests, each_match_length);
	tcase_add_test(tests, terms_become_shorter);
	tcase_add_test(tests, nothing_is_remembered);
	tcase_add_test(tests, codes_are_complete);
	tcase_add_loop_test(tests, libxapian_reads_it, 0, 3 * BLOCK_SIZES);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
