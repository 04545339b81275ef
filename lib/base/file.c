#include "dateline/file.h"

#include <errno.h>
#include <stdio.h>

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
	}
	const enum status status = ferror(file) ? error_system(err, "read", path) : STATUS_OK;
	fclose(file);
	if (status == STATUS_OK && bytes->len - before > max)
		return error_set(err, STATUS_TOO_LARGE, "%s: it has more than the %zu MiB allowed",
				 path, max >> 20);
	return status;
}
