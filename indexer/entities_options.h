/* entities_options.h: the command line of `dateline entities`. */
#ifndef DATELINE_INDEXER_ENTITIES_OPTIONS_H
#define DATELINE_INDEXER_ENTITIES_OPTIONS_H

#include "readers/reader.h"

#include "dateline/command.h"
#include "dateline/entity.h"

struct entities_options {
	struct common_options common;
	enum entity_mode mode;
	const struct reader *input; /* NULL: told by content */
	struct date date;           /* of articles that have none */
	const char *model, *eval;   /* paths, or NULL */
	uint32_t min_confidence;
	bool kinds[KIND_COUNT]; /* to be printed */
	bool json, text;
	char **paths; /* ends with NULL; part of argv */
};

extern const struct argp entities_argp;

/* STATUS_BAD_REQUEST in words. What --help and --version ask for is left to the caller (common_wish). */
enum status entities_options_parse(int argc, char **argv, struct entities_options *options,
				   struct error *err);

#endif
