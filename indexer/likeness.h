/*
 * likeness.h: how a name can be a lesser form of another one, going by their letters alone. Names are name keys
 * (utf8_name_key): folded, with single blanks.
 */
#ifndef DATELINE_INDEXER_LIKENESS_H
#define DATELINE_INDEXER_LIKENESS_H

#include "dateline/memory.h"

enum likeness {
	LIKE_NOT,
	LIKE_LETTERS, /* the same letters parted otherwise: "f b i", "fbi" */
	LIKE_ACRONYM, /* the first letters of the other's words: "anc", "african national congress" */
	LIKE_FIRST,   /* the first of the other's words: "kajsa", "kajsa ollongren" */
	LIKE_WORD,    /* another one of them: "ollongren", "kajsa ollongren" */
	LIKE_PART,    /* several of the other's words: "bin laden", "osama bin laden" */
	LIKE_INITIAL,  /* the other with one initial more: "donald j trump", "donald trump" */
	LIKE_NICKNAME, /* as many words, the last one the same: "bill barr", "william barr" */
};

/* What `name` is to `other`. */
enum likeness likeness_of(struct str name, struct str other);

/* Whether two names say the same with more or fewer words: "centers for disease control (and prevention)". */
bool likeness_is_near(struct str a, struct str b);

#endif
