/*
 * weigh.h: what the tagger and the gazetteer say of the same words, held together.
 */
#ifndef DATELINE_WEIGH_H
#define DATELINE_WEIGH_H

#include "found.h"
#include "names.h"

/*
 * For each name that was found (given by the publisher, or of the gazetteer) and each spot that lies over it, decides which stays:
 * sets found->evidence, drops spots, and changes verdicts. Both are in the order of the text. To be called before
 * places_note.
 */
void weigh(const struct view *view, struct found *found, size_t count, struct names *names);

#endif
