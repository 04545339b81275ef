/*
 * commands.h: the commands of this program, and what they share.
 *
 * A command gets the arguments of main and returns the exit code. Data goes to stdout, talk to stderr, each message
 * one line that begins with "dateline: ".
 */
#ifndef DATELINE_COMMANDS_H
#define DATELINE_COMMANDS_H

#include "answer.h"
#include "render/render.h"

#include "dateline/command.h"

enum { EXIT_DONE = 0, EXIT_NONE = 1 };

int command_search(int argc, char **argv);
int command_show(int argc, char **argv);
int command_stats(int argc, char **argv);
int command_check(int argc, char **argv);

/* ---- options ---- */

/* Keys of options that have no letter. */
enum {
	KEY_ALL = 256,
	KEY_FILTER,
	KEY_FACET,
	KEY_NO_FACETS,
	KEY_OFFSET,
	KEY_SORT,
	KEY_FORMAT,
	KEY_JSON,
	KEY_EXPLAIN,
	KEY_CHECK,
	KEY_COLOR,
	KEY_NO_PAGER,
	KEY_ENTITIES,
	KEY_WHY,
	KEY_FIXES,
	KEY_MIN_CONFIDENCE,
	KEY_TOP,
	KEY_KIND,
	KEY_MATCH,
	KEY_EXPAND,
	KEY_BATCH,
	KEY_TIMEOUT,
	KEY_RECENCY,
	KEY_SIMILAR,
	KEY_FACET_MATCH,
	KEY_FACET_SORT,
	KEY_FACET_TREND,
	KEY_MARK_ENTITIES,
	KEY_COMPLETE,
	KEY_SYNONYMS,
};

/* The options of `search`. */
struct search_options {
	struct common_options common;
	struct request request;
	struct str_list words; /* as given; request.words has them joined */
	struct arena *arena;
	const struct printer *printer;
	enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color;
	bool no_facets, no_pager;
	const char *complete; /* what is being typed; NULL: a search */
	const char *batch; /* file of queries, "-" for standard input; NULL: the query is in the words */
	bool trec;         /* --format=trec, only of a batch */
	bool named_format; /* --format or --json was given */
	struct str_list facet_matches,
		facet_sorts; /* as typed; facet_options_finish puts them into the request */
	bool facet_trend;
};

extern const struct argp search_argp;

/* Everything lives in `arena`, but the texts of argv. */
enum status search_options_parse(int argc, char **argv, struct arena *arena,
				 struct search_options *options, struct error *err);

/* A word that stands for a number, in the order of their numbers; the list ends with NULL. */
bool option_word(const char *const *words, const char *value, int *number);

/*
 * The options that say which fields are counted, and how (facet_options.c). facet_options_finish comes last, when
 * the printer is known.
 */
error_t facet_option(struct search_options *options, const char *value);
error_t facet_match_option(struct search_options *options, const char *value);
error_t facet_sort_option(struct search_options *options, const char *value);
enum status facet_options_finish(struct search_options *options, struct error *err);

/* Answers the queries of options->batch, each as it comes; returns the exit code (batch.c). */
int batch_run(const struct search_options *options);

/* Prints what options->complete may become; returns the exit code (complete_command.c). */
int complete_run(const struct search_options *options, struct arena *arena);

/* The options of the other commands (other_options.c). */
struct other_options {
	struct common_options common;
	const char *id;            /* of show */
	bool json;                 /* of show */
	bool entities;             /* of stats, as the ones below */
	uint32_t top;              /* names to print of a kind, the biggest ones; 0: all */
	const struct field *field; /* whose names to print; NULL: of all */
	struct str_list fixes; /* files of corrections, beside the one that the index remembers */
};

extern const struct argp show_argp, stats_argp, check_argp;

/*
 * Parses; does what --help and --version ask for; says what is wrong. True when the command is to run, else *code is
 * what it ends with.
 */
bool other_options_parse(const struct argp *argp, const char *name, int argc, char **argv,
			 struct other_options *options, int *code);

/* ---- errors (fail.c) ---- */

/*
 * Says the error on stderr for people and, when the printer has a form for it, on stdout for a program that reads that.
 * Returns EXIT_TROUBLE. The printer may be NULL.
 */
int fail(const struct printer *printer, const struct error *err);

/* As fail, for JSON or not. */
int fail_as(bool json, const struct error *err);

/* Do the arguments ask for JSON? Also told when they are wrong otherwise. */
bool arguments_want_json(int argc, char **argv);

/* ---- the terminal (screen.c) ---- */

/* Is there someone at the other end of stdout; how wide; may there be colours. */
bool screen_is_there(void);
uint32_t screen_columns(void);
bool screen_has_color(void);

#endif
