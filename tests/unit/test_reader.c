#include "reader_testing.h"

#include <errno.h>
#include <malloc.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- telling formats ---- */

#define MANY                                                                                       \
	"many words many words many words many words many words many words many words many words " \
	"many words many words many words many words many words many words many words many words "

static const struct {
	const char *path, *text, *format;
} formats[] = {
	{ "/a", "Some text.", "text" },
	{ "/a", "", "text" },
	{ "/a.txt", "# Number one\n\nText.", "text" },
	{ "/a", "# Number one\n\nText.", "markdown" },
	{ "/a.md", "Some text.", "markdown" },
	{ "/a.MARKDOWN", "Some text.", "markdown" },
	{ "/a", "---\ntitle: A\n---\nText.", "markdown" },
	{ "/a.txt", "---\ntitle: A\n---\nText.", "markdown" },
	{ "/a.txt", "---\nSome text.\n---\nText.", "text" },
	{ "/a.txt", "---\ntitle: A\n\nText.", "text" },
	{ "/a", "{\"title\":\"A\"}", "jsonl" },
	{ "-", "{\"title\":\"A\"}\n", "jsonl" },
	{ "/a.json", "{\"title\":\"A\"}\n", "json" },
	{ "/a.jsonl", "{\"title\":\"A\"}\n", "jsonl" },
	{ "/a.txt", "{\"title\":\"A\"}\n{\"title\":\"B\"}\n", "jsonl" },
	{ "/a.json", "{\"title\":\"A\"}\n{\"title\":\"B\"}\n", "jsonl" },
	{ "/a", "{\"title\":\"A}\"}\n\n{\"title\":\"B\"}\n", "jsonl" },
	{ "/a", "{\"title\":\"\\\"A\",\"x\":[{}]} {\"title\":\"B\"}\n", "json" },
	{ "/a", "{\n  \"title\":\"A\"\n}\n", "json" },
	{ "/a.jsonl", "{\n  \"title\":\"A\"\n}\n", "json" },
	{ "/a", "{\"title\":\"A\",\n\"body\":\"B\"}", "json" },
	{ "/a", "[{\"title\":\"A\"}]", "json" },
	{ "/a.txt", "  [\n  {\"title\":\"A\"}]", "json" },
	{ "/a.json", "[1]", "json" },
	{ "/a", "[1] A note", "text" },
	{ "/a", "[Update] The minister", "text" },
	{ "/a", "{curly} words", "text" },
	{ "/a.json", "Some text", "json" },
	{ "/a.jsonl", "Some text", "jsonl" },
	{ "/a.jsonl", "{\"title\":\"A\n{\"title\":\"B\"}\n", "jsonl" },
	{ "/a", "{\"title\":\"A\n{\"title\":\"B\"}\n", "jsonl" },
	{ "/a", "{\"title\":\"A", "json" },
	{ "/folder.json/a", "Some text.", "text" },
	{ "/a", "\xEF\xBB\xBF{\"title\":\"A\"}\n{\"title\":\"B\"}\n", "jsonl" },
	{ "/a", "\xEF\xBB\xBF---\ntitle: A\n---\nText.", "markdown" },
};

static struct splitter *open_text(struct pieces *pieces, const char *path)
{
	struct splitter *splitter;
	struct error err;
	const enum status status =
		splitter_open((struct input){ pieces_read, pieces, path }, NULL, &splitter, &err);
	ck_assert_msg(status == STATUS_OK, "%s", err.text);
	return splitter;
}

START_TEST(a_format_is_told)
{
	for (size_t piece = 0; piece < 4; piece++) {
		struct pieces pieces = { str_from(formats[_i].text), piece };
		struct splitter *splitter = open_text(&pieces, formats[_i].path);
		ck_assert_str_eq(splitter_reader(splitter)->name, formats[_i].format);
		splitter_close(splitter);
	}
}
END_TEST

