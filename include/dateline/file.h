/*
 * file.h: small files that people write: read whole, or refused in words; and what a file that must last needs.
 */
#ifndef DATELINE_FILE_H
#define DATELINE_FILE_H

#include "dateline/memory.h"
#include "dateline/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Appends the file's bytes. `what` says what it is, as "corrections". STATUS_NOT_FOUND, STATUS_SYSTEM; STATUS_TOO_LARGE when it has
 * more than `max` bytes.
 */
enum status file_read(const char *path, const char *what, size_t max, struct buffer *bytes,
		      struct error *err);

/*
 * Writes all of it at an offset of an open file. False with errno; a file system that takes nothing and gives no reason is
 * full (ENOSPC).
 */
bool file_write_at(int file, const void *bytes, size_t len, uint64_t offset);

/* Makes one file or directory durable; `flags` are those of open (O_DIRECTORY, or 0). STATUS_SYSTEM. */
enum status file_sync(const char *path, int flags, struct error *err);

#ifdef __cplusplus
}
#endif
#endif
