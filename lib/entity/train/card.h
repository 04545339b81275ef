/*
 * card.h: the page beside a model: what it was made from, under which licences, and how good it is.
 */
#ifndef TRAIN_CARD_H
#define TRAIN_CARD_H

#include "../tagger/model.h"

/* `scores` is Markdown. */
enum status card_write(const char *path, const struct model *model, struct str scores,
		       struct error *err);

#endif