/* The first line is longer than all that is looked at. */
START_TEST(a_format_is_told_from_a_giant_line)
{
	static const struct {
		const char *path, *format;
	} paths[] = { { "/a.jsonl", "jsonl" }, { "/a", "jsonl" }, { "/a.json", "json" } };
	struct buffer text = { 0 };
	buffer_add_text(&text, "{\"title\":\"A\",\"body\":\"");
	while (text.len < 2 * SNIFF_BYTES)
		buffer_add_text(&text, MANY);
	buffer_add_text(&text, "\"}\n{\"title\":\"B\"}\n");
	for (size_t i = 0; i < COUNT(paths); i++) {
		struct pieces pieces = { buffer_str(&text), 4096 };
		struct splitter *splitter = open_text(&pieces, paths[i].path);
		ck_assert_str_eq(splitter_reader(splitter)->name, paths[i].format);
		struct record_bytes record;
		ck_assert_int_eq(splitter_next(splitter, &record, NULL), STATUS_OK);
		ck_assert_uint_eq(record.bytes.len, text.len - 15);
		ck_assert_int_eq(splitter_next(splitter, &record, NULL), STATUS_OK);
		assert_str(record.bytes, "{\"title\":\"B\"}");
		ck_assert_int_eq(splitter_next(splitter, &record, NULL), STATUS_END);
		splitter_close(splitter);
	}
	buffer_release(&text);
}
END_TEST

START_TEST(formats_by_name)
{
	ck_assert_str_eq(reader_find(STR("text"))->name, "text");
	ck_assert_str_eq(reader_find(STR("JSONL"))->name, "jsonl");
	ck_assert_ptr_null(reader_find(STR("word")));
	ck_assert_ptr_null(reader_find(STR("")));
	ck_assert_ptr_null(reader_find(STR("json ")));
	size_t count = 0;
	for (; reader_table[count].name; count++)
		ck_assert_ptr_eq(reader_find(str_from(reader_table[count].name)),
				 &reader_table[count]);
	ck_assert_uint_eq(count, 4);
}
END_TEST

START_TEST(a_forced_format)
{
	ck_assert_str_eq(reading_of(STR("{\"title\": \"is text here\"\n\nCoast.\n"), "/a.json",
				    reader_find(STR("text"))),
			 "text\n1:1 /a.json\n  T {\"title\": \"is text here\"\n  P Coast.\n");
	ck_assert_ptr_nonnull(
		strstr(reading_of(STR("<html>Words</html>"), "/a.html", reader_find(STR("text"))),
		       "  T <html>Words</html>\n"));
}
END_TEST

/* ---- what is none of them ---- */

static const struct {
	struct str bytes;
	const char *word;
} foreign[] = {
	{ { "\xFF\xFEt\0i\0", 6 }, "UTF-16" },
	{ { "\xFE\xFF\0t\0i", 6 }, "UTF-16" },
	{ { "\xFF\xFE\0\0t\0\0\0", 8 }, "UTF-32" },
	{ { "\x89PNG\r\n\x1A\n", 8 }, "PNG" },
	{ { "\xFF\xD8\xFF\xE0", 4 }, "JPEG" },
	{ { "GIF89a", 6 }, "GIF" },
	{ { "%PDF-1.7\n", 9 }, "PDF" },
	{ { "PK\3\4\x14", 5 }, "ZIP" },
	{ { "\x1F\x8B\x08", 3 }, "gzip" },
	{ { "\x28\xB5\x2F\xFD", 4 }, "zstd" },
	{ { "<!DOCTYPE html>\n<p>", 19 }, "HTML" },
	{ { "\n <HTML><p>", 11 }, "HTML" },
	{ { "\xEF\xBB\xBF<?xml version", 16 }, "XML" },
	{ { "Words\0words", 11 }, "binary" },
	{ { "\x01\x02\x03", 3 }, "binary" },
};

START_TEST(foreign_content_is_named)
{
	const char *reading = reading_of(foreign[_i].bytes, "/a.txt", NULL);
	ck_assert_msg(strncmp(reading, "BAD_INPUT: ", 11) == 0, "%s", reading);
	ck_assert_msg(strstr(reading, foreign[_i].word) != NULL, "%s", reading);
}
END_TEST

START_TEST(foreign_encodings_are_refused_of_a_forced_format)
{
	const char *reading = reading_of(foreign[0].bytes, "/a.txt", reader_find(STR("jsonl")));
	ck_assert_ptr_nonnull(strstr(reading, "UTF-16"));
}
END_TEST

