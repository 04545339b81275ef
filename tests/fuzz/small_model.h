/*
 * small_model.h: a model without features, but with steps between tags that make names of every word with a capital.
 */
#ifndef DATELINE_FUZZ_SMALL_MODEL_H
#define DATELINE_FUZZ_SMALL_MODEL_H

#include "../../lib/entity/tagger/model.h"
#include "dateline/intern.h"

#include <stddef.h>
#include <stdlib.h>

static struct {
	struct model_header header;
	struct list_slot lists[16];
	uint8_t marks[16];
	struct row_slot rows[16];
} small_model;

static inline void require(bool condition)
{
	if (!condition)
		abort();
}

static inline void make_model(struct model *model)
{
	memset(&small_model, 0, sizeof small_model);
	memcpy(small_model.header.magic, MODEL_MAGIC, sizeof MODEL_MAGIC);
	small_model.header.format = MODEL_FORMAT;
	small_model.header.features = MODEL_FEATURES;
	small_model.header.list_count = 16;
	small_model.header.row_groups = 1;
	small_model.header.unit = 0.05f;
	for (unsigned a = 0; a < TAGS; a++)
		for (unsigned b = 0; b < TAGS; b++)
			small_model.header.steps[a][b] = (int16_t)((a * 31 + b * 17) % 41);
	small_model.header.check =
		hash_bytes(&small_model.header, offsetof(struct model_header, check));
	require(model_view(model, &small_model, sizeof small_model, "model", NULL) == STATUS_OK);
}

#endif
