#include "../../indexer/bulk/postlist.h"
#include "../../indexer/bulk/values.h"
#include "bulk_equal.h"

/* ---- where chunks end ---- */

static struct table *postings_table(const char *name)
{
	struct table *table;
	assert_ok(table_create(path(name), TABLE_BLOCK_SIZE, &table, &err));
	return table;
}

/* How many keys the table has; frees it. */
static uint64_t end_table(struct table *table)
{
	struct table_root root;
	assert_ok(table_finish(table, &root, &err));
	table_free(table);
	return root.entries;
}

/* Entries of two bytes, but one in the first: after 1001 of them, 2000 are reached. */
static uint64_t chunks_of(uint32_t documents, bool lengths)
{
	struct postlist list = { 0 };
	struct table *table = postings_table("table");
	for (uint32_t i = 1; i <= documents; i++)
		postlist_add(&list, i, 1);
	if (lengths)
		assert_ok(postlist_end_lengths(&list, table, &err));
	else
		assert_ok(postlist_end(&list, STR("rain"), table, &err));
	postlist_release(&list);
	return end_table(table);
}

START_TEST(chunks_end_in_time)
{
	for (int lengths = 0; lengths < 2; lengths++) {
		ck_assert_uint_eq(chunks_of(0, lengths), 0);
		ck_assert_uint_eq(chunks_of(1, lengths), 1);
		ck_assert_uint_eq(chunks_of(1001, lengths), 1);
		ck_assert_uint_eq(chunks_of(1002, lengths), 2);
		ck_assert_uint_eq(chunks_of(2002, lengths), 2);
		ck_assert_uint_eq(chunks_of(2003, lengths), 3);
	}
}
END_TEST

/* Of 18 bytes each; the first takes 19 in the chunk, others 20; 2000 are reached after 101 of them. */
static uint64_t value_chunks_of(uint32_t documents)
{
	struct values *values;
	struct table *table = postings_table("table");
	assert_ok(values_new(folder, &values, &err));
	for (uint32_t i = 1; i <= documents; i++)
		assert_ok(values_add(values, i, 3, STR("eighteen bytes all"), &err));
	assert_ok(values_write(values, table, &err));
	values_free(values);
	const uint64_t entries = end_table(table);
	return entries ? entries - 1 : 0; /* without that of the bounds */
}

START_TEST(chunks_of_values_end_in_time)
{
	ck_assert_uint_eq(value_chunks_of(0), 0);
	ck_assert_uint_eq(value_chunks_of(1), 1);
	ck_assert_uint_eq(value_chunks_of(101), 1);
	ck_assert_uint_eq(value_chunks_of(102), 2);
	ck_assert_uint_eq(value_chunks_of(202), 2);
	ck_assert_uint_eq(value_chunks_of(203), 3);
}
END_TEST

/* A list takes hardly more memory than it will on disk, and the next one takes no more. */
START_TEST(memory_of_a_list)
{
	enum { DOCUMENTS = 1000000 };
	struct postlist list = { 0 };
	for (uint32_t i = 1; i <= DOCUMENTS; i++)
		postlist_add(&list, 2 * i, i % 100);
	ck_assert_uint_lt(list.capacity, 2 * DOCUMENTS * 17 / 10);
	struct table *table = postings_table("table");
	assert_ok(postlist_end(&list, STR("rain"), table, &err));
	const size_t capacity = list.capacity;
	for (uint32_t i = 1; i <= DOCUMENTS; i++)
		postlist_add(&list, 2 * i, i % 100);
	assert_ok(postlist_end(&list, STR("rains"), table, &err));
	ck_assert_uint_eq(list.capacity, capacity);
	postlist_release(&list);
	ck_assert_uint_gt(end_table(table), 2 * (uint64_t)DOCUMENTS * 2 / 2100);
}
END_TEST

/* ---- as libxapian reads it ---- */