/* ---- giants: made as they are read ---- */

/* `before`, `count` times `middle`, `after`. */
struct giant {
	const char *before, *middle, *after;
	uint64_t count;
	size_t at; /* in the part at work */
	int part;
	size_t most; /* bytes the allocator had in use at any read */
};

static size_t bytes_in_use(void)
{
	const struct mallinfo2 info = mallinfo2();
	return info.uordblks + info.hblkhd;
}

static ssize_t giant_read(void *context, char *into, size_t size)
{
	struct giant *giant = context;
	const size_t in_use = bytes_in_use();
	giant->most = in_use > giant->most ? in_use : giant->most;
	size_t stored = 0;
	while (stored < size && giant->part < 3) {
		const char *text = giant->part == 0   ? giant->before
				   : giant->part == 1 ? giant->middle
						      : giant->after;
		const size_t len = strlen(text) - giant->at;
		const size_t n = len < size - stored ? len : size - stored;
		memcpy(into + stored, text + giant->at, n);
		stored += n;
		giant->at += n;
		if (text[giant->at])
			continue;
		giant->at = 0;
		if (giant->part != 1 || --giant->count == 0)
			giant->part++;
	}
	return (ssize_t)stored;
}

static void expect(struct splitter *splitter, enum status status, uint64_t line, uint64_t number)
{
	struct record_bytes record;
	struct error err = { 0 };
	ck_assert_int_eq(splitter_next(splitter, &record, &err), status);
	ck_assert_uint_eq(record.origin.line, line);
	ck_assert_uint_eq(record.origin.record, number);
	ck_assert(status == STATUS_OK || strstr(err.text, "64 MiB"));
}

static struct splitter *open_giant(struct giant *giant, const char *path)
{
	struct splitter *splitter;
	ck_assert_int_eq(splitter_open((struct input){ giant_read, giant, path }, NULL, &splitter,
				       NULL),
			 STATUS_OK);
	return splitter;
}

static void expect_end(struct splitter *splitter)
{
	struct record_bytes record;
	ck_assert_int_eq(splitter_next(splitter, &record, NULL), STATUS_END);
	ck_assert_int_eq(splitter_next(splitter, &record, NULL), STATUS_END);
	splitter_close(splitter);
}

#define GIANT_COUNT (RECORD_BYTES_MAX / 160 * 3 / 2)

static const struct {
	const char *path, *before, *middle, *after;
	uint64_t good_lines[3]; /* of records that follow it; 0 ends */
} giants[] = {
	{ "/a.jsonl", "{\"title\":\"A\"}\n{\"title\":\"", MANY, "\"}\n{\"title\":\"C\"}", { 3 } },
	{ "/a.json", "{\n\"title\":\"A\"\n}\n{\"title\":\"", MANY, "\"}\n{\"title\":\n\"C\"}", { 5 } },
	{ "/a.json", "[ {\n\"title\":\"A\"},\n\n{\"title\":\"", MANY, "\"}\n]", { 0 } },
	/* Its end never comes, but a line like its first does. */
	{ "/a.json",
	  "[\n {\"title\":\"A\"},\n {\"title\":\"",
	  MANY,
	  "\n {\"title\":\"C\"},\n {\"title\":\"D\"}]",
	  { 4, 5 } },
};

START_TEST(a_record_over_the_limit_is_skipped)
{
	static const uint64_t lines[] = { 2, 4, 4, 3 };
	struct giant giant = {
		giants[_i].before, giants[_i].middle, giants[_i].after, GIANT_COUNT, 0, 0, 0
	};
	struct splitter *splitter = open_giant(&giant, giants[_i].path);
	expect(splitter, STATUS_OK, _i == 3 ? 2 : 1, 1);
	expect(splitter, STATUS_TOO_LARGE, lines[_i], 2);
	for (uint64_t i = 0; giants[_i].good_lines[i]; i++)
		expect(splitter, STATUS_OK, giants[_i].good_lines[i], 3 + i);
	expect_end(splitter);
	ck_assert_uint_lt(giant.most, 3 * RECORD_BYTES_MAX);
}
END_TEST

