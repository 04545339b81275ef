/*
 * Queries of people who mean no good: each must end in an answer, or in one clear line.
 *
 *   hostile INDEX ROUNDS PROGRAM
 *
 * PROGRAM is dateline-search; each query is a whole process. What is refused ends with 2 and one line on the standard error; what is
 * answered ends with 0 or 1; and all that is printed is valid UTF-8 without control characters. Prints the queries that took
 * longest, the best of ROUNDS each, in milliseconds of the whole process. Ends with 1 when one is answered badly; time decides
 * nothing.
 */
#include "dateline/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum fate {
	ANSWERED, /* with hits or without */
	REFUSED,
	EITHER, /* as the limits are, either is right */
};

/*
 * What is asked: `before`; `count` times `piece`, or the words of a list one after the other, with `between` between them; `text`;
 * `count` times `closing`; `after`. All may be left out.
 */
struct hostile {
	const char *name;
	enum fate fate;
	int code; /* that it ended with */
	const char *before;
	const char *const *words;
	const char *piece;
	size_t count;
	const char *between, *text, *closing, *after;
	bool nuls; /* each % in it is a NUL */
	double ms; /* the best so far */
};

/* ---- the queries ---- */

#define LIST_SIZE 16

/* Words that are in nearly every article. */
static const char *const common[LIST_SIZE] = { "the",  "of",  "to",   "and", "a",    "in",
					       "said", "for", "on",   "is",  "that", "with",
					       "was",  "by",  "from", "at" };

/* The same that weigh, because none is a function word. */
static const char *const heavy[LIST_SIZE] = { "said",      "year",   "government", "people",
					      "new",       "time",   "last",       "state",
					      "president", "one",    "first",      "two",
					      "made",      "report", "country",    "say" };

static const char *const starts[LIST_SIZE] = { "con*", "pro*", "com*", "pre*", "int*", "dis*",
					       "rec*", "res*", "mar*", "car*", "man*", "tra*",
					       "for*", "per*", "sta*", "str*" };

static const char *const misspelt[LIST_SIZE] = { "goverment~2",   "presidant~2",  "minester~2",
						 "electoin~2",    "economey~2",   "militery~2",
						 "securty~2",     "internaton~2", "agreemant~2",
						 "departmant~2",  "conferance~2", "organisatoin~2",
						 "statment~2",    "parlament~2",  "comission~2",
						 "developement~2" };

