#include "dateline/memory.h"

#include "testing.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static struct buffer buffer;
static struct arena arena;

static void tear_down(void)
{
	buffer_release(&buffer);
	arena_release(&arena);
}

/* ---- texts ---- */

START_TEST(texts_are_compared_by_bytes)
{
	const struct str none = { NULL, 0 };
	ck_assert(str_equal(STR("a"), STR("a")));
	ck_assert(!str_equal(STR("a"), STR("b")));
	ck_assert(!str_equal(STR("a"), STR("a\0")));
	ck_assert(str_equal(STR(""), none));
	ck_assert(str_equal(none, none));
	ck_assert_int_lt(str_compare(STR("a"), STR("b")), 0);
	ck_assert_int_gt(str_compare(STR("b"), STR("a")), 0);
	ck_assert_int_eq(str_compare(STR("ab"), STR("ab")), 0);
	ck_assert_int_lt(str_compare(STR("a"), STR("ab")), 0);
	ck_assert_int_gt(str_compare(STR("ab"), STR("a")), 0);
	ck_assert_int_lt(str_compare(none, STR("a")), 0);
	ck_assert_int_eq(str_compare(none, STR("")), 0);
	ck_assert_int_gt(str_compare(STR("\xC3\xA9"), STR("z")), 0);
	ck_assert_int_lt(str_compare(STR("a\0a"), STR("a\0b")), 0);
	ck_assert_uint_eq(str_from(NULL).len, 0);
	assert_str(str_from("four"), "four");
}
END_TEST

START_TEST(texts_are_trimmed)
{
	assert_str(str_trim(STR("  \t\r\n two words \v\f")), "two words");
	assert_str(str_trim(STR("")), "");
	assert_str(str_trim(STR(" \n ")), "");
	assert_str(str_trim(STR("\xC2\xA0x")), "\xC2\xA0x");
	ck_assert_uint_eq(str_trim((struct str){ NULL, 0 }).len, 0);
}
END_TEST

/* ---- buffers ---- */

START_TEST(buffers_grow_and_end_in_a_nul)
{
	assert_str(buffer_str(&buffer), "");
	for (size_t i = 1; i <= 5000; i++) {
		buffer_add_char(&buffer, (char)('a' + i % 26));
		ck_assert_uint_eq(buffer.len, i);
		ck_assert_int_eq(buffer.data[i], '\0');
		ck_assert_uint_gt(buffer.capacity, i);
	}
	for (size_t i = 1; i <= 5000; i++)
		ck_assert_int_eq(buffer.data[i - 1], (char)('a' + i % 26));
}
END_TEST

START_TEST(buffers_take_all_kinds)
{
	buffer_add(&buffer, "a\0b", 3);
	buffer_add(&buffer, NULL, 0);
	buffer_add_str(&buffer, STR("str"));
	buffer_add_text(&buffer, "text");
	buffer_add_format(&buffer, "%d-%s", 7, "x");
	buffer_add_format(&buffer, "%s", "");
	memcpy(buffer_extend(&buffer, 2), "zz", 2);
	ck_assert(str_equal(buffer_str(&buffer), STR("a\0bstrtext7-xzz")));
	const size_t capacity = buffer.capacity;
	buffer_reset(&buffer);
	assert_str(buffer_str(&buffer), "");
	ck_assert_str_eq(buffer.data, "");
	ck_assert_uint_eq(buffer.capacity, capacity);
	buffer_release(&buffer);
	ck_assert_ptr_null(buffer.data);
	buffer_release(&buffer);
	buffer_reset(&buffer);
	buffer_add_text(&buffer, "again");
	assert_str(buffer_str(&buffer), "again");
}
END_TEST

START_TEST(formats_may_be_long)
{
	char text[3000];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	buffer_add_text(&buffer, "<");
	buffer_add_format(&buffer, "%s|%s>", text, text);
	ck_assert_uint_eq(buffer.len, 2 * (sizeof(text) - 1) + 3);
	ck_assert_int_eq(buffer.data[buffer.len - 1], '>');
}
END_TEST

/* ---- numbers ---- */

static void assert_varint(uint64_t value, size_t size)
{
	uint64_t back = ~value;
	buffer_reset(&buffer);
	buffer_add_varint(&buffer, value);
	ck_assert_uint_eq(buffer.len, size);
	const char *at = buffer.data;
	ck_assert(varint_read(&at, buffer.data + buffer.len, &back));
	ck_assert_uint_eq(back, value);
	ck_assert_ptr_eq(at, buffer.data + size);
	for (size_t len = 0; len < size; len++) {
		at = buffer.data;
		ck_assert(!varint_read(&at, buffer.data + len, &back));
		ck_assert_ptr_eq(at, buffer.data);
	}
}