START_TEST(a_file_over_the_limit_is_skipped)
{
	struct giant giant = { "Title\n\n", MANY "\n", "End", GIANT_COUNT, 0, 0, 0 };
	struct splitter *splitter = open_giant(&giant, "/a.txt");
	expect(splitter, STATUS_TOO_LARGE, 1, 1);
	expect_end(splitter);
}
END_TEST

/* The limit is exact: it is the record that counts, not how it was read. */
START_TEST(the_limit_is_exact)
{
	for (size_t over = 0; over < 2; over++) {
		/* 11 + 64 Mi - 13 + 2 bytes, and 1 more */
		struct giant giant = { over ? "{\"title\":\" " : "{\"title\":\"",
				       "0123456789abcdef",
				       "4567\"}",
				       (RECORD_BYTES_MAX - 16) / 16,
				       0,
				       0,
				       0 };
		struct splitter *splitter;
		const struct input input = { giant_read, &giant, "/a.json" };
		ck_assert_int_eq(splitter_open(input, reader_find(STR("json")), &splitter, NULL),
				 STATUS_OK);
		expect(splitter, over ? STATUS_TOO_LARGE : STATUS_OK, 1, 1);
		expect_end(splitter);
	}
}
END_TEST

START_TEST(memory_does_not_grow_with_the_file)
{
	static const char *const records[] = { "{\"title\":\"A\",\"body\":\"" MANY "\"}\n",
					       "\n  {\"title\":\"A\",\n\"body\":\"" MANY "\"},\n" };
	struct giant giant = { _i ? "[" : "", records[_i], _i ? "{}]" : "", 200000, 0, 0, 0 };
	if (!_i)
		giant.part = 1;
	const size_t before = bytes_in_use();
	struct splitter *splitter = open_giant(&giant, "/a");
	struct record_bytes record;
	uint64_t count = 0;
	while (splitter_next(splitter, &record, NULL) == STATUS_OK)
		ck_assert_uint_eq(record.origin.record, ++count);
	ck_assert_uint_eq(count, 200000 + _i);
	ck_assert_uint_gt(splitter_bytes(splitter), 200000 * sizeof(MANY));
	splitter_close(splitter);
	ck_assert_uint_lt(giant.most, before + (1 << 20));
}
END_TEST

/* Blank space between records is not kept either. */
START_TEST(white_space_takes_no_memory)
{
	static const char *const befores[] = { "{\"title\":\"A\"}\n{\"title\":\"B\"}\n",
					       "[{\"title\":\"A\"},", "\n" };
	struct giant giant = { befores[_i],
			       "                               \n",
			       _i == 1 ? "]" : "\n",
			       1 << 20,
			       0,
			       0,
			       0 };
	static const size_t counts[] = { 2, 1, 0 };
	const size_t before = bytes_in_use();
	struct splitter *splitter = open_giant(&giant, "/a");
	struct record_bytes record;
	size_t count = 0;
	while (splitter_next(splitter, &record, NULL) == STATUS_OK)
		count++;
	ck_assert_uint_eq(count, counts[_i]);
	splitter_close(splitter);
	ck_assert_uint_lt(giant.most, before + (1 << 20));
}
END_TEST

/* ---- reads that fail ---- */

struct failing {
	struct pieces pieces;
	int error; /* once, when the bytes are used up */
};

static ssize_t failing_read(void *context, char *into, size_t size)
{
	struct failing *failing = context;
	if (failing->pieces.bytes.len || !failing->error)
		return pieces_read(&failing->pieces, into, size);
	errno = failing->error;
	failing->error = 0;
	failing->pieces.bytes = STR("}\n{\"title\":\"C\"}\n");
	return -1;
}

START_TEST(a_failing_read_is_told)
{
	struct failing failing = { { STR("{\"title\":\"A\"}"), 0 }, EIO };
	struct splitter *splitter = (struct splitter *)&failing;
	struct error err;
	ck_assert_int_eq(splitter_open((struct input){ failing_read, &failing, "/a" }, NULL,
				       &splitter, &err),
			 STATUS_SYSTEM);
	ck_assert_str_eq(err.text, "cannot read /a: Input/output error");
	ck_assert_ptr_null(splitter);
	splitter_close(splitter);
	failing = (struct failing){ { STR("{\"title\":\"A\"}"), 0 }, EINTR };
	ck_assert_int_eq(splitter_open((struct input){ failing_read, &failing, "/a" }, NULL,
				       &splitter, &err),
			 STATUS_INTERRUPTED);
}
END_TEST

