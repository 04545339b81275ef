/*
 * merge.h: names that, over all articles, turn out to be other names of one thing.
 *
 * In an article that spells it out, "ANC" is another name of the African National Congress; in one that does not, it is
 * an entity of its own. What most articles mean by it, the others mean too: then its number counts for the number of the
 * fuller name (META_MERGED of schema.h). The alias terms hold all that is needed, so what is found depends on the
 * documents in the index and on nothing else: not on their order, nor on what was there before.
 */
#ifndef DATELINE_INDEXER_MERGE_H
#define DATELINE_INDEXER_MERGE_H

#include "ledger.h"

/* Finds them in what the writer has, and writes them into the metadata. The names must have their numbers there. */
enum status merge_names(struct ledger *ledger, struct error *err);

#endif
