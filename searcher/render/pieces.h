/*
 * pieces.h: a snippet in pieces, each of them all in a match or not, and all in one entity or in none.
 */
#ifndef DATELINE_SEARCHER_PIECES_H
#define DATELINE_SEARCHER_PIECES_H

#include "layout.h"

struct piece {
	size_t start, end; /* bytes of the snippet's text */
	bool is_match;
	const struct entity_mark *entity; /* NULL: none */
	bool opens, closes;               /* the entity begins, or ends, with this piece */
	size_t next_mark, next_entity;    /* to go on from */
};

/* {0} is before the first; false behind the last. */
bool piece_next(const struct snippet *snippet, struct piece *piece);

/*
 * The snippet with its entities, and what `match` is around the words that match: in colours each kind has one, without
 * "[Ollongren](person: Kajsa Ollongren)".
 */
void pieces_flow(const struct snippet *snippet, bool color, const struct style *match,
		 struct flow *flow);

#endif
