/*
 * ledger.h: the metadata of the index at work, and what its articles have, wherever they are: in libxapian's writer, or, while
 * the builder is at work, gathered in memory until its tables are written.
 */
#ifndef DATELINE_INDEXER_LEDGER_H
#define DATELINE_INDEXER_LEDGER_H

#include "bulk/metadata.h"

#include "dateline/store.h"

/* {0} is an empty one that gathers. */
struct ledger {
	struct store_writer *live; /* borrowed; NULL: what is set is gathered */
	struct store *view; /* borrowed; what was not set is as it says; NULL: there is nothing yet */
	struct metadata gathered;
};

void ledger_release(struct ledger *ledger);

/* From now on in libxapian's writer, to which goes what was gathered. */
enum status ledger_go_live(struct ledger *ledger, struct store_writer *live, struct error *err);

/* Appends the value of a key; nothing for an absent one. */
enum status ledger_get(const struct ledger *ledger, struct str key, struct buffer *value,
		       struct error *err);

/* An empty value takes the key out. */
enum status ledger_set(struct ledger *ledger, struct str key, struct str value, struct error *err);

#endif
