/* options.h: the command line of dateline-index. */
#ifndef DATELINE_INDEXER_OPTIONS_H
#define DATELINE_INDEXER_OPTIONS_H

#include "report.h"

#include "dateline/command.h"
#include "dateline/entity.h"

/* In the place of a file, for none any more. */
#define FIXES_NONE "none"

struct options {
	struct common_options common;
	uint32_t jobs;
	uint64_t memory; /* bytes */
	enum entity_mode mode;
	const struct reader *format; /* NULL: told by content */
	const char *errors;
	bool rebuild, prune, refresh;
	const char *fixes; /* the file of corrections to be remembered, FIXES_NONE to forget it; or NULL */
	enum verbosity verbosity;
	char **deletes; /* ids, `delete_count` of them; free(deletes) */
	size_t delete_count, delete_capacity;
	char **paths; /* ends with NULL; part of argv */
};

extern const struct argp index_argp;

/* STATUS_BAD_REQUEST in words. What --help and --version ask for is left to the caller (common_wish). */
enum status options_parse(int argc, char **argv, struct options *options, struct error *err);

#endif
