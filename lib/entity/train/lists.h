/*
 * lists.h: builds the model's table of names and word classes from gazetteers as they are distributed.
 */
#ifndef TRAIN_LISTS_H
#define TRAIN_LISTS_H

#include "../tagger/labels.h"
#include "../tagger/word_table.h"

struct lists {
	struct list_entry *entries; /* open addressing */
	size_t slots, count, class_count;
	struct buffer scratch;
	struct spans spans;
};

void lists_release(struct lists *lists);

/* The classes: lines of a path, a blank and a word; steps are written as letters from `a` on. None at all is an error. */
enum status lists_read_classes(struct lists *lists, const char *path, struct error *err);

/* All gazetteers below `folder`, as lists_sources names them. A file that is missing is an error. */
enum status lists_read_names(struct lists *lists, const char *folder, struct error *err);

/* Words in lower case that hand-tagged names have inside or begin with. */
void lists_learn(struct lists *lists, const struct labelled *sets, size_t count);

/* Adds list bits to a word or name by its hash; with `begins`, it is only the beginning of a name. */
void lists_mark(struct lists *lists, uint64_t hash, uint32_t bits);

/* Fills slots[*count], which the caller frees. */
struct list_slot *lists_pack(const struct lists *lists, uint32_t *count);

/* True when text is the name of a people: Dutch, South Korean, Iraqis. Looks in a finished table. */
bool lists_is_people(const struct model *model, const char *text, const struct span *tokens,
		     size_t count);

#endif