/* Gaps of all sizes, so that numbers take one byte to five, in the list and in keys. */
static uint32_t *random_documents(uint32_t count)
{
	uint32_t *ids = arena_alloc(&corpus, count * sizeof(*ids));
	uint32_t id = 0;
	for (uint32_t i = 0; i < count; i++) {
		id += 1 + random_below(1u << random_below(random_below(200) ? 8 : 24));
		ids[i] = id;
	}
	return ids;
}

/* In their order, which that of their keys is too. */
static const struct str terms[] = { { "\0", 1 },   { "a", 1 },       { "a\0", 2 },
				    { "a\0b", 3 }, { "a\0\xff", 3 }, { "b", 1 } };

/* Terms of each document are those of its bits; term lists say so too, that libxapian's check finds no fault. */
static void make_lists(struct made_database *made, const uint32_t *ids, const uint8_t *bits)
{
	struct postlist list = { 0 };
	for (uint32_t i = 0; i < made->count; i++)
		postlist_add(&list, ids[i], (uint32_t)__builtin_popcount(bits[i]) * 300);
	assert_ok(postlist_end_lengths(&list, made->tables[BULK_POSTINGS], &err));
	for (unsigned term = 0; term < 6; term++) {
		for (uint32_t i = 0; i < made->count; i++)
			if (bits[i] >> term & 1)
				postlist_add(&list, ids[i], 300);
		assert_ok(postlist_end(&list, terms[term], made->tables[BULK_POSTINGS], &err));
	}
	postlist_release(&list);
	struct buffer tag = { 0 };
	for (uint32_t i = 0; i < made->count; i++) {
		char key[PACKED_SORTABLE_MAX];
		struct termlist out;
		const uint32_t count = (uint32_t)__builtin_popcount(bits[i]);
		buffer_reset(&tag);
		termlist_begin(&out, &tag, count * 300, count);
		for (unsigned term = 0; term < 6; term++)
			if (bits[i] >> term & 1)
				termlist_add(&out, terms[term], 0, 300);
		assert_ok(table_add(made->tables[BULK_TERMLISTS],
				    end_of_key(key, pack_sortable(key, ids[i])), buffer_str(&tag),
				    &err));
		count_document(&made->statistics, count * 300);
		made->statistics.greatest_wdf = 300;
		made->statistics.last_document = ids[i];
	}
	buffer_release(&tag);
}

static void finish_lists(struct made_database *made)
{
	struct metadata metadata = { 0 };
	set_schema(&metadata);
	assert_ok(metadata_write(&metadata, made->tables[BULK_POSTINGS], &err));
	metadata_release(&metadata);
	for (int i = 0; i < BULK_TABLES; i++) {
		if (i != BULK_RECORDS && i != BULK_POSITIONS)
			continue;
		table_free(made->tables[i]);
		made->tables[i] = NULL;
		buffer_reset(&place);
		buffer_add_format(&place, "%s/%s/%s", folder, made->name, bulk_table_file(i));
		ck_assert_int_eq(remove(place.data), 0);
	}
	publish_made(made);
	free_made(made);
}

START_TEST(lists_are_read_back)
{
	enum { DOCUMENTS = 9000 };
	struct made_database made = { .name = "ours", .block_size = 2048, .count = DOCUMENTS };
	const uint32_t *ids = random_documents(DOCUMENTS);
	uint8_t *bits = arena_alloc(&corpus, DOCUMENTS);
	for (uint32_t i = 0; i < DOCUMENTS; i++)
		bits[i] = (uint8_t)(random_below(64) & (random_below(3) ? 63 : 33));
	make_tables(&made);
	make_lists(&made, ids, bits);
	finish_lists(&made);
	assert_whole(&made);

	struct store *store = open_reader("ours");
	ck_assert_uint_eq(store_count(store), DOCUMENTS);
	ck_assert_uint_eq(store_last_id(store), ids[DOCUMENTS - 1]);
	for (unsigned term = 0; term < 6; term++) {
		struct buffer expected = { 0 };
		for (uint32_t i = 0; i < DOCUMENTS; i++)
			if (bits[i] >> term & 1)
				buffer_add(&expected, &ids[i], sizeof(ids[i]));
		uint32_t count;
		assert_ok(store_frequency(store, terms[term], &count, &err));
		ck_assert_uint_eq(count, expected.len / sizeof(*ids));
		buffer_reset(&bytes);
		assert_ok(store_postings(store, terms[term], &bytes, &err));
		assert_same_bytes(&bytes, &expected, "postings");
		buffer_release(&expected);
	}
	store_close(store);
}
END_TEST

