/*
 * run_write.h: a run while it is made. Its parts are filled one behind the other; when the run goes to a file, `bytes` of the part
 * is what waits to be written.
 */
#ifndef DATELINE_BULK_RUN_WRITE_H
#define DATELINE_BULK_RUN_WRITE_H

#include "run.h"

/* As many bytes are written at a time. */
#define RUN_WRITE_BYTES ((size_t)256 << 10)

/*
 * Makes the file that what is added to the parts goes to; what they have already is moved there. The folder is also that which failures
 * name. STATUS_SYSTEM.
 */
enum status run_to_file(struct run *run, const char *folder, struct error *err);

/* Of several runs, one behind the other: a run each would be more open files than a process may have. */
struct run_file {
	int file;     /* -1: not made yet */
	uint64_t end; /* bytes of the runs that are whole */
};

/* The same with that file, which is made when there is none. */
enum status run_to_shared(struct run *run, struct run_file *shared, const char *folder,
			  struct error *err);

/* The run is whole; it may be in memory. */
void run_end(const struct run *run, struct run_file *shared);

/* To be called after each entry. Of a run in memory it does nothing. */
static inline bool run_is_due(const struct run *run, const struct run_part *part)
{
	return run->file >= 0 && part->bytes.len >= RUN_WRITE_BYTES;
}

/* Writes what waits to the end of the part; nothing may be added to another part meanwhile. STATUS_SYSTEM. */
enum status run_write(struct run *run, struct run_part *part, const char *folder, struct error *err);

/* The part is whole: of a run in memory it gives back what was reserved in vain. */
enum status run_end_part(struct run *run, struct run_part *part, const char *folder,
			 struct error *err);

#endif
