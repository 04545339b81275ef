#include "commands.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool screen_is_there(void)
{
	return isatty(STDOUT_FILENO);
}

uint32_t screen_columns(void)
{
	const char *said = getenv("COLUMNS");
	uint32_t columns;
	if (said && option_number(said, 10000, &columns) && columns)
		return columns;
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return 80;
}

/* NO_COLOR as no-color.org has it: set and not empty. */
bool screen_has_color(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	return screen_is_there() && !(no_color && *no_color) && term && *term &&
	       strcmp(term, "dumb") != 0;
}