/* Behind what tells the format, so that it comes in splitter_next. */
START_TEST(an_interrupted_read_loses_nothing)
{
	struct buffer text = { 0 };
	buffer_add_text(&text, "{\"title\":\"A\",\"body\":\"");
	while (text.len < SNIFF_BYTES)
		buffer_add_text(&text, MANY);
	buffer_add_text(&text, "\"}\n{\"title\":\"B\"");
	struct failing failing = { { buffer_str(&text), 0 }, EINTR };
	struct splitter *splitter;
	struct record_bytes record;
	struct error err;
	ck_assert_int_eq(splitter_open((struct input){ failing_read, &failing, "/a.jsonl" }, NULL,
				       &splitter, &err),
			 STATUS_OK);
	ck_assert_int_eq(splitter_next(splitter, &record, &err), STATUS_OK);
	ck_assert_int_eq(splitter_next(splitter, &record, &err), STATUS_INTERRUPTED);
	ck_assert_int_eq(splitter_next(splitter, &record, &err), STATUS_OK);
	assert_str(record.bytes, "{\"title\":\"B\"}");
	ck_assert_int_eq(splitter_next(splitter, &record, &err), STATUS_OK);
	assert_str(record.bytes, "{\"title\":\"C\"}");
	ck_assert_uint_eq(record.origin.line, 3);
	ck_assert_int_eq(splitter_next(splitter, &record, &err), STATUS_END);
	splitter_close(splitter);
	failing = (struct failing){ { buffer_str(&text), 0 }, EIO };
	ck_assert_int_eq(splitter_open((struct input){ failing_read, &failing, "/a.jsonl" }, NULL,
				       &splitter, &err),
			 STATUS_OK);
	ck_assert_int_eq(splitter_next(splitter, &record, &err), STATUS_OK);
	ck_assert_int_eq(splitter_next(splitter, &record, &err), STATUS_SYSTEM);
	splitter_close(splitter);
	buffer_release(&text);
}
END_TEST

/* ---- paths ---- */

