/*
 * dateline.c: the front door. Runs the program that knows the command, found beside this one.
 */
#include "dateline/memory.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define EXIT_TROUBLE 2

/* A command, the program that knows it, and the name that the program is called by. */
struct command {
	const char *name, *program, *called, *help;
};

static const struct command command_table[] = {
	{ "index", "dateline-index", "dateline-index", "read articles into an index" },
	{ "search", "dateline-search", "dateline-search",
	  "find articles, and count what they are about" },
	{ "show", "dateline-search", "dateline-show", "print one article" },
	{ "entities", "dateline-index", "dateline-entities",
	  "print who and what articles are about, without an index" },
	{ "stats", "dateline-search", "dateline-stats", "print what is in an index" },
	{ "check", "dateline-search", "dateline-check", "examine an index for damage" },
	{ "help", NULL, NULL, "print this, or the help of a command" },
};

#define COMMAND_COUNT (sizeof(command_table) / sizeof(command_table[0]))

static void print_help(FILE *out)
{
	fputs("Usage: dateline COMMAND [ARGUMENT...]\n"
	      "An archive of news articles that can be questioned.\n\n",
	      out);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  %-8s %s\n", command_table[i].name, command_table[i].help);
	fputs("\n"
	      "The index is $DATELINE_DB, else dateline.db, or what -d DB names.\n"
	      "`dateline help COMMAND` prints the options of a command; see also dateline(1).\n",
	      out);
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(command_table[i].name, name) == 0)
			return &command_table[i];
	return NULL;
}

/* ---- did you mean ---- */

#define TYPED_MAX 10 /* letters; what is longer is no slip of any command */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters missing, too many, wrong, or two that changed places (optimal string alignment). */
static size_t distance(const char *a, const char *b)
{
	size_t rows[TYPED_MAX + 1][TYPED_MAX + 1];
	const size_t a_len = strlen(a), b_len = strlen(b);
	for (size_t i = 0; i <= a_len; i++) {
		for (size_t j = 0; j <= b_len; j++) {
			if (!i || !j) {
				rows[i][j] = i + j;
				continue;
			}
			const size_t wrong = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			rows[i][j] = least(wrong, least(rows[i - 1][j], rows[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				rows[i][j] = least(rows[i][j], rows[i - 2][j - 2] + 1);
		}
	}
	return rows[a_len][b_len];
}

static const char *nearest_command(const char *typed)
{
	const char *nearest = NULL;
	size_t nearest_distance = 3;
	if (strlen(typed) > TYPED_MAX)
		return NULL;
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		const size_t apart = distance(typed, command_table[i].name);
		if (apart < nearest_distance && apart < strlen(typed)) {
			nearest = command_table[i].name;
			nearest_distance = apart;
		}
	}
	return nearest;
}

/* What was typed goes back to a terminal: only what prints. */
static int unknown_command(const char *typed)
{
	char shown[64];
	size_t len = 0;
	for (const char *at = typed; *at && len < sizeof(shown) - 1; at++)
		shown[len++] = *at >= ' ' && *at < 0x7f ? *at : '?';
	shown[len] = '\0';
	const char *nearest = nearest_command(typed);
	if (nearest)
		fprintf(stderr, "dateline: no command \"%s\": did you mean %s?\n", shown, nearest);
	else
		fprintf(stderr, "dateline: no command \"%s\": see dateline help\n", shown);
	return EXIT_TROUBLE;
}

/* ---- running another program ---- */

/* Replaces the last part of the path to this program, and runs that. Returns when it cannot. */
static void run_beside(const char *self, size_t len, const char *program, char **argv)
{
	char path[PATH_MAX];
	while (len && self[len - 1] != '/')
		len--;
	if (!len || len + strlen(program) >= sizeof(path))
		return;
	memcpy(path, self, len);
	memcpy(path + len, program, strlen(program) + 1);
	execv(path, argv);
}

/* Beside this file; where there is no /proc, beside what was typed, or where the shell looks. */
static int run(const char *program, const char *self, char **argv)
{
	char link[PATH_MAX];
	const ssize_t len = readlink("/proc/self/exe", link, sizeof(link));
	if (len > 0 && (size_t)len < sizeof(link))
		run_beside(link, (size_t)len, program, argv);
	else if (strchr(self, '/'))
		run_beside(self, strlen(self), program, argv);
	else
		execvp(program, argv);
	fprintf(stderr, "dateline: cannot run %s, which should be beside this program: %s\n",
		program, strerror(errno));
	return EXIT_TROUBLE;
}

static int run_command(const struct command *command, const char *self, char **argv)
{
	argv[0] = (char *)(uintptr_t)command->called;
	return run(command->program, self, argv);
}

static int run_with_option(const struct command *command, const char *self, const char *option)
{
	char *argv[] = { NULL, (char *)(uintptr_t)option, NULL };
	return run_command(command, self, argv);
}

/* A full disk is found out here, not by the C library when nobody looks any more. */
static int help_on_stdout(void)
{
	print_help(stdout);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	fprintf(stderr, "dateline: cannot write the output: %s\n", strerror(errno));
	return EXIT_TROUBLE;
}

static int help(const char *self, const char *name)
{
	if (!name || strcmp(name, "help") == 0)
		return help_on_stdout();
	const struct command *command = find_command(name);
	return command ? run_with_option(command, self, "--help") : unknown_command(name);
}

static bool is_option(const char *text, const char *letter, const char *name)
{
	return strcmp(text, letter) == 0 || strcmp(text, name) == 0;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return EXIT_TROUBLE;
	}
	const char *self = argv[0], *name = argv[1];
	if (is_option(name, "-?", "--help"))
		return help(self, NULL);
	if (is_option(name, "-V", "--version"))
		return run_with_option(find_command("search"), self, "--version");
	if (strcmp(name, "help") == 0)
		return help(self, argv[2]);
	if (name[0] == '-') {
		fprintf(stderr, "dateline: options come behind a command: see dateline help\n");
		return EXIT_TROUBLE;
	}
	const struct command *command = find_command(name);
	return command ? run_command(command, self, argv + 1) : unknown_command(name);
}
