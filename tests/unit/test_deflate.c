/* What is deflated with the codes of records, or by the library in their place, is read back alike, and is short in every script. */
#include "../../lib/index/record_codes.h"

#include "testing.h"

#include <libdeflate.h>
#include <stdlib.h>

#define POOR 80

static struct deflate *deflate;
static struct libdeflate_compressor *library;
static struct libdeflate_decompressor *inflate;
static struct buffer text;
static uint64_t state;

static void begin(void)
{
	deflate = deflate_new(&record_codes);
	library = libdeflate_alloc_compressor(1);
	inflate = libdeflate_alloc_decompressor();
	ck_assert(library && inflate);
	state = 1;
}

static void end(void)
{
	deflate_free(deflate);
	deflate_free(NULL);
	libdeflate_free_compressor(library);
	libdeflate_free_decompressor(inflate);
	buffer_release(&text);
}

static size_t random_below(size_t limit)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (size_t)(state >> 33) % limit;
}

/* ---- texts ---- */

/* Each letter of a script has as many bytes. */
struct script {
	const char *letters;
	size_t width;
	size_t word_max; /* letters */
	bool is_latin;
};

static const struct script scripts[] = {
	{ "etaoinshrdlucmfwypvbgkjqxz", 1, 9, true },
	{ "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф", 2, 10, false },
	{ "ααεοιτνσρκπμυλγδηχθφβωξψζ", 2, 9, false },
	{ "اليمونرتبةعدسفهكقحجشطصخغذزضظثئ", 2, 7, false },
	{ "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里",
	  3, 2, false },
	{ "のにはをたがでてとしれさあるいもなこらアイスントルラコメ日本人国会年大", 3, 5, false },
};

#define SCRIPTS (sizeof(scripts) / sizeof(*scripts))
#define WORDS 600

/* The first words are the most frequent; a letter likewise. */
static size_t random_early(size_t limit)
{
	return random_below(1 + random_below(1 + random_below(limit)));
}

static void add_word(const struct script *script, size_t number)
{
	const size_t letters = strlen(script->letters) / script->width;
	const uint64_t kept = state;
	state = number * 77 + 5;
	random_below(2);
	for (size_t left = 1 + random_below(script->word_max); left; left--)
		buffer_add(&text, script->letters + script->width * random_early(letters),
			   script->width);
	state = kept;
}

static void write_in(const struct script *script, size_t len)
{
	while (text.len < len) {
		add_word(script, random_early(WORDS));
		buffer_add_text(&text, random_below(8) ? " " : random_below(3) ? ", " : ".\n\n");
	}
	text.len = len;
}

static size_t of_library(void)
{
	const size_t room = libdeflate_deflate_compress_bound(library, text.len);
	char *out = memory_alloc(room);
	const size_t len = libdeflate_deflate_compress(library, text.data, text.len, out, room);
	free(out);
	return len;
}

/* From memory and into memory of the very size, so that a byte too many is seen. Gives how many bytes were left. */
static size_t assert_alike(unsigned poor)
{
	char *own = memory_alloc(text.len + 1), *back = memory_alloc(text.len + 1);
	char *out = memory_alloc(deflate_room(text.len));
	char *from = own + 1;
	memcpy(from, text.data ? text.data : "", text.len);
	const size_t len = deflate_shorter(deflate, (struct str){ from, text.len }, poor, out);
	ck_assert_uint_le(len, deflate_room(text.len));
	ck_assert_int_eq(libdeflate_deflate_decompress(inflate, out, len, back, text.len, NULL),
			 LIBDEFLATE_SUCCESS);
	ck_assert_int_eq(memcmp(back, from, text.len), 0);
	free(own);
	free(back);
	free(out);
	return len;
}

/* ---- tests ---- */

START_TEST(scripts_of_every_length)
{
	static const size_t lengths[] = { 2000, 7999, 8000, 8001, 32767, 32768, 65537, 300000 };
	for (size_t len = 0; len < 700; len++) {
		buffer_reset(&text);
		write_in(&scripts[_i], len);
		assert_alike(POOR);
		assert_alike(0);
		assert_alike(1000);
	}
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		buffer_reset(&text);
		write_in(&scripts[_i], lengths[i]);
		assert_alike(POOR);
		assert_alike(0);
	}
}
END_TEST

