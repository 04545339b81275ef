/* writing.h: opening and finishing an index in suites that write one. */
#ifndef DATELINE_WRITING_H
#define DATELINE_WRITING_H

#include "../../indexer/writer.h"
#include "testing.h"

static inline struct writer *open_writer_at(const char *path, bool rebuild)
{
	/* Suites find no names in texts. */
	const struct writer_options options = {
		.path = path,
		.rebuild = rebuild,
		.adds = true,
		.mode = ENTITIES_GIVEN,
	};
	struct writer *writer;
	struct error err = { 0 };
	ck_assert_msg(writer_open(&options, &writer, &err) == STATUS_OK, "%s", err.text);
	return writer;
}

static inline void finish(struct writer *writer)
{
	struct error err = { 0 };
	ck_assert_msg(writer_finish(writer, &err) == STATUS_OK, "%s", err.text);
	writer_close(writer);
}

#endif
