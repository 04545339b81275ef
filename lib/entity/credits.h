/*
 * credits.h: who took the picture beside an article, and for whom: "(Ada Lund/Reuters)", "REUTERS/Ada Lund".
 */
#ifndef DATELINE_CREDITS_H
#define DATELINE_CREDITS_H

#include "names.h"

/* Drops the names of such lines: the article is about neither. Before forms are made. */
void credits_drop(struct names *names);

#endif
