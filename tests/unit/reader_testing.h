/* reader_testing.h: what the suites of the readers share. */
#ifndef DATELINE_READER_TESTING_H
#define DATELINE_READER_TESTING_H

#include "../reading.h"
#include "testing.h"

static inline void require_in_test(bool condition)
{
	ck_assert_msg(condition, "an article is not as every article must be");
}

/*
 * Reads `bytes` in pieces of 1, 2, 3, 7 and 4096 bytes and at once; all must give the same, which is returned
 * until the next call.
 */
static inline const char *reading_of(struct str bytes, const char *path, const struct reader *forced)
{
	static const size_t sizes[] = { 1, 2, 3, 7, 4096 };
	static struct buffer whole, parts;
	buffer_reset(&whole);
	read_all(bytes, 0, path, forced, &whole, require_in_test);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		buffer_reset(&parts);
		read_all(bytes, sizes[i], path, forced, &parts, require_in_test);
		ck_assert_msg(strcmp(whole.data, parts.data) == 0,
			      "in pieces of %zu bytes:\n%s\nat once:\n%s", sizes[i], parts.data,
			      whole.data);
	}
	buffer_release(&parts);
	return whole.data;
}

/* The same for the beginnings of `bytes` of every length; only that nothing breaks is asked. */
static inline void read_beginnings(struct str bytes, const char *path, const struct reader *forced)
{
	struct buffer whole = { 0 }, parts = { 0 };
	for (size_t len = 0; len <= bytes.len; len++) {
		/* An own copy ends where it ends, so that reading too far is found. */
		char *exact = memory_alloc(len);
		memcpy(exact, bytes.data, len);
		buffer_reset(&whole);
		buffer_reset(&parts);
		read_all((struct str){ exact, len }, 0, path, forced, &whole, require_in_test);
		read_all((struct str){ exact, len }, 1, path, forced, &parts, require_in_test);
		ck_assert_str_eq(whole.data, parts.data);
		free(exact);
	}
	buffer_release(&whole);
	buffer_release(&parts);
}

#define assert_reading(path, text, expected)                                                       \
	ck_assert_str_eq(reading_of(STR(text), path, NULL), expected)

#endif
