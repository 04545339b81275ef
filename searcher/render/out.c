#include "render.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Signals that are not for this process while it writes to a pipe, or waits for a pager. */
static const int muted[] = { SIGPIPE, SIGINT, SIGQUIT };

#define MUTED_COUNT (sizeof(muted) / sizeof(muted[0]))

static void mute(struct sigaction before[MUTED_COUNT], size_t count)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	for (size_t i = 0; i < count; i++)
		sigaction(muted[i], &ignore, &before[i]);
}

static void unmute(const struct sigaction before[MUTED_COUNT], size_t count)
{
	for (size_t i = 0; i < count; i++)
		sigaction(muted[i], &before[i], NULL);
}

/* True when all was written; errno says why not. */
static bool write_all(int file, struct str text)
{
	while (text.len) {
		const ssize_t written = write(file, text.data, text.len);
		if (written < 0 && errno == EAGAIN) {
			struct pollfd wait = { .fd = file, .events = POLLOUT };
			poll(&wait, 1, -1);
		} else if (written < 0 && errno != EINTR) {
			return false;
		} else if (written > 0) {
			text.data += written;
			text.len -= (size_t)written;
		}
	}
	return true;
}

static enum status write_stdout(struct str text, struct error *err)
{
	struct sigaction before[MUTED_COUNT];
	mute(before, 1);
	const bool done = fflush(stdout) == 0 && write_all(STDOUT_FILENO, text);
	const int code = errno;
	unmute(before, 1);
	errno = code;
	return done || code == EPIPE ? STATUS_OK : error_system(err, "write to", "standard output");
}

/* ---- the pager ---- */

static bool fits_on_screen(struct str text)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_row)
		return false;
	size_t lines = 0;
	for (const char *at = text.data, *end = at + text.len; at < end; lines++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		at = newline ? newline + 1 : end;
	}
	return lines < size.ws_row; /* the last line is for the prompt */
}

/*
 * A shell runs it, as it may have arguments. A less that comes without options gets those that it needs
 * to show colours.
 */
static char *pager_command(void)
{
	const char *pager = getenv("PAGER");
	if (!pager)
		pager = "less -FRX";
	if (!*pager || strcmp(pager, "cat") == 0)
		return NULL;
	struct buffer command = { 0 };
	buffer_add_format(&command, "LESS=${LESS-FRX}; export LESS; %s", pager);
	return command.data;
}

/* Starts it reading from *feed; false when that cannot be. */
static bool pager_start(char *command, pid_t *pid, int *feed)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	char shell[] = "sh", option[] = "-c";
	char *arguments[] = { shell, option, command, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults;
	sigemptyset(&defaults);
	for (size_t i = 0; i < MUTED_COUNT; i++)
		sigaddset(&defaults, muted[i]);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	const bool started =
		posix_spawn(pid, "/bin/sh", &actions, &attributes, arguments, environ) == 0;
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[0]);
	*feed = ends[1];
	if (!started)
		close(ends[1]);
	return started;
}

/* What a shell says of a command that it could not run (POSIX, "Exit Status for Commands"). */
static bool never_ran(int state)
{
	return WIFEXITED(state) && (WEXITSTATUS(state) == 126 || WEXITSTATUS(state) == 127);
}

/* False when the text was not shown. A pager that is left early has shown what was wanted. */
static bool page_out(struct str text)
{
	char *command = pager_command();
	if (!command)
		return false;
	struct sigaction before[MUTED_COUNT];
	pid_t pid;
	int feed;
	int state = 0;
	mute(before, MUTED_COUNT);
	const bool started = pager_start(command, &pid, &feed);
	if (started) {
		write_all(feed, text);
		close(feed);
		while (waitpid(pid, &state, 0) < 0 && errno == EINTR)
			;
	}
	unmute(before, MUTED_COUNT);
	free(command);
	return started && !never_ran(state);
}

enum status render_out(struct str text, bool page, struct error *err)
{
	if (page && !fits_on_screen(text) && fflush(stdout) == 0 && page_out(text))
		return STATUS_OK;
	return write_stdout(text, err);
}
