/*
 * seen.h: what words and names mostly are in plain news texts, as a first model tags them. Names that hand-tagged texts do
 * not have are learned so.
 */
#ifndef TRAIN_SEEN_H
#define TRAIN_SEEN_H

#include "../tagger/tagger.h"
#include "lists.h"

struct seen_names;

struct seen_names *seen_new(const struct model *model);
void seen_free(struct seen_names *seen);

/* Tags the articles of a file of JSON Lines: the values of "title" and "body". */
enum status seen_read(struct seen_names *seen, const char *path, struct error *err);

/* Marks in the lists what came often enough. */
void seen_mark(const struct seen_names *seen, struct lists *lists);

#endif
