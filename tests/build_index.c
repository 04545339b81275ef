/*
 * Indexes articles as `dateline index` does, in a way that is chosen here and not by what there is to do.
 *
 *   build_index live|bulk|rebuild JOBS MEMORY auto|given|off DB FILE...
 *
 * An index that is there is added to, or made anew in bulk by `rebuild`.
 * MEMORY is in bytes, and may be less than the program allows, so that few articles fill it. Ends with 1 when articles failed.
 */
#include "../indexer/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>

enum { WAY = 1, JOBS, MEMORY, MODE, DB, FILES };

static int number_of(const char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	fprintf(stderr, "build_index: what is \"%s\"?\n", name);
	exit(2);
}

static struct writer_options writer_options_of(char **argv, const struct walk *files)
{
	static const char *const ways[] = { "live", "bulk", "rebuild", NULL };
	static const char *const modes[] = {
		[ENTITIES_AUTO] = "auto", [ENTITIES_GIVEN] = "given", [ENTITIES_OFF] = "off", NULL
	};
	const int way = number_of(ways, argv[WAY]);
	return (struct writer_options){
		.path = argv[DB],
		.way = way ? WRITER_BULK : WRITER_LIVE,
		.rebuild = way == 2,
		.jobs = (unsigned)strtoul(argv[JOBS], NULL, 10),
		.memory = strtoull(argv[MEMORY], NULL, 10),
		.expected = files->bytes,
		.adds = true,
		.mode = (enum entity_mode)number_of(modes, argv[MODE]),
	};
}

static enum status put_all(const struct writer_options *how, const struct walk *files,
			   const struct name_model *model, struct report *report, struct error *err)
{
	struct writer *writer;
	const struct pipeline_options pipeline = {
		.jobs = how->jobs,
		.mode = how->mode,
		.model = model,
		.files = files,
		.stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
	};
	enum status status = writer_open(how, &writer, err);
	if (status != STATUS_OK)
		return status;
	status = pipeline_run(&pipeline, writer, report, err);
	if (status == STATUS_OK)
		status = writer_finish(writer, err);
	writer_close(writer);
	return status;
}

static enum status run(char **argv, struct report *report, struct error *err)
{
	struct walk files = { 0 };
	struct name_model *model = NULL;
	enum status status = walk_paths(argv + FILES, &files, err);
	const struct writer_options how = writer_options_of(argv, &files);
	if (status == STATUS_OK && how.mode == ENTITIES_AUTO)
		status = name_model_open(NULL, &model, err);
	if (status == STATUS_OK)
		status = put_all(&how, &files, model, report, err);
	name_model_close(model);
	walk_release(&files);
	return status;
}

int main(int argc, char **argv)
{
	struct report report;
	struct error err;
	if (argc <= FILES) {
		fprintf(stderr,
			"usage: build_index live|bulk|rebuild JOBS MEMORY auto|given|off DB FILE...\n");
		return 2;
	}
	enum status status = report_open(&report, REPORT_QUIET, NULL, &err);
	if (status == STATUS_OK) {
		status = run(argv, &report, &err);
		struct error late;
		const enum status closed = report_close(&report, status == STATUS_OK ? &err : &late);
		status = status == STATUS_OK ? closed : status;
	}
	if (status != STATUS_OK) {
		fprintf(stderr, "build_index: %s\n", err.text);
		return 2;
	}
	return report.failed > 0;
}
