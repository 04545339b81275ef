/*
 * match.h: where an article has what was looked for.
 */
#ifndef DATELINE_SEARCHER_MATCH_H
#define DATELINE_SEARCHER_MATCH_H

#include "../query/query.h"
#include "dateline/article.h"

struct match {
	uint32_t start, end; /* bytes in article.text; the whole of a phrase or of a hyphenated word */
	uint32_t leaf;       /* the first of those that are ways to write the same */
	uint32_t sentence; /* index in match_list.sentences of the one it begins in */
};

/* {0} is an empty one; match_list_release frees. */
struct match_list {
	struct match *items; /* by rising start */
	size_t count, capacity;
	uint32_t *sentences; /* where sentences begin: bytes in article.text, rising */
	size_t sentence_count, sentence_capacity;
};

/* An article with more matches than this has shown its best passage before. */
#define MATCHES_MAX 65536

enum match_part { MATCH_BODY, MATCH_TITLE };

/*
 * Appends the matches of a part of the article, at most about MATCHES_MAX. Negated leaves and those without words
 * match nothing, leaves for the title match in the title only.
 */
void match_article(const struct article *article, enum match_part part,
		   const struct query_leaf *leaves, size_t leaf_count, struct analyser *analyser,
		   struct match_list *list);

void match_list_release(struct match_list *list);

#endif
