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
struct task {
	const struct options *options;
	struct report *report;
	struct walk files;
	struct name_model *model; /* NULL when no names are looked for */
	struct writer *writer;
};

/* ---- the parts, in the order in which they are done ---- */

static enum status delete_all(struct task *task, struct error *err)
{
	const struct options *options = task->options;
	struct buffer id = { 0 };
	enum status status = STATUS_OK;
	for (size_t i = 0; i < options->delete_count && status == STATUS_OK; i++) {
		bool found;
		buffer_reset(&id);
		utf8_clean(str_from(options->deletes[i]), &id);
		status = writer_delete(task->writer, buffer_str(&id), &found, err);
		if (status != STATUS_OK)
			break;
		task->report->deleted += found;
		const struct origin origin = { .path = buffer_str(&id) };
		if (!found)
			report_failure(task->report, &origin,
				       "the index has no article with this id");
	}
	buffer_release(&id);
	return status;
}

static enum status index_files(struct task *task, struct error *err)
{
	const struct pipeline_options pipeline = {
		.jobs = task->options->jobs,
		.mode = task->options->mode,
		.model = task->model,
		.format = task->options->format,
		.files = &task->files,
		.stop = stop_event,
	};
	task->report->total_bytes = task->files.bytes;
	return pipeline_run(&pipeline, task->writer, task->report, err);
}

static enum status prune(struct task *task, struct error *err)
{
	uint32_t deleted = 0;
	const enum status status = writer_prune(task->writer, &deleted, err);
	task->report->deleted += deleted;
	return status;
}

static enum status refresh(struct task *task, struct error *err)
{
	const struct refresh_options refresh = {
		.jobs = task->options->jobs,
		.mode = task->options->mode,
		.model = task->model,
		.stop = stop_event,
	};
	return refresh_run(&refresh, task->writer, task->report, err);
}

/* The path is remembered as it leads to the file from anywhere. */
static enum status set_fixes(struct task *task, struct error *err)
{
	char path[PATH_MAX];
	const char *named = task->options->fixes;
	if (strcmp(named, FIXES_NONE) == 0)
		return writer_set_fixes(task->writer, STR(""), err);
	if (!realpath(named, path))
		return error_system(err, "read", named);
	return writer_set_fixes(task->writer, str_from(path), err);
}

static enum status work(struct task *task, struct error *err)
{
	const struct options *options = task->options;
	enum status status = options->fixes ? set_fixes(task, err) : STATUS_OK;
	if (status == STATUS_OK)
		status = delete_all(task, err);
	if (status == STATUS_OK && *options->paths)
		status = index_files(task, err);
	if (status == STATUS_OK && options->prune)
		status = prune(task, err);
	if (status == STATUS_OK && options->refresh)
		status = refresh(task, err);
	return status;
}

/* ---- the end ---- */

/* Whether what is in the writer is worth a place: not half of an old index, not nothing of what was wanted. */
static bool is_worth_keeping(const struct task *task, bool interrupted)
{
	const bool rebuild = task->options->rebuild;
	if (!writer_is_fresh(task->writer) || writer_count(task->writer) > 0)
		return !(interrupted && rebuild);
	return !interrupted && !task->report->failed && !rebuild;
}

static void say_stopped(const struct task *task, bool kept)
{
	if (kept)
		report_say(
			task->report,
			"stopped: what was read is in the index, and the same command does the rest");
	else if (writer_is_fresh(task->writer) && task->options->rebuild)
		report_say(task->report, "stopped: nothing was changed");
	else
		report_say(task->report, "stopped: no index was made");
}

/* A run that was only to remember something has read no article that could be told of. */
static bool has_summary(const struct options *options)
{
	return *options->paths || options->delete_count || options->prune || options->refresh;
}

static void say_fixes(const struct task *task)
{
	if (strcmp(task->options->fixes, FIXES_NONE) == 0)
		report_say(task->report, "searches read no corrections any more");
	else
		report_say(task->report, "searches read the corrections in %s", task->options->fixes);
}

/* What is in the index is looked at before it is published, and told when that is done. */
static enum status keep(struct task *task, struct error *err)
{
	struct report_index index = { 0 };
	enum status status = STATUS_OK;
	/* What is made anew is made by this model. */
	if (task->model && !writer_is_fresh(task->writer))
		status = refresh_count_older(task->writer, task->model, &index.older, err);
	if (status == STATUS_OK)
		status = writer_finish(task->writer, err);
	index.articles = writer_count(task->writer);
	if (status == STATUS_OK && has_summary(task->options)) {
		size_t steps;
		const struct writer_step *first = writer_steps(task->writer, &steps);
		report_summary(task->report, &index);
		report_steps(task->report, first, steps);
	}
	if (status == STATUS_OK && task->options->fixes)
		say_fixes(task);
	return status;
}

static enum status finish(struct task *task, bool interrupted, struct error *err)
{
	const struct options *options = task->options;
	const bool is_kept = is_worth_keeping(task, interrupted);
	const enum status status = is_kept ? keep(task, err) : STATUS_OK;
	if (status != STATUS_OK)
		return status;
	if (interrupted)
		say_stopped(task, is_kept);
	else if (!is_kept && options->rebuild)
		return error_set(err, STATUS_BAD_INPUT, "no article was read: %s was not made anew",
				 options->common.db);
	else if (!is_kept)
		report_say(task->report, "nothing could be read: no index was made");
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
static enum status open_model(struct task *task, struct error *err)
{
	const struct options *options = task->options;
	struct error why;
	if (options->mode != ENTITIES_AUTO || (!*options->paths && !options->refresh))
		return STATUS_OK;
	const enum status status = name_model_open(NULL, &task->model, &why);
	if (status == STATUS_OK)
		return status;
	return error_set(err, status, "%s; --entities=given does without", why.text);
}

static enum status open_writer(struct task *task, struct error *err)
{
	const struct writer_options options = {
		.path = task->options->common.db,
		.way = WRITER_BULK,
		.jobs = task->options->jobs,
		.memory = task->options->memory,
		.expected = task->files.bytes,
		.rebuild = task->options->rebuild,
		.must_exist = !*task->options->paths,
		.adds = *task->options->paths != NULL,
		.mode = task->options->mode,
	};
	return writer_open(&options, &task->writer, err);
}

static enum status run_all(const struct options *options, struct report *report, bool *interrupted,
			   struct error *err)
{
	struct task task = { .options = options, .report = report };
	enum status status = walk_paths(options->paths, &task.files, err);
	if (status == STATUS_OK)
		status = check_fixes(options, err);
	if (status == STATUS_OK)
		status = open_model(&task, err);
	if (status == STATUS_OK)
		status = watch_signals(err);
	if (status == STATUS_OK)
		status = open_writer(&task, err);
	if (status == STATUS_OK) {
		status = work(&task, err);
		*interrupted = status == STATUS_INTERRUPTED;
		if (status == STATUS_OK || *interrupted)
			status = finish(&task, *interrupted, err);
	}
	writer_close(task.writer);
	name_model_close(task.model);
	walk_release(&task.files);
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
