/*
 * The main of a fuzz target outside libFuzzer: feeds every file of the folders and files named on the command
 * line to it, so that seeds and inputs that once failed are part of every test run. A target fails by
 * ending the process; the name of the input at work then stands on stderr.
 */
#include "target.h"

#include "dateline/memory.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

struct replay {
	size_t passed, failed;
};

/* What on_death says; set before each input. */
static char at_work[4096];

/* There when a sanitizer is linked in: it ends the process in its own way. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

/* Only what is allowed in a handler (signal-safety(7)). */
static void name_input(void)
{
	struct iovec line[] = {
		{ (char *)"FAILED at ", 10 },
		{ at_work, strlen(at_work) },
		{ (char *)"\n", 1 },
	};
	if (writev(STDERR_FILENO, line, 3) < 0)
		_exit(EXIT_FAILURE);
}

/* The signal's own default then ends the process. */
static void on_signal(int number)
{
	name_input();
	raise(number);
}

static void watch_for_death(void)
{
	static const int numbers[] = { SIGABRT, SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
	const bool sanitized = __sanitizer_set_death_callback != NULL;
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESETHAND };
	if (sanitized)
		__sanitizer_set_death_callback(name_input);
	/* The sanitizer's handlers of the faults print where they were, so they stay. */
	for (size_t i = 0; i < (sanitized ? 2 : sizeof(numbers) / sizeof(numbers[0])); i++)
		sigaction(numbers[i], &action, NULL);
}

static bool read_file(const char *path, struct buffer *bytes)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return false;
	buffer_reset(bytes);
	char piece[16384];
	size_t got;
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		buffer_add(bytes, piece, got);
	const bool whole = !ferror(file);
	fclose(file);
	return whole;
}

static void fail(struct replay *replay, const char *path)
{
	fprintf(stderr, "FAILED %s: %s\n", path, strerror(errno));
	replay->failed++;
}

/* The copy ends where the input ends, so that a byte read too far is found by the sanitizer. */
static void feed(struct replay *replay, const char *path)
{
	struct buffer bytes = { 0 };
	if (!read_file(path, &bytes)) {
		fail(replay, path);
		buffer_release(&bytes);
		return;
	}
	uint8_t *exact = memory_alloc(bytes.len);
	if (bytes.len)
		memcpy(exact, bytes.data, bytes.len);
	snprintf(at_work, sizeof(at_work), "%s", path);
	alarm(60);
	LLVMFuzzerTestOneInput(exact, bytes.len);
	alarm(0);
	free(exact);
	buffer_release(&bytes);
	replay->passed++;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void walk(struct replay *replay, const char *path)
{
	struct stat info;
	if (stat(path, &info) != 0) {
		fail(replay, path);
		return;
	}
	if (!S_ISDIR(info.st_mode)) {
		feed(replay, path);
		return;
	}
	struct dirent **entries;
	const int count = scandir(path, &entries, is_visible, alphasort);
	if (count < 0) {
		fail(replay, path);
		return;
	}
	for (int i = 0; i < count; i++) {
		struct buffer inside = { 0 };
		buffer_add_format(&inside, "%s/%s", path, entries[i]->d_name);
		walk(replay, inside.data);
		buffer_release(&inside);
		free(entries[i]);
	}
	free(entries);
}

int main(int argc, char **argv)
{
	struct replay replay = { 0 };
	watch_for_death();
	for (int i = 1; i < argc; i++)
		walk(&replay, argv[i]);
	printf("%zu passed, %zu failed\n", replay.passed, replay.failed);
	/* A folder without inputs tests nothing, and that must not pass. */
	return replay.failed || replay.passed == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
