/* dateline-index: reads articles into an index; called dateline-entities, prints what is found in them. */
#include "entities_command.h"
#include "options.h"
#include "pipeline.h"
#include "refresh.h"

#include "dateline/fixes.h"
#include "dateline/utf8.h"

#include <errno.h>
#include <limits.h>
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

/* What a run works on. */
struct run {
	const struct options *options;
	struct report *report;
	struct walk files;
	struct name_model *model; /* NULL when no names are looked for */
	struct writer *writer;
};

/* ---- the parts, in the order in which they are done ---- */

static enum status delete_all(struct run *run, struct error *err)
{
	const struct options *options = run->options;
	struct buffer id = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < options->delete_count && status == STATUS_OK; i++) {
		bool found;
		buffer_reset(&id);
		utf8_clean(str_from(options->deletes[i]), &id);
		status = writer_delete(run->writer, buffer_str(&id), &found, err);
		if (status != STATUS_OK)
			break;
		run->report->deleted += found;
		const struct origin origin = { .path = buffer_str(&id) };
		if (!found)
			report_failure(run->report, &origin, "the index has no article with this id");
	}
	buffer_release(&id);
	return status;
}

static enum status index_files(struct run *run, struct error *err)
{
	const struct pipeline_options pipeline = {
		.jobs = run->options->jobs,
		.mode = run->options->mode,
		.model = run->model,
		.format = run->options->format,
		.files = &run->files,
		.stop = stop_event,
	};
	run->report->total_bytes = run->files.bytes;
	return pipeline_run(&pipeline, run->writer, run->report, err);
}

static enum status prune(struct run *run, struct error *err)
{
	uint32_t deleted = 0;
	const enum status status = writer_prune(run->writer, &deleted, err);
	run->report->deleted += deleted;
	return status;
}

static enum status refresh(struct run *run, struct error *err)
{
	const struct refresh_options refresh = {
		.jobs = run->options->jobs,
		.mode = run->options->mode,
		.model = run->model,
		.stop = stop_event,
	};
	return refresh_run(&refresh, run->writer, run->report, err);
}

/* The path is remembered as it leads to the file from anywhere. */
static enum status set_fixes(struct run *run, struct error *err)
{
	char path[PATH_MAX];
	const char *named = run->options->fixes;
	if (strcmp(named, FIXES_NONE) == 0)
		return writer_set_fixes(run->writer, STR(""), err);
	if (!realpath(named, path))
		return error_system(err, "read", named);
	return writer_set_fixes(run->writer, str_from(path), err);
}

static enum status work(struct run *run, struct error *err)
{
	const struct options *options = run->options;
	enum status status = options->fixes ? set_fixes(run, err) : STATUS_OK;
	if (status == STATUS_OK)
		status = delete_all(run, err);
	if (status == STATUS_OK && *options->paths)
		status = index_files(run, err);
	if (status == STATUS_OK && options->prune)
		status = prune(run, err);
	if (status == STATUS_OK && options->refresh)
		status = refresh(run, err);
	return status;
}

/* ---- the end ---- */

/* Whether what is in the writer is worth a place: not half of an old index, not nothing of what was wanted. */
static bool is_worth_keeping(const struct run *run, bool interrupted)
{
	const bool rebuild = run->options->rebuild;
	if (!writer_is_fresh(run->writer) || writer_count(run->writer) > 0)
		return !(interrupted && rebuild);
	return !interrupted && !run->report->failed && !rebuild;
}

static void say_stopped(const struct run *run, bool kept)
{
	if (kept)
		report_say(
			run->report,
			"stopped: what was read is in the index, and the same command does the rest");
	else if (writer_is_fresh(run->writer) && run->options->rebuild)
		report_say(run->report, "stopped: nothing was changed");
	else
		report_say(run->report, "stopped: no index was made");
}

/* A run that was only to remember something has read no article that could be told of. */
static bool has_summary(const struct options *options)
{
	return *options->paths || options->delete_count || options->prune || options->refresh;
}

static void say_fixes(const struct run *run)
{
	if (strcmp(run->options->fixes, FIXES_NONE) == 0)
		report_say(run->report, "searches read no corrections any more");
	else
		report_say(run->report, "searches read the corrections in %s", run->options->fixes);
}

