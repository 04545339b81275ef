/*
 * prepare.h: the bytes of a record, or an article as the index has it -> all that the index gets of the article. The work of
 * a worker: one preparer a thread, no database in sight.
 */
#ifndef DATELINE_PREPARE_H
#define DATELINE_PREPARE_H

#include "bulk/inverter.h"
#include "document.h"
#include "known.h"
#include "readers/reader.h"

#include "dateline/entity.h"
#include "dateline/schema.h"
#include "dateline/store.h"

enum prepared_state {
	PREPARED_FAILED,    /* err says why; origin and the counts are set, nothing else */
	PREPARED_BROKEN,    /* the run cannot go on: err says why */
	PREPARED_UNCHANGED, /* the index has it just so: id, hash and origin are set */
	PREPARED_DOCUMENT,
};

struct prepared {
	enum prepared_state state;
	struct origin origin;
	struct error err;
	struct str id;
	unsigned char hash[16];
	/* All but the facet column, its confidence and its sentences: only the writer can give the numbers. There is room in `values`. */
	struct document document;
	/* Of a preparer with an inverter: the postings are in there, and not in `document`. */
	struct inverted inverted;
	bool is_inverted;
	const struct entity *entities;
	size_t entity_count;
	const struct str *sentences; /* of the entities, in their order: for SLOT_SENTENCES */
	const struct document_date *dates; /* values of KIND_WHEN, which are made of the date (document.h) */
	size_t date_count;
	uint64_t checksum; /* of the record */
	uint64_t text_bytes, cut;
	uint32_t replaced;      /* ill-formed sequences */
	struct str unread_date; /* of article.h */
};

struct preparer;

/*
 * Borrows the model, which threads may share; NULL unless the mode is ENTITIES_AUTO. With an inverter, borrowed too, postings go there;
 * NULL: they stay in the document.
 */
struct preparer *preparer_new(enum entity_mode mode, const struct name_model *model,
			      struct inverter *inverter);
void preparer_free(struct preparer *preparer);

/*
 * Everything in *prepared lives in `arena`. `known` may be NULL: then nothing is
 * PREPARED_UNCHANGED. `sequence` is for the inverter: the number of the record in the order of the input.
 */
void preparer_run(struct preparer *preparer, const struct reader *reader,
		  const struct record_bytes *record, uint32_t sequence, const struct known *known,
		  struct arena *arena, struct prepared *prepared);

/* A document of the index whose entities are to be found anew. */
struct stored_article {
	struct str record;
	struct str id;
	struct str file; /* the term of the file that it came from */
	struct str hash; /* its SLOT_HASH */
};

/*
 * Makes the document anew from its own record, without the file that it came from: what depends on the entities is that of
 * this run, and the rest stays. STATUS_CORRUPT in prepared->err for a damaged record.
 */
void preparer_redo(struct preparer *preparer, const struct stored_article *stored,
		   struct arena *arena, struct prepared *prepared);

uint64_t preparer_words_cut(const struct preparer *preparer);

#endif
