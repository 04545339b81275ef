/*
 * One buffer holds the record at work and what was read beyond it. Readers look at it in place, so that
 * a record is moved only when it lies across the end of what was read.
 */
#include "reader.h"

#include "foreign.h"
#include "lines.h"

#include <errno.h>
#include <stdlib.h>

#define BUFFER_BYTES ((size_t)256 << 10) /* at first; it grows with the longest record */
#define READ_MIN ((size_t)64 << 10)      /* no read is asked for less, */
#define READ_MAX ((size_t)1 << 20)       /* or for more */

struct splitter {
	struct input input;
	const struct reader *reader;
	char *data;
	size_t capacity, start, end; /* what is not used up is data[start..end) */
	size_t handed;               /* bytes from start that the last call handed out */
	bool at_end;
	uint64_t bytes;
	uint64_t line; /* of data[start] */
	uint64_t lost; /* line of a record that is being skipped; else 0 */
	struct split split;
};

/* ---- bytes ---- */

static void make_room(struct splitter *splitter)
{
	if (splitter->capacity - splitter->end >= READ_MIN)
		return;
	const size_t used = splitter->end - splitter->start;
	memmove(splitter->data, splitter->data + splitter->start, used);
	splitter->start = 0;
	splitter->end = used;
	if (splitter->capacity - used >= splitter->capacity / 2)
		return;
	splitter->capacity *= 2;
	splitter->data = memory_grow(splitter->data, splitter->capacity);
}

static enum status fill(struct splitter *splitter, struct error *err)
{
	make_room(splitter);
	const size_t room = splitter->capacity - splitter->end;
	const ssize_t got = splitter->input.read(splitter->input.context,
						 splitter->data + splitter->end,
						 room < READ_MAX ? room : READ_MAX);
	if (got < 0 && errno == EINTR)
		return error_set(err, STATUS_INTERRUPTED, "reading was interrupted");
	if (got < 0)
		return error_system(err, "read", splitter->input.path);
	splitter->at_end = got == 0;
	splitter->end += (size_t)got;
	splitter->bytes += (uint64_t)got;
	return STATUS_OK;
}

static void advance(struct splitter *splitter, size_t n)
{
	const char *at = splitter->data + splitter->start, *end = at + n;
	splitter->start += n;
	for (; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++)
		splitter->line++;
}

/* ---- opening ---- */

static const struct reader *tell_format(struct str head, bool whole, const char *path)
{
	const struct reader *best = reader_table;
	int most = -1;
	for (const struct reader *reader = reader_table; reader->name; reader++) {
		const int sure = reader->sniff(head, whole, path);
		if (sure > most) {
			most = sure;
			best = reader;
		}
	}
	return best;
}

static enum status begin(struct splitter *splitter, const struct reader *forced, struct error *err)
{
	while (!splitter->at_end && splitter->end < SNIFF_BYTES) {
		const enum status status = fill(splitter, err);
		if (status != STATUS_OK)
			return status;
	}
	struct str head = { splitter->data, splitter->end };
	const bool whole = splitter->at_end && head.len <= SNIFF_BYTES;
	head.len = head.len < SNIFF_BYTES ? head.len : SNIFF_BYTES;
	const char *what = forced ? foreign_encoding(head) : foreign_content(head);
	if (what)
		return error_set(err, STATUS_BAD_INPUT, "%s", what);
	if (starts_with(head, STR("\xEF\xBB\xBF"))) {
		splitter->start = 3;
		head = (struct str){ head.data + 3, head.len - 3 };
	}
	splitter->reader = forced ? forced : tell_format(head, whole, splitter->input.path);
	splitter->split.state = memory_zero(1, SPLIT_STATE_BYTES);
	return STATUS_OK;
}

enum status splitter_open(struct input input, const struct reader *forced,
			  struct splitter **splitter, struct error *err)
{
	struct splitter *made = memory_zero(1, sizeof(*made));
	made->input = input;
	made->line = 1;
	made->capacity = BUFFER_BYTES;
	made->data = memory_alloc(made->capacity);
	const enum status status = begin(made, forced, err);
	if (status != STATUS_OK) {
		splitter_close(made);
		made = NULL;
	}
	*splitter = made;
	return status;
}

void splitter_close(struct splitter *splitter)
{
	if (!splitter)
		return;
	free(splitter->split.state);
	free(splitter->data);
	free(splitter);
}

const struct reader *splitter_reader(const struct splitter *splitter)
{
	return splitter->reader;
}

uint64_t splitter_bytes(const struct splitter *splitter)
{
	return splitter->bytes;
}

/* ---- records ---- */

static void describe(struct splitter *splitter, uint64_t line, struct record_bytes *record)
{
	*record = (struct record_bytes){
		.bytes = { "", 0 },
		.origin = {
			.path = str_from(splitter->input.path),
			.line = line,
			.record = ++splitter->split.records,
			.is_single = splitter->split.is_single,
		},
		.flaw = splitter->split.flaw,
		.lost = splitter->split.lost,
	};
	splitter->split.seen = 0;
}

static enum status report_lost(struct splitter *splitter, struct record_bytes *record,
			       struct error *err)
{
	describe(splitter, splitter->lost, record);
	splitter->lost = 0;
	return error_set(err, STATUS_TOO_LARGE, "over the limit of %zu MiB for one record",
			 RECORD_BYTES_MAX >> 20);
}

/* What `split` says of the bytes at hand: a record in them, and how many bytes it takes. */
static size_t look(struct splitter *splitter)
{
	struct split *split = &splitter->split;
	split->have =
		(struct str){ splitter->data + splitter->start, splitter->end - splitter->start };
	split->at_end = splitter->at_end;
	split->inside = splitter->lost != 0;
	split->skip = 0;
	split->is_single = false;
	split->flaw = split->lost = NULL;
	const size_t take = splitter->reader->split(split);
	advance(splitter, split->skip);
	return take;
}

/* A record that is over the limit already is let go of, but its end is still looked for. */
static void drop_large(struct splitter *splitter)
{
	struct split *split = &splitter->split;
	if (!splitter->lost && split->seen <= RECORD_BYTES_MAX)
		return;
	if (!splitter->lost)
		splitter->lost = splitter->line;
	advance(splitter, split->seen);
	split->seen = 0;
}

static enum status hand_out(struct splitter *splitter, size_t take, struct record_bytes *record,
			    struct error *err)
{
	splitter->handed = take;
	if (!splitter->lost && take > RECORD_BYTES_MAX)
		splitter->lost = splitter->line;
	if (splitter->lost)
		return report_lost(splitter, record, err);
	describe(splitter, splitter->line, record);
	record->bytes = str_trim((struct str){ splitter->data + splitter->start, take });
	return STATUS_OK;
}

enum status splitter_next(struct splitter *splitter, struct record_bytes *record, struct error *err)
{
	advance(splitter, splitter->handed);
	splitter->handed = 0;
	for (;;) {
		const size_t take = look(splitter);
		if (take)
			return hand_out(splitter, take, record, err);
		if (splitter->at_end && splitter->lost)
			return hand_out(splitter, 0, record, err);
		if (splitter->at_end && splitter->split.flaw) {
			describe(splitter, splitter->line, record);
			return STATUS_OK;
		}
		if (splitter->at_end)
			return STATUS_END;
		drop_large(splitter);
		const enum status status = fill(splitter, err);
		if (status != STATUS_OK)
			return status;
	}
}
