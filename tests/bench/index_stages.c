/*
 * What each stage of preparing articles takes, on one thread: passes over the same files, each of which does the work up to one
 * more stage than the one before it.
 *
 *   index_stages ROUNDS FILE...
 *
 * One line a stage: its name, the seconds of the processor that a pass takes that ends with it (the best of the rounds), and what it adds to the pass before
 * it; tabs between them. Passes of one round follow each other, so that all see the same machine. Then a line of what was counted:
 * articles, bytes, terms, those of them without positions, positions.
 */
#include "../../indexer/analyse.h"
#include "../../indexer/prepare.h"
#include "../../indexer/source.h"

#include "dateline/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum stage {
	STAGE_SPLIT,
	STAGE_PARSE,
	STAGE_WORDS,
	STAGE_TERMS,
	STAGE_ENTITIES,
	STAGE_RECORD,
	STAGE_DOCUMENT,
	STAGE_INVERT, /* a preparer's own work; the stages before are its parts, put together here once more */
	STAGES
};

static const char *const names[STAGES] = {
	[STAGE_SPLIT] = "split into records",
	[STAGE_PARSE] = "parse",
	[STAGE_WORDS] = "cut into words, fold, stem",
	[STAGE_TERMS] = "group the terms of words",
	[STAGE_ENTITIES] = "find the entities",
	[STAGE_RECORD] = "encode and compress the record",
	[STAGE_DOCUMENT] = "terms and values of the document",
	[STAGE_INVERT] = "invert, hash, and what was left out",
};

struct counts {
	uint64_t articles, bytes, terms, without, positions;
};

/* What the parts of a preparer need. */
struct parts {
	struct analyser *analyser;
	struct recogniser *recogniser;
	struct record_writer *records;
	struct text_builder builder;
	struct token_list tokens;
	struct term_collector terms;
	struct buffer scratch;
};

static void parts_init(struct parts *parts)
{
	*parts = (struct parts){ .analyser = analyser_new(),
				 .recogniser = recogniser_new(ENTITIES_GIVEN, NULL),
				 .records = record_writer_new() };
	term_collector_init(&parts->terms, NULL);
}

static void parts_release(struct parts *parts)
{
	analyser_free(parts->analyser);
	recogniser_free(parts->recogniser);
	record_writer_free(parts->records);
	text_builder_release(&parts->builder);
	token_list_release(&parts->tokens);
	term_collector_release(&parts->terms);
	buffer_release(&parts->scratch);
}

static void group_terms(struct parts *parts, const struct article *article, struct counts *counts)
{
	const struct token *tokens = parts->tokens.items;
	const bool has_title = article->paragraph_count &&
			       article->paragraphs[0].kind == PARAGRAPH_TITLE;
	size_t in_title = 0, count;
	while (has_title && in_title < parts->tokens.count &&
	       tokens[in_title].start < article->paragraphs[0].end)
		in_title++;
	term_collector_add(&parts->terms, tokens, in_title, true);
	term_collector_add(&parts->terms, tokens + in_title, parts->tokens.count - in_title, false);
	struct numbered_posting *postings;
	term_collector_numbered(&parts->terms, &postings, &count);
	counts->terms += count;
	for (size_t i = 0; i < count; i++) {
		counts->positions += postings[i].count;
		counts->without += !postings[i].count;
	}
}

static void encode(struct parts *parts, const struct article *article,
		   const struct entity_result *found)
{
	const struct record record = { .article = *article,
				       .entities = found->entities,
				       .entity_count = found->entity_count,
				       .mentions = found->mentions,
				       .mention_count = found->mention_count };
	buffer_reset(&parts->scratch);
	record_encode(parts->records, &record, &parts->scratch);
}

static void make_document(struct parts *parts, const struct article *article,
			  const struct entity_result *found, struct arena *arena,
			  struct counts *counts)
{
	struct document document = { 0 };
	struct document_places places;
	struct document_date *dates;
	document_find_places(article, &parts->tokens, found, arena, &places);
	const size_t date_count = document_dates(found, &places, arena, &dates);
	const struct str text = str_from("0123456789abcdef");
	const struct document_parts made_of = { .article = article,
						.found = found,
						.places = &places,
						.dates = dates,
						.date_count = date_count,
						.stemmer = text,
						.file = text,
						.hash = text,
						.maker = text };
	const size_t most = document_terms_max(found, date_count);
	document.postings = arena_alloc(arena, most * sizeof(*document.postings));
	document_add_terms(&made_of, arena, &document);
	document_add_values(&made_of, arena, &document);
	for (size_t i = 0; i < found->entity_count; i++)
		document_sentences(&places, places.entities[i], arena);
	counts->terms += document.posting_count;
	for (size_t i = 0; i < document.posting_count; i++) {
		counts->positions += document.postings[i].count;
		counts->without += !document.postings[i].count;
	}
}

