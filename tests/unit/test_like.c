/* Terms that are a few edits from a word, beside the whole table of distances of every pair. */
#include "dateline/store.h"

#include "dateline/utf8.h"
#include "store_testing.h"

#define WORDS 3000
#define LENGTH_MAX 9

/* Few letters, so that many words are near each other; of one to four bytes, with neighbours in the order of bytes. */
static const char *const letters[] = { "a", "b", "y", "z",  "0",         "é",
				       "ß", "к", "л", "中", "\U00010348" };
#define LETTERS (sizeof(letters) / sizeof(letters[0]))

static struct store *store;
static struct str terms[WORDS + 200];
static size_t term_count;
static uint32_t uses[WORDS + 200];
static uint64_t seed;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * limit >> 32);
}

static struct str random_word(const char *prefix)
{
	struct buffer word = { 0 };
	buffer_add_text(&word, prefix);
	for (uint32_t i = 1 + random_below(LENGTH_MAX); i; i--)
		buffer_add_text(&word, letters[random_below(1 + random_below(LETTERS))]);
	const struct str made = arena_copy(&arena, buffer_str(&word));
	buffer_release(&word);
	return made;
}

static void add_term(struct str term)
{
	for (size_t i = 0; i < term_count; i++)
		if (str_equal(terms[i], term))
			return;
	terms[term_count++] = term;
}

/* Term i is in 1 + i % 7 documents, of seven. */
static void write_terms(void)
{
	struct store_writer *writer = create("db");
	for (uint32_t number = 0; number < 7; number++) {
		struct posting *postings = arena_zero(&arena, term_count, sizeof(*postings));
		struct document document = { .postings = postings };
		uint32_t id;
		for (size_t i = 0; i < term_count; i++) {
			uses[i] = 1 + (uint32_t)i % 7;
			if (number < uses[i])
				postings[document.posting_count++] =
					(struct posting){ .term = terms[i], .wdf = 1 };
		}
		assert_ok(store_add(writer, &document, &id, &err));
	}
	finish(writer);
}

static void set_up_words(void)
{
	static const char *const others[] = { "Z", "ZS", "S", "XLOC:" };
	set_up();
	seed = 19640301;
	term_count = 0;
	for (int i = 0; i < WORDS; i++)
		add_term(random_word(""));
	for (int i = 0; i < 190; i++)
		add_term(random_word(others[i % 4]));
	add_term(STR("Zzz"));      /* a stem, two edits from a word */
	add_term(STR("XLOC:Bab")); /* as no name key is */
	add_term(STR("QAbc"));     /* an id keeps its capitals */
	add_term(STR("internationalization-of-everything"));
	write_terms();
	store = open_reader("db");
}

static void tear_down_words(void)
{
	store_close(store);
	tear_down();
}

/* ---- the plain way ---- */

