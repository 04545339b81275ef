/*
 * prepare.h: the bytes of a record -> all that the index gets of the article. The work of a worker: one
 * preparer a thread, no database in sight.
 */
#ifndef DATELINE_PREPARE_H
#define DATELINE_PREPARE_H

#include "known.h"
#include "readers/reader.h"

#include "dateline/entity.h"
#include "dateline/store.h"

enum prepared_state {
	PREPARED_FAILED,    /* err says why; origin and the counts are set, nothing else */
	PREPARED_UNCHANGED, /* the index has it just so: id, hash and origin are set */
	PREPARED_DOCUMENT,
};

/* How many values besides the facet column a document has at most, and terms besides its words'. */
#define PREPARED_VALUES_MAX 3

struct prepared {
	enum prepared_state state;
	struct origin origin;
	struct error err;
	struct str id;
	unsigned char hash[16];
	/* All but the facet column, whose numbers only the writer can give; there is room for it in `values`. */
	struct document document;
	const struct entity *entities;
	size_t entity_count;
	uint64_t checksum; /* of the record */
	uint64_t text_bytes, cut;
	uint32_t replaced;      /* ill-formed sequences */
	struct str unread_date; /* of article.h */
};

struct preparer;

struct preparer *preparer_new(enum entity_mode mode);
void preparer_free(struct preparer *preparer);

/*
 * Everything in *prepared lives in `arena`. `known` may be NULL: then nothing is
 * PREPARED_UNCHANGED.
 */
void preparer_run(struct preparer *preparer, const struct reader *reader,
		  const struct record_bytes *record, const struct known *known, struct arena *arena,
		  struct prepared *prepared);

uint64_t preparer_words_cut(const struct preparer *preparer);

#endif
