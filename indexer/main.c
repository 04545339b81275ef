/* dateline-index: reads articles into an index. */
#include "options.h"
#include "pipeline.h"

#include "dateline/utf8.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Besides EXIT_TROUBLE. */
enum { EXIT_ALL_IN = 0, EXIT_SOME_FAILED = 1, EXIT_LOCKED = 3, EXIT_STOPPED = 130 };

static int stop_event = -1;

/* The second signal of a kind ends the process at once. */
static void on_stop(int number)
{
	const uint64_t one = 1;
	const int saved = errno;
	(void)number;
	if (write(stop_event, &one, sizeof(one)) < 0)
		_exit(EXIT_STOPPED);
	errno = saved;
}

static enum status watch_signals(struct error *err)
{
	stop_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (stop_event < 0)
		return error_system(err, "make", "an event");
	struct sigaction stop = { .sa_handler = on_stop, .sa_flags = SA_RESETHAND };
	sigaction(SIGINT, &stop, NULL);
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGHUP, &stop, NULL);
	/* Writes that fail are told by their callers. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	return STATUS_OK;
}

static enum status delete_all(const struct options *options, struct writer *writer,
			      struct report *report, struct error *err)
{
	struct buffer id = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < options->delete_count && status == STATUS_OK; i++) {
		bool found;
		buffer_reset(&id);
		utf8_clean(str_from(options->deletes[i]), &id);
		status = writer_delete(writer, buffer_str(&id), &found, err);
		if (status != STATUS_OK)
			break;
		report->deleted += found;
		const struct origin origin = { .path = buffer_str(&id) };
		if (!found)
			report_failure(report, &origin, "the index has no article with this id");
	}
	buffer_release(&id);
	return status;
}

static enum status index_files(const struct options *options, const struct walk *files,
			       struct writer *writer, struct report *report, struct error *err)
{
	const struct pipeline_options pipeline = {
		.jobs = options->jobs,
		.mode = options->mode,
		.format = options->format,
		.files = files,
		.stop = stop_event,
	};
	report->total_bytes = files->bytes;
	return pipeline_run(&pipeline, writer, report, err);
}

static enum status prune(struct writer *writer, struct report *report, struct error *err)
{
	uint32_t deleted = 0;
	const enum status status = writer_prune(writer, &deleted, err);
	report->deleted += deleted;
	return status;
}

static enum status work(const struct options *options, const struct walk *files,
			struct writer *writer, struct report *report, struct error *err)
{
	enum status status = delete_all(options, writer, report, err);
	if (status == STATUS_OK && *options->paths)
		status = index_files(options, files, writer, report, err);
	if (status == STATUS_OK && options->prune)
		status = prune(writer, report, err);
	return status;
}

/* Whether what is in the writer is worth a place: not half of an old index, not nothing of what was wanted. */
static bool is_worth_keeping(const struct options *options, const struct writer *writer,
			     const struct report *report, bool interrupted)
{
	if (!writer_is_fresh(writer) || writer_count(writer) > 0)
		return !(interrupted && options->rebuild);
	return !interrupted && !report->failed && !options->rebuild;
}

static void say_stopped(const struct options *options, const struct writer *writer,
			struct report *report, bool kept)
{
	if (kept)
		report_say(
			report,
			"stopped: what was read is in the index, and the same command does the rest");
	else if (writer_is_fresh(writer) && options->rebuild)
		report_say(report, "stopped: nothing was changed");
	else
		report_say(report, "stopped: no index was made");
}

static enum status finish(const struct options *options, struct writer *writer,
			  struct report *report, bool interrupted, struct error *err)
{
	const bool keep = is_worth_keeping(options, writer, report, interrupted);
	const enum status status = keep ? writer_finish(writer, err) : STATUS_OK;
	if (status != STATUS_OK)
		return status;
	if (keep)
		report_summary(report, writer_count(writer));
	if (interrupted)
		say_stopped(options, writer, report, keep);
	else if (!keep && options->rebuild)
		return error_set(err, STATUS_BAD_INPUT, "no article was read: %s was not made anew",
				 options->common.db);
	else if (!keep)
		report_say(report, "nothing could be read: no index was made");
	return STATUS_OK;
}

static enum status run(const struct options *options, struct report *report, bool *interrupted,
		       struct error *err)
{
	const struct writer_options writer_options = {
		.path = options->common.db,
		.rebuild = options->rebuild,
		.must_exist = !*options->paths,
		.adds = *options->paths != NULL,
	};
	struct walk files = { 0 };
	struct writer *writer = NULL;
	enum status status = walk_paths(options->paths, &files, err);
	if (status == STATUS_OK)
		status = watch_signals(err);
	if (status == STATUS_OK)
		status = writer_open(&writer_options, &writer, err);
	if (status == STATUS_OK) {
		status = work(options, &files, writer, report, err);
		*interrupted = status == STATUS_INTERRUPTED;
		if (status == STATUS_OK || *interrupted)
			status = finish(options, writer, report, *interrupted, err);
	}
	writer_close(writer);
	walk_release(&files);
	return status;
}

static int exit_code(enum status status, const struct report *report, bool interrupted)
{
	if (status == STATUS_LOCKED)
		return EXIT_LOCKED;
	if (status != STATUS_OK)
		return EXIT_TROUBLE;
	if (interrupted)
		return EXIT_STOPPED;
	return report->failed ? EXIT_SOME_FAILED : EXIT_ALL_IN;
}

static int index_command(const struct options *options)
{
	struct report report;
	struct error err;
	bool interrupted = false;
	enum status status = report_open(&report, options->verbosity, options->errors, &err);
	if (status == STATUS_OK) {
		status = run(options, &report, &interrupted, &err);
		struct error late;
		const enum status closed = report_close(&report, status == STATUS_OK ? &err : &late);
		status = status == STATUS_OK ? closed : status;
	}
	if (status != STATUS_OK)
		say_error(&err);
	return exit_code(status, &report, interrupted);
}

int main(int argc, char **argv)
{
	struct options options;
	struct error err;
	int code = EXIT_ALL_IN;
	command_begin();
	if (options_parse(argc, argv, &options, &err) != STATUS_OK)
		code = say_error(&err);
	else if (!common_wish(&index_argp, &options.common, "index"))
		code = index_command(&options);
	free(options.deletes);
	return code;
}
