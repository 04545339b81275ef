#include "commands.h"

#include "dateline/utf8.h"

#include <stdio.h>
#include <stdlib.h>

/* Lines of a file, each a query with an id before it. */
struct batch {
	const struct search_options *options;
	struct searcher *searcher;
	const char *name; /* of the file, for messages */
	size_t number;    /* of the line */
	bool some_failed, some_found;
};

/* Without the line's end; white space around a query says nothing, but an id is taken as it is. */
static struct str without_end(const char *line, size_t len)
{
	while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		len--;
	return (struct str){ line, len };
}

static enum status split_line(struct str line, struct str *id, struct str *query, struct error *err)
{
	const char *tab = memchr(line.data, '\t', line.len);
	if (!tab)
		return error_set(err, STATUS_BAD_INPUT, "there is no tab between an id and a query");
	*id = (struct str){ line.data, (size_t)(tab - line.data) };
	*query = (struct str){ tab + 1, line.len - id->len - 1 };
	if (!id->len)
		return error_set(err, STATUS_BAD_INPUT, "there is no id before the tab");
	return STATUS_OK;
}

/* A line that fails says where, and fails alone. */
static void line_failed(struct batch *batch, const struct error *why)
{
	struct error err;
	error_set(&err, why->status, "%s:%zu: %s", batch->name, batch->number, why->text);
	fail(batch->options->trec ? NULL : batch->options->printer, &err);
	batch->some_failed = true;
}

/* Only when writing fails is the answer to one line the end of all. */
static enum status print_answer(struct batch *batch, struct str id, const struct answer *answer,
				struct error *err)
{
	const struct search_options *options = batch->options;
	const struct render_options render = { .query_id = id, .offset = options->request.first };
	struct buffer out = { 0 };
	if (options->trec)
		trec_answer(answer, &render, &out);
	else
		options->printer->answer(answer, &render, &out);
	const enum status status = render_out(buffer_str(&out), false, err);
	buffer_release(&out);
	return status;
}

static enum status answer_line(struct batch *batch, struct str line, struct arena *arena,
			       struct error *err)
{
	struct request request = batch->options->request;
	struct answer answer;
	struct error why;
	struct str id = { "", 0 }, query = { "", 0 };
	enum status status = split_line(line, &id, &query, &why);
	if (status == STATUS_OK) {
		request.words = query;
		status = searcher_run(batch->searcher, &request, arena, &answer, &why);
	}
	if (status != STATUS_OK) {
		line_failed(batch, &why);
		return STATUS_OK;
	}
	batch->some_found |= answer.total > 0;
	return print_answer(batch, utf8_clean_copy(id, arena, NULL), &answer, err);
}

static enum status answer_lines(struct batch *batch, FILE *file, struct error *err)
{
	struct arena arena = { 0 };
	char *line = NULL;
	size_t capacity = 0;
	ssize_t len;
	enum status status = STATUS_OK;
	while (status == STATUS_OK && (len = getline(&line, &capacity, file)) >= 0) {
		batch->number++;
		const struct str text = without_end(line, (size_t)len);
		if (!text.len)
			continue;
		arena_reset(&arena);
		status = answer_line(batch, text, &arena, err);
	}
	if (status == STATUS_OK && ferror(file))
		status = error_system(err, "read", batch->name);
	free(line);
	arena_release(&arena);
	return status;
}

static enum status open_file(const char *path, FILE **file, struct error *err)
{
	*file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	if (!*file)
		return error_system(err, "read", path);
	return STATUS_OK;
}

int batch_run(const struct search_options *options)
{
	struct batch batch = { .options = options, .name = options->batch };
	struct error err;
	FILE *file = NULL;
	if (strcmp(batch.name, "-") == 0)
		batch.name = "standard input";
	enum status status = open_file(options->batch, &file, &err);
	if (status == STATUS_OK)
		status = searcher_open(&options->common.indexes, &options->request, &batch.searcher,
				       &err);
	if (status == STATUS_OK)
		status = answer_lines(&batch, file, &err);
	searcher_close(batch.searcher);
	if (file && file != stdin)
		fclose(file);
	if (status != STATUS_OK)
		return fail(options->trec ? NULL : options->printer, &err);
	if (batch.some_failed)
		return EXIT_TROUBLE;
	return batch.some_found ? EXIT_DONE : EXIT_NONE;
}
