/* Numbers, terms, positions and term lists as they are packed for the tables: beside what libxapian itself writes. */
#include "../../indexer/bulk/packing.h"
#include "../../indexer/bulk/termlist.h"

#include "dateline/file.h"
#include "dateline/store.h"

#include "store_testing.h"

static uint64_t seed = 20160314;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 32) * limit >> 32);
}

/* ---- numbers and terms ---- */

static void assert_packed(const char *start, const char *end, const char *expected, size_t len)
{
	ck_assert_uint_eq((size_t)(end - start), len);
	ck_assert_mem_eq(start, expected, len);
}

#define assert_bytes(start, end, literal) assert_packed(start, end, literal, sizeof(literal) - 1)

START_TEST(numbers)
{
	char to[PACKED_NUMBER_MAX];
	assert_bytes(to, pack_number(to, 0), "\0");
	assert_bytes(to, pack_number(to, 127), "\x7f");
	assert_bytes(to, pack_number(to, 130), "\x82\x01");
	assert_bytes(to, pack_number(to, 40000), "\xc0\xb8\x02");
	assert_bytes(to, pack_number(to, UINT64_MAX), "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
	assert_bytes(to, pack_last_number(to, 0), "");
	assert_bytes(to, pack_last_number(to, 200), "\xc8");
	assert_bytes(to, pack_last_number(to, 0x10000), "\0\0\1");
	assert_bytes(to, pack_last_number(to, UINT64_MAX), "\xff\xff\xff\xff\xff\xff\xff\xff");
}
END_TEST

START_TEST(sortable_numbers)
{
	char to[PACKED_SORTABLE_MAX];
	assert_bytes(to, pack_sortable(to, 0), "\0\0");
	assert_bytes(to, pack_sortable(to, 1), "\0\1");
	assert_bytes(to, pack_sortable(to, 32767), "\x7f\xff");
	assert_bytes(to, pack_sortable(to, 32768), "\x80\x80\0");
	assert_bytes(to, pack_sortable(to, 40000), "\x80\x9c\x40");
	assert_bytes(to, pack_sortable(to, (1 << 22) - 1), "\xbf\xff\xff");
	assert_bytes(to, pack_sortable(to, 1 << 22), "\xc0\x40\0\0");
	assert_bytes(to, pack_sortable(to, (1 << 29) - 1), "\xdf\xff\xff\xff");
	assert_bytes(to, pack_sortable(to, 1 << 29), "\xe0\x20\0\0\0");
	assert_bytes(to, pack_sortable(to, UINT32_MAX), "\xe0\xff\xff\xff\xff");
}
END_TEST

static struct str sortable(char *to, uint32_t value)
{
	return (struct str){ to, (size_t)(pack_sortable(to, value) - to) };
}

START_TEST(sortable_numbers_sort)
{
	char last[PACKED_SORTABLE_MAX], to[PACKED_SORTABLE_MAX];
	struct str before = sortable(last, 0);
	for (uint64_t value = 1; value <= UINT32_MAX; value += 1 + value / 777) {
		const struct str now = sortable(to, (uint32_t)value);
		ck_assert_int_lt(str_compare(before, now), 0);
		memcpy(last, to, now.len);
		before.len = now.len;
	}
}
END_TEST

START_TEST(terms)
{
	char to[32];
	assert_bytes(to, pack_term(to, STR("rain"), false), "rain");
	assert_bytes(to, pack_term(to, STR("rain"), true), "rain\0");
	assert_bytes(to, pack_term(to, STR("a\0b"), true),
		     "a\0\xff"
		     "b\0");
	assert_bytes(to, pack_term(to, STR("\0\0"), false), "\0\xff\0\xff");
	assert_bytes(to, pack_term(to, STR("a\0"), true), "a\0\xff\0");
	assert_bytes(to, pack_term(to, STR(""), true), "\0");
	assert_bytes(to, pack_term(to, STR(""), false), "");
}
END_TEST

/* ---- positions ---- */

static struct str positions_tag(const uint32_t *positions, size_t count)
{
	char *to = arena_alloc(&arena, POSITIONS_ROOM(count));
	return (struct str){ to, (size_t)(pack_positions(to, positions, count) - to) };
}

#define assert_positions(literal, ...)                                                             \
	do {                                                                                       \
		const uint32_t positions_[] = { __VA_ARGS__ };                                     \
		const struct str tag_ =                                                            \
			positions_tag(positions_, sizeof(positions_) / sizeof(*positions_));       \
		assert_bytes(tag_.data, tag_.data + tag_.len, literal);                            \
	} while (0)

START_TEST(positions_by_hand)
{
	assert_positions("\x05", 5);
	assert_positions("\0", 0);
	assert_positions("\x0a\x4b\x01", 3, 9, 10);
	assert_positions("\x01", 0, 1); /* as { 1 }: so has libxapian it */
	assert_positions("\xff\xff\xff\xff\x0f\xfe\xff\xff\xff", UINT32_MAX - 1, UINT32_MAX);
}
END_TEST

/* What a table holds, if nothing of it is cut or compressed: sizes, key and tag in one piece. */
static void assert_item(struct str table, struct str key, struct str tag)
{
	const size_t size = key.len + tag.len;
	char item[2200];
	ck_assert_uint_lt(size + 3, sizeof(item));
	item[0] = (char)(0x60 | size >> 8);
	item[1] = (char)size;
	item[2] = (char)key.len;
	memcpy(item + 3, key.data, key.len);
	if (tag.len)
		memcpy(item + 3 + key.len, tag.data, tag.len);
	ck_assert_ptr_nonnull(memmem(table.data, table.len, item, size + 3));
}

static struct str table_bytes(const char *name)
{
	buffer_reset(&bytes);
	assert_ok(file_read(path(name), "table", (size_t)1 << 30, &bytes, &err));
	return buffer_str(&bytes);
}

/* Steps of at most `most`, and now and then a jump of at most `jump`. */
static uint32_t *random_positions(uint32_t count, uint32_t most, uint32_t jump)
{
	uint32_t *positions = arena_alloc(&arena, count * sizeof(*positions)), at = 0;
	for (uint32_t i = 0; i < count; i++) {
		positions[i] = at;
		at += 1 + random_below(most) + (random_below(5) ? 0 : random_below(jump));
	}
	const uint32_t shift = random_below(4) * random_below(most);
	for (uint32_t i = 0; i < count; i++)
		positions[i] += shift;
	return positions;
}

#define LISTS 700

static struct posting random_list(uint32_t number)
{
	static const uint32_t mosts[] = { 1, 2, 3, 8, 100, 5000 };
	const uint32_t most = mosts[random_below(6)];
	const uint32_t count = number < 400 ? 1 + random_below(8) : 1 + random_below(600);
	/* The last position is at most 600 * (5000 + 5000000) + 20000. */
	const uint32_t jump = 1 + random_below(random_below(3) ? 10 : 5000000);
	return (struct posting){ STR("rain"), random_positions(count, most, jump), count, 1 };
}

START_TEST(positions_are_what_libxapian_writes)
{
	struct posting lists[LISTS];
	struct store_writer *writer = create("db");
	for (uint32_t i = 0; i < LISTS; i++) {
		lists[i] = random_list(i);
		const struct document document = { .postings = &lists[i], .posting_count = 1 };
		uint32_t id;
		assert_ok(store_add(writer, &document, &id, &err));
		ck_assert_uint_eq(id, i + 1);
	}
	finish(writer);
	const struct str table = table_bytes("db/position.glass");
	for (uint32_t i = 0; i < LISTS; i++) {
		char key[16];
		char *end = pack_sortable(pack_term(key, lists[i].term, true), i + 1);
		const struct str tag = positions_tag(lists[i].positions, lists[i].count);
		ck_assert_uint_le(tag.len, POSITIONS_ROOM(lists[i].count) - 8);
		assert_item(table, (struct str){ key, (size_t)(end - key) }, tag);
	}
}
END_TEST

/* Every list there can be of positions below 12. */
START_TEST(all_short_lists)
{
	struct store_writer *writer = create("db");
	uint32_t positions[12], id;
	for (uint32_t set = 1; set < 1 << 12; set++) {
		struct posting posting = { STR("a"), positions, 0, 1 };
		for (uint32_t i = 0; i < 12; i++)
			if (set >> i & 1)
				positions[posting.count++] = i;
		const struct document document = { .postings = &posting, .posting_count = 1 };
		assert_ok(store_add(writer, &document, &id, &err));
	}
	finish(writer);
	const struct str table = table_bytes("db/position.glass");
	for (uint32_t set = 1; set < 1 << 12; set++) {
		size_t count = 0;
		for (uint32_t i = 0; i < 12; i++)
			if (set >> i & 1)
				positions[count++] = i;
		char key[16];
		char *end = pack_sortable(pack_term(key, STR("a"), true), set);
		assert_item(table, (struct str){ key, (size_t)(end - key) },
			    positions_tag(positions, count));
	}
}
END_TEST

/* The room is enough for whatever comes: found by the sanitizer if not. */
START_TEST(positions_far_apart)
{
	for (uint32_t count = 1; count < 300; count++) {
		uint32_t *positions = arena_alloc(&arena, count * sizeof(*positions));
		for (uint32_t i = 0; i < count; i++)
			positions[count - 1 - i] = UINT32_MAX - i * (UINT32_MAX / count);
		char *to = memory_alloc(POSITIONS_ROOM(count));
		ck_assert_uint_le((size_t)(pack_positions(to, positions, count) - to),
				  POSITIONS_ROOM(count) - 8);
		free(to);
	}
}
END_TEST

/* ---- term lists ---- */

static struct posting random_term(struct str last)
{
	static const uint32_t wdfs[] = { 1, 3, 30, 126, 127, 128, 5000, 1u << 31 };
	char term[230]; /* NULs count twice */
	size_t len = last.len ? random_below((uint32_t)last.len) : 0;
	if (len)
		memcpy(term, last.data, len);
	if (len < last.len) { /* above the last, whatever follows */
		const unsigned char byte = (unsigned char)last.data[len];
		term[len++] = (char)(byte < 255 ? byte + 1 + random_below(255 - byte) : 255);
	}
	const size_t most = random_below(5) ? 12 : 240;
	for (const size_t end = len + random_below((uint32_t)most) + (len == 0);
	     len < end && len < sizeof(term);)
		term[len++] = (char)random_below(256);
	const struct str copy = arena_copy(&arena, (struct str){ term, len });
	return (struct posting){ .term = copy, .wdf = random_below(wdfs[random_below(8)]) };
}

static size_t random_terms(struct posting *postings, size_t most)
{
	struct str last = { 0 };
	size_t count = 0;
	while (count < most) {
		postings[count] = random_term(last);
		if (str_compare(last, postings[count].term) >= 0)
			break;
		last = postings[count++].term;
	}
	return count;
}

static uint32_t shared_length(struct str a, struct str b)
{
	uint32_t shared = 0;
	while (shared < a.len && shared < b.len && a.data[shared] == b.data[shared])
		shared++;
	return shared;
}

static void add_terms(struct buffer *out, const struct posting *postings, size_t count)
{
	uint32_t length = 0;
	for (size_t i = 0; i < count; i++)
		length += postings[i].wdf;
	struct termlist list;
	termlist_begin(&list, out, length, (uint32_t)count);
	for (size_t i = 0; i < count; i++)
		termlist_add(&list, postings[i].term,
			     i ? shared_length(postings[i - 1].term, postings[i].term) : 0,
			     postings[i].wdf);
	ck_assert_ptr_eq(list.out, out);
}

#define TERMS 40
#define DOCUMENTS 500

/* Terms of random bytes, so that libxapian does not compress the lists. */
START_TEST(term_lists_are_what_libxapian_writes)
{
	static struct posting postings[DOCUMENTS][TERMS];
	static size_t counts[DOCUMENTS];
	struct store_writer *writer = create("db");
	for (uint32_t i = 0; i < DOCUMENTS; i++) {
		counts[i] = random_terms(postings[i], random_below(TERMS));
		const struct document document = { .postings = postings[i],
						   .posting_count = counts[i] };
		uint32_t id;
		assert_ok(store_add(writer, &document, &id, &err));
	}
	finish(writer);
	const struct str table = table_bytes("db/termlist.glass");
	struct buffer tag = { 0 };
	for (uint32_t i = 0; i < DOCUMENTS; i++) {
		char key[PACKED_SORTABLE_MAX];
		add_terms(&tag, postings[i], counts[i]);
		ck_assert_int_eq(tag.len ? tag.data[tag.len] : 0, 0);
		if (tag.len < 2000)
			assert_item(table, sortable(key, i + 1), buffer_str(&tag));
		buffer_reset(&tag);
	}
	buffer_release(&tag);
}
END_TEST

START_TEST(term_lists_by_hand)
{
	struct buffer out = { 0 };
	const struct posting postings[] = {
		{ STR("XPusa"), NULL, 0, 0 },
		{ STR("car"), NULL, 0, 1 },
		{ STR("cat"), NULL, 0, 3 },
		{ STR("cats"), NULL, 0, 126 },
	};
	buffer_add_text(&out, "before");
	add_terms(&out, postings, 4);
	const char *tag = out.data + 6;
	assert_bytes(tag, out.data + out.len,
		     "\x82\x01\x04\x05XPusa\0\x0c\x03"
		     "car\x12\x01t\x03\x01s\x7e");
	const size_t len = out.len;
	add_terms(&out, postings, 0);
	ck_assert_uint_eq(out.len, len);
	buffer_release(&out);
}
END_TEST

static Suite *bulk_packing(void)
{
	Suite *suite = suite_create("bulk packing");
	TCase *tests = tcase_create("packing");
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, numbers);
	tcase_add_test(tests, sortable_numbers);
	tcase_add_test(tests, sortable_numbers_sort);
	tcase_add_test(tests, terms);
	tcase_add_test(tests, positions_by_hand);
	tcase_add_test(tests, positions_are_what_libxapian_writes);
	tcase_add_test(tests, all_short_lists);
	tcase_add_test(tests, positions_far_apart);
	tcase_add_test(tests, term_lists_are_what_libxapian_writes);
	tcase_add_test(tests, term_lists_by_hand);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_packing)
