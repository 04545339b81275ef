/*
 * evidence.h: --why: the sentences in which an article mentions an entity, by which rule it was found there, and how sure
 * that is.
 */
#ifndef DATELINE_SEARCHER_EVIDENCE_H
#define DATELINE_SEARCHER_EVIDENCE_H

#include "answer.h"
#include "names/names.h"

#include "dateline/record.h"
#include "dateline/text.h"

/* Sentences shown of a hit; what more there is is counted. */
#define EVIDENCE_SENTENCES 5

/* Bytes of a sentence that are shown around a mention, about: a text without full stops is one sentence. */
#define EVIDENCE_BYTES 400

/* An entity that was asked for; NULL as the field: of any kind. */
struct why_name {
	const struct field *field;
	struct str typed; /* the name key of what was typed, for what articles call an entity */
	/* What it is as one of each kind. */
	struct {
		struct str key; /* the name key; empty: it cannot be one */
		bool is_known;  /* some article has it, and `end` is the value that it counts for */
		struct point end;
	} as[KIND_COUNT];
};

struct why {
	struct why_name *names;
	size_t count;
	struct str_list hints; /* how names of a kind were taken that are none as they stand */
};

/*
 * Understands what --why names: "person:Kajsa Ollongren", or "Ollongren" for any kind. Names are taken as those of filters are
 * (names_understand). Without `names` (NULL), each name stands for itself. Everything lives in `arena`. STATUS_BAD_REQUEST in
 * words, also when there is no such kind.
 */
enum status why_parse(const struct str_list *texts, struct names *names, struct arena *arena,
		      struct why *why, struct error *err);

/* What the mentions of an article are looked at with; `names` may be NULL. */
struct evidence_tools {
	struct names *names;
	struct analyser *analyser; /* its language is that of the article */
	struct arena *arena;
};

/*
 * Fills hit->evidence from the article's record, all in the arena. An entity is meant when it counts for what was asked for,
 * and when no kind was asked for, also when the article calls it so; it is shown under the name and kind of the value that it counts for.
 */
enum status evidence_find(const struct why *why, const struct record *record,
			  const struct evidence_tools *tools, struct answer_hit *hit,
			  struct error *err);

#endif
