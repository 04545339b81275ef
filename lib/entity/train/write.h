/*
 * write.h: what was learned -> the file of the model.
 */
#ifndef TRAIN_WRITE_H
#define TRAIN_WRITE_H

#include "learn.h"
#include "lists.h"

struct writing {
	struct model_header header;
	struct list_slot *lists;
	uint8_t *no_marks; /* a table without features, for looking at texts before there are any */
};

/* Packs the lists; *model is a model with them and without any weight, good until writing_release. */
void writing_begin(struct writing *writing, const struct lists *lists, struct model *model);

/* Keeps the heaviest features that fit into a file of `most` bytes, and writes it. */
enum status writing_finish(struct writing *writing, const struct samples *samples,
			   const struct weights *weights, size_t most, const char *path,
			   struct error *err);
void writing_release(struct writing *writing);

#endif
