/*
 * word_list.h: words that say what a name is, or that it is none (data/words.inc).
 */
#ifndef DATELINE_WORD_LIST_H
#define DATELINE_WORD_LIST_H

#include "dateline/memory.h"

enum word_list {
	WORD_TITLE, /* stands before people's names; King and Pope are part of them */
	WORD_OFFICE, /* a title behind which a name begins, whatever stands before: "Defence Minister Kajsa Ollongren" */
	WORD_COMPANY,   /* the form of a company, behind its name: "Inc" */
	WORD_NO_NAME,   /* of no one in particular, whatever its kind: a weekday, a pronoun */
	WORD_NO_PERSON, /* a bare title or form of address */
	WORD_NO_ORG,    /* "Company", "Ministry" */
	WORD_NO_PLACE,  /* "Street", "North" */
	WORD_NO_OTHER,  /* adjectives and abbreviations that are no thing */
	WORD_COMMON,    /* in front of many names, and says nothing of any: "national" */
	WORD_BESIDE,    /* of what stands beside articles: links, captions, notices */
	WORD_OFFICER, /* behind an organisation or a state, and then somebody's office: "Senate Majority Leader" */
	WORD_BODY_FIRST, /* begins the name of an American body, which needs no "U.S." in front to be known */
	WORD_BODY_LAST,   /* ends such a name */
	WORD_FRONT,       /* before a hyphen: "anti-" */
	WORD_STATE,       /* behind a country, which is then what is meant: "U.S. Government" */
	WORD_PARTY_FIRST, /* before "Democrats", and then a party's name */
	WORD_ORG_PART,    /* first or last of an organisation's name, and of no other */
	WORD_PLACE_LAST,  /* the end of a place's name */
	WORD_ORG_ALONE, /* one of many courts or committees, unless the article has more of its name */
};

/* Is the word, or the few words with a blank between, on the list? Case and full stops do not matter. */
bool word_list_has(enum word_list list, struct str word);

#endif