static struct hostile table[] = {
	{ "5,000 bytes", REFUSED, .piece = "china", .count = 834, .between = " " },
	{ "100,000 bytes", REFUSED, .piece = "a", .count = 100000 },
	{ "65 OR", REFUSED, .words = heavy, .count = 66, .between = " OR " },
	{ "64 OR of frequent words", ANSWERED, .words = heavy, .count = 65, .between = " OR " },
	{ "64 AND of frequent words", ANSWERED, .words = heavy, .count = 65, .between = " AND " },
	{ "33 levels", REFUSED, .piece = "(", .count = 33, .text = "china OR russia", .closing = ")" },
	{ "4,000 open parentheses", REFUSED, .piece = "(", .count = 4000 },
	{ "32 levels, each with OR", ANSWERED, .piece = "(said OR ", .count = 32, .text = "year",
	  .closing = ")" },
	{ "4,000 closed parentheses", ANSWERED, .piece = ")", .count = 4000 },
	{ "500 NOT in a row", REFUSED, .piece = "NOT ", .count = 500, .text = "china" },
	{ "64 words taken away", ANSWERED, .before = "china -", .words = heavy, .count = 64,
	  .between = " -" },
	{ "100 NOT", REFUSED, .before = "said NOT ", .words = heavy, .count = 100,
	  .between = " NOT " },
	{ "31 NOT, each in the one before", ANSWERED, .piece = "NOT (said ", .count = 31,
	  .closing = ")" },
	{ "4,000 minuses", EITHER, .piece = "-", .count = 4000 },
	{ "phrase of 17 words", REFUSED, .before = "\"", .words = common, .count = 17,
	  .between = " ", .after = "\"" },
	{ "phrase of 16 frequent words", ANSWERED, .before = "\"", .words = common, .count = 16,
	  .between = " ", .after = "\"" },
	{ "phrase of one word 16 times", ANSWERED, .before = "\"", .piece = "the", .count = 16,
	  .between = " ", .after = "\"" },
	{ "30 phrases of frequent words", ANSWERED, .piece = "\"of the\" \"in the\"", .count = 15,
	  .between = " OR " },
	{ "4,000 quotes", ANSWERED, .piece = "\"", .count = 4000 },
	{ "100 NEAR", REFUSED, .words = common, .count = 101, .between = " NEAR/100 " },
	{ "7 NEAR/100 of frequent words", ANSWERED, .words = common, .count = 8,
	  .between = " NEAR/100 " },
	{ "7 NEAR/100 of one word", ANSWERED, .piece = "the", .count = 8, .between = " NEAR/100 " },
	{ "7 ADJ/100 of frequent words", ANSWERED, .words = common, .count = 8,
	  .between = " ADJ/100 " },
	{ "NEAR/100 of two groups", ANSWERED, .before = "(", .words = common, .count = 4,
	  .between = " OR ", .text = ") NEAR/100 (said OR for OR on OR is)" },
	{ "7 NEAR/100 of any people", ANSWERED, .piece = "person:*", .count = 8,
	  .between = " NEAR/100 " },
	{ "60 NEAR without words", EITHER, .piece = "NEAR/5", .count = 60, .between = " " },
	{ "NEAR with a huge number", ANSWERED,
	  .text = "china NEAR/99999999999999999999999 russia NEAR/-1 the NEAR/ of" },
	{ "8 frequent words in a sentence", ANSWERED, .before = "(", .words = common, .count = 8,
	  .between = " ", .after = ")@s" },
	{ "9 words in a sentence", REFUSED, .before = "(", .words = heavy, .count = 9,
	  .between = " ", .after = ")@s" },
	{ "one letter and *", REFUSED, .text = "a*" },
	{ "20 letters with *", REFUSED, .piece = "a* b* c* s* t*", .count = 4, .between = " OR " },
	{ "17 words with *", REFUSED, .piece = "con*", .count = 17, .between = " " },
	{ "16 words with *", ANSWERED, .words = starts, .count = 16, .between = " " },
	{ "16 words with *, any of them", ANSWERED, .words = starts, .count = 16, .between = " OR " },
	{ "words with * in a phrase", ANSWERED, .before = "\"", .words = starts, .count = 3,
	  .between = " ", .after = "\"" },
	{ "* alone", ANSWERED, .text = "* OR * NOT * \"*\" -* (*)" },
	{ "a value of one letter and *", REFUSED, .text = "person:a*" },
	{ "16 words with ~2", ANSWERED, .words = misspelt, .count = 16, .between = " " },
	{ "17 words with ~2", REFUSED, .piece = "goverment~2", .count = 17, .between = " " },
	{ "short words with ~2", ANSWERED, .text = "a~2 ab~2 abc~2 ~2 ~~~~ a~99999999999999999999" },
	{ "word of 2,000 letters with ~2", ANSWERED, .piece = "ab", .count = 1000, .after = "~2" },
	{ "1,300 words", REFUSED, .piece = "a", .count = 1300, .between = " " },
	{ "512 frequent words", ANSWERED, .words = heavy, .count = 512, .between = " " },
	{ "word of 4,096 letters", ANSWERED, .piece = "a", .count = 4096 },
	{ "1,365 Han characters", REFUSED, .piece = "北京市", .count = 455 },
	{ "100 Han characters", ANSWERED, .piece = "北京市政府", .count = 20 },
	{ "2,000 accents on one letter", ANSWERED, .before = "a", .piece = "\u0301", .count = 2000 },
	{ "250 words with hyphens", ANSWERED, .piece = "the", .count = 250, .between = "-" },
	{ "acronym of 1,000 letters", ANSWERED, .piece = "a", .count = 1000, .between = "." },
	{ "invalid UTF-8", ANSWERED,
	  .text = "china \xff\xfe\x80 \xc0\xaf\xed\xa0\x80\xed\xbf\xbf \xf8\x88\x80\x80\x80 \xe2\x82" },
	{ "4,000 invalid bytes", EITHER, .piece = "\xff", .count = 4000 },
	{ "byte order marks", ANSWERED, .before = "\xef\xbb\xbf",
	  .text = "china\xef\xbb\xbf \xef\xbf\xbe \xef\xbf\xbf" },
	{ "control characters", ANSWERED,
	  .text = "china\x1b[31m\x1b]0;title\x07 \x08\x7f\xc2\x9b\xe2\x80\xae russia\r\nx\v\f" },
	{ "NUL bytes", ANSWERED, .text = "china%russia %% \"the%of\" person:%", .nuls = true },
	{ "what looks like terms of the index", ANSWERED,
	  .text = "XPERSON:putin XPERchina Zchina ZSchina Schina Qid Y2016 XSENTENCES: XANY:P XALIAS:P" },
	{ "fields without values", ANSWERED,
	  .text = "title: :china ::::: nosuch:china title:title:title:china person:\"\" id:" },
	{ "20 title:( in each other", EITHER, .piece = "title:(", .count = 20, .text = "the of",
	  .closing = ")" },
	{ "value of 4,000 letters", ANSWERED, .before = "person:\"", .piece = "x", .count = 4000,
	  .after = "\"" },
	{ "all dates", ANSWERED, .text = "published:0001..9999 when:0001..9999" },
	{ "no date", REFUSED, .text = "published:9999-99-99.." },
	{ "strange weights", ANSWERED,
	  .text = "china^1e308 russia^-1 iran^nan iraq^0 ^^^^ the^99999999999999999999999999" },
	{ "operators without words", ANSWERED,
	  .text = "OR AND NOT OR OR AND NEAR ADJ NOT NOT AND ( OR ) -( - ) \"OR\" NEAR/3 @s )@s" },
	{ "nothing but signs", ANSWERED, .text = "!!! ... --- \xe2\x80\xa6 ~~~ @@@ ^^^" },
};

