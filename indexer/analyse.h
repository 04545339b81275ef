/*
 * analyse.h: an article -> the tokens of all of its paragraphs, in order.
 */
#ifndef DATELINE_INDEXER_ANALYSE_H
#define DATELINE_INDEXER_ANALYSE_H

#include "dateline/article.h"
#include "dateline/text.h"

/*
 * Cuts the text in the language that the article declares, which is returned (NULL: none is known). Tokens replace those in the
 * list; positions are those of schema.h, with a gap between paragraphs.
 */
const struct language *analyse_article(struct analyser *analyser, const struct article *article,
				       struct token_list *tokens);

#endif