/* ---- bounds of values ---- */

static void add_expected_bounds(uint32_t slot, const struct str *of_slot, uint32_t count,
				struct buffer *item)
{
	struct str low = of_slot[0], high = of_slot[0];
	for (uint32_t i = 1; i < count; i++) {
		low = str_compare(of_slot[i], low) < 0 ? of_slot[i] : low;
		high = str_compare(of_slot[i], high) > 0 ? of_slot[i] : high;
	}
	buffer_add_char(item, slot ? 3 : 2); /* length of the key */
	buffer_add(item, "\0\xd0", 2);
	if (slot)
		buffer_add_char(item, (char)slot);
	buffer_add_varint(item, count);
	buffer_add_counted(item, low);
	if (!str_equal(low, high))
		buffer_add_str(item, high);
}

/* As they stand in our table, and in one that libxapian made of the same values. */
START_TEST(bounds)
{
	enum { DOCUMENTS = 40 };
	struct str given[SLOTS][DOCUMENTS];
	struct values *values;
	struct table *table = postings_table("table");
	struct store_writer *writer = create("theirs");
	assert_ok(values_new(folder, &values, &err));
	for (uint32_t i = 0; i < DOCUMENTS; i++) {
		struct value list[SLOTS];
		uint32_t id;
		for (uint32_t slot = 0; slot < SLOTS; slot++) {
			given[slot][i] = slot == 5 ? STR("always")
						   : corpus_bytes(1 + random_below(9));
			list[slot] = (struct value){ slot, given[slot][i] };
			assert_ok(values_add(values, i + 1, slot, given[slot][i], &err));
		}
		const struct document document = { .values = list, .value_count = SLOTS };
		assert_ok(store_add(writer, &document, &id, &err));
	}
	finish(writer);
	assert_ok(values_write(values, table, &err));
	values_free(values);
	ck_assert_uint_eq(end_table(table), 2 * SLOTS);
	struct buffer ours = { 0 }, theirs = { 0 }, item = { 0 };
	read_whole(".", "table", &ours);
	read_whole("theirs", "postlist.glass", &theirs);
	for (uint32_t slot = 0; slot < SLOTS; slot++) {
		buffer_reset(&item);
		add_expected_bounds(slot, given[slot], DOCUMENTS, &item);
		ck_assert_ptr_nonnull(memmem(ours.data, ours.len, item.data, item.len));
		ck_assert_ptr_nonnull(memmem(theirs.data, theirs.len, item.data, item.len));
	}
	buffer_release(&ours);
	buffer_release(&theirs);
	buffer_release(&item);
}
END_TEST

START_TEST(no_room_for_values)
{
	struct values *values;
	assert_status(values_new(path("no/such"), &values, &err), STATUS_SYSTEM);
	values_free(values);
	values_free(NULL);
}
END_TEST

static void release(void)
{
	arena_release(&corpus);
	tear_down();
}

static Suite *bulk_postlist(void)
{
	Suite *suite = suite_create("bulk postlist");
	TCase *tests = tcase_create("postlist");
	tcase_add_checked_fixture(tests, set_up, release);
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, chunks_end_in_time);
	tcase_add_test(tests, chunks_of_values_end_in_time);
	tcase_add_test(tests, memory_of_a_list);
	tcase_add_test(tests, lists_are_read_back);
	tcase_add_test(tests, bounds);
	tcase_add_test(tests, no_room_for_values);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(bulk_postlist)
