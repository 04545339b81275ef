#include "entities_command.h"

#include "analyse.h"
#include "entities_options.h"
#include "entities_print.h"
#include "report.h"
#include "source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { EXIT_ALL_READ = 0, EXIT_SOME_FAILED = 1 };

/* Words remembered from article to article. */
#define ANALYSER_BYTES_MAX ((size_t)16 << 20)

/* Output is written in pieces of about this size. */
#define OUTPUT_BYTES ((size_t)64 << 10)

/* One article after the other: nothing of one is left when the next one is read. */
struct extraction {
	const struct entities_options *options;
	struct report report;
	struct analyser *analyser;
	struct recogniser *recogniser;
	struct text_builder builder;
	struct token_list tokens;
	struct arena arena;
	struct buffer out;
	uint32_t *chosen;
	size_t chosen_capacity;
};

/* ---- output ---- */

static enum status write_out(struct buffer *out, struct error *err)
{
	const bool done = !out->len || fwrite(out->data, 1, out->len, stdout) == out->len;
	buffer_reset(out);
	return done && fflush(stdout) == 0 ? STATUS_OK
					   : error_system(err, "write to", "standard output");
}

/* ---- one article ---- */

static void print_found(struct extraction *extraction, const struct article *article,
			const struct entity_result *found)
{
	const struct entities_options *options = extraction->options;
	if (found->entity_count > extraction->chosen_capacity) {
		extraction->chosen_capacity = found->entity_count * 2;
		extraction->chosen =
			memory_grow(extraction->chosen,
				    extraction->chosen_capacity * sizeof(*extraction->chosen));
	}
	struct entities_view view = {
		.article = article,
		.list = { .text = article->text,
			  .entities = found->entities,
			  .entity_count = found->entity_count,
			  .mentions = found->mentions,
			  .mention_count = found->mention_count },
		.chosen = extraction->chosen,
		.text = options->text,
	};
	view.chosen_count = entity_list_choose(&view.list, options->kinds, options->min_confidence,
					       extraction->chosen);
	if (options->json)
		entities_add_json(&view, &extraction->out);
	else
		entities_add_table(&view, &extraction->out);
}

static void read_article(struct extraction *extraction, const struct reader *reader,
			 const struct record_bytes *record)
{
	struct article article = { 0 };
	struct entity_result found = { 0 };
	struct error err;
	text_builder_reset(&extraction->builder);
	if (reader_parse(reader, record, &extraction->builder, &extraction->arena, &article, &err) !=
	    STATUS_OK) {
		report_failure(&extraction->report, &record->origin, err.text);
		return;
	}
	extraction->report.cut_articles += article.cut > 0;
	extraction->report.replaced_sequences += article.replaced;
	extraction->report.unread_dates += article.unread_date.len > 0;
	if (article.published.precision == DATE_NONE)
		article.published = extraction->options->date;
	analyser_trim(extraction->analyser, ANALYSER_BYTES_MAX);
	analyse_article(extraction->analyser, &article, &extraction->tokens);
	recogniser_run(extraction->recogniser, &article, &extraction->tokens, &extraction->arena,
		       &found);
	print_found(extraction, &article, &found);
}

/* ---- all of them ---- */

static enum status read_files(struct extraction *extraction, const struct walk *files,
			      struct error *err)
{
	struct source source;
	struct record_bytes record;
	const struct reader *reader = NULL;
	struct error why;
	enum status status = STATUS_OK;
	/* Signals end the process: there is nothing to be brought to an end. */
	source_init(&source, files, extraction->options->input, &extraction->report, -1);
	for (enum source_step step;
	     status == STATUS_OK &&
	     (step = source_next(&source, &record, &reader, &why)) != SOURCE_END;) {
		if (step == SOURCE_FAILURE)
			report_failure(&extraction->report, &record.origin, why.text);
		if (step != SOURCE_RECORD)
			continue;
		read_article(extraction, reader, &record);
		arena_reset(&extraction->arena);
		if (extraction->out.len >= OUTPUT_BYTES)
			status = write_out(&extraction->out, err);
	}
	source_close(&source);
	return status == STATUS_OK ? write_out(&extraction->out, err) : status;
}

static void say_count(struct report *report, uint64_t count, const char *one, const char *many)
{
	if (count)
		report_say(report, "%" PRIu64 " %s", count, count == 1 ? one : many);
}

/* What was left out or could not be read is said, not silent. */
static void say_losses(struct report *report)
{
	say_count(report, report->replaced_sequences, "byte sequence was not UTF-8 and became U+FFFD",
		  "byte sequences were not UTF-8 and became U+FFFD");
	say_count(report, report->unread_dates, "date could not be read", "dates could not be read");
	say_count(report, report->cut_articles, "article was longer than 4 MiB and was cut",
		  "articles were longer than 4 MiB and were cut");
	say_count(report, atomic_load(&report->skipped_files),
		  "file was passed over: in none of the formats",
		  "files were passed over: in none of the formats");
}

static void release(struct extraction *extraction)
{
	analyser_free(extraction->analyser);
	recogniser_free(extraction->recogniser);
	text_builder_release(&extraction->builder);
	token_list_release(&extraction->tokens);
	arena_release(&extraction->arena);
	buffer_release(&extraction->out);
	free(extraction->chosen);
}

static enum status extract(const struct entities_options *options, const struct name_model *model,
			   bool *failed, struct error *err)
{
	struct walk files = { 0 };
	struct extraction extraction = { .options = options };
	enum status status = report_open(&extraction.report, REPORT_NORMAL, NULL, err);
	if (status == STATUS_OK)
		status = walk_paths(options->paths, &files, err);
	if (status == STATUS_OK) {
		extraction.analyser = analyser_new();
		extraction.recogniser = recogniser_new(options->mode, model);
		status = read_files(&extraction, &files, err);
	}
	if (status == STATUS_OK)
		say_losses(&extraction.report);
	*failed = extraction.report.failed > 0;
	struct error late;
	report_close(&extraction.report, &late);
	release(&extraction);
	walk_release(&files);
	return status;
}

static enum status evaluate_file(const char *path, const struct name_model *model, struct error *err)
{
	struct buffer out = { 0 };
	enum status status = entity_evaluate(model, path, &out, err);
	if (status == STATUS_OK)
		status = write_out(&out, err);
	buffer_release(&out);
	return status;
}

static enum status run(const struct entities_options *options, bool *failed, struct error *err)
{
	struct name_model *model = NULL;
	enum status status = STATUS_OK;
	if (options->mode == ENTITIES_AUTO)
		status = name_model_open(options->model, &model, err);
	if (status == STATUS_OK && options->eval)
		status = evaluate_file(options->eval, model, err);
	else if (status == STATUS_OK)
		status = extract(options, model, failed, err);
	name_model_close(model);
	return status;
}

int command_entities(int argc, char **argv)
{
	struct entities_options options;
	struct error err;
	bool failed = false;
	if (entities_options_parse(argc, argv, &options, &err) != STATUS_OK)
		return say_error(&err);
	if (common_wish(&entities_argp, &options.common, "entities"))
		return write_out(&(struct buffer){ 0 }, &err) == STATUS_OK ? EXIT_ALL_READ
									   : say_error(&err);
	if (run(&options, &failed, &err) != STATUS_OK)
		return say_error(&err);
	return failed ? EXIT_SOME_FAILED : EXIT_ALL_READ;
}
