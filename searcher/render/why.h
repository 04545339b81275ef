/* why.h: the evidence of a hit, as text for people. */
#ifndef DATELINE_SEARCHER_WHY_H
#define DATELINE_SEARCHER_WHY_H

#include "layout.h"

/*
 * Appends a paragraph for each sentence, every line `indent` columns from the edge, with the mentions in `style`: the sentence, then
 * what was found in it and how:
 *
 *   > Defence Minister *Kajsa Ollongren* spoke. (person Kajsa Ollongren: tagger 97%)
 */
void why_add(const struct answer_hit *hit, size_t columns, size_t indent, const struct style *style,
	     struct buffer *out);

#endif
