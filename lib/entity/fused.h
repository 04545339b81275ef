/*
 * fused.h: two names that the tagger took for one organisation: "Applied Materials and Lam Research", "Party for Freedom of
 * Geert Wilders".
 */
#ifndef DATELINE_FUSED_H
#define DATELINE_FUSED_H

#include "sight.h"

#include "dateline/intern.h"

/* {0} is one; for one article after the other. */
struct fused {
	struct intern people; /* what was seen as somebody, as it is written */
	struct sightings out;
};

void fused_release(struct fused *fused);

/*
 * The names apart from each other: those of `seen`, or fused->out when any had to be parted. Two that "and" joins are parted
 * where the model's lists have either and not the whole; somebody behind "of" where the article mentions that surname alone.
 */
const struct sightings *fused_part(struct fused *fused, struct sight *sight, struct str text,
				   const struct sightings *seen);

#endif