START_TEST(paths_are_shown_apart)
{
	static const struct {
		const char *path, *shown;
	} paths[] = {
		{ "/a b/é.txt", "/a b/é.txt" },
		{ "/x\xFF.txt", "/x\\xFF.txt" },
		{ "/x\xFE.txt", "/x\\xFE.txt" },
		{ "/x\\xff.txt", "/x\\x5Cxff.txt" },
		{ "/x\\xfg\\", "/x\\xfg\\" },
		{ "/\xC3", "/\\xC3" },
		{ "/\xC3(", "/\\xC3(" },
		{ "/\xED\xA0\x80", "/\\xED\\xA0\\x80" },
		{ "/\xF0\x9F\x8C\xA7\xF0\x9F", "/\xF0\x9F\x8C\xA7\\xF0\\x9F" },
		{ "/a\x01\t\n\x7F\xC2\x85", "/a\\x01\\x09\\x0A\\x7F\\xC2\\x85" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct buffer shown = { 0 };
		path_show(str_from(paths[i].path), &shown);
		assert_str(buffer_str(&shown), paths[i].shown);
		ck_assert(utf8_is_clean(buffer_str(&shown)));
		buffer_release(&shown);
	}
}
END_TEST

/* An id that could not be asked for is none; the place in the file stays. */
START_TEST(a_path_too_long_is_known_by_its_hash)
{
	static char path[3996];
	struct text_builder builder = { 0 };
	struct arena arena = { 0 };
	struct article article;
	memset(path, 'a', sizeof(path) - 1);
	for (int cut = 0; cut < 2; cut++) {
		const struct record_bytes record = {
			STR("Title"), { str_from(path + cut * 100), 1, 7, false }, NULL, NULL
		};
		ck_assert_int_eq(reader_parse(reader_find(STR("text")), &record, &builder, &arena,
					      &article, NULL),
				 STATUS_OK);
		ck_assert_uint_eq(article.id.len, cut ? 3895 + 2 : 32 + 2);
		ck_assert(memcmp(article.id.data + article.id.len - 2, "#7", 2) == 0);
	}
	text_builder_release(&builder);
	arena_release(&arena);
}
END_TEST

/* ---- articles ---- */

START_TEST(an_article_lives_in_the_arena)
{
	struct buffer json = { 0 };
	buffer_add_text(&json, "{\"title\":\"A\",\"author\":\"Ada Vos\",\"url\":\"u\"}");
	char path[] = "/a.jsonl";
	struct record_bytes record = { buffer_str(&json), { str_from(path), 7, 3, false }, NULL, NULL };
	struct text_builder builder = { 0 };
	struct arena arena = { 0 };
	struct article article;
	ck_assert_int_eq(reader_parse(reader_find(STR("jsonl")), &record, &builder, &arena,
				      &article, NULL),
			 STATUS_OK);
	memset(json.data, 'x', json.len);
	memset(path, 'x', sizeof(path));
	buffer_release(&json);
	text_builder_release(&builder);
	assert_str(article.id, "u");
	assert_str(article.title, "A");
	assert_str(article.authors.items[0], "Ada Vos");
	assert_str(article.origin.path, "/a.jsonl");
	ck_assert_uint_eq(article.origin.line, 7);
	ck_assert_uint_eq(article.origin.record, 3);
	ck_assert(!article.origin.is_single);
	arena_release(&arena);
}
END_TEST

START_TEST(a_text_over_the_limit_is_cut)
{
	struct buffer json = { 0 };
	buffer_add_text(&json, "{\"title\":\"A\",\"body\":\"");
	while (json.len < ARTICLE_TEXT_MAX + 1000)
		buffer_add_text(&json, MANY);
	buffer_add_text(&json, "\"}");
	const struct record_bytes record = { buffer_str(&json), { STR("-"), 1, 1, false }, NULL, NULL };
	struct text_builder builder = { 0 };
	struct arena arena = { 0 };
	struct article article;
	ck_assert_int_eq(reader_parse(reader_find(STR("json")), &record, &builder, &arena, &article,
				      NULL),
			 STATUS_OK);
	ck_assert_uint_le(article.text.len, ARTICLE_TEXT_MAX);
	ck_assert_uint_gt(article.cut, 900);
	ck_assert_uint_eq(article.id.len, 32);
	text_builder_release(&builder);
	arena_release(&arena);
	buffer_release(&json);
}
END_TEST

static Suite *suite(void)
{
	Suite *suite = suite_create("reader");
	TCase *tests = tcase_create("reader");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, a_format_is_told, 0, COUNT(formats));
	tcase_add_test(tests, a_format_is_told_from_a_giant_line);
	tcase_add_test(tests, formats_by_name);
	tcase_add_test(tests, a_forced_format);
	tcase_add_loop_test(tests, foreign_content_is_named, 0, COUNT(foreign));
	tcase_add_test(tests, foreign_encodings_are_refused_of_a_forced_format);
	tcase_add_loop_test(tests, a_record_over_the_limit_is_skipped, 0, COUNT(giants));
	tcase_add_test(tests, a_file_over_the_limit_is_skipped);
	tcase_add_test(tests, the_limit_is_exact);
	tcase_add_loop_test(tests, memory_does_not_grow_with_the_file, 0, 2);
	tcase_add_loop_test(tests, white_space_takes_no_memory, 0, 3);
	tcase_add_test(tests, a_failing_read_is_told);
	tcase_add_test(tests, an_interrupted_read_loses_nothing);
	tcase_add_test(tests, paths_are_shown_apart);
	tcase_add_test(tests, a_path_too_long_is_known_by_its_hash);
	tcase_add_test(tests, an_article_lives_in_the_arena);
	tcase_add_test(tests, a_text_over_the_limit_is_cut);
	suite_add_tcase(suite, tests);
	return suite;
}

TEST_MAIN(suite)
