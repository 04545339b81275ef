/*
 * model.h: the trained model as a file that is mapped, never read.
 *
 * A header, then three tables. Numbers are little-endian.
 *
 *   lists   8 bytes a slot: check (2), word class (2), lists (3), more of the check (1). Keyed by the hash of a name in lower case; of a name
 *           of several words, every beginning has a slot too (LIST_BEGINS), so that the longest is found in steps.
 *           Open addressing with linear probing.
 *   marks   1 byte a row, in groups of 16: bits of the hash of the row's feature; 0 is an empty row.
 *   rows    24 bytes a row: check (3), a weight for each tag (21). Keyed by the hash of a feature. A feature is in the
 *           group that its hash points to, or when that is full, in the next. Most features that are asked for are not
 *           in the table: the marks, which stay in a near cache, tell so without a look at the rows.
 *
 * The hash of the tables is in the header, and that of the header behind it. Opening looks at the header alone; model_verify
 * reads all of the file, and is for those who read it anyway: the trainer, and whoever measures a model.
 *
 * The check of a slot holds bits of the hash that did not choose the slot. What is not in the table has no weight. A class is a path of up to four steps of 4 bits each, the coarsest in the top bits.
 */
#ifndef TAGGER_MODEL_H
#define TAGGER_MODEL_H

#include "dateline/memory.h"
#include "dateline/status.h"
#include "tags.h"

#define MODEL_FORMAT 3
#define MODEL_FEATURES 3 /* raised whenever features.c would make others */
#define MODEL_MAGIC "DatelineNames\n"
#define MODEL_PROBES 64 /* a slot is at most this far from where its hash points */
#define ROW_GROUP 16
#define GROUP_PROBES 8

enum list_bit {
	LIST_FORENAME = 1,
	LIST_SURNAME = 2,
	LIST_CITY = 4,
	LIST_TOWN = 8, /* a smaller one */
	LIST_COUNTRY = 16,
	LIST_REGION = 32,
	LIST_PEOPLE = 64,
	LIST_COMPANY = 128,
	LIST_SCHOOL = 256,
	LIST_CLUB = 512,
	LIST_PERSON = 1024,  /* a whole name */
	LIST_FORM = 2048,    /* of a company: Inc, GmbH */
	LIST_JOINS = 4096,   /* a word in lower case that stands inside names: of, de, the */
	LIST_OPENS = 8192,   /* one that may begin a name or be one */
	LIST_BEGINS = 16384, /* longer names begin so */
	/* What a word or name mostly was in plain news texts: */
	SEEN_PERSON = 1 << 15,
	SEEN_ORG = 1 << 16,
	SEEN_PLACE = 1 << 17,
	SEEN_PEOPLE = 1 << 18,
	SEEN_OTHER = 1 << 19,
	SEEN_NOTHING = 1 << 20, /* no name, and yet with a capital */
	SEEN_SURELY = 1 << 21,  /* nearly always so */
};
#define LIST_NAMES 4095 /* the bits that are lists of names */
#define LIST_SEEN (127 << 15)
#define LIST_ALL ((1 << 24) - 1) /* the bits above are part of the check */

struct list_slot {
	uint16_t check, path;
	uint32_t lists;
};

struct row_slot {
	uint8_t check[3];
	int8_t weights[TAGS];
};

struct model_header {
	char magic[16];
	uint32_t format, features;
	uint32_t list_count, row_groups; /* slots of the one table, groups of the others */
	float unit;                      /* what a weight of 1 stands for, as a natural logarithm */
	int16_t steps[TAGS][TAG_LANES];  /* weight of a tag after a tag */
	uint64_t tables;                 /* model_tables_hash */
	uint64_t check; /* hash of all of the header before it: what tells models apart */
};

struct model {
	const struct model_header *header;
	const struct list_slot *lists;
	const uint8_t *marks;
	const struct row_slot *rows;
	uint32_t list_count, row_groups;
	size_t size; /* of the mapping */
};

/*
 * Maps `path`. Refuses, naming it, what is no model (BAD_INPUT), one of another version (OTHER_VERSION) and one whose
 * header or size is wrong (CORRUPT).
 */
enum status model_open(struct model *model, const char *path, struct error *err);
void model_close(struct model *model);

/* Sets *model up over a file's bytes in memory that stay the caller's; `path` is for messages. */
enum status model_view(struct model *model, const void *bytes, size_t size, const char *path,
		       struct error *err);

/* Reads all of it: STATUS_CORRUPT when the tables are not those that were written. */
enum status model_verify(const struct model *model, const char *path, struct error *err);

/* Of the tables of a model, for its header. */
uint64_t model_tables_hash(const struct model *model);

/* The slot of a name's hash, or NULL. */
const struct list_slot *model_list(const struct model *model, uint64_t hash);

/* The weights of a feature for each tag, or NULL. */
const int8_t *model_weights(const struct model *model, uint64_t feature);

/* Adds the weights of at most FEATURES_MOST features to sums[0..TAGS). */
void model_add(const struct model *model, const uint64_t *features, size_t count, int16_t *sums);

/* Where the search for a hash begins in a table of so many slots; and the slot behind one. */
static inline size_t model_slot(uint64_t hash, uint32_t count)
{
	return (size_t)((hash & UINT32_MAX) * count >> 32);
}

static inline size_t model_next(size_t slot, uint32_t count)
{
	return slot + 1 < count ? slot + 1 : 0;
}

/* Fetches the row of a feature into the cache. */
static inline void model_prefetch(const struct model *model, uint64_t feature)
{
	__builtin_prefetch(&model->marks[model_slot(feature, model->row_groups) * ROW_GROUP]);
}

/* The bits of a hash that a slot keeps; never 0. */
static inline uint16_t list_check(uint64_t hash)
{
	return (uint16_t)(hash >> 32) | 1;
}

static inline uint32_t list_check_more(uint64_t hash)
{
	return (uint32_t)(hash >> 56) << 24;
}

static inline uint32_t row_check(uint64_t hash)
{
	return (uint32_t)(hash >> 40);
}

static inline uint8_t row_mark(uint64_t hash)
{
	const uint8_t mark = (uint8_t)(hash >> 32);
	return mark ? mark : 1;
}

#endif
