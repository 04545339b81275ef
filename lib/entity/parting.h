/*
 * parting.h: a sentence that ends inside of what was taken for one name.
 *
 * The full stop of a shortened word may be that of the sentence too: "it was bought by Red Hat Inc. IBM said". Nothing stands
 * in a company's name behind its form, nor in somebody's behind "Jr.", but other forms; unless the article has the whole
 * more than once.
 */
#ifndef DATELINE_PARTING_H
#define DATELINE_PARTING_H

#include "sight.h"

#include "dateline/intern.h"

struct counted_text {
	uint32_t count;
	uint8_t kind; /* of the first */
};

/* {0} is one; for one article after the other. */
struct parting {
	struct intern texts;
	struct counted_text *counts; /* by number of the text */
	size_t capacity;
	struct sightings out;
};

void parting_release(struct parting *parting);

/*
 * The names apart from each other: those of `seen`, or parting->out when any had to be parted. What stands behind the end
 * of a sentence is a name when the article or the model's lists have it as one.
 */
const struct sightings *parting_run(struct parting *parting, struct sight *sight, struct str text,
				    const struct sightings *seen);

#endif
