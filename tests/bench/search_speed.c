/*
 * Searches beside those of another engine, in one run: how long each takes, and that both give the same totals and counts.
 *
 *   search_speed INDEX QUERIES WARM ROUNDS COMMAND...
 *
 * QUERIES is of search_export. COMMAND starts the other engine, which is asked over its standard input as LuceneSearch.java says. For each
 * sort of query, without and with facets: both answer all queries WARM times; then they take turns, ROUNDS times, and of each
 * query the best time counts, of both alike. Prints the median and the 99th percentile over the queries in microseconds. Ends with 1
 * when an answer differs.
 */
#include "../../searcher/answer.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FACETS 3
#define TOP 10

struct counted {
	struct str name;
	uint32_t count;
};

/* What both must agree on. */
struct result {
	uint32_t total;
	struct counted values[FACETS][TOP];
	size_t counts[FACETS];
};

struct query {
	char *words;
	double ours, theirs; /* microseconds, the best so far */
	struct result our_result, their_result;
};

struct sort {
	const char *name;
	double limit; /* our median at most so many times theirs */
	struct query *queries;
	size_t count, capacity;
};

struct bench {
	struct searcher *searcher;
	pid_t child;
	FILE *to, *from;
	char *line;
	size_t line_size;
	struct arena arena; /* of one search */
	struct arena kept;  /* of texts and results */
	unsigned long warm, rounds;
};

static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "search_speed: %s: %s\n", what, why);
	exit(2);
}

static double now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* ---- the queries ---- */

static void read_query(struct bench *bench, struct sort *sorts, size_t sort_count)
{
	char *rest = bench->line;
	const char *name = strsep(&rest, "\t"), *words = strsep(&rest, "\t");
	for (size_t i = 0; words && i < sort_count; i++) {
		struct sort *sort = &sorts[i];
		if (strcmp(sort->name, name) != 0)
			continue;
		memory_reserve(&sort->queries, &sort->capacity, sort->count, sizeof(*sort->queries));
		sort->queries[sort->count] = (struct query){ 0 };
		sort->queries[sort->count++].words =
			(char *)arena_copy(&bench->kept, str_from(words)).data;
	}
}

static void read_queries(struct bench *bench, const char *path, struct sort *sorts, size_t count)
{
	FILE *file = fopen(path, "re");
	if (!file)
		give_up(path, strerror(errno));
	while (getline(&bench->line, &bench->line_size, file) > 0)
		read_query(bench, sorts, count);
	fclose(file);
	for (size_t i = 0; i < count; i++)
		if (!sorts[i].count)
			give_up(path, "a sort of queries is not there");
}

/* ---- ours ---- */

static void search(struct bench *bench, const struct sort *sort, const char *words, bool facets,
		   struct answer *answer)
{
	static struct facet_request requests[FACETS];
	struct error err;
	for (size_t i = 0; i < FACETS && !requests[i].field; i++)
		requests[i] = (struct facet_request){ .field = field_of_kind((enum facet_kind[]){
							      KIND_PERSON, KIND_ORG, KIND_PLACE }[i]),
						      .max = TOP };
	const struct request request = { .words = str_from(words),
					 .facets = requests,
					 .facet_count = facets ? FACETS : 0,
					 .max = TOP,
					 .match = strcmp(sort->name, "or") == 0 ? MATCH_ANY
										: MATCH_ALL,
					 .expand = EXPAND_NEVER,
					 .brief = true };
	arena_reset(&bench->arena);
	if (searcher_run(bench->searcher, &request, &bench->arena, answer, &err))
		give_up(words, err.text);
}

static void our_pass(struct bench *bench, struct sort *sort, bool facets)
{
	struct answer answer;
	for (size_t i = 0; i < sort->count; i++) {
		struct query *query = &sort->queries[i];
		const double began = now_us();
		search(bench, sort, query->words, facets, &answer);
		const double took = now_us() - began;
		if (!query->ours || took < query->ours)
			query->ours = took;
	}
}

static void keep_facet(struct bench *bench, const struct answer_facet *facet, struct result *result,
		       size_t number)
{
	for (size_t i = 0; i < facet->count && i < TOP; i++)
		result->values[number][i] =
			(struct counted){ arena_copy(&bench->kept, facet->values[i].value),
					  facet->values[i].count };
	result->counts[number] = facet->count < TOP ? facet->count : TOP;
}

