#include "run.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* What is held of a file, unless an entry is longer; and of all files that are read side by side, unless they are very many. */
#define WINDOW_BYTES ((size_t)256 << 10)
#define WINDOW_LEAST ((size_t)8 << 10)
#define WINDOWS_BYTES ((size_t)16 << 20)

/* All of an entry but its last text: a term of 255 bytes and four numbers. */
#define HEAD_MAX 300

struct run_reader {
	int file;              /* -1: all is between `at` and `end` */
	const char *at, *end;  /* what is there and was not given yet */
	struct buffer window;  /* they point into it */
	size_t window_size;    /* bytes that are read at once */
	uint64_t offset, left; /* of what is still in the file */
	uint32_t sequence;
	enum status status;
	struct error err;
};

static struct run_reader *open_part(const struct run *run, const struct run_part *part)
{
	struct run_reader *made = memory_zero(1, sizeof(*made));
	made->file = run->file;
	made->window_size = WINDOW_BYTES;
	made->at = made->end = "";
	if (run->file < 0 && part->bytes.len) {
		made->at = part->bytes.data;
		made->end = made->at + part->bytes.len;
	}
	if (run->file >= 0) {
		made->offset = part->start;
		made->left = part->size;
	}
	return made;
}

struct run_reader *run_read_terms(const struct run *run)
{
	return open_part(run, &run->terms);
}

struct run_reader *run_read_articles(const struct run *run)
{
	return open_part(run, &run->articles);
}

void run_reader_beside(struct run_reader *reader, size_t readers)
{
	const size_t each = WINDOWS_BYTES / readers;
	reader->window_size = each > WINDOW_BYTES   ? WINDOW_BYTES
			      : each < WINDOW_LEAST ? WINDOW_LEAST
						    : each;
}

void run_reader_free(struct run_reader *reader)
{
	if (!reader)
		return;
	buffer_release(&reader->window);
	free(reader);
}

enum status run_reader_status(const struct run_reader *reader, struct error *err)
{
	if (reader->status != STATUS_OK && err)
		*err = reader->err;
	return reader->status;
}

/* ---- the window ---- */

/* The file has no name that could be told. */
static bool failed(struct run_reader *reader, const char *what)
{
	reader->status = error_set(&reader->err, STATUS_SYSTEM,
				   "cannot read back the postings of articles: %s", what);
	reader->at = reader->end;
	reader->left = 0;
	return false;
}

static bool read_more(struct run_reader *reader, size_t wanted)
{
	while (wanted) {
		char *to = reader->window.data + reader->window.len;
		const ssize_t got = pread(reader->file, to, wanted, (off_t)reader->offset);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return failed(reader, strerror(errno));
		if (got == 0)
			return failed(reader, "the file is shorter than it was");
		reader->window.len += (size_t)got;
		reader->offset += (uint64_t)got;
		reader->left -= (uint64_t)got;
		wanted -= (size_t)got;
	}
	return true;
}

/* What was not given yet moves to the front, and as much as there is room for comes behind it: `size` bytes at least. */
static bool fill(struct run_reader *reader, size_t size)
{
	struct buffer *window = &reader->window;
	const size_t kept = (size_t)(reader->end - reader->at);
	if (kept)
		memmove(window->data, reader->at, kept);
	window->len = kept;
	size_t room = size > reader->window_size ? size : reader->window_size;
	if (window->capacity < room + 1) {
		window->data = memory_grow(window->data, room + 1);
		window->capacity = room + 1;
	}
	if (reader->left < room - kept)
		room = kept + (size_t)reader->left;
	if (!read_more(reader, room - kept))
		return false;
	reader->at = window->data;
	reader->end = window->data + window->len;
	return true;
}

/* As many bytes, or all that there are, can be looked at. */
static inline bool has_at_hand(struct run_reader *reader, uint64_t size)
{
	const uint64_t there = (uint64_t)(reader->end - reader->at);
	if (there >= size || reader->left == 0)
		return true;
	return fill(reader, (size_t)(size < there + reader->left ? size : there + reader->left));
}

/* ---- entries ---- */

static bool is_cut(struct run_reader *reader)
{
	return failed(reader, "they are not what was written");
}

/* The text at the end of an entry whose `head` bytes were looked at. It moves when the window does. */
static bool take_text(struct run_reader *reader, size_t head, uint64_t len, struct str *text)
{
	if (!has_at_hand(reader, head + len))
		return false;
	if (len > (uint64_t)(reader->end - reader->at) - head)
		return is_cut(reader);
	*text = (struct str){ reader->at + head, (size_t)len };
	return true;
}

bool run_next_term(struct run_reader *reader, struct run_term *term)
{
	if (!has_at_hand(reader, HEAD_MAX) || reader->at == reader->end)
		return false;
	const char *at = reader->at;
	uint64_t count, bytes;
	if (!counted_read(&at, reader->end, &term->term) ||
	    !varint_read(&at, reader->end, &count) || !varint_read(&at, reader->end, &bytes))
		return is_cut(reader);
	const size_t head = (size_t)(at - reader->at);
	const size_t before = (size_t)(term->term.data - reader->at);
	if (!take_text(reader, head, bytes, &term->postings))
		return false;
	term->term.data = reader->at + before;
	term->count = (uint32_t)count;
	reader->at += head + bytes;
	return true;
}

bool run_next_article(struct run_reader *reader, struct run_article *article)
{
	if (!has_at_hand(reader, HEAD_MAX) || reader->at == reader->end)
		return false;
	const char *at = reader->at;
	uint64_t more, bytes;
	if (!varint_read(&at, reader->end, &more) || !varint_read(&at, reader->end, &bytes))
		return is_cut(reader);
	const size_t head = (size_t)(at - reader->at);
	if (!take_text(reader, head, bytes >> 1, &article->tag))
		return false;
	reader->sequence += (uint32_t)more;
	article->sequence = reader->sequence;
	article->is_deflated = bytes & 1;
	reader->at += head + (bytes >> 1);
	return true;
}