static void add_text(struct buffer *query, const char *text)
{
	if (text)
		buffer_add_text(query, text);
}

static void make(const struct hostile *hostile, struct buffer *query)
{
	add_text(query, hostile->before);
	for (size_t i = 0; i < hostile->count; i++) {
		if (i)
			add_text(query, hostile->between);
		add_text(query, hostile->words ? hostile->words[i % LIST_SIZE] : hostile->piece);
	}
	add_text(query, hostile->text);
	for (size_t i = 0; i < hostile->count; i++)
		add_text(query, hostile->closing);
	add_text(query, hostile->after);
	for (size_t i = 0; hostile->nuls && i < query->len; i++)
		if (query->data[i] == '%')
			query->data[i] = '\0';
}

#define TABLE_SIZE (sizeof(table) / sizeof(*table))

/* ---- running ---- */

#define TIMEOUT_MS "10000" /* what is not over by then would perhaps never be */

static void give_up(const char *what)
{
	fprintf(stderr, "hostile: %s: %s\n", what, strerror(errno));
	exit(2);
}

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

struct trial {
	const char *index, *program;
	int in, out, err; /* files without names */
	struct buffer query, printed, said;
	size_t failed;
};

static int open_file(void)
{
	FILE *file = tmpfile();
	const int number = file ? dup(fileno(file)) : -1;
	if (number < 0)
		give_up("a temporary file");
	fclose(file);
	return number;
}

static void empty_file(int file)
{
	if (ftruncate(file, 0) || lseek(file, 0, SEEK_SET) < 0)
		give_up("a temporary file");
}

static void read_file(int file, struct buffer *into)
{
	char bytes[4096];
	ssize_t len;
	buffer_reset(into);
	lseek(file, 0, SEEK_SET);
	while ((len = read(file, bytes, sizeof(bytes))) > 0)
		buffer_add(into, bytes, (size_t)len);
}

/* An argument ends at a NUL; a line of a batch does not. */
static bool needs_batch(struct str query)
{
	return memchr(query.data, '\0', query.len) != NULL;
}

static void write_batch(struct trial *trial)
{
	struct buffer line = { 0 };
	buffer_add_text(&line, "q\t");
	buffer_add_str(&line, buffer_str(&trial->query));
	buffer_add_char(&line, '\n');
	if (write(trial->in, line.data, line.len) != (ssize_t)line.len ||
	    lseek(trial->in, 0, SEEK_SET) < 0)
		give_up("a temporary file");
	buffer_release(&line);
}

