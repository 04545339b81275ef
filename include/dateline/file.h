/*
 * file.h: small files that people write: read whole, or refused in words.
 */
#ifndef DATELINE_FILE_H
#define DATELINE_FILE_H

#include "dateline/memory.h"
#include "dateline/status.h"

/*
 * Appends the file's bytes. `what` says what it is, as "corrections". STATUS_NOT_FOUND, STATUS_SYSTEM; STATUS_TOO_LARGE when it has
 * more than `max` bytes.
 */
enum status file_read(const char *path, const char *what, size_t max, struct buffer *bytes,
		      struct error *err);

#endif
