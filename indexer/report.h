/*
 * report.h: what people and programs are told while an index is written: failures, progress, the end.
 *
 * All of it goes to standard error; failures also to a file of JSON Lines, when one is named:
 *   {"path":"/news/a.jsonl","line":12,"record":12,"reason":"not JSON: ..."}
 */
#ifndef DATELINE_REPORT_H
#define DATELINE_REPORT_H

#include "prepare.h"
#include "writer.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum verbosity { REPORT_QUIET, REPORT_NORMAL, REPORT_VERBOSE };

struct report {
	enum verbosity verbosity;
	FILE *errors; /* --errors, or NULL */
	const char *errors_path;
	bool on_terminal, line_is_open;
	bool errors_failed;
	struct timespec start, last;
	uint64_t total_bytes; /* of all files whose size is known; 0: none is */
	_Atomic uint64_t bytes_read;
	uint64_t total_articles; /* of the index that are to be redone */
	uint64_t articles;       /* records taken, whatever became of them */
	uint64_t outcomes[WRITER_AGAIN];
	uint64_t failed, deleted, cut_articles, replaced_sequences, words_cut, unread_dates;
	_Atomic uint64_t files, skipped_files;
	struct buffer scratch;
};

/* STATUS_SYSTEM when the file for errors cannot be made. */
enum status report_open(struct report *report, enum verbosity verbosity, const char *errors_path,
			struct error *err);

/* STATUS_SYSTEM when not all failures could be written to the file. */
enum status report_close(struct report *report, struct error *err);

/* One that failed; a line of 0 is not known. */
void report_failure(struct report *report, const struct origin *origin, const char *reason);

/* Something to be read by people at normal verbosity, one line. */
void report_say(struct report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What is done with a file, for those who want to know: "reading PATH", "passed over PATH: reason". */
void report_file(struct report *report, const char *what, struct str path, const char *reason);

/* After each article: counts, and shows progress now and then. */
void report_article(struct report *report, const struct prepared *prepared,
		    enum writer_outcome outcome);
void report_progress(struct report *report);

/* For those who want to know: what took how long. */
void report_steps(struct report *report, const struct writer_step *steps, size_t count);

/* The last lines: what became of everything. */
struct report_index {
	uint32_t articles; /* in the index now */
	uint64_t older;    /* of these, whose entities were found by an older model */
};
void report_summary(struct report *report, const struct report_index *index);

#endif
