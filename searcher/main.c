#include "commands.h"

#include <stdio.h>

/* One program, called by the name of the command it is to be. */
static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} command_table[] = {
	{ "dateline-search", command_search },
	{ "dateline-show", command_show },
	{ "dateline-stats", command_stats },
	{ "dateline-check", command_check },
};

#define COMMAND_COUNT (sizeof(command_table) / sizeof(command_table[0]))

int main(int argc, char **argv)
{
	command_begin();
	const char *name = argc && argv[0] ? argv[0] : "dateline-search";
	const char *slash = strrchr(name, '/');
	name = slash ? slash + 1 : name;
	int (*run)(int, char **) = command_search;
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(command_table[i].name, name) == 0)
			run = command_table[i].run;
	const int code = run(argc, argv);
	/* render_out says when writing fails; for what printf wrote, this does. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		say("cannot write the output");
		return EXIT_TROUBLE;
	}
	return code;
}