/* The stages up to `last`, which is before STAGE_INVERT. */
static void run_parts(struct parts *parts, enum stage last, const struct reader *reader,
		      const struct record_bytes *record, struct arena *arena, struct counts *counts)
{
	struct article article = { 0 };
	struct entity_result found = { 0 };
	struct error err;
	if (analyser_trim(parts->analyser, (size_t)48 << 20))
		term_collector_forget(&parts->terms);
	text_builder_reset(&parts->builder);
	if (last < STAGE_PARSE ||
	    reader_parse(reader, record, &parts->builder, arena, &article, &err) != STATUS_OK)
		return;
	if (last >= STAGE_WORDS)
		analyse_article(parts->analyser, &article, &parts->tokens);
	if (last >= STAGE_TERMS)
		group_terms(parts, &article, counts);
	if (last >= STAGE_ENTITIES)
		recogniser_run(parts->recogniser, &article, &parts->tokens, arena, &found);
	if (last >= STAGE_RECORD)
		encode(parts, &article, &found);
	if (last >= STAGE_DOCUMENT)
		make_document(parts, &article, &found, arena, counts);
}

struct pass {
	enum stage last;
	struct parts parts;
	struct inverter *inverter;
	struct preparer *preparer;
	struct arena arena;
	struct counts counts;
};

static void pass_init(struct pass *pass, enum stage last)
{
	const struct inverter_options memory = { .folder = ".", .memory = (size_t)4 << 30 };
	*pass = (struct pass){ .last = last };
	parts_init(&pass->parts);
	if (last < STAGE_INVERT)
		return;
	pass->inverter = inverter_new(&memory);
	pass->preparer = preparer_new(ENTITIES_GIVEN, NULL, pass->inverter);
}

static void pass_release(struct pass *pass)
{
	preparer_free(pass->preparer);
	if (pass->inverter)
		inverter_free(pass->inverter);
	parts_release(&pass->parts);
	arena_release(&pass->arena);
}

static void pass_record(struct pass *pass, const struct reader *reader,
			const struct record_bytes *record)
{
	struct prepared prepared;
	const uint64_t sequence = pass->counts.articles++;
	pass->counts.bytes += record->bytes.len;
	arena_reset(&pass->arena);
	if (!pass->preparer) {
		run_parts(&pass->parts, pass->last, reader, record, &pass->arena, &pass->counts);
		return;
	}
	preparer_run(pass->preparer, reader, record, (uint32_t)sequence, NULL, &pass->arena,
		     &prepared);
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double run_pass(struct pass *pass, const struct walk *files, int stop)
{
	struct report report = { 0 };
	struct source source;
	struct record_bytes record;
	const struct reader *reader;
	struct error err;
	const double start = now();
	source_init(&source, files, NULL, &report, stop);
	for (enum source_step step;
	     (step = source_next(&source, &record, &reader, &err)) != SOURCE_END;)
		if (step == SOURCE_RECORD)
			pass_record(pass, reader, &record);
	source_close(&source);
	if (pass->inverter && inverter_finish(pass->inverter, &err) != STATUS_OK)
		exit(1);
	return now() - start;
}

static void print(const double best[STAGES], const struct counts *counts)
{
	for (int stage = 0; stage < STAGES; stage++)
		printf("%s\t%.3f\t%.3f\n", names[stage], best[stage],
		       best[stage] - (stage ? best[stage - 1] : 0));
	printf("counted\t%llu\t%llu\t%llu\t%llu\t%llu\n", (unsigned long long)counts->articles,
	       (unsigned long long)counts->bytes, (unsigned long long)counts->terms,
	       (unsigned long long)counts->without, (unsigned long long)counts->positions);
}

int main(int argc, char **argv)
{
	const int rounds = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0;
	struct walk files = { 0 };
	struct error err;
	if (rounds < 1 || walk_paths(argv + 2, &files, &err) != STATUS_OK) {
		fputs("usage: index_stages ROUNDS FILE...\n", stderr);
		return 2;
	}
	const int stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	double best[STAGES] = { 0 };
	struct counts counts[STAGES];
	for (int round = 0; round < rounds; round++)
		for (enum stage stage = 0; stage < STAGES; stage++) {
			struct pass pass;
			pass_init(&pass, stage);
			const double seconds = run_pass(&pass, &files, stop);
			if (!round || seconds < best[stage])
				best[stage] = seconds;
			counts[stage] = pass.counts;
			pass_release(&pass);
		}
	print(best, &counts[STAGE_DOCUMENT]);
	close(stop);
	walk_release(&files);
	return 0;
}
