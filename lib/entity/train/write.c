#include "write.h"

#include "dateline/intern.h"

#include <stdio.h>
#include <stdlib.h>

#define UNIT (1.0f / 32.0f) /* the weight 1 of a row */
#define FULL 90             /* percent of the slots that are used */

void writing_begin(struct writing *writing, const struct lists *lists, struct model *model)
{
	*writing = (struct writing){
		.header = { .format = MODEL_FORMAT, .features = MODEL_FEATURES, .unit = UNIT }
	};
	memcpy(writing->header.magic, MODEL_MAGIC, sizeof MODEL_MAGIC);
	writing->lists = lists_pack(lists, &writing->header.list_count);
	writing->no_marks = memory_zero(ROW_GROUP, 1);
	*model = (struct model){ .header = &writing->header,
				 .lists = writing->lists,
				 .marks = writing->no_marks,
				 .list_count = writing->header.list_count,
				 .row_groups = 1 };
}

void writing_release(struct writing *writing)
{
	free(writing->lists);
	free(writing->no_marks);
	*writing = (struct writing){ 0 };
}

struct packed {
	uint8_t *marks;
	struct row_slot *rows;
};

static int rounded(float weight, int most)
{
	const float x = weight / UNIT;
	const int n = (int)(x < 0 ? x - 0.5f : x + 0.5f);
	return n > most ? most : n < -most ? -most : n;
}

/* How much is lost without a feature: its spread of weights, and the more tokens have it. */
struct heavy {
	float weight;
	uint32_t feature;
};

static int by_weight(const void *a, const void *b)
{
	const struct heavy *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return x->feature < y->feature ? -1 : x->feature > y->feature;
}

static float heft(const float *row, uint32_t count)
{
	float sum = 0;
	for (size_t tag = 0; tag < TAGS; tag++)
		sum += row[tag] * row[tag];
	return sum * (float)(count < 16 ? count : 16);
}

/* A place for a feature in its group or one of the next; SIZE_MAX when all are full. */
static size_t free_row(const struct packed *packed, uint32_t groups, uint64_t hash)
{
	size_t group = model_slot(hash, groups);
	for (int i = 0; i < GROUP_PROBES; i++, group = model_next(group, groups))
		for (size_t at = group * ROW_GROUP; at < (group + 1) * ROW_GROUP; at++)
			if (!packed->marks[at])
				return at;
	return SIZE_MAX;
}

static void put_row(struct packed *packed, uint32_t groups, uint64_t hash, const float *weights)
{
	const uint32_t check = row_check(hash);
	const size_t at = free_row(packed, groups, hash);
	if (at == SIZE_MAX)
		return;
	packed->marks[at] = row_mark(hash);
	struct row_slot *row = &packed->rows[at];
	row->check[0] = (uint8_t)check;
	row->check[1] = (uint8_t)(check >> 8);
	row->check[2] = (uint8_t)(check >> 16);
	for (size_t tag = 0; tag < TAGS; tag++)
		row->weights[tag] = (int8_t)rounded(weights[tag], 127);
}

static bool is_zero(const float *row)
{
	for (size_t tag = 0; tag < TAGS; tag++)
		if (rounded(row[tag], 127))
			return false;
	return true;
}

static struct packed pack_rows(const struct samples *samples, const struct weights *weights,
			       uint32_t groups)
{
	const size_t slots = (size_t)groups * ROW_GROUP;
	struct packed packed = { memory_zero(slots, 1), memory_zero(slots, sizeof *packed.rows) };
	struct heavy *heavy = memory_alloc((weights->count + 1) * sizeof *heavy);
	size_t count = 0;
	for (size_t i = 0; i < weights->count; i++)
		if (!samples->index.own[i] && !is_zero(weights->rows[i]))
			heavy[count++] =
				(struct heavy){ heft(weights->rows[i], samples->index.counts[i]),
						(uint32_t)i };
	qsort(heavy, count, sizeof *heavy, by_weight);
	const size_t most = slots / 100 * FULL;
	fprintf(stderr, "%zu features with weight, room for %zu\n", count, most);
	for (size_t i = 0; i < count && i < most; i++)
		put_row(&packed, groups, samples->index.hashes[heavy[i].feature],
			weights->rows[heavy[i].feature]);
	free(heavy);
	return packed;
}

static enum status write_file(const struct writing *writing, const struct packed *packed,
			      const char *path, struct error *err)
{
	FILE *file = fopen(path, "we");
	if (!file)
		return error_system(err, "write", path);
	const size_t lists = writing->header.list_count;
	const size_t slots = (size_t)writing->header.row_groups * ROW_GROUP;
	const bool written = fwrite(&writing->header, sizeof writing->header, 1, file) == 1 &&
			     fwrite(writing->lists, sizeof *writing->lists, lists, file) == lists &&
			     fwrite(packed->marks, 1, slots, file) == slots &&
			     fwrite(packed->rows, sizeof *packed->rows, slots, file) == slots;
	if ((fclose(file) != 0) | !written)
		return error_system(err, "write", path);
	return STATUS_OK;
}

/* As many as fit into a file of `most` bytes. */
static uint32_t row_groups(const struct writing *writing, size_t most)
{
	const size_t others =
		sizeof writing->header + writing->header.list_count * sizeof(struct list_slot);
	const size_t group = ROW_GROUP * (1 + sizeof(struct row_slot));
	return most > others + group ? (uint32_t)((most - others) / group) : 1;
}

enum status writing_finish(struct writing *writing, const struct samples *samples,
			   const struct weights *weights, size_t most, const char *path,
			   struct error *err)
{
	struct model_header *header = &writing->header;
	header->row_groups = row_groups(writing, most);
	for (size_t a = 0; a < TAGS; a++)
		for (size_t b = 0; b < TAGS; b++)
			header->steps[a][b] = (int16_t)rounded(weights->steps.after[a][b], 32000);
	struct packed packed = pack_rows(samples, weights, header->row_groups);
	const struct model tables = { .lists = writing->lists,
				      .marks = packed.marks,
				      .rows = packed.rows,
				      .list_count = header->list_count,
				      .row_groups = header->row_groups };
	header->tables = model_tables_hash(&tables);
	header->check = hash_bytes(header, offsetof(struct model_header, check));
	const enum status status = write_file(writing, &packed, path, err);
	free(packed.marks);
	free(packed.rows);
	return status;
}