static void our_answers(struct bench *bench, struct sort *sort, bool facets)
{
	for (size_t i = 0; i < sort->count; i++) {
		struct query *query = &sort->queries[i];
		struct answer answer;
		search(bench, sort, query->words, facets, &answer);
		query->our_result = (struct result){ .total = answer.total };
		for (size_t k = 0; k < answer.facet_count; k++)
			keep_facet(bench, &answer.facets[k], &query->our_result, k);
	}
}

/* ---- theirs ---- */

static void start(struct bench *bench, char **command)
{
	int to[2], from[2];
	posix_spawn_file_actions_t files;
	if (pipe(to) || pipe(from))
		give_up("pipe", strerror(errno));
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, to[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, from[1], STDOUT_FILENO);
	for (int i = 0; i < 2; i++) {
		posix_spawn_file_actions_addclose(&files, to[i]);
		posix_spawn_file_actions_addclose(&files, from[i]);
	}
	const int number = posix_spawnp(&bench->child, command[0], &files, NULL, command, environ);
	if (number)
		give_up(command[0], strerror(number));
	posix_spawn_file_actions_destroy(&files);
	close(to[0]);
	close(from[1]);
	bench->to = fdopen(to[1], "w");
	bench->from = fdopen(from[0], "r");
	if (!bench->to || !bench->from)
		give_up("pipe", strerror(errno));
}

static void stop(struct bench *bench)
{
	int status;
	fclose(bench->to);
	fclose(bench->from);
	if (waitpid(bench->child, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status))
		give_up("the other engine", "it failed");
}

static void ask(struct bench *bench, const char *what, const struct sort *sort, bool facets)
{
	fprintf(bench->to, "%s %s %d\n", what, sort->name, facets);
	fflush(bench->to);
}

static char *next_line(struct bench *bench)
{
	const ssize_t len = getline(&bench->line, &bench->line_size, bench->from);
	if (len <= 0)
		give_up("the other engine", "it gives no answer");
	bench->line[strcspn(bench->line, "\n")] = '\0';
	return bench->line;
}

static void their_pass(struct bench *bench, struct sort *sort, bool facets)
{
	ask(bench, "pass", sort, facets);
	char *at = next_line(bench);
	for (size_t i = 0; i < sort->count; i++) {
		struct query *query = &sort->queries[i];
		const double took = strtod(at, &at) / 1e3;
		if (!query->theirs || took < query->theirs)
			query->theirs = took;
	}
}

static void read_value(struct bench *bench, char *text, struct result *result)
{
	char *at;
	const unsigned long facet = strtoul(text, &at, 10);
	if (facet >= FACETS || result->counts[facet] == TOP)
		give_up("the other engine", "a facet cannot be read");
	struct counted *value = &result->values[facet][result->counts[facet]++];
	value->count = (uint32_t)strtoul(at, &at, 10);
	value->name = arena_copy(&bench->kept, str_from(at + 1));
}

static void their_answers(struct bench *bench, struct sort *sort, bool facets)
{
	ask(bench, "answers", sort, facets);
	for (size_t i = 0; i < sort->count; i++) {
		struct result *result = &sort->queries[i].their_result;
		char *rest = next_line(bench), *part;
		*result =
			(struct result){ .total = (uint32_t)strtoul(strsep(&rest, "\t"), NULL, 10) };
		while ((part = strsep(&rest, "\t")))
			read_value(bench, part, result);
	}
}

/* ---- agreement ---- */

static bool has_value(const struct result *result, size_t facet, struct counted value)
{
	for (size_t i = 0; i < result->counts[facet]; i++)
		if (result->values[facet][i].count == value.count &&
		    str_equal(result->values[facet][i].name, value.name))
			return true;
	return false;
}

/* Which of the values with the last count of a full list are in it is for each engine to say; their number is not. */
static bool same_facet(const struct result *a, const struct result *b, size_t facet)
{
	const size_t count = a->counts[facet];
	if (count != b->counts[facet])
		return false;
	const struct counted *values = a->values[facet];
	for (size_t i = 0; i < count; i++) {
		const bool open = count == TOP && values[i].count == values[count - 1].count;
		if (values[i].count != b->values[facet][i].count ||
		    (!open && !has_value(b, facet, values[i])))
			return false;
	}
	return true;
}

static void print_result(const char *who, const struct result *result)
{
	fprintf(stderr, "  %s: total %u", who, result->total);
	for (size_t k = 0; k < FACETS; k++)
		for (size_t i = 0; i < result->counts[k]; i++)
			fprintf(stderr, "%s%.*s %u", i ? ", " : "; ",
				STR_ARG(result->values[k][i].name), result->values[k][i].count);
	fprintf(stderr, "\n");
}

