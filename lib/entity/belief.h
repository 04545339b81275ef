/*
 * belief.h: which of the names that the tagger saw are believed.
 */
#ifndef DATELINE_BELIEF_H
#define DATELINE_BELIEF_H

#include "names.h"

/* Drops spots of things that the tagger itself hardly believes and nothing else speaks for. When all spots have things. */
void belief_drop(struct names *names);

#endif
