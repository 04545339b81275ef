#include "write.h"

#include "dateline/intern.h"

#include <stdio.h>
#include <stdlib.h>

#define UNIT (1.0f / 32.0f) /* the weight 1 of a row */
#define FULL 85             /* percent of the slots that are used */

void writing_begin(struct writing *writing, const struct lists *lists, struct model *model)
{
	*writing = (struct writing){
		.header = { .format = MODEL_FORMAT, .features = MODEL_FEATURES, .unit = UNIT }
	};
	memcpy(writing->header.magic, MODEL_MAGIC, sizeof MODEL_MAGIC);
	writing->lists = lists_pack(lists, &writing->header.list_bits);
	writing->no_marks = memory_zero(ROW_GROUP, 1);
	*model = (struct model){ .header = &writing->header,
				 .lists = writing->lists,
				 .marks = writing->no_marks,
				 .list_mask = ((uint64_t)1 << writing->header.list_bits) - 1,
				 .group_mask = 0 };
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

static void put_row(struct packed *packed, size_t groups, uint64_t hash, const float *weights)
{
	const uint32_t check = row_check(hash);
	for (uint64_t i = 0; i < GROUP_PROBES * (uint64_t)ROW_GROUP; i++) {
		const size_t group = (hash + i / ROW_GROUP) & (groups - 1);
		const size_t at = group * ROW_GROUP + i % ROW_GROUP;
		if (packed->marks[at])
			continue;
		packed->marks[at] = row_mark(hash);
		struct row_slot *row = &packed->rows[at];
		row->check[0] = (uint8_t)check;
		row->check[1] = (uint8_t)(check >> 8);
		row->check[2] = (uint8_t)(check >> 16);
		for (size_t tag = 0; tag < TAGS; tag++)
			row->weights[tag] = (int8_t)rounded(weights[tag], 127);
		return;
	}
}

static bool is_zero(const float *row)
{
	for (size_t tag = 0; tag < TAGS; tag++)
		if (rounded(row[tag], 127))
			return false;
	return true;
}

static struct packed pack_rows(const struct samples *samples, const struct weights *weights,
			       uint32_t bits)
{
	const size_t slots = (size_t)1 << bits;
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
		put_row(&packed, slots / ROW_GROUP, samples->index.hashes[heavy[i].feature],
			weights->rows[heavy[i].feature]);
	free(heavy);
	return packed;
}

static enum status write_file(const struct writing *writing, const struct packed *packed,
			      const char *path, struct error *err)
{
	FILE *file = fopen(path, "we");
	if (!file)
		return error_system(err, "cannot write", path);
	const size_t lists = (size_t)1 << writing->header.list_bits;
	const size_t slots = (size_t)1 << writing->header.row_bits;
	const bool written = fwrite(&writing->header, sizeof writing->header, 1, file) == 1 &&
			     fwrite(writing->lists, sizeof *writing->lists, lists, file) == lists &&
			     fwrite(packed->marks, 1, slots, file) == slots &&
			     fwrite(packed->rows, sizeof *packed->rows, slots, file) == slots;
	if ((fclose(file) != 0) | !written)
		return error_system(err, "cannot write", path);
	return STATUS_OK;
}

enum status writing_finish(struct writing *writing, const struct samples *samples,
			   const struct weights *weights, uint32_t row_bits, const char *path,
			   struct error *err)
{
	struct model_header *header = &writing->header;
	header->row_bits = row_bits;
	for (size_t a = 0; a < TAGS; a++)
		for (size_t b = 0; b < TAGS; b++)
			header->steps[a][b] = (int16_t)rounded(weights->steps.after[a][b], 32000);
	header->check = hash_bytes(header, offsetof(struct model_header, check));
	struct packed packed = pack_rows(samples, weights, row_bits);
	const enum status status = write_file(writing, &packed, path, err);
	free(packed.marks);
	free(packed.rows);
	return status;
}
