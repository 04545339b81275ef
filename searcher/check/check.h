/*
 * check.h: what `dateline check` looks at. Private to the check files.
 *
 * Each part goes through the index once, in order, and keeps no more than a few bytes a name. What is wrong is
 * noted in words, and the examination goes on: only what makes going on impossible is an error.
 */
#ifndef DATELINE_CHECK_H
#define DATELINE_CHECK_H

#include "../answer.h"

/* What was found wrong: the first lines, and how many there are in all. */
struct findings {
	struct buffer text;
	uint64_t count;
};

void findings_add(struct findings *findings, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void findings_release(struct findings *findings);

struct examination {
	const char *db;
	struct store *store;
	struct buffer stamp; /* of the state that is looked at */
	struct findings *findings;
	struct docset all; /* every document */
	uint64_t names;    /* names that were compared */
};

/*
 * A store that failed to read something reads nothing more: this opens the index afresh, to go on with the rest.
 * STATUS_RETRY: it is not in the state any more that it was in when it was first opened, so what was found says nothing.
 */
enum status check_reopen(struct examination *examination, struct error *err);

/* A set of documents in few bytes: two sets with the same print are the same, but for an accident of 1 in 2^64. */
struct print {
	uint64_t sum;
	uint32_t count;
};

void print_add(struct print *print, uint32_t id);

/* The print of a term's posting list. `scratch` is anybody's. */
enum status print_of_term(struct store *store, struct str term, struct buffer *scratch,
			  struct print *print, struct error *err);

/* Eight well mixed bytes of eight, and of a text. */
uint64_t check_scatter(uint64_t x);
uint64_t check_hash(struct str text);

/* Notes it when the two differ; `what` and `name` say of what they are. */
void print_compare(struct findings *findings, const char *what, struct str name,
		   const struct print *by_term, const struct print *by_column);

/* Calls `read` for each document that has a value in the slot. */
enum status check_each_value(const struct examination *examination, uint32_t slot,
			     void (*read)(void *context, uint32_t id, struct str value),
			     void *context, struct error *err);

/* Records, their checksums, ids and digest, and what the index has of their entities (check_records.c, check_entities.c). */
enum status check_records(struct examination *examination, struct error *err);

/* The facet column, the terms of values, names and numbers (check_names.c). */
enum status check_names(struct examination *examination, struct error *err);

/* The posting lists against the term lists, the lengths of documents, and that there are positions (check_uses.c). */
enum status check_uses(struct examination *examination, struct error *err);

/* The positions of words, mentions and sentences against the texts, of some articles (check_positions.c). */
enum status check_positions(struct examination *examination, struct error *err);

/* The slot of the date and the terms of years, months and days (check_dates.c). */
enum status check_dates(struct examination *examination, struct error *err);

/*
 * All of it, once; nothing is printed. STATUS_RETRY: the index was written to meanwhile, or its state cannot be told. What
 * it holds is released with examination_release, whatever comes of it.
 */
enum status examination_run(struct examination *examination, struct error *err);
void examination_release(struct examination *examination);

#endif
