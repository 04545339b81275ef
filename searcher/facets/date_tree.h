/*
 * date_tree.h: years with their months with their days. Private to the files that count dates.
 */
#ifndef DATELINE_FACETS_DATE_TREE_H
#define DATELINE_FACETS_DATE_TREE_H

#include "facets.h"

/* A date as a number: year, 4 bits of month, 5 bits of day; 0 for what is not known, and for what is undated. */
#define UNDATED 0
#define CODES_A_YEAR 512
#define CODES_A_MONTH 32
#define CODE_YEAR(code) ((code) >> 9)
#define CODE_MONTH(code) ((code) >> 5 & 15)
#define CODE_DAY(code) ((code)&31)

/* The date of an article as its slot has it, however exact; false when it is none (dates.c). */
bool date_code_read(struct str text, uint32_t *code);
enum status date_damaged(uint32_t id, struct error *err);

/* As a filter takes it: of 2023-XX-XX only the part that says something, which is the same set (dates.c). */
struct str date_code_text(uint32_t code, enum date_step step, struct arena *arena);

/* Is the date chosen? The same dates are in all parts (dates.c). */
bool date_is_chosen(const struct facet_job *job, struct str value);

/* The newest first, each year before its months, each month before its days. {0} is an empty one; free the items. */
struct date_nodes {
	struct date_node {
		uint32_t code, count;
		enum date_step step;
	} * items;
	size_t count, capacity;
};

void date_nodes_add(struct date_nodes *nodes, uint32_t code, enum date_step step, uint32_t count);

/*
 * Fills the facet: the biggest years, as many as are asked for, those that have something chosen, and all that is in these;
 * what is chosen besides comes first. distinct is how many years there are.
 */
enum status date_tree(const struct facet_job *job, const struct date_nodes *nodes,
		      struct arena *arena, struct answer_facet *facet, struct error *err);

#endif
