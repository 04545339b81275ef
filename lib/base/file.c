#include "dateline/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define PIECE ((size_t)1 << 16)

enum status file_read(const char *path, const char *what, size_t max, struct buffer *bytes,
		      struct error *err)
{
	FILE *file = fopen(path, "re");
	if (!file && errno == ENOENT)
		return error_set(err, STATUS_NOT_FOUND, "there is no file of %s %s", what, path);
	if (!file)
		return error_system(err, "read", path);
	const size_t before = bytes->len;
	/* One byte more than allowed is enough to see that it is too many. */
	for (size_t got = 1; got && bytes->len - before <= max;) {
		got = fread(buffer_extend(bytes, PIECE), 1, PIECE, file);
		bytes->len -= PIECE - got;
		bytes->data[bytes->len] = '\0';
	}
	const enum status status = ferror(file) ? error_system(err, "read", path) : STATUS_OK;
	fclose(file);
	if (status == STATUS_OK && bytes->len - before > max)
		return error_set(err, STATUS_TOO_LARGE, "%s: it has more than the %zu MiB allowed",
				 path, max >> 20);
	return status;
}

bool file_write_at(int file, const void *bytes, size_t len, uint64_t offset)
{
	const char *at = bytes;
	while (len) {
		const ssize_t written = pwrite(file, at, len, (off_t)offset);
		if (written < 0 && errno == EINTR)
			continue;
		if (written == 0)
			errno = ENOSPC;
		if (written <= 0)
			return false;
		at += written;
		len -= (size_t)written;
		offset += (uint64_t)written;
	}
	return true;
}

enum status file_sync(const char *path, int flags, struct error *err)
{
	const int file = open(path, flags | O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return error_system(err, "open", path);
	const enum status status = fsync(file) == 0 ? STATUS_OK : error_system(err, "sync", path);
	close(file);
	return status;
}
