/*
 * reader_fuzz.h: what the targets of the readers demand: bytes of any kind give articles as articles must
 * be, or words of what is wrong, and the same in pieces of any size.
 */
#ifndef DATELINE_READER_FUZZ_H
#define DATELINE_READER_FUZZ_H

#include "../reading.h"

static inline void require_or_abort(bool condition)
{
	if (!condition)
		abort();
}

static inline void fuzz_pieces(struct str bytes, const char *path, const struct reader *reader)
{
	static const size_t sizes[] = { 1, 2, 3, 7 };
	struct buffer whole = { 0 }, parts = { 0 };
	read_all(bytes, 0, path, reader, &whole, require_or_abort);
	read_all(bytes, sizes[bytes.len % 4], path, reader, &parts, require_or_abort);
	require_or_abort(str_equal(buffer_str(&whole), buffer_str(&parts)));
	buffer_release(&whole);
	buffer_release(&parts);
}

/* As the format `name`, and as what it is told to be. */
static inline void fuzz_reader(const char *name, const char *path, const uint8_t *data, size_t size)
{
	const struct str bytes = { (const char *)data, size };
	fuzz_pieces(bytes, path, reader_find(str_from(name)));
	fuzz_pieces(bytes, path, NULL);
	fuzz_pieces(bytes, "-", NULL);
}

#endif
