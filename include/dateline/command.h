/*
 * command.h: what the commands of both programs have in common: options and messages.
 *
 * Data goes to stdout, talk to stderr; each message is one line that begins with "dateline: ".
 */
#ifndef DATELINE_COMMAND_H
#define DATELINE_COMMAND_H

#include "dateline/memory.h"
#include "dateline/status.h"

#include <argp.h>

/* The exit code when something went wrong, of all commands. */
#define EXIT_TROUBLE 2

/*
 * To be called first in main. Makes sure that the descriptors 0 to 2 are open, so that no file of ours is
 * taken for one of them; and that a fault, which libxapian can run into in a damaged index, is told in one line, with
 * EXIT_TROUBLE.
 */
void command_begin(void);

/* For a child whose parent looks at how it ended: faults end it by their signal again. */
void command_expose_faults(void);

/* ---- options ---- */

enum wish { WISH_RUN, WISH_HELP, WISH_VERSION };

#define INDEXES_MAX 64 /* in one search */

/* What every command has; the first member of each one's own struct, and argp's input. */
struct common_options {
	const char *db; /* never NULL once parsed: the first of the indexes */
	struct str_list indexes; /* their paths, each with a NUL behind it; more than one only with several_indexes */
	struct str index_room[INDEXES_MAX];
	bool several_indexes; /* set by the caller */
	const char *glued;    /* the argument whose value `db` is the end of ("-dutch"), or NULL */
	enum wish wish;
	enum status status;
	struct error *err;
};

/* The rows that every option table begins and ends with. */
#define OPTION_DB                                                                                  \
	{                                                                                          \
		"db", 'd', "DB", 0, "The index: by default $DATELINE_DB, else dateline.db", 1      \
	}
#define OPTIONS_END                                                                                \
	{ "help", '?', NULL, 0, "Prints this help", -2 },                                          \
		{ "version", 'V', NULL, 0, "Prints the version", -1 },                             \
	{                                                                                          \
		0                                                                                  \
	}

/*
 * Fills *common and what it is the beginning of, by argp's table and parser. The parser hands keys that it does not
 * know to common_option. The error is one line that names the option.
 */
enum status common_parse(const struct argp *argp, int argc, char **argv,
			 struct common_options *common, struct error *err);

/* The parser of the options that every command has, and of nothing else. */
error_t common_option(int key, char *value, struct argp_state *state);

/* To be returned by a parser of options after an error: makes argp stop. */
error_t option_failed(struct common_options *common, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The argument that holds a short option and its value in one ("-nato" for -n ato), or NULL when the value stands by
 * itself. To be asked by a parser of options, for the option it is called for.
 */
const char *option_glued(const struct argp_state *state, const char *value);

/* Adds to the words of *err what to do when `glued` (may be NULL) was meant as a word to leave out. */
void advise_words(const char *glued, struct error *err);

/* Decimal digits of a number up to `max`, and nothing else. */
bool option_number(const char *text, uint32_t max, uint32_t *number);

/* --help and --version, when one of them was asked for: true, and all is done. */
bool common_wish(const struct argp *argp, const struct common_options *common, const char *name);

/* ---- messages ---- */

/* Appends what is to be said so that it is valid and can do no harm on a terminal, whatever the arguments hold. */
void add_message_v(struct buffer *out, const char *format, va_list args);

/* One line on stderr. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says the error, and returns EXIT_TROUBLE. */
int say_error(const struct error *err);

/* 1234567 as "1,234,567". */
void add_grouped(struct buffer *out, uint64_t number);

#endif
