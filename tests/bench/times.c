/*
 * times: how long commands take as whole processes, from start to end, as a user feels it.
 *
 *   times ROUNDS FILE
 *
 * FILE has one command a line, its arguments parted by tabs; the standard output goes nowhere. Each line is run once
 * to warm the caches, then ROUNDS times. Prints, tab separated: median, 99th percentile and maximum in
 * milliseconds over all runs, and the largest resident set of any in MB. A command that ends with more than 1 stops
 * the measurement: a program that fails is quick.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ARGUMENTS_MAX 256

struct times {
	double *ms;
	size_t count, capacity;
	long peak_kb;
};

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "times: %s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

static double run(char **arguments, struct times *times)
{
	posix_spawn_file_actions_t files;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	pid_t child;
	int status;
	struct rusage usage;
	const double start = now_ms();
	const int number = posix_spawnp(&child, arguments[0], &files, NULL, arguments, environ);
	if (number)
		give_up(arguments[0], strerror(number));
	if (wait4(child, &status, 0, &usage) < 0)
		give_up(arguments[0], strerror(errno));
	const double took = now_ms() - start;
	posix_spawn_file_actions_destroy(&files);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		give_up(arguments[0], "failed");
	if (usage.ru_maxrss > times->peak_kb)
		times->peak_kb = usage.ru_maxrss;
	return took;
}

static void add(struct times *times, double ms)
{
	if (times->count == times->capacity) {
		times->capacity = times->capacity ? times->capacity * 2 : 1024;
		times->ms = realloc(times->ms, times->capacity * sizeof(*times->ms));
		if (!times->ms)
			give_up("memory", "none left");
	}
	times->ms[times->count++] = ms;
}

static void run_line(char *line, long rounds, struct times *times)
{
	char *arguments[ARGUMENTS_MAX + 1];
	size_t count = 0;
	line[strcspn(line, "\n")] = '\0';
	for (char *word; (word = strsep(&line, "\t")) && count < ARGUMENTS_MAX;)
		arguments[count++] = word;
	arguments[count] = NULL;
	if (!*arguments[0])
		return;
	run(arguments, times);
	for (long i = 0; i < rounds; i++)
		add(times, run(arguments, times));
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double percentile(const struct times *times, double part)
{
	return times->ms[(size_t)(part * (double)(times->count - 1) + 0.5)];
}

int main(int argc, char **argv)
{
	struct times times = { 0 };
	const long rounds = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
	if (rounds < 1)
		give_up("usage", "times ROUNDS FILE");
	FILE *file = fopen(argv[2], "r");
	if (!file)
		give_up(argv[2], strerror(errno));
	char *line = NULL;
	size_t size = 0;
	while (getline(&line, &size, file) > 0)
		run_line(line, rounds, &times);
	free(line);
	fclose(file);
	if (!times.count)
		give_up(argv[2], "no commands");
	qsort(times.ms, times.count, sizeof(*times.ms), by_size);
	printf("%.2f\t%.2f\t%.2f\t%.1f\n", percentile(&times, 0.5), percentile(&times, 0.99),
	       times.ms[times.count - 1], (double)times.peak_kb / 1024);
	free(times.ms);
	return 0;
}
