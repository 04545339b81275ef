#include "nameless.h"
#include "run_write.h"

#include "dateline/file.h"

#include <unistd.h>

void run_release(struct run *run)
{
	buffer_release(&run->terms.bytes);
	buffer_release(&run->articles.bytes);
	if (run->file >= 0 && !run->is_shared)
		close(run->file);
	*run = (struct run){ .file = -1 };
}

size_t run_memory(const struct run *run)
{
	return run->terms.bytes.capacity + run->articles.bytes.capacity;
}

static enum status failed(const char *folder, struct error *err)
{
	return error_system(err, "write postings to a file in", folder);
}

enum status run_write(struct run *run, struct run_part *part, const char *folder, struct error *err)
{
	if (part->size == 0)
		part->start = part == &run->articles ? run->terms.start + run->terms.size
						     : run->start;
	if (!file_write_at(run->file, part->bytes.data, part->bytes.len, part->start + part->size))
		return failed(folder, err);
	part->size += part->bytes.len;
	buffer_reset(&part->bytes);
	return STATUS_OK;
}

enum status run_end_part(struct run *run, struct run_part *part, const char *folder,
			 struct error *err)
{
	if (run->file < 0) {
		struct buffer *bytes = &part->bytes;
		bytes->data = memory_grow(bytes->data, bytes->len + 1);
		bytes->capacity = bytes->len + 1;
		return STATUS_OK;
	}
	const enum status status = run_write(run, part, folder, err);
	buffer_release(&part->bytes);
	return status;
}

/* What the parts have already is written. */
static enum status move_parts(struct run *run, const char *folder, struct error *err)
{
	enum status status = run_end_part(run, &run->terms, folder, err);
	if (status == STATUS_OK)
		status = run_end_part(run, &run->articles, folder, err);
	return status;
}

enum status run_to_file(struct run *run, const char *folder, struct error *err)
{
	run->file = nameless_open(folder);
	return run->file < 0 ? failed(folder, err) : move_parts(run, folder, err);
}

enum status run_to_shared(struct run *run, struct run_file *shared, const char *folder,
			  struct error *err)
{
	if (shared->file < 0)
		shared->file = nameless_open(folder);
	if (shared->file < 0)
		return failed(folder, err);
	run->file = shared->file;
	run->is_shared = true;
	run->start = shared->end;
	return move_parts(run, folder, err);
}

void run_end(const struct run *run, struct run_file *shared)
{
	if (run->is_shared)
		shared->end = run->articles.start + run->articles.size;
}

enum status run_spill(struct run *run, const char *folder, struct error *err)
{
	return run->file < 0 ? run_to_file(run, folder, err) : STATUS_OK;
}
