#include "report.h"

#include "dateline/command.h"
#include "dateline/json.h"
#include "dateline/utf8.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <unistd.h>

/* Seconds between looks at the progress: on a terminal a line that moves, elsewhere lines that stay. */
#define TERMINAL_SECONDS 0.2
#define PLAIN_SECONDS 30.0

static double seconds_between(const struct timespec *from, const struct timespec *to)
{
	return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

static double seconds_since(const struct timespec *from)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return seconds_between(from, &now);
}

enum status report_open(struct report *report, enum verbosity verbosity, const char *errors_path,
			struct error *err)
{
	*report = (struct report){
		.verbosity = verbosity,
		.errors_path = errors_path,
		.on_terminal = isatty(STDERR_FILENO),
	};
	clock_gettime(CLOCK_MONOTONIC, &report->start);
	report->last = report->start;
	if (!errors_path)
		return STATUS_OK;
	report->errors = fopen(errors_path, "we");
	return report->errors ? STATUS_OK : error_system(err, "write", errors_path);
}

/* The line of progress gives way to what stays. */
static void clear_line(struct report *report)
{
	if (report->line_is_open)
		fputs("\r\033[K", stderr);
	report->line_is_open = false;
}

enum status report_close(struct report *report, struct error *err)
{
	clear_line(report);
	buffer_release(&report->scratch);
	if (!report->errors)
		return STATUS_OK;
	errno = 0;
	const bool failed = fclose(report->errors) != 0 || report->errors_failed;
	report->errors = NULL;
	return failed ? error_system(err, "write", report->errors_path) : STATUS_OK;
}

static void print_line(struct report *report, const struct buffer *line)
{
	clear_line(report);
	say("%s", line->data);
}

static void say_formatted(struct report *report, const char *format, va_list args)
{
	buffer_reset(&report->scratch);
	buffer_add_format_v(&report->scratch, format, args);
	print_line(report, &report->scratch);
}

void report_say(struct report *report, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	if (report->verbosity >= REPORT_NORMAL)
		say_formatted(report, format, args);
	va_end(args);
}

static void write_failure(struct report *report, const struct origin *origin, const char *reason)
{
	struct buffer *line = &report->scratch;
	buffer_reset(line);
	struct buffer path = { 0 };
	path_show(origin->path, &path);
	buffer_add_text(line, "{\"path\":");
	json_add_string(line, buffer_str(&path));
	buffer_release(&path);
	if (origin->line)
		buffer_add_format(line, ",\"line\":%" PRIu64, origin->line);
	if (origin->record)
		buffer_add_format(line, ",\"record\":%" PRIu64, origin->record);
	buffer_add_text(line, ",\"reason\":");
	json_add_string(line, str_from(reason));
	buffer_add_text(line, "}\n");
	if (fwrite(line->data, 1, line->len, report->errors) != line->len)
		report->errors_failed = true;
}

/* "PATH:LINE" */
static void add_place(struct buffer *line, const struct origin *origin)
{
	if (str_equal(origin->path, STR("-")))
		buffer_add_text(line, "standard input");
	else
		path_show(origin->path, line);
	if (origin->line)
		buffer_add_format(line, ":%" PRIu64, origin->line);
}

void report_file(struct report *report, const char *what, struct str path, const char *reason)
{
	struct buffer *line = &report->scratch;
	if (report->verbosity < REPORT_VERBOSE)
		return;
	buffer_reset(line);
	buffer_add_format(line, "%s ", what);
	path_show(path, line);
	if (reason)
		buffer_add_format(line, ": %s", reason);
	print_line(report, line);
}

void report_failure(struct report *report, const struct origin *origin, const char *reason)
{
	report->failed++;
	struct buffer *line = &report->scratch;
	buffer_reset(line);
	add_place(line, origin);
	buffer_add_format(line, ": %s", reason);
	print_line(report, line);
	if (report->errors)
		write_failure(report, origin, reason);
}

/* ---- progress ---- */

/* "1:02:03", "2:03", "3 s" */
static void add_duration(struct buffer *out, double seconds)
{
	const uint64_t whole = (uint64_t)llround(seconds);
	if (whole >= 3600)
		buffer_add_format(out, "%" PRIu64 ":%02u:%02u", whole / 3600,
				  (unsigned)(whole / 60 % 60), (unsigned)(whole % 60));
	else if (whole >= 60)
		buffer_add_format(out, "%u:%02u", (unsigned)(whole / 60), (unsigned)(whole % 60));
	else
		buffer_add_format(out, "%u s", (unsigned)whole);
}

static void add_rates(struct report *report, struct buffer *line, double seconds)
{
	const double bytes = (double)atomic_load(&report->bytes_read);
	if (bytes > 0)
		buffer_add_format(line, "%.1f MB/s, ", bytes / 1e6 / seconds);
	add_grouped(line, (uint64_t)((double)report->articles / seconds));
	buffer_add_text(line, " articles/s");
}

static void add_left(struct buffer *line, double done, double total, double seconds)
{
	if (done <= 0 || total < done)
		return;
	buffer_add_format(line, ", %d %%, ", (int)(done * 100 / total));
	add_duration(line, seconds * (total - done) / done);
	buffer_add_text(line, " left");
}

