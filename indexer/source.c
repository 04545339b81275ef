#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

void source_init(struct source *source, const struct walk *walk, const struct reader *format,
		 struct report *report, int stop)
{
	*source = (struct source){
		.walk = walk,
		.format = format,
		.report = report,
		.stop = stop,
		.descriptor = -1,
	};
}

/* Waits for bytes or for the sign to stop, whichever comes first. */
static ssize_t read_input(void *context, char *into, size_t size)
{
	struct source *source = context;
	struct pollfd waits[] = {
		{ .fd = source->descriptor, .events = POLLIN },
		{ .fd = source->stop, .events = POLLIN },
	};
	for (;;) {
		if (poll(waits, 2, -1) < 0 && errno != EINTR)
			return -1;
		if (waits[1].revents) {
			source->stopped = true;
			errno = EINTR;
			return -1;
		}
		if (!waits[0].revents)
			continue;
		const ssize_t got = read(source->descriptor, into, size);
		if (got >= 0 || (errno != EINTR && errno != EAGAIN))
			return got;
	}
}

static void close_file(struct source *source)
{
	splitter_close(source->splitter);
	source->splitter = NULL;
	if (source->descriptor > STDIN_FILENO)
		close(source->descriptor);
	source->descriptor = -1;
	source->file = NULL;
}

void source_close(struct source *source)
{
	close_file(source);
}

static bool is_stdin(const struct walk_file *file)
{
	return str_equal(file->path, STR("-"));
}

static enum status open_file(struct source *source, struct error *err)
{
	const struct walk_file *file = source->file;
	if (file->err) {
		*err = *file->err;
		return err->status;
	}
	source->counted = 0;
	/* Opening a pipe that nobody writes to would wait where no signal is looked at. */
	source->descriptor = is_stdin(file) ? STDIN_FILENO
					    : open(file->path.data,
						   O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (source->descriptor < 0)
		return error_system(err, "open", file->path.data);
	const struct input input = { read_input, source, file->path.data };
	return splitter_open(input, source->format, &source->splitter, err);
}

static void count_bytes(struct source *source)
{
	const uint64_t now = splitter_bytes(source->splitter);
	atomic_fetch_add(&source->report->bytes_read, now - source->counted);
	source->counted = now;
}

/* A picture among the articles of a folder is no failure; a file that was named is expected to be read. */
static bool is_passed_over(const struct walk_file *file, enum status status)
{
	return status == STATUS_BAD_INPUT && !file->named && !file->err;
}

static enum source_step next_file(struct source *source, struct error *err)
{
	if (source->next == source->walk->count)
		return SOURCE_END;
	source->file = &source->walk->files[source->next++];
	const enum status status = open_file(source, err);
	if (source->stopped)
		return SOURCE_END;
	atomic_fetch_add(&source->report->files, 1);
	if (status == STATUS_OK)
		return SOURCE_OPENED;
	const bool passed_over = is_passed_over(source->file, status);
	atomic_fetch_add(&source->report->skipped_files, passed_over);
	return passed_over ? SOURCE_SKIPPED : SOURCE_FAILURE;
}

enum source_step source_next(struct source *source, struct record_bytes *record,
			     const struct reader **reader, struct error *err)
{
	while (!source->stopped) {
		*record = (struct record_bytes){ 0 };
		if (!source->splitter) {
			close_file(source);
			const enum source_step step = next_file(source, err);
			if (source->file)
				record->origin.path = source->file->path;
			return step;
		}
		record->origin.path = source->file->path;
		const enum status status = splitter_next(source->splitter, record, err);
		count_bytes(source);
		if (source->stopped)
			break;
		*reader = splitter_reader(source->splitter);
		if (status == STATUS_OK)
			return SOURCE_RECORD;
		/* After a record that is too large the next one can be read. */
		if (status != STATUS_TOO_LARGE) {
			splitter_close(source->splitter);
			source->splitter = NULL;
		}
		if (status != STATUS_END)
			return SOURCE_FAILURE;
	}
	return SOURCE_END;
}