static double run_once(struct trial *trial, int *status)
{
	const char *plain[] = { trial->program, "-d", trial->index,      "--json", "--timeout",
				TIMEOUT_MS,     "--", trial->query.data, NULL };
	const char *batch[] = { trial->program, "-d",      trial->index, "--json", "--timeout",
				TIMEOUT_MS,     "--batch", "-",          NULL };
	const bool by_line = needs_batch(buffer_str(&trial->query));
	posix_spawn_file_actions_t files;
	pid_t child;
	empty_file(trial->in);
	empty_file(trial->out);
	empty_file(trial->err);
	if (by_line)
		write_batch(trial);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, trial->in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, trial->out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, trial->err, STDERR_FILENO);
	const double began = now_ms();
	errno = posix_spawn(&child, trial->program, &files, NULL,
			    (char *const *)(by_line ? batch : plain), environ);
	if (errno || waitpid(child, status, 0) < 0)
		give_up(trial->program);
	posix_spawn_file_actions_destroy(&files);
	return now_ms() - began;
}

/* ---- judging ---- */

static bool is_printable(const struct buffer *text)
{
	struct buffer clean = { 0 };
	utf8_clean(buffer_str(text), &clean);
	bool good = str_equal(buffer_str(&clean), buffer_str(text));
	for (size_t i = 0; i < text->len && good; i++)
		good = (unsigned char)text->data[i] >= 0x20 || text->data[i] == '\n';
	buffer_release(&clean);
	return good;
}

static size_t count_lines(const struct buffer *text)
{
	size_t lines = 0;
	for (size_t i = 0; i < text->len; i++)
		lines += text->data[i] == '\n';
	return lines + (text->len && text->data[text->len - 1] != '\n');
}

/* What is wrong with the end of a query; NULL: nothing. */
static const char *judge(const struct trial *trial, const struct hostile *hostile, int status)
{
	if (!WIFEXITED(status))
		return "it did not end by itself";
	const int code = WEXITSTATUS(status);
	if (code > 2)
		return "an exit code that means nothing";
	if (code == 2 ? hostile->fate == ANSWERED : hostile->fate == REFUSED)
		return code == 2 ? "it is refused" : "it is not refused";
	if (!is_printable(&trial->said) || !is_printable(&trial->printed))
		return "what it says cannot be shown as it is";
	if (code == 2 && count_lines(&trial->said) != 1)
		return "it does not say one line";
	if (trial->said.len > 600)
		return "it says too much";
	return NULL;
}

static void try_hostile(struct trial *trial, struct hostile *hostile, unsigned long rounds)
{
	int status = 0;
	buffer_reset(&trial->query);
	make(hostile, &trial->query);
	for (unsigned long i = 0; i < rounds; i++) {
		const double ms = run_once(trial, &status);
		if (!i || ms < hostile->ms)
			hostile->ms = ms;
	}
	read_file(trial->out, &trial->printed);
	read_file(trial->err, &trial->said);
	hostile->code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	const char *wrong = judge(trial, hostile, status);
	if (!wrong)
		return;
	trial->failed++;
	printf("FAIL hostile: %s: %s (exit %d): %.*s\n", hostile->name, wrong, hostile->code,
	       STR_ARG(buffer_str(&trial->said)));
}

static int by_time(const void *a, const void *b)
{
	const struct hostile *one = a, *two = b;
	return (one->ms < two->ms) - (one->ms > two->ms);
}

#define SLOWEST 5

static void print_times(void)
{
	size_t slow = 0;
	qsort(table, TABLE_SIZE, sizeof(*table), by_time);
	while (slow < TABLE_SIZE && table[slow].ms >= 100)
		slow++;
	printf("hostile queries: %zu, of which %zu took 100 ms or more; the slowest:\n", TABLE_SIZE,
	       slow);
	for (size_t i = 0; i < (slow > SLOWEST ? slow : SLOWEST); i++)
		printf("%8.1f ms, exit %d: %s\n", table[i].ms, table[i].code, table[i].name);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return fprintf(stderr, "usage: hostile INDEX ROUNDS PROGRAM\n"), 2;
	struct trial trial = { .index = argv[1],
			       .program = argv[3],
			       .in = open_file(),
			       .out = open_file(),
			       .err = open_file() };
	for (size_t i = 0; i < TABLE_SIZE; i++)
		try_hostile(&trial, &table[i], strtoul(argv[2], NULL, 10));
	print_times();
	buffer_release(&trial.query);
	buffer_release(&trial.printed);
	buffer_release(&trial.said);
	close(trial.in);
	close(trial.out);
	close(trial.err);
	return trial.failed != 0;
}