static void add_progress(struct report *report, struct buffer *line)
{
	const double seconds = seconds_since(&report->start);
	const double bytes = (double)atomic_load(&report->bytes_read);
	const double total = (double)report->total_bytes;
	add_grouped(line, report->articles);
	buffer_add_text(line, " articles, ");
	add_rates(report, line, seconds);
	if (report->total_articles)
		add_left(line, (double)report->outcomes[WRITER_REDONE],
			 (double)report->total_articles, seconds);
	else
		add_left(line, bytes, total, seconds);
}

void report_progress(struct report *report)
{
	if (report->verbosity == REPORT_QUIET)
		return;
	const double due = report->on_terminal ? TERMINAL_SECONDS : PLAIN_SECONDS;
	if (seconds_since(&report->last) < due)
		return;
	clock_gettime(CLOCK_MONOTONIC, &report->last);
	buffer_reset(&report->scratch);
	add_progress(report, &report->scratch);
	if (!report->on_terminal) {
		print_line(report, &report->scratch);
		return;
	}
	fprintf(stderr, "\r\033[K%s", report->scratch.data);
	fflush(stderr);
	report->line_is_open = true;
}

#define DATE_SHOWN_MAX 80 /* bytes */

static void report_unread_date(struct report *report, const struct prepared *prepared)
{
	struct buffer *line = &report->scratch;
	report->unread_dates++;
	if (report->verbosity < REPORT_VERBOSE)
		return;
	const struct str date = prepared->unread_date;
	const size_t shown = utf8_cut(date, DATE_SHOWN_MAX);
	buffer_reset(line);
	add_place(line, &prepared->origin);
	buffer_add_format(line, ": the date could not be read: %.*s%s", (int)shown, date.data,
			  shown < date.len ? "..." : "");
	print_line(report, line);
}

void report_article(struct report *report, const struct prepared *prepared,
		    enum writer_outcome outcome)
{
	report->articles++;
	report->outcomes[outcome]++;
	report->cut_articles += prepared->cut > 0;
	report->replaced_sequences += prepared->replaced;
	if (prepared->unread_date.len)
		report_unread_date(report, prepared);
	report_progress(report);
}

/* ---- the end ---- */

static void add_part(struct buffer *line, uint64_t count, const char *what)
{
	if (!count)
		return;
	if (line->len)
		buffer_add_text(line, ", ");
	add_grouped(line, count);
	buffer_add_char(line, ' ');
	buffer_add_text(line, what);
}

static void say_count(struct report *report, uint64_t count, const char *one, const char *many)
{
	if (!count)
		return;
	struct buffer text = { 0 };
	add_grouped(&text, count);
	report_say(report, "%s %s", text.data, count == 1 ? one : many);
	buffer_release(&text);
}

static void say_outcomes(struct report *report, uint32_t total)
{
	struct buffer line = { 0 }, sum = { 0 };
	const uint64_t replaced = report->outcomes[WRITER_REPLACED];
	add_part(&line, report->outcomes[WRITER_ADDED], "added");
	add_part(&line, replaced, "replaced");
	add_part(&line, report->outcomes[WRITER_UNCHANGED], "unchanged");
	add_part(&line, report->outcomes[WRITER_REDONE], "refreshed");
	add_part(&line, report->deleted, "deleted");
	add_part(&line, report->failed, "failed");
	add_grouped(&sum, total);
	report_say(report, "%s; the index has %s article%s", line.len ? line.data : "nothing to do",
		   sum.data, total == 1 ? "" : "s");
	buffer_release(&line);
	buffer_release(&sum);
}

static void say_rates(struct report *report)
{
	const bool is_read = report->articles > report->outcomes[WRITER_REDONE];
	const double seconds = seconds_since(&report->start);
	struct buffer line = { 0 };
	add_grouped(&line, report->articles);
	buffer_add_format(&line, " article%s %s in %.1f s: ", report->articles == 1 ? "" : "s",
			  is_read ? "read" : "refreshed", seconds);
	add_rates(report, &line, seconds);
	report_say(report, "%s", line.data);
	buffer_release(&line);
}

void report_steps(struct report *report, const struct writer_step *steps, size_t count)
{
	for (size_t i = 0; i < count && report->verbosity == REPORT_VERBOSE; i++)
		report_say(report, "stage %s %.3f s", steps[i].name, steps[i].seconds);
}

void report_summary(struct report *report, const struct report_index *index)
{
	clear_line(report);
	say_count(report, report->outcomes[WRITER_REPEATED],
		  "article had the id of an earlier one in this run, and took its place",
		  "articles had the id of an earlier one in this run, and took its place");
	say_count(report, report->replaced_sequences, "byte sequence was not UTF-8 and became U+FFFD",
		  "byte sequences were not UTF-8 and became U+FFFD");
	say_count(report, report->unread_dates,
		  "date could not be read: its article is undated (-v names it)",
		  "dates could not be read: their articles are undated (-v names them)");
	say_count(report, report->cut_articles, "article was longer than 4 MiB and was cut",
		  "articles were longer than 4 MiB and were cut");
	say_count(report, report->words_cut, "word was longer than 64 bytes and was cut",
		  "words were longer than 64 bytes and were cut");
	say_count(report, atomic_load(&report->skipped_files),
		  "file was passed over: in none of the formats (-v names it)",
		  "files were passed over: in none of the formats (-v names them)");
	say_outcomes(report, index->articles);
	if (report->articles)
		say_rates(report);
	say_count(report, index->older,
		  "article has entities found by an older model: dateline index --refresh-entities",
		  "articles have entities found by an older model: dateline index --refresh-entities");
}