static void assert_short(const struct script *script)
{
	const size_t len = assert_alike(POOR), other = of_library();
	const size_t percent = script->is_latin && text.len < 32768 ? 130 : 103;
	ck_assert_msg(len * 100 <= other * percent, "%zu bytes of \"%.12s\": %zu, not %zu",
		      text.len, script->letters, len, other);
}

START_TEST(short_in_every_script)
{
	static const size_t lengths[] = { 20, 100, 1000, 5000, 50000, 300000, (size_t)4 << 20 };
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		buffer_reset(&text);
		write_in(&scripts[_i], lengths[i]);
		assert_short(&scripts[_i]);
	}
}
END_TEST

/* One script behind another, with any share of it. */
START_TEST(mixed_scripts)
{
	for (size_t part = 0; part <= 20; part++) {
		buffer_reset(&text);
		write_in(&scripts[0], 300 * part);
		write_in(&scripts[_i], 6000);
		ck_assert_uint_le(assert_alike(POOR) * 100, of_library() * 125);
	}
}
END_TEST

/* What has no order at all, and what has nothing else. */
START_TEST(hostile_texts)
{
	for (size_t len = 0; len < 300000; len += 1 + len / 3) {
		buffer_reset(&text);
		for (char *at = buffer_extend(&text, len), *stop = at + len; at < stop; at++)
			*at = (char)random_below(256);
		ck_assert_uint_le(assert_alike(POOR), len + 10 + len / 1000);
		ck_assert_uint_le(assert_alike(1000), deflate_room(len));
		for (size_t i = 0; i < len; i++)
			text.data[i] = (char)random_below(128);
		ck_assert_uint_le(assert_alike(POOR), len + 10 + len / 1000);
		if (len)
			memset(text.data, _i, len);
		/* There is little to save on what has become this short. */
		const size_t small = assert_alike(POOR);
		ck_assert(small <= 60 || small <= of_library());
	}
}
END_TEST

START_TEST(nothing_is_remembered)
{
	char first[2 * 1000 + 512], second[sizeof(first)]; /* deflate_room */
	buffer_reset(&text);
	write_in(&scripts[0], 1000);
	char copy[1000];
	memcpy(copy, text.data, sizeof(copy));
	const struct str own = { copy, sizeof(copy) };
	const size_t len = deflate_shorter(deflate, own, _i ? POOR : 0, first);
	for (size_t i = 0; i < SCRIPTS; i++) {
		buffer_reset(&text);
		write_in(&scripts[i], 3000 * (i + 1));
		assert_alike(i % 2 ? POOR : 0);
	}
	ck_assert_uint_eq(deflate_shorter(deflate, own, _i ? POOR : 0, second), len);
	ck_assert_int_eq(memcmp(first, second, len), 0);
}
END_TEST

static void assert_complete(const uint8_t *bits, size_t count, unsigned least)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_ge(bits[i], least);
		ck_assert_uint_le(bits[i], DEFLATE_BITS_MAX);
		sum += bits[i] ? 1U << (DEFLATE_BITS_MAX - bits[i]) : 0;
	}
	ck_assert_uint_eq(sum, 1U << DEFLATE_BITS_MAX);
}

START_TEST(codes_are_complete)
{
	assert_complete(record_codes.symbols, DEFLATE_SYMBOLS, 1);
	assert_complete(record_codes.distances, DEFLATE_DISTANCES, 1);
	assert_complete(record_codes.header, DEFLATE_HEADER_SYMBOLS, 0);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("deflate");
	TCase *tests = tcase_create("records");
	tcase_add_checked_fixture(tests, begin, end);
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, scripts_of_every_length, 0, SCRIPTS);
	tcase_add_loop_test(tests, short_in_every_script, 0, SCRIPTS);
	tcase_add_loop_test(tests, mixed_scripts, 1, SCRIPTS);
	tcase_add_loop_test(tests, hostile_texts, 120, 136);
	tcase_add_loop_test(tests, nothing_is_remembered, 0, 2);
	tcase_add_test(tests, codes_are_complete);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