START_TEST(varints_come_back)
{
	assert_varint(0, 1);
	assert_varint(300, 2);
	for (unsigned bits = 1; bits <= 64; bits++) {
		const uint64_t largest = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
		assert_varint(largest, (bits + 6) / 7);
		assert_varint(largest ^ (largest >> 1), (bits + 6) / 7);
	}
	buffer_reset(&buffer);
	buffer_add_varint(&buffer, 300);
	ck_assert(str_equal(buffer_str(&buffer), STR("\xAC\x02")));
}
END_TEST

START_TEST(varints_over_64_bits_are_refused)
{
	static const struct str wrong[] = {
		STR("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"),
		STR("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00"),
		STR("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const char *at = wrong[i].data;
		uint64_t value;
		ck_assert(!varint_read(&at, at + wrong[i].len, &value));
		ck_assert_ptr_eq(at, wrong[i].data);
	}
}
END_TEST

START_TEST(counted_texts_come_back)
{
	static const struct str texts[] = { STR(""), STR("one"), STR("a\0b") };
	char giant[1000];
	memset(giant, 'g', sizeof(giant));
	for (int i = 0; i < 3; i++)
		buffer_add_counted(&buffer, texts[i]);
	buffer_add_counted(&buffer, (struct str){ giant, sizeof(giant) });
	const char *at = buffer.data, *end = at + buffer.len;
	struct str back;
	for (int i = 0; i < 3; i++) {
		ck_assert(counted_read(&at, end, &back));
		ck_assert(str_equal(back, texts[i]));
	}
	const char *before = at;
	for (const char *cut = before; cut < end; cut++) {
		ck_assert(!counted_read(&at, cut, &back));
		ck_assert_ptr_eq(at, before);
	}
	ck_assert(counted_read(&at, end, &back));
	ck_assert_uint_eq(back.len, sizeof(giant));
	ck_assert_ptr_eq(at, end);
	ck_assert(!counted_read(&at, end, &back));
	/* A length that no pointer could hold. */
	static const char lie[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01x";
	at = lie;
	ck_assert(!counted_read(&at, lie + sizeof(lie) - 1, &back));
}
END_TEST

/* ---- arrays and arenas ---- */

START_TEST(arrays_grow_by_half)
{
	uint32_t *items = NULL;
	size_t capacity = 0, moves = 0;
	for (size_t count = 0; count < 100000; count++) {
		const size_t before = capacity;
		memory_reserve(&items, &capacity, count, sizeof(*items));
		ck_assert_uint_gt(capacity, count);
		moves += capacity != before;
		items[count] = (uint32_t)count;
	}
	ck_assert_uint_lt(moves, 40);
	for (size_t i = 0; i < 100000; i++)
		ck_assert_uint_eq(items[i], i);
	free(items);
}
END_TEST

START_TEST(arenas_give_aligned_pieces_of_their_own)
{
	unsigned char *pieces[500];
	for (size_t i = 0; i < 500; i++) {
		pieces[i] = arena_alloc(&arena, i * 7);
		ck_assert_uint_eq((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
		memset(pieces[i], (int)(i & 0xFF), i * 7);
	}
	for (size_t i = 0; i < 500; i++)
		for (size_t k = 0; k < i * 7; k++)
			ck_assert_uint_eq(pieces[i][k], i & 0xFF);
	ck_assert_uint_ge(arena.total, 500 * 499 / 2 * 7);
}
END_TEST

START_TEST(arenas_give_zeros_and_copies)
{
	memset(arena_alloc(&arena, 50000), 'x', 50000);
	arena_reset(&arena);
	const unsigned char *zeros = arena_zero(&arena, 1000, 7);
	for (size_t i = 0; i < 7000; i++)
		ck_assert_uint_eq(zeros[i], 0);
	ck_assert_ptr_nonnull(arena_zero(&arena, 0, 7));
	ck_assert_ptr_nonnull(arena_zero(&arena, 7, 0));
	char text[] = "rain";
	const struct str copy = arena_copy(&arena, (struct str){ text, 4 });
	text[0] = 'p';
	ck_assert_str_eq(copy.data, "rain");
	ck_assert_str_eq(arena_copy(&arena, (struct str){ NULL, 0 }).data, "");
}
END_TEST

START_TEST(a_reset_arena_keeps_one_block)
{
	arena_reset(&arena);
	ck_assert_uint_eq(arena.total, 0);
	for (int i = 0; i < 100; i++)
		arena_alloc(&arena, 10000);
	const size_t before = arena.total;
	arena_reset(&arena);
	ck_assert_uint_gt(arena.total, 0);
	ck_assert_uint_lt(arena.total, before / 5);
	const size_t kept = arena.total;
	arena_alloc(&arena, 10000);
	ck_assert_uint_eq(arena.total, kept);
	/* A giant is not kept. */
	arena_alloc(&arena, (size_t)10 << 20);
	arena_reset(&arena);
	ck_assert_uint_le(arena.total, kept);
	arena_release(&arena);
	ck_assert_uint_eq(arena.total, 0);
	arena_release(&arena);
}
END_TEST

/* Blocks that were given out once are given out again, and no more of them are held than was said. */
START_TEST(a_reset_arena_gives_its_blocks_again)
{
	void *first[8];
	for (int i = 0; i < 8; i++)
		first[i] = arena_alloc(&arena, 60000);
	const size_t total = arena.total;
	arena_reset(&arena);
	for (int i = 0; i < 8; i++) {
		char *again = memset(arena_alloc(&arena, 60000), 'x', 60000);
		bool known = false;
		for (int k = 0; k < 8; k++)
			known |= again == first[k];
		ck_assert(known);
	}
	ck_assert_uint_eq(arena.total, total);
	for (int i = 0; i < 100; i++)
		arena_alloc(&arena, 60000);
	arena_reset(&arena);
	ck_assert_uint_le(arena.spare_count, 31);
	arena_release(&arena);
	ck_assert_ptr_null(arena.spare);
}
END_TEST

/* ---- none left ---- */

/* The allocator of the address sanitizer ends the process in its own way: the first three are not for it. */
#ifdef __SANITIZE_ADDRESS__
#define FIRST_WAY 3
#else
#define FIRST_WAY 0
#endif

static void ask_for_too_much(int how)
{
	size_t capacity = SIZE_MAX / 4;
	void *items = NULL;
	switch (how) {
	case 0:
		memory_alloc(SIZE_MAX / 4);
		break;
	case 1:
		memory_zero(SIZE_MAX / 4, 16);
		break;
	case 2:
		memory_grow(NULL, SIZE_MAX / 4);
		break;
	case 3:
		memory_reserve(&items, &capacity, capacity, 16);
		break;
	case 4:
		buffer_extend(&buffer, SIZE_MAX - 1);
		break;
	case 5:
		arena_alloc(&arena, SIZE_MAX - 1);
		break;
	case 6:
		arena_zero(&arena, SIZE_MAX / 4, 16);
		break;
	default:
		memory_exhausted();
	}
}

/* The process ends in one line on standard error, with exit code 2. */
START_TEST(running_out_ends_the_process)
{
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	const pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		ask_for_too_much(_i);
		_exit(0);
	}
	close(ends[1]);
	char text[256];
	const ssize_t len = read(ends[0], text, sizeof(text) - 1);
	close(ends[0]);
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 2);
	ck_assert_int_gt(len, 0);
	text[len] = '\0';
	ck_assert_ptr_nonnull(strstr(text, "out of memory"));
	ck_assert_ptr_eq(strchr(text, '\n'), text + len - 1);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("memory");
	TCase *tests = tcase_create("memory");
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, texts_are_compared_by_bytes);
	tcase_add_test(tests, texts_are_trimmed);
	tcase_add_test(tests, buffers_grow_and_end_in_a_nul);
	tcase_add_test(tests, buffers_take_all_kinds);
	tcase_add_test(tests, formats_may_be_long);
	tcase_add_test(tests, varints_come_back);
	tcase_add_test(tests, varints_over_64_bits_are_refused);
	tcase_add_test(tests, counted_texts_come_back);
	tcase_add_test(tests, arrays_grow_by_half);
	tcase_add_test(tests, arenas_give_aligned_pieces_of_their_own);
	tcase_add_test(tests, arenas_give_zeros_and_copies);
	tcase_add_test(tests, a_reset_arena_keeps_one_block);
	tcase_add_test(tests, a_reset_arena_gives_its_blocks_again);
	tcase_add_loop_test(tests, running_out_ends_the_process, FIRST_WAY, 8);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(make_suite)
