/*
 * grow_read.h: articles of JSON Lines, cut into the pieces that others can be made of, and how the number of different words and names
 * grows in them.
 *
 * Texts stay in the file, which is mapped as long as the program runs, and as they are written there, escapes and all.
 */
#ifndef DATELINE_BENCH_GROW_READ_H
#define DATELINE_BENCH_GROW_READ_H

#include <stddef.h>
#include <stdint.h>

#define GROW_POINTS 32

struct span {
	const char *at;
	size_t len;
};

/* Heaps' law: as many different things as there were among so many, as logarithms; beta is the exponent. */
struct law {
	double x[GROW_POINTS], y[GROW_POINTS]; /* logarithms */
	size_t points;
	double beta, last_x, last_y;
};

/* Different texts, in lower case, and in how many articles each is. */
struct table {
	struct entry *entries;
	size_t count, capacity;
};

enum member {
	ID,
	TITLE,
	DATE,
	DATELINE,
	AUTHOR,
	PLACES,
	PEOPLE,
	ORGS,
	EXCHANGES,
	COMPANIES,
	TOPICS,
	BODY,
	MEMBERS
};

extern const char *const members[MEMBERS];

/* Part of a title or text, with the words of it that may be replaced. */
struct piece {
	struct span text;
	size_t rare;
	uint32_t rare_count, words;
};

struct article {
	struct span values[MEMBERS]; /* of strings, what is between the quotes; of lists, what is between the brackets */
	size_t title, body; /* the first pieces */
	uint32_t body_count;
};

/* What grows beside the words. */
enum grown_list { GROWN_PEOPLE, GROWN_ORGS, GROWN_AUTHORS, GROWN };
extern const enum member grown_member[GROWN];

struct articles {
	struct article *items;
	size_t count, capacity;
	struct piece *pieces;
	size_t piece_count, piece_capacity;
	struct span *rare; /* of all pieces */
	size_t rare_count, rare_capacity;
	struct table words, names[GROWN];
	uint64_t word_total;
	struct law word_law, name_law[GROWN]; /* of words among words, of names among articles */
};

/* Ends the program, as all here do when something is wrong. */
void die(const char *what);

/* Each line of the file has at least id, date, title and body. *all is zero before. */
void read_articles(struct articles *all, const char *path);

/* How many more different ones there should be among `of` than there are in the file. */
double law_more(const struct law *law, double of);

#endif
