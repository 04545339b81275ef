/*
 * reader.h: bytes of a file -> records -> articles, one file a format behind one small interface.
 *
 * Two steps, so that they can run on different threads: *splitting* finds where records end (cheap,
 * in order, one thread a stream) and *parsing* makes a `struct article` of one record's bytes (any
 * thread, no state). Memory is bounded by the longest record (RECORD_BYTES_MAX), not by the file.
 *
 * The words of every error say what is wrong, not where: paths and lines are in the record's origin.
 */
#ifndef DATELINE_READER_H
#define DATELINE_READER_H

#include "dateline/article.h"
#include "dateline/status.h"

#include <sys/types.h>

#define RECORD_BYTES_MAX ((size_t)64 << 20)

/* How many bytes of a stream tell its format; all of it when it is shorter. */
#define SNIFF_BYTES ((size_t)64 << 10)

/*
 * Where bytes come from. `read` returns how many it stored (0: the end, -1: errno says why; EINTR when
 * the reader is asked to stop, so it is not tried again).
 */
struct input {
	ssize_t (*read)(void *context, char *into, size_t size);
	void *context;
	const char *path; /* for messages and ids: absolute, or "-"; borrowed until splitter_close */
};

struct record_bytes {
	struct str bytes; /* borrowed from the splitter until the next call; no blanks at its ends */
	struct origin origin; /* its path is the input's */
	const char *flaw; /* what the splitter found wrong, for reader_parse to say; else NULL */
	const char *lost; /* "file" or "array": the rest of that went into this record, which has no end; else NULL */
};

#define SPLIT_STATE_BYTES 128

/* One stream as a reader's `split` sees it. */
struct split {
	/* Set by the splitter. */
	struct str have; /* the bytes from here on, as far as they were read */
	bool at_end;     /* no more will come */
	bool inside; /* `have` begins inside a record that is too large: its start was dropped */
	uint64_t records; /* before this one */
	void *state;      /* the reader's own, SPLIT_STATE_BYTES, zero when the stream begins */
	/* Set by the reader; zero at each call, but `seen` stays until a record was found. */
	size_t skip;    /* leading bytes of `have` that belong to no record */
	size_t seen;    /* bytes behind `skip` that are of the record and need no second look */
	bool is_single; /* the record is all there is in the stream */
	const char *flaw; /* something is wrong with this record or, when none was found, in its place */
	const char *lost; /* of record_bytes */
};

struct reader {
	const char *name; /* for --format: "text", "markdown", "json", "jsonl" */
	const char *help;
	/*
	 * How sure these first bytes (up to SNIFF_BYTES, `whole` when that is all) of `path` make
	 * it, 0 to 100.
	 */
	int (*sniff)(struct str head, bool whole, const char *path);
	/*
	 * Returns how many bytes behind `skip` the next record takes, 0 when more are needed; at
	 * the end of the stream, 0 means that nothing is left. Never looks at a byte twice, but for
	 * a few at the border.
	 */
	size_t (*split)(struct split *split);
	/* One record -> article, all in `arena`. STATUS_BAD_INPUT: it is wrong, with the reason. */
	enum status (*parse)(const struct record_bytes *record, struct text_builder *builder,
			     struct arena *arena, struct article *article, struct error *err);
};

extern const struct reader reader_table[];         /* ends with a NULL name */
const struct reader *reader_find(struct str name); /* ASCII case ignored; NULL: no such format */

/* ---- splitting ---- */

struct splitter; /* the state of one stream */

/*
 * `forced` NULL: told by content. STATUS_BAD_INPUT when the content is none of the formats (binary,
 * compressed, UTF-16, HTML...); of a forced format only UTF-16 is refused. STATUS_SYSTEM: reading
 * failed; STATUS_INTERRUPTED: with EINTR, and what was read is gone. *splitter is NULL then. A UTF-8
 * byte order mark at the start is taken off.
 */
enum status splitter_open(struct input input, const struct reader *forced,
			  struct splitter **splitter, struct error *err);
void splitter_close(struct splitter *splitter); /* takes NULL */
const struct reader *splitter_reader(const struct splitter *splitter);

/*
 * The next record; STATUS_END after the last, and again when called again. STATUS_TOO_LARGE: a
 * record over RECORD_BYTES_MAX was skipped; record->origin says which; go on. STATUS_INTERRUPTED:
 * a read ended with EINTR; nothing is lost, go on or close. STATUS_SYSTEM: reading failed.
 */
enum status splitter_next(struct splitter *splitter, struct record_bytes *record, struct error *err);

/* Bytes taken from the input so far, for progress. */
uint64_t splitter_bytes(const struct splitter *splitter);

/* ---- parsing ---- */

#define ID_BYTES_MAX                                                                               \
	((size_t)4000) /* a longer id is refused, a longer URL dropped: a filter takes 4096 */
#define NAME_BYTES_MAX ((size_t)1024) /* of an author, a topic, a source...; longer ones are cut */

/*
 * A path may have any bytes. For people and in ids it is valid UTF-8 in which different paths still differ: every
 * byte of what is ill-formed or a control is written as \xHH, and so is a backslash that could begin one of these.
 */
void path_show(struct str path, struct buffer *out);

/*
 * Parses with `reader`, then completes what every format shares: an id (its own, else its url, else
 * path and place in the file: "PATH" or "PATH#RECORD", with the path's hash instead when that is over ID_BYTES_MAX;
 * for standard input the hash of its bytes), the origin with its path as it is, text made valid. Everything in *article lives in `arena`. STATUS_BAD_INPUT: this record
 * is wrong, and the reason names the line too when it is not the record's first.
 */
enum status reader_parse(const struct reader *reader, const struct record_bytes *record,
			 struct text_builder *builder, struct arena *arena, struct article *article,
			 struct error *err);

#endif