static size_t decode(struct str s, uint32_t *codes)
{
	size_t count = 0;
	for (size_t at = 0, len; at < s.len; at += len)
		codes[count++] = utf8_decode(s.data + at, s.len - at, &len);
	return count;
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t plain_distance(struct str from, struct str to)
{
	static uint32_t a[400], b[400], table[400][400];
	const size_t n = decode(from, a), m = decode(to, b);
	for (size_t i = 0; i <= n; i++)
		for (size_t k = 0; k <= m; k++) {
			if (!i || !k) {
				table[i][k] = (uint32_t)(i + k);
				continue;
			}
			uint32_t best = least(table[i - 1][k] + 1, table[i][k - 1] + 1);
			best = least(best, table[i - 1][k - 1] + (a[i - 1] != b[k - 1]));
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				best = least(best, table[i - 2][k - 2] + 1);
			table[i][k] = best;
		}
	return table[n][m];
}

static bool is_of_prefix(struct str term, const char *prefix)
{
	const size_t len = strlen(prefix);
	if (!str_begins_with(term, prefix))
		return false;
	const bool folded = !len || strcmp(prefix, "Z") == 0;
	return !folded || term.data[len] < 'A' || term.data[len] > 'Z';
}

static int compare_entries(const void *left, const void *right)
{
	const struct like_entry *a = left, *b = right;
	if (a->distance != b->distance)
		return a->distance < b->distance ? -1 : 1;
	if (a->frequency != b->frequency)
		return a->frequency > b->frequency ? -1 : 1;
	const int order = memcmp(a->term.data, b->term.data,
				 least((uint32_t)a->term.len, (uint32_t)b->term.len));
	return order ? order : a->term.len < b->term.len ? -1 : 1;
}

static size_t plain_like(const char *prefix, struct str word, uint32_t limit,
			 struct like_entry *entries)
{
	const size_t skip = strlen(prefix);
	size_t count = 0;
	for (size_t i = 0; i < term_count; i++) {
		if (!is_of_prefix(terms[i], prefix))
			continue;
		const struct str key = { terms[i].data + skip, terms[i].len - skip };
		const uint32_t distance = plain_distance(key, word);
		if (distance <= limit)
			entries[count++] = (struct like_entry){ terms[i], uses[i], distance };
	}
	qsort(entries, count, sizeof(*entries), compare_entries);
	return count;
}

/* ---- the two beside each other ---- */

static size_t compare(const char *prefix, struct str word, uint32_t limit, size_t max)
{
	static struct like_entry expected[WORDS + 200];
	struct like_entry *entries;
	size_t count;
	const size_t all = plain_like(prefix, word, limit, expected);
	assert_ok(store_terms_like(store, str_from(prefix), word, limit, max, &arena, &entries,
				   &count, &err));
	ck_assert_msg(count == (all < max ? all : max), "%s%.*s~%u: %zu of %zu", prefix,
		      STR_ARG(word), limit, count, all);
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(str_equal(entries[i].term, expected[i].term) &&
				      entries[i].frequency == expected[i].frequency &&
				      entries[i].distance == expected[i].distance,
			      "%s%.*s~%u: %.*s, not %.*s", prefix, STR_ARG(word), limit,
			      STR_ARG(entries[i].term), STR_ARG(expected[i].term));
	return count;
}

START_TEST(random_words_agree_with_the_plain_way)
{
	static const char *const prefixes[] = { "", "", "", "", "Z", "ZS", "S", "XLOC:", "nothing" };
	size_t found = 0;
	seed = (uint64_t)_i + 5;
	for (int round = 0; round < 150; round++) {
		const struct str word = random_below(4) ? random_word("")
							: terms[random_below((uint32_t)term_count)];
		const char *prefix = prefixes[random_below(9)];
		found += compare(prefix, word, 1 + random_below(2), SIZE_MAX);
	}
	ck_assert_uint_gt(found, 1000);
}
END_TEST

START_TEST(edits_are_of_characters)
{
	add_term(STR("x")); /* only in the list of the plain way: so that is looked at too */
	ck_assert_uint_eq(plain_distance(STR("zürich"), STR("zurich")), 1);
	ck_assert_uint_eq(plain_distance(STR("кеив"), STR("киев")), 1);
	ck_assert_uint_eq(plain_distance(STR("中中"), STR("中")), 1);
	ck_assert_uint_eq(plain_distance(STR("trmup"), STR("trump")), 1);
	term_count--;
	static const char *const words[] = { "a",
					     "é",
					     "中",
					     "\U00010348",
					     "кл",
					     "лк",
					     "zzz",
					     "Zzz",
					     "ab",
					     "QAbc",
					     "internationalisation-of-everythign",
					     "" };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (uint32_t limit = 1; limit <= 2; limit++)
			compare("", str_from(words[i]), limit, SIZE_MAX);
	ck_assert_uint_eq(compare("", STR("internationalisation-of-everythign"), 2, SIZE_MAX), 1);
	ck_assert_uint_eq(compare("", STR("internationalisation-of-everythign"), 1, SIZE_MAX), 0);
}
END_TEST

START_TEST(prefixes_are_told_apart)
{
	ck_assert_uint_eq(compare("XLOC:", STR("Bab"), 1, 1), 1);
	ck_assert_uint_eq(compare("Q", STR("Abx"), 1, SIZE_MAX), 1);
	ck_assert_uint_eq(compare("Q", STR("xxx"), 2, SIZE_MAX), 0);
	for (uint32_t limit = 1; limit <= 2; limit++) {
		compare("Z", STR("Sa"), limit, SIZE_MAX);
		compare("Z", STR("ab"), limit, SIZE_MAX);
		compare("", STR("Sab"), limit, SIZE_MAX);
	}
}
END_TEST

START_TEST(only_the_best_are_given)
{
	for (size_t max = 0; max < 20; max++)
		compare("", STR("abab"), 2, max);
	ck_assert_uint_gt(compare("", STR("abab"), 2, SIZE_MAX), 20);
}
END_TEST

START_TEST(whatever_is_asked)
{
	struct buffer word = { 0 };
	for (int i = 0; i < 300; i++) {
		buffer_add_text(&word, i % 3 ? "a" : "中");
		if (i < 40 || i > 290)
			compare("", buffer_str(&word), 2, SIZE_MAX);
	}
	static const char *const odd[] = { "\xff", "\xff\xff", "a\xe4\xb8", "\x80z", "\xed\xa0\x80" };
	struct like_entry *entries;
	size_t count;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		assert_ok(store_terms_like(store, STR(""), str_from(odd[i]), 2, 10, &arena,
					   &entries, &count, &err));
	buffer_reset(&word);
	memset(buffer_extend(&word, 100000), 'a', 100000);
	assert_ok(store_terms_like(store, STR(""), buffer_str(&word), 2, 10, &arena, &entries,
				   &count, &err));
	ck_assert_uint_eq(count, 0);
	buffer_release(&word);
}
END_TEST

/* Terms are valid text, but an index may be damaged: what is no text is passed over, and nothing after it is missed. */
START_TEST(terms_that_are_no_text)
{
	static const char *const odd[] = { "\xff",   "a\xff\xff",  "a\xff\x01",
					   "ab\xe4", "ab\xe4\xb8", "ab\x80" };
	struct store_writer *writer = create("odd");
	struct posting postings[7] = { { .term = STR("ac"), .wdf = 1 } };
	const struct document document = { .postings = postings, .posting_count = 7 };
	uint32_t id;
	for (size_t i = 0; i < 6; i++)
		postings[i + 1] = (struct posting){ .term = str_from(odd[i]), .wdf = 1 };
	assert_ok(store_add(writer, &document, &id, &err));
	finish(writer);
	struct store *other = open_reader("odd");
	struct like_entry *entries;
	size_t count;
	assert_ok(store_terms_like(other, STR(""), STR("acx"), 1, 9, &arena, &entries, &count, &err));
	ck_assert_uint_eq(count, 1);
	assert_str(entries[0].term, "ac");
	assert_ok(store_terms_like(other, STR(""), STR("zzzz"), 2, 9, &arena, &entries, &count, &err));
	ck_assert_uint_eq(count, 0);
	store_close(other);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("like");
	TCase *tests = tcase_create("terms near a word");
	tcase_add_checked_fixture(tests, set_up_words, tear_down_words);
	tcase_set_timeout(tests, 300);
	tcase_add_loop_test(tests, random_words_agree_with_the_plain_way, 0, 4);
	tcase_add_test(tests, edits_are_of_characters);
	tcase_add_test(tests, prefixes_are_told_apart);
	tcase_add_test(tests, only_the_best_are_given);
	tcase_add_test(tests, whatever_is_asked);
	tcase_add_test(tests, terms_that_are_no_text);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
