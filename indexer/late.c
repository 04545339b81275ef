#include "late.h"

#include "bulk/nameless.h"

#include <errno.h>
#include <unistd.h>

void late_release(struct late *late)
{
	if (late->file)
		fclose(late->file);
	buffer_release(&late->bytes);
	*late = (struct late){ 0 };
}

static enum status failed(struct error *err, const char *what)
{
	return error_set(err, STATUS_SYSTEM, "cannot %s articles that are to replace others: %s",
			 what, strerror(errno ? errno : EIO));
}

/* ---- writing ---- */

static enum status open_file(struct late *late, const char *folder, struct error *err)
{
	const int file = nameless_open(folder);
	late->file = file < 0 ? NULL : fdopen(file, "w+");
	if (late->file)
		return STATUS_OK;
	const enum status status = failed(err, "keep");
	if (file >= 0)
		close(file);
	return status;
}

static void add_posting(const struct posting *posting, struct buffer *out)
{
	uint32_t before = 0;
	buffer_add_counted(out, posting->term);
	buffer_add_varint(out, posting->wdf);
	buffer_add_varint(out, posting->count);
	for (uint32_t i = 0; i < posting->count; i++) {
		buffer_add_varint(out, posting->positions[i] - before);
		before = posting->positions[i];
	}
}

static void add_document(const struct document *document, struct buffer *out)
{
	buffer_add_varint(out, document->posting_count);
	for (size_t i = 0; i < document->posting_count; i++)
		add_posting(&document->postings[i], out);
	buffer_add_varint(out, document->value_count);
	for (size_t i = 0; i < document->value_count; i++) {
		buffer_add_varint(out, document->values[i].slot);
		buffer_add_counted(out, document->values[i].bytes);
	}
	buffer_add_counted(out, document->record);
}

enum status late_add(struct late *late, const char *folder, uint32_t id,
		     const struct document *document, uint64_t checksum, struct error *err)
{
	enum status status = late->file ? STATUS_OK : open_file(late, folder, err);
	if (status != STATUS_OK)
		return status;
	struct buffer *bytes = &late->bytes;
	buffer_reset(bytes);
	buffer_add_varint(bytes, id);
	buffer_add_varint(bytes, checksum);
	add_document(document, bytes);
	const uint64_t size = bytes->len;
	if (fwrite(&size, sizeof(size), 1, late->file) != 1 ||
	    fwrite(bytes->data, 1, bytes->len, late->file) != bytes->len)
		return failed(err, "keep");
	late->count++;
	return STATUS_OK;
}

/* ---- reading ---- */

enum status late_rewind(struct late *late, struct error *err)
{
	if (late->file && (fflush(late->file) != 0 || fseeko(late->file, 0, SEEK_SET) != 0))
		return failed(err, "keep");
	return STATUS_OK;
}

/* What is read is what was written: nothing can be wrong with it but the disk. */
struct reading {
	const char *at, *end;
	struct arena *arena;
};

static uint64_t get_number(struct reading *reading)
{
	uint64_t value = 0;
	varint_read(&reading->at, reading->end, &value);
	return value;
}

static struct str get_text(struct reading *reading)
{
	struct str text = STR("");
	counted_read(&reading->at, reading->end, &text);
	return arena_copy(reading->arena, text);
}

static struct posting get_posting(struct reading *reading)
{
	struct posting posting = { .term = get_text(reading) };
	uint32_t before = 0;
	posting.wdf = (uint32_t)get_number(reading);
	posting.count = (uint32_t)get_number(reading);
	if (!posting.count)
		return posting;
	uint32_t *positions = arena_alloc(reading->arena, posting.count * sizeof(*positions));
	for (uint32_t i = 0; i < posting.count; i++)
		before = positions[i] = before + (uint32_t)get_number(reading);
	posting.positions = positions;
	return posting;
}

static void get_document(struct reading *reading, struct document *document)
{
	document->posting_count = get_number(reading);
	document->postings =
		arena_alloc(reading->arena, document->posting_count * sizeof(*document->postings));
	for (size_t i = 0; i < document->posting_count; i++)
		document->postings[i] = get_posting(reading);
	document->value_count = get_number(reading);
	document->values =
		arena_alloc(reading->arena, document->value_count * sizeof(*document->values));
	for (size_t i = 0; i < document->value_count; i++) {
		const uint32_t slot = (uint32_t)get_number(reading);
		document->values[i] = (struct value){ slot, get_text(reading) };
	}
	document->record = get_text(reading);
}

enum status late_next(struct late *late, struct arena *arena, struct late_document *next,
		      struct error *err)
{
	uint64_t size;
	if (fread(&size, sizeof(size), 1, late->file) != 1)
		return failed(err, "read back");
	buffer_reset(&late->bytes);
	char *bytes = buffer_extend(&late->bytes, size);
	if (fread(bytes, 1, size, late->file) != size)
		return failed(err, "read back");
	struct reading reading = { bytes, bytes + size, arena };
	next->id = (uint32_t)get_number(&reading);
	next->checksum = get_number(&reading);
	get_document(&reading, &next->document);
	return STATUS_OK;
}