static size_t differences(const struct sort *sort)
{
	size_t apart = 0;
	for (size_t i = 0; i < sort->count; i++) {
		const struct query *query = &sort->queries[i];
		const struct result *ours = &query->our_result, *theirs = &query->their_result;
		bool same = ours->total == theirs->total && ours->total;
		for (size_t k = 0; k < FACETS; k++)
			same = same && same_facet(ours, theirs, k);
		if (same || apart++ >= 3)
			continue;
		fprintf(stderr, "not the same: %s\n", query->words);
		print_result("ours", ours);
		print_result("theirs", theirs);
	}
	return apart;
}

/* ---- the table ---- */

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double percentile(const struct sort *sort, bool ours, double part)
{
	double *times = memory_zero(sort->count, sizeof(*times));
	for (size_t i = 0; i < sort->count; i++)
		times[i] = ours ? sort->queries[i].ours : sort->queries[i].theirs;
	qsort(times, sort->count, sizeof(*times), by_size);
	const double found = times[(size_t)(part * (double)(sort->count - 1) + 0.5)];
	free(times);
	return found;
}

static void print_cell(const struct sort *sort, bool facets)
{
	printf("%-7s %-7s", sort->name, facets ? "facets" : "top 10");
	for (int p99 = 0; p99 < 2; p99++) {
		const double part = p99 ? 0.99 : 0.5, limit = p99 ? 1 : sort->limit;
		const double ours = percentile(sort, true, part);
		const double theirs = percentile(sort, false, part);
		printf("  %8.0f %8.0f %6.2f %5.1f %-7s", ours, theirs, ours / theirs, limit,
		       ours <= limit * theirs ? "reached" : "not");
	}
	printf("\n");
	fflush(stdout);
}

static void warm_up(struct bench *bench, struct sort *sorts, size_t count)
{
	for (unsigned long pass = 0; pass < bench->warm; pass++)
		for (size_t i = 0; i < 2 * count; i++) {
			our_pass(bench, &sorts[i / 2], i % 2);
			their_pass(bench, &sorts[i / 2], i % 2);
		}
}

static size_t measure(struct bench *bench, struct sort *sort, bool facets)
{
	for (size_t i = 0; i < sort->count; i++)
		sort->queries[i].ours = sort->queries[i].theirs = 0;
	for (unsigned long round = 0; round < bench->rounds; round++) {
		our_pass(bench, sort, facets);
		their_pass(bench, sort, facets);
	}
	print_cell(sort, facets);
	our_answers(bench, sort, facets);
	their_answers(bench, sort, facets);
	return differences(sort);
}

static size_t run(struct bench *bench, struct sort *sorts, size_t count)
{
	size_t apart = 0;
	printf("%-15s  %8s %-31s  %8s %s\n", "", "", "median, microseconds", "", "99th percentile");
	printf("%-15s", "");
	for (int i = 0; i < 2; i++)
		printf("  %8s %8s %6s %5s %-7s", "ours", "Lucene's", "ratio", "limit", "");
	printf("\n");
	warm_up(bench, sorts, count);
	for (int facets = 0; facets < 2; facets++)
		for (size_t i = 0; i < count; i++)
			apart += measure(bench, &sorts[i], facets);
	return apart;
}

int main(int argc, char **argv)
{
	struct sort sorts[] = { { .name = "and", .limit = 1.3 },
				{ .name = "or", .limit = 1.0 },
				{ .name = "phrase", .limit = 1.5 } };
	const size_t count = sizeof(sorts) / sizeof(*sorts);
	if (argc < 6)
		give_up("usage", "search_speed INDEX QUERIES WARM ROUNDS COMMAND...");
	struct bench bench = { .warm = strtoul(argv[3], NULL, 10),
			       .rounds = strtoul(argv[4], NULL, 10) };
	struct str path = str_from(argv[1]);
	const struct request like = { 0 };
	struct error err;
	if (!bench.rounds)
		give_up(argv[4], "there must be rounds");
	read_queries(&bench, argv[2], sorts, count);
	if (searcher_open(&(struct str_list){ &path, 1 }, &like, &bench.searcher, &err))
		give_up(argv[1], err.text);
	signal(SIGPIPE, SIG_IGN); /* an engine that ends is told by its missing answer */
	start(&bench, argv + 5);
	const size_t apart = run(&bench, sorts, count);
	stop(&bench);
	searcher_close(bench.searcher);
	printf("totals and counts: %s\n", apart ? "NOT the same" : "the same for every query");
	for (size_t i = 0; i < count; i++)
		free(sorts[i].queries);
	free(bench.line);
	arena_release(&bench.arena);
	arena_release(&bench.kept);
	return apart != 0;
}