/* What is in the index is looked at before it is published, and told when that is done. */
static enum status keep(struct run *run, struct error *err)
{
	struct report_index index = { 0 };
	enum status status = STATUS_OK;
	if (run->model)
		status = refresh_count_older(run->writer, run->model, &index.older, err);
	if (status == STATUS_OK)
		status = writer_finish(run->writer, err);
	index.articles = writer_count(run->writer);
	if (status == STATUS_OK && has_summary(run->options))
		report_summary(run->report, &index);
	if (status == STATUS_OK && run->options->fixes)
		say_fixes(run);
	return status;
}

static enum status finish(struct run *run, bool interrupted, struct error *err)
{
	const struct options *options = run->options;
	const bool is_kept = is_worth_keeping(run, interrupted);
	const enum status status = is_kept ? keep(run, err) : STATUS_OK;
	if (status != STATUS_OK)
		return status;
	if (interrupted)
		say_stopped(run, is_kept);
	else if (!is_kept && options->rebuild)
		return error_set(err, STATUS_BAD_INPUT, "no article was read: %s was not made anew",
				 options->common.db);
	else if (!is_kept)
		report_say(run->report, "nothing could be read: no index was made");
	return STATUS_OK;
}

/* ---- the whole ---- */

/* Before anything is begun. */
static enum status check_fixes(const struct options *options, struct error *err)
{
	struct fixes fixes = { 0 };
	struct arena arena = { 0 };
	if (!options->fixes || strcmp(options->fixes, FIXES_NONE) == 0)
		return STATUS_OK;
	const enum status status = fixes_read(options->fixes, &arena, &fixes, err);
	fixes_release(&fixes);
	arena_release(&arena);
	return status;
}

/* The model is only wanted for finding names. */
static enum status open_model(struct run *run, struct error *err)
{
	const struct options *options = run->options;
	struct error why;
	if (options->mode != ENTITIES_AUTO || (!*options->paths && !options->refresh))
		return STATUS_OK;
	const enum status status = name_model_open(NULL, &run->model, &why);
	if (status == STATUS_OK)
		return status;
	return error_set(err, status, "%s; --entities=given does without", why.text);
}

static enum status open_writer(struct run *run, struct error *err)
{
	const struct writer_options options = {
		.path = run->options->common.db,
		.rebuild = run->options->rebuild,
		.must_exist = !*run->options->paths,
		.adds = *run->options->paths != NULL,
		.mode = run->options->mode,
	};
	return writer_open(&options, &run->writer, err);
}

static enum status run_all(const struct options *options, struct report *report, bool *interrupted,
			   struct error *err)
{
	struct run run = { .options = options, .report = report };
	enum status status = walk_paths(options->paths, &run.files, err);
	if (status == STATUS_OK)
		status = check_fixes(options, err);
	if (status == STATUS_OK)
		status = open_model(&run, err);
	if (status == STATUS_OK)
		status = watch_signals(err);
	if (status == STATUS_OK)
		status = open_writer(&run, err);
	if (status == STATUS_OK) {
		status = work(&run, err);
		*interrupted = status == STATUS_INTERRUPTED;
		if (status == STATUS_OK || *interrupted)
			status = finish(&run, *interrupted, err);
	}
	writer_close(run.writer);
	name_model_close(run.model);
	walk_release(&run.files);
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
		status = run_all(options, &report, &interrupted, &err);
		struct error late;
		const enum status closed = report_close(&report, status == STATUS_OK ? &err : &late);
		status = status == STATUS_OK ? closed : status;
	}
	if (status != STATUS_OK)
		say_error(&err);
	return exit_code(status, &report, interrupted);
}

/* One program, called by the name of the command it is to be. */
static bool is_called(const char *name, int argc, char **argv)
{
	const char *called = argc && argv[0] ? argv[0] : "";
	const char *slash = strrchr(called, '/');
	return strcmp(slash ? slash + 1 : called, name) == 0;
}

int main(int argc, char **argv)
{
	struct options options;
	struct error err;
	int code = EXIT_ALL_IN;
	command_begin();
	if (is_called("dateline-entities", argc, argv))
		return command_entities(argc, argv);
	if (options_parse(argc, argv, &options, &err) != STATUS_OK)
		code = say_error(&err);
	else if (!common_wish(&index_argp, &options.common, "index"))
		code = index_command(&options);
	free(options.deletes);
	return code;
}
